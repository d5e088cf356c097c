//! A vault in one file, under a password of its own.

use base64ct::{Base64, Encoding};
use rand::CryptoRng;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::{Header, Kind, Policy, Secret, VaultError, fields};

/// A credential as it is exported.
#[derive(Debug, Clone)]
pub struct Exported {
    pub name: String,
    pub username: String,
    pub realm: String,
    pub notes: String,
    pub priority: i64,
    pub is_default: bool,
    pub secret: Secret,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    velocity_vault_export: u32,
    header: String,
    credentials: String,
}

const FORMAT: u32 = 1;
const MARK: &str = "velocity_vault_export";

const CREDENTIAL: u8 = 1;
const NAME: u8 = 2;
const KIND: u8 = 3;
const USERNAME: u8 = 4;
const REALM: u8 = 5;
const NOTES: u8 = 6;
const PRIORITY: u8 = 7;
const DEFAULT: u8 = 8;
const SECRET: u8 = 9;

/// The text of the file: JSON, with all that is secret sealed.
///
/// # Errors
/// [`VaultError::Invalid`] for a password that is too short.
pub fn export(
    credentials: &[Exported],
    password: &SecretString,
    policy: Policy,
    rng: &mut impl CryptoRng,
) -> Result<String, VaultError> {
    let (header, master) = Header::create(password, policy, rng)?;
    let each: Vec<_> = credentials.iter().map(Exported::encode).collect();
    let plain = fields::encode(&each.iter().map(|c| (CREDENTIAL, c.as_slice())).collect::<Vec<_>>());
    let file = File {
        velocity_vault_export: FORMAT,
        header: Base64::encode_string(&header.encode()),
        credentials: Base64::encode_string(&master.seal_export(&plain, rng)),
    };
    Ok(serde_json::to_string_pretty(&file).unwrap_or_default() + "\n")
}

/// Whether a text is, or began as, an export of ours.
pub fn is_export(text: &str) -> bool {
    text.get(..200.min(text.len())).unwrap_or(text).contains(MARK)
}

/// # Errors
/// [`VaultError::Torn`], [`VaultError::Damaged`], [`VaultError::WrongPassword`], [`VaultError::Newer`],
/// [`VaultError::Downgraded`].
pub fn import(text: &str, password: &SecretString, policy: Policy) -> Result<Vec<Exported>, VaultError> {
    let damaged = || VaultError::damaged("the export");
    let file: File = serde_json::from_str(text).map_err(|e| if e.is_eof() { VaultError::Torn } else { damaged() })?;
    if file.velocity_vault_export > FORMAT {
        return Err(VaultError::Newer { found: file.velocity_vault_export, known: FORMAT });
    }
    let bytes = |text: &str| Base64::decode_vec(text).map_err(|_| damaged());
    let master = Header::decode(&bytes(&file.header)?)?.unlock(password, policy)?;
    let plain = master.open_export(&bytes(&file.credentials)?).ok_or_else(damaged)?;
    let each = fields::decode(&plain).ok_or_else(damaged)?;
    each.into_iter().map(|(_, bytes)| Exported::decode(bytes).ok_or_else(damaged)).collect()
}

impl Exported {
    fn encode(&self) -> zeroize::Zeroizing<Vec<u8>> {
        let secret = self.secret.encode();
        fields::encode(&[
            (NAME, self.name.as_bytes()),
            (KIND, self.secret.kind().as_str().as_bytes()),
            (USERNAME, self.username.as_bytes()),
            (REALM, self.realm.as_bytes()),
            (NOTES, self.notes.as_bytes()),
            (PRIORITY, &self.priority.to_le_bytes()),
            (DEFAULT, &[u8::from(self.is_default)]),
            (SECRET, &secret),
        ])
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let fields = fields::decode(bytes)?;
        let field = |tag| fields.iter().find(|(t, _)| *t == tag).map(|(_, value)| *value);
        let text = |tag| std::str::from_utf8(field(tag)?).ok().map(str::to_owned);
        let kind: Kind = text(KIND)?.parse().ok()?;
        Some(Self {
            name: text(NAME)?,
            username: text(USERNAME)?,
            realm: text(REALM)?,
            notes: text(NOTES)?,
            priority: i64::from_le_bytes(field(PRIORITY)?.try_into().ok()?),
            is_default: field(DEFAULT)? == [1],
            secret: Secret::decode(kind, field(SECRET)?)?,
        })
    }
}
