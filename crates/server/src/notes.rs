//! Notes on devices and sites.

use app::{NoteTarget, NoteView};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::headers::{IfMatch, etag};
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::records::DryRun;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(show, edit, delete))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NoteParams {
    /// On this device.
    device: Option<String>,
    /// On this site.
    site: Option<String>,
    /// With this in title or body.
    search: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// On this device, or on that site.
    device: Option<String>,
    site: Option<String>,
    /// The first line of the body when it is not given.
    title: Option<String>,
    /// Markdown; `[[leaf-1]]` links to a device.
    body: String,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteEdit {
    title: Option<String>,
    body: Option<String>,
}

/// What was written, and what takes it back.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NoteWritten {
    pub id: Option<i64>,
    /// `POST /api/v1/undo/{id}` takes it back.
    pub undo: Option<i64>,
}

fn target(device: Option<String>, site: Option<String>) -> Result<Option<NoteTarget>, Problem> {
    match (device, site) {
        (Some(device), None) => Ok(Some(NoteTarget::Device(device))),
        (None, Some(site)) => Ok(Some(NoteTarget::Site(site))),
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(Problem::usage("a note is on a device or on a site, not on both")),
    }
}

/// Notes, the last changed first
#[utoipa::path(get, path = "/api/v1/notes", tag = "notes", params(NoteParams),
    responses((status = 200, body = Page<NoteView>), (status = 404, body = Problem)))]
async fn list(State(web): State<Web>, By(actor): By, Query(asked): Query<NoteParams>) -> ApiResult<Page<NoteView>> {
    let on = target(asked.device, asked.site)?;
    let text = asked.search.filter(|s| !s.trim().is_empty());
    Ok(Json(Page::whole(web.app.notes(&actor, on.as_ref(), text).await?)))
}

/// A note with all that it ever said; `ETag` is its version
#[utoipa::path(get, path = "/api/v1/notes/{id}", tag = "notes", params(("id" = i64, Path)),
    responses((status = 200, body = NoteView), (status = 404, body = Problem)))]
async fn show(State(web): State<Web>, By(actor): By, Path(id): Path<i64>) -> Result<Response, Problem> {
    let note = web.app.note_of(&actor, id).await?;
    Ok((etag(note.note.version), Json(note)).into_response())
}

/// Write a note
#[utoipa::path(post, path = "/api/v1/notes", tag = "notes", params(DryRun), request_body = NewNote,
    responses((status = 201, body = NoteWritten), (status = 404, body = Problem)))]
async fn add(
    State(web): State<Web>,
    By(actor): By,
    Query(how): Query<DryRun>,
    Json(asked): Json<NewNote>,
) -> Result<Response, Problem> {
    let on = target(asked.device, asked.site)?.ok_or_else(|| Problem::usage("give `device` or `site`"))?;
    let (id, undo) = web.app.add_note(&actor, &on, asked.title.as_deref(), &asked.body, how.dry_run).await?;
    Ok((StatusCode::CREATED, Json(NoteWritten { id, undo })).into_response())
}

/// Change a note; what is not given stays
#[utoipa::path(patch, path = "/api/v1/notes/{id}", tag = "notes", request_body = NoteEdit, params(("id" = i64, Path), DryRun, IfMatch),
    responses((status = 200, body = NoteWritten), (status = 404, body = Problem), (status = 412, body = Problem)))]
async fn edit(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Query(how): Query<DryRun>,
    seen: IfMatch,
    Json(asked): Json<NoteEdit>,
) -> ApiResult<NoteWritten> {
    let texts = (asked.title.as_deref(), asked.body.as_deref());
    let undo = web.app.edit_note(&actor, id, texts, seen.version()?, how.dry_run).await?;
    Ok(Json(NoteWritten { id: Some(id), undo }))
}

/// Delete a note
#[utoipa::path(delete, path = "/api/v1/notes/{id}", tag = "notes", params(("id" = i64, Path), DryRun),
    responses((status = 200, body = NoteWritten), (status = 404, body = Problem)))]
async fn delete(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Query(how): Query<DryRun>,
) -> ApiResult<NoteWritten> {
    let (_, undo) = web.app.delete_note(&actor, id, how.dry_run).await?;
    Ok(Json(NoteWritten { id: Some(id), undo }))
}
