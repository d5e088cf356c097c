//! One set of characters: a bit for each ASCII character, a bit for each kind outside, and the
//! characters outside that the pattern names itself.

use super::unicode::{self, ALL_KINDS, DIGIT, LETTER, SPACE};

pub(crate) const ASCII_SPACE: u128 = span(9, 13) | span(28, 32);
pub(crate) const ASCII_DIGIT: u128 = span(48, 57);
pub(crate) const ASCII_WORD: u128 = ASCII_DIGIT | span(65, 90) | span(97, 122) | 1 << 95;

/// The bits from `low` to `high`, both included.
pub(crate) const fn span(low: u8, high: u8) -> u128 {
    (u128::MAX >> (127 - high)) & (u128::MAX << low)
}

/// Whether the bit of an ASCII byte is set.
#[inline(always)]
pub(crate) fn has_bit(set: u128, byte: u8) -> bool {
    let half = if byte & 64 == 0 { set as u64 } else { (set >> 64) as u64 };
    half >> (byte & 63) & 1 == 1
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Class {
    /// Bit n: the ASCII character n is in the set.
    pub ascii: u128,
    /// The kinds outside ASCII that are in the set (see [`unicode::kind`]).
    pub kinds: u8,
    /// Characters outside ASCII that the pattern names: in the set or, when `negated`, not in it.
    named: Vec<(char, char)>,
    negated: bool,
    fold: bool,
}

impl Class {
    pub(crate) fn any() -> Class {
        Class { ascii: u128::MAX, kinds: ALL_KINDS, ..Class::default() }
    }

    /// `.`: everything but a line feed.
    pub(crate) fn dot() -> Class {
        Class { ascii: !(1 << 10), kinds: ALL_KINDS, ..Class::default() }
    }

    /// One character in both cases.
    pub(crate) fn folded(c: char) -> Class {
        let mut class = Class::default();
        class.add(c, c);
        class.finish(false, true)
    }

    /// `\s`, `\d`, `\w` and their opposites; None when `letter` is none of these.
    pub(crate) fn shorthand(letter: char, ascii_only: bool) -> Option<Class> {
        let (ascii, kinds) = match letter.to_ascii_lowercase() {
            's' => (ASCII_SPACE, SPACE),
            'd' => (ASCII_DIGIT, DIGIT),
            'w' => (ASCII_WORD, DIGIT | LETTER),
            _ => return None,
        };
        let (ascii, kinds) = match ascii_only {
            true if letter.eq_ignore_ascii_case(&'s') => (span(9, 13) | 1 << 32, 0),
            true => (ascii, 0),
            false => (ascii, kinds),
        };
        let class = Class { ascii, kinds, ..Class::default() };
        Some(if letter.is_ascii_uppercase() { class.finish(true, false) } else { class })
    }

    pub(crate) fn add(&mut self, low: char, high: char) {
        if low.is_ascii() {
            self.ascii |= span(low as u8, if high.is_ascii() { high as u8 } else { 127 });
        }
        if !high.is_ascii() {
            self.named.push((low.max('\u{80}'), high));
        }
    }

    pub(crate) fn merge(&mut self, other: &Class) {
        self.ascii |= other.ascii;
        self.kinds |= other.kinds;
    }

    /// Closes the set: folds case, then turns it round.
    pub(crate) fn finish(mut self, negated: bool, fold: bool) -> Class {
        if fold {
            self.fold_ascii();
        }
        self.named.sort_unstable();
        self.fold = fold && !self.named.is_empty();
        self.negated = negated && !self.named.is_empty();
        if negated {
            self.ascii = !self.ascii;
            self.kinds ^= ALL_KINDS;
        }
        self
    }

    /// Both cases, and the letters outside ASCII that Python takes for i, k and s.
    fn fold_ascii(&mut self) {
        let (upper, lower) = (self.ascii & span(65, 90), self.ascii & span(97, 122));
        self.ascii |= upper << 32 | lower >> 32;
        for (letter, same) in [(b'i', ['\u{130}', '\u{131}']), (b'k', ['\u{212a}'; 2]), (b's', ['\u{17f}'; 2])] {
            if self.ascii >> letter & 1 == 1 {
                self.named.extend(same.map(|c| (c, c)));
            }
        }
        for &(low, high) in &self.named.clone() {
            for c in (low..=high).take(2048).flat_map(char::to_lowercase).filter(char::is_ascii) {
                self.ascii |= 1 << c as u8 | 1 << c.to_ascii_uppercase() as u8;
            }
        }
        self.named.dedup();
    }

    /// Whether every ASCII character of a line is in the set.
    pub(crate) fn is_wide(&self) -> bool {
        self.ascii | 1 << b'\n' == u128::MAX
    }

    /// Whether characters outside ASCII are told apart by more than their kind.
    pub(crate) fn names_characters(&self) -> bool {
        !self.named.is_empty()
    }

    pub(crate) fn has_byte(&self, byte: u8) -> bool {
        byte < 128 && has_bit(self.ascii, byte)
    }

    /// Whether a character outside ASCII is in the set.
    pub(crate) fn has_wide(&self, c: char) -> bool {
        let by_kind = self.kinds & unicode::kind(c) != 0;
        if self.named.is_empty() || by_kind != self.negated {
            return by_kind;
        }
        self.is_named(c) != self.negated
    }

    fn is_named(&self, c: char) -> bool {
        let named = |c| self.named.iter().any(|&(low, high)| low <= c && c <= high);
        named(c) || self.fold && c.to_lowercase().chain(c.to_uppercase()).any(named)
    }
}
