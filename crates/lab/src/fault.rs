//! What can be wrong with a device.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where a device falls silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HangAt {
    /// It accepts the connection and never sends an SSH banner.
    Connect,
    /// In the middle of the first output.
    Command,
    /// One of the two; which depends on the device.
    Any,
}

/// A fault; it holds for new connections and for the next command of those that are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    #[default]
    None,
    /// Nothing listens.
    Refuse,
    /// Every log-in is refused.
    Auth,
    Hang(HangAt),
    /// The connection is reset in the middle of an output.
    Cut,
    /// Outputs dribble: 100 bytes every 20 ms.
    Slow,
    /// Outputs are strewn with escape sequences, NUL and invalid UTF-8.
    Garbage,
}

/// The text names no fault.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such fault: `{0}` (none, refuse, auth, hang, hang-connect, hang-command, cut, slow, garbage)")]
pub struct ParseFaultError(pub String);

impl FromStr for Fault {
    type Err = ParseFaultError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "none" => Self::None,
            "refuse" => Self::Refuse,
            "auth" => Self::Auth,
            "hang" => Self::Hang(HangAt::Any),
            "hang-connect" => Self::Hang(HangAt::Connect),
            "hang-command" => Self::Hang(HangAt::Command),
            "cut" => Self::Cut,
            "slow" => Self::Slow,
            "garbage" => Self::Garbage,
            _ => return Err(ParseFaultError(text.to_owned())),
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Refuse => "refuse",
            Self::Auth => "auth",
            Self::Hang(HangAt::Any) => "hang",
            Self::Hang(HangAt::Connect) => "hang-connect",
            Self::Hang(HangAt::Command) => "hang-command",
            Self::Cut => "cut",
            Self::Slow => "slow",
            Self::Garbage => "garbage",
        })
    }
}

#[test]
fn a_fault_reads_back_as_written() {
    for text in ["none", "refuse", "auth", "hang", "hang-connect", "hang-command", "cut", "slow", "garbage"] {
        assert_eq!(text.parse::<Fault>().map(|f| f.to_string()).as_deref(), Ok(text));
    }
    assert!("explode".parse::<Fault>().is_err());
}
