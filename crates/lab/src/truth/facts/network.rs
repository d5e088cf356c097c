//! Switching and routing. What a vendor's table does not say is null: the VRF of an address on EOS and Junos, the state
//! of a VLAN on Junos.

use std::net::Ipv4Addr;

use super::{Kind, Row, row};
use crate::world::{BgpPeer, Device, Platform, PortMode, Use, World, site_as};
use Platform::{AristaEos, CiscoIos, CiscoNxos, JuniperJunos};

pub const ADDRESSES: Kind = Kind {
    name: "addresses",
    fact: "addresses",
    columns: &["vrf", "interface", "ip", "prefix_length"],
    rows: addresses,
};

pub const PORT_CHANNELS: Kind = Kind {
    name: "port_channels",
    fact: "port_channels",
    columns: &["name", "member", "protocol", "status", "member_status"],
    rows: port_channels,
};

pub const IPV6_NEIGHBORS: Kind = Kind {
    name: "ipv6_neighbors",
    fact: "ipv6_neighbors",
    columns: &["vrf", "ip", "mac", "interface"],
    rows: |world, d| {
        let row = |n: crate::world::v6::Neighbor6| row![vrf(d), n.ip, n.mac, d.l3_name(n.port)];
        world.neighbors_v6(d).into_iter().map(row).collect()
    },
};

pub const VLANS: Kind = Kind { name: "vlans", fact: "vlans", columns: &["vid", "name", "status"], rows: vlans };

pub const SWITCHPORTS: Kind = Kind {
    name: "switchports",
    fact: "switchports",
    columns: &["interface", "mode", "access_vlan", "native_vlan", "tagged_vlans", "voice_vlan"],
    rows: switchports,
};

pub const BGP_NEIGHBORS: Kind = Kind {
    name: "bgp_neighbors",
    fact: "bgp_neighbors",
    columns: &[
        "vrf",
        "address_family",
        "neighbor",
        "remote_as",
        "local_as",
        "router_id",
        "remote_id",
        "state",
        "description",
    ],
    rows: bgp_neighbors,
};

pub const BGP_ROUTES: Kind = Kind {
    name: "bgp_routes",
    fact: "bgp_routes",
    columns: &["vrf", "prefix", "next_hop", "as_path", "origin", "local_preference", "metric", "weight", "status"],
    rows: bgp_routes,
};

pub const OSPF_NEIGHBORS: Kind = Kind {
    name: "ospf_neighbors",
    fact: "ospf_neighbors",
    columns: &["vrf", "process", "area", "router_id", "address", "interface", "state", "role"],
    rows: |world, d| {
        let process = matches!(d.platform(), CiscoNxos | AristaEos).then_some("1");
        let row = |p: crate::world::OspfPeer| {
            row!["default", process, None::<&str>, p.router_id, p.address, p.interface, "full", None::<&str>]
        };
        world.ospf_peers(d).into_iter().map(row).collect()
    },
};

/// The VRF as a table gives it that has no column for it, or that says it elsewhere.
fn vrf(device: &Device) -> Option<&'static str> {
    (device.platform() != JuniperJunos).then_some("default")
}

fn addresses(world: &World, device: &Device) -> Vec<Row> {
    let mut rows = Vec::new();
    for iface in device.interfaces() {
        let name = match iface.kind {
            crate::world::IfKind::Physical | crate::world::IfKind::Channel => device.l3_name(iface.index),
            _ => iface.name.clone(),
        };
        if let Some((ip, len)) = iface.addr {
            let vrf = matches!(device.platform(), CiscoIos | CiscoNxos).then_some("default");
            let vrf = vrf.map(|global| iface.vrf.unwrap_or(global));
            // Junos shows the loopback's own address without a length.
            let len = (device.platform() != JuniperJunos || len < 32).then_some(len);
            rows.push(row![vrf, name.as_str(), ip, len]);
        }
        if let Some(ip) = world.iface_v6(device, &iface) {
            rows.push(row![vrf(device), name.as_str(), ip, 64_u8]);
        }
    }
    rows
}

fn port_channels(_: &World, device: &Device) -> Vec<Row> {
    let mut rows = Vec::new();
    for (i, channel) in device.channels() {
        let (up, bundled) = if channel.unplugged { ("down", "down") } else { ("up", "bundled") };
        let up = (device.platform() != JuniperJunos).then_some(up);
        rows.extend(device.members(i).map(|(_, m)| row![&*channel.name, &*m.name, "lacp", up, bundled]));
    }
    rows
}

fn vlans(_: &World, device: &Device) -> Vec<Row> {
    let junos = device.platform() == JuniperJunos;
    if !device.is_switch() || (junos && device.model.name.starts_with("mx") && device.vlans.is_empty()) {
        return Vec::new();
    }
    let status = (!junos).then_some("active");
    let mut rows: Vec<Row> = device.all_vlans().into_iter().map(|(id, name)| row![id, name, status]).collect();
    if device.platform() == CiscoIos {
        let old = [
            (1002_u16, "fddi-default"),
            (1003, "token-ring-default"),
            (1004, "fddinet-default"),
            (1005, "trnet-default"),
        ];
        rows.extend(old.map(|(id, name)| row![id, name, "unsupported"]));
    }
    rows
}

fn switchports(_: &World, device: &Device) -> Vec<Row> {
    let platform = device.platform();
    let none = None::<u16>;
    let row = |(i, mode): (usize, PortMode)| {
        let port = &device.ports[i];
        let is_member = matches!(port.usage, Use::Member { .. });
        if is_member && matches!(platform, AristaEos | JuniperJunos) {
            return None;
        }
        let name = if platform == JuniperJunos { format!("{}.0", port.name) } else { port.name.clone() };
        let native = (platform != JuniperJunos).then_some(1_u16);
        Some(match (mode, platform) {
            (PortMode::Access(vlan), _) => row![name, "access", vlan, none, none.map(|_| ""), none],
            (PortMode::Trunk, _) => row![name, "trunk", none, native, device.trunk_vlans(), none],
            (PortMode::Shut, CiscoIos) => row![name, "dynamic", 1_u16, 1_u16, None::<&str>, none],
            (PortMode::Shut, JuniperJunos) => return None,
            (PortMode::Shut, _) => row![name, "access", 1_u16, none, None::<&str>, none],
        })
    };
    device.switch_ports().into_iter().filter_map(row).collect()
}

/// The summary and the details are two tables, which say different things of one neighbour.
fn bgp_neighbors(world: &World, device: &Device) -> Vec<Row> {
    let peers = world.bgp_peers(device);
    let own_as = site_as(device.site);
    let junos = device.platform() == JuniperJunos;
    let summary = |p: &BgpPeer| {
        let state = if p.up { "established" } else { "idle" };
        let family = (!junos).then_some("ipv4 unicast");
        let (local, id) = if junos { (None, None) } else { (Some(own_as), Some(device.address)) };
        row!["default", family, p.address, p.remote_as, local, id, None::<&str>, state, None::<&str>]
    };
    let detail = |p: &BgpPeer| {
        let state = if p.up { "established" } else { "idle" };
        let nothing = None::<&str>;
        Some(match device.platform() {
            CiscoIos => {
                let id = if p.up { p.router_id } else { Ipv4Addr::UNSPECIFIED };
                row!["default", nothing, p.address, p.remote_as, nothing, nothing, id, state, nothing]
            }
            CiscoNxos => {
                row!["default", nothing, p.address, p.remote_as, nothing, nothing, nothing, state, p.name.as_str()]
            }
            JuniperJunos => {
                let ids = p.up.then_some((device.address, p.router_id)).unzip();
                row!["default", nothing, p.address, p.remote_as, own_as, ids.0, ids.1, state, p.name.as_str()]
            }
            AristaEos => return None,
        })
    };
    peers.iter().map(summary).chain(peers.iter().filter_map(detail)).collect()
}

fn bgp_routes(world: &World, device: &Device) -> Vec<Row> {
    let nothing = None::<u32>;
    let row = |p: crate::world::BgpPath| {
        let way = p.as_path.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
        let hop = p.next_hop.unwrap_or(Ipv4Addr::UNSPECIFIED);
        let own = p.next_hop.is_none();
        let (hop, preference, metric, weight) = match device.platform() {
            CiscoIos if own => (Some(hop), nothing, Some(0), Some(32_768)),
            CiscoIos => (Some(hop), p.internal.then_some(100), p.internal.then_some(0), Some(0)),
            CiscoNxos if own => (Some(hop), Some(100), nothing, Some(32_768)),
            CiscoNxos => (Some(hop), p.internal.then_some(100), nothing, Some(0)),
            AristaEos if own => (None, nothing, nothing, Some(0)),
            AristaEos => (Some(hop), Some(100), Some(0), Some(0)),
            // The own network is none of BGP's routes there.
            JuniperJunos if own => return None,
            JuniperJunos => (Some(hop), Some(100), nothing, nothing),
        };
        Some(row!["default", p.prefix, hop, way, "igp", preference, metric, weight, "best"])
    };
    world.bgp_paths(device).into_iter().filter_map(row).collect()
}
