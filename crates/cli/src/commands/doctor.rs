//! `velocity doctor`, `velocity doctor reach DEVICE`

use std::process::ExitCode;
use std::sync::Arc;

use app::{Finding, Health, Repair, TryLogin};
use model::SystemClock;

use crate::commands::objects::is_agreed;
use crate::context::{Context, Start};
use crate::output::Out;
use crate::secrets::LoginFlags;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    flags: Flags,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Go the way to a device step by step: name, address, TCP, banner, key exchange, what it takes; with --log-in to the prompt
    Reach(Box<Reach>),
}

#[derive(clap::Args)]
struct Reach {
    /// Name, id, address or serial number of a device; or any host, as NAME:PORT
    device: String,
    /// Log in, once, as one account: it may be refused, and that counts
    #[arg(long)]
    log_in: bool,
    #[command(flatten)]
    login: LoginFlags,
}

#[derive(clap::Args)]
struct Flags {
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

pub async fn run(args: Args, start: Start) -> anyhow::Result<ExitCode> {
    match args.verb {
        Some(Verb::Reach(args)) => reach(&args, &start.open().await?).await,
        None => examine(&args.flags, &start).await,
    }
}

/// It is done without an installation that opens: that it does not may be why it is asked for.
async fn examine(args: &Flags, start: &Start) -> anyhow::Result<ExitCode> {
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
    tell(&findings, "findings", out)
}

async fn reach(args: &Reach, cx: &Context) -> anyhow::Result<ExitCode> {
    let log_in = match args.log_in {
        true => {
            let (logins, settings) = args.login.enter(cx, &[], &[], cx.app.settings(), None).await?;
            Some(TryLogin { logins, settings })
        }
        false => None,
    };
    tell(&cx.app.reach(&cx.actor, &args.device, log_in).await?, "steps", cx.out)
}

/// Exit code 1 when something does not work.
fn tell(findings: &[Finding], name: &str, out: Out) -> anyhow::Result<ExitCode> {
    let worst = findings.iter().map(|f| f.health).max().unwrap_or(Health::Well);
    if out.json {
        out.json(&serde_json::json!({ "health": worst, name: findings }))?;
    } else {
        findings.iter().try_for_each(|finding| out.line(line(finding)))?;
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
