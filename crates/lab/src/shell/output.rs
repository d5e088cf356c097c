//! Sending an output: page by page, dribbling, torn or strewn with rubbish.

use std::time::Duration;

use super::{Gone, Shell};
use crate::world::Hostile;
use crate::{Fault, HangAt};

const CHUNK: usize = 16 * 1024;

impl Shell {
    /// Sends the output of a command the way the device's faults let it.
    pub(super) async fn print(&mut self, text: &str) -> Result<(), Gone> {
        match self.lab.fault_of(self.device) {
            Fault::Cut => {
                let half = text.len() / 2;
                self.term.send(wire(&text.as_bytes()[..half])).await?;
                self.term.flush().await?;
                // Let the half that was sent get out of the door first.
                tokio::time::sleep(Duration::from_millis(50)).await;
                self.term.scissors.cut();
                Err(Gone)
            }
            Fault::Hang(HangAt::Command | HangAt::Any) => {
                self.term.send(wire(&text.as_bytes()[..text.len() / 2])).await?;
                Err(self.term.fall_silent().await)
            }
            Fault::Slow => self.dribble(text).await,
            Fault::Garbage => self.term.send(garbage(text)).await,
            _ => self.paged(text).await,
        }
    }

    async fn dribble(&mut self, text: &str) -> Result<(), Gone> {
        for part in wire(text.as_bytes()).chunks(100) {
            self.term.send(part).await?;
            self.term.flush().await?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    async fn paged(&mut self, text: &str) -> Result<(), Gone> {
        let rows = self.rows();
        if rows == 0 || text.lines().nth(rows - 1).is_none() {
            return self.term.send(wire(text.as_bytes())).await;
        }
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (mut at, mut step, mut first) = (0, rows - 1, true);
        while at < lines.len() {
            let end = (at + step).min(lines.len());
            self.term.send(wire(lines[at..end].concat().as_bytes())).await?;
            at = end;
            if at < lines.len() {
                self.term.send(self.manners.more(at, lines.len(), first)).await?;
                first = false;
                step = self.page_key(rows).await?;
                self.term.send(self.manners.erase).await?;
                if step == 0 {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// How many lines the key asks for; 0: no more.
    async fn page_key(&mut self, rows: usize) -> Result<usize, Gone> {
        loop {
            match self.term.key().await? {
                b' ' => return Ok(rows - 1),
                b'\r' | b'\n' => return Ok(1),
                b'q' | b'Q' | 3 => return Ok(0),
                // IOS takes any other key as an answer too.
                _ if self.manners.scrolls => return Ok(0),
                _ => {}
            }
        }
    }

    /// An output that no device should give.
    pub(super) async fn print_hostile(&mut self, hostile: &Hostile) -> Result<(), Gone> {
        match hostile {
            Hostile::Bytes(bytes) => self.term.send(bytes).await,
            Hostile::LongLine(length) => {
                let mut left = *length;
                while left > 0 {
                    let part = left.min(CHUNK);
                    self.term.send(vec![b'A'; part]).await?;
                    left -= part;
                }
                self.term.send("\r\n").await
            }
            Hostile::Endless => loop {
                self.term.send("and on and on and on it goes\r\n".repeat(400)).await?;
            },
        }
    }
}

/// Line ends as a terminal wants them.
pub fn wire(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + text.len() / 16);
    for line in text.split_inclusive(|b| *b == b'\n') {
        match line.split_last() {
            Some((b'\n', line)) => {
                out.extend_from_slice(line);
                out.extend_from_slice(b"\r\n");
            }
            _ => out.extend_from_slice(line),
        }
    }
    out
}

/// Rubbish between the words: bells, escapes, NUL, bytes that are no UTF-8.
fn garbage(text: &str) -> Vec<u8> {
    const RUBBISH: &[&[u8]] =
        &[b"\x1b[2J", b"\xff\xfe", b"\x00", b"\x1b]0;owned\x07", b"\xc3\x28", b"\x07", b"\x1b[31m", b"\xf0\x9f\x98"];
    let mut out = Vec::with_capacity(text.len() * 2);
    for (i, part) in wire(text.as_bytes()).chunks(37).enumerate() {
        out.extend(part);
        out.extend(RUBBISH[i % RUBBISH.len()]);
    }
    out.extend(b"\r\n");
    out
}
