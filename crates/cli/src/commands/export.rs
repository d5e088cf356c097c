//! `velocity export devices | configs | arp | …`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use app::{ExportFile, FactQuery, InventoryFormat, TableFormat};
use model::Timestamp;

use crate::context::Context;
use crate::when::when;

#[derive(clap::Subcommand)]
pub enum Args {
    /// The inventory
    Devices(To),
    /// The running configuration of a device; or of many as a git repository, a commit for each change; secrets masked
    Configs(Configs),
    /// The ARP tables
    Arp(To),
    /// The MAC address tables
    Mac(To),
    /// The inventory as another tool reads it
    Inventory {
        #[arg(long, value_enum)]
        format: Tool,
        /// all, conditions such as site=usa,role=leaf, or names
        #[arg(long, default_value = "all", value_name = "WHICH")]
        devices: String,
        /// File, or for nornir the folder of its three files; standard output when left out
        #[arg(long, short, value_name = "PATH")]
        output: Option<PathBuf>,
    },
    /// Facts of any kind
    Facts {
        #[arg(help = super::facts::kinds())]
        kind: String,
        #[command(flatten)]
        to: To,
    },
}

#[derive(clap::Args)]
pub struct Configs {
    /// Name or address
    #[arg(long, required_unless_present = "git")]
    device: Option<String>,
    #[arg(long, short, value_name = "FILE", conflicts_with = "git")]
    output: Option<PathBuf>,
    /// As it was at this time: 2026-11-20, `2h ago`, `yesterday`
    #[arg(long, value_name = "TIME", value_parser = when, conflicts_with = "git")]
    at: Option<Timestamp>,
    /// Bring the git repository in this folder up to date; a folder that is not there or empty becomes one
    #[arg(long, value_name = "DIR", conflicts_with = "device")]
    git: Option<PathBuf>,
    /// For the repository: all, conditions such as site=usa,role=leaf, or names
    #[arg(long, default_value = "all", value_name = "WHICH", requires = "git")]
    devices: String,
    /// For the repository: say what it would be, write nothing
    #[arg(long, requires = "git")]
    dry_run: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Tool {
    /// SimpleInventory: hosts.yaml, groups.yaml, defaults.yaml
    Nornir,
    /// Dynamic inventory, JSON
    Ansible,
    /// http_sd and file_sd, JSON
    Prometheus,
    /// router.db
    Oxidized,
    /// Topology file, with the links
    Containerlab,
    /// ~/.ssh/config
    Ssh,
    /// /etc/hosts
    Hosts,
    /// CSV for the bulk import of devices
    Netbox,
    /// sessions.yaml, a folder for each site
    Sessions,
    /// router.db of RANCID 3
    Rancid,
}

impl From<Tool> for InventoryFormat {
    fn from(tool: Tool) -> InventoryFormat {
        match tool {
            Tool::Nornir => InventoryFormat::Nornir,
            Tool::Ansible => InventoryFormat::Ansible,
            Tool::Prometheus => InventoryFormat::Prometheus,
            Tool::Oxidized => InventoryFormat::Oxidized,
            Tool::Containerlab => InventoryFormat::Containerlab,
            Tool::Ssh => InventoryFormat::Ssh,
            Tool::Hosts => InventoryFormat::Hosts,
            Tool::Netbox => InventoryFormat::Netbox,
            Tool::Sessions => InventoryFormat::Sessions,
            Tool::Rancid => InventoryFormat::Rancid,
        }
    }
}

#[derive(clap::Args)]
pub struct To {
    /// [default: csv, or json with --json]
    #[arg(long, value_enum)]
    format: Option<FormatArg>,
    /// Standard output when left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// As it was at this time: 2026-11-20, `2h ago`, `yesterday`
    #[arg(long, value_name = "TIME", value_parser = when)]
    at: Option<Timestamp>,
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
        Args::Devices(to) => (cx.app.export_devices(&cx.actor, to.format(cx), to.at).await?, to.output),
        Args::Arp(to) => (facts("arp", &to, cx).await?, to.output),
        Args::Mac(to) => (facts("mac", &to, cx).await?, to.output),
        Args::Facts { kind, to } => (facts(&kind, &to, cx).await?, to.output),
        Args::Inventory { format, devices, output } => {
            let files = cx.app.export_inventory(&cx.actor, &devices, format.into()).await?;
            return write_files(&files, output.as_deref(), cx);
        }
        Args::Configs(args) => match &args.git {
            Some(folder) => return repository(folder, &args, cx).await,
            None => {
                let device = args.device.as_deref().unwrap_or_default();
                (cx.app.capture_text(&cx.actor, device, "configs", args.at).await?.text, args.output)
            }
        },
    };
    write(&text, output.as_deref(), cx)?;
    Ok(ExitCode::SUCCESS)
}

async fn repository(folder: &Path, args: &Configs, cx: &Context) -> anyhow::Result<ExitCode> {
    let report = cx.app.export_repository(&cx.actor, folder, &args.devices, args.dry_run).await?;
    if cx.out.json {
        cx.out.json(&report)?;
        return Ok(ExitCode::SUCCESS);
    }
    let verb = if report.dry_run { "would get" } else { "got" };
    let (commits, devices) = (report.commits, report.devices);
    cx.out.line(format!("{} {verb} {commits} commits of {devices} devices", report.folder.display()))?;
    if let Some(files) = report.files.filter(|_| !report.dry_run) {
        cx.out.line(format!("{files} configurations in it"))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn facts(kind: &str, to: &To, cx: &Context) -> anyhow::Result<String> {
    let query = FactQuery { at: to.at, ..FactQuery::all() };
    Ok(cx.app.export_facts(&cx.actor, kind, query, to.format(cx)).await?)
}

/// One file goes where it is told; several go into a folder, or are printed one after the other.
fn write_files(files: &[ExportFile], output: Option<&Path>, cx: &Context) -> anyhow::Result<ExitCode> {
    match (files, output) {
        ([only], output) => write(&only.text, output, cx)?,
        (files, Some(folder)) => {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
            for file in files {
                write(&file.text, Some(&folder.join(file.name)), cx)?;
            }
        }
        (files, None) => {
            for file in files {
                cx.out.line(format!("# {}", file.name))?;
                cx.out.text(&file.text)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// To a file, or to standard output.
pub fn write(text: &str, output: Option<&Path>, cx: &Context) -> anyhow::Result<()> {
    match output {
        Some(path) => std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display())),
        None => cx.out.text(text),
    }
}
