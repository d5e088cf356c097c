//! `velocity doctor`

use std::process::ExitCode;
use std::sync::Arc;

use app::{Finding, Health, Repair};
use model::SystemClock;

use crate::commands::objects::is_agreed;
use crate::context::Start;
use crate::output::Out;

#[derive(clap::Args)]
pub struct Args {
    /// Read every page and every index of the database
    #[arg(long)]
    deep: bool,
    /// Save what can be read of a damaged SQLite file into a new one, and use that; the old one is kept beside it
    #[arg(long)]
    repair: bool,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

/// It is done without an installation that opens: that it does not may be why it is asked for.
pub async fn run(args: Args, start: &Start) -> anyhow::Result<ExitCode> {
    let (home, out) = (start.home()?, start.out());
    if args.repair {
        let phrase = "repair";
        if !args.yes && !is_agreed(phrase)? {
            return Ok(ExitCode::FAILURE);
        }
        let done = app::repair(&home, &SystemClock).await?;
        return repaired(&done, out);
    }
    let (findings, _) = app::examine(&home, Arc::new(SystemClock), args.deep).await?;
    let worst = findings.iter().map(|f| f.health).max().unwrap_or(Health::Well);
    if out.json {
        out.json(&serde_json::json!({ "health": worst, "findings": findings }))?;
    } else {
        for finding in &findings {
            out.line(line(finding))?;
        }
    }
    Ok(if worst == Health::Ill { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn line(f: &Finding) -> String {
    let mark = match f.health {
        Health::Well => "✓",
        Health::Warning => "!",
        Health::Ill => "✗",
    };
    let advice = if f.advice.is_empty() { String::new() } else { format!("\n    {}", f.advice) };
    format!("{mark} {}: {}{advice}", f.thing, f.seen)
}

fn repaired(done: &Repair, out: Out) -> anyhow::Result<ExitCode> {
    let lost: u64 = done.tables.iter().map(|t| t.lost).sum();
    if out.json {
        out.json(done)?;
    } else {
        let saved: u64 = done.tables.iter().map(|t| t.saved).sum();
        for table in done.tables.iter().filter(|t| t.lost > 0) {
            out.line(format!("{}: {} rows saved, {} places could not be read", table.table, table.saved, table.lost))?;
        }
        out.line(format!("{saved} rows saved; the damaged file is {}", done.damaged.display()))?;
        out.line("`velocity doctor` tells how it is now; what was lost comes back with the next collection")?;
    }
    Ok(if lost == 0 { ExitCode::SUCCESS } else { ExitCode::from(3) })
}
