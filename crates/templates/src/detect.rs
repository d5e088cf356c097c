//! Which template a text is for, from the text alone and from what is known besides.

use std::collections::BTreeSet;

use textfsm::Evidence;

use crate::library::Library;

/// Bytes of a text by which all templates are compared; the best are then tried on the whole.
const SAMPLE: usize = 16 << 10;
/// Candidates that are tried on the whole text, beyond those asked for.
const RESERVE: usize = 4;

/// A template that could be the one. The best is first.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Name without ending.
    pub template: String,
    /// Bits of evidence; only good to compare with others for the same text.
    pub score: f64,
    /// How sure it is that this is the template, from 0 to 1; all candidates together are 1.
    pub confidence: f64,
    /// Records that it reads.
    pub records: usize,
    /// Lines that are not blank, and how many of them it reads.
    pub lines: usize,
    pub read: usize,
}

impl Library {
    /// The `top` most likely templates, best first. A template that refuses the text is left out, and so
    /// is one that reads nothing. With a `platform` that the index knows only its templates are asked; a
    /// `command` speaks for the templates that the index names for it.
    pub fn detect(&self, text: &str, platform: Option<&str>, command: Option<&str>, top: usize) -> Vec<Candidate> {
        let hints = Hints::new(self, platform, command);
        let sample = sample(text);
        let mut found: Vec<Candidate> =
            hints.names.iter().filter_map(|name| self.weigh(name, sample, &hints)).collect();
        sort(&mut found);
        if sample.len() < text.len() {
            found.truncate(top + RESERVE);
            found = found.iter().filter_map(|best| self.weigh(&best.template, text, &hints)).collect();
            sort(&mut found);
        }
        rate(&mut found);
        found.truncate(top);
        found
    }

    fn weigh(&self, name: &str, text: &str, hints: &Hints) -> Option<Candidate> {
        let evidence = self.template(name).ok()?.weigh(text).ok().filter(|evidence| evidence.read > 0)?;
        let Evidence { records, lines, read, .. } = evidence;
        let score = hints.score(name, evidence) * self.release().prior(name);
        Some(Candidate { template: name.to_owned(), score, confidence: 0.0, records, lines, read })
    }
}

/// The front of the text, in whole lines.
fn sample(text: &str) -> &str {
    let end = text.as_bytes().iter().take(SAMPLE).rposition(|&byte| byte == b'\n');
    if text.len() > SAMPLE { end.map_or(text, |end| &text[..=end]) } else { text }
}

fn sort(found: &mut [Candidate]) {
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.template.cmp(&b.template)));
}

struct Hints {
    names: Vec<String>,
    /// Templates that the index names for the command.
    expected: Vec<String>,
}

impl Hints {
    fn new(library: &Library, platform: Option<&str>, command: Option<&str>) -> Hints {
        let of_platform = platform.map(|platform| library.of_platform(platform));
        let mut names: Vec<String> = library.names().into_keys().collect();
        if let Some(known) = of_platform.filter(|known: &BTreeSet<String>| !known.is_empty()) {
            names.retain(|name| known.contains(name));
        }
        let expected = match (platform, command) {
            (Some(platform), Some(command)) => library.lookup(platform, command).unwrap_or_default(),
            (None, Some(command)) => library.for_command(command),
            (_, None) => Vec::new(),
        };
        Hints { names, expected }
    }

    fn score(&self, name: &str, evidence: Evidence) -> f64 {
        let Evidence { bits, lines, read, records } = evidence;
        let rows = if records == 0 { 0.5 } else { 1.0 };
        let share = 0.7 + 0.3 * read as f64 / lines.max(1) as f64;
        let expected = if self.expected.iter().any(|expected| expected == name) { 2.0 } else { 1.0 };
        f64::from(bits) * rows * share * expected
    }
}

/// Shares the certainty out: a tenth of the best score makes one candidate e times as likely as another.
fn rate(found: &mut [Candidate]) {
    let Some(best) = found.first().map(|best| best.score) else { return };
    let scale = 0.1 * best.max(1.0);
    let likely = |candidate: &Candidate| ((candidate.score - best) / scale).exp();
    let total: f64 = found.iter().map(likely).sum();
    found.iter_mut().for_each(|candidate| candidate.confidence = likely(candidate) / total);
}
