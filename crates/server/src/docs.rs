//! `/api/docs`: the document that describes the API, to be tried in the browser. A page of our own: a hundredth of the size of the
//! known ones, and it needs no script in the page itself.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::state::Web;

const HTML: &str = include_str!("docs/index.html");
const CSS: &str = include_str!("docs/docs.css");
const JS: &str = include_str!("docs/docs.js");

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/api/docs", get(|| file("text/html; charset=utf-8", HTML)))
        .route("/api/docs/docs.css", get(|| file("text/css; charset=utf-8", CSS)))
        .route("/api/docs/docs.js", get(|| file("text/javascript; charset=utf-8", JS)))
}

async fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text)
}
