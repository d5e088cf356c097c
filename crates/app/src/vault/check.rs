//! Whether everything in the vault opens and is what was written last; and what to do when it is not.

use ::vault::Roll;
use serde::Serialize;
use serde_json::json;

use crate::actor::Role;
use crate::vault::OpenVault;
use crate::vault::open::label;
use crate::{Actor, App, AppResult};

/// What is wrong with a credential, or with the vault as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// None for the vault as a whole.
    pub credential: Option<String>,
    pub fault: String,
}

impl App {
    /// Opens everything. With `repair` what opens counts as what was written last, and what is gone as removed; what
    /// does not open is left as it is, to be removed or replaced by name.
    pub async fn check_vault(&self, actor: &Actor, vault: OpenVault, repair: bool) -> AppResult<Vec<Fault>> {
        actor.must(Role::Admin, "check the vault")?;
        let (faults, sound) = examine(&vault)?;
        if repair && !faults.is_empty() {
            let mut tx = self.store.begin().await?;
            let detail = json!({ "faults": faults });
            self.note(&mut tx, actor, "vault.repair", "vault", &detail).await?;
            self.write(tx, &vault, &sound).await?;
        }
        Ok(faults)
    }
}

/// The faults, and a roll of what opens.
fn examine(vault: &OpenVault) -> AppResult<(Vec<Fault>, Roll)> {
    let (mut faults, mut sound) = (Vec::new(), Roll::default());
    let mut fault = |credential: Option<&str>, fault: String| {
        faults.push(Fault { credential: credential.map(str::to_owned), fault });
    };
    let none = Roll::default();
    let roll = vault.roll.as_ref().unwrap_or_else(|error| {
        fault(None, error.to_string());
        &none
    });
    for stored in &vault.stored {
        match vault.master.open(&label(stored)?, &stored.sealed) {
            Ok(_) => sound.put(&stored.name, &stored.sealed),
            Err(error) => {
                fault(Some(&stored.name), error.to_string());
                continue;
            }
        }
        if let (Ok(_), Err(error)) = (&vault.roll, roll.check(&stored.name, &stored.sealed)) {
            fault(Some(&stored.name), error.to_string());
        }
    }
    for name in roll.names().filter(|name| vault.stored.iter().all(|c| c.name != **name)) {
        fault(Some(name), "it was taken out of the database by something else than velocity".to_owned());
    }
    Ok((faults, sound))
}
