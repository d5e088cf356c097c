//! Private keys and certificates, from the text of their files.

use std::path::PathBuf;
use std::sync::Arc;

use russh::keys::{Certificate, PrivateKey, decode_secret_key};
use secrecy::{ExposeSecret, SecretString};

use crate::login::Proof;

/// Why a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("the key has a passphrase, and none was given")]
    PassphraseNeeded,
    #[error("the passphrase does not open the key")]
    PassphraseWrong,
    #[error("this is not a private key in OpenSSH or PEM form: {0}")]
    NotAKey(String),
    #[error("this is not an OpenSSH certificate: {0}")]
    NotACertificate(String),
    #[error("the certificate is for another key")]
    OtherKey,
    #[error("there is no agent: SSH_AUTH_SOCK is not set")]
    NoAgent,
}

impl Proof {
    /// A private key in OpenSSH, PEM (PKCS#1, PKCS#8, SEC1) or PuTTY form.
    pub fn key(text: &str, passphrase: Option<&SecretString>) -> Result<Proof, KeyError> {
        Ok(Proof::Key(Arc::new(private(text, passphrase)?)))
    }

    /// A private key and the `-cert.pub` file that belongs to it.
    pub fn certificate(text: &str, passphrase: Option<&SecretString>, certificate: &str) -> Result<Proof, KeyError> {
        let key = private(text, passphrase)?;
        let certificate =
            Certificate::from_openssh(certificate.trim()).map_err(|e| KeyError::NotACertificate(e.to_string()))?;
        if certificate.public_key() != key.public_key().key_data() {
            return Err(KeyError::OtherKey);
        }
        Ok(Proof::Certificate { key: Arc::new(key), certificate: Arc::new(certificate) })
    }

    /// The agent that this process was given by `SSH_AUTH_SOCK`.
    pub fn agent() -> Result<Proof, KeyError> {
        let socket = std::env::var_os("SSH_AUTH_SOCK").filter(|s| !s.is_empty()).ok_or(KeyError::NoAgent)?;
        Ok(Proof::Agent { socket: PathBuf::from(socket) })
    }
}

fn private(text: &str, passphrase: Option<&SecretString>) -> Result<PrivateKey, KeyError> {
    let key = decode_secret_key(text, passphrase.map(|p| p.expose_secret()));
    let key = key.map_err(|e| match (is_encrypted(text), passphrase) {
        (true, None) => KeyError::PassphraseNeeded,
        (true, Some(_)) => KeyError::PassphraseWrong,
        (false, _) => KeyError::NotAKey(e.to_string()),
    })?;
    if key.is_encrypted() { Err(KeyError::PassphraseNeeded) } else { Ok(key) }
}

/// Whether the file says that it is; one in OpenSSH form says so inside.
fn is_encrypted(text: &str) -> bool {
    let by_its_header = ["ENCRYPTED", "Encryption: aes"].iter().any(|mark| text.contains(mark));
    by_its_header || PrivateKey::from_openssh(text).is_ok_and(|key| key.is_encrypted())
}
