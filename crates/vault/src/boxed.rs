//! A sealed box: XChaCha20-Poly1305 under a key, bound to what it is for.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::CryptoRng;
use secrecy::{ExposeSecret, SecretBox};
use zeroize::Zeroizing;

/// 32 random bytes that stay where they are, and are wiped.
pub(crate) struct Key(SecretBox<[u8; 32]>);

pub(crate) const KEY: usize = 32;
const NONCE: usize = 24;
const TAG: usize = 16;
/// A sealed key.
pub(crate) const WRAPPED: usize = NONCE + KEY + TAG;

impl Key {
    pub fn fill(fill: impl FnOnce(&mut [u8; KEY])) -> Self {
        Self(SecretBox::init_with_mut(fill))
    }

    pub fn random(rng: &mut impl CryptoRng) -> Self {
        Self::fill(|bytes| rng.fill_bytes(bytes))
    }

    pub fn expose(&self) -> &[u8; KEY] {
        self.0.expose_secret()
    }

    /// Nonce, then what was sealed, then the tag. `purpose` is not in it, and must be the same to open it.
    pub fn seal(&self, purpose: &[u8], plain: &[u8], rng: &mut impl CryptoRng) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        let mut sealed = Vec::with_capacity(NONCE + plain.len() + TAG);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let body = (&mut sealed[NONCE..]).into();
        // It fails only above 256 GiB.
        if let Ok(tag) = self.cipher().encrypt_inout_detached(&XNonce::from(nonce), purpose, body) {
            sealed.extend_from_slice(&tag);
        }
        sealed
    }

    /// Nothing when one bit of it, the key or the purpose is another.
    pub fn open(&self, purpose: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>()?;
        let (body, tag) = rest.split_last_chunk::<TAG>()?;
        let mut plain = Zeroizing::new(body.to_vec());
        let opened = self.cipher().decrypt_inout_detached(
            &XNonce::from(*nonce),
            purpose,
            plain.as_mut_slice().into(),
            &(*tag).into(),
        );
        opened.ok().map(|()| plain)
    }

    pub fn wrap(&self, purpose: &[u8], key: &Key, rng: &mut impl CryptoRng) -> Vec<u8> {
        self.seal(purpose, key.expose(), rng)
    }

    pub fn unwrap_key(&self, purpose: &[u8], wrapped: &[u8]) -> Option<Key> {
        let plain = self.open(purpose, wrapped)?;
        let bytes: &[u8; KEY] = plain.as_slice().try_into().ok()?;
        Some(Key::fill(|key| key.copy_from_slice(bytes)))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.expose().into())
    }
}

/// Says what a blob is for: a word, and values that cannot run into each other.
pub(crate) fn purpose(word: &str, values: &[&[u8]]) -> Vec<u8> {
    let mut text = format!("velocity vault: {word}\0").into_bytes();
    for value in values {
        text.extend_from_slice(&(value.len() as u64).to_le_bytes());
        text.extend_from_slice(value);
    }
    text
}
