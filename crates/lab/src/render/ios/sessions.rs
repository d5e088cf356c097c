//! BGP and OSPF neighbours, the BGP table.

use super::super::Uptime;
use super::super::common::steady;
use crate::world::{Device, World, site_as};

const NO_BGP: &str = "% BGP not active\n\n";

pub fn bgp_summary(world: &World, device: &Device) -> String {
    let peers = world.bgp_peers(device);
    if !device.runs_bgp() {
        return NO_BGP.to_owned();
    }
    let mut out = String::new();
    let (n, age) = (world.bgp_paths(device).len(), Uptime::of(world, device).route_age());
    say!(out, "For address family: IPv4 Unicast");
    say!(out, "BGP router identifier {}, local AS number {}", device.address, site_as(device.site));
    say!(out, "BGP table version is {n}, main routing table version {n}");
    say!(
        out,
        "{n} network entries using {} bytes of memory\n{n} path entries using {} bytes of memory",
        n * 248,
        n * 136
    );
    say!(out, "{n}/{n} BGP path/bestpath attribute entries using {} bytes of memory", n * 280);
    say!(
        out,
        "0 BGP route-map cache entries using 0 bytes of memory\n0 BGP filter-list cache entries using 0 bytes of memory"
    );
    say!(
        out,
        "BGP using {} total bytes of memory\nBGP activity {n}/0 prefixes, {n}/0 paths, scan interval 60 secs\n",
        n * 664
    );
    say!(out, "Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd");
    for (i, p) in peers.iter().enumerate() {
        let (rcvd, sent) = (steady(device.id, i), steady(device.id, i + 9));
        let (version, age, state) =
            if p.up { (n, age.as_str(), p.prefixes.to_string()) } else { (1, "never", "Idle".to_owned()) };
        say!(
            out,
            "{:<15} 4 {:>12} {rcvd:>7} {sent:>7} {version:>8}    0    0 {age:<8} {state:>8}",
            p.address.to_string(),
            p.remote_as
        );
    }
    out
}

pub fn bgp_neighbors(world: &World, device: &Device) -> String {
    if !device.runs_bgp() {
        return NO_BGP.to_owned();
    }
    let mut out = String::new();
    let age = Uptime::of(world, device).route_age();
    for (i, p) in world.bgp_peers(device).iter().enumerate() {
        let kind = if p.wan { "external" } else { "internal" };
        let (id, state) = if p.up {
            (p.router_id.to_string(), format!("Established, up for {age}"))
        } else {
            ("0.0.0.0".into(), "Idle".into())
        };
        say!(out, "BGP neighbor is {},  remote AS {}, {kind} link\n Description: {}", p.address, p.remote_as, p.name);
        say!(out, "  BGP version 4, remote router ID {id}\n  BGP state = {state}");
        say!(
            out,
            "  Last read 00:00:0{}, last write 00:00:1{0}, hold time is 180, keepalive interval is 60 seconds",
            i % 10
        );
        say!(out, "  Neighbor sessions:\n    1 active, is not multisession capable (disabled)");
        say!(out, "  Neighbor capabilities:\n    Route refresh: advertised and received(new)");
        say!(
            out,
            "    Four-octets ASN Capability: advertised and received\n    Address family IPv4 Unicast: advertised and received\n"
        );
        say!(out, " For address family: IPv4 Unicast\n  Session: {}\n  Index 1, Advertise bit 0", p.address);
        if p.up {
            say!(out, "Connection state is ESTAB, I/O status: 1, unread input bytes: 0            ");
            say!(
                out,
                "Local host: {}, Local port: {}\nForeign host: {}, Foreign port: 179\n",
                p.local,
                30_000 + i,
                p.address
            );
        } else {
            say!(out, "  No active TCP connection\n");
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
    say!(out, "BGP table version is {}, local router ID is {}", paths.len(), device.address);
    say!(out, "Status codes: s suppressed, d damped, h history, * valid, > best, i - internal, ");
    say!(out, "              r RIB-failure, S Stale, m multipath, b backup-path, f RT-Filter, ");
    say!(out, "              x best-external, a additional-path, c RIB-compressed, ");
    say!(
        out,
        "Origin codes: i - IGP, e - EGP, ? - incomplete\nRPKI validation codes: V valid, I invalid, N Not found\n"
    );
    say!(out, "     Network          Next Hop            Metric LocPrf Weight Path");
    for p in paths {
        let hop = p.next_hop.map_or("0.0.0.0".to_owned(), |ip| ip.to_string());
        let (metric, preference, weight) = match (p.next_hop, p.internal) {
            (None, _) => ("0", "", "32768"),
            (_, true) => ("0", "100", "0"),
            _ => ("", "", "0"),
        };
        let mark = if p.internal { 'i' } else { ' ' };
        let way: String = p.as_path.iter().map(|a| format!("{a} ")).collect();
        say!(out, " *>{mark} {:<16} {hop:<15} {metric:>10} {preference:>6} {weight:>6} {way}i", p.prefix.to_string());
    }
    out
}

pub fn ospf(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let peers = world.ospf_peers(device);
    if !peers.is_empty() {
        say!(out, "\nNeighbor ID     Pri   State           Dead Time   Address         Interface");
    }
    for (i, p) in peers.iter().enumerate() {
        let dead = format!("00:00:{}", 31 + i % 9);
        say!(
            out,
            "{:<15}   0   FULL/  -        {dead}    {:<15} {}",
            p.router_id.to_string(),
            p.address.to_string(),
            p.interface
        );
    }
    out
}
