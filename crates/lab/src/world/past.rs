//! What has happened to a device since it was set up.

use std::collections::BTreeMap;

use jiff::civil::{DateTime, date};
use jiff::{Timestamp, ToSpan as _};

use super::{Device, Platform, Prefix};

/// The last change of a configuration, as the device tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    pub by: String,
    /// UTC.
    pub at: DateTime,
}

impl Edited {
    /// Without a time: a minute after the change before.
    pub fn new(by: Option<&str>, at: Option<i64>, edits: u32) -> Self {
        let usual = date(2024, 3, 4).at(8, 0, 55, 0).saturating_add(i64::from(edits).minutes());
        let at = at.and_then(|ms| Timestamp::from_millisecond(ms).ok());
        let at = at.map_or(usual, |at| at.to_zoned(jiff::tz::TimeZone::UTC).datetime());
        Self { by: by.unwrap_or("admin").to_owned(), at }
    }
}

#[derive(Debug)]
pub struct Past {
    /// How often the configuration was changed.
    pub edits: u32,
    pub edited: Edited,
    /// How often only that changed which a configuration says of itself.
    pub noise: u32,
    pub acl_turns: u32,
    /// Learned routes that are announced no more.
    pub withdrawn: Vec<Prefix>,
    /// Serial numbers of parts that were replaced, by those that they had at birth.
    pub swapped: BTreeMap<String, String>,
}

impl Default for Past {
    fn default() -> Self {
        let edits = 14;
        Self {
            edits,
            edited: Edited::new(None, None, edits),
            noise: 0,
            acl_turns: 0,
            withdrawn: Vec::new(),
            swapped: BTreeMap::new(),
        }
    }
}

impl Past {
    /// Replaces a part that has the serial number `old` now.
    pub fn swap(&mut self, old: &str, new: String) {
        match self.swapped.values_mut().find(|now| *now == old) {
            Some(now) => *now = new,
            None => {
                self.swapped.insert(old.to_owned(), new);
            }
        }
    }

    /// When the configuration was last written to the start-up memory: noise, for whoever compares.
    pub fn saved_at(&self) -> DateTime {
        self.edited.at.saturating_add(i64::from(self.noise * 7).minutes())
    }
}

impl Device {
    /// Who changed the configuration and when, as far as its running configuration tells.
    pub(crate) fn attribution(&self) -> Option<(Option<String>, String)> {
        let Edited { by, at } = &self.past.edited;
        let at = at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        match self.platform() {
            Platform::CiscoIos | Platform::JuniperJunos => Some((Some(by.clone()), at)),
            Platform::CiscoNxos => Some((None, at)),
            Platform::AristaEos => None,
        }
    }
}
