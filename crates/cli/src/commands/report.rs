//! `velocity report crypto | coverage | os-versions | table | list | run`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::{AppError, CoverageReport, CryptoView, NamedReport, OsVersionView, OwnReport};
use model::Timestamp;
use model::text::shown;
use serde_json::Value;

use super::export::{FormatArg, write};
use crate::context::Context;
use crate::output::or_dash;
use crate::when::when;

#[derive(clap::Subcommand)]
pub enum Args {
    /// How each host is spoken to and by which key: algorithms, size and age of the key, keys that two hosts share
    Crypto {
        /// Only hosts that somebody should do something about
        #[arg(long)]
        findings: bool,
    },
    /// What was collected and read of each device and capture type, and why the rest was not
    Coverage {
        /// `all`, `site=usa,role=leaf`, or names
        #[arg(long, default_value = "all")]
        devices: String,
        /// Capture types with commas, or `all`; those that were ever collected when left out
        #[arg(long)]
        types: Option<String>,
        /// Write the report as one HTML page to this file; `-` for standard output
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
    },
    /// Which versions of software run, and on which devices
    OsVersions {
        /// `all`, `site=usa,role=leaf`, or names
        #[arg(long, default_value = "all")]
        devices: String,
    },
    /// A report of your own: rows of facts or devices, the columns that you want, or how many there are of what
    Table(Table),
    /// The reports that `reports` in config.yaml has, by name
    List,
    /// One of these
    Run {
        name: String,
        #[command(flatten)]
        file: File,
    },
}

#[derive(clap::Args)]
pub struct Table {
    /// A kind of facts (`velocity facts --help` names them), or `devices`
    of: String,
    /// Only rows for which this holds: `status=down`, `name=Gi*|Te*`, `vlan=!1`; may be given again
    #[arg(long = "where", value_name = "COLUMN=PATTERN")]
    only: Vec<String>,
    /// Columns, with commas; also site, role, platform, vendor, model, os_version and status of the device
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    columns: Vec<String>,
    /// How many rows there are for each value of these columns
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', conflicts_with = "columns")]
    count_by: Vec<String>,
    /// `all`, `site=usa,role=leaf`, or names
    #[arg(long, value_name = "SELECTION")]
    devices: Option<String>,
    #[command(flatten)]
    file: File,
}

#[derive(clap::Args)]
pub struct File {
    /// As it was at this time: 2026-11-20, `2h ago`, `yesterday`
    #[arg(long, value_name = "TIME", value_parser = when)]
    at: Option<Timestamp>,
    /// A table for a person when left out
    #[arg(long, value_enum)]
    format: Option<FormatArg>,
    /// Standard output when left out
    #[arg(long, short, value_name = "FILE", requires = "format")]
    output: Option<PathBuf>,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Crypto { findings } => crypto(findings, cx).await?,
        Args::Coverage { devices, types, html } => {
            let report = cx.app.coverage(&cx.actor, &devices, types.as_deref()).await?;
            match html {
                Some(file) => page(&report, &file, cx)?,
                None => coverage(&report, cx)?,
            }
        }
        Args::OsVersions { devices } => {
            let versions = cx.app.os_versions(&cx.actor, &devices).await?;
            let header = ["vendor", "platform", "version", "devices", "models", "names"];
            cx.out.list(&versions, &header, version, "there are no devices")?;
        }
        Args::Table(args) => {
            let Table { of, only, columns, count_by, devices, file } = args;
            let only = only.iter().map(|pair| condition(pair)).collect::<Result<_, AppError>>()?;
            own(&OwnReport { title: None, of, devices, only, columns, count_by }, &file, cx).await?;
        }
        Args::List => {
            let header = ["name", "title", "of", "devices", "where", "columns", "count by"];
            let empty =
                "no reports; `reports:` in config.yaml keeps them: `NAME: {of: interfaces, where: {status: down}}`";
            cx.out.list(&cx.app.own_reports(&cx.actor)?, &header, named, empty)?;
        }
        Args::Run { name, file } => own(&cx.app.own_report(&cx.actor, &name)?, &file, cx).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// `status=down`
fn condition(text: &str) -> Result<(String, String), AppError> {
    let pair = text.split_once('=').map(|(column, pattern)| (column.trim().to_owned(), pattern.trim().to_owned()));
    pair.ok_or_else(|| AppError::Usage(format!("`{}` is no COLUMN=PATTERN, such as status=down", shown(text))))
}

fn named(r: &NamedReport) -> Vec<String> {
    let OwnReport { title, of, devices, only, columns, count_by } = &r.report;
    let only: Vec<String> = only.iter().map(|(column, pattern)| format!("{column}={pattern}")).collect();
    let (title, devices) = (or_dash(title.as_ref()), or_dash(devices.as_ref()));
    vec![r.name.clone(), title, of.clone(), devices, only.join(" "), columns.join(","), count_by.join(",")]
}

async fn own(report: &OwnReport, file: &File, cx: &Context) -> anyhow::Result<()> {
    let table = cx.app.report_table(&cx.actor, report, file.at).await?;
    if let Some(format) = file.format {
        return write(&table.write(format.into())?, file.output.as_deref(), cx);
    }
    if cx.out.json {
        return cx.out.json(&table);
    }
    let header: Vec<&str> = table.columns.iter().map(String::as_str).collect();
    let text = |value: Option<&Value>| match value {
        None | Some(Value::Null) => "-".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let row = |row: &serde_json::Map<String, Value>| header.iter().map(|column| text(row.get(*column))).collect();
    cx.out.list(&table.rows, &header, row, "no row is like this")
}

async fn crypto(findings: bool, cx: &Context) -> anyhow::Result<()> {
    let mut hosts = cx.app.crypto_report(&cx.actor).await?;
    hosts.retain(|host| !findings || !host.findings.is_empty());
    let header = ["device", "address", "suite", "key exchange", "cipher", "mac", "key", "age", "findings"];
    cx.out.list(&hosts, &header, row, if findings { "nothing to do" } else { "no host was logged in to yet" })
}

fn page(report: &CoverageReport, file: &std::path::Path, cx: &Context) -> anyhow::Result<()> {
    if file.as_os_str() == "-" {
        return cx.out.line(report.to_html());
    }
    std::fs::write(file, report.to_html()).with_context(|| format!("cannot write {}", file.display()))?;
    cx.out.line(format!("coverage of {} devices: {}", report.devices_total, file.display()))
}

fn coverage(report: &CoverageReport, cx: &Context) -> anyhow::Result<()> {
    let out = cx.out;
    if out.json {
        return out.json(report);
    }
    let header = ["capture type", "devices", "covered", "coverage", "rows", "bytes", "oldest", "newest", "not covered"];
    let cells = |t: &app::TypeCoverage| {
        let known = |word: &str| app::CoverageState::ALL.into_iter().find(|s| s.as_str() == word);
        let gap = |(word, _): &(&&str, &u64)| known(word).is_some_and(|s| s.is_expected() && !s.is_covered());
        let gaps = t.states.iter().filter(gap).map(|(word, n)| format!("{n} {}", word.replace('_', " ")));
        vec![
            t.capture_type.clone(),
            t.expected.to_string(),
            t.covered.to_string(),
            or_dash(t.percent.map(|p| format!("{p} %"))),
            t.rows.to_string(),
            t.size.to_string(),
            or_dash(t.oldest),
            or_dash(t.newest),
            gaps.collect::<Vec<_>>().join(", "),
        ]
    };
    out.list(&report.types, &header, cells, "nothing was collected yet; `velocity capture` does it")?;
    let gaps: Vec<_> = report.gaps().collect();
    if !gaps.is_empty() {
        out.line("")?;
        let cells = |(device, cell): &(&app::DeviceCoverage, &app::CoverageCell)| {
            let state = cell.state.as_str().replace('_', " ");
            vec![device.device.clone(), cell.capture_type.clone(), state, cell.reason.clone().unwrap_or_default()]
        };
        out.list(&gaps, &["device", "capture type", "state", "why"], cells, "")?;
    }
    let share = or_dash(report.percent.map(|p| format!("{p} %")));
    let (covered, expected, devices) = (report.covered, report.expected, report.devices_total);
    out.line(format!("{share} covered: {covered} of {expected} captures of {devices} devices"))
}

fn version(view: &OsVersionView) -> Vec<String> {
    vec![
        view.vendor.clone(),
        view.platform.clone(),
        or_dash(view.os_version.as_ref()),
        view.devices.len().to_string(),
        view.models.join(", "),
        view.devices.join(", "),
    ]
}

fn row(host: &CryptoView) -> Vec<String> {
    vec![
        or_dash(host.device.as_ref()),
        host.address.clone(),
        or_dash(host.suite.as_ref()),
        or_dash(host.kex.as_ref()),
        or_dash(host.cipher.as_ref()),
        or_dash(host.mac.as_ref()),
        key(host),
        or_dash(host.key_age_days.map(|days| format!("{days} d"))),
        host.findings.join("; "),
    ]
}

/// Its type, and its size where the type does not say it.
pub fn key(host: &CryptoView) -> String {
    let bits = host.key_bits.filter(|_| matches!(host.key_type.as_deref(), Some("ssh-rsa" | "ssh-dss")));
    let bits = bits.map_or_else(String::new, |bits| format!(" {bits}"));
    host.key_type.as_ref().map_or_else(|| "-".to_owned(), |ty| format!("{ty}{bits}"))
}
