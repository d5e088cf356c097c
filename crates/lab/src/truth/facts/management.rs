//! How a device is run, as each vendor tells it. Most of it is the same on all devices of a vendor.

use super::{Kind, Row, row};
use crate::render::clock_table;
use crate::world::{Device, Platform, World};
use Platform::{AristaEos, CiscoIos, CiscoNxos, JuniperJunos};

pub const NTP: Kind =
    Kind { name: "ntp", fact: "ntp", columns: &["server", "status", "stratum", "reference", "vrf"], rows: ntp };

pub const SNMP: Kind = Kind {
    name: "snmp",
    fact: "snmp",
    columns: &["setting", "name", "value", "access", "version", "security", "acl", "vrf"],
    rows: snmp,
};

pub const AAA: Kind = Kind { name: "aaa", fact: "aaa", columns: &["service", "scope", "list", "methods"], rows: aaa };

pub const AAA_SERVERS: Kind = Kind {
    name: "aaa_servers",
    fact: "aaa_servers",
    columns: &["protocol", "server", "name", "server_group", "port", "accounting_port", "timeout", "vrf"],
    rows: aaa_servers,
};

pub const SYSLOG: Kind = Kind {
    name: "syslog",
    fact: "syslog",
    columns: &["target", "name", "level", "facility", "transport", "port", "vrf"],
    rows: syslog,
};

pub const LINES: Kind = Kind {
    name: "lines",
    fact: "lines",
    columns: &["line", "speed", "idle_timeout", "transport", "login", "acl", "sessions"],
    rows: lines,
};

pub const SSH_SERVER: Kind = Kind {
    name: "ssh_server",
    fact: "ssh_server",
    columns: &[
        "status",
        "version",
        "timeout",
        "retries",
        "sessions",
        "authentication",
        "root_login",
        "ciphers",
        "macs",
    ],
    rows: ssh_server,
};

pub const ENVIRONMENT: Kind = Kind {
    name: "environment",
    fact: "environment",
    columns: &["sensor", "name", "state", "part_id", "serial"],
    rows: environment,
};

pub const USERS: Kind =
    Kind { name: "users", fact: "users", columns: &["name", "privilege", "role", "secret_type"], rows: users };

const NO: Option<&str> = None;
const NONE: Option<u16> = None;
/// A community as it is shown.
const MASKED: &str = "********";

fn ntp(_: &World, device: &Device) -> Vec<Row> {
    let nexus = device.platform() == CiscoNxos;
    let row = |(i, (server, reference, stratum)): (usize, (std::net::Ipv4Addr, String, u8))| {
        let status = match i {
            0 => "synchronised",
            // NX-OS marks whom it asks, not whom it would take.
            _ if nexus => "reached",
            _ => "candidate",
        };
        row![server, status, stratum, Some(reference).filter(|_| !nexus), nexus.then_some("default")]
    };
    clock_table(device).into_iter().enumerate().map(row).collect()
}

fn snmp(_: &World, device: &Device) -> Vec<Row> {
    let site = device.name.split('-').next().unwrap_or("lab");
    let contact = row!["contact", NO, "noc@lab.example", NO, NO, NO, NO, NO];
    let location = row!["location", NO, site, NO, NO, NO, NO, NO];
    let community = |access, acl: Option<&str>| row!["community", MASKED, NO, access, NO, NO, acl, NO];
    let host = |version| row!["host", "10.255.0.20", NO, NO, version, NO, NO, NO];
    let own = match device.platform() {
        CiscoIos => vec![
            community("ro", Some("MGMT")),
            community("rw", Some("MGMT")),
            row!["group", "NETOPS", NO, NO, "3", "priv", NO, NO],
            host("2c"),
            row!["user", "opsuser", "NETOPS", NO, "3", "SHA/AES128", NO, NO],
        ],
        CiscoNxos => {
            vec![community("ro", None), host("2c"), row!["user", "admin", "network-admin", NO, NO, NO, NO, NO]]
        }
        AristaEos => {
            vec![community("ro", None), host("2c"), row!["user", "opsuser", "NETOPS", NO, "3", "SHA/AES-128", NO, NO]]
        }
        JuniperJunos => vec![community("ro", None), row!["host", "NOC", "10.255.0.20", NO, "2", NO, NO, NO]],
    };
    own.into_iter().chain([contact, location]).collect()
}

fn aaa(_: &World, device: &Device) -> Vec<Row> {
    let (who, may, told) = ("authentication", "authorization", "accounting");
    match device.platform() {
        CiscoIos => vec![
            row![who, "login", "default", "group tacacs+ local"],
            row![who, "login", "CONSOLE", "local"],
            row![may, "exec", "default", "group tacacs+ local"],
            row![told, "exec", "default", "start-stop group tacacs+"],
        ],
        CiscoNxos => vec![
            row![who, "login", "default", "group T1 local"],
            row![who, "login", "console", "local"],
            row![may, "commands", "default", "group T1 local"],
            row![told, NO, "default", "group T1 local"],
        ],
        AristaEos => vec![
            row![who, "login", "default", "group tacacs+ local"],
            row![who, "login", "console", "local"],
            row![may, "exec", "default", "local"],
            row![told, "exec", "default", "start-stop group tacacs+"],
        ],
        JuniperJunos => vec![
            row![who, "login", NO, "tacplus password"],
            row![may, "class", "NETOPS", "configure"],
            row![may, "class", "NETOPS", "view"],
            row![told, "login change-log", NO, "tacplus"],
        ],
    }
}

fn aaa_servers(_: &World, device: &Device) -> Vec<Row> {
    let (radius, tacacs) = ("radius", "tacacs");
    let (one, two) = ("10.255.0.31", "10.255.0.20");
    match device.platform() {
        CiscoIos => vec![
            row![radius, "ise-1", NO, "ISE", NONE, NONE, NONE, NO],
            row![radius, one, "ise-1", NO, 1812_u16, 1813_u16, 3_u16, NO],
            row![tacacs, two, "T1", NO, NONE, NONE, NONE, NO],
        ],
        CiscoNxos => vec![
            row![radius, one, NO, NO, 1812_u16, 1813_u16, 3_u16, NO],
            row![radius, one, NO, "ISE", NONE, NONE, NONE, NO],
            row![tacacs, two, NO, NO, NONE, NONE, NONE, NO],
            row![tacacs, two, NO, "T1", NONE, NONE, NONE, NO],
        ],
        AristaEos => vec![
            row![radius, one, NO, NO, NONE, NONE, 3_u16, NO],
            row![radius, one, NO, "ISE", NONE, NONE, NONE, NO],
            row![tacacs, two, NO, NO, NONE, NONE, NONE, NO],
        ],
        JuniperJunos => vec![
            row![radius, one, NO, NO, 1812_u16, 1813_u16, 3_u16, NO],
            row![tacacs, two, NO, NO, NONE, NONE, NONE, NO],
        ],
    }
}

fn syslog(_: &World, device: &Device) -> Vec<Row> {
    let row = |target: &str, name: Option<&str>, level: Option<&str>, facility: Option<&str>| {
        row![target, name, level, facility, NO, NONE, NO]
    };
    let host = Some("10.255.0.10");
    match device.platform() {
        CiscoIos => vec![
            row("buffer", NO, Some("informational"), NO),
            row("all hosts", NO, Some("notifications"), NO),
            row("host", host, NO, NO),
        ],
        CiscoNxos => vec![
            row("file", Some("messages"), Some("informational"), NO),
            row!["host", host, "notifications", "local6", NO, NONE, "default"],
            row("monitor", NO, Some("informational"), NO),
        ],
        AristaEos => vec![
            row("buffer", NO, Some("debugging"), NO),
            row("all hosts", NO, Some("notifications"), NO),
            row("host", host, NO, NO),
        ],
        JuniperJunos => vec![
            row("user", Some("*"), Some("emergencies"), Some("any")),
            row("host", host, Some("notifications"), Some("any")),
            row("file", Some("messages"), Some("notifications"), Some("any")),
        ],
    }
}

fn lines(_: &World, device: &Device) -> Vec<Row> {
    match device.platform() {
        CiscoIos => vec![
            row!["con 0", NONE, "10 0", NO, "CONSOLE", NO, NONE],
            row!["vty 0 4", NONE, "15 0", "ssh", NO, "MGMT", NONE],
            row!["vty 5 15", NONE, NO, "ssh", NO, NO, NONE],
        ],
        CiscoNxos => {
            vec![row!["console", 9600_u16, "15", NO, NO, NO, NONE], row!["vty", NONE, "30", NO, NO, "MGMT", 16_u16]]
        }
        AristaEos => {
            vec![row!["console", NONE, "15", NO, NO, NO, NONE], row!["ssh", NONE, "10", NO, NO, NO, 50_u16]]
        }
        JuniperJunos => vec![row!["console", 9600_u16, NO, NO, NO, NO, NONE]],
    }
}

fn ssh_server(_: &World, device: &Device) -> Vec<Row> {
    vec![match device.platform() {
        CiscoIos => row![
            "enabled",
            "2.0",
            120_u16,
            3_u16,
            NONE,
            "publickey,keyboard-interactive,password",
            NO,
            "aes256-ctr,aes128-ctr",
            "hmac-sha2-256,hmac-sha2-512"
        ],
        CiscoNxos => row!["enabled", "2", NONE, NONE, NONE, NO, NO, NO, NO],
        AristaEos => row!["enabled", NO, NONE, NONE, 50_u16, NO, NO, NO, NO],
        JuniperJunos => row![NO, "v2", NONE, NONE, 10_u16, NO, "deny", NO, NO],
    }]
}

fn environment(world: &World, device: &Device) -> Vec<Row> {
    let parts = world.components(device);
    let of = |kind: &'static str| parts.iter().filter(move |p| p.name.starts_with(kind)).zip(1..);
    let ok = |sensor: &str, name: String| row![sensor, name, "ok", NO, NO];
    let mut rows = Vec::new();
    match device.platform() {
        CiscoIos if !device.is_switch() => {
            rows.push(ok("power", "V: 12v/R0".into()));
            rows.push(ok("temperature", "Temp: Inlet/R0".into()));
            rows.push(ok("fan", "RPM: fan0/P2".into()));
        }
        CiscoIos => {
            for n in 1..=device.serials.len() {
                rows.extend((1..=2).map(|fan| ok("fan", format!("Switch {n} FAN {fan}"))));
                rows.push(ok("temperature", format!("Switch {n}: SYSTEM TEMPERATURE")));
            }
            let supplies = parts.iter().filter(|p| p.name.contains("Power Supply")).zip(1..);
            rows.extend(supplies.map(|(p, n)| row!["power", format!("{n}A"), "ok", &*p.part_id, p.serial.clone()]));
        }
        CiscoNxos => {
            rows.extend(of("Fan").map(|(p, n)| row!["fan", format!("Fan{n}(sys_fan{n})"), "ok", &*p.part_id, NO]));
            rows.extend(of("Power").map(|(_, n)| ok("fan", format!("Fan_in_PS{n}"))));
            rows.extend(of("Power").map(|(p, n)| row!["power", n.to_string(), "ok", &*p.part_id, NO]));
            rows.extend(["FRONT/1", "CPU/1"].map(|n| ok("temperature", n.into())));
        }
        AristaEos => {
            rows.extend(["Cpu temp sensor", "Rear temp sensor"].map(|n| row!["temperature", n, NO, NO, NO]));
            rows.extend(of("Fan").map(|(_, n)| ok("fan", format!("{n}/1"))));
            rows.extend(of("Power").map(|(_, n)| ok("fan", format!("PowerSupply{n}/1"))));
            rows.extend(of("Power").map(|(p, n)| row!["power", n.to_string(), "ok", &*p.part_id, NO]));
        }
        JuniperJunos => {
            rows.extend((0..device.serials.len()).map(|n| ok("temperature", format!("FPC {n} Intake Temp Sensor"))));
            rows.push(ok("temperature", "Routing Engine".into()));
            rows.extend(of("Fan").map(|(_, n)| ok("fan", format!("Fan Tray {} Fan 0", n - 1))));
            rows.extend(of("Power").map(|(_, n)| ok("power", format!("PEM {}", n - 1))));
        }
    }
    rows
}

fn users(_: &World, device: &Device) -> Vec<Row> {
    match device.platform() {
        CiscoIos => vec![row!["admin", 15_u16, NO, "secret 9"], row!["backup", NONE, NO, "password 7"]],
        CiscoNxos => vec![row!["admin", NONE, "network-admin", "password 5"]],
        AristaEos => vec![row!["admin", 15_u16, "network-admin", "secret sha512"]],
        JuniperJunos => vec![row!["admin", NONE, "super-user", "encrypted-password"]],
    }
}
