//! TextFSM: templates in, rows out.
//!
//! The language is that of Google's Python `textfsm` 2.1, with the regular expressions of Python's `re`;
//! what Python accepts is accepted, and gives the same rows. Beyond that every record knows its lines,
//! every value its line, and lines that no rule read are returned. There is no IO here.

mod abbreviation;
mod action;
mod cells;
mod declaration;
mod dfa;
mod error;
mod index;
mod lines;
mod machine;
mod merge;
mod parsed;
mod pattern;
mod row;
mod rule;
mod source;
mod template;
mod value;

pub use error::{ParseError, TemplateError};
pub use index::{Index, IndexError};
pub use lines::lines;
pub use machine::Evidence;
pub use merge::Table;
pub use parsed::{Outcome, Parsed, Record};
pub use template::{Field, FieldOption, Template};
pub use value::{Item, List, Map, Value};
