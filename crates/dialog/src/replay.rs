//! A recorded session: what a device printed and what it was sent, as a text that a person can read and write.
//!
//! `⟦show version⟧` is a line that was sent, or keys; `⟦*password⟧` the secret or the name of an account. A line ends as on
//! the wire, with CR LF; `\r`, `\n`, `\b`, `\e`, `\0`, `\\` and `\x1b` are single bytes.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::{Dialog, Output, Profile, Reply, Step, escape};

/// Kept of one output.
const CAP: usize = 1 << 24;

/// A session on record.
#[derive(Debug, Clone)]
pub struct Recording {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Device(Vec<u8>),
    Sent(String),
}

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
    pub fn parse(text: &str) -> Result<Recording, ReplayError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        let line = |rest: &str| text[..text.len() - rest.len()].matches('\n').count() + 1;
        while let Some((device, after)) = rest.split_once('⟦') {
            pieces.push(Piece::Device(wire(device).map_err(|what| ReplayError::Escape { line: line(rest), what })?));
            let (sent, later) = after.split_once('⟧').ok_or(ReplayError::Open { line: line(after) })?;
            pieces.push(Piece::Sent(sent.to_owned()));
            rest = later;
        }
        pieces.push(Piece::Device(wire(rest).map_err(|what| ReplayError::Escape { line: line(rest), what })?));
        Ok(Recording { pieces })
    }

    /// The device's side: what it prints, and what it waits for then; for nothing at the end.
    pub fn turns(&self) -> Vec<(Vec<u8>, Option<String>)> {
        let mut turns = vec![(Vec::new(), None)];
        for piece in &self.pieces {
            match (piece, turns.last_mut()) {
                (Piece::Device(bytes), Some((printed, _))) => printed.extend(bytes),
                (Piece::Sent(text), Some((_, awaited))) => {
                    *awaited = Some(text.clone());
                    turns.push((Vec::new(), None));
                }
                _ => {}
            }
        }
        turns
    }

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

fn text_of(reply: &Reply) -> String {
    match reply {
        Reply::Text(bytes) => without_return(bytes),
        Reply::Username => "*username".to_owned(),
        Reply::Password => "*password".to_owned(),
        Reply::Enable => "*enable".to_owned(),
    }
}

fn without_return(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.strip_suffix(b"\r").unwrap_or(bytes)).into_owned()
}

/// The bytes that a text stands for, or the escape that is none.
fn wire(text: &str) -> Result<Vec<u8>, char> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\n' => bytes.extend(b"\r\n"),
            '\\' => bytes.push(escaped(&mut chars)?),
            c => bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Ok(bytes)
}

fn escaped(chars: &mut std::str::Chars<'_>) -> Result<u8, char> {
    match chars.next().unwrap_or(' ') {
        'r' => Ok(b'\r'),
        'n' => Ok(b'\n'),
        'b' => Ok(8),
        'e' => Ok(0x1b),
        '0' => Ok(0),
        '\\' => Ok(b'\\'),
        'x' => {
            let digits: String = chars.take(2).collect();
            u8::from_str_radix(&digits, 16).map_err(|_| 'x')
        }
        other => Err(other),
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
