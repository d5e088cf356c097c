//! The vault: whether it is open, its password, and all of it in a file. No secret leaves it here, unless sealed.

use std::net::SocketAddr;

use app::vault::VaultState;
use app::{Actor, OpenVault, VaultKey};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::problem::{ApiResult, Problem};
use crate::records::DryRun;
use crate::secret::Secret;
use crate::state::{From as Peers, Web};

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(show, init))
        .routes(routes!(change_password))
        .routes(routes!(export))
        .routes(routes!(unlock))
        .routes(routes!(lock))
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    password: Secret,
    /// It is locked again after so long; not before it is told to, when it is not given.
    seconds: Option<u32>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InitVault {
    #[schema(write_only)]
    password: Secret,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeVaultPassword {
    #[schema(write_only)]
    old: Secret,
    #[schema(write_only)]
    new: Secret,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportVault {
    /// Of the vault: who has no more than a session that was left open gets no copy.
    #[schema(write_only)]
    vault_password: Secret,
    /// Of the file.
    #[schema(write_only)]
    password: Secret,
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
    let opened = by_password(&web, from, &actor, asked.password).await?;
    web.app.unlock_vault(&actor, &opened, asked.seconds).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Opens the vault by a password. Guesses count as attempts to log in.
async fn by_password(web: &Web, from: SocketAddr, actor: &Actor, password: Secret) -> Result<OpenVault, Problem> {
    let now = web.app.now();
    // No user has a blank in the name.
    let key = format!("vault {}", actor.name);
    let _turn = web.attempts.turn(from.ip(), &key, now).await.map_err(crate::session::wait)?;
    let opened = web.app.open_vault(actor, VaultKey::Password(password.0)).await;
    if let Err(app::AppError::Vault(_)) = &opened {
        web.attempts.refused(from.ip(), &key, now);
    }
    Ok(opened?)
}

/// Make the vault, under a password of its own
#[utoipa::path(post, path = "/api/v1/vault", tag = "vault", params(DryRun), request_body = InitVault,
    responses((status = 201, body = VaultState), (status = 200, body = VaultState), (status = 409, body = Problem)))]
async fn init(
    State(web): State<Web>,
    By(actor): By,
    Query(how): Query<DryRun>,
    Json(asked): Json<InitVault>,
) -> Result<Response, Problem> {
    web.app.init_vault(&actor, &asked.password.0, how.dry_run).await?;
    let status = if how.dry_run { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(web.app.vault_state(&actor).await?)).into_response())
}

/// Another password of the vault, and another master key under it. Guesses count as attempts to log in
#[utoipa::path(put, path = "/api/v1/vault/password", tag = "vault", request_body = ChangeVaultPassword,
    responses((status = 204), (status = 409, body = Problem), (status = 429, body = Problem)))]
async fn change_password(
    State(web): State<Web>,
    axum::Extension(Peers(from)): axum::Extension<Peers>,
    By(actor): By,
    Json(asked): Json<ChangeVaultPassword>,
) -> Result<StatusCode, Problem> {
    web.app.may_change_credentials(&actor)?;
    let opened = by_password(&web, from, &actor, asked.old).await?;
    web.app.change_vault_password(&actor, opened, &asked.new.0).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// All credentials in a file, sealed under a password of its own: `velocity vault import` reads it. Guesses count as attempts to log in
#[utoipa::path(post, path = "/api/v1/vault/export", tag = "vault", request_body = ExportVault,
    responses((status = 200, description = "a file", content_type = "application/json", body = String),
        (status = 409, body = Problem), (status = 429, body = Problem)))]
async fn export(
    State(web): State<Web>,
    axum::Extension(Peers(from)): axum::Extension<Peers>,
    By(actor): By,
    Json(asked): Json<ExportVault>,
) -> Result<Response, Problem> {
    web.app.may_change_credentials(&actor)?;
    let opened = by_password(&web, from, &actor, asked.vault_password).await?;
    let text = web.app.export_vault_text(&actor, &opened, &asked.password.0).await?;
    let disposition = "attachment; filename=\"vault.velocity.json\"";
    let head = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, disposition)];
    Ok((head, text).into_response())
}

/// Lock the vault
#[utoipa::path(post, path = "/api/v1/vault/lock", tag = "vault", responses((status = 204), (status = 409, body = Problem)))]
async fn lock(State(web): State<Web>, By(actor): By) -> Result<StatusCode, Problem> {
    web.app.lock_vault(&actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
