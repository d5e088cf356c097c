//! `velocity executions list | show | retry | resume | cancel | download | prune`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::{AppError, ArchiveFormat, CancelReport, ItemView, PruneReport, Retention, RunQuery, RunView};
use model::{RunId, RunKind, RunState, Timestamp, text::shown};
use tokio_util::sync::CancellationToken;

use crate::commands::objects::is_agreed;
use crate::context::Context;
use crate::output::or_dash;
use crate::run_flags::{PARTIAL, RunFlags, conclude};
use crate::when::when;
use crate::{as_whom, progress, secrets::LoginFlags, snmp_flags::SnmpFlags};

#[derive(clap::Subcommand)]
pub enum Args {
    /// Newest first
    List {
        /// Of this job: slug, name or id
        #[arg(long, value_name = "JOB")]
        job: Option<String>,
        /// One run of a batch, or all runs of a batch: `daily`
        #[arg(long, value_name = "BATCH")]
        batch: Option<String>,
        /// success, partial, failed, cancelled, interrupted or running
        #[arg(long, value_name = "STATE")]
        state: Option<RunState>,
        /// discovery, collection or credentials
        #[arg(long, value_name = "KIND")]
        kind: Option<RunKind>,
        /// Started at this time or later: 2026-11-20, `2h ago`
        #[arg(long, value_name = "TIME", value_parser = when)]
        since: Option<Timestamp>,
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
    /// Look on at a run, in whichever process it goes on; Ctrl-C stops looking, the run goes on
    #[command(visible_alias = "follow")]
    Watch {
        /// Its number in the list
        id: i64,
        /// Progress as JSON lines on standard output
        #[arg(long)]
        json_progress: bool,
        /// No progress, only the summary
        #[arg(long, short)]
        quiet: bool,
    },
    /// Run again for the devices that failed
    Retry(Again),
    /// Go on with a run that was cancelled or whose process is gone
    Resume(Again),
    /// End a run, also one that another process works on
    Cancel {
        /// Its number in the list
        id: i64,
        /// Show what it would end
        #[arg(long)]
        dry_run: bool,
    },
    /// Write what a run brought into a file: `<type>/<device>.txt`, secrets masked, and result.json
    #[command(visible_alias = "archive")]
    Download {
        /// Its number in the list
        id: i64,
        /// File to write, which ends with .zip, .tar.gz or .tgz [default: execution-ID.zip]
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Let go of old runs and old versions of captures; the last good capture of each device and type stays
    Prune {
        /// What ended, or was seen last, longer ago: 90d, 12h, 2w, 1y
        #[arg(long, value_name = "AGE")]
        older_than: Option<String>,
        /// So many runs of each job, and versions of each capture, stay whatever their age
        #[arg(long, value_name = "N")]
        keep: Option<u32>,
        /// Contents of captures take so much at most: the oldest go
        #[arg(long, value_name = "SIZE")]
        max_size: Option<String>,
        /// Show what would go, remove nothing
        #[arg(long)]
        dry_run: bool,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
}

#[derive(clap::Args)]
pub struct Again {
    /// Its number in the list
    id: i64,
    /// Show which devices it would be, connect to nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    login: LoginFlags,
    #[command(flatten)]
    snmp: SnmpFlags,
    #[command(flatten)]
    run: RunFlags,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List { job, batch, state, kind, since, limit } => {
            let job = match &job {
                Some(reference) => Some(cx.app.job(&cx.actor, reference).await?.id),
                None => None,
            };
            let query = RunQuery { job, batch, state, kind, since, limit, ..RunQuery::default() };
            list(&cx.app.runs(&cx.actor, &query).await?, cx)?;
            Ok(ExitCode::SUCCESS)
        }
        Args::Show { id, problems } => show(RunId(id), problems, cx).await,
        Args::Watch { id, json_progress, quiet } => {
            watch(RunId(id), &RunFlags { json_progress, quiet, ..RunFlags::default() }, cx).await
        }
        Args::Retry(again) => go_on(again, app::Again::Failed, cx).await,
        Args::Resume(again) => go_on(again, app::Again::Rest, cx).await,
        Args::Cancel { id, dry_run } => cancel(RunId(id), dry_run, cx).await,
        Args::Download { id, output } => download(RunId(id), output, cx).await,
        Args::Prune { older_than, keep, max_size, dry_run, yes } => {
            let rules = cx.app.retention(older_than.as_deref(), keep, max_size.as_deref())?;
            prune(rules, dry_run, yes, cx).await
        }
    }
}

/// A table of runs.
pub fn list(runs: &[RunView], cx: &Context) -> anyhow::Result<()> {
    let header = ["id", "kind", "job", "state", "started", "seconds", "devices", "ok", "failed", "skipped", "by"];
    cx.out.list(runs, &header, row, "no executions")
}

/// Shows a run that others work on until it is over.
pub async fn watch(id: RunId, flags: &RunFlags, cx: &Context) -> anyhow::Result<ExitCode> {
    let (events, shown_events) = app::events::channel();
    let show = tokio::spawn(progress::show(shown_events, flags.clone()));
    let stop = CancellationToken::new();
    let looking = cx.app.watch(&cx.actor, id, events, stop.clone());
    tokio::pin!(looking);
    let report = tokio::select! {
        report = &mut looking => report?,
        _ = tokio::signal::ctrl_c() => {
            stop.cancel();
            looking.await?
        }
    };
    show.await?;
    conclude(&report, flags, cx.out)
}

async fn cancel(id: RunId, dry_run: bool, cx: &Context) -> anyhow::Result<ExitCode> {
    let report = cx.app.cancel(&cx.actor, id, dry_run).await?;
    let CancelReport { under_way, waiting, asked, .. } = report;
    if cx.out.json {
        cx.out.json(&report)?;
    } else if dry_run {
        cx.out
            .line(format!("would be cancelled: {under_way} devices under way are dropped, {waiting} are not begun"))?;
    } else if asked {
        cx.out.line(format!("its process ends it within seconds: velocity executions show {id}"))?;
    } else {
        cx.out.line(format!("cancelled. To go on: velocity executions resume {id}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn download(id: RunId, output: Option<PathBuf>, cx: &Context) -> anyhow::Result<ExitCode> {
    let path = output.unwrap_or_else(|| format!("execution-{id}.zip").into());
    let Some(format) = ArchiveFormat::of(&path) else {
        let text = format!("{}: a name that ends with .zip, .tar.gz or .tgz says what to write", path.display());
        return Err(AppError::Usage(text).into());
    };
    // Never half a file under its name.
    let beside = PathBuf::from(format!("{}.new", path.display()));
    let file = std::fs::File::create(&beside).with_context(|| format!("cannot write {}", beside.display()))?;
    let archived = match cx.app.archive(&cx.actor, id, format, file).await {
        Ok(archived) => archived,
        Err(error) => {
            let _ = std::fs::remove_file(&beside);
            return Err(error.into());
        }
    };
    std::fs::rename(&beside, &path).with_context(|| format!("cannot write {}", path.display()))?;
    if cx.out.json {
        cx.out.json(&archived)?;
    } else {
        cx.out.line(format!("{} captures, {} bytes in {}", archived.files, archived.bytes, path.display()))?;
        archived.problems.iter().try_for_each(|p| cx.out.line(format!("not in it: {}", shown(p))))?;
    }
    Ok(if archived.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(PARTIAL) })
}

async fn prune(rules: Retention, dry_run: bool, yes: bool, cx: &Context) -> anyhow::Result<ExitCode> {
    let would = cx.app.prune(&cx.actor, rules, true).await?;
    if !dry_run {
        let PruneReport { gone, .. } = &would;
        let phrase = format!("{} executions, {} captures", gone.executions, gone.captures);
        if !yes && gone.executions + gone.captures > 0 && !is_agreed(&phrase)? {
            return Ok(ExitCode::FAILURE);
        }
    }
    let done = if dry_run { would } else { cx.app.prune(&cx.actor, rules, false).await? };
    if cx.out.json {
        cx.out.json(&done)?;
        return Ok(ExitCode::SUCCESS);
    }
    let PruneReport { gone, contents, bytes, bytes_left, is_over, .. } = &done;
    let did = if dry_run { "would remove" } else { "removed" };
    cx.out.line(format!(
        "{did} {} executions, {} captures, {} facts that ended",
        gone.executions, gone.captures, gone.facts
    ))?;
    cx.out.line(format!("{contents} contents, {bytes} bytes on disk; the captures that stay take {bytes_left}"))?;
    if *is_over {
        cx.out.line("it is still more than asked for: last good captures and what proves facts stay")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn row(run: &RunView) -> Vec<String> {
    let counts = [run.total, run.succeeded, run.failed, run.skipped].map(|n| n.to_string());
    let of = or_dash(run.job.as_ref().or(run.batch.as_ref()));
    let mut cells = vec![run.id.to_string(), run.kind.to_string(), of, run.state.to_string()];
    cells.push(run.started_at.to_string());
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
    devices(&items, cx)?;
    for class in items.iter().filter_map(|i| i.class).collect::<std::collections::HashSet<_>>() {
        cx.out.line(format!("{class}: {}", shown(class.advice())))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn devices(items: &[ItemView], cx: &Context) -> anyhow::Result<()> {
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
    let header = ["device", "address", "state", "class", "seconds", "credential", "message"];
    cx.out.list(items, &header, row, "no devices")
}

async fn go_on(args: Again, what: app::Again, cx: &Context) -> anyhow::Result<ExitCode> {
    let id = RunId(args.id);
    let app::Before { usernames, credentials, via, settings, items } = cx.app.before(&cx.actor, id, what).await?;
    if args.dry_run {
        devices(&items, cx)?;
        return Ok(ExitCode::SUCCESS);
    }
    let login = args.login.with_those_of(&credentials);
    let entered = as_whom::enter((&login, &args.snmp, &args.run), via, &usernames, &[], settings, cx).await?;
    let (as_whom, settings) = entered;
    let (events, shown) = app::events::channel();
    let show = tokio::spawn(progress::show(shown, args.run.clone()));
    let cancel = progress::cancel_on_ctrl_c();
    let report = match what {
        app::Again::Failed => cx.app.retry(&cx.actor, id, as_whom, settings, events, cancel).await,
        app::Again::Rest => cx.app.resume(&cx.actor, id, as_whom, settings, events, cancel).await,
    };
    show.await?;
    conclude(&report?, &args.run, cx.out)
}
