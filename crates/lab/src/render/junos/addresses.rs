//! `show interfaces terse` and IPv6 neighbours.

use crate::world::v6::link_local;
use crate::world::{Device, IfKind, Iface, Use, World};

pub fn terse(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let all = device.interfaces();
    say!(out, "Interface               Admin Link Proto    Local                 Remote");
    let line = |out: &mut String, name: &str, up: bool, rest: &str| {
        let text = format!("{name:<23} up    {:<4} {rest}", if up { "up" } else { "down" });
        say!(out, "{}", text.trim_end());
    };
    for iface in all.iter().filter(|i| matches!(i.kind, IfKind::Physical | IfKind::Channel)) {
        line(&mut out, &iface.name, iface.up, "");
        if device.ports[iface.index].usage != Use::Shut {
            let protocols = protocols(world, device, iface);
            let mut protocols = protocols.iter();
            line(&mut out, &format!("{}.0", iface.name), iface.up, protocols.next().map_or("", |p| p.as_str()));
            protocols.for_each(|p| say!(out, "{:34} {p}", ""));
        }
    }
    let vlans: Vec<&Iface> = all.iter().filter(|i| i.kind == IfKind::Vlan).collect();
    if !vlans.is_empty() {
        line(&mut out, "irb", true, "");
    }
    for iface in vlans {
        let (addr, len) = iface.addr.unwrap_or((device.address, 32));
        line(&mut out, &iface.name, iface.up, &format!("inet     {addr}/{len}"));
    }
    line(&mut out, "lo0", true, "");
    for iface in all.iter().filter(|i| i.kind == IfKind::Loopback) {
        let address = iface.addr.map_or(String::new(), |(address, _)| address.to_string());
        line(&mut out, &iface.name, true, &format!("inet     {address:<19} --> 0/0"));
    }
    out
}

/// What a unit speaks, a line each, the first behind the state.
fn protocols(world: &World, device: &Device, iface: &Iface) -> Vec<String> {
    let port = &device.ports[iface.index];
    if let Use::Member { channel, .. } = port.usage {
        return vec![format!("aenet    --> {}.0", device.ports[channel].name)];
    }
    let Some((addr, len)) = iface.addr else { return vec!["eth-switch".to_owned()] };
    let mut lines = vec![format!("inet     {addr}/{len}")];
    if let (Some(ip), Some(mac)) = (world.iface_v6(device, iface), iface.mac) {
        lines.push(format!("inet6    {ip}/64"));
        lines.push(format!("         {}/64", link_local(mac)));
    }
    lines.push("multiservice".to_owned());
    lines
}

pub fn ipv6_neighbors(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let found = world.neighbors_v6(device);
    say!(
        out,
        "IPv6 Address                            Linklayer Address  State       Exp   Rtr  Secure  Interface               "
    );
    for (i, n) in found.iter().enumerate() {
        let port = device.l3_name(n.port);
        say!(out, "{:<39} {}  reachable   {:<5} yes  no      {port:<24}", n.ip.to_string(), n.mac, i % 30);
    }
    say!(out, "Total entries: {}", found.len());
    out
}
