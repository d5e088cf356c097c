//! The vault while it is open. Dropped, its key is wiped.

use std::time::Duration;

use ::vault::{Header, Label, Master, Roll, Secret, VaultError};
use secrecy::SecretString;
use store::{StoredCredential, StoredVault};
use tokio::time::Instant;

use crate::actor::Role;
use crate::vault::view::{is_called, no_credential};
use crate::vault::{CredentialView, POLICY, deriving, keyring};
use crate::{Actor, App, AppError, AppResult};

/// How long a database that is away is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// What opens the vault.
#[derive(Clone)]
pub enum VaultKey {
    Password(SecretString),
    /// The key that `vault unlock` left with the keyring of the system.
    Keyring,
}

/// The vault as it was when it was opened.
pub struct OpenVault {
    pub(crate) header: Header,
    pub(crate) master: Master,
    /// Damaged, it stops what relies on it, but not `vault check`.
    pub(crate) roll: Result<Roll, VaultError>,
    pub(crate) generation: i64,
    pub(crate) stored: Vec<StoredCredential>,
}

impl App {
    /// Opens the vault. With a password it takes as long as a guess at it costs.
    ///
    /// # Errors
    /// [`AppError::NoVault`], [`AppError::VaultLocked`], [`AppError::Vault`].
    pub async fn open_vault(&self, actor: &Actor, key: VaultKey) -> AppResult<OpenVault> {
        actor.must_somewhere(Role::Operator, "open the vault")?;
        let (stored, credentials) = self.sealed().await?;
        let header = Header::decode(&stored.header)?;
        let (header, master) = unlock(header, key).await?;
        let roll = master.open_roll(&stored.roll, stored.generation);
        Ok(OpenVault { header, master, roll, generation: stored.generation, stored: credentials })
    }
}

impl App {
    /// As it is stored. A password was given for it and is not given again: a database that is away for a moment is asked again.
    async fn sealed(&self) -> AppResult<(StoredVault, Vec<StoredCredential>)> {
        let began = Instant::now();
        loop {
            let read = async {
                let stored = self.store.vault().await?.ok_or(AppError::NoVault)?;
                AppResult::Ok((stored, self.store.credentials().await?))
            };
            match read.await {
                Err(AppError::Store(error)) if error.may_pass() && began.elapsed() < PATIENCE => {
                    tokio::time::sleep(PATIENCE / 60).await;
                }
                read => return read,
            }
        }
    }

    /// The vault as it is now, by the key of one that is open.
    ///
    /// # Errors
    /// [`AppError::VaultLocked`] when it has another key.
    pub(crate) async fn renewed_vault(&self, open: &OpenVault) -> AppResult<OpenVault> {
        let stored = self.store.vault().await?.ok_or(AppError::NoVault)?;
        let header = Header::decode(&stored.header)?;
        let master = header.unlocked(&open.master.expose()).ok_or(AppError::VaultLocked)?;
        let roll = master.open_roll(&stored.roll, stored.generation);
        let credentials = self.store.credentials().await?;
        Ok(OpenVault { header, master, roll, generation: stored.generation, stored: credentials })
    }
}

async fn unlock(header: Header, key: VaultKey) -> AppResult<(Header, Master)> {
    match key {
        VaultKey::Password(password) => {
            deriving(move || header.unlock(&password, POLICY).map(|master| (header, master))).await
        }
        VaultKey::Keyring => {
            let kept = keyring::recall(&header.key_name())?.ok_or(AppError::VaultLocked)?;
            let master = header.unlocked(&kept).ok_or(AppError::VaultLocked)?;
            Ok((header, master))
        }
    }
}

impl OpenVault {
    /// What is in it, in the order in which it is tried.
    pub fn credentials(&self) -> AppResult<Vec<CredentialView>> {
        self.stored.iter().map(CredentialView::of).collect()
    }

    /// The secret of one credential.
    ///
    /// # Errors
    /// [`AppError::Vault`] when it is damaged, or not what was written last.
    pub fn secret(&self, name: &str) -> AppResult<Secret> {
        let stored = self.stored(name)?;
        let secret = self.master.open(&label(stored)?, &stored.sealed)?;
        self.roll()?.check(&stored.name, &stored.sealed)?;
        Ok(secret)
    }

    pub(crate) fn stored(&self, name: &str) -> AppResult<&StoredCredential> {
        self.stored.iter().find(|c| is_called(&c.name, name)).ok_or_else(|| no_credential(name))
    }

    pub(crate) fn roll(&self) -> AppResult<&Roll> {
        self.roll.as_ref().map_err(|e| AppError::Vault(e.clone()))
    }
}

/// What a stored secret was sealed with.
pub(crate) fn label(stored: &StoredCredential) -> AppResult<Label> {
    Ok(CredentialView::of(stored)?.label(stored.revision))
}
