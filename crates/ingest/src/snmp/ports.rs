//! Interfaces: IF-MIB, and the addresses of IP-MIB.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::lines::{Walked, ip_in};
use super::names::{IF_ENTRY, IFX_ENTRY};
use crate::rows::Row;

const ADDRESS: &[u32] = &[1, 3, 6, 1, 2, 1, 4, 20, 1];
const DOWN: i64 = 2;

/// One row for each interface; one more for each further address that it has.
pub(super) fn rows(walked: &Walked) -> Vec<Row> {
    let addresses = addresses(walked);
    let mut more = walked.rows(IFX_ENTRY, &[1, 15, 18]);
    let mut rows = Vec::new();
    for (index, mut cells) in walked.rows(IF_ENTRY, &[2, 4, 6, 7, 8]) {
        let more = more.remove(index).unwrap_or_default();
        more.lines.into_iter().for_each(|lines| cells.see(lines));
        let (name, state) = (more.text(1), state(cells.number(8)));
        let fields = [
            ("INTERFACE", if name.is_empty() { cells.text(2) } else { name }),
            ("DESCRIPTION", more.text(18)),
            ("LINK_STATUS", if cells.number(7) == Some(DOWN) { "administratively down" } else { state }.to_owned()),
            ("PROTOCOL_STATUS", state.to_owned()),
            ("MAC_ADDRESS", cells.mac(6).map(|m| m.to_string()).unwrap_or_default()),
            ("MTU", cells.text(4)),
            ("SPEED", more.number(15).filter(|n| *n > 0).map(|n| format!("{n} Mbit/s")).unwrap_or_default()),
        ];
        let own = index.first().and_then(|i| addresses.get(i)).map_or(&[][..], Vec::as_slice);
        let none = [(String::new(), String::new())];
        for (address, length) in if own.is_empty() { &none } else { own } {
            let address = [("IP_ADDRESS", address.clone()), ("PREFIX_LENGTH", length.clone())];
            rows.push(cells.row(fields.clone().into_iter().chain(address)));
        }
    }
    rows
}

fn state(number: Option<i64>) -> &'static str {
    match number {
        Some(1) => "up",
        Some(DOWN) => "down",
        Some(3) => "testing",
        Some(5) => "dormant",
        Some(6) => "not present",
        Some(7) => "lower layer down",
        _ => "",
    }
}

/// Addresses with the length of their prefix, by the index of the interface.
fn addresses(walked: &Walked) -> BTreeMap<u32, Vec<(String, String)>> {
    let mut found: BTreeMap<u32, Vec<(String, String)>> = BTreeMap::new();
    for (index, cells) in walked.rows(ADDRESS, &[2, 3]) {
        let interface = cells.number(2).and_then(|n| u32::try_from(n).ok());
        let (Some(interface), Some(address)) = (interface, ip_in(index)) else { continue };
        let length = match cells.text(3).parse() {
            Ok(IpAddr::V4(mask)) => mask.to_bits().leading_ones().to_string(),
            _ => String::new(),
        };
        found.entry(interface).or_default().push((address.to_string(), length));
    }
    found
}
