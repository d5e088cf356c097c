//! Outside systems: reading one now.

use app::{SyncReport, VaultKey};
use axum::Json;
use axum::extract::{Query, State};
use model::object::DEVICE;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::problem::{ApiResult, Problem};
use crate::records::DryRun;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(sync_netbox))
}

/// Make devices of those of the NetBox that `netbox.yaml` in the data directory names, and keep up with it
#[utoipa::path(post, path = "/api/v1/sources/netbox/sync", tag = "inventory", params(DryRun),
    responses((status = 200, body = SyncReport), (status = 409, body = Problem)))]
async fn sync_netbox(State(web): State<Web>, By(actor): By, Query(how): Query<DryRun>) -> ApiResult<SyncReport> {
    web.app.may_change_inventory(&actor, &DEVICE)?;
    let none = || Problem::usage("netbox.yaml in the data directory names no `url`".to_owned());
    let (asked, credential) = web.app.netbox_file()?.request(how.dry_run)?.ok_or_else(none)?;
    let vault = web.app.open_vault(&actor, VaultKey::Keyring).await?;
    let token = vault.token(&credential)?;
    drop(vault);
    Ok(Json(web.app.sync_netbox(&actor, &token, &asked).await?))
}
