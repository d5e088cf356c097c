//! `velocity start`: the server, schedules, notifications and a worker in one process, and the browser on it.

use std::process::{ExitCode, Stdio};
use std::sync::Arc;
use std::time::Duration;

use app::{AppError, InitOptions, OpenVault, VaultKey};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::daemon::lock::{Lock, Told};
use super::{server, worker};
use crate::context::{Context, Start};
use crate::output::Out;
use crate::stop;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    listen: server::Listen,
    #[command(flatten)]
    work: worker::Flags,
    /// Open no browser
    #[arg(long)]
    no_browser: bool,
}

/// How often a vault that is locked is looked at.
const LOOK: Duration = Duration::from_secs(2);

pub async fn run(args: Args, start: Start) -> anyhow::Result<ExitCode> {
    let (home, out) = (start.home()?, start.out());
    let mut made = match home.join("config.yaml").exists() {
        true => Vec::new(),
        false => app::init(&home, &InitOptions { defaults: true, dry_run: false }).await?,
    };
    let cx = start.open_when_there().await?;
    if !cx.app.has_users().await? {
        made.extend(app::init(&home, &InitOptions { defaults: false, dry_run: false }).await?);
    }
    let stop = stop::on_signal()?;
    let listening = args.listen.listen(&cx.app).await?;
    let url = listening.url.clone();
    tell(out, &made, &url)?;
    let work = tokio::spawn({
        let stop = stop.clone();
        async move {
            if let Err(error) = work(cx, args.work, stop).await {
                // The screens go on; who sees them is to know.
                stop::lines()(format!("schedules and the worker have ended: {error:#}"));
            }
        }
    });
    if !args.no_browser && !out.json {
        open_browser(&url);
    }
    listening.serve(stop.clone()).await;
    // A server that ended of itself takes the rest with it.
    stop.cancel();
    work.await?;
    Ok(ExitCode::SUCCESS)
}

fn tell(out: Out, made: &[String], url: &str) -> anyhow::Result<()> {
    if out.json {
        return out.json(&json!({ "url": url, "made": made, "screens": ::server::has_screens() }));
    }
    for step in made {
        out.line(format!("✓ {step}"))?;
    }
    out.line(format!("Velocity is at {url}; Ctrl-C ends it"))
}

/// Schedules, notifications and a worker, where no daemon of the same data directory has them.
async fn work(cx: Context, flags: worker::Flags, stop: CancellationToken) -> anyhow::Result<()> {
    let say = stop::lines();
    let mut lock = match Lock::take(cx.app.home()) {
        Ok(lock) => lock,
        Err(taken) => {
            say(format!("schedules and queued runs are left to the daemon: {taken:#}"));
            return Ok(());
        }
    };
    let pid = std::process::id();
    lock.tell(&Told { pid, since: cx.app.now(), ready: false })?;
    // With its password at hand the vault is open before anything else begins: channels of notifications need it, too.
    let mut open = None;
    if let Some(password) = cx.vault_password()? {
        match vault(&cx, &|| VaultKey::Password(password.clone()), &stop).await {
            Ok(Some(vault)) => open = Some(vault),
            Ok(None) => return Ok(()),
            Err(error) => say(format!("the vault stays closed: {error:#}")),
        }
    }
    let keeping = tokio::spawn({
        let (app, actor, stop, say) = (cx.app.clone(), cx.actor.clone(), stop.clone(), say.clone());
        let open = open.clone();
        async move { app.attend(&actor, open, stop, say).await }
    });
    if open.is_none() {
        open = vault(&cx, &|| VaultKey::Keyring, &stop).await?;
    }
    if let Some(vault) = open {
        lock.tell(&Told { pid, since: cx.app.now(), ready: true })?;
        cx.app.work(&cx.actor, vault, &flags.options(&cx), stop, say).await?;
    }
    Ok(keeping.await??)
}

/// The vault, once there is one and it is open: somebody may make or unlock it in the browser. `None` when it is time to stop.
async fn vault(
    cx: &Context,
    key: &(dyn Fn() -> VaultKey + Sync),
    stop: &CancellationToken,
) -> anyhow::Result<Option<Arc<OpenVault>>> {
    let mut was_told = false;
    loop {
        match cx.app.open_vault(&cx.actor, key()).await {
            Ok(vault) => return Ok(Some(Arc::new(vault))),
            Err(AppError::NoVault) if !was_told => {
                stop::lines()(
                    "there is no vault yet: what schedules start waits until one is made, in the browser or by `velocity vault init`"
                        .to_owned(),
                );
                was_told = true;
            }
            Err(AppError::NoVault) => {}
            Err(AppError::VaultLocked | AppError::Keyring(_)) if !was_told => {
                stop::lines()(
                    "the vault is locked: what schedules start waits until it is unlocked, in the browser or by \
                    `velocity vault unlock`"
                        .to_owned(),
                );
                was_told = true;
            }
            Err(AppError::VaultLocked | AppError::Keyring(_)) => {}
            Err(error) => return Err(error.into()),
        }
        if tokio::time::timeout(LOOK, stop.cancelled()).await.is_ok() {
            return Ok(None);
        }
    }
}

/// As the system opens an address. Where it has no screen, or no program for that, the address was told.
fn open_browser(url: &str) {
    let Some((program, args)) = opener() else { return };
    let mut command = tokio::process::Command::new(program);
    command.args(args).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Err(error) = command.spawn() {
        eprintln!("note: no browser was opened: {program}: {error}");
    }
}

fn opener() -> Option<(&'static str, &'static [&'static str])> {
    match std::env::consts::OS {
        "macos" => Some(("open", &[])),
        "windows" => Some(("rundll32", &["url.dll,FileProtocolHandler"])),
        _ => {
            let has = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            (has("DISPLAY") || has("WAYLAND_DISPLAY")).then_some(("xdg-open", &[]))
        }
    }
}
