//! Users and tokens.

use app::Role;
use app::users::{NewToken, TokenView, UserEdit, UserView};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use model::Timestamp;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::headers::{IfMatch, etag};
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::records::DryRun;
use crate::secret::Secret;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(show, edit))
        .routes(routes!(reset))
        .routes(routes!(tokens, add_token))
        .routes(routes!(revoke))
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    name: String,
    role: Role,
    /// Made up, and told once, when it is not given. It must be changed at the first log-in.
    password: Option<Secret>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditUser {
    /// At all sites.
    role: Option<Role>,
    /// At one site each, beside it: all that there are to be.
    sites: Option<Vec<SiteRoleAsked>>,
    /// Kept out, with all sessions and tokens.
    disabled: Option<bool>,
}

/// Operator or approver at one site.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteRoleAsked {
    /// Slug or name.
    site: String,
    role: Role,
}

/// A user, and the password that was made up: it is told this once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UserWithPassword {
    pub user: UserView,
    pub password: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddToken {
    /// Whose it is to be; one's own when it is not given.
    user: Option<String>,
    /// What it is for: `prometheus`.
    name: String,
    /// The most that it lets do.
    scope: Role,
    /// Never, when it is not given.
    expires_at: Option<Timestamp>,
}

/// A token, and what its holder sends as `Authorization: Bearer`: it is told this once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TokenWithSecret {
    pub token: TokenView,
    pub secret: Option<String>,
}

/// Users
#[utoipa::path(get, path = "/api/v1/users", tag = "users", responses((status = 200, body = Page<UserView>)))]
async fn list(State(web): State<Web>, By(actor): By) -> ApiResult<Page<UserView>> {
    Ok(Json(Page::whole(web.app.users(&actor).await?)))
}

/// A user; `ETag` is the version
#[utoipa::path(get, path = "/api/v1/users/{name}", tag = "users", params(("name" = String, Path)),
    responses((status = 200, body = UserView), (status = 404, body = Problem)))]
async fn show(State(web): State<Web>, By(actor): By, Path(name): Path<String>) -> Result<Response, Problem> {
    let user = web.app.user(&actor, &name).await?;
    Ok((etag(user.version), Json(user)).into_response())
}

/// Add a user
#[utoipa::path(post, path = "/api/v1/users", tag = "users", params(DryRun), request_body = NewUser,
    responses((status = 201, body = UserWithPassword), (status = 409, body = Problem)))]
async fn add(
    State(web): State<Web>,
    By(actor): By,
    Query(how): Query<DryRun>,
    Json(asked): Json<NewUser>,
) -> Result<Response, Problem> {
    let password = asked.password.map(|p| p.0);
    let (user, password) = web.app.add_user(&actor, &asked.name, asked.role, password, how.dry_run).await?;
    let password = password.map(|p| p.expose_secret().to_owned());
    Ok((StatusCode::CREATED, Json(UserWithPassword { user, password })).into_response())
}

/// Change what a user may do, or whether at all; the last administrator stays
#[utoipa::path(patch, path = "/api/v1/users/{name}", tag = "users", request_body = EditUser,
    params(("name" = String, Path), DryRun, IfMatch),
    responses((status = 200, body = UserView), (status = 404, body = Problem), (status = 412, body = Problem)))]
async fn edit(
    State(web): State<Web>,
    By(actor): By,
    Path(name): Path<String>,
    Query(how): Query<DryRun>,
    seen: IfMatch,
    Json(asked): Json<EditUser>,
) -> ApiResult<UserView> {
    let sites = asked.sites.map(|all| all.into_iter().map(|at| (at.site, at.role)).collect());
    let edit = UserEdit { role: asked.role, sites, disabled: asked.disabled, version: seen.version()? };
    Ok(Json(web.app.edit_user(&actor, &name, edit, how.dry_run).await?))
}

/// Give a user another password, made up and told once; their sessions are over
#[utoipa::path(post, path = "/api/v1/users/{name}/reset-password", tag = "users", params(("name" = String, Path), DryRun),
    responses((status = 200, body = UserWithPassword), (status = 404, body = Problem)))]
async fn reset(
    State(web): State<Web>,
    By(actor): By,
    Path(name): Path<String>,
    Query(how): Query<DryRun>,
) -> ApiResult<UserWithPassword> {
    let password = web.app.reset_password(&actor, &name, None, how.dry_run).await?;
    let password = password.map(|p| p.expose_secret().to_owned());
    Ok(Json(UserWithPassword { user: web.app.user(&actor, &name).await?, password }))
}

/// Tokens: an administrator sees all, everybody else their own
#[utoipa::path(get, path = "/api/v1/tokens", tag = "users", responses((status = 200, body = Page<TokenView>)))]
async fn tokens(State(web): State<Web>, By(actor): By) -> ApiResult<Page<TokenView>> {
    Ok(Json(Page::whole(web.app.tokens(&actor).await?)))
}

/// Make a token
#[utoipa::path(post, path = "/api/v1/tokens", tag = "users", params(DryRun), request_body = AddToken,
    responses((status = 201, body = TokenWithSecret), (status = 400, body = Problem)))]
async fn add_token(
    State(web): State<Web>,
    By(actor): By,
    Query(how): Query<DryRun>,
    Json(asked): Json<AddToken>,
) -> Result<Response, Problem> {
    let user = asked.user.unwrap_or_else(|| actor.name.clone());
    let new = NewToken { user, name: asked.name, scope: asked.scope, expires_at: asked.expires_at };
    let (token, secret) = web.app.add_token(&actor, &new, how.dry_run).await?;
    let secret = secret.map(|s| s.expose_secret().to_owned());
    Ok((StatusCode::CREATED, Json(TokenWithSecret { token, secret })).into_response())
}

/// Revoke a token: from here on it opens nothing
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "users", params(("id" = i64, Path), DryRun),
    responses((status = 200, body = TokenView), (status = 404, body = Problem)))]
async fn revoke(
    State(web): State<Web>,
    By(actor): By,
    Path(id): Path<i64>,
    Query(how): Query<DryRun>,
) -> ApiResult<TokenView> {
    Ok(Json(web.app.revoke_token(&actor, id, how.dry_run).await?))
}
