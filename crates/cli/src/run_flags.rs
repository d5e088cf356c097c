//! Flags that all runs share, and how a run is shown and ended.

use std::process::ExitCode;
use std::time::Duration;

use app::{RunReport, Settings};
use clap::Args;
use model::{RunState, text::shown};

use crate::output::Out;

/// Some devices failed.
pub const PARTIAL: u8 = 3;

#[derive(Args, Debug, Clone, Default)]
pub struct RunFlags {
    /// Devices at once
    #[arg(long, visible_alias = "workers", visible_alias = "max-workers", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=5000))]
    pub concurrency: Option<u16>,
    /// Seconds for all that happens on one device
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86400))]
    pub timeout: Option<u64>,
    /// Sessions at once at one site [default: no limit]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=5000))]
    pub per_site: Option<u16>,
    /// Sessions at once through one jump host [default: no limit]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=5000))]
    pub per_jump_host: Option<u16>,
    /// Progress as JSON lines on standard output
    #[arg(long)]
    pub json_progress: bool,
    /// No progress, only the summary
    #[arg(long, short)]
    pub quiet: bool,
}

impl RunFlags {
    pub fn settings(&self, mut settings: Settings) -> Settings {
        settings.concurrency = self.concurrency.map_or(settings.concurrency, usize::from);
        settings.caps.per_site = self.per_site.map(usize::from).or(settings.caps.per_site);
        settings.caps.per_jump_host = self.per_jump_host.map(usize::from).or(settings.caps.per_jump_host);
        settings.device_timeout = self.timeout.map_or(settings.device_timeout, Duration::from_secs);
        settings
    }
}

/// Shows the end of a run and gives the exit code: 0 all well, 3 some devices failed, 1 all failed or cancelled.
pub fn conclude(report: &RunReport, flags: &RunFlags, out: Out) -> anyhow::Result<ExitCode> {
    if out.json && !flags.json_progress {
        out.json(report)?;
    } else if !flags.json_progress {
        summary(report, out)?;
    }
    Ok(code(report))
}

pub fn code(report: &RunReport) -> ExitCode {
    match report.state {
        RunState::Success => ExitCode::SUCCESS,
        // One that is looked on at and still goes on has no fault yet.
        RunState::Running => ExitCode::SUCCESS,
        RunState::Partial => ExitCode::from(PARTIAL),
        _ => ExitCode::FAILURE,
    }
}

/// The end of one run, for a person.
pub fn summary(report: &RunReport, out: Out) -> anyhow::Result<()> {
    let seconds = report.execution_time;
    out.line(format!(
        "{} {}: {} of {} devices, {} failed, {} skipped, {seconds:.1} s",
        report.kind,
        report.state,
        report.devices_succeeded,
        report.devices_total,
        report.devices_failed,
        report.devices_skipped
    ))?;
    let list = |counts: &std::collections::BTreeMap<String, u64>| {
        counts.iter().map(|(name, n)| format!("{name} {n}")).collect::<Vec<_>>().join(", ")
    };
    if !report.captures_created.is_empty() {
        out.line(format!("captures: {}", list(&report.captures_created)))?;
    }
    if !report.facts.is_empty() {
        out.line(format!("facts: {}", list(&report.facts)))?;
    }
    if report.changes > 0 {
        out.line(format!("changes: {} (velocity changes list)", report.changes))?;
    }
    for problem in &report.failed_devices {
        let address = problem.address.as_deref().unwrap_or("no address");
        out.line(format!("  {} ({}): {}: {}", shown(&problem.name), address, problem.class, shown(&problem.message)))?;
        out.line(format!("    {}", problem.advice))?;
    }
    let mut skipped = std::collections::BTreeMap::new();
    for left_out in &report.skipped_devices {
        *skipped.entry(left_out.class.as_str().to_owned()).or_default() += 1;
    }
    if !skipped.is_empty() {
        out.line(format!("skipped: {}", list(&skipped)))?;
    }
    for note in &report.notes {
        out.line(format!("note: {}", shown(note)))?;
    }
    match report.run {
        Some(run) => {
            out.line(format!("execution {run}: velocity executions show {run}"))?;
            let next = report.kind == model::RunKind::Discovery && report.devices_succeeded > 0;
            if next { out.line("next: velocity capture, then velocity devices list") } else { Ok(()) }
        }
        None => out.line("nothing was saved"),
    }
}
