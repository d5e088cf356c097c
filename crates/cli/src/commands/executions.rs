//! `velocity executions list | show | retry | resume`

use std::process::ExitCode;

use app::{ItemView, RunView};
use model::{RunId, text::shown};

use crate::context::Context;
use crate::output::or_dash;
use crate::run_flags::{RunFlags, conclude};
use crate::{as_whom, progress, secrets::LoginFlags, snmp_flags::SnmpFlags};

#[derive(clap::Subcommand)]
pub enum Args {
    /// Newest first
    List {
        /// So many at most
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// One run with the result of each device
    Show {
        /// Its number in the list
        id: i64,
        /// Only devices that failed or were left out
        #[arg(long)]
        problems: bool,
    },
    /// Run again for the devices that failed
    Retry(Again),
    /// Go on with a run that was cancelled or whose process is gone
    Resume(Again),
}

#[derive(clap::Args)]
pub struct Again {
    /// Its number in the list
    id: i64,
    #[command(flatten)]
    login: LoginFlags,
    #[command(flatten)]
    snmp: SnmpFlags,
    #[command(flatten)]
    run: RunFlags,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List { limit } => {
            let runs = cx.app.runs(&cx.actor, limit).await?;
            let header = ["id", "kind", "state", "started", "seconds", "devices", "ok", "failed", "skipped", "by"];
            cx.out.list(&runs, &header, row, "no executions yet")?;
            Ok(ExitCode::SUCCESS)
        }
        Args::Show { id, problems } => show(RunId(id), problems, cx).await,
        Args::Retry(again) => go_on(again, true, cx).await,
        Args::Resume(again) => go_on(again, false, cx).await,
    }
}

fn row(run: &RunView) -> Vec<String> {
    let counts = [run.total, run.succeeded, run.failed, run.skipped].map(|n| n.to_string());
    let mut cells = vec![run.id.to_string(), run.kind.to_string(), run.state.to_string(), run.started_at.to_string()];
    cells.push(or_dash(run.seconds()));
    cells.extend(counts);
    cells.push(run.actor.clone());
    cells
}

async fn show(id: RunId, problems: bool, cx: &Context) -> anyhow::Result<ExitCode> {
    let (run, mut items) = cx.app.run(&cx.actor, id).await?;
    if problems {
        items.retain(|i| i.class.is_some());
    }
    if cx.out.json {
        cx.out.json(&serde_json::json!({ "run": run, "devices": items }))?;
        return Ok(ExitCode::SUCCESS);
    }
    cx.out.line(format!(
        "{} {}: {} of {} devices, {} failed, {} skipped",
        run.kind, run.state, run.succeeded, run.total, run.failed, run.skipped
    ))?;
    let row = |i: &ItemView| {
        let class = or_dash(i.class);
        let seconds = i.duration_ms.map(|ms| format!("{:.1}", ms as f64 / 1000.0));
        vec![
            i.name.clone(),
            or_dash(i.address.as_ref()),
            i.state.to_string(),
            class,
            or_dash(seconds),
            or_dash(i.credential.as_ref().or(i.username.as_ref())),
            i.message.clone(),
        ]
    };
    cx.out.list(
        &items,
        &["device", "address", "state", "class", "seconds", "credential", "message"],
        row,
        "no devices",
    )?;
    for class in items.iter().filter_map(|i| i.class).collect::<std::collections::HashSet<_>>() {
        cx.out.line(format!("{class}: {}", shown(class.advice())))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn go_on(args: Again, retry: bool, cx: &Context) -> anyhow::Result<ExitCode> {
    let id = RunId(args.id);
    let known = cx.app.usernames_of(&cx.actor, id).await?;
    let via = cx.app.asked_by(&cx.actor, id).await?;
    let (as_whom, settings) = as_whom::enter((&args.login, &args.snmp, &args.run), via, &known, &[], cx).await?;
    let (events, shown) = app::events::channel();
    let show = tokio::spawn(progress::show(shown, args.run.clone()));
    let cancel = progress::cancel_on_ctrl_c();
    let report = match retry {
        true => cx.app.retry(&cx.actor, id, as_whom, settings, events, cancel).await,
        false => cx.app.resume(&cx.actor, id, as_whom, settings, events, cancel).await,
    };
    show.await?;
    conclude(&report?, &args.run, cx.out)
}
