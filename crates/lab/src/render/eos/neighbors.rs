//! LLDP neighbours, in detail.

use super::super::describe::heard;
use crate::world::{Device, Neighbor, World};

pub fn lldp_detail(world: &World, device: &Device) -> String {
    if !device.lldp {
        return "% LLDP is not enabled\n".to_owned();
    }
    let mut out = String::new();
    let neighbors: Vec<_> = world.neighbors(device).into_iter().filter(|n| n.lldp).collect();
    for (i, port) in device.ports.iter().enumerate().filter(|(_, p)| p.channel.is_none()) {
        let here: Vec<_> = neighbors.iter().filter(|n| n.port == i).collect();
        say!(out, "Interface {} detected {} LLDP neighbors:\n", port.name, here.len());
        here.iter().for_each(|n| one(&mut out, world, n, i));
    }
    out
}

fn one(out: &mut String, world: &World, neighbor: &Neighbor<'_>, n: usize) {
    let h = heard(world, &neighbor.peer);
    let names: Vec<&str> = h.capabilities.iter().map(|c| capability(*c)).collect();
    let capabilities = names.join(", ");
    say!(out, "  Neighbor {}/{}, age {} seconds", h.chassis.dotted(), h.port_id, n * 3 % 30);
    say!(out, "  Discovered {} days, 11:57:10 ago; Last changed {0} days, 11:57:08 ago", n % 200 + 2);
    say!(out, "    - Chassis ID type: MAC address (4)");
    say!(out, "      Chassis ID     : {}", h.chassis.dotted());
    if h.port_id_is_mac {
        say!(out, "    - Port ID type: MAC address (3)\n      Port ID     : {}", h.port_id);
    } else {
        say!(out, "    - Port ID type: Interface name (5)\n      Port ID     : \"{}\"", h.port_id);
    }
    say!(out, "    - Time To Live: 120 seconds");
    say!(out, "    - Port Description: \"{}\"", h.port_description);
    say!(out, "    - System Name: \"{}\"", h.name);
    say!(out, "    - System Description: \"{}\"", h.description.join("\n"));
    say!(out, "    - System Capabilities : {capabilities}");
    say!(out, "      Enabled Capabilities: {capabilities}");
    if let Some(address) = neighbor.address {
        say!(out, "    - Management Address Subtype: IPv4 (1)");
        say!(out, "      Management Address        : {address}");
        say!(out, "      Interface Number Subtype  : ifIndex (2)");
        say!(out, "      Interface Number          : {}", 5_000_000 + n);
        say!(out, "      OID String                : ");
    }
    say!(out, "    - IEEE802.3 Maximum Frame Size: 9236 bytes\n");
}

fn capability(letter: char) -> &'static str {
    match letter {
        'B' => "Bridge",
        'R' => "Router",
        'T' => "Telephone",
        _ => "Station Only",
    }
}
