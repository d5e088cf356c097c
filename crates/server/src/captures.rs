//! Captures: versions of what devices said, their text with secrets masked, and differences.

use app::{Blame, CaptureDiff, CaptureText, CaptureView, DeviceCapture, DiffQuery, Version};
use axum::Json;
use axum::extract::{Path, Query, State};
use model::{CaptureId, Timestamp};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::devices::AtParam;
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(of_type))
        .routes(routes!(show))
        .routes(routes!(of_device))
        .routes(routes!(text))
        .routes(routes!(blame))
        .routes(routes!(diff))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TypeParams {
    /// `configs`, `arp`, `version` …
    #[serde(rename = "type")]
    #[param(rename = "type")]
    capture_type: String,
    /// The one that was valid then, instead of the latest.
    at: Option<Timestamp>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HistoryParams {
    /// One type alone.
    #[serde(rename = "type")]
    #[param(rename = "type")]
    capture_type: Option<String>,
    /// Of each type the one that was valid then, instead of all versions.
    at: Option<Timestamp>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DiffParams {
    /// `configs` when it is not given.
    #[serde(rename = "type")]
    #[param(rename = "type")]
    capture_type: Option<String>,
    /// A number of a version, or a time; the version before that differs in more than noise, when it is not given.
    from: Option<String>,
    /// The same; the latest when it is not given.
    to: Option<String>,
    /// `to` is a capture of this device.
    with: Option<String>,
    /// Lines that are the same, around those that are not; 3 when it is not given, all with 1000000.
    context: Option<usize>,
}

/// The latest good capture of each device of one type
#[utoipa::path(get, path = "/api/v1/captures", tag = "captures", params(TypeParams),
    responses((status = 200, body = Page<DeviceCapture>), (status = 400, body = Problem)))]
async fn of_type(
    State(web): State<Web>,
    By(actor): By,
    Query(asked): Query<TypeParams>,
) -> ApiResult<Page<DeviceCapture>> {
    Ok(Json(Page::whole(web.app.captures_of_all(&actor, &asked.capture_type, asked.at).await?)))
}

/// What one capture says, secrets masked
#[utoipa::path(get, path = "/api/v1/captures/{id}", tag = "captures", params(("id" = i64, Path)),
    responses((status = 200, body = CaptureText), (status = 404, body = Problem)))]
async fn show(State(web): State<Web>, By(actor): By, Path(id): Path<i64>) -> ApiResult<CaptureText> {
    Ok(Json(web.app.capture_by_id(&actor, CaptureId(id)).await?))
}

/// All versions of a device's captures, the newest first
#[utoipa::path(get, path = "/api/v1/devices/{reference}/captures", tag = "captures",
    params(("reference" = String, Path), HistoryParams),
    responses((status = 200, body = Page<CaptureView>), (status = 404, body = Problem)))]
async fn of_device(
    State(web): State<Web>,
    By(actor): By,
    Path(device): Path<String>,
    Query(asked): Query<HistoryParams>,
) -> ApiResult<Page<CaptureView>> {
    let captures = web.app.captures(&actor, &device, asked.capture_type.as_deref(), asked.at).await?;
    Ok(Json(Page::whole(captures)))
}

/// The latest good capture of a type of a device, or the one that was valid at a time; secrets masked
#[utoipa::path(get, path = "/api/v1/devices/{reference}/captures/{capture_type}", tag = "captures",
    params(("reference" = String, Path), ("capture_type" = String, Path), AtParam),
    responses((status = 200, body = CaptureText), (status = 404, body = Problem)))]
async fn text(
    State(web): State<Web>,
    By(actor): By,
    Path((device, capture_type)): Path<(String, String)>,
    Query(when): Query<AtParam>,
) -> ApiResult<CaptureText> {
    Ok(Json(web.app.capture_text(&actor, &device, &capture_type, when.at).await?))
}

/// Since when each line of a capture has been as it is; secrets masked
#[utoipa::path(get, path = "/api/v1/devices/{reference}/captures/{capture_type}/blame", tag = "captures",
    params(("reference" = String, Path), ("capture_type" = String, Path), AtParam),
    responses((status = 200, body = Blame), (status = 404, body = Problem)))]
async fn blame(
    State(web): State<Web>,
    By(actor): By,
    Path((device, capture_type)): Path<(String, String)>,
    Query(when): Query<AtParam>,
) -> ApiResult<Blame> {
    Ok(Json(web.app.blame(&actor, &device, &capture_type, when.at).await?))
}

/// The difference of two captures: versions, times or devices; secrets masked
#[utoipa::path(get, path = "/api/v1/devices/{reference}/diff", tag = "captures",
    params(("reference" = String, Path), DiffParams),
    responses((status = 200, body = CaptureDiff), (status = 404, body = Problem)))]
async fn diff(
    State(web): State<Web>,
    By(actor): By,
    Path(device): Path<String>,
    Query(asked): Query<DiffParams>,
) -> ApiResult<CaptureDiff> {
    let query = DiffQuery {
        device,
        capture_type: asked.capture_type.unwrap_or_else(|| "configs".to_owned()),
        from: version(asked.from.as_deref())?,
        to: version(asked.to.as_deref())?,
        with: asked.with,
        context: asked.context.unwrap_or(3),
    };
    Ok(Json(web.app.diff(&actor, &query).await?))
}

fn version(text: Option<&str>) -> Result<Option<Version>, Problem> {
    let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()) else { return Ok(None) };
    match (text.parse(), text.parse()) {
        (Ok(number), _) => Ok(Some(Version::Number(number))),
        (_, Ok(at)) => Ok(Some(Version::At(at))),
        _ => Err(Problem::usage("a version is a number, or a time such as 2026-11-20T02:13:00Z")),
    }
}
