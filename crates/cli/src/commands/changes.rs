//! `velocity changes list | show`

use std::process::ExitCode;

use app::{ChangeQuery, ChangeView};
use model::{ChangeId, ChangeKind, Severity, Timestamp};

use crate::context::Context;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Newest first
    List {
        /// Only of this device
        #[arg(long)]
        device: Option<String>,
        /// config, version, inventory
        #[arg(long = "type", value_name = "TYPE")]
        kind: Option<ChangeKind>,
        /// minor, moderate, critical
        #[arg(long)]
        severity: Option<Severity>,
        /// Detected at or after: 2026-11-20 or 2026-11-20T02:13:00Z
        #[arg(long, value_name = "TIME")]
        since: Option<Timestamp>,
        /// Detected before
        #[arg(long, value_name = "TIME")]
        until: Option<Timestamp>,
        /// So many at most
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
    /// One change with its diff
    Show {
        /// Its number in the list
        id: i64,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List { device, kind, severity, since, until, limit } => {
            let query = ChangeQuery { device, kind, severity, since, until, limit };
            let changes = cx.app.changes(&cx.actor, query).await?;
            let row = |c: &ChangeView| {
                let (kind, severity) = (c.kind.to_string(), c.severity.to_string());
                vec![c.id.to_string(), c.detected_at.to_string(), c.device.clone(), kind, severity, c.summary.clone()]
            };
            let header = ["id", "detected", "device", "type", "severity", "summary"];
            cx.out.list(&changes, &header, row, "no changes; collect twice to see what changed")?;
        }
        Args::Show { id } => {
            let change = cx.app.change(&cx.actor, ChangeId(id)).await?;
            if cx.out.json {
                cx.out.json(&change)?;
            } else {
                let c = &change;
                cx.out.line(format!("{} {} {}: {} ({})", c.detected_at, c.device, c.kind, c.summary, c.severity))?;
                cx.out.text(&c.diff)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
