//! Reading one capture: the template, the rows, the facts, and what could not be read.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Capture, CaptureSpec, Fact, FactKind, Platform, Platforms};
use templates::{Library, NoTemplate};
use textfsm::Outcome as Parse;

use crate::Mask;
use crate::rows::{Facts, Mapping, Row};

/// What a capture says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What the facts are; `None` for a capture type without facts, such as a configuration.
    pub kind: Option<&'static FactKind>,
    pub facts: Vec<Fact>,
    /// Rows that the template found and that are no facts.
    pub rejected: Vec<Rejected>,
    /// Name of the template; empty when there is none.
    pub template: String,
    pub outcome: Outcome,
    /// How much of the text was read; `None` when nothing tried to.
    pub quality: Option<Quality>,
}

/// How much of a text was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quality {
    /// Empty when there was nothing to read.
    pub template: String,
    pub rows: usize,
    /// Rows that are no facts.
    pub rejected: usize,
    /// Lines that are not blank, and those of them that no rule read.
    pub lines: usize,
    pub unread: usize,
    /// Rows that it should have at least.
    pub least: usize,
}

impl Quality {
    /// Nothing of it.
    fn none(template: &str, text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
        Self { template: template.to_owned(), lines, unread: lines, ..Self::default() }
    }

    /// Rows that there should have been. In a table a line that was not read is a part of a row that is missing; what
    /// gives one row, such as a version, has lines that no rule is for.
    pub fn expected(&self) -> f64 {
        let read = self.lines.saturating_sub(self.unread).max(1);
        let missing = match self.rows {
            0 => self.unread as f64,
            1 => 0.0,
            rows => self.unread as f64 * rows as f64 / read as f64,
        };
        ((self.rows + self.rejected) as f64 + missing).max(self.least as f64)
    }

    /// Rows over those expected, from 0 to 1. An empty table of which nothing is expected is read in full.
    pub fn score(&self) -> f64 {
        let expected = self.expected();
        if expected == 0.0 { 1.0 } else { self.rows as f64 / expected }
    }
}

/// The three outcomes that are never confused; and that there was nothing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Parsed,
    /// Lines that no rule read, 1-based.
    Partly {
        unread: Vec<u32>,
    },
    NotParsed {
        reason: String,
    },
    /// The capture type gives no facts.
    Text,
}

impl Outcome {
    /// Facts are there and may replace the old ones.
    pub fn is_read(&self) -> bool {
        matches!(self, Outcome::Parsed | Outcome::Partly { .. })
    }

    pub fn as_str(&self) -> &'static str {
        match self {
            Outcome::Parsed => "parsed",
            Outcome::Partly { .. } => "partly",
            Outcome::NotParsed { .. } => "not_parsed",
            Outcome::Text => "text",
        }
    }
}

impl Reading {
    fn take(&mut self, template: String, facts: Result<Facts, String>, unread: Vec<u32>) {
        if let Ok((facts, rejected)) = &facts {
            let (rows, rejected, unread) = (facts.len(), rejected.len(), unread.len());
            let template = template.clone();
            self.quality = Some(Quality { template, rows, rejected, unread, ..Quality::default() });
        }
        self.template = template;
        let (facts, rejected) = match facts {
            Ok(facts) => facts,
            Err(reason) => return self.outcome = Outcome::NotParsed { reason },
        };
        (self.facts, self.rejected) = (facts, rejected);
        self.outcome = if unread.is_empty() { Outcome::Parsed } else { Outcome::Partly { unread } };
    }
}

/// A row that gave no fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    pub line: u32,
    pub reason: String,
}

/// Reads captures with the platforms' mappings and a library of templates.
#[derive(Clone)]
pub struct Reader {
    pub platforms: &'static Platforms,
    pub library: Arc<Library>,
}

impl Reader {
    pub fn read(&self, capture: &Capture) -> Reading {
        self.read_by(capture, None)
    }

    /// As [`Reader::read`], with this template, when there is one, whatever the platform names.
    pub fn read_by(&self, capture: &Capture, template: Option<&str>) -> Reading {
        let capture_type = self.platforms.capture_type(&capture.capture_type).map(|(_, t)| t);
        let kind = capture_type.and_then(|t| t.fact_kind());
        let platform = self.platforms.get(&capture.platform);
        let spec = platform.and_then(|p| p.captures.get(&capture.capture_type));
        let (outcome, quality) = (Outcome::Text, None);
        let mut reading = Reading { kind, facts: vec![], rejected: vec![], template: String::new(), outcome, quality };
        let (Some(kind), Some(capture_type)) = (kind, capture_type) else { return reading };
        let text = String::from_utf8_lossy(&capture.content);
        if let Some((name, rows, unread)) = crate::snmp::rows(&capture.capture_type, &text, self.platforms) {
            reading.take(name.to_owned(), Mapping::new(kind, None, capture_type).facts(rows), unread);
            return reading;
        }
        let own = CaptureSpec::default();
        let spec = spec.or(template.map(|_| &own));
        let (Some(platform), Some(spec)) = (platform, spec) else { return reading };
        if capture.content.iter().all(u8::is_ascii_whitespace) || spec.says_nothing(&capture.content) {
            reading.outcome = Outcome::Parsed;
            reading.quality = Some(Quality::default());
            return reading;
        }
        let text = if capture_type.masked { Mask::of(platform).apply(&text).into() } else { text };
        let lines = text.matches('\n').count();
        if lines > MOST_LINES {
            let reason = format!("it has {lines} lines, and {MOST_LINES} are read at most; it is kept as text");
            reading.outcome = Outcome::NotParsed { reason };
            return reading;
        }
        let mapping = Mapping::new(kind, Some((platform, spec)), capture_type);
        let names = match template {
            Some(name) => Some(vec![bare(name)]),
            None => self.names(platform, spec.template.as_deref(), &capture.command),
        };
        match self.rows(platform, names, &capture.command, &text, &mapping) {
            Ok((template, facts, unread)) => reading.take(template, facts, unknown(unread, &text, spec)),
            Err(reason) => reading.outcome = Outcome::NotParsed { reason },
        }
        let none = Quality::none(&reading.template, &text);
        let lines = none.lines;
        reading.quality.get_or_insert(none).lines = lines;
        reading
    }
}

/// Those of the unread lines that the platform does not know to mean nothing.
fn unknown(mut unread: Vec<u32>, text: &str, spec: &CaptureSpec) -> Vec<u32> {
    let whole = |pattern: &String| model::pattern::of(&format!("^(?:{pattern})$"));
    let known: Vec<_> = spec.known_lines.iter().filter_map(whole).collect();
    if unread.is_empty() || known.is_empty() {
        return unread;
    }
    let lines: Vec<&str> = text.lines().collect();
    unread.retain(|n| {
        let line = lines.get((*n as usize).saturating_sub(1)).map_or("", |line| line.trim_end());
        !known.iter().any(|p| p.is_match(line.as_bytes()))
    });
    unread
}

/// Name of the template, what its rows say, and the lines that no rule read.
type Rows = (String, Result<Facts, String>, Vec<u32>);

/// Lines of one capture. A table of more is a loop in a device, or not from one.
const MOST_LINES: usize = 5_000_000;

impl Reader {
    /// Names of the templates that a capture is read with; `None` when there is none for it.
    pub fn templates(&self, platform: &str, capture_type: &str, command: &str) -> Option<Vec<String>> {
        let platform = self.platforms.get(platform)?;
        let spec = platform.captures.get(capture_type);
        self.names(platform, spec.and_then(|spec| spec.template.as_deref()), command)
    }

    /// The user's own for the command, or the one that the platform names, or else what the release has.
    fn names(&self, platform: &Platform, template: Option<&str>, command: &str) -> Option<Vec<String>> {
        let of = platform.templates_of.as_deref().unwrap_or(&platform.name);
        let own = self.library.lookup_own(&platform.name, command).or_else(|| self.library.lookup_own(of, command));
        let named = || template.map(|name| vec![name.to_owned()]);
        own.or_else(named).or_else(|| self.library.lookup(of, command))
    }

    fn rows(
        &self,
        platform: &Platform,
        names: Option<Vec<String>>,
        command: &str,
        text: &str,
        mapping: &Mapping<'_>,
    ) -> Result<Rows, String> {
        let unknown = || NoTemplate::Command { platform: platform.name.clone(), command: command.to_owned() };
        let names = names.ok_or_else(|| unknown().to_string())?;
        let reading = self.library.parse_with(&names, text);
        let reading = reading.map_err(|e| e.to_string())?;
        let parsed = match &reading.outcome {
            Parse::Parsed(parsed) | Parse::PartlyParsed(parsed) => parsed,
            Parse::NotParsed(error) => return Err(error.to_string()),
        };
        let facts = mapping.facts(parsed.records().map(|record| row(&reading.fields, record)));
        let unread = parsed.unread.iter().map(|line| line_number(*line)).collect();
        Ok((reading.templates.join(":"), facts, unread))
    }
}

impl Reader {
    /// How well a text is read that gives no facts: with this template, or the one for its command, or the one that fits best.
    /// `None` when no template reads any of it and none was named.
    pub fn weigh(&self, capture: &Capture, template: Option<&str>) -> Option<Quality> {
        let text = String::from_utf8_lossy(&capture.content);
        if text.trim().is_empty() {
            return Some(Quality::default());
        }
        let platform = self.platforms.get(&capture.platform);
        let of = platform.map(|p| p.templates_of.as_deref().unwrap_or(&p.name));
        let known = || platform.and_then(|p| self.names(p, None, &capture.command));
        let fits = || {
            let best = self.library.detect(&text, of, Some(&capture.command), 1);
            best.into_iter().next().map(|candidate| vec![candidate.template])
        };
        let names = template.map(|name| vec![bare(name)]).or_else(known).or_else(fits)?;
        let reading = self.library.parse_with(&names, &text).ok();
        let mut quality = Quality::none(&names.join(":"), &text);
        if let Some(Parse::Parsed(parsed) | Parse::PartlyParsed(parsed)) = reading.as_ref().map(|r| &r.outcome) {
            (quality.rows, quality.unread) = (parsed.records().count(), parsed.unread.len());
        }
        Some(quality)
    }
}

fn bare(name: &str) -> String {
    name.trim_end_matches(".textfsm").to_owned()
}

fn row(fields: &[String], record: textfsm::Record<'_>) -> Row {
    let texts = |value: textfsm::Value<'_>| match value {
        textfsm::Value::Absent => Vec::new(),
        textfsm::Value::Text(text) => vec![text.to_owned()],
        textfsm::Value::List(list) => list.iter().map(|item| item.as_text().to_owned()).collect(),
    };
    let fields: BTreeMap<_, _> = fields.iter().cloned().zip(record.values().map(texts)).collect();
    Row { fields, lines: (line_number(*record.lines().start()), line_number(*record.lines().end())) }
}

#[test]
fn the_score_is_rows_over_those_expected() {
    let check = |[rows, rejected, lines, unread, least]: [usize; 5], score: f64| {
        let quality = Quality { template: String::new(), rows, rejected, lines, unread, least };
        assert!((quality.score() - score).abs() < 1e-9, "{quality:?}: {}", quality.score());
    };
    check([10, 0, 11, 0, 0], 1.0);
    // A line for each row, and ten that nothing read.
    check([10, 0, 20, 10, 0], 0.5);
    // Twenty lines for each row: forty more lines are two more rows.
    check([10, 0, 240, 40, 0], 10.0 / 12.0);
    check([1, 0, 37, 36, 0], 1.0);
    check([6, 2, 8, 0, 0], 0.75);
    check([6, 0, 6, 0, 60], 0.1);
    check([0, 0, 12, 12, 0], 0.0);
    check([0, 0, 0, 0, 0], 1.0);
    check([0, 0, 0, 0, 5], 0.0);
}

fn line_number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}
