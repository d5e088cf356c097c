//! The vault in a file, and out of one: ours, or the predecessor's.

use std::fs;
use std::io::Write;
use std::path::Path;

use ::vault::{Exported, Foreign, Kind, Predecessor, VaultError};
use secrecy::SecretString;
use serde::Serialize;
use serde_json::json;
use store::SQLITE_MAGIC;

use crate::actor::Role;
use crate::vault::change::check;
use crate::vault::{NewCredential, OpenVault, POLICY, deriving};
use crate::{Actor, App, AppError, AppResult};

/// What became of a credential of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Imported {
    pub name: String,
    #[serde(flatten)]
    pub outcome: ImportOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome", content = "reason")]
pub enum ImportOutcome {
    Added,
    Replaced,
    /// With the reason.
    LeftOut(String),
}

impl App {
    /// Writes all credentials to a file, sealed under a password of its own; gives how many. The file is there as a
    /// whole or not at all.
    pub async fn export_vault(
        &self,
        actor: &Actor,
        vault: &OpenVault,
        path: &Path,
        password: &SecretString,
        dry_run: bool,
    ) -> AppResult<usize> {
        let (text, count) = self.sealed_vault(actor, vault, password).await?;
        if dry_run {
            return Ok(count);
        }
        self.note_export(actor, &path.display().to_string(), count).await?;
        let failed = |source| AppError::Write { path: path.to_path_buf(), source };
        write_whole(path, text.as_bytes()).map_err(failed)?;
        Ok(count)
    }

    /// The same as a text, for who asks from elsewhere.
    pub async fn export_vault_text(
        &self,
        actor: &Actor,
        vault: &OpenVault,
        password: &SecretString,
    ) -> AppResult<String> {
        let (text, count) = self.sealed_vault(actor, vault, password).await?;
        self.note_export(actor, "an answer", count).await?;
        Ok(text)
    }

    /// All credentials sealed under this password, and how many there are.
    async fn sealed_vault(
        &self,
        actor: &Actor,
        vault: &OpenVault,
        password: &SecretString,
    ) -> AppResult<(String, usize)> {
        actor.must(Role::Admin, "export the vault")?;
        let credentials = vault.credentials()?;
        let each = credentials.into_iter().map(|c| {
            let secret = vault.secret(&c.name)?;
            let (name, username, realm, notes) = (c.name, c.username, c.realm, c.notes);
            let (priority, is_default) = (c.priority, c.is_default);
            Ok(Exported { name, username, realm, notes, priority, is_default, secret })
        });
        let each = each.collect::<AppResult<Vec<_>>>()?;
        let (count, password) = (each.len(), password.clone());
        let text = deriving(move || ::vault::export(&each, &password, POLICY, &mut rand::rng())).await?;
        Ok((text, count))
    }

    async fn note_export(&self, actor: &Actor, to: &str, count: usize) -> AppResult<()> {
        let mut tx = self.store.begin().await?;
        self.note(&mut tx, actor, "vault.export", to, &json!({ "credentials": count })).await?;
        Ok(tx.commit().await?)
    }

    /// Puts the credentials of a file into the vault. Those that are there already are left out, or replaced.
    pub async fn import_vault(
        &self,
        actor: &Actor,
        vault: OpenVault,
        path: &Path,
        password: &SecretString,
        replace: bool,
        dry_run: bool,
    ) -> AppResult<Vec<Imported>> {
        actor.must(Role::Admin, "import into the vault")?;
        let mut results = Vec::new();
        let mut new: Vec<NewCredential> = Vec::new();
        let has_default = vault.credentials()?.iter().any(|c| c.is_default);
        for credential in read(path, password).await? {
            let (name, taken) = match credential {
                Err((name, error)) => (name, Err(error.to_string())),
                Ok(credential) => {
                    let exists = vault.stored(&credential.name).is_ok();
                    let twice = new.iter().any(|n| n.name.eq_ignore_ascii_case(&credential.name));
                    let credential = as_new(credential, has_default);
                    let name = credential.name.clone();
                    let taken = match (check(&credential), exists, twice) {
                        (Err(error), ..) => Err(error.chain()),
                        (_, _, true) => Err("its name is in the file twice".to_owned()),
                        (_, true, _) if !replace => {
                            Err("its name is taken; --replace takes it all the same".to_owned())
                        }
                        (_, true, _) => Ok(ImportOutcome::Replaced),
                        (_, false, _) => Ok(ImportOutcome::Added),
                    };
                    if taken.is_ok() {
                        new.push(credential);
                    }
                    (name, taken)
                }
            };
            results.push(Imported { name, outcome: taken.unwrap_or_else(ImportOutcome::LeftOut) });
        }
        if !dry_run && !new.is_empty() {
            self.put(actor, vault, &new, "vault.import").await?;
        }
        Ok(results)
    }
}

/// The default of the vault stays the default.
fn as_new(from: Exported, has_default: bool) -> NewCredential {
    let is_default = from.is_default && !has_default && from.secret.kind() == Kind::Login;
    let Exported { name, username, realm, notes, priority, secret, .. } = from;
    NewCredential { name, username, realm, notes: Some(notes), priority: Some(priority), is_default, secret }
}

async fn read(path: &Path, password: &SecretString) -> AppResult<Vec<Foreign>> {
    let unreadable = |e: std::io::Error| AppError::Invalid(format!("cannot read {}: {e}", path.display()));
    let bytes = fs::read(path).map_err(unreadable)?;
    let text = if bytes.starts_with(SQLITE_MAGIC) {
        store::predecessor_vault(path).await?.to_string()
    } else {
        let not = || VaultError::NotAnExport("it is neither JSON nor a database of SQLite".to_owned());
        String::from_utf8(bytes).map_err(|_| not())?
    };
    let password = password.clone();
    deriving(move || match ::vault::is_export(&text) {
        true => Ok(::vault::import(&text, &password, POLICY)?.into_iter().map(Ok).collect()),
        false => Predecessor::parse(&text)?.open(&password),
    })
    .await
}

/// Beside it first, for its owner alone, then in its place.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    let _ = fs::remove_file(&beside);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}
