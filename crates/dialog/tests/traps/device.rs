//! A device on paper: what it prints, where it pauses, what it waits for.
//!
//! Outputs are written with marks: `⟦pause⟧` silence, `⟦page --More-- ⟧` a pager that erases itself when a
//! key comes, `⟦secret Password: ⟧` a question answered unseen, `⟦ask Username: ⟧` one answered seen,
//! `⟦prompt sw2#⟧` a new prompt, `⟦close⟧` the end of the connection.

use std::collections::{HashMap, VecDeque};

#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Text(Vec<u8>),
    Pause,
    Page(Vec<u8>),
    Ask { text: Vec<u8>, seen: bool },
    Prompt(String),
    Close,
}

pub type Echo = fn(&str, &str) -> Vec<u8>;

#[derive(Clone)]
pub struct Device {
    pub prompt: String,
    /// Prompt and command to what the line editor prints, with the line end.
    pub echo: Echo,
    answers: HashMap<String, Vec<Piece>>,
    out: VecDeque<Piece>,
    typed: VecDeque<u8>,
    waits: Option<Piece>,
    /// A terminal driver echoes at once what is typed while a command runs.
    pub driver_echoes: bool,
    /// Lines that were typed where a question waited.
    pub answered: Vec<String>,
}

pub fn plain(_: &str, command: &str) -> Vec<u8> {
    format!("{command}\r\n").into_bytes()
}

pub fn silent(_: &str, _: &str) -> Vec<u8> {
    b"\r\n".to_vec()
}

pub enum Event {
    Bytes(Vec<u8>),
    /// Nothing for a while.
    Silence,
    Closed,
}

impl Device {
    pub fn new(prompt: &str, greeting: &str) -> Device {
        let mut device = Device {
            prompt: prompt.to_owned(),
            echo: plain,
            answers: HashMap::new(),
            out: pieces(greeting.as_bytes()).into(),
            typed: VecDeque::new(),
            waits: None,
            driver_echoes: false,
            answered: Vec::new(),
        };
        device.out.push_back(Piece::Prompt(prompt.to_owned()));
        device.says("exit", "⟦close⟧")
    }

    pub fn says(self, command: &str, output: &str) -> Device {
        self.says_bytes(command, output.as_bytes())
    }

    pub fn says_bytes(mut self, command: &str, output: &[u8]) -> Device {
        self.answers.insert(command.to_owned(), pieces(output));
        self
    }

    pub fn echoing(mut self, echo: Echo) -> Device {
        self.echo = echo;
        self
    }

    pub fn input(&mut self, bytes: &[u8]) {
        self.typed.extend(bytes);
        if self.driver_echoes && !self.out.is_empty() {
            let text = String::from_utf8_lossy(bytes).replace('\r', "\r\n").into_bytes();
            self.out.push_front(Piece::Text(text));
        }
    }

    /// What happens next, when nobody types any more.
    pub fn next(&mut self) -> Event {
        let mut bytes = Vec::new();
        loop {
            if self.waits.is_some() {
                if !self.take_answer(&mut bytes) {
                    return if bytes.is_empty() { Event::Silence } else { Event::Bytes(bytes) };
                }
                continue;
            }
            match self.out.pop_front() {
                Some(Piece::Text(text)) => bytes.extend(text),
                Some(Piece::Prompt(prompt)) => {
                    bytes.extend(prompt.as_bytes());
                    self.prompt = prompt;
                }
                Some(piece @ (Piece::Pause | Piece::Close)) if !bytes.is_empty() => {
                    self.out.push_front(piece);
                    return Event::Bytes(bytes);
                }
                Some(Piece::Pause) => return Event::Silence,
                Some(Piece::Close) => return Event::Closed,
                Some(question) => {
                    let (Piece::Page(text) | Piece::Ask { text, .. }) = &question else { continue };
                    bytes.extend(text);
                    self.waits = Some(question);
                }
                None if self.take_line(&mut bytes) => {}
                None if bytes.is_empty() => return Event::Silence,
                None => return Event::Bytes(bytes),
            }
        }
    }

    fn take_line(&mut self, bytes: &mut Vec<u8>) -> bool {
        let Some(line) = self.typed_line() else { return false };
        bytes.extend((self.echo)(&self.prompt, &line));
        let line = line.trim().to_owned();
        let unknown = || pieces(b"% Invalid input detected at '^' marker.\r\n\r\n");
        self.out = if line.is_empty() {
            VecDeque::new()
        } else {
            self.answers.get(&line).cloned().unwrap_or_else(unknown).into()
        };
        if !self.out.iter().any(|p| matches!(p, Piece::Prompt(_) | Piece::Close)) {
            self.out.push_back(Piece::Prompt(self.prompt.clone()));
        }
        true
    }

    fn typed_line(&mut self) -> Option<String> {
        let end = self.typed.iter().position(|b| *b == b'\r')?;
        let line: Vec<u8> = self.typed.drain(..=end).collect();
        Some(String::from_utf8_lossy(&line[..end]).into_owned())
    }

    fn take_answer(&mut self, bytes: &mut Vec<u8>) -> bool {
        match self.waits.clone() {
            Some(Piece::Page(text)) => {
                if self.typed.pop_front().is_none() {
                    return false;
                }
                bytes.extend(erase(&text));
            }
            Some(Piece::Ask { seen, .. }) => {
                let Some(line) = self.typed_line() else { return false };
                bytes.extend(if seen { line.as_bytes() } else { b"" });
                bytes.extend(b"\r\n");
                self.answered.push(line);
            }
            _ => {}
        }
        self.waits = None;
        true
    }
}

/// As IOS does it: back, blanks, back.
fn erase(text: &[u8]) -> Vec<u8> {
    [vec![8; text.len()], vec![b' '; text.len()], vec![8; text.len()]].concat()
}

fn pieces(output: &[u8]) -> Vec<Piece> {
    let (open, close) = ("⟦".as_bytes(), "⟧".as_bytes());
    let find = |text: &[u8], mark: &[u8]| text.windows(mark.len()).position(|w| w == mark);
    let mut rest = output;
    let mut found = Vec::new();
    while let Some(start) = find(rest, open) {
        found.push(Piece::Text(rest[..start].to_vec()));
        let end = start + find(&rest[start..], close).expect("a mark ends");
        let mark = String::from_utf8_lossy(&rest[start + open.len()..end]).into_owned();
        let (word, text) = mark.split_once(' ').unwrap_or((&mark, ""));
        let bytes = text.as_bytes().to_vec();
        found.push(match word {
            "pause" => Piece::Pause,
            "page" => Piece::Page(bytes),
            "secret" => Piece::Ask { text: bytes, seen: false },
            "ask" => Piece::Ask { text: bytes, seen: true },
            "prompt" => Piece::Prompt(text.to_owned()),
            "close" => Piece::Close,
            other => panic!("no mark {other}"),
        });
        rest = &rest[end + close.len()..];
    }
    found.push(Piece::Text(rest.to_vec()));
    found.retain(|p| *p != Piece::Text(Vec::new()));
    found
}
