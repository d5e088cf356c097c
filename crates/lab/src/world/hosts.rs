//! PCs, servers and phones on the edge ports.

use std::collections::HashMap;

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

use super::cables::add_port;
use super::{End, Gadget, GadgetKind, Host, Mac, Prefix, Role, Use, World};

pub fn plug_in(world: &mut World, rng: &mut ChaCha8Rng) {
    world.host_mac_base = rng.random_range(0..0x40_0000);
    let mut taken = HashMap::new();
    for site in 0..world.sites.len() {
        let ids = world.sites[site].devices.clone();
        let mut number = 0;
        for id in ids {
            let (kind, count) = match world.devices[id].role {
                Role::Access => (0, rng.random_range(6..16)),
                _ if !world.devices[id].vlans.is_empty() => (1, rng.random_range(2..6)),
                _ => (0, 0),
            };
            for _ in 0..count {
                number += 1;
                add_host(world, &mut taken, id, kind, number);
            }
            if world.devices[id].role == Role::Access {
                add_gadget(world, rng, id);
            }
            if count > 0 {
                add_port(world, id, false, Use::Shut);
                add_port(world, id, false, Use::Shut);
            }
        }
    }
}

fn add_host(world: &mut World, taken: &mut HashMap<Prefix, u32>, id: usize, kind: usize, number: usize) {
    let mac = Mac::new(0x00_50_56, world.host_mac_base + world.hosts.len() as u32);
    let vlan = &world.devices[id].vlans[kind];
    let (vlan, net) = (vlan.id, vlan.net);
    let used = taken.entry(net).or_insert(0);
    *used += 1;
    let ip = net.nth(9 + *used);
    let at = add_port(world, id, false, Use::Edge { vlan });
    let code = &world.sites[world.devices[id].site].code;
    let name = format!("{code}-{}-{number}", ["pc", "srv"][kind.min(1)]);
    world.devices[id].ports[at.port].description = number.is_multiple_of(3).then(|| name.clone());
    world.devices[id].hosts.push(world.hosts.len());
    world.hosts.push(Host { name, mac, ip, vlan, at });
}

/// Now and then a phone or a server that speaks LLDP (a Cisco phone: CDP too). In small labs
/// there is none, so that a first look is simple.
fn add_gadget(world: &mut World, rng: &mut ChaCha8Rng, id: usize) {
    if world.devices.len() < 50 || !rng.random_bool(0.25) {
        return;
    }
    let vlan = world.devices[id].vlans[0].id;
    let at: End = add_port(world, id, false, Use::Edge { vlan });
    let n = world.gadgets.len();
    let phone = rng.random_bool(0.7) || !world.devices[id].lldp;
    let mac = Mac::new(if phone { 0x5c_50_15 } else { 0x00_25_90 }, 0x10_0000 + n as u32);
    let name = if phone {
        format!("SEP{}", mac.to_string().replace(':', "").to_uppercase())
    } else {
        format!("{}-esx-{}", world.sites[world.devices[id].site].code, n + 1)
    };
    let top = u32::from(world.options.base) + 0xf000;
    let address = phone.then(|| World::block_address(top.into(), n));
    let kind = if phone { GadgetKind::Phone } else { GadgetKind::Server };
    world.gadgets.push(Gadget { name, mac, kind, address, at });
}
