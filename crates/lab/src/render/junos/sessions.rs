//! BGP and OSPF neighbours.

use super::super::Uptime;
use super::super::common::steady;
use crate::world::{Device, World, site_as};

const NO_BGP: &str = "BGP is not running\n";

pub fn bgp_summary(world: &World, device: &Device) -> String {
    if !device.runs_bgp() {
        return NO_BGP.to_owned();
    }
    let mut out = String::new();
    let (peers, age) = (world.bgp_peers(device), Uptime::of(world, device).junos_age());
    let (n, down) = (world.bgp_paths(device).len() - 1, peers.iter().filter(|p| !p.up).count());
    say!(out, "Threading mode: BGP I/O\nGroups: 1 Peers: {} Down peers: {down}", peers.len());
    say!(out, "Table          Tot Paths  Act Paths Suppressed    History Damp State    Pending");
    say!(out, "inet.0               \n{n:>24} {n:>10} {0:>10} {0:>10} {0:>10} {0:>10}", 0);
    say!(
        out,
        "Peer                     AS      InPkt     OutPkt    OutQ   Flaps Last Up/Dwn State|#Active/Received/Accepted/Damped..."
    );
    for (i, p) in peers.iter().enumerate() {
        let (rcvd, sent) = (steady(device.id, i), steady(device.id, i + 9));
        let state = if p.up { "Establ" } else { "Idle" };
        say!(
            out,
            "{:<15} {:>11} {rcvd:>10} {sent:>10} {:>7} {:>7} {age:>11} {state}",
            p.address.to_string(),
            p.remote_as,
            0,
            0
        );
        if p.up {
            say!(out, "  inet.0: {0}/{0}/{0}/0", p.prefixes);
        }
    }
    out
}

pub fn bgp_neighbors(world: &World, device: &Device) -> String {
    if !device.runs_bgp() {
        return NO_BGP.to_owned();
    }
    let mut out = String::new();
    for (i, p) in world.bgp_peers(device).iter().enumerate() {
        let kind = if p.wan { "External" } else { "Internal" };
        let local = site_as(device.site);
        let (far, near) = if p.up { ("+179", "+51234") } else { ("", "") };
        say!(out, "Peer: {}{far} AS {} Local: {}{near} AS {local}", p.address, p.remote_as, p.local);
        say!(out, "  Description: {}\n  Group: PEERS                 Routing-Instance: master", p.name);
        say!(out, "  Forwarding routing-instance: master  ");
        say!(out, "  Type: {kind}    State: {:<14} Flags: <Sync>", if p.up { "Established" } else { "Idle" });
        say!(out, "  Last State: OpenConfirm   Last Event: RecvKeepAlive\n  Last Error: None");
        say!(out, "  Options: <Preference PeerAS Refresh>\n  Holdtime: 90 Preference: 170\n  Number of flaps: 0");
        if p.up {
            say!(
                out,
                "  Peer ID: {:<15} Local ID: {:<16} Active Holdtime: 90",
                p.router_id.to_string(),
                device.address.to_string()
            );
            say!(out, "  Keepalive Interval: 30         Group index: 0    Peer index: {i}    SNMP index: {i}");
            say!(
                out,
                "  NLRI for restart configured on peer: inet-unicast\n  Peer supports 4 byte AS extension (peer-as {})",
                p.remote_as
            );
        }
        say!(out);
    }
    out
}

pub fn ospf(world: &World, device: &Device) -> String {
    let mut out = String::new();
    if !device.runs_ospf() {
        return "OSPF instance is not running\n".to_owned();
    }
    say!(out, "Instance: master\nAddress          Interface              State     ID               Pri  Dead");
    for (i, p) in world.ospf_peers(device).iter().enumerate() {
        say!(
            out,
            "{:<16} {:<22} Full      {:<16} 128    {}",
            p.address.to_string(),
            p.interface,
            p.router_id.to_string(),
            31 + i % 9
        );
    }
    out
}
