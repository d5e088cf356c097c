//! Whether a host key is the one that was seen before.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

/// What a server proved to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostKey {
    /// `ssh-ed25519`, `rsa-sha2-512` …
    pub algorithm: String,
    /// `SHA256:` and base64 without padding, as OpenSSH prints it.
    pub fingerprint: String,
    /// One line as in `authorized_keys`, without a comment.
    pub openssh: String,
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
}

/// The memory for host keys. Called once a session, in the middle of the key exchange: it must be quick.
pub trait HostKeys: Send + Sync {
    fn check(&self, addr: SocketAddr, key: &HostKey) -> HostKeyVerdict;
}

/// Trust on first use, for the life of the process.
#[derive(Debug, Default)]
pub struct MemoryHostKeys {
    known: Mutex<HashMap<SocketAddr, String>>,
}

impl HostKeys for MemoryHostKeys {
    fn check(&self, addr: SocketAddr, key: &HostKey) -> HostKeyVerdict {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(&addr) {
            Some(fingerprint) if *fingerprint == key.fingerprint => HostKeyVerdict::Trusted,
            Some(fingerprint) => HostKeyVerdict::Changed { known: fingerprint.clone() },
            None => {
                known.insert(addr, key.fingerprint.clone());
                HostKeyVerdict::New
            }
        }
    }
}
