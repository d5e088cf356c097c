//! TextFSM: templates by name, trying one on a text, finding the one that fits, and what it reads as a file.
//!
//! A name is never a path: no file of the server is opened by what is asked.

use app::templates::{CandidateView, ReadBy, ReadText, TemplateText, TemplateView};
use app::{App, AppError, AppResult};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use model::CaptureId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::facts::download;
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::records::DryRun;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(test))
        .routes(routes!(detect))
        .routes(routes!(parse))
        .routes(routes!(export))
        .routes(routes!(show, edit, delete))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TemplateParams {
    /// A part of the name.
    search: Option<String>,
    /// `own`, `velocity` or `ntc-templates`.
    from: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTemplate {
    /// `cisco_ios_show_version` reads `show version` of cisco_ios.
    name: String,
    source: String,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditTemplate {
    source: String,
}

/// A template that is being written, and a text to try it on.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestTemplate {
    source: String,
    text: String,
}

/// A text, and which template reads it. Without a name it is found by platform and command, or by the text.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ParseText {
    /// Output of a command.
    text: Option<String>,
    /// Instead of a text, the number of a capture.
    capture: Option<i64>,
    /// Names of templates; several are merged on their keys.
    templates: Vec<String>,
    platform: Option<String>,
    command: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DetectText {
    of: ParseText,
    /// Candidates, 1 to 50; 5 when it is not given.
    #[schema(minimum = 1, maximum = 50)]
    top: Option<usize>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RowFormat {
    #[default]
    Json,
    Csv,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportText {
    of: ParseText,
    #[serde(default)]
    #[schema(inline)]
    format: RowFormat,
    /// CSV without the names of the fields.
    #[serde(default)]
    without_header: bool,
    /// What the text is of; it is told in the JSON.
    source: Option<String>,
}

/// A template that was written, or would be.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TemplateWritten {
    pub dry_run: bool,
    pub template: TemplateText,
}

/// Templates: your own, Velocity's, the release of ntc-templates
#[utoipa::path(get, path = "/api/v1/templates", tag = "templates", params(TemplateParams),
    responses((status = 200, body = Page<TemplateView>)))]
async fn list(
    State(web): State<Web>,
    By(actor): By,
    Query(asked): Query<TemplateParams>,
) -> ApiResult<Page<TemplateView>> {
    let mut all = web.app.list_templates(&actor)?;
    let search = asked.search.unwrap_or_default().trim().to_lowercase();
    all.retain(|t| t.name.to_lowercase().contains(&search) && asked.from.as_ref().is_none_or(|from| t.from == from));
    Ok(Json(Page::whole(all)))
}

/// A template with its text
#[utoipa::path(get, path = "/api/v1/templates/{name}", tag = "templates", params(("name" = String, Path)),
    responses((status = 200, body = TemplateText), (status = 404, body = Problem)))]
async fn show(State(web): State<Web>, By(actor): By, Path(name): Path<String>) -> ApiResult<TemplateText> {
    Ok(Json(web.app.template(&actor, &name)?))
}

/// Add a template of your own; it takes precedence over others of its name
#[utoipa::path(post, path = "/api/v1/templates", tag = "templates", params(DryRun), request_body = NewTemplate,
    responses((status = 201, body = TemplateWritten), (status = 200, body = TemplateWritten),
        (status = 400, body = Problem), (status = 409, body = Problem)))]
async fn add(
    State(web): State<Web>,
    By(actor): By,
    Query(how): Query<DryRun>,
    Json(asked): Json<NewTemplate>,
) -> Result<Response, Problem> {
    let template = web.app.write_template(&actor, &asked.name, &asked.source, false, how.dry_run).await?;
    let status = if how.dry_run { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(TemplateWritten { dry_run: how.dry_run, template })).into_response())
}

/// Write a template of your own anew
#[utoipa::path(put, path = "/api/v1/templates/{name}", tag = "templates", params(("name" = String, Path), DryRun),
    request_body = EditTemplate,
    responses((status = 200, body = TemplateWritten), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn edit(
    State(web): State<Web>,
    By(actor): By,
    Path(name): Path<String>,
    Query(how): Query<DryRun>,
    Json(asked): Json<EditTemplate>,
) -> ApiResult<TemplateWritten> {
    let template = web.app.write_template(&actor, &name, &asked.source, true, how.dry_run).await?;
    Ok(Json(TemplateWritten { dry_run: how.dry_run, template }))
}

/// Delete a template of your own; the one that it hid is used again
#[utoipa::path(delete, path = "/api/v1/templates/{name}", tag = "templates", params(("name" = String, Path), DryRun),
    responses((status = 200, body = TemplateWritten), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn delete(
    State(web): State<Web>,
    By(actor): By,
    Path(name): Path<String>,
    Query(how): Query<DryRun>,
) -> ApiResult<TemplateWritten> {
    let template = web.app.delete_template(&actor, &name, how.dry_run).await?;
    Ok(Json(TemplateWritten { dry_run: how.dry_run, template }))
}

/// Try a template on a text: its rows, or the line and state at which it fails
#[utoipa::path(post, path = "/api/v1/templates/test", tag = "templates", request_body = TestTemplate,
    responses((status = 200, body = ReadText)))]
async fn test(State(web): State<Web>, By(actor): By, Json(asked): Json<TestTemplate>) -> ApiResult<ReadText> {
    Ok(Json(work(web.app, move |app| app.try_template(&actor, &asked.source, &asked.text)).await?))
}

/// The most likely templates for a text, best first
#[utoipa::path(post, path = "/api/v1/templates/detect", tag = "templates", request_body = DetectText,
    responses((status = 200, body = Page<CandidateView>), (status = 400, body = Problem)))]
async fn detect(State(web): State<Web>, by: By, Json(asked): Json<DetectText>) -> ApiResult<Page<CandidateView>> {
    let (by_what, text) = asked.of.text(&web, &by).await?;
    let top = asked.top.unwrap_or(5).clamp(1, 50);
    Ok(Json(Page::whole(work(web.app, move |app| app.detect_template(&by.0, &by_what, top, &text)).await?)))
}

/// What templates read of a text, or of a capture
#[utoipa::path(post, path = "/api/v1/templates/parse", tag = "templates", request_body = ParseText,
    responses((status = 200, body = ReadText), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn parse(State(web): State<Web>, by: By, Json(asked): Json<ParseText>) -> ApiResult<ReadText> {
    let (by_what, text) = asked.text(&web, &by).await?;
    Ok(Json(work(web.app, move |app| app.read_text(&by.0, &by_what, &text)).await?))
}

/// The same as a file: CSV, or JSON with where it is from
#[utoipa::path(post, path = "/api/v1/templates/export", tag = "templates", request_body = ExportText,
    responses((status = 200, description = "a file", content_type = "text/csv", body = String),
        (status = 400, body = Problem), (status = 409, body = Problem)))]
async fn export(State(web): State<Web>, by: By, Json(asked): Json<ExportText>) -> Result<Response, Problem> {
    let ExportText { of, format, without_header, source } = asked;
    let capture = of.capture;
    let (by_what, text) = of.text(&web, &by).await?;
    if let RowFormat::Csv = format {
        let csv = move |app: &App| app.read_text_csv(&by.0, &by_what, &text, !without_header);
        return Ok(download("rows.csv", "text/csv; charset=utf-8", work(web.app, csv).await?));
    }
    let at = web.app.now();
    let read = work(web.app, move |app| app.read_text(&by.0, &by_what, &text)).await?;
    if let Some(problem) = read.problem {
        return Err(AppError::Invalid(problem.message).into());
    }
    let told = json!({
        "source": source, "capture": capture, "template": read.template, "confidence": read.confidence, "at": at,
        "lines": read.lines, "unread": read.unread, "fields": read.fields, "rows": read.rows,
    });
    let text = serde_json::to_string_pretty(&told).map_err(AppError::from)?;
    Ok(download("rows.json", "application/json", text))
}

impl ParseText {
    async fn text(self, web: &Web, By(actor): &By) -> Result<(ReadBy, String), Problem> {
        let ParseText { text, capture, templates, platform, command } = self;
        if templates.len() > 20 {
            return Err(Problem::usage("20 templates at most"));
        }
        let text = match (text, capture) {
            (Some(text), None) => text,
            (None, Some(id)) => web.app.capture_by_id(actor, CaptureId(id)).await?.text,
            _ => return Err(Problem::usage("give either `text` or `capture`")),
        };
        let given = |text: Option<String>| text.filter(|t| !t.trim().is_empty());
        Ok((ReadBy { templates, platform: given(platform), command: given(command) }, text))
    }
}

/// Reading may take long: it is done beside what answers others.
async fn work<T: Send + 'static>(app: App, what: impl FnOnce(&App) -> AppResult<T> + Send + 'static) -> AppResult<T> {
    let done = tokio::task::spawn_blocking(move || what(&app)).await;
    done.unwrap_or_else(|e| Err(AppError::Invalid(format!("it ended badly: {e}"))))
}
