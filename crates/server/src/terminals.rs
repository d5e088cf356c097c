//! Shells on devices in the browser: a ticket by a request, the shell by a WebSocket (decision 30).

mod desk;
mod talk;

use app::{TerminalPlan, TerminalRequest};
use axum::Json;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::{By, ByWho};
use crate::problem::Problem;
use crate::state::Web;

pub use desk::Desk;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(ask)).routes(routes!(socket))
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskTerminal {
    /// Slug, name, address, serial number or id.
    device: String,
    /// A name in the vault; the one that the device took last, else the default, when it is not given.
    credential: Option<String>,
    /// 20 to 500.
    #[serde(default = "columns")]
    #[schema(minimum = 20, maximum = 500, default = 80)]
    columns: u16,
    /// 5 to 200.
    #[serde(default = "rows")]
    #[schema(minimum = 5, maximum = 200, default = 24)]
    rows: u16,
}

fn columns() -> u16 {
    80
}

fn rows() -> u16 {
    24
}

/// The right to one terminal.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TerminalTicket {
    /// Good once, for whom it was given to: the first frame of the WebSocket `/api/v1/terminals/socket` holds it.
    ticket: String,
    /// Slug.
    device: String,
    /// `10.0.0.2:22`
    address: String,
    credential: String,
    username: String,
    /// Seconds.
    expires_in: u64,
}

/// Ask for a terminal: a shell on a device, by a credential of the vault
///
/// The answer is a ticket for the WebSocket `/api/v1/terminals/socket`. Who had a terminal is kept in the audit log.
#[utoipa::path(post, path = "/api/v1/terminals", tag = "terminals", request_body = AskTerminal,
    responses((status = 201, body = TerminalTicket), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
async fn ask(State(web): State<Web>, By(actor): By, Json(asked): Json<AskTerminal>) -> Result<Response, Problem> {
    let AskTerminal { device, credential, columns, rows } = asked;
    let plan = web.app.plan_terminal(&actor, &TerminalRequest { device, credential, columns, rows }).await?;
    let TerminalPlan { device, address, credential, username, .. } = plan.clone();
    let ticket = web.terminals.ticket(&actor.name, plan);
    let answer = TerminalTicket {
        ticket: ticket.expose_secret().to_owned(),
        device: device.slug,
        address: address.to_string(),
        credential,
        username,
        expires_in: desk::GOOD_FOR.as_secs(),
    };
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// The largest frame of a browser: a large text that is pasted.
const FRAME: usize = 256 * 1024;

/// The WebSocket of a terminal
///
/// The first frame is text, `{"type": "open", "ticket": "…"}`. Binary frames are what is typed and what the device says; a text frame
/// `{"type": "resize", "columns": 132, "rows": 50}` tells another size. The server sends `{"type": "opened", …}`, and at the end
/// `{"type": "closed", "reason": "…"}` or `{"type": "failed", "class": "…", "message": "…", "advice": "…"}`.
#[utoipa::path(get, path = "/api/v1/terminals/socket", tag = "terminals",
    responses((status = 101, description = "a WebSocket"), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem)))]
async fn socket(
    State(web): State<Web>,
    ByWho(who): ByWho,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Problem> {
    // Every browser says from which page it comes; `ours` has looked whether that is one of ours.
    if who.session.is_some() && !headers.contains_key(header::ORIGIN) {
        let detail = "a WebSocket by a session needs the header `Origin`";
        return Err(Problem::new(StatusCode::FORBIDDEN, "foreign-request", detail));
    }
    let upgrade = upgrade.max_message_size(FRAME).max_frame_size(FRAME);
    Ok(upgrade.on_upgrade(move |socket| talk::attend(web, who, headers, socket)))
}
