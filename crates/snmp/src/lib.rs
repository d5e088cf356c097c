//! Questions to SNMP agents: v2c by community, v3 by user; get, and walks by GETBULK with limits.
//!
//! The library `async-snmp` speaks the protocol. Here are the limits of a walk, one error for each thing an operator
//! would do, and the text in which an answer is kept: a [`line()`] for each binding.

mod client;
mod endpoint;
mod error;
mod limits;
mod line;
mod login;
mod walk;

pub use async_snmp::{Oid, Value, VarBind as Binding};
pub use client::Client;
pub use endpoint::Endpoint;
pub use error::SnmpError;
pub use limits::Limits;
pub use line::{line, text, typed};
pub use login::{Access, Cipher, Digest, Login, User};
pub use walk::Walk;

/// The port that agents listen on.
pub const PORT: u16 = 161;
