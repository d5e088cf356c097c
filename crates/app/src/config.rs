//! `config.yaml` in the data directory. What is not said there has the value below.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use collect::budget::{RealmRules, Rules};
use collect::{Caps, Settings};
use discovery::PlaceRule;
use serde::{Deserialize, Serialize};

use crate::{AppError, OwnReport};

/// The file's name in the data directory.
pub const FILE: &str = "config.yaml";

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `postgres://…`; without it, SQLite in the data directory.
    pub database_url: Option<String>,
    pub execution: Execution,
    pub batch: Batch,
    pub retention: Retention,
    pub limits: Limits,
    pub logins: Logins,
    pub ssh: Ssh,
    /// Site of a device from its name, before the defaults.
    pub site_rules: Vec<PlaceRule>,
    /// Role of a device from its name, before the defaults.
    pub role_rules: Vec<PlaceRule>,
    pub changes: Changes,
    pub queue: Queue,
    pub undo: Undo,
    pub update: Update,
    /// Reports of one's own, by name: `velocity report run NAME`.
    pub reports: BTreeMap<String, OwnReport>,
}

/// How work is shared between workers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Queue {
    /// Seconds for which a worker that is not heard of keeps its devices.
    pub lease: u32,
}

impl Default for Queue {
    fn default() -> Self {
        Self { lease: 30 }
    }
}

/// How long what was done by hand can be undone. The older one goes when something new is done.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Undo {
    pub days: u32,
    /// Records at most.
    pub records: u32,
}

impl Default for Undo {
    fn default() -> Self {
        Self { days: 90, records: 10_000 }
    }
}

/// Where newer versions are looked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Update {
    /// A page of JSON with `version`. Nothing is asked without it, nor by anything but `velocity update check`.
    pub url: Option<String>,
}

/// How changes are judged.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Changes {
    /// Before the built-in rules; the first that fits decides.
    pub severity: Vec<ingest::SeverityRule>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Execution {
    /// Devices at once.
    pub max_workers: usize,
    /// Seconds for all that happens on one device.
    pub timeout: u64,
    /// Seconds to connect.
    pub connect_timeout: u64,
    /// Sessions of a run at once at one site.
    pub per_site: Option<usize>,
    /// Sessions of a run at once through one jump host.
    pub per_jump_host: Option<usize>,
}

impl Default for Execution {
    fn default() -> Self {
        Self { max_workers: 50, timeout: 60, connect_timeout: 15, per_site: None, per_jump_host: None }
    }
}

/// What `velocity executions prune` lets go of when it is not told otherwise.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// Executions and captures that are older: `90d`.
    pub older_than: Option<String>,
    /// So many executions of each job, and versions of each capture, stay whatever their age.
    pub keep: Option<u32>,
    /// Contents of captures take so much at most: `5GB`.
    pub max_size: Option<String>,
    /// Each day at this time, by the clock of this machine, the daemon lets go of it: `03:30`. Without it nothing goes by itself.
    pub daily_at: Option<jiff::civil::Time>,
}

/// How batches go that do not say it themselves.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Batch {
    /// Seconds.
    pub delay_between_jobs: u8,
    pub stop_on_failure: bool,
}

impl Default for Batch {
    fn default() -> Self {
        Self { delay_between_jobs: 5, stop_on_failure: false }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one command's output; a longer one is cut and marked.
    pub output_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { output_bytes: 32 << 20 }
    }
}

/// How devices are spoken to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ssh {
    /// Where old algorithms may be used by hosts that know no other, such as the range of a site with old switches.
    pub legacy_ranges: Vec<ipnet::IpNet>,
}

/// How accounts are kept from being locked; see [`collect::budget`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Logins {
    /// Refused log-ins of one account within the window; fewer than what the AAA server locks at.
    pub tries: u32,
    /// Minutes.
    pub window: u32,
    /// Log-ins per second in one realm, of all processes together.
    pub per_second: Option<f64>,
    /// Log-ins of one account under way at once.
    pub at_once: Option<usize>,
    /// What is different in a realm.
    pub realms: BTreeMap<String, RealmLogins>,
}

/// What a realm has of its own; the rest is as for all.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RealmLogins {
    pub tries: Option<u32>,
    pub window: Option<u32>,
    pub per_second: Option<f64>,
    pub at_once: Option<usize>,
}

impl Default for Logins {
    fn default() -> Self {
        let (per_second, at_once, realms) = Default::default();
        Self { tries: 3, window: 30, per_second, at_once, realms }
    }
}

impl Logins {
    pub fn rules(&self) -> Rules {
        let rules = |tries: u32, window: u32, per_second, at_once| RealmRules {
            tries: tries.max(1),
            window_ms: i64::from(window.max(1)) * 60_000,
            per_second,
            at_once,
        };
        let of = |r: &RealmLogins| {
            rules(
                r.tries.unwrap_or(self.tries),
                r.window.unwrap_or(self.window),
                r.per_second.or(self.per_second),
                r.at_once.or(self.at_once),
            )
        };
        Rules {
            default: rules(self.tries, self.window, self.per_second, self.at_once),
            realms: self.realms.iter().map(|(name, realm)| (name.clone(), of(realm))).collect(),
        }
    }
}

impl Config {
    /// From the data directory; all defaults when there is no file.
    pub fn load(home: &Path) -> Result<Config, AppError> {
        let path = home.join(FILE);
        let invalid = |reason: String| AppError::Config { path: path.clone(), reason };
        match std::fs::read_to_string(&path) {
            Ok(text) => Config::parse(&text).map_err(invalid),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Config::default()),
            Err(e) => Err(invalid(e.to_string())),
        }
    }

    /// Of a file's text. What is wrong is said without a piece of it, which may hold a password.
    pub fn parse(text: &str) -> Result<Config, String> {
        match text.lines().all(|l| l.trim().is_empty() || l.trim().starts_with('#')) {
            true => Ok(Config::default()),
            false => serde_saphyr::from_str(text).map_err(|e| without_secrets(&e)),
        }
    }

    /// How runs are paced unless the caller says otherwise.
    pub fn settings(&self) -> Settings {
        let defaults = Settings::default();
        Settings {
            concurrency: self.execution.max_workers,
            device_timeout: Duration::from_secs(self.execution.timeout),
            command_delay: defaults.command_delay,
            limits: transport::Limits {
                connect: Duration::from_secs(self.execution.connect_timeout),
                output_bytes: self.limits.output_bytes,
                ..defaults.limits
            },
            routes: transport::Routes { old: self.ssh.legacy_ranges.clone(), ..defaults.routes },
            caps: Caps { per_site: self.execution.per_site, per_jump_host: self.execution.per_jump_host },
        }
    }
}

/// The file that `velocity init` writes: every key, commented out, with its default.
pub const TEMPLATE: &str = "\
# Velocity. Every key is shown with its default; remove the `#` to change one.

# PostgreSQL instead of the SQLite file beside this one:
# database_url: postgres://velocity@db.example.net/velocity

# execution:
#   max_workers: 50        # devices at once
#   timeout: 60            # seconds for all that happens on one device
#   connect_timeout: 15    # seconds to connect
#   per_site: 10           # sessions at once at one site; no limit when it is not given
#   per_jump_host: 100     # sessions at once through one jump host; no limit when it is not given

# batch:
#   delay_between_jobs: 5  # seconds
#   stop_on_failure: false

# retention:               # what `velocity executions prune` lets go of; never the last good capture
#   older_than: 90d        # nothing goes when none of these is given
#   keep: 10               # executions of each job, and versions of each capture, that stay whatever their age
#   max_size: 5GB          # of all contents of captures
#   daily_at: 03:30        # the daemon does it by itself, by the clock of this machine; without it only that command does

# limits:
#   output_bytes: 33554432 # a longer output of one command is cut and marked

# logins:                  # so that no account is locked
#   tries: 3               # refused log-ins of one account in the window; fewer than what your AAA server locks at
#   window: 30             # minutes
#   per_second: 20         # log-ins per second in one realm, from all runs together; no limit when it is not given
#   at_once: 10            # log-ins of one account under way at once; no limit when it is not given
#   realms:                # what is different for an AAA group
#     tacacs: {tries: 4, window: 15}

# ssh:
#   legacy_ranges: []      # where SSH may fall back to old algorithms: [10.9.0.0/16]

# queue:
#   lease: 30              # seconds for which a worker that is not heard of keeps its devices

# undo:
#   days: 90               # what was done by hand longer ago cannot be undone; it is forgotten when something new is done
#   records: 10000         # so many at most

# update:                  # asked by `velocity update check` alone; nothing is asked without it
#   url: https://example.net/velocity/latest.json

# Site and role of a device from its host name, before the built-in rules. The first that matches decides;
# group 1 of the regex is the value, or `value` when it is given.
# site_rules:
#   - {pattern: '^([a-z]{3})-'}
# role_rules:
#   - {pattern: '-bdr-', value: border}

# How much a change matters, before the built-in rules (`velocity changes rules` shows all). The first that fits decides; what a
# rule does not name fits all. `lines` is a pattern over changed lines, `section` over the lines that they stand under.
# changes:
#   severity:
#     - {severity: critical, type: config, role: core, section: '^router bgp'}
#     - {severity: minor, type: config, lines: '^ *description ', more_than: 0}
#     - {severity: critical, type: neighbors, action: removed, site: hq}
";

/// Where and what, without a piece of the file, which may hold the password of the database.
fn without_secrets(error: &serde_saphyr::Error) -> String {
    let text = error.without_snippet().to_string();
    let first = text.lines().next().unwrap_or_default();
    let password = regex::Regex::new(r"(://)\S*@").ok();
    password.map_or_else(String::new, |p| p.replace_all(first, "${1}********@").into_owned())
}

/// `~/.velocity`, or what `VELOCITY_HOME` says.
pub fn default_home() -> Option<PathBuf> {
    let own = std::env::var_os("VELOCITY_HOME").filter(|v| !v.is_empty()).map(PathBuf::from);
    own.or_else(|| std::env::home_dir().map(|home| home.join(".velocity")))
}

/// A seed as the operator writes it: `10.0.0.1`, `10.0.0.1:2222`, `[2001:db8::1]:22`.
pub fn parse_address(text: &str, default_port: u16) -> Result<SocketAddr, String> {
    let bare = text.trim().trim_start_matches('[').trim_end_matches(']');
    let alone = bare.parse().map(|ip| SocketAddr::new(ip, default_port));
    let address = alone.or_else(|_| text.trim().parse());
    address.map_err(|_| format!("`{}` is not an address; write 10.0.0.1 or 10.0.0.1:2222", model::text::shown(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_says_what_the_defaults_are() {
        let uncommented =
            |l: &str| l.strip_prefix("# ").filter(|l| l.starts_with([' ', 'd', 'e', 'l', 's', 'r'])).map(str::to_owned);
        let text: Vec<String> = TEMPLATE.lines().filter_map(uncommented).filter(|l| l.contains(':')).collect();
        let text = text.join("\n");
        assert!(text.contains("max_workers: 50"));
        let defaults = Config::default();
        assert!(TEMPLATE.contains(&format!("output_bytes: {}", defaults.limits.output_bytes)));
        assert!(TEMPLATE.contains(&format!("timeout: {}", defaults.execution.timeout)));
    }

    #[test]
    fn an_error_shows_no_piece_of_the_file() {
        for wrong in
            ["execution: {max_workers: none}", "executions: {}", "database_url: [", "postgres://u:S3cret@h/d: 1"]
        {
            let home = tempfile::tempdir().expect("a folder");
            let text =
                format!("{wrong}\ndatabase_url: postgres://velocity:S3cret@db/velocity\nlimits: {{output: 1}}\n");
            std::fs::write(home.path().join(FILE), text).expect("file");
            let error = Config::load(home.path()).expect_err("not valid").to_string();
            assert!(!error.contains("S3cret") && error.contains("line"), "{error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
    }

    #[test]
    fn a_seed_may_name_its_port() {
        let of = |t| parse_address(t, 22).map(|a| a.to_string());
        assert_eq!(of("10.0.0.1"), Ok("10.0.0.1:22".into()));
        assert_eq!(of("10.0.0.1:2222"), Ok("10.0.0.1:2222".into()));
        assert_eq!(of("2001:db8::1"), Ok("[2001:db8::1]:22".into()));
        assert!(of("core1").is_err());
    }
}
