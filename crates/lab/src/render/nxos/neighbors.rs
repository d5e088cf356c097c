//! LLDP and CDP neighbours, in detail.

use super::super::describe::heard;
use super::short;
use crate::world::{Device, World};

pub fn lldp_detail(world: &World, device: &Device) -> String {
    if !device.lldp {
        return "                 ^\n% Invalid command at '^' marker.\n".to_owned();
    }
    let mut out = String::new();
    say!(out, "Capability codes:");
    say!(out, "  (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device");
    say!(out, "  (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other");
    say!(out, "Device ID            Local Intf      Hold-time  Capability  Port ID  \n");
    let neighbors: Vec<_> = world.neighbors(device).into_iter().filter(|n| n.lldp).collect();
    for (i, neighbor) in neighbors.iter().enumerate() {
        let h = heard(world, &neighbor.peer);
        let capabilities: Vec<String> = h.capabilities.iter().map(|c| c.to_string()).collect();
        let capabilities = capabilities.join(", ");
        let address = neighbor.address.map_or("not advertised".to_owned(), |a| a.to_string());
        say!(out, "Chassis id: {}", h.chassis.dotted());
        say!(out, "Port id: {}", h.port_id);
        say!(out, "Local Port id: {}", short(&device.ports[neighbor.port].name));
        say!(out, "Port Description: {}", h.port_description);
        say!(out, "System Name: {}", h.name);
        say!(out, "System Description: {}", h.description.join("\n"));
        say!(out, "Time remaining: {} seconds", 95 + i % 25);
        say!(out, "System Capabilities: {capabilities}");
        say!(out, "Enabled Capabilities: {capabilities}");
        say!(out, "Management Address: {address}");
        say!(out, "Management Address IPV6: not advertised");
        say!(out, "Vlan ID: not advertised\n\n");
    }
    say!(out, "Total entries displayed: {}", neighbors.len());
    out
}

pub fn cdp_detail(world: &World, device: &Device) -> String {
    if !device.cdp {
        return "ERROR: CDP is not enabled\n".to_owned();
    }
    let mut out = String::new();
    for (i, neighbor) in world.neighbors(device).into_iter().filter(|n| n.cdp).enumerate() {
        let h = heard(world, &neighbor.peer);
        let plain = h.cdp_id.split(['(', '.']).next().unwrap_or_default();
        say!(out, "----------------------------------------");
        say!(out, "Device ID:{}", h.cdp_id);
        say!(out, "System Name: {plain}\n");
        if let Some(address) = neighbor.address {
            say!(out, "Interface address(es): 1\n    IPv4 Address: {address}");
        }
        say!(out, "Platform: {}, Capabilities: {}", h.cdp_platform, h.cdp_capabilities);
        let local = &device.ports[neighbor.port].name;
        say!(out, "Interface: {local}, Port ID (outgoing port): {}", h.cdp_port);
        say!(out, "Holdtime: {} sec\n", 121 + i * 7 % 58);
        say!(out, "Version:");
        h.description.iter().for_each(|line| say!(out, "{line}"));
        say!(out, "\nAdvertisement Version: 2");
        say!(out, "Duplex: full\n");
        if let Some(address) = neighbor.address {
            say!(out, "Mgmt address(es):\n    IPv4 Address: {address}");
        }
        say!(out);
    }
    out
}
