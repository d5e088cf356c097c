//! `show version`: a router, a classic switch, an IOS-XE stack.

use super::super::Uptime;
use crate::world::{Device, Ports, World};

/// The three or four lines that name the software; LLDP and CDP advertise them too.
pub fn software(device: &Device) -> Vec<String> {
    let version = device.os_version;
    let (train, image, release) = image(device);
    vec![
        format!("{train}, Version {version}, RELEASE SOFTWARE ({release})").replace("{image}", image),
        "Technical Support: http://www.cisco.com/techsupport".to_owned(),
        "Copyright (c) 1986-2022 by Cisco Systems, Inc.".to_owned(),
        "Compiled Wed 11-May-22 04:49 by prod_rel_team".to_owned(),
    ]
}

/// Software line with `{image}`, image name, release mark.
fn image(device: &Device) -> (&'static str, &'static str, &'static str) {
    match (device.model.xe, device.model.ports) {
        (true, Ports::XeRouter) => {
            ("Cisco IOS Software [Amsterdam], ISR Software ({image})", "X86_64_LINUX_IOSD-UNIVERSALK9-M", "fc3")
        }
        (true, _) => ("Cisco IOS Software [Amsterdam], Catalyst L3 Switch Software ({image})", "CAT9K_IOSXE", "fc4"),
        (false, Ports::IosRouter) => ("Cisco IOS Software, C2900 Software ({image})", "C2900-UNIVERSALK9-M", "fc1"),
        _ => ("Cisco IOS Software, C2960X Software ({image})", "C2960X-UNIVERSALK9-M", "fc3"),
    }
}

pub fn show(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let (host, up) = (device.hostname(), Uptime::of(world, device).ios());
    if device.model.xe {
        say!(out, "Cisco IOS XE Software, Version {}", device.os_version);
    }
    software(device).iter().for_each(|line| say!(out, "{line}"));
    say!(out);
    if device.model.xe {
        say!(out, "ROM: IOS-XE ROMMON");
        say!(out, "BOOTLDR: System Bootstrap, Version 17.5.2r, RELEASE SOFTWARE (P)");
    } else {
        say!(out, "ROM: Bootstrap program is C29XX boot loader");
    }
    say!(out, "\n{host} uptime is {up}");
    if device.model.xe {
        say!(out, "Uptime for this control processor is {up}");
    }
    say!(out, "System returned to ROM by power-on");
    say!(out, "System restarted at 04:11:32 UTC Sat Feb 3 2024");
    say!(out, "System image file is \"flash:{}\"", boot_file(device));
    say!(out, "Last reload reason: {}\n", if device.model.xe { "Reload Command" } else { "power-on" });
    say!(out, "This product contains cryptographic features and is subject to local laws");
    say!(out, "on import, export, transfer and use. #  > Use it with care. <  #\n");
    if is_switch(device) {
        switch(&mut out, device)
    } else {
        router(&mut out, device)
    }
    out
}

fn is_switch(device: &Device) -> bool {
    matches!(device.model.ports, Ports::IosSwitch | Ports::XeCore)
}

fn boot_file(device: &Device) -> String {
    if device.model.xe {
        return "packages.conf".to_owned();
    }
    let (_, image, _) = image(device);
    let version = device.os_version.replace(['(', ')', '.'], "-");
    format!("{}-mz.SPA.{}.bin", image.trim_end_matches("-M").to_lowercase(), version.trim_matches('-'))
}

fn router(out: &mut String, device: &Device) {
    let (name, serial) = (device.model.name, &device.serials[0]);
    if device.model.xe {
        say!(out, "cisco {name} (1RU) processor with 1795979K/6147K bytes of memory.");
    } else {
        say!(out, "Cisco {name} (revision 1.0) with 2523136K/98304K bytes of memory.");
    }
    say!(out, "Processor board ID {serial}");
    say!(out, "{} Gigabit Ethernet interfaces", device.ports.len());
    say!(out, "32768K bytes of non-volatile configuration memory.");
    say!(out, "4194304K bytes of physical memory.");
    say!(out, "3223551K bytes of flash memory at bootflash:.\n");
    say!(out, "Configuration register is 0x2102\n");
}

fn switch(out: &mut String, device: &Device) {
    let (name, serial) = (device.model.name, &device.serials[0]);
    let cpu = if device.model.xe { "X86" } else { "APM86XXX" };
    say!(out, "cisco {name} ({cpu}) processor with 1331522K/6147K bytes of memory.");
    say!(out, "Processor board ID {serial}");
    say!(out, "{} Virtual Ethernet interfaces", device.vlans.len() + 1);
    say!(out, "{} Gigabit Ethernet interfaces", 52 * device.serials.len());
    say!(out, "2048K bytes of non-volatile configuration memory.");
    say!(out, "8388608K bytes of physical memory.\n");
    unit(out, device, 0);
    say!(out, "Switch Ports Model              SW Version        SW Image              Mode   ");
    say!(out, "------ ----- -----              ----------        ----------            ----   ");
    for n in 0..device.serials.len() {
        let mark = if n == 0 { '*' } else { ' ' };
        let image = if device.model.xe { "CAT9K_IOSXE" } else { "C2960X-UNIVERSALK9-M" };
        let version = device.os_version;
        say!(out, "{mark}    {} 52    {name:<18} {version:<17} {image:<21} INSTALL", n + 1);
    }
    say!(out);
    for n in 1..device.serials.len() {
        say!(out, "\nSwitch {:02}", n + 1);
        say!(out, "---------");
        say!(out, "Switch uptime                      : {}\n", "4 weeks, 2 days, 1 hour, 7 minutes");
        unit(out, device, n);
    }
    say!(out, "Configuration register is 0x{}\n", if device.model.xe { "102" } else { "F" });
}

fn unit(out: &mut String, device: &Device, n: usize) {
    let mac = device.mac.plus(n * 64);
    say!(out, "Base Ethernet MAC Address          : {mac}");
    say!(out, "Motherboard Assembly Number        : 73-18271-03");
    say!(out, "Motherboard Serial Number          : {}", board_serial(&device.serials[n]));
    say!(out, "Model Revision Number              : A0");
    say!(out, "Motherboard Revision Number        : A0");
    say!(out, "Model Number                       : {}", device.model.name);
    say!(out, "System Serial Number               : {}\n", device.serials[n]);
}

/// The serial of the board, which is not the serial of the unit.
fn board_serial(unit: &str) -> String {
    format!("FOC{}", &unit[3..].chars().rev().collect::<String>())
}
