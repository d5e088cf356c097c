//! Reports on the whole network.

use app::{CoverageReport, CredsStatus, CryptoView, HostKeyView, NamedReport, OsVersionView, ReportTable};
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::devices::AtParam;
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(coverage))
        .routes(routes!(os_versions))
        .routes(routes!(crypto))
        .routes(routes!(own))
        .routes(routes!(own_table))
        .routes(routes!(credentials))
        .routes(routes!(host_keys))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportParams {
    /// As `select` of `/api/v1/devices`; all when it is not given.
    select: Option<String>,
    /// Capture types with commas, or `all`; those that were ever collected when it is not given.
    types: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SelectParam {
    /// As `select` of `/api/v1/devices`; all when it is not given.
    select: Option<String>,
}

fn all(select: Option<String>) -> String {
    select.filter(|s| !s.trim().is_empty()).unwrap_or_else(|| "all".to_owned())
}

/// What was collected and read of each device and type, and why the rest was not
#[utoipa::path(get, path = "/api/v1/reports/coverage", tag = "reports", params(ReportParams),
    responses((status = 200, body = CoverageReport), (status = 400, body = Problem)))]
async fn coverage(
    State(web): State<Web>,
    By(actor): By,
    Query(asked): Query<ReportParams>,
) -> ApiResult<CoverageReport> {
    Ok(Json(web.app.coverage(&actor, &all(asked.select), asked.types.as_deref()).await?))
}

/// Which versions of operating systems run where
#[utoipa::path(get, path = "/api/v1/reports/os-versions", tag = "reports", params(SelectParam),
    responses((status = 200, body = Page<OsVersionView>), (status = 400, body = Problem)))]
async fn os_versions(
    State(web): State<Web>,
    By(actor): By,
    Query(asked): Query<SelectParam>,
) -> ApiResult<Page<OsVersionView>> {
    Ok(Json(Page::whole(web.app.os_versions(&actor, &all(asked.select)).await?)))
}

/// Reports that `config.yaml` has
#[utoipa::path(get, path = "/api/v1/reports/own", tag = "reports", responses((status = 200, body = Page<NamedReport>)))]
async fn own(State(web): State<Web>, By(actor): By) -> ApiResult<Page<NamedReport>> {
    Ok(Json(Page::whole(web.app.own_reports(&actor)?)))
}

/// What one of them says
#[utoipa::path(get, path = "/api/v1/reports/own/{name}", tag = "reports", params(("name" = String, Path), AtParam),
    responses((status = 200, body = ReportTable), (status = 400, body = Problem)))]
async fn own_table(
    State(web): State<Web>,
    By(actor): By,
    Path(name): Path<String>,
    Query(when): Query<AtParam>,
) -> ApiResult<ReportTable> {
    let report = web.app.own_report(&actor, &name)?;
    Ok(Json(web.app.report_table(&actor, &report, when.at).await?))
}

/// How each host is spoken to, by which key, and what is wrong with it
#[utoipa::path(get, path = "/api/v1/reports/crypto", tag = "reports", responses((status = 200, body = Page<CryptoView>)))]
async fn crypto(State(web): State<Web>, By(actor): By) -> ApiResult<Page<CryptoView>> {
    Ok(Json(Page::whole(web.app.crypto_report(&actor).await?)))
}

/// Which credential each device takes, and what is left of the tries of each account
#[utoipa::path(get, path = "/api/v1/reports/credentials", tag = "reports", responses((status = 200, body = CredsStatus)))]
async fn credentials(State(web): State<Web>, By(actor): By) -> ApiResult<CredsStatus> {
    Ok(Json(web.app.creds_status(&actor).await?))
}

/// SSH host keys of devices
#[utoipa::path(get, path = "/api/v1/host-keys", tag = "reports", responses((status = 200, body = Page<HostKeyView>)))]
async fn host_keys(State(web): State<Web>, By(actor): By) -> ApiResult<Page<HostKeyView>> {
    Ok(Json(Page::whole(web.app.host_keys(&actor).await?)))
}
