//! Host keys and the algorithms that the lab offers.
//!
//! Each device has its own ed25519 key, a function of the lab's seed and the device, so that a
//! lab that is started again is the same network to whoever remembered its keys. Only cheap key
//! exchanges are offered first: the lab shares its cores with whatever is being measured.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use russh::keys::PrivateKey;
use russh::keys::ssh_key::private::Ed25519Keypair;
use russh::{MethodKind, MethodSet, Preferred, SshId, cipher, compression, kex, mac, server};

use crate::world::{Overrides, Platform};

const KEX: &[kex::Name] = &[
    kex::CURVE25519,
    kex::CURVE25519_PRE_RFC_8731,
    kex::ECDH_SHA2_NISTP256,
    kex::DH_G14_SHA256,
    kex::EXTENSION_SUPPORT_AS_SERVER,
    kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER,
];
const CIPHERS: &[cipher::Name] =
    &[cipher::AES_128_GCM, cipher::AES_256_GCM, cipher::CHACHA20_POLY1305, cipher::AES_256_CTR, cipher::AES_128_CTR];
const MACS: &[mac::Name] = &[mac::HMAC_SHA256_ETM, mac::HMAC_SHA256, mac::HMAC_SHA512, mac::HMAC_SHA1];

/// The host key of a device; `generation` counts key changes.
fn host_key(seed: u64, device: usize, generation: u32) -> PrivateKey {
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0x5ee_d1ab);
    rng.set_stream((device as u64) << 16 | u64::from(generation));
    let mut secret = [0; 32];
    rng.fill_bytes(&mut secret);
    PrivateKey::from(Ed25519Keypair::from_seed(&secret))
}

/// The server side of a device's SSH.
pub fn config(seed: u64, device: usize, overrides: &Overrides, platform: Platform) -> Arc<server::Config> {
    let is_old = overrides.old_algorithms;
    let preferred = Preferred {
        kex: Cow::Borrowed(if is_old { &[kex::DH_G14_SHA1] } else { KEX }),
        cipher: Cow::Borrowed(if is_old { &[cipher::AES_128_CBC] } else { CIPHERS }),
        mac: Cow::Borrowed(if is_old { &[mac::HMAC_SHA1] } else { MACS }),
        compression: Cow::Borrowed(&[compression::NONE]),
        ..Preferred::default()
    };
    let id = match platform {
        Platform::CiscoIos => "SSH-2.0-Cisco-1.25",
        Platform::CiscoNxos => "SSH-2.0-OpenSSH_7.8p1 PKIX-SSH[11.6.1]",
        Platform::AristaEos => "SSH-2.0-OpenSSH_8.7",
        Platform::JuniperJunos => "SSH-2.0-OpenSSH_7.5",
    };
    Arc::new(server::Config {
        server_id: SshId::Standard(Cow::Borrowed(id)),
        methods: MethodSet::from(&[MethodKind::Password, MethodKind::KeyboardInteractive][..]),
        auth_rejection_time: Duration::from_millis(50),
        auth_rejection_time_initial: Some(Duration::ZERO),
        keys: vec![host_key(seed, device, overrides.host_key_generation)],
        preferred,
        max_auth_attempts: 3,
        window_size: 64 * 1024,
        channel_buffer_size: 32,
        inactivity_timeout: Some(Duration::from_secs(600)),
        nodelay: true,
        ..server::Config::default()
    })
}
