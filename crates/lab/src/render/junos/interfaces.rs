//! `show interfaces`: physical interfaces, each with its units.

use crate::world::{Device, IfKind, Iface, Prefix, Use, World};

pub fn show(_: &World, device: &Device) -> String {
    let mut out = String::new();
    let all = device.interfaces();
    for iface in all.iter().filter(|i| matches!(i.kind, IfKind::Physical | IfKind::Channel)) {
        physical(&mut out, iface);
        if iface.up {
            unit(&mut out, device, &format!("{}.0", iface.name), iface);
        }
    }
    if all.iter().any(|i| i.kind == IfKind::Vlan) {
        let mac = device.mac;
        say!(out, "Physical interface: irb, Enabled, Physical link is Up");
        say!(out, "  Interface index: 640, SNMP ifIndex: 505");
        say!(out, "  Type: Ethernet, Link-level type: Ethernet, MTU: 1514");
        say!(out, "  Device flags   : Present Running\n  Interface flags: SNMP-Traps\n  Link flags     : None");
        say!(out, "  Current address: {mac}, Hardware address: {mac}");
        say!(out, "  Last flapped   : Never\n");
        all.iter().filter(|i| i.kind == IfKind::Vlan).for_each(|i| unit(&mut out, device, &i.name, i));
    }
    say!(out, "Physical interface: lo0, Enabled, Physical link is Up");
    say!(out, "  Interface index: 6, SNMP ifIndex: 6");
    say!(out, "  Type: Loopback, Link-level type: Unspecified, MTU: Unlimited");
    say!(out, "  Device flags   : Present Running Loopback\n  Interface flags: SNMP-Traps\n  Link flags     : None");
    say!(out, "  Last flapped   : Never\n");
    all.iter().filter(|i| i.kind == IfKind::Loopback).for_each(|i| unit(&mut out, device, &i.name, i));
    out
}

fn physical(out: &mut String, iface: &Iface) {
    let link = if iface.up { "Up" } else { "Down" };
    let mac = iface.mac.map_or(String::new(), |m| m.to_string());
    say!(out, "Physical interface: {}, Enabled, Physical link is {link}", iface.name);
    say!(out, "  Interface index: {}, SNMP ifIndex: {}", 134 + iface.index, 502 + iface.index);
    if let Some(text) = &iface.description {
        say!(out, "  Description: {text}");
    }
    say!(out, "  Link-level type: Ethernet, MTU: {}, LAN-PHY mode, Speed: {}mbps,", iface.mtu + 14, iface.speed);
    say!(out, "  Link-mode: Full-duplex, BPDU Error: None, Loopback: Disabled,");
    say!(out, "  MAC-REWRITE Error: None, Source filtering: Disabled,");
    say!(out, "  Flow control: Disabled, Auto-negotiation: Enabled, Remote fault: Online");
    say!(out, "  Device flags   : Present Running");
    say!(out, "  Interface flags: SNMP-Traps Internal: 0x4000\n  Link flags     : None");
    say!(out, "  CoS queues     : 8 supported, 8 maximum usable queues");
    say!(out, "  Current address: {mac}, Hardware address: {mac}");
    say!(out, "  Last flapped   : 2024-02-03 04:12:59 UTC (5w2d 03:39 ago)");
    let n = if iface.up { 7_907 * (iface.index as u64 + 1) } else { 0 };
    say!(
        out,
        "  Input rate     : {} bps ({} pps)\n  Output rate    : {} bps ({} pps)",
        n % 91_000,
        n % 13,
        n % 73_000,
        n % 11
    );
    say!(out, "  Active alarms  : {0}\n  Active defects : {0}", if iface.up { "None" } else { "LINK" });
    say!(out, "  Interface transmit statistics: Disabled\n");
}

fn unit(out: &mut String, device: &Device, name: &str, iface: &Iface) {
    let n = 5_003 * (iface.index as u64 + 1);
    say!(out, "  Logical interface {name} (Index {}) (SNMP ifIndex {})", 320 + iface.index, 540 + iface.index);
    if iface.kind == IfKind::Vlan
        && let Some(text) = &iface.description
    {
        say!(out, "    Description: {text}");
    }
    say!(out, "    Flags: Up SNMP-Traps 0x4004000 Encapsulation: ENET2");
    say!(out, "    Input packets : {n}\n    Output packets: {n}");
    match iface.addr {
        Some((addr, len)) => {
            let net = Prefix::of(addr, len);
            say!(out, "    Protocol inet, MTU: {}", iface.mtu);
            say!(out, "      Flags: Sendbcast-pkt-to-re\n      Addresses, Flags: Is-Preferred Is-Primary");
            say!(out, "        Destination: {net}, Local: {addr}, Broadcast: {}\n", net.broadcast());
        }
        None if iface.kind == IfKind::Physical
            && let Use::Member { channel, .. } = device.ports[iface.index].usage =>
        {
            let bundle = &device.ports[channel].name;
            say!(out, "    Protocol aenet, AE bundle: {bundle}.0\n");
        }
        None => say!(out, "    Protocol eth-switch, MTU: {}\n      Flags: Is-Primary\n", iface.mtu),
    }
}
