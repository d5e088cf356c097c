//! `velocity import devices | sites | … | sessions | predecessor`, and `velocity devices import`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::{ImportFrom, ImportReport, ImportedRow};
use model::object;
use model::text::shown;
use serde_json::Value;

use crate::context::Context;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Devices: `name,primary_ip4,platform,site,role,status`, in any order, or NetBox's columns
    Devices(File),
    /// Sites, with NetBox's columns
    Sites(File),
    /// Locations, with NetBox's columns
    Locations(File),
    /// Manufacturers, with NetBox's columns
    Manufacturers(File),
    /// Device types, with NetBox's columns; also the YAML of the device type library
    DeviceTypes(File),
    /// Roles, with NetBox's columns
    Roles(File),
    /// Platforms, with NetBox's columns
    Platforms(File),
    /// Interfaces of devices, with NetBox's columns
    Interfaces(File),
    /// IP addresses, with NetBox's columns
    IpAddresses(File),
    /// Cables between devices, with NetBox's columns
    Cables(File),
    /// Tags, with NetBox's columns
    Tags(File),
    /// Devices out of a `sessions.yaml`: folders are sites
    Sessions(File),
    /// The inventory of VelocityCMDB (assets.db) or VelocityCollector (dcim.db)
    #[command(visible_aliases = ["import_from_velocitycmdb", "velocitycmdb"])]
    Predecessor(File),
}

#[derive(clap::Args)]
pub struct File {
    /// CSV (`,`, `;` or tabs), YAML or JSON
    file: PathBuf,
    /// Show what each row would do, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Show all rows, not only the first ones
    #[arg(long)]
    all: bool,
}

/// `velocity devices import`
#[derive(clap::Args)]
pub struct Devices {
    /// CSV (`,`, `;` or tabs), YAML or JSON
    #[arg(required_unless_present = "csv", conflicts_with = "csv")]
    file: Option<PathBuf>,
    /// The same
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Show what each row would do, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Show all rows, not only the first ones
    #[arg(long)]
    all: bool,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let (from, File { file, dry_run, all }) = match args {
        Args::Devices(file) => (ImportFrom::Records(&object::DEVICE), file),
        Args::Sites(file) => (ImportFrom::Records(&object::SITE), file),
        Args::Locations(file) => (ImportFrom::Records(&object::LOCATION), file),
        Args::Manufacturers(file) => (ImportFrom::Records(&object::MANUFACTURER), file),
        Args::DeviceTypes(file) => (ImportFrom::Records(&object::DEVICE_TYPE), file),
        Args::Roles(file) => (ImportFrom::Records(&object::ROLE), file),
        Args::Platforms(file) => (ImportFrom::Records(&object::PLATFORM), file),
        Args::Interfaces(file) => (ImportFrom::Records(&object::INTERFACE), file),
        Args::IpAddresses(file) => (ImportFrom::Records(&object::IP_ADDRESS), file),
        Args::Cables(file) => (ImportFrom::Records(&object::CABLE), file),
        Args::Tags(file) => (ImportFrom::Records(&object::TAG), file),
        Args::Sessions(file) => (ImportFrom::Sessions, file),
        Args::Predecessor(file) => (ImportFrom::Predecessor, file),
    };
    import(from, &file, (dry_run, all), cx).await
}

pub async fn devices(args: Devices, cx: &Context) -> anyhow::Result<ExitCode> {
    let file = args.file.or(args.csv).unwrap_or_default();
    import(ImportFrom::Records(&object::DEVICE), &file, (args.dry_run, args.all), cx).await
}

async fn import(from: ImportFrom, file: &Path, (dry_run, all): (bool, bool), cx: &Context) -> anyhow::Result<ExitCode> {
    let report = cx.app.import(&cx.actor, from, file, dry_run).await?;
    match cx.out.json {
        true => cx.out.json(&report)?,
        false => show(&report, all, cx)?,
    }
    Ok(if report.errors > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn show(report: &ImportReport, all: bool, cx: &Context) -> anyhow::Result<()> {
    rows(report, all, cx)?;
    let wrong = report.rows.iter().filter_map(|r| Some((r, r.error.as_ref()?)));
    for (row, error) in wrong.take(if all { usize::MAX } else { FIRST }) {
        cx.out.line(format!("wrong: {}, {} {}: {}", row.place, row.kind, shown(&row.name), shown(error)))?;
    }
    conclusion(report, cx)
}

/// Rows that are told one by one.
const FIRST: usize = 50;

/// What becomes of the rows that are right, those that say something new first.
pub fn rows(report: &ImportReport, all: bool, cx: &Context) -> anyhow::Result<()> {
    let rank = |row: &&ImportedRow| ["update", "create"].iter().position(|e| *e == row.effect).unwrap_or(2);
    let mut rows: Vec<&ImportedRow> = report.rows.iter().filter(|r| r.error.is_none()).collect();
    rows.sort_by_key(rank);
    let told = if all { rows.len() } else { rows.len().min(FIRST) };
    let row = |r: &&ImportedRow| vec![r.place.clone(), r.effect.to_owned(), r.kind.to_owned(), r.name.clone(), what(r)];
    cx.out.list(
        &rows[..told],
        &["row", "effect", "kind", "name", "what"],
        row,
        if report.errors > 0 { "no row is right" } else { "no rows" },
    )?;
    if told < rows.len() {
        cx.out.line(format!("and {} more rows; --all shows them", rows.len() - told))?;
    }
    Ok(())
}

/// How many of what, and how to take it back.
pub fn conclusion(report: &ImportReport, cx: &Context) -> anyhow::Result<()> {
    for made in &report.made {
        cx.out.line(format!("{} {}", if report.written { "also made" } else { "would also make" }, shown(made)))?;
    }
    if !report.ignored.is_empty() {
        let names: Vec<String> = report.ignored.iter().map(|c| shown(c)).collect();
        cx.out.line(format!("not kept: {}", names.join(", ")))?;
    }
    let ImportReport { create, update, unchanged, errors, .. } = report;
    cx.out.line(format!("{create} to create, {update} to update, {unchanged} unchanged, {errors} wrong"))?;
    match report.undo {
        _ if !report.written && *errors > 0 && !report.dry_run => {
            cx.out.line("nothing was written: correct the rows that are wrong and import the file again")
        }
        _ if report.dry_run => cx.out.line("dry run: nothing was written"),
        Some(id) => cx.out.line(format!("imported; to take it back: velocity undo run {id}")),
        None => cx.out.line("all of it was there already"),
    }
}

fn what(row: &ImportedRow) -> String {
    let plain = |v: &Value| match v {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let field = |(name, before, after): &(String, Value, Value)| match row.effect {
        "update" => format!("{name} {} -> {}", plain(before), plain(after)),
        _ => format!("{name} {}", plain(after)),
    };
    let told = |(name, ..): &&(String, Value, Value)| {
        !["name", "slug", "model"].contains(&name.as_str()) || row.effect == "update"
    };
    row.fields.iter().filter(told).map(field).collect::<Vec<_>>().join("; ")
}
