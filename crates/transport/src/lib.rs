//! Sessions with devices: SSH by `russh`, and the conversation of the crate `dialog` over it.
//!
//! One [`Session`] serves all commands of a device. [`Session::ask`] returns as soon as the prompt is
//! there; [`Session::finish`] gives the outputs as late framing settled them.

mod algorithms;
mod authenticate;
mod client;
mod error;
mod host_keys;
mod keys;
mod limits;
mod login;
mod session;
mod socket;
mod target;
mod telnet;
mod tunnel;
mod wait;
mod wire;

pub use algorithms::Wishes;
pub use dialog::{Output, OutputState, Profile, ProfileError};
pub use error::{Clock, Phase, SessionError};
pub use host_keys::{HostKey, HostKeyVerdict, HostKeys, Known, MemoryHostKeys, Negotiated, Suite};
pub use keys::KeyError;
pub use limits::Limits;
pub use login::{Login, Proof};
pub use session::{Finished, Session};
pub use target::{Legacy, Target};
pub use tunnel::{Jump, Tunnel};
