//! Facts: what was read from captures, with the lines that prove it.

use app::{FactQuery, FactView, TableFormat};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use model::fact::KINDS;
use model::{CaptureId, Evidence, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::page::{self, Page};
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(kinds)).routes(routes!(list)).routes(routes!(export)).routes(routes!(proof))
}

/// A kind of fact.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FactKindView {
    /// `arp`, `mac`, `bgp_neighbors` …
    pub name: &'static str,
    pub columns: Vec<&'static str>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FactParams {
    /// A MAC or a part of one, an IP address or whole octets of one, or a text.
    search: Option<String>,
    /// One device alone.
    device: Option<String>,
    /// Only of this VRF; `default` is the one without a name.
    vrf: Option<String>,
    /// As it was then.
    at: Option<Timestamp>,
    /// What is gone as well.
    #[serde(default)]
    history: bool,
    /// With the lines that prove each.
    #[serde(default)]
    evidence: bool,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Rows, 1 to 1000; 100 when it is not given.
    limit: Option<u32>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FactExportParams {
    search: Option<String>,
    device: Option<String>,
    vrf: Option<String>,
    at: Option<Timestamp>,
    #[serde(default)]
    history: bool,
    /// `csv`, `json` or `ndjson`.
    #[serde(default)]
    #[param(inline)]
    format: ExportFormat,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    #[default]
    Csv,
    Json,
    Ndjson,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProofParams {
    first_line: u32,
    last_line: u32,
}

/// Lines of a capture, secrets masked.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Proof {
    pub text: String,
}

impl ExportFormat {
    pub fn table(self) -> TableFormat {
        match self {
            ExportFormat::Csv => TableFormat::Csv,
            ExportFormat::Json => TableFormat::Json,
            ExportFormat::Ndjson => TableFormat::Ndjson,
        }
    }

    /// The export as a file that a browser saves.
    pub fn file(self, name: &str, text: String) -> Response {
        let (ending, kind) = match self {
            ExportFormat::Csv => ("csv", "text/csv; charset=utf-8"),
            ExportFormat::Json => ("json", "application/json"),
            ExportFormat::Ndjson => ("ndjson", "application/x-ndjson"),
        };
        download(&format!("{name}.{ending}"), kind, text)
    }
}

/// A file that a browser saves; the name is one of ours.
pub fn download(name: &str, kind: &'static str, text: String) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", model::text::slug(name));
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
}

/// Rows of an export at most.
const MOST_EXPORTED: u32 = 1_000_000;

/// Kinds of facts and their columns
#[utoipa::path(get, path = "/api/v1/facts", tag = "facts", responses((status = 200, body = Page<FactKindView>)))]
async fn kinds(By(_who): By) -> Json<Page<FactKindView>> {
    let view = |k: &&'static model::FactKind| FactKindView {
        name: k.name,
        columns: k.columns.iter().map(|c| c.name).collect(),
    };
    Json(Page::whole(KINDS.iter().map(view).collect()))
}

/// Facts of a kind: `arp`, `mac`, `routes`, `interfaces`, `components` …
#[utoipa::path(get, path = "/api/v1/facts/{kind}", tag = "facts", params(("kind" = String, Path), FactParams),
    responses((status = 200, body = Page<FactView>), (status = 400, body = Problem)))]
async fn list(
    State(web): State<Web>,
    By(actor): By,
    Path(kind): Path<String>,
    Query(asked): Query<FactParams>,
) -> ApiResult<Page<FactView>> {
    let (limit, after) = (page::limit(asked.limit), page::place::<i64>(asked.cursor.as_deref())?);
    let query = FactQuery {
        pattern: asked.search.filter(|s| !s.trim().is_empty()),
        device: asked.device,
        vrf: asked.vrf,
        at: asked.at,
        history: asked.history,
        limit: limit + 1,
    };
    let (_, facts) = web.app.facts_after(&actor, &kind, query, after).await?;
    let mut page = Page::cut(facts, limit, |f| f.id);
    if asked.evidence {
        web.app.prove(&mut page.items).await?;
    }
    Ok(Json(page))
}

/// Facts of a kind as a file, a million at most
#[utoipa::path(get, path = "/api/v1/facts/{kind}/export", tag = "facts", params(("kind" = String, Path), FactExportParams),
    responses((status = 200, description = "a file", content_type = "text/csv", body = String), (status = 400, body = Problem)))]
async fn export(
    State(web): State<Web>,
    By(actor): By,
    Path(kind): Path<String>,
    Query(asked): Query<FactExportParams>,
) -> Result<Response, Problem> {
    let FactExportParams { search, device, vrf, at, history, format } = asked;
    let pattern = search.filter(|s| !s.trim().is_empty());
    let query = FactQuery { pattern, device, vrf, at, history, limit: MOST_EXPORTED };
    let text = web.app.export_facts(&actor, &kind, query, format.table()).await?;
    Ok(format.file(&kind, text))
}

/// The lines of a capture that prove a fact, secrets masked
#[utoipa::path(get, path = "/api/v1/captures/{id}/lines", tag = "captures", params(("id" = i64, Path), ProofParams),
    responses((status = 200, body = Proof), (status = 404, body = Problem)))]
async fn proof(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Query(asked): Query<ProofParams>,
) -> ApiResult<Proof> {
    let ProofParams { first_line, last_line } = asked;
    let evidence = Evidence {
        capture: CaptureId(id),
        capture_type: String::new(),
        first_line,
        last_line,
        template: String::new(),
    };
    Ok(Json(Proof { text: web.app.proof_of(&actor, &evidence).await? }))
}
