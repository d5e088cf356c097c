//! How long and how much, and whether what goes over the wire is kept.

use std::time::Duration;

use crate::wire::{COLUMNS, ROWS};

/// Deadlines of a session, and the size of one output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// TCP, and then the key exchange: each.
    pub connect: Duration,
    /// From the key exchange to the first prompt; also for privileged mode.
    pub login: Duration,
    /// Longest silence inside one command.
    pub command_idle: Duration,
    /// Longest time for one command.
    pub command_total: Duration,
    /// Bytes kept of one output; more than that ends the session.
    pub output_bytes: usize,
    /// Keep all that goes over the wire, see [`crate::Finished`]. Commands are sent one by one then.
    pub record: bool,
    /// Columns and rows of the terminal that we say to be.
    pub window: (u16, u16),
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connect: Duration::from_secs(15),
            login: Duration::from_secs(30),
            command_idle: Duration::from_secs(30),
            command_total: Duration::from_secs(60),
            output_bytes: 32 << 20,
            record: false,
            window: (COLUMNS, ROWS),
        }
    }
}
