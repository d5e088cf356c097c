//! The shapes of the truth; the names are those of the JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::facts::Facts;
use crate::world::{Mac, Prefix};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthDevice {
    /// The name in the lab; equal to `hostname` unless the device was told to lie.
    pub name: String,
    pub hostname: String,
    /// What to dial, and what neighbours advertise.
    pub address: Ipv4Addr,
    /// All addresses that answer.
    pub addresses: Vec<Ipv4Addr>,
    pub site: String,
    pub role: Cow<'static, str>,
    pub platform: Cow<'static, str>,
    pub vendor: Cow<'static, str>,
    pub model: String,
    pub os_version: String,
    pub serials: Vec<String>,
    pub chassis_mac: Mac,
    pub lldp: bool,
    pub cdp: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthEnd {
    pub device: String,
    pub port: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthLink {
    pub a: TruthEnd,
    pub b: TruthEnd,
    /// `lldp`, `cdp`: what both ends speak on the cable.
    pub protocols: Vec<Cow<'static, str>>,
}

/// A line of a neighbour table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthNeighbor {
    pub device: String,
    pub port: String,
    pub protocol: Cow<'static, str>,
    pub neighbor: String,
    pub neighbor_port: Option<String>,
    pub address: Option<Ipv4Addr>,
    /// False for phones, servers and made-up neighbours.
    pub is_device: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthArp {
    pub device: String,
    pub ip: Ipv4Addr,
    pub mac: Mac,
    pub interface: String,
    pub vrf: Cow<'static, str>,
    /// The device's own address (IOS only).
    pub own: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthMac {
    pub device: String,
    /// None where the vendor prints `All` or `-`.
    pub vlan: Option<u16>,
    pub mac: Mac,
    pub interface: String,
    #[serde(rename = "type")]
    pub kind: Cow<'static, str>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthRoute {
    pub device: String,
    pub vrf: Cow<'static, str>,
    pub prefix: Prefix,
    /// `connected`, `local`, `static`, `ospf`, `bgp`.
    pub protocol: Cow<'static, str>,
    pub next_hop: Option<Ipv4Addr>,
    /// None where the vendor does not print it (BGP and static on IOS, BGP on NX-OS).
    pub interface: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthInterface {
    pub device: String,
    pub name: String,
    pub description: Option<String>,
    /// With prefix length.
    pub address: Option<String>,
    pub mac: Option<Mac>,
    pub up: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthComponent {
    pub device: String,
    pub name: String,
    pub part_id: String,
    pub serial: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthHost {
    pub name: String,
    pub mac: Mac,
    pub ip: Ipv4Addr,
    pub vlan: u16,
    pub device: String,
    pub port: String,
}

/// Something that neighbours mention and that is no network device.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TruthGadget {
    pub name: String,
    pub kind: Cow<'static, str>,
    pub mac: Mac,
    pub address: Option<Ipv4Addr>,
    pub device: String,
    pub port: String,
}

/// Everything there is to find.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Truth {
    pub seed: String,
    pub sites: Vec<String>,
    pub devices: Vec<TruthDevice>,
    pub links: Vec<TruthLink>,
    pub neighbors: Vec<TruthNeighbor>,
    pub arp: Vec<TruthArp>,
    pub mac: Vec<TruthMac>,
    pub routes: Vec<TruthRoute>,
    pub interfaces: Vec<TruthInterface>,
    pub components: Vec<TruthComponent>,
    pub hosts: Vec<TruthHost>,
    pub not_devices: Vec<TruthGadget>,
    /// Every kind of fact, with the columns of the product.
    pub facts: BTreeMap<Cow<'static, str>, Facts>,
}
