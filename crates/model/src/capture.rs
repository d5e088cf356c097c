//! A capture: what a device said, whole, before anything reads it.

use serde::{Deserialize, Serialize};

/// Whether an output is all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "state", content = "reason", rename_all = "snake_case")]
pub enum Completeness {
    /// Framed by the prompt, no error banner, the end marker there where the platform names one.
    Complete,
    /// Kept and marked; it never replaces the last good one. Says what is wrong.
    Cut(String),
    /// The device refused the command or does not have the feature: what it said.
    Refused(String),
    /// It failed the validation of its job; kept because somebody asked for it.
    Invalid(String),
}

impl Completeness {
    pub fn is_complete(&self) -> bool {
        *self == Completeness::Complete
    }

    /// What to tell a person when it is not complete.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Completeness::Complete => None,
            Completeness::Cut(reason) | Completeness::Refused(reason) | Completeness::Invalid(reason) => Some(reason),
        }
    }
}

/// One output of one device, as a stage hands it on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// `configs`, `arp` … as in `platforms/capture_types.yaml`.
    pub capture_type: String,
    pub command: String,
    /// The platform whose command line this was; a device may be reached by more than one.
    pub platform: String,
    /// As said: without echo and prompt, terminal control resolved, not decoded.
    pub content: Vec<u8>,
    pub completeness: Completeness,
}
