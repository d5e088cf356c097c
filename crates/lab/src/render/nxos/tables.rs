//! ARP and MAC tables.

use std::collections::HashMap;

use super::short;
use crate::world::{ArpRow, Device, Mac, World};

pub fn arp(world: &World, device: &Device) -> String {
    table("context default", &world.arp(device))
}

pub fn arp_all(world: &World, device: &Device) -> String {
    table("all contexts", &world.arp(device))
}

fn table(contexts: &str, rows: &[ArpRow]) -> String {
    let mut out = head(contexts, rows);
    say!(out, "Address         Age       MAC Address     Interface       Flags");
    for (i, row) in rows.iter().enumerate() {
        say!(out, "{}  {:<15} ", entry(i, row), row.interface);
    }
    out
}

/// With the port behind each interface, and the VRF.
pub fn arp_detail(world: &World, device: &Device) -> String {
    let rows = world.arp(device);
    let ports: HashMap<Mac, String> = world.mac_table(device).into_iter().map(|m| (m.mac, m.interface)).collect();
    let mut out = head("all contexts", &rows);
    say!(out, "Address         Age       MAC Address     Interface        Physical Interface  Flags    VRF Name");
    for (i, row) in rows.iter().enumerate() {
        let behind = ports.get(&row.mac).filter(|_| row.interface.starts_with("Vlan")).unwrap_or(&row.interface);
        say!(out, "{}  {:<16} {behind:<28} default", entry(i, row), row.interface);
    }
    out
}

fn head(contexts: &str, rows: &[ArpRow]) -> String {
    let mut out = String::new();
    say!(out, "\nFlags: * - Adjacencies learnt on non-active FHRP router");
    say!(out, "       + - Adjacencies synced via CFSoE");
    say!(out, "       # - Adjacencies Throttled for Glean");
    say!(out, "       CP - Added via L2RIB, Control plane Adjacencies");
    say!(out, "       PS - Added via L2RIB, Peer Sync");
    say!(out, "       RO - Re-Originated Peer Sync Entry\n");
    say!(out, "IP ARP Table for {contexts}");
    say!(out, "Total number of entries: {}", rows.len());
    out
}

fn entry(i: usize, row: &ArpRow) -> String {
    let age = i * 37 % 1200;
    format!("{:<15} 00:{:02}:{:02}  {}", row.ip.to_string(), age / 60, age % 60, row.mac.dotted())
}

pub fn mac(world: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "Legend: ");
    say!(out, "        * - primary entry, G - Gateway MAC, (R) - Routed MAC, O - Overlay MAC");
    say!(out, "        age - seconds since last seen,+ - primary entry using vPC Peer-Link,");
    say!(out, "        (T) - True, (F) - False, C - ControlPlane MAC, ~ - vsan");
    say!(out, "   VLAN     MAC Address      Type      age     Secure NTFY Ports");
    say!(out, "---------+-----------------+--------+---------+------+----+------------------");
    for row in world.mac_table(device) {
        let (mark, kind, age) = if row.dynamic { ('*', "dynamic", "0") } else { ('G', "static", "-") };
        let vlan = row.vlan.map_or("-".to_owned(), |v| v.to_string());
        say!(
            out,
            "{mark} {vlan:>4}     {}   {kind:<8} {age:<10} F      F    {}",
            row.mac.dotted(),
            short(&row.interface)
        );
    }
    out
}
