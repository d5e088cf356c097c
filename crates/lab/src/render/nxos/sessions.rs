//! BGP and OSPF neighbours, the BGP table.

use super::super::Uptime;
use super::super::common::steady;
use super::short;
use crate::world::{Device, World, site_as};

const NO_BGP: &str = "BGP not running\n";

pub fn bgp_summary(world: &World, device: &Device) -> String {
    let peers = world.bgp_peers(device);
    if !device.runs_bgp() {
        return NO_BGP.to_owned();
    }
    let mut out = String::new();
    let (n, age) = (world.bgp_paths(device).len(), Uptime::of(world, device).route_age());
    let up = peers.iter().filter(|p| p.up).count();
    say!(out, "BGP summary information for VRF default, address family IPv4 Unicast");
    say!(out, "BGP router identifier {}, local AS number {}", device.address, site_as(device.site));
    say!(out, "BGP table version is {n}, IPv4 Unicast config peers {}, capable peers {up}", peers.len());
    say!(out, "{n} network entries and {n} paths using {} bytes of memory", n * 244);
    say!(out, "BGP attribute entries [{n}/{}], BGP AS path entries [{n}/{}]", n * 172, n * 10);
    say!(out, "BGP community entries [0/0], BGP clusterlist entries [0/0]\n");
    say!(out, "Neighbor        V    AS    MsgRcvd    MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd");
    for (i, p) in peers.iter().enumerate() {
        let (rcvd, sent) = (steady(device.id, i), steady(device.id, i + 9));
        let (version, age, state) =
            if p.up { (n, age.as_str(), p.prefixes.to_string()) } else { (0, "never", "Idle".to_owned()) };
        say!(
            out,
            "{:<15} 4 {:>5} {rcvd:>10} {sent:>10} {version:>8}    0    0 {age:>8} {state:<10}",
            p.address.to_string(),
            p.remote_as
        );
    }
    say!(out);
    out
}

pub fn bgp_neighbors(world: &World, device: &Device) -> String {
    if !device.runs_bgp() {
        return NO_BGP.to_owned();
    }
    let mut out = String::new();
    let age = Uptime::of(world, device).route_age();
    for (i, p) in world.bgp_peers(device).iter().enumerate() {
        let kind = if p.wan { "ebgp" } else { "ibgp" };
        let (id, state) = if p.up {
            (p.router_id.to_string(), format!("Established, up for {age}"))
        } else {
            ("0.0.0.0".into(), format!("Idle, down for {age}"))
        };
        say!(out, "BGP neighbor is {}, remote AS {}, {kind} link, Peer index {}", p.address, p.remote_as, i + 3);
        say!(out, "  Description: {}\n  BGP version 4, remote router ID {id}", p.name);
        say!(out, "  Neighbor previous state = OpenConfirm\n  BGP state = {state}\n  Neighbor vrf: default");
        say!(out, "  Last read 00:00:13, hold time = 180, keepalive interval is 60 seconds");
        say!(out, "  Last written 00:00:16, keepalive timer expiry due 00:00:43");
        say!(out, "  Received {} messages, 0 notifications, 0 bytes in queue", steady(device.id, i));
        say!(
            out,
            "  Sent {} messages, 0 notifications, 0(0) bytes in queue\n  Connections established 1, dropped 0\n",
            steady(device.id, i + 9)
        );
        say!(
            out,
            "  Neighbor capabilities:\n  Dynamic capability: advertised (mp, refresh, gr) received (mp, refresh, gr)"
        );
        say!(
            out,
            "  Route refresh capability (new): advertised received \n  4-Byte AS capability: advertised received \n"
        );
        say!(
            out,
            "  For address family: IPv4 Unicast\n  {} accepted prefixes (prefixes), consuming {} bytes of memory",
            p.prefixes,
            p.prefixes * 244
        );
        if p.up {
            say!(
                out,
                "  Local host: {}, Local port: {}\n  Foreign host: {}, Foreign port: 179\n  fd = {}\n",
                p.local,
                30_000 + i,
                p.address,
                70 + i
            );
        } else {
            say!(out, "  No established BGP session with peer\n");
        }
    }
    out
}

pub fn bgp_table(world: &World, device: &Device) -> String {
    if !device.runs_bgp() {
        return NO_BGP.to_owned();
    }
    let mut out = String::new();
    let paths = world.bgp_paths(device);
    say!(out, "BGP routing table information for VRF default, address family IPv4 Unicast");
    say!(out, "BGP table version is {}, Local Router ID is {}", paths.len(), device.address);
    say!(out, "Status: s-suppressed, x-deleted, S-stale, d-dampened, h-history, *-valid, >-best");
    say!(out, "Path type: i-internal, e-external, c-confed, l-local, a-aggregate, r-redist, I-injected");
    say!(out, "Origin codes: i - IGP, e - EGP, ? - incomplete, | - multipath, & - backup, 2 - best2\n");
    say!(out, "   Network            Next Hop            Metric     LocPrf     Weight Path");
    for p in paths {
        let hop = p.next_hop.map_or("0.0.0.0".to_owned(), |ip| ip.to_string());
        let (mark, preference, weight) = match (p.next_hop, p.internal) {
            (None, _) => ('l', "100", "32768"),
            (_, true) => ('i', "100", "0"),
            _ => ('e', "", "0"),
        };
        let way: String = p.as_path.iter().map(|a| format!("{a} ")).collect();
        say!(out, "*>{mark}{:<18} {hop:<15} {:>10} {preference:>10} {weight:>10} {way}i", p.prefix.to_string(), "");
    }
    say!(out);
    out
}

pub fn ospf(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let (peers, age) = (world.ospf_peers(device), Uptime::of(world, device).route_age());
    say!(out, " OSPF Process ID 1 VRF default\n Total number of neighbors: {}", peers.len());
    say!(out, " Neighbor ID     Pri State            Up Time  Address         Interface");
    for p in &peers {
        say!(
            out,
            " {:<15}   1 FULL/ -          {age:<8} {:<15} {} ",
            p.router_id.to_string(),
            p.address.to_string(),
            short(&p.interface)
        );
    }
    out
}
