//! The library of TextFSM templates: the pinned release of ntc-templates, embedded, and what lies over it.
//!
//! Templates are unpacked and compiled when they are first asked for. A template that is added takes
//! precedence over one of the same name.

mod builtin;
mod detect;
mod library;
mod read;

pub use builtin::VERSION;
pub use detect::{Candidate, detect};
pub use library::{AddError, Library};
pub use read::{NoTemplate, Reading};
