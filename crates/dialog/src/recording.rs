//! A session on record: what a device printed and what it was sent, as a text that a person can read and write.
//!
//! `⟦show version⟧` is a line that was sent, or keys; `⟦*password⟧` the secret or the name of an account. A line ends as on
//! the wire, with CR LF; `\r`, `\n`, `\b`, `\e`, `\0`, `\\` and `\x1b` are single bytes.

use std::fmt::{self, Write as _};

use crate::{ReplayError, Reply};

/// A session on record.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Device(Vec<u8>),
    Sent(String),
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

    /// The device printed these bytes.
    pub fn heard(&mut self, bytes: &[u8]) {
        match self.pieces.last_mut() {
            Some(Piece::Device(printed)) => printed.extend_from_slice(bytes),
            _ => self.pieces.push(Piece::Device(bytes.to_vec())),
        }
    }

    /// With what the device printed changed.
    #[must_use]
    pub fn map_heard(mut self, change: impl Fn(&[u8]) -> Vec<u8>) -> Recording {
        for piece in &mut self.pieces {
            if let Piece::Device(bytes) = piece {
                *bytes = change(bytes);
            }
        }
        self
    }

    /// A line or keys were sent, its return with it.
    pub fn sent(&mut self, bytes: &[u8]) {
        self.pieces.push(Piece::Sent(without_return(bytes)));
    }

    /// A question of the device was answered; of a secret only that it was one.
    pub fn replied(&mut self, reply: &Reply) {
        self.pieces.push(Piece::Sent(text_of(reply)));
    }
}

/// What [`Recording::parse`] reads.
impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Device(bytes) => print(f, bytes),
            Piece::Sent(text) => write!(f, "⟦{text}⟧"),
        })
    }
}

pub(crate) fn text_of(reply: &Reply) -> String {
    match reply {
        Reply::Text(bytes) => without_return(bytes),
        Reply::Username => "*username".to_owned(),
        Reply::Password => "*password".to_owned(),
        Reply::Enable => "*enable".to_owned(),
    }
}

pub(crate) fn without_return(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.strip_suffix(b"\r").unwrap_or(bytes)).into_owned()
}

/// Bytes as a text that stands for them.
fn print(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    for chunk in bytes.utf8_chunks() {
        let mut chars = chunk.valid().chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' if chars.next_if_eq(&'\n').is_some() => f.write_char('\n')?,
                '\r' => f.write_str("\\r")?,
                '\n' => f.write_str("\\n")?,
                '\x08' => f.write_str("\\b")?,
                '\x1b' => f.write_str("\\e")?,
                '\0' => f.write_str("\\0")?,
                '\\' => f.write_str("\\\\")?,
                '⟦' | '⟧' => hex(f, c.encode_utf8(&mut [0; 4]).as_bytes())?,
                c if c.is_control() && c != '\t' => hex(f, c.encode_utf8(&mut [0; 4]).as_bytes())?,
                c => f.write_char(c)?,
            }
        }
        hex(f, chunk.invalid())?;
    }
    Ok(())
}

fn hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "\\x{byte:02x}"))
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same_bytes(turns in prop::collection::vec((any::<Vec<u8>>(), "[a-z ]{1,9}"), 0..6)) {
            let mut recording = Recording::default();
            for (printed, sent) in &turns {
                recording.heard(printed);
                recording.sent(sent.as_bytes());
            }
            let again = Recording::parse(&recording.to_string()).expect("what was written");
            prop_assert_eq!(again.turns(), recording.turns());
        }
    }
}
