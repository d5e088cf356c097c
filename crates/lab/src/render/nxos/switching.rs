//! VLANs, switch ports, port channels.

use super::super::common::{titled, vlan_table};
use super::short;
use crate::world::{Device, PortMode, Use, World};

pub fn vlan_brief(_: &World, device: &Device) -> String {
    let mut out = "\n".to_owned();
    vlan_table(&mut out, device, short);
    say!(out);
    out
}

pub fn switchport(_: &World, device: &Device) -> String {
    let mut out = String::new();
    let modes = device.switch_ports();
    let (cables, channels): (Vec<_>, Vec<_>) = device.ports.iter().enumerate().partition(|(_, p)| p.channel.is_none());
    for (i, port) in cables.into_iter().chain(channels) {
        let mode = modes.iter().find(|(m, _)| *m == i).map(|(_, mode)| *mode);
        let on = if mode.is_some() { "Enabled" } else { "Disabled" };
        say!(out, "Name: {}\n  Switchport: {on}\n  Switchport Monitor: Not enabled", port.name);
        let Some(mode) = mode else { continue };
        let access = if let PortMode::Access(vlan) = mode { vlan } else { 1 };
        let (kind, trunks) = match mode {
            PortMode::Trunk => ("trunk", device.trunk_vlans()),
            _ => ("access", "1-4094".to_owned()),
        };
        say!(out, "  Operational Mode: {kind}\n  Access Mode VLAN: {}", titled(device, access));
        say!(out, "  Trunking Native Mode VLAN: 1 (default)\n  Trunking VLANs Allowed: {trunks}\n  Voice VLAN: none");
        say!(out, "  Extended Trust State : not trusted [COS = 0]");
        say!(out, "  Administrative private-vlan primary host-association: none");
        say!(out, "  Administrative private-vlan secondary host-association: none");
        say!(out, "  Operational private-vlan: none");
    }
    out
}

pub fn channels(_: &World, device: &Device) -> String {
    let mut out = String::new();
    let line = "-".repeat(80);
    say!(out, "Flags:  D - Down        P - Up in port-channel (members)");
    say!(out, "        I - Individual  H - Hot-standby (LACP only)");
    say!(out, "        s - Suspended   r - Module-removed\n        b - BFD Session Wait");
    say!(out, "        S - Switched    R - Routed\n        U - Up (port-channel)");
    say!(out, "        p - Up in delay-lacp mode (member)\n        M - Not in use. Min-links not met");
    say!(out, "{line}\nGroup Port-       Type     Protocol  Member Ports\n      Channel\n{line}");
    for (i, port) in device.channels() {
        let layer = if matches!(port.usage, Use::Trunk { .. }) { 'S' } else { 'R' };
        let name = format!("{}({layer}{})", short(&port.name), if port.unplugged { 'D' } else { 'U' });
        let state = |unplugged| if unplugged { 'D' } else { 'P' };
        let members =
            device.members(i).map(|(_, p)| format!("{:<13}", format!("{}({})", short(&p.name), state(p.unplugged))));
        say!(out, "{:<5} {name:<11} Eth      LACP      {}", port.channel.unwrap_or(1), members.collect::<String>());
    }
    out
}
