//! What a device can be told to do wrong.
//!
//! A network says things that nobody planned for. These switches make one device say them, so
//! that a test can see the product survive it.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// An output that no device should give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hostile {
    /// These bytes instead of the output.
    Bytes(Vec<u8>),
    /// One line of this many bytes.
    LongLine(usize),
    /// Lines without end.
    Endless,
}

/// Departures of one device from good behaviour; the default is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// What it calls itself in prompt, banner, configuration and to its neighbours.
    pub hostname: Option<String>,
    /// A further address that it listens on and advertises on every second port.
    pub second_address: Option<Ipv4Addr>,
    /// One more neighbour, at an address where nothing listens: name and address.
    pub dead_neighbor: Option<(String, Ipv4Addr)>,
    /// Whole commands (`show version`) and what comes instead of their output.
    pub outputs: BTreeMap<String, Hostile>,
    /// Counts up to make a new host key.
    pub host_key_generation: u32,
    /// Its SSH knows only algorithms of twenty years ago.
    pub old_algorithms: bool,
}
