//! VLANs, switch ports, bundles.

use crate::world::{Device, PortMode, World};

/// What a router says that has no bridge.
const NO_BRIDGE: &str = "error: the l2-learning subsystem is not running\n";

fn bridges(device: &Device) -> bool {
    device.is_switch() && !(device.model.name.starts_with("mx") && device.vlans.is_empty())
}

/// The units that are switched, behind their bundle where they have one.
fn units(device: &Device) -> Vec<(usize, PortMode)> {
    let is_member = |i: usize| matches!(device.ports[i].usage, crate::world::Use::Member { .. });
    device.switch_ports().into_iter().filter(|(i, mode)| !is_member(*i) && *mode != PortMode::Shut).collect()
}

pub fn vlans(_: &World, device: &Device) -> String {
    if !bridges(device) {
        return NO_BRIDGE.to_owned();
    }
    let mut out = String::new();
    say!(out, "\nRouting instance        VLAN name             Tag          Interfaces");
    for (id, name) in device.all_vlans() {
        say!(out, "default-switch          {name:<21} {id:<12} ");
        for (i, mode) in units(device) {
            let port = &device.ports[i];
            let mark = if port.unplugged { "" } else { "*" };
            match mode {
                PortMode::Access(vlan) if vlan == id => say!(out, "{:58} {}.0{mark}", "", port.name),
                PortMode::Trunk if id != 1 => say!(out, "{:58} {}.0{mark}", "", port.name),
                _ => {}
            }
        }
        say!(out, "{:63}", "");
    }
    out
}

pub fn interfaces(_: &World, device: &Device) -> String {
    if !bridges(device) {
        return NO_BRIDGE.to_owned();
    }
    let mut out = String::new();
    say!(out, "Routing Instance Name : default-switch");
    say!(out, "Logical Interface flags (DL - disable learning, AD - packet action drop,");
    say!(out, "                         LH - MAC limit hit, DN - interface down,");
    say!(out, "                         MMAS - Mac-move action shutdown, AS - Autostate-exclude enabled,");
    say!(out, "                         SCTL - shutdown by Storm-control, MI - MAC+IP limit hit)\n");
    say!(out, "Logical          Vlan                   TAG     MAC         STP         Logical           Tagging ");
    say!(out, "interface        members                        limit       state       interface flags           ");
    for (i, mode) in units(device) {
        let (tagging, vlans): (_, Vec<u16>) = match mode {
            PortMode::Access(vlan) => ("untagged", vec![vlan]),
            _ => ("tagged", device.vlans.iter().map(|v| v.id).collect()),
        };
        let flag = if device.ports[i].unplugged { "DN" } else { "" };
        say!(out, "{:<47} {:<23} {flag:<17} {tagging:<8}", format!("{}.0", device.ports[i].name), 65535);
        for id in vlans {
            let state = if device.ports[i].unplugged { "Discarding" } else { "Forwarding" };
            say!(
                out,
                "{:16} {:<22} {id:<7} {:<11} {state:<11} {:17} {tagging:<8}",
                "",
                device.vlan_title(id),
                65535,
                ""
            );
        }
    }
    out
}

pub fn lacp(_: &World, device: &Device) -> String {
    let mut out = String::new();
    if device.channels().next().is_none() {
        return "warning: lacp subsystem not running - not needed by configuration.\n".to_owned();
    }
    for (i, port) in device.channels() {
        say!(out, "Aggregated interface: {}", port.name);
        say!(out, "    LACP state:       Role   Exp   Def  Dist  Col  Syn  Aggr  Timeout  Activity");
        for (_, member) in device.members(i) {
            let yes = if member.unplugged { " No" } else { "Yes" };
            for role in ["Actor", "Partner"] {
                say!(
                    out,
                    "      {:<10} {role:>9}    No    No   {yes}  {yes}  {yes}   Yes     Fast    Active",
                    member.name
                );
            }
        }
        say!(out, "    LACP protocol:        Receive State  Transmit State          Mux State ");
        for (_, member) in device.members(i) {
            let (receive, mux) =
                if member.unplugged { ("Port disabled", "Detached") } else { ("Current", "Collecting distributing") };
            say!(out, "      {:<21} {receive:>13}   Fast periodic {mux:>23}", member.name);
        }
        say!(out);
    }
    out
}
