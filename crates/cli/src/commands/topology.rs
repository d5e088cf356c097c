//! `velocity topology show | export`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::{Format, LinkView};

use crate::context::Context;

#[derive(clap::Subcommand)]
pub enum Args {
    /// The links
    Show,
    /// The map as a file
    Export {
        #[arg(long, value_enum, default_value = "json")]
        format: FormatArg,
        /// Standard output when left out
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
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
        }
    }
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Show => {
            let links = cx.app.links(&cx.actor).await?;
            let row = |l: &LinkView| {
                let by = if l.confirmed { "both sides" } else { "one side" };
                let protocols = l.protocols.join("+");
                vec![
                    l.local_device.clone(),
                    l.local_port.clone(),
                    l.remote_device.clone(),
                    l.remote_port.clone(),
                    protocols,
                    by.into(),
                ]
            };
            let header = ["device", "port", "device", "port", "protocols", "seen by"];
            cx.out.list(&links, &header, row, "no links; velocity discover finds them")?;
        }
        Args::Export { format, output } => {
            let text = cx.app.map(&cx.actor, format.into()).await?;
            match output {
                Some(path) => {
                    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?
                }
                None => cx.out.text(&text)?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
