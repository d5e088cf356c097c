//! The head of a vault: whose it is, what guessing its password costs, and the master key under that password.

use rand::CryptoRng;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use sha2::{Digest, Sha256};

use crate::boxed::{KEY, Key, WRAPPED, purpose};
use crate::{Cost, Master, Policy, VaultError};

const MAGIC: &[u8; 4] = b"VVLT";
/// The format of everything in a vault; another number for anything that this program could not read.
const FORMAT: u32 = 1;
const ID: usize = 16;
const SALT: usize = 16;
const CHECKSUM: usize = 32;
const SIZE: usize = 4 + 4 + ID + ID + 12 + SALT + WRAPPED + CHECKSUM;
/// The shortest password of a vault.
const PASSWORD: usize = 8;

/// What is stored in clear, with the wrapped master key. A checksum tells damage from a wrong password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    vault: [u8; ID],
    /// Another one with each master key.
    key_id: [u8; ID],
    cost: Cost,
    salt: [u8; SALT],
    wrapped: [u8; WRAPPED],
}

impl Header {
    /// A new vault.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] for a password of less than 8 characters.
    pub fn create(
        password: &SecretString,
        policy: Policy,
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, Master), VaultError> {
        let mut vault = [0; ID];
        rng.fill_bytes(&mut vault);
        Self::with_id(vault, password, policy, rng)
    }

    /// The same vault with another password and another master key: what was sealed under the old one is to be
    /// rewrapped.
    ///
    /// # Errors
    /// As [`Header::create`].
    pub fn renew(
        &self,
        password: &SecretString,
        policy: Policy,
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, Master), VaultError> {
        Self::with_id(self.vault, password, policy, rng)
    }

    fn with_id(
        vault: [u8; ID],
        password: &SecretString,
        policy: Policy,
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, Master), VaultError> {
        if password.expose_secret().chars().count() < PASSWORD {
            return Err(VaultError::Invalid(format!("the password of a vault has at least {PASSWORD} characters")));
        }
        let (mut key_id, mut salt) = ([0; ID], [0; SALT]);
        rng.fill_bytes(&mut key_id);
        rng.fill_bytes(&mut salt);
        let mut header = Self { vault, key_id, cost: policy.cost, salt, wrapped: [0; WRAPPED] };
        let master = Key::random(rng);
        let wrapped = header.password_key(password, policy)?.wrap(&header.purpose(), &master, rng);
        header.wrapped.copy_from_slice(&wrapped);
        let master = Master::new(vault, master);
        Ok((header, master))
    }

    /// The master key. Takes as long as the vault's cost says.
    ///
    /// # Errors
    /// [`VaultError::WrongPassword`], [`VaultError::Downgraded`].
    pub fn unlock(&self, password: &SecretString, policy: Policy) -> Result<Master, VaultError> {
        let key = self.password_key(password, policy)?;
        let master = key.unwrap_key(&self.purpose(), &self.wrapped).ok_or(VaultError::WrongPassword)?;
        Ok(Master::new(self.vault, master))
    }

    /// The master key as [`Master::expose`] gave it. Whether it is the right one shows when something is opened.
    pub fn unlocked(&self, key: &SecretSlice<u8>) -> Option<Master> {
        let bytes: &[u8; KEY] = key.expose_secret().try_into().ok()?;
        Some(Master::new(self.vault, Key::fill(|key| key.copy_from_slice(bytes))))
    }

    /// Names the vault and its present master key.
    pub fn key_name(&self) -> String {
        self.vault.iter().chain(&self.key_id).map(|byte| format!("{byte:02x}")).collect()
    }

    pub fn cost(&self) -> Cost {
        self.cost
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.plain();
        bytes.extend_from_slice(&self.wrapped);
        bytes.extend_from_slice(&Sha256::digest(&bytes));
        bytes
    }

    /// # Errors
    /// [`VaultError::Damaged`], [`VaultError::Newer`].
    pub fn decode(bytes: &[u8]) -> Result<Self, VaultError> {
        Self::read(bytes).unwrap_or_else(|| Err(VaultError::damaged("the header of the vault")))
    }

    fn read(bytes: &[u8]) -> Option<Result<Self, VaultError>> {
        let (body, checksum) = bytes.split_last_chunk::<CHECKSUM>()?;
        let rest = body.strip_prefix(MAGIC)?;
        let (format, rest) = rest.split_first_chunk::<4>()?;
        if Sha256::digest(body).as_slice() != checksum {
            return None;
        }
        let found = u32::from_le_bytes(*format);
        if found > FORMAT {
            return Some(Err(VaultError::Newer { found, known: FORMAT }));
        }
        let (vault, rest) = rest.split_first_chunk()?;
        let (key_id, rest) = rest.split_first_chunk()?;
        let (cost, rest) = rest.split_first_chunk()?;
        let (salt, rest) = rest.split_first_chunk()?;
        let wrapped = rest.try_into().ok()?;
        let cost = Cost::from_bytes(*cost);
        Some(Ok(Self { vault: *vault, key_id: *key_id, cost, salt: *salt, wrapped }))
    }

    /// All but what is wrapped.
    fn plain(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(SIZE);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&FORMAT.to_le_bytes());
        bytes.extend_from_slice(&self.vault);
        bytes.extend_from_slice(&self.key_id);
        bytes.extend_from_slice(&self.cost.to_bytes());
        bytes.extend_from_slice(&self.salt);
        bytes
    }

    fn purpose(&self) -> Vec<u8> {
        purpose("master key", &[&self.plain()])
    }

    fn password_key(&self, password: &SecretString, policy: Policy) -> Result<Key, VaultError> {
        self.cost.derive(password.expose_secret().as_bytes(), &self.salt, policy.floor)
    }
}
