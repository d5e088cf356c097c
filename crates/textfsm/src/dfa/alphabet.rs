//! The symbols of the automata, and which of them need not be told apart.
//!
//! A symbol is an ASCII character or one of the four kinds outside ASCII; the end of the line is a
//! symbol of its own.

use crate::pattern::class::Class;
use crate::pattern::unicode;

/// 128 ASCII characters and 4 kinds.
const SYMBOLS: usize = 132;

#[derive(Debug, Clone)]
pub(crate) struct Alphabet {
    /// Group of each ASCII byte; 0 above.
    pub bytes: [u8; 256],
    kinds: [u8; 4],
    /// Number of groups, the end of the line left out.
    pub size: usize,
}

/// A set of symbols: bits of ASCII, bits of kinds.
pub(crate) type Symbols = (u128, u8);

pub(crate) fn symbols(class: &Class) -> Symbols {
    let kinds = if class.names_characters() { unicode::ALL_KINDS } else { class.kinds };
    (class.ascii, kinds)
}

pub(crate) fn contains(set: Symbols, symbol: usize) -> bool {
    if symbol < 128 { set.0 >> symbol & 1 == 1 } else { set.1 >> (symbol - 128) & 1 == 1 }
}

impl Alphabet {
    /// Symbols that are in the same of these sets are one group. Also gives a symbol of each group.
    pub(crate) fn new(sets: &[Symbols]) -> (Alphabet, Vec<usize>) {
        let mut group = [0u8; SYMBOLS];
        let mut size = 1;
        for &set in sets {
            let mut moved = [u8::MAX; 256];
            let mut stays = [false; 256];
            (0..SYMBOLS).filter(|&s| !contains(set, s)).for_each(|s| stays[group[s] as usize] = true);
            for symbol in (0..SYMBOLS).filter(|&s| contains(set, s)) {
                let old = group[symbol] as usize;
                if !stays[old] {
                    continue;
                }
                if moved[old] == u8::MAX {
                    moved[old] = size as u8;
                    size += 1;
                }
                group[symbol] = moved[old];
            }
        }
        let example = |wanted| (0..SYMBOLS).find(|&s| group[s] as usize == wanted).unwrap_or_default();
        let examples = (0..size).map(example).collect();
        let mut bytes = [0; 256];
        bytes[..128].copy_from_slice(&group[..128]);
        let mut kinds = [0; 4];
        kinds.copy_from_slice(&group[128..]);
        (Alphabet { bytes, kinds, size }, examples)
    }

    /// The group of a character.
    pub(crate) fn group(&self, c: char) -> u8 {
        if c.is_ascii() {
            return self.bytes[c as usize];
        }
        self.kinds[unicode::kind(c).trailing_zeros() as usize & 3]
    }
}
