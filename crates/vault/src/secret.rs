//! The kinds of credential, and what each keeps secret.

use std::fmt;
use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{VaultError, fields};

/// A type with a word for each of its values, as it is stored and typed.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $(#[serde(rename = $word)] $variant),* }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(word: &str) -> Result<Self, String> {
                let known = || Self::ALL.iter().map(|v| v.as_str()).collect::<Vec<_>>().join(", ");
                let found = Self::ALL.iter().find(|v| v.as_str().eq_ignore_ascii_case(word));
                found.copied().ok_or_else(|| format!(concat!("it is no ", $what, "; there are {}"), known()))
            }
        }
    };
}

words! {
    /// What a credential is for.
    Kind, "kind of credential" {
        Login = "login",
        SnmpCommunity = "snmp-community",
        SnmpUser = "snmp-user",
        Token = "token",
    }
}

words! {
    /// How SNMPv3 proves who sends (RFC 3414, RFC 7860).
    AuthProtocol, "authentication protocol" {
        Md5 = "MD5", Sha1 = "SHA", Sha224 = "SHA-224", Sha256 = "SHA-256", Sha384 = "SHA-384", Sha512 = "SHA-512",
    }
}

words! {
    /// How SNMPv3 keeps secret what is sent (RFC 3414, RFC 3826, and the longer keys of AES in common use).
    PrivacyProtocol, "privacy protocol" {
        Des = "DES", Aes128 = "AES-128", Aes192 = "AES-192", Aes256 = "AES-256",
    }
}

/// What a credential keeps secret. `Debug` shows the kind alone.
#[derive(Clone)]
pub enum Secret {
    Login(LoginSecret),
    SnmpCommunity(SecretString),
    SnmpUser(SnmpUser),
    Token(SecretString),
}

/// The ways in which an account may prove itself to a device; at least one is there.
#[derive(Clone, Default)]
pub struct LoginSecret {
    pub password: Option<SecretString>,
    /// A private key as in a file: OpenSSH or PEM.
    pub key: Option<SecretString>,
    pub passphrase: Option<SecretString>,
    /// An OpenSSH certificate for the key: the line of its `-cert.pub` file.
    pub certificate: Option<SecretString>,
    /// For privileged mode.
    pub enable: Option<SecretString>,
    /// The keys of the agent of whoever starts the run.
    pub agent: bool,
}

/// Without `auth` it is noAuthNoPriv, without `privacy` authNoPriv.
#[derive(Clone, Default)]
pub struct SnmpUser {
    pub auth: Option<(AuthProtocol, SecretString)>,
    pub privacy: Option<(PrivacyProtocol, SecretString)>,
}

const PASSWORD: u8 = 1;
const KEY: u8 = 2;
const PASSPHRASE: u8 = 3;
const CERTIFICATE: u8 = 4;
const ENABLE: u8 = 5;
const AGENT: u8 = 6;
const COMMUNITY: u8 = 7;
const AUTH_PROTOCOL: u8 = 8;
const AUTH: u8 = 9;
const PRIVACY_PROTOCOL: u8 = 10;
const PRIVACY: u8 = 11;
const TOKEN: u8 = 12;

/// The shortest passphrase of an SNMPv3 user, by RFC 3414.
const SNMP_PASSPHRASE: usize = 8;

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.kind())
    }
}

impl Secret {
    pub fn kind(&self) -> Kind {
        match self {
            Secret::Login(_) => Kind::Login,
            Secret::SnmpCommunity(_) => Kind::SnmpCommunity,
            Secret::SnmpUser(_) => Kind::SnmpUser,
            Secret::Token(_) => Kind::Token,
        }
    }

    /// What is in it, by name, in the order in which a person would read it. The values are secret.
    pub fn parts(&self) -> Vec<(&'static str, &SecretString)> {
        let named = |(tag, part)| match part {
            Part::Secret(secret) => Some((name_of(tag), secret)),
            Part::Plain(_) => None,
        };
        self.fields().into_iter().filter_map(named).collect()
    }

    /// What is in it, in words that are no secret: `password,enable`, `SHA-256,AES-128`, `agent`.
    pub fn holds(&self) -> String {
        let word = |(tag, part)| match part {
            Part::Plain("") => Some(name_of(tag)),
            Part::Plain(word) => Some(word),
            Part::Secret(_) => Some(name_of(tag)).filter(|_| tag != AUTH && tag != PRIVACY),
        };
        self.fields().into_iter().filter_map(word).collect::<Vec<_>>().join(",")
    }

    /// Whether anybody could use it.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] says what is missing.
    pub fn check(&self) -> Result<(), VaultError> {
        let refused = |why: &str| Err(VaultError::Invalid(why.to_owned()));
        if self.parts().iter().any(|(_, secret)| secret.expose_secret().is_empty()) {
            return refused("an empty secret is none");
        }
        match self {
            Secret::Login(login) => login.check(),
            Secret::SnmpUser(SnmpUser { auth: None, privacy: Some(_) }) => {
                refused("SNMPv3 has no privacy without authentication")
            }
            Secret::SnmpUser(user) => {
                let phrases = [user.auth.as_ref().map(|a| &a.1), user.privacy.as_ref().map(|p| &p.1)];
                let short = |phrase: &SecretString| phrase.expose_secret().len() < SNMP_PASSPHRASE;
                match phrases.into_iter().flatten().any(short) {
                    true => refused("a passphrase of an SNMPv3 user has at least 8 characters"),
                    false => Ok(()),
                }
            }
            Secret::SnmpCommunity(_) | Secret::Token(_) => Ok(()),
        }
    }

    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let plain: Vec<(u8, &[u8])> = self.fields().into_iter().map(|(tag, part)| (tag, part.bytes())).collect();
        fields::encode(&plain)
    }

    /// Nothing when it is not of this kind, or holds a field that this program does not know.
    pub(crate) fn decode(kind: Kind, bytes: &[u8]) -> Option<Self> {
        let mut secret = match kind {
            Kind::Login => Secret::Login(LoginSecret::default()),
            Kind::SnmpCommunity => Secret::SnmpCommunity(SecretString::default()),
            Kind::SnmpUser => Secret::SnmpUser(SnmpUser::default()),
            Kind::Token => Secret::Token(SecretString::default()),
        };
        for (tag, value) in fields::decode(bytes)? {
            secret.put(tag, std::str::from_utf8(value).ok()?)?;
        }
        Some(secret)
    }

    fn put(&mut self, tag: u8, value: &str) -> Option<()> {
        match (self, tag) {
            (Secret::Login(login), PASSWORD) => login.password = Some(value.into()),
            (Secret::Login(login), KEY) => login.key = Some(value.into()),
            (Secret::Login(login), PASSPHRASE) => login.passphrase = Some(value.into()),
            (Secret::Login(login), CERTIFICATE) => login.certificate = Some(value.into()),
            (Secret::Login(login), ENABLE) => login.enable = Some(value.into()),
            (Secret::Login(login), AGENT) => login.agent = true,
            (Secret::SnmpCommunity(community), COMMUNITY) => *community = value.into(),
            (Secret::SnmpUser(user), AUTH_PROTOCOL) => user.auth = Some((value.parse().ok()?, SecretString::default())),
            (Secret::SnmpUser(user), AUTH) => user.auth.as_mut()?.1 = value.into(),
            (Secret::SnmpUser(user), PRIVACY_PROTOCOL) => {
                user.privacy = Some((value.parse().ok()?, SecretString::default()));
            }
            (Secret::SnmpUser(user), PRIVACY) => user.privacy.as_mut()?.1 = value.into(),
            (Secret::Token(token), TOKEN) => *token = value.into(),
            _ => return None,
        }
        Some(())
    }

    fn fields(&self) -> Vec<(u8, Part<'_>)> {
        match self {
            Secret::Login(login) => login.fields(),
            Secret::SnmpCommunity(community) => vec![(COMMUNITY, Part::Secret(community))],
            Secret::SnmpUser(user) => user.fields(),
            Secret::Token(token) => vec![(TOKEN, Part::Secret(token))],
        }
    }
}

enum Part<'s> {
    Secret(&'s SecretString),
    Plain(&'static str),
}

impl<'s> Part<'s> {
    fn bytes(self) -> &'s [u8] {
        match self {
            Part::Secret(secret) => secret.expose_secret().as_bytes(),
            Part::Plain(word) => word.as_bytes(),
        }
    }
}

fn name_of(tag: u8) -> &'static str {
    match tag {
        PASSWORD => "password",
        KEY => "key",
        PASSPHRASE => "passphrase",
        CERTIFICATE => "certificate",
        ENABLE => "enable",
        AGENT => "agent",
        COMMUNITY => "community",
        AUTH => "authentication passphrase",
        PRIVACY => "privacy passphrase",
        _ => "token",
    }
}

impl LoginSecret {
    fn check(&self) -> Result<(), VaultError> {
        let refused = |why: &str| Err(VaultError::Invalid(why.to_owned()));
        if self.password.is_none() && self.key.is_none() && !self.agent {
            return refused("a login needs a password, a key or the agent");
        }
        if self.key.is_none() && (self.passphrase.is_some() || self.certificate.is_some()) {
            return refused("a passphrase or a certificate belongs to a private key; give the key too");
        }
        Ok(())
    }

    fn fields(&self) -> Vec<(u8, Part<'_>)> {
        let secrets = [
            (PASSWORD, &self.password),
            (KEY, &self.key),
            (PASSPHRASE, &self.passphrase),
            (CERTIFICATE, &self.certificate),
            (ENABLE, &self.enable),
        ];
        let there = secrets.into_iter().filter_map(|(tag, secret)| Some((tag, Part::Secret(secret.as_ref()?))));
        there.chain(self.agent.then_some((AGENT, Part::Plain("")))).collect()
    }
}

impl SnmpUser {
    fn fields(&self) -> Vec<(u8, Part<'_>)> {
        let mut fields = Vec::new();
        if let Some((protocol, phrase)) = &self.auth {
            fields.push((AUTH_PROTOCOL, Part::Plain(protocol.as_str())));
            fields.push((AUTH, Part::Secret(phrase)));
        }
        if let Some((protocol, phrase)) = &self.privacy {
            fields.push((PRIVACY_PROTOCOL, Part::Plain(protocol.as_str())));
            fields.push((PRIVACY, Part::Secret(phrase)));
        }
        fields
    }
}
