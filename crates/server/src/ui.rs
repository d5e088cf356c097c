//! The screens, as they are in the binary: a page for each address that is not the API's, and what the pages need.
//!
//! `build.rs` puts in what `cargo xtask ui` built. Files under `assets/` have a hash in their names and stay what they are; the page
//! itself is asked for each time.

use std::io::Read;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

/// A file of the screens; at least one of its forms is there.
struct File {
    /// `assets/index-1a2b.js`
    path: &'static str,
    /// Changes with the content.
    tag: &'static str,
    plain: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
    brotli: Option<&'static [u8]>,
}

/// By path, in order. None when the screens were not built.
static FILES: &[File] = &include!(concat!(env!("OUT_DIR"), "/ui.rs"));

const PAGE: &str = "index.html";

/// Paths that no page has: what is not found there is not there.
const NOT_PAGES: [&str; 3] = ["/api/", "/assets/", "/metrics"];

const MISSING: &str = include_str!("docs/missing.html");

/// Whether the screens are in this binary.
pub fn is_there() -> bool {
    file(PAGE).is_some()
}

/// Answers what no route does: a file of the screens, else the page that finds out itself what is at this address.
pub async fn show(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    let is_page = !NOT_PAGES.iter().any(|p| path == p.trim_end_matches('/') || path.starts_with(p)) && !climbs(path);
    let known = file(path.trim_start_matches('/'));
    if known.is_none() && !is_page {
        return StatusCode::NOT_FOUND.into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    match known.or_else(|| file(PAGE)) {
        Some(file) => answer(file, &headers),
        None => ([(header::CONTENT_TYPE, HTML), (header::CACHE_CONTROL, "no-store")], MISSING).into_response(),
    }
}

/// Whether a path leads out of a folder, in any spelling: no page has such an address, and who asks means no good.
fn climbs(path: &str) -> bool {
    let plain =
        path.to_ascii_lowercase().replace("%2e", ".").replace("%2f", "/").replace("%5c", "/").replace('\\', "/");
    plain.split('/').any(|part| part == "..")
}

fn file(path: &str) -> Option<&'static File> {
    FILES.binary_search_by_key(&path, |file| file.path).ok().map(|at| &FILES[at])
}

fn answer(file: &File, headers: &HeaderMap) -> Response {
    let (body, coding) = body(file, headers);
    let tag = format!("\"{}{}\"", file.tag, coding.map_or_else(String::new, |c| format!("-{c}")));
    let keep = if file.path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let is_known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains(&tag));
    let mut response = match is_known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => body.into_response(),
    };
    let headers = response.headers_mut();
    let mut put = |name, value: &str| drop(HeaderValue::from_str(value).map(|value| headers.insert(name, value)));
    put(header::CONTENT_TYPE, content_type(file.path));
    put(header::CACHE_CONTROL, keep);
    put(header::ETAG, &tag);
    put(header::VARY, "accept-encoding");
    if let Some(coding) = coding {
        put(header::CONTENT_ENCODING, coding);
    }
    response
}

/// In the best coding that is taken.
fn body(file: &File, headers: &HeaderMap) -> (Body, Option<&'static str>) {
    match (file.brotli, file.gzip, file.plain) {
        (Some(bytes), ..) if takes(headers, "br") => (bytes.into(), Some("br")),
        (_, Some(bytes), _) if takes(headers, "gzip") => (bytes.into(), Some("gzip")),
        (_, _, Some(bytes)) => (bytes.into(), None),
        (_, gzip, None) => (unpacked(gzip.unwrap_or_default()).into(), None),
    }
}

fn takes(headers: &HeaderMap, coding: &str) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|word| {
        let (name, quality) = word.split_once(';').unwrap_or((word, ""));
        let is_none = quality.trim().strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0f32));
        name.trim().eq_ignore_ascii_case(coding) && !is_none
    })
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    if let Err(error) = flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain) {
        tracing::error!(%error, "a file of the screens is damaged in the binary");
    }
    plain
}

const HTML: &str = "text/html; charset=utf-8";

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => HTML,
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accepted: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))])
    }

    /// `hello`, in both codings.
    fn hello() -> File {
        // As gzip writes it without a name and a time.
        const GZIP: &[u8] =
            &[31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 7, 0, 134, 166, 16, 54, 5, 0, 0, 0];
        File { path: "assets/hello-1.js", tag: "00ff", plain: None, gzip: Some(GZIP), brotli: Some(b"br") }
    }

    fn check(accepted: &'static str, coding: Option<&str>) {
        let response = answer(&hello(), &of(accepted));
        let header = |name| response.headers().get(name).and_then(|v: &HeaderValue| v.to_str().ok());
        assert_eq!(header(header::CONTENT_ENCODING), coding, "{accepted}");
        assert_eq!(header(header::CACHE_CONTROL), Some("public, max-age=31536000, immutable"));
    }

    #[tokio::test]
    async fn the_best_coding_that_is_taken_is_sent_and_none_when_none_is() {
        check("gzip, deflate, br", Some("br"));
        check("gzip;q=1.0, br;q=0", Some("gzip"));
        check("identity", None);
        let plain = answer(&hello(), &of("identity")).into_body();
        assert_eq!(axum::body::to_bytes(plain, 99).await.expect("a body"), "hello");
    }

    #[test]
    fn who_has_it_is_not_sent_it_again() {
        let mut headers = of("br");
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"00ff-br\""));
        assert_eq!(answer(&hello(), &headers).status(), StatusCode::NOT_MODIFIED);
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"00fe-br\""));
        assert_eq!(answer(&hello(), &headers).status(), StatusCode::OK);
    }

    #[test]
    fn files_are_in_the_order_in_which_they_are_looked_for() {
        assert!(FILES.is_sorted_by_key(|file| file.path));
    }

    #[tokio::test]
    async fn an_address_of_the_api_is_no_page() {
        let ask = |method: Method, uri: &'static str| show(method, Uri::from_static(uri), HeaderMap::new());
        assert_eq!(ask(Method::GET, "/api/v1/nothing").await.status(), StatusCode::NOT_FOUND);
        assert_eq!(ask(Method::GET, "/assets/../../etc/passwd").await.status(), StatusCode::NOT_FOUND);
        assert_eq!(ask(Method::GET, "/%2E%2e/etc/passwd").await.status(), StatusCode::NOT_FOUND);
        assert_eq!(ask(Method::POST, "/devices").await.status(), StatusCode::METHOD_NOT_ALLOWED);
        let page = ask(Method::GET, "/devices/core-1.example.net").await;
        assert_eq!(page.status(), StatusCode::OK);
        assert_eq!(page.headers()[header::CONTENT_TYPE], HTML);
    }
}
