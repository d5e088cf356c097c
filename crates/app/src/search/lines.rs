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

/// A [`Line`] as long as what was found in its capture is there.
#[derive(Debug, Clone, Copy)]
pub struct LineFound<'f> {
    /// From 1.
    pub line: u64,
    pub text: &'f str,
    pub matches: &'f [Range<usize>],
    pub before: &'f [String],
    pub after: &'f [String],
}

impl LineFound<'_> {
    pub fn to_line(self) -> Line {
        let LineFound { line, text, matches, before, after } = self;
        let (text, matches) = (text.to_owned(), matches.to_vec());
        Line { line, text, matches, before: before.to_vec(), after: after.to_vec() }
    }
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

/// What was found in a text. The texts of its lines stand behind each other: there may be millions.
#[derive(Debug, Default)]
pub(super) struct Found {
    text: String,
    lines: Vec<Place>,
    matches: Vec<Range<usize>>,
    around: Vec<String>,
    /// Lines that match.
    pub count: u64,
}

/// A line, and where what belongs to it ends; it begins where that of the one before ends.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    line: u64,
    text: usize,
    matches: usize,
    before: usize,
    after: usize,
}

impl Found {
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn lines(&self) -> impl Iterator<Item = LineFound<'_>> {
        let before = std::iter::once(Place::default()).chain(self.lines.iter().copied());
        before.zip(&self.lines).map(|(last, place)| LineFound {
            line: place.line,
            text: &self.text[last.text..place.text],
            matches: &self.matches[last.matches..place.matches],
            before: &self.around[last.after..place.before],
            after: &self.around[place.before..place.after],
        })
    }
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
        let ranges = &mut self.found.matches;
        let first = ranges.len();
        let is_match = if is_told && self.wanted.ranges {
            self.pattern.matcher.find_iter(&masked, |m| {
                ranges.push(m.start()..m.end());
                ranges.len() - first < MANY
            })?;
            ranges.len() > first
        } else {
            let is_sure = self.pattern.is_filter && matches!(masked, Cow::Borrowed(_));
            is_sure || self.pattern.matcher.is_match(&masked)?
        };
        self.found.count += u64::from(is_match);
        if is_told && is_match {
            let line = found.line_number().unwrap_or_default();
            let start = usize::try_from(found.absolute_byte_offset()).unwrap_or_default();
            self.tell(line, &masked, (start, start + found.bytes().len()));
        }
        Ok(self.found.count < self.wanted.most)
    }
}

impl Lines<'_> {
    /// Keeps a line, whose matches are kept already.
    fn tell(&mut self, line: u64, masked: &[u8], (start, end): (usize, usize)) {
        let (first, last) = (self.found.text.len(), self.found.lines.last().copied().unwrap_or_default());
        show(masked, &mut self.found.text);
        let long = self.found.text.len() - first;
        let mut own = self.found.matches.split_off(last.matches);
        own.retain(|range| range.end <= long);
        self.found.matches.append(&mut own);
        let before = self.before(start);
        self.found.around.extend(before);
        let before = self.found.around.len();
        let after = self.after(end);
        self.found.around.extend(after);
        let (text, matches, after) = (self.found.text.len(), self.found.matches.len(), self.found.around.len());
        self.found.lines.push(Place { line, text, matches, before, after });
    }

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
        let mut text = String::new();
        show(&self.mask.apply(without_end(line)), &mut text);
        text
    }
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn show(line: &[u8], text: &mut String) {
    text.push_str(&String::from_utf8_lossy(&line[..line.len().min(LONG)]));
    if line.len() > LONG {
        text.push_str(" …");
    }
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
        let told: Vec<_> = found.lines().map(|l| (l.line, l.text, l.matches[0].clone())).collect();
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
                let found = lines_of(TEXT.as_bytes(), &pattern, &mask, wanted).expect("search");
                found.lines().map(|line| (line.line, line.text.to_owned())).collect::<Vec<_>>()
            };
            assert_eq!(lines(true), lines(false));
        }
    }

    #[test]
    fn a_line_comes_with_the_lines_around_it() {
        let told = found("10.0.0.1|Vlan2", false, false);
        let lines: Vec<_> = told.lines().collect();
        assert_eq!((&*lines[0].before[0], &*lines[0].after[0]), ("interface Vlan1", "interface Vlan2"));
        assert_eq!(
            (&*lines[1].before[0], &*lines[1].after[0]),
            (" ip address 10.0.0.1", "snmp-server community ******** RO")
        );
        assert!(found("hostname", false, false).lines().next().is_some_and(|line| line.before.is_empty()));
    }

    /// Each pair tells a secret apart from another one, if the text as it is has a say.
    #[test]
    fn whether_a_line_is_a_hit_does_not_depend_on_the_secret() {
        let masked = [(5, "snmp-server community ******** RO", 22..30)];
        check(("S3cret", true, false), &[]);
        check(("S3c.*", false, false), &[]);
        for pattern in ["[*S].{7}", "[*T].{7}", "[!-S].{7}", "[!-R].{7}", r"\*{8}", "(?-u:[*x]){8}"] {
            let pattern = format!("(?:community )({pattern}) RO");
            assert_eq!(
                found(&pattern, false, false).lines().map(|l| (l.line, l.text)).collect::<Vec<_>>(),
                [(masked[0].0, masked[0].1)],
                "{pattern}"
            );
        }
        check((r"\*\*\*\*\*\*\*\*", false, false), &masked);
        check(("********", true, false), &masked);
    }
}
