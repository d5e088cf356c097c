//! The device, its parts, interfaces, neighbours, ARP, MAC and routing tables.

use super::{Kind, Row, row};
use crate::world::{Component, Device, Platform, Proto, TENANT, World};

pub const SYSTEM: Kind = Kind {
    name: "system",
    fact: "system",
    columns: &["hostname", "vendor", "model", "os_version"],
    rows: |_, d| {
        // EOS does not say its name among its versions.
        let name = (d.platform() != Platform::AristaEos).then(|| d.hostname());
        vec![row![name, d.platform().vendor(), d.model.name, d.os_version]]
    },
};

pub const COMPONENTS: Kind = Kind {
    name: "components",
    fact: "components",
    columns: &["name", "description", "part_id", "version", "serial"],
    rows: |world, d| distinct(world.components(d).into_iter().map(|part| component(d, part))),
};

/// Parts that a table of their own tells.
pub const TRANSCEIVERS: Kind = Kind {
    name: "transceivers",
    fact: "components",
    rows: |world, d| world.optics(d).into_iter().map(|(_, part)| component(d, part)).collect(),
    ..COMPONENTS
};

pub const INTERFACES: Kind = Kind {
    name: "interfaces",
    fact: "interfaces",
    columns: &["name", "description", "mac", "ip", "prefix_length"],
    rows: interfaces,
};

pub const NEIGHBORS: Kind = Kind {
    name: "neighbors",
    fact: "neighbors",
    columns: &["protocol", "local_interface", "remote_address"],
    rows: neighbors,
};

pub const ARP: Kind = Kind {
    name: "arp",
    fact: "arp",
    columns: &["vrf", "ip", "mac", "interface"],
    rows: |world, d| world.arp(d).into_iter().map(|a| row!["default", a.ip, a.mac, a.interface]).collect(),
};

pub const MAC: Kind = Kind {
    name: "mac",
    fact: "mac",
    columns: &["vlan", "vlan_name", "mac", "interface", "entry_type"],
    rows: |world, d| {
        let all = (d.platform() == Platform::CiscoIos).then_some("All");
        let kind = |dynamic| if dynamic { "dynamic" } else { "static" };
        let row = |m: crate::world::MacRow| {
            row![m.vlan, all.filter(|_| m.vlan.is_none()), m.mac, m.interface, kind(m.dynamic)]
        };
        world.mac_table(d).into_iter().map(row).collect()
    },
};

pub const ROUTES: Kind = Kind {
    name: "routes",
    fact: "routes",
    columns: &["vrf", "prefix", "protocol", "next_hop", "interface"],
    rows: routes,
};

/// As the inventory names a part: EOS gives its kind and slot.
fn component(device: &Device, part: Component) -> Row {
    let name = match (device.platform(), part.name.rsplit_once(' ')) {
        (Platform::AristaEos, Some((kind, slot))) => format!("{}/{slot}", kind.to_lowercase()),
        _ => part.name.clone(),
    };
    let is_chassis = device.platform() == Platform::JuniperJunos && part.name == "Chassis";
    row![name, part.description, Some(part.part_id).filter(|_| !is_chassis), part.revision, part.serial]
}

fn interfaces(_: &World, device: &Device) -> Vec<Row> {
    let mut rows = Vec::new();
    crate::truth::truth_interfaces(device, &mut rows);
    let row = |i: crate::truth::TruthInterface| {
        let (ip, length) = i.address.as_deref().and_then(|a| a.split_once('/')).unzip();
        let length = length.and_then(|l| l.parse::<u8>().ok());
        row![i.name, i.description, i.mac, ip, length]
    };
    rows.into_iter().map(row).collect()
}

fn neighbors(world: &World, device: &Device) -> Vec<Row> {
    let mut rows = Vec::new();
    world.truth_neighbors(device, &mut rows);
    rows.into_iter().map(|n| row![&*n.protocol, n.port, n.address]).collect()
}

fn routes(world: &World, device: &Device) -> Vec<Row> {
    let mut rows = Vec::new();
    let tenant = world.tenant_routes(device).into_iter().map(|route| (TENANT, route));
    for (vrf, route) in world.routes(device).into_iter().map(|route| ("default", route)).chain(tenant) {
        let protocol = match (route.proto, device.platform()) {
            (Proto::Connected, _) => "connected",
            (Proto::Local, _) => "local",
            (Proto::Static, _) => "static",
            (Proto::OspfInter, p) if p != Platform::JuniperJunos => "ospf-ia",
            (Proto::OspfExternal, p) if p != Platform::JuniperJunos => "ospf-e2",
            (Proto::Ospf | Proto::OspfInter | Proto::OspfExternal, _) => "ospf",
            (Proto::BgpExternal | Proto::BgpInternal, _) => "bgp",
        };
        let silent = crate::truth::hides_interface(device, route.proto);
        let row = |h: &crate::world::Hop| {
            row![vrf, route.prefix, protocol, h.ip, Some(h.interface.as_str()).filter(|_| !silent)]
        };
        rows.extend(route.hops.iter().map(row));
    }
    distinct(rows.into_iter())
}

/// Rows that differ in nothing that is compared are one.
fn distinct(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut seen = std::collections::HashSet::new();
    rows.filter(|row| seen.insert(serde_json::Value::from(row.clone()).to_string())).collect()
}
