//! Times as they are typed and shown: the edge that knows the clock and the zone of the machine.

use model::{Clock, SystemClock, Timestamp, Zone};

/// Reads an argument: `2026-11-20`, `2026-11-20 02:13`, `2h ago`, `yesterday`, `today 14:00 local`.
pub fn when(text: &str) -> Result<Timestamp, String> {
    Timestamp::said(text, SystemClock.now(), &Zone::system())
}

/// In UTC, and in the zone of the machine when that is another one.
pub fn both(at: Timestamp) -> String {
    let zone = Zone::system();
    match zone == Zone::UTC || zone.iana_name().is_some_and(|n| n == "UTC" || n == "Etc/UTC") {
        true => at.to_string(),
        false => format!("{at} ({})", at.in_zone(&zone)),
    }
}
