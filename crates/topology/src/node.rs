//! A device as the map needs it.

use std::collections::BTreeMap;
use std::net::IpAddr;

use model::Mac;

/// A device of the inventory. Only `key` and `name` must be there; every other mark makes claims about it surer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// The caller's id; no two nodes share one.
    pub key: i64,
    /// As the device calls itself; two devices may have one name.
    pub name: String,
    /// Other names: with and without domain, from DNS, from an inventory.
    pub aliases: Vec<String>,
    pub platform: String,
    pub vendor: String,
    pub model: Option<String>,
    pub role: Option<String>,
    pub site: Option<String>,
    /// Where it is managed.
    pub address: Option<IpAddr>,
    /// Every other address that is its own.
    pub addresses: Vec<IpAddr>,
    pub serials: Vec<String>,
    /// Chassis and system MACs in any spelling, or other LLDP chassis ids.
    pub chassis_ids: Vec<String>,
    /// Names of its interfaces, in any spelling. Empty when they are not known.
    pub interfaces: Vec<String>,
    /// Interface by MAC address.
    pub port_macs: BTreeMap<Mac, String>,
    /// Port channel by its member, in any spelling.
    pub channels: BTreeMap<String, String>,
    /// Interface and its configured description, several where several sources tell one; some protocols send it in place of a name.
    pub port_descriptions: Vec<(String, String)>,
}
