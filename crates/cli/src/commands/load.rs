//! `velocity load`

use std::path::PathBuf;
use std::process::ExitCode;

use app::{LoadReport, LoadRequest, TypeLoad, WhatToLoad};
use model::RunId;
use model::text::shown;

use crate::context::Context;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    what: What,
    /// Only these capture types, with commas
    #[arg(long = "type", visible_alias = "types", value_name = "TYPES")]
    types: Option<String>,
    /// Where the predecessors kept their database: ours is in the data directory
    #[arg(long, value_name = "FILE", hide = true)]
    db_path: Option<PathBuf>,
    /// Read and compare, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// What was left alone and what is only kept as text, too
    #[arg(long, short)]
    verbose: bool,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct What {
    /// The captures of one execution
    #[arg(long, value_name = "N")]
    execution: Option<i64>,
    /// The latest captures of devices: `site=usa,role=leaf`, or names
    #[arg(long, value_name = "SELECTION")]
    devices: Option<String>,
    /// The latest captures of all devices
    #[arg(long)]
    all: bool,
    /// Files <type>/<device>.txt of this folder
    #[arg(long, value_name = "DIR", visible_aliases = ["capture-dir", "captures-dir"])]
    dir: Option<PathBuf>,
}

/// Something was not loaded.
const PARTIAL: u8 = 3;

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    if let Some(path) = &args.db_path {
        eprintln!("note: --db-path {} is left out: facts go to the database of the data directory", path.display());
    }
    let What { execution, devices, dir, .. } = args.what;
    let what = match (execution, dir) {
        (Some(run), _) => WhatToLoad::Run(RunId(run)),
        (_, Some(folder)) => WhatToLoad::Folder(folder),
        _ => WhatToLoad::Devices(devices.unwrap_or_else(|| "all".to_owned())),
    };
    let request = LoadRequest { what, types: args.types, dry_run: args.dry_run };
    let report = cx.app.load(&cx.actor, &request).await?;
    show(&report, args.verbose, cx)?;
    let failed = report.has_failures() || !report.skipped.is_empty();
    Ok(if failed { ExitCode::from(PARTIAL) } else { ExitCode::SUCCESS })
}

fn show(report: &LoadReport, verbose: bool, cx: &Context) -> anyhow::Result<()> {
    let out = cx.out;
    if out.json {
        return out.json(report);
    }
    let worth = |t: &TypeLoad| verbose || !matches!(t.outcome, "text" | "older");
    let all = report.devices.iter().flat_map(|d| d.types.iter().map(move |t| (d.device.as_str(), t)));
    let rows: Vec<(&str, &TypeLoad)> = all.clone().filter(|(_, t)| worth(t)).collect();
    let header = [
        "device",
        "capture type",
        "facts",
        "outcome",
        "rows",
        "added",
        "kept",
        "gone",
        "unread lines",
        "rejected rows",
    ];
    let cells = |(device, t): &(&str, &TypeLoad)| {
        let numbers = [t.rows, t.added, t.kept, t.gone, t.unread_lines, t.rejected_rows];
        let words = [*device, &t.capture_type, t.kind.unwrap_or("-"), t.outcome].map(str::to_owned);
        words.into_iter().chain(numbers.map(|n| n.to_string())).collect()
    };
    out.list(&rows, &header, cells, "there is nothing to load")?;
    for (device, load) in rows {
        // Headings that no rule reads are counted in the table; what is lost is told.
        let is_lost = !matches!(load.outcome, "parsed" | "partly") || load.rejected_rows > 0 || load.rows == 0;
        for note in load.notes.iter().filter(|_| is_lost || verbose) {
            out.line(format!("{}, {}: {}", shown(device), load.capture_type, shown(note)))?;
        }
        if let Some(from) = load.from.as_ref().filter(|_| verbose) {
            out.line(format!("{}, {}: from {}", shown(device), load.capture_type, shown(from)))?;
        }
    }
    for device in &report.devices {
        if let Some(error) = &device.error {
            out.line(format!("{}: not loaded: {}", shown(&device.device), shown(error)))?;
        }
    }
    for file in &report.skipped {
        out.line(format!("{}: left out: {}", file.file, shown(&file.reason)))?;
    }
    let sum = |of: fn(&TypeLoad) -> u64| all.clone().map(|(_, t)| of(t)).sum::<u64>();
    let (added, kept, gone) = (sum(|t| t.added), sum(|t| t.kept), sum(|t| t.gone));
    let mark = if report.dry_run { "would be: " } else { "" };
    let devices = report.devices.len();
    out.line(format!("{mark}{devices} devices, {added} facts added, {kept} kept, {gone} gone"))
}
