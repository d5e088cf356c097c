//! The map: devices, links, what came and went, and files for other tools.

use app::{Difference, Format, Group, LinkView, MapQuery};
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use model::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::facts::download;
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(links)).routes(routes!(export)).routes(routes!(diff))
}

#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum GroupBy {
    #[default]
    Site,
    Role,
    None,
}

#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum MapFormat {
    Graphml,
    Drawio,
    Mermaid,
    Json,
    Dot,
    Csv,
    Svg,
    Cytoscape,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MapParams {
    /// Each member of a port channel is a link of its own.
    #[serde(default)]
    members: bool,
    /// What stands together: `site`, `role` or `none`.
    #[serde(default)]
    #[param(inline)]
    group: GroupBy,
    /// As it was then.
    at: Option<Timestamp>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MapExportParams {
    /// `graphml`, `drawio`, `mermaid`, `json`, `dot`, `csv`, `svg` or `cytoscape`.
    #[param(inline)]
    format: MapFormat,
    /// Each member of a port channel is a link of its own.
    #[serde(default)]
    members: bool,
    /// What stands together: `site`, `role` or `none`.
    #[serde(default)]
    #[param(inline)]
    group: GroupBy,
    /// As it was then.
    at: Option<Timestamp>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BetweenParams {
    from: Timestamp,
    /// Now when it is not given.
    to: Option<Timestamp>,
}

/// The map, in the form of Cytoscape: `elements.nodes` and `elements.edges`, each with `data`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Map {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub graph: Value,
}

fn query(members: bool, group: GroupBy, at: Option<Timestamp>) -> MapQuery {
    let group = match group {
        GroupBy::Site => Group::Site,
        GroupBy::Role => Group::Role,
        GroupBy::None => Group::None,
    };
    MapQuery { members, group, at }
}

/// The map as nodes and edges
#[utoipa::path(get, path = "/api/v1/topology", tag = "topology", params(MapParams), responses((status = 200, body = Map)))]
async fn show(State(web): State<Web>, By(actor): By, Query(asked): Query<MapParams>) -> ApiResult<Map> {
    let text = web.app.map(&actor, Format::Cytoscape, query(asked.members, asked.group, asked.at)).await?;
    let graph = serde_json::from_str(&text).map_err(app::AppError::from)?;
    Ok(Json(Map { graph }))
}

/// The links of the map, after them those to neighbours that are no devices of ours
#[utoipa::path(get, path = "/api/v1/topology/links", tag = "topology", params(MapParams),
    responses((status = 200, body = Page<LinkView>)))]
async fn links(State(web): State<Web>, By(actor): By, Query(asked): Query<MapParams>) -> ApiResult<Page<LinkView>> {
    let links = web.app.links(&actor, query(asked.members, asked.group, asked.at)).await?;
    Ok(Json(Page::whole(links)))
}

/// The map as a file
#[utoipa::path(get, path = "/api/v1/topology/export", tag = "topology", params(MapExportParams),
    responses((status = 200, description = "a file", content_type = "application/octet-stream", body = String)))]
async fn export(
    State(web): State<Web>,
    By(actor): By,
    Query(asked): Query<MapExportParams>,
) -> Result<Response, Problem> {
    let (format, name, kind) = match asked.format {
        MapFormat::Graphml => (Format::Graphml, "map.graphml", "application/graphml+xml"),
        MapFormat::Drawio => (Format::Drawio, "map.drawio", "application/xml"),
        MapFormat::Mermaid => (Format::Mermaid, "map.mmd", "text/plain; charset=utf-8"),
        MapFormat::Json => (Format::Json, "map.json", "application/json"),
        MapFormat::Dot => (Format::Dot, "map.dot", "text/plain; charset=utf-8"),
        MapFormat::Csv => (Format::Csv, "map.csv", "text/csv; charset=utf-8"),
        MapFormat::Svg => (Format::Svg, "map.svg", "image/svg+xml"),
        MapFormat::Cytoscape => (Format::Cytoscape, "map.cyjs", "application/json"),
    };
    let text = web.app.map(&actor, format, query(asked.members, asked.group, asked.at)).await?;
    Ok(download(name, kind, text))
}

/// What came and went in the map between two moments
#[utoipa::path(get, path = "/api/v1/topology/diff", tag = "topology", params(BetweenParams),
    responses((status = 200, body = Difference)))]
async fn diff(State(web): State<Web>, By(actor): By, Query(asked): Query<BetweenParams>) -> ApiResult<Difference> {
    Ok(Json(web.app.map_difference(&actor, asked.from, asked.to).await?))
}
