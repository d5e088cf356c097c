//! Runs: lists, and one with the result of each device.

use app::{ItemView, RunView};
use axum::Json;
use axum::extract::{Path, Query, State};
use model::RunId;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::page::{self, Page, Paging};
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

/// A run with its devices.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Execution {
    #[serde(flatten)]
    pub execution: RunView,
    pub devices: Vec<ItemView>,
}

/// Executions, the newest first
#[utoipa::path(get, path = "/api/v1/executions", tag = "executions", params(Paging),
    responses((status = 200, body = Page<RunView>)))]
async fn list(State(web): State<Web>, By(actor): By, Query(asked): Query<Paging>) -> ApiResult<Page<RunView>> {
    let (limit, before) = (page::limit(asked.limit), page::place::<i64>(asked.cursor.as_deref())?);
    let query = app::RunQuery { before: before.map(RunId), limit: limit + 1, ..app::RunQuery::default() };
    let runs = web.app.runs(&actor, &query).await?;
    Ok(Json(Page::cut(runs, limit, |run| run.id)))
}

/// An execution with the result of each device
#[utoipa::path(get, path = "/api/v1/executions/{id}", tag = "executions", params(("id" = i64, Path)),
    responses((status = 200, body = Execution), (status = 404, body = Problem)))]
async fn show(State(web): State<Web>, By(actor): By, Path(id): Path<i64>) -> ApiResult<Execution> {
    let (execution, devices) = web.app.run(&actor, RunId(id)).await?;
    Ok(Json(Execution { execution, devices }))
}
