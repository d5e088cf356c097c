//! Arista EOS.

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
    ("show hostname", version::hostname),
    ("show inventory", version::inventory),
    ("show running-config", config::show),
    ("show ip arp", tables::arp),
    ("show ip arp vrf all", tables::arp_all),
    ("show arp", tables::arp),
    ("show mac address-table", tables::mac),
    ("show lldp neighbors detail", neighbors::lldp_detail),
    ("show interfaces", interfaces::show),
    ("show ip route", routes::show),
    ("show ip route vrf all", routes::show_all),
    ("show vlan", switching::vlan),
    ("show interfaces switchport", switching::switchport),
    ("show port-channel dense", switching::channels),
    ("show ip interface brief", addresses::ip_brief),
    ("show ipv6 interface", addresses::ipv6_interface),
    ("show ipv6 neighbors vrf all", addresses::ipv6_neighbors),
    ("show bgp summary vrf all", sessions::bgp_summary),
    ("show ip bgp vrf all", sessions::bgp_table),
    ("show ip ospf neighbor", sessions::ospf),
    ("show ntp associations", management::ntp),
    ("show snmp user", management::snmp_user),
    ("show management ssh", management::ssh),
    ("show environment all", management::environment),
    ("show system environment all", management::environment),
];
