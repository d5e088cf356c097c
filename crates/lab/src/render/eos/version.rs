//! `show version` and `show inventory`.

use super::super::Uptime;
use crate::world::{Component, Device, World};

pub fn show(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let (version, mac) = (device.os_version, device.mac.dotted());
    say!(out, "Arista {}", device.model.name);
    say!(out, "Hardware version: 11.02");
    say!(out, "Serial number: {}", device.serials[0]);
    say!(out, "Hardware MAC address: {mac}");
    say!(out, "System MAC address: {mac}\n");
    say!(out, "Software image version: {version}");
    say!(out, "Architecture: x86_64");
    say!(out, "Internal build version: {version}-26379303.{}", version.replace('.', ""));
    say!(out, "Internal build ID: 5a2b3c1e-{:04x}-4c8e-9f0a-1d2e3f405162", device.id % 65_536);
    say!(out, "Image format version: 3.0");
    say!(out, "Image optimization: Strata-4GB\n");
    say!(out, "Uptime: {}", Uptime::of(world, device).eos());
    say!(out, "Total memory: 8098984 kB");
    say!(out, "Free memory: {} kB\n", 5_900_000 + device.id * 13 % 90_000);
    out
}

pub fn hostname(_: &World, device: &Device) -> String {
    format!("Hostname: {0}\nFQDN:     {0}\n", device.hostname())
}

pub fn inventory(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let parts = world.components(device);
    let named = |prefix: &'static str| parts.iter().filter(move |p| p.name.starts_with(prefix));
    let number = |p: &Component| p.name.rsplit(' ').next().unwrap_or_default().to_owned();
    say!(out, "System information");
    say!(out, "  Model                    Description");
    say!(out, "  ------------------------ ----------------------------------------------------");
    for system in named("System") {
        say!(out, "  {:<24} {}\n", system.part_id, system.description);
        say!(out, "  HW Version  Serial Number  Mfg Date   Epoch");
        say!(out, "  ----------- -------------- ---------- -----");
        say!(out, "  {:<11} {:<14} 2021-06-11 01.00\n", system.revision, system.serial.as_deref().unwrap_or_default());
    }
    say!(out, "System has {} power supply slots", named("Power").count());
    say!(out, "  Slot Model            Serial Number");
    say!(out, "  ---- ---------------- ----------------");
    for part in named("Power") {
        say!(out, "  {:<4} {:<16} {:<16}", number(part), part.part_id, part.serial.as_deref().unwrap_or("N/A"));
    }
    say!(out, "\nSystem has {} fan modules", named("Fan").count());
    say!(out, "  Module  Number of Fans  Model            Serial Number");
    say!(out, "  ------- --------------- ---------------- ----------------");
    named("Fan").for_each(|part| say!(out, "  {:<7} 1               {:<16} N/A", number(part), part.part_id));
    say!(out, "\nSystem has {} ports", device.ports.len() + 1);
    say!(out, "  Type               Count");
    say!(out, "  ------------------ ----");
    say!(out, "  Management         1\n  Switched           {}\n", device.ports.len());
    say!(out, "System has {} transceiver slots", named("Transceiver").count());
    say!(out, "  Port Manufacturer     Model            Serial Number    Rev");
    say!(out, "  ---- ---------------- ---------------- ---------------- ----");
    for part in named("Transceiver") {
        let serial = part.serial.as_deref().unwrap_or_default();
        say!(out, "  {:<4} {:<16} {:<16} {serial:<16} {}", number(part), part.description, part.part_id, part.revision);
    }
    say!(out);
    out
}
