//! Which template a text is for, from the text alone and from what is known besides.

use textfsm::Evidence;

use crate::library::Library;

/// A template that could be the one. The best is first.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Name without ending.
    pub template: String,
    /// Bits of evidence; only good to compare with others for the same text.
    pub score: f64,
    /// How sure it is that this is the template, from 0 to 1; all candidates together are 1 at most.
    pub confidence: f64,
    /// Records that it reads.
    pub records: usize,
    /// Lines that are not blank, and how many of them it reads.
    pub lines: usize,
    pub read: usize,
}

/// Finds the template in the embedded library; see [`Library::detect`].
pub fn detect(text: &str, platform: Option<&str>, command: Option<&str>, top: usize) -> Vec<Candidate> {
    Library::builtin().detect(text, platform, command, top)
}

impl Library {
    /// The `top` most likely templates, best first. A template that refuses the text is left out, and so
    /// is one that reads nothing. `platform` and `command` are hints: templates of other platforms are
    /// left out when one of the platform reads the text.
    pub fn detect(&self, text: &str, platform: Option<&str>, command: Option<&str>, top: usize) -> Vec<Candidate> {
        let hints = Hints::new(self, platform, command);
        let mut found: Vec<Candidate> =
            hints.names.iter().filter_map(|name| self.weigh(name, text, &hints)).collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.template.cmp(&b.template)));
        rate(&mut found);
        found.truncate(top);
        found
    }

    fn weigh(&self, name: &str, text: &str, hints: &Hints) -> Option<Candidate> {
        let evidence = self.template(name)?.weigh(text).ok().filter(|evidence| evidence.read > 0)?;
        let Evidence { records, lines, read, .. } = evidence;
        let score = hints.score(name, evidence);
        Some(Candidate { template: name.to_owned(), score, confidence: 0.0, records, lines, read })
    }
}

struct Hints {
    names: Vec<String>,
    /// Templates that the index names for the command.
    expected: Vec<String>,
}

impl Hints {
    fn new(library: &Library, platform: Option<&str>, command: Option<&str>) -> Hints {
        let mut names = library.names();
        if let Some(platform) = platform {
            let of_platform = library.of_platform(platform);
            if !of_platform.is_empty() {
                names.retain(|name| of_platform.contains(name));
            }
        }
        let expected = match (platform, command) {
            (Some(platform), Some(command)) => library.lookup(platform, command).unwrap_or_default(),
            (None, Some(command)) => library.for_command(command),
            _ => Vec::new(),
        };
        Hints { names, expected }
    }

    fn score(&self, name: &str, evidence: Evidence) -> f64 {
        let Evidence { bits, lines, read, records } = evidence;
        let bits = f64::from(bits) * if records == 0 { 0.5 } else { 1.0 };
        let share = read as f64 / lines.max(1) as f64;
        let expected = if self.expected.iter().any(|expected| expected == name) { 2.0 } else { 1.0 };
        bits * (0.5 + 0.5 * share) * expected
    }
}

/// The share of each candidate, when ten bits for a line of the text make one ten times as likely.
fn rate(found: &mut [Candidate]) {
    let Some(best) = found.first().map(|best| best.score) else { return };
    let scale = 0.1 * best.max(1.0);
    let likely = |candidate: &Candidate| ((candidate.score - best) / scale).exp();
    let total: f64 = found.iter().map(likely).sum();
    found.iter_mut().for_each(|candidate| candidate.confidence = likely(candidate) / total);
}
