//! Takes out of a text what tells whose network it is: addresses, names, serial numbers. The same thing always gets the
//! same other thing, of the same length, so that tables stay tables and a neighbour is still the neighbour.
//!
//! Replacements are made with a key: who has it gets the same ones again, who has not cannot go back.

mod addresses;
mod draw;
mod names;

use std::collections::{BTreeMap, HashMap, HashSet};

use regex::Regex;

use crate::Reading;
use draw::Draw;

/// What is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Address,
    Mac,
    Name,
    Serial,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Address => "addresses",
            Kind::Mac => "MAC addresses",
            Kind::Name => "names",
            Kind::Serial => "serial numbers",
        }
    }
}

/// Replaces consistently, over as many texts as it is given.
pub struct Scrub {
    draw: Draw,
    /// Names and serial numbers to look for.
    words: BTreeMap<String, Kind>,
    given: HashMap<(Kind, String), String>,
    taken: HashSet<String>,
}

/// Shorter ones are parts of ordinary words too often; a host's own name is replaced whatever its length.
const SHORTEST: usize = 3;

/// What stands where a name may stand and says nothing of whose network it is.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "switch", "router", "localhost", "linux", "default", "not", "none", "advertised", "null", "unknown", "name", "local",
    "admin", "administrator", "root", "manager", "operator", "monitor", "user", "users", "password", "secret", "role", "group",
];

impl Scrub {
    pub fn new(key: [u8; 32]) -> Scrub {
        Scrub { draw: Draw::new(key), words: BTreeMap::new(), given: HashMap::new(), taken: HashSet::new() }
    }

    /// A name to replace, whatever its length; each part of a domain name by itself.
    pub fn learn_name(&mut self, name: &str) {
        for part in name.split(['.', '(', ')', ' ', '"', '\'']).filter(|part| is_name(part)) {
            self.words.entry(part.to_owned()).or_insert(Kind::Name);
        }
    }

    fn learn_serial(&mut self, serial: &str) {
        // Some print the chassis MAC address, which is found without being known.
        if serial.len() > SHORTEST
            && serial.contains(|c: char| c.is_ascii_digit())
            && serial.parse::<model::Mac>().is_err()
        {
            self.words.insert(serial.to_owned(), Kind::Serial);
        }
    }

    /// The names and serial numbers in facts.
    pub fn learn_from(&mut self, reading: &Reading) {
        let Some(kind) = reading.kind else { return };
        for (column, value) in reading.facts.iter().flat_map(|fact| kind.columns.iter().zip(&fact.values)) {
            let text = value.plain();
            match (kind.name, column.name) {
                ("system", "serials") => text.split_whitespace().for_each(|serial| self.learn_serial(serial)),
                (_, "serial") => self.learn_serial(&text),
                ("system", "hostname") | ("neighbors", "remote_name") if text.parse::<model::Mac>().is_err() => {
                    self.learn_name(&text);
                }
                _ => {}
            }
        }
    }

    /// The names that lines of a configuration give: of hosts, domains, users.
    pub fn learn_from_lines(&mut self, text: &str) {
        let found: Vec<String> = names::given(text).filter(|name| name.len() >= SHORTEST).collect();
        found.iter().for_each(|name| self.learn_name(name));
    }

    /// The text with everything replaced that is known to this moment, and free text in it made unreadable.
    pub fn apply(&mut self, text: &str) -> String {
        let text = names::free_text(text, |word| self.replacement(Kind::Name, word));
        let text = self.words_in(&text);
        addresses::replace(&text, |kind, address| self.replacement(kind, address))
    }

    /// How many different things of each kind were replaced.
    pub fn replaced(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for (kind, _) in self.given.keys() {
            *counts.entry(kind.as_str()).or_default() += 1;
        }
        counts
    }

    fn words_in(&mut self, text: &str) -> String {
        if self.words.is_empty() {
            return text.to_owned();
        }
        // The longest first: the name of one host may begin with that of another.
        let mut words: Vec<&String> = self.words.keys().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let any = words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|");
        let Ok(any) = Regex::new(&format!("(?i){any}")) else { return text.to_owned() };
        let mut scrubbed = String::with_capacity(text.len());
        let mut done = 0;
        for found in any.find_iter(text) {
            let stands_alone = !text[..found.start()].ends_with(char::is_alphanumeric)
                && !text[found.end()..].starts_with(char::is_alphanumeric);
            if !stands_alone {
                continue;
            }
            let known = self.words.iter().find(|(word, _)| word.eq_ignore_ascii_case(found.as_str()));
            let kind = known.map_or(Kind::Name, |(_, kind)| *kind);
            scrubbed.push_str(&text[done..found.start()]);
            scrubbed.push_str(&self.replacement(kind, found.as_str()));
            done = found.end();
        }
        scrubbed.push_str(&text[done..]);
        scrubbed
    }

    /// What stands for it from now on; never what stands for another.
    fn replacement(&mut self, kind: Kind, original: &str) -> String {
        let key = (kind, original.to_lowercase());
        if let Some(given) = self.given.get(&key) {
            return draw::in_the_case_of(original, given);
        }
        let mut attempt = 0;
        let given = loop {
            let given = match kind {
                Kind::Address => self.draw.address(&key.1),
                Kind::Mac => self.draw.mac(&key.1, attempt),
                Kind::Name => self.draw.name(&key.1, attempt),
                Kind::Serial => self.draw.serial(&key.1, attempt),
            };
            attempt += 1;
            // Addresses are drawn without collision; short names may run out of others.
            if kind == Kind::Address || self.taken.insert(format!("{}{given}", kind.as_str())) || attempt > 64 {
                break given;
            }
        };
        self.given.insert(key, given.clone());
        draw::in_the_case_of(original, &given)
    }
}

fn is_name(text: &str) -> bool {
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    letters > 0 && text.len() > 1 && !NOBODY.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests;
