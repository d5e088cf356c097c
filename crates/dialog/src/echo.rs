//! Is this line the prompt and the echo of what was sent?
//!
//! A line editor may wrap the echo with newlines, `\r`, blanks and backspaces, or scroll it behind a `$`.

use crate::text::squeeze;

/// The echo that is waited for.
#[derive(Debug)]
pub(crate) struct Echo {
    /// The command without blanks.
    command: Vec<u8>,
    /// The line where it began, and how much of it was there, when it goes on over several lines.
    begun: Option<(usize, usize)>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The whole echo; the prompt's line began at this offset.
    Whole {
        start: usize,
    },
    No,
}

impl Echo {
    pub fn of(command: &str) -> Echo {
        Echo { command: squeeze(command.as_bytes()), begun: None }
    }

    /// How many visible bytes of a line are of interest: the prompt, the command and its repetitions.
    pub fn reach(&self) -> usize {
        512 + 3 * self.command.len()
    }

    /// Looks at a finished line: `shown` is what the terminal shows, `ink` what came. `prompt` gives the
    /// length of the prompt at the head of a squeezed line.
    pub fn line(&mut self, start: usize, shown: &[u8], ink: &[u8], prompt: impl Fn(&[u8]) -> Option<usize>) -> Found {
        if shown.len() > 2 * self.reach() {
            self.begun = None;
            return Found::No;
        }
        let shown = squeeze(shown);
        for line in [shown.as_slice(), ink] {
            if let Some((start, at)) = self.begun.and_then(|(s, from)| Some((s, self.goes_on(from, line)?))) {
                return self.progress(start, at);
            }
            let rest = prompt(line).map(|head| &line[head..]);
            if let Some(at) = rest.and_then(|rest| self.goes_on(0, rest)).filter(|at| *at > 0) {
                return self.progress(start, at);
            }
            if rest.is_some_and(|rest| self.scrolled(rest)) {
                return Found::Whole { start };
            }
        }
        self.begun = None;
        Found::No
    }

    fn progress(&mut self, start: usize, at: usize) -> Found {
        if at == self.command.len() {
            return Found::Whole { start };
        }
        self.begun = Some((start, at));
        Found::No
    }

    /// How far the command is there when `rest` continues it, and nothing else.
    fn goes_on(&self, from: usize, rest: &[u8]) -> Option<usize> {
        let mut at = from;
        let mut returns = 0;
        for byte in rest {
            match self.command.get(at) {
                _ if *byte == b'\r' => returns += 1,
                Some(next) if next == byte => at += 1,
                // At the margin some editors write a character twice, with a carriage return between.
                _ if returns > 0 && at > 0 && self.command[at - 1] == *byte => returns -= 1,
                _ => return None,
            }
        }
        Some(at)
    }

    /// `host#$rest of a long command`
    fn scrolled(&self, rest: &[u8]) -> bool {
        rest.strip_prefix(b"$").is_some_and(|tail| tail.len() >= 8 && self.command.ends_with(tail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: &str, lines: &[&str], whole: bool) {
        let prompt = crate::prompt::Prompt::new(b"sw1#");
        let mut echo = Echo::of(command);
        let mut found = Found::No;
        for line in lines {
            let ink: Vec<u8> = line.bytes().filter(|b| *b == b'\r' || crate::text::is_ink(*b)).collect();
            let shown = line.rsplit('\r').next().unwrap_or_default();
            found = echo.line(7, shown.as_bytes(), &ink, |l| prompt.matches(l));
        }
        assert_eq!(found, if whole { Found::Whole { start: 7 } } else { Found::No });
    }

    #[test]
    fn an_echo_may_be_wrapped() {
        check("show version", &["sw1#show version"], true);
        check("show version", &["sw1#show ver", "sion"], true);
        check("show version", &["sw1#show ver \rsion"], true);
        check("show version", &["sw1#show vers\rsion"], true);
        check("show interface status", &["sw1#$face status"], true);
    }

    #[test]
    fn another_line_is_no_echo() {
        check("show version", &["sw1#"], false);
        check("show version", &["sw1#show versions"], false);
        check("show version", &["show version"], false);
        check("show version", &["sw1#show ver", "bose", "sion"], false);
    }
}
