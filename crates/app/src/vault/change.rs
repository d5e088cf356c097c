//! What changes the vault. Each change seals the roll anew and is written whole, with its audit entry, or not at all.

use std::collections::BTreeSet;

use ::vault::{Header, Label, Roll, Secret};
use model::DeviceId;
use model::object::DEVICE;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use store::{NewAudit, SaveAs, StoreError, StoredCredential, Tx};

use crate::actor::Role;
use crate::creds::credential_changed;
use crate::vault::logins::proofs;
use crate::vault::open::label;
use crate::vault::view::is_called;
use crate::vault::{CredentialView, OpenVault, POLICY, Revealed, deriving, keyring};
use crate::{Actor, App, AppError, AppResult};

/// Of a credential that says none.
pub(crate) const PRIORITY: i64 = 100;
/// The longest name.
const NAME: usize = 64;

/// A credential to be put into the vault.
#[derive(Debug, Clone)]
pub struct NewCredential {
    pub name: String,
    pub username: String,
    pub realm: String,
    /// Kept as they are when none are said.
    pub notes: Option<String>,
    /// A lower number is tried first; 100 when none is said.
    pub priority: Option<i64>,
    pub is_default: bool,
    pub secret: Secret,
}

/// How a credential is removed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Removal {
    /// Also when it is pinned to devices: the pins go with it.
    pub unpin: bool,
    pub dry_run: bool,
}

impl App {
    /// Whether somebody may change credentials at all: told before anything is said of the vault.
    pub fn may_change_credentials(&self, actor: &Actor) -> AppResult<()> {
        actor.must(Role::Admin, "change credentials")
    }

    /// Makes the vault.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when there is one, [`AppError::Vault`] for a password that is too short.
    pub async fn init_vault(&self, actor: &Actor, password: &SecretString, dry_run: bool) -> AppResult<()> {
        actor.must(Role::Admin, "make a vault")?;
        if self.store.vault().await?.is_some() {
            return Err(AppError::Invalid(
                "there is a vault already; `velocity vault change-password` gives it another password".into(),
            ));
        }
        let password = password.clone();
        let (header, master) = deriving(move || Header::create(&password, POLICY, &mut rand::rng())).await?;
        if dry_run {
            return Ok(());
        }
        let roll = master.seal_roll(&Roll::default(), 1, &mut rand::rng());
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        tx.create_vault(&header.encode(), &roll, now).await?;
        self.note(&mut tx, actor, "vault.init", "vault", &json!({})).await?;
        Ok(tx.commit().await?)
    }

    /// Puts a credential into the vault; with `replace` also in the place of the one that has its name.
    pub async fn add_credential(
        &self,
        actor: &Actor,
        vault: OpenVault,
        new: NewCredential,
        replace: bool,
        dry_run: bool,
    ) -> AppResult<()> {
        actor.must(Role::Admin, "add credentials")?;
        check(&new)?;
        if !replace && vault.stored(&new.name).is_ok() {
            let name = &new.name;
            return Err(AppError::Invalid(format!(
                "there is a credential `{name}` already; --replace puts this one in its place"
            )));
        }
        if dry_run { Ok(()) } else { self.put(actor, vault, &[new], "vault.add").await }
    }

    /// Puts many credentials into the vault, all or none; those that have one of their names are an error.
    pub async fn add_credentials(&self, actor: &Actor, vault: OpenVault, new: &[NewCredential]) -> AppResult<()> {
        actor.must(Role::Admin, "add credentials")?;
        let mut names = BTreeSet::new();
        for credential in new {
            check(credential)?;
            let name = &credential.name;
            if vault.stored(name).is_ok() || !names.insert(name.to_lowercase()) {
                return Err(AppError::Invalid(format!("there is a credential `{name}` already; nothing was added")));
            }
        }
        self.put(actor, vault, new, "vault.add").await
    }

    /// Seals and writes credentials, in the place of those that have their names.
    pub(crate) async fn put(
        &self,
        actor: &Actor,
        vault: OpenVault,
        new: &[NewCredential],
        action: &str,
    ) -> AppResult<()> {
        let mut roll = vault.roll()?.clone();
        let now = self.clock.now();
        let sealed = new.iter().map(|new| seal(&vault, new)).collect::<AppResult<Vec<_>>>()?;
        let mut tx = self.store.begin().await?;
        for (new, Sealed { old, label, bytes }) in new.iter().zip(&sealed) {
            let holds = new.secret.holds();
            let row = store::NewCredential {
                name: &label.name,
                kind: label.kind.as_str(),
                username: &new.username,
                realm: &new.realm,
                holds: &holds,
                priority: new.priority.or(old.map(|o| o.priority)).unwrap_or(PRIORITY),
                notes: new.notes.as_deref().or(old.map(|o| o.notes.as_str())).unwrap_or_default(),
                revision: label.revision,
                sealed: bytes,
            };
            if let Some(old) = old {
                credential_changed(&mut tx, &old.name, &old.username, &old.realm).await?;
            }
            let id = match old {
                Some(old) => tx.replace_credential(old.id, &row, now).await.map(|()| old.id)?,
                None => tx.add_credential(&row, now).await?,
            };
            if new.is_default {
                tx.set_default_credential(Some(id)).await?;
            }
            roll.put(&label.name, bytes);
            let detail = json!({ "kind": label.kind, "username": new.username, "realm": new.realm, "holds": holds });
            self.note(&mut tx, actor, action, &object(&label.name), &detail).await?;
        }
        self.write(tx, &vault, &roll).await
    }

    /// Removes a credential. With `unpin` also one that is pinned to devices, which then take any other again.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], with the devices, when it is pinned and `unpin` is not asked for.
    pub async fn remove_credential(
        &self,
        actor: &Actor,
        vault: OpenVault,
        name: &str,
        Removal { unpin, dry_run }: Removal,
    ) -> AppResult<CredentialView> {
        actor.must(Role::Admin, "remove credentials")?;
        let stored = vault.stored(name)?;
        let view = CredentialView::of(stored)?;
        let pinned = self.store.devices_pinned_to(&stored.name).await?;
        if !(pinned.is_empty() || unpin) {
            return Err(StoreError::Conflict(still_pinned(&stored.name, &pinned)).into());
        }
        if dry_run {
            return Ok(view);
        }
        let mut roll = vault.roll()?.clone();
        roll.remove(&stored.name);
        let mut tx = self.store.begin().await?;
        tx.remove_credential(stored.id).await?;
        credential_changed(&mut tx, &stored.name, &stored.username, &stored.realm).await?;
        if !pinned.is_empty() {
            let ids: Vec<i64> = pinned.iter().map(|(id, _)| id.0).collect();
            let how = SaveAs { actor: &actor.name, version: None, make: false, owned: &[] };
            let pin = DEVICE.field("pinned_credential").map(|field| (field, None));
            tx.change_records(&DEVICE, &ids, pin.as_slice(), how, self.now()).await?;
        }
        let unpinned: Vec<&String> = pinned.iter().map(|(_, slug)| slug).collect();
        self.note(&mut tx, actor, "vault.remove", &object(&stored.name), &json!({ "unpinned": unpinned })).await?;
        self.write(tx, &vault, &roll).await?;
        Ok(view)
    }

    /// The log-in that is tried first where nothing is known. No secret is touched, so the vault may be locked.
    pub async fn set_default_credential(&self, actor: &Actor, name: &str, dry_run: bool) -> AppResult<CredentialView> {
        actor.must(Role::Admin, "choose the default credential")?;
        let view = self.credential(actor, name).await?;
        if view.kind != ::vault::Kind::Login {
            return Err(AppError::Usage(format!("credential `{}` is of kind {}, not a login", view.name, view.kind)));
        }
        if !dry_run {
            let mut tx = self.store.begin().await?;
            tx.set_default_credential(Some(view.id)).await?;
            self.note(&mut tx, actor, "vault.set-default", &object(&view.name), &json!({})).await?;
            tx.commit().await?;
        }
        Ok(view)
    }

    /// Another password and another master key; a key that a keyring keeps opens nothing any more.
    pub async fn change_vault_password(
        &self,
        actor: &Actor,
        vault: OpenVault,
        password: &SecretString,
    ) -> AppResult<()> {
        actor.must(Role::Admin, "change the password of the vault")?;
        let (header, password) = (vault.header.clone(), password.clone());
        let (header, master) = deriving(move || header.renew(&password, POLICY, &mut rand::rng())).await?;
        let mut roll = vault.roll()?.clone();
        let mut tx = self.store.begin().await?;
        for stored in &vault.stored {
            roll.check(&stored.name, &stored.sealed)?;
            let sealed = vault.master.rewrap(&master, &label(stored)?, &stored.sealed, &mut rand::rng())?;
            roll.put(&stored.name, &sealed);
            tx.reseal_credential(stored.id, &sealed).await?;
        }
        self.note(&mut tx, actor, "vault.change-password", "vault", &json!({})).await?;
        let old = vault.header.key_name();
        self.write(tx, &OpenVault { header, master, ..vault }, &roll).await?;
        // The old key opens nothing; where there is no keyring, there is nothing to forget.
        let _ = keyring::forget(&old);
        Ok(())
    }

    /// Removes the vault with all that is in it. Gives how many credentials there were.
    pub async fn reset_vault(&self, actor: &Actor, dry_run: bool) -> AppResult<u64> {
        actor.must(Role::Admin, "remove the vault")?;
        let stored = self.store.vault().await?.ok_or(AppError::NoVault)?;
        let mut tx = self.store.begin().await?;
        let removed = tx.delete_vault().await?;
        self.note(&mut tx, actor, "vault.reset", "vault", &json!({ "credentials": removed })).await?;
        if !dry_run {
            tx.commit().await?;
            if let Ok(header) = Header::decode(&stored.header) {
                let _ = keyring::forget(&header.key_name());
            }
        }
        Ok(removed)
    }

    /// Leaves the key with the keyring of the system, for so many seconds or until it is locked.
    pub async fn unlock_vault(&self, actor: &Actor, vault: &OpenVault, seconds: Option<u32>) -> AppResult<()> {
        actor.must(Role::Operator, "unlock the vault")?;
        keyring::keep(&vault.header.key_name(), &vault.master.expose(), seconds)?;
        let mut tx = self.store.begin().await?;
        self.note(&mut tx, actor, "vault.unlock", "vault", &json!({ "seconds": seconds })).await?;
        Ok(tx.commit().await?)
    }

    /// Takes the key out of the keyring of the system; whether there was one.
    pub async fn lock_vault(&self, actor: &Actor) -> AppResult<bool> {
        actor.must(Role::Operator, "lock the vault")?;
        let stored = self.store.vault().await?.ok_or(AppError::NoVault)?;
        let was_open = keyring::forget(&Header::decode(&stored.header)?.key_name())?;
        let mut tx = self.store.begin().await?;
        self.note(&mut tx, actor, "vault.lock", "vault", &json!({ "was_unlocked": was_open })).await?;
        tx.commit().await?;
        Ok(was_open)
    }

    /// The secrets of one credential in clear. It is in the audit log before it is told.
    pub async fn reveal_credential(&self, actor: &Actor, vault: &OpenVault, name: &str) -> AppResult<Revealed> {
        actor.must(Role::Admin, "see secrets")?;
        let credential = CredentialView::of(vault.stored(name)?)?;
        let secret = vault.secret(name)?;
        let mut tx = self.store.begin().await?;
        self.note(&mut tx, actor, "vault.reveal", &object(&credential.name), &json!({})).await?;
        tx.commit().await?;
        let secrets = secret.parts().into_iter().map(|(part, value)| (part, value.expose_secret().to_owned()));
        Ok(Revealed { credential, secrets: secrets.collect() })
    }

    /// Ends a change: the roll, sealed as the generation after the one that was read.
    pub(crate) async fn write(&self, mut tx: Tx, vault: &OpenVault, roll: &Roll) -> AppResult<()> {
        let sealed = vault.master.seal_roll(roll, vault.generation + 1, &mut rand::rng());
        tx.write_vault(vault.generation, &vault.header.encode(), &sealed, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    pub(crate) async fn note(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        action: &str,
        object: &str,
        detail: &serde_json::Value,
    ) -> AppResult<()> {
        let entry = NewAudit { actor: &actor.name, action, object, detail };
        Ok(tx.audit(&entry, self.clock.now()).await?)
    }
}

struct Sealed<'v> {
    old: Option<&'v StoredCredential>,
    label: Label,
    bytes: Vec<u8>,
}

fn seal<'v>(vault: &'v OpenVault, new: &NewCredential) -> AppResult<Sealed<'v>> {
    let old = vault.stored.iter().find(|c| is_called(&c.name, &new.name));
    if let Some(old) = old.filter(|old| old.kind != new.secret.kind().as_str()) {
        let why = format!("credential `{}` is of kind {}; remove it first", old.name, old.kind);
        return Err(AppError::Invalid(why));
    }
    let label = Label {
        // It keeps the spelling that it was made with.
        name: old.map_or_else(|| new.name.clone(), |old| old.name.clone()),
        kind: new.secret.kind(),
        username: new.username.clone(),
        realm: new.realm.clone(),
        revision: old.map_or(1, |old| old.revision + 1),
    };
    let bytes = vault.master.seal(&label, &new.secret, &mut rand::rng());
    Ok(Sealed { old, label, bytes })
}

/// Whether it can be used, and be called by its name.
pub(crate) fn check(new: &NewCredential) -> AppResult<()> {
    let refused = |why: String| Err(AppError::Invalid(why));
    let is_name = |c: char| !c.is_control() && c != ',';
    if new.name.trim() != new.name || new.name.is_empty() || new.name.chars().count() > NAME {
        return refused(format!("a name has 1 to {NAME} characters and no blank at its ends"));
    }
    if !new.name.chars().all(is_name) {
        return refused("a name has no comma and no control character".to_owned());
    }
    new.secret.check().or_else(|e| refused(e.to_string()))?;
    match &new.secret {
        Secret::Login(_) | Secret::SnmpUser(_) if new.username.is_empty() => {
            refused("which account? give it with --user NAME".to_owned())
        }
        // A key that cannot be read now cannot be read in a run either. The agent may be another one then.
        Secret::Login(login) => {
            let alone = ::vault::LoginSecret { agent: false, ..login.clone() };
            proofs(&alone).map(drop).or_else(|e| refused(e.to_string()))
        }
        other if new.is_default => {
            refused(format!("only a login can be the default one, and this is {}", other.kind()))
        }
        _ => Ok(()),
    }
}

/// Devices that are named in a message.
const NAMED: usize = 5;

fn still_pinned(name: &str, devices: &[(DeviceId, String)]) -> String {
    let named: Vec<&str> = devices.iter().take(NAMED).map(|(_, slug)| slug.as_str()).collect();
    let more = devices.len() - named.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!(
        "credential `{name}` is pinned to {}{more}: pin another one there, or remove it with `unpin` (`--unpin`), and they \
         take any other",
        named.join(", ")
    )
}

fn object(name: &str) -> String {
    format!("credential {name}")
}
