//! `report crypto`: how each host is spoken to, its key, and what is wrong with it.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use futures::try_join;
use model::{Device, KeyOrigin, Timestamp};
use serde::Serialize;
use store::{DeviceFilter, HostCrypto, HostKey};
use transport::key_bits;

use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// The shortest RSA and DSA key that nobody need worry about.
const BITS: u32 = 2048;
const DAY_MS: i64 = 86_400_000;

/// One host: a device, a jump host, or what once answered at the address.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CryptoView {
    /// The device at this address, when one is known.
    pub device: Option<String>,
    pub site: Option<String>,
    pub address: String,
    /// `modern`, `legacy` or `telnet`, the last time; unknown when only a key was imported.
    pub suite: Option<String>,
    /// The best that it ever spoke: it is not spoken to by worse.
    pub best: Option<String>,
    pub kex: Option<String>,
    /// What it signed with.
    pub host_key: Option<String>,
    pub cipher: Option<String>,
    /// Absent when the cipher needs none.
    pub mac: Option<String>,
    pub key_type: Option<String>,
    pub key_bits: Option<u32>,
    pub fingerprint: Option<String>,
    pub key_origin: Option<KeyOrigin>,
    pub key_since: Option<Timestamp>,
    pub key_age_days: Option<i64>,
    /// Other hosts with this very key.
    pub same_key_as: Vec<String>,
    /// What somebody should do something about, in words.
    pub findings: Vec<String>,
}

impl App {
    /// Every host that is known, what needs attention first.
    pub async fn crypto_report(&self, actor: &Actor) -> AppResult<Vec<CryptoView>> {
        actor.must(Role::Viewer, "see host keys")?;
        let mut devices = Devices::new();
        for device in self.store.devices(&DeviceFilter::default()).await? {
            devices.insert(SocketAddr::new(device.address, device.port), (device.slug, device.site));
        }
        let mut hosts = Hosts::new();
        for key in self.store.host_keys().await? {
            hosts.entry(SocketAddr::new(key.address, key.port)).or_default().0.push(key);
        }
        for crypto in self.store.host_crypto().await? {
            let addr = SocketAddr::new(crypto.address, crypto.port);
            hosts.entry(addr).or_default().1 = Some(crypto);
        }
        let offers = self.store.offered_host_keys().await?;
        let holders = holders(&hosts, &devices);
        let now = self.clock.now();
        let view = |(addr, (keys, crypto)): (SocketAddr, (Vec<HostKey>, Option<HostCrypto>))| {
            let mut view = view(addr, &keys, crypto.as_ref(), now);
            if let Some((slug, site)) = devices.get(&addr) {
                (view.device, view.site) = (Some(slug.clone()), site.clone());
            }
            let own = label(addr, &devices);
            let others = view.fingerprint.as_ref().and_then(|f| holders.get(f));
            view.same_key_as = others.into_iter().flatten().filter(|other| **other != own).cloned().collect();
            let is_changed = offers.iter().any(|o| SocketAddr::new(o.address, o.port) == addr);
            view.findings = findings(&view, is_changed);
            view
        };
        let mut views: Vec<CryptoView> = hosts.into_iter().map(view).collect();
        views.sort_by_key(|v| std::cmp::Reverse(v.findings.len()));
        Ok(views)
    }

    /// The same for one device, as `devices show` has it: nothing is read of the others but who shows the same key.
    pub(crate) async fn crypto_of(
        &self,
        device: &Device,
        keys: &[HostKey],
        crypto: Option<&HostCrypto>,
    ) -> AppResult<Option<CryptoView>> {
        let addr = SocketAddr::new(device.address, device.port);
        if keys.is_empty() && crypto.is_none() {
            return Ok(None);
        }
        let mut view = view(addr, keys, crypto, self.clock.now());
        (view.device, view.site) = (Some(device.slug.clone()), device.site.clone());
        let fingerprint = view.fingerprint.as_deref();
        let holders = async {
            match fingerprint {
                Some(fingerprint) => self.store.holders_of_key(fingerprint, addr).await,
                None => Ok(Vec::new()),
            }
        };
        let (holders, offers) = try_join!(holders, self.store.offered_host_keys())?;
        view.same_key_as = holders.into_iter().map(|(other, slug)| slug.unwrap_or_else(|| other.to_string())).collect();
        let is_changed = offers.iter().any(|o| SocketAddr::new(o.address, o.port) == addr);
        view.findings = findings(&view, is_changed);
        Ok(Some(view))
    }
}

type Devices = BTreeMap<SocketAddr, (String, Option<String>)>;
type Hosts = BTreeMap<SocketAddr, (Vec<HostKey>, Option<HostCrypto>)>;

fn label(addr: SocketAddr, devices: &Devices) -> String {
    devices.get(&addr).map_or_else(|| addr.to_string(), |(slug, _)| slug.clone())
}

/// Who shows which fingerprint.
fn holders(hosts: &Hosts, devices: &Devices) -> BTreeMap<String, Vec<String>> {
    let mut holders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (addr, (keys, _)) in hosts {
        for key in keys {
            holders.entry(key.fingerprint.clone()).or_default().push(label(*addr, devices));
        }
    }
    holders
}

fn view(addr: SocketAddr, keys: &[HostKey], crypto: Option<&HostCrypto>, now: Timestamp) -> CryptoView {
    let word = |field: fn(&HostCrypto) -> &String| crypto.map(field).filter(|w| !w.is_empty()).cloned();
    let signed = word(|c| &c.host_key);
    // The one that it signed with, where it has several.
    let is_rsa = |word: &str| word == "ssh-rsa" || word.starts_with("rsa-sha2-");
    let fits = |key: &&HostKey| {
        signed.as_ref().is_some_and(|s| *s == key.algorithm || (is_rsa(s) && key.algorithm == "ssh-rsa"))
    };
    let key = keys.iter().find(fits).or(keys.first());
    CryptoView {
        device: None,
        site: None,
        address: addr.to_string(),
        suite: word(|c| &c.suite),
        best: word(|c| &c.best),
        kex: word(|c| &c.kex),
        cipher: word(|c| &c.cipher),
        mac: word(|c| &c.mac),
        key_type: key.map(|k| k.algorithm.clone()),
        key_bits: key.and_then(|k| key_bits(&k.public_key)),
        fingerprint: key.map(|k| k.fingerprint.clone()),
        key_origin: key.map(|k| k.origin),
        key_since: key.map(|k| k.first_seen),
        key_age_days: key.map(|k| now.ms_since(k.first_seen) / DAY_MS),
        host_key: signed,
        same_key_as: Vec::new(),
        findings: Vec::new(),
    }
}

fn findings(view: &CryptoView, is_changed: bool) -> Vec<String> {
    let mut findings = Vec::new();
    if is_changed {
        findings.push("shows another key than the known one".to_owned());
    }
    match view.suite.as_deref() {
        Some("telnet") => findings.push("telnet: everything in the clear".to_owned()),
        Some("legacy") => findings.push("old algorithms".to_owned()),
        _ => {}
    }
    let is_short = matches!(view.key_type.as_deref(), Some("ssh-rsa")) && view.key_bits.is_some_and(|b| b < BITS);
    if is_short {
        findings.push(format!("RSA key of {} bits", view.key_bits.unwrap_or_default()));
    }
    if view.key_type.as_deref() == Some("ssh-dss") {
        findings.push("DSA key".to_owned());
    }
    if !view.same_key_as.is_empty() {
        findings.push(format!("same key as {}", view.same_key_as.join(", ")));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(algorithm: &str, fingerprint: &str) -> HostKey {
        HostKey {
            address: "10.0.0.1".parse().expect("an address"),
            port: 22,
            algorithm: algorithm.to_owned(),
            fingerprint: fingerprint.to_owned(),
            public_key: String::new(),
            origin: KeyOrigin::FirstUse,
            first_seen: Timestamp(0),
            last_seen: Timestamp(0),
        }
    }

    fn crypto(suite: &str, host_key: &str) -> HostCrypto {
        let word = str::to_owned;
        HostCrypto {
            address: "10.0.0.1".parse().expect("an address"),
            port: 22,
            suite: word(suite),
            best: word(suite),
            kex: word("k"),
            host_key: word(host_key),
            cipher: word("c"),
            mac: String::new(),
            since: Timestamp(0),
        }
    }

    fn check(suite: &str, signed: &str, bits: Option<u32>, same: &[&str], is_changed: bool, expected: &[&str]) {
        let addr = "10.0.0.1:22".parse().expect("an address");
        let keys = vec![key("ssh-ed25519", "E"), key("ssh-rsa", "R"), key("ssh-dss", "D")];
        let mut view = view(addr, &keys, Some(&crypto(suite, signed)), Timestamp(3 * DAY_MS));
        assert_eq!(view.key_age_days, Some(3));
        view.key_bits = bits;
        view.same_key_as = same.iter().map(|s| (*s).to_owned()).collect();
        assert_eq!(findings(&view, is_changed), expected, "{view:?}");
    }

    #[test]
    fn what_somebody_should_look_at() {
        check("modern", "ssh-ed25519", Some(256), &[], false, &[]);
        check("modern", "rsa-sha2-512", Some(3072), &[], false, &[]);
        check("modern", "rsa-sha2-512", Some(1024), &[], false, &["RSA key of 1024 bits"]);
        check("legacy", "ssh-dss", Some(1024), &[], false, &["old algorithms", "DSA key"]);
        check("telnet", "", None, &[], false, &["telnet: everything in the clear"]);
        check("modern", "ssh-ed25519", Some(256), &["b"], false, &["same key as b"]);
        check("modern", "ssh-ed25519", Some(256), &[], true, &["shows another key than the known one"]);
    }
}
