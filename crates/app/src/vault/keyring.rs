//! The keyring of the system: where an unlocked key stays between commands, in the memory of the kernel.
//!
//! It is the user keyring: every process of the user can read it, until `vault lock`, its time limit or a reboot.

use secrecy::SecretSlice;

use crate::{AppError, AppResult};

#[cfg(target_os = "linux")]
mod system {
    use linux_keyutils::{KeyError, KeyPermissionsBuilder, KeyRing, KeyRingIdentifier, Permission};
    use secrecy::{ExposeSecret, SecretSlice};
    use zeroize::Zeroizing;

    pub fn keep(name: &str, key: &SecretSlice<u8>, seconds: Option<u32>) -> Result<(), KeyError> {
        let key = ring()?.add_key(name, key.expose_secret())?;
        // A process of a later session owns the key without possessing it.
        key.set_perms(KeyPermissionsBuilder::builder().posessor(Permission::ALL).user(Permission::ALL).build())?;
        seconds.map_or(Ok(()), |seconds| key.set_timeout(seconds as usize))
    }

    pub fn recall(name: &str) -> Result<Option<SecretSlice<u8>>, KeyError> {
        let Some(key) = found(ring()?.search(name))? else { return Ok(None) };
        let mut bytes = Zeroizing::new([0; 64]);
        let size = key.read(&mut *bytes)?;
        Ok(bytes.get(..size).map(|key| key.to_vec().into()))
    }

    pub fn forget(name: &str) -> Result<bool, KeyError> {
        let Some(key) = found(ring()?.search(name))? else { return Ok(false) };
        key.invalidate()?;
        Ok(true)
    }

    /// The user keyring, linked to this process so that what is in it counts as possessed.
    fn ring() -> Result<KeyRing, KeyError> {
        let own = KeyRing::from_special_id(KeyRingIdentifier::Process, true)?;
        own.link_keyring_id(KeyRingIdentifier::User)?;
        KeyRing::from_special_id(KeyRingIdentifier::User, true)
    }

    fn found<T>(searched: Result<T, KeyError>) -> Result<Option<T>, KeyError> {
        match searched {
            Ok(key) => Ok(Some(key)),
            Err(KeyError::KeyDoesNotExist | KeyError::KeyExpired | KeyError::KeyRevoked) => Ok(None),
            Err(other) => Err(other),
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use secrecy::SecretSlice;

    const NONE: &str = "only Linux has one that velocity knows";

    pub fn keep(_: &str, _: &SecretSlice<u8>, _: Option<u32>) -> Result<(), &'static str> {
        Err(NONE)
    }

    pub fn recall(_: &str) -> Result<Option<SecretSlice<u8>>, &'static str> {
        Err(NONE)
    }

    pub fn forget(_: &str) -> Result<bool, &'static str> {
        Err(NONE)
    }
}

/// Keeps a key, for so long or until it is forgotten.
pub(crate) fn keep(name: &str, key: &SecretSlice<u8>, seconds: Option<u32>) -> AppResult<()> {
    system::keep(&described(name), key, seconds).map_err(unusable)
}

pub(crate) fn recall(name: &str) -> AppResult<Option<SecretSlice<u8>>> {
    system::recall(&described(name)).map_err(unusable)
}

/// Whether there was one to forget.
pub(crate) fn forget(name: &str) -> AppResult<bool> {
    system::forget(&described(name)).map_err(unusable)
}

fn described(name: &str) -> String {
    format!("velocity:vault:{name}")
}

fn unusable(why: impl std::fmt::Display) -> AppError {
    AppError::Keyring(why.to_string())
}
