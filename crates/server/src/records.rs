//! Sites, roles, devices …: what a person keeps of the inventory, one way for all kinds of records.

use std::collections::BTreeMap;

use app::{Deletion, Edit, Record, RecordFilter, Write, Written};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use model::ObjectKind;
use model::object::DEVICE;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::headers::{IfMatch, etag};
use crate::page::{self, Page};
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RecordParams {
    /// `*` and `?` stand for what they do in file names; of name or slug.
    name: Option<String>,
    status: Option<String>,
    /// Of sites only.
    tag: Option<String>,
    /// Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number.
    device: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Rows, 1 to 1000; 100 when it is not given.
    limit: Option<u32>,
}

/// What a record is to become.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RecordEdit {
    /// Fields by name; null empties one.
    set: BTreeMap<String, Option<String>>,
    add_tags: Vec<String>,
    remove_tags: Vec<String>,
    /// Fields of devices that discovery may say again.
    release: Vec<String>,
    /// Make sites, roles and platforms that are not there.
    make: bool,
    /// Show what would be, write nothing.
    dry_run: bool,
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DryRun {
    /// Show what would be, write nothing.
    #[serde(default)]
    pub dry_run: bool,
}

/// What a deletion did, or would do.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Deleted {
    /// What hung on each.
    pub deletions: Vec<Deletion>,
    pub written: Written,
}

/// What many devices are to become.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct BulkEdit {
    /// As `select` of `/api/v1/devices`.
    select: String,
    edit: RecordEdit,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct BulkDelete {
    /// As `select` of `/api/v1/devices`.
    select: String,
    /// Show what would be, write nothing.
    #[serde(default)]
    dry_run: bool,
}

impl RecordEdit {
    fn parts(self, version: Option<i64>) -> (Edit, Write) {
        let set = self.set.into_iter().map(|(field, value)| (field, value.unwrap_or_default())).collect();
        let edit = Edit { set, add_tags: self.add_tags, remove_tags: self.remove_tags, release: self.release };
        (edit, Write { dry_run: self.dry_run, version, make: self.make })
    }
}

async fn list(web: &Web, By(actor): &By, kind: &'static ObjectKind, asked: RecordParams) -> ApiResult<Page<Record>> {
    let limit = page::limit(asked.limit);
    let after: Option<(String, i64)> = page::place(asked.cursor.as_deref())?;
    let RecordParams { name, status, tag, device, .. } = asked;
    let filter = RecordFilter { name, status, tag, device, after, limit: Some(limit + 1) };
    let records = web.app.records(actor, kind, &filter).await?;
    let first = kind.fields[0].name;
    Ok(Json(Page::cut(records, limit, |r| (r.text(first), r.id))))
}

async fn show(web: &Web, By(actor): &By, kind: &'static ObjectKind, reference: &str) -> Result<Response, Problem> {
    let record = web.app.record_of(actor, kind, reference).await?;
    Ok((etag(record.version), Json(record)).into_response())
}

async fn add(web: &Web, By(actor): &By, kind: &'static ObjectKind, asked: RecordEdit) -> Result<Response, Problem> {
    let (edit, write) = asked.parts(None);
    let written = web.app.add_record(actor, kind, &edit, &write).await?;
    let status = if written.dry_run { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(written)).into_response())
}

async fn edit(
    web: &Web,
    By(actor): &By,
    kind: &'static ObjectKind,
    reference: &str,
    seen: &IfMatch,
    asked: RecordEdit,
) -> ApiResult<Written> {
    web.app.may_change_inventory(actor, kind)?;
    let (edit, write) = asked.parts(seen.version()?);
    let record = web.app.record_of(actor, kind, reference).await?;
    Ok(Json(web.app.edit_records(actor, kind, &[record.id], &edit, &write).await?))
}

async fn delete(
    web: &Web,
    By(actor): &By,
    kind: &'static ObjectKind,
    references: &[String],
    dry_run: bool,
) -> ApiResult<Deleted> {
    let deletions = web.app.deletion(actor, kind, references).await?;
    let ids: Vec<i64> = deletions.iter().map(|d| d.id).collect();
    let write = Write { dry_run, ..Write::default() };
    let written = web.app.delete_records(actor, kind, &ids, &write).await?;
    Ok(Json(Deleted { deletions, written }))
}

/// The routes of one kind of record.
macro_rules! kind_routes {
    ($module:ident, $kind:ident, $tag:literal, $list:literal, $one:literal) => {
        pub mod $module {
            use axum::Json;
            use axum::extract::{Path, Query, State};
            use axum::response::Response;
            use model::object::$kind;

            #[allow(unused_imports, reason = "devices have a list of their own")]
            use super::*;

            /// Records by name
            #[utoipa::path(get, path = $list, tag = $tag, params(RecordParams),
                responses((status = 200, body = Page<Record>), (status = 400, body = Problem)))]
            pub async fn list(State(web): State<Web>, by: By, Query(asked): Query<RecordParams>) -> ApiResult<Page<Record>> {
                super::list(&web, &by, &$kind, asked).await
            }

            /// A record by slug, name or id; `ETag` is its version
            #[utoipa::path(get, path = $one, tag = $tag, params(("reference" = String, Path)),
                responses((status = 200, body = Record), (status = 404, body = Problem)))]
            pub async fn show(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Response, Problem> {
                super::show(&web, &by, &$kind, &reference).await
            }

            kind_routes!(@write $module, $kind, $tag, $list, $one);

            pub fn routes() -> OpenApiRouter<Web> {
                OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(show, edit, delete))
            }
        }
    };
    (@write $module:ident, $kind:ident, $tag:literal, $list:literal, $one:literal) => {
        /// Add a record; `dry_run` shows what would be
        #[utoipa::path(post, path = $list, tag = $tag, request_body = RecordEdit,
            responses((status = 201, body = Written), (status = 200, body = Written), (status = 409, body = Problem)))]
        pub async fn add(State(web): State<Web>, by: By, Json(asked): Json<RecordEdit>) -> Result<Response, Problem> {
            super::add(&web, &by, &$kind, asked).await
        }

        /// Change a record; with `If-Match` only the version that was seen
        #[utoipa::path(patch, path = $one, tag = $tag, request_body = RecordEdit, params(("reference" = String, Path), IfMatch),
            responses((status = 200, body = Written), (status = 404, body = Problem), (status = 412, body = Problem)))]
        pub async fn edit(
            State(web): State<Web>,
            by: By,
            Path(reference): Path<String>,
            seen: IfMatch,
            Json(asked): Json<RecordEdit>,
        ) -> ApiResult<Written> {
            super::edit(&web, &by, &$kind, &reference, &seen, asked).await
        }

        /// Delete a record, and what hangs on it; `dry_run` says what that is
        #[utoipa::path(delete, path = $one, tag = $tag, params(("reference" = String, Path), DryRun),
            responses((status = 200, body = Deleted), (status = 404, body = Problem)))]
        pub async fn delete(
            State(web): State<Web>,
            by: By,
            Path(reference): Path<String>,
            Query(how): Query<DryRun>,
        ) -> ApiResult<Deleted> {
            super::delete(&web, &by, &$kind, &[reference], how.dry_run).await
        }
    };
}

kind_routes!(sites, SITE, "sites", "/api/v1/sites", "/api/v1/sites/{reference}");
kind_routes!(locations, LOCATION, "locations", "/api/v1/locations", "/api/v1/locations/{reference}");
kind_routes!(roles, ROLE, "roles", "/api/v1/roles", "/api/v1/roles/{reference}");
kind_routes!(platforms, PLATFORM, "platforms", "/api/v1/platforms", "/api/v1/platforms/{reference}");
kind_routes!(
    manufacturers,
    MANUFACTURER,
    "manufacturers",
    "/api/v1/manufacturers",
    "/api/v1/manufacturers/{reference}"
);
kind_routes!(device_types, DEVICE_TYPE, "device-types", "/api/v1/device-types", "/api/v1/device-types/{reference}");
kind_routes!(tags, TAG, "tags", "/api/v1/tags", "/api/v1/tags/{reference}");
kind_routes!(interfaces, INTERFACE, "interfaces", "/api/v1/interfaces", "/api/v1/interfaces/{reference}");
kind_routes!(ip_addresses, IP_ADDRESS, "ip-addresses", "/api/v1/ip-addresses", "/api/v1/ip-addresses/{reference}");
kind_routes!(cables, CABLE, "cables", "/api/v1/cables", "/api/v1/cables/{reference}");

kind_routes!(
    channels,
    CHANNEL,
    "notifications",
    "/api/v1/notifications/channels",
    "/api/v1/notifications/channels/{reference}"
);
kind_routes!(
    notice_rules,
    NOTICE_RULE,
    "notifications",
    "/api/v1/notifications/rules",
    "/api/v1/notifications/rules/{reference}"
);

/// What is written of devices; how they are shown stands in `devices`.
pub mod devices {
    use axum::extract::{Path, Query, State};

    use super::*;

    kind_routes!(@write devices, DEVICE, "devices", "/api/v1/devices", "/api/v1/devices/{reference}");

    /// Change many devices at once; `dry_run` shows each. `undo` of the answer takes it back
    #[utoipa::path(post, path = "/api/v1/devices/bulk-edit", tag = "devices", request_body = BulkEdit,
        responses((status = 200, body = Written), (status = 400, body = Problem)))]
    async fn bulk_edit(State(web): State<Web>, By(actor): By, Json(asked): Json<BulkEdit>) -> ApiResult<Written> {
        web.app.may_change_inventory(&actor, &DEVICE)?;
        let (edit, write) = asked.edit.parts(None);
        let devices = web.app.devices(&actor, &asked.select).await?;
        let ids: Vec<i64> = devices.iter().map(|d| d.id.0).collect();
        if ids.is_empty() {
            return Err(Problem::usage("no device matches `select`"));
        }
        Ok(Json(web.app.edit_records(&actor, &DEVICE, &ids, &edit, &write).await?))
    }

    /// Delete many devices at once; `dry_run` says what would be lost. `undo` of the answer takes it back
    #[utoipa::path(post, path = "/api/v1/devices/bulk-delete", tag = "devices", request_body = BulkDelete,
        responses((status = 200, body = Deleted), (status = 400, body = Problem)))]
    async fn bulk_delete(State(web): State<Web>, by: By, Json(asked): Json<BulkDelete>) -> ApiResult<Deleted> {
        web.app.may_change_inventory(&by.0, &DEVICE)?;
        let devices = web.app.devices(&by.0, &asked.select).await?;
        let references: Vec<String> = devices.into_iter().map(|d| d.slug).collect();
        if references.is_empty() {
            return Err(Problem::usage("no device matches `select`"));
        }
        super::delete(&web, &by, &DEVICE, &references, asked.dry_run).await
    }

    pub fn routes() -> OpenApiRouter<Web> {
        OpenApiRouter::new()
            .routes(routes!(add))
            .routes(routes!(edit, delete))
            .routes(routes!(bulk_edit))
            .routes(routes!(bulk_delete))
    }
}

pub fn routes() -> OpenApiRouter<Web> {
    sites::routes()
        .merge(locations::routes())
        .merge(roles::routes())
        .merge(platforms::routes())
        .merge(manufacturers::routes())
        .merge(device_types::routes())
        .merge(tags::routes())
        .merge(interfaces::routes())
        .merge(ip_addresses::routes())
        .merge(cables::routes())
        .merge(channels::routes())
        .merge(notice_rules::routes())
        .merge(devices::routes())
}
