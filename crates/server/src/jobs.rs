//! Jobs: what is collected again and again.

use app::{Job, JobDraft, JobFilter, JobFormat, JobPreview, JobQuery, JobRow, Migrated, Write, Written};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use model::JobId;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::facts::download;
use crate::headers::{IfMatch, etag};
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::records::{Deleted, DryRun};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(export))
        .routes(routes!(validate))
        .routes(routes!(preview))
        .routes(routes!(bulk_edit))
        .routes(routes!(bulk_delete))
        .routes(routes!(starter, add_starter))
        .routes(routes!(import))
        .routes(routes!(show, edit, delete))
        .routes(routes!(duplicate))
}

/// All that are given must hold.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobParams {
    /// Of slug or name, with `*` and `?`.
    pattern: Option<String>,
    /// A part of the vendor or platform that it is for.
    vendor: Option<String>,
    /// A capture type that it collects.
    #[serde(rename = "type")]
    capture: Option<String>,
    tag: Option<String>,
    /// A part of name, slug or description.
    search: Option<String>,
    enabled: Option<bool>,
    favourite: Option<bool>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobExportParams {
    /// Slugs with commas; all when it is not given.
    jobs: Option<String>,
    /// `yaml` or `json`.
    #[serde(default)]
    #[param(inline)]
    format: FileFormat,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FileFormat {
    #[default]
    Yaml,
    Json,
}

/// Whether a job can be kept.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct JobExamined {
    pub is_valid: bool,
    /// All that is wrong with it, in words.
    pub problems: Vec<String>,
    /// With its texts in one spelling.
    pub job: JobDraft,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewJob {
    job: JobDraft,
    /// Devices to show, 1 to 1000; 50 when it is not given.
    #[schema(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicateJob {
    /// Made of that of the other when it is not given.
    name: Option<String>,
}

/// What jobs are to become; what is not given stays.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BulkEditJobs {
    /// Slugs, names or ids.
    jobs: Vec<String>,
    /// Whether schedules and runs of all jobs run them.
    enabled: Option<bool>,
    favourite: Option<bool>,
    /// Made where there is none such.
    add_tags: Vec<String>,
    remove_tags: Vec<String>,
    /// Show what would be, write nothing.
    dry_run: bool,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkDeleteJobs {
    /// Slugs, names or ids.
    jobs: Vec<String>,
    /// Show what would be, write nothing.
    #[serde(default)]
    dry_run: bool,
}

#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AddStarterJobs {
    /// Only those of this family: `arista`, `cisco-ios`, `cisco-nxos`, `juniper`.
    vendor: Option<String>,
    /// Show what would be, write nothing.
    dry_run: bool,
}

/// Job files: ours in YAML or JSON, and those of VelocityCMDB and VelocityCollector (version 1.0 and 2.0).
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportJobs {
    files: Vec<JobFile>,
    /// Show what would be, write nothing.
    #[serde(default)]
    dry_run: bool,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobFile {
    /// As it was called; the ending says whether it is JSON.
    name: String,
    text: String,
}

/// Jobs that one request may name.
const MOST: usize = 1000;

fn write(dry_run: bool) -> Write {
    Write { dry_run, ..Write::default() }
}

/// Jobs, with how many devices each asks
#[utoipa::path(get, path = "/api/v1/jobs", tag = "jobs", params(JobParams),
    responses((status = 200, body = Page<JobRow>), (status = 400, body = Problem)))]
async fn list(State(web): State<Web>, By(actor): By, Query(asked): Query<JobParams>) -> ApiResult<Page<JobRow>> {
    let JobParams { pattern, vendor, capture, tag, search, enabled, favourite } = asked;
    let filter = JobFilter { patterns: pattern.into_iter().collect(), tag, enabled, favourite };
    let query = JobQuery { filter, vendor, capture, search };
    Ok(Json(Page::whole(web.app.job_rows(&actor, &query).await?)))
}

/// A job by slug, name or id, with how many devices it asks; `ETag` is its version
#[utoipa::path(get, path = "/api/v1/jobs/{job}", tag = "jobs", params(("job" = String, Path)),
    responses((status = 200, body = JobRow), (status = 404, body = Problem)))]
async fn show(State(web): State<Web>, By(actor): By, Path(job): Path<String>) -> Result<Response, Problem> {
    let job = web.app.job(&actor, &job).await?;
    let devices = web.app.devices_of_job(&actor, &job.spec.which).await?;
    Ok((etag(job.version), Json(JobRow { job, devices })).into_response())
}

/// Keep a new job
#[utoipa::path(post, path = "/api/v1/jobs", tag = "jobs", params(DryRun), request_body = JobDraft,
    responses((status = 201, body = Written), (status = 200, body = Written), (status = 400, body = Problem),
        (status = 409, body = Problem)))]
async fn create(
    State(web): State<Web>,
    By(actor): By,
    Query(how): Query<DryRun>,
    Json(asked): Json<JobDraft>,
) -> Result<Response, Problem> {
    made(web.app.create_jobs(&actor, std::slice::from_ref(&asked), &write(how.dry_run)).await?)
}

fn made(written: Written) -> Result<Response, Problem> {
    let status = if written.dry_run { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(written)).into_response())
}

/// Write a job anew; with `If-Match` only the version that was seen
#[utoipa::path(put, path = "/api/v1/jobs/{job}", tag = "jobs", request_body = JobDraft,
    params(("job" = String, Path), DryRun, IfMatch),
    responses((status = 200, body = Written), (status = 404, body = Problem), (status = 412, body = Problem)))]
async fn edit(
    State(web): State<Web>,
    By(actor): By,
    Path(job): Path<String>,
    Query(how): Query<DryRun>,
    seen: IfMatch,
    Json(asked): Json<JobDraft>,
) -> ApiResult<Written> {
    web.app.may_change_jobs(&actor)?;
    let version = seen.version()?;
    let id = web.app.job(&actor, &job).await?.id;
    Ok(Json(web.app.edit_job(&actor, id, &asked, &Write { version, ..write(how.dry_run) }).await?))
}

/// Delete a job; its executions stay
#[utoipa::path(delete, path = "/api/v1/jobs/{job}", tag = "jobs", params(("job" = String, Path), DryRun),
    responses((status = 200, body = Deleted), (status = 404, body = Problem)))]
async fn delete(
    State(web): State<Web>,
    By(actor): By,
    Path(job): Path<String>,
    Query(how): Query<DryRun>,
) -> ApiResult<Deleted> {
    Ok(Json(delete_all(&web, &By(actor), &[job], how.dry_run).await?))
}

async fn delete_all(web: &Web, By(actor): &By, jobs: &[String], dry_run: bool) -> Result<Deleted, Problem> {
    let deletions = web.app.job_deletion(actor, jobs).await?;
    let ids: Vec<JobId> = deletions.iter().map(|d| JobId(d.id)).collect();
    let written = web.app.delete_jobs(actor, &ids, &write(dry_run)).await?;
    Ok(Deleted { deletions, written })
}

/// Keep a second job like this one
#[utoipa::path(post, path = "/api/v1/jobs/{job}/duplicate", tag = "jobs", request_body = DuplicateJob,
    params(("job" = String, Path), DryRun),
    responses((status = 201, body = Written), (status = 200, body = Written), (status = 404, body = Problem)))]
async fn duplicate(
    State(web): State<Web>,
    By(actor): By,
    Path(job): Path<String>,
    Query(how): Query<DryRun>,
    Json(asked): Json<DuplicateJob>,
) -> Result<Response, Problem> {
    web.app.may_change_jobs(&actor)?;
    let id = web.app.job(&actor, &job).await?.id;
    made(web.app.duplicate_job(&actor, id, asked.name.as_deref(), &write(how.dry_run)).await?)
}

/// Enable, disable, tag or favour jobs. `undo` of the answer takes it back
#[utoipa::path(post, path = "/api/v1/jobs/bulk-edit", tag = "jobs", request_body = BulkEditJobs,
    responses((status = 200, body = Written), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn bulk_edit(State(web): State<Web>, By(actor): By, Json(asked): Json<BulkEditJobs>) -> ApiResult<Written> {
    web.app.may_change_jobs(&actor)?;
    let ids = ids_of(&web, &By(actor.clone()), &asked.jobs).await?;
    let action = match asked.enabled {
        Some(true) => "job.enable",
        Some(false) => "job.disable",
        None => "job.edit",
    };
    let is = |tags: &[String], tag: &String| tags.iter().any(|t| t.eq_ignore_ascii_case(tag));
    let alter = |job: &mut JobDraft| {
        job.enabled = asked.enabled.unwrap_or(job.enabled);
        job.favourite = asked.favourite.unwrap_or(job.favourite);
        job.tags.retain(|tag| !is(&asked.remove_tags, tag));
        let new: Vec<String> = asked.add_tags.iter().filter(|tag| !is(&job.tags, tag)).cloned().collect();
        job.tags.extend(new);
    };
    Ok(Json(web.app.alter_jobs(&actor, action, &ids, alter, &write(asked.dry_run)).await?))
}

/// Delete jobs; their executions stay. `undo` of the answer takes it back
#[utoipa::path(post, path = "/api/v1/jobs/bulk-delete", tag = "jobs", request_body = BulkDeleteJobs,
    responses((status = 200, body = Deleted), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn bulk_delete(State(web): State<Web>, by: By, Json(asked): Json<BulkDeleteJobs>) -> ApiResult<Deleted> {
    web.app.may_change_jobs(&by.0)?;
    some(&asked.jobs)?;
    Ok(Json(delete_all(&web, &by, &asked.jobs, asked.dry_run).await?))
}

fn some(jobs: &[String]) -> Result<(), Problem> {
    match jobs.len() {
        0 => Err(Problem::usage("name a job in `jobs`")),
        1..=MOST => Ok(()),
        _ => Err(Problem::usage(format!("{MOST} jobs at most in one request"))),
    }
}

/// Each once.
async fn ids_of(web: &Web, By(actor): &By, jobs: &[String]) -> Result<Vec<JobId>, Problem> {
    some(jobs)?;
    let mut ids = Vec::with_capacity(jobs.len());
    for job in jobs {
        let id = web.app.job(actor, job).await?.id;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Whether a job can be kept, and what is wrong with it
#[utoipa::path(post, path = "/api/v1/jobs/validate", tag = "jobs", request_body = JobDraft,
    responses((status = 200, body = JobExamined)))]
async fn validate(State(web): State<Web>, By(_who): By, Json(asked): Json<JobDraft>) -> Json<JobExamined> {
    let (job, problems) = web.app.examine_job(&asked);
    Json(JobExamined { is_valid: problems.is_empty(), problems, job })
}

/// Which devices a job would ask, and what, before it is kept
#[utoipa::path(post, path = "/api/v1/jobs/preview", tag = "jobs", request_body = PreviewJob,
    responses((status = 200, body = JobPreview), (status = 400, body = Problem)))]
async fn preview(State(web): State<Web>, By(actor): By, Json(asked): Json<PreviewJob>) -> ApiResult<JobPreview> {
    let limit = asked.limit.unwrap_or(50).clamp(1, 1000);
    Ok(Json(web.app.preview_job(&actor, &asked.job, limit as usize).await?))
}

/// Jobs of the starter library
#[utoipa::path(get, path = "/api/v1/jobs/starter", tag = "jobs", responses((status = 200, body = Page<JobDraft>)))]
async fn starter(State(web): State<Web>, By(_who): By) -> ApiResult<Page<JobDraft>> {
    Ok(Json(Page::whole(web.app.starter_jobs()?)))
}

/// Keep those jobs of the starter library that are not there yet
#[utoipa::path(post, path = "/api/v1/jobs/starter", tag = "jobs", request_body = AddStarterJobs,
    responses((status = 201, body = Written), (status = 200, body = Written)))]
async fn add_starter(
    State(web): State<Web>,
    By(actor): By,
    Json(asked): Json<AddStarterJobs>,
) -> Result<Response, Problem> {
    made(web.app.add_starter_jobs(&actor, asked.vendor.as_deref(), &write(asked.dry_run)).await?)
}

/// Keep the jobs of files; one that is there, by its slug, is written over
#[utoipa::path(post, path = "/api/v1/jobs/import", tag = "jobs", request_body = ImportJobs,
    responses((status = 200, body = Migrated), (status = 400, body = Problem)))]
async fn import(State(web): State<Web>, By(actor): By, Json(asked): Json<ImportJobs>) -> ApiResult<Migrated> {
    web.app.may_change_jobs(&actor)?;
    if asked.files.len() > MOST {
        return Err(Problem::usage(format!("{MOST} files at most in one request")));
    }
    let files: Vec<(String, String)> = asked.files.into_iter().map(|f| (f.name, f.text)).collect();
    Ok(Json(web.app.migrate_job_texts(&actor, &files, &write(asked.dry_run)).await?))
}

/// Jobs as a file that can be imported again
#[utoipa::path(get, path = "/api/v1/jobs/export", tag = "jobs", params(JobExportParams),
    responses((status = 200, description = "a file", content_type = "application/yaml", body = String),
        (status = 404, body = Problem)))]
async fn export(
    State(web): State<Web>,
    By(actor): By,
    Query(asked): Query<JobExportParams>,
) -> Result<Response, Problem> {
    let mut jobs: Vec<Job> = Vec::new();
    match asked.jobs.as_deref().filter(|names| !names.trim().is_empty()) {
        None => jobs = web.app.jobs(&actor, &JobQuery::default()).await?,
        Some(names) => {
            for name in names.split(',').map(str::trim).take(MOST) {
                jobs.push(web.app.job(&actor, name).await?);
            }
        }
    }
    Ok(match asked.format {
        FileFormat::Yaml => {
            download("jobs.yaml", "application/yaml", web.app.write_jobs_out(&actor, &jobs, JobFormat::Yaml)?)
        }
        FileFormat::Json => {
            download("jobs.json", "application/json", web.app.write_jobs_out(&actor, &jobs, JobFormat::Json)?)
        }
    })
}
