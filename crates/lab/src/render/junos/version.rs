//! `show version` and `show chassis hardware`.

use crate::world::{Device, Role, World};

pub fn show(_: &World, device: &Device) -> String {
    let mut out = String::new();
    let chassis = device.role == Role::Access;
    for unit in 0..device.serials.len() {
        if chassis {
            say!(out, "fpc{unit}:");
            say!(out, "--------------------------------------------------------------------------");
        }
        say!(out, "Hostname: {}", device.hostname());
        say!(out, "Model: {}", device.model.name);
        say!(out, "Junos: {}", device.os_version);
        let packages = ["OS Kernel 64-bit", "OS libs", "OS runtime", "Web Management Platform Package", "OS Crypto"];
        for package in packages {
            say!(out, "JUNOS {package}  [{}]", device.os_version);
        }
        say!(out);
    }
    out
}

pub fn hardware(world: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "Hardware inventory:");
    say!(out, "Item             Version  Part number  Serial number     Description");
    let mut inside = false;
    for part in world.components(device) {
        let depth = match part.name.split(' ').next() {
            Some("CPU" | "PIC") => 2,
            Some("Xcvr") => 4,
            Some("Power") if inside => 2,
            _ => 0,
        };
        inside = part.name.starts_with("FPC") || (inside && depth > 0);
        let name = format!("{}{}", " ".repeat(depth), part.name);
        let serial = part.serial.as_deref().unwrap_or_default();
        let part_id = if part.name == "Chassis" { "" } else { part.part_id.as_str() };
        say!(out, "{name:<16} {:<8} {part_id:<12} {serial:<17} {}", part.revision, part.description);
    }
    out
}
