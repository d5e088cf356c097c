//! The library of TextFSM templates: a release of ntc-templates, the platforms' own over it, the user's over both.
//!
//! The pinned release is embedded. Templates are unpacked and compiled when they are first asked for.

mod detect;
mod layer;
mod library;
mod packed;
mod read;
mod release;
mod wheel;

pub use detect::Candidate;
pub use layer::{Commands, Layer};
pub use library::{Library, Origin};
pub use read::{NoTemplate, Reading, read};
pub use release::{Release, ReleaseError, VERSION, hash_of_file};
pub use wheel::WheelError;
