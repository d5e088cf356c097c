//! TextFSM: templates in, rows out.
//!
//! The language is that of Google's Python `textfsm` 2.1, with the regular expressions of Python's `re`;
//! what Python accepts is accepted, and gives the same rows. Beyond that every record knows its lines,
//! every value its line, and lines that no rule read are returned. There is no IO here.
//!
//! ```
//! let template = textfsm::Template::compile(
//!     r"Value Required PORT (\S+)
//! Value STATE (up|down)
//!
//! Start
//!   ^${PORT} is ${STATE} -> Record
//! ",
//! )?;
//! let parsed = template.parse("eth0 is up\neth1 is down\nmade by hand\n")?;
//!
//! let second = parsed.records().nth(1).expect("two records");
//! assert_eq!(second.value(0).as_text(), "eth1");
//! assert_eq!(second.line_of(1), Some(2));
//! assert_eq!(parsed.unread, [3]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`Template`] is compiled once and used from any number of threads. [`Index`] says which template reads
//! which command of which platform, and [`Table`] joins what several templates read in one text. A text that is
//! refused by the template, or on which a pattern would take too long, is a [`ParseError`]: no text and no
//! template makes the engine hang or panic.

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
