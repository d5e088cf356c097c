//! The verbs of host keys: see, forget, accept, and `known_hosts` files in and out.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

use model::{Device, KeyOrigin, Timestamp};
use serde::Serialize;
use store::{DeviceFilter, NewAudit, Remembered, RevokedKey};
use transport::{KnownHost, Standing, known_hosts_name, parse_known_hosts};

use crate::actor::Role;
use crate::book::stored;
use crate::{Actor, App, AppError, AppResult};

/// A remembered host key.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct HostKeyView {
    #[schema(value_type = String)]
    pub address: IpAddr,
    pub port: u16,
    pub algorithm: String,
    pub fingerprint: String,
    pub origin: KeyOrigin,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// What the host showed since in its place, the last one first; it is not let in.
    pub offered: Vec<Offered>,
}

/// A key that waits for a person.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Offered {
    pub algorithm: String,
    pub fingerprint: String,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
}

/// One key for another.
#[derive(Debug, Clone, Serialize)]
pub struct Accepted {
    pub address: IpAddr,
    pub port: u16,
    /// Fingerprints that were known until then.
    pub before: Vec<String>,
    pub now: String,
    pub dry_run: bool,
}

/// What became of a `known_hosts` file.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Imported {
    pub added: u64,
    /// They were known.
    pub known: u64,
    pub revoked: u64,
    /// A different key is pinned, and stays: address and line.
    pub differing: Vec<String>,
    /// Lines that led to nothing, and why.
    pub skipped: Vec<String>,
    pub dry_run: bool,
}

impl App {
    pub async fn host_keys(&self, actor: &Actor) -> AppResult<Vec<HostKeyView>> {
        actor.must(Role::Viewer, "see host keys")?;
        let mut offers: BTreeMap<SocketAddr, Vec<Offered>> = BTreeMap::new();
        for key in self.store.offered_host_keys().await? {
            let store::HostKey { algorithm, fingerprint, first_seen, last_seen, .. } = key;
            let offered = Offered { algorithm, fingerprint, first_seen, last_seen };
            offers.entry(SocketAddr::new(key.address, key.port)).or_default().push(offered);
        }
        let view = |k: store::HostKey| HostKeyView {
            address: k.address,
            port: k.port,
            offered: offers.get(&SocketAddr::new(k.address, k.port)).cloned().unwrap_or_default(),
            algorithm: k.algorithm,
            fingerprint: k.fingerprint,
            origin: k.origin,
            first_seen: k.first_seen,
            last_seen: k.last_seen,
        };
        Ok(self.store.host_keys().await?.into_iter().map(view).collect())
    }

    /// Forgets the keys of an address, so that the next log-in remembers a new one, and that it once was modern. Gives
    /// the fingerprints.
    pub async fn forget_host_key(&self, actor: &Actor, address: IpAddr, port: u16, dry_run: bool) -> AppResult<String> {
        actor.must(Role::Admin, "forget host keys")?;
        let known = self.fingerprints(address, port).await?;
        if known.is_empty() {
            return Err(AppError::Invalid(format!("no host key is known of {address}:{port}")));
        }
        if !dry_run {
            let now = self.clock.now();
            let mut tx = self.store.begin().await?;
            tx.forget_host_keys(address, Some(port)).await?;
            let detail = serde_json::json!({ "fingerprint": known });
            let object = format!("host key {address}:{port}");
            tx.audit(&NewAudit { actor: &actor.name, action: "hostkey.forget", object: &object, detail: &detail }, now)
                .await?;
            tx.commit().await?;
        }
        Ok(known.join(", "))
    }

    /// Trusts the key that a host showed in place of the known one. `fingerprint`: which, when it showed several.
    pub async fn accept_host_key(
        &self,
        actor: &Actor,
        address: IpAddr,
        port: u16,
        fingerprint: Option<&str>,
        dry_run: bool,
    ) -> AppResult<Accepted> {
        actor.must(Role::Admin, "accept host keys")?;
        let offers = self.store.offered_host_keys().await?.into_iter();
        let mut offers = offers.filter(|k| k.address == address && k.port == port);
        let wanted = |k: &store::HostKey| fingerprint.is_none_or(|f| f == k.fingerprint);
        let offers: Vec<store::HostKey> = offers.by_ref().filter(wanted).collect();
        let key = match offers.as_slice() {
            [key] => key,
            [] => {
                let text = format!("{address}:{port} has shown no other key; `velocity hostkeys list` shows them");
                return Err(AppError::Invalid(text));
            }
            [_, _, ..] => {
                let shown: Vec<&str> = offers.iter().map(|k| k.fingerprint.as_str()).collect();
                let shown = shown.join(", ");
                return Err(AppError::Usage(format!("which one? give it with --fingerprint: {shown}")));
            }
        };
        let before = self.fingerprints(address, port).await?;
        if !dry_run {
            let now = self.clock.now();
            let mut tx = self.store.begin().await?;
            let accepted =
                store::HostKey { origin: KeyOrigin::Accepted, first_seen: now, last_seen: now, ..key.clone() };
            tx.replace_host_key(&accepted).await?;
            let detail = serde_json::json!({ "before": before, "now": key.fingerprint });
            let object = format!("host key {address}:{port}");
            tx.audit(&NewAudit { actor: &actor.name, action: "hostkey.accept", object: &object, detail: &detail }, now)
                .await?;
            tx.commit().await?;
        }
        Ok(Accepted { address, port, before, now: key.fingerprint.clone(), dry_run })
    }

    async fn fingerprints(&self, address: IpAddr, port: u16) -> AppResult<Vec<String>> {
        let keys = self.store.host_keys().await?.into_iter();
        Ok(keys.filter(|k| k.address == address && k.port == port).map(|k| k.fingerprint).collect())
    }

    /// Pins the keys of a `known_hosts` file. A name or a hash is for the device that has the name or the address.
    pub async fn import_known_hosts(&self, actor: &Actor, text: &str, dry_run: bool) -> AppResult<Imported> {
        actor.must(Role::Admin, "import host keys")?;
        let devices = self.store.devices(&DeviceFilter::default()).await?;
        let (lines, unread) = parse_known_hosts(text);
        let mut imported = Imported { dry_run, ..Imported::default() };
        imported.skipped.extend(unread.iter().map(|(line, why)| format!("line {line}: {why}")));
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        for line in &lines {
            match line.standing {
                Standing::Revoked => {
                    let key = RevokedKey {
                        fingerprint: line.key.fingerprint.clone(),
                        algorithm: line.key.algorithm.clone(),
                        public_key: line.key.openssh.clone(),
                        revoked_at: now,
                    };
                    imported.revoked += u64::from(tx.revoke_host_key(&key).await?);
                }
                Standing::Authority => imported.skip(line, "keys of authorities are not used"),
                Standing::Host => {
                    let addresses = addresses(line, &devices);
                    if addresses.is_empty() {
                        let hashed = "the hash of no address or name of a device";
                        imported
                            .skip(line, if line.is_hashed() { hashed } else { "no address and no name of a device" });
                    }
                    for addr in addresses {
                        let key = stored(addr, &line.key, KeyOrigin::Imported, now);
                        match tx.remember_host_key(&key).await? {
                            Remembered::New => imported.added += 1,
                            Remembered::Same => imported.known += 1,
                            Remembered::Differs(_) => imported.differing.push(format!("{addr} (line {})", line.line)),
                        }
                    }
                }
            }
        }
        if !dry_run {
            let detail = serde_json::to_value(&imported)?;
            let entry = NewAudit { actor: &actor.name, action: "hostkey.import", object: "host keys", detail: &detail };
            tx.audit(&entry, now).await?;
            tx.commit().await?;
        }
        Ok(imported)
    }

    /// All keys as a `known_hosts` file. `salt`: makes one for each line, to hash its address.
    pub async fn export_known_hosts(
        &self,
        actor: &Actor,
        mut salt: Option<impl FnMut() -> [u8; 20]>,
    ) -> AppResult<String> {
        actor.must(Role::Viewer, "see host keys")?;
        let mut text = String::new();
        for key in self.store.revoked_host_keys().await? {
            text.push_str(&format!("@revoked * {}\n", key.public_key));
        }
        for key in self.store.host_keys().await? {
            let name = known_hosts_name(&key.address.to_string(), key.port, salt.as_mut().map(|salt| salt()));
            text.push_str(&format!("{name} {}\n", key.public_key));
        }
        Ok(text)
    }
}

impl Imported {
    fn skip(&mut self, line: &KnownHost, why: &str) {
        let names: Vec<String> = line.names().into_iter().map(|(name, _)| name).collect();
        let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(",")) };
        self.skipped.push(format!("line {}{names}: {why}", line.line));
    }
}

/// Where the host of a line is: the addresses that it names, and those of devices that it names.
fn addresses(line: &KnownHost, devices: &[Device]) -> BTreeSet<SocketAddr> {
    let mut found = BTreeSet::new();
    for (name, port) in line.names() {
        match name.parse::<IpAddr>() {
            Ok(ip) => drop(found.insert(SocketAddr::new(ip, port))),
            Err(_) => {
                let named = |d: &&Device| d.name.eq_ignore_ascii_case(&name) || d.slug.eq_ignore_ascii_case(&name);
                found.extend(devices.iter().filter(named).map(|d| SocketAddr::new(d.address, port)));
            }
        }
    }
    if line.is_hashed() {
        for device in devices {
            let names = [device.address.to_string(), device.name.clone(), device.slug.clone()];
            for port in BTreeSet::from([22, device.port]) {
                if names.iter().any(|name| line.is_hash_of(name, port)) {
                    found.insert(SocketAddr::new(device.address, port));
                }
            }
        }
    }
    found
}
