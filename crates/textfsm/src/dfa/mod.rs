//! Which rules of a state can match a line, found in one pass over it.

mod alphabet;
mod floating;
mod lazy;
mod nfa;

pub(crate) use lazy::Lazy;
pub(crate) use nfa::{Nfa, build};
