//! What a person or a program needs to know to use a running lab.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::AaaOptions;

/// A running lab. The file that keeps it is readable by its owner only: it holds the password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Info {
    /// The address to give to `discover`: `127.x.y.z`, with `:PORT` unless that is 22.
    pub seed: String,
    pub port: u16,
    pub username: String,
    pub password: String,
    /// The enable secret.
    pub enable: String,
    pub devices: usize,
    pub sites: usize,
    /// The seed of the randomness: with `devices` it gives the same network again.
    pub random_seed: u64,
    pub latency_ms: u64,
    /// How to ask the agents, where there are any.
    #[serde(default)]
    pub snmp: Option<SnmpInfo>,
    /// How accounts are kept in realms, where they are.
    #[serde(default)]
    pub aaa: Option<AaaOptions>,
    /// The loopback block that the devices live in: a /16.
    pub base: String,
    /// Process id of the lab.
    pub pid: u32,
    /// The state directory, where there is one.
    pub state: Option<PathBuf>,
}

/// As whom the agents of a lab answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SnmpInfo {
    /// UDP.
    pub port: u16,
    pub community: String,
    /// The v3 user; the password serves both its digest and its cipher.
    pub user: String,
    pub password: String,
    pub digest: String,
    pub cipher: String,
}

impl Info {
    /// Where the first device listens.
    pub(crate) fn seed_address(&self) -> (String, u16) {
        (self.seed.split(':').next().unwrap_or_default().to_owned(), self.port)
    }
}
