//! Who asks: a community, or a user with its secrets; and the keys made of them.

use std::fmt;
use std::str::FromStr;

use async_snmp::{Auth, AuthProtocol, Community, MasterKeys, PrivProtocol, UsmConfig};
use secrecy::{ExposeSecret, SecretString};

use crate::SnmpError;

/// Who asks. `Debug` and `Display` show no secret.
#[derive(Clone)]
pub enum Login {
    V2c(SecretString),
    V3(User),
}

/// A v3 user. Without a digest nothing is proven, and there can be no cipher either.
#[derive(Clone)]
pub struct User {
    pub name: String,
    pub digest: Option<(Digest, SecretString)>,
    pub cipher: Option<(Cipher, SecretString)>,
}

/// How messages are proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// How messages are hidden. A short digest gives too short a key for the longer ones: it is extended as net-snmp does, or, with
/// `c` at the end of the name, as Cisco does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cipher {
    Des,
    Aes128,
    Aes192,
    Aes256,
    Aes192Cisco,
    Aes256Cisco,
}

impl FromStr for Digest {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match plain(text).as_str() {
            "md5" => Digest::Md5,
            "sha" | "sha1" => Digest::Sha1,
            "sha224" => Digest::Sha224,
            "sha256" => Digest::Sha256,
            "sha384" => Digest::Sha384,
            "sha512" => Digest::Sha512,
            _ => return Err("write md5, sha, sha224, sha256, sha384 or sha512".into()),
        })
    }
}

impl FromStr for Cipher {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match plain(text).as_str() {
            "des" => Cipher::Des,
            "aes" | "aes128" => Cipher::Aes128,
            "aes192" => Cipher::Aes192,
            "aes256" => Cipher::Aes256,
            "aes192c" => Cipher::Aes192Cisco,
            "aes256c" => Cipher::Aes256Cisco,
            _ => return Err("write des, aes, aes192, aes256, or aes192c, aes256c as Cisco has them".into()),
        })
    }
}

/// `SHA-256`, `sha_256` and `sha256` are one word.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

impl From<Digest> for AuthProtocol {
    fn from(digest: Digest) -> Self {
        match digest {
            Digest::Md5 => AuthProtocol::Md5,
            Digest::Sha1 => AuthProtocol::Sha1,
            Digest::Sha224 => AuthProtocol::Sha224,
            Digest::Sha256 => AuthProtocol::Sha256,
            Digest::Sha384 => AuthProtocol::Sha384,
            Digest::Sha512 => AuthProtocol::Sha512,
        }
    }
}

impl From<Cipher> for PrivProtocol {
    fn from(cipher: Cipher) -> Self {
        match cipher {
            Cipher::Des => PrivProtocol::Des,
            Cipher::Aes128 => PrivProtocol::Aes128,
            Cipher::Aes192 => PrivProtocol::Aes192Blumenthal,
            Cipher::Aes256 => PrivProtocol::Aes256Blumenthal,
            Cipher::Aes192Cisco => PrivProtocol::Aes192Reeder,
            Cipher::Aes256Cisco => PrivProtocol::Aes256Reeder,
        }
    }
}

impl Login {
    pub fn is_v3(&self) -> bool {
        matches!(self, Login::V3(_))
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Login::V2c(_) => f.write_str("the v2c community"),
            Login::V3(user) => write!(f, "v3 user `{}`", user.name),
        }
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A [`Login`] with its keys: making a key of a v3 password costs a hash over a mebibyte, so it is done once for all devices.
#[derive(Clone, Debug)]
pub struct Access {
    pub(crate) auth: Auth,
    pub(crate) label: String,
    is_v3: bool,
}

impl Access {
    /// Takes milliseconds of CPU for a v3 user.
    ///
    /// # Errors
    /// [`SnmpError::Unusable`]: an empty or too short secret, a cipher without a digest.
    pub fn new(login: &Login) -> Result<Self, SnmpError> {
        let auth = match login {
            Login::V2c(community) => {
                Auth::v2c(Community::new(bytes::Bytes::copy_from_slice(community.expose_secret().as_bytes())))
            }
            Login::V3(user) => user.config()?.into(),
        };
        Ok(Self { auth, label: login.to_string(), is_v3: login.is_v3() })
    }

    pub fn is_v3(&self) -> bool {
        self.is_v3
    }

    /// For a person: the version, and the user's name.
    pub fn label(&self) -> &str {
        &self.label
    }
}

/// The shortest password that RFC 3414 allows.
const SHORTEST: usize = 8;

impl User {
    fn config(&self) -> Result<UsmConfig, SnmpError> {
        let config = UsmConfig::new(self.name.clone().into_bytes());
        let (digest, password) = match (&self.digest, &self.cipher) {
            (Some(digest), _) => digest,
            (None, None) => return Ok(config),
            (None, Some(_)) => return Err(self.unusable("it has a privacy password, but none to prove itself with")),
        };
        let keys = MasterKeys::new((*digest).into(), self.checked(password)?);
        let keys = match &self.cipher {
            None => keys,
            Some((cipher, password)) => {
                let password = self.checked(password)?;
                keys.and_then(|k| k.with_privacy((*cipher).into(), password))
            }
        };
        keys.and_then(|keys| config.with_master_keys(keys)).map_err(|e| self.unusable(&e.to_string()))
    }

    fn checked<'s>(&self, password: &'s SecretString) -> Result<&'s [u8], SnmpError> {
        let password = password.expose_secret().as_bytes();
        match password.len() < SHORTEST {
            true => Err(self.unusable("a password of a v3 user has at least 8 characters")),
            false => Ok(password),
        }
    }

    fn unusable(&self, reason: &str) -> SnmpError {
        SnmpError::Unusable { login: format!("v3 user `{}`", self.name), reason: reason.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_algorithms_are_read_in_any_spelling() {
        assert_eq!("SHA-256".parse(), Ok(Digest::Sha256));
        assert_eq!("sha".parse(), Ok(Digest::Sha1));
        assert_eq!("AES_256".parse(), Ok(Cipher::Aes256));
        assert_eq!("aes256c".parse(), Ok(Cipher::Aes256Cisco));
        assert!("rot13".parse::<Cipher>().is_err() && "sha3".parse::<Digest>().is_err());
    }

    #[test]
    fn no_secret_is_printed() {
        let user = User { name: "ops".into(), digest: Some((Digest::Sha1, "s3cret-one".into())), cipher: None };
        for login in [Login::V2c("s3cret-two".into()), Login::V3(user.clone())] {
            let access = Access::new(&login).expect("usable");
            let all = format!("{login} {login:?} {user:?} {access:?}");
            assert!(!all.contains("s3cret"), "{all}");
        }
    }

    #[test]
    fn what_cannot_be_a_v3_user_is_told_before_it_is_tried() {
        let check = |digest: Option<&str>, cipher: Option<&str>, reason: &str| {
            let digest = digest.map(|p| (Digest::Sha256, p.into()));
            let user = User { name: "ops".into(), digest, cipher: cipher.map(|p| (Cipher::Aes128, p.into())) };
            let refused = Access::new(&Login::V3(user)).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(refused.contains(reason), "{refused}");
        };
        check(Some("short"), None, "at least 8 characters");
        check(Some("long enough"), Some("short"), "at least 8 characters");
        check(None, Some("long enough"), "none to prove itself");
    }
}
