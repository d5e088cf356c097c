//! Privileged mode.

use crate::dialog::{Dialog, LINE, Phase, Reply, Step};
use crate::framing::Echoes;
use crate::prompt::Prompt;

#[derive(Debug, Default)]
pub(crate) struct Enabling {
    asked: u8,
}

/// Devices ask three times at most.
const TRIES: u8 = 4;

impl Dialog {
    /// The bytes that ask for privileged mode; `None` when there is none or the prompt shows it already.
    pub fn enable(&mut self) -> Option<Vec<u8>> {
        let rules = self.profile.enable.as_ref()?;
        let unprivileged = self.prompt.as_ref().is_some_and(|p| rules.unprivileged.is_match(p.text()));
        if !unprivileged {
            return None;
        }
        let command = rules.command.clone();
        self.phase = Phase::Enable(Enabling::default());
        Some(self.send(&command, false))
    }

    pub(crate) fn step_enable(&mut self) -> Step {
        let profile = self.profile.clone();
        let (Phase::Enable(Enabling { asked }), Some(rules)) = (&mut self.phase, &profile.enable) else {
            return Step::Wait;
        };
        let line = self.screen.line();
        let answered = self.pending.as_ref().is_none_or(|p| self.screen.line_start() > p.sent_at);
        if line.is_empty() || line.len() > LINE || !answered {
            return Step::Wait;
        }
        if rules.password.is_match(line) && *asked <= TRIES {
            *asked += 1;
            let again = *asked > 1;
            self.screen.cut(self.screen.line_start());
            // Nobody is locked out: a refused secret is not repeated, empty lines lead back to the prompt.
            return Step::Send(if again { Reply::Text(b"\r".to_vec()) } else { Reply::Enable });
        }
        // What the platform's prompts look like, or the prompt of before with another end.
        let same = self.prompt.as_ref().is_some_and(|p| p.is_but_for_its_end(line));
        if !same && !profile.prompt.is_match(line) {
            return Step::Wait;
        }
        let refused = rules.unprivileged.is_match(line);
        self.prompt = Some(Prompt::new(line));
        self.enabled();
        if refused { Step::EnableRefused } else { Step::Ready }
    }

    fn enabled(&mut self) {
        self.phase = Phase::Command;
        if self.pending.take().is_some() {
            // No echo: the dialogue is no part of the output before it.
            if self.echoes == Echoes::Unknown {
                self.echoes = Echoes::No;
            }
            self.screen.split(self.screen.line_start());
            self.close_current();
        }
        self.hold(self.screen.line_start());
    }
}
