//! ARP and MAC tables.

use crate::world::{Device, World, short_port};

/// `vrf all` heads each table with its VRF.
pub fn arp_all(world: &World, device: &Device) -> String {
    format!("VRF: default\n{}", arp(world, device))
}

pub fn arp(world: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "Address         Age (sec)  Hardware Addr   Interface");
    let table = world.mac_table(device);
    for (i, row) in world.arp(device).iter().enumerate() {
        let age = i * 37 % 14_000;
        let age = format!("{}:{:02}:{:02}", age / 3600, age / 60 % 60, age % 60);
        let port = table.iter().find(|m| m.mac == row.mac).map(|m| format!(", {}", m.interface));
        let port = port.filter(|_| row.interface.starts_with("Vlan")).unwrap_or_default();
        say!(out, "{:<15} {age:>9}  {}  {}{port}", row.ip.to_string(), row.mac.dotted(), row.interface);
    }
    out
}

pub fn mac(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let rows = world.mac_table(device);
    say!(out, "          Mac Address Table");
    say!(out, "------------------------------------------------------------------\n");
    say!(out, "Vlan    Mac Address       Type        Ports      Moves   Last Move");
    say!(out, "----    -----------       ----        -----      -----   ---------");
    for (i, row) in rows.iter().enumerate() {
        let vlan = row.vlan.unwrap_or(1);
        let (port, days) = (short_port(&row.interface), i % 40 + 1);
        say!(
            out,
            "{vlan:>4}    {}    DYNAMIC     {port:<10} 1       {days} days, {}:{:02}:07 ago",
            row.mac.dotted(),
            i % 24,
            i % 60
        );
    }
    say!(out, "Total Mac Addresses for this criterion: {}\n", rows.len());
    say!(out, "          Multicast Mac Address Table");
    say!(out, "------------------------------------------------------------------\n");
    say!(out, "Vlan    Mac Address       Type        Ports");
    say!(out, "----    -----------       ----        -----");
    say!(out, "Total Mac Addresses for this criterion: 0");
    out
}
