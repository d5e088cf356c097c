//! Python's idea of a space, a digit and a word character.
//!
//! Outside ASCII a character is one of four kinds, and every shorthand class is a set of kinds. So a
//! line that is not ASCII can be matched with one byte for each character.

use std::sync::OnceLock;

/// The four kinds of characters outside ASCII; the number is the bit in [`super::class::Class`].
pub(crate) const SPACE: u8 = 1;
pub(crate) const DIGIT: u8 = 2;
pub(crate) const LETTER: u8 = 4;
pub(crate) const OTHER: u8 = 8;
pub(crate) const ALL_KINDS: u8 = SPACE | DIGIT | LETTER | OTHER;

/// The kind of a character outside ASCII.
pub(crate) fn kind(c: char) -> u8 {
    if is_space(c) {
        SPACE
    } else if holds(tables().0.as_slice(), c) {
        DIGIT
    } else if holds(tables().1.as_slice(), c) {
        LETTER
    } else {
        OTHER
    }
}

/// `str.isspace`.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\x1c'..=' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// `\w`: `str.isalnum` and the underscore.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { kind(c) & (DIGIT | LETTER) != 0 }
}

pub(crate) fn holds(ranges: &[(char, char)], c: char) -> bool {
    ranges
        .binary_search_by(|&(low, high)| {
            if c < low {
                std::cmp::Ordering::Greater
            } else if c > high {
                std::cmp::Ordering::Less
            } else {
                std::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

type Ranges = Vec<(char, char)>;

fn tables() -> &'static (Ranges, Ranges) {
    static TABLES: OnceLock<(Ranges, Ranges)> = OnceLock::new();
    TABLES.get_or_init(|| (ranges(r"\p{Nd}"), ranges(r"[\p{L}\p{N}]")))
}

fn ranges(class: &str) -> Ranges {
    let hir = regex_syntax::parse(class).ok();
    let class = hir.as_ref().and_then(|hir| match hir.kind() {
        regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => Some(class),
        _ => None,
    });
    class.map(|c| c.iter().map(|r| (r.start(), r.end())).collect()).unwrap_or_default()
}
