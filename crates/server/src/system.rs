//! The installation: what it is, whether it is well, and its settings.

use app::{Finding, SettingsView};
use axum::Json;
use axum::extract::{Query, State};
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
    OpenApiRouter::new().routes(routes!(about)).routes(routes!(health)).routes(routes!(settings, write))
}

/// What a person tells who asks for help.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct About {
    pub version: &'static str,
    /// `linux`, `macos`, `windows`
    pub os: &'static str,
    pub arch: &'static str,
    /// `SQLite` or `PostgreSQL`
    pub database: &'static str,
    pub licence: &'static str,
    pub devices: u64,
    pub jobs: usize,
    pub templates: usize,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HealthParams {
    /// Every page of the database is read; it takes a while.
    #[serde(default)]
    deep: bool,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteSettings {
    /// `config.yaml` as it is to be. `********` stands for the password that is there.
    text: String,
}

/// The version, the system, and how much there is
#[utoipa::path(get, path = "/api/v1/about", tag = "system", responses((status = 200, body = About)))]
async fn about(State(web): State<Web>, By(actor): By) -> ApiResult<About> {
    let figures = web.app.figures(&actor).await?;
    Ok(Json(About {
        version: env!("CARGO_PKG_VERSION"),
        os: std::env::consts::OS,
        arch: std::env::consts::ARCH,
        database: web.app.database_name(),
        licence: "Apache-2.0",
        devices: figures.devices,
        jobs: web.app.jobs(&actor, &app::JobQuery::default()).await?.len(),
        templates: web.app.list_templates(&actor)?.len(),
    }))
}

/// Whether the installation is well: each thing that can be amiss, and what to do about it
#[utoipa::path(get, path = "/api/v1/health", tag = "system", params(HealthParams),
    responses((status = 200, body = Page<Finding>), (status = 403, body = Problem)))]
async fn health(State(web): State<Web>, By(actor): By, Query(asked): Query<HealthParams>) -> ApiResult<Page<Finding>> {
    Ok(Json(Page::whole(web.app.check_up(&actor, asked.deep).await?)))
}

/// The configuration file, without passwords; `ETag` is its version
#[utoipa::path(get, path = "/api/v1/settings", tag = "system",
    responses((status = 200, body = SettingsView), (status = 403, body = Problem)))]
async fn settings(State(web): State<Web>, By(actor): By) -> Result<Response, Problem> {
    let view = web.app.settings_file(&actor)?;
    Ok((etag(&view.version), Json(view)).into_response())
}

/// Write the configuration file; it is checked first, and holds when the server is started again
#[utoipa::path(put, path = "/api/v1/settings", tag = "system", request_body = WriteSettings, params(DryRun, IfMatch),
    responses((status = 200, body = SettingsView), (status = 400, body = Problem), (status = 412, body = Problem)))]
async fn write(
    State(web): State<Web>,
    By(actor): By,
    Query(how): Query<DryRun>,
    seen: IfMatch,
    Json(asked): Json<WriteSettings>,
) -> ApiResult<SettingsView> {
    let seen: Option<String> = seen.version()?;
    Ok(Json(web.app.write_settings(&actor, &asked.text, seen.as_deref(), how.dry_run).await?))
}
