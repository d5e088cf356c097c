//! `velocity report crypto | coverage | os-versions`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::{CoverageReport, CryptoView, OsVersionView};

use crate::context::Context;
use crate::output::or_dash;

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
    }
    Ok(ExitCode::SUCCESS)
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
