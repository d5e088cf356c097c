//! What outside systems say of the network: one module for each system, which asks and gives plain values.
//!
//! Nothing here knows the store. What is made of the values, and whether anything is, is decided elsewhere.

pub mod netbox;
pub mod releases;
mod web;

pub use web::{Trust, Web};

/// Why a system did not say what it was asked, by what a person would do about it. No text holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// The network, or nobody there.
    #[error("cannot reach {host}: {why}")]
    Unreachable { host: String, why: String },
    /// Its certificate is not to be trusted.
    #[error("{host} cannot be trusted: {why}; give the certificate of its authority with --ca")]
    Untrusted { host: String, why: String },
    /// The credential is not good; it is not tried again.
    #[error("{host} refused the token: {said}")]
    Refused { host: String, said: String },
    /// The credential is good and may not do this.
    #[error("the token may not {what} on {host}: {said}")]
    Forbidden { host: String, what: String, said: String },
    #[error("{host} is busy or being maintained: {said}; try it again later")]
    Busy { host: String, said: String },
    /// Another system, or another version, than the one that was meant.
    #[error("{host} is no {expected}: {got}")]
    NotThis { host: String, expected: &'static str, got: String },
    /// It refused what was asked.
    #[error("{host} refused what it was asked: {said}")]
    Invalid { host: String, said: String },
    /// It said what cannot be read.
    #[error("{host} said what cannot be read: {why}")]
    Broken { host: String, why: String },
    /// The address or the certificate that was given is not one.
    #[error("{0}")]
    Usage(String),
}

pub type AskResult<T> = Result<T, AskError>;
