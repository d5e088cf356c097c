//! Logging in and out, and who asks.

use app::users::{LoggedIn, Peer, SessionView, UserView};
use app::{AppError, Role, SiteRole};
use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::{ByWho, COOKIE};
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::secret::Secret;
use crate::state::{From as Peers, Web};

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(show, log_in, log_out)).routes(routes!(sessions)).routes(routes!(set_password))
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct LogIn {
    pub name: String,
    pub password: Secret,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct SetPassword {
    pub old: Secret,
    pub new: Secret,
}

/// Who asks, and what they may do.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Me {
    pub name: String,
    /// What this session or token lets do.
    pub role: Role,
    /// At one site each, beside it.
    pub sites: Vec<SiteRole>,
    /// Until a password was set by `PUT /api/v1/session/password`, nothing else is allowed.
    pub must_change_password: bool,
    /// By a token, not by a session.
    pub by_token: bool,
}

/// Who asks
#[utoipa::path(get, path = "/api/v1/session", tag = "session", responses((status = 200, body = Me), (status = 401, body = Problem)))]
async fn show(ByWho(who): ByWho) -> ApiResult<Me> {
    let must_change_password = who.actor().is_err();
    Ok(Json(Me {
        name: who.user.name,
        role: who.role,
        sites: who.sites,
        must_change_password,
        by_token: who.session.is_none(),
    }))
}

/// Log in: the answer sets the cookie of the session
///
/// Attempts are counted: after 10 refusals of a name from an address, or 20 from an address, the next one waits a while
/// (429, with `Retry-After`).
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = LogIn, security(()),
    responses((status = 200, body = Me), (status = 401, body = Problem), (status = 429, body = Problem)))]
async fn log_in(
    State(web): State<Web>,
    Extension(Peers(from)): Extension<Peers>,
    headers: HeaderMap,
    Json(asked): Json<LogIn>,
) -> Result<Response, Problem> {
    let (ip, now) = (from.ip(), web.app.now());
    let _turn = web.attempts.turn(ip, &asked.name, now).await.map_err(wait)?;
    let agent = headers.get(header::USER_AGENT).and_then(|a| a.to_str().ok()).unwrap_or_default();
    let peer = Peer { address: &ip.to_canonical().to_string(), agent };
    let entered = web.app.log_in(&asked.name, &asked.password.0, peer).await;
    match &entered {
        Err(AppError::LoginRefused) => web.attempts.refused(ip, &asked.name, now),
        Ok(_) => web.attempts.accepted(ip, &asked.name),
        Err(_) => {}
    }
    let LoggedIn { session, user } = entered?;
    let UserView { name, role, sites, must_change, .. } = user;
    let me = Me { name, role, sites, must_change_password: must_change, by_token: false };
    let cookie = cookie(session.expose_secret(), "", web.options.is_tls)?;
    Ok(([(header::SET_COOKIE, cookie)], Json(me)).into_response())
}

/// Log out: the session is worth nothing from here on
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", responses((status = 204), (status = 401, body = Problem)))]
async fn log_out(State(web): State<Web>, ByWho(who): ByWho) -> Result<Response, Problem> {
    web.app.log_out(&who).await?;
    let cookie = cookie("", "; Max-Age=0", web.options.is_tls)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Sessions of who asks
#[utoipa::path(get, path = "/api/v1/session/all", tag = "session", responses((status = 200, body = Page<SessionView>)))]
async fn sessions(State(web): State<Web>, ByWho(who): ByWho) -> ApiResult<Page<SessionView>> {
    Ok(Json(Page::whole(web.app.own_sessions(&who).await?)))
}

/// Set another password: other sessions of the user are over
#[utoipa::path(put, path = "/api/v1/session/password", tag = "session", request_body = SetPassword,
    responses((status = 204), (status = 401, body = Problem)))]
async fn set_password(
    State(web): State<Web>,
    Extension(Peers(from)): Extension<Peers>,
    ByWho(who): ByWho,
    Json(asked): Json<SetPassword>,
) -> Result<StatusCode, Problem> {
    let (ip, now) = (from.ip(), web.app.now());
    let _turn = web.attempts.turn(ip, &who.user.name, now).await.map_err(wait)?;
    let changed = web.app.change_password(&who, &asked.old.0, &asked.new.0).await;
    if let Err(AppError::LoginRefused) = &changed {
        web.attempts.refused(ip, &who.user.name, now);
    }
    changed?;
    Ok(StatusCode::NO_CONTENT)
}

pub fn wait(seconds: u64) -> Problem {
    let detail = format!("too many attempts to log in; try again in {seconds} s");
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-attempts", detail)
}

/// Not for scripts, not for other sites, and over TLS only where there is TLS.
fn cookie(value: &str, more: &str, is_tls: bool) -> Result<HeaderValue, Problem> {
    let secure = if is_tls { "; Secure" } else { "" };
    let text = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{more}");
    text.parse().map_err(|_| Problem::usage("the session makes no cookie"))
}
