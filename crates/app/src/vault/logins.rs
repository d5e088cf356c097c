//! Credentials as the accounts that a run logs in with.

use ::vault::{Kind, LoginSecret, Secret};
use model::object::CHANNEL;
use secrecy::{ExposeSecret, SecretString};
use store::RecordFilter;
use transport::{KeyError, Login, Proof};

use crate::vault::{CredentialView, OpenVault};
use crate::{App, AppError, AppResult};

impl App {
    /// The named log-ins in the order of the names; without names all of them, the default first. Of all, those that
    /// cannot be used are left out and told; a named one must be usable. All are those for devices: what a mail server takes is
    /// shown to no device.
    ///
    /// # Errors
    /// [`AppError::Usage`] when a name is no log-in; [`AppError::Vault`].
    pub async fn logins_of(&self, vault: &OpenVault, names: &[String]) -> AppResult<(Vec<Login>, Vec<String>)> {
        if !names.is_empty() {
            let logins = names.iter().map(|name| named(vault, name)).collect::<AppResult<_>>()?;
            return Ok((logins, Vec::new()));
        }
        let (mut logins, mut left_out) = (Vec::new(), Vec::new());
        let of_channels = self.store.records(&CHANNEL, &RecordFilter::default()).await?;
        let of_channels: Vec<String> = of_channels.iter().map(|c| c.text("credential").to_lowercase()).collect();
        let is_for_devices =
            |c: &&CredentialView| c.kind == Kind::Login && !of_channels.contains(&c.name.to_lowercase());
        for credential in vault.credentials()?.iter().filter(is_for_devices) {
            match login(vault, credential) {
                Ok(login) => logins.push(login),
                Err(error) => left_out.push(format!("credential `{}` is left out: {}", credential.name, error.chain())),
            }
        }
        Ok((logins, left_out))
    }
}

impl OpenVault {
    /// The token for an outside system that is kept under this name.
    ///
    /// # Errors
    /// [`AppError::Usage`] when it is no token; [`AppError::Vault`].
    pub fn token(&self, name: &str) -> AppResult<SecretString> {
        match self.secret(name)? {
            Secret::Token(token) => Ok(token),
            other => Err(AppError::Usage(format!("credential `{name}` is of kind {}, not a token", other.kind()))),
        }
    }
}

fn named(vault: &OpenVault, name: &str) -> AppResult<Login> {
    let credential = CredentialView::of(vault.stored(name)?)?;
    match credential.kind {
        Kind::Login => login(vault, &credential),
        kind => Err(AppError::Usage(format!("credential `{}` is of kind {kind}, not a login", credential.name))),
    }
}

fn login(vault: &OpenVault, credential: &CredentialView) -> AppResult<Login> {
    let Secret::Login(secret) = vault.secret(&credential.name)? else {
        return Err(AppError::Invalid(format!("credential `{}` is not a login", credential.name)));
    };
    let proofs = proofs(&secret).map_err(|e| AppError::Invalid(format!("credential `{}`: {e}", credential.name)))?;
    let realm = Some(credential.realm.clone()).filter(|realm| !realm.is_empty());
    let login = Login::new(&credential.username, proofs).named(&credential.name).in_realm(realm).kept();
    // Many devices have one password for both.
    let enable = secret.enable.or(secret.password);
    Ok(match enable {
        Some(enable) => login.with_enable(enable),
        None => login,
    })
}

/// What an account proves itself with, the stronger first. An agent that is not there is no proof, and no error as
/// long as there is another.
pub(crate) fn proofs(secret: &LoginSecret) -> Result<Vec<Proof>, KeyError> {
    let mut proofs = Vec::new();
    if let Some(key) = &secret.key {
        let (key, passphrase) = (key.expose_secret(), secret.passphrase.as_ref());
        proofs.push(match &secret.certificate {
            Some(certificate) => Proof::certificate(key, passphrase, certificate.expose_secret())?,
            None => Proof::key(key, passphrase)?,
        });
    }
    let password = secret.password.clone().map(Proof::Password);
    if secret.agent {
        match Proof::agent() {
            Ok(agent) => proofs.push(agent),
            Err(error) if proofs.is_empty() && password.is_none() => return Err(error),
            Err(_) => {}
        }
    }
    proofs.extend(password);
    Ok(proofs)
}
