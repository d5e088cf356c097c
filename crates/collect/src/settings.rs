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
    /// For all that is asked of one device once it has let us in; also the most for connecting, and for logging in.
    /// Waiting for an account's turn does not count.
    pub device_timeout: Duration,
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self { concurrency: 50, device_timeout: Duration::from_secs(60), limits: Limits::default() }
    }
}

impl Settings {
    /// Connecting and logging in have limits of their own, and none of them is longer than that of the device.
    fn session_limits(&self) -> Limits {
        let Limits { connect, login, .. } = self.limits;
        Limits {
            connect: connect.min(self.device_timeout),
            login: login.min(self.device_timeout),
            ..self.limits.clone()
        }
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
        answers(addr, env.settings.session_limits().connect)
            .await
            .map_err(|(class, text)| failed(class, text, None, began))?;
    }
    let permit = env.gate.enter(&login.username).await;
    let permit = permit.map_err(|p| failed(FailureClass::AccountProtected, p.to_string(), None, began))?;
    match Session::open(addr, login, &env.host_keys, &env.settings.session_limits(), profile).await {
        Ok(session) => {
            permit.accepted();
            Ok(session)
        }
        Err(error) => {
            match error.may_count_against_account() {
                true => permit.refused(),
                false => permit.not_tried(),
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

/// The platform is known: privileged mode and its preparations. The enable secret is an account too: after some
/// refusals in a row it is not sent any more. A session without privileged mode is usable all the same.
pub async fn adopt(
    env: &Environment,
    session: &mut Session,
    profile: Arc<Profile>,
    login: &Login,
) -> Result<(), SessionError> {
    let account = format!("{} (enable)", login.username);
    let closed = env.gate.is_closed(&account);
    let login = if closed { Login { enable: None, ..login.clone() } } else { login.clone() };
    match session.adopt(profile, &login).await {
        Err(SessionError::EnableRefused { given: true, .. }) => {
            env.gate.note(&account, false);
            Ok(())
        }
        Err(SessionError::EnableRefused { .. }) => Ok(()),
        Ok(()) => {
            if login.enable.is_some() {
                env.gate.note(&account, true);
            }
            Ok(())
        }
        Err(error) => Err(error),
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
        FailureClass::AccountProtected | FailureClass::Cancelled | FailureClass::Unsupported => DeviceState::Skipped,
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
