//! BGP and OSPF neighbours, the BGP table.

use crate::world::{Device, World, site_as};

const NO_BGP: &str = "% BGP inactive\n";

pub fn bgp_summary(world: &World, device: &Device) -> String {
    if !device.runs_bgp() {
        return NO_BGP.to_owned();
    }
    let mut out = String::new();
    say!(out, "BGP summary information for VRF default");
    say!(out, "Router identifier {}, local AS number {}", device.address, site_as(device.site));
    say!(out, "Neighbor               AS Session State AFI/SAFI                AFI/SAFI State   NLRI Rcd   NLRI Acc");
    say!(out, "--------------- --------- ------------- ----------------------- -------------- ---------- ----------");
    for p in world.bgp_peers(device) {
        let (session, family) = if p.up { ("Established", "Negotiated") } else { ("Idle", "Configured") };
        let n = p.prefixes;
        say!(
            out,
            "{:<15} {:>9} {session:<13} {:<23} {family:<14} {n:>10} {n:>10}",
            p.address.to_string(),
            p.remote_as,
            "IPv4 Unicast"
        );
    }
    out
}

pub fn bgp_table(world: &World, device: &Device) -> String {
    if !device.runs_bgp() {
        return NO_BGP.to_owned();
    }
    let mut out = String::new();
    say!(out, "BGP routing table information for VRF default");
    say!(out, "Router identifier {}, local AS number {}", device.address, site_as(device.site));
    say!(out, "Route status codes: s - suppressed, * - valid, > - active, E - ECMP head, e - ECMP");
    say!(out, "                    S - Stale, c - Contributing to ECMP, b - backup, L - labeled-unicast");
    say!(out, "Origin codes: i - IGP, e - EGP, ? - incomplete");
    say!(out, "AS Path Attributes: Or-ID - Originator ID, C-LST - Cluster List, LL Nexthop - Link Local Nexthop\n");
    say!(out, "          Network                Next Hop              Metric  AIGP       LocPref Weight  Path");
    for p in world.bgp_paths(device) {
        let hop = p.next_hop.map_or("-".to_owned(), |ip| ip.to_string());
        let (metric, preference) = if p.next_hop.is_some() { ("0", "100") } else { ("-", "-") };
        let way: String = p.as_path.iter().map(|a| format!("{a} ")).collect();
        say!(
            out,
            " * >      {:<22} {hop:<21} {metric:<7} {:<10} {preference:<7} 0       {way}i",
            p.prefix.to_string(),
            "-"
        );
    }
    out
}

pub fn ospf(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let peers = world.ospf_peers(device);
    if !peers.is_empty() {
        say!(out, "Neighbor ID     Instance VRF      Pri State                  Dead Time   Address         Interface");
    }
    for (i, p) in peers.iter().enumerate() {
        let dead = format!("00:00:{}", 31 + i % 9);
        say!(
            out,
            "{:<15} 1        default  0   FULL                   {dead}    {:<15} {}",
            p.router_id.to_string(),
            p.address.to_string(),
            p.interface
        );
    }
    out
}
