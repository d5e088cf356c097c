//! Runs that were: lists, and one with the result of each device.

mod archive;
mod daily;
mod prune;

use model::{DeviceState, FailureClass, JobId, RunId, RunKind, RunState, Timestamp};
use serde::Serialize;
use store::{Cancelled, NewAudit, Run, RunCounts, RunFilter, RunItem};

use crate::actor::Role;
use crate::{Actor, App, AppResult};

pub use archive::{ArchiveFormat, Archived};
pub use prune::{PruneReport, Retention};

/// Which runs a person wants to see; all that are given must hold.
#[derive(Debug, Clone, Default)]
pub struct RunQuery {
    pub kind: Option<RunKind>,
    pub state: Option<RunState>,
    pub job: Option<JobId>,
    /// Only runs of jobs.
    pub of_jobs: bool,
    /// One run of a batch, or all of it.
    pub batch: Option<String>,
    pub since: Option<Timestamp>,
    /// Only those that began before this one.
    pub before: Option<RunId>,
    pub limit: u32,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct RunView {
    pub id: RunId,
    pub kind: RunKind,
    /// The slug of its job.
    pub job: Option<String>,
    /// The run of a batch that it is a part of.
    pub batch: Option<String>,
    pub state: RunState,
    pub actor: String,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// Counts of devices.
    pub total: u64,
    pub succeeded: u64,
    pub failed: u64,
    pub skipped: u64,
    pub remaining: u64,
}

impl RunView {
    /// How long it took, as `12.3`; `None` while it goes.
    pub fn seconds(&self) -> Option<String> {
        Some(format!("{:.1}", self.ended_at?.ms_since(self.started_at) as f64 / 1000.0))
    }
}

/// What came of cancelling a run, or would.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CancelReport {
    pub execution: RunId,
    /// Its process ends it when it beats next, within seconds; else it is over.
    pub asked: bool,
    pub dry_run: bool,
    /// Devices that are dropped without a result.
    pub under_way: u64,
    /// Devices that are not begun.
    pub waiting: u64,
}

/// The result of one device.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ItemView {
    pub name: String,
    pub address: Option<String>,
    pub state: DeviceState,
    pub class: Option<FailureClass>,
    pub message: String,
    pub advice: Option<&'static str>,
    /// The account that was accepted.
    pub username: Option<String>,
    /// What its credential is called.
    pub credential: Option<String>,
    pub duration_ms: Option<i64>,
    pub attempts: u32,
}

impl App {
    /// Whether somebody may start a run at all: told before anything is said of what it would do.
    pub fn may_start_runs(&self, actor: &Actor) -> AppResult<()> {
        actor.must_somewhere(Role::Operator, "start an execution")
    }

    /// Newest first. A running one whose process is gone is shown as interrupted.
    pub async fn runs(&self, actor: &Actor, query: &RunQuery) -> AppResult<Vec<RunView>> {
        actor.must(Role::Viewer, "see executions")?;
        self.store.interrupt_stale_runs(self.clock.now()).await?;
        let RunQuery { kind, state, job, of_jobs, batch, since, before, limit } = query.clone();
        let filter = RunFilter { kind, state, job, of_jobs, batch, since, before, limit: Some(limit) };
        Ok(self.store.runs(&filter).await?.iter().map(run_view).collect())
    }

    pub async fn run(&self, actor: &Actor, id: RunId) -> AppResult<(RunView, Vec<ItemView>)> {
        actor.must(Role::Viewer, "see executions")?;
        self.store.interrupt_stale_runs(self.clock.now()).await?;
        let run = self.store.run(id).await?;
        let items = self.store.run_items(id, &[]).await?;
        Ok((run_view(&run), items.into_iter().map(item_view).collect()))
    }
}

impl App {
    /// Ends a run, whoever works on it: the mark in the database is what counts, a process that works on the run hears of it.
    pub async fn cancel(&self, actor: &Actor, id: RunId, dry_run: bool) -> AppResult<CancelReport> {
        actor.must_somewhere(Role::Operator, "cancel an execution")?;
        self.must_end(actor, id).await?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let RunCounts { pending, running, .. } = tx.run(id).await?.counts;
        let cancelled = tx.cancel_run(id, &actor.name, now).await?;
        let asked = cancelled == Cancelled::Asked;
        let report = CancelReport { execution: id, asked, dry_run, under_way: running, waiting: pending };
        if dry_run {
            return Ok(report);
        }
        let (object, detail) = (format!("execution {id}"), serde_json::json!({ "asked": asked }));
        let entry = NewAudit { actor: &actor.name, action: "run.cancel", object: &object, detail: &detail };
        tx.audit(&entry, now).await?;
        tx.commit().await?;
        self.cancelled.notify_waiters();
        Ok(report)
    }
}

fn run_view(run: &Run) -> RunView {
    RunView {
        id: run.id,
        kind: run.kind,
        job: run.job_slug.clone(),
        batch: run.batch.clone(),
        state: run.state,
        actor: run.actor.clone(),
        started_at: run.started_at,
        ended_at: run.ended_at,
        total: run.counts.total(),
        succeeded: run.counts.success,
        failed: run.counts.failed,
        skipped: run.counts.skipped,
        remaining: run.counts.pending + run.counts.running,
    }
}

pub(crate) fn item_view(item: RunItem) -> ItemView {
    ItemView {
        name: item.name,
        address: item.address.map(|a| std::net::SocketAddr::new(a, item.port).to_string()),
        state: item.state,
        advice: item.class.map(FailureClass::advice),
        class: item.class,
        message: item.message,
        username: item.username,
        credential: item.credential,
        duration_ms: item.ended_at.map(|_| item.duration_ms),
        attempts: item.attempt,
    }
}
