//! Lines as Python's `str.splitlines` cuts them: CR, LF, CR LF, VT, FF, FS, GS, RS, NEL, LS and PS.

use memchr::memchr;

/// A line without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    pub text: &'t str,
    pub ascii: bool,
}

pub(crate) struct Lines<'t> {
    rest: &'t str,
    /// Bytes at the front of `rest` that are known to end at LF or at the end, and hold other ends.
    mixed: usize,
}

/// The lines of a text, as `str.splitlines` cuts them: line `n` of a record is the nth of these.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    Lines::new(text).map(|line| line.text)
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Lines<'t> {
        Lines { rest: text, mixed: 0 }
    }

    fn cut(&mut self, line: usize, end: usize, ascii: bool) -> Line<'t> {
        let text = &self.rest[..line];
        self.rest = &self.rest[line + end..];
        self.mixed = self.mixed.saturating_sub(line + end);
        Line { text, ascii }
    }

    /// The next line of a part that holds more than plain text and LF.
    fn cut_mixed(&mut self) -> Line<'t> {
        let part = &self.rest[..self.mixed];
        let end = part.char_indices().find(|&(_, c)| ends_line(c));
        match end {
            None => self.cut(part.len(), 0, part.is_ascii()),
            Some((at, c)) => {
                let ascii = part[..at].is_ascii();
                let pair = c == '\r' && part[at + 1..].starts_with('\n');
                self.cut(at, c.len_utf8() + usize::from(pair), ascii)
            }
        }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        if self.rest.is_empty() {
            return None;
        }
        if self.mixed > 0 {
            return Some(self.cut_mixed());
        }
        let bytes = self.rest.as_bytes();
        let feed = memchr(b'\n', bytes);
        let length = feed.unwrap_or(bytes.len());
        let plain = bytes[..length].iter().fold(true, |plain, &b| plain & ((32..128).contains(&b) | (b == b'\t')));
        if plain {
            return Some(self.cut(length, usize::from(feed.is_some()), true));
        }
        self.mixed = length + usize::from(feed.is_some());
        Some(self.cut_mixed())
    }
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
