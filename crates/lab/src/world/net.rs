//! IPv4 prefixes and the address plan of the lab.
//!
//! One place decides which address means what, so that any two devices agree without talking:
//! 10.S.0.0/16 belongs to site S, 172.16.0.0/12 to cables inside sites, 192.168.0.0/16 to cables
//! between sites. None of these is ever dialled; what is dialled is 127.x.y.z.

use std::fmt;
use std::net::Ipv4Addr;

/// An IPv4 network: address and prefix length.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Prefix {
    pub addr: Ipv4Addr,
    pub len: u8,
}

impl Prefix {
    /// The network that holds `addr`: host bits are cleared.
    pub fn of(addr: Ipv4Addr, len: u8) -> Self {
        let mask = u32::MAX.checked_shl(32 - u32::from(len)).unwrap_or(0);
        Self { addr: Ipv4Addr::from(u32::from(addr) & mask), len }
    }

    /// The n-th address of the network.
    pub fn nth(self, n: u32) -> Ipv4Addr {
        Ipv4Addr::from(u32::from(self.addr) + n)
    }

    pub fn mask(self) -> Ipv4Addr {
        Ipv4Addr::from(u32::MAX.checked_shl(32 - u32::from(self.len)).unwrap_or(0))
    }

    /// The mask upside down, as IOS wants it in an OSPF `network` line.
    pub fn wildcard(self) -> Ipv4Addr {
        Ipv4Addr::from(!u32::from(self.mask()))
    }

    pub fn broadcast(self) -> Ipv4Addr {
        Ipv4Addr::from(u32::from(self.addr) | u32::from(self.wildcard()))
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.addr, self.len)
    }
}

impl serde::Serialize for Prefix {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Prefix {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let parts = text.split_once('/').and_then(|(a, len)| Some((a.parse().ok()?, len.parse().ok()?)));
        let (addr, len) = parts.ok_or_else(|| serde::de::Error::custom("no prefix"))?;
        Ok(Self { addr, len })
    }
}

/// Everything that belongs to a site.
pub fn site_aggregate(site: usize) -> Prefix {
    Prefix { addr: Ipv4Addr::new(10, site as u8 + 1, 0, 0), len: 16 }
}

/// The network of VLAN `kind` (0..3) behind gateway number `gateway` of a site.
pub fn vlan_net(site: usize, gateway: usize, kind: usize) -> Prefix {
    Prefix { addr: Ipv4Addr::new(10, site as u8 + 1, (gateway * 3 + kind) as u8, 0), len: 24 }
}

/// The number of VLAN `kind` behind gateway number `gateway`; unique within a site.
pub fn vlan_id(gateway: usize, kind: usize) -> u16 {
    (100 + gateway * 10 + kind) as u16
}

/// The n-th cable inside a site (at most 256 of them).
pub fn cable_net(site: usize, n: usize) -> Prefix {
    let base = u32::from(Ipv4Addr::new(172, 16, 0, 0));
    Prefix { addr: Ipv4Addr::from(base + (site as u32) * 1024 + (n as u32) * 4), len: 30 }
}

/// The n-th cable between sites.
pub fn wan_net(n: usize) -> Prefix {
    let base = u32::from(Ipv4Addr::new(192, 168, 0, 0));
    Prefix { addr: Ipv4Addr::from(base + (n as u32) * 4), len: 30 }
}
