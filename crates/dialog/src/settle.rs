//! What silence means.
//!
//! Bytes alone decide nearly everything. A few ends can only be told from a pause: a prompt that changed,
//! one glued to an output without a newline, a device that does not echo, a log-in prompt. Whoever has
//! the clock asks whether the last line could be such an end, and says when it has been quiet. Late
//! framing stays: the next echo confirms what silence suggested.

use crate::dialog::{Dialog, LINE, Phase};
use crate::frames::Pending;
use crate::framing::Echoes;
use crate::prompt::Prompt;
use crate::screen::short;
use crate::text::trim_end;

enum Settled {
    NoEcho,
    /// The line editor changed the command while echoing it; the line ends here. Nothing proves it,
    /// so the output before it does not count as complete.
    MangledEcho(usize),
    /// The same to one of the commands that were typed ahead; where their outputs begin and end is lost.
    MangledAhead,
    /// The prompt begins here, behind output without a newline.
    Glued(usize),
    Renamed,
    /// The first prompt begins here, on the last line of the greeting.
    BehindBanner(usize),
    /// A message came between prompt and echo, and the prompt was not shown again: the echo stands alone.
    BareEcho {
        start: usize,
        end: usize,
    },
    LoggedOut,
    /// The line asks for a name or a password, and does not go on.
    Asked,
    /// The exit led to another prompt.
    Left,
}

impl Dialog {
    /// Whether a pause now would mean something.
    pub fn may_settle(&self) -> bool {
        self.settled().is_some()
    }

    /// Nothing came for a while. Call [`Dialog::step`] after it.
    pub fn quiet(&mut self) {
        match self.settled() {
            Some(Settled::NoEcho) => self.assume_no_echo(),
            Some(Settled::MangledEcho(end)) => {
                self.cut_current("the device changed the echo of the next command");
                self.echoed(0, end);
                if self.pending.is_some() {
                    self.quiet();
                }
            }
            Some(Settled::MangledAhead) => self.lose_ahead("the device changed the echo of a command"),
            Some(Settled::Glued(at)) => {
                self.hold(at);
            }
            Some(Settled::Renamed) => {
                let renamed = Prompt::new(self.screen.line());
                self.former = self.prompt.replace(renamed);
            }
            Some(Settled::BehindBanner(at)) => {
                self.prompt = Some(Prompt::new(&self.screen.text()[at..]));
                self.phase = Phase::Command;
                self.hold(at);
            }
            Some(Settled::BareEcho { start, end }) => {
                self.screen.split(start);
                self.echoed(0, end - start);
            }
            Some(Settled::Left) => self.left = true,
            Some(Settled::LoggedOut) => self.phase = Phase::LoggedOut,
            Some(Settled::Asked) => {
                let all = self.screen.text().len();
                if let Phase::LogIn(log_in) = &mut self.phase {
                    log_in.quiet_at = Some(all);
                }
            }
            None => {}
        }
    }

    fn settled(&self) -> Option<Settled> {
        let line = self.screen.line();
        if self.at_prompt || line.is_empty() || line.len() > LINE {
            return None;
        }
        match self.phase {
            Phase::Command => {}
            Phase::LogIn(_) if self.profile.asks_username(line) || self.profile.asks_password(line) => {
                return Some(Settled::Asked);
            }
            Phase::LogIn(_) => return self.behind_banner(line),
            _ => return None,
        }
        if self.has_left() {
            return self.profile.prompt.is_match(line).then_some(Settled::Left);
        }
        if self.profile.asks_username(line) {
            return Some(Settled::LoggedOut);
        }
        match &self.pending {
            Some(p) if self.echoes == Echoes::Unknown => {
                (self.line_is_prompt() && self.screen.line_start() > p.sent_at).then_some(Settled::NoEcho)
            }
            Some(p) => self.mangled_echo().or_else(|| self.bare_echo(p)).or_else(|| self.mangled_ahead()),
            None => self.another_prompt(line),
        }
    }

    /// The last word is a prompt: the greeting before it has no newline at its end. Or the line is one word that ends as
    /// prompts do: somebody gave the device another prompt than its platform has.
    fn behind_banner(&self, line: &[u8]) -> Option<Settled> {
        let line = trim_end(line);
        let Some(at) = line.iter().rposition(|b| *b == b' ').map(|blank| blank + 1) else {
            return is_word_of_a_prompt(line).then_some(Settled::BehindBanner(self.screen.line_start()));
        };
        self.profile.prompt.is_match(&line[at..]).then_some(Settled::BehindBanner(self.screen.line_start() + at))
    }

    fn mangled_echo(&self) -> Option<Settled> {
        let end = self.screen.text().iter().take(LINE).position(|b| *b == b'\n')?;
        let first = short(&self.screen.text()[..end])?;
        let head = self.prompt_at_head(&first)?;
        (head < first.len() && self.line_is_prompt()).then_some(Settled::MangledEcho(end + 1))
    }

    fn mangled_ahead(&self) -> Option<Settled> {
        if self.queued.is_empty() || !self.line_is_prompt() {
            return None;
        }
        let is_echo = |line| short(line).is_some_and(|l| self.prompt_at_head(&l).is_some_and(|head| head < l.len()));
        self.screen.text().split(|b| *b == b'\n').any(is_echo).then_some(Settled::MangledAhead)
    }

    fn bare_echo(&self, pending: &Pending) -> Option<Settled> {
        let text = self.screen.text();
        let first = short(text.split(|b| *b == b'\n').next()?)?;
        if !self.line_is_prompt() || self.prompt_at_head(&first) != Some(first.len()) {
            return None;
        }
        let mut start = 0;
        for line in text[..text.len().min(LINE)].split_inclusive(|b| *b == b'\n') {
            let end = start + line.len();
            if line.ends_with(b"\n") && trim_end(line) == pending.frame.output.command.as_bytes() {
                return Some(Settled::BareEcho { start, end });
            }
            start = end;
        }
        None
    }

    fn another_prompt(&self, line: &[u8]) -> Option<Settled> {
        let glued = self.prompt.as_ref().and_then(|p| trim_end(line).strip_suffix(p.text()));
        if let Some(before) = glued.filter(|before| !before.is_empty()) {
            return Some(Settled::Glued(self.screen.line_start() + before.len()));
        }
        self.profile.prompt.is_match(line).then_some(Settled::Renamed)
    }
}

fn is_word_of_a_prompt(line: &[u8]) -> bool {
    let Some((end, name)) = line.split_last() else { return false };
    let fits = |b: &u8| b.is_ascii_alphanumeric() || b"._-@:/~()".contains(b);
    b">#$%".contains(end) && (1..=64).contains(&name.len()) && name.iter().all(fits)
}
