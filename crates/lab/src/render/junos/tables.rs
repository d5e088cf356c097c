//! ARP and MAC tables.

use crate::world::{Device, World};

pub fn arp(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let rows = world.arp(device);
    say!(out, "MAC Address       Address         Interface                Flags");
    for row in &rows {
        say!(out, "{} {:<15} {:<24} none", row.mac, row.ip.to_string(), row.interface);
    }
    say!(out, "Total entries: {}", rows.len());
    out
}

pub fn mac(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let rows = world.mac_table(device);
    say!(out, "\nMAC flags (S - static MAC, D - dynamic MAC, L - locally learned, P - Persistent static");
    say!(out, "           SE - statistics enabled, NM - non configured MAC, R - remote PE MAC, O - ovsdb MAC)\n\n");
    say!(out, "Ethernet switching table : {0} entries, {0} learned", rows.len());
    say!(out, "Routing instance : default-switch");
    say!(out, "    Vlan                MAC                 MAC         Age    Logical");
    say!(out, "    name                address             flags              interface");
    for row in &rows {
        let vlan = format!("Vlan{}", row.vlan.unwrap_or(1));
        say!(out, "    {vlan:<19} {:<19} D             -   {}", row.mac.to_string(), row.interface);
    }
    out
}
