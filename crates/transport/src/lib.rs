//! Sessions with devices: SSH by `russh` or telnet, straight or through jump hosts, and the conversation of the crate
//! `dialog` over it.
//!
//! One [`Session`] serves all commands of a device. [`Session::ask`] returns as soon as the prompt is
//! there; [`Session::finish`] gives the outputs as late framing settled them.

mod algorithms;
mod authenticate;
mod client;
mod door;
mod error;
mod host_keys;
mod keys;
mod known_hosts;
mod limits;
mod login;
mod routes;
mod session;
mod socket;
mod ssh_config;
mod target;
mod telnet;
mod terminal;
mod tunnel;
mod wait;
mod wire;

pub use algorithms::Wishes;
pub use dialog::{Output, OutputState, Profile, ProfileError};
pub use door::{Door, Entered};
pub use error::{Clock, Phase, SessionError};
pub use host_keys::{HostKey, HostKeyVerdict, HostKeys, Known, MemoryHostKeys, Negotiated, Suite};
pub use keys::KeyError;
pub use known_hosts::{KnownHost, Standing, key_bits, known_hosts_name, parse_known_hosts};
pub use limits::Limits;
pub use login::{Login, Proof};
pub use routes::{HostRoutes, Routes};
pub use session::{Finished, Privileged, Session};
pub use ssh_config::{HostConfig, SshConfig, SshConfigError};
pub use target::{Legacy, Target};
pub use terminal::Terminal;
pub use tunnel::{Attempt, Doorkeeper, Jump, Tunnel};
