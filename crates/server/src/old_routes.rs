//! Addresses of the program before this one: what scripts call, and what people have in their bookmarks.

use app::{DeviceList, DevicePlace, DeviceRow};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use model::RunId;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::problem::{ApiResult, Problem};
use crate::runs::{self, AsWhomAsked, Pace, RunStarted, StartCapture};
use crate::secret::Secret;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(devices)).routes(routes!(start))
}

/// Screens of before, and where they are now.
pub fn bookmarks() -> Router<Web> {
    let to = |place: &'static str| get(move || async move { Redirect::permanent(place) });
    let execution = get(|Path(id): Path<String>| async move { execution(&id) });
    Router::new()
        .route("/collection/wizard", to("/collect"))
        .route("/capture/jobs", to("/jobs"))
        .route("/capture/jobs/new", to("/jobs/new"))
        .route("/capture/jobs/{id}/executions", to("/executions"))
        .route("/capture/executions/{id}", execution.clone())
        .route("/discovery/collect/{id}", execution)
}

fn execution(id: &str) -> Response {
    match run_of(id) {
        Some(run) => Redirect::permanent(&format!("/executions/{run}")).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `collection_0000002a` is run 42; so is `42`.
fn run_of(id: &str) -> Option<RunId> {
    let number = match id.split_once('_') {
        Some((_, hex)) => i64::from_str_radix(hex, 16),
        None => id.parse(),
    };
    number.ok().filter(|n| *n > 0).map(RunId)
}

fn old_id(run: RunId) -> String {
    format!("collection_{:08x}", run.0)
}

/// Empty means any.
#[derive(Debug, Clone, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(default)]
pub struct OldFilters {
    vendor: String,
    site: String,
    role: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OldDevices {
    success: bool,
    devices: Vec<OldDevice>,
    count: usize,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OldDevice {
    id: i64,
    name: String,
    ip: String,
    vendor: String,
    site: Option<String>,
    role: Option<String>,
    platform: String,
}

#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
pub struct OldStart {
    /// Ids; those that the filters leave when there are none.
    #[serde(default)]
    devices: Vec<i64>,
    #[serde(default)]
    capture_types: Vec<String>,
    credentials: Option<OldCredentials>,
    #[serde(default)]
    filters: OldFilters,
    #[serde(default)]
    options: OldOptions,
}

#[derive(Debug, Clone, Deserialize, Serialize, utoipa::ToSchema)]
pub struct OldCredentials {
    username: String,
    #[serde(skip_serializing)]
    password: Secret,
}

#[derive(Debug, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(default)]
pub struct OldOptions {
    #[schema(minimum = 1, maximum = 5000)]
    max_workers: Option<u16>,
    /// What is collected is always loaded.
    auto_load_db: Option<bool>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OldStarted {
    success: bool,
    /// `collection_0000002a`: execution 42.
    job_id: String,
    message: String,
}

impl OldFilters {
    /// As `select` of `/api/v1/devices`. A comma would begin another condition; `?` stands for any character.
    fn select(&self) -> Option<String> {
        let given = [("vendor", &self.vendor), ("site", &self.site), ("role", &self.role)];
        let given = given.into_iter().filter(|(_, value)| !value.trim().is_empty());
        let terms: Vec<String> =
            given.map(|(key, value)| format!("{key}={}", value.trim().replace(',', "?"))).collect();
        (!terms.is_empty()).then(|| terms.join(","))
    }
}

impl From<DeviceRow> for OldDevice {
    fn from(DeviceRow { device, .. }: DeviceRow) -> Self {
        let ip = device.address.to_string();
        let (id, name, vendor, platform) = (device.id.0, device.name, device.vendor, device.platform);
        Self { id, name, ip, vendor, site: device.site, role: device.role, platform }
    }
}

/// Devices that match (an old route; `GET /api/v1/devices` is better)
#[utoipa::path(post, path = "/collection/devices", tag = "old routes", request_body = OldFilters,
    responses((status = 200, body = OldDevices), (status = 400, body = Problem)))]
async fn devices(State(web): State<Web>, By(actor): By, Json(asked): Json<OldFilters>) -> ApiResult<OldDevices> {
    let (mut devices, mut after): (Vec<OldDevice>, Option<DevicePlace>) = (Vec::new(), None);
    loop {
        let list = DeviceList { select: asked.select(), search: None, sort: None, after, limit: 1000, at: None };
        let page = web.app.device_list(&actor, &list).await?;
        devices.extend(page.devices.into_iter().map(OldDevice::from));
        after = page.next;
        if after.is_none() {
            return Ok(Json(OldDevices { success: true, count: devices.len(), devices }));
        }
    }
}

/// Start a collection (an old route; `POST /api/v1/collections` is better)
#[utoipa::path(post, path = "/collection/start", tag = "old routes", request_body = OldStart,
    responses((status = 202, body = OldStarted), (status = 400, body = Problem), (status = 409, body = Problem)))]
async fn start(State(web): State<Web>, By(actor): By, Json(asked): Json<OldStart>) -> Result<Response, Problem> {
    web.app.may_start_runs(&actor)?;
    let ids: Vec<String> = asked.devices.iter().map(i64::to_string).collect();
    let select = if ids.is_empty() { asked.filters.select() } else { Some(ids.join(",")) };
    let Some(select) = select else { return Err(Problem::usage("give `devices`, or `filters` with one at least")) };
    let (username, password) = asked.credentials.map(|c| (c.username, c.password)).unzip();
    let capture = StartCapture {
        select: Some(select),
        types: asked.capture_types,
        limit: None,
        as_whom: AsWhomAsked { username, password, ..AsWhomAsked::default() },
        pace: Pace { concurrency: asked.options.max_workers, timeout: None },
    };
    let RunStarted { id } = runs::start_capture(&web, &actor, &capture).await?;
    let message = "Collection started".to_owned();
    Ok((StatusCode::ACCEPTED, Json(OldStarted { success: true, job_id: old_id(id), message })).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_id_is_the_run_in_hex() {
        assert_eq!(old_id(RunId(42)), "collection_0000002a");
        assert_eq!(run_of("collection_0000002a"), Some(RunId(42)));
        assert_eq!(run_of("42"), Some(RunId(42)));
        for bad in ["", "-1", "collection_", "collection_-2a", "../users"] {
            assert_eq!(run_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn filters_are_conditions_and_nothing_else() {
        let select = |vendor: &str, site: &str| {
            OldFilters { vendor: vendor.into(), site: site.into(), role: String::new() }.select()
        };
        assert_eq!(select("", " "), None);
        assert_eq!(select("Cisco", "Paris, Est"), Some("vendor=Cisco,site=Paris? Est".to_owned()));
    }
}
