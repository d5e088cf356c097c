//! From the first byte to the first prompt: greetings, questions, and a second log-in inside the session.

use crate::dialog::{Dialog, LINE, Phase, Reply, Step};
use crate::prompt::Prompt;

#[derive(Debug, Default)]
pub(crate) struct LogIn {
    asked_password: bool,
    answers: u8,
    /// How much had come when it was quiet.
    pub quiet_at: Option<usize>,
}

/// A device that asks more than this is not being logged in to.
const QUESTIONS: u8 = 20;

impl Dialog {
    pub(crate) fn step_log_in(&mut self) -> Step {
        let Phase::LogIn(LogIn { asked_password, answers, quiet_at }) = self.phase else { return Step::Wait };
        let line = self.screen.line();
        if line.len() > LINE {
            return Step::Wait;
        }
        if answers < QUESTIONS
            && let Some(answer) = self.question()
        {
            return self.answer(Reply::Text(answer), asked_password);
        }
        if self.profile.prompt.is_match(line) {
            self.prompt = Some(Prompt::new(line));
            self.phase = Phase::Command;
            self.hold(self.screen.line_start());
            return Step::Ready;
        }
        // `Last login:` goes on, and so may any sentence that ends in one of these words for now.
        if !self.profile.asks_alone(line) && quiet_at != Some(self.screen.text().len()) {
            return Step::Wait;
        }
        if self.profile.asks_username(line) {
            return if asked_password { Step::Refused } else { self.answer(Reply::Username, false) };
        }
        if self.profile.asks_password(line) {
            return if asked_password { Step::Refused } else { self.answer(Reply::Password, true) };
        }
        Step::Wait
    }

    /// The answer to what stands on the last line that is not blank.
    fn question(&self) -> Option<Vec<u8>> {
        let text = self.screen.text();
        let near = &text[text.len().saturating_sub(LINE)..];
        let line = near.rsplit(|b| *b == b'\n').find(|l| !l.trim_ascii().is_empty())?;
        self.profile.questions.iter().find(|q| q.pattern.is_match(line)).map(|q| q.answer.clone())
    }

    /// What was answered belongs to the greeting, so that it is not answered again.
    fn answer(&mut self, reply: Reply, asked_password: bool) -> Step {
        let Phase::LogIn(log_in) = &mut self.phase else { return Step::Wait };
        log_in.asked_password |= asked_password;
        log_in.answers = log_in.answers.saturating_add(1);
        log_in.quiet_at = None;
        self.hold(self.screen.text().len());
        self.at_prompt = false;
        Step::Send(reply)
    }
}
