//! Host keys of the installation, in memory for the length of a run and in the store for ever.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use model::Timestamp;
use serde::Serialize;
use store::{NewAudit, Tx};
use transport::{HostKey, HostKeyVerdict, HostKeys};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// Remembers on first use; a key that changed is not trusted. New ones wait in `fresh` to be stored with the
/// device that showed them.
#[derive(Default)]
pub(crate) struct Book(Mutex<Pages>);

#[derive(Default)]
struct Pages {
    known: HashMap<(SocketAddr, String), String>,
    fresh: Vec<(SocketAddr, HostKey)>,
}

impl Book {
    pub fn new(stored: Vec<store::HostKey>) -> Self {
        let key = |k: store::HostKey| ((SocketAddr::new(k.address, k.port), k.algorithm), k.fingerprint);
        Self(Mutex::new(Pages { known: stored.into_iter().map(key).collect(), fresh: Vec::new() }))
    }

    /// Stores the keys that are new since the last time.
    pub async fn save_fresh(&self, tx: &mut Tx, now: Timestamp) -> AppResult<()> {
        let fresh = std::mem::take(&mut self.pages().fresh);
        for (addr, key) in fresh {
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
        Ok(())
    }

    fn pages(&self) -> std::sync::MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HostKeys for Book {
    fn check(&self, addr: SocketAddr, key: &HostKey) -> HostKeyVerdict {
        let mut pages = self.pages();
        match pages.known.get(&(addr, key.algorithm.clone())) {
            Some(known) if *known == key.fingerprint => HostKeyVerdict::Trusted,
            Some(known) => HostKeyVerdict::Changed { known: known.clone() },
            None => {
                // A host that was known by another kind of key and now shows only a new kind has changed as well.
                if let Some(((_, kind), known)) = pages.known.iter().find(|((a, _), _)| *a == addr) {
                    return HostKeyVerdict::Changed { known: format!("{kind} {known}") };
                }
                pages.known.insert((addr, key.algorithm.clone()), key.fingerprint.clone());
                pages.fresh.push((addr, key.clone()));
                HostKeyVerdict::New
            }
        }
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
