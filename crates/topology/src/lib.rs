//! Neighbours in, graph out: which cables the claims of all devices argue for, and the map in the formats that other
//! tools read.
//!
//! A claim names its neighbour in whatever way the device learnt it; [`build`] finds the device that is meant, the
//! port at the far end, and the claim of the other side that agrees. Nothing is guessed: what stays ambiguous is an
//! [`Unknown`] with its reason, what contradicts is a [`Conflict`]. Nothing here does IO, and the order of the answer
//! does not depend on the order of the question.

mod build;
mod difference;
pub mod export;
mod fold;
mod graph;
mod half;
mod name;
mod node;
mod pair;
mod port;
mod resolve;
mod strangers;

pub use build::build;
pub use difference::{Cable, Difference};
pub use graph::{By, Conflict, End, Evidence, Graph, Link, Sighting, Unknown};
pub use node::Node;
