//! Captures in, facts and changes out. Pure: the same capture always gives the same reading.

mod case;
pub mod causes;
mod changes;
pub mod difference;
pub mod essence;
mod mask;
mod read;
mod rows;
mod scrub;
mod severity;
mod snmp;
pub mod watching;

pub use changes::{Compared, compare};
pub use mask::{LineMask, Mask};
pub use read::{Outcome, Quality, Reader, Reading, Rejected};
pub use scrub::{Kind as Scrubbed, Scrub};
pub use severity::{RuleError, SeverityRule, SeverityRules, Whose};
