//! `show ip route`: grouped by classful network, as IOS has done since the eighties.
//!
//! `vrf *` shows the global table without a name, then each other one under its own.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Uptime;
use crate::world::{Device, Prefix, Proto, RouteEntry, TENANT, World};

const CODES: &str = "\
Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP
       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area 
       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2
       E1 - OSPF external type 1, E2 - OSPF external type 2
       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2
       ia - IS-IS inter area, * - candidate default, U - per-user static route
       o - ODR, P - periodic downloaded static route, + - replicated route
";

pub fn show(world: &World, device: &Device) -> String {
    let mut out = String::new();
    one_table(&mut out, world, device, &world.routes(device));
    out
}

pub fn show_all(world: &World, device: &Device) -> String {
    let mut out = show(world, device);
    let tenant = world.tenant_routes(device);
    if !tenant.is_empty() {
        say!(out, "\nRouting Table: {TENANT}");
        one_table(&mut out, world, device, &tenant);
    }
    out
}

fn one_table(out: &mut String, world: &World, device: &Device, table: &[RouteEntry]) {
    out.push_str(CODES);
    let age = Uptime::of(world, device).route_age();
    let (defaults, rest): (Vec<_>, Vec<_>) = table.iter().partition(|r| r.prefix.len == 0);
    match defaults.first().and_then(|r| r.hops.first()).and_then(|h| h.ip) {
        Some(ip) => say!(out, "\nGateway of last resort is {ip} to network 0.0.0.0\n"),
        None => say!(out, "\nGateway of last resort is not set\n"),
    }
    defaults.iter().for_each(|r| one(out, r, &age));
    let mut groups: BTreeMap<Prefix, Vec<&RouteEntry>> = BTreeMap::new();
    for route in rest {
        groups.entry(classful(route.prefix)).or_default().push(route);
    }
    for (major, routes) in groups {
        let masks: BTreeSet<u8> = routes.iter().map(|r| r.prefix.len).collect();
        let n = routes.len();
        match (routes.as_slice(), masks.len()) {
            ([only], _) if only.prefix == major => {}
            (_, 1) => say!(out, "      {} is subnetted, {n} subnets", Prefix { len: routes[0].prefix.len, ..major }),
            (_, m) => say!(out, "      {major} is variably subnetted, {n} subnets, {m} masks"),
        }
        let uniform = masks.len() == 1 && !(n == 1 && routes[0].prefix == major);
        for route in routes {
            if uniform { short(out, route, &age) } else { one(out, route, &age) }
        }
    }
}

fn classful(prefix: Prefix) -> Prefix {
    let len = match prefix.addr.octets()[0] {
        0..=127 => 8,
        128..=191 => 16,
        _ => 24,
    };
    Prefix::of(prefix.addr, len.min(prefix.len))
}

fn code(route: &RouteEntry) -> &'static str {
    let default = route.prefix.len == 0;
    match route.proto {
        Proto::Connected => "C   ",
        Proto::Local => "L   ",
        Proto::Static if default => "S*  ",
        Proto::Static => "S   ",
        Proto::Ospf => "O   ",
        Proto::OspfInter if default => "O*IA",
        Proto::OspfInter => "O IA",
        Proto::OspfExternal if default => "O*E2",
        Proto::OspfExternal => "O E2",
        Proto::BgpExternal | Proto::BgpInternal => "B   ",
    }
}

fn one(out: &mut String, route: &RouteEntry, age: &str) {
    entry(out, route, &route.prefix.to_string(), age);
}

/// Without the length: the line above said it for the whole group.
fn short(out: &mut String, route: &RouteEntry, age: &str) {
    entry(out, route, &route.prefix.addr.to_string(), age);
}

fn entry(out: &mut String, route: &RouteEntry, network: &str, age: &str) {
    let head = format!("{}     {network}", code(route));
    if matches!(route.proto, Proto::Connected | Proto::Local) {
        say!(out, "{head} is directly connected, {}", route.hops[0].interface);
        return;
    }
    let via = super::super::distance(route);
    for (i, hop) in route.hops.iter().enumerate() {
        let lead = if i == 0 { head.clone() } else { " ".repeat(head.len()) };
        let ip = hop.ip.map_or(String::new(), |ip| ip.to_string());
        match route.proto {
            Proto::Static => say!(out, "{lead} {via} via {ip}"),
            Proto::BgpExternal | Proto::BgpInternal => say!(out, "{lead} {via} via {ip}, {age}"),
            _ => say!(out, "{lead} {via} via {ip}, {age}, {}", hop.interface),
        }
    }
}
