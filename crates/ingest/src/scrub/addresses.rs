//! Addresses in a text: IPv4, IPv6, MAC, in the spellings of devices.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use regex::Regex;

use super::Kind;

static CANDIDATES: LazyLock<Regex> = LazyLock::new(|| {
    let mac = r"[0-9A-Fa-f]{4}(?:[.\-][0-9A-Fa-f]{4}){2}|[0-9A-Fa-f]{2}(?:[:\-][0-9A-Fa-f]{2}){5}";
    let v4 = r"\d{1,3}(?:\.\d{1,3}){3}";
    let v6 = r"[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}";
    Regex::new(&format!("(?P<mac>{mac})|(?P<v4>{v4})|(?P<v6>{v6})")).unwrap_or_else(|e| unreachable!("{e}"))
});

/// The text with each address replaced by what `by` gives; masks, versions of software, object ids and addresses that
/// everybody has stay.
pub fn replace(text: &str, mut by: impl FnMut(Kind, &str) -> String) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut done = 0;
    for found in CANDIDATES.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let (before, after) = (&text[..whole.start()], &text[whole.end()..]);
        let kind = match (found.name("mac"), found.name("v4")) {
            (Some(mac), _) if stands_alone(before, after, ":-.") && is_a_card(mac.as_str()) => Kind::Mac,
            (None, Some(v4)) if stands_alone(before, after, ".") && is_a_host(v4.as_str(), before) => Kind::Address,
            (None, None) if stands_alone(before, after, ":.") && is_an_address(whole.as_str()) => Kind::Address,
            _ => continue,
        };
        replaced.push_str(&text[done..whole.start()]);
        replaced.push_str(&by(kind, whole.as_str()));
        done = whole.end();
    }
    replaced.push_str(&text[done..]);
    replaced
}

/// No letter, digit or `joint` goes on before or after; a full stop at the end of a sentence is none.
fn stands_alone(before: &str, after: &str, joints: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || joints.contains(c);
    let mut rest = after.chars();
    let next = rest.next();
    let ends = match next {
        Some('.' | ':') => !rest.next().is_some_and(|c| c.is_alphanumeric()),
        Some(c) => !goes_on(c),
        None => true,
    };
    // Of `\r10.0.0.1` in a recording the letter is none of the address, nor is the colon of `address:10.0.0.1`.
    let mut back = before.chars().rev();
    let begins = match (back.next(), back.next()) {
        (Some('r' | 'n' | 'b' | 'e'), Some('\\')) => true,
        (Some(':'), Some(c)) => !c.is_ascii_hexdigit() && c != ':',
        (Some(c), _) => !goes_on(c),
        (None, _) => true,
    };
    begins && ends
}

fn is_a_card(text: &str) -> bool {
    let Ok(mac) = text.parse::<model::Mac>() else { return false };
    let text = mac.to_string();
    // Group addresses and those of protocols are the same everywhere.
    let group = u8::from_str_radix(&text[..2], 16).is_ok_and(|first| first & 1 == 1);
    !group && text != "00:00:00:00:00:00"
}

fn is_a_host(text: &str, before: &str) -> bool {
    let Ok(address) = text.parse::<Ipv4Addr>() else { return false };
    let bits = u32::from(address);
    let (ones, zeros) = (bits.leading_ones(), bits.leading_zeros());
    let mask = ones + bits.trailing_zeros() >= 32 && ones >= 8;
    let wildcard = zeros + bits.trailing_ones() >= 32 && zeros >= 8;
    let before = before.get(before.len().saturating_sub(10)..).unwrap_or_default().to_ascii_lowercase();
    let version = before.trim_end().ends_with("version") || before.ends_with('v');
    !(mask || wildcard || version || address.is_unspecified() || address.is_loopback() || address.octets()[0] >= 224)
}

fn is_an_address(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok_and(|a| !a.is_unspecified() && !a.is_loopback() && !a.is_multicast())
}
