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
            Phase::Handshake => f.write_str("key exchange"),
            Phase::Authentication => f.write_str("log-in"),
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
