//! The words of the product: devices, addresses, captures, runs, facts, and the platforms as data.
//!
//! Everything here is a plain value. Nothing reads a clock, a file or a socket.

pub mod account;
pub mod address;
pub mod capture;
pub mod change;
pub mod device;
pub mod fact;
pub mod host;
pub mod id;
pub mod interface;
pub mod job;
pub mod neighbor;
pub mod notice;
pub mod object;
pub mod pattern;
pub mod platform;
pub mod run;
pub mod text;
pub mod time;
pub mod vlans;

pub use account::{Account, Bucket, LoginTry, Stop};
pub use address::{Mac, MacPattern};
pub use capture::{Capture, Completeness};
pub use change::{Action, Author, Change, ChangeKind, ChangedThing, Severity};
pub use device::{Device, DeviceIdentity};
pub use fact::{Column, ColumnKind, Evidence, Fact, FactKind, Value};
pub use host::KeyOrigin;
pub use id::*;
pub use job::{JobCommand, JobSpec, Protocol, SaveRule};
pub use neighbor::NeighborClaim;
pub use notice::{Notice, NoticeKind};
pub use object::{Field, FieldKind, ObjectKind};
pub use platform::{CaptureSpec, Platform, Platforms};
pub use run::{DeviceOutcome, DeviceState, FailureClass, RunEvent, RunKind, RunState};
pub use time::{Clock, SystemClock, Timestamp, Zone};
