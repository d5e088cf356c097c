//! Schedules: when jobs run by themselves.

use std::time::Duration;

use app::{Firing, Missed, PresetView, Recurrence, ScheduleDraft, ScheduleView, Write, Written};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use model::{ScheduleId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::records::DryRun;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(preview))
        .routes(routes!(presets, add_preset))
        .routes(routes!(show, edit, remove))
        .routes(routes!(pause))
        .routes(routes!(next))
}

/// A schedule as a person asks for it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSchedule {
    /// Slug, name or id of a job.
    job: String,
    recurrence: Recurrence,
    /// `Europe/Berlin`; that of the site, or of the server, when it is not given.
    zone: Option<String>,
    /// Name or slug of a site whose time zone it goes by.
    site: Option<String>,
    /// It begins up to so many seconds later, always as many for the same time; half a day at most.
    #[serde(default)]
    #[schema(maximum = 43200)]
    jitter_seconds: u32,
    /// What becomes of times at which no daemon was there.
    #[serde(default)]
    missed: Missed,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// Its times pass without a run; what passed is not made up for.
    paused: bool,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NextParams {
    /// Times, 1 to 366; 10 when it is not given.
    count: Option<usize>,
}

/// A schedule, and what became of its last times.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ScheduleDetail {
    #[serde(flatten)]
    pub schedule: ScheduleView,
    /// The newest first.
    pub times: Vec<Firing>,
}

/// A time at which it runs.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NextTime {
    pub at: Timestamp,
    /// By the clock of its zone.
    pub local: String,
}

/// Which preset, and by which clock.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPreset {
    /// `daily-configs`
    name: String,
    /// `Europe/Berlin`; that of the site, or of the server, when it is not given.
    zone: Option<String>,
    /// Name or slug of a site whose time zone it goes by.
    site: Option<String>,
}

/// What became of a preset: undoing the job takes both back.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct KeptPreset {
    job: Written,
    schedule: ScheduleView,
}

impl From<NewSchedule> for ScheduleDraft {
    fn from(asked: NewSchedule) -> Self {
        let NewSchedule { job, recurrence, zone, site, jitter_seconds, missed } = asked;
        ScheduleDraft { job, recurrence, zone, site, jitter: Duration::from_secs(jitter_seconds.into()), missed }
    }
}

fn times(times: Vec<(Timestamp, String)>) -> Page<NextTime> {
    Page::whole(times.into_iter().map(|(at, local)| NextTime { at, local }).collect())
}

/// Schedules
#[utoipa::path(get, path = "/api/v1/schedules", tag = "schedules",
    responses((status = 200, body = Page<ScheduleView>)))]
async fn list(State(web): State<Web>, By(actor): By) -> ApiResult<Page<ScheduleView>> {
    Ok(Json(Page::whole(web.app.schedules(&actor).await?)))
}

/// A schedule, and what became of its last times
#[utoipa::path(get, path = "/api/v1/schedules/{id}", tag = "schedules", params(("id" = i64, Path)),
    responses((status = 200, body = ScheduleDetail), (status = 404, body = Problem)))]
async fn show(State(web): State<Web>, By(actor): By, Path(id): Path<i64>) -> ApiResult<ScheduleDetail> {
    let (schedule, times) = web.app.schedule(&actor, ScheduleId(id)).await?;
    Ok(Json(ScheduleDetail { schedule, times }))
}

/// Let a job run by itself
#[utoipa::path(post, path = "/api/v1/schedules", tag = "schedules", params(DryRun), request_body = NewSchedule,
    responses((status = 201, body = ScheduleView), (status = 200, body = ScheduleView), (status = 400, body = Problem)))]
async fn add(
    State(web): State<Web>,
    By(actor): By,
    Query(how): Query<DryRun>,
    Json(asked): Json<NewSchedule>,
) -> Result<Response, Problem> {
    let schedule = web.app.add_schedule(&actor, &asked.into(), how.dry_run).await?;
    let status = if how.dry_run { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(schedule)).into_response())
}

/// Let it run at other times; a run that has begun goes on
#[utoipa::path(put, path = "/api/v1/schedules/{id}", tag = "schedules", params(("id" = i64, Path), DryRun),
    request_body = NewSchedule,
    responses((status = 200, body = ScheduleView), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn edit(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Query(how): Query<DryRun>,
    Json(asked): Json<NewSchedule>,
) -> ApiResult<ScheduleView> {
    Ok(Json(web.app.edit_schedule(&actor, ScheduleId(id), &asked.into(), how.dry_run).await?))
}

/// Take a schedule away; its runs stay
#[utoipa::path(delete, path = "/api/v1/schedules/{id}", tag = "schedules", params(("id" = i64, Path), DryRun),
    responses((status = 200, body = ScheduleView), (status = 404, body = Problem)))]
async fn remove(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Query(how): Query<DryRun>,
) -> ApiResult<ScheduleView> {
    Ok(Json(web.app.remove_schedule(&actor, ScheduleId(id), how.dry_run).await?))
}

/// Pause a schedule, or let it go on
#[utoipa::path(post, path = "/api/v1/schedules/{id}/pause", tag = "schedules", params(("id" = i64, Path), DryRun),
    request_body = Pause, responses((status = 200, body = ScheduleView), (status = 404, body = Problem)))]
async fn pause(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Query(how): Query<DryRun>,
    Json(asked): Json<Pause>,
) -> ApiResult<ScheduleView> {
    Ok(Json(web.app.pause_schedule(&actor, ScheduleId(id), asked.paused, how.dry_run).await?))
}

/// When it runs next
#[utoipa::path(get, path = "/api/v1/schedules/{id}/next", tag = "schedules", params(("id" = i64, Path), NextParams),
    responses((status = 200, body = Page<NextTime>), (status = 404, body = Problem)))]
async fn next(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Query(asked): Query<NextParams>,
) -> ApiResult<Page<NextTime>> {
    let count = asked.count.unwrap_or(10).clamp(1, 366);
    Ok(Json(times(web.app.next_times(&actor, ScheduleId(id), count).await?)))
}

/// When a schedule would run, before it is kept
#[utoipa::path(post, path = "/api/v1/schedules/preview", tag = "schedules", params(NextParams), request_body = NewSchedule,
    responses((status = 200, body = Page<NextTime>), (status = 400, body = Problem)))]
async fn preview(
    State(web): State<Web>,
    By(actor): By,
    Query(asked): Query<NextParams>,
    Json(draft): Json<NewSchedule>,
) -> ApiResult<Page<NextTime>> {
    let count = asked.count.unwrap_or(10).clamp(1, 366);
    Ok(Json(times(web.app.next_times_of(&actor, &draft.into(), count).await?)))
}

/// What most installations want to run by itself
#[utoipa::path(get, path = "/api/v1/schedules/presets", tag = "schedules",
    responses((status = 200, body = Page<PresetView>)))]
async fn presets(State(web): State<Web>, By(actor): By) -> ApiResult<Page<PresetView>> {
    Ok(Json(Page::whole(web.app.presets(&actor).await?)))
}

/// Keep the job of a preset and its schedule: both, or none
#[utoipa::path(post, path = "/api/v1/schedules/presets", tag = "schedules", params(DryRun), request_body = NewPreset,
    responses((status = 201, body = KeptPreset), (status = 200, body = KeptPreset), (status = 400, body = Problem),
        (status = 409, body = Problem)))]
async fn add_preset(
    State(web): State<Web>,
    By(actor): By,
    Query(how): Query<DryRun>,
    Json(asked): Json<NewPreset>,
) -> Result<Response, Problem> {
    let write = Write { dry_run: how.dry_run, ..Write::default() };
    let (job, schedule) = web.app.add_preset(&actor, &asked.name, (asked.zone, asked.site), &write).await?;
    let status = if how.dry_run { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(KeptPreset { job, schedule })).into_response())
}
