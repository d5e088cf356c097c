//! Small things about bytes on a terminal.

/// Without blanks and control characters: two spellings of one line compare equal, however a line editor
/// wrapped it.
pub fn squeeze(line: &[u8]) -> Vec<u8> {
    line.iter().copied().filter(|b| is_ink(*b)).collect()
}

/// Whether the byte leaves a mark on paper.
pub(crate) fn is_ink(byte: u8) -> bool {
    byte > 0x20 && byte != 0x7f
}

/// For a message to a person: control characters escaped, invalid UTF-8 replaced.
pub fn escape(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.chars()
        .flat_map(|c| if c.is_control() { Escaped::Hidden(c.escape_default()) } else { Escaped::Plain(Some(c)) })
        .collect()
}

enum Escaped {
    Hidden(std::char::EscapeDefault),
    Plain(Option<char>),
}

impl Iterator for Escaped {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Escaped::Hidden(chars) => chars.next(),
            Escaped::Plain(c) => c.take(),
        }
    }
}

pub(crate) fn trim_end(line: &[u8]) -> &[u8] {
    let end = line.iter().rposition(|b| is_ink(*b)).map_or(0, |i| i + 1);
    &line[..end]
}

#[test]
fn what_is_shown_to_a_person_has_no_control_characters() {
    assert_eq!(escape(b"a\r\n\x1b[K\xff\xc3\xa9"), "a\\r\\n\\u{1b}[K\u{fffd}é");
}
