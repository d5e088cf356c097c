//! Which devices a user means: `all`, conditions such as `site=usa,role=leaf`, or names with commas.

use model::Device;
use model::text::shown;
use regex::{Regex, RegexBuilder};

use crate::{AppError, AppResult, CredentialMark};

/// A condition, or one of several names.
pub(crate) enum Selector {
    All,
    /// All must hold.
    Where(Vec<(Key, Regex)>),
    /// Names, ids, addresses or serial numbers.
    These(Vec<String>),
}

#[derive(Clone, Copy)]
pub(crate) enum Key {
    Site,
    Vendor,
    Role,
    Platform,
    Name,
    Status,
    Model,
    /// `ok`, `failed` or `untested`.
    Credential,
}

const KEYS: &[(&str, Key)] = &[
    ("site", Key::Site),
    ("vendor", Key::Vendor),
    ("role", Key::Role),
    ("platform", Key::Platform),
    ("name", Key::Name),
    ("status", Key::Status),
    ("model", Key::Model),
    ("credential", Key::Credential),
];

impl Selector {
    pub fn parse(text: &str) -> AppResult<Selector> {
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
        if parts.is_empty() {
            return Err(AppError::Usage("which devices? write `all`, `site=usa` or names".into()));
        }
        if parts == ["all"] {
            return Ok(Selector::All);
        }
        if parts.iter().all(|p| !p.contains('=')) {
            return Ok(Selector::These(parts.into_iter().map(str::to_owned).collect()));
        }
        parts.into_iter().map(condition).collect::<AppResult<Vec<_>>>().map(Selector::Where)
    }

    /// Whether a device fulfils the conditions; names are looked up by the store instead.
    pub fn matches(&self, device: &Device, credential: CredentialMark) -> bool {
        match self {
            Selector::All => true,
            Selector::Where(conditions) => {
                conditions.iter().all(|(key, p)| key.of(device, credential).is_some_and(|v| p.is_match(v)))
            }
            Selector::These(_) => false,
        }
    }
}

impl Key {
    fn of(self, device: &Device, credential: CredentialMark) -> Option<&str> {
        match self {
            Key::Site => device.site.as_deref(),
            Key::Vendor => Some(&device.vendor),
            Key::Role => device.role.as_deref(),
            Key::Platform => Some(&device.platform),
            Key::Name => Some(&device.name),
            Key::Status => Some(&device.status),
            Key::Model => device.model.as_deref(),
            Key::Credential => Some(credential.as_str()),
        }
    }
}

/// `key=value`, with `*` and `?` in the value, whatever the case.
fn condition(text: &str) -> AppResult<(Key, Regex)> {
    let known = || KEYS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    let bad =
        || AppError::Usage(format!("`{}` is no condition; write KEY=VALUE with a key of {}", shown(text), known()));
    let (key, value) = text.split_once('=').ok_or_else(bad)?;
    let (_, key) = KEYS.iter().find(|(word, _)| word.eq_ignore_ascii_case(key.trim())).ok_or_else(bad)?;
    let glob = regex::escape(value.trim()).replace(r"\*", ".*").replace(r"\?", ".");
    let pattern = RegexBuilder::new(&format!("^{glob}$")).case_insensitive(true).build();
    Ok((*key, pattern.map_err(|_| bad())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_is_all_or_conditions_or_names() {
        assert!(matches!(Selector::parse("all"), Ok(Selector::All)));
        assert!(matches!(Selector::parse("a, b"), Ok(Selector::These(names)) if names == ["a", "b"]));
        assert!(matches!(Selector::parse("site=USA,role=leaf"), Ok(Selector::Where(c)) if c.len() == 2));
        for bad in ["", "colour=red", "site=usa,b"] {
            assert!(Selector::parse(bad).is_err(), "{bad}");
        }
    }
}
