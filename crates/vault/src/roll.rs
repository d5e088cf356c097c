//! Which credentials there are, and which version of each was written last.
//!
//! Each sealed secret opens by itself. So whoever can write to the database could put an old row back, or take one
//! away, without notice; the roll, sealed anew with each change, tells it. The whole database put back, roll and
//! all, is not told: there is nothing else to compare it with.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{VaultError, fields};

const DIGEST: usize = 32;
const NAME: u8 = 1;
const SEALED: u8 = 2;

/// For each name the hash of what was sealed last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roll(BTreeMap<String, [u8; DIGEST]>);

impl Roll {
    pub fn put(&mut self, name: &str, sealed: &[u8]) {
        self.0.insert(name.to_owned(), Sha256::digest(sealed).into());
    }

    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// # Errors
    /// [`VaultError::PutBack`] when the credential is not in the roll, or in another version.
    pub fn check(&self, name: &str, sealed: &[u8]) -> Result<(), VaultError> {
        let is_last = self.0.get(name).is_some_and(|digest| Sha256::digest(sealed).as_slice() == digest);
        if is_last { Ok(()) } else { Err(VaultError::PutBack { name: name.to_owned() }) }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let entry = |(name, digest): (_, _)| -> [(u8, &[u8]); 2] {
            let (name, digest): (&String, &[u8; DIGEST]) = (name, digest);
            [(NAME, name.as_bytes()), (SEALED, digest)]
        };
        fields::encode(&self.0.iter().flat_map(entry).collect::<Vec<_>>())
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut roll = BTreeMap::new();
        for pair in fields::decode(bytes)?.chunks(2) {
            let [(NAME, name), (SEALED, digest)] = pair else { return None };
            roll.insert(std::str::from_utf8(name).ok()?.to_owned(), (*digest).try_into().ok()?);
        }
        Some(Self(roll))
    }
}
