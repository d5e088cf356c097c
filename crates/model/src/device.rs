//! Devices, and the argument whether two of them are the same.

use std::collections::BTreeSet;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::{DeviceId, Mac, Timestamp};

/// A device of the inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Device {
    pub id: DeviceId,
    /// As the device calls itself; two devices may have one name.
    pub name: String,
    /// Unique in a tenant, safe as a file name: what commands and paths use.
    pub slug: String,
    /// Where it is reached; unspecified as long as nobody knows.
    #[schema(value_type = String)]
    pub address: IpAddr,
    pub port: u16,
    pub site: Option<String>,
    pub role: Option<String>,
    pub platform: String,
    pub vendor: String,
    pub model: Option<String>,
    pub os_version: Option<String>,
    /// All chassis serial numbers: more than one for a stack.
    pub serials: Vec<String>,
    pub chassis_mac: Option<Mac>,
    pub status: String,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub last_captured: Option<Timestamp>,
}

impl Device {
    /// Whether it is known where it is reached: one out of a plan may have no address yet.
    pub fn is_reached(&self) -> bool {
        !self.address.is_unspecified()
    }

    /// `-` when it has none.
    pub fn shown_address(&self) -> String {
        if self.is_reached() { self.address.to_string() } else { "-".to_owned() }
    }
}

/// A way into a device that worked: the account, and the command line behind it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Access {
    pub username: String,
    pub platform: String,
}

/// What tells one device from another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DeviceIdentity {
    pub serials: BTreeSet<String>,
    pub chassis_macs: BTreeSet<String>,
    /// Addresses by which it was reached or which it says are its own.
    #[schema(value_type = BTreeSet<String>)]
    pub addresses: BTreeSet<IpAddr>,
    pub name: String,
}

/// Why two identities are one device, strongest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Same {
    Serial(String),
    ChassisMac(String),
    Address(IpAddr),
    Name(String),
}

impl std::fmt::Display for Same {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Same::Serial(s) => write!(f, "same serial number {s}"),
            Same::ChassisMac(m) => write!(f, "same chassis MAC {m}"),
            Same::Address(a) => write!(f, "same address {a}"),
            Same::Name(n) => write!(f, "same name {n}"),
        }
    }
}

impl DeviceIdentity {
    /// Whether both are one device, and why. A stronger mark that differs outweighs a weaker one that agrees:
    /// two devices with different serial numbers are two, even with one name.
    pub fn same_as(&self, other: &Self) -> Option<Same> {
        if let Some(serial) = self.serials.intersection(&other.serials).next() {
            return Some(Same::Serial(serial.clone()));
        }
        if !self.serials.is_empty() && !other.serials.is_empty() {
            return None;
        }
        if let Some(mac) = self.chassis_macs.intersection(&other.chassis_macs).next() {
            return Some(Same::ChassisMac(mac.clone()));
        }
        if !self.chassis_macs.is_empty() && !other.chassis_macs.is_empty() {
            return None;
        }
        if let Some(address) = self.addresses.intersection(&other.addresses).next() {
            return Some(Same::Address(*address));
        }
        let named = !self.name.is_empty() && self.name.eq_ignore_ascii_case(&other.name);
        let placed = !self.addresses.is_empty() && !other.addresses.is_empty();
        (named && !placed).then(|| Same::Name(self.name.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `serial mac address name`, `-` for not known.
    fn identity(text: &str) -> DeviceIdentity {
        let [serial, mac, address, name]: [&str; 4] =
            text.split(' ').collect::<Vec<_>>().try_into().expect("four words");
        let set = |w: &str| if w == "-" { BTreeSet::new() } else { BTreeSet::from([w.to_owned()]) };
        let addresses = set(address).iter().map(|a| a.parse().expect("address")).collect();
        DeviceIdentity {
            serials: set(serial),
            chassis_macs: set(mac),
            addresses,
            name: if name == "-" { String::new() } else { name.to_owned() },
        }
    }

    fn check(a: &str, b: &str, why: Option<&str>) {
        let same = identity(a).same_as(&identity(b)).map(|s| s.to_string());
        assert_eq!(same.as_deref(), why, "{a} / {b}");
    }

    #[test]
    fn the_strongest_mark_decides() {
        check("S1 m1 10.0.0.1 a", "S1 m2 10.0.0.2 b", Some("same serial number S1"));
        check("S1 m1 10.0.0.1 a", "S2 m1 10.0.0.1 a", None);
        check("- m1 10.0.0.1 a", "S2 m1 10.0.0.2 a", Some("same chassis MAC m1"));
        check("- - 10.0.0.1 a", "S2 m1 10.0.0.1 b", Some("same address 10.0.0.1"));
    }

    #[test]
    fn a_name_alone_decides_only_where_nothing_else_is_known() {
        check("- - - a", "S2 m1 10.0.0.1 A", Some("same name a"));
        check("- - 10.0.0.2 a", "- - 10.0.0.1 a", None);
        check("- - - -", "- - - -", None);
    }
}
