//! Addresses of interfaces, and IPv6 neighbours.

use crate::world::v6::{link_local, network_v6};
use crate::world::{Device, World, short_port};

pub fn ip_brief(_: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "                                                                              Address");
    say!(out, "Interface         IP Address            Status       Protocol           MTU   Owner  ");
    say!(out, "----------------- --------------------- ------------ -------------- --------- -------");
    for iface in device.interfaces() {
        let Some((addr, len)) = iface.addr else { continue };
        let (status, protocol) = if iface.up { ("up", "up") } else { ("down", "lowerlayerdown") };
        say!(out, "{:<17} {:<21} {status:<12} {protocol:<14} {:>9}", iface.name, format!("{addr}/{len}"), iface.mtu);
    }
    say!(out);
    out
}

pub fn ipv6_interface(world: &World, device: &Device) -> String {
    let mut out = String::new();
    for iface in device.interfaces() {
        let (Some(ip), Some(mac)) = (world.iface_v6(device, &iface), iface.mac) else { continue };
        let state =
            if iface.up { "up, line protocol is up (connected)" } else { "down, line protocol is down (notconnect)" };
        say!(out, "{} is {state}\n  IPv6 is enabled, link-local is {}/64", iface.name, link_local(mac));
        say!(out, "  No Virtual link-local address is configured\n  Address determined by manual configuration");
        say!(out, "  Global unicast address(es):\n    {ip}, subnet is {}/64", network_v6(ip));
        say!(out, "  Joined group address(es):\n    ff02::1\n    ff02::2");
        say!(out, "  ND DAD is enabled, number of DAD attempts: 1\n  ND Reachable time is 30000 milliseconds");
    }
    out
}

pub fn ipv6_neighbors(world: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "VRF: default");
    say!(out, "IPv6 Address                                  Age Hardware Addr    State Interface");
    for (i, n) in world.neighbors_v6(device).iter().enumerate() {
        let age = format!("0:{:02}:{:02}", i % 60, i * 7 % 60);
        let port = short_port(&device.ports[n.port].name);
        say!(out, "{:<39} {age:>9} {} {:>8} {port}", n.ip.to_string(), n.mac.dotted(), "REACH");
    }
    out
}
