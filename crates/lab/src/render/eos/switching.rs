//! VLANs, switch ports, port channels.

use super::super::common::titled;
use crate::world::{Device, PortMode, Use, World, short_port};

pub fn vlan(_: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "VLAN  Name                             Status    Ports");
    say!(out, "----- -------------------------------- --------- -------------------------------");
    let ports = listed(device);
    for (id, name) in device.all_vlans() {
        let carries = |mode: &PortMode| match mode {
            PortMode::Access(vlan) => *vlan == id,
            PortMode::Shut => false,
            PortMode::Trunk => id != 1,
        };
        let up = ports.iter().filter(|(i, mode)| carries(mode) && !device.ports[*i].unplugged);
        let cpu = device.vlans.iter().any(|v| v.id == id && v.addr.is_some()).then(|| "Cpu".to_owned());
        let names: Vec<String> = cpu.into_iter().chain(up.map(|(i, _)| short_port(&device.ports[*i].name))).collect();
        let mut lines = names.chunks(4).map(|c| c.join(", "));
        say!(out, "{id:<5} {name:<32} active    {}", lines.next().unwrap_or_default());
        lines.for_each(|line| say!(out, "{:49}{line}", ""));
    }
    say!(out);
    out
}

/// The ports that EOS lists: a member of a channel is none.
fn listed(device: &Device) -> Vec<(usize, PortMode)> {
    let is_member = |i: usize| matches!(device.ports[i].usage, Use::Member { .. });
    device.switch_ports().into_iter().filter(|(i, _)| !is_member(*i)).collect()
}

pub fn switchport(_: &World, device: &Device) -> String {
    let mut out = String::new();
    for (i, mode) in listed(device) {
        let (kind, vlan) = match mode {
            PortMode::Access(vlan) => ("static access", vlan),
            PortMode::Trunk => ("trunk", 1),
            PortMode::Shut => ("static access", 1),
        };
        let operational = if device.ports[i].unplugged { "down" } else { kind };
        let trunks = if mode == PortMode::Trunk { device.trunk_vlans() } else { "ALL".to_owned() };
        say!(out, "Name: {}\nSwitchport: Enabled", short_port(&device.ports[i].name));
        say!(out, "Administrative Mode: {kind}\nOperational Mode: {operational}\nMAC Address Learning: enabled");
        say!(out, "Dot1q ethertype/TPID: 0x8100 (active)\nDot1q Vlan Tag: Not Required");
        say!(out, "Access Mode VLAN: {}\nTrunking Native Mode VLAN: 1 (default)", titled(device, vlan));
        say!(out, "Administrative Native VLAN tagging: disabled\nAdministrative private VLAN mapping: ALL");
        say!(out, "Trunking VLANs Enabled: {trunks}\nStatic Trunk Groups:\nDynamic Trunk Groups:");
        say!(out, "Source interface filtering: enabled\n");
    }
    out
}

pub fn channels(_: &World, device: &Device) -> String {
    let mut out = String::new();
    let n = device.channels().count();
    say!(out, "\n                 Flags");
    say!(out, "------------------------ ---------------------------- -------------------------");
    say!(out, "  a - LACP Active          p - LACP Passive           * - static fallback");
    say!(out, "  F - Fallback enabled     f - Fallback configured    ^ - individual fallback");
    say!(out, "  U - In Use               D - Down");
    say!(out, "  + - In-Sync              - - Out-of-Sync            i - incompatible with agg");
    say!(out, "  P - bundled in Po        s - suspended              G - Aggregable");
    say!(out, "  I - Individual           S - ShortTimeout           w - wait for agg\n");
    say!(out, "Number of channels in use: {n}\nNumber of aggregators: {n}\n");
    say!(out, "   Port-Channel       Protocol    Ports             ");
    say!(out, "------------------ -------------- ------------------");
    for (i, port) in device.channels() {
        let name = format!("{}({})", short_port(&port.name), if port.unplugged { 'D' } else { 'U' });
        let state = |unplugged| if unplugged { "D" } else { "PG+" };
        let members = device.members(i).map(|(_, p)| format!("{}({}) ", short_port(&p.name), state(p.unplugged)));
        say!(out, "   {name:<15} LACP(a)        {}", members.collect::<String>());
    }
    say!(out);
    out
}
