//! LLDP and CDP neighbours, in detail.

use super::super::describe::heard;
use crate::world::{Device, World, short_port};

pub fn lldp_detail(world: &World, device: &Device) -> String {
    if !device.lldp {
        return "% LLDP is not enabled\n".to_owned();
    }
    let mut out = String::new();
    let neighbors: Vec<_> = world.neighbors(device).into_iter().filter(|n| n.lldp).collect();
    for (i, neighbor) in neighbors.iter().enumerate() {
        let h = heard(world, &neighbor.peer);
        let capabilities: Vec<String> = h.capabilities.iter().map(|c| c.to_string()).collect();
        let capabilities = capabilities.join(",");
        say!(out, "------------------------------------------------");
        say!(out, "Local Intf: {}", short_port(&device.ports[neighbor.port].name));
        say!(out, "Chassis id: {}", h.chassis.dotted());
        say!(out, "Port id: {}", h.port_id);
        say!(out, "Port Description: {}", h.port_description);
        say!(out, "System Name: {}\n", h.name);
        say!(out, "System Description: ");
        h.description.iter().for_each(|line| say!(out, "{line}"));
        say!(out, "\nTime remaining: {} seconds", 95 + i % 25);
        say!(out, "System Capabilities: {capabilities}");
        say!(out, "Enabled Capabilities: {capabilities}");
        match neighbor.address {
            Some(address) => say!(out, "Management Addresses:\n    IP: {address}"),
            None => say!(out, "Management Addresses - not advertised"),
        }
        say!(out, "Auto Negotiation - supported, enabled");
        say!(out, "Physical media capabilities:\n    1000baseT(FD)\n    100base-TX(FD)");
        say!(out, "Media Attachment Unit type: 30");
        say!(out, "Vlan ID: - not advertised\n");
    }
    say!(out, "\nTotal entries displayed: {}", neighbors.len());
    out
}

pub fn cdp_detail(world: &World, device: &Device) -> String {
    if !device.cdp {
        return "% CDP is not enabled\n".to_owned();
    }
    let mut out = String::new();
    let neighbors: Vec<_> = world.neighbors(device).into_iter().filter(|n| n.cdp).collect();
    for (i, neighbor) in neighbors.iter().enumerate() {
        let h = heard(world, &neighbor.peer);
        let address = neighbor.address.map_or(String::new(), |a| format!("  IP address: {a}\n"));
        say!(out, "-------------------------");
        say!(out, "Device ID: {}", h.cdp_id);
        out.push_str("Entry address(es): \n");
        out.push_str(&address);
        say!(out, "Platform: {},  Capabilities: {} ", h.cdp_platform, h.cdp_capabilities);
        let local = &device.ports[neighbor.port].name;
        say!(out, "Interface: {local},  Port ID (outgoing port): {}", h.cdp_port);
        say!(out, "Holdtime : {} sec\n", 121 + i * 7 % 58);
        say!(out, "Version :");
        h.description.iter().for_each(|line| say!(out, "{line}"));
        say!(out, "\nadvertisement version: 2");
        say!(out, "VTP Management Domain: ''");
        say!(out, "Native VLAN: 1");
        say!(out, "Duplex: full");
        out.push_str("Management address(es): \n");
        out.push_str(&address);
        say!(out);
    }
    say!(out, "\nTotal cdp entries displayed : {}", neighbors.len());
    out
}
