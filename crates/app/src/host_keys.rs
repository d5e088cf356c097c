//! Host keys of the installation, in memory for the length of a run and in the store for ever.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use model::Timestamp;
use serde::Serialize;
use store::{NewAudit, Store, Tx};
use transport::{HostKey, HostKeyVerdict, HostKeys, Known, Negotiated, Suite};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// Remembers on first use; a key that changed is not trusted. New ones wait in `fresh` to be stored with the
/// device that showed them.
#[derive(Default)]
pub(crate) struct Book(Mutex<Pages>);

#[derive(Default)]
struct Pages {
    /// Algorithm and fingerprint.
    known: HashMap<SocketAddr, Vec<(String, String)>>,
    fresh: Vec<(SocketAddr, HostKey)>,
    suites: HashMap<SocketAddr, Suite>,
}

impl Book {
    pub fn new(stored: Vec<store::HostKey>) -> Self {
        let mut known: HashMap<SocketAddr, Vec<(String, String)>> = HashMap::new();
        for key in stored {
            known.entry(SocketAddr::new(key.address, key.port)).or_default().push((key.algorithm, key.fingerprint));
        }
        Self(Mutex::new(Pages { known, ..Pages::default() }))
    }

    /// Stores the keys that wait. They wait on until [`Book::are_stored`] says that they are committed.
    pub async fn save_fresh(&self, tx: &mut Tx, now: Timestamp) -> AppResult<Vec<(SocketAddr, HostKey)>> {
        let fresh = self.pages().fresh.clone();
        for (addr, key) in fresh.iter().cloned() {
            let key = store::HostKey {
                address: addr.ip(),
                port: addr.port(),
                algorithm: key.algorithm,
                fingerprint: key.fingerprint,
                public_key: key.openssh,
                first_seen: now,
                last_seen: now,
            };
            tx.remember_host_key(&key).await?;
        }
        Ok(fresh)
    }

    /// These are in the store and need not wait any more.
    pub fn are_stored(&self, keys: &[(SocketAddr, HostKey)]) {
        self.pages().fresh.retain(|key| !keys.contains(key));
    }

    /// At the end of a run: what no device took along, such as the keys of those that refused us.
    pub async fn save_left(&self, store: &Store, now: Timestamp) -> AppResult<()> {
        if self.pages().fresh.is_empty() {
            return Ok(());
        }
        let mut tx = store.begin().await?;
        let keys = self.save_fresh(&mut tx, now).await?;
        tx.commit().await?;
        self.are_stored(&keys);
        Ok(())
    }

    fn pages(&self) -> std::sync::MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HostKeys for Book {
    fn recall(&self, addr: SocketAddr) -> Known {
        let pages = self.pages();
        let keys = pages.known.get(&addr).into_iter().flatten();
        Known { key_types: keys.map(|(ty, _)| ty.clone()).collect(), suite: pages.suites.get(&addr).copied() }
    }

    fn agreed(&self, addr: SocketAddr, negotiated: &Negotiated) {
        let mut pages = self.pages();
        let suite = pages.suites.entry(addr).or_insert(negotiated.suite);
        *suite = negotiated.suite.max(*suite);
    }

    fn check(&self, addr: SocketAddr, key: &HostKey) -> HostKeyVerdict {
        let mut pages = self.pages();
        let known = pages.known.entry(addr).or_default();
        // One RSA key goes by several algorithm names.
        if known.iter().any(|(_, fingerprint)| *fingerprint == key.fingerprint) {
            return HostKeyVerdict::Trusted;
        }
        if let Some((_, fingerprint)) = known.iter().find(|(algorithm, _)| *algorithm == key.algorithm) {
            return HostKeyVerdict::Changed { known: fingerprint.clone() };
        }
        // A host that was known by another kind of key and now shows only a new kind has changed as well.
        if let Some((algorithm, fingerprint)) = known.first() {
            return HostKeyVerdict::Changed { known: format!("{algorithm} {fingerprint}") };
        }
        known.push((key.algorithm.clone(), key.fingerprint.clone()));
        pages.fresh.push((addr, key.clone()));
        HostKeyVerdict::New
    }
}

/// A remembered host key.
#[derive(Debug, Clone, Serialize)]
pub struct HostKeyView {
    pub address: IpAddr,
    pub port: u16,
    pub algorithm: String,
    pub fingerprint: String,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
}

impl App {
    pub async fn host_keys(&self, actor: &Actor) -> AppResult<Vec<HostKeyView>> {
        actor.must(Role::Viewer, "see host keys")?;
        let view = |k: store::HostKey| HostKeyView {
            address: k.address,
            port: k.port,
            algorithm: k.algorithm,
            fingerprint: k.fingerprint,
            first_seen: k.first_seen,
            last_seen: k.last_seen,
        };
        Ok(self.store.host_keys().await?.into_iter().map(view).collect())
    }

    /// Forgets the key of an address, so that the next log-in remembers a new one. Gives its fingerprint.
    pub async fn forget_host_key(&self, actor: &Actor, address: IpAddr, port: u16, dry_run: bool) -> AppResult<String> {
        actor.must(Role::Admin, "forget host keys")?;
        let known = self.store.host_keys().await?.into_iter().find(|k| k.address == address && k.port == port);
        let known = known.ok_or_else(|| AppError::Invalid(format!("no host key is known of {address}:{port}")))?;
        if !dry_run {
            let now = self.clock.now();
            let mut tx = self.store.begin().await?;
            tx.forget_host_keys(address, Some(port)).await?;
            let detail = serde_json::json!({ "fingerprint": known.fingerprint });
            let object = format!("host key {address}:{port}");
            tx.audit(&NewAudit { actor: &actor.name, action: "hostkey.forget", object: &object, detail: &detail }, now)
                .await?;
            tx.commit().await?;
        }
        Ok(known.fingerprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shown: &[&str], verdicts: &[&str]) {
        let book = Book::default();
        let addr: SocketAddr = "10.0.0.1:22".parse().expect("an address");
        for (shown, verdict) in shown.iter().zip(verdicts) {
            let (algorithm, fingerprint) = shown.split_once(' ').expect("two words");
            let key = HostKey { algorithm: algorithm.into(), fingerprint: fingerprint.into(), openssh: String::new() };
            let said = match book.check(addr, &key) {
                HostKeyVerdict::New => "new".to_owned(),
                HostKeyVerdict::Trusted => "trusted".to_owned(),
                HostKeyVerdict::Changed { known } => known,
            };
            assert_eq!(said, *verdict, "{shown}");
        }
    }

    #[test]
    fn a_key_is_told_by_its_fingerprint() {
        check(&["rsa-sha2-256 A", "rsa-sha2-512 A", "ssh-rsa A"], &["new", "trusted", "trusted"]);
        check(&["rsa-sha2-256 A", "rsa-sha2-256 B"], &["new", "A"]);
        check(&["ssh-ed25519 A", "rsa-sha2-256 B"], &["new", "ssh-ed25519 A"]);
    }
}
