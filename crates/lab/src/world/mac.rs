//! MAC addresses, in the spellings that vendors print.

use std::fmt;

/// A 48-bit MAC address; `Display` gives `aa:bb:cc:dd:ee:ff`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Mac(u64);

impl Mac {
    /// The address of a vendor's 24-bit prefix and a number within it.
    pub fn new(oui: u32, tail: u32) -> Self {
        Self((u64::from(oui) << 24) | u64::from(tail & 0x00ff_ffff))
    }

    /// The same number under another vendor's prefix.
    pub fn with_oui(self, oui: u32) -> Self {
        Self::new(oui, (self.0 & 0x00ff_ffff) as u32)
    }

    /// The n-th address after this one.
    pub fn plus(self, n: usize) -> Self {
        Self(self.0 + n as u64)
    }

    pub fn octets(self) -> [u8; 6] {
        let [_, _, octets @ ..] = self.0.to_be_bytes();
        octets
    }

    /// `aabb.ccdd.eeff`, as Cisco and Arista print it.
    pub fn dotted(self) -> String {
        let v = self.0;
        format!("{:04x}.{:04x}.{:04x}", (v >> 32) & 0xffff, (v >> 16) & 0xffff, v & 0xffff)
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let b = self.0.to_be_bytes();
        write!(f, "{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", b[2], b[3], b[4], b[5], b[6], b[7])
    }
}

impl serde::Serialize for Mac {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Mac {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let hex: String = text.chars().filter(|c| *c != ':').collect();
        u64::from_str_radix(&hex, 16).map(Self).map_err(serde::de::Error::custom)
    }
}
