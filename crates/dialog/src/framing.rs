//! Late framing: what an echo, or the lack of it, says about where outputs begin and end.

use crate::dialog::{Dialog, LINE};
use crate::echo::{Echo, Found};
use crate::frames::Pending;
use crate::output::Output;
use crate::prompt::Prompt;
use crate::screen::short;
use crate::text::trim_end;

/// Whether the device repeats what it is sent; learnt at the first command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Echoes {
    Unknown,
    Yes,
    No,
}

/// A command that was echoed behind `head`: the prompt, or what looked like it.
#[derive(Debug)]
pub(crate) struct Echoed {
    pub head: Vec<u8>,
    pub command: String,
}

impl Dialog {
    pub(crate) fn look_for_echo(&mut self) {
        if self.pending.is_none() && self.doubt.is_none() {
            return self.look_for_second_echo();
        }
        let (start, line) = self.screen.finished_line();
        let line = line[..line.len().min(LINE)].to_vec();
        match self.echo_in(start, &line) {
            Some(start) => self.echoed(start, self.screen.line_start()),
            None => self.look_for_second_echo(),
        }
        self.screen.next_ink();
    }

    /// Where the line of the prompt starts, when the line completes the echo that is waited for.
    fn echo_in(&mut self, start: usize, line: &[u8]) -> Option<usize> {
        let prompts = [self.prompt.as_ref(), self.former.as_ref()];
        let head = |line: &[u8]| prompts.iter().flatten().find_map(|p| p.matches(line));
        if let Some(mut echo) = self.doubt.take() {
            if echo.line(start, line, self.screen.ink(), head) != Found::No {
                self.echoes_after_all();
            }
            return None;
        }
        let pending = self.pending.as_mut()?;
        match pending.echo.line(start, line, self.screen.ink(), head) {
            Found::Whole { start } => Some(start),
            Found::No => self.learn_from_echo(line).then_some(start),
        }
    }

    /// The line is a prompt that we did not know and the first command: what looked like the prompt at log-in
    /// was something else.
    fn learn_from_echo(&mut self, line: &[u8]) -> bool {
        let Some(pending) = self.pending.as_ref().filter(|_| self.echoes == Echoes::Unknown) else { return false };
        let Some(head) = trim_end(line).strip_suffix(pending.frame.output.command.as_bytes()) else { return false };
        let is_prompt = self.profile.prompt.is_match(head);
        if is_prompt {
            self.prompt = Some(Prompt::new(head));
        }
        is_prompt
    }

    /// The echo is whole: the output before `start` is closed for good, the next one begins at `end`.
    pub(crate) fn echoed(&mut self, start: usize, end: usize) {
        let Some(pending) = self.pending.take() else { return };
        self.echoes = Echoes::Yes;
        let held = self.hold(start);
        let line = self.screen.split(end - held);
        self.remember_echo(&line, &pending.frame.output.command);
        self.close_current();
        self.screen.collect_ink(Vec::new(), 0);
        self.current = Some(pending.frame);
        self.at_prompt = false;
        if let Some(next) = self.queued.pop_front() {
            self.await_echo(next, Vec::new(), 0);
            self.look_back();
        }
    }

    /// An echo that only silence made out may stand before those of commands that were typed ahead.
    fn look_back(&mut self) {
        let mut start = 0;
        while let Some(length) = self.screen.text()[start..].iter().position(|b| *b == b'\n') {
            let line = &self.screen.text()[start..start + length];
            let line = line[..line.len().min(LINE)].to_vec();
            let end = start + length + 1;
            if let Some(start) = self.echo_in(start, &line) {
                return self.echoed(start, end);
            }
            start = end;
        }
    }

    fn remember_echo(&mut self, line: &[u8], command: &str) {
        let line = trim_end(line);
        let head = line.strip_suffix(command.as_bytes()).unwrap_or(line).to_vec();
        self.last_echo = Some(Echoed { head, command: command.to_owned() });
    }

    /// A terminal driver echoes at once what is typed while a command runs, and the shell echoes it again at
    /// its prompt. So a second prompt with the same echo shows that the first was output.
    fn look_for_second_echo(&mut self) {
        let Some(echo) = &self.last_echo else { return };
        let (start, line) = self.screen.finished_line();
        let Some(head) = trim_end(line).strip_suffix(echo.command.as_bytes()) else { return };
        let known = short(head).is_some_and(|squeezed| self.prompt_at_head(&squeezed) == Some(squeezed.len()));
        let first = self.done.is_empty() && head.len() <= LINE && self.profile.prompt.is_match(head);
        if known || first {
            let prompt = Prompt::new(head);
            self.prompt = Some(prompt);
            self.begin_again(start);
        }
    }

    /// All since the last echo belongs to the output before it.
    fn begin_again(&mut self, start: usize) {
        let (Some(frame), Some(echo)) = (&mut self.current, self.last_echo.take()) else { return };
        let early = std::mem::take(&mut frame.output.content);
        frame.output.refused = None;
        let end = self.screen.line_start();
        let upto = self.before_banner(start);
        let text = self.screen.split(upto);
        let line = self.screen.split(end - upto);
        let before = match self.done.last_mut() {
            Some(before) => &mut before.output.content,
            None => &mut self.motd,
        };
        for part in [&echo.head, &early, &text] {
            before.extend_from_slice(part);
        }
        if let Some(before) = self.done.last_mut() {
            before.output.look_for_refusal(&self.profile.errors);
        }
        self.remember_echo(&line, &echo.command);
    }

    /// The first prompt after the first command came without an echo.
    pub(crate) fn assume_no_echo(&mut self) {
        let Some(pending) = self.pending.take() else { return };
        self.echoes = Echoes::No;
        self.screen.split(pending.sent_at);
        self.doubt = Some(Echo::of(&pending.frame.output.command));
        self.current = Some(pending.frame);
    }

    /// The echo of the first command came late: what was taken for its output was still the greeting.
    fn echoes_after_all(&mut self) {
        let (Some(second), Some(mut first)) = (self.current.take(), self.done.pop()) else { return };
        self.echoes = Echoes::Yes;
        self.screen.split(self.screen.line_start());
        first.output = Output::new(&first.output.command);
        let echo = Echo::of(&second.output.command);
        self.screen.collect_ink(Vec::new(), echo.reach());
        self.pending = Some(Pending { frame: second, echo, sent_at: 0 });
        self.current = Some(first);
    }

    /// The device closed the session: an exit that was echoed is enough to close the last output.
    pub fn closed(&mut self) {
        let line = self.screen.line()[..self.screen.line().len().min(LINE)].to_vec();
        if self.leaving
            && let Some(start) = self.echo_in(self.screen.line_start(), &line)
        {
            self.echoed(start, self.screen.text().len());
        }
        self.left = true;
    }
}
