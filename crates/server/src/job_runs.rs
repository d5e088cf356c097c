//! Running jobs: one, several, or a batch of them, one after the other.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::{
    Actor, Announce, AppError, AppResult, AsWhom, Chosen, ChosenJob, JobChoice, JobRequest, JobRunOptions, JobsReport,
    Order, Priority, ReadyJob, RunQuery, RunView, Via,
};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use model::job::JobHow;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::headers::OnceKey;
use crate::problem::{ApiResult, Problem};
use crate::runs::{AsWhomAsked, Pace, RunStarted, as_whom, once, paced, start, tell};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(run_one))
        .routes(routes!(run_many))
        .routes(routes!(run_batch))
        .routes(routes!(show))
        .routes(routes!(cancel))
}

/// How a job is run this time.
#[derive(Debug, Clone, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RunJob {
    /// So many devices at most, of each job.
    pub limit: Option<usize>,
    pub as_whom: AsWhomAsked,
    pub pace: Pace,
    /// Put it into the queue of the workers, who have the vault, instead of doing it in this server.
    pub on_workers: bool,
}

impl RunJob {
    /// Workers have the log-ins of the vault only.
    fn options(&self) -> JobRunOptions {
        let how = JobHow { credentials: self.as_whom.credentials.clone(), ..JobHow::default() };
        let brings_logins = !self.on_workers && self.as_whom.username.is_some();
        JobRunOptions { limit: self.limit, how, brings_logins, ..JobRunOptions::default() }
    }
}

/// Several jobs; all that is named is run, each once.
#[derive(Debug, Clone, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RunJobs {
    /// Slugs, names or ids, in this order.
    jobs: Vec<String>,
    /// Enabled ones whose slug or name is like this, with `*` and `?`.
    patterns: Vec<String>,
    /// Enabled ones with this tag.
    tag: Option<String>,
    /// All that are enabled.
    all: bool,
    /// Jobs at once, 1 to 50; one after the other when it is not given.
    #[schema(minimum = 1, maximum = 50)]
    at_once: Option<usize>,
    /// Seconds between two jobs that go one after the other, 0 to 60.
    #[schema(maximum = 60)]
    delay: u8,
    stop_on_failure: bool,
    how: RunJob,
}

#[derive(Debug, Clone, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RunBatch {
    /// Over what the batch says.
    stop_on_failure: Option<bool>,
    /// Seconds between two jobs, 0 to 60; over what the batch says.
    #[schema(maximum = 60)]
    delay: Option<u8>,
    how: RunJob,
}

/// Jobs that began.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct JobsStarted {
    /// `/api/v1/job-runs/{name}`; each execution of it has it as `batch`.
    pub name: String,
    /// In their order.
    pub jobs: Vec<String>,
    /// What was asked for, and why it is left out.
    pub missing: Vec<(String, String)>,
}

/// Jobs that are run together, as far as they are.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct JobsGoing {
    pub name: String,
    /// In their order. Empty when this server did not start them.
    pub jobs: Vec<String>,
    /// So many have begun.
    pub begun: usize,
    pub is_over: bool,
    /// One for each job that began, the newest first.
    pub executions: Vec<RunView>,
    /// What came of all, when it is over.
    pub report: Option<JobsReport>,
}

/// What this server knows of jobs that it runs together.
#[derive(Debug, Default)]
pub struct Together(Mutex<VecDeque<Going>>);

#[derive(Debug)]
struct Going {
    name: String,
    jobs: Vec<String>,
    begun: usize,
    /// Set when it is over.
    report: Option<Option<JobsReport>>,
    stop: CancellationToken,
}

/// So many are remembered.
const KEPT: usize = 100;

impl Together {
    fn with<T>(&self, name: &str, what: impl FnOnce(&mut Going) -> T) -> Option<T> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter_mut().rev().find(|going| going.name == name).map(what)
    }

    fn begin(&self, going: Going) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push_back(going);
        // What still goes is never forgotten.
        if let Some(over) = all.iter().position(|g| g.report.is_some()).filter(|_| all.len() > KEPT) {
            all.remove(over);
        }
    }
}

/// Run a job. With `Idempotency-Key`, once
#[utoipa::path(post, path = "/api/v1/jobs/{job}/run", tag = "jobs", request_body = RunJob,
    params(("job" = String, Path), OnceKey),
    responses((status = 202, body = RunStarted), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn run_one(
    State(web): State<Web>,
    By(actor): By,
    Path(job): Path<String>,
    once_key: OnceKey,
    Json(asked): Json<RunJob>,
) -> Result<Response, Problem> {
    once(&web, &actor, &once_key, (&format!("job {job}"), &asked), async {
        let options = asked.options();
        if asked.on_workers {
            let id = web.app.queue_job(&actor, &job, &options, Priority::Person).await?;
            return Ok(RunStarted { id });
        }
        let job = web.app.job(&actor, &job).await?;
        let plan = web.app.plan_job(&actor, Some(job.id), &job.spec, &options).await?;
        let request = request(&web, &actor, plan, &job.spec.how, &asked).await?;
        let (app, who) = (web.app.clone(), actor.clone());
        start(&web, |sink, stop| async move { app.run_job(&who, request, sink, stop).await }).await
    })
    .await
}

/// Log-ins are those that were asked for, else those of the job, else all of the vault.
async fn request(
    web: &Web,
    actor: &Actor,
    plan: app::CapturePlan,
    how: &JobHow,
    asked: &RunJob,
) -> AppResult<JobRequest> {
    let whom = asked.as_whom.clone().with_those_of(&how.credentials);
    let AsWhom { logins, .. } = as_whom(web, actor, &whom, Via::Ssh).await?;
    Ok(JobRequest { plan, logins, settings: paced(web.app.job_settings(how), &asked.pace)? })
}

/// Run several jobs: by name, by pattern, by tag, or all. With `Idempotency-Key`, once
#[utoipa::path(post, path = "/api/v1/jobs/run", tag = "jobs", request_body = RunJobs,
    params(OnceKey),
    responses((status = 202, body = JobsStarted), (status = 400, body = Problem), (status = 409, body = Problem)))]
async fn run_many(
    State(web): State<Web>,
    By(actor): By,
    once_key: OnceKey,
    Json(asked): Json<RunJobs>,
) -> Result<Response, Problem> {
    once(&web, &actor, &once_key, ("jobs", &asked), async {
        let RunJobs { jobs, patterns, tag, all, .. } = asked.clone();
        let choice = JobChoice { jobs, patterns, tag, all, ..JobChoice::default() };
        let chosen = web.app.choose_jobs(&actor, &choice).await?;
        let order = Order {
            at_once: within(asked.at_once.unwrap_or(1), 1..=50, "jobs at once")?,
            delay: Duration::from_secs(within(u64::from(asked.delay), 0..=60, "seconds between two jobs")?),
            stop_on_failure: asked.stop_on_failure,
        };
        let name = format!("jobs@{}", web.app.now());
        begin(&web, &actor, chosen, name, order, &asked.how).await
    })
    .await
}

fn within<T: PartialOrd + std::fmt::Display>(n: T, fits: std::ops::RangeInclusive<T>, what: &str) -> AppResult<T> {
    match fits.contains(&n) {
        true => Ok(n),
        false => Err(AppError::Usage(format!("{} to {} {what}", fits.start(), fits.end()))),
    }
}

/// Run the jobs of a batch in their order. With `Idempotency-Key`, once
#[utoipa::path(post, path = "/api/v1/batches/{batch}/run", tag = "batches", request_body = RunBatch,
    params(("batch" = String, Path), OnceKey),
    responses((status = 202, body = JobsStarted), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn run_batch(
    State(web): State<Web>,
    By(actor): By,
    Path(batch): Path<String>,
    once_key: OnceKey,
    Json(asked): Json<RunBatch>,
) -> Result<Response, Problem> {
    once(&web, &actor, &once_key, (&format!("batch {batch}"), &asked), async {
        let mut batch = web.app.batch(&actor, &batch).await?;
        batch.order.stop_on_failure = asked.stop_on_failure.unwrap_or(batch.order.stop_on_failure);
        batch.order.delay = within(asked.delay.unwrap_or(batch.order.delay), 0..=60, "seconds between two jobs")?;
        let (chosen, name) = web.app.choose_batch(&actor, &batch).await?;
        begin(&web, &actor, chosen, name, batch.order.order(), &asked.how).await
    })
    .await
}

/// Plans all of them, then lets them go. What cannot be planned is told in its place, unless nothing can.
async fn begin(
    web: &Web,
    actor: &Actor,
    chosen: Chosen,
    name: String,
    order: Order,
    how: &RunJob,
) -> AppResult<JobsStarted> {
    if how.on_workers {
        return Err(AppError::Usage("several jobs together are run by the server; leave `on_workers` out".into()));
    }
    let options = JobRunOptions { batch: Some(name.clone()), ..how.options() };
    let mut ready = Vec::with_capacity(chosen.jobs.len());
    for job in chosen.jobs {
        let planned = web.app.plan_job(actor, job.id, &job.draft.spec(), &options).await;
        let request = match planned {
            Ok(plan) => Ok(request(web, actor, plan, &job.draft.how, how).await?),
            Err(error) => Err(error.chain()),
        };
        ready.push(ReadyJob { job, request });
    }
    if let Some(why) = ready.iter().all(|r| r.request.is_err()).then(|| ready.first()?.request.as_ref().err()).flatten()
    {
        return Err(AppError::Invalid(why.clone()));
    }
    let jobs: Vec<String> = ready.iter().map(|r| r.job.label.clone()).collect();
    let started = JobsStarted { name: name.clone(), jobs: jobs.clone(), missing: chosen.missing };
    let stop = CancellationToken::new();
    web.together.begin(Going { name, jobs, begun: 0, report: None, stop: stop.clone() });
    tokio::spawn(go(web.clone(), actor.clone(), ready, order, started.clone(), stop));
    Ok(started)
}

async fn go(web: Web, actor: Actor, jobs: Vec<ReadyJob>, order: Order, started: JobsStarted, stop: CancellationToken) {
    let (sink, mut events) = app::events::channel();
    let telling = web.clone();
    tokio::spawn(async move {
        while let Some(event) = events.recv().await {
            tell(&telling, &event);
        }
    });
    let done = web.app.run_jobs(&actor, jobs, order, (sink, announce(&web, &started)), stop).await;
    let mut report = done.inspect_err(|e| tracing::error!(name = started.name, "jobs: {}", e.chain())).ok();
    if let Some(report) = &mut report {
        report.batch = Some(started.name.clone());
        report.missing = started.missing;
    }
    let state = report.as_ref().map(|r| r.state);
    web.together.with(&started.name, |going| going.report = Some(report));
    web.hub.tell(None, "batch_complete", &json!({ "event": "batch_complete", "name": started.name, "state": state }));
}

/// Tells which job begins.
fn announce(web: &Web, started: &JobsStarted) -> Announce {
    let (web, name, total) = (web.clone(), started.name.clone(), started.jobs.len());
    Arc::new(move |n, job: &ChosenJob| {
        web.together.with(&name, |going| going.begun = going.begun.max(n + 1));
        let told =
            json!({ "event": "batch_progress", "name": name, "job": job.label, "number": n + 1, "total": total });
        web.hub.tell(None, "batch_progress", &told);
    })
}

/// Jobs that are run together: which has begun, its executions, and the report when it is over
#[utoipa::path(get, path = "/api/v1/job-runs/{name}", tag = "jobs", params(("name" = String, Path)),
    responses((status = 200, body = JobsGoing), (status = 404, body = Problem)))]
async fn show(State(web): State<Web>, By(actor): By, Path(name): Path<String>) -> ApiResult<JobsGoing> {
    let query = RunQuery { batch: Some(name.clone()), limit: 1000, ..RunQuery::default() };
    let executions = web.app.runs(&actor, &query).await?;
    let known = web.together.with(&name, |g| (g.jobs.clone(), g.begun, g.report.clone()));
    if known.is_none() && executions.is_empty() {
        return Err(no_such(&name));
    }
    // What another process ran, or this one before it was started again, is over when its executions are.
    let is_going = executions.iter().any(|e| e.state == model::RunState::Running);
    let (jobs, begun, report) = known.unwrap_or((Vec::new(), executions.len(), (!is_going).then_some(None)));
    let is_over = report.is_some();
    Ok(Json(JobsGoing { name, jobs, begun, is_over, executions, report: report.flatten() }))
}

/// Cancel jobs that are run together: those that have not begun do not begin
#[utoipa::path(post, path = "/api/v1/job-runs/{name}/cancel", tag = "jobs", params(("name" = String, Path)),
    responses((status = 202), (status = 404, body = Problem)))]
async fn cancel(State(web): State<Web>, By(actor): By, Path(name): Path<String>) -> Result<StatusCode, Problem> {
    web.app.may_start_runs(&actor)?;
    let stop = web.together.with(&name, |going| going.stop.clone()).ok_or_else(|| no_such(&name))?;
    web.app.cancel_jobs(&actor, &name, &stop).await?;
    Ok(StatusCode::ACCEPTED)
}

fn no_such(name: &str) -> Problem {
    let name = model::text::shown(name);
    Problem::new(StatusCode::NOT_FOUND, "not-found", format!("this server runs no jobs together as `{name}`"))
}
