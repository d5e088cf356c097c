//! One terminal: frames of the browser on one side, bytes of the device on the other.

use std::time::Duration;

use app::users::Who;
use app::{Actor, NoTerminal, Terminal, TerminalPlan, TerminalUse};
use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use axum::http::{HeaderMap, Method};
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, MissedTickBehavior, timeout};

use crate::by;
use crate::problem::Problem;
use crate::state::Web;

/// For the ticket to come, and for the last words to go.
const GREETING: Duration = Duration::from_secs(10);

/// Nothing is typed for so long: who sat there went away.
const IDLE: Duration = Duration::from_secs(15 * 60);

/// How often it is looked whether they may still be here.
const LOOK: Duration = Duration::from_secs(30);

/// How long a device may leave what was typed lying.
const TAKES: Duration = Duration::from_secs(30);

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
enum FromBrowser {
    Open { ticket: String },
    Resize { columns: u16, rows: u16 },
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum ToBrowser<'a> {
    Opened { device: &'a str, address: String, credential: &'a str, username: &'a str },
    Closed { reason: &'a str },
    Failed { class: &'a str, message: &'a str, advice: &'a str },
}

/// From the first frame to the last.
pub async fn attend(web: Web, who: Who, headers: HeaderMap, mut socket: WebSocket) {
    let code = match begin(&web, &who, &mut socket).await {
        Begun::Open(actor, plan, terminal) => talk(&web, (&actor, &headers), &plan, terminal, &mut socket).await,
        Begun::Failed(class, message, advice) => {
            let (class, message) = (&*class, &*message);
            let _ = tell(&mut socket, &ToBrowser::Failed { class, message, advice }).await;
            close_code::NORMAL
        }
        Begun::Rude => close_code::POLICY,
        Begun::Gone => return,
    };
    let close = Message::Close(Some(CloseFrame { code, reason: "".into() }));
    let _ = timeout(GREETING, socket.send(close)).await;
}

enum Begun {
    Open(Actor, Box<TerminalPlan>, Box<Terminal>),
    /// Class, message, advice.
    Failed(String, String, &'static str),
    Rude,
    Gone,
}

async fn begin(web: &Web, who: &Who, socket: &mut WebSocket) -> Begun {
    let first = match timeout(GREETING, socket.recv()).await {
        Ok(Some(Ok(Message::Text(text)))) => serde_json::from_str(&text),
        Ok(Some(Ok(_))) | Err(_) => return Begun::Rude,
        Ok(_) => return Begun::Gone,
    };
    let Ok(FromBrowser::Open { ticket }) = first else { return Begun::Rude };
    let failed = |class: &str, message: String, advice| Begun::Failed(class.to_owned(), message, advice);
    let Some(plan) = web.terminals.redeem(&ticket, &who.user.name) else {
        return failed("ticket", "the ticket was used, or is too old".into(), "ask for another one");
    };
    let actor = match who.actor() {
        Ok(actor) => actor,
        Err(error) => return failed("not_allowed", error.chain(), "set a password first"),
    };
    match web.app.open_terminal(&actor, &plan).await {
        Ok(Ok(terminal)) => Begun::Open(actor, Box::new(plan), Box::new(terminal)),
        Ok(Err(NoTerminal { class, message })) => {
            let word = serde_json::to_value(class).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
            Begun::Failed(word, message, class.advice())
        }
        Err(error) => failed("internal", Problem::from(error).detail, ""),
    }
}

/// Why it is over, and with which code.
type End = (&'static str, u16);

const GONE: End = ("the browser went away", close_code::NORMAL);

async fn talk(
    web: &Web,
    (actor, headers): (&Actor, &HeaderMap),
    plan: &TerminalPlan,
    mut terminal: Box<Terminal>,
    socket: &mut WebSocket,
) -> u16 {
    let (began, mut used) = (Instant::now(), TerminalUse::default());
    let opened = ToBrowser::Opened {
        device: &plan.device.slug,
        address: plan.address.to_string(),
        credential: &plan.credential,
        username: &plan.username,
    };
    let (reason, code) = match (web.terminals.place(&actor.name), tell(socket, &opened).await) {
        (None, _) => ("too many terminals are open; close one", close_code::NORMAL),
        (_, false) => GONE,
        (Some(_place), true) => go_on(web, (headers, plan), &mut terminal, socket, &mut used).await,
    };
    let farewell = terminal.farewell();
    terminal.leave().await;
    used.seconds = began.elapsed().as_secs();
    if let Err(error) = web.app.close_terminal(actor, plan, used, reason).await {
        tracing::error!(device = %plan.device.slug, "cannot note that a terminal was closed: {}", error.chain());
    }
    let reason = if farewell.is_empty() { reason.to_owned() } else { format!("{reason}: {farewell}") };
    tell(socket, &ToBrowser::Closed { reason: &reason }).await;
    code
}

async fn go_on(
    web: &Web,
    (headers, plan): (&HeaderMap, &TerminalPlan),
    terminal: &mut Terminal,
    socket: &mut WebSocket,
    used: &mut TerminalUse,
) -> End {
    let mut typed_at = Instant::now();
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            said = terminal.hear() => {
                let Some(said) = said else { return ("the device hung up", close_code::NORMAL) };
                used.bytes_shown += said.len() as u64;
                if socket.send(Message::Binary(said)).await.is_err() {
                    return GONE;
                }
            }
            frame = socket.recv() => {
                match frame {
                    Some(Ok(Message::Binary(typed))) => {
                        used.bytes_typed += typed.len() as u64;
                        typed_at = Instant::now();
                        if timeout(TAKES, terminal.send(typed.to_vec())).await.is_err() {
                            return ("the device takes nothing any more", close_code::NORMAL);
                        }
                    }
                    Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                        Ok(FromBrowser::Resize { columns, rows }) if TerminalPlan::is_window(columns, rows) => {
                            terminal.resize(columns, rows).await;
                        }
                        _ => return ("the browser sent what means nothing here", close_code::POLICY),
                    },
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return GONE,
                }
            }
            _ = look.tick() => {
                if typed_at.elapsed() >= IDLE {
                    return ("nothing was typed for 15 minutes", close_code::NORMAL);
                }
                if !may_stay(web, headers, plan).await {
                    return ("logged out", close_code::NORMAL);
                }
                // A browser whose machine is gone says nothing; that it does not answer ends the connection.
                if socket.send(Message::Ping(Vec::new().into())).await.is_err() {
                    return GONE;
                }
            }
            () = web.closing.cancelled() => return ("the server is going", close_code::NORMAL),
        }
    }
}

/// Whether what was shown at the beginning is still good, for this device.
async fn may_stay(web: &Web, headers: &HeaderMap, plan: &TerminalPlan) -> bool {
    let may = async || -> Result<(), Problem> {
        let actor = by::who(headers, &Method::GET, web).await?.actor()?;
        Ok(web.app.may_have_terminal(&actor, &plan.device).await?)
    };
    // A database that does not answer now says nothing against anybody.
    may().await.map_or_else(|problem| problem.status >= 500, |()| true)
}

async fn tell(socket: &mut WebSocket, what: &ToBrowser<'_>) -> bool {
    let text = serde_json::to_string(what).unwrap_or_default();
    matches!(timeout(GREETING, socket.send(Message::Text(text.into()))).await, Ok(Ok(())))
}
