//! `known_hosts` files of OpenSSH, line by line.

use hmac::{Hmac, KeyInit, Mac};
use russh::keys::PublicKey;
use russh::keys::ssh_key::known_hosts::{Entry, HostPatterns, Marker};
use russh::keys::ssh_key::public::KeyData;
use sha1::Sha1;

use crate::host_keys::HostKey;

/// A line that holds a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownHost {
    /// In the file, from 1.
    pub line: usize,
    pub standing: Standing,
    names: HostPatterns,
    pub key: HostKey,
}

/// What a line says of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the key of the host.
    Host,
    /// It signs the keys of hosts.
    Authority,
    Revoked,
}

impl KnownHost {
    /// Names and addresses in clear, with their port; none when they are hashed. Patterns are names as well.
    pub fn names(&self) -> Vec<(String, u16)> {
        match &self.names {
            HostPatterns::Patterns(patterns) => patterns.iter().map(|p| split(p)).collect(),
            HostPatterns::HashedName { .. } => Vec::new(),
        }
    }

    pub fn is_hashed(&self) -> bool {
        matches!(self.names, HostPatterns::HashedName { .. })
    }

    /// Whether a hashed line is for this name or address.
    pub fn is_hash_of(&self, host: &str, port: u16) -> bool {
        let HostPatterns::HashedName { salt, hash } = &self.names else { return false };
        hashed(salt, &joined(host, port)).is_some_and(|h| h == *hash)
    }
}

/// Lines that hold a key, and those that could not be read: their number and why.
pub fn parse_known_hosts(text: &str) -> (Vec<KnownHost>, Vec<(usize, String)>) {
    let (mut known, mut unread) = (Vec::new(), Vec::new());
    for (line, text) in (1..).zip(text.lines().map(str::trim)) {
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        match text.parse::<Entry>() {
            Ok(entry) => known.push(KnownHost {
                line,
                standing: match entry.marker() {
                    None => Standing::Host,
                    Some(Marker::CertAuthority) => Standing::Authority,
                    Some(Marker::Revoked) => Standing::Revoked,
                },
                names: entry.host_patterns().clone(),
                key: HostKey::of(entry.public_key()),
            }),
            Err(e) => unread.push((line, e.to_string())),
        }
    }
    (known, unread)
}

/// The name column of a line: the host, hashed when there is a salt.
pub fn known_hosts_name(host: &str, port: u16, salt: Option<[u8; 20]>) -> String {
    let name = joined(host, port);
    match salt.and_then(|salt| Some((salt, hashed(&salt, &name)?))) {
        Some((salt, hash)) => HostPatterns::HashedName { salt: salt.to_vec(), hash }.to_string(),
        None => name,
    }
}

fn hashed(salt: &[u8], name: &str) -> Option<[u8; 20]> {
    let mac = Hmac::<Sha1>::new_from_slice(salt).ok()?;
    Some(mac.chain_update(name.as_bytes()).finalize().into_bytes().into())
}

/// `host`, or `[host]:port` where it is not the usual one.
fn joined(host: &str, port: u16) -> String {
    if port == 22 { host.to_owned() } else { format!("[{host}]:{port}") }
}

fn split(name: &str) -> (String, u16) {
    let parts = name.strip_prefix('[').and_then(|rest| rest.split_once("]:"));
    let port = parts.and_then(|(host, port)| Some((host.to_owned(), port.parse().ok()?)));
    port.unwrap_or_else(|| (name.to_owned(), 22))
}

/// Bits of a key in `authorized_keys` form, where its size says how strong it is.
pub fn key_bits(openssh: &str) -> Option<u32> {
    let key = PublicKey::from_openssh(openssh).ok()?;
    let bits = |bytes: &[u8]| {
        let first = bytes.iter().position(|b| *b != 0)?;
        let bits = (bytes.len() - first) * 8 - bytes[first].leading_zeros() as usize;
        u32::try_from(bits).ok()
    };
    match key.key_data() {
        KeyData::Rsa(key) => bits(key.n().as_bytes()),
        KeyData::Dsa(key) => bits(key.p().as_bytes()),
        KeyData::Ecdsa(key) => match key.curve() {
            russh::keys::EcdsaCurve::NistP256 => Some(256),
            russh::keys::EcdsaCurve::NistP384 => Some(384),
            russh::keys::EcdsaCurve::NistP521 => Some(521),
        },
        KeyData::Ed25519(_) => Some(256),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use russh::keys::{Algorithm, PrivateKey};

    use super::*;

    fn key() -> String {
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(7);
        PrivateKey::random(&mut random, Algorithm::Ed25519).expect("a key").public_key().to_openssh().expect("a line")
    }

    fn check(line: &str, names: &[(&str, u16)], standing: Standing) {
        let (known, unread) = parse_known_hosts(&format!("# a comment\n\n{line} {} staff@here\n", key()));
        assert_eq!(unread, []);
        let got: Vec<(String, u16)> = known[0].names();
        let got: Vec<(&str, u16)> = got.iter().map(|(n, p)| (n.as_str(), *p)).collect();
        assert_eq!((got.as_slice(), known[0].standing, known[0].line), (names, standing, 3));
        assert_eq!(key_bits(&known[0].key.openssh), Some(256));
    }

    #[test]
    fn names_ports_and_markers() {
        check("core1,10.0.0.1", &[("core1", 22), ("10.0.0.1", 22)], Standing::Host);
        check("[10.0.0.1]:2222", &[("10.0.0.1", 2222)], Standing::Host);
        check("@revoked *", &[("*", 22)], Standing::Revoked);
        check("@cert-authority *.example.net", &[("*.example.net", 22)], Standing::Authority);
    }

    #[test]
    fn a_hashed_name_is_known_by_trying() {
        for port in [22, 2222] {
            let name = known_hosts_name("10.0.0.1", port, Some([5; 20]));
            assert!(name.starts_with("|1|") && !name.contains("10.0.0.1"), "{name}");
            let (known, _) = parse_known_hosts(&format!("{name} {}", key()));
            assert!(known[0].is_hashed() && known[0].names().is_empty());
            assert!(known[0].is_hash_of("10.0.0.1", port));
            assert!(!known[0].is_hash_of("10.0.0.1", port + 1) && !known[0].is_hash_of("10.0.0.2", port));
        }
    }

    #[test]
    fn what_is_no_key_is_told_with_its_line() {
        let (known, unread) = parse_known_hosts("core1 ssh-ed25519 nonsense\n10.0.0.1\n");
        assert!(known.is_empty());
        assert_eq!(unread.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2]);
    }
}
