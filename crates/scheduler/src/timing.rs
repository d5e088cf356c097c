//! When something is due: a wall clock, a zone, and what happens when the clocks of the zone change.
//!
//! The rule where clocks change is that of the Open Cron Pattern Specification:
//! - What names its hours (`daily at 02:30`, `30 2,14 * * *`) is due once a day: a time that the clocks leave out is due at
//!   the first moment after it, and one that they show twice is due the first time.
//! - What goes by every hour (`hourly`, `*/15 * * * *`) is due by the time that passes: twice in the hour that comes twice,
//!   and not at all in one that does not come.

use std::str::FromStr;

use jiff::civil::{DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp as Instant};
use model::Timestamp;
use serde::{Deserialize, Serialize};

use crate::civil;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "every", rename_all = "snake_case")]
pub enum Recurrence {
    Once {
        /// `2026-12-24T22:00:00`, by the clock of the zone.
        #[schema(value_type = String)]
        at: DateTime,
    },
    /// At this minute of each hour.
    Hourly { minute: i8 },
    Daily {
        /// `02:00:00`
        #[schema(value_type = String)]
        at: Time,
    },
    /// On days of the week, Monday is 1.
    Weekly {
        on: Vec<i8>,
        /// `02:00:00`
        #[schema(value_type = String)]
        at: Time,
    },
    /// On a day of the month, the last one where a month is shorter.
    Monthly {
        day: i8,
        /// `02:00:00`
        #[schema(value_type = String)]
        at: Time,
    },
    /// Five fields, or a word such as `@daily`.
    Cron { pattern: String },
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TimingError {
    #[error("`{0}` is no cron pattern: {1}; write five fields, such as `0 2 * * *`")]
    Cron(String, String),
    #[error("it would never be due")]
    Never,
    #[error("a minute is from 0 to 59, a day of the week from 1 to 7, a day of the month from 1 to 31")]
    Range,
    #[error("`{0}` is no time zone; write one such as Europe/Berlin or UTC")]
    Zone(String),
    #[error("jitter is at most 12 hours")]
    Jitter,
}

/// The most that something may be put off: half a day.
const MOST_JITTER_MS: i64 = 12 * 3_600_000;

/// A recurrence in a zone, put off by up to `jitter_ms`.
#[derive(Debug, Clone)]
pub struct Timing {
    recurrence: Recurrence,
    zone: TimeZone,
    jitter_ms: i64,
    seed: u64,
    steady: bool,
    cron: Option<croner::Cron>,
}

impl Timing {
    /// `zone`: a name such as `Europe/Berlin`. `seed`: two schedules with different ones are put off differently.
    pub fn new(recurrence: Recurrence, zone: &str, jitter_ms: i64, seed: u64) -> Result<Self, TimingError> {
        recurrence.check()?;
        if !(0..=MOST_JITTER_MS).contains(&jitter_ms) {
            return Err(TimingError::Jitter);
        }
        let zone = TimeZone::get(zone).map_err(|_| TimingError::Zone(zone.to_owned()))?;
        let cron = match &recurrence {
            Recurrence::Cron { pattern } => Some(civil::cron(pattern)?),
            _ => None,
        };
        let steady = recurrence.is_steady();
        Ok(Self { recurrence, zone, jitter_ms, seed, steady, cron })
    }

    pub fn recurrence(&self) -> &Recurrence {
        &self.recurrence
    }

    /// When it is due next, after this instant; `None` when it is over.
    pub fn next_after(&self, after: Timestamp) -> Option<Timestamp> {
        let after = Instant::from_millisecond(after.0).ok()?;
        let due = if self.steady { self.by_time_that_passes(after) } else { self.by_the_wall_clock(after) };
        due.map(|at| Timestamp(at.as_millisecond()))
    }

    /// The instant at which what is due then begins: the same for the same seed, whoever asks.
    pub fn begins(&self, due: Timestamp) -> Timestamp {
        let spread = self.jitter_ms.unsigned_abs() + 1;
        let put_off = mix(self.seed ^ mix(due.0.unsigned_abs())) % spread;
        due.plus_ms(i64::try_from(put_off).unwrap_or_default())
    }

    fn by_the_wall_clock(&self, after: Instant) -> Option<Instant> {
        let mut civil = self.zone.to_datetime(after);
        // Where clocks went back, times that come later on the dial have been.
        loop {
            civil = self.next_civil(civil)?;
            let at = self.first_instant(civil)?;
            if at > after {
                return Some(at);
            }
        }
    }

    /// The first instant at which the clocks show this, or the first after they left it out.
    fn first_instant(&self, civil: DateTime) -> Option<Instant> {
        match self.zone.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(civil).ok(),
            AmbiguousOffset::Fold { before, .. } => before.to_timestamp(civil).ok(),
            AmbiguousOffset::Gap { before, .. } => {
                let inside = before.to_timestamp(civil).ok()?.checked_add(SignedDuration::from_nanos(1)).ok()?;
                self.zone.preceding(inside).next().map(|change| change.timestamp())
            }
        }
    }

    fn by_time_that_passes(&self, after: Instant) -> Option<Instant> {
        let mut from = after;
        let mut civil = self.zone.to_datetime(from);
        loop {
            let at = self.zone.to_offset(from).to_timestamp(self.next_civil(civil)?).ok()?;
            match self.zone.following(from).next() {
                Some(change) if at >= change.timestamp() => {
                    from = change.timestamp();
                    // The very instant of the change may be meant.
                    civil = self.zone.to_datetime(from).checked_sub(SignedDuration::from_secs(1)).ok()?;
                }
                _ => return Some(at),
            }
        }
    }

    fn next_civil(&self, after: DateTime) -> Option<DateTime> {
        civil::next(&self.recurrence, self.cron.as_ref(), after)
    }
}

impl Recurrence {
    fn check(&self) -> Result<(), TimingError> {
        let is_right = match self {
            Self::Hourly { minute } => (0..60).contains(minute),
            Self::Weekly { on, .. } => !on.is_empty() && on.iter().all(|day| (1..=7).contains(day)),
            Self::Monthly { day, .. } => (1..=31).contains(day),
            Self::Once { .. } | Self::Daily { .. } | Self::Cron { .. } => true,
        };
        if is_right { Ok(()) } else { Err(TimingError::Range) }
    }

    /// Whether it goes by every hour, and not by hours that it names.
    fn is_steady(&self) -> bool {
        match self {
            Self::Hourly { .. } => true,
            Self::Cron { pattern } => {
                let pattern = pattern.trim();
                pattern.eq_ignore_ascii_case("@hourly")
                    || pattern.split_whitespace().nth(1).is_some_and(|hours| hours.starts_with('*'))
            }
            _ => false,
        }
    }
}

/// A cron pattern.
impl FromStr for Recurrence {
    type Err = TimingError;

    fn from_str(pattern: &str) -> Result<Self, TimingError> {
        civil::cron(pattern)?;
        Ok(Self::Cron { pattern: pattern.trim().to_owned() })
    }
}

/// Numbers that are near give numbers that are not (the last steps of splitmix64).
fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}
