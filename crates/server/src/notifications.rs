//! Notifications: by which ways persons are told, of what, and what was told.

use app::{Notification, OpenVault, VaultKey};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::page::{self, Page};
use crate::problem::{ApiResult, Problem};
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(test))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NotificationParams {
    /// `waiting`, `sent` or `failed`; all when it is not given.
    state: Option<String>,
    /// Rows, 1 to 1000; 100 when it is not given.
    limit: Option<u32>,
}

/// What was told, and what waits, the newest first
#[utoipa::path(get, path = "/api/v1/notifications", tag = "notifications", params(NotificationParams),
    responses((status = 200, body = Page<Notification>), (status = 400, body = Problem)))]
async fn list(
    State(web): State<Web>,
    By(actor): By,
    Query(asked): Query<NotificationParams>,
) -> ApiResult<Page<Notification>> {
    let state = asked.state.as_deref().filter(|s| !s.is_empty());
    if state.is_some_and(|s| !["waiting", "sent", "failed"].contains(&s)) {
        return Err(Problem::usage("`state` is waiting, sent or failed"));
    }
    Ok(Json(Page::whole(web.app.notifications(&actor, state, page::limit(asked.limit)).await?)))
}

/// Send a message that says it is a test; the answer says why it did not arrive
#[utoipa::path(post, path = "/api/v1/notifications/channels/{reference}/test", tag = "notifications",
    params(("reference" = String, Path)),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn test(State(web): State<Web>, By(actor): By, Path(channel): Path<String>) -> Result<StatusCode, Problem> {
    web.app.may_start_runs(&actor)?;
    let vault: Option<OpenVault> = match web.app.channel_credentials(&actor).await?.is_empty() {
        true => None,
        // A channel without a credential is told even when the vault is locked.
        false => web.app.open_vault(&actor, VaultKey::Keyring).await.ok(),
    };
    web.app.test_channel(&actor, &channel, vault.as_ref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
