//! An account, as it is used for one session.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// Who logs in. `Debug` shows the user name alone.
#[derive(Clone)]
pub struct Login {
    pub username: String,
    pub password: SecretString,
    /// For privileged mode, where the device asks for a password.
    pub enable: Option<SecretString>,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("username", &self.username).finish_non_exhaustive()
    }
}

impl Login {
    /// Replaces both secrets wherever they occur, for text that goes into messages.
    pub(crate) fn mask(&self, bytes: &[u8]) -> Vec<u8> {
        let mut masked = bytes.to_vec();
        for secret in [Some(&self.password), self.enable.as_ref()].into_iter().flatten() {
            masked = without(masked, secret.expose_secret().as_bytes());
        }
        masked
    }
}

fn without(mut text: Vec<u8>, secret: &[u8]) -> Vec<u8> {
    let mut from = 0;
    while let Some(at) = text[from..].windows(secret.len().max(1)).position(|w| w == secret) {
        text.splice(from + at..from + at + secret.len(), *b"***");
        from += at + 3;
    }
    text
}

#[test]
fn secrets_are_masked() {
    let login = Login { username: "ops".into(), password: "s3cret".into(), enable: Some("en".into()) };
    assert_eq!(login.mask(b"s3cret then s3cret, en"), b"*** th*** ***, ***");
    assert_eq!(format!("{login:?}"), "Login { username: \"ops\", .. }");
}
