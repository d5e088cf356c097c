//! Typed facts: what a row of a capture says, with the lines that prove it.
//!
//! A kind of fact is a list of typed columns; the store makes its table from the same list, and platforms map
//! template fields to it as data. A value that is not of its column's type never becomes a fact.

use std::net::IpAddr;

use ipnet::IpNet;
use sha2::{Digest, Sha256};

use crate::{CaptureId, Mac, interface, text, vlans};

mod kinds;
mod management;
mod network;
mod watch;

pub use kinds::*;
pub use management::{AAA, AAA_SERVERS, ENVIRONMENT, LINES, NTP, SNMP, SSH_SERVER, SYSLOG, USERS};
pub use network::*;
pub use watch::{WATCHED, Watch};

/// A table of facts.
#[derive(Debug, PartialEq, Eq)]
pub struct FactKind {
    /// What users and platform files call it: `arp`, `mac`, `neighbors` …
    pub name: &'static str,
    pub table: &'static str,
    pub columns: &'static [Column],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: ColumnKind,
    /// A row without it is not a fact.
    pub required: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    Int,
    /// The number of an autonomous system; `1.10` is 65546.
    Asn,
    /// A set of VLANs in its one spelling, see [`vlans::canonical`].
    Vlans,
    /// The number of one VLAN, 0 to 4095.
    Vlan,
    /// Stored as [`Mac::key`].
    Mac,
    /// Stored as text beside a column `<name>_key` that sorts, see [`crate::address::ip_key`].
    Ip,
    /// Stored as text beside `<name>_key`, the key of its network address.
    Prefix,
    /// Stored as its canonical name beside `<name>_seen`, the name as printed.
    Interface,
}

impl FactKind {
    pub fn by_name(name: &str) -> Option<&'static FactKind> {
        KINDS.iter().copied().find(|k| k.name == name)
    }

    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }
}

/// A typed value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// The device did not say. Not the same as an empty text.
    Null,
    Text(String),
    Int(i64),
    Mac(Mac),
    Ip(IpAddr),
    Prefix(IpNet),
    Interface {
        name: String,
        seen: String,
    },
}

/// Bytes of a text: what an index of PostgreSQL takes.
const LONGEST_TEXT: usize = 2500;

impl Value {
    /// Reads a printed text as a value of a column. `Ok(Null)` for an empty text; an error says why not.
    pub fn read(kind: ColumnKind, raw: &str) -> Result<Value, String> {
        let raw = raw.trim();
        // `N/A` is how several vendors print that there is nothing to say.
        if raw.is_empty() || raw.eq_ignore_ascii_case("n/a") {
            return Ok(Value::Null);
        }
        let bad = |what: &str| format!("`{}` is not {what}", text::shown(raw));
        Ok(match kind {
            ColumnKind::Text if raw.len() > LONGEST_TEXT => {
                return Err(format!("{} bytes are more than the {LONGEST_TEXT} of a text", raw.len()));
            }
            // PostgreSQL keeps no NUL.
            ColumnKind::Text => Value::Text(raw.replace('\0', "\u{fffd}")),
            ColumnKind::Int => Value::Int(read_number(raw).ok_or_else(|| bad("a number"))?),
            ColumnKind::Vlan => {
                let number = raw.parse().ok().filter(|n| (0..=4095).contains(n));
                Value::Int(number.ok_or_else(|| bad("the number of a VLAN"))?)
            }
            ColumnKind::Vlans => match vlans::canonical(raw).ok_or_else(|| bad("a set of VLANs"))? {
                set if set.is_empty() => Value::Null,
                set => Value::Text(set),
            },
            ColumnKind::Asn => Value::Int(read_asn(raw).ok_or_else(|| bad("the number of an autonomous system"))?),
            ColumnKind::Mac => Value::Mac(raw.parse()?),
            ColumnKind::Ip => {
                let address = raw.split_once('/').map_or(raw, |(a, _)| a);
                Value::Ip(address.parse().map_err(|_| bad("an IP address"))?)
            }
            ColumnKind::Prefix => Value::Prefix(read_prefix(raw).ok_or_else(|| bad("a prefix"))?),
            ColumnKind::Interface if interface::is_name(&interface::canonical(raw)) => {
                Value::Interface { name: interface::canonical(raw), seen: raw.to_owned() }
            }
            ColumnKind::Interface => return Err(bad("an interface name")),
        })
    }

    /// As shown to a person, hostile characters made visible; empty for [`Value::Null`].
    pub fn shown(&self) -> String {
        text::shown(&self.plain())
    }

    /// As it is; empty for [`Value::Null`].
    pub fn plain(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::Text(t) => t.clone(),
            Value::Int(n) => n.to_string(),
            Value::Mac(m) => m.to_string(),
            Value::Ip(ip) => ip.to_string(),
            Value::Prefix(p) => p.to_string(),
            Value::Interface { name, .. } => name.clone(),
        }
    }

    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Value::Null => serde_json::Value::Null,
            Value::Int(n) => (*n).into(),
            other => other.plain().into(),
        }
    }
}

/// `10.0.0.0/24`, `10.0.0.0/255.255.255.0`, `Default Route`, or an address alone, which is a host route.
fn read_prefix(raw: &str) -> Option<IpNet> {
    if ["default", "default route"].iter().any(|word| raw.eq_ignore_ascii_case(word)) {
        return "0.0.0.0/0".parse().ok();
    }
    let prefix = raw.parse::<IpNet>().ok().or_else(|| {
        let (address, mask) = raw.split_once('/')?;
        IpNet::with_netmask(address.parse().ok()?, mask.parse().ok()?).ok()
    });
    prefix.map(|p| p.trunc()).or_else(|| raw.parse::<IpAddr>().ok().map(IpNet::from))
}

/// A number, or a dotted mask, which is the length of its prefix.
fn read_number(raw: &str) -> Option<i64> {
    raw.parse().ok().or_else(|| ipnet::ip_mask_to_prefix(raw.parse().ok()?).ok().map(i64::from))
}

/// `65546`, or `1.10`, which is the same.
fn read_asn(raw: &str) -> Option<i64> {
    let (high, low) = raw.split_once('.').map_or(Ok((0, raw)), |(h, low)| h.parse::<u16>().map(|h| (h, low))).ok()?;
    let low: u32 = if raw.contains('.') { low.parse::<u16>().ok()?.into() } else { low.parse().ok()? };
    Some(i64::from(high) << 16 | i64::from(low))
}

/// A row of a [`FactKind`]: one value for each column, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub values: Vec<Value>,
    /// First and last line of the capture that say so; 1-based, both included.
    pub lines: (u32, u32),
}

impl Fact {
    /// Equal for equal values, whatever the lines: the same fact seen again.
    pub fn digest(&self) -> [u8; 16] {
        let mut hash = Sha256::new();
        for value in &self.values {
            if *value == Value::Null {
                hash.update([0]);
                continue;
            }
            let text = value.plain();
            hash.update([1]);
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        let mut digest = [0; 16];
        digest.copy_from_slice(&hash.finalize()[..16]);
        digest
    }
}

/// What proves a fact: lines of a capture, read by a template.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Evidence {
    pub capture: CaptureId,
    pub capture_type: String,
    pub first_line: u32,
    pub last_line: u32,
    pub template: String,
}

#[cfg(test)]
mod tests {
    use super::ColumnKind::{Asn, Int, Interface, Ip, Mac as MacKind, Prefix};
    use super::*;

    #[test]
    fn a_value_of_the_wrong_kind_is_refused_with_a_reason() {
        assert_eq!(Value::read(Interface, "1d07h,"), Err("`1d07h,` is not an interface name".into()));
        assert_eq!(Value::read(Ip, "10.0.0.300"), Err("`10.0.0.300` is not an IP address".into()));
        assert_eq!(Value::read(MacKind, " "), Ok(Value::Null));
        assert_eq!(Value::read(Prefix, "10.0.0.1/24").map(|v| v.shown()), Ok("10.0.0.0/24".into()));
        assert_eq!(Value::read(Prefix, "10.0.0.1/255.255.255.0").map(|v| v.shown()), Ok("10.0.0.0/24".into()));
        assert_eq!(Value::read(Int, "255.255.252.0"), Ok(Value::Int(22)));
        assert!(Value::read(Int, "255.0.255.0").is_err());
        assert_eq!(Value::read(Asn, "4200000001"), Ok(Value::Int(4_200_000_001)));
        assert_eq!(Value::read(Asn, "1.10"), Ok(Value::Int(65_546)));
        assert!(Value::read(Asn, "10.0.0.1").is_err() && Value::read(Asn, "1.70000").is_err());
    }

    #[test]
    fn the_same_fact_from_other_lines_or_in_another_spelling_has_the_same_digest() {
        let fact =
            |name: &str, lines| Fact { values: vec![Value::read(Interface, name).expect(name), Value::Null], lines };
        assert_eq!(fact("Gi1/0/1", (1, 1)).digest(), fact("GigabitEthernet1/0/1", (9, 9)).digest());
        assert_ne!(fact("Gi1/0/1", (1, 1)).digest(), fact("Gi1/0/2", (1, 1)).digest());
    }
}
