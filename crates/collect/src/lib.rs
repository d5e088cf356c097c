//! One run over many devices: who is visited when, with which account, and what each of them said.
//!
//! A stage takes and gives plain values: visits in, captures and outcomes out, over a channel. A device that fails
//! is a result in the run, not the end of it.

mod asking;
pub mod budget;
pub mod choice;
mod crew;
mod gate;
mod pace;
mod privilege;
mod profiles;
mod run;
mod seats;
mod settings;

pub use asking::{Asking, Order, Orders, judge, judge_text};
pub use budget::{Budget, Rules};
pub use choice::REFUSALS_OF_A_DEVICE;
pub use crew::{Change, Crew, Place};
pub use gate::{Gate, LogIn, NoEntry, Permit, Worked};
pub use privilege::{adopt, enable_account, enable_of, is_enable};
pub use profiles::Profiles;
pub use run::{Event, Path, Source, Task, Visit, Visited, run};
pub use seats::{Caps, Full, Hall, Line, Seat};
pub use settings::{Environment, Settings, greeting, may_try_next, not_the_pinned, open, outcome_of};
