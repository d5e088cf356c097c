//! One SSH server per device, all in one process.

mod handler;
mod keys;
mod listener;
mod wire;

pub use listener::{bind, listen};
pub use wire::Scissors;
