//! What is told of the vault without opening it.

use ::vault::{Header, Kind, Label};
use model::{CredentialId, Timestamp};
use serde::Serialize;
use store::StoredCredential;

use crate::actor::Role;
use crate::vault::keyring;
use crate::{Actor, App, AppError, AppResult};

/// A credential without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CredentialView {
    pub id: CredentialId,
    pub name: String,
    #[schema(value_type = String)]
    pub kind: Kind,
    pub username: String,
    /// The AAA group that checks the account and may lock it; `local` when each device keeps its own. Empty when it is
    /// not known: then it counts as one account everywhere, which is the safe guess.
    pub realm: String,
    /// What is in it, in words: `password,enable`.
    pub holds: String,
    /// A lower number is tried first.
    pub priority: i64,
    pub is_default: bool,
    pub notes: String,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
}

/// A credential with its secret in clear, for the one who asked.
#[derive(Debug, Clone, Serialize)]
pub struct Revealed {
    #[serde(flatten)]
    pub credential: CredentialView,
    /// By name: `password`, `enable`, `key` …
    #[serde(serialize_with = "as_object")]
    pub secrets: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct VaultState {
    pub exists: bool,
    /// The keyring of the system holds its key, so no password is asked for.
    pub unlocked: bool,
    pub credentials: usize,
    /// What one guess at its password costs.
    pub cost: Option<String>,
    pub created_at: Option<Timestamp>,
    pub changed_at: Option<Timestamp>,
}

fn as_object<S: serde::Serializer>(pairs: &[(&'static str, String)], s: S) -> Result<S::Ok, S::Error> {
    s.collect_map(pairs.iter().map(|(name, value)| (name, value)))
}

impl CredentialView {
    pub(crate) fn of(stored: &StoredCredential) -> AppResult<Self> {
        let kind = stored.kind.parse().map_err(|e| AppError::Invalid(format!("credential `{}`: {e}", stored.name)))?;
        Ok(Self {
            id: stored.id,
            name: stored.name.clone(),
            kind,
            username: stored.username.clone(),
            realm: stored.realm.clone(),
            holds: stored.holds.clone(),
            priority: stored.priority,
            is_default: stored.is_default,
            notes: stored.notes.clone(),
            created_at: stored.created_at,
            changed_at: stored.changed_at,
        })
    }

    pub(crate) fn label(&self, revision: i64) -> Label {
        let Self { name, kind, username, realm, .. } = self.clone();
        Label { name, kind, username, realm, revision }
    }
}

impl App {
    /// All credentials in the order in which they are tried: the default, then by priority and name.
    pub async fn credentials(&self, actor: &Actor) -> AppResult<Vec<CredentialView>> {
        actor.must(Role::Viewer, "see credentials")?;
        self.store.credentials().await?.iter().map(CredentialView::of).collect()
    }

    /// # Errors
    /// [`store::StoreError::NotFound`].
    pub async fn credential(&self, actor: &Actor, name: &str) -> AppResult<CredentialView> {
        let all = self.credentials(actor).await?;
        let found = all.into_iter().find(|c| is_called(&c.name, name));
        found.ok_or_else(|| no_credential(name))
    }

    pub async fn vault_state(&self, actor: &Actor) -> AppResult<VaultState> {
        actor.must(Role::Viewer, "see the vault")?;
        let Some(stored) = self.store.vault().await? else {
            let (unlocked, credentials) = (false, 0);
            return Ok(VaultState {
                exists: false,
                unlocked,
                credentials,
                cost: None,
                created_at: None,
                changed_at: None,
            });
        };
        let header = Header::decode(&stored.header)?;
        Ok(VaultState {
            exists: true,
            // Where there is no keyring, none holds it.
            unlocked: matches!(keyring::recall(&header.key_name()), Ok(Some(_))),
            credentials: self.store.credentials().await?.len(),
            cost: Some(header.cost().to_string()),
            created_at: Some(stored.created_at),
            changed_at: Some(stored.changed_at),
        })
    }
}

/// Names are one whatever their case, as in the store.
pub(crate) fn is_called(name: &str, asked: &str) -> bool {
    name.to_lowercase() == asked.to_lowercase()
}

pub(crate) fn no_credential(name: &str) -> AppError {
    let name = model::text::shown(name);
    AppError::Invalid(format!("there is no credential `{name}`; `velocity vault list` shows all"))
}
