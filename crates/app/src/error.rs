//! What can go wrong, by what the person would do about it.

use std::path::PathBuf;

use model::object::{CHANNEL, JOB, KINDS, NOTICE_RULE, SCHEDULE};
use store::StoreError;

use crate::templates::TemplatesError;

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error("there is no data directory at {}; run `velocity init` first", home.display())]
    NotInitialised { home: PathBuf },
    #[error("{} is not valid: {reason}", path.display())]
    Config { path: PathBuf, reason: String },
    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    /// The arguments make no sense; says what would.
    #[error("{0}")]
    Usage(String),
    /// It cannot be done as things are; says why.
    #[error("{0}")]
    Invalid(String),
    #[error("`{actor}` may not {verb}")]
    Forbidden { actor: String, verb: String },
    #[error("log in first: POST /api/v1/session with name and password, or send `Authorization: Bearer TOKEN`")]
    NotLoggedIn,
    #[error("name or password is wrong")]
    LoginRefused,
    #[error("the password was given by somebody else; set one of your own first")]
    PasswordMustChange,
    /// A file of ours is broken; a test reads them all.
    #[error("platform data: {0}")]
    Platform(String),
    #[error("there is no vault; run `velocity vault init` first")]
    NoVault,
    #[error(
        "the vault is locked; run `velocity vault unlock`, or give its password by VELOCITY_VAULT_PASS or --vault-pass-fd"
    )]
    VaultLocked,
    #[error("cannot open the vault")]
    Vault(#[from] ::vault::VaultError),
    #[error("the keyring of the system cannot be used: {0}")]
    Keyring(String),
    #[error("cannot write JSON")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Platforms(#[from] model::platform::PlatformError),
    /// An outside system did not say what it was asked.
    #[error(transparent)]
    Asked(connectors::AskError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Templates(#[from] TemplatesError),
}

impl AppError {
    /// The command that shows what there is, when something was named that is not there: `velocity jobs list`.
    pub fn where_to_look(&self) -> Option<String> {
        let AppError::Store(StoreError::NotFound { what, .. }) = self else { return None };
        let of_kinds = KINDS.into_iter().chain([&JOB, &SCHEDULE, &CHANNEL, &NOTICE_RULE]);
        let words = match *what {
            "execution" => "executions",
            "undo record" => "undo",
            "user" => "user",
            "token" => "token",
            what => of_kinds.into_iter().find(|kind| kind.name == what)?.plural,
        };
        Some(format!("velocity {words} list"))
    }

    /// The error and what caused it, in one line: what is kept in a run is read without a log beside it.
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        text
    }
}

pub type AppResult<T> = Result<T, AppError>;
