//! `velocity export devices | configs | arp | …`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use app::{FactQuery, TableFormat};

use crate::context::Context;

#[derive(clap::Subcommand)]
pub enum Args {
    /// The inventory
    Devices(To),
    /// The running configuration of a device, secrets masked
    Configs {
        #[arg(long)]
        device: String,
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// The ARP tables
    Arp(To),
    /// The MAC address tables
    Mac(To),
    /// Facts of any kind
    Facts {
        /// system, components, interfaces, neighbors, arp, mac, routes
        kind: String,
        #[command(flatten)]
        to: To,
    },
}

#[derive(clap::Args)]
pub struct To {
    /// [default: csv, or json with --json]
    #[arg(long, value_enum)]
    format: Option<FormatArg>,
    /// Standard output when left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl To {
    fn format(&self, cx: &Context) -> TableFormat {
        let default = if cx.out.json { FormatArg::Json } else { FormatArg::Csv };
        self.format.unwrap_or(default).into()
    }
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum FormatArg {
    Csv,
    Json,
    Ndjson,
}

impl From<FormatArg> for TableFormat {
    fn from(format: FormatArg) -> TableFormat {
        match format {
            FormatArg::Csv => TableFormat::Csv,
            FormatArg::Json => TableFormat::Json,
            FormatArg::Ndjson => TableFormat::Ndjson,
        }
    }
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let (text, output) = match args {
        Args::Devices(to) => (cx.app.export_devices(&cx.actor, to.format(cx)).await?, to.output),
        Args::Arp(to) => (facts("arp", &to, cx).await?, to.output),
        Args::Mac(to) => (facts("mac", &to, cx).await?, to.output),
        Args::Facts { kind, to } => (facts(&kind, &to, cx).await?, to.output),
        Args::Configs { device, output } => {
            (cx.app.capture_text(&cx.actor, &device, "configs", None).await?.text, output)
        }
    };
    write(&text, output.as_deref(), cx)?;
    Ok(ExitCode::SUCCESS)
}

async fn facts(kind: &str, to: &To, cx: &Context) -> anyhow::Result<String> {
    Ok(cx.app.export_facts(&cx.actor, kind, FactQuery::all(), to.format(cx)).await?)
}

fn write(text: &str, output: Option<&Path>, cx: &Context) -> anyhow::Result<()> {
    match output {
        Some(path) => std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display())),
        None => cx.out.text(text),
    }
}
