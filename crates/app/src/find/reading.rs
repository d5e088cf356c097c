//! What a typed text may mean.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;
use model::{MacPattern, address};

/// A way to read what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    Address(IpAddr),
    /// Whole octets of an IPv4 address, as typed: `10.1.`.
    AddressPart(String),
    Prefix(IpNet),
    Mac(MacPattern),
    Vlan(u16),
    /// A name, a serial number, a description, a vendor.
    Text(String),
}

/// Fewer digits of a MAC fit nearly every MAC.
const MAC_DIGITS: usize = 4;

impl Reading {
    /// The likeliest first; none for an empty text.
    pub fn all_of(text: &str) -> Vec<Reading> {
        let text = text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        if let Ok(address) = text.parse() {
            return vec![Reading::Address(address)];
        }
        if let Ok(prefix) = text.parse::<IpNet>() {
            return vec![Reading::Prefix(prefix.trunc())];
        }
        let mut readings = Vec::new();
        let is_part = text.contains('.') && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if is_part && address::ip_key_prefix(text).is_some() {
            readings.push(Reading::AddressPart(text.to_owned()));
        }
        if let Some(vlan) = vlan(text) {
            readings.push(Reading::Vlan(vlan));
        }
        if let Some(mac) = text.parse::<MacPattern>().ok().filter(|m| m.digits().len() >= MAC_DIGITS) {
            let is_whole = mac.is_whole();
            readings.push(Reading::Mac(mac));
            if is_whole {
                return readings;
            }
        }
        readings.push(Reading::Text(text.to_owned()));
        readings
    }

    pub fn address(&self) -> Option<IpAddr> {
        match self {
            Reading::Address(address) => Some(*address),
            _ => None,
        }
    }
}

/// `101`, `vlan 101`, `Vlan101`
fn vlan(text: &str) -> Option<u16> {
    let lower = text.to_ascii_lowercase();
    let number = lower.strip_prefix("vlan").unwrap_or(&lower).trim();
    number.parse().ok().filter(|n| (1..=4094).contains(n))
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reading::Address(address) => write!(f, "IP address {address}"),
            Reading::AddressPart(part) => write!(f, "IP addresses that begin with {}", part.trim_end_matches('.')),
            Reading::Prefix(prefix) => write!(f, "prefix {prefix}"),
            Reading::Mac(mac) if mac.is_whole() => write!(f, "MAC address {}", mac.digits()),
            Reading::Mac(mac) => write!(f, "MAC addresses that contain {}", mac.digits()),
            Reading::Vlan(vlan) => write!(f, "VLAN {vlan}"),
            Reading::Text(text) => write!(f, "text `{}`", model::text::shown(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = Reading::all_of(text).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_text_is_read_in_every_way_that_makes_sense() {
        check(" 10.0.0.1 ", &["IP address 10.0.0.1"]);
        check("2001:db8::1", &["IP address 2001:db8::1"]);
        check("10.0.0.1/24", &["prefix 10.0.0.0/24"]);
        check("10.1.", &["IP addresses that begin with 10.1", "text `10.1.`"]);
        check("AABB.CCDD.EEFF", &["MAC address aabbccddeeff"]);
        check("ccdd.ee", &["MAC addresses that contain ccddee", "text `ccdd.ee`"]);
        check("101", &["VLAN 101", "text `101`"]);
        check("Vlan 101", &["VLAN 101", "text `Vlan 101`"]);
        check("5000", &["MAC addresses that contain 5000", "text `5000`"]);
        check("usa-leaf-1", &["text `usa-leaf-1`"]);
        check("  ", &[]);
    }
}
