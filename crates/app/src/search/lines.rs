//! The lines of one text that match, secrets masked.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use grep_matcher::{LineTerminator, Matcher};
use grep_searcher::{BinaryDetection, Searcher, SearcherBuilder, Sink, SinkMatch};
use ingest::LineMask;
use serde::Serialize;

use super::pattern::Pattern;
use crate::{AppError, AppResult};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = SearchLine)]
pub struct Line {
    /// From 1.
    pub line: u64,
    /// Cut when it is very long.
    pub text: String,
    /// Bytes of the text that match, where that was asked for.
    #[schema(value_type = Vec<Object>)]
    pub matches: Vec<Range<usize>>,
    pub before: Vec<String>,
    pub after: Vec<String>,
}

/// Bytes of a line that are told.
const LONG: usize = 4_096;
/// Matches within one line that are told.
const MANY: usize = 200;

/// What is wanted of a text.
#[derive(Clone, Copy, Default)]
pub(super) struct Wanted {
    /// Lines at most; then one more is counted.
    pub lines: usize,
    /// Lines before and after each.
    pub context: usize,
    /// Where in them the matches are.
    pub ranges: bool,
    /// The search ends after so many.
    pub most: u64,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub lines: Vec<Line>,
    /// Lines that match.
    pub count: u64,
}

pub(super) fn lines_of(text: &[u8], pattern: &Pattern, mask: &LineMask, wanted: Wanted) -> AppResult<Found> {
    let mut lines = Lines { text, pattern, mask, wanted, found: Found::default() };
    let mut searcher = SearcherBuilder::new()
        .line_terminator(LineTerminator::crlf())
        .line_number(wanted.lines > 0)
        // A stray NUL must not end the search.
        .binary_detection(BinaryDetection::none())
        .build();
    let done = searcher.search_slice(&pattern.filter, text, &mut lines);
    done.map_err(|e| AppError::Invalid(format!("the search failed: {e}")))?;
    Ok(lines.found)
}

struct Lines<'a> {
    text: &'a [u8],
    pattern: &'a Pattern,
    mask: &'a LineMask,
    wanted: Wanted,
    found: Found,
}

impl Sink for Lines<'_> {
    type Error = io::Error;

    /// The filter let it through; what counts is the masked line.
    fn matched(&mut self, _: &Searcher, found: &SinkMatch<'_>) -> io::Result<bool> {
        let masked = self.mask.apply(without_end(found.bytes()));
        let is_told = self.found.lines.len() < self.wanted.lines;
        let mut ranges = Vec::new();
        let is_match = if is_told && self.wanted.ranges {
            self.pattern.matcher.find_iter(&masked, |m| {
                ranges.push(m.start()..m.end());
                ranges.len() < MANY
            })?;
            !ranges.is_empty()
        } else {
            let is_sure = self.pattern.is_filter && matches!(masked, Cow::Borrowed(_));
            is_sure || self.pattern.matcher.is_match(&masked)?
        };
        self.found.count += u64::from(is_match);
        if is_told && is_match {
            let text = shown(&masked);
            ranges.retain(|range| range.end <= text.len());
            let line = found.line_number().unwrap_or_default();
            let start = usize::try_from(found.absolute_byte_offset()).unwrap_or_default();
            let (before, after) = (self.before(start), self.after(start + found.bytes().len()));
            self.found.lines.push(Line { line, text, matches: ranges, before, after });
        }
        Ok(self.found.count < self.wanted.most)
    }
}

impl Lines<'_> {
    fn before(&self, start: usize) -> Vec<String> {
        let before = self.text[..start].strip_suffix(b"\n").filter(|_| self.wanted.context > 0);
        let lines = before.into_iter().flat_map(|text| text.rsplit(|b| *b == b'\n')).take(self.wanted.context);
        let mut lines: Vec<String> = lines.map(|line| self.shown(line)).collect();
        lines.reverse();
        lines
    }

    fn after(&self, end: usize) -> Vec<String> {
        let lines = self.text[end..].split_inclusive(|b| *b == b'\n').take(self.wanted.context);
        lines.map(|line| self.shown(line)).collect()
    }

    fn shown(&self, line: &[u8]) -> String {
        shown(&self.mask.apply(without_end(line)))
    }
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn shown(line: &[u8]) -> String {
    if line.len() <= LONG {
        return String::from_utf8_lossy(line).into_owned();
    }
    let mut text = String::from_utf8_lossy(&line[..LONG]).into_owned();
    text.push_str(" …");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "hostname a\r\ninterface Vlan1\r\n ip address 10.0.0.1\r\ninterface Vlan2\r\n\
        snmp-server community S3cret RO\r\n";

    fn found(pattern: &str, fixed: bool, ignore_case: bool) -> Found {
        let pattern = Pattern::new(pattern, fixed, ignore_case).expect("pattern");
        let mask = LineMask::of(model::Platforms::builtin().get("cisco_ios").expect("platform"));
        let wanted = Wanted { lines: 10, context: 1, ranges: true, most: u64::MAX };
        lines_of(TEXT.as_bytes(), &pattern, &mask, wanted).expect("search")
    }

    fn check((pattern, fixed, ignore_case): (&str, bool, bool), lines: &[(u64, &str, Range<usize>)]) {
        let found = found(pattern, fixed, ignore_case);
        let told: Vec<_> = found.lines.iter().map(|l| (l.line, l.text.as_str(), l.matches[0].clone())).collect();
        assert_eq!(told, lines, "{pattern}");
        assert_eq!(found.count as usize, lines.len());
    }

    #[test]
    fn a_pattern_finds_lines_with_their_numbers() {
        check((r"Vlan\d", false, false), &[(2, "interface Vlan1", 10..15), (4, "interface Vlan2", 10..15)]);
        check(("^interface Vlan2$", false, false), &[(4, "interface Vlan2", 0..15)]);
        check(("vlan", false, false), &[]);
        check(("vlan2", false, true), &[(4, "interface Vlan2", 10..15)]);
        check((".0.0.", true, false), &[(3, " ip address 10.0.0.1", 14..19)]);
        check(("x*", true, false), &[]);
    }

    #[test]
    fn the_same_lines_are_found_whether_the_matches_in_them_are_wanted_or_not() {
        let mask = LineMask::of(model::Platforms::builtin().get("cisco_ios").expect("platform"));
        for pattern in ["Vlan", "community .* RO", "S3cret", "^interface", "x*", "RO$"] {
            let pattern = Pattern::new(pattern, false, false).expect("pattern");
            let lines = |ranges| {
                let wanted = Wanted { lines: 10, context: 0, ranges, most: u64::MAX };
                let lines = lines_of(TEXT.as_bytes(), &pattern, &mask, wanted).expect("search").lines;
                lines.into_iter().map(|line| (line.line, line.text)).collect::<Vec<_>>()
            };
            assert_eq!(lines(true), lines(false));
        }
    }

    #[test]
    fn a_line_comes_with_the_lines_around_it() {
        let lines = found("10.0.0.1|Vlan2", false, false).lines;
        assert_eq!((&*lines[0].before[0], &*lines[0].after[0]), ("interface Vlan1", "interface Vlan2"));
        assert_eq!(
            (&*lines[1].before[0], &*lines[1].after[0]),
            (" ip address 10.0.0.1", "snmp-server community ******** RO")
        );
        assert!(found("hostname", false, false).lines[0].before.is_empty());
    }

    /// Each pair tells a secret apart from another one, if the text as it is has a say.
    #[test]
    fn whether_a_line_is_a_hit_does_not_depend_on_the_secret() {
        let masked = [(5, "snmp-server community ******** RO", 22..30)];
        check(("S3cret", true, false), &[]);
        check(("S3c.*", false, false), &[]);
        for pattern in ["[*S].{7}", "[*T].{7}", "[!-S].{7}", "[!-R].{7}", r"\*{8}", "(?-u:[*x]){8}"] {
            let pattern = format!("(?:community )({pattern}) RO");
            let lines = found(&pattern, false, false).lines;
            assert_eq!(
                lines.iter().map(|l| (l.line, &*l.text)).collect::<Vec<_>>(),
                [(masked[0].0, masked[0].1)],
                "{pattern}"
            );
        }
        check((r"\*\*\*\*\*\*\*\*", false, false), &masked);
        check(("********", true, false), &masked);
    }
}
