//! `velocity daemon run | start | stop | status | install | uninstall`: schedules, notifications and a worker in one process.

pub(super) mod lock;
mod service;

use std::io::Write;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use secrecy::{ExposeSecret, SecretString};

use self::lock::{Lock, Told};
use super::worker::Flags;
use crate::context::Context;
use crate::output::or_dash;
use crate::stop;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Run here, until Ctrl-C or a service manager stops it
    Run(Flags),
    /// Run in the background
    Start(Flags),
    /// Stop the one in the background: devices under way are finished first
    Stop,
    /// Whether one runs, what it is at, and what comes next
    Status,
    /// Write the file by which the system starts it: systemd, launchd or the task scheduler of Windows
    Install(service::Install),
    /// Take that file away
    Uninstall(service::Place),
}

/// How long one that begins may take to say so.
const PATIENCE: Duration = Duration::from_secs(60);

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Run(flags) => serve(&flags, cx).await?,
        Args::Start(flags) => start(&flags, cx).await?,
        Args::Stop => stop_it(cx)?,
        Args::Status => return status(cx).await,
        Args::Install(install) => service::install(&install, cx)?,
        Args::Uninstall(place) => service::uninstall(&place, cx)?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn serve(flags: &Flags, cx: &Context) -> anyhow::Result<()> {
    let mut lock = Lock::take(cx.app.home())?;
    let vault = Arc::new(cx.vault().await?);
    let stop = stop::on_signal()?;
    lock.tell(&Told { pid: std::process::id(), since: cx.app.now(), ready: true })?;
    let keeping = tokio::spawn({
        let (app, actor, vault, stop) = (cx.app.clone(), cx.actor.clone(), vault.clone(), stop.clone());
        async move { app.attend(&actor, Some(vault), stop, stop::lines()).await }
    });
    let worked = cx.app.work(&cx.actor, vault, &flags.options(cx), stop.clone(), stop::lines()).await;
    stop.cancel();
    keeping.await??;
    Ok(worked?)
}

/// The same program again, in a process group of its own, with its words in a file.
async fn start(flags: &Flags, cx: &Context) -> anyhow::Result<()> {
    if let Some(told) = lock::held(cx.app.home())? {
        bail!("it runs already, as process {}", told.pid);
    }
    // Now, while somebody can be asked; it is handed over by a pipe.
    let password = cx.vault_secret().await?;
    let path = cx.app.home().join("logs").join("daemon.log");
    let log = std::fs::OpenOptions::new().create(true).append(true).open(&path);
    let log = log.with_context(|| format!("cannot write {}", path.display()))?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--home").arg(cx.app.home());
    if password.is_some() {
        command.args(["--vault-pass-fd", "0"]);
    }
    command.args(["daemon", "run", "--drain", &flags.drain.to_string()]);
    for (flag, value) in [("--name", flags.name.clone()), ("--concurrency", flags.concurrency.map(|n| n.to_string()))] {
        command.args(value.iter().flat_map(|value| [flag, value]));
    }
    if !flags.sites.is_empty() {
        command.args(["--site", &flags.sites.join(",")]);
    }
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let input = if password.is_some() { Stdio::piped() } else { Stdio::null() };
    let mut child = command.current_dir("/").stdin(input).stdout(Stdio::null()).stderr(log).spawn()?;
    hand_over(child.stdin.take(), password)?;
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if lock::held(cx.app.home())?.is_some_and(|told| told.ready && told.pid == child.id()) {
            return cx.out.line(format!("it runs, as process {}; {}", child.id(), path.display()));
        }
        if let Some(ended) = child.try_wait()? {
            let said = std::fs::read_to_string(&path).unwrap_or_default();
            bail!("it ended at once ({ended}): {}", said.trim().lines().last().unwrap_or("without a word"));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("it does not say that it runs; look at {}", path.display())
}

fn hand_over(pipe: Option<std::process::ChildStdin>, password: Option<SecretString>) -> anyhow::Result<()> {
    if let Some((mut pipe, password)) = pipe.zip(password) {
        pipe.write_all(password.expose_secret().as_bytes())?;
        pipe.write_all(b"\n")?;
    }
    Ok(())
}

fn stop_it(cx: &Context) -> anyhow::Result<()> {
    let Some(told) = lock::held(cx.app.home())? else { bail!("it does not run") };
    lock::terminate(told.pid)?;
    // It may be at devices; it is told only once, since the second time means at once.
    while lock::held(cx.app.home())?.is_some_and(|now| now.pid == told.pid) {
        std::thread::sleep(Duration::from_millis(100));
    }
    cx.out.line(format!("process {} has stopped", told.pid))
}

async fn status(cx: &Context) -> anyhow::Result<ExitCode> {
    let told = lock::held(cx.app.home())?;
    let workers = cx.app.workers(&cx.actor).await?;
    let mut schedules = cx.app.schedules(&cx.actor).await?;
    schedules.retain(|s| s.next.is_some());
    schedules.sort_by_key(|s| s.next);
    let queue = cx.app.queue(&cx.actor).await?;
    // 3, as of a service that does not run.
    let code = if told.is_some() { ExitCode::SUCCESS } else { ExitCode::from(3) };
    if cx.out.json {
        cx.out.json(&serde_json::json!({
            "daemon": told, "workers": workers, "schedules": schedules, "queue": queue,
        }))?;
        return Ok(code);
    }
    match &told {
        Some(told) => cx.out.line(format!("runs since {}, as process {}", told.since, told.pid))?,
        None => cx.out.line("does not run; `velocity daemon start`")?,
    }
    cx.out.list(&workers, &super::worker::HEADER, super::worker::row, "no workers")?;
    cx.out.line(format!(
        "queue: {} executions, {} devices wait, {} are under way",
        queue.runs, queue.waiting, queue.running
    ))?;
    let row =
        |s: &app::ScheduleView| vec![s.id.to_string(), s.job.clone(), s.when.clone(), or_dash(s.next_local.as_ref())];
    cx.out.list(&schedules, &["id", "job", "when", "next"], row, "no schedule waits")?;
    Ok(code)
}
