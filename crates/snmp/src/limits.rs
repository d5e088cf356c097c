//! How long and how much.

use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// For one answer. A lost datagram costs this much.
    pub timeout: Duration,
    /// How often a question is sent again when no answer came.
    pub retries: u32,
    /// Bindings asked for at once in a walk; fewer when the device says that this is too much.
    pub repetitions: u32,
    /// Bindings of one walk; what has more is cut there.
    pub bindings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(2), retries: 2, repetitions: 25, bindings: 200_000 }
    }
}
