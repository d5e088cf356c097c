//! Facts of how a device is run: its clock, who may log in and who decides, where it reports to, what keeps it cool.
//!
//! Secrets are no columns: what these are read from is masked first.

use super::ColumnKind::{Int, Text};
use super::{FactKind, may, must};

/// Servers of time, and how the device stands to them. Delay and offset, which change each second, are no columns.
pub const NTP: FactKind = FactKind {
    name: "ntp",
    table: "ntp_peers",
    columns: &[
        must("server", Text),
        // `synchronised`, `candidate`, `selected`, `outlier`, `falseticker`, `configured`, `unreached`
        may("status", Text),
        may("stratum", Int),
        may("reference", Text),
        may("vrf", Text),
    ],
};

/// What SNMP is set to: one fact for each line of the configuration that says something of its own.
pub const SNMP: FactKind = FactKind {
    name: "snmp",
    table: "snmp_settings",
    columns: &[
        // `community`, `user`, `group`, `host`, `location`, `contact`, `view`, `source`
        must("setting", Text),
        // Of a community masked.
        may("name", Text),
        may("value", Text),
        // `ro`, `rw`
        may("access", Text),
        may("version", Text),
        // `auth`, `noauth`, `priv`, or the algorithms of a user
        may("security", Text),
        may("acl", Text),
        may("vrf", Text),
    ],
};

/// Who decides, in which order: a list of methods for each thing that is decided.
pub const AAA: FactKind = FactKind {
    name: "aaa",
    table: "aaa_methods",
    columns: &[
        // `authentication`, `authorization`, `accounting`
        must("service", Text),
        // `login`, `enable`, `exec`, `commands 15`, `class`
        may("scope", Text),
        may("list", Text),
        // In their order.
        must("methods", Text),
    ],
};

pub const AAA_SERVERS: FactKind = FactKind {
    name: "aaa_servers",
    table: "aaa_servers",
    columns: &[
        // `radius`, `tacacs`
        must("protocol", Text),
        // Its address, or its name where a group names it so.
        must("server", Text),
        may("name", Text),
        may("server_group", Text),
        may("port", Int),
        may("accounting_port", Int),
        may("timeout", Int),
        may("vrf", Text),
        may("source_interface", Text),
    ],
};

/// Where messages go to, and from which level.
pub const SYSLOG: FactKind = FactKind {
    name: "syslog",
    table: "syslog_targets",
    columns: &[
        // `host`, `console`, `monitor`, `buffer`, `file`, `user`, `source`
        must("target", Text),
        may("name", Text),
        may("level", Text),
        may("facility", Text),
        may("transport", Text),
        may("port", Int),
        may("vrf", Text),
    ],
};

/// Ways to its command line: console, auxiliary port, terminals.
pub const LINES: FactKind = FactKind {
    name: "lines",
    table: "access_lines",
    columns: &[
        must("line", Text),
        may("speed", Int),
        // Minutes, and seconds behind a blank where they were given.
        may("idle_timeout", Text),
        // Protocols that may come in.
        may("transport", Text),
        // How one logs in: the method list, `local`, none.
        may("login", Text),
        may("acl", Text),
        may("sessions", Int),
    ],
};

pub const SSH_SERVER: FactKind = FactKind {
    name: "ssh_server",
    table: "ssh_servers",
    columns: &[
        may("status", Text),
        may("version", Text),
        may("vrf", Text),
        may("port", Int),
        // Seconds.
        may("timeout", Int),
        may("retries", Int),
        may("sessions", Int),
        may("authentication", Text),
        may("root_login", Text),
        may("ciphers", Text),
        may("macs", Text),
        may("key_exchanges", Text),
        may("host_keys", Text),
    ],
};

/// What keeps it going. What a sensor measures changes each second and is no column.
pub const ENVIRONMENT: FactKind = FactKind {
    name: "environment",
    table: "environment_sensors",
    columns: &[
        // `fan`, `power`, `temperature`
        must("sensor", Text),
        must("name", Text),
        may("state", Text),
        may("part_id", Text),
        may("serial", Text),
    ],
};

/// Accounts that the device itself knows.
pub const USERS: FactKind = FactKind {
    name: "users",
    table: "local_users",
    columns: &[
        must("name", Text),
        may("privilege", Int),
        // Role, class or group.
        may("role", Text),
        // How its secret is kept: `secret 9`, `sha512`, `ssh-rsa`.
        may("secret_type", Text),
    ],
};
