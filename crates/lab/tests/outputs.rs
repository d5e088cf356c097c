//! What the devices print, kept under review. That ntc-templates reads these outputs and that
//! the rows equal the truth is checked by `tests/ntc.py`, which needs Python; here, a format
//! that was checked once cannot change unnoticed.

use lab::{Device, Platform, World, WorldOptions};

fn outputs(world: &World, device: &Device, commands: &[&str]) -> String {
    let mut text = String::new();
    for command in commands {
        let output = world.output(&device.name, command).unwrap_or_default();
        text += &format!("{}# {command}\n{output}\n", device.name);
    }
    text
}

/// All outputs of the smallest switch of a platform.
fn all(platform: Platform) -> String {
    let world = World::generate(12, 1, &WorldOptions::default());
    let switches = world.devices().iter().filter(|d| d.platform() == platform && !d.vlans.is_empty());
    let device = switches.min_by_key(|d| d.ports.len());
    let commands: Vec<_> = platform.commands().collect();
    device.map(|d| outputs(&world, d, &commands)).unwrap_or_default()
}

#[test]
fn cisco_ios() {
    insta::assert_snapshot!(all(Platform::CiscoIos));
}

#[test]
fn cisco_nxos() {
    insta::assert_snapshot!(all(Platform::CiscoNxos));
}

#[test]
fn arista_eos() {
    insta::assert_snapshot!(all(Platform::AristaEos));
}

#[test]
fn juniper_junos() {
    insta::assert_snapshot!(all(Platform::JuniperJunos));
}

#[test]
fn cisco_ios_models() {
    let world = World::generate(200, 1, &WorldOptions::default());
    let mut seen = Vec::new();
    let mut text = String::new();
    for device in world.devices().iter().filter(|d| d.platform() == Platform::CiscoIos) {
        let kind = (device.model.name, device.serials.len());
        if !seen.contains(&kind) {
            seen.push(kind);
            text += &outputs(&world, device, &["show version", "show inventory"]);
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn cores_route_to_every_site() {
    let world = World::generate(30, 2, &WorldOptions::default());
    let cores = world.devices().iter().filter(|d| d.name.ends_with("core-1"));
    let text: String = cores.map(|d| outputs(&world, d, &["show ip route", "show route"])).collect();
    insta::assert_snapshot!(text);
}
