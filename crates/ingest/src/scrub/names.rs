//! Names in configurations, and text that people wrote for people.

use std::sync::LazyLock;

use regex::{Captures, Regex};

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|e| unreachable!("{e}"))
}

/// Lines that give a name, over all vendors.
static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r#"(?im)^\s*(?:set )?(?:system )?(?:"#,
        r"hostname|host-name|switchname|sysname|(?:vtp )?domain(?:[ -](?:name|list|search))?|ip domain[- ](?:name|list)|ip host|",
        r"(?:username|local-user|user|login user|snmp-server user)",
        r#")[ :]+"?([A-Za-z][\w.\-]*)"#
    ))
});

/// Lines whose rest is for people.
static FREE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im)^(\s*(?:set .*|neighbor \S+ )?(?:description:?|remark|.*\b(?:snmp-server |sys)?(?:location|contact)(?: is)?:?|port description:?|comment)[ :]+)(.+?)(;?\r?)$",
    )
});

static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z][A-Za-z0-9/.:]*"));

/// The names that a text gives.
pub fn given(text: &str) -> impl Iterator<Item = String> {
    GIVEN.captures_iter(text).filter_map(|found| Some(found.get(1)?.as_str().to_owned()))
}

/// Descriptions, locations, contacts: each word replaced by another; names of ports stay.
pub fn free_text(text: &str, mut by: impl FnMut(&str) -> String) -> String {
    let line = |found: &Captures<'_>| {
        let rest = WORD.replace_all(&found[2], |word: &Captures<'_>| {
            let word = &word[0];
            let is_port = word.contains('/') || model::interface::canonical(word) != word;
            if word.len() < 3 || is_port { word.to_owned() } else { by(word) }
        });
        format!("{}{rest}{}", &found[1], &found[3])
    };
    FREE.replace_all(text, line).into_owned()
}
