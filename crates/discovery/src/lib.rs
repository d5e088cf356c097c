//! The crawl: from seed addresses, breadth first, to every device that can be reached; with a reason for each
//! that was not entered.
//!
//! [`Crawl`] decides and does no IO; [`run`] visits what it says. Both give plain values.

mod agents;
mod crawl;
mod fingerprint;
mod kind;
mod placing;
mod probe;
mod rules;
mod run;
mod signatures;
mod visit;

pub use agents::{AgentLogin, Agents};
pub use crawl::{Candidate, Crawl, Found, Verdict};
pub use fingerprint::{Prober, host_in};
pub use kind::Kinds;
pub use placing::{PlaceRule, Placing};
pub use probe::{Probe, System, describe};
pub use rules::{Matcher, Rules};
pub use run::{Event, run};
pub use signatures::Signatures;
pub use visit::Via;
