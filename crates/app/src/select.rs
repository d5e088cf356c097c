//! Which devices a user means: `all`, conditions such as `site=usa,role=leaf`, or names with commas.

use model::text::shown;
use store::{DeviceKey, DeviceTerm};

use crate::{AppError, AppResult};

/// A condition, or one of several names.
pub(crate) enum Selector {
    All,
    /// All must hold.
    Where(Vec<DeviceTerm>),
    /// Names, ids, addresses or serial numbers.
    These(Vec<String>),
}

const KEYS: &[(&str, DeviceKey)] = &[
    ("site", DeviceKey::Site),
    ("location", DeviceKey::Location),
    ("vendor", DeviceKey::Vendor),
    ("manufacturer", DeviceKey::Vendor),
    ("role", DeviceKey::Role),
    ("platform", DeviceKey::Platform),
    ("name", DeviceKey::Name),
    ("status", DeviceKey::Status),
    ("model", DeviceKey::Model),
    ("version", DeviceKey::Version),
    ("address", DeviceKey::Address),
    ("serial", DeviceKey::Serial),
    ("tag", DeviceKey::Tag),
    ("credential", DeviceKey::Credential),
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
}

impl Selector {
    /// What holds for the devices of a job.
    pub fn conditions(which: &model::job::JobDevices) -> AppResult<Vec<DeviceTerm>> {
        let given = which.conditions().into_iter().filter(|(_, values)| !values.is_empty());
        given.map(|(key, values)| condition(&format!("{key}={}", values.join("|")))).collect()
    }
}

/// `key=value`, with `*` and `?` in the value, whatever the case. Without a value: nothing is known of it.
fn condition(text: &str) -> AppResult<DeviceTerm> {
    let known = || KEYS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    let bad =
        || AppError::Usage(format!("`{}` is no condition; write KEY=VALUE with a key of {}", shown(text), known()));
    let (key, value) = text.split_once('=').ok_or_else(bad)?;
    let (_, key) = KEYS.iter().find(|(word, _)| word.eq_ignore_ascii_case(key.trim())).ok_or_else(bad)?;
    Ok(DeviceTerm { key: *key, pattern: value.trim().to_owned() })
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
