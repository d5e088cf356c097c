//! Lines as Python's `str.splitlines` cuts them: CR, LF, CR LF, VT, FF, FS, GS, RS, NEL, LS and PS.

use memchr::memchr;

/// A line without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    pub text: &'t str,
    /// Bytes of the whole text in front of the line.
    pub start: usize,
    pub ascii: bool,
}

/// Bytes that are looked at together.
const BLOCK: usize = 256;

pub(crate) struct Lines<'t> {
    text: &'t str,
    at: usize,
    /// Bytes before this are plain; the one here is not, or not known.
    plain_to: usize,
    /// A part that starts at `at` ends here, with LF or the text, and is not plain; 0 for none.
    mixed_to: usize,
}

/// The lines of a text, as `str.splitlines` cuts them: line `n` of a record is the nth of these.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    Lines::new(text).map(|line| line.text)
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Lines<'t> {
        Lines { text, at: 0, plain_to: 0, mixed_to: 0 }
    }

    /// Gives the line up to `end`; the next one starts at `next`.
    fn cut(&mut self, end: usize, next: usize, ascii: bool) -> Line<'t> {
        let start = std::mem::replace(&mut self.at, next);
        Line { text: &self.text[start..end], start, ascii }
    }

    /// The next line of a part that holds more than plain text and LF.
    fn cut_mixed(&mut self) -> Line<'t> {
        let part = &self.text[self.at..self.mixed_to];
        match part.char_indices().find(|&(_, c)| ends_line(c)) {
            None => self.cut(self.mixed_to, self.mixed_to, part.is_ascii()),
            Some((at, c)) => {
                let ascii = part[..at].is_ascii();
                let pair = c == '\r' && part[at + 1..].starts_with('\n');
                self.cut(self.at + at, self.at + at + c.len_utf8() + usize::from(pair), ascii)
            }
        }
    }

    /// Whether the bytes from here to `end` are plain.
    fn is_plain_to(&mut self, end: usize) -> bool {
        let bytes = self.text.as_bytes();
        self.plain_to = self.plain_to.max(self.at);
        while self.plain_to < end {
            let block = &bytes[self.plain_to..bytes.len().min(self.plain_to + BLOCK)];
            if block.iter().fold(true, |plain, &byte| plain & is_plain(byte)) {
                self.plain_to += block.len();
            } else {
                self.plain_to += block.iter().position(|&byte| !is_plain(byte)).unwrap_or(block.len());
                return end <= self.plain_to;
            }
        }
        true
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    #[inline]
    fn next(&mut self) -> Option<Line<'t>> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        if self.at < self.mixed_to {
            return Some(self.cut_mixed());
        }
        let feed = memchr(b'\n', &bytes[self.at..]);
        let end = feed.map_or(bytes.len(), |feed| self.at + feed);
        let next = end + usize::from(feed.is_some());
        if end <= self.plain_to || self.is_plain_to(end) {
            return Some(self.cut(end, next, true));
        }
        self.mixed_to = next;
        Some(self.cut_mixed())
    }
}

/// ASCII that is shown, tabs and LF.
fn is_plain(byte: u8) -> bool {
    (32..128).contains(&byte) | (byte == b'\t') | (byte == b'\n')
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, lines: &[&str]) {
        assert_eq!(Lines::new(text).map(|line| line.text).collect::<Vec<_>>(), lines);
    }

    #[test]
    fn lines_end_where_python_ends_them() {
        check("", &[]);
        check("\n", &[""]);
        check("a\nb", &["a", "b"]);
        check("a\r\nb\rc\n", &["a", "b", "c"]);
        check("a\r\r\nb", &["a", "", "b"]);
        check("a\x0bb\x0cc\x1cd\x1de\x1ef\x1fg", &["a", "b", "c", "d", "e", "f\x1fg"]);
        check("a\u{85}b\u{2028}c\u{2029}\u{a0}\n\n", &["a", "b", "c", "\u{a0}", ""]);
    }
}
