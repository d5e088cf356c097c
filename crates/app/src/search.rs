//! Search in what devices said: a regular expression over captures, secrets masked.
//!
//! A secret must not be found by guessing at it: what counts is the masked text. The exact text is looked at first only
//! to leave out the captures that cannot have a match.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use futures::{StreamExt, stream};
use grep_matcher::{LineTerminator, Matcher};
use grep_regex::{RegexMatcher, RegexMatcherBuilder};
use grep_searcher::{BinaryDetection, Searcher, SearcherBuilder, Sink, SinkContext, SinkContextKind, SinkMatch};
use ingest::Mask;
use model::{CaptureId, DeviceId, Timestamp};
use serde::Serialize;
use store::{CaptureFilter, StoredCapture};

use crate::actor::Role;
use crate::select::Selector;
use crate::{Actor, App, AppError, AppResult};

/// What to look for, and where.
#[derive(Debug, Clone)]
pub struct SearchQuery {
    /// A regular expression; it matches within a line.
    pub pattern: String,
    /// Take the pattern as plain text.
    pub fixed: bool,
    pub ignore_case: bool,
    /// As [`App::devices`] takes it.
    pub devices: String,
    /// Capture types with commas; empty for all.
    pub types: String,
    /// What was valid then, instead of the latest.
    pub at: Option<Timestamp>,
    /// All versions, the incomplete ones too.
    pub history: bool,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Lines shown before and after a match.
    pub context: usize,
    /// Matching lines at most.
    pub limit: usize,
}

/// A line that matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchHit {
    pub device: String,
    pub capture_type: String,
    pub capture: CaptureId,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    #[serde(flatten)]
    pub line: Line,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// From 1.
    pub line: u64,
    pub text: String,
    /// Bytes of the text that match.
    pub matches: Vec<Range<usize>>,
    pub before: Vec<String>,
    pub after: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SearchReport {
    /// By device, type and line.
    pub hits: Vec<SearchHit>,
    pub captures_searched: usize,
    pub bytes_searched: u64,
    /// The limit was reached: there may be more.
    pub limit_reached: bool,
}

/// Captures that are read and searched at once.
const READERS: usize = 8;

impl App {
    pub async fn search(&self, actor: &Actor, query: &SearchQuery) -> AppResult<SearchReport> {
        actor.must(Role::Viewer, "search captures")?;
        let finder = Arc::new(Finder::new(query)?);
        let devices = self.select(&Selector::parse(&query.devices)?).await?;
        let names: std::collections::HashMap<DeviceId, String> = devices.into_iter().map(|d| (d.id, d.slug)).collect();
        let captures = self.captures_to_search(query, names.keys().copied().collect(), &names).await?;
        let mut report =
            SearchReport { hits: Vec::new(), captures_searched: 0, bytes_searched: 0, limit_reached: false };
        let mut found = stream::iter(captures)
            .map(|capture| {
                let (app, finder) = (self.clone(), finder.clone());
                tokio::spawn(async move { app.search_one(capture, &finder).await })
            })
            .buffered(READERS);
        while let Some(one) = found.next().await {
            let one = one.map_err(|panic| AppError::Invalid(format!("the search ended badly: {panic}")))?;
            let (capture, lines) = one?;
            report.captures_searched += 1;
            report.bytes_searched += capture.size;
            let device = names.get(&capture.device).cloned().unwrap_or_default();
            report.hits.extend(lines.into_iter().map(|line| hit(&device, &capture, line)));
            if report.hits.len() > query.limit {
                report.hits.truncate(query.limit);
                report.limit_reached = true;
                break;
            }
        }
        Ok(report)
    }

    /// By device and type, the newest version first.
    async fn captures_to_search(
        &self,
        query: &SearchQuery,
        devices: Vec<DeviceId>,
        names: &std::collections::HashMap<DeviceId, String>,
    ) -> AppResult<Vec<StoredCapture>> {
        let types = match query.types.is_empty() {
            true => None,
            false => Some(self.capture_types(&query.types)?),
        };
        let is_window = query.since.is_some() || query.until.is_some();
        let filter = CaptureFilter {
            devices: Some(devices),
            since: query.since,
            until: query.until,
            valid_at: query.at,
            latest_only: !query.history && !is_window && query.at.is_none(),
            ..CaptureFilter::default()
        };
        let mut captures = self.store.captures(&filter).await?;
        captures.retain(|c| types.as_ref().is_none_or(|types| types.contains(&c.capture_type)));
        captures.sort_by_cached_key(|c| {
            let name = names.get(&c.device).map(|name| model::interface::natural_key(name));
            (name, c.capture_type.clone(), std::cmp::Reverse(c.id))
        });
        Ok(captures)
    }

    async fn search_one(&self, capture: StoredCapture, finder: &Finder) -> AppResult<(StoredCapture, Vec<Line>)> {
        let content = self.store.content_of(&capture).await?;
        if !finder.may_match(&content) {
            return Ok((capture, Vec::new()));
        }
        let mask = self.reader.platforms.get(&capture.platform).map(Mask::of).unwrap_or_default();
        let masked = mask.apply(&String::from_utf8_lossy(&content));
        Ok((capture, finder.lines(masked.as_bytes())?))
    }
}

fn hit(device: &str, capture: &StoredCapture, line: Line) -> SearchHit {
    SearchHit {
        device: device.to_owned(),
        capture_type: capture.capture_type.clone(),
        capture: capture.id,
        first_seen: capture.first_seen,
        last_seen: capture.last_seen,
        line,
    }
}

/// A compiled query.
struct Finder {
    matcher: RegexMatcher,
    /// The pattern speaks of asterisks: it may be meant for the masked text alone.
    may_mean_mask: bool,
    context: usize,
    limit: usize,
}

impl Finder {
    fn new(query: &SearchQuery) -> AppResult<Finder> {
        let matcher = RegexMatcherBuilder::new()
            .fixed_strings(query.fixed)
            .case_insensitive(query.ignore_case)
            .multi_line(true)
            .crlf(true)
            .build(&query.pattern)
            .map_err(|e| AppError::Usage(format!("not a pattern: {}", model::text::shown_lines(&e.to_string()))))?;
        let may_mean_mask = query.pattern.contains('*') && (query.fixed || query.pattern.contains(['\\', '[']));
        Ok(Finder { matcher, may_mean_mask, context: query.context, limit: query.limit })
    }

    fn may_match(&self, content: &[u8]) -> bool {
        self.may_mean_mask || self.matcher.is_match(content).unwrap_or(true)
    }

    fn lines(&self, text: &[u8]) -> AppResult<Vec<Line>> {
        let mut lines = Lines { matcher: &self.matcher, limit: self.limit, lines: Vec::new(), before: Vec::new() };
        let mut searcher = SearcherBuilder::new()
            .line_terminator(LineTerminator::crlf())
            .line_number(true)
            .before_context(self.context)
            .after_context(self.context)
            // A stray NUL must not end the search.
            .binary_detection(BinaryDetection::none())
            .build();
        let done = searcher.search_slice(&self.matcher, text, &mut lines);
        done.map_err(|e| AppError::Invalid(format!("the search failed: {e}")))?;
        Ok(lines.lines)
    }
}

struct Lines<'m> {
    matcher: &'m RegexMatcher,
    limit: usize,
    lines: Vec<Line>,
    before: Vec<String>,
}

impl Sink for Lines<'_> {
    type Error = io::Error;

    fn matched(&mut self, _: &Searcher, found: &SinkMatch<'_>) -> io::Result<bool> {
        let text = text_of(found.bytes());
        let mut matches = Vec::new();
        self.matcher.find_iter(text.as_bytes(), |m| {
            matches.push(m.start()..m.end());
            true
        })?;
        let line = found.line_number().unwrap_or_default();
        let before = std::mem::take(&mut self.before);
        self.lines.push(Line { line, text, matches, before, after: Vec::new() });
        // One more than the limit tells that there is more.
        Ok(self.lines.len() <= self.limit)
    }

    fn context(&mut self, _: &Searcher, context: &SinkContext<'_>) -> io::Result<bool> {
        let text = text_of(context.bytes());
        match (context.kind(), self.lines.last_mut()) {
            (SinkContextKind::After, Some(line)) => line.after.push(text),
            _ => self.before.push(text),
        }
        Ok(true)
    }
}

fn text_of(line: &[u8]) -> String {
    String::from_utf8_lossy(line).trim_end_matches(['\r', '\n']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pattern: &str) -> SearchQuery {
        SearchQuery {
            pattern: pattern.to_owned(),
            fixed: false,
            ignore_case: false,
            devices: "all".to_owned(),
            types: String::new(),
            at: None,
            history: false,
            since: None,
            until: None,
            context: 1,
            limit: 10,
        }
    }

    const TEXT: &str = "hostname a\r\ninterface Vlan1\r\n ip address 10.0.0.1\r\ninterface Vlan2\r\n";

    fn check(query: &SearchQuery, lines: &[(u64, &str, Range<usize>)]) {
        let found = Finder::new(query).and_then(|f| f.lines(TEXT.as_bytes())).expect("search");
        let found: Vec<_> = found.iter().map(|l| (l.line, l.text.as_str(), l.matches[0].clone())).collect();
        assert_eq!(found, lines, "{query:?}");
    }

    #[test]
    fn a_pattern_finds_lines_with_their_numbers() {
        check(&query(r"Vlan\d"), &[(2, "interface Vlan1", 10..15), (4, "interface Vlan2", 10..15)]);
        check(&query("^interface Vlan2$"), &[(4, "interface Vlan2", 0..15)]);
        check(&query("vlan"), &[]);
        check(&SearchQuery { ignore_case: true, ..query("vlan2") }, &[(4, "interface Vlan2", 10..15)]);
        check(&SearchQuery { fixed: true, ..query(".0.0.") }, &[(3, " ip address 10.0.0.1", 14..19)]);
    }

    #[test]
    fn a_line_comes_with_the_lines_around_it() {
        let finder = Finder::new(&query("address")).expect("pattern");
        let lines = finder.lines(TEXT.as_bytes()).expect("search");
        assert_eq!(
            (&lines[0].before[..], &lines[0].after[..]),
            (&["interface Vlan1".to_owned()][..], &["interface Vlan2".to_owned()][..])
        );
    }

    #[test]
    fn a_pattern_that_is_none_is_a_usage_error() {
        assert!(matches!(Finder::new(&query("(")), Err(AppError::Usage(why)) if why.contains("not a pattern")));
    }
}
