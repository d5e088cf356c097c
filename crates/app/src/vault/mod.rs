//! The vault: accounts and their secrets, sealed in the database, opened for as long as they are used.
//!
//! Names and what they are for are read without a password. Whatever opens or changes a secret takes a [`VaultKey`].

mod change;
mod check;
mod exchange;
mod keyring;
mod logins;
mod open;
mod view;

pub use ::vault::{AuthProtocol, Kind, LoginSecret, PrivacyProtocol, Secret, SnmpUser};
pub use change::{NewCredential, Removal};
pub use check::Fault;
pub use exchange::{ImportOutcome, Imported};
pub use open::{OpenVault, VaultKey};
pub(crate) use view::no_credential;
pub use view::{CredentialView, Revealed, VaultState};

use ::vault::{Policy, VaultError};

use crate::{AppError, AppResult};

/// What guessing the password costs; the same everywhere outside of tests.
const POLICY: Policy = Policy::STANDARD;

/// What derives a key, off the threads that others wait for: it takes long, as it should.
async fn deriving<T: Send + 'static>(work: impl FnOnce() -> Result<T, VaultError> + Send + 'static) -> AppResult<T> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|e| AppError::Invalid(format!("deriving the key ended badly: {e}")))??)
}
