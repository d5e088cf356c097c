//! Time is a parameter: stages take a [`Timestamp`], edges hold a [`Clock`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A zone of the clock: UTC, or that of the machine.
pub use jiff::tz::TimeZone as Zone;

mod said;

/// Milliseconds since 1970-01-01 UTC. Shown as ISO 8601 in UTC, in files and in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The same instant `ms` milliseconds later.
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0 + ms)
    }

    /// Milliseconds from `earlier` to this instant.
    pub fn ms_since(self, earlier: Timestamp) -> i64 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(at) => write!(f, "{}", at.strftime("%Y-%m-%dT%H:%M:%SZ")),
            Err(_) => write!(f, "{} ms", self.0),
        }
    }
}

/// What a user may write: `2026-11-20`, `2026-11-20 02:13`, `2026-11-20T02:13:00Z`. Without a zone it is UTC.
impl FromStr for Timestamp {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Ok(at) = text.parse::<jiff::Timestamp>() {
            return Ok(Self(at.as_millisecond()));
        }
        let civil = text.parse::<jiff::civil::DateTime>();
        let at = civil.and_then(|c| c.to_zoned(jiff::tz::TimeZone::UTC));
        let at = at.map_err(|_| format!("`{text}` is not a time; write 2026-11-20 or 2026-11-20T02:13:00Z"))?;
        Ok(Self(at.timestamp().as_millisecond()))
    }
}

impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let text = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String);
        text.description(Some("ISO 8601 in UTC"))
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
            .into()
    }
}

impl utoipa::ToSchema for Timestamp {}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Where an edge gets the time from.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp(jiff::Timestamp::now().as_millisecond())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, shown: &str) {
        assert_eq!(text.parse::<Timestamp>().map(|t| t.to_string()), Ok(shown.to_owned()), "{text}");
    }

    #[test]
    fn a_user_may_leave_out_the_time_and_the_zone() {
        check("2024-11-09", "2024-11-09T00:00:00Z");
        check("2024-11-09 02:13", "2024-11-09T02:13:00Z");
        check("2024-11-09T02:13:00+02:00", "2024-11-09T00:13:00Z");
        assert!("yesterday".parse::<Timestamp>().is_err());
    }
}
