//! Facts: rows of captures, kept as intervals. A fact that is still there is not written again.

mod counts;
mod load;
mod parts;
mod query;
mod starts;
mod state;
mod values;

pub use counts::FactCount;
pub use load::{FactLoad, LoadCounts, Loaded, Loading, MissingFact};
pub use query::{FactFilter, Predicate, StoredFact, searched};
pub use state::{LoadOutcome, LoadState};
