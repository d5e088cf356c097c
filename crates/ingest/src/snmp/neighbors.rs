//! Neighbours: LLDP-MIB, and CISCO-CDP-MIB.

use std::collections::BTreeMap;

use super::lines::{Cells, Walked, ip, ip_in, mac, plain};
use super::names::{LldpPorts, Names};
use crate::rows::Row;

const REMOTE: &[u32] = &[1, 0, 8802, 1, 1, 2, 1, 4, 1, 1];
const REMOTE_ADDRESS: &[u32] = &[1, 0, 8802, 1, 1, 2, 1, 4, 2, 1];
const CDP_CACHE: &[u32] = &[1, 3, 6, 1, 4, 1, 9, 9, 23, 1, 2, 1, 1];

/// Subtypes of ids.
const CHASSIS_MAC: i64 = 4;
const CHASSIS_ADDRESS: i64 = 5;
const CHASSIS_LOCAL: i64 = 7;
const PORT_MAC: i64 = 3;
const PORT_ADDRESS: i64 = 4;
pub(super) const PORT_NAME: i64 = 5;

/// Bits from the highest of the first octet on.
const LLDP_KINDS: [&str; 8] = ["Other", "Repeater", "Bridge", "WLAN", "Router", "Telephone", "DOCSIS", "Station"];
/// Bits from the lowest of the last octet on.
const CDP_KINDS: [&str; 8] =
    ["Router", "Trans-Bridge", "Source-Route-Bridge", "Switch", "Host", "IGMP", "Repeater", "Phone"];

pub(super) fn lldp(walked: &Walked) -> Vec<Row> {
    let names = Names::of(walked);
    let ports = LldpPorts::of(walked, &names);
    let addresses = addresses(walked);
    let rows = walked.rows(REMOTE, &[4, 5, 6, 7, 8, 9, 10, 12]);
    // A row is of a time, a port and a number.
    let row = |(index, mut cells): (&[u32], Cells<'_>)| {
        let port = ports.name(*index.get(1)?);
        let address = addresses.get(index);
        address.into_iter().for_each(|(_, lines)| cells.see(*lines));
        Some(lldp_row(&cells, port, address.map(|(text, _)| text.clone()).unwrap_or_default()))
    };
    rows.into_iter().filter_map(row).collect()
}

fn lldp_row(cells: &Cells<'_>, port: String, address: String) -> Row {
    let (name, chassis) = (cells.text(9), chassis_id(cells));
    // lldpd lists here what it hears by CDP, too: a neighbour whose chassis is called what the system is called.
    let is_cdp = cells.number(4) == Some(CHASSIS_LOCAL) && chassis == name;
    let (protocol, chassis) = if is_cdp { ("cdp", String::new()) } else { ("lldp", chassis) };
    cells.row([
        ("PROTOCOL", protocol.to_owned()),
        ("LOCAL_INTERFACE", port),
        ("NEIGHBOR_NAME", name),
        ("NEIGHBOR_PORT_ID", port_id(cells)),
        ("NEIGHBOR_PORT_DESCRIPTION", cells.text(8)),
        ("CHASSIS_ID", chassis),
        ("MGMT_ADDRESS", address),
        ("NEIGHBOR_DESCRIPTION", cells.text(10)),
        ("CAPABILITIES", lldp_kinds(cells.octets(12).unwrap_or_default())),
    ])
}

fn chassis_id(cells: &Cells<'_>) -> String {
    id(cells, 5, cells.number(4) == Some(CHASSIS_MAC), cells.number(4) == Some(CHASSIS_ADDRESS))
}

fn port_id(cells: &Cells<'_>) -> String {
    id(cells, 7, cells.number(6) == Some(PORT_MAC), cells.number(6) == Some(PORT_ADDRESS))
}

fn id(cells: &Cells<'_>, column: u32, is_mac: bool, is_address: bool) -> String {
    let octets = cells.octets(column).unwrap_or_default();
    // The first octet of an address tells its family.
    let told = match () {
        () if is_mac => mac(octets).map(|m| m.to_string()),
        () if is_address => octets.get(1..).and_then(ip).map(|a| a.to_string()),
        () => None,
    };
    told.unwrap_or_else(|| plain(octets))
}

fn lldp_kinds(octets: &[u8]) -> String {
    let first = octets.first().copied().unwrap_or(0);
    let kinds = LLDP_KINDS.iter().zip(0..).filter(|(_, bit)| first & (0x80 >> bit) != 0);
    kinds.map(|(kind, _)| *kind).collect::<Vec<_>>().join(", ")
}

/// Of each neighbour one address, IPv4 where there is one; and the lines that say so. The address is in the index, behind
/// its kind and its length.
fn addresses(walked: &Walked) -> BTreeMap<Vec<u32>, (String, (u32, u32))> {
    let mut found: BTreeMap<Vec<u32>, (String, (u32, u32))> = BTreeMap::new();
    for (index, cells) in walked.rows(REMOTE_ADDRESS, &[3]) {
        let (Some(neighbor), Some(address)) = (index.get(..3), index.get(5..).and_then(ip_in)) else { continue };
        let entry = (address.to_string(), cells.lines.unwrap_or((1, 1)));
        if address.is_ipv4() {
            found.insert(neighbor.to_vec(), entry);
        } else {
            found.entry(neighbor.to_vec()).or_insert(entry);
        }
    }
    found
}

pub(super) fn cdp(walked: &Walked) -> Vec<Row> {
    let names = Names::of(walked);
    let rows = walked.rows(CDP_CACHE, &[4, 6, 7, 8, 9, 20]);
    // A row is of an interface and a number.
    let row = |(index, cells): (&[u32], Cells<'_>)| {
        let port = names.get(*index.first()?).cloned().unwrap_or_default();
        let address = [20, 4].iter().find_map(|column| ip(cells.octets(*column)?)).map(|a| a.to_string());
        Some(cells.row([
            ("LOCAL_INTERFACE", port),
            ("NEIGHBOR_NAME", cells.text(6)),
            ("NEIGHBOR_PORT_ID", cells.text(7)),
            ("MGMT_ADDRESS", address.unwrap_or_default()),
            ("PLATFORM", cells.text(8)),
            ("CAPABILITIES", cdp_kinds(cells.octets(9).unwrap_or_default())),
        ]))
    };
    rows.into_iter().filter_map(row).collect()
}

fn cdp_kinds(octets: &[u8]) -> String {
    let last = octets.last().copied().unwrap_or(0);
    let kinds = CDP_KINDS.iter().zip(0..).filter(|(_, bit)| last & (1 << bit) != 0);
    kinds.map(|(kind, _)| *kind).collect::<Vec<_>>().join(" ")
}
