//! An open vault: its master key, and what is sealed under it.

use std::fmt;

use rand::CryptoRng;
use secrecy::SecretSlice;

use crate::boxed::{Key, WRAPPED, purpose};
use crate::{Kind, Roll, Secret, VaultError};

/// The master key of one vault. `Debug` shows nothing of it.
pub struct Master {
    vault: [u8; 16],
    key: Key,
}

/// What is stored in clear beside a sealed secret, and is authenticated with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub name: String,
    pub kind: Kind,
    pub username: String,
    /// The group of devices, or the AAA service, that the account lives in; empty for the device itself.
    pub realm: String,
    /// Goes up with each change.
    pub revision: i64,
}

impl fmt::Debug for Master {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Master(..)")
    }
}

impl Master {
    pub(crate) fn new(vault: [u8; 16], key: Key) -> Self {
        Self { vault, key }
    }

    /// The key itself, for a keyring that keeps it.
    pub fn expose(&self) -> SecretSlice<u8> {
        self.key.expose().to_vec().into()
    }

    /// The secret under a random key of its own, and that key under the master key.
    pub fn seal(&self, label: &Label, secret: &Secret, rng: &mut impl CryptoRng) -> Vec<u8> {
        let own = Key::random(rng);
        let mut sealed = self.key.wrap(&self.purpose("key", label), &own, rng);
        sealed.extend(own.seal(&self.purpose("secret", label), &secret.encode(), rng));
        sealed
    }

    /// # Errors
    /// [`VaultError::Damaged`] when a byte of it, or of its label, is another; [`VaultError::Unknown`].
    pub fn open(&self, label: &Label, sealed: &[u8]) -> Result<Secret, VaultError> {
        let (own, body) = self.own_key(label, sealed)?;
        let plain = own.open(&self.purpose("secret", label), body).ok_or_else(|| damaged(label))?;
        Secret::decode(label.kind, &plain).ok_or_else(|| VaultError::Unknown { name: label.name.clone() })
    }

    /// The same under another master key; the secret itself is not opened.
    ///
    /// # Errors
    /// [`VaultError::Damaged`].
    pub fn rewrap(
        &self,
        to: &Master,
        label: &Label,
        sealed: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, VaultError> {
        let (own, body) = self.own_key(label, sealed)?;
        let mut sealed = to.key.wrap(&to.purpose("key", label), &own, rng);
        sealed.extend_from_slice(body);
        Ok(sealed)
    }

    /// `generation` is the number of this writing.
    pub fn seal_roll(&self, roll: &Roll, generation: i64, rng: &mut impl CryptoRng) -> Vec<u8> {
        self.key.seal(&self.roll_purpose(generation), &roll.encode(), rng)
    }

    /// # Errors
    /// [`VaultError::Damaged`] when it was not written with this key as this generation.
    pub fn open_roll(&self, sealed: &[u8], generation: i64) -> Result<Roll, VaultError> {
        let plain = self.key.open(&self.roll_purpose(generation), sealed);
        plain.and_then(|p| Roll::decode(&p)).ok_or_else(|| VaultError::damaged("the roll of the vault"))
    }

    fn own_key<'s>(&self, label: &Label, sealed: &'s [u8]) -> Result<(Key, &'s [u8]), VaultError> {
        let (wrapped, body) = sealed.split_first_chunk::<WRAPPED>().ok_or_else(|| damaged(label))?;
        let own = self.key.unwrap_key(&self.purpose("key", label), wrapped).ok_or_else(|| damaged(label))?;
        Ok((own, body))
    }

    fn purpose(&self, word: &str, label: &Label) -> Vec<u8> {
        let Label { name, kind, username, realm, revision } = label;
        let kind = kind.as_str();
        let texts = [name.as_str(), kind, username, realm].map(str::as_bytes);
        let [name, kind, username, realm] = texts;
        purpose(word, &[&self.vault, name, kind, username, realm, &revision.to_le_bytes()])
    }

    fn roll_purpose(&self, generation: i64) -> Vec<u8> {
        purpose("roll", &[&self.vault, &generation.to_le_bytes()])
    }

    pub(crate) fn seal_export(&self, plain: &[u8], rng: &mut impl CryptoRng) -> Vec<u8> {
        self.key.seal(&purpose("export", &[&self.vault]), plain, rng)
    }

    pub(crate) fn open_export(&self, sealed: &[u8]) -> Option<zeroize::Zeroizing<Vec<u8>>> {
        self.key.open(&purpose("export", &[&self.vault]), sealed)
    }
}

fn damaged(label: &Label) -> VaultError {
    VaultError::damaged(format!("credential `{}`", label.name))
}
