//! The conversation itself: its state, and what to do next.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::echo::Echo;
use crate::enable::Enabling;
use crate::frames::{Frame, Pending};
use crate::framing::{Echoed, Echoes};
use crate::login::LogIn;
use crate::profile::Profile;
use crate::prompt::Prompt;
use crate::screen::{Screen, short};

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
    pub(crate) done: Vec<Frame>,
    pub(crate) current: Option<Frame>,
    pub(crate) pending: Option<Pending>,
    /// Typed ahead, behind the pending one.
    pub(crate) queued: VecDeque<Frame>,
    /// The echo that began the current output.
    pub(crate) last_echo: Option<Echoed>,
    /// The first echo, of a device that seems not to echo, until the second command gave a line.
    pub(crate) doubt: Option<Echo>,
    pub(crate) at_prompt: bool,
    pub(crate) leaving: bool,
    /// Nothing more can come.
    pub(crate) left: bool,
    pub(crate) cap: usize,
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
            queued: VecDeque::new(),
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

    /// Whether this command may be sent before those that were sent are answered: the device is known to echo, so each
    /// output is framed by echoes however early its command was sent. Two echoes of one command could not be told apart.
    pub fn reads_ahead(&self, command: &str) -> bool {
        let waiting = self.pending.iter().map(|p| &p.frame).chain(&self.queued).map(|f| &f.output.command);
        let mut before = waiting.chain(self.last_echo.iter().map(|e| &e.command));
        self.echoes == Echoes::Yes && !before.any(|b| b == command)
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
        let mut frames = [pending, self.current.as_ref()].into_iter().flatten().chain(&self.queued);
        self.doubt.is_some() || frames.any(|frame| frame.wanted)
    }

    /// The exit was echoed, or there is no echo to wait for. The device may still say that it was too early.
    pub fn has_left(&self) -> bool {
        self.leaving && self.pending.is_none() && self.doubt.is_none()
    }

    /// Every output is closed and nothing more will come.
    pub fn is_over(&self) -> bool {
        self.has_left() && (self.left || self.echoes == Echoes::No)
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
}
