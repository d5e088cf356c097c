//! Juniper Junos.

pub mod config;
mod interfaces;
mod neighbors;
mod routes;
mod tables;
mod version;

use super::Render;

pub const COMMANDS: &[(&str, Render)] = &[
    ("show version", version::show),
    ("show chassis hardware", version::hardware),
    ("show configuration", config::show),
    ("show arp no-resolve", tables::arp),
    ("show arp", tables::arp),
    ("show ethernet-switching table", tables::mac),
    ("show lldp neighbors", neighbors::lldp),
    ("show lldp neighbors detail", neighbors::lldp_detail),
    ("show interfaces", interfaces::show),
    ("show route", routes::show),
];
