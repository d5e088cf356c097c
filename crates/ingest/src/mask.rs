//! Secrets in what a device said: found by the platform's patterns, never shown.

use std::borrow::Cow;
use std::sync::Arc;

use model::{Platform, pattern};
use regex::bytes::{Captures, Regex, RegexSet};

/// Replaces what group 1 of a pattern matches, line by line.
#[derive(Debug, Clone, Default)]
pub struct Mask {
    patterns: Vec<Arc<Regex>>,
}

const MASKED: &[u8] = b"********";

impl Mask {
    /// The patterns of a platform.
    pub fn of(platform: &Platform) -> Self {
        Self { patterns: platform.secrets.iter().filter_map(|p| pattern::of(p)).collect() }
    }

    pub fn apply(&self, text: &str) -> String {
        let masked = self.patterns.iter().fold(text.as_bytes().to_vec(), |text, pattern| {
            pattern.replace_all(&text, |found: &Captures<'_>| masked(found)).into_owned()
        });
        String::from_utf8_lossy(&masked).into_owned()
    }

    /// As [`Mask::apply`] for a unified diff: each line is judged without its mark.
    pub fn apply_to_diff(&self, diff: &str) -> String {
        let mask = |line: &str| match line.chars().next() {
            Some(mark @ ('+' | '-' | ' ')) => format!("{mark}{}", self.apply(&line[1..])),
            _ => line.to_owned(),
        };
        diff.split_inclusive('\n').map(mask).collect()
    }
}

/// A [`Mask`] for many single lines, of which few have a secret: one look tells those apart.
#[derive(Debug, Clone, Default)]
pub struct LineMask {
    mask: Mask,
    any: Option<RegexSet>,
}

impl LineMask {
    pub fn of(platform: &Platform) -> Self {
        let mask = Mask::of(platform);
        let any = RegexSet::new(mask.patterns.iter().map(|p| p.as_str())).ok();
        Self { mask, any }
    }

    /// As [`Mask::apply`], for a line without its end.
    pub fn apply<'l>(&self, line: &'l [u8]) -> Cow<'l, [u8]> {
        if self.mask.patterns.is_empty() || self.any.as_ref().is_some_and(|any| !any.is_match(line)) {
            return Cow::Borrowed(line);
        }
        Cow::Owned(self.mask.apply(&String::from_utf8_lossy(line)).into_bytes())
    }
}

/// What was found, with its secret masked.
fn masked(found: &Captures<'_>) -> Vec<u8> {
    let whole = &found[0];
    let Some((start, secret)) = found.get(0).map(|w| w.start()).zip(found.get(1)) else { return whole.to_vec() };
    [&whole[..secret.start() - start], MASKED, &whole[secret.end() - start..]].concat()
}

#[cfg(test)]
mod tests {
    use model::Platforms;

    use super::*;

    #[test]
    fn only_the_secret_itself_is_masked() {
        let ios = Platforms::builtin().get("cisco_ios").expect("platform");
        let masked =
            Mask::of(ios).apply("username a secret 9 $9$abc\nsnmp-server community public RO\ninterface Vlan1\n");
        assert_eq!(masked, "username a secret 9 ********\nsnmp-server community ******** RO\ninterface Vlan1\n");
    }

    #[test]
    fn a_changed_secret_is_masked_on_both_sides_of_a_diff() {
        for (platform, line, secret) in [
            ("juniper_junos", "    community S3cret {\n", "S3cret"),
            ("frr", " password S3cret\n", "S3cret"),
            ("cisco_ios", "snmp-server community S3cret RO\n", "S3cret"),
        ] {
            let mask = Mask::of(Platforms::builtin().get(platform).expect("platform"));
            let diff = format!("--- before\n+++ after\n@@ -1 +1 @@\n-{line}+{line} {line}");
            assert!(!mask.apply_to_diff(&diff).contains(secret), "{platform}: {}", mask.apply_to_diff(&diff));
        }
    }
}
