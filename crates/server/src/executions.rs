//! Runs: lists, and one with the result of each device.

use std::io::{Read, Seek};

use app::{AppError, ArchiveFormat, ItemView, PruneReport, RunView};
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use model::{RunId, RunKind, RunState, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::page::{self, Page};
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(prune)).routes(routes!(show)).routes(routes!(archive))
}

/// A run with its devices.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Execution {
    #[serde(flatten)]
    pub execution: RunView,
    pub devices: Vec<ItemView>,
}

/// All that are given must hold.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExecutionParams {
    kind: Option<RunKind>,
    state: Option<RunState>,
    /// Of this job: slug, name or id.
    job: Option<String>,
    /// Only executions of jobs.
    #[serde(default)]
    of_jobs: bool,
    /// One run of a batch, `daily@2026-11-20T02:00:00Z`, or all of it: `daily`.
    batch: Option<String>,
    /// Started then or later.
    since: Option<Timestamp>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Rows, 1 to 1000; 100 when it is not given.
    limit: Option<u32>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ArchiveParams {
    /// `zip` or `tgz`.
    #[serde(default)]
    #[param(inline)]
    format: ArchiveKind,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ArchiveKind {
    #[default]
    Zip,
    Tgz,
}

/// What may go; what is not given is as the configuration says.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Prune {
    /// What ended, or was seen last, longer ago: `90d`, `12h`, `2w`, `1y`.
    older_than: Option<String>,
    /// So many executions of each job, and versions of each capture, stay whatever their age.
    keep: Option<u32>,
    /// Contents of captures take so much at most: `5GB`.
    max_size: Option<String>,
    /// Show what would go, remove nothing.
    dry_run: bool,
}

/// Executions, the newest first
#[utoipa::path(get, path = "/api/v1/executions", tag = "executions", params(ExecutionParams),
    responses((status = 200, body = Page<RunView>), (status = 404, body = Problem)))]
async fn list(State(web): State<Web>, By(actor): By, Query(asked): Query<ExecutionParams>) -> ApiResult<Page<RunView>> {
    let ExecutionParams { kind, state, job, of_jobs, batch, since, .. } = asked;
    let (limit, before) = (page::limit(asked.limit), page::place::<i64>(asked.cursor.as_deref())?);
    let job = match job.as_deref().filter(|j| !j.is_empty()) {
        Some(reference) => Some(web.app.job(&actor, reference).await?.id),
        None => None,
    };
    let before = before.map(RunId);
    let query = app::RunQuery { kind, state, job, of_jobs, batch, since, before, limit: limit + 1 };
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

/// Let go of old executions and old versions of captures; the last good capture of each device and type stays
#[utoipa::path(post, path = "/api/v1/executions/prune", tag = "executions", request_body = Prune,
    responses((status = 200, body = PruneReport), (status = 400, body = Problem), (status = 403, body = Problem)))]
async fn prune(State(web): State<Web>, By(actor): By, Json(asked): Json<Prune>) -> ApiResult<PruneReport> {
    let Prune { older_than, keep, max_size, dry_run } = asked;
    web.app.may_prune(&actor)?;
    let rules = web.app.retention(older_than.as_deref(), keep, max_size.as_deref())?;
    Ok(Json(web.app.prune(&actor, rules, dry_run).await?))
}

/// What an execution brought as one file: `<type>/<device>.txt`, secrets masked, and result.json
#[utoipa::path(get, path = "/api/v1/executions/{id}/archive", tag = "executions",
    params(("id" = i64, Path), ArchiveParams),
    responses((status = 200, description = "a file", content_type = "application/zip", body = String),
        (status = 404, body = Problem)))]
async fn archive(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Query(asked): Query<ArchiveParams>,
) -> Result<Response, Problem> {
    let (format, ending, kind) = match asked.format {
        ArchiveKind::Zip => (ArchiveFormat::Zip, "zip", "application/zip"),
        ArchiveKind::Tgz => (ArchiveFormat::TarGz, "tar.gz", "application/gzip"),
    };
    let failed = |source| AppError::Write { path: "the archive".into(), source };
    // It may be larger than what we want in memory, and it goes when we let go of it.
    let mut file = tempfile::tempfile().map_err(failed)?;
    web.app.archive(&actor, RunId(id), format, file.try_clone().map_err(failed)?).await?;
    file.rewind().map_err(failed)?;
    let disposition = format!("attachment; filename=\"execution-{id}.{ending}\"");
    let head = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((head, Body::from_stream(parts_of(file))).into_response())
}

/// A file in parts, read as the other side takes them.
fn parts_of(file: std::fs::File) -> impl futures::Stream<Item = std::io::Result<Bytes>> {
    const PART: usize = 64 * 1024;
    futures::stream::try_unfold(file, |mut file| async move {
        let mut part = vec![0; PART];
        let size = file.read(&mut part)?;
        part.truncate(size);
        Ok((size > 0).then(|| (Bytes::from(part), file)))
    })
}
