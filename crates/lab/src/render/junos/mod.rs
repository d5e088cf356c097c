//! Juniper Junos.

mod addresses;
pub mod config;
mod interfaces;
mod management;
mod neighbors;
mod routes;
mod sessions;
mod switching;
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
    ("show route protocol bgp", routes::bgp),
    ("show vlans", switching::vlans),
    ("show ethernet-switching interface", switching::interfaces),
    ("show lacp interfaces", switching::lacp),
    ("show interfaces terse", addresses::terse),
    ("show ipv6 neighbors", addresses::ipv6_neighbors),
    ("show bgp summary", sessions::bgp_summary),
    ("show bgp neighbor", sessions::bgp_neighbors),
    ("show ospf neighbor instance all", sessions::ospf),
    ("show ospf neighbor", sessions::ospf),
    ("show ntp associations", management::ntp),
    ("show chassis environment", management::environment),
    ("show configuration snmp", management::snmp),
    ("show configuration system authentication-order", management::authentication_order),
    ("show configuration system login", management::login),
    ("show configuration system accounting", management::accounting),
    ("show configuration system radius-server", management::radius),
    ("show configuration system tacplus-server", management::tacacs),
    ("show configuration system syslog", management::syslog),
    ("show configuration system ports", management::ports),
    ("show configuration system services ssh", management::ssh),
];
