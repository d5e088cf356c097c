//! `show interfaces` and its short form.

use crate::world::{Device, IfKind, Iface, World, short_port};

pub fn show(_: &World, device: &Device) -> String {
    let mut out = String::new();
    device.interfaces().iter().for_each(|iface| one(&mut out, device, iface));
    out
}

fn one(out: &mut String, device: &Device, iface: &Iface) {
    let status = match (iface.up, iface.kind) {
        (true, IfKind::Physical | IfKind::Channel) => "up, line protocol is up (connected) ",
        (true, _) => "up, line protocol is up ",
        _ if iface.unplugged => "down, line protocol is down (notconnect) ",
        (false, _) => "administratively down, line protocol is down (disabled) ",
    };
    say!(out, "{} is {status}", iface.name);
    match (iface.kind, iface.mac) {
        (IfKind::Loopback, _) | (_, None) => say!(out, "  Hardware is Loopback"),
        (kind, Some(mac)) => {
            let hardware = match kind {
                IfKind::Vlan => "Ethernet SVI",
                IfKind::Channel => "EtherChannel",
                _ => physical(iface.speed),
            };
            say!(out, "  Hardware is {hardware}, address is {0} (bia {0})", mac.dotted());
        }
    }
    if let Some(text) = &iface.description {
        say!(out, "  Description: {text}");
    }
    if let Some((addr, len)) = iface.addr {
        say!(out, "  Internet address is {addr}/{len}");
    }
    let delay = if iface.kind == IfKind::Loopback { 5000 } else { 10 };
    say!(out, "  MTU {} bytes, BW {} Kbit/sec, DLY {delay} usec, ", iface.mtu, iface.speed * 1000);
    say!(out, "     reliability 255/255, txload 1/255, rxload 1/255");
    let encapsulation = if iface.kind == IfKind::Loopback { "LOOPBACK" } else { "ARPA" };
    say!(out, "  Encapsulation {encapsulation}, loopback not set");
    if matches!(iface.kind, IfKind::Physical | IfKind::Channel) {
        say!(out, "  Keepalive set (10 sec)");
        let duplex = if iface.up { "Full-duplex" } else { "Auto-duplex" };
        say!(out, "  {duplex}, {}, media type is {}", rate(iface.speed), media(iface));
        say!(out, "  input flow-control is on, output flow-control is unsupported ");
        if iface.kind == IfKind::Channel {
            let members: Vec<String> = device.members(iface.index).map(|(_, p)| short_port(&p.name)).collect();
            say!(out, "  Members in this channel: {} ", members.join(" "));
        }
    }
    say!(out, "  ARP type: ARPA, ARP Timeout 04:00:00");
    say!(out, "  Last input 00:00:0{}, output 00:00:00, output hang never", iface.index % 10);
    say!(out, "  Last clearing of \"show interface\" counters never");
    counters(out, iface);
}

fn counters(out: &mut String, iface: &Iface) {
    let n = if iface.up { 7_919 * (iface.index as u64 + 3) * 1_301 } else { 0 };
    say!(out, "  Input queue: 0/375/0/0 (size/max/drops/flushes); Total output drops: 0");
    say!(out, "  Queueing strategy: fifo");
    say!(out, "  Output queue: 0/40 (size/max)");
    say!(out, "  5 minute input rate {} bits/sec, {} packets/sec", n % 91_000, n % 130);
    say!(out, "  5 minute output rate {} bits/sec, {} packets/sec", n % 73_000, n % 110);
    say!(out, "     {n} packets input, {} bytes, 0 no buffer", n * 411);
    say!(out, "     Received {} broadcasts ({} multicasts)", n / 50, n / 90);
    say!(out, "     0 runts, 0 giants, 0 throttles ");
    say!(out, "     0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored");
    say!(out, "     {n} packets output, {} bytes, 0 underruns", n * 388);
    say!(out, "     0 output errors, 0 collisions, 1 interface resets");
    say!(out, "     0 unknown protocol drops");
    say!(out, "     0 output buffer failures, 0 output buffers swapped out");
}

fn physical(speed: u32) -> &'static str {
    match speed {
        1000 => "Gigabit Ethernet",
        10_000 => "Ten Gigabit Ethernet",
        _ => "Twenty Five Gigabit Ethernet",
    }
}

fn rate(speed: u32) -> String {
    if speed == 1000 { "1000Mb/s".to_owned() } else { format!("{}Gb/s", speed / 1000) }
}

fn media(iface: &Iface) -> &'static str {
    match iface.speed {
        _ if iface.kind == IfKind::Channel => "N/A",
        1000 => "10/100/1000BaseTX",
        10_000 => "SFP-10GBase-SR",
        _ => "SFP-25GBase-SR",
    }
}

pub fn brief(_: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "Interface              IP-Address      OK? Method Status                Protocol");
    for iface in device.interfaces() {
        let (ip, method) = match iface.addr {
            Some((addr, _)) => (addr.to_string(), "NVRAM"),
            None => ("unassigned".to_owned(), "unset"),
        };
        let (status, protocol) = match (iface.up, iface.unplugged) {
            (true, _) => ("up", "up"),
            (_, true) => ("down", "down"),
            _ => ("administratively down", "down"),
        };
        say!(out, "{:<22} {ip:<15} YES {method:<6} {status:<21} {protocol:<8}", iface.name);
    }
    out
}
