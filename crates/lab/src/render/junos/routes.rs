//! `show route`.

use super::super::Uptime;
use crate::world::{Device, Proto, RouteEntry, TENANT, World};

pub fn show(world: &World, device: &Device) -> String {
    let mut out = String::new();
    one_table(&mut out, world, device, ("inet.0", &world.routes(device)));
    let tenant = world.tenant_routes(device);
    if !tenant.is_empty() {
        one_table(&mut out, world, device, (&format!("{TENANT}.inet.0"), &tenant));
    }
    out
}

fn one_table(out: &mut String, world: &World, device: &Device, (name, table): (&str, &[RouteEntry])) {
    let n = table.len();
    say!(out, "\n{name}: {n} destinations, {n} routes ({n} active, 0 holddown, 0 hidden)");
    say!(out, "+ = Active Route, - = Last Active, * = Both\n");
    let age = Uptime::of(world, device).junos_age();
    table.iter().for_each(|route| one(out, route, &age));
    say!(out);
}

pub fn bgp(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let table = world.routes(device);
    let (n, age) = (table.len(), Uptime::of(world, device).junos_age());
    let of_bgp = table.iter().filter(|r| matches!(r.proto, Proto::BgpExternal | Proto::BgpInternal));
    say!(out, "\ninet.0: {n} destinations, {n} routes ({n} active, 0 holddown, 0 hidden)");
    say!(out, "+ = Active Route, - = Last Active, * = Both\n");
    let ways = world.bgp_paths(device);
    for route in of_bgp {
        let way = ways.iter().find(|p| p.prefix == route.prefix).map_or(&[][..], |p| &p.as_path);
        let way: String = way.iter().map(|a| format!("{a} ")).collect();
        say!(out, "{:<18} *[BGP/170] {age}, localpref 100", route.prefix.to_string());
        say!(out, "                      AS path: {way}I, validation-state: unverified");
        for hop in &route.hops {
            say!(
                out,
                "                    > to {} via {}",
                hop.ip.map_or(String::new(), |ip| ip.to_string()),
                hop.interface
            );
        }
    }
    say!(out);
    out
}

fn one(out: &mut String, route: &RouteEntry, age: &str) {
    let what = match route.proto {
        Proto::Connected => format!("*[Direct/0] {age}"),
        Proto::Local => format!("*[Local/0] {age}"),
        Proto::Static => format!("*[Static/5] {age}"),
        Proto::Ospf | Proto::OspfInter => format!("*[OSPF/10] {age}, metric {}", route.metric),
        Proto::OspfExternal => format!("*[OSPF/150] {age}, metric {}, tag 0", route.metric),
        Proto::BgpExternal | Proto::BgpInternal => format!("*[BGP/170] {age}, localpref 100"),
    };
    say!(out, "{:<18} {what}", route.prefix.to_string());
    if matches!(route.proto, Proto::BgpExternal | Proto::BgpInternal) {
        say!(out, "                      AS path: {} I, validation-state: unverified", route.metric);
    }
    for (i, hop) in route.hops.iter().enumerate() {
        let mark = if i == 0 { '>' } else { ' ' };
        match (route.proto, hop.ip) {
            (Proto::Local, _) => say!(out, "                       Local via {}", hop.interface),
            (_, Some(ip)) => say!(out, "                    {mark} to {ip} via {}", hop.interface),
            (_, None) => say!(out, "                    {mark} via {}", hop.interface),
        }
    }
}
