//! ARP and MAC tables.

use crate::world::{Device, World, short_port};

pub fn arp(world: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "Protocol  Address          Age (min)  Hardware Addr   Type   Interface");
    for (i, row) in world.arp(device).iter().enumerate() {
        let age = if row.own { "-".to_owned() } else { (i * 7 % 240).to_string() };
        let (ip, mac) = (row.ip.to_string(), row.mac.dotted());
        say!(out, "Internet  {ip:<15} {age:>10}   {mac}  ARPA   {}", row.interface);
    }
    out
}

pub fn mac(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let rows = world.mac_table(device);
    say!(out, "          Mac Address Table");
    say!(out, "-------------------------------------------\n");
    say!(out, "Vlan    Mac Address       Type        Ports");
    say!(out, "----    -----------       --------    -----");
    for row in &rows {
        let vlan = row.vlan.map_or("All".to_owned(), |v| v.to_string());
        let kind = if row.dynamic { "DYNAMIC" } else { "STATIC" };
        let port = short_port(&row.interface);
        say!(out, "{vlan:>4}    {}    {kind:<8}    {port}", row.mac.dotted());
    }
    say!(out, "Total Mac Addresses for this criterion: {}", rows.len());
    out
}
