//! The kinds of facts: what a device is, and what it knows of its surroundings.

use super::ColumnKind::{Int, Interface, Ip, Mac as MacKind, Prefix, Text, Vlan};
use super::management::{AAA, AAA_SERVERS, ENVIRONMENT, LINES, NTP, SNMP, SSH_SERVER, SYSLOG, USERS};
use super::network::{
    ADDRESSES, BGP_NEIGHBORS, BGP_ROUTES, IPV6_NEIGHBORS, OSPF_NEIGHBORS, PORT_CHANNELS, SWITCHPORTS, VLANS,
};
use super::{Column, ColumnKind, FactKind};

pub(super) const fn must(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind, required: true }
}

pub(super) const fn may(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind, required: false }
}

pub const ARP: FactKind = FactKind {
    name: "arp",
    table: "arp_entries",
    columns: &[may("vrf", Text), must("ip", Ip), must("mac", MacKind), may("interface", Interface)],
};

pub const MAC: FactKind = FactKind {
    name: "mac",
    table: "mac_table_entries",
    columns: &[
        may("vlan", Vlan),
        // Where a system names its VLANs instead.
        may("vlan_name", Text),
        must("mac", MacKind),
        must("interface", Interface),
        may("entry_type", Text),
    ],
};

pub const NEIGHBORS: FactKind = FactKind {
    name: "neighbors",
    table: "neighbors",
    columns: &[
        must("protocol", Text),
        must("local_interface", Interface),
        may("remote_name", Text),
        may("remote_interface", Text),
        may("remote_interface_description", Text),
        may("remote_chassis_id", Text),
        may("remote_address", Ip),
        may("remote_platform", Text),
        may("remote_capabilities", Text),
    ],
};

pub const INTERFACES: FactKind = FactKind {
    name: "interfaces",
    table: "interfaces",
    columns: &[
        must("name", Interface),
        may("description", Text),
        may("status", Text),
        may("protocol_status", Text),
        may("mac", MacKind),
        may("ip", Ip),
        may("prefix_length", Int),
        may("mtu", Int),
        may("speed", Text),
        may("duplex", Text),
        may("media", Text),
    ],
};

pub const ROUTES: FactKind = FactKind {
    name: "routes",
    table: "routes",
    columns: &[
        may("vrf", Text),
        must("prefix", Prefix),
        may("protocol", Text),
        // The protocol as printed: `O IA`.
        may("code", Text),
        may("distance", Int),
        may("metric", Int),
        may("next_hop", Ip),
        may("interface", Interface),
    ],
};

pub const SYSTEM: FactKind = FactKind {
    name: "system",
    table: "system_facts",
    columns: &[
        may("hostname", Text),
        may("vendor", Text),
        may("model", Text),
        may("os_version", Text),
        may("serials", Text),
        may("image", Text),
        may("chassis_mac", MacKind),
    ],
};

pub const COMPONENTS: FactKind = FactKind {
    name: "components",
    table: "components",
    columns: &[
        must("name", Text),
        may("description", Text),
        may("part_id", Text),
        may("version", Text),
        may("serial", Text),
        // `chassis`, `module`, `power`, `fan`, `transceiver` …
        may("class", Text),
        // Name of what it is in, where the device says so.
        may("parent", Text),
    ],
};

/// Every kind of fact, in the order in which they are shown.
pub const KINDS: &[&FactKind] = &[
    &SYSTEM,
    &COMPONENTS,
    &INTERFACES,
    &ADDRESSES,
    &PORT_CHANNELS,
    &NEIGHBORS,
    &ARP,
    &IPV6_NEIGHBORS,
    &MAC,
    &VLANS,
    &SWITCHPORTS,
    &ROUTES,
    &BGP_NEIGHBORS,
    &BGP_ROUTES,
    &OSPF_NEIGHBORS,
    &NTP,
    &SNMP,
    &AAA,
    &AAA_SERVERS,
    &SYSLOG,
    &LINES,
    &SSH_SERVER,
    &ENVIRONMENT,
    &USERS,
];
