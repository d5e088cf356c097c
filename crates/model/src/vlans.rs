//! Sets of VLANs: one spelling for the many that devices print.

use std::fmt::Write;

/// The numbers of VLANs that can be on a wire.
const NUMBERS: std::ops::RangeInclusive<u16> = 1..=4094;

/// `30, 1-3 4` becomes `1-4,30`; `ALL` is `1-4094`, `none` an empty text. `None` for what is no set of VLANs.
pub fn canonical(text: &str) -> Option<String> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("all") {
        return canonical("1-4094");
    }
    let mut ranges = Vec::new();
    if !text.eq_ignore_ascii_case("none") {
        for part in text.split([',', ' ', '\t']).filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last): (u16, u16) = (first.parse().ok()?, last.parse().ok()?);
            if first > last || !NUMBERS.contains(&first) || !NUMBERS.contains(&last) {
                return None;
            }
            ranges.push((first, last));
        }
    }
    ranges.sort_unstable();
    Some(spelled(&merged(ranges)))
}

/// Whether a set in its one spelling has a VLAN.
pub fn contains(set: &str, vlan: u16) -> bool {
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        Some(first.parse::<u16>().ok()?..=last.parse::<u16>().ok()?)
    };
    set.split(',').filter_map(range).any(|r| r.contains(&vlan))
}

/// Neighbours become one.
fn merged(ranges: Vec<(u16, u16)>) -> Vec<(u16, u16)> {
    let mut merged: Vec<(u16, u16)> = Vec::new();
    for (first, last) in ranges {
        match merged.last_mut() {
            Some((_, end)) if first <= *end + 1 => *end = last.max(*end),
            _ => merged.push((first, last)),
        }
    }
    merged
}

fn spelled(ranges: &[(u16, u16)]) -> String {
    let mut text = String::new();
    for (first, last) in ranges {
        let comma = if text.is_empty() { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = if first == last { write!(text, "{comma}{first}") } else { write!(text, "{comma}{first}-{last}") };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_one_spelling() {
        let check = |text: &str, set: Option<&str>| assert_eq!(canonical(text).as_deref(), set, "{text}");
        check("30, 1-3 4", Some("1-4,30"));
        check("1,12,15,31-36,\n", Some("1,12,15,31-36"));
        check("10-20,15-30", Some("10-30"));
        check("ALL", Some("1-4094"));
        check("none", Some(""));
        check("1-4095", None);
        check("9-3", None);
        check("ten", None);
    }

    #[test]
    fn a_vlan_is_found_in_a_range() {
        assert!(contains("1-4,30", 3) && contains("1-4,30", 30) && contains("1-4,30", 1));
        assert!(!contains("1-4,30", 5) && !contains("", 1) && !contains("100", 10));
    }
}
