//! One SSH server per device, all in one process.

mod handler;
pub mod keys;
mod listener;
mod wire;

pub use handler::{Client, Host};
pub use listener::{bind, listen};
pub use wire::Scissors;
