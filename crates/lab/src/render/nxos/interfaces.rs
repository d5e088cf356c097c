//! `show interface`.

use super::short;
use crate::world::{Device, IfKind, Iface, World};

pub fn show(_: &World, device: &Device) -> String {
    let mut out = String::new();
    for iface in device.interfaces() {
        match iface.kind {
            IfKind::Physical => physical(&mut out, &iface),
            IfKind::Channel => channel(&mut out, device, &iface),
            IfKind::Vlan => vlan(&mut out, &iface),
            IfKind::Loopback => loopback(&mut out, &iface),
        }
        say!(out);
    }
    out
}

fn physical(out: &mut String, iface: &Iface) {
    let mac = iface.mac.map_or(String::new(), |m| m.dotted());
    let (state, admin) = match (iface.up, iface.unplugged) {
        (true, _) => ("up", "up"),
        (_, true) => ("down (Link not connected)", "up"),
        _ => ("down (Administratively down)", "down"),
    };
    say!(out, "{} is {state}\nadmin state is {admin}, Dedicated Interface", iface.name);
    say!(out, "  Hardware: 100/1000/10000/25000 Ethernet, address: {mac} (bia {mac})");
    describe(out, iface);
    say!(out, "  MTU {} bytes, BW {} Kbit, DLY 10 usec", iface.mtu, iface.speed * 1000);
    say!(out, "  reliability 255/255, txload 1/255, rxload 1/255");
    say!(out, "  Encapsulation ARPA, medium is broadcast");
    let mode = match (iface.addr, iface.trunk) {
        (Some(_), _) => "routed",
        (_, true) => "trunk",
        _ => "access",
    };
    say!(out, "  Port mode is {mode}");
    let rate = iface.speed / 1000;
    if iface.up {
        say!(out, "  full-duplex, {rate} Gb/s, media type is {rate}G");
    } else {
        say!(out, "  auto-duplex, auto-speed");
    }
    say!(out, "  Beacon is turned off");
    say!(out, "  Auto-Negotiation is turned on  FEC mode is Auto");
    say!(out, "  Input flow-control is off, output flow-control is off");
    say!(out, "  Auto-mdix is turned off\n  Switchport monitor is off ");
    say!(out, "  EtherType is 0x8100 \n  EEE (efficient-ethernet) : n/a");
    say!(out, "  Last link flapped {}", if iface.up { "5week(s) 2day(s)" } else { "never" });
    say!(out, "  Last clearing of \"show interface\" counters never\n  1 interface resets");
    counters(out, iface);
}

fn channel(out: &mut String, device: &Device, iface: &Iface) {
    let mac = iface.mac.map_or(String::new(), |m| m.dotted());
    say!(out, "{} is {}", iface.name, if iface.up { "up" } else { "down (No operational members)" });
    say!(out, "admin state is up,\n  Hardware: Port-Channel, address: {mac} (bia {mac})");
    describe(out, iface);
    say!(out, "  MTU {} bytes, BW {} Kbit, DLY 10 usec", iface.mtu, iface.speed * 1000);
    say!(out, "  reliability 255/255, txload 1/255, rxload 1/255");
    say!(out, "  Encapsulation ARPA, medium is broadcast");
    say!(out, "  Port mode is {}", if iface.trunk { "trunk" } else { "routed" });
    let rate = iface.speed / 1000;
    say!(out, "{}", if iface.up { format!("  full-duplex, {rate} Gb/s") } else { "  auto-duplex, auto-speed".into() });
    say!(out, "  Input flow-control is off, output flow-control is off");
    say!(out, "  Auto-mdix is turned off\n  Switchport monitor is off ");
    say!(out, "  EtherType is 0x8100 ");
    let members: Vec<String> = device.members(iface.index).map(|(_, p)| short(&p.name)).collect();
    say!(out, "  Members in this channel: {}", members.join(", "));
    say!(out, "  Last clearing of \"show interface\" counters never\n  1 interface resets");
    counters(out, iface);
}

fn counters(out: &mut String, iface: &Iface) {
    let n = if iface.up { 9_973 * (iface.index as u64 + 5) * 911 } else { 0 };
    say!(out, "  30 seconds input rate {} bits/sec, {} packets/sec", n % 91_000, n % 130);
    say!(out, "  30 seconds output rate {} bits/sec, {} packets/sec", n % 73_000, n % 110);
    say!(out, "  RX\n    {} unicast packets  {} multicast packets  {} broadcast packets", n, n / 90, n / 50);
    say!(out, "    {} input packets  {} bytes", n + n / 90 + n / 50, n * 411);
    say!(out, "    0 jumbo packets  0 storm suppression bytes");
    say!(out, "    0 runts  0 giants  0 CRC  0 no buffer");
    say!(out, "    0 input error  0 short frame  0 overrun   0 underrun  0 ignored");
    say!(out, "    0 watchdog  0 bad etype drop  0 bad proto drop  0 if down drop");
    say!(out, "    0 input with dribble  0 input discard\n    0 Rx pause");
    say!(out, "  TX\n    {} unicast packets  {} multicast packets  {} broadcast packets", n, n / 80, n / 70);
    say!(out, "    {} output packets  {} bytes", n + n / 80 + n / 70, n * 388);
    say!(out, "    0 jumbo packets");
    say!(out, "    0 output error  0 collision  0 deferred  0 late collision");
    say!(out, "    0 lost carrier  0 no carrier  0 babble  0 output discard\n    0 Tx pause");
}

fn vlan(out: &mut String, iface: &Iface) {
    let mac = iface.mac.map_or(String::new(), |m| m.dotted());
    say!(out, "{} is up, line protocol is up, autostate enabled", iface.name);
    say!(out, "  Hardware is EtherSVI, address is  {mac}");
    describe(out, iface);
    say!(out, "  MTU {} bytes, BW 1000000 Kbit, DLY 10 usec,", iface.mtu);
    say!(out, "   reliability 255/255, txload 1/255, rxload 1/255");
    say!(out, "  Encapsulation ARPA, loopback not set\n  Keepalive not supported\n  ARP type: ARPA");
    say!(out, "  Last clearing of \"show interface\" counters never");
    say!(out, "  L3 in Switched:\n    ucast: 0 pkts, 0 bytes\n  L3 out Switched:\n    ucast: 0 pkts, 0 bytes");
}

fn loopback(out: &mut String, iface: &Iface) {
    say!(out, "{} is up\nadmin state is up", iface.name);
    say!(out, "  Hardware: Loopback");
    describe(out, iface);
    say!(out, "  MTU 1500 bytes, BW 8000000 Kbit, DLY 5000 usec");
    say!(out, "  reliability 255/255, txload 1/255, rxload 1/255");
    say!(out, "  Encapsulation LOOPBACK, medium is broadcast\n  Port mode is routed\n  Auto-mdix is turned off");
    say!(out, "    0 packets input 0 bytes\n    0 multicast frames 0 compressed");
    say!(out, "    0 input errors 0 frame 0 overrun 0 fifo");
    say!(out, "    0 packets output 0 bytes 0 underruns");
    say!(out, "    0 output errors 0 collisions 0 fifo\n    0 out_carrier_errors");
}

fn describe(out: &mut String, iface: &Iface) {
    if let Some(text) = &iface.description {
        say!(out, "  Description: {text}");
    }
    if let Some((addr, len)) = iface.addr {
        say!(out, "  Internet Address is {addr}/{len}");
    }
}
