//! A simulated network that answers over real SSH.
//!
//! A product that talks to routers cannot be shown, measured or broken on purpose without
//! routers. The lab stands in for them: [`World`] is a network that a number grows into existence
//! (devices, cables, hosts, routes), `render` prints what each device would say about it in the
//! words of its vendor, `ssh` and `shell` put that behind a terminal that behaves like the real
//! thing, and [`Truth`] says what a collector that makes no mistake must find.
//!
//! Nothing is stored that can be computed: outputs are rendered when somebody asks, so ten
//! thousand devices fit in one process. All listeners bind to loopback addresses only.

mod aaa;
mod background;
mod client;
mod control;
mod corpus;
mod fault;
mod info;
mod lab;
mod recorded;
mod render;
mod shell;
mod snmp;
mod ssh;
mod state;
mod truth;
mod world;

pub use aaa::{AaaAccounts, AaaCredential, AaaOptions, AaaStatus, RealmStatus};
pub use background::{UpOptions, foreground, serve, up};
pub use client::{accounts, change, down, facts, fault, move_host, status, truth};
pub use control::Status;
pub use fault::{Fault, HangAt, ParseFaultError};
pub use info::{Info, SnmpInfo};
pub use lab::{Lab, LabError, Peak, Running, ServeOptions};
pub use recorded::{Listening, Recorded, Turn};
pub use state::default_dir;
pub use truth::{
    Expected, Facts, Truth, TruthArp, TruthComponent, TruthDevice, TruthEnd, TruthGadget, TruthHost, TruthInterface,
    TruthLink, TruthMac, TruthNeighbor, TruthRoute,
};
pub use world::{
    Change, Device, Edit, EditError, EditKind, Hostile, Overrides, ParseEditKindError, Platform, Role, World,
    WorldOptions,
};
