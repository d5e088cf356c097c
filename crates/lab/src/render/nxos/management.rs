//! How the device is run: time, parts of the configuration, SSH, what keeps it cool, optics.

use super::super::common::clock_table;
use super::config;
use crate::world::{Device, World};

pub fn ntp(_: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "\nTotal peers : {}\n* - selected for sync, + -  peer mode(active), ", device.ntp.len());
    say!(out, "- - peer mode(passive), = - polled in client mode ");
    say!(out, "    remote               local                 st   poll   reach delay   vrf");
    say!(out, "-----------------------------------------------------------------------");
    for (i, (server, _, stratum)) in clock_table(device).into_iter().enumerate() {
        let mark = if i == 0 { '*' } else { '=' };
        say!(
            out,
            "{mark}{:<22} 0.0.0.0                {stratum:>2}   64      377  0.00134 default",
            server.to_string()
        );
    }
    out
}

fn part(world: &World, device: &Device, command: &str, words: &[&str]) -> String {
    let mut out = config::stamp(world, device, command);
    say!(out, "version {} Bios:version 05.47 ", device.os_version);
    let config = config::running(world, device);
    let mut inside = false;
    for line in config.lines() {
        inside = words.iter().any(|w| line.starts_with(w)) || (inside && line.starts_with(' '));
        if inside {
            say!(out, "{line}");
        }
    }
    say!(out);
    out
}

pub fn snmp(world: &World, device: &Device) -> String {
    part(world, device, "show running-config snmp", &["snmp-server"])
}

pub fn aaa(world: &World, device: &Device) -> String {
    part(world, device, "show running-config aaa", &["aaa auth", "aaa accounting"])
}

pub fn radius(world: &World, device: &Device) -> String {
    part(world, device, "show running-config radius", &["radius-server", "aaa group server radius"])
}

pub fn tacacs(world: &World, device: &Device) -> String {
    let words = ["feature tacacs+", "tacacs-server", "aaa group server tacacs+"];
    part(world, device, "show running-config tacacs+", &words)
}

pub fn ssh(_: &World, _: &Device) -> String {
    "ssh version 2 is enabled \n".to_owned()
}

pub fn environment(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let line = "-".repeat(75);
    let parts = world.components(device);
    let of = |kind: &'static str| parts.iter().filter(move |p| p.name.starts_with(kind)).zip(1..);
    say!(out, "Fan:\n{line}\nFan             Model                Hw     Direction      Status\n{line}");
    for (fan, n) in of("Fan") {
        say!(out, "{:<15} {:<20} --     front-to-back  Ok             ", format!("Fan{n}(sys_fan{n})"), fan.part_id);
    }
    of("Power").for_each(|(_, n)| {
        say!(out, "{:<15} --                   --     front-to-back  Ok             ", format!("Fan_in_PS{n}"))
    });
    say!(out, "Fan Zone Speed: Zone 1: 0x80\nFan Air Filter : NotSupported\n\n\nPower Supply:\nVoltage: 12 Volts");
    say!(out, "Power                              Actual             Actual        Total");
    say!(out, "Supply    Model                    Output             Input      Capacity    Status");
    say!(out, "                                   (Watts )           (Watts )     (Watts )");
    say!(out, "-------  -------------------  -----------  -----------  -----------  --------------");
    for (supply, n) in of("Power") {
        say!(out, "{n:<8} {:<19}          99 W              113 W      1100 W     Ok        ", supply.part_id);
    }
    let line = "-".repeat(68);
    say!(out, "\n\nPower Usage Summary:\n--------------------");
    say!(out, "Power Supply redundancy mode (configured)                PS-Redundant\n");
    say!(out, "Temperature:\n{line}\nModule   Sensor        MajorThresh   MinorThres   CurTemp     Status");
    say!(out, "                       (Celsius)     (Celsius)    (Celsius)         \n{line}");
    say!(out, "1        FRONT           70              42          {}         Ok             ", 24 + device.id % 9);
    say!(out, "1        CPU             90              80          {}         Ok             ", 38 + device.id % 9);
    out
}

pub fn transceivers(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let optics = world.optics(device);
    for (i, port) in device.ports.iter().enumerate().filter(|(_, p)| p.channel.is_none()) {
        say!(out, "{}", port.name);
        match optics.iter().find(|(at, _)| *at == i) {
            Some((_, optic)) => {
                let serial = optic.serial.as_deref().unwrap_or_default();
                say!(
                    out,
                    "    transceiver is present\n    type is {}\n    name is CISCO-FINISAR   ",
                    optic.description
                );
                say!(out, "    part number is {}\n    revision is {}", optic.part_id, optic.revision);
                say!(out, "    serial number is {serial:<16}\n    nominal bitrate is 10300 MBit/sec");
                say!(
                    out,
                    "    Link length supported for 50/125um OM3 fiber is 300 m\n    cisco id is 3\n    cisco extended id number is 4"
                );
            }
            None => say!(out, "    transceiver is not present"),
        }
        say!(out);
    }
    out
}
