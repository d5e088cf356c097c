//! What went wrong in a session: one variant for each thing an operator would do about it.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use model::FailureClass;

/// How far the session was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// TCP.
    Connect,
    /// The version string of the server.
    Banner,
    /// The key exchange.
    Handshake,
    /// What the server takes; nothing was proved yet.
    Methods,
    /// Whatever proves who we are, inside SSH or by questions of the device.
    Authentication,
    /// The shell, up to the first prompt.
    Prompt,
    /// Privileged mode.
    Enable,
    Command(String),
    /// Leaving, so that the last output is closed.
    Exit,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Phase::Connect => f.write_str("connecting"),
            Phase::Banner => f.write_str("waiting for the SSH version"),
            Phase::Handshake => f.write_str("exchanging keys"),
            Phase::Methods => f.write_str("asking what it takes to log in"),
            Phase::Authentication => f.write_str("logging in"),
            Phase::Prompt => f.write_str("waiting for the first prompt"),
            Phase::Enable => f.write_str("privileged mode"),
            Phase::Command(command) => write!(f, "`{command}`"),
            Phase::Exit => f.write_str("leaving"),
        }
    }
}

/// Which limit ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Nothing came for so long.
    Idle,
    /// It was not over after so long, whatever came.
    Total,
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Clock::Idle => "silence for",
            Clock::Total => "not done within",
        })
    }
}

/// `tail` is the last 200 bytes from the device, control characters escaped, secrets masked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SessionError {
    #[error("cannot reach {addr}")]
    Unreachable { addr: SocketAddr, source: Arc<io::Error> },
    #[error("{addr} refused the connection")]
    ConnectionRefused { addr: SocketAddr },
    #[error("{clock} {} s while {phase}: expected {expected}{}", limit.as_secs_f32(), seen(tail))]
    Timeout { phase: Phase, expected: &'static str, clock: Clock, limit: Duration, tail: String },
    #[error("the device refused user `{username}`{}", seen(tail))]
    Refused { username: String, tail: String },
    /// No secret was sent.
    #[error("no proof for user `{username}` that the device takes: it takes {takes}; we have {has}")]
    NothingToOffer { username: String, has: String, takes: String },
    /// `given`: whether there was a secret to answer with.
    #[error("privileged mode was refused{}{}", if *given { "" } else { " (no secret for it is known)" }, seen(tail))]
    EnableRefused { given: bool, tail: String },
    #[error("the host key changed: {known} was known, the device has {got}")]
    HostKeyChanged { known: String, got: String },
    #[error("the host key was called back: {got}")]
    HostKeyRevoked { got: String },
    #[error("the device once knew modern algorithms and now has no {kind} in common: we offer {}; the device offers {}", ours.join(", "), theirs.join(", "))]
    Downgraded { kind: &'static str, ours: Vec<String>, theirs: Vec<String> },
    /// No secret was sent: the account is to be left alone.
    #[error("{0}")]
    Withheld(String),
    /// No secret was sent: whether the account may be tried cannot be known now, for something of ours.
    #[error("{0}")]
    Undecided(String),
    /// The device itself was not reached.
    #[error("jump host {addr}: {source}")]
    Jump { addr: SocketAddr, source: Box<SessionError> },
    #[error("no {kind} in common: we offer {}; the device offers {}", ours.join(", "), theirs.join(", "))]
    NoCommonAlgorithm { kind: &'static str, ours: Vec<String>, theirs: Vec<String> },
    #[error("the device closed the connection while {phase}{}", seen(tail))]
    Lost { phase: Phase, tail: String },
    #[error("`{command}` gave more than {limit} bytes")]
    TooLarge { command: String, limit: usize },
    #[error("the device logged us out while {phase}{}", seen(tail))]
    LoggedOut { phase: Phase, tail: String },
    /// The caller stopped waiting for a command; the session cannot be used any more.
    #[error("{phase} was abandoned")]
    Abandoned { phase: Phase },
    /// It listens, but it does not speak SSH as it should.
    #[error("SSH protocol error while {phase}: {detail}{}", seen(tail))]
    Protocol { phase: Phase, detail: String, tail: String },
}

fn seen(tail: &str) -> String {
    if tail.is_empty() { String::new() } else { format!("; last seen: {tail}") }
}

impl SessionError {
    /// Whether the server may have counted a failed log-in: it refused, or it went silent or away once the secret
    /// had been sent.
    pub fn may_count_against_account(&self) -> bool {
        match self {
            Self::Refused { .. } => true,
            Self::Timeout { phase, .. } | Self::Lost { phase, .. } | Self::Protocol { phase, .. } => {
                *phase == Phase::Authentication
            }
            _ => false,
        }
    }

    pub fn class(&self) -> FailureClass {
        match self {
            Self::Unreachable { .. } | Self::Timeout { phase: Phase::Connect, .. } => FailureClass::Unreachable,
            Self::ConnectionRefused { .. } => FailureClass::ConnectionRefused,
            Self::Timeout { .. } => FailureClass::Timeout,
            Self::Withheld(_) => FailureClass::AccountProtected,
            Self::Undecided(_) => FailureClass::Internal,
            Self::Refused { .. } | Self::NothingToOffer { .. } | Self::EnableRefused { .. } => {
                FailureClass::AuthenticationFailed
            }
            Self::HostKeyChanged { .. } | Self::HostKeyRevoked { .. } => FailureClass::HostKeyChanged,
            Self::Downgraded { .. } => FailureClass::AlgorithmsDowngraded,
            Self::Jump { .. } => FailureClass::JumpHostFailed,
            Self::NoCommonAlgorithm { .. } => FailureClass::NoCommonAlgorithm,
            Self::Lost { .. } | Self::LoggedOut { .. } | Self::Protocol { .. } => FailureClass::ConnectionLost,
            Self::Abandoned { .. } => FailureClass::Cancelled,
            Self::TooLarge { .. } => FailureClass::OutputTooLarge,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(error: &SessionError, message: &str, class: FailureClass) {
        assert_eq!(error.to_string(), message);
        assert_eq!(error.class(), class, "{message}");
    }

    fn late(phase: Phase, expected: &'static str, clock: Clock) -> SessionError {
        SessionError::Timeout { phase, expected, clock, limit: Duration::from_secs(30), tail: "last bytes".to_owned() }
    }

    #[test]
    fn a_time_out_says_where_what_was_expected_and_what_was_seen() {
        let check = |phase, expected, clock, message: &str, class| {
            check(&late(phase, expected, clock), &format!("{message}; last seen: last bytes"), class);
        };
        use Clock::{Idle, Total};
        use FailureClass::{Timeout, Unreachable};
        let command = Phase::Command("show run".to_owned());
        check(Phase::Connect, "x", Total, "not done within 30 s while connecting: expected x", Unreachable);
        check(Phase::Banner, "x", Total, "not done within 30 s while waiting for the SSH version: expected x", Timeout);
        check(Phase::Handshake, "x", Total, "not done within 30 s while exchanging keys: expected x", Timeout);
        check(Phase::Authentication, "x", Total, "not done within 30 s while logging in: expected x", Timeout);
        check(Phase::Prompt, "x", Idle, "silence for 30 s while waiting for the first prompt: expected x", Timeout);
        check(command.clone(), "x", Idle, "silence for 30 s while `show run`: expected x", Timeout);
        check(command, "x", Total, "not done within 30 s while `show run`: expected x", Timeout);
    }

    #[test]
    fn a_failure_of_a_jump_host_is_not_one_of_the_device() {
        let addr = "10.0.0.1:22".parse().expect("an address");
        let refused = SessionError::Refused { username: "ops".to_owned(), tail: "locked".to_owned() };
        assert!(refused.may_count_against_account());
        let jump = SessionError::Jump { addr, source: Box::new(refused) };
        let message = "jump host 10.0.0.1:22: the device refused user `ops`; last seen: locked";
        check(&jump, message, FailureClass::JumpHostFailed);
        assert!(!jump.may_count_against_account());
    }

    #[test]
    fn both_lists_are_in_the_message() {
        let (ours, theirs) = (vec!["a".to_owned(), "b".to_owned()], vec!["c".to_owned()]);
        let none = SessionError::NoCommonAlgorithm { kind: "cipher", ours: ours.clone(), theirs: theirs.clone() };
        let lists = "no cipher in common: we offer a, b; the device offers c";
        check(&none, lists, FailureClass::NoCommonAlgorithm);
        let worse = SessionError::Downgraded { kind: "cipher", ours, theirs };
        let message = format!("the device once knew modern algorithms and now has {lists}");
        check(&worse, &message, FailureClass::AlgorithmsDowngraded);
    }
}
