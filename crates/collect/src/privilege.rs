//! Privileged mode, whose secret is an account too: AAA servers count what is refused there and lock.
//!
//! It has a bucket of its own in the budget that all runs share. A session without privileged mode is usable all the same,
//! so nothing fails where the secret must not be sent. Where it cannot be known whether it may, the visit ends: what is asked without
//! it would look like a fault of the device.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use dialog::Profile;
use model::Account;
use tokio::time::timeout;
use transport::{Login, Privileged, Session, SessionError};

use crate::budget::{Ask, Verdict};
use crate::{Environment, NoEntry, Permit};

/// What the secret of a credential for privileged mode is called; no credential has a comma in its name.
const SUFFIX: &str = ", enable";
const ACCOUNT: &str = " enable";

/// How long a device is left waiting at its question; most wait for half a minute.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is known of the secret that a credential has for privileged mode goes by this name.
pub fn enable_of(credential: &str) -> String {
    format!("{credential}{SUFFIX}")
}

/// Whether a name is one of [`enable_of`].
pub fn is_enable(credential: &str) -> bool {
    credential.ends_with(SUFFIX)
}

/// The name by which the refusals of the secret are counted in its realm: `ops enable`.
pub fn enable_account(username: &str) -> String {
    format!("{username}{ACCOUNT}")
}

/// Whose account it is, whichever of the two is counted.
pub(crate) fn user_of(account: &str) -> &str {
    account.strip_suffix(ACCOUNT).unwrap_or(account)
}

/// The platform is known: privileged mode and its preparations. Waiting for the turn of the secret is no time of the device.
pub async fn adopt(
    env: &Environment,
    addr: SocketAddr,
    session: &mut Session,
    profile: Arc<Profile>,
    login: &Login,
) -> Result<(), SessionError> {
    match enter(env, addr, session, profile, login).await {
        Err(SessionError::EnableRefused { .. }) => Ok(()),
        other => other,
    }
}

async fn enter(
    env: &Environment,
    addr: SocketAddr,
    session: &mut Session,
    profile: Arc<Profile>,
    login: &Login,
) -> Result<(), SessionError> {
    if session.ask_enable(profile.clone(), login).await? == Privileged::Settled {
        return Ok(());
    }
    if login.enable.is_none() {
        return session.answer_enable(false).await;
    }
    match timeout(PATIENCE, env.gate.enter(ask(login, addr), addr)).await {
        Ok(Ok(permit)) => send(permit, session).await,
        Ok(Err(no)) => without(no, addr, session).await,
        // The device would not wait so long. It is asked again when the turn has come.
        Err(_) => {
            match session.answer_enable(false).await {
                Ok(()) | Err(SessionError::EnableRefused { .. }) => {}
                Err(error) => return Err(error),
            }
            let permit = match env.gate.enter(ask(login, addr), addr).await {
                Ok(permit) => permit,
                Err(NoEntry::Closed(_)) => return Ok(()),
                Err(NoEntry::Budget(error)) => return Err(error.into()),
            };
            match session.ask_enable(profile, login).await {
                Ok(Privileged::AsksSecret) => send(permit, session).await,
                other => settle(permit, Verdict::NotTried, other.map(drop)).await,
            }
        }
    }
}

async fn without(no: NoEntry, addr: SocketAddr, session: &mut Session) -> Result<(), SessionError> {
    tracing::debug!(%addr, "no privileged mode: {no}");
    match no {
        NoEntry::Closed(_) => session.answer_enable(false).await,
        NoEntry::Budget(error) => Err(error.into()),
    }
}

async fn send(permit: Permit, session: &mut Session) -> Result<(), SessionError> {
    let entered = session.answer_enable(true).await;
    let verdict = if entered.is_ok() { Verdict::Accepted } else { Verdict::Refused };
    settle(permit, verdict, entered).await
}

async fn settle(permit: Permit, verdict: Verdict, result: Result<(), SessionError>) -> Result<(), SessionError> {
    if let Err(error) = permit.settle(verdict).await {
        tracing::warn!("what came of a secret for privileged mode is not counted: {error}");
    }
    result
}

fn ask(login: &Login, addr: SocketAddr) -> Ask {
    Ask {
        account: Account::of(login.realm.as_deref(), &enable_account(&login.username), addr.ip()),
        credential: enable_of(&login.name),
        device: addr.to_string(),
        kept: login.kept,
        canary: true,
        known: false,
    }
}
