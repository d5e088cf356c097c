//! Cables: who is connected to whom, on which ports, with which protocols.
//!
//! Inside a site the routed part is rtr - core - spine - leaf; access switches hang on a gateway
//! (a leaf, else a core) by a trunk, some with a second trunk that spanning tree blocks. Sites
//! form a ring with shortcuts, so that a crawl needs few hops even with hundreds of sites.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

use super::catalog::Role;
use super::net::{cable_net, vlan_id, vlan_net, wan_net};
use super::{End, Link, LinkKind, Port, Prefix, Use, Vlan, World};

pub fn lay(world: &mut World, rng: &mut ChaCha8Rng) {
    for site in 0..world.sites.len() {
        routed_part(world, site);
        access_part(world, rng, site);
    }
    between_sites(world);
    speak(world);
    describe(world);
}

fn with_role(world: &World, site: usize, role: Role) -> Vec<usize> {
    world.sites[site].devices.iter().copied().filter(|&id| world.devices[id].role == role).collect()
}

fn routed_part(world: &mut World, site: usize) {
    let layers: Vec<Vec<usize>> = [Role::Rtr, Role::Core, Role::Spine, Role::Leaf]
        .into_iter()
        .map(|role| with_role(world, site, role))
        .filter(|l| !l.is_empty())
        .collect();
    let mut n = 0;
    let mut cable = |world: &mut World, a, b| {
        connect(world, a, b, LinkKind::Cable, cable_net(site, n));
        n += 1;
    };
    if let [a, b] = with_role(world, site, Role::Core)[..] {
        cable(world, a, b);
    }
    for pair in layers.windows(2) {
        for &low in &pair[1] {
            for &high in &pair[0] {
                cable(world, high, low);
            }
        }
    }
}

fn access_part(world: &mut World, rng: &mut ChaCha8Rng, site: usize) {
    let access = with_role(world, site, Role::Access);
    let gateways = [Role::Leaf, Role::Core, Role::Rtr]
        .into_iter()
        .map(|role| with_role(world, site, role))
        .find(|l| !l.is_empty())
        .unwrap_or_default();
    for (g, &id) in gateways.iter().enumerate() {
        world.devices[id].vlans = vlans(site, g, |net, _| Some(net.nth(1)));
    }
    for (i, &id) in access.iter().enumerate() {
        let g = i % gateways.len();
        let number = i / gateways.len();
        world.devices[id].gateway = Some(gateways[g]);
        world.devices[id].vlans = vlans(site, g, |net, kind| (kind == 2).then(|| net.nth(2 + number as u32)));
        connect(world, gateways[g], id, LinkKind::Trunk { blocked: false }, Prefix::of([0, 0, 0, 0].into(), 0));
        if gateways.len() > 1 && rng.random_bool(0.4) {
            let other = gateways[(g + 1) % gateways.len()];
            connect(world, other, id, LinkKind::Trunk { blocked: true }, Prefix::of([0, 0, 0, 0].into(), 0));
        }
    }
}

fn vlans(site: usize, gateway: usize, addr: impl Fn(Prefix, usize) -> Option<std::net::Ipv4Addr>) -> Vec<Vlan> {
    let make = |(kind, name): (usize, &'static str)| {
        let net = vlan_net(site, gateway, kind);
        Vlan { id: vlan_id(gateway, kind), name: name.into(), net, addr: addr(net, kind) }
    };
    ["users", "servers", "mgmt"].into_iter().enumerate().map(make).collect()
}

fn between_sites(world: &mut World) {
    let sites = world.sites.len();
    let mut pairs: Vec<(usize, usize)> = (1..sites).map(|s| (s - 1, s)).collect();
    if sites > 2 {
        pairs.push((0, sites - 1));
    }
    pairs.extend((3..sites).map(|s| (s / 2, s)));
    pairs.sort_unstable();
    pairs.dedup();
    for (n, &(a, b)) in pairs.iter().enumerate() {
        let (a, b) = (world.sites[a].border, world.sites[b].border);
        connect(world, a, b, LinkKind::Wan, wan_net(n));
    }
}

/// How many cables a link is made of: more than one are a port channel.
fn cables(world: &World, a: usize, b: usize, kind: LinkKind) -> usize {
    let (a, b) = (&world.devices[a], &world.devices[b]);
    let bundled = match kind {
        _ if a.role == Role::Rtr || b.role == Role::Rtr => false,
        LinkKind::Cable => a.role == b.role || (a.id + a.site) % 4 == 1,
        LinkKind::Trunk { blocked } => !blocked && (b.id + b.site).is_multiple_of(2),
        LinkKind::Wan => false,
    };
    if bundled { 2 } else { 1 }
}

/// Plugs cables into the next free ports of each device; end a gets the first address.
fn connect(world: &mut World, a: usize, b: usize, kind: LinkKind, net: Prefix) {
    let link = world.links.len();
    let cables = cables(world, a, b, kind);
    let usage = |n| match kind {
        LinkKind::Trunk { .. } => Use::Trunk { link },
        _ => Use::Routed { link, addr: net.nth(n), net },
    };
    let uplink = |world: &World, id: usize, other: usize| world.devices[id].role > world.devices[other].role;
    let (a_up, b_up) = (uplink(world, a, b), uplink(world, b, a));
    let (a, b) = if cables == 1 {
        (add_port(world, a, a_up, usage(1)), add_port(world, b, b_up, usage(2)))
    } else {
        let (a, b) = (add_channel(world, a, usage(1)), add_channel(world, b, usage(2)));
        for _ in 0..cables {
            let one = add_port(world, a.device, a_up, Use::Member { channel: a.port, far: b });
            let other = add_port(world, b.device, b_up, Use::Member { channel: b.port, far: one });
            world.devices[one.device].ports[one.port].usage = Use::Member { channel: a.port, far: other };
        }
        (a, b)
    };
    world.links.push(Link { a, b, kind, lldp: false, cdp: false, down: false });
}

fn add_channel(world: &mut World, id: usize, usage: Use) -> End {
    let device = &mut world.devices[id];
    let number = device.channels().count() + 1;
    let name = device.platform().channel_name(number);
    device.ports.push(Port { name, description: None, usage, unplugged: false, channel: Some(number) });
    End { device: id, port: device.ports.len() - 1 }
}

/// Takes the next free port of a device. Edge ports go round the units of a stack.
pub fn add_port(world: &mut World, id: usize, uplink: bool, usage: Use) -> End {
    let device = &mut world.devices[id];
    let ports = device.model.ports;
    let (n, unit) = match (&usage, device.serials.len()) {
        (Use::Edge { .. } | Use::Shut, units) if units > 1 => {
            let taken = device.ports.iter().filter(|p| matches!(p.usage, Use::Edge { .. } | Use::Shut)).count();
            (taken / units, taken % units)
        }
        _ => {
            let taken = |i: usize| device.ports.iter().any(|p| p.name == ports.name(i, uplink, 0));
            ((0..).find(|&i| !taken(i)).unwrap_or(0), 0)
        }
    };
    let name = ports.name(n, uplink, unit);
    device.ports.push(Port { name, description: None, usage, unplugged: false, channel: None });
    End { device: id, port: device.ports.len() - 1 }
}

/// Decides for each cable which protocols both ends speak on it. Borders speak what the other
/// site needs, so the whole graph can be found.
fn speak(world: &mut World) {
    for i in 0..world.links.len() {
        let (a, b) = (&world.devices[world.links[i].a.device], &world.devices[world.links[i].b.device]);
        let (sa, sb) = (world.sites[a.site].speaks, world.sites[b.site].speaks);
        let cdp = sa.cdp() && sb.cdp() && a.platform().speaks_cdp() && b.platform().speaks_cdp();
        let lldp = (sa.lldp() && sb.lldp()) || !cdp;
        let link = &mut world.links[i];
        (link.cdp, link.lldp) = (cdp, lldp);
        let ends = [link.a.device, link.b.device];
        for id in ends {
            let device = &mut world.devices[id];
            device.lldp |= lldp;
        }
    }
    for device in &mut world.devices {
        let speaks = world.sites[device.site].speaks;
        device.lldp |= speaks.lldp();
        device.cdp = speaks.cdp() && device.model.platform.speaks_cdp();
    }
}

fn describe(world: &mut World) {
    for i in 0..world.links.len() {
        let (a, b, kind) = (world.links[i].a, world.links[i].b, world.links[i].kind);
        for (near, far) in [(a, b), (b, a)] {
            let name = &world.devices[far.device].name;
            let text = match kind {
                LinkKind::Cable => format!("to {name}"),
                LinkKind::Wan => format!("WAN to {name}"),
                LinkKind::Trunk { .. } if near == a => format!("downlink {name}"),
                LinkKind::Trunk { .. } => format!("uplink {name}"),
            };
            let device = &mut world.devices[near.device];
            let members: Vec<usize> = device.members(near.port).map(|(i, _)| i).collect();
            members.iter().for_each(|&i| device.ports[i].description = Some(text.clone()));
            device.ports[near.port].description = Some(text);
        }
    }
}
