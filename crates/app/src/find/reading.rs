//! What a typed text may mean.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;
use model::{MacPattern, address, interface};

/// A way to read what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    Address(IpAddr),
    /// Whole octets of an IPv4 address, as typed: `10.1.`.
    AddressPart(String),
    Prefix(IpNet),
    Mac(MacPattern),
    Vlan(u16),
    /// A port, by the canonical names that it may have.
    Port(Vec<String>),
    /// An autonomous system.
    Asn(u32),
    /// A table of routes of its own.
    Vrf(String),
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
        // The interface of a VLAN is looked up with the VLAN.
        let ports = if readings.is_empty() { interface::spellings(text) } else { Vec::new() };
        if !ports.is_empty() {
            readings.push(Reading::Port(ports));
        }
        if let Some(asn) = asn(text) {
            readings.push(Reading::Asn(asn));
        }
        let vrf = text.get(..4).filter(|word| word.eq_ignore_ascii_case("vrf ")).map(|_| text[4..].trim());
        if let Some(vrf) = vrf.filter(|vrf| !vrf.is_empty()) {
            readings.push(Reading::Vrf(vrf.to_owned()));
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

/// `AS65001`, `asn 174`, and a number that no VLAN has.
fn asn(text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    let named = lower.strip_prefix("asn").or_else(|| lower.strip_prefix("as")).map(str::trim);
    match named {
        Some(number) => number.parse().ok().filter(|n| *n > 0),
        None => lower.parse().ok().filter(|n| *n > 4094),
    }
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
            Reading::Port(names) => write!(f, "port {}", names.first().map_or("", |name| name)),
            Reading::Asn(asn) => write!(f, "autonomous system {asn}"),
            Reading::Vrf(vrf) => write!(f, "VRF {}", model::text::shown(vrf)),
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
        check("5000", &["autonomous system 5000", "MAC addresses that contain 5000", "text `5000`"]);
        check("AS174", &["autonomous system 174", "text `AS174`"]);
        check("po1", &["port Port-channel1", "text `po1`"]);
        check("vrf red", &["VRF red", "text `vrf red`"]);
        check("usa-leaf-1", &["text `usa-leaf-1`"]);
        check("  ", &[]);
    }
}
