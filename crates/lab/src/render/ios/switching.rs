//! VLANs, switch ports, port channels.

use super::super::common::{titled, vlan_table};
use crate::world::{Device, PortMode, Use, World, short_port};

/// What a router without a switch module says.
const NO_SWITCH: &str = "                  ^\n% Invalid input detected at '^' marker.\n\n";

pub fn vlan_brief(_: &World, device: &Device) -> String {
    if !device.is_switch() {
        return NO_SWITCH.to_owned();
    }
    let mut out = "\n".to_owned();
    vlan_table(&mut out, device, short_port);
    for (id, name) in
        [(1002, "fddi-default"), (1003, "token-ring-default"), (1004, "fddinet-default"), (1005, "trnet-default")]
    {
        say!(out, "{id:<4} {name:<32} act/unsup ");
    }
    out
}

pub fn switchport(_: &World, device: &Device) -> String {
    if !device.is_switch() {
        return NO_SWITCH.to_owned();
    }
    let mut out = String::new();
    let modes = device.switch_ports();
    let (cables, channels): (Vec<_>, Vec<_>) = device.ports.iter().enumerate().partition(|(_, p)| p.channel.is_none());
    for (i, port) in cables.into_iter().chain(channels) {
        let mode = modes.iter().find(|(m, _)| *m == i).map(|(_, mode)| *mode);
        say!(out, "Name: {}", short_port(&port.name));
        let Some(mode) = mode else {
            say!(out, "Switchport: Disabled\n");
            continue;
        };
        let (admin, operational) = match mode {
            PortMode::Access(_) => ("static access", "static access"),
            PortMode::Trunk => ("trunk", "trunk"),
            PortMode::Shut => ("dynamic auto", "down"),
        };
        let operational = if port.unplugged { "down" } else { operational };
        let bundle = match port.usage {
            Use::Member { channel, .. } => format!(" (member of bundle {})", short_port(&device.ports[channel].name)),
            _ => String::new(),
        };
        let access = if let PortMode::Access(vlan) = mode { vlan } else { 1 };
        let trunks = if mode == PortMode::Trunk { device.trunk_vlans() } else { "ALL".to_owned() };
        say!(out, "Switchport: Enabled\nAdministrative Mode: {admin}\nOperational Mode: {operational}{bundle}");
        say!(out, "Administrative Trunking Encapsulation: dot1q");
        say!(out, "Negotiation of Trunking: {}", if mode == PortMode::Shut { "On" } else { "Off" });
        say!(out, "Access Mode VLAN: {}", titled(device, access));
        say!(out, "Trunking Native Mode VLAN: 1 (default)");
        say!(out, "Administrative Native VLAN tagging: enabled\nVoice VLAN: none");
        say!(out, "Administrative private-vlan host-association: none \nAdministrative private-vlan mapping: none ");
        say!(out, "Operational private-vlan: none\nTrunking VLANs Enabled: {trunks}");
        say!(out, "Pruning VLANs Enabled: 2-1001\nCapture Mode Disabled\nCapture VLANs Allowed: ALL\n");
        say!(out, "Protected: false\nUnknown unicast blocked: disabled\nUnknown multicast blocked: disabled");
        say!(out, "Appliance trust: none\n");
    }
    out
}

pub fn etherchannel(_: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "Flags:  D - down        P - bundled in port-channel");
    say!(out, "        I - stand-alone s - suspended");
    say!(out, "        H - Hot-standby (LACP only)");
    say!(out, "        R - Layer3      S - Layer2");
    say!(out, "        U - in use      f - failed to allocate aggregator\n");
    say!(out, "        M - not in use, minimum links not met");
    say!(out, "        u - unsuitable for bundling");
    say!(out, "        w - waiting to be aggregated");
    say!(out, "        d - default port\n\n");
    let channels = device.channels().count();
    say!(out, "Number of channel-groups in use: {channels}\nNumber of aggregators:           {channels}\n");
    say!(out, "Group  Port-channel  Protocol    Ports");
    say!(out, "------+-------------+-----------+-----------------------------------------------");
    for (i, port) in device.channels() {
        let layer = if matches!(port.usage, Use::Trunk { .. }) { 'S' } else { 'R' };
        let name = format!("{}({layer}{})", short_port(&port.name), if port.unplugged { 'D' } else { 'U' });
        let state = |unplugged| if unplugged { 'D' } else { 'P' };
        let members = device
            .members(i)
            .map(|(_, p)| format!("{:<15}", format!("{}({})", short_port(&p.name), state(p.unplugged))));
        say!(out, "{:<6} {name:<13}   LACP      {}", port.channel.unwrap_or(1), members.collect::<String>());
    }
    say!(out);
    out
}
