//! What one device claims about the device at the other end of a cable.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::Value;
use crate::fact::NEIGHBORS;

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

impl NeighborClaim {
    /// From the values of a fact of the kind [`NEIGHBORS`].
    pub fn from_values(values: &[Value]) -> Self {
        let get = |column| NEIGHBORS.position(column).and_then(|n| values.get(n));
        let text = |column| get(column).map(Value::plain).filter(|t| !t.is_empty());
        Self {
            protocol: text("protocol").unwrap_or_default(),
            local_interface: text("local_interface").unwrap_or_default(),
            remote_name: text("remote_name"),
            remote_interface: text("remote_interface"),
            remote_interface_description: text("remote_interface_description"),
            remote_chassis_id: text("remote_chassis_id"),
            remote_address: match get("remote_address") {
                Some(Value::Ip(ip)) => Some(*ip),
                _ => None,
            },
            remote_platform: text("remote_platform"),
            remote_capabilities: text("remote_capabilities"),
        }
    }
}
