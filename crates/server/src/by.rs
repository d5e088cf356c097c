//! By whom a request is made: a session of a browser, or a token.

use app::users::Who;
use app::{Actor, AppError};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

use crate::problem::Problem;
use crate::state::Web;

/// Who asks. A handler without it is open to everybody.
pub struct By(pub Actor);

/// As [`By`], also for one who must set a password first.
pub struct ByWho(pub Who);

/// The cookie of a session.
pub const COOKIE: &str = "velocity_session";

/// A page of another site can send no such header without being allowed to.
pub const OWN_HEADER: &str = "x-velocity";

impl FromRequestParts<Web> for By {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let ByWho(who) = ByWho::from_request_parts(parts, web).await?;
        Ok(By(who.actor()?))
    }
}

impl FromRequestParts<Web> for ByWho {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        who(&parts.headers, &parts.method, web).await.map(ByWho)
    }
}

/// Who a request is made by, now.
///
/// # Errors
/// [`Problem`] for nobody, and for a page that is not ours.
pub async fn who(headers: &HeaderMap, method: &Method, web: &Web) -> Result<Who, Problem> {
    if let Some(token) = bearer(headers) {
        return Ok(web.app.who_by_token(token).await?);
    }
    let Some(session) = session_of(headers) else { return Err(AppError::NotLoggedIn.into()) };
    if !is_safe(method) && !comes_from_our_page(headers) {
        return Err(Problem::new(
            axum::http::StatusCode::FORBIDDEN,
            "foreign-request",
            "a request by a session that changes something needs the header `X-Velocity: 1`, or `Origin`",
        ));
    }
    Ok(web.app.who_by_session(session).await?)
}

pub fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// `Origin` was looked at before: one that is not ours does not get here.
fn comes_from_our_page(headers: &HeaderMap) -> bool {
    headers.contains_key(OWN_HEADER) || headers.contains_key(header::ORIGIN)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.split_once(' ')?;
    let known = scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("token");
    known.then(|| token.trim())
}

pub fn session_of(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|c| c.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}
