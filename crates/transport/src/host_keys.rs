//! What is remembered of a host: its keys, and how well it could encrypt.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use russh::keys::{HashAlg, PublicKey};
use serde::{Deserialize, Serialize};

use crate::algorithms;

/// What a server proved to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostKey {
    /// `ssh-ed25519`, `ssh-rsa` …, as in a `known_hosts` file.
    pub algorithm: String,
    /// `SHA256:` and base64 without padding, as OpenSSH prints it.
    pub fingerprint: String,
    /// One line as in `authorized_keys`, without a comment.
    pub openssh: String,
}

impl HostKey {
    pub(crate) fn of(key: &PublicKey) -> HostKey {
        HostKey {
            algorithm: algorithms::key_type(&key.algorithm()),
            fingerprint: key.fingerprint(HashAlg::Sha256).to_string(),
            openssh: key.to_openssh().unwrap_or_default(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostKeyVerdict {
    Trusted,
    /// First use: accepted, and remembered by whoever says so.
    New,
    /// The session stops. `known` is the fingerprint that was expected.
    Changed {
        known: String,
    },
    /// The session stops: the key was called back, whoever shows it.
    Revoked,
}

/// How a host can be spoken to. A later one is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suite {
    /// In the clear.
    Telnet,
    /// By algorithms that are kept for old devices alone.
    Legacy,
    Modern,
}

impl Suite {
    pub fn as_str(self) -> &'static str {
        match self {
            Suite::Telnet => "telnet",
            Suite::Legacy => "legacy",
            Suite::Modern => "modern",
        }
    }
}

/// What a key exchange ended in, by the names of the RFCs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Negotiated {
    pub suite: Suite,
    pub kex: String,
    /// What the host signed with: `ssh-ed25519`, `rsa-sha2-512` …
    pub host_key: String,
    pub cipher: String,
    /// Empty when the cipher needs none.
    pub mac: String,
}

impl Negotiated {
    /// A session in the clear.
    pub(crate) fn telnet() -> Negotiated {
        let nothing = String::new;
        Negotiated { suite: Suite::Telnet, kex: nothing(), host_key: nothing(), cipher: nothing(), mac: nothing() }
    }
}

/// What is known of a host before it is dialled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Types of its keys, as in [`HostKey::algorithm`].
    pub key_types: Vec<String>,
    /// The best that it ever spoke.
    pub suite: Option<Suite>,
}

/// The memory for hosts. Each is called once a session, in the middle of the key exchange: they must be quick.
pub trait HostKeys: Send + Sync {
    fn recall(&self, addr: SocketAddr) -> Known;

    fn check(&self, addr: SocketAddr, key: &HostKey) -> HostKeyVerdict;

    /// The key was trusted, and this is how the session is encrypted.
    fn agreed(&self, addr: SocketAddr, negotiated: &Negotiated);
}

/// Trust on first use, for the life of the process.
#[derive(Debug, Default)]
pub struct MemoryHostKeys {
    hosts: Mutex<HashMap<SocketAddr, Host>>,
}

#[derive(Debug, Default)]
struct Host {
    key: Option<HostKey>,
    suite: Option<Suite>,
}

impl MemoryHostKeys {
    fn hosts(&self) -> MutexGuard<'_, HashMap<SocketAddr, Host>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HostKeys for MemoryHostKeys {
    fn recall(&self, addr: SocketAddr) -> Known {
        let hosts = self.hosts();
        let Some(host) = hosts.get(&addr) else { return Known::default() };
        Known { key_types: host.key.iter().map(|k| k.algorithm.clone()).collect(), suite: host.suite }
    }

    fn check(&self, addr: SocketAddr, key: &HostKey) -> HostKeyVerdict {
        let mut hosts = self.hosts();
        let host = hosts.entry(addr).or_default();
        match &host.key {
            Some(known) if known.fingerprint == key.fingerprint => HostKeyVerdict::Trusted,
            Some(known) => HostKeyVerdict::Changed { known: known.fingerprint.clone() },
            None => {
                host.key = Some(key.clone());
                HostKeyVerdict::New
            }
        }
    }

    fn agreed(&self, addr: SocketAddr, negotiated: &Negotiated) {
        let mut hosts = self.hosts();
        let host = hosts.entry(addr).or_default();
        host.suite = host.suite.max(Some(negotiated.suite));
    }
}
