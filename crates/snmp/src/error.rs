//! What went wrong with an agent: one variant for each thing an operator would do about it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_snmp::v3::ReportStatus;
use async_snmp::{Error, ErrorStatus};
use model::FailureClass;

/// `login` is for a person: the version, and the user's name; never a community.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SnmpError {
    /// An agent is silent to a community that it does not know, and most are to a message that they cannot decrypt.
    #[error("{addr} gave no SNMP answer to {login} within {:.1} s; no agent, a filter and a wrong {secret} all look like this", waited.as_secs_f32())]
    NoAnswer { addr: SocketAddr, login: String, secret: &'static str, waited: Duration },
    /// It answered before.
    #[error("{addr} stopped answering at .{at}")]
    Silent { addr: SocketAddr, at: String },
    #[error("cannot reach {addr}")]
    Unreachable { addr: SocketAddr, source: Arc<std::io::Error> },
    #[error("{addr} does not know {login}")]
    UnknownUser { addr: SocketAddr, login: String },
    #[error("{addr} refused the proof of {login}: another password or another digest")]
    WrongDigest { addr: SocketAddr, login: String },
    #[error("{addr} cannot decrypt what {login} sends: another privacy password or another cipher")]
    Decryption { addr: SocketAddr, login: String },
    #[error("{addr} does not offer the security level that {login} asks for")]
    SecurityLevel { addr: SocketAddr, login: String },
    /// Still so after its clock was asked for once more.
    #[error("{addr} says that our messages are out of its time window")]
    NotInTime { addr: SocketAddr },
    #[error("{addr} answers .{after} with .{oid}, which does not come after it: the walk would never end")]
    Loop { addr: SocketAddr, after: String, oid: String },
    #[error("{addr} has more than {limit} bindings below .{root}")]
    TooMany { addr: SocketAddr, root: String, limit: usize },
    #[error("{addr} answers .{oid} with the error `{status}`")]
    Status { addr: SocketAddr, oid: String, status: String },
    #[error("{addr} sent what is no answer: {detail}")]
    Malformed { addr: SocketAddr, detail: String },
    #[error("{login} cannot be used: {reason}")]
    Unusable { login: String, reason: String },
    #[error("SNMP does not work on this machine: {detail}")]
    Local { detail: String },
}

/// What was asked, for the error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub addr: SocketAddr,
    pub login: &'a str,
    /// What of the login an agent is silent about.
    pub secret: &'static str,
    pub oid: &'a async_snmp::Oid,
}

impl SnmpError {
    /// Whether an agent may have counted a wrong secret. Agents lock nobody, but they log and raise alarms.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::UnknownUser { .. } | Self::WrongDigest { .. } | Self::Decryption { .. } | Self::SecurityLevel { .. }
        )
    }

    /// Whether another login may do where this one did not.
    pub fn may_try_next(&self) -> bool {
        self.is_refusal() || matches!(self, Self::NoAnswer { .. })
    }

    pub fn class(&self) -> FailureClass {
        match self {
            Self::NoAnswer { .. } | Self::Unreachable { .. } => FailureClass::Unreachable,
            Self::Silent { .. } | Self::NotInTime { .. } => FailureClass::Timeout,
            Self::UnknownUser { .. }
            | Self::WrongDigest { .. }
            | Self::Decryption { .. }
            | Self::SecurityLevel { .. }
            | Self::Unusable { .. } => FailureClass::AuthenticationFailed,
            Self::TooMany { .. } => FailureClass::OutputTooLarge,
            Self::Loop { .. } | Self::Status { .. } | Self::Malformed { .. } => FailureClass::IncompleteOutput,
            Self::Local { .. } => FailureClass::Internal,
        }
    }

    pub(crate) fn of(error: &Error, asked: Asked<'_>) -> Self {
        let Asked { addr, login, oid, .. } = asked;
        let login = login.to_owned();
        match error.exchange_source() {
            Error::Timeout { elapsed, .. } => Self::NoAnswer { addr, login, secret: asked.secret, waited: *elapsed },
            Error::Network { source, .. } => {
                let source = Arc::new(std::io::Error::new(source.kind(), source.to_string()));
                Self::Unreachable { addr, source }
            }
            Error::Report { status, .. } => match &**status {
                ReportStatus::UnknownUserName { .. } => Self::UnknownUser { addr, login },
                ReportStatus::WrongDigest { .. } => Self::WrongDigest { addr, login },
                ReportStatus::DecryptionError { .. } => Self::Decryption { addr, login },
                ReportStatus::UnsupportedSecurityLevel { .. } => Self::SecurityLevel { addr, login },
                ReportStatus::NotInTimeWindow { .. } => Self::NotInTime { addr },
                other => Self::Malformed { addr, detail: other.to_string() },
            },
            // It did not prove itself to us with the key that we share.
            Error::Auth { .. } => Self::WrongDigest { addr, login },
            Error::Snmp { status, .. } => Self::Status { addr, oid: oid.to_string(), status: status.to_string() },
            other @ (Error::Config(_) | Error::RandomSource { .. } | Error::Closed { .. } | Error::Privacy(_)) => {
                Self::Local { detail: other.to_string() }
            }
            other => Self::Malformed { addr, detail: other.to_string() },
        }
    }
}

/// The status of an answer that says no more than an error.
pub(crate) fn status(error: &Error) -> Option<ErrorStatus> {
    match error.exchange_source() {
        Error::Snmp { status, .. } => Some(*status),
        _ => None,
    }
}
