//! What stands for what: drawn with a key.

use std::collections::HashMap;
use std::net::Ipv6Addr;

use hmac::{Hmac, KeyInit, Mac as _};
use sha2::Sha256;

const VOWELS: &[u8] = b"aeiou";
const CONSONANTS: &[u8] = b"bcdfghjklmnprstvwz";
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

/// Draws with a key.
pub struct Draw {
    key: [u8; 32],
    /// For each place in an address, and what stands before it: what each octet becomes.
    octets: HashMap<String, [u8; 256]>,
}

impl Draw {
    pub fn new(key: [u8; 32]) -> Draw {
        Draw { key, octets: HashMap::new() }
    }

    /// 32 bytes that only the key and the text decide.
    fn bytes(&self, text: &str) -> [u8; 32] {
        let mut hmac =
            Hmac::<Sha256>::new_from_slice(&self.key).unwrap_or_else(|_| unreachable!("any length is a key"));
        hmac.update(text.as_bytes());
        hmac.finalize().into_bytes().into()
    }

    /// An endless stream of them.
    fn stream(&self, text: &str) -> impl Iterator<Item = u8> + use<> {
        let (draw, text) = (Draw::new(self.key), text.to_owned());
        (0_u32..).flat_map(move |n| draw.bytes(&format!("{text}#{n}")))
    }

    /// Of an IPv4 or IPv6 address. Two that share their first octets share them afterwards, and no two become one.
    pub fn address(&mut self, text: &str) -> String {
        if text.contains(':') { self.v6(text) } else { self.v4(text) }
    }

    fn v4(&mut self, text: &str) -> String {
        let octets = text.split('.').map(|octet| octet.parse().unwrap_or(0)).collect::<Vec<u8>>();
        let mut before = String::new();
        let mut drawn = Vec::new();
        for octet in octets {
            drawn.push(self.octet(&before, octet).to_string());
            before.push_str(&format!("{octet}."));
        }
        drawn.join(".")
    }

    /// An octet with as many digits. In the first place what makes an address special stays out of it.
    fn octet(&mut self, before: &str, octet: u8) -> u8 {
        if let Some(table) = self.octets.get(before) {
            return table[usize::from(octet)];
        }
        let keeps = |octet: u8| match before {
            "" => matches!(octet, 0 | 127 | 224..),
            _ => matches!(octet, 0 | 255),
        };
        let mut table: [u8; 256] = std::array::from_fn(|n| u8::try_from(n).unwrap_or(0));
        for class in [0..=9_u8, 10..=99, 100..=255] {
            let members: Vec<u8> = class.filter(|octet| !keeps(*octet)).collect();
            let mut mixed = members.clone();
            mixed.sort_by_cached_key(|octet| self.bytes(&format!("v4 {before}{octet}")));
            for (from, to) in members.into_iter().zip(mixed) {
                table[usize::from(from)] = to;
            }
        }
        self.octets.insert(before.to_owned(), table);
        table[usize::from(octet)]
    }

    fn v6(&self, text: &str) -> String {
        let Ok(address) = text.parse::<Ipv6Addr>() else { return text.to_owned() };
        let segments = address.segments();
        let drawn: Vec<String> = (0..8).map(|n| self.segment(&segments[..n], segments[n])).collect();
        // Written as it was: `::` where it stood.
        let groups = |part: &str| part.split(':').filter(|group| !group.is_empty()).count();
        match text.split_once("::") {
            Some((left, right)) => {
                let (left, right) = (groups(left), groups(right));
                format!("{}::{}", drawn[..left].join(":"), drawn[8 - right..].join(":"))
            }
            None => drawn.join(":"),
        }
    }

    /// A group with as many digits; `fe80` and its like, and zero, stay.
    fn segment(&self, before: &[u16], segment: u16) -> String {
        if segment == 0 || (before.is_empty() && segment >= 0xfe00) {
            return format!("{segment:x}");
        }
        let digits = format!("{segment:x}").len();
        let span = 0xf << (4 * (digits - 1));
        // A rotation: no two of one length become one.
        let lowest = 1_u32 << (4 * (digits - 1));
        let drawn = self.bytes(&format!("v6 {before:x?} {digits}"));
        let by = u32::from(u16::from_le_bytes([drawn[0], drawn[1]])) % span;
        let rotated = (u32::from(segment) - lowest + by) % span + lowest;
        format!("{rotated:x}")
    }

    /// With the same maker, in the same spelling.
    pub fn mac(&self, text: &str, attempt: u32) -> String {
        let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
        let drawn = self.bytes(&format!("mac {digits} {attempt}"));
        let mut own = drawn.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let mut seen = 0;
        let replace = |c: char| {
            if !c.is_ascii_hexdigit() {
                return c;
            }
            seen += 1;
            match own.next().filter(|_| seen > 6) {
                Some(nibble) => char::from_digit(nibble.into(), 16).unwrap_or('0'),
                None => c,
            }
        };
        text.chars().map(replace).collect()
    }

    /// Something that can be pronounced, of the same length; numbers in it stay.
    pub fn name(&self, text: &str, attempt: u32) -> String {
        let mut stream = self.stream(&format!("name {text} {attempt}"));
        let mut vowel = stream.next().is_some_and(|byte| byte % 2 == 0);
        let mut replace = |c: char| {
            if !c.is_alphabetic() {
                return c;
            }
            vowel = !vowel;
            pick(if vowel { VOWELS } else { CONSONANTS }, stream.next())
        };
        text.chars().map(&mut replace).collect()
    }

    /// Digit for digit, letter for letter.
    pub fn serial(&self, text: &str, attempt: u32) -> String {
        let mut stream = self.stream(&format!("serial {text} {attempt}"));
        let mut replace = |c: char| match c {
            '0'..='9' => pick(b"0123456789", stream.next()),
            'a'..='z' => pick(LETTERS, stream.next()),
            other => other,
        };
        text.chars().map(&mut replace).collect()
    }
}

fn pick(from: &[u8], byte: Option<u8>) -> char {
    char::from(from[usize::from(byte.unwrap_or(0)) % from.len()])
}

/// Upper case where the original has it.
pub fn in_the_case_of(original: &str, given: &str) -> String {
    let upper = |(was, is): (char, char)| if was.is_uppercase() { is.to_ascii_uppercase() } else { is };
    original.chars().zip(given.chars()).map(upper).collect()
}
