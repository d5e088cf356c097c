//! What a configuration file of OpenSSH says of a host.

use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use ssh2_config::{Algorithms, DefaultAlgorithms, ParseRule};

use crate::algorithms::Wishes;

/// A file that was asked for.
#[derive(Debug, Clone)]
pub struct SshConfig(ssh2_config::SshConfig);

#[derive(Debug, thiserror::Error)]
pub enum SshConfigError {
    #[error("cannot read {}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{}: {reason}", path.display())]
    Invalid { path: PathBuf, reason: String },
}

/// What is said of one host; `None` and empty where nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostConfig {
    pub host_name: Option<String>,
    pub user: Option<String>,
    pub port: Option<u16>,
    pub identity_files: Vec<PathBuf>,
    /// `[user@]host[:port]` each, the first one first.
    pub jumps: Vec<String>,
    pub wishes: Option<Wishes>,
}

impl SshConfig {
    pub fn read(path: &Path) -> Result<SshConfig, SshConfigError> {
        let path = path.to_path_buf();
        let file = std::fs::File::open(&path);
        let file = file.map_err(|source| SshConfigError::Unreadable { path: path.clone(), source })?;
        // An empty default: only what the file says is a wish.
        let none = DefaultAlgorithms::empty();
        let config = ssh2_config::SshConfig::default().default_algorithms(none);
        let rules = ParseRule::ALLOW_UNKNOWN_FIELDS | ParseRule::ALLOW_UNSUPPORTED_FIELDS;
        let config = config.parse(&mut BufReader::new(file), rules);
        Ok(SshConfig(config.map_err(|e| SshConfigError::Invalid { path, reason: e.to_string() })?))
    }

    /// Every list of jump hosts that the file names.
    pub fn jumps(&self) -> Vec<Vec<String>> {
        let lists = self.0.get_hosts().iter().filter_map(|host| host.params.proxy_jump.clone());
        let mut lists: Vec<Vec<String>> = lists.filter(|list| list.iter().all(|jump| jump != "none")).collect();
        lists.sort();
        lists.dedup();
        lists
    }

    /// By the name or address as a user would give it to `ssh`.
    pub fn of(&self, host: &str) -> HostConfig {
        let said = self.0.query(host);
        let list = |a: &Algorithms| Some(a.algorithms().to_vec()).filter(|list| !list.is_empty());
        let wishes = Wishes {
            kex: list(&said.kex_algorithms),
            host_keys: list(&said.host_key_algorithms),
            ciphers: list(&said.ciphers),
            macs: list(&said.mac),
        };
        HostConfig {
            host_name: said.host_name.filter(|name| name != host),
            user: said.user,
            port: said.port,
            identity_files: said.identity_file.unwrap_or_default(),
            jumps: said.proxy_jump.unwrap_or_default().into_iter().filter(|jump| jump != "none").collect(),
            wishes: Some(wishes).filter(|w| *w != Wishes::default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
Host core*
  HostName 10.0.0.1
  User ops
  Port 2222
  IdentityFile /keys/core
  ProxyJump staff@jump:2200,inner

Host 10.*
  ProxyJump jump
  Ciphers aes256-ctr,aes128-ctr

Host *
  User everyone
  ServerAliveInterval 5
";

    fn of(host: &str) -> HostConfig {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("config");
        std::fs::write(&path, FILE).expect("a file");
        SshConfig::read(&path).expect("valid").of(host)
    }

    #[test]
    fn a_host_is_what_its_file_says() {
        let core = of("core1");
        assert_eq!((core.host_name.as_deref(), core.user.as_deref()), (Some("10.0.0.1"), Some("ops")));
        assert_eq!((core.port, core.wishes), (Some(2222), None));
        assert_eq!(core.identity_files, [PathBuf::from("/keys/core")]);
        assert_eq!(core.jumps, ["staff@jump:2200", "inner"]);
    }

    #[test]
    fn an_address_is_a_host_as_well() {
        let host = of("10.9.0.7");
        assert_eq!((host.user.as_deref(), host.jumps), (Some("everyone"), vec!["jump".to_owned()]));
        let ciphers = host.wishes.and_then(|w| w.ciphers).expect("a wish");
        assert_eq!(ciphers, ["aes256-ctr", "aes128-ctr"]);
    }

    #[test]
    fn a_file_that_is_not_there_is_told() {
        let error = SshConfig::read(Path::new("/nowhere/config")).expect_err("nothing");
        assert_eq!(error.to_string(), "cannot read /nowhere/config");
    }
}
