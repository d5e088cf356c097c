//! One thing after the other.

use std::path::Path;

use model::{Bucket, Timestamp};
use store::{ChannelState, Database, StoreError};

use super::Finding;
use crate::{Actor, App, AppError};

/// Bytes below which runs will soon fail.
const LITTLE: u64 = 100 << 20;
/// Bytes below which somebody should make room.
const SOME: u64 = 2 << 30;
/// Milliseconds by which clocks may differ: heartbeats are judged by them.
const SKEW: i64 = 5_000;

/// The data directory: there, ours, and closed to others.
pub(crate) fn folder(home: &Path) -> Finding {
    const THING: &str = "data directory";
    let shown = home.display();
    if !home.join(crate::config::FILE).exists() {
        return Finding::ill(THING, format!("there is none at {shown}"), "velocity init");
    }
    let probe = home.join(".doctor");
    let written = std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe));
    if let Err(error) = written {
        return Finding::ill(THING, format!("{shown} cannot be written: {error}"), "see who owns it, and the disk");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(home).map(|m| m.permissions().mode() & 0o077);
        if mode.is_ok_and(|open| open != 0) {
            let advice = format!("chmod 700 {shown}");
            return Finding::warning(THING, format!("{shown} can be read by others"), advice);
        }
    }
    Finding::well(THING, shown.to_string())
}

pub(crate) fn disk(home: &Path) -> Finding {
    const THING: &str = "disk";
    let Some((free, all)) = space(home) else { return Finding::well(THING, "not known on this system") };
    let seen = format!("{} MiB of {} MiB free", free >> 20, all >> 20);
    match free {
        _ if free < LITTLE => Finding::ill(THING, seen, "make room: runs cannot keep what they collect"),
        _ if free < SOME => Finding::warning(THING, seen, "make room, or `velocity executions prune`"),
        _ => Finding::well(THING, seen),
    }
}

/// Bytes that are free for us, and of all.
#[cfg(unix)]
fn space(home: &Path) -> Option<(u64, u64)> {
    let stat = rustix::fs::statvfs(home).ok()?;
    Some((stat.f_bavail.saturating_mul(stat.f_frsize), stat.f_blocks.saturating_mul(stat.f_frsize)))
}

#[cfg(not(unix))]
fn space(_: &Path) -> Option<(u64, u64)> {
    None
}

/// Why an installation does not open, and what helps.
pub(crate) fn closed(error: &AppError) -> Finding {
    let (thing, advice) = match error {
        AppError::Config { .. } => ("config", "correct the file; docs/operating.md tells what may be in it"),
        AppError::Store(StoreError::SchemaNewer { .. }) => ("database", "use the newer velocity that changed it"),
        AppError::Store(StoreError::DiskFull(_)) => ("database", "make room on its disk"),
        AppError::Store(StoreError::ReadOnly(_)) => {
            ("database", "see who owns it, and whether its disk may be written")
        }
        AppError::Store(StoreError::Busy(_)) => ("database", "another process holds it; see which, and try again"),
        AppError::Store(_) => (
            "database",
            "a server: is it running, and is the URL right? A file: velocity doctor --repair saves what can be read, \
             velocity restore puts a backup in its place",
        ),
        AppError::Templates(_) | AppError::Platforms(_) | AppError::Platform(_) => {
            ("templates and platforms", "correct or move away the file that is named")
        }
        _ => ("installation", ""),
    };
    Finding::ill(thing, error.chain(), advice)
}

/// All that is seen of an installation that opens.
pub(crate) async fn opened(app: &App, deep: bool) -> Vec<Finding> {
    let mut all = vec![Finding::well("config", app.home.join(crate::config::FILE).display().to_string())];
    all.extend(database(app, deep).await);
    all.push(captures(app).await);
    all.push(Finding::well("templates and platforms", books(app)));
    all.push(vault(app).await);
    all.push(accounts(app).await);
    all.push(runs(app).await);
    all.extend(notifications(app).await);
    all
}

async fn database(app: &App, deep: bool) -> Vec<Finding> {
    const THING: &str = "database";
    let now = app.clock.now();
    let health = match app.store.database_health(deep, now).await {
        Ok(health) => health,
        Err(error) => return vec![failed(THING, error, way_out(app))],
    };
    let mut all = Vec::new();
    let what =
        format!("{}, {}, schema {}", health.version, App::database(&app.home, &app.config), store::SCHEMA_VERSION);
    all.push(match &health.faults[..] {
        [] => match app.store.try_to_write().await {
            Ok(()) => Finding::well(THING, what),
            Err(error) => failed(THING, error, "see who owns it, and its disk"),
        },
        faults => Finding::ill(THING, format!("{what}: {} faults: {}", faults.len(), faults.join("; ")), way_out(app)),
    });
    let late = |at: Timestamp| at.ms_since(now) > SKEW;
    all.push(match health.latest {
        _ if health.clock_ahead_ms.abs() > SKEW => {
            let seen = format!("that of the database is {} s ahead of ours", health.clock_ahead_ms / 1000);
            Finding::warning("clock", seen, "set both by NTP: leases and schedules go by them")
        }
        Some(at) if late(at) => {
            let seen = format!("it is {now}, and something is on record that happened at {at}");
            Finding::warning("clock", seen, "set it by NTP; until then new captures look older than what is there")
        }
        _ => Finding::well("clock", now.to_string()),
    });
    all
}

fn way_out(app: &App) -> &'static str {
    match App::database(&app.home, &app.config) {
        Database::Sqlite(_) => {
            "velocity doctor --repair saves what can be read into a new file; velocity restore puts a backup in its place"
        }
        Database::Postgres(_) => "see the server's log; velocity restore puts a backup in its place",
    }
}

async fn captures(app: &App) -> Finding {
    const THING: &str = "captures";
    match app.store.content_health().await {
        Ok(health) if health.missing.is_empty() => {
            Finding::well(THING, format!("{} contents, {} more that nothing names", health.named, health.unnamed))
        }
        Ok(health) => Finding::ill(
            THING,
            format!("{} of {} contents are not in the folder of captures", health.missing.len(), health.named),
            "put the folder back from a backup; what is collected anew is whole again",
        ),
        Err(error) => failed(THING, error, "see the folder of captures"),
    }
}

fn books(app: &App) -> String {
    format!("{} templates, {} platforms", app.reader.now().library.names().len(), app.reader.platforms.all().len())
}

async fn vault(app: &App) -> Finding {
    const THING: &str = "vault";
    match app.vault_state(&Actor::local()).await {
        Ok(vault) if !vault.exists => Finding::warning(THING, "there is none", "velocity vault init"),
        Ok(vault) if vault.credentials == 0 => Finding::warning(THING, "nothing is in it", "velocity vault add NAME"),
        Ok(vault) => {
            Finding::well(THING, format!("{} credentials; velocity vault check opens each", vault.credentials))
        }
        Err(error) => Finding::ill(THING, error.chain(), "velocity vault check"),
    }
}

async fn accounts(app: &App) -> Finding {
    const THING: &str = "accounts";
    match app.store.buckets().await {
        Ok(buckets) => {
            let now = app.clock.now();
            let is_stopped = |b: &Bucket| b.stopped.is_some_and(|stop| stop.until.is_none_or(|until| until > now));
            let stopped = buckets.iter().filter(|(_, b)| is_stopped(b));
            let names: Vec<String> = stopped.map(|(account, _)| account.username.clone()).collect();
            match names.is_empty() {
                true => Finding::well(THING, "none is left alone"),
                false => Finding::warning(
                    THING,
                    format!("left alone, since they were refused: {}", names.join(", ")),
                    "velocity creds status shows where; velocity creds clear NAME lets one be used again",
                ),
            }
        }
        Err(error) => failed(THING, error, way_out(app)),
    }
}

async fn runs(app: &App) -> Finding {
    const THING: &str = "executions";
    match app.runs(&Actor::local(), &crate::RunQuery { limit: 1, ..Default::default() }).await {
        Ok(runs) => match runs.first() {
            None => Finding::warning(THING, "none yet", "velocity discover SEED"),
            Some(run) => Finding::well(THING, format!("the last is {}: {} at {}", run.id, run.state, run.started_at)),
        },
        Err(error) => Finding::ill(THING, error.chain(), way_out(app)),
    }
}

/// Nothing when nobody wants to be told anything.
async fn notifications(app: &App) -> Option<Finding> {
    const THING: &str = "notifications";
    let channels = app.store.channel_states().await.ok()?;
    if channels.is_empty() {
        return None;
    }
    let count = |of: fn(&ChannelState) -> i64| channels.iter().map(of).sum::<i64>();
    let (waits, failed) = (count(|c| c.waiting), count(|c| c.failed));
    let seen = format!("{} channels, {waits} waiting, {failed} given up", channels.len());
    if let Some(stopped) = channels.iter().find(|c| c.state == "stopped") {
        let (name, why) = (model::text::shown(&stopped.name), stopped.why.as_deref().unwrap_or_default());
        let advice =
            "correct its credential (`velocity vault add NAME --replace`), or the channel; then `velocity notify test`";
        return Some(Finding::ill(THING, format!("{seen}; nothing is sent by {name}: {why}"), advice));
    }
    let waiting = app.store.notifications(Some("waiting"), 1_000).await.ok()?;
    let stuck = waiting.iter().any(|n| n.error.is_some());
    Some(match failed > 0 || stuck {
        false => Finding::well(THING, seen),
        true => Finding::warning(THING, seen, "velocity notify list tells why"),
    })
}

fn failed(thing: &'static str, error: StoreError, advice: &str) -> Finding {
    Finding::ill(thing, AppError::from(error).chain(), advice)
}
