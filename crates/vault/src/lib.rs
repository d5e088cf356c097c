//! Sealing and opening secrets. Bytes in, bytes out: no IO, no clock, and randomness from the caller.
//!
//! A password gives a key by Argon2id. That key wraps the [`Master`] key, which is random. The master key wraps a
//! random key for each secret, and seals the [`Roll`]: which credentials there are and which version of each was
//! written last. All sealing is XChaCha20-Poly1305, with what a blob is for as associated data, so that none can
//! stand in for another. What is sealed is as long as it is, rounded up to 64 bytes.
//!
//! No type here prints a secret; what held one is wiped when it is dropped.

mod boxed;
mod cost;
mod error;
mod export;
mod fernet;
mod fields;
mod header;
mod master;
mod predecessor;
mod roll;
mod secret;

pub use cost::{Cost, Policy};
pub use error::VaultError;
pub use export::{Exported, export, import, is_export};
pub use header::Header;
pub use master::{Label, Master};
pub use predecessor::{Foreign, Predecessor};
pub use roll::Roll;
pub use secret::{AuthProtocol, Kind, LoginSecret, PrivacyProtocol, Secret, SnmpUser};
