//! Who did what, and taking it back.

use app::{AuditQuery, AuditView, UndoRecord, UndoView};
use axum::Json;
use axum::extract::{Path, Query, State};
use model::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::page::{self, Page};
use crate::problem::{ApiResult, Problem};
use crate::records::DryRun;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(undos)).routes(routes!(undo_record, undo))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditParams {
    /// Who did it.
    by: Option<String>,
    /// `device.edit`, `login`, `user.add` …
    action: Option<String>,
    /// At or after.
    since: Option<Timestamp>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Rows, 1 to 1000; 100 when it is not given.
    limit: Option<u32>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UndoParams {
    /// Rows, 1 to 1000; 100 when it is not given.
    limit: Option<u32>,
}

/// What was taken back, and what takes that back.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Undone {
    pub record: UndoRecord,
    pub undo: Option<i64>,
}

/// The audit log, the newest first
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(AuditParams),
    responses((status = 200, body = Page<AuditView>), (status = 403, body = Problem)))]
async fn list(State(web): State<Web>, By(actor): By, Query(asked): Query<AuditParams>) -> ApiResult<Page<AuditView>> {
    let limit = page::limit(asked.limit);
    let before = page::place(asked.cursor.as_deref())?;
    let query = AuditQuery { since: asked.since, by: asked.by, action: asked.action, before, limit: limit + 1 };
    Ok(Json(Page::cut(web.app.audit_log(&actor, query).await?, limit, |e| e.id)))
}

/// What was done to the inventory and can be taken back, the newest first
#[utoipa::path(get, path = "/api/v1/undo", tag = "audit", params(UndoParams), responses((status = 200, body = Page<UndoRecord>)))]
async fn undos(State(web): State<Web>, By(actor): By, Query(asked): Query<UndoParams>) -> ApiResult<Page<UndoRecord>> {
    Ok(Json(Page::whole(web.app.undo_records(&actor, page::limit(asked.limit)).await?)))
}

/// What was done, row by row
#[utoipa::path(get, path = "/api/v1/undo/{id}", tag = "audit", params(("id" = i64, Path)),
    responses((status = 200, body = UndoView), (status = 404, body = Problem)))]
async fn undo_record(State(web): State<Web>, By(actor): By, Path(id): Path<i64>) -> ApiResult<UndoView> {
    Ok(Json(web.app.undo_record(&actor, id).await?))
}

/// Take it back, exactly; refused when a row moved since
#[utoipa::path(post, path = "/api/v1/undo/{id}", tag = "audit", params(("id" = i64, Path), DryRun),
    responses((status = 200, body = Undone), (status = 409, body = Problem)))]
async fn undo(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Query(how): Query<DryRun>,
) -> ApiResult<Undone> {
    let (record, undo) = web.app.undo(&actor, id, how.dry_run).await?;
    Ok(Json(Undone { record, undo }))
}
