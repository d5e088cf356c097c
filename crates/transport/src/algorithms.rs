//! What is offered in the key exchange: the modern lists, and the old ones for hosts that know nothing else.
//!
//! Ordered by what it costs the client: `curve25519` 0.3 ms, classic Diffie-Hellman 7 to 56 ms. The legacy lists are
//! the modern ones with the old algorithms behind them, so that a host of which both sides know something better
//! gets that.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use russh::keys::{Algorithm, EcdsaCurve, HashAlg};
use russh::{Preferred, SshId, cipher, client, compression, kex, mac};

use crate::host_keys::{Known, Negotiated, Suite};

const KEX: &[kex::Name] = &[
    kex::CURVE25519,
    kex::CURVE25519_PRE_RFC_8731,
    kex::ECDH_SHA2_NISTP256,
    kex::ECDH_SHA2_NISTP384,
    kex::ECDH_SHA2_NISTP521,
    kex::MLKEM768X25519_SHA256,
    kex::DH_G14_SHA256,
    kex::DH_GEX_SHA256,
    kex::DH_G16_SHA512,
];

const OLD_KEX: &[kex::Name] = &[kex::DH_G14_SHA1, kex::DH_GEX_SHA1, kex::DH_G1_SHA1];

/// No algorithms, but what both sides can do beside them.
const EXTENSIONS: &[kex::Name] = &[kex::EXTENSION_SUPPORT_AS_CLIENT, kex::EXTENSION_OPENSSH_STRICT_KEX_AS_CLIENT];

const KEYS: &[Algorithm] = &[
    Algorithm::Ed25519,
    Algorithm::Ecdsa { curve: EcdsaCurve::NistP256 },
    Algorithm::Ecdsa { curve: EcdsaCurve::NistP384 },
    Algorithm::Ecdsa { curve: EcdsaCurve::NistP521 },
    Algorithm::Rsa { hash: Some(HashAlg::Sha512) },
    Algorithm::Rsa { hash: Some(HashAlg::Sha256) },
];

const OLD_KEYS: &[Algorithm] = &[Algorithm::Rsa { hash: None }, Algorithm::Dsa];

const CIPHERS: &[cipher::Name] = &[
    cipher::AES_128_GCM,
    cipher::AES_256_GCM,
    cipher::CHACHA20_POLY1305,
    cipher::AES_256_CTR,
    cipher::AES_192_CTR,
    cipher::AES_128_CTR,
];

const OLD_CIPHERS: &[cipher::Name] =
    &[cipher::AES_256_CBC, cipher::AES_192_CBC, cipher::AES_128_CBC, cipher::TRIPLE_DES_CBC];

/// Ciphers that prove what they carry themselves.
const WITHOUT_MAC: &[cipher::Name] = &[cipher::AES_128_GCM, cipher::AES_256_GCM, cipher::CHACHA20_POLY1305];

const MACS: &[mac::Name] = &[mac::HMAC_SHA256_ETM, mac::HMAC_SHA512_ETM, mac::HMAC_SHA256, mac::HMAC_SHA512];

const OLD_MACS: &[mac::Name] = &[mac::HMAC_SHA1_ETM, mac::HMAC_SHA1];

/// What a user asked for, by the names of OpenSSH; `None` leaves the list as it is. A list can narrow and reorder,
/// it never brings in what the suite does not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    pub kex: Option<Vec<String>>,
    pub host_keys: Option<Vec<String>>,
    pub ciphers: Option<Vec<String>>,
    pub macs: Option<Vec<String>>,
}

/// The configuration for one connection.
pub(crate) fn config(suite: Suite, known: &Known, wishes: Option<&Wishes>) -> Arc<client::Config> {
    static MODERN: LazyLock<Arc<client::Config>> =
        LazyLock::new(|| Arc::new(with(preferred(Suite::Modern, &Known::default(), None))));
    let first = KEYS[0].as_str();
    let is_usual = wishes.is_none() && known.key_types.iter().all(|t| t == first);
    if suite == Suite::Modern && is_usual { MODERN.clone() } else { Arc::new(with(preferred(suite, known, wishes))) }
}

fn with(preferred: Preferred) -> client::Config {
    client::Config {
        client_id: SshId::Standard("SSH-2.0-velocity".into()),
        preferred,
        window_size: 1 << 20,
        nodelay: true,
        gex: client::GexParams::new(2048, 2048, 4096).unwrap_or_default(),
        ..client::Config::default()
    }
}

fn preferred(suite: Suite, known: &Known, wishes: Option<&Wishes>) -> Preferred {
    let both = suite == Suite::Legacy;
    let wish = |list: fn(&Wishes) -> &Option<Vec<String>>| wishes.and_then(|w| list(w).as_deref());
    let mut kex = narrowed(joined(KEX, OLD_KEX, both), wish(|w| &w.kex), AsRef::<str>::as_ref);
    kex.extend_from_slice(EXTENSIONS);
    let mut key = narrowed(joined(KEYS, OLD_KEYS, both), wish(|w| &w.host_keys), Algorithm::as_str);
    // The kind of key that is known first: a host that has got a second one has not changed.
    key.sort_by_key(|algorithm| !known.key_types.contains(&key_type(algorithm)));
    Preferred {
        kex: Cow::Owned(kex),
        key: Cow::Owned(key),
        host_key_certificates: Cow::Borrowed(&[]),
        cipher: Cow::Owned(narrowed(joined(CIPHERS, OLD_CIPHERS, both), wish(|w| &w.ciphers), AsRef::<str>::as_ref)),
        mac: Cow::Owned(narrowed(joined(MACS, OLD_MACS, both), wish(|w| &w.macs), AsRef::<str>::as_ref)),
        compression: Cow::Borrowed(&[compression::NONE]),
    }
}

fn joined<T: Clone>(modern: &[T], old: &[T], both: bool) -> Vec<T> {
    let old = if both { old } else { &[] };
    [modern, old].concat()
}

/// In the order of the wish. A wish that leaves nothing is as good as none.
fn narrowed<T: Clone>(list: Vec<T>, wish: Option<&[String]>, name: impl Fn(&T) -> &str) -> Vec<T> {
    let wished = wish.into_iter().flatten().filter_map(|w| list.iter().find(|item| name(item) == w.as_str()));
    let wished: Vec<T> = wished.cloned().collect();
    if wished.is_empty() { list } else { wished }
}

/// As it stands in a `known_hosts` file: an RSA key has one, whatever it signs with.
pub(crate) fn key_type(algorithm: &Algorithm) -> String {
    match algorithm {
        Algorithm::Rsa { .. } => "ssh-rsa".to_owned(),
        other => other.to_string(),
    }
}

/// What both sides agreed on.
pub(crate) fn negotiated(names: &russh::Names) -> Negotiated {
    let has_mac = !WITHOUT_MAC.contains(&names.cipher);
    let is_modern = KEX.contains(&names.kex)
        && KEYS.contains(&names.key)
        && CIPHERS.contains(&names.cipher)
        && (!has_mac || (MACS.contains(&names.client_mac) && MACS.contains(&names.server_mac)));
    Negotiated {
        suite: if is_modern { Suite::Modern } else { Suite::Legacy },
        kex: names.kex.as_ref().to_owned(),
        host_key: names.key.to_string(),
        cipher: names.cipher.as_ref().to_owned(),
        mac: if has_mac { names.client_mac.as_ref().to_owned() } else { String::new() },
    }
}
