//! The vault of VelocityCollector: Fernet under a key that PBKDF2 gives.
//!
//! It was kept in two tables of `collector.db`, and this reads their rows as JSON. Names that it does not know are
//! passed over.
//!
//! ```json
//! {
//!   "vault_metadata": {"salt": "<base64>", "password_hash": "<base64>"},
//!   "credentials": [{
//!     "name": "lab", "username": "admin", "is_default": 1,
//!     "password_encrypted": "<token>", "ssh_key_encrypted": null, "ssh_key_passphrase_encrypted": null
//!   }]
//! }
//! ```
//!
//! `vault_metadata` may be a list of `{"key": …, "value": …}`, as in the table, or `salt` and `password_hash` may stand
//! beside `credentials`. Without a `password_hash` a password is wrong when it opens no token. `iterations` may say how
//! many rounds the key takes; 480,000 when nothing does. `is_default` is a number, a truth value or missing. Of the
//! token names, `password`, `ssh_key` and `ssh_key_passphrase` are read as well.
//!
//! In the place of `credentials` there may be `data`: one token, and in it JSON of such a list, or of an object with
//! `credentials`, whose secrets are in clear.

use base64ct::{Base64, Base64Url, Encoding};
use pbkdf2::pbkdf2_hmac;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::boxed::Key;
use crate::{Exported, LoginSecret, Secret, VaultError, fernet};

const ROUNDS: u32 = 480_000;
/// Of the hash that tells a wrong password.
const CHECK_ROUNDS: u32 = 100_000;
/// Above it, a file would stop the machine.
const MOST_ROUNDS: u32 = 20_000_000;
const PRIORITY: i64 = 100;

/// A vault as the predecessor kept it; everything secret in it is sealed still.
pub struct Predecessor {
    salt: Vec<u8>,
    password_hash: Option<Vec<u8>>,
    rounds: u32,
    rows: Rows,
}

enum Rows {
    /// Each secret is a token.
    Each(Vec<Row>),
    /// The whole is one.
    Whole(String),
}

/// A credential of another vault, or why it cannot be read.
pub type Foreign = Result<Exported, (String, VaultError)>;

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    vault_metadata: Value,
    salt: Option<String>,
    password_hash: Option<String>,
    iterations: Option<u32>,
    credentials: Option<Vec<Row>>,
    #[serde(alias = "encrypted_data")]
    data: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Plain {
    List(Vec<Row>),
    Object { credentials: Vec<Row> },
}

#[derive(Deserialize)]
struct Row {
    name: String,
    #[serde(default)]
    username: String,
    #[serde(alias = "password")]
    password_encrypted: Option<String>,
    #[serde(alias = "ssh_key")]
    ssh_key_encrypted: Option<String>,
    #[serde(alias = "ssh_key_passphrase")]
    ssh_key_passphrase_encrypted: Option<String>,
    #[serde(default)]
    is_default: Value,
}

impl Predecessor {
    /// # Errors
    /// [`VaultError::NotAnExport`] says what is missing; [`VaultError::Torn`].
    pub fn parse(json: &str) -> Result<Self, VaultError> {
        let not = |why: String| VaultError::NotAnExport(why);
        let file: File =
            serde_json::from_str(json).map_err(|e| if e.is_eof() { VaultError::Torn } else { not(format!("{e}")) })?;
        let meta = |key: &str| metadata(&file.vault_metadata, key);
        let bytes = |text: String| {
            let text = text.trim();
            Base64::decode_vec(text).or_else(|_| Base64Url::decode_vec(text)).map_err(|_| not("no base64".to_owned()))
        };
        let salt = file.salt.clone().or_else(|| meta("salt")).ok_or_else(|| not("it has no salt".to_owned()))?;
        let password_hash = file.password_hash.clone().or_else(|| meta("password_hash")).map(bytes).transpose()?;
        let rounds = file.iterations.or_else(|| meta("iterations")?.parse().ok()).unwrap_or(ROUNDS);
        if rounds == 0 || rounds > MOST_ROUNDS {
            return Err(not(format!("{rounds} rounds for its key are out of bounds")));
        }
        let rows = match (file.credentials, file.data) {
            (Some(rows), _) => Rows::Each(rows),
            (None, Some(token)) => Rows::Whole(token),
            (None, None) => return Err(not("it has no credentials".to_owned())),
        };
        Ok(Self { salt: bytes(salt)?, password_hash, rounds, rows })
    }

    /// Each credential by itself: one that is damaged does not take the others along. Takes a second or so.
    ///
    /// # Errors
    /// [`VaultError::WrongPassword`].
    pub fn open(&self, password: &SecretString) -> Result<Vec<Foreign>, VaultError> {
        let bytes = password.expose_secret().as_bytes();
        if let Some(hash) = &self.password_hash {
            let check = Key::fill(|key| pbkdf2_hmac::<Sha256>(bytes, &self.salt, CHECK_ROUNDS, key));
            if check.expose() != hash.as_slice() {
                return Err(VaultError::WrongPassword);
            }
        }
        let key = Key::fill(|key| pbkdf2_hmac::<Sha256>(bytes, &self.salt, self.rounds, key));
        match &self.rows {
            Rows::Whole(token) => self.open_whole(&key, token),
            Rows::Each(rows) => {
                let all: Vec<Foreign> = rows.iter().map(|row| row.open(&key)).collect();
                let nothing = !all.is_empty() && all.iter().all(Result::is_err);
                if nothing && self.password_hash.is_none() { Err(VaultError::WrongPassword) } else { Ok(all) }
            }
        }
    }

    fn open_whole(&self, key: &Key, token: &str) -> Result<Vec<Foreign>, VaultError> {
        let plain = fernet::open(key, token).ok_or_else(|| match self.password_hash {
            Some(_) => VaultError::damaged("the file"),
            None => VaultError::WrongPassword,
        })?;
        let rows =
            serde_json::from_slice(&plain).map_err(|_| VaultError::NotAnExport("no list is in it".to_owned()))?;
        let (Plain::List(rows) | Plain::Object { credentials: rows }) = rows;
        Ok(rows.into_iter().map(|row| Ok(row.in_clear())).collect())
    }
}

impl Row {
    fn open(&self, key: &Key) -> Foreign {
        let damaged = || (self.name.clone(), VaultError::damaged(format!("credential `{}`", self.name)));
        let part = |token: &Option<String>| match token.as_deref().filter(|t| !t.trim().is_empty()) {
            None => Ok(None),
            Some(token) => {
                let plain = fernet::open(key, token).ok_or_else(damaged)?;
                Ok(Some(std::str::from_utf8(&plain).map_err(|_| damaged())?.into()))
            }
        };
        let secret = LoginSecret {
            password: part(&self.password_encrypted)?,
            key: part(&self.ssh_key_encrypted)?,
            passphrase: part(&self.ssh_key_passphrase_encrypted)?,
            ..LoginSecret::default()
        };
        Ok(self.with(secret))
    }

    fn in_clear(mut self) -> Exported {
        let part = |text: &mut Option<String>| {
            let text = Zeroizing::new(text.take().unwrap_or_default());
            (!text.is_empty()).then(|| SecretString::from(text.as_str()))
        };
        let secret = LoginSecret {
            password: part(&mut self.password_encrypted),
            key: part(&mut self.ssh_key_encrypted),
            passphrase: part(&mut self.ssh_key_passphrase_encrypted),
            ..LoginSecret::default()
        };
        self.with(secret)
    }

    fn with(&self, secret: LoginSecret) -> Exported {
        let is_default = self.is_default.as_bool().or(self.is_default.as_i64().map(|n| n != 0)).unwrap_or_default();
        Exported {
            name: self.name.clone(),
            username: self.username.clone(),
            realm: String::new(),
            notes: String::new(),
            priority: PRIORITY,
            is_default,
            secret: Secret::Login(secret),
        }
    }
}

/// From an object, or from rows with `key` and `value`.
fn metadata(meta: &Value, key: &str) -> Option<String> {
    let value = match meta {
        Value::Array(rows) => rows.iter().find(|row| row["key"] == key)?.get("value")?,
        other => other.get(key)?,
    };
    value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|n| n.to_string()))
}
