//! Telnet: the commands in the stream, and the stream.

use std::collections::HashSet;

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};

use crate::target::Stream;
use crate::wire::{COLUMNS, Heard, ROWS};

const SE: u8 = 240;
const SB: u8 = 250;
const WILL: u8 = 251;
const WONT: u8 = 252;
const DO: u8 = 253;
const DONT: u8 = 254;
const IAC: u8 = 255;

const ECHO: u8 = 1;
const SUPPRESS_GO_AHEAD: u8 = 3;
const TERMINAL_TYPE: u8 = 24;
const WINDOW_SIZE: u8 = 31;

/// What the device may do, and what we do when it asks.
const THEIRS: [u8; 2] = [ECHO, SUPPRESS_GO_AHEAD];
const OURS: [u8; 3] = [SUPPRESS_GO_AHEAD, TERMINAL_TYPE, WINDOW_SIZE];

/// The longest answer of an option that is kept.
const SUBNEGOTIATION: usize = 64;
const BLOCK: usize = 4096;

/// Separates text from commands, and says what to answer; no IO.
#[derive(Debug, Default)]
pub(crate) struct Machine {
    state: State,
    /// Options that are on: ours, theirs.
    ours: HashSet<u8>,
    theirs: HashSet<u8>,
    /// Of what was refused, so that nothing is refused twice.
    refused: HashSet<(u8, u8)>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Text,
    /// A carriage return, after which a NUL means nothing.
    Return,
    Command,
    Option(u8),
    Inside(Vec<u8>),
    InsideCommand(Vec<u8>),
}

impl Machine {
    /// Appends the text in `bytes` to `text`, and what is to be sent back to `answer`.
    pub fn feed(&mut self, bytes: &[u8], text: &mut Vec<u8>, answer: &mut Vec<u8>) {
        for byte in bytes {
            self.state = match (std::mem::take(&mut self.state), *byte) {
                (State::Text | State::Return, IAC) => State::Command,
                (State::Return, 0) => State::Text,
                (State::Text | State::Return, byte) => {
                    text.push(byte);
                    if byte == b'\r' { State::Return } else { State::Text }
                }
                (State::Command, IAC) => {
                    text.push(IAC);
                    State::Text
                }
                (State::Command, SB) => State::Inside(Vec::new()),
                (State::Command, verb @ (WILL | WONT | DO | DONT)) => State::Option(verb),
                (State::Command, _) => State::Text,
                (State::Option(verb), option) => {
                    self.negotiate(verb, option, answer);
                    State::Text
                }
                (State::Inside(said), IAC) => State::InsideCommand(said),
                (State::Inside(mut said) | State::InsideCommand(mut said), byte) if byte != SE => {
                    if said.len() < SUBNEGOTIATION {
                        said.push(byte);
                    }
                    State::Inside(said)
                }
                (State::Inside(mut said), byte) => {
                    said.push(byte);
                    State::Inside(said)
                }
                (State::InsideCommand(said), _) => {
                    // SEND is the only question there is.
                    if said == [TERMINAL_TYPE, 1] {
                        answer.extend([IAC, SB, TERMINAL_TYPE, 0]);
                        answer.extend(b"VT100");
                        answer.extend([IAC, SE]);
                    }
                    State::Text
                }
            };
        }
    }

    /// Answers only what changes something; whoever answers an answer never ends.
    fn negotiate(&mut self, verb: u8, option: u8, answer: &mut Vec<u8>) {
        match verb {
            DO if OURS.contains(&option) => self.turn_on(option, answer),
            WILL if THEIRS.contains(&option) => {
                let answers: &[u8] = if self.theirs.insert(option) { &[IAC, DO, option] } else { &[] };
                answer.extend(answers);
            }
            DO | WILL => {
                let refusal = if verb == DO { WONT } else { DONT };
                if self.refused.insert((refusal, option)) {
                    answer.extend([IAC, refusal, option]);
                }
            }
            DONT if self.ours.remove(&option) => answer.extend([IAC, WONT, option]),
            WONT if self.theirs.remove(&option) => answer.extend([IAC, DONT, option]),
            _ => {}
        }
    }

    fn turn_on(&mut self, option: u8, answer: &mut Vec<u8>) {
        if !self.ours.insert(option) {
            return;
        }
        answer.extend([IAC, WILL, option]);
        if option == WINDOW_SIZE {
            answer.extend([IAC, SB, WINDOW_SIZE]);
            answer.extend(escaped(&[COLUMNS.to_be_bytes(), ROWS.to_be_bytes()].concat()));
            answer.extend([IAC, SE]);
        }
    }
}

fn escaped(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|b| std::iter::repeat_n(*b, if *b == IAC { 2 } else { 1 })).collect()
}

pub(crate) struct Telnet {
    stream: BufReader<Box<dyn Stream>>,
    machine: Machine,
    /// Not sent yet.
    outgoing: Vec<u8>,
}

impl Telnet {
    pub fn new(stream: BufReader<Box<dyn Stream>>) -> Telnet {
        Telnet { stream, machine: Machine::default(), outgoing: Vec::new() }
    }

    pub async fn hear(&mut self) -> Heard {
        if self.flush().await.is_err() {
            return Heard::End;
        }
        let mut block = [0; BLOCK];
        let Ok(count @ 1..) = self.stream.read(&mut block).await else { return Heard::End };
        let mut text = Vec::new();
        self.machine.feed(&block[..count], &mut text, &mut self.outgoing);
        if text.is_empty() { Heard::Other } else { Heard::Data(text.into()) }
    }

    /// A line ends in a carriage return and a NUL, as RFC 854 has it.
    pub async fn write(&mut self, bytes: &[u8]) {
        for part in bytes.split_inclusive(|b| *b == b'\r') {
            self.outgoing.extend(escaped(part));
            if part.ends_with(b"\r") {
                self.outgoing.push(0);
            }
        }
        // The end of the stream is heard.
        let _ = self.flush().await;
    }

    /// Forgets what is sent, piece by piece: this may be dropped in the middle.
    async fn flush(&mut self) -> std::io::Result<()> {
        while !self.outgoing.is_empty() {
            let count = self.stream.write(&self.outgoing).await?;
            if count == 0 {
                return Err(std::io::ErrorKind::WriteZero.into());
            }
            self.outgoing.drain(..count);
        }
        self.stream.flush().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fed in pieces of every size, it says the same.
    fn check(bytes: &[u8], text: &[u8], answer: &[u8]) {
        for size in 1..=bytes.len() {
            let (mut machine, mut got, mut sent) = (Machine::default(), Vec::new(), Vec::new());
            bytes.chunks(size).for_each(|chunk| machine.feed(chunk, &mut got, &mut sent));
            assert_eq!((got.as_slice(), sent.as_slice()), (text, answer), "in pieces of {size}");
        }
    }

    #[test]
    fn text_is_told_from_commands() {
        check(b"a\r\0b\r\nc", b"a\rb\r\nc", b"");
        check(&[b'a', IAC, IAC, b'b', IAC, 241, b'c'], &[b'a', IAC, b'b', b'c'], b"");
    }

    #[test]
    fn options_are_agreed_once() {
        check(&[IAC, WILL, ECHO, IAC, WILL, ECHO], b"", &[IAC, DO, ECHO]);
        check(&[IAC, DO, 200, IAC, DO, 200, IAC, WILL, 201], b"", &[IAC, WONT, 200, IAC, DONT, 201]);
        check(&[IAC, DONT, SUPPRESS_GO_AHEAD, IAC, WONT, ECHO], b"", b"");
    }

    #[test]
    fn the_window_is_wide_and_the_terminal_has_a_name() {
        // 511 columns hold a byte that must be doubled.
        let size = [IAC, WILL, WINDOW_SIZE, IAC, SB, WINDOW_SIZE, 1, IAC, IAC, 3, 232, IAC, SE];
        check(&[IAC, DO, WINDOW_SIZE], b"", &size);
        let mut kind = vec![IAC, WILL, TERMINAL_TYPE, IAC, SB, TERMINAL_TYPE, 0];
        kind.extend(b"VT100");
        kind.extend([IAC, SE]);
        check(&[IAC, DO, TERMINAL_TYPE, IAC, SB, TERMINAL_TYPE, 1, IAC, SE], b"", &kind);
    }
}
