//! ARP by IP-MIB; MAC address tables by Q-BRIDGE-MIB and BRIDGE-MIB.

use std::collections::{BTreeMap, BTreeSet};

use model::Mac;

use super::lines::{self, Cells, Walked, ip_in, octets_in};
use super::names::Names;
use crate::rows::Row;

const MEDIA: &[u32] = &[1, 3, 6, 1, 2, 1, 4, 22, 1];
const PHYSICAL: &[u32] = &[1, 3, 6, 1, 2, 1, 4, 35, 1];
const BY_VLAN: &[u32] = &[1, 3, 6, 1, 2, 1, 17, 7, 1, 2, 2, 1];
const VLANS: &[u32] = &[1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 2, 1];
const BRIDGED: &[u32] = &[1, 3, 6, 1, 2, 1, 17, 4, 3, 1];
const BASE_PORT: &[u32] = &[1, 3, 6, 1, 2, 1, 17, 1, 4, 1];
/// An ARP entry that does not hold.
const INVALID: i64 = 2;
/// MAC entries.
const LEARNED: i64 = 3;
const OWN: i64 = 4;

/// A table of ARP entries. Both index by interface and address.
struct Table {
    entry: &'static [u32],
    mac: u32,
    kind: u32,
    /// Where in the index the address begins: the new table has its kind and its length before it.
    address: usize,
}

const TABLES: [Table; 2] =
    [Table { entry: PHYSICAL, mac: 4, kind: 6, address: 3 }, Table { entry: MEDIA, mac: 2, kind: 4, address: 1 }];

/// What is in both tables is one row.
pub(super) fn arp(walked: &Walked) -> Vec<Row> {
    let names = Names::of(walked);
    let mut rows: BTreeMap<_, Row> = BTreeMap::new();
    for table in TABLES {
        for (index, cells) in walked.rows(table.entry, &[table.mac, table.kind]) {
            let address = index.get(table.address..).and_then(ip_in);
            let (Some(interface), Some(address), Some(mac)) = (index.first(), address, cells.mac(table.mac)) else {
                continue;
            };
            if cells.number(table.kind) == Some(INVALID) {
                continue;
            }
            let name = names.get(*interface).cloned().unwrap_or_default();
            let fields = [("IP_ADDRESS", address.to_string()), ("MAC_ADDRESS", mac.to_string()), ("INTERFACE", name)];
            rows.entry((*interface, address)).or_insert_with(|| cells.row(fields));
        }
    }
    rows.into_values().collect()
}

pub(super) fn mac(walked: &Walked) -> Vec<Row> {
    let ports = Ports::of(walked);
    let vlans = vlans(walked);
    let mut rows = Vec::new();
    let mut seen: BTreeSet<Mac> = BTreeSet::new();
    for (index, cells) in walked.rows(BY_VLAN, &[2, 3]) {
        let (Some(table), Some(mac)) = (index.first(), index.get(1..).and_then(mac_in)) else { continue };
        seen.insert(mac);
        let vlan = vlans.get(table).unwrap_or(table).to_string();
        rows.extend(ports.row(&cells, mac, vlan));
    }
    for (index, cells) in walked.rows(BRIDGED, &[2, 3]) {
        if let Some(mac) = mac_in(index).filter(|mac| !seen.contains(mac)) {
            rows.extend(ports.row(&cells, mac, String::new()));
        }
    }
    rows
}

fn mac_in(index: &[u32]) -> Option<Mac> {
    lines::mac(&octets_in(index)?)
}

/// The VLAN of each table of addresses, where a switch does not number them by VLAN.
fn vlans(walked: &Walked) -> BTreeMap<u32, u32> {
    let rows = walked.rows(VLANS, &[3]);
    // A row is of a time and a VLAN.
    let tables = rows.into_iter().filter_map(|(i, c)| Some((u32::try_from(c.number(3)?).ok()?, *i.get(1)?)));
    tables.collect()
}

/// Interfaces by the number of the bridge's port.
struct Ports(BTreeMap<i64, String>);

impl Ports {
    fn of(walked: &Walked) -> Self {
        let names = Names::of(walked);
        let rows = walked.rows(BASE_PORT, &[2]);
        let name = |c: &Cells<'_>| names.get(u32::try_from(c.number(2)?).ok()?).cloned();
        Self(rows.into_iter().filter_map(|(i, c)| Some((i64::from(*i.first()?), name(&c)?))).collect())
    }

    /// `None` for the switch's own addresses, and for those that are on no port.
    fn row(&self, cells: &Cells<'_>, mac: Mac, vlan: String) -> Option<Row> {
        let (port, status) = (cells.number(2)?, cells.number(3).unwrap_or(LEARNED));
        if port == 0 || status == OWN {
            return None;
        }
        let kind = if status == LEARNED { "dynamic" } else { "static" };
        Some(cells.row([
            ("VLAN_ID", vlan),
            ("MAC_ADDRESS", mac.to_string()),
            ("INTERFACE", self.0.get(&port).cloned().unwrap_or_default()),
            ("TYPE", kind.to_owned()),
        ]))
    }
}
