//! The device, its parts, interfaces, neighbours, ARP, MAC and routing tables.

use super::{Kind, Row, row};
use crate::world::{Device, World};

pub const SYSTEM: Kind = Kind {
    name: "system",
    columns: &["hostname", "vendor", "model", "os_version"],
    rows: |_, d| vec![row![d.hostname(), d.platform().vendor(), d.model.name, d.os_version]],
};

pub const COMPONENTS: Kind = Kind {
    name: "components",
    columns: &["serial"],
    rows: |world, d| distinct(world.components(d).into_iter().filter_map(|p| p.serial).map(|s| row![s])),
};

pub const INTERFACES: Kind = Kind { name: "interfaces", columns: &["name", "description"], rows: interfaces };

pub const NEIGHBORS: Kind =
    Kind { name: "neighbors", columns: &["protocol", "local_interface", "remote_address"], rows: neighbors };

pub const ARP: Kind = Kind {
    name: "arp",
    columns: &["vrf", "ip", "mac", "interface"],
    rows: |world, d| world.arp(d).into_iter().map(|a| row!["default", a.ip, a.mac, a.interface]).collect(),
};

pub const MAC: Kind = Kind {
    name: "mac",
    columns: &["mac", "interface"],
    rows: |world, d| distinct(world.mac_table(d).into_iter().map(|m| row![m.mac, m.interface])),
};

pub const ROUTES: Kind = Kind {
    name: "routes",
    columns: &["vrf", "prefix", "next_hop", "interface"],
    rows: |world, d| {
        let mut rows = Vec::new();
        world.truth_routes(d, &mut rows);
        distinct(rows.into_iter().map(|r| row!["default", r.prefix, r.next_hop, r.interface]))
    },
};

fn interfaces(_: &World, device: &Device) -> Vec<Row> {
    let mut rows = Vec::new();
    crate::truth::truth_interfaces(device, &mut rows);
    rows.into_iter().map(|i| row![i.name, i.description]).collect()
}

fn neighbors(world: &World, device: &Device) -> Vec<Row> {
    let mut rows = Vec::new();
    world.truth_neighbors(device, &mut rows);
    rows.into_iter().map(|n| row![&*n.protocol, n.port, n.address]).collect()
}

/// Rows that differ in nothing that is compared are one.
fn distinct(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut seen = std::collections::HashSet::new();
    rows.filter(|row| seen.insert(serde_json::Value::from(row.clone()).to_string())).collect()
}
