//! Devices: lists, and one with what is kept of it.

use app::{DeviceList, DevicePlace, DeviceRow, DeviceView, LinkView};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use model::Timestamp;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::headers::etag;
use crate::page::{self, Page};
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show)).routes(routes!(links))
}

/// All that are given must hold.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeviceParams {
    /// `all`; conditions such as `site=usa,role=leaf` with `*` and `?` in a value (site, location, vendor, role, platform,
    /// name, status, model, version, address, serial, tag, credential), a condition without a value for what is not
    /// known; or names with commas.
    select: Option<String>,
    /// A part of the name, an address, a serial number, the model or the version.
    search: Option<String>,
    /// name, site, role, platform, vendor, model, os_version, status, first_seen, last_seen or last_captured; with `-`
    /// before it the other way round.
    sort: Option<String>,
    /// How it was then, as far as facts tell.
    at: Option<Timestamp>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Rows, 1 to 1000; 100 when it is not given.
    limit: Option<u32>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AtParam {
    /// As it was then: `2026-11-20T02:13:00Z`.
    pub at: Option<Timestamp>,
}

/// Devices
#[utoipa::path(get, path = "/api/v1/devices", tag = "devices", params(DeviceParams),
    responses((status = 200, body = Page<DeviceRow>), (status = 400, body = Problem)))]
async fn list(State(web): State<Web>, By(actor): By, Query(asked): Query<DeviceParams>) -> ApiResult<Page<DeviceRow>> {
    let place: Option<(String, String)> = page::place(asked.cursor.as_deref())?;
    let list = DeviceList {
        select: asked.select,
        search: asked.search,
        sort: asked.sort,
        after: place.map(|(value, slug)| DevicePlace { value, slug }),
        limit: page::limit(asked.limit),
        at: asked.at,
    };
    let found = web.app.device_list(&actor, &list).await?;
    let next = found.next.map(|place| page::cursor(&(place.value, place.slug)));
    Ok(Json(Page { items: found.devices, next, total: Some(found.total) }))
}

/// A device and what is kept of it
///
/// By slug, name, address, serial number or id. `ETag` is its version, for `If-Match` of a change.
#[utoipa::path(get, path = "/api/v1/devices/{reference}", tag = "devices",
    params(("reference" = String, Path, description = "Slug, name, address, serial number or id"), AtParam),
    responses((status = 200, body = DeviceView), (status = 404, body = Problem)))]
async fn show(
    State(web): State<Web>,
    By(actor): By,
    Path(device): Path<String>,
    Query(when): Query<AtParam>,
) -> Result<Response, Problem> {
    let device = web.app.device(&actor, &device, when.at).await?;
    Ok((etag(device.record.version), Json(device)).into_response())
}

/// The links of a device, seen from it
#[utoipa::path(get, path = "/api/v1/devices/{reference}/links", tag = "devices",
    params(("reference" = String, Path, description = "Slug, name, address, serial number or id"), AtParam),
    responses((status = 200, body = Page<LinkView>), (status = 404, body = Problem)))]
async fn links(
    State(web): State<Web>,
    By(actor): By,
    Path(device): Path<String>,
    Query(when): Query<AtParam>,
) -> ApiResult<Page<LinkView>> {
    Ok(Json(Page::whole(web.app.links_of(&actor, &device, when.at).await?)))
}
