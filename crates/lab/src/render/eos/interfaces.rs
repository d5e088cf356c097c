//! `show interfaces`.

use crate::world::{Device, IfKind, Iface, World};

pub fn show(_: &World, device: &Device) -> String {
    let mut out = String::new();
    device.interfaces().iter().for_each(|iface| one(&mut out, device, iface));
    out
}

fn one(out: &mut String, device: &Device, iface: &Iface) {
    let status = match (iface.up, iface.kind) {
        (true, IfKind::Physical | IfKind::Channel) => "up, line protocol is up (connected)",
        (true, _) => "up, line protocol is up",
        _ if iface.unplugged => "down, line protocol is down (notconnect)",
        _ => "administratively down, line protocol is down (disabled)",
    };
    say!(out, "{} is {status}", iface.name);
    let mac = iface.mac.map_or(String::new(), |m| m.dotted());
    match iface.kind {
        IfKind::Physical => say!(out, "  Hardware is Ethernet, address is {mac} (bia {mac})"),
        IfKind::Channel => say!(out, "  Hardware is Port-Channel, address is {mac}"),
        IfKind::Vlan => say!(out, "  Hardware is Vlan, address is {mac} (bia {mac})"),
        IfKind::Loopback => say!(out, "  Hardware is Loopback"),
    }
    if let Some(text) = &iface.description {
        say!(out, "  Description: {text}");
    }
    if let Some((addr, len)) = iface.addr {
        say!(out, "  Internet address is {addr}/{len}\n  Broadcast address is 255.255.255.255");
    }
    match (iface.kind, iface.addr) {
        (IfKind::Physical | IfKind::Channel, Some(_)) => {
            say!(out, "  IP MTU {} bytes, BW {} kbit", iface.mtu, iface.speed * 1000)
        }
        (IfKind::Physical | IfKind::Channel, None) => {
            say!(out, "  Ethernet MTU 10178 bytes, BW {} kbit", iface.speed * 1000)
        }
        (IfKind::Vlan, _) => say!(out, "  IP MTU {} bytes", iface.mtu),
        (IfKind::Loopback, _) => say!(out, "  IP MTU 65535 bytes (default)"),
    }
    if iface.kind == IfKind::Physical {
        let rate = iface.speed / 1000;
        say!(out, "  Full-duplex, {rate}Gb/s, auto negotiation: off, uni-link: n/a");
    }
    if iface.kind == IfKind::Channel {
        let rate = iface.speed / 1000;
        let members: Vec<&str> = device.members(iface.index).map(|(_, p)| p.name.as_str()).collect();
        say!(out, "  Full-duplex, {rate}Gb/s\n  Active members in this channel: {}", members.len());
        members.iter().for_each(|m| say!(out, "  ... {m} , Full-duplex, {}Gb/s", rate as usize / members.len()));
    }
    say!(
        out,
        "  {} {} days, {} hours, 8 minutes, 50 seconds",
        if iface.up { "Up" } else { "Down" },
        12,
        iface.index % 24
    );
    if iface.kind == IfKind::Physical {
        counters(out, iface);
    }
}

fn counters(out: &mut String, iface: &Iface) {
    let n = if iface.up { 8_191 * (iface.index as u64 + 2) * 1_013 } else { 0 };
    say!(out, "  Loopback Mode : None\n  2 link status changes since last clear");
    say!(out, "  Last clearing of \"show interface\" counters never");
    say!(out, "  5 minutes input rate {} bps (0.0% with framing overhead), {} packets/sec", n % 91_000, n % 130);
    say!(out, "  5 minutes output rate {} bps (0.0% with framing overhead), {} packets/sec", n % 73_000, n % 110);
    say!(out, "     {n} packets input, {} bytes", n * 411);
    say!(out, "     Received {} broadcasts, {} multicast", n / 50, n / 90);
    say!(out, "     0 runts, 0 giants");
    say!(out, "     0 input errors, 0 CRC, 0 alignment, 0 symbol, 0 input discards");
    say!(out, "     0 PAUSE input");
    say!(out, "     {n} packets output, {} bytes", n * 388);
    say!(out, "     Sent {} broadcasts, {} multicast", n / 70, n / 80);
    say!(out, "     0 output errors, 0 collisions");
    say!(out, "     0 late collision, 0 deferred, 0 output discards\n     0 PAUSE output");
}
