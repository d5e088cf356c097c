//! Facts: rows of captures, kept as intervals. A fact that is still there is not written again.

mod load;
mod query;
mod state;
mod values;

pub use load::{FactLoad, LoadCounts, Loaded, MissingFact};
pub use query::{FactCount, FactFilter, Predicate, StoredFact};
pub use state::{LoadOutcome, LoadState};
