//! Captures in, facts and changes out. Pure: the same capture always gives the same reading.

mod case;
mod changes;
mod mask;
mod read;
mod rows;
mod scrub;
mod snmp;

pub use changes::compare;
pub use mask::Mask;
pub use read::{Outcome, Reader, Reading, Rejected};
pub use scrub::{Kind as Scrubbed, Scrub};
