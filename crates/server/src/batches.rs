//! Batches: jobs in an order.

use app::{Batch, BatchView};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::problem::{ApiResult, Problem};
use crate::records::DryRun;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit, delete))
}

/// All batches, and files among them that cannot be read.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Batches {
    pub items: Vec<BatchView>,
    pub problems: Vec<String>,
}

/// Batches
#[utoipa::path(get, path = "/api/v1/batches", tag = "batches", responses((status = 200, body = Batches)))]
async fn list(State(web): State<Web>, By(actor): By) -> ApiResult<Batches> {
    let (items, problems) = web.app.batches(&actor).await?;
    Ok(Json(Batches { items, problems }))
}

/// A batch by slug or name
#[utoipa::path(get, path = "/api/v1/batches/{batch}", tag = "batches", params(("batch" = String, Path)),
    responses((status = 200, body = BatchView), (status = 404, body = Problem)))]
async fn show(State(web): State<Web>, By(actor): By, Path(batch): Path<String>) -> ApiResult<BatchView> {
    Ok(Json(web.app.batch(&actor, &batch).await?))
}

/// Write a new batch
#[utoipa::path(post, path = "/api/v1/batches", tag = "batches", params(DryRun), request_body = Batch,
    responses((status = 201, body = BatchView), (status = 200, body = BatchView), (status = 409, body = Problem)))]
async fn create(
    State(web): State<Web>,
    By(actor): By,
    Query(how): Query<DryRun>,
    Json(asked): Json<Batch>,
) -> Result<Response, Problem> {
    let batch = web.app.write_batch(&actor, &asked, None, how.dry_run).await?;
    let status = if how.dry_run { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(batch)).into_response())
}

/// Write a batch anew: its jobs in another order, other jobs, another name
#[utoipa::path(put, path = "/api/v1/batches/{batch}", tag = "batches", params(("batch" = String, Path), DryRun),
    request_body = Batch, responses((status = 200, body = BatchView), (status = 404, body = Problem)))]
async fn edit(
    State(web): State<Web>,
    By(actor): By,
    Path(batch): Path<String>,
    Query(how): Query<DryRun>,
    Json(asked): Json<Batch>,
) -> ApiResult<BatchView> {
    web.app.may_change_jobs(&actor)?;
    let over = web.app.batch(&actor, &batch).await?.slug;
    Ok(Json(web.app.write_batch(&actor, &asked, Some(&over), how.dry_run).await?))
}

/// Delete a batch; its jobs and executions stay
#[utoipa::path(delete, path = "/api/v1/batches/{batch}", tag = "batches", params(("batch" = String, Path), DryRun),
    responses((status = 200, body = BatchView), (status = 404, body = Problem)))]
async fn delete(
    State(web): State<Web>,
    By(actor): By,
    Path(batch): Path<String>,
    Query(how): Query<DryRun>,
) -> ApiResult<BatchView> {
    Ok(Json(web.app.delete_batch(&actor, &batch, how.dry_run).await?))
}
