//! Whether the server does its work: for load balancers and for people who wonder.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(show))
}

/// Nothing in it is secret: everybody may ask.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Health {
    /// `ok` or `failing`
    pub status: &'static str,
    pub version: &'static str,
    /// `ok` or `failing`
    pub database: &'static str,
}

/// Whether the server and its database answer
#[utoipa::path(get, path = "/api/health", tag = "health", security(()),
    responses((status = 200, body = Health), (status = 503, body = Health)))]
async fn show(State(web): State<Web>) -> Response {
    let answers = web.app.has_users().await.is_ok();
    let word = if answers { "ok" } else { "failing" };
    let health = Health { status: word, version: env!("CARGO_PKG_VERSION"), database: word };
    let status = if answers { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(health)).into_response()
}
