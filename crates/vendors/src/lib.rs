//! Who made a network card, by the registry of the IEEE (MA-L).
//!
//! The table is bytes without a pointer in them: a start of the program costs it nothing, and what is not asked for is not
//! read from the disk.

use std::collections::HashSet;

/// For each maker, in order, three bytes of its address and three of where its name is.
const MAKERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/makers"));
/// A byte for the length, then the name.
const NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names"));
const ENTRY: usize = 6;

/// The organisation that the first bytes of an address belong to. `None` for one that was made up, such as that of a virtual
/// machine or of a phone that hides: the second-lowest bit of the first byte says so.
pub fn of(mac: [u8; 6]) -> Option<&'static str> {
    let maker = &mac[..3];
    if mac[0] & 0b10 != 0 {
        return None;
    }
    let (mut low, mut high) = (0, MAKERS.len() / ENTRY);
    while low < high {
        let middle = low.midpoint(high);
        let entry = &MAKERS[middle * ENTRY..][..ENTRY];
        match entry[..3].cmp(maker) {
            std::cmp::Ordering::Equal => return name(entry),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

/// The first six digits, in lower case, of all addresses of the organisations that have a word which begins with this text,
/// whatever the case.
pub fn digits_of(text: &str) -> Vec<String> {
    let mut named = HashSet::new();
    let mut place = 0;
    while let Some(name) = name_at(place) {
        if !text.is_empty() && has_word(name.as_bytes(), text.as_bytes()) {
            named.insert(place);
        }
        place += 1 + name.len();
    }
    let entries = MAKERS.chunks_exact(ENTRY).filter(|entry| !named.is_empty() && named.contains(&place_of(entry)));
    entries.map(|entry| entry[..3].iter().map(|b| format!("{b:02x}")).collect()).collect()
}

fn has_word(name: &[u8], text: &[u8]) -> bool {
    let begins = |at: usize| at == 0 || !name[at - 1].is_ascii_alphanumeric();
    name.windows(text.len()).enumerate().any(|(at, part)| part.eq_ignore_ascii_case(text) && begins(at))
}

fn name(entry: &[u8]) -> Option<&'static str> {
    name_at(place_of(entry))
}

fn place_of(entry: &[u8]) -> usize {
    entry[3..].iter().fold(0, |place, byte| place << 8 | usize::from(*byte))
}

fn name_at(place: usize) -> Option<&'static str> {
    let length = usize::from(*NAMES.get(place)?);
    std::str::from_utf8(NAMES.get(place + 1..place + 1 + length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registered_address_has_a_maker_and_a_made_up_one_has_none() {
        assert_eq!(of([0x00, 0x50, 0x56, 0x30, 0x41, 0x34]), Some("VMware, Inc."));
        assert_eq!(of([0xb8, 0x27, 0xeb, 0, 0, 1]), Some("Raspberry Pi Foundation"));
        assert_eq!(of([0x02, 0x50, 0x56, 0x30, 0x41, 0x34]), None);
        assert_eq!(of([0x00, 0x00, 0x5f, 0xff, 0xff, 0xff]).map(str::is_empty), Some(false));
        assert_eq!(of([0xfc, 0xff, 0xff, 0, 0, 0]), None);
    }

    #[test]
    fn every_maker_is_found_by_its_digits_and_has_a_name() {
        for entry in MAKERS.chunks_exact(ENTRY) {
            let mac = [entry[0], entry[1], entry[2], 0, 0, 0];
            assert!(of(mac).is_some_and(|n| !n.is_empty()) || mac[0] & 0b10 != 0, "{mac:02x?}");
        }
        assert!(MAKERS.chunks_exact(ENTRY).is_sorted_by(|a, b| a[..3] < b[..3]));
    }

    #[test]
    fn a_maker_has_many_addresses() {
        let vmware = digits_of("vmware");
        assert!(vmware.contains(&"005056".to_owned()) && vmware.contains(&"000c29".to_owned()), "{vmware:?}");
        for none in ["no such maker", "mware", ""] {
            assert!(digits_of(none).is_empty(), "{none}");
        }
    }
}
