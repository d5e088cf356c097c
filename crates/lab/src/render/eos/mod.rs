//! Arista EOS.

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
    ("show arp", tables::arp),
    ("show mac address-table", tables::mac),
    ("show lldp neighbors detail", neighbors::lldp_detail),
    ("show interfaces", interfaces::show),
    ("show ip route", routes::show),
];
