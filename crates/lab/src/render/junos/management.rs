//! How the device is run: time, parts of the configuration, what keeps it cool.

use super::super::common::{clock_table, ntpd};
use super::config;
use crate::world::{Device, World};

pub fn ntp(_: &World, device: &Device) -> String {
    ntpd(&clock_table(device))
}

/// What is in the braces of a path, as far to the left as it goes.
fn under(world: &World, device: &Device, path: &[&str]) -> String {
    let config = config::running(world, device);
    let mut lines: Vec<&str> = config.lines().collect();
    let mut single = String::new();
    for (depth, name) in path.iter().enumerate() {
        let indent = " ".repeat(depth * 4);
        let statement = format!("{indent}{name} ");
        if let Some(line) = lines.iter().find(|l| l.starts_with(&statement) && l.ends_with(';')) {
            single = line.trim_start().to_owned() + "\n";
        }
        let head = format!("{indent}{name} {{");
        let start = lines.iter().position(|l| *l == head).map_or(lines.len(), |at| at + 1);
        let end = lines[start..].iter().position(|l| *l == format!("{indent}}}")).map_or(lines.len(), |n| start + n);
        lines = lines[start..end].to_vec();
    }
    let cut = path.len() * 4;
    let inside: String = lines.iter().map(|l| format!("{}\n", l.get(cut..).unwrap_or_default())).collect();
    if inside.is_empty() { single } else { inside }
}

macro_rules! parts {
    ($($name:ident: $path:expr;)*) => { $(pub fn $name(world: &World, device: &Device) -> String {
        under(world, device, &$path)
    })* };
}

parts! {
    snmp: ["snmp"];
    login: ["system", "login"];
    accounting: ["system", "accounting"];
    radius: ["system", "radius-server"];
    tacacs: ["system", "tacplus-server"];
    syslog: ["system", "syslog"];
    ports: ["system", "ports"];
    ssh: ["system", "services", "ssh"];
    authentication_order: ["system", "authentication-order"];
}

pub fn environment(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let parts = world.components(device);
    let of = |kind: &'static str| parts.iter().filter(move |p| p.name.starts_with(kind)).enumerate();
    say!(out, "Class Item                           Status     Measurement");
    let mut class = "Temp";
    for n in 0..device.serials.len() {
        let item = format!("FPC {n} Intake Temp Sensor");
        say!(out, "{class:<5} {item:<30} OK         {} degrees C / 89 degrees F", 28 + device.id % 9);
        class = "";
    }
    say!(out, "      Routing Engine                 OK         38 degrees C / 100 degrees F");
    for (n, _) in of("Fan") {
        let class = if n == 0 { "Fans" } else { "" };
        say!(out, "{class:<5} {:<30} OK         Spinning at normal speed", format!("Fan Tray {n} Fan 0"));
    }
    for (n, _) in of("Power") {
        let class = if n == 0 { "Power" } else { "" };
        say!(out, "{class:<5} {:<30} OK", format!("PEM {n}"));
    }
    out
}
