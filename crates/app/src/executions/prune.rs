//! Retention: executions by age and number, captures by age, number and size. The last good capture of a device and
//! type stays, and so does what proves a fact that holds.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{CaptureId, RunId, RunState, Timestamp};
use serde::Serialize;
use serde_json::json;
use store::{Held, LetGo, NewAudit, Run, RunFilter};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// What may go. With none of them nothing does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Retention {
    /// What ended, or was seen last, before this time.
    pub before: Option<Timestamp>,
    /// So many of each stay: the newest executions of each job, the newest versions of each capture. Without an age
    /// all others go.
    pub keep: Option<u32>,
    /// Bytes on disk of all contents of captures: the oldest go until they fit.
    pub max_bytes: Option<u64>,
}

/// What went, or would go.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PruneReport {
    pub dry_run: bool,
    pub rules: Retention,
    #[serde(flatten)]
    pub gone: LetGo,
    /// Contents that no capture has any more, and their bytes on disk. What was wanted within the hour goes next time.
    pub contents: u64,
    pub bytes: u64,
    /// Bytes on disk of the contents of all captures that stay.
    pub bytes_left: u64,
    /// Size was asked for that cannot be had: what is left are last good captures and proofs.
    pub is_over: bool,
}

impl Retention {
    /// As the config says, with what was given instead. `90d`, `12h`, `2w`; `5GB`, `500MB`.
    pub fn new(
        older_than: Option<&str>,
        keep: Option<u32>,
        max_size: Option<&str>,
        now: Timestamp,
    ) -> Result<Self, String> {
        let before = older_than.map(|text| age(text).map(|ms| now.plus_ms(-ms))).transpose()?;
        Ok(Self { before, keep, max_bytes: max_size.map(bytes).transpose()? })
    }
}

impl App {
    /// Whether somebody may remove what was collected.
    pub fn may_prune(&self, actor: &Actor) -> AppResult<()> {
        actor.must(Role::Admin, "remove executions and captures")
    }

    /// What the config and these say together.
    pub fn retention(
        &self,
        older_than: Option<&str>,
        keep: Option<u32>,
        max_size: Option<&str>,
    ) -> AppResult<Retention> {
        let config = &self.config.retention;
        let is_given = older_than.is_some() || keep.is_some() || max_size.is_some();
        let (older_than, keep, max_size) = match is_given {
            true => (older_than, keep, max_size),
            false => (config.older_than.as_deref(), config.keep, config.max_size.as_deref()),
        };
        let rules = Retention::new(older_than, keep, max_size, self.now()).map_err(AppError::Usage)?;
        if rules == Retention::default() {
            let text = "how much is to stay? give --older-than, --keep or --max-size, or `retention` in config.yaml";
            return Err(AppError::Usage(text.into()));
        }
        Ok(rules)
    }

    /// Lets go of what the rules say.
    pub async fn prune(&self, actor: &Actor, rules: Retention, dry_run: bool) -> AppResult<PruneReport> {
        actor.must(Role::Admin, "remove executions and captures")?;
        self.store.interrupt_stale_runs(self.now()).await?;
        let runs = expired_runs(&self.store.runs(&RunFilter::default()).await?, rules);
        let (held, sizes) = (self.store.held_captures().await?, self.store.content_sizes().await?);
        let captures = expired(&held, &sizes, rules);
        let gone: HashSet<CaptureId> = captures.iter().copied().collect();
        let left: HashSet<&String> = held.iter().filter(|c| !gone.contains(&c.id)).map(|c| &c.content_hash).collect();
        let bytes_left = left.iter().filter_map(|hash| sizes.get(*hash)).sum();
        let is_over = rules.max_bytes.is_some_and(|most| bytes_left > most);
        if dry_run {
            let freed: HashSet<&String> =
                held.iter().map(|c| &c.content_hash).filter(|hash| !left.contains(hash)).collect();
            let bytes = freed.iter().filter_map(|hash| sizes.get(*hash)).sum();
            let gone = LetGo { executions: runs.len() as u64, captures: captures.len() as u64, facts: 0 };
            let contents = freed.len() as u64;
            return Ok(PruneReport { dry_run, rules, gone, contents, bytes, bytes_left, is_over });
        }
        let mut tx = self.store.begin().await?;
        let gone = tx.let_go(&runs, &captures).await?;
        let detail = json!({ "rules": rules, "gone": gone });
        let entry = NewAudit { actor: &actor.name, action: "run.prune", object: "executions", detail: &detail };
        tx.audit(&entry, self.now()).await?;
        tx.commit().await?;
        let (contents, bytes) = self.store.sweep_contents().await?;
        Ok(PruneReport { dry_run, rules, gone, contents, bytes, bytes_left, is_over })
    }
}

/// Runs that may go, of those that have ended. `all` is newest first.
fn expired_runs(all: &[Run], rules: Retention) -> Vec<RunId> {
    if rules.before.is_none() && rules.keep.is_none() {
        return Vec::new();
    }
    let mut seen: BTreeMap<(&str, Option<i64>), u32> = BTreeMap::new();
    let mut expired = Vec::new();
    for run in all.iter().filter(|run| run.state != RunState::Running) {
        let rank = seen.entry((run.kind.as_str(), run.job.map(|id| id.0))).or_default();
        *rank += 1;
        let is_old = rules.before.is_none_or(|before| run.ended_at.unwrap_or(run.heartbeat_at) < before);
        if is_old && rules.keep.is_none_or(|keep| *rank > keep) {
            expired.push(run.id);
        }
    }
    expired
}

/// Captures that may go. `all` is in the order in which they were saved; `sizes` are bytes on disk by content.
fn expired(all: &[Held], sizes: &HashMap<String, u64>, rules: Retention) -> Vec<CaptureId> {
    let ranks = ranks(all);
    let may_go = |c: &Held| {
        let rank = ranks.get(&c.id).copied().unwrap_or_default();
        let is_last_good = c.is_complete && rank == 0;
        !is_last_good && !c.is_proof && rules.keep.is_none_or(|keep| rank >= keep)
    };
    let by_rule = rules.before.is_some() || rules.keep.is_some();
    let is_old = |c: &Held| by_rule && rules.before.is_none_or(|before| c.last_seen < before);
    let mut gone: HashSet<CaptureId> = all.iter().filter(|c| may_go(c) && is_old(c)).map(|c| c.id).collect();
    if let Some(most) = rules.max_bytes {
        let mut uses: HashMap<&String, u32> = HashMap::new();
        let stay = || all.iter().filter(|c| !gone.contains(&c.id));
        stay().for_each(|c| *uses.entry(&c.content_hash).or_default() += 1);
        let mut left: u64 = uses.keys().filter_map(|hash| sizes.get(*hash)).sum();
        let mut oldest: Vec<&Held> = stay().filter(|c| may_go(c)).collect();
        oldest.sort_by_key(|c| (c.last_seen, c.id));
        for capture in oldest {
            if left <= most {
                break;
            }
            gone.insert(capture.id);
            let uses = uses.entry(&capture.content_hash).or_insert(1);
            *uses -= 1;
            if *uses == 0 {
                left -= sizes.get(&capture.content_hash).copied().unwrap_or_default();
            }
        }
    }
    all.iter().map(|c| c.id).filter(|id| gone.contains(id)).collect()
}

/// How many newer ones of its kind each has: of a device, type and platform, good ones and others apart.
fn ranks(all: &[Held]) -> HashMap<CaptureId, u32> {
    let mut newer: HashMap<(i64, &str, &str, bool), u32> = HashMap::new();
    let rank = |c: &'_ Held, n: u32| (c.id, n);
    all.iter()
        .rev()
        .map(|c| {
            let n = newer.entry((c.device.0, &c.capture_type, &c.platform, c.is_complete)).or_default();
            *n += 1;
            rank(c, *n - 1)
        })
        .collect()
}

/// Milliseconds: `90d`, `12h`, `2w`, `1y`.
fn age(text: &str) -> Result<i64, String> {
    const UNITS: &[(&str, i64)] = &[("h", 1), ("d", 24), ("w", 24 * 7), ("y", 24 * 365)];
    let wrong = || format!("`{}` is no age; write 90d, 12h, 2w or 1y", model::text::shown(text));
    let (number, hours) = unit(text, UNITS).ok_or_else(wrong)?;
    let ms = (number * hours as f64 * 3_600_000.0) as i64;
    if ms > 0 { Ok(ms) } else { Err(wrong()) }
}

/// `5GB`, `500MB`, `1024`.
fn bytes(text: &str) -> Result<u64, String> {
    const UNITS: &[(&str, i64)] = &[
        ("kb", 1000),
        ("mb", 1_000_000),
        ("gb", 1_000_000_000),
        ("tb", 1_000_000_000_000),
        ("b", 1),
        ("k", 1000),
        ("m", 1_000_000),
        ("g", 1_000_000_000),
    ];
    let plain = text.trim().parse::<u64>().ok();
    let with_unit = || unit(text, UNITS).map(|(number, unit)| (number * unit as f64) as u64);
    let wrong = || format!("`{}` is no size; write 5GB or 500MB", model::text::shown(text));
    plain.or_else(with_unit).ok_or_else(wrong)
}

fn unit(text: &str, units: &[(&str, i64)]) -> Option<(f64, i64)> {
    let text = text.trim().to_lowercase();
    let (number, unit) = units.iter().find_map(|(unit, n)| Some((text.strip_suffix(unit)?.trim(), *n)))?;
    let number: f64 = number.parse().ok()?;
    (number.is_finite() && number >= 0.0).then_some((number, unit))
}

#[cfg(test)]
#[path = "prune_tests.rs"]
mod tests;
