//! What persons are told of, and when: nobody is woken for what can wait.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;
use jiff::{Span, ToSpan, Zoned};
use serde::{Deserialize, Serialize};

use crate::change::words;
use crate::{Severity, Timestamp, Zone};

/// Something that may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// A run in which no device succeeded, or whose process is gone.
    RunFailed,
    /// A run in which some devices failed.
    RunPartial,
    RunSucceeded,
    /// Something changed on a device.
    Change,
    NewDevice,
    /// An account is left alone, since it was refused.
    CredentialRefused,
    /// A worker does not answer any more.
    WorkerLost,
}
words!(NoticeKind {
    RunFailed = "run_failed", RunPartial = "run_partial", RunSucceeded = "run_succeeded", Change = "change",
    NewDevice = "new_device", CredentialRefused = "credential_refused", WorkerLost = "worker_lost",
});

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Notice {
    pub kind: NoticeKind,
    /// The same for the same thing, whoever sees it: `run_failed:12`.
    pub key: String,
    pub at: Timestamp,
    /// Of changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// One line.
    pub title: String,
    /// What to look at next, as lines; may be empty.
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
}

/// Several kinds, as `run_failed, change`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeKinds(pub Vec<NoticeKind>);

impl FromStr for NoticeKinds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words = text.split([',', ' ']).map(str::trim).filter(|w| !w.is_empty());
        let mut kinds: Vec<NoticeKind> =
            words.map(|w| w.to_lowercase().replace('-', "_").parse()).collect::<Result<_, _>>()?;
        kinds.sort_unstable();
        kinds.dedup();
        Ok(Self(kinds))
    }
}

impl fmt::Display for NoticeKinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|k| k.as_str()).collect();
        f.write_str(&words.join(", "))
    }
}

/// Hours in which nothing is sent, as `22:00-07:00`. What happens in them is told when they end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    pub from: Time,
    pub to: Time,
}

impl QuietHours {
    fn hold(&self, time: Time) -> bool {
        match self.from <= self.to {
            true => self.from <= time && time < self.to,
            false => self.from <= time || time < self.to,
        }
    }

    /// The end of the quiet hours that hold an instant; the instant itself when none do.
    fn end(&self, at: &Zoned) -> Option<Zoned> {
        if !self.hold(at.time()) {
            return Some(at.clone());
        }
        next(at, self.to)
    }
}

impl FromStr for QuietHours {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('-').and_then(|(from, to)| Some((time(from)?, time(to)?)));
        match parts {
            Some((from, to)) if from != to => Ok(Self { from, to }),
            _ => Err(format!("`{text}` is not hours such as 22:00-07:00")),
        }
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.strftime("%H:%M"), self.to.strftime("%H:%M"))
    }
}

/// When what happened is told together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// At each full hour.
    Hourly,
    Daily(Time),
}

impl FromStr for Digest {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        match text.split_once(' ') {
            None if text == "hourly" => Ok(Self::Hourly),
            Some(("daily", at)) => time(at).map(Self::Daily).ok_or(()),
            _ => Err(()),
        }
        .map_err(|()| format!("`{text}` is not `hourly` or `daily 08:00`"))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hourly => f.write_str("hourly"),
            Self::Daily(at) => write!(f, "daily {}", at.strftime("%H:%M")),
        }
    }
}

/// When something that happened at `at` is told: with its digest, and not in the quiet hours.
pub fn due(at: Timestamp, digest: Option<Digest>, quiet: Option<QuietHours>, zone: &Zone) -> Timestamp {
    let told = || {
        let at = jiff::Timestamp::from_millisecond(at.0).ok()?.to_zoned(zone.clone());
        let at = match digest {
            None => at,
            Some(Digest::Hourly) => full_hour(&at)?,
            Some(Digest::Daily(time)) => next(&at, time)?,
        };
        let told = quiet.map_or(Some(at.clone()), |q| q.end(&at))?;
        Some(Timestamp(told.timestamp().as_millisecond()))
    };
    // An instant that the calendar does not reach.
    told().unwrap_or(at)
}

/// The first full hour after an instant.
fn full_hour(at: &Zoned) -> Option<Zoned> {
    let start = at.with().minute(0).second(0).subsec_nanosecond(0).build().ok()?;
    start.checked_add(Span::new().hours(1)).ok()
}

/// When a clock next shows this time after an instant. A time that a day leaves out is taken as jiff does: later.
fn next(at: &Zoned, time: Time) -> Option<Zoned> {
    let today = at.date().to_datetime(time).to_zoned(at.time_zone().clone()).ok()?;
    if today > *at {
        return Some(today);
    }
    let tomorrow = at.date().checked_add(1.day()).ok()?;
    tomorrow.to_datetime(time).to_zoned(at.time_zone().clone()).ok()
}

fn time(text: &str) -> Option<Time> {
    Time::strptime("%H:%M", text.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(at: &str, digest: &str, quiet: &str, told: &str) {
        let at: Timestamp = at.parse().expect("a time");
        let digest = (!digest.is_empty()).then(|| digest.parse().expect("a digest"));
        let quiet = (!quiet.is_empty()).then(|| quiet.parse().expect("quiet hours"));
        let zone = Zone::get("Europe/Berlin").expect("a zone");
        assert_eq!(due(at, digest, quiet, &zone).to_string(), told, "{at} {digest:?} {quiet:?}");
    }

    #[test]
    fn what_happens_in_quiet_hours_is_told_when_they_end() {
        check("2026-01-10T12:00:00Z", "", "", "2026-01-10T12:00:00Z");
        check("2026-01-10T12:00:00Z", "", "22:00-07:00", "2026-01-10T12:00:00Z");
        check("2026-01-10T21:30:00Z", "", "22:00-07:00", "2026-01-11T06:00:00Z");
        check("2026-01-11T02:00:00Z", "", "22:00-07:00", "2026-01-11T06:00:00Z");
        check("2026-01-11T06:00:00Z", "", "22:00-07:00", "2026-01-11T06:00:00Z");
        check("2026-01-10T11:30:00Z", "", "12:00-13:00", "2026-01-10T12:00:00Z");
    }

    #[test]
    fn a_digest_waits_for_its_hour_and_for_the_end_of_quiet_hours() {
        check("2026-01-10T12:10:00Z", "hourly", "", "2026-01-10T13:00:00Z");
        check("2026-01-10T12:10:00Z", "daily 08:00", "", "2026-01-11T07:00:00Z");
        check("2026-01-10T06:59:59Z", "daily 08:00", "", "2026-01-10T07:00:00Z");
        check("2026-01-10T07:00:00Z", "daily 08:00", "", "2026-01-11T07:00:00Z");
        check("2026-01-10T21:10:00Z", "hourly", "22:00-07:00", "2026-01-11T06:00:00Z");
    }

    #[test]
    fn an_hour_that_the_clock_leaves_out_or_shows_twice_is_met_once() {
        // 02:30 is not there on 29 March, and there twice on 25 October.
        check("2026-03-28T12:00:00Z", "daily 02:30", "", "2026-03-29T01:30:00Z");
        check("2026-10-24T12:00:00Z", "daily 02:30", "", "2026-10-25T00:30:00Z");
        check("2026-10-25T00:30:00Z", "daily 02:30", "", "2026-10-26T01:30:00Z");
    }

    #[test]
    fn what_a_person_writes_is_shown_in_one_spelling() {
        let kinds: NoticeKinds = "change run-failed,change".parse().expect("kinds");
        assert_eq!(kinds.to_string(), "run_failed, change");
        assert!("alarm".parse::<NoticeKinds>().is_err());
        assert_eq!("7:00-8:30".parse::<QuietHours>().map(|q| q.to_string()), Ok("07:00-08:30".to_owned()));
        assert!("7-8".parse::<QuietHours>().is_err());
        assert_eq!("Daily 6:05".parse::<Digest>().map(|d| d.to_string()), Ok("daily 06:05".to_owned()));
        assert!("weekly".parse::<Digest>().is_err());
    }
}
