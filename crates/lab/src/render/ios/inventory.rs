//! `show inventory`.

use crate::world::{Component, Device, World};

pub fn show(world: &World, device: &Device) -> String {
    let mut out = String::new();
    for Component { name, description, part_id, revision, serial } in world.components(device) {
        let serial = serial.unwrap_or_default();
        say!(out, "NAME: \"{name}\", DESCR: \"{description}\"");
        say!(out, "PID: {part_id:<18}, VID: {revision:<4}, SN: {serial}\n");
    }
    out
}
