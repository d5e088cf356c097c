//! What one device claims about the device at the other end of a cable.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// One row of a neighbour table: a claim, not yet a link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeighborClaim {
    /// `lldp` or `cdp`.
    pub protocol: String,
    /// Canonical name of the port on which the neighbour was heard.
    pub local_interface: String,
    pub remote_name: Option<String>,
    /// The neighbour's port id as advertised: a name, a MAC, or a text.
    pub remote_interface: Option<String>,
    pub remote_interface_description: Option<String>,
    pub remote_chassis_id: Option<String>,
    pub remote_address: Option<IpAddr>,
    pub remote_platform: Option<String>,
    /// As printed: `B, R`, `Router Switch IGMP`, `Bridge, Router` …
    pub remote_capabilities: Option<String>,
}
