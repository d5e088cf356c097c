//! Facts: rows of captures, kept as intervals. A fact that is still there is not written again.

mod counts;
mod load;
mod parts;
mod query;
mod starts;
mod state;
pub(crate) mod values;

pub use counts::FactCount;
pub use load::{FactLoad, LoadCounts, Loaded, Loading, MissingFact};
pub(crate) use parts::trigrams;
pub(crate) use query::push_time;
pub use query::{FactFilter, Predicate, StoredFact, searched};
pub(crate) use state::LoadRow;
pub use state::{LoadOutcome, LoadState};
