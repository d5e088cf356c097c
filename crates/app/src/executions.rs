//! Runs that were: lists, and one with the result of each device.

use model::{DeviceState, FailureClass, RunId, RunKind, RunState, Timestamp};
use serde::Serialize;
use store::{Run, RunFilter, RunItem};

use crate::actor::Role;
use crate::{Actor, App, AppResult};

#[derive(Debug, Clone, Serialize)]
pub struct RunView {
    pub id: RunId,
    pub kind: RunKind,
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

/// The result of one device.
#[derive(Debug, Clone, Serialize)]
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
    /// Newest first. A running one whose process is gone is shown as interrupted.
    pub async fn runs(&self, actor: &Actor, limit: u32) -> AppResult<Vec<RunView>> {
        actor.must(Role::Viewer, "see executions")?;
        self.store.interrupt_stale_runs(self.clock.now()).await?;
        let filter = RunFilter { limit: Some(limit), ..RunFilter::default() };
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

fn run_view(run: &Run) -> RunView {
    RunView {
        id: run.id,
        kind: run.kind,
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

fn item_view(item: RunItem) -> ItemView {
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
