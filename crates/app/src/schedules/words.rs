//! When, in the words of a person.

use jiff::civil::{DateTime, Time};
use model::text::shown;
use scheduler::Recurrence;

use crate::{AppError, AppResult};

/// One of these, and a time of day for those that have one.
#[derive(Debug, Clone, Default)]
pub struct When {
    /// `2026-12-24 22:00`
    pub once: Option<String>,
    pub hourly: bool,
    pub daily: bool,
    /// `mon,wed`
    pub weekly: Option<String>,
    /// A day of the month.
    pub monthly: Option<i8>,
    pub cron: Option<String>,
    /// `02:00`; of hourly ones the minutes count.
    pub time: Option<String>,
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl When {
    pub fn recurrence(&self) -> AppResult<Recurrence> {
        let at = || self.time.as_deref().map_or(Ok(Time::midnight()), time);
        let given = [self.once.is_some(), self.hourly, self.daily, self.weekly.is_some(), self.monthly.is_some()];
        let given = given.into_iter().filter(|is| *is).count() + usize::from(self.cron.is_some());
        if given != 1 {
            let text = "when? give one of --once, --hourly, --daily, --weekly, --monthly, --cron";
            return Err(AppError::Usage(text.into()));
        }
        if let Some(text) = &self.once {
            return Ok(Recurrence::Once { at: date_time(text)? });
        }
        if let Some(pattern) = &self.cron {
            return pattern.parse().map_err(|e: scheduler::TimingError| AppError::Usage(e.to_string()));
        }
        if let Some(days) = &self.weekly {
            return Ok(Recurrence::Weekly { on: days.split(',').map(day).collect::<AppResult<_>>()?, at: at()? });
        }
        if let Some(day) = self.monthly {
            return Ok(Recurrence::Monthly { day, at: at()? });
        }
        Ok(match self.hourly {
            true => Recurrence::Hourly { minute: at()?.minute() },
            false => Recurrence::Daily { at: at()? },
        })
    }
}

/// `daily at 02:00`
pub fn in_words(recurrence: &Recurrence) -> String {
    let of = |at: &Time| at.strftime("%H:%M").to_string();
    match recurrence {
        Recurrence::Once { at } => format!("once at {}", at.strftime("%Y-%m-%d %H:%M")),
        Recurrence::Hourly { minute } => format!("hourly at minute {minute}"),
        Recurrence::Daily { at } => format!("daily at {}", of(at)),
        Recurrence::Weekly { on, at } => {
            let names = on.iter().filter_map(|d| DAYS.get(usize::try_from(*d).ok()?.checked_sub(1)?).copied());
            format!("weekly on {} at {}", names.collect::<Vec<_>>().join(", "), of(at))
        }
        Recurrence::Monthly { day, at } => format!("monthly on day {day} at {}", of(at)),
        Recurrence::Cron { pattern } => format!("cron {pattern}"),
    }
}

fn time(text: &str) -> AppResult<Time> {
    let wrong = |_| AppError::Usage(format!("`{}` is no time of day; write 02:00", shown(text)));
    Time::strptime("%H:%M", text.trim()).map_err(wrong)
}

fn date_time(text: &str) -> AppResult<DateTime> {
    let wrong = |_| AppError::Usage(format!("`{}` is no time; write 2026-12-24 22:00", shown(text)));
    let text = text.trim().replace('T', " ");
    let format = if text.matches(':').count() == 2 { "%Y-%m-%d %H:%M:%S" } else { "%Y-%m-%d %H:%M" };
    DateTime::strptime(format, &text).map_err(wrong)
}

fn day(text: &str) -> AppResult<i8> {
    let text = text.trim().to_lowercase();
    let found = DAYS.iter().position(|name| text.len() >= 3 && text.starts_with(name));
    let wrong = || AppError::Usage(format!("`{}` is no day of the week; write mon,wed", shown(&text)));
    found.and_then(|n| i8::try_from(n + 1).ok()).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(when: &When, words: &str) {
        assert_eq!(when.recurrence().map(|r| in_words(&r)).unwrap_or_else(|e| e.to_string()), words);
    }

    #[test]
    fn what_is_said_is_understood() {
        let at = |time: &str| When { time: Some(time.to_owned()), ..When::default() };
        check(&When { daily: true, ..at("2:05") }, "daily at 02:05");
        check(&When { hourly: true, ..at("00:15") }, "hourly at minute 15");
        check(&When { weekly: Some("Monday, wed".into()), ..at("22:00") }, "weekly on mon, wed at 22:00");
        check(&When { monthly: Some(31), ..When::default() }, "monthly on day 31 at 00:00");
        check(&When { once: Some("2026-12-24T22:00".into()), ..When::default() }, "once at 2026-12-24 22:00");
        check(&When { cron: Some("*/5 * * * *".into()), ..When::default() }, "cron */5 * * * *");
        check(&When { daily: true, ..at("25:00") }, "`25:00` is no time of day; write 02:00");
        check(
            &When { weekly: Some("someday".into()), ..When::default() },
            "`someday` is no day of the week; write mon,wed",
        );
        check(&at("02:00"), "when? give one of --once, --hourly, --daily, --weekly, --monthly, --cron");
    }
}
