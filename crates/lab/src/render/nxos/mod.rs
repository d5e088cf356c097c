//! Cisco NX-OS.

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
    ("show ip arp detail vrf all", tables::arp_detail),
    ("show mac address-table", tables::mac),
    ("show lldp neighbors detail", neighbors::lldp_detail),
    ("show cdp neighbors detail", neighbors::cdp_detail),
    ("show interface", interfaces::show),
    ("show ip route", routes::show),
    ("show ip route vrf all", routes::show_all),
    ("show vlan brief", switching::vlan_brief),
    ("show interface switchport", switching::switchport),
    ("show port-channel summary", switching::channels),
    ("show ip interface vrf all", addresses::ip_interface),
    ("show ipv6 interface vrf all", addresses::ipv6_interface),
    ("show ipv6 neighbor vrf all", addresses::ipv6_neighbors),
    ("show bgp all summary vrf all", sessions::bgp_summary),
    ("show ip bgp summary vrf all", sessions::bgp_summary),
    ("show ip bgp neighbors vrf all", sessions::bgp_neighbors),
    ("show ip bgp vrf all", sessions::bgp_table),
    ("show ip ospf neighbors vrf all", sessions::ospf),
    ("show ntp peer-status", management::ntp),
    ("show running-config snmp", management::snmp),
    ("show running-config aaa", management::aaa),
    ("show running-config radius", management::radius),
    ("show running-config tacacs+", management::tacacs),
    ("show ssh server", management::ssh),
    ("show environment", management::environment),
    ("show interface transceiver", management::transceivers),
];

/// `Ethernet1/1` as tables print it: `Eth1/1`.
fn short(name: &str) -> String {
    name.replace("Ethernet", "Eth").replace("loopback", "Lo").replace("port-channel", "Po")
}
