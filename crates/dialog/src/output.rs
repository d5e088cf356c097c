//! What one command gave.

use std::time::Duration;

use regex::bytes::RegexSet;

/// How many lines at the head and at the foot of an output may carry an error message.
const MARGIN: usize = 4;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputState {
    /// The prompt was seen; only the echo of the next command proves that it was the prompt.
    Provisional,
    /// Framed: from the echo of its command to newline, prompt and the echo of the next one.
    Complete,
    /// Not framed, with the reason. What there is, is kept.
    Cut(String),
}

/// A command and what came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub command: String,
    /// Terminal control resolved, `\n` at line ends, without echo and prompt; bytes as they came, not decoded.
    pub content: Vec<u8>,
    pub state: OutputState,
    /// The line in which the device refused the command.
    pub refused: Option<String>,
    /// From sending the command to the prompt; filled in by whoever has a clock.
    pub duration: Duration,
}

impl Output {
    pub(crate) fn new(command: &str) -> Output {
        let command = command.to_owned();
        Output {
            command,
            content: Vec::new(),
            state: OutputState::Provisional,
            refused: None,
            duration: Duration::ZERO,
        }
    }

    pub fn is_complete(&self) -> bool {
        self.state == OutputState::Complete
    }

    pub(crate) fn close(mut self, state: OutputState) -> Output {
        self.state = state;
        if self.content.capacity() > 2 * self.content.len() + 4096 {
            self.content.shrink_to_fit();
        }
        self
    }

    pub(crate) fn look_for_refusal(&mut self, errors: &RegexSet) {
        self.refused = refusal(&self.content, errors);
    }
}

/// Of the lines at the head and foot that match a marker, the one with most to say.
pub(crate) fn refusal(content: &[u8], errors: &RegexSet) -> Option<String> {
    if errors.is_empty() {
        return None;
    }
    let lines =
        || content.split(|b| *b == b'\n').filter(|l| l.len() < 4096 && l.iter().any(|b| !b.is_ascii_whitespace()));
    let head = lines().take(MARGIN);
    let foot = lines().rev().take(MARGIN);
    let matching = head.chain(foot).filter(|line| errors.is_match(line));
    let words = |line: &&[u8]| line.iter().filter(|b| b.is_ascii_alphanumeric()).count();
    matching.max_by_key(words).map(|line| String::from_utf8_lossy(line).trim().to_owned())
}

#[test]
fn the_line_that_says_most_is_the_refusal() {
    let errors = RegexSet::new([r"^\s*\^\s*$", "^% Invalid"]).expect("valid");
    let shown = b"          ^\n% Invalid input detected at '^' marker.\n\n";
    assert_eq!(refusal(shown, &errors).as_deref(), Some("% Invalid input detected at '^' marker."));
    assert_eq!(refusal(b"interface Vlan1\n", &errors), None);
}
