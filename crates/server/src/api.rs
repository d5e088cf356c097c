//! All routes, what goes around them, and the document that describes them.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware;
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};
use utoipa::OpenApi;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, RefOr};
use utoipa_axum::router::OpenApiRouter;

use crate::state::Web;
use crate::{
    audit, batches, by, captures, changes, credentials, dashboard, devices, docs, events, executions, facts, find,
    health, inventories, job_runs, jobs, metrics, notes, notifications, old_routes, origin, records, reports, runs,
    schedules, search, session, sources, system, templates, terminals, topology, ui, users, vault,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Velocity",
        description = "The network, as Velocity knows it. Lists come in pages: give `next` of one as `cursor` for the \
            following. Errors are problem+json and say what to do. A session (a cookie, after `POST /api/v1/session`) or \
            a token (`Authorization: Bearer`) says who asks; by a session, a request that changes something also has the \
            header `X-Velocity: 1`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    security(("session" = []), ("token" = []))
)]
struct Api;

/// The most that a request may say: 16 MiB.
const BODY: usize = 16 * 1024 * 1024;

/// How long the body of a request may take between two parts of it, and an answer altogether to begin.
const BODY_PAUSE: Duration = Duration::from_secs(20);
const ANSWER: Duration = Duration::from_secs(300);

fn parts() -> (Router<Web>, Document) {
    let routes = OpenApiRouter::with_openapi(Api::openapi())
        .merge(session::routes())
        .merge(dashboard::routes())
        .merge(devices::routes())
        .merge(records::routes())
        .merge(captures::routes())
        .merge(facts::routes())
        .merge(find::routes())
        .merge(search::routes())
        .merge(changes::routes())
        .merge(topology::routes())
        .merge(reports::routes())
        .merge(executions::routes())
        .merge(runs::routes())
        .merge(jobs::routes())
        .merge(job_runs::routes())
        .merge(batches::routes())
        .merge(schedules::routes())
        .merge(templates::routes())
        .merge(events::routes())
        .merge(notes::routes())
        .merge(audit::routes())
        .merge(users::routes())
        .merge(vault::routes())
        .merge(credentials::routes())
        .merge(notifications::routes())
        .merge(inventories::routes())
        .merge(sources::routes())
        .merge(system::routes())
        .merge(terminals::routes())
        .merge(old_routes::routes())
        .merge(metrics::routes())
        .merge(health::routes());
    let (router, mut document) = routes.split_for_parts();
    name_operations(&mut document);
    open_parts(&mut document);
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(by::COOKIE)));
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let components = document.components.get_or_insert_default();
    components.security_schemes.extend([("session".to_owned(), cookie.into()), ("token".to_owned(), token.into())]);
    (router, document)
}

/// `get_devices_by_reference`: a name for each operation that no other has, made of what it is called by.
fn name_operations(document: &mut Document) {
    for (path, item) in &mut document.paths.paths {
        let words =
            path.trim_start_matches("/api/v1").replace('{', "by_").replace('}', "").replace(['/', '-', '.'], "_");
        let methods = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in methods {
            if let Some(operation) = operation {
                operation.operation_id = Some(format!("{method}{words}"));
            }
        }
    }
}

/// What is a part of a larger answer cannot forbid the fields of the rest of it.
fn open_parts(document: &mut Document) {
    let Some(components) = &mut document.components else { return };
    let parts = |schema: &RefOr<Schema>| match schema {
        RefOr::T(Schema::AllOf(all)) => all.items.iter().filter_map(reference).collect(),
        _ => Vec::new(),
    };
    let names: Vec<String> = components.schemas.values().flat_map(parts).collect();
    for name in names {
        if let Some(RefOr::T(Schema::Object(object))) = components.schemas.get_mut(&name) {
            object.additional_properties = None;
        }
    }
}

fn reference(schema: &RefOr<Schema>) -> Option<String> {
    match schema {
        RefOr::Ref(to) => to.ref_location.rsplit('/').next().map(str::to_owned),
        RefOr::T(_) => None,
    }
}

/// The document that describes the API: OpenAPI 3.1 as JSON.
pub fn openapi_json() -> String {
    let mut text = parts().1.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// Everything that the server answers.
pub fn router(web: Web) -> Router {
    let document = openapi_json();
    let show = move || async move { ([(header::CONTENT_TYPE, "application/json")], document) };
    let not_events = DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream"));
    let around = ServiceBuilder::new()
        .layer(middleware::from_fn(origin::headers))
        .layer(middleware::from_fn(origin::problems))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new().gzip(true).compress_when(not_events))
        .layer(middleware::from_fn_with_state(web.clone(), origin::ours))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, ANSWER))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(DefaultBodyLimit::max(BODY));
    let router = parts().0.merge(docs::routes()).merge(old_routes::bookmarks()).route("/api/openapi.json", get(show));
    router.fallback(ui::show).with_state(web).layer(around)
}

/// Headers of every answer: nothing is loaded from elsewhere, run from the page, framed or guessed.
pub const SECURITY: [(HeaderName, HeaderValue); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
            font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; \
            form-action 'self'; frame-ancestors 'none'",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];
