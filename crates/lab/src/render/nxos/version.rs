//! `show version` and `show inventory`.

use super::super::Uptime;
use crate::world::{Device, World};

pub fn show(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let (version, up) = (device.os_version, Uptime::of(world, device));
    say!(out, "Cisco Nexus Operating System (NX-OS) Software");
    say!(out, "TAC support: http://www.cisco.com/tac");
    say!(out, "Copyright (C) 2002-2022, Cisco and/or its affiliates.");
    say!(out, "All rights reserved.");
    say!(out, "The copyrights to certain works contained in this software are");
    say!(out, "owned by other third parties and used and distributed under their own");
    say!(out, "licenses, such as open source.\n");
    say!(out, "Software\n  BIOS: version 05.47");
    say!(out, " NXOS: version {version}");
    say!(out, "  BIOS compile time:  04/28/2022");
    say!(out, "  NXOS image file is: bootflash:///nxos.{}.bin", version.replace('(', ".").replace(')', ""));
    say!(out, "  NXOS compile time:  8/2/2022 12:00:00 [08/02/2022 19:36:26]\n\n");
    say!(out, "Hardware\n  cisco Nexus9000 {} Chassis ", device.model.name);
    say!(out, "  Intel(R) Xeon(R) CPU D-1526 @ 1.80GHz with 24571632 kB of memory.");
    say!(out, "  Processor Board ID {}\n", device.serials[0]);
    say!(out, "  Device name: {}", device.hostname());
    say!(out, "  bootflash:   53298520 kB");
    let (d, h, m) = (up.days(), up.hours(), up.minutes());
    say!(out, "Kernel uptime is {d} day(s), {h} hour(s), {m} minute(s), {} second(s)\n", device.id % 60);
    say!(out, "Last reset at 12411 usecs after Sat Feb  3 04:11:32 2024");
    say!(out, "  Reason: Reset Requested by CLI command reload");
    say!(out, "  System version: {version}");
    say!(out, "  Service: \n");
    say!(out, "plugin\n  Core Plugin, Ethernet Plugin\n");
    say!(out, "Active Package(s):\n");
    out
}

pub fn hostname(_: &World, device: &Device) -> String {
    format!("{} \n", device.hostname())
}

pub fn inventory(world: &World, device: &Device) -> String {
    let mut out = String::new();
    for part in world.components(device) {
        let serial = part.serial.as_deref().unwrap_or("N/A");
        say!(out, "NAME: \"{}\",  DESCR: \"{}\"  ", part.name, part.description);
        say!(out, "PID: {:<20} ,  VID: {:<3} ,  SN: {serial}  \n", part.part_id, part.revision);
    }
    out
}
