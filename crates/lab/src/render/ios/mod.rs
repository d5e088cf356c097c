//! Cisco IOS and IOS-XE.

pub mod config;
mod interfaces;
mod inventory;
mod neighbors;
mod routes;
mod tables;
pub mod version;

use super::Render;

pub const COMMANDS: &[(&str, Render)] = &[
    ("show version", version::show),
    ("show inventory", inventory::show),
    ("show running-config", config::show),
    ("show ip arp", tables::arp),
    ("show arp", tables::arp),
    ("show mac address-table", tables::mac),
    ("show mac-address-table", tables::mac),
    ("show lldp neighbors detail", neighbors::lldp_detail),
    ("show cdp neighbors detail", neighbors::cdp_detail),
    ("show interfaces", interfaces::show),
    ("show ip interface brief", interfaces::brief),
    ("show ip route", routes::show),
];
