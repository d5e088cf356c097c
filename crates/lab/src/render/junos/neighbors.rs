//! LLDP neighbours: the table, and every neighbour in detail.

use super::super::describe::heard;
use crate::world::{Device, Neighbor, World};

pub fn lldp(world: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "Local Interface    Parent Interface    Chassis Id          Port info          System Name");
    for neighbor in world.neighbors(device).iter().filter(|n| n.lldp) {
        let h = heard(world, &neighbor.peer);
        let local = &device.ports[neighbor.port].name;
        let parent = parent(device, neighbor.port);
        say!(out, "{local:<18} {:<19} {:<19} {:<18} {}", parent, h.chassis.to_string(), h.port_id, h.name);
    }
    out
}

pub fn lldp_detail(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let neighbors = world.neighbors(device);
    for (i, neighbor) in neighbors.iter().filter(|n| n.lldp).enumerate() {
        one(&mut out, world, device, neighbor, i);
    }
    out
}

fn one(out: &mut String, world: &World, device: &Device, neighbor: &Neighbor<'_>, n: usize) {
    let h = heard(world, &neighbor.peer);
    say!(out, "LLDP Neighbor Information:");
    say!(out, "Local Information:");
    say!(out, "Index: {} Time to live: 120 Time mark: Sat Feb  3 04:13:21 2024 Age: {} secs ", n + 1, 3 + n * 5 % 27);
    say!(out, "Local Interface    : {}", device.ports[neighbor.port].name);
    say!(out, "Parent Interface   : {}", parent(device, neighbor.port));
    say!(out, "Local Port ID      : {}", 502 + neighbor.port);
    say!(out, "Ageout Count       : 0\n");
    say!(out, "Neighbour Information:");
    say!(out, "Chassis type       : Mac address");
    say!(out, "Chassis ID         : {}", h.chassis);
    let kind = match (h.port_id_is_mac, h.port_id.bytes().all(|b| b.is_ascii_digit())) {
        (true, _) => "Mac address",
        (_, true) => "Locally assigned",
        _ => "Interface name",
    };
    say!(out, "Port type          : {kind}");
    say!(out, "Port ID            : {}", h.port_id);
    say!(out, "Port description   : {}", h.port_description);
    say!(out, "System name        : {}\n", h.name);
    say!(out, "System Description : {}\n", h.description.join("\n"));
    let names: Vec<&str> = h.capabilities.iter().map(|c| capability(*c)).collect();
    let names = names.join(" ");
    say!(out, "System capabilities ");
    say!(out, "        Supported  : {names} ");
    say!(out, "        Enabled    : {names} \n");
    if let Some(address) = neighbor.address {
        say!(out, "Management address");
        say!(out, "        Address Type      : IPv4(1)");
        say!(out, "        Address           : {address}");
        say!(out, "        Interface Number  : {}", neighbor.port + 1);
        say!(out, "        Interface Subtype : ifIndex(2)");
        say!(out, "        OID               : 1.3.6.1.2.1.31.1.1.1.1.{}.\n", neighbor.port + 1);
    }
}

/// The bundle of a port, or `-`.
fn parent(device: &Device, port: usize) -> &str {
    let leading = device.leading(&device.ports[port]);
    if leading.channel.is_some() { &leading.name } else { "-" }
}

fn capability(letter: char) -> &'static str {
    match letter {
        'B' => "Bridge",
        'R' => "Router",
        'T' => "Telephone",
        _ => "Station",
    }
}
