//! What is to be done about a schedule now, after however long nobody looked at it.

use model::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Timing;

/// What begins no later than this after its time is on time: a restart takes as long.
pub const GRACE_MS: i64 = 5 * 60_000;

/// Further back than this, nobody counts how many times were missed when there were some since.
const RECENT_MS: i64 = 24 * 3_600_000;

/// What becomes of times at which nobody was there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Missed {
    /// They are left out.
    #[default]
    Skip,
    /// It runs once for all of them.
    RunOnce,
}

/// What a look at a schedule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The time for which it runs now.
    pub run: Option<Timestamp>,
    /// Times for which it does not run any more, oldest first; of very many only the last day's.
    pub missed: Vec<Timestamp>,
    /// The time that is waited for from now on; `None` when it is over.
    pub next: Option<Timestamp>,
}

/// `waiting` is what the last look waited for, `None` at the first one; `since` is when the timing became what it is.
///
/// A time that is still ahead is found out anew at each look, so that neither a clock that was wrong nor another time zone leaves
/// something behind. Whoever runs a time must see to it that it is not run again: after a clock was set back it may be
/// waited for a second time.
pub fn look(timing: &Timing, waiting: Option<Timestamp>, since: Timestamp, missed: Missed, now: Timestamp) -> Look {
    let nothing = |next| Look { run: None, missed: Vec::new(), next };
    let Some(waiting) = waiting.filter(|due| *due <= now) else { return nothing(timing.next_after(now)) };
    let mut past = due_since(timing, waiting, now);
    let next = past.last().map_or(Some(waiting), |last| timing.next_after(*last));
    // Written by a clock that was ahead, it says nothing.
    past.retain(|due| *due > since || since > now);
    let Some(last) = past.pop() else { return nothing(next) };
    let is_late = now.ms_since(timing.begins(last)) > GRACE_MS;
    let run = Some(last).filter(|_| !is_late || missed == Missed::RunOnce);
    past.extend(Some(last).filter(|_| run.is_none()));
    Look { run, missed: past, next }
}

/// The times from `first` on that should have begun by now. One is not begun before those that come earlier are.
fn due_since(timing: &Timing, first: Timestamp, now: Timestamp) -> Vec<Timestamp> {
    let recent = timing.next_after(now.plus_ms(-RECENT_MS)).filter(|due| *due > first && timing.begins(*due) <= now);
    let times = std::iter::successors(Some(recent.unwrap_or(first)), |due| timing.next_after(*due));
    times.take_while(|due| timing.begins(*due) <= now).collect()
}
