//! The inventory as other tools read it: Nornir, Ansible, Prometheus, Oxidized, containerlab …

use app::{ExportFile, InventoryFormat};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use model::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::facts::{ExportFormat, download};
use crate::page::Page;
use crate::problem::Problem;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(devices)).routes(routes!(tools)).routes(routes!(file))
}

/// A tool, and the files of its inventory.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InventoryTool {
    /// `nornir`, `ansible` …
    pub name: &'static str,
    pub title: &'static str,
    /// `/api/v1/inventories/{tool}/{file}`
    pub files: Vec<&'static str>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InventoryParams {
    /// As `select` of `/api/v1/devices`; all when it is not given.
    select: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeviceExportParams {
    /// `csv`, `json` or `ndjson`.
    #[serde(default)]
    #[param(inline)]
    format: ExportFormat,
    /// As it was then.
    at: Option<Timestamp>,
}

/// What it is called, in words, its files, and what it is for `app`.
type Tool = (&'static str, &'static str, &'static [&'static str], InventoryFormat);

static TOOLS: [Tool; 10] = [
    ("nornir", "Nornir: SimpleInventory", &["hosts.yaml", "groups.yaml", "defaults.yaml"], InventoryFormat::Nornir),
    ("ansible", "Ansible: dynamic inventory", &["inventory.json"], InventoryFormat::Ansible),
    ("prometheus", "Prometheus: http_sd and file_sd", &["targets.json"], InventoryFormat::Prometheus),
    ("oxidized", "Oxidized: router.db", &["router.db"], InventoryFormat::Oxidized),
    ("containerlab", "containerlab: topology", &["velocity.clab.yml"], InventoryFormat::Containerlab),
    ("ssh", "OpenSSH: client configuration", &["ssh_config"], InventoryFormat::Ssh),
    ("hosts", "/etc/hosts", &["hosts"], InventoryFormat::Hosts),
    ("netbox", "NetBox: bulk import of devices", &["devices.csv"], InventoryFormat::Netbox),
    ("sessions", "sessions.yaml of the Velocity family", &["sessions.yaml"], InventoryFormat::Sessions),
    ("rancid", "RANCID 3: router.db", &["router.db"], InventoryFormat::Rancid),
];

/// Devices as a file, with the columns that the import reads
#[utoipa::path(get, path = "/api/v1/devices/export", tag = "devices", params(DeviceExportParams),
    responses((status = 200, description = "a file", content_type = "text/csv", body = String)))]
async fn devices(
    State(web): State<Web>,
    By(actor): By,
    Query(asked): Query<DeviceExportParams>,
) -> Result<Response, Problem> {
    let text = web.app.export_devices(&actor, asked.format.table(), asked.at).await?;
    Ok(asked.format.file("devices", text))
}

/// Tools that the inventory can be written for
#[utoipa::path(get, path = "/api/v1/inventories", tag = "inventories",
    responses((status = 200, body = Page<InventoryTool>)))]
async fn tools(By(_who): By) -> Json<Page<InventoryTool>> {
    let view = |(name, title, files, _): &Tool| InventoryTool { name, title, files: files.to_vec() };
    Json(Page::whole(TOOLS.iter().map(view).collect()))
}

/// A file of the inventory for a tool; no secret is in it
#[utoipa::path(get, path = "/api/v1/inventories/{tool}/{file}", tag = "inventories",
    params(("tool" = String, Path), ("file" = String, Path), InventoryParams),
    responses((status = 200, description = "a file", content_type = "text/plain", body = String),
        (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn file(
    State(web): State<Web>,
    By(actor): By,
    Path((name, file)): Path<(String, String)>,
    Query(asked): Query<InventoryParams>,
) -> Result<Response, Problem> {
    let found = TOOLS.iter().find(|(tool, _, files, _)| *tool == name && files.contains(&file.as_str()));
    let unknown = || {
        let text = "there is no such inventory; `/api/v1/inventories` lists tools and files";
        Problem::new(axum::http::StatusCode::NOT_FOUND, "not-found", text)
    };
    let (.., format) = found.ok_or_else(unknown)?;
    let select = asked.select.as_deref().filter(|s| !s.trim().is_empty()).unwrap_or("all");
    let files = web.app.export_inventory(&actor, select, *format).await?;
    let ExportFile { name, text } = files.into_iter().find(|f| f.name == file).ok_or_else(unknown)?;
    let kind = if name.ends_with(".json") { "application/json" } else { "text/plain; charset=utf-8" };
    Ok(download(name, kind, text))
}
