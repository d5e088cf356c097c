//! What is known of hosts, in memory for the length of a run and in the store for ever.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::{KeyOrigin, Timestamp};
use store::{NewAudit, Store, Tx};
use transport::{HostKey, HostKeyVerdict, HostKeys, Known, Negotiated, Suite};

use crate::AppResult;

/// Remembers on first use; a key that changed is not trusted. What is new waits to be stored with the next device.
#[derive(Default)]
pub(crate) struct Book(Mutex<Pages>);

#[derive(Default)]
struct Pages {
    hosts: HashMap<SocketAddr, Host>,
    /// Fingerprints.
    revoked: HashSet<String>,
    waiting: BTreeMap<u64, News>,
    next: u64,
}

#[derive(Default)]
struct Host {
    keys: Vec<HostKey>,
    crypto: Option<Negotiated>,
    best: Option<Suite>,
}

#[derive(Clone)]
enum News {
    Key(SocketAddr, HostKey),
    /// It was shown in place of this fingerprint.
    Changed(SocketAddr, HostKey, String),
    Revoked(SocketAddr, HostKey),
    Crypto(SocketAddr, Negotiated, Suite),
}

impl Book {
    /// From all that the store knows.
    pub async fn open(store: &Store) -> AppResult<Self> {
        let mut hosts: HashMap<SocketAddr, Host> = HashMap::new();
        for key in store.host_keys().await? {
            let host = hosts.entry(SocketAddr::new(key.address, key.port)).or_default();
            let store::HostKey { algorithm, fingerprint, public_key: openssh, .. } = key;
            host.keys.push(HostKey { algorithm, fingerprint, openssh });
        }
        for row in store.host_crypto().await? {
            let host = hosts.entry(SocketAddr::new(row.address, row.port)).or_default();
            // A word that this program does not know must not open the way to something weaker.
            host.best = Some(suite(&row.best).unwrap_or(Suite::Modern));
            let store::HostCrypto { kex, host_key, cipher, mac, .. } = row;
            host.crypto = suite(&row.suite).map(|suite| Negotiated { suite, kex, host_key, cipher, mac });
        }
        let revoked = store.revoked_host_keys().await?.into_iter().map(|k| k.fingerprint).collect();
        Ok(Self(Mutex::new(Pages { hosts, revoked, ..Pages::default() })))
    }

    /// Stores what waits. It waits on until [`Book::are_stored`] says that it is committed.
    pub async fn save_fresh(&self, tx: &mut Tx, now: Timestamp) -> AppResult<Vec<u64>> {
        let waiting: Vec<(u64, News)> = self.pages().waiting.iter().map(|(n, news)| (*n, news.clone())).collect();
        for (_, news) in &waiting {
            save(tx, news, now).await?;
        }
        Ok(waiting.into_iter().map(|(n, _)| n).collect())
    }

    /// These are in the store and need not wait any more.
    pub fn are_stored(&self, stored: &[u64]) {
        let mut pages = self.pages();
        for number in stored {
            pages.waiting.remove(number);
        }
    }

    /// At the end of a run: what no device took along, such as the keys of those that refused us.
    pub async fn save_left(&self, store: &Store, now: Timestamp) -> AppResult<()> {
        if self.pages().waiting.is_empty() {
            return Ok(());
        }
        let mut tx = store.begin().await?;
        let stored = self.save_fresh(&mut tx, now).await?;
        tx.commit().await?;
        self.are_stored(&stored);
        Ok(())
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pages {
    fn tell(&mut self, news: News) {
        self.waiting.insert(self.next, news);
        self.next += 1;
    }
}

impl HostKeys for Book {
    fn recall(&self, addr: SocketAddr) -> Known {
        let pages = self.pages();
        let Some(host) = pages.hosts.get(&addr) else { return Known::default() };
        Known { key_types: host.keys.iter().map(|k| k.algorithm.clone()).collect(), suite: host.best }
    }

    fn check(&self, addr: SocketAddr, key: &HostKey) -> HostKeyVerdict {
        let mut pages = self.pages();
        if pages.revoked.contains(&key.fingerprint) {
            pages.tell(News::Revoked(addr, key.clone()));
            return HostKeyVerdict::Revoked;
        }
        let known = &mut pages.hosts.entry(addr).or_default().keys;
        if known.iter().any(|k| k.fingerprint == key.fingerprint) {
            return HostKeyVerdict::Trusted;
        }
        // A host that was known by another kind of key and now shows only a new kind has changed as well.
        let same_kind = known.iter().find(|k| k.algorithm == key.algorithm).map(|k| k.fingerprint.clone());
        let other_kind = known.first().map(|k| format!("{} {}", k.algorithm, k.fingerprint));
        if let Some(known) = same_kind.or(other_kind) {
            pages.tell(News::Changed(addr, key.clone(), known.clone()));
            return HostKeyVerdict::Changed { known };
        }
        known.push(key.clone());
        pages.tell(News::Key(addr, key.clone()));
        HostKeyVerdict::New
    }

    fn agreed(&self, addr: SocketAddr, negotiated: &Negotiated) {
        let mut pages = self.pages();
        let host = pages.hosts.entry(addr).or_default();
        let best = host.best.max(Some(negotiated.suite)).unwrap_or(negotiated.suite);
        if host.crypto.as_ref() == Some(negotiated) && host.best == Some(best) {
            return;
        }
        (host.crypto, host.best) = (Some(negotiated.clone()), Some(best));
        pages.tell(News::Crypto(addr, negotiated.clone(), best));
    }
}

async fn save(tx: &mut Tx, news: &News, now: Timestamp) -> AppResult<()> {
    match news {
        News::Key(addr, key) => drop(tx.remember_host_key(&stored(*addr, key, KeyOrigin::FirstUse, now)).await?),
        News::Changed(addr, key, known) => {
            tx.offer_host_key(&stored(*addr, key, KeyOrigin::FirstUse, now)).await?;
            let detail = serde_json::json!({ "known": known, "shown": key.fingerprint });
            alarm(tx, "hostkey.changed", *addr, &detail, now).await?;
        }
        News::Revoked(addr, key) => {
            let detail = serde_json::json!({ "shown": key.fingerprint });
            alarm(tx, "hostkey.revoked_shown", *addr, &detail, now).await?;
        }
        News::Crypto(addr, n, best) => {
            let host = store::HostCrypto {
                address: addr.ip(),
                port: addr.port(),
                suite: n.suite.as_str().to_owned(),
                best: best.as_str().to_owned(),
                kex: n.kex.clone(),
                host_key: n.host_key.clone(),
                cipher: n.cipher.clone(),
                mac: n.mac.clone(),
                since: now,
            };
            tx.save_host_crypto(&host).await?;
        }
    }
    Ok(())
}

/// Who did it is not known: the host did.
async fn alarm(
    tx: &mut Tx,
    action: &str,
    addr: SocketAddr,
    detail: &serde_json::Value,
    now: Timestamp,
) -> AppResult<()> {
    let object = format!("host key {addr}");
    tx.audit(&NewAudit { actor: "velocity", action, object: &object, detail }, now).await?;
    Ok(())
}

pub(crate) fn stored(addr: SocketAddr, key: &HostKey, origin: KeyOrigin, now: Timestamp) -> store::HostKey {
    store::HostKey {
        address: addr.ip(),
        port: addr.port(),
        algorithm: key.algorithm.clone(),
        fingerprint: key.fingerprint.clone(),
        public_key: key.openssh.clone(),
        origin,
        first_seen: now,
        last_seen: now,
    }
}

fn suite(word: &str) -> Option<Suite> {
    [Suite::Telnet, Suite::Legacy, Suite::Modern].into_iter().find(|suite| suite.as_str() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addr() -> SocketAddr {
        "10.0.0.1:22".parse().expect("an address")
    }

    fn key(shown: &str) -> HostKey {
        let (algorithm, fingerprint) = shown.split_once(' ').expect("two words");
        HostKey { algorithm: algorithm.into(), fingerprint: fingerprint.into(), openssh: String::new() }
    }

    fn check(book: &Book, shown: &str, verdict: &str) {
        let said = match book.check(addr(), &key(shown)) {
            HostKeyVerdict::New => "new".to_owned(),
            HostKeyVerdict::Trusted => "trusted".to_owned(),
            HostKeyVerdict::Revoked => "revoked".to_owned(),
            HostKeyVerdict::Changed { known } => known,
        };
        assert_eq!(said, verdict, "{shown}");
    }

    #[test]
    fn a_key_is_told_by_its_fingerprint() {
        let book = Book::default();
        check(&book, "ssh-rsa A", "new");
        check(&book, "ssh-rsa A", "trusted");
        check(&book, "ssh-rsa B", "A");
        check(&book, "ssh-ed25519 C", "ssh-rsa A");
        check(&book, "ssh-rsa A", "trusted");
    }

    #[test]
    fn a_revoked_key_is_nobodys() {
        let book = Book::default();
        book.pages().revoked.insert("A".to_owned());
        check(&book, "ssh-rsa A", "revoked");
        check(&book, "ssh-rsa B", "new");
    }

    #[test]
    fn the_best_suite_is_never_forgotten() {
        let book = Book::default();
        let agree = |suite| {
            let word = String::new;
            book.agreed(addr(), &Negotiated { suite, kex: word(), host_key: word(), cipher: word(), mac: word() });
            book.recall(addr()).suite
        };
        assert_eq!(agree(Suite::Legacy), Some(Suite::Legacy));
        assert_eq!(agree(Suite::Modern), Some(Suite::Modern));
        assert_eq!(agree(Suite::Legacy), Some(Suite::Modern));
        let waiting = book.pages().waiting.len();
        agree(Suite::Legacy);
        assert_eq!(book.pages().waiting.len(), waiting, "what is known is not stored again");
    }
}
