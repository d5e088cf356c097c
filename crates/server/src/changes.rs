//! Changes: what became different, how much it matters, and what was left out as noise.

use app::{ChangeQuery, ChangeView, Explanation, SeverityRuleView};
use axum::Json;
use axum::extract::{Path, Query, State};
use model::{ChangeId, ChangeKind, Severity, Timestamp};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::page::{self, Page};
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(rules)).routes(routes!(show)).routes(routes!(explain))
}

/// All that are given must hold.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangeParams {
    /// Devices, as `select` of `/api/v1/devices`.
    select: Option<String>,
    /// `config`, `version`, `inventory`, or a kind of fact such as `routes`.
    #[serde(rename = "type")]
    #[param(rename = "type")]
    kind: Option<ChangeKind>,
    /// At least so severe.
    severity: Option<Severity>,
    /// Each by itself; else what came of a change is told with that one.
    #[serde(default)]
    each: bool,
    /// Who made it, in the words of the device.
    by: Option<String>,
    /// Detected at or after.
    since: Option<Timestamp>,
    /// Detected before.
    until: Option<Timestamp>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Rows, 1 to 1000; 100 when it is not given.
    limit: Option<u32>,
}

/// Changes, the newest first
#[utoipa::path(get, path = "/api/v1/changes", tag = "changes", params(ChangeParams),
    responses((status = 200, body = Page<ChangeView>), (status = 400, body = Problem)))]
async fn list(State(web): State<Web>, By(actor): By, Query(asked): Query<ChangeParams>) -> ApiResult<Page<ChangeView>> {
    let limit = page::limit(asked.limit);
    let place: Option<i64> = page::place(asked.cursor.as_deref())?;
    let query = ChangeQuery {
        devices: asked.select.filter(|s| !s.trim().is_empty()),
        kind: asked.kind,
        severity: asked.severity,
        by: asked.by,
        since: asked.since,
        until: asked.until,
        before: place.map(ChangeId),
        each: asked.each,
        limit: limit + 1,
    };
    let changes = web.app.changes(&actor, query).await?;
    Ok(Json(Page::cut(changes, limit, |c| c.id)))
}

/// A change with its difference and the lines that prove it
#[utoipa::path(get, path = "/api/v1/changes/{id}", tag = "changes", params(("id" = i64, Path)),
    responses((status = 200, body = ChangeView), (status = 404, body = Problem)))]
async fn show(State(web): State<Web>, By(actor): By, Path(id): Path<i64>) -> ApiResult<ChangeView> {
    Ok(Json(web.app.change(&actor, ChangeId(id)).await?))
}

/// What of a change was left out as noise, and by which filter
#[utoipa::path(get, path = "/api/v1/changes/{id}/explain", tag = "changes", params(("id" = i64, Path)),
    responses((status = 200, body = Explanation), (status = 404, body = Problem)))]
async fn explain(State(web): State<Web>, By(actor): By, Path(id): Path<i64>) -> ApiResult<Explanation> {
    Ok(Json(web.app.explain_change(&actor, ChangeId(id)).await?))
}

/// By which rules changes are judged, in their order
#[utoipa::path(get, path = "/api/v1/change-rules", tag = "changes", responses((status = 200, body = Page<SeverityRuleView>)))]
async fn rules(State(web): State<Web>, By(actor): By) -> ApiResult<Page<SeverityRuleView>> {
    Ok(Json(Page::whole(web.app.severity_rules(&actor)?)))
}
