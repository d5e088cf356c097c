//! What a wall clock shows when something is due next, with no zone and no change of clocks.

use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span};

use crate::{Recurrence, TimingError};

/// Reads a pattern, and makes sure that it is due some day.
pub(crate) fn cron(pattern: &str) -> Result<Cron, TimingError> {
    let wrong = |why: String| TimingError::Cron(model::text::shown(pattern), why.trim_end_matches('.').to_owned());
    let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
    let cron = parser.parse(pattern).map_err(|e| wrong(e.to_string()))?;
    // From a leap day on: each date comes within eight years.
    let start = Date::constant(2024, 1, 1).at(0, 0, 0, 0);
    next_of_cron(&cron, start).map(|_| cron).ok_or(TimingError::Never)
}

/// The next one after this time.
pub(crate) fn next(recurrence: &Recurrence, cron: Option<&Cron>, after: DateTime) -> Option<DateTime> {
    match recurrence {
        Recurrence::Once { at } => Some(*at).filter(|at| *at > after),
        Recurrence::Hourly { minute } => {
            let this = after.date().at(after.hour(), *minute, 0, 0);
            if this > after { Some(this) } else { this.checked_add(SignedDuration::from_hours(1)).ok() }
        }
        Recurrence::Daily { at } => on_days(after, *at, |_| true),
        Recurrence::Weekly { on, at } => {
            on_days(after, *at, |date| on.contains(&date.weekday().to_monday_one_offset()))
        }
        Recurrence::Monthly { day, at } => on_days(after, *at, |date| date.day() == (*day).min(date.days_in_month())),
        Recurrence::Cron { .. } => next_of_cron(cron?, after),
    }
}

/// At this time of the first day that is one.
fn on_days(after: DateTime, at: Time, is_one: impl Fn(Date) -> bool) -> Option<DateTime> {
    let days = (0..=62).filter_map(|n| after.date().checked_add(Span::new().days(n)).ok());
    days.filter(|date| is_one(*date)).map(|date| date.to_datetime(at)).find(|then| *then > after)
}

/// In UTC, where no clock is ever changed.
fn next_of_cron(cron: &Cron, after: DateTime) -> Option<DateTime> {
    let after = after.to_zoned(TimeZone::UTC).ok()?;
    cron.find_next_occurrence(&after, false).ok().map(|next| next.datetime())
}
