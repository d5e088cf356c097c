//! How dear it is to guess a password.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};

use crate::VaultError;
use crate::boxed::Key;

/// Parameters of Argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

/// The cost of new vaults, and the least that is believed of one that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    pub cost: Cost,
    pub floor: Cost,
}

impl Policy {
    /// New vaults take RFC 9106's memory and passes for machines with little memory; nothing below OWASP's least is
    /// believed.
    pub const STANDARD: Policy = Policy {
        cost: Cost { memory_kib: 64 * 1024, passes: 3, lanes: 1 },
        floor: Cost { memory_kib: 19 * 1024, passes: 2, lanes: 1 },
    };
}

/// Above it, a stored cost would stop the machine rather than an attacker.
const CEILING: Cost = Cost { memory_kib: 2 * 1024 * 1024, passes: 64, lanes: 64 };

impl Cost {
    pub(crate) fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        for (at, n) in [self.memory_kib, self.passes, self.lanes].into_iter().enumerate() {
            bytes[at * 4..at * 4 + 4].copy_from_slice(&n.to_le_bytes());
        }
        bytes
    }

    pub(crate) fn from_bytes(bytes: [u8; 12]) -> Self {
        let [a, b, c, d, e, f, g, h, i, j, k, l] = bytes;
        let number = u32::from_le_bytes;
        Self { memory_kib: number([a, b, c, d]), passes: number([e, f, g, h]), lanes: number([i, j, k, l]) }
    }

    fn is_within(self, floor: Cost, ceiling: Cost) -> bool {
        let least = self.memory_kib >= floor.memory_kib && self.passes >= floor.passes && self.lanes >= floor.lanes;
        let most =
            self.memory_kib <= ceiling.memory_kib && self.passes <= ceiling.passes && self.lanes <= ceiling.lanes;
        least && most
    }

    /// The key that a password gives. Takes a tenth of a second or so, and `memory_kib` of memory.
    pub(crate) fn derive(self, password: &[u8], salt: &[u8], floor: Cost) -> Result<Key, VaultError> {
        let refused = || VaultError::Downgraded { cost: self.to_string() };
        if !self.is_within(floor, CEILING) {
            return Err(refused());
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|_| refused())?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut derived = Ok(());
        let key = Key::fill(|bytes| derived = argon.hash_password_into(password, salt, bytes));
        derived.map(|()| key).map_err(|_| refused())
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Argon2id with {} KiB, {} passes, {} lanes", self.memory_kib, self.passes, self.lanes)
    }
}
