//! Find anything: what a person typed, read in every way that it can be.

use app::{FindQuery, FindReport, History, HistoryQuery, RouteView};
use axum::Json;
use axum::extract::{Query, State};
use model::Timestamp;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(find)).routes(routes!(history)).routes(routes!(route))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FindParams {
    /// An address or a part of one, a prefix, a MAC or a part of one, a name, a serial number, `vlan 101`, a description.
    q: String,
    /// As it was then.
    at: Option<Timestamp>,
    /// What is gone as well.
    #[serde(default)]
    history: bool,
    /// Of each kind at most; 50 when it is not given.
    limit: Option<u32>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HistoryParams {
    /// A MAC address, an IP address, a prefix, or a port as `leaf-1:Gi1/0/1`.
    of: String,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    /// Intervals of each kind at most; 200 when it is not given.
    limit: Option<u32>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RouteParams {
    /// Where a packet is to go.
    #[param(value_type = String)]
    to: std::net::IpAddr,
    /// One device alone.
    device: Option<String>,
    /// One VRF alone.
    vrf: Option<String>,
    at: Option<Timestamp>,
    /// 200 when it is not given.
    limit: Option<u32>,
}

const MOST: u32 = 1000;

/// Find anything; of a host, where it is plugged in and why we think so
#[utoipa::path(get, path = "/api/v1/find", tag = "find", params(FindParams),
    responses((status = 200, body = FindReport), (status = 400, body = Problem)))]
async fn find(State(web): State<Web>, By(actor): By, Query(asked): Query<FindParams>) -> ApiResult<FindReport> {
    let FindParams { q: text, at, history, limit } = asked;
    let query = FindQuery { text, at, history, limit: limit.unwrap_or(50).clamp(1, MOST) };
    Ok(Json(web.app.find(&actor, &query).await?))
}

/// Where and when something was seen
#[utoipa::path(get, path = "/api/v1/history", tag = "find", params(HistoryParams),
    responses((status = 200, body = History), (status = 400, body = Problem)))]
async fn history(State(web): State<Web>, By(actor): By, Query(asked): Query<HistoryParams>) -> ApiResult<History> {
    let HistoryParams { of: text, since, until, limit } = asked;
    let query = HistoryQuery { text, since, until, limit: limit.unwrap_or(200).clamp(1, MOST) };
    Ok(Json(web.app.history(&actor, &query).await?))
}

/// By which route each device sends a packet on, the most exact first
#[utoipa::path(get, path = "/api/v1/route-lookup", tag = "find", params(RouteParams),
    responses((status = 200, body = Page<RouteView>), (status = 400, body = Problem)))]
async fn route(State(web): State<Web>, By(actor): By, Query(asked): Query<RouteParams>) -> ApiResult<Page<RouteView>> {
    let RouteParams { to, device, vrf, at, limit } = asked;
    let limit = limit.unwrap_or(200).clamp(1, MOST);
    let routes = web.app.route_lookup(&actor, to, (device.as_deref(), vrf.as_deref()), at, limit).await?;
    Ok(Json(Page::whole(routes)))
}
