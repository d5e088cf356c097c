//! What a device's agent has: the tables of the IETF, CISCO-CDP-MIB, ENTITY-MIB, from the world.

use std::collections::HashMap;

use async_snmp::handler::OidTable;
use async_snmp::{Oid, Value};

use super::objects::{Objects, mac, number, octets, text};
use crate::render::{Heard, heard, system_description, system_name};
use crate::world::{Device, IfKind, Iface, Neighbor, Peer, Platform, World, short_port};

const SYSTEM: &[u32] = &[1, 3, 6, 1, 2, 1, 1];
const IF: &[u32] = &[1, 3, 6, 1, 2, 1, 2, 2, 1];
const IFX: &[u32] = &[1, 3, 6, 1, 2, 1, 31, 1, 1, 1];
const IP_ADDRESS: &[u32] = &[1, 3, 6, 1, 2, 1, 4, 20, 1];
const ARP: &[u32] = &[1, 3, 6, 1, 2, 1, 4, 22, 1];
const BRIDGE: &[u32] = &[1, 3, 6, 1, 2, 1, 17, 1];
const BRIDGE_PORT: &[u32] = &[1, 3, 6, 1, 2, 1, 17, 1, 4, 1];
const MAC_TABLE: &[u32] = &[1, 3, 6, 1, 2, 1, 17, 7, 1, 2, 2, 1];
const PHYSICAL: &[u32] = &[1, 3, 6, 1, 2, 1, 47, 1, 1, 1, 1];
const LLDP_LOCAL: &[u32] = &[1, 0, 8802, 1, 1, 2, 1, 3];
const LLDP_PORT: &[u32] = &[1, 0, 8802, 1, 1, 2, 1, 3, 7, 1];
const LLDP_REMOTE: &[u32] = &[1, 0, 8802, 1, 1, 2, 1, 4, 1, 1];
const LLDP_ADDRESS: &[u32] = &[1, 0, 8802, 1, 1, 2, 1, 4, 2, 1];
const CDP_PORT: &[u32] = &[1, 3, 6, 1, 4, 1, 9, 9, 23, 1, 1, 1, 1];
const CDP_CACHE: &[u32] = &[1, 3, 6, 1, 4, 1, 9, 9, 23, 1, 2, 1, 1];

/// Words of a CDP neighbour, by the bit of each from the lowest on.
const CDP_KINDS: [&str; 8] =
    ["Router", "Trans-Bridge", "Source-Route-Bridge", "Switch", "Host", "IGMP", "Repeater", "Phone"];

/// Everything.
pub fn all(world: &World, device: &Device) -> OidTable<Value> {
    let mut out = Objects::new();
    let interfaces = Interfaces::of(device);
    system(device, &mut out);
    interfaces.tables(device, &mut out);
    arp(world, device, &interfaces, &mut out);
    bridge(world, device, &interfaces, &mut out);
    entities(world, device, &mut out);
    neighbors(world, device, &interfaces, &mut out);
    out.sorted()
}

fn system(device: &Device, out: &mut Objects) {
    let object_id = match device.platform() {
        Platform::CiscoIos => &[1, 3, 6, 1, 4, 1, 9, 1, 2494][..],
        Platform::CiscoNxos => &[1, 3, 6, 1, 4, 1, 9, 12, 3, 1, 3, 1812],
        Platform::AristaEos => &[1, 3, 6, 1, 4, 1, 30065, 1, 3011, 7050],
        Platform::JuniperJunos => &[1, 3, 6, 1, 4, 1, 2636, 1, 1, 1, 2, 29],
    };
    let columns = [
        (1, text(system_description(device).join("\r\n"))),
        (2, Value::ObjectIdentifier(Oid::from_slice(object_id))),
        (3, Value::TimeTicks(device.uptime_minutes.wrapping_mul(6000))),
        (5, text(system_name(device))),
    ];
    out.row(SYSTEM, &[0], columns);
}

/// The interfaces with the numbers that each vendor gives them.
struct Interfaces {
    all: Vec<(u32, Iface)>,
    by_name: HashMap<String, u32>,
    platform: Platform,
}

impl Interfaces {
    fn of(device: &Device) -> Self {
        let platform = device.platform();
        let mut all: Vec<(u32, Iface)> =
            device.interfaces().into_iter().zip(0..).map(|(iface, n)| (index(platform, n), iface)).collect();
        if platform == Platform::JuniperJunos {
            // Addresses, ARP and MAC entries are on units.
            let units = all.iter().filter(|(_, i)| matches!(i.kind, IfKind::Physical | IfKind::Channel));
            let unit = |(n, i): &(u32, Iface)| (n + 1000, Iface { name: format!("{}.0", i.name), ..i.clone() });
            let units: Vec<_> = units.map(unit).collect();
            all.iter_mut()
                .filter(|(_, i)| matches!(i.kind, IfKind::Physical | IfKind::Channel))
                .for_each(|(_, i)| i.addr = None);
            all.extend(units);
        }
        let by_name = all.iter().map(|(n, i)| (i.name.clone(), *n)).collect();
        Self { all, by_name, platform }
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.by_name.get(name).copied()
    }

    fn tables(&self, device: &Device, out: &mut Objects) {
        for (index, iface) in &self.all {
            let name = if self.platform == Platform::CiscoIos { short_port(&iface.name) } else { iface.name.clone() };
            let state = if iface.up { 1 } else { 2 };
            let columns = [
                (1, number(*index as usize)),
                (2, text(&*iface.name)),
                (3, Value::Integer(if iface.kind == IfKind::Loopback { 24 } else { 6 })),
                (4, number(iface.mtu as usize)),
                (6, iface.mac.map_or_else(|| octets([]), mac)),
                (7, Value::Integer(state)),
                (8, Value::Integer(state)),
            ];
            out.row(IF, &[*index], columns);
            let description = text(iface.description.clone().unwrap_or_default());
            out.row(IFX, &[*index], [(1, text(name)), (15, Value::Gauge32(iface.speed)), (18, description)]);
            // Those of other routing tables are in a context of their own.
            if let Some((address, length)) = iface.addr.filter(|_| iface.vrf.is_none()) {
                let mask = u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0).to_be_bytes();
                let columns = [
                    (1, Value::IpAddress(address.octets())),
                    (2, number(*index as usize)),
                    (3, Value::IpAddress(mask)),
                ];
                out.row(IP_ADDRESS, &address.octets().map(u32::from), columns);
            }
        }
        if device.lldp {
            out.row(LLDP_LOCAL, &[0], [(1, Value::Integer(4)), (2, mac(device.mac))]);
        }
    }
}

fn index(platform: Platform, n: u32) -> u32 {
    match platform {
        Platform::CiscoNxos => 436_207_616 + n * 4096,
        Platform::JuniperJunos => 502 + n,
        _ => 1 + n,
    }
}

fn arp(world: &World, device: &Device, interfaces: &Interfaces, out: &mut Objects) {
    for row in world.arp(device) {
        let Some(index) = interfaces.number(&row.interface) else { continue };
        let kind = if row.own { 4 } else { 3 };
        let columns = [
            (1, number(index as usize)),
            (2, mac(row.mac)),
            (3, Value::IpAddress(row.ip.octets())),
            (4, Value::Integer(kind)),
        ];
        out.row(ARP, &[&[index][..], &row.ip.octets().map(u32::from)].concat(), columns);
    }
}

/// Ports of a bridge have numbers of their own. The entries that a switch makes for itself are on none.
fn bridge(world: &World, device: &Device, interfaces: &Interfaces, out: &mut Objects) {
    out.row(BRIDGE, &[0], [(1, mac(device.mac))]);
    let mut ports: HashMap<&str, usize> = HashMap::new();
    for ((index, iface), n) in interfaces.all.iter().zip(1..) {
        ports.insert(&iface.name, n);
        out.row(BRIDGE_PORT, &[n as u32], [(1, number(n)), (2, number(*index as usize))]);
    }
    for row in world.mac_table(device) {
        let (Some(vlan), Some(port)) = (row.vlan, ports.get(row.interface.as_str())) else { continue };
        let index: Vec<u32> = [u32::from(vlan)].into_iter().chain(row.mac.octets().map(u32::from)).collect();
        out.row(MAC_TABLE, &index, [(2, number(*port)), (3, Value::Integer(if row.dynamic { 3 } else { 5 }))]);
    }
}

fn entities(world: &World, device: &Device, out: &mut Objects) {
    for (part, n) in world.components(device).into_iter().zip(1..) {
        let is_unit = ["Chassis", "System", "Switch ", "FPC "].iter().any(|w| part.name.starts_with(w));
        let is_unit = is_unit && part.serial.as_ref().is_some_and(|s| device.serials.contains(s));
        let columns = [
            (2, text(part.description)),
            (5, Value::Integer(if is_unit { 3 } else { 9 })),
            (7, text(part.name)),
            (8, text(part.revision)),
            (11, text(part.serial.unwrap_or_default())),
            (13, text(part.part_id)),
        ];
        out.row(PHYSICAL, &[n], columns);
    }
}

fn neighbors(world: &World, device: &Device, interfaces: &Interfaces, out: &mut Objects) {
    for (port, n) in device.ports.iter().zip(1..).filter(|(p, _)| p.channel.is_none()) {
        let Some(index) = interfaces.number(&port.name) else { continue };
        if device.lldp {
            let description = port.description.clone().unwrap_or_else(|| port.name.clone());
            let (subtype, id) = match interfaces.platform {
                Platform::CiscoIos => (5, short_port(&port.name)),
                Platform::JuniperJunos => (7, index.to_string()),
                _ => (5, port.name.clone()),
            };
            let number = lldp_port(interfaces.platform, index, n);
            out.row(LLDP_PORT, &[number], [(2, Value::Integer(subtype)), (3, text(id)), (4, text(description))]);
        }
        if device.cdp {
            out.row(CDP_PORT, &[index], [(2, Value::Integer(1))]);
        }
    }
    for (neighbor, n) in world.neighbors(device).iter().zip(1..) {
        let Some(index) = interfaces.number(&device.ports[neighbor.port].name) else { continue };
        let heard = heard(world, &neighbor.peer);
        if neighbor.lldp {
            let port = lldp_port(interfaces.platform, index, neighbor.port as u32 + 1);
            lldp(neighbor, &heard, &[0, port, n], out);
        }
        if neighbor.cdp {
            cdp(neighbor, &heard, &[index, n], out);
        }
    }
}

/// Some number ports in LLDP as everywhere, others anew.
fn lldp_port(platform: Platform, index: u32, n: u32) -> u32 {
    if platform == Platform::JuniperJunos { index } else { n }
}

fn lldp(neighbor: &Neighbor<'_>, heard: &Heard, index: &[u32], out: &mut Objects) {
    let digits = heard.port_id.bytes().all(|b| b.is_ascii_digit());
    let (subtype, id) = match &neighbor.peer {
        Peer::Gadget(gadget) if heard.port_id_is_mac => (3, mac(gadget.mac)),
        Peer::Gadget(_) => (7, text(&*heard.port_id)),
        _ if digits => (7, text(&*heard.port_id)),
        _ => (5, text(&*heard.port_id)),
    };
    let kinds = lldp_kinds(heard.capabilities);
    let columns = [
        (4, Value::Integer(4)),
        (5, mac(heard.chassis)),
        (6, Value::Integer(subtype)),
        (7, id),
        (8, text(&*heard.port_description)),
        (9, text(&*heard.name)),
        (10, text(heard.description.join("\r\n"))),
        (11, octets(kinds)),
        (12, octets(kinds)),
    ];
    out.row(LLDP_REMOTE, index, columns);
    if let Some(address) = neighbor.address {
        let address = address.octets().map(u32::from);
        out.row(LLDP_ADDRESS, &[index, &[1, 4], &address].concat(), [(3, Value::Integer(2))]);
    }
}

fn lldp_kinds(letters: &[char]) -> [u8; 2] {
    let bit = |letter: &char| match letter {
        'B' => 0x20,
        'R' => 0x08,
        'T' => 0x04,
        _ => 0x01,
    };
    [letters.iter().map(bit).fold(0, |all, bit| all | bit), 0]
}

fn cdp(neighbor: &Neighbor<'_>, heard: &Heard, index: &[u32], out: &mut Objects) {
    let kinds = CDP_KINDS.iter().zip(0..).filter(|(kind, _)| heard.cdp_capabilities.split(' ').any(|w| w == **kind));
    let kinds: u8 = kinds.fold(0, |all, (_, bit)| all | 1 << bit);
    let columns = [
        (6, text(&*heard.cdp_id)),
        (7, text(&*heard.cdp_port)),
        (8, text(&*heard.cdp_platform)),
        (9, octets([0, 0, 0, kinds])),
    ];
    out.row(CDP_CACHE, index, columns);
    if let Some(address) = neighbor.address {
        let address = octets(address.octets());
        out.row(
            CDP_CACHE,
            index,
            [(3, Value::Integer(1)), (4, address.clone()), (19, Value::Integer(1)), (20, address)],
        );
    }
}
