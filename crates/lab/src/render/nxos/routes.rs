//! `show ip route`.

use super::super::{Uptime, distance};
use super::short;
use crate::world::{Device, Proto, RouteEntry, TENANT, World};

pub fn show(world: &World, device: &Device) -> String {
    let mut out = String::new();
    one_table(&mut out, world, device, "default", &world.routes(device));
    out
}

/// Of all routing tables.
pub fn show_all(world: &World, device: &Device) -> String {
    let mut out = show(world, device);
    let tenant = world.tenant_routes(device);
    if !tenant.is_empty() {
        one_table(&mut out, world, device, TENANT, &tenant);
    }
    out
}

fn one_table(out: &mut String, world: &World, device: &Device, vrf: &str, table: &[RouteEntry]) {
    say!(out, "IP Route Table for VRF \"{vrf}\"");
    say!(out, "'*' denotes best ucast next-hop");
    say!(out, "'**' denotes best mcast next-hop");
    say!(out, "'[x/y]' denotes [preference/metric]");
    say!(out, "'%<string>' in via output denotes VRF <string>\n");
    let age = Uptime::of(world, device).route_age();
    for group in table.chunk_by(|a, b| a.prefix == b.prefix) {
        let ways: usize = group.iter().map(|r| r.hops.len()).sum();
        let attached = matches!(group[0].proto, Proto::Connected | Proto::Local);
        say!(out, "{}, ubest/mbest: {ways}/0{}", group[0].prefix, if attached { ", attached" } else { "" });
        group.iter().for_each(|route| ways_of(out, device, route, &age));
    }
    say!(out);
}

fn ways_of(out: &mut String, device: &Device, route: &RouteEntry, age: &str) {
    let way = distance(route);
    let home = 65_001 + device.site;
    for hop in &route.hops {
        let ip = hop.ip.map_or(String::new(), |ip| ip.to_string());
        let port = short(&hop.interface);
        let port = if port.starts_with("Lo") { hop.interface.replace("loopback", "Lo") } else { port };
        match route.proto {
            Proto::Connected => say!(out, "    *via {ip}, {port}, {way}, {age}, direct"),
            Proto::Local => say!(out, "    *via {ip}, {port}, {way}, {age}, local"),
            Proto::Static => say!(out, "    *via {ip}, {port}, {way}, {age}, static"),
            Proto::Ospf => say!(out, "    *via {ip}, {port}, {way}, {age}, ospf-1, intra"),
            Proto::OspfInter => say!(out, "    *via {ip}, {port}, {way}, {age}, ospf-1, inter"),
            Proto::OspfExternal => say!(out, "    *via {ip}, {port}, {way}, {age}, ospf-1, type-2"),
            Proto::BgpExternal => say!(out, "    *via {ip}, {way}, {age}, bgp-{home}, external, tag {}", route.metric),
            Proto::BgpInternal => say!(out, "    *via {ip}, {way}, {age}, bgp-{home}, internal, tag {}", route.metric),
        }
    }
}
