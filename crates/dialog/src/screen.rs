//! What a terminal would show, in one pass over the bytes.
//!
//! Escape sequences, overstrike by `\r` and backspace, `\x1b[K`, NUL and the erasing of a pager are
//! resolved on the current line; finished lines are never looked at again, so hostile input costs no
//! more than its length. The content stays bytes.

use crate::text::{is_ink, squeeze};

/// The farthest that a single control sequence may move or erase, so that none of them is expensive.
const REACH: usize = 1024;

#[derive(Debug, Default)]
pub(crate) struct Screen {
    text: Vec<u8>,
    /// Start of the current line, and of the one before it.
    line: usize,
    previous: usize,
    cursor: usize,
    /// Backspaces stop here: the place of a pager prompt that was taken out already.
    floor: usize,
    /// A pager prompt that was taken out, and comes back when text goes on behind it: it was no pager.
    taken_out: Option<Vec<u8>>,
    /// Blanks were written over text on this line, so blanks at its end are an eraser's.
    erased: bool,
    escape: Escape,
    ink: Ink,
}

/// Visible bytes of the current line in the order in which they came, for comparing an echo.
#[derive(Debug, Default)]
pub(crate) struct Ink {
    bytes: Vec<u8>,
    limit: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Escape {
    #[default]
    None,
    Started,
    /// `ESC (` and its like: one more byte.
    Charset,
    Csi(Csi),
    /// A title or other string; ends with BEL or `ESC \`.
    Text,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Csi {
    numbers: [u16; 2],
    at: usize,
    private: bool,
}

impl Screen {
    /// Takes bytes up to the end of a line, or all. Gives how many, and whether a line was finished.
    pub fn push(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while at < bytes.len() {
            if self.escape == Escape::None {
                let run = bytes[at..].iter().position(|b| is_control(*b)).unwrap_or(bytes.len() - at);
                self.write(&bytes[at..at + run]);
                at += run;
            }
            let Some(byte) = bytes.get(at) else { break };
            at += 1;
            if self.control(*byte) {
                return (at, true);
            }
        }
        (at, false)
    }

    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Where the current line starts in [`Screen::text`].
    pub fn line_start(&self) -> usize {
        self.line
    }

    /// The line that is being written.
    pub fn line(&self) -> &[u8] {
        &self.text[self.line..]
    }

    /// The line that was just finished: its start and its text.
    pub fn finished_line(&self) -> (usize, &[u8]) {
        (self.previous, &self.text[self.previous..self.line.saturating_sub(1).max(self.previous)])
    }

    pub fn ink(&self) -> &[u8] {
        &self.ink.bytes
    }

    /// From now on collect up to `limit` visible bytes of each line; the current line starts with `seed`.
    pub fn collect_ink(&mut self, seed: Vec<u8>, limit: usize) {
        self.ink = Ink { bytes: seed, limit };
    }

    /// Takes everything away before the offset, and gives it.
    pub fn split(&mut self, at: usize) -> Vec<u8> {
        let rest = self.text.split_off(at);
        let taken = std::mem::replace(&mut self.text, rest);
        for mark in [&mut self.line, &mut self.previous, &mut self.cursor, &mut self.floor] {
            *mark = mark.saturating_sub(at);
        }
        taken
    }

    /// Takes out what was written from the offset on, in the current line. What erases it may still come.
    pub fn cut(&mut self, at: usize) {
        self.taken_out = Some(self.text.split_off(at));
        self.cursor = at;
        self.floor = at;
        self.erased = true;
    }

    fn write(&mut self, run: &[u8]) {
        if run.is_empty() {
            return;
        }
        if let Some(taken_out) = &mut self.taken_out {
            if run.iter().all(|b| *b == b' ') {
                return taken_out.extend_from_slice(run);
            }
            self.text.append(taken_out);
            self.cursor = self.text.len();
            self.taken_out = None;
        }
        if self.ink.bytes.len() < self.ink.limit {
            let room = self.ink.limit - self.ink.bytes.len();
            self.ink.bytes.extend(run.iter().copied().filter(|b| is_ink(*b)).take(room));
        }
        let over = run.len().min(self.text.len() - self.cursor);
        for (old, new) in self.text[self.cursor..].iter_mut().zip(&run[..over]) {
            self.erased |= *new == b' ' && *old != b' ';
            *old = *new;
        }
        self.text.extend_from_slice(&run[over..]);
        self.cursor += run.len();
    }

    /// A control byte, or any byte inside a sequence. Says whether it ended a line.
    fn control(&mut self, byte: u8) -> bool {
        self.taken_out = None;
        match (self.escape, byte) {
            (_, b'\n') => return self.newline(),
            (_, 0x1b) => self.escape = Escape::Started,
            (Escape::None, _) => self.simple(byte),
            (Escape::Started, b'E') => return self.newline(),
            (Escape::Started, _) => self.escape = started(byte),
            (Escape::Charset, _) => self.escape = Escape::None,
            (Escape::Text, 0x07) => self.escape = Escape::None,
            (Escape::Text, _) => {}
            (Escape::Csi(_), b'\r' | 0x08) => self.simple(byte),
            (Escape::Csi(csi), _) => self.csi(csi, byte),
        }
        false
    }

    fn simple(&mut self, byte: u8) {
        match byte {
            b'\r' => {
                self.cursor = self.line;
                if self.ink.bytes.len() < self.ink.limit {
                    self.ink.bytes.push(b'\r');
                }
            }
            0x08 => self.back(1),
            _ => {}
        }
    }

    fn newline(&mut self) -> bool {
        self.escape = Escape::None;
        if self.erased {
            let end = self.text[self.line..].iter().rposition(|b| *b != b' ').map_or(self.line, |i| self.line + i + 1);
            self.text.truncate(end);
        }
        self.text.push(b'\n');
        self.previous = self.line;
        self.line = self.text.len();
        (self.cursor, self.floor, self.erased) = (self.line, self.line, false);
        true
    }

    /// Call when the ink of a finished line has been looked at.
    pub fn next_ink(&mut self) {
        self.ink.bytes.clear();
    }

    fn back(&mut self, count: usize) {
        let stop = if self.cursor >= self.floor { self.floor } else { self.line };
        for _ in 0..count.min(REACH) {
            let Some(mut to) = self.cursor.checked_sub(1).filter(|to| *to >= stop) else { break };
            let lead = (to.saturating_sub(3).max(stop)..=to).rev().find(|i| !(0x80..0xc0).contains(&self.text[*i]));
            if let Some(lead) = lead.filter(|i| self.text[*i] >= 0xc0) {
                to = lead;
            }
            self.cursor = to;
        }
    }

    fn csi(&mut self, mut csi: Csi, byte: u8) {
        let number = &mut csi.numbers[csi.at.min(1)];
        match byte {
            b'0'..=b'9' => *number = number.saturating_mul(10).saturating_add(u16::from(byte - b'0')),
            b';' | b':' => csi.at += 1,
            b'<'..=b'?' => csi.private = true,
            0x40..=0x7e => {
                self.escape = Escape::None;
                return if csi.private {
                } else {
                    self.sequence(csi, byte)
                };
            }
            _ => {}
        }
        self.escape = Escape::Csi(csi);
    }

    fn sequence(&mut self, csi: Csi, last: u8) {
        let count = usize::from(csi.numbers[0].max(1)).min(REACH);
        let tail = self.text.len() - self.cursor;
        let near = count.min(tail);
        match (last, csi.numbers[0]) {
            (b'K' | b'J', 0) => self.text.truncate(self.cursor),
            (b'K', 1) if self.cursor - self.line <= REACH => self.text[self.line..self.cursor].fill(b' '),
            (b'K', 2) | (b'J', 2 | 3) => {
                self.text.truncate(self.line);
                self.cursor = self.line;
            }
            (b'C', _) => {
                self.text.resize(self.text.len() + count - near, b' ');
                self.cursor += count;
            }
            (b'D', _) => self.back(count),
            (b'G' | b'`', column) => self.column(column),
            (b'H' | b'f', _) => self.column(csi.numbers[1]),
            (b'P', _) if tail <= REACH => drop(self.text.drain(self.cursor..self.cursor + near)),
            (b'@', _) if tail <= REACH => drop(self.text.splice(self.cursor..self.cursor, vec![b' '; count.min(256)])),
            (b'X', _) => self.text[self.cursor..self.cursor + near].fill(b' '),
            _ => {}
        }
    }

    fn column(&mut self, column: u16) {
        self.cursor = (self.line + usize::from(column.max(1)) - 1).min(self.text.len());
    }
}

fn is_control(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\t') || byte == 0x7f
}

fn started(byte: u8) -> Escape {
    match byte {
        b'[' => Escape::Csi(Csi::default()),
        b']' | b'P' | b'X' | b'^' | b'_' => Escape::Text,
        b'(' | b')' | b'*' | b'+' | b'#' | b'%' | b' ' => Escape::Charset,
        _ => Escape::None,
    }
}

/// The squeezed text of a line that is short enough to be a prompt.
pub(crate) fn short(line: &[u8]) -> Option<Vec<u8>> {
    (line.len() <= 512).then(|| squeeze(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wire: &[u8], shown: &str) {
        let resolve = |step: usize| {
            let mut screen = Screen::default();
            for mut bytes in wire.chunks(step) {
                while !bytes.is_empty() {
                    bytes = &bytes[screen.push(bytes).0..];
                }
            }
            String::from_utf8_lossy(screen.text()).into_owned()
        };
        assert_eq!(resolve(wire.len().max(1)), shown);
        assert_eq!(resolve(1), shown, "byte by byte");
    }

    #[test]
    fn line_ends_are_newlines() {
        check(b"a\r\nb\r\r\nc\n\rd", "a\nb\nc\nd");
        check(b"blanks at the end stay  \r\nx", "blanks at the end stay  \nx");
    }

    #[test]
    fn escapes_leave_nothing() {
        check(b"\x1b[?2004h\x1b]0;title > #\x07\x1b[1;32mhost\x1b[0m# \x1b(B", "host# ");
        check(b"one\x1bEtwo", "one\ntwo");
        check(b"a\x1b]0;never ended\nb", "a\nb");
    }

    #[test]
    fn overstrike_and_backspace() {
        check(b"wrong\rright\r\n", "right\n");
        check(b"abcd\x08\x08\x1b[K!\n", "ab!\n");
        check("né\x08e\n".as_bytes(), "ne\u{fffd}\n");
        check(b"\x00a\x07b\x7f\n", "ab\n");
    }

    #[test]
    fn an_erased_line_leaves_no_blanks() {
        check(b" --More-- \x00\r          \rvlan 1\r\n", "vlan 1\n");
        check(b"--More--\x08\x08\x08\x08\x08\x08\x08\x08        \x08\x08\x08\x08\x08\x08\x08\x08!\r\n", "!\n");
    }

    #[test]
    fn a_pager_that_was_cut_out_takes_its_erasing_with_it() {
        let mut screen = Screen::default();
        screen.push(b"text --More-- ");
        screen.cut(5);
        screen.push(b"\x08\x08\x08\x08\x08\x08\x08\x08\x08         \x08\x08\x08\x08\x08\x08\x08\x08\x08more\r\n");
        assert_eq!(screen.text(), b"text more\n");
    }

    #[test]
    fn what_only_looked_like_a_pager_comes_back() {
        let mut screen = Screen::default();
        screen.push(b"text --More--");
        screen.cut(4);
        screen.push(b" ");
        screen.push(b"or less\r\n");
        assert_eq!(screen.text(), b"text --More-- or less\n");
    }

    #[test]
    fn a_line_of_fifty_megabytes_is_only_long() {
        let mut screen = Screen::default();
        let block = [b'x'; 1 << 16];
        for _ in 0..800 {
            screen.push(&block);
            screen.push(b"\x1b[2P\x08\x08\x1b[1K\x1b[30000G");
        }
        assert!(screen.text().len() > 65_000);
    }
}
