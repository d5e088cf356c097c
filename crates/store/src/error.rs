//! What can go wrong, one variant for each thing an operator would do about it.

use std::error::Error;

use model::{CaptureId, RunId};

pub type StoreResult<T> = Result<T, StoreError>;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("cannot open {what}")]
    CannotOpen { what: String, source: Box<dyn Error + Send + Sync> },
    #[error("the database has schema {found}, this program knows schemas up to {known}; use a newer velocity")]
    SchemaNewer { found: i64, known: i64 },
    /// Another process holds the database for longer than we wait, or two transactions wanted the same rows:
    /// the whole transaction may be tried again.
    #[error("the database is busy; try again")]
    Busy(#[source] sqlx::Error),
    #[error("no space left for the database")]
    DiskFull(#[source] sqlx::Error),
    #[error("no {what} `{reference}`")]
    NotFound { what: &'static str, reference: String },
    #[error("`{reference}` may be any of: {}", candidates.join(", "))]
    Ambiguous { reference: String, candidates: Vec<String> },
    /// The state of things does not allow it; says what stands against it.
    #[error("{0}")]
    Conflict(String),
    /// Somebody changed it since the caller looked; says so.
    #[error("{0}")]
    Stale(String),
    /// Whoever has the piece now writes its result.
    #[error("device {seq} of execution {run} is not ours any more: its lease ran out, or the execution was cancelled")]
    LeaseLost { run: RunId, seq: i64 },
    #[error("the database cannot be written: it is open for reading only, or its disk is")]
    ReadOnly(#[source] sqlx::Error),
    #[error("the database does not answer")]
    Unavailable(#[source] sqlx::Error),
    /// It takes longer than anybody waits.
    #[error("the database does not answer")]
    Silent,
    #[error("cannot read or write the folder of captures")]
    Contents(#[from] object_store::Error),
    #[error("the content of capture {capture} is damaged: its hash is not the one that was stored")]
    Damaged { capture: CaptureId },
    #[error("the file of the database is damaged; `velocity doctor` tells what can be done")]
    Malformed(#[source] sqlx::Error),
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
}

impl StoreError {
    pub(crate) fn not_found(what: &'static str, reference: impl std::fmt::Display) -> Self {
        StoreError::NotFound { what, reference: model::text::shown(&reference.to_string()) }
    }

    pub(crate) fn cannot_open(what: impl std::fmt::Display, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        StoreError::CannotOpen { what: what.to_string(), source: source.into() }
    }

    /// Whether it will be right again without anything being done to what was asked: a server that is restarted, a disk that is
    /// full. Nothing of the transaction is there, or all of it.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Unavailable(_) | Self::Silent | Self::DiskFull(_) | Self::ReadOnly(_))
    }

    /// Whether a server does not answer, also when it was to be opened.
    pub fn is_away(&self) -> bool {
        let StoreError::CannotOpen { what, source } = self else { return self.may_pass() };
        what.starts_with("postgres")
            && match source.downcast_ref::<sqlx::Error>() {
                Some(sqlx::Error::Io(_)) => true,
                Some(sqlx::Error::Database(e)) => e.code().is_some_and(|code| is_unavailable(&code)),
                _ => false,
            }
    }

    /// Whether the same transaction may well succeed when it is tried again.
    pub fn is_busy(&self) -> bool {
        matches!(self, StoreError::Busy(_))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(e: sqlx::Error) -> Self {
        let sqlx::Error::Database(inner) = &e else {
            return match e {
                sqlx::Error::PoolTimedOut => StoreError::Busy(e),
                sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::WorkerCrashed => StoreError::Unavailable(e),
                e => StoreError::Database(e),
            };
        };
        if inner.is_unique_violation() || inner.is_foreign_key_violation() {
            return StoreError::Conflict(inner.message().to_owned());
        }
        match inner.code().as_deref() {
            Some(code) if is_busy(code) => StoreError::Busy(e),
            Some(code) if is_damage(code) => StoreError::Malformed(e),
            // 4874: the file that SQLite's processes share could not be made larger.
            Some("13" | "4874" | "53100") => StoreError::DiskFull(e),
            Some(code) if is_read_only(code) => StoreError::ReadOnly(e),
            Some(code) if is_unavailable(code) => StoreError::Unavailable(e),
            _ => StoreError::Database(e),
        }
    }
}

/// SQLite's result code (extended ones hold the plain one in their low byte) or PostgreSQL's SQLSTATE.
fn is_busy(code: &str) -> bool {
    let sqlite = code.parse::<i64>().is_ok_and(|c| code.len() < 5 && matches!(c & 0xff, 5 | 6));
    sqlite || matches!(code, "40001" | "40P01" | "55P03" | "57014")
}

/// SQLite's result codes for a file that is damaged, or is no database.
fn is_damage(code: &str) -> bool {
    code.parse::<i64>().is_ok_and(|c| code.len() < 5 && matches!(c & 0xff, 11 | 26))
}

/// SQLite's `readonly` in all its forms; PostgreSQL's, of a standby too.
fn is_read_only(code: &str) -> bool {
    code == "25006" || code.len() < 5 && code.parse::<i64>().is_ok_and(|c| c & 0xff == 8)
}

/// PostgreSQL is shut down, starts, has no room for one more connection, or has given up one that said nothing for too long;
/// SQLite's disk does not answer.
fn is_unavailable(code: &str) -> bool {
    let disk = code.len() < 5 && code.parse::<i64>().is_ok_and(|c| matches!(c & 0xff, 10 | 14));
    disk || code.starts_with("08") || matches!(code, "57P01" | "57P02" | "57P03" | "53300" | "25P03")
}
