//! A session on record, played once more: the machine on one side, what the device printed on the other.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::recording::{Piece, text_of, without_return};
use crate::{Dialog, Output, Profile, Recording, Step, escape};

/// Kept of one output.
const CAP: usize = 1 << 24;

/// Why a recording is none, or does not fit the platform.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ReplayError {
    #[error("line {line}: `⟦` without `⟧`")]
    Open { line: usize },
    #[error("line {line}: `\\{what}` is no escape")]
    Escape { line: usize, what: char },
    #[error("`{recorded}` was sent in the recording, and `{sent}` is sent now")]
    Differs { recorded: String, sent: String },
    /// Nothing comes before something is sent, and nothing is.
    #[error("waits for the prompt; the recording goes on with `{recorded}`; last seen: {tail}")]
    Stuck { recorded: String, tail: String },
    #[error("ends early, with {step}; last seen: {tail}")]
    Ended { step: String, tail: String },
}

impl Recording {
    /// The session once more: log-in with one profile, then privileged mode, preparation and the recorded commands with
    /// the other. `cuts`: sizes of the chunks; before a chunk of size 0 the device is silent for a while.
    pub fn play(
        &self,
        log_in: Arc<Profile>,
        profile: Arc<Profile>,
        cuts: impl IntoIterator<Item = usize>,
    ) -> Result<Vec<Output>, ReplayError> {
        let player = Player {
            dialog: Dialog::new(log_in, CAP),
            pieces: self.pieces.iter().cloned().collect(),
            sent: VecDeque::new(),
            prepare: None,
            profile,
        };
        player.play(cuts.into_iter())
    }
}

struct Player {
    dialog: Dialog,
    pieces: VecDeque<Piece>,
    /// What the device has not looked at yet.
    sent: VecDeque<String>,
    /// What is left of the preparation; `None` before the platform is known.
    prepare: Option<VecDeque<String>>,
    profile: Arc<Profile>,
}

impl Player {
    fn play(mut self, mut cuts: impl Iterator<Item = usize>) -> Result<Vec<Output>, ReplayError> {
        let mut silent = false;
        loop {
            match self.dialog.step() {
                Step::Send(reply) => self.sent.push_back(text_of(&reply)),
                Step::Ready | Step::EnableRefused => self.go_on(),
                Step::Wait if self.dialog.is_over() => break,
                Step::Wait => match self.chunk(cuts.next().unwrap_or(usize::MAX))? {
                    Some(bytes) if !bytes.is_empty() => {
                        self.dialog.feed(&bytes);
                        silent = false;
                    }
                    _ if self.dialog.may_settle() && !silent => {
                        self.dialog.quiet();
                        silent = true;
                    }
                    Some(_) => {}
                    None if self.pieces.is_empty() => {
                        self.dialog.closed();
                        break;
                    }
                    None => return Err(self.stuck()),
                },
                other => return Err(ReplayError::Ended { step: format!("{other:?}"), tail: self.tail() }),
            }
        }
        Ok(self.dialog.into_outputs("the recording ends here"))
    }

    /// The next bytes, at most so many; none when the device waits.
    fn chunk(&mut self, size: usize) -> Result<Option<Vec<u8>>, ReplayError> {
        loop {
            match self.pieces.front_mut() {
                Some(Piece::Device(bytes)) if bytes.is_empty() => drop(self.pieces.pop_front()),
                Some(Piece::Device(bytes)) => {
                    let rest = bytes.split_off(size.min(bytes.len()));
                    return Ok(Some(std::mem::replace(bytes, rest)));
                }
                Some(Piece::Sent(recorded)) => {
                    let Some(sent) = self.sent.pop_front() else { return Ok(None) };
                    if sent != *recorded {
                        return Err(ReplayError::Differs { recorded: recorded.clone(), sent });
                    }
                    self.pieces.pop_front();
                }
                None => return Ok(None),
            }
        }
    }

    /// At the prompt: privileged mode, preparation, then whatever the recording has.
    fn go_on(&mut self) {
        let mut bytes = None;
        if self.prepare.is_none() {
            self.dialog.adopt(self.profile.clone());
            self.prepare = Some(self.profile.prepare().iter().cloned().collect());
            bytes = self.dialog.enable();
        }
        let bytes = bytes.unwrap_or_else(|| match self.prepare.as_mut().and_then(VecDeque::pop_front) {
            Some(command) => self.dialog.prepare(&command),
            None => self.recorded_command(),
        });
        self.sent.push_back(without_return(&bytes));
    }

    fn recorded_command(&mut self) -> Vec<u8> {
        let sent = |piece: &Piece| if let Piece::Sent(text) = piece { Some(text.clone()) } else { None };
        match self.pieces.iter().find_map(sent).filter(|command| *command != self.profile.exit) {
            Some(command) => self.dialog.command(&command),
            None => self.dialog.exit(),
        }
    }

    fn stuck(&self) -> ReplayError {
        let recorded = if let Some(Piece::Sent(text)) = self.pieces.front() { text.clone() } else { String::new() };
        ReplayError::Stuck { recorded, tail: self.tail() }
    }

    fn tail(&self) -> String {
        escape(self.dialog.tail())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::platform::SessionSpec;

    fn play(text: &str) -> Result<Vec<(String, String)>, ReplayError> {
        let prepare = vec!["no page".to_owned()];
        let spec = SessionSpec { prompt: r"\w+#".into(), prepare, exit: "exit".into(), ..SessionSpec::default() };
        let profile = Arc::new(Profile::compile(&spec).expect("valid"));
        let outputs = Recording::parse(text)?.play(profile.clone(), profile, [])?;
        Ok(outputs.into_iter().map(|o| (o.command, String::from_utf8_lossy(&o.content).into_owned())).collect())
    }

    #[test]
    fn a_recording_is_played() {
        let text = "hello\nsw1#⟦no page⟧no page\nsw1#⟦show clock⟧show clock\n12:00\\e[K\nsw1#⟦exit⟧exit\n";
        assert_eq!(play(text), Ok(vec![("show clock".to_owned(), "12:00\n".to_owned())]));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let differs = ReplayError::Differs { recorded: "page off".into(), sent: "no page".into() };
        assert_eq!(play("sw1#⟦page off⟧"), Err(differs));
        assert!(matches!(play("no prompt⟦no page⟧"), Err(ReplayError::Stuck { .. })));
        assert_eq!(play("a\n⟦b"), Err(ReplayError::Open { line: 2 }));
        assert_eq!(play("\\q"), Err(ReplayError::Escape { line: 1, what: 'q' }));
    }
}
