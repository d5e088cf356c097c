//! A device's command line as a machine: bytes in, bytes to send out, no IO and no clock.
//!
//! An output is cut silently when a client takes a line that only looks like the prompt for the prompt.
//! So the prompt is a provisional end, at which the next command may be sent; an output is closed for
//! good where newline, prompt and the echo of the *next* command follow each other (late framing). The
//! last command is the platform's `exit`.

mod dialog;
mod echo;
mod enable;
mod frames;
mod framing;
mod login;
mod output;
mod profile;
mod prompt;
mod recording;
mod replay;
mod screen;
mod settle;
mod text;

pub use dialog::{Dialog, Reply, Step};
pub use output::{Output, OutputState};
pub use profile::{Profile, ProfileError};
pub use recording::Recording;
pub use replay::ReplayError;
pub use text::{escape, squeeze};
