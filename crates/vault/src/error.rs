//! What can be wrong with a vault, by what its owner would do about it.

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error("the password is wrong")]
    WrongPassword,
    /// Some byte of it is not what was written.
    #[error("{what} is damaged; restore it from a backup")]
    Damaged { what: String },
    /// A whole file that ends too early.
    #[error("the file ends in the middle of an export; it was not written to its end, or not copied whole")]
    Torn,
    #[error("it has format {found}, this program knows formats up to {known}; use a newer velocity")]
    Newer { found: u32, known: u32 },
    /// The stored cost of guessing the password is not one that this program would ever write.
    #[error(
        "the vault asks for a key derivation outside of the bounds ({cost}); it was changed by something else than velocity"
    )]
    Downgraded { cost: String },
    /// It opens, but is not the version that was written last, or was taken out of the vault.
    #[error("credential `{name}` is not the version that was written last; an old row was put back")]
    PutBack { name: String },
    #[error("credential `{name}` holds what this program does not know; use a newer velocity")]
    Unknown { name: String },
    /// It is neither an export of ours nor of the predecessor's.
    #[error("it is no export of a vault: {0}")]
    NotAnExport(String),
    #[error("{0}")]
    Invalid(String),
}

impl VaultError {
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        VaultError::Damaged { what: what.into() }
    }
}
