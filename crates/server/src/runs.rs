//! Starting, cancelling and retrying runs. They go on in this process, whoever started them.

use std::future::Future;
use std::net::SocketAddr;

use app::events::to_json;
use app::snmp::{Agents, AskedAgents};
use app::{
    Actor, Again, AppError, AppResult, AsWhom, Before, CaptureRequest, DiscoverRequest, EventReceiver, EventSink,
    Login, Matcher, Rules, RunReport, Settings, Started, VaultKey, Via,
};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use model::{RunEvent, RunId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::headers::OnceKey;
use crate::problem::{ApiResult, Problem};
use crate::secret::Secret;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(discover))
        .routes(routes!(capture))
        .routes(routes!(plan))
        .routes(routes!(cancel))
        .routes(routes!(retry))
        .routes(routes!(resume))
}

/// As whom devices are asked. Without any of it, as all that the unlocked vault holds.
#[derive(Debug, Clone, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AsWhomAsked {
    /// Names in the vault; those of the job when there are none and it is one of a job.
    pub credentials: Vec<String>,
    pub username: Option<String>,
    #[schema(write_only)]
    pub password: Option<Secret>,
    /// The password serves when it is not given.
    #[schema(write_only)]
    pub enable: Option<Secret>,
}

impl AsWhomAsked {
    /// Where nothing is asked for, those that a job names.
    pub fn with_those_of(mut self, job: &[String]) -> Self {
        if self.credentials.is_empty() && self.username.is_none() {
            self.credentials = job.to_vec();
        }
        self
    }
}

/// How a run is paced; what is not given is as the configuration says.
#[derive(Debug, Clone, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Pace {
    /// Devices at once, 1 to 5000.
    #[schema(minimum = 1, maximum = 5000)]
    pub concurrency: Option<u16>,
    /// Seconds for all that happens on one device.
    #[schema(minimum = 1, maximum = 86400)]
    pub timeout: Option<u32>,
}

#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartDiscovery {
    /// Addresses to begin with: `10.0.0.1`, `10.0.0.1:2222`.
    seeds: Vec<String>,
    /// How many hops to go; no limit when it is not given.
    depth: Option<u32>,
    /// Enter only what matches: a range or a name pattern.
    #[serde(default)]
    only: Vec<String>,
    #[serde(default)]
    exclude: Vec<String>,
    /// How devices are asked; by SSH when it is not given.
    via: Option<Via>,
    #[serde(default)]
    as_whom: AsWhomAsked,
    #[serde(default)]
    pace: Pace,
}

#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartCapture {
    /// As `select` of `/api/v1/devices`; all when it is not given.
    pub select: Option<String>,
    /// Capture types; the usual ones when it is empty.
    #[serde(default)]
    pub types: Vec<String>,
    /// So many devices at most.
    pub limit: Option<usize>,
    #[serde(default)]
    pub as_whom: AsWhomAsked,
    #[serde(default)]
    pub pace: Pace,
}

#[derive(Debug, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GoOn {
    as_whom: AsWhomAsked,
    pace: Pace,
}

/// A run that began.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RunStarted {
    /// `/api/v1/executions/{id}`, and `/api/v1/events?run={id}`.
    pub id: RunId,
}

/// A device that a collection would ask.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlannedCapture {
    pub types: Vec<String>,
    pub devices: Vec<app::PlannedDevice>,
}

/// What is collected when nobody says what.
const USUAL: &str = "configs,arp,mac,lldp,cdp,interfaces,routes,version,inventory";

/// Start a discovery: a crawl by LLDP and CDP. With `Idempotency-Key`, once
#[utoipa::path(post, path = "/api/v1/discoveries", tag = "executions", request_body = StartDiscovery,
    params(OnceKey),
    responses((status = 202, body = RunStarted), (status = 400, body = Problem), (status = 409, body = Problem)))]
async fn discover(
    State(web): State<Web>,
    By(actor): By,
    once_key: OnceKey,
    Json(asked): Json<StartDiscovery>,
) -> Result<Response, Problem> {
    once(&web, &actor, &once_key, ("discovery", &asked), async {
        let seeds = asked.seeds.iter().map(|seed| app::config::parse_address(seed, 22));
        let seeds: Vec<SocketAddr> = seeds.collect::<Result<_, _>>().map_err(AppError::Usage)?;
        let matchers = |texts: &[String]| {
            texts.iter().map(|t| t.parse::<Matcher>()).collect::<Result<Vec<_>, _>>().map_err(AppError::Usage)
        };
        let rules = Rules { only: matchers(&asked.only)?, exclude: matchers(&asked.exclude)?, depth: asked.depth };
        let via = asked.via.unwrap_or(Via::Ssh);
        let AsWhom { logins, agents } = as_whom(&web, &actor, &asked.as_whom, via).await?;
        let snmp = Agents { asked: AskedAgents { via, ..AskedAgents::default() }, logins: agents };
        let settings = paced(web.app.settings(), &asked.pace)?;
        let request = DiscoverRequest { seeds, logins, snmp, rules, settings, dry_run: false };
        let (app, who) = (web.app.clone(), actor.clone());
        start(&web, |sink, stop| async move { app.discover(&who, request, sink, stop).await }).await
    })
    .await
}

/// Start a collection. With `Idempotency-Key`, once
#[utoipa::path(post, path = "/api/v1/collections", tag = "executions", request_body = StartCapture,
    params(OnceKey),
    responses((status = 202, body = RunStarted), (status = 400, body = Problem), (status = 409, body = Problem)))]
async fn capture(
    State(web): State<Web>,
    By(actor): By,
    once_key: OnceKey,
    Json(asked): Json<StartCapture>,
) -> Result<Response, Problem> {
    once(&web, &actor, &once_key, ("collection", &asked), start_capture(&web, &actor, &asked)).await
}

/// What a collection would ask, and whom
#[utoipa::path(post, path = "/api/v1/collections/plan", tag = "executions", request_body = StartCapture,
    responses((status = 200, body = PlannedCapture), (status = 400, body = Problem), (status = 409, body = Problem)))]
async fn plan(State(web): State<Web>, By(actor): By, Json(asked): Json<StartCapture>) -> ApiResult<PlannedCapture> {
    let plan = plan_of(&web, &actor, &asked).await?;
    Ok(Json(PlannedCapture { types: plan.types, devices: plan.devices }))
}

/// Cancel an execution: devices under way are dropped, what was saved stays
///
/// One of this server ends at once, one of another process within seconds.
#[utoipa::path(post, path = "/api/v1/executions/{id}/cancel", tag = "executions", params(("id" = i64, Path)),
    responses((status = 202, body = RunStarted), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn cancel(State(web): State<Web>, By(actor): By, Path(id): Path<i64>) -> Result<Response, Problem> {
    let id = RunId(id);
    web.app.cancel(&actor, id, false).await?;
    Ok((StatusCode::ACCEPTED, Json(RunStarted { id })).into_response())
}

/// A new execution for the devices that failed in an old one
#[utoipa::path(post, path = "/api/v1/executions/{id}/retry", tag = "executions", params(("id" = i64, Path)),
    request_body = GoOn,
    responses((status = 202, body = RunStarted), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn retry(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Json(asked): Json<GoOn>,
) -> Result<Response, Problem> {
    go_on(&web, actor, RunId(id), &asked, Again::Failed).await
}

/// Go on with an execution whose process is gone
#[utoipa::path(post, path = "/api/v1/executions/{id}/resume", tag = "executions", params(("id" = i64, Path)),
    request_body = GoOn,
    responses((status = 202, body = RunStarted), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn resume(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Json(asked): Json<GoOn>,
) -> Result<Response, Problem> {
    go_on(&web, actor, RunId(id), &asked, Again::Rest).await
}

async fn go_on(web: &Web, actor: Actor, id: RunId, asked: &GoOn, again: Again) -> Result<Response, Problem> {
    web.app.may_start_runs(&actor)?;
    let app = web.app.clone();
    let Before { credentials, via, settings, .. } = app.before(&actor, id, again).await?;
    let settings = paced(settings, &asked.pace)?;
    let as_whom = as_whom(web, &actor, &asked.as_whom.clone().with_those_of(&credentials), via).await?;
    let run = |sink, stop| async move {
        match again {
            Again::Failed => app.retry(&actor, id, as_whom, settings, sink, stop).await,
            Again::Rest => app.resume(&actor, id, as_whom, settings, sink, stop).await,
        }
    };
    Ok((StatusCode::ACCEPTED, Json(start(web, run).await?)).into_response())
}

pub async fn plan_of(web: &Web, actor: &Actor, asked: &StartCapture) -> AppResult<app::CapturePlan> {
    let types = if asked.types.is_empty() { USUAL.to_owned() } else { asked.types.join(",") };
    let select = asked.select.as_deref().filter(|s| !s.trim().is_empty()).unwrap_or("all");
    web.app.plan_capture(actor, select, &types, asked.limit).await
}

pub async fn start_capture(web: &Web, actor: &Actor, asked: &StartCapture) -> AppResult<RunStarted> {
    let plan = plan_of(web, actor, asked).await?;
    let AsWhom { logins, .. } = as_whom(web, actor, &asked.as_whom, Via::Ssh).await?;
    let request = CaptureRequest { plan, logins, settings: paced(web.app.settings(), &asked.pace)?, save: true };
    let (app, who) = (web.app.clone(), actor.clone());
    start(web, |sink, stop| async move { app.capture(&who, request, sink, stop).await }).await
}

/// What is asked for goes before what the job or the configuration says.
pub fn paced(mut settings: Settings, pace: &Pace) -> AppResult<Settings> {
    if let Some(concurrency) = pace.concurrency {
        let fits = (1..=5000).contains(&concurrency);
        settings.concurrency = fits
            .then_some(usize::from(concurrency))
            .ok_or_else(|| AppError::Usage("1 to 5000 devices at once".into()))?;
    }
    if let Some(seconds) = pace.timeout {
        let fits = (1..=86_400).contains(&seconds);
        let time = fits.then(|| std::time::Duration::from_secs(seconds.into()));
        settings.device_timeout = time.ok_or_else(|| AppError::Usage("1 to 86400 seconds for a device".into()))?;
    }
    Ok(settings)
}

/// What was typed; else what the vault has under these names, or all of it.
pub async fn as_whom(web: &Web, actor: &Actor, asked: &AsWhomAsked, via: Via) -> AppResult<AsWhom> {
    let mut as_whom = AsWhom { logins: Vec::new(), agents: Vec::new() };
    if let Some(username) = &asked.username {
        let Some(Secret(password)) = asked.password.clone() else {
            return Err(AppError::Usage("`username` needs `password`".into()));
        };
        let enable = asked.enable.clone().map_or_else(|| password.clone(), |enable| enable.0);
        as_whom.logins.push(Login::password(username, password).with_enable(enable));
        if asked.credentials.is_empty() && via == Via::Ssh {
            return Ok(as_whom);
        }
    }
    let vault = web.app.open_vault(actor, VaultKey::Keyring).await?;
    if via != Via::Snmp {
        as_whom.logins.extend(web.app.logins_of(&vault, &asked.credentials).await?.0);
    }
    if via != Via::Ssh {
        as_whom.agents = web.app.snmp_logins_of(&vault, &[])?;
    }
    Ok(as_whom)
}

/// Starts what tells events, and waits until it has its number.
///
/// # Errors
/// What kept it from starting.
pub async fn start<F>(web: &Web, run: impl FnOnce(EventSink, CancellationToken) -> F) -> AppResult<RunStarted>
where
    F: Future<Output = AppResult<RunReport>> + Send + 'static,
{
    let (sink, mut events) = app::events::channel();
    let task = tokio::spawn(run(sink, CancellationToken::new()));
    let Some(first) = events.recv().await else {
        let ended = task.await.map_err(|e| AppError::Invalid(format!("the run ended badly: {e}")))?;
        ended?;
        return Err(AppError::Invalid("the run ended before it began".into()));
    };
    let id = run_of(&first);
    tell(web, &first);
    tokio::spawn(forward(web.clone(), events));
    Ok(RunStarted { id })
}

/// Gives the events of a run to whoever watches, to the last one.
pub async fn forward(web: Web, mut events: EventReceiver) {
    while let Some(event) = events.recv().await {
        tell(&web, &event);
    }
}

pub fn tell(web: &Web, event: &RunEvent) {
    let data = to_json(event);
    let name = data.get("event").and_then(|e| e.as_str()).unwrap_or("event").to_owned();
    web.hub.tell(Some(run_of(event)), &name, &data);
}

fn run_of(event: &RunEvent) -> RunId {
    match event {
        RunEvent::Started { run, .. }
        | RunEvent::DeviceStarted { run, .. }
        | RunEvent::DeviceCompleted { run, .. }
        | RunEvent::Progress { run, .. }
        | RunEvent::Stage { run, .. }
        | RunEvent::Alarm { run, .. }
        | RunEvent::Finished { run, .. } => *run,
    }
}

/// Does it once for each key: the same request with the same key has the same answer, and starts nothing.
pub async fn once<T: Serialize, A: Serialize + DeserializeOwned>(
    web: &Web,
    actor: &Actor,
    OnceKey { key }: &OnceKey,
    (what, asked): (&str, &T),
    work: impl Future<Output = AppResult<A>>,
) -> Result<Response, Problem> {
    web.app.may_start_runs(actor)?;
    let answer = |started: A| (StatusCode::ACCEPTED, Json(started)).into_response();
    let Some(key) = key else {
        return Ok(answer(work.await?));
    };
    let asked = serde_json::to_string(asked).map_err(AppError::from)?;
    match web.app.begin_once(actor, key, &format!("{what} {asked}")).await? {
        Started::Before(answered) => {
            let started = serde_json::from_str(&answered).map_err(AppError::from)?;
            Ok(answer(started))
        }
        Started::Now => {
            let done = work.await;
            let kept = done.as_ref().ok().and_then(|started| serde_json::to_string(started).ok());
            web.app.end_once(actor, key, kept.as_deref()).await?;
            Ok(answer(done?))
        }
    }
}
