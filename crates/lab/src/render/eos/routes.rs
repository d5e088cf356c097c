//! `show ip route`.

use super::super::distance;
use crate::world::{Device, Proto, RouteEntry, TENANT, World};

const CODES: &str = "
Codes: C - connected, S - static, K - kernel, 
       O - OSPF, IA - OSPF inter area, E1 - OSPF external type 1,
       E2 - OSPF external type 2, N1 - OSPF NSSA external type 1,
       N2 - OSPF NSSA external type2, B - Other BGP Routes,
       B I - iBGP, B E - eBGP, R - RIP, I L1 - IS-IS level 1,
       I L2 - IS-IS level 2, O3 - OSPFv3, A B - BGP Aggregate,
       A O - OSPF Summary, NG - Nexthop Group Static Route,
       V - VXLAN Control Service, M - Martian
";

pub fn show(world: &World, device: &Device) -> String {
    let mut out = String::new();
    one_table(&mut out, "default", &world.routes(device));
    out
}

/// Of all routing tables.
pub fn show_all(world: &World, device: &Device) -> String {
    let mut out = show(world, device);
    let tenant = world.tenant_routes(device);
    if !tenant.is_empty() {
        one_table(&mut out, TENANT, &tenant);
    }
    out
}

fn one_table(out: &mut String, vrf: &str, table: &[RouteEntry]) {
    say!(out, "VRF: {vrf}{}", CODES.trim_end());
    let (defaults, rest): (Vec<_>, Vec<_>) = table.iter().partition(|r| r.prefix.len == 0);
    if defaults.is_empty() {
        say!(out, "\nGateway of last resort is not set\n");
    } else {
        say!(out, "\nGateway of last resort:");
        defaults.iter().for_each(|r| one(out, r));
        say!(out);
    }
    rest.iter().for_each(|r| one(out, r));
    say!(out);
}

fn code(proto: Proto) -> &'static str {
    match proto {
        Proto::Connected | Proto::Local => "C",
        Proto::Static => "S",
        Proto::Ospf => "O",
        Proto::OspfInter => "O IA",
        Proto::OspfExternal => "O E2",
        Proto::BgpExternal => "B E",
        Proto::BgpInternal => "B I",
    }
}

fn one(out: &mut String, route: &RouteEntry) {
    let head = format!(" {:<8} {}", code(route.proto), route.prefix);
    if route.proto == Proto::Connected {
        say!(out, "{head} is directly connected, {}", route.hops[0].interface);
        return;
    }
    let way = distance(route);
    for (i, hop) in route.hops.iter().enumerate() {
        let ip = hop.ip.map_or(String::new(), |ip| ip.to_string());
        if i == 0 {
            say!(out, "{head} {way} via {ip}, {}", hop.interface);
        } else {
            say!(out, "{} via {ip}, {}", " ".repeat(head.len() + 1 + way.len()), hop.interface);
        }
    }
}
