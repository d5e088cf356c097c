//! When something is due, and whose turn it is. Knows no job by name, does no IO and reads no clock.
//!
//! [`Timing`] says when the next time is, whatever the clocks of its zone do. [`look`] says what is to be done about it
//! now, after however long nobody looked. [`share_out`] says which runs get the sessions that are free.

mod civil;
mod look;
mod share;
mod timing;

pub use look::{GRACE_MS, Look, Missed, look};
pub use share::{Priority, Waiting, share_out};
pub use timing::{Recurrence, Timing, TimingError};
