//! Cisco NX-OS.

pub mod config;
mod interfaces;
mod neighbors;
mod routes;
mod tables;
mod version;

use super::Render;

pub const COMMANDS: &[(&str, Render)] = &[
    ("show version", version::show),
    ("show hostname", version::hostname),
    ("show inventory", version::inventory),
    ("show running-config", config::show),
    ("show ip arp", tables::arp),
    ("show ip arp vrf all", tables::arp_all),
    ("show mac address-table", tables::mac),
    ("show lldp neighbors detail", neighbors::lldp_detail),
    ("show cdp neighbors detail", neighbors::cdp_detail),
    ("show interface", interfaces::show),
    ("show ip route", routes::show),
    ("show ip route vrf all", routes::show),
];

/// `Ethernet1/1` as tables print it: `Eth1/1`.
fn short(name: &str) -> String {
    name.replace("Ethernet", "Eth").replace("loopback", "Lo")
}
