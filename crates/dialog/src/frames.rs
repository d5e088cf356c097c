//! Frames: one for each command, from being sent to being closed.

use crate::dialog::{Dialog, LINE};
use crate::echo::Echo;
use crate::framing::Echoes;
use crate::output::{Output, OutputState};
use crate::screen::short;
use crate::text::squeeze;

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

impl Dialog {
    pub(crate) fn send(&mut self, command: &str, wanted: bool) -> Vec<u8> {
        let frame = Frame { output: Output::new(command), wanted, cut: None };
        if self.pending.is_some() {
            self.queued.push_back(frame);
        } else if self.echoes == Echoes::No {
            self.close_without_echo(frame);
        } else {
            self.await_echo(frame, self.head_of_line(), self.screen.text().len());
        }
        self.at_prompt = false;
        let mut bytes = command.as_bytes().to_vec();
        bytes.push(b'\r');
        bytes
    }

    /// `head`: what stands on the line already where the echo will appear.
    pub(crate) fn await_echo(&mut self, frame: Frame, head: Vec<u8>, sent_at: usize) {
        let echo = Echo::of(&frame.output.command);
        self.screen.collect_ink(head, echo.reach());
        self.pending = Some(Pending { frame, echo, sent_at });
    }

    /// What stands on the line where the echo will appear.
    fn head_of_line(&self) -> Vec<u8> {
        let line = short(self.screen.line()).filter(|line| self.prompt_at_head(line).is_some());
        line.or(self.prompt.as_ref().map(|p| squeeze(p.text()))).unwrap_or_default()
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
    pub(crate) fn before_banner(&self, mut end: usize) -> usize {
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

    /// The device answered all that was typed ahead, but nobody can tell which answer is where: none is complete. The
    /// last command stays the current one, so that what comes late is no other's.
    pub(crate) fn lose_ahead(&mut self, reason: &str) {
        self.hold(self.screen.line_start());
        let pending = self.pending.take().map(|p| p.frame);
        let mut lost = self.current.take().into_iter().chain(pending).chain(std::mem::take(&mut self.queued));
        self.current = lost.next_back();
        self.done.extend(lost.map(|f| Frame { output: f.output.close(OutputState::Cut(reason.to_owned())), ..f }));
        self.cut_current(reason);
    }

    /// Without echo the prompt is all there is: sending the next command closes the output.
    pub(crate) fn close_without_echo(&mut self, next: Frame) {
        let all = self.screen.text().len();
        if !self.line_is_prompt() {
            self.hold(all);
        }
        self.screen.split(self.screen.text().len());
        self.close_current();
        self.current = Some(next);
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
        for mut frame in self.current.take().into_iter().chain(pending).chain(self.queued) {
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
