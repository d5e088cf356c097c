//! ARP and MAC tables.

use super::short;
use crate::world::{Device, World};

pub fn arp(world: &World, device: &Device) -> String {
    table(world, device, "default")
}

pub fn arp_all(world: &World, device: &Device) -> String {
    table(world, device, "all contexts")
}

fn table(world: &World, device: &Device, context: &str) -> String {
    let mut out = String::new();
    let rows = world.arp(device);
    say!(out, "\nFlags: * - Adjacencies learnt on non-active FHRP router");
    say!(out, "       + - Adjacencies synced via CFSoE");
    say!(out, "       # - Adjacencies Throttled for Glean");
    say!(out, "       CP - Added via L2RIB, Control plane Adjacencies");
    say!(out, "       PS - Added via L2RIB, Peer Sync");
    say!(out, "       RO - Re-Originated Peer Sync Entry\n");
    say!(out, "IP ARP Table for {}", if context == "default" { "context default" } else { "all contexts" });
    say!(out, "Total number of entries: {}", rows.len());
    say!(out, "Address         Age       MAC Address     Interface       Flags");
    for (i, row) in rows.iter().enumerate() {
        let (ip, age) = (row.ip.to_string(), i * 37 % 1200);
        let age = format!("00:{:02}:{:02}", age / 60, age % 60);
        say!(out, "{ip:<15} {age}  {}  {:<15} ", row.mac.dotted(), row.interface);
    }
    out
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
