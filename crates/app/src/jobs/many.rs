//! Several jobs, one after the other or some at once, with a result for each and one for all.

use std::sync::Arc;
use std::time::Duration;

use model::{RunState, Timestamp};
use serde::Serialize;
use store::NewAudit;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::run::JobRequest;
use super::select::ChosenJob;
use crate::actor::Role;
use crate::{Actor, App, AppResult, EventSink, RunReport};

/// A job that is ready, or why it is not.
pub struct ReadyJob {
    pub job: ChosenJob,
    pub request: Result<JobRequest, String>,
}

/// How several jobs go.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// Jobs at once.
    pub at_once: usize,
    /// Between two jobs that go one after the other.
    pub delay: Duration,
    pub stop_on_failure: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self { at_once: 1, delay: Duration::ZERO, stop_on_failure: false }
    }
}

/// What came of several jobs.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct JobsReport {
    /// What it is a run of: `daily@2026-11-20T02:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    pub state: RunState,
    pub success: bool,
    pub started_at: Timestamp,
    /// Seconds.
    pub execution_time: f64,
    pub jobs_total: usize,
    pub jobs_succeeded: usize,
    pub jobs_failed: usize,
    /// Not begun: a job before them failed, or somebody cancelled.
    pub jobs_skipped: usize,
    pub devices_total: u64,
    pub devices_succeeded: u64,
    pub devices_failed: u64,
    pub jobs: Vec<JobResult>,
    /// What was asked for and is not there.
    pub missing: Vec<(String, String)>,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct JobResult {
    pub job: String,
    /// `None` when it was not begun.
    pub state: Option<RunState>,
    /// Why there is no report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<RunReport>,
}

/// What is told of jobs besides the events of their runs: number of the job from 0, and which it is.
pub type Announce = Arc<dyn Fn(usize, &ChosenJob) + Send + Sync>;

impl App {
    /// Runs jobs. One that fails stops no other, unless it was asked for.
    pub async fn run_jobs(
        &self,
        actor: &Actor,
        jobs: Vec<ReadyJob>,
        order: Order,
        (events, announce): (EventSink, Announce),
        cancel: CancellationToken,
    ) -> AppResult<JobsReport> {
        actor.must_somewhere(Role::Operator, "start a collection")?;
        let began = self.now();
        let mut results: Vec<JobResult> = jobs.iter().map(|ready| JobResult::none(&ready.job)).collect();
        let (room, stop) = (Arc::new(Semaphore::new(order.at_once.max(1))), cancel.child_token());
        let mut going = JoinSet::new();
        for (n, ReadyJob { job, request }) in jobs.into_iter().enumerate() {
            let permit = room.clone().acquire_owned().await;
            while let Some(ended) = going.try_join_next() {
                take(&mut results, ended, order, &stop);
            }
            if n > 0 && order.at_once <= 1 {
                let _ = tokio::time::timeout(order.delay, stop.cancelled()).await;
            }
            if stop.is_cancelled() {
                break;
            }
            announce(n, &job);
            let (app, actor, events, cancel) = (self.clone(), actor.clone(), events.clone(), stop.child_token());
            going.spawn(async move {
                let result = match request {
                    Ok(request) => app.run_job(&actor, request, events, cancel).await.map_err(|e| e.chain()),
                    Err(error) => Err(error),
                };
                drop(permit);
                (n, result)
            });
            // One after the other: the next one must know how this one went.
            if order.at_once <= 1
                && let Some(ended) = going.join_next().await
            {
                take(&mut results, ended, order, &stop);
            }
        }
        while let Some(ended) = going.join_next().await {
            take(&mut results, ended, order, &stop);
        }
        Ok(JobsReport::of(results, began, self.now(), cancel.is_cancelled()))
    }
}

impl App {
    /// Ends jobs that are run together by what stops them: those that have not begun do not begin.
    pub async fn cancel_jobs(&self, actor: &Actor, name: &str, stop: &CancellationToken) -> AppResult<()> {
        actor.must_somewhere(Role::Operator, "cancel an execution")?;
        let detail = serde_json::json!({});
        let entry = NewAudit { actor: &actor.name, action: "jobs.cancel", object: name, detail: &detail };
        self.store.audit(&entry, self.now()).await?;
        stop.cancel();
        Ok(())
    }
}

type Ended = Result<(usize, Result<RunReport, String>), tokio::task::JoinError>;

fn take(results: &mut [JobResult], ended: Ended, order: Order, stop: &CancellationToken) {
    let (n, result) = match ended {
        Ok(ended) => ended,
        Err(panic) => return tracing::error!("a job ended badly: {panic}"),
    };
    let Some(slot) = results.get_mut(n) else { return };
    slot.state = Some(result.as_ref().map_or(RunState::Failed, |report| report.state));
    match result {
        Ok(report) => slot.report = Some(report),
        Err(error) => slot.error = Some(error),
    }
    // A job of which some devices failed has not failed.
    if order.stop_on_failure && matches!(slot.state, Some(RunState::Failed | RunState::Cancelled)) {
        stop.cancel();
    }
}

impl JobResult {
    fn none(job: &ChosenJob) -> Self {
        Self { job: job.label.clone(), state: None, error: None, report: None }
    }
}

impl JobsReport {
    fn of(jobs: Vec<JobResult>, began: Timestamp, ended: Timestamp, cancelled: bool) -> Self {
        let count = |is: fn(RunState) -> bool| jobs.iter().filter(|j| j.state.is_some_and(is)).count();
        let succeeded = count(|s| s == RunState::Success);
        let partial = count(|s| s == RunState::Partial);
        let state = match () {
            () if cancelled => RunState::Cancelled,
            () if succeeded == jobs.len() => RunState::Success,
            () if succeeded + partial == 0 => RunState::Failed,
            () => RunState::Partial,
        };
        let sum = |of: fn(&RunReport) -> u64| jobs.iter().filter_map(|j| j.report.as_ref()).map(of).sum();
        Self {
            batch: None,
            state,
            success: state == RunState::Success,
            started_at: began,
            execution_time: ended.ms_since(began) as f64 / 1000.0,
            jobs_total: jobs.len(),
            jobs_succeeded: succeeded,
            jobs_failed: jobs.iter().filter(|j| j.state.is_some()).count() - succeeded,
            jobs_skipped: jobs.iter().filter(|j| j.state.is_none()).count(),
            devices_total: sum(|r| r.devices_total),
            devices_succeeded: sum(|r| r.devices_succeeded),
            devices_failed: sum(|r| r.devices_failed),
            jobs,
            missing: Vec::new(),
        }
    }
}
