//! The conversation itself: frames, and what to do next.

use std::sync::Arc;

use crate::echo::{Echo, Found};
use crate::enable::Enabling;
use crate::login::LogIn;
use crate::output::{Output, OutputState};
use crate::profile::Profile;
use crate::prompt::Prompt;
use crate::screen::{Screen, short};
use crate::text::{squeeze, trim_end};

/// Kept of the wire for error messages.
const TAIL: usize = 512;
/// The longest line on which a pager or a question is looked for.
pub(crate) const LINE: usize = 4096;

/// What to send. Secrets are named, not held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    Text(Vec<u8>),
    Username,
    Password,
    Enable,
}

/// What to do now.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing before more bytes come.
    Wait,
    Send(Reply),
    /// The prompt is there; a command may be sent.
    Ready,
    /// The device refused the log-in inside the session.
    Refused,
    /// The device refused privileged mode; the session is usable.
    EnableRefused,
    /// A log-in prompt where the command prompt was.
    LoggedOut,
    /// More than the cap.
    TooLarge,
}

#[derive(Debug)]
pub(crate) enum Phase {
    LogIn(LogIn),
    Enable(Enabling),
    Command,
    LoggedOut,
}

/// Whether the device repeats what it is sent; learnt at the first command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Echoes {
    Unknown,
    Yes,
    No,
}

#[derive(Debug)]
pub(crate) struct Frame {
    pub output: Output,
    /// Asked for by the caller, not by the machine itself.
    pub wanted: bool,
    /// Why it cannot be complete, whatever follows.
    pub cut: Option<String>,
}

/// A command that was sent and is not echoed yet.
#[derive(Debug)]
pub(crate) struct Pending {
    pub frame: Frame,
    pub echo: Echo,
    /// Where the text ended when it was sent.
    pub sent_at: usize,
}

/// A command that was echoed behind `head`: the prompt, or what looked like it.
#[derive(Debug)]
struct Echoed {
    head: Vec<u8>,
    command: String,
}

/// One conversation. Feed bytes, then take [`Dialog::step`]s until it says wait or ready.
#[derive(Debug)]
pub struct Dialog {
    pub(crate) profile: Arc<Profile>,
    pub(crate) screen: Screen,
    pub(crate) phase: Phase,
    pub(crate) prompt: Option<Prompt>,
    /// The prompt before it changed in mid-session, until an echo confirms the new one.
    pub(crate) former: Option<Prompt>,
    pub(crate) echoes: Echoes,
    pub(crate) motd: Vec<u8>,
    done: Vec<Frame>,
    pub(crate) current: Option<Frame>,
    pub(crate) pending: Option<Pending>,
    /// The echo that began the current output.
    last_echo: Option<Echoed>,
    /// The first echo, of a device that seems not to echo, until the second command gave a line.
    doubt: Option<Echo>,
    pub(crate) at_prompt: bool,
    leaving: bool,
    /// Nothing more can come.
    pub(crate) left: bool,
    cap: usize,
    tail: Vec<u8>,
}

impl Dialog {
    /// Before the first byte. `cap`: bytes kept of one output.
    pub fn new(profile: Arc<Profile>, cap: usize) -> Dialog {
        Dialog {
            profile,
            screen: Screen::default(),
            phase: Phase::LogIn(LogIn::default()),
            prompt: None,
            former: None,
            echoes: Echoes::Unknown,
            motd: Vec::new(),
            done: Vec::new(),
            current: None,
            pending: None,
            last_echo: None,
            doubt: None,
            at_prompt: false,
            leaving: false,
            left: false,
            cap,
            tail: Vec::new(),
        }
    }

    /// The platform is known now.
    pub fn adopt(&mut self, profile: Arc<Profile>) {
        self.profile = profile;
    }

    /// As it was shown; empty before it is learnt.
    pub fn prompt(&self) -> String {
        self.prompt.as_ref().map(|p| String::from_utf8_lossy(p.text()).into_owned()).unwrap_or_default()
    }

    /// What was shown before the first prompt.
    pub fn motd(&self) -> String {
        String::from_utf8_lossy(&self.motd).into_owned()
    }

    /// The last bytes as they came, at most 512.
    pub fn tail(&self) -> &[u8] {
        &self.tail[self.tail.len().saturating_sub(TAIL)..]
    }

    /// Bytes from the device, cut anywhere.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.keep_tail(bytes);
        let mut rest = bytes;
        while !rest.is_empty() {
            let (taken, line_ended) = self.screen.push(rest);
            rest = &rest[taken..];
            if line_ended {
                self.look_for_echo();
            }
        }
    }

    fn keep_tail(&mut self, bytes: &[u8]) {
        self.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(TAIL)..]);
        if self.tail.len() > 4 * TAIL {
            self.tail.drain(..self.tail.len() - TAIL);
        }
    }

    /// The bytes to send for a command of the caller; its output is among [`Dialog::into_outputs`].
    pub fn command(&mut self, command: &str) -> Vec<u8> {
        self.send(command, true)
    }

    /// The bytes to send for a command whose output nobody wants: paging off, width.
    pub fn prepare(&mut self, command: &str) -> Vec<u8> {
        self.send(command, false)
    }

    /// The bytes that leave the device, and close the last output by their echo.
    pub fn exit(&mut self) -> Vec<u8> {
        self.leaving = true;
        let exit = self.profile.exit.clone();
        self.send(&exit, false)
    }

    /// An output of the caller is not closed yet.
    pub fn is_open(&self) -> bool {
        let pending = self.pending.as_ref().map(|p| &p.frame);
        self.doubt.is_some() || [pending, self.current.as_ref()].into_iter().flatten().any(|frame| frame.wanted)
    }

    /// The exit was echoed, or there is no echo to wait for. The device may still say that it was too early.
    pub fn has_left(&self) -> bool {
        self.leaving && self.pending.is_none() && self.doubt.is_none()
    }

    /// Every output is closed and nothing more will come.
    pub fn is_over(&self) -> bool {
        self.has_left() && (self.left || self.echoes == Echoes::No)
    }

    pub(crate) fn send(&mut self, command: &str, wanted: bool) -> Vec<u8> {
        let frame = Frame { output: Output::new(command), wanted, cut: None };
        let echo = Echo::of(command);
        self.screen.collect_ink(self.head_of_line(), echo.reach());
        if self.echoes == Echoes::No {
            self.close_without_echo(frame);
        } else {
            self.pending = Some(Pending { frame, echo, sent_at: self.screen.text().len() });
        }
        self.at_prompt = false;
        let mut bytes = command.as_bytes().to_vec();
        bytes.push(b'\r');
        bytes
    }

    /// What stands on the line where the echo will appear.
    fn head_of_line(&self) -> Vec<u8> {
        let line = short(self.screen.line()).filter(|line| self.prompt_at_head(line).is_some());
        line.or(self.prompt.as_ref().map(|p| squeeze(p.text()))).unwrap_or_default()
    }

    /// Call after [`Dialog::feed`] and after each reply, until it is [`Step::Wait`] or [`Step::Ready`].
    pub fn step(&mut self) -> Step {
        if self.size() > self.cap {
            return Step::TooLarge;
        }
        if let Some(answer) = self.turn_page() {
            return Step::Send(Reply::Text(answer));
        }
        match &self.phase {
            Phase::LogIn(_) => self.step_log_in(),
            Phase::Enable(_) => self.step_enable(),
            Phase::LoggedOut => Step::LoggedOut,
            // While an echo is waited for, a prompt ends nothing; after the exit it would be the wrong one.
            Phase::Command if self.pending.is_none() && !self.leaving && self.line_is_prompt() => {
                self.hold(self.screen.line_start());
                Step::Ready
            }
            Phase::Command => {
                self.at_prompt = false;
                Step::Wait
            }
        }
    }

    fn size(&self) -> usize {
        let before = self.current.as_ref().map_or(self.motd.len(), |frame| frame.output.content.len());
        before + self.screen.text().len()
    }

    pub(crate) fn line_is_prompt(&self) -> bool {
        short(self.screen.line()).is_some_and(|line| self.prompt_at_head(&line) == Some(line.len()))
    }

    pub(crate) fn prompt_at_head(&self, squeezed: &[u8]) -> Option<usize> {
        [&self.prompt, &self.former].into_iter().flatten().find_map(|p| p.matches(squeezed))
    }

    /// The prompt is there: what stands before it goes into the output, for now. Gives how much text went.
    pub(crate) fn hold(&mut self, end: usize) -> usize {
        self.at_prompt = true;
        let end = self.before_banner(end);
        let mut text = self.screen.split(end);
        match &mut self.current {
            Some(frame) => {
                if self.echoes == Echoes::No && frame.output.content.is_empty() && text.first() == Some(&b'\n') {
                    text.remove(0);
                }
                append(&mut frame.output.content, text);
                frame.output.look_for_refusal(&self.profile.errors);
            }
            None => append(&mut self.motd, text),
        }
        end
    }

    /// Where the output ends when the prompt's line begins at `end`: `{master:0}` is no part of it.
    fn before_banner(&self, mut end: usize) -> usize {
        let Some(banner) = &self.profile.prompt_banner else { return end };
        while let Some(line) = self.screen.text()[..end].strip_suffix(b"\n") {
            let start = line.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
            if line.len() - start > LINE || !banner.is_match(&line[start..]) {
                break;
            }
            end = start;
        }
        end
    }

    fn turn_page(&mut self) -> Option<Vec<u8>> {
        let line = self.screen.line();
        if line.is_empty() || line.len() > LINE || self.at_prompt {
            return None;
        }
        let found = self.profile.pager.iter().find_map(|r| Some((r.pattern.find(line)?.start(), r.answer.clone())));
        let (at, answer) = found?;
        self.screen.cut(self.screen.line_start() + at);
        Some(answer)
    }

    fn look_for_echo(&mut self) {
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

    pub(crate) fn close_current(&mut self) {
        if let Some(frame) = self.current.take() {
            let state = frame.cut.clone().map_or(OutputState::Complete, OutputState::Cut);
            self.done.push(Frame { output: frame.output.close(state), ..frame });
        }
    }

    /// Whatever follows, the current output will not count as complete.
    pub(crate) fn cut_current(&mut self, reason: &str) {
        if let Some(frame) = &mut self.current {
            frame.cut = Some(reason.to_owned());
        }
    }

    /// Without echo the prompt is all there is: sending the next command closes the output.
    fn close_without_echo(&mut self, next: Frame) {
        let all = self.screen.text().len();
        if !self.line_is_prompt() {
            self.hold(all);
        }
        self.screen.split(self.screen.text().len());
        self.close_current();
        self.current = Some(next);
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

    /// The output that was asked for last; provisional until the next echo.
    pub fn latest(&mut self) -> Option<&mut Output> {
        self.current.as_mut().map(|frame| &mut frame.output)
    }

    /// The caller's outputs in order; what is not closed by now is cut for the reason given.
    pub fn into_outputs(mut self, reason: &str) -> Vec<Output> {
        if self.current.is_some() && !(self.at_prompt || self.text_is_prompt()) {
            self.hold(self.screen.text().len());
        }
        let pending = self.pending.take().map(|p| p.frame);
        for mut frame in self.current.take().into_iter().chain(pending) {
            frame.output.content.truncate(self.cap);
            let output = frame.output.close(OutputState::Cut(reason.to_owned()));
            self.done.push(Frame { output, ..frame });
        }
        self.done.into_iter().filter(|frame| frame.wanted).map(|frame| frame.output).collect()
    }

    /// Nothing came after the prompt but a part of the echo.
    fn text_is_prompt(&self) -> bool {
        self.screen.line_start() == 0 && short(self.screen.line()).is_some_and(|l| self.prompt_at_head(&l).is_some())
    }
}

fn append(to: &mut Vec<u8>, text: Vec<u8>) {
    if to.is_empty() {
        *to = text;
    } else {
        to.extend_from_slice(&text);
    }
}
