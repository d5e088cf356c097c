//! The learnt prompt, and what may change in it from one command to the next.

use crate::text::{squeeze, trim_end};

/// IOS shows at least this much of a name in configuration mode.
const NAME_CUT: usize = 16;
/// The longest `(config-…)` that is believed.
const MODE: usize = 80;

/// Compared literally and without blanks, but for modes, change marks, the active supervisor and counters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prompt {
    text: Vec<u8>,
    stem: Vec<u8>,
    end: u8,
    /// The stem ends in a counter that grows with each command, as in `sw1.17 #`.
    numbered: bool,
}

impl Prompt {
    /// From the line as it was shown, without what stands before it in the output.
    pub fn new(line: &[u8]) -> Prompt {
        let text = trim_end(line).to_vec();
        let squeezed = squeeze(&text);
        let (end, body) = squeezed.split_last().map_or((b'#', &[][..]), |(end, body)| (*end, body));
        let body = without_supervisor(without_marks(body));
        let mode = body.iter().position(|b| *b == b'(').filter(|at| *at > 0 && body.ends_with(b")"));
        let mut stem = &body[..mode.unwrap_or(body.len())];
        let digits = stem.iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let numbered = digits > 0 && stem[..stem.len() - digits].ends_with(b".") && squeezed.len() < text.len();
        if numbered {
            stem = &stem[..stem.len() - digits];
        }
        Prompt { stem: stem.to_vec(), end, numbered, text }
    }

    /// As it was shown.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// How much of the squeezed line is the prompt, when it starts with one.
    pub fn matches(&self, squeezed: &[u8]) -> Option<usize> {
        let rest = without_supervisor(without_marks(squeezed));
        let rest = self.without_stem(rest)?;
        let rest = match rest.first() {
            Some(b'(') if !self.stem.is_empty() => after_mode(rest)?,
            Some(b'>') if self.end == b'#' => after_context(rest),
            _ => rest,
        };
        let rest = match rest.first() {
            Some(b'*' | b'!') if rest.get(1) == Some(&self.end) => &rest[1..],
            _ => rest,
        };
        (*rest.first()? == self.end).then(|| squeezed.len() - rest.len() + 1)
    }

    /// Whether a line is this prompt, or this prompt with another character at its end: `>` becomes `#`.
    pub fn is_but_for_its_end(&self, line: &[u8]) -> bool {
        let (line, known) = (squeeze(line), squeeze(&self.text));
        let ends = line.last().is_some_and(|end| b"#>$%".contains(end));
        ends && known.len() > 1 && line[..line.len() - 1] == known[..known.len() - 1]
    }

    fn without_stem<'a>(&self, rest: &'a [u8]) -> Option<&'a [u8]> {
        let common = rest.iter().zip(&self.stem).take_while(|(a, b)| a == b).count();
        let rest = &rest[common..];
        if common == self.stem.len() {
            let digits = if self.numbered { rest.iter().take_while(|b| b.is_ascii_digit()).count() } else { 0 };
            return Some(&rest[digits..]);
        }
        (common >= NAME_CUT && rest.first() == Some(&b'(')).then_some(rest)
    }
}

/// Unsaved changes: `*A:router#`, `!host#`.
fn without_marks(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|b| matches!(b, b'*' | b'!')).count();
    if marks < line.len() { &line[marks..] } else { line }
}

/// `RP/0/RSP0/CPU0:host` without the supervisor that happens to be active.
fn without_supervisor(line: &[u8]) -> &[u8] {
    let colon = line.iter().take(24).position(|b| *b == b':');
    match colon {
        Some(at) if line.starts_with(b"RP/") && line[..at].windows(4).any(|w| w == b"/CPU") => &line[at + 1..],
        _ => line,
    }
}

fn after_mode(rest: &[u8]) -> Option<&[u8]> {
    let close = rest.iter().take(MODE).position(|b| *b == b')')?;
    Some(&rest[close + 1..])
}

/// SR OS: `A:router>config>router#`.
fn after_context(rest: &[u8]) -> &[u8] {
    let inside = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'>' | b'-' | b'_');
    &rest[rest.iter().take(MODE).take_while(inside).count()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(learnt: &str, same: &[&str], other: &[&str]) {
        let prompt = Prompt::new(learnt.as_bytes());
        let is = |line: &str| prompt.matches(&squeeze(line.as_bytes())) == Some(squeeze(line.as_bytes()).len());
        for line in same {
            assert!(is(line), "{line} is {learnt}");
        }
        for line in other {
            assert!(!is(line), "{line} is not {learnt}");
        }
    }

    #[test]
    fn modes_come_and_go() {
        check("sw1#", &["sw1#", "sw1# ", "sw1(config)#", "sw1(config-if)#"], &["sw1", "sw2#", "sw1>", "sw10#", "#"]);
        check("sw1(config)#", &["sw1#", "sw1(config-if)#"], &["sw1(config#"]);
        check("A:r1#", &["*A:r1#", "A:r1>config>router#"], &["A:r2#"]);
    }

    #[test]
    fn a_long_name_is_cut_in_configuration_mode() {
        check(
            "a-very-long-router-name-1#",
            &["a-very-long-router-(config)#"],
            &["a-very-long-router-#", "a-very(config)#"],
        );
    }

    #[test]
    fn marks_and_supervisors_change() {
        check("RP/0/RSP0/CPU0:r1#", &["RP/0/RSP1/CPU0:r1#", "RP/0/RSP0/CPU0:r1(config)#"], &["RP/0/RSP0/CPU0:r2#"]);
        check("sw1#", &["*sw1#", "!sw1#", "sw1*#"], &[]);
        check("X450.3 # ", &["X450.4 # ", "* X450.17 #"], &["X450 #"]);
    }

    #[test]
    fn names_may_have_spaces_and_brackets() {
        check("(Cisco Controller) >", &["(Cisco Controller) >"], &["(Cisco)>"]);
        check("[ops@box ~]$ ", &["[ops@box ~]$"], &["[ops@box /]$"]);
        check("<HUAWEI>", &["<HUAWEI>"], &["[HUAWEI]"]);
    }
}
