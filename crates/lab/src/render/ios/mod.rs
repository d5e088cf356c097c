//! Cisco IOS and IOS-XE.

mod addresses;
pub mod config;
mod interfaces;
mod inventory;
mod management;
mod neighbors;
mod routes;
mod sessions;
mod switching;
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
    ("show ip route vrf *", routes::show_all),
    ("show vlan brief", switching::vlan_brief),
    ("show interfaces switchport", switching::switchport),
    ("show etherchannel summary", switching::etherchannel),
    ("show ip interface", addresses::ip_interface),
    ("show ipv6 interface", addresses::ipv6_interface),
    ("show ipv6 neighbors", addresses::ipv6_neighbors),
    ("show ip bgp all summary", sessions::bgp_summary),
    ("show ip bgp summary", sessions::bgp_summary),
    ("show ip bgp neighbors", sessions::bgp_neighbors),
    ("show ip bgp", sessions::bgp_table),
    ("show ip ospf neighbor", sessions::ospf),
    ("show ntp associations", management::ntp),
    ("show snmp user", management::snmp_user),
    ("show ip ssh", management::ssh),
    ("show environment all", management::environment),
    ("show env all", management::environment),
];
