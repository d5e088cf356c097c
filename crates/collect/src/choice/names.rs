//! What names say before anything was tried: of the device, of the credentials and of their realms.

use std::collections::{HashMap, HashSet};

use super::realms::Realms;
use super::{Candidate, Subject, realm};

/// What is left of a candidate's chance when the device names another realm.
const OTHER_REALM: f64 = 0.02;
/// What is gained by going on with the realm whose accounts are being tried at a place.
const SAME_REALM: f64 = 1.5;
/// How much more a candidate is worth for each word of the device in its name.
const NAMESAKE: f64 = 5.0;

/// What speaks for a candidate on a device before it was tried on anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    /// How many words of the device are in its name or realm.
    pub words: u8,
    pub standing: Standing,
}

/// How a candidate's realm stands to that of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Standing {
    /// It may be the one.
    Open,
    /// Its accounts are being tried there.
    Same,
    /// The device asks another one.
    Other,
}

impl Standing {
    pub fn worth(self) -> f64 {
        match self {
            Standing::Open => 1.0,
            Standing::Same => SAME_REALM,
            Standing::Other => OTHER_REALM,
        }
    }
}

/// What the credentials are called.
pub(super) struct Names {
    candidates: usize,
    /// By word: the candidates that are called so.
    called: HashMap<String, Vec<usize>>,
    /// By realm: its candidates.
    realms: HashMap<String, Vec<usize>>,
}

impl Names {
    pub fn of(candidates: &[Candidate]) -> Self {
        let mut called: HashMap<String, Vec<usize>> = HashMap::new();
        let mut realms: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, candidate) in candidates.iter().enumerate() {
            realms.entry(realm(candidate).to_lowercase()).or_default().push(n);
            let words: HashSet<String> = words(&candidate.name).chain(words(realm(candidate))).collect();
            words.into_iter().for_each(|word| called.entry(word).or_default().push(n));
        }
        Names { candidates: candidates.len(), called, realms }
    }

    /// Whether one of the words is the name of a realm.
    pub fn name_a_realm(&self, words: &[String]) -> bool {
        words.iter().any(|w| self.realms.contains_key(&w.to_lowercase()))
    }

    /// By candidate: what speaks for it without any try; and whether the realm of the device is known.
    pub fn kinds(&self, subject: &Subject, placed: &Realms) -> (Vec<Kind>, bool) {
        let Subject { places, words, .. } = subject;
        let words: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
        let mut named: HashSet<&str> =
            words.iter().filter_map(|w| self.realms.get_key_value(w)).map(|(realm, _)| realm.as_str()).collect();
        let believed = placed.of(places).map(str::to_lowercase).filter(|_| named.is_empty());
        named.extend(believed.as_deref());
        let going_on = placed.tried(places).map(str::to_lowercase);
        let mut kinds = vec![Kind { words: 0, standing: Standing::Open }; self.candidates];
        for (realm, candidates) in &self.realms {
            let standing = match realm.as_str() {
                realm if named.is_empty() && going_on.as_deref() == Some(realm) => Standing::Same,
                realm if named.is_empty() || named.contains(realm) => Standing::Open,
                // A device may keep accounts besides.
                model::account::LOCAL_REALM if believed.is_some() => Standing::Open,
                _ => Standing::Other,
            };
            candidates.iter().for_each(|c| kinds[*c].standing = standing);
        }
        for candidate in words.iter().filter_map(|w| self.called.get(w)).flatten() {
            kinds[*candidate].words += 1;
        }
        (kinds, !named.is_empty())
    }
}

/// What speaks for a candidate before it was tried on anything: the default, then those that are called after the
/// device, in the order of the vault.
pub(super) fn prior(candidate: usize, words: u8) -> f64 {
    let order = 0.02 / (1.0 + candidate as f64 / 10_000.0);
    let default = if candidate == 0 { 0.2 } else { 0.0 };
    (order * NAMESAKE.powi(i32::from(words)) + default).min(0.45)
}

/// `fra-local` has the words `fra` and `local`.
pub(super) fn words(name: &str) -> impl Iterator<Item = String> {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 1);
    parts.map(str::to_lowercase)
}
