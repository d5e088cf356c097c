//! The vault: what it holds by name, whether it is open. No secret leaves it here.

use app::vault::VaultState;
use app::{CredentialView, VaultKey};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::secret::Secret;
use crate::state::{From as Peers, Web};

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(unlock))
        .routes(routes!(lock))
        .routes(routes!(credentials))
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    password: Secret,
    /// It is locked again after so long; not before it is told to, when it is not given.
    seconds: Option<u32>,
}

/// Whether there is a vault, and whether it is open
#[utoipa::path(get, path = "/api/v1/vault", tag = "vault", responses((status = 200, body = VaultState)))]
async fn show(State(web): State<Web>, By(actor): By) -> ApiResult<VaultState> {
    Ok(Json(web.app.vault_state(&actor).await?))
}

/// Unlock the vault: its key stays with the keyring of the machine. Guesses count as attempts to log in
#[utoipa::path(post, path = "/api/v1/vault/unlock", tag = "vault", request_body = Unlock,
    responses((status = 204), (status = 409, body = Problem), (status = 429, body = Problem)))]
async fn unlock(
    State(web): State<Web>,
    axum::Extension(Peers(from)): axum::Extension<Peers>,
    By(actor): By,
    Json(asked): Json<Unlock>,
) -> Result<StatusCode, Problem> {
    let now = web.app.now();
    // No user has a blank in the name.
    let key = format!("vault {}", actor.name);
    let _turn = web.attempts.turn(from.ip(), &key, now).await.map_err(crate::session::wait)?;
    let opened = web.app.open_vault(&actor, VaultKey::Password(asked.password.0)).await;
    if let Err(app::AppError::Vault(_)) = &opened {
        web.attempts.refused(from.ip(), &key, now);
    }
    web.app.unlock_vault(&actor, &opened?, asked.seconds).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lock the vault
#[utoipa::path(post, path = "/api/v1/vault/lock", tag = "vault", responses((status = 204), (status = 409, body = Problem)))]
async fn lock(State(web): State<Web>, By(actor): By) -> Result<StatusCode, Problem> {
    web.app.lock_vault(&actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Credentials, without their secrets
#[utoipa::path(get, path = "/api/v1/credentials", tag = "vault", responses((status = 200, body = Page<CredentialView>)))]
async fn credentials(State(web): State<Web>, By(actor): By) -> ApiResult<Page<CredentialView>> {
    Ok(Json(Page::whole(web.app.credentials(&actor).await?)))
}
