//! Growing a world: devices first, then cables, then hosts.

use std::collections::HashMap;

use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::catalog::{MODELS, Model, Platform, Role, serial};
use super::past::Past;
use super::{Device, Mac, Overrides, Site, Speaks, World, WorldOptions, cables, hosts, plan};

pub fn build(count: usize, seed: u64, options: &WorldOptions) -> World {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut world = World {
        seed,
        options: options.clone(),
        sites: Vec::new(),
        devices: Vec::with_capacity(count),
        links: Vec::new(),
        hosts: Vec::new(),
        gadgets: Vec::new(),
        host_mac_base: 0,
        minutes: std::sync::atomic::AtomicU32::new(0),
        pulled: Vec::new(),
        names: HashMap::new(),
    };
    let shift = rng.random_range(0..3);
    let mac_offset: u32 = rng.random_range(0..8192) * 256;
    for (index, size) in plan::site_sizes(count).into_iter().enumerate() {
        let speaks = [Speaks::Both, Speaks::Lldp, Speaks::Cdp][(index + shift) % 3];
        add_site(&mut world, &mut rng, index, size, speaks, mac_offset);
    }
    every_platform(&mut world, &mut rng);
    finish_devices(&mut world, &mut rng);
    cables::lay(&mut world, &mut rng);
    hosts::plug_in(&mut world, &mut rng);
    world.names = world.devices.iter().map(|d| (d.name.clone(), d.id)).collect();
    world
}

fn add_site(world: &mut World, rng: &mut ChaCha8Rng, index: usize, size: usize, speaks: Speaks, mac_offset: u32) {
    let code = plan::code(index);
    let mut seen: HashMap<Role, usize> = HashMap::new();
    let first = world.devices.len();
    for role in plan::roles(size, index == 0) {
        let n = seen.entry(role).and_modify(|n| *n += 1).or_insert(1);
        let id = world.devices.len();
        let model = pick_model(rng, role, |m| speaks != Speaks::Cdp || m.platform.speaks_cdp());
        world.devices.push(Device {
            id,
            name: format!("{code}-{}-{n}", role.as_str()),
            site: index,
            role,
            model,
            os_version: model.versions[0],
            serials: Vec::new(),
            mac: Mac::new(0, mac_offset + (id as u32) * 256),
            address: World::block_address(world.options.base, id),
            ports: Vec::new(),
            vlans: Vec::new(),
            ntp: Vec::new(),
            uptime_minutes: rng.random_range(3_000..900_000),
            past: Past::default(),
            user_mode: false,
            lldp: false,
            cdp: false,
            hosts: Vec::new(),
            gateway: None,
            overrides: Overrides::default(),
        });
    }
    let devices: Vec<usize> = (first..world.devices.len()).collect();
    world.sites.push(Site { code, speaks, devices, border: first });
}

fn pick_model(rng: &mut ChaCha8Rng, role: Role, allowed: impl Fn(&Model) -> bool) -> &'static Model {
    let fits: Vec<&'static Model> = MODELS.iter().filter(|m| m.roles.contains(&role) && allowed(m)).collect();
    fits.choose(rng).copied().unwrap_or(&MODELS[0])
}

/// From four devices on, each platform is there at least once.
fn every_platform(world: &mut World, rng: &mut ChaCha8Rng) {
    let count = |w: &World, p: Platform| w.devices.iter().filter(|d| d.platform() == p).count();
    for platform in Platform::ALL {
        if count(world, platform) > 0 {
            continue;
        }
        let place = world.devices.iter().rposition(|d| {
            let welcome = platform.speaks_cdp() || world.sites[d.site].speaks != Speaks::Cdp;
            let spare = count(world, d.platform()) > 1;
            welcome && spare && MODELS.iter().any(|m| m.platform == platform && m.roles.contains(&d.role))
        });
        if let Some(id) = place {
            let role = world.devices[id].role;
            world.devices[id].model = pick_model(rng, role, |m| m.platform == platform);
        }
    }
}

/// What depends on the model: software, serials, addresses on the wire, log-in manners.
fn finish_devices(world: &mut World, rng: &mut ChaCha8Rng) {
    for device in &mut world.devices {
        let model = device.model;
        device.os_version = model.versions.choose(rng).copied().unwrap_or(model.versions[0]);
        let units = if model.stack > 1 { rng.random_range(1..=model.stack) } else { 1 };
        device.serials = (0..units).map(|_| serial(model.platform, rng)).collect();
        device.mac = device.mac.with_oui(model.platform.oui());
        device.user_mode = match model.platform {
            Platform::CiscoIos => device.id % 2 == 1,
            Platform::AristaEos => device.role == Role::Access,
            _ => false,
        };
        device.ntp = vec![[10, 255, 0, 1].into(), [10, 255, 0, 2].into()];
    }
}
