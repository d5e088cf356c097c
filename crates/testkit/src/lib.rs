//! What tests need: a database of each kind, a clock that stands still, and devices and facts in few words.

pub mod build;
mod clock;
mod databases;
pub mod postgres;

pub use clock::FixedClock;
pub use databases::{TestDb, each_db};
