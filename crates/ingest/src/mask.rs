//! Secrets in what a device said: found by the platform's patterns, never shown.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use model::{Platform, pattern};
use regex::bytes::{Captures, Regex, RegexSet, RegexSetBuilder};
use regex_syntax::hir::Look;

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
    /// A line of a text has no secret when the patterns find none in the text: none of them asks where a text begins or
    /// ends.
    by_stretch: bool,
}

impl LineMask {
    pub fn of(platform: &Platform) -> Self {
        let mask = Mask::of(platform);
        let patterns = || mask.patterns.iter().map(|p| p.as_str());
        let any = RegexSetBuilder::new(patterns()).multi_line(true).build().ok();
        let by_stretch = patterns().all(asks_for_lines_only);
        Self { mask, any, by_stretch }
    }

    /// As [`Mask::apply`], for a line without its end.
    pub fn apply<'l>(&self, line: &'l [u8]) -> Cow<'l, [u8]> {
        if self.mask.patterns.is_empty() || self.any.as_ref().is_some_and(|any| !any.is_match(line)) {
            return Cow::Borrowed(line);
        }
        Cow::Owned(self.mask.apply(&String::from_utf8_lossy(line)).into_bytes())
    }

    /// For lines of one text, asked for from its begin to its end.
    pub fn lines_of<'m>(&'m self, text: &'m [u8]) -> MaskedLines<'m> {
        MaskedLines { mask: self, text, asked: 0, stretch: 0, clean: 0 }
    }
}

/// Bytes of a text that are looked at together where many of its lines are asked for.
const STRETCH: usize = 16 << 10;
/// Lines that are nearer to each other than this are many.
const NEAR: usize = 400;

/// The lines of a text, masked. Where one after the other is asked for, one look tells that many have no secret.
pub struct MaskedLines<'m> {
    mask: &'m LineMask,
    text: &'m [u8],
    /// Where the last line that was asked for ends.
    asked: usize,
    /// How much is looked at together now.
    stretch: usize,
    /// Up to here no line has a secret, from the last line on.
    clean: usize,
}

impl<'m> MaskedLines<'m> {
    /// As [`LineMask::apply`], for the line at this place, without its end.
    pub fn line(&mut self, at: Range<usize>) -> Cow<'m, [u8]> {
        let line = &self.text[at.clone()];
        let is_next = self.asked <= at.start;
        if is_next && at.end <= self.clean {
            self.asked = at.end;
            return Cow::Borrowed(line);
        }
        let is_near = is_next && at.start - self.asked < NEAR;
        self.asked = at.end;
        self.stretch = if is_near { (self.stretch * 2).clamp(1 << 10, STRETCH) } else { 0 };
        let end = self.text.len().min(at.start + self.stretch);
        if end > at.end && self.mask.by_stretch {
            // To the end of a line; and what ends lines otherwise is looked at line by line.
            let end = memchr::memchr(b'\n', &self.text[end..]).map_or(self.text.len(), |more| end + more);
            let stretch = &self.text[at.start..end];
            let is_clean = self.mask.any.as_ref().is_some_and(|any| !any.is_match(stretch));
            if is_clean && memchr::memchr(b'\r', stretch).is_none() {
                self.clean = end;
                return Cow::Borrowed(line);
            }
            self.stretch = 0;
        }
        self.mask.apply(line)
    }
}

/// Whether a pattern matches in a line by itself only where it matches in the text around it too.
fn asks_for_lines_only(pattern: &str) -> bool {
    let parsed = regex_syntax::ParserBuilder::new().multi_line(true).utf8(false).build().parse(pattern);
    parsed.is_ok_and(|hir| {
        let looks = hir.properties().look_set();
        ![Look::Start, Look::End, Look::StartCRLF, Look::EndCRLF].iter().any(|look| looks.contains(*look))
    })
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

    /// However the lines lie, and wherever one begins to ask.
    #[test]
    fn lines_of_a_text_are_masked_as_each_by_itself() {
        for platform in ["cisco_ios", "juniper_junos", "frr", "arista_eos", "cisco_nxos"] {
            let mask = LineMask::of(Platforms::builtin().get(platform).expect("platform"));
            assert!(mask.by_stretch, "{platform}");
            for (end, every) in [("\n", 1), ("\n", 3), ("\n", 97), ("\r\n", 1)] {
                let line = |n: usize| match n % 50 {
                    17 if n > 200 => format!("snmp-server community S3cret{n} RO"),
                    31 => format!(" password 7 0822455D{n}"),
                    32 => "    secret \"$9$abcdef\"; ## SECRET-DATA".to_owned(),
                    33 => String::new(),
                    34 => format!(" password S3cret{n}"),
                    _ => format!(" description printer {n} on floor {}", n % 7),
                };
                let text: String = (0..2_000).map(|n| line(n) + end).collect();
                let mut lines = mask.lines_of(text.as_bytes());
                let (mut start, mut masked) = (0, 0);
                for (n, whole) in text.split_inclusive('\n').enumerate() {
                    let at = start..start + whole.trim_end_matches(['\r', '\n']).len();
                    start += whole.len();
                    if n % every == 0 {
                        let told = lines.line(at.clone());
                        assert_eq!(told, mask.apply(&text.as_bytes()[at]), "{platform} {n}");
                        masked += usize::from(matches!(told, Cow::Owned(_)));
                    }
                }
                assert!(masked > 0 || every == 97, "{platform} {every}");
            }
        }
    }

    #[test]
    fn a_pattern_that_asks_for_the_begin_of_the_text_is_not_asked_of_many_lines() {
        for (pattern, lines_only) in [(r"^key (\S+)$", true), (r"\Akey (\S+)", false), (r"key (\S+)\z", false)] {
            assert_eq!(asks_for_lines_only(pattern), lines_only, "{pattern}");
        }
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
