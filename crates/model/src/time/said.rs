//! Times as a person says them: `2h ago`, `yesterday 14:00`, `2026-11-20 02:13 local`.

use jiff::tz::TimeZone;

use super::Timestamp;

/// What may be written, for messages.
const FORMS: &str =
    "write 2026-11-20, 2026-11-20 02:13, `2h ago`, `yesterday`, `today 14:00`, or with ` local` behind it";

const DAY: i64 = 24 * 3600;

impl Timestamp {
    /// What a user wrote, at a time. Without a zone it is UTC; with ` local` behind it, that zone.
    pub fn said(text: &str, now: Timestamp, local: &TimeZone) -> Result<Timestamp, String> {
        let text = text.trim();
        let (words, zone) = match text.strip_suffix(" local") {
            Some(words) => (words.trim(), local.clone()),
            None => (text, TimeZone::UTC),
        };
        let lower = words.to_ascii_lowercase();
        let told = day(&lower, now, &zone).or_else(|| ago(&lower, now));
        told.or_else(|| absolute(words, &zone))
            .ok_or_else(|| format!("`{}` is not a time; {FORMS}", crate::text::shown(text)))
    }

    /// `2026-11-21 03:15:33 +02:00`, in a zone.
    pub fn in_zone(self, zone: &TimeZone) -> String {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(at) => at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string(),
            Err(_) => self.to_string(),
        }
    }
}

/// `now`, `today`, `yesterday`, the last two with `14:00` behind them.
fn day(words: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let (day, time) = words.split_once(' ').map_or((words, None), |(day, time)| (day, Some(time.trim())));
    let back = match (day, time) {
        ("now", None) => return Some(now),
        ("today", _) => 0,
        ("yesterday", _) => 1,
        _ => return None,
    };
    let today = jiff::Timestamp::from_millisecond(now.0).ok()?.to_zoned(zone.clone()).date();
    let date = today.checked_sub(jiff::Span::new().days(back)).ok()?;
    let time = time.map_or(Ok(jiff::civil::Time::midnight()), str::parse).ok()?;
    let at = date.to_datetime(time).to_zoned(zone.clone()).ok()?;
    Some(Timestamp(at.timestamp().as_millisecond()))
}

/// `2h ago`, `1d 6h ago`, `90 minutes ago`; `ago` may be left out.
fn ago(words: &str, now: Timestamp) -> Option<Timestamp> {
    let words = words.strip_suffix("ago").unwrap_or(words);
    let bare: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let (mut rest, mut seconds) = (bare.as_str(), 0_i64);
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let letters = rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |n| digits + n);
        let unit = match &rest[digits..letters] {
            "s" | "sec" | "second" | "seconds" => 1,
            "m" | "min" | "minute" | "minutes" => 60,
            "h" | "hour" | "hours" => 3600,
            "d" | "day" | "days" => DAY,
            "w" | "week" | "weeks" => 7 * DAY,
            _ => return None,
        };
        let count: i64 = rest[..digits].parse().ok()?;
        seconds = seconds.checked_add(count.checked_mul(unit)?)?;
        rest = &rest[letters..];
    }
    Some(Timestamp(now.0.checked_sub(seconds.checked_mul(1000)?)?))
}

fn absolute(words: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(at) = words.parse::<jiff::Timestamp>() {
        return Some(Timestamp(at.as_millisecond()));
    }
    let at = words.parse::<jiff::civil::DateTime>().ok()?.to_zoned(zone.clone()).ok()?;
    Some(Timestamp(at.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It is 2026-11-21 01:15:33 UTC, and two hours later where we are.
    #[track_caller]
    fn check(text: &str, shown: &str) {
        let now: Timestamp = "2026-11-21T01:15:33Z".parse().expect("now");
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        assert_eq!(Timestamp::said(text, now, &zone).map(|t| t.to_string()), Ok(shown.to_owned()), "{text}");
    }

    #[test]
    fn a_time_may_be_said_from_now_back() {
        check("2h ago", "2026-11-20T23:15:33Z");
        check("2 hours ago", "2026-11-20T23:15:33Z");
        check("1d6h", "2026-11-19T19:15:33Z");
        check("90min ago", "2026-11-20T23:45:33Z");
        check("1w ago", "2026-11-14T01:15:33Z");
        check("now", "2026-11-21T01:15:33Z");
    }

    #[test]
    fn a_day_begins_at_midnight_of_utc_or_of_the_own_zone() {
        check("yesterday", "2026-11-20T00:00:00Z");
        check("Yesterday 14:00", "2026-11-20T14:00:00Z");
        check("today", "2026-11-21T00:00:00Z");
        check("today local", "2026-11-20T22:00:00Z");
        check("2026-11-20 02:13", "2026-11-20T02:13:00Z");
        check("2026-11-20 02:13 local", "2026-11-20T00:13:00Z");
        check("2026-11-20T02:13:00+05:00", "2026-11-19T21:13:00Z");
    }

    #[test]
    fn what_is_no_time_is_refused_with_what_to_write() {
        let now = Timestamp(0);
        for text in ["", "ago", "soon", "2x ago", "tomorrow", "99999999999999999999d", "9223372036854775807w ago"] {
            let error = Timestamp::said(text, now, &TimeZone::UTC).expect_err(text);
            assert!(error.contains("`2h ago`"), "{error}");
        }
    }

    #[test]
    fn a_time_is_shown_in_a_zone_with_its_offset() {
        let at: Timestamp = "2026-11-21T01:15:33Z".parse().expect("time");
        assert_eq!(at.in_zone(&TimeZone::fixed(jiff::tz::offset(2))), "2026-11-21 03:15:33 +02:00");
    }
}
