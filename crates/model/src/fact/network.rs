//! The kinds of facts of switching and routing. Counters, ages and states that only a timer moves are no columns.

use super::ColumnKind::{Asn, Int, Interface, Ip, Mac as MacKind, Prefix, Text, Vlan, Vlans};
use super::FactKind;
use super::kinds::{may, must};

/// Each address of each interface, IPv4 and IPv6.
pub const ADDRESSES: FactKind = FactKind {
    name: "addresses",
    table: "addresses",
    columns: &[may("vrf", Text), must("interface", Interface), must("ip", Ip), may("prefix_length", Int)],
};

/// A row for each member; one without a member for an empty bundle.
pub const PORT_CHANNELS: FactKind = FactKind {
    name: "port_channels",
    table: "port_channels",
    columns: &[
        must("name", Interface),
        may("member", Interface),
        // lacp, pagp, static
        may("protocol", Text),
        // up, down
        may("status", Text),
        // bundled, suspended, individual, standby, down
        may("member_status", Text),
    ],
};

pub const IPV6_NEIGHBORS: FactKind = FactKind {
    name: "ipv6_neighbors",
    table: "ipv6_neighbors",
    columns: &[may("vrf", Text), must("ip", Ip), must("mac", MacKind), may("interface", Interface)],
};

pub const VLANS: FactKind = FactKind {
    name: "vlans",
    table: "vlans",
    columns: &[
        must("vid", Vlan),
        may("name", Text),
        // active, suspended, shutdown
        may("status", Text),
    ],
};

pub const SWITCHPORTS: FactKind = FactKind {
    name: "switchports",
    table: "switchports",
    columns: &[
        must("interface", Interface),
        // access, trunk, routed, dynamic …
        may("mode", Text),
        may("access_vlan", Vlan),
        may("native_vlan", Vlan),
        // `1-10,20`
        may("tagged_vlans", Vlans),
        may("voice_vlan", Vlan),
    ],
};

pub const BGP_NEIGHBORS: FactKind = FactKind {
    name: "bgp_neighbors",
    table: "bgp_neighbors",
    columns: &[
        may("vrf", Text),
        may("address_family", Text),
        must("neighbor", Ip),
        may("remote_as", Asn),
        may("local_as", Asn),
        // The own, and the neighbour's.
        may("router_id", Ip),
        may("remote_id", Ip),
        // established, idle, active, connect, opensent, openconfirm, shutdown
        may("state", Text),
        may("description", Text),
    ],
};

/// Each path of the BGP table.
pub const BGP_ROUTES: FactKind = FactKind {
    name: "bgp_routes",
    table: "bgp_routes",
    columns: &[
        may("vrf", Text),
        must("prefix", Prefix),
        may("next_hop", Ip),
        may("as_path", Text),
        // igp, egp, incomplete
        may("origin", Text),
        may("local_preference", Int),
        may("metric", Int),
        may("weight", Int),
        // best, valid, multipath, suppressed …
        may("status", Text),
    ],
};

pub const OSPF_NEIGHBORS: FactKind = FactKind {
    name: "ospf_neighbors",
    table: "ospf_neighbors",
    columns: &[
        may("vrf", Text),
        may("process", Text),
        may("area", Text),
        must("router_id", Ip),
        may("address", Ip),
        may("interface", Interface),
        // full, 2way, exstart, exchange, loading, init, attempt, down
        may("state", Text),
        // dr, bdr, drother: what the neighbour is
        may("role", Text),
    ],
};
