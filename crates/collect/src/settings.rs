//! What all visits of a run share: limits, host keys, the gate; and how a session is opened under them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use dialog::Profile;
use model::{DeviceOutcome, DeviceState, FailureClass};
use tokio::time::{Instant, timeout};
use transport::{HostKeys, Limits, Login, Session, SessionError};

use crate::{Gate, Profiles};

/// How a run is paced.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Devices at once.
    pub concurrency: usize,
    /// For all that happens on one device, connecting included.
    pub device_timeout: Duration,
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self { concurrency: 50, device_timeout: Duration::from_secs(60), limits: Limits::default() }
    }
}

/// What the visits of a run share.
pub struct Environment {
    pub settings: Settings,
    pub profiles: Profiles,
    pub host_keys: Arc<dyn HostKeys>,
    pub gate: Gate,
}

/// Opens a session when the account's turn has come, and tells the gate how it went.
///
/// A dead address must not hold up the canary, so it is found out before the turn is taken.
pub async fn open(
    env: &Environment,
    addr: SocketAddr,
    login: &Login,
    profile: Arc<Profile>,
) -> Result<Session, DeviceOutcome> {
    let began = Instant::now();
    if !env.gate.is_proven(&login.username) {
        answers(addr, env.settings.limits.connect).await.map_err(|(class, text)| failed(class, text, None, began))?;
    }
    let permit = env.gate.enter(&login.username).await;
    let permit = permit.map_err(|p| failed(FailureClass::AccountProtected, p.to_string(), None, began))?;
    match Session::open(addr, login, &env.host_keys, &env.settings.limits, profile).await {
        Ok(session) => {
            permit.accepted();
            Ok(session)
        }
        Err(error) => {
            match error.class() {
                FailureClass::AuthenticationFailed => permit.refused(),
                _ => drop(permit),
            }
            Err(outcome_of(&error, login, began))
        }
    }
}

/// Whether anything listens there.
async fn answers(addr: SocketAddr, within: Duration) -> Result<(), (FailureClass, String)> {
    match timeout(within, tokio::net::TcpStream::connect(addr)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(e)) if e.kind() == std::io::ErrorKind::ConnectionRefused => {
            Err((FailureClass::ConnectionRefused, format!("{addr} refuses the connection")))
        }
        Ok(Err(e)) => Err((FailureClass::Unreachable, format!("cannot reach {addr}: {e}"))),
        Err(_) => Err((FailureClass::Unreachable, format!("{addr} did not answer within {} s", within.as_secs()))),
    }
}

/// Whether another account may do where this one did not: it was refused here, or it is left alone everywhere.
pub fn may_try_next(outcome: &DeviceOutcome) -> bool {
    matches!(outcome.class, Some(FailureClass::AuthenticationFailed | FailureClass::AccountProtected))
}

/// A failed session as the result of a device.
pub fn outcome_of(error: &SessionError, login: &Login, began: Instant) -> DeviceOutcome {
    let logged_in = error.class() != FailureClass::AuthenticationFailed;
    failed(error.class(), chain(error), logged_in.then(|| login.username.clone()), began)
}

pub(crate) fn failed(class: FailureClass, message: String, username: Option<String>, began: Instant) -> DeviceOutcome {
    let state = match class {
        FailureClass::AccountProtected | FailureClass::Cancelled => DeviceState::Skipped,
        _ => DeviceState::Failed,
    };
    DeviceOutcome { state, class: Some(class), message, username, duration_ms: millis(began) }
}

pub(crate) fn millis(began: Instant) -> i64 {
    i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX)
}

/// The error and what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
