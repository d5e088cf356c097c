//! `velocity topology show | export | diff`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::{Cable, Difference, Format, Group, LinkView, MapQuery};
use model::Timestamp;
use model::text::shown;

use crate::context::Context;
use crate::when::when;

#[derive(clap::Subcommand)]
pub enum Args {
    /// The links; a port channel is one link, and neighbours that are no devices of ours come last
    Show {
        /// Each member of a port channel by itself
        #[arg(long)]
        members: bool,
        /// As it was at this time: 2026-11-20, `2h ago`, `yesterday`
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
    },
    /// The map as a file
    Export {
        #[arg(long, value_enum, default_value = "json")]
        format: FormatArg,
        /// Standard output when left out
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Each member of a port channel by itself
        #[arg(long)]
        members: bool,
        /// What stands together
        #[arg(long, value_enum, default_value = "site")]
        group_by: GroupArg,
        /// As it was at this time: 2026-11-20, `2h ago`, `yesterday`
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
    },
    /// Devices and links that came and went
    Diff {
        /// 2026-11-20, `2h ago`, `yesterday`
        #[arg(long, value_name = "TIME", value_parser = when)]
        from: Timestamp,
        /// Until now when left out
        #[arg(long, value_name = "TIME", value_parser = when)]
        to: Option<Timestamp>,
    },
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum GroupArg {
    Site,
    Role,
    None,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum FormatArg {
    Graphml,
    Drawio,
    Mermaid,
    Json,
    Dot,
    Csv,
    Svg,
    Cytoscape,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Format {
        match format {
            FormatArg::Graphml => Format::Graphml,
            FormatArg::Drawio => Format::Drawio,
            FormatArg::Mermaid => Format::Mermaid,
            FormatArg::Json => Format::Json,
            FormatArg::Dot => Format::Dot,
            FormatArg::Csv => Format::Csv,
            FormatArg::Svg => Format::Svg,
            FormatArg::Cytoscape => Format::Cytoscape,
        }
    }
}

impl From<GroupArg> for Group {
    fn from(group: GroupArg) -> Group {
        match group {
            GroupArg::Site => Group::Site,
            GroupArg::Role => Group::Role,
            GroupArg::None => Group::None,
        }
    }
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Show { members, at } => {
            let links = cx.app.links(&cx.actor, MapQuery { members, at, ..MapQuery::default() }).await?;
            let header = ["device", "port", "device", "port", "links", "protocols", "seen by"];
            cx.out.list(&links, &header, row, "no links; velocity discover finds them")?;
        }
        Args::Export { format, output, members, group_by, at } => {
            let query = MapQuery { members, group: group_by.into(), at };
            let text = cx.app.map(&cx.actor, format.into(), query).await?;
            match output {
                Some(path) => {
                    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?
                }
                None => cx.out.text(&text)?,
            }
        }
        Args::Diff { from, to } => difference(&cx.app.map_difference(&cx.actor, from, to).await?, cx)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn row(link: &LinkView) -> Vec<String> {
    let by = match &link.unknown {
        Some(reason) => format!("unknown: {reason}"),
        None if link.confirmed => "both sides".to_owned(),
        None => "one side".to_owned(),
    };
    vec![
        link.local_device.clone(),
        link.local_port.clone(),
        link.remote_device.clone(),
        link.remote_port.clone(),
        link.members.len().max(1).to_string(),
        link.protocols.join("+"),
        by,
    ]
}

fn difference(difference: &Difference, cx: &Context) -> anyhow::Result<()> {
    let out = cx.out;
    if out.json {
        return out.json(difference);
    }
    if difference.is_empty() {
        return out.line("the map is the same");
    }
    let port = |port: &Option<String>| port.clone().unwrap_or_else(|| "?".to_owned());
    let cable = |c: &Cable| format!("{} {} = {} {}", c.a_device, port(&c.a_port), c.b_device, port(&c.b_port));
    let devices = |names: &[String]| names.iter().map(|name| format!("device {name}")).collect::<Vec<_>>();
    let strangers = |names: &[String]| names.iter().map(|name| format!("unknown {name}")).collect::<Vec<_>>();
    let links = |cables: &[Cable]| cables.iter().map(|c| format!("link {}", cable(c))).collect::<Vec<_>>();
    let Difference { devices_added, devices_removed, links_added, links_removed, unknown_added, unknown_removed } =
        difference;
    for (sign, lines) in [
        ('-', [devices(devices_removed), links(links_removed), strangers(unknown_removed)].concat()),
        ('+', [devices(devices_added), links(links_added), strangers(unknown_added)].concat()),
    ] {
        for line in lines {
            out.line(format!("{sign} {}", shown(&line)))?;
        }
    }
    Ok(())
}
