//! What goes around every request: whose page it comes from, what a browser may do with the answer, errors in one form.

use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::api::SECURITY;
use crate::problem::{MEDIA_TYPE, Problem};
use crate::state::Web;

/// A request from a page of another site is refused, whatever it asks for: nobody's browser is used against them, and no
/// foreign page reads the events.
pub async fn ours(State(web): State<Web>, request: Request, next: Next) -> Response {
    match is_ours(request.headers(), request.uri(), &web.options.origins) {
        true => next.run(request).await,
        false => Problem::new(
            StatusCode::FORBIDDEN,
            "foreign-origin",
            "the request comes from a page of another site; where a proxy stands before the server, start it with \
            `--origin https://NAME`",
        )
        .into_response(),
    }
}

fn is_ours(headers: &HeaderMap, uri: &Uri, origins: &[String]) -> bool {
    let text = |name| headers.get(name).map(|v: &HeaderValue| v.to_str().unwrap_or("null"));
    let Some(origin) = text(header::ORIGIN) else {
        // Followed links come from anywhere, and are the start of a visit; a browser says what else is not.
        let site = text(header::HeaderName::from_static("sec-fetch-site"));
        let mode = text(header::HeaderName::from_static("sec-fetch-mode"));
        return site != Some("cross-site") || mode == Some("navigate");
    };
    let host = text(header::HOST).or(uri.authority().map(|a| a.as_str()));
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let is_host = authority.is_some_and(|a| host.is_some_and(|h| h.eq_ignore_ascii_case(a)));
    is_host || origins.iter().any(|o| o.trim_end_matches('/').eq_ignore_ascii_case(origin))
}

pub async fn headers(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in SECURITY {
        headers.entry(name).or_insert(value);
    }
    if is_api {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

/// The longest text of an error that is not one of ours.
const LONGEST: usize = 4096;

/// An error that the framework made, such as that of a body that cannot be read, has the form of ours.
pub async fn problems(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !is_error || kind.starts_with(MEDIA_TYPE) || kind.starts_with("application/json") {
        return response;
    }
    let (parts, body) = response.into_parts();
    let text = tokio::time::timeout(Duration::from_secs(1), to_bytes(body, LONGEST)).await;
    let text = text.ok().and_then(Result::ok).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.filter(|text| !text.is_empty()).unwrap_or_else(|| usual(status));
    let mut response = Problem::of_status(status, text).into_response();
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = parts.headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

fn usual(status: StatusCode) -> String {
    match status {
        StatusCode::NOT_FOUND => {
            "there is nothing at this address; /api/openapi.json names all that there is".to_owned()
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            "this address does not take that method; `Allow` says which it takes".to_owned()
        }
        StatusCode::REQUEST_TIMEOUT => "the request took too long to arrive".to_owned(),
        StatusCode::GATEWAY_TIMEOUT => "the answer took too long; ask for less at once".to_owned(),
        other => other.canonical_reason().unwrap_or("failed").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[(&'static str, &'static str)], expected: bool) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_static(value));
        }
        let known = ["https://velocity.example".to_owned()];
        assert_eq!(is_ours(&map, &Uri::from_static("/api/v1/events"), &known), expected, "{headers:?}");
    }

    #[test]
    fn only_pages_of_ours_may_ask() {
        check(&[("host", "localhost:8086")], true);
        check(&[("host", "localhost:8086"), ("origin", "http://localhost:8086")], true);
        check(&[("host", "localhost:8086"), ("origin", "https://velocity.example")], true);
        check(&[("host", "localhost:8086"), ("origin", "http://evil.example")], false);
        check(&[("host", "localhost:8086"), ("origin", "http://localhost:9000")], false);
        check(&[("host", "localhost:8086"), ("origin", "null")], false);
        check(&[("host", "evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], false);
        check(&[("host", "localhost"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], true);
    }
}
