//! Search in what devices said.

use app::{SearchFound, SearchQuery, SearchSummary, Tell};
use axum::Json;
use axum::extract::{Query, State};
use model::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(search))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// A regular expression; it matches within a line.
    q: String,
    /// Take it as plain text.
    #[serde(default)]
    fixed: bool,
    /// Whatever the case.
    #[serde(default)]
    ignore_case: bool,
    /// As `select` of `/api/v1/devices`; all when it is not given.
    select: Option<String>,
    /// Capture types with commas; all when it is not given.
    types: Option<String>,
    /// What was valid then, instead of the latest.
    at: Option<Timestamp>,
    /// All versions, the incomplete ones too.
    #[serde(default)]
    history: bool,
    /// Lines around a match, 50 at most; 2 when it is not given.
    context: Option<usize>,
    /// Matching lines, 2000 at most; 200 when it is not given.
    limit: Option<usize>,
}

/// What was found, and in how much.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Found {
    pub items: Vec<SearchFound>,
    pub summary: SearchSummary,
}

/// Search in what devices said, by a regular expression; secrets are masked and not found
#[utoipa::path(get, path = "/api/v1/search", tag = "find", params(SearchParams),
    responses((status = 200, body = Found), (status = 400, body = Problem)))]
async fn search(State(web): State<Web>, By(actor): By, Query(asked): Query<SearchParams>) -> ApiResult<Found> {
    let query = SearchQuery {
        pattern: asked.q,
        fixed: asked.fixed,
        ignore_case: asked.ignore_case,
        devices: asked.select.filter(|s| !s.trim().is_empty()).unwrap_or_else(|| "all".to_owned()),
        types: asked.types.unwrap_or_default(),
        at: asked.at,
        history: asked.history,
        since: None,
        until: None,
        tell: Tell::Lines,
        context: asked.context.unwrap_or(2).min(50),
        ranges: true,
        limit: asked.limit.unwrap_or(200).clamp(1, 2000),
    };
    let mut items = Vec::new();
    let summary = web.app.search(&actor, &query, |place, told| {
        items.push(told.at(place));
        Ok(())
    });
    let summary = summary.await?;
    Ok(Json(Found { items, summary }))
}
