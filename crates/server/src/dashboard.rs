//! Figures for the first page.

use app::Figures;
use axum::Json;
use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::problem::ApiResult;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(show))
}

/// Figures of the network: devices, captures, parsing, changes, runs, credentials
#[utoipa::path(get, path = "/api/v1/dashboard", tag = "dashboard", responses((status = 200, body = Figures)))]
async fn show(State(web): State<Web>, By(actor): By) -> ApiResult<Figures> {
    Ok(Json(web.app.figures(&actor).await?))
}
