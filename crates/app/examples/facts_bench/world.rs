//! A network of sites with two cores and 48 access switches each, over a year. All of it follows from the number of
//! devices: no random numbers, nothing to keep.
//!
//! With 10,000 devices: 5 million MAC facts, 1 million of ARP and 1 million of routes, of which two thirds are open.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::{IpNet, Ipv4Net};
use model::{Fact, Mac, Timestamp, Value};

pub struct World {
    pub devices: u32,
}

/// Loads in the year, one a quarter and one at its end.
pub const LOADS: u32 = 5;
const QUARTER_MS: i64 = 91 * 24 * 3600 * 1000;
/// The year begins on 2025-11-21.
const START_MS: i64 = 1_763_683_200_000;

const SITE: u32 = 50;
const ACCESS: u32 = SITE - 2;
/// Hosts of an access switch.
const HOSTS: u32 = 65;
/// Of a hundred hosts, those that are replaced within a quarter.
const REPLACED: u64 = 15;
const REMOTE_SITES: u32 = 200;
const PREFIXES: u32 = 8;

/// Makers of network cards: physical ones, VMware, and those that are made up.
const OUIS: [[u8; 3]; 12] = [
    [0x00, 0x50, 0x56],
    [0xb8, 0x27, 0xeb],
    [0x3c, 0xec, 0xef],
    [0xd4, 0xbe, 0xd9],
    [0xf4, 0x8e, 0x38],
    [0x00, 0x1b, 0x21],
    [0xa0, 0x36, 0x9f],
    [0x00, 0x25, 0x90],
    [0x48, 0xdf, 0x37],
    [0x9c, 0x8e, 0x99],
    [0x52, 0x54, 0x00],
    [0xac, 0x1f, 0x6b],
];

/// A host in its place: what is plugged into port `slot` of access switch `switch` at `site`.
#[derive(Clone, Copy)]
pub struct Host {
    pub site: u32,
    pub switch: u32,
    pub slot: u32,
}

/// When a load happened.
pub fn time(load: u32) -> Timestamp {
    Timestamp(START_MS + i64::from(load) * QUARTER_MS)
}

/// Spreads numbers all over.
fn mixed(parts: &[u32]) -> u64 {
    let mix = |n: u64, part: &u32| (n ^ u64::from(*part)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let n = parts.iter().fold(0x51_7c_c1_b7, mix);
    n ^ (n >> 31)
}

impl Host {
    /// How often it was replaced until a load.
    fn generation(self, load: u32) -> u32 {
        let replaced = |load: &u32| mixed(&[1, self.site, self.switch, self.slot, *load]) % 100 < REPLACED;
        u32::try_from((1..=load).filter(replaced).count()).unwrap_or_default()
    }

    pub fn mac(self, load: u32) -> Mac {
        let n = mixed(&[2, self.site, self.switch, self.slot, self.generation(load)]);
        let [a, b, c] = OUIS[(n % 12) as usize];
        let [_, _, _, _, _, d, e, f] = (n >> 8 & 0xff_ffff).to_be_bytes();
        Mac([a, b, c, d, e, f])
    }

    fn number(self) -> u32 {
        self.switch * HOSTS + self.slot
    }

    pub fn vlan(self) -> u32 {
        100 + self.number() / 250
    }

    pub fn ip(self) -> IpAddr {
        let octet = |n: u32| n.to_be_bytes()[3];
        let third = octet(self.number() / 250) | (octet(self.site >> 8) << 4);
        IpAddr::V4(Ipv4Addr::new(10, octet(self.site), third, octet(self.number() % 250 + 2)))
    }
}

impl World {
    fn sites(&self) -> u32 {
        self.devices.div_ceil(SITE)
    }

    /// Some host or other; all of them with numbers enough.
    pub fn host(&self, n: u32) -> Host {
        let n = mixed(&[3, n]);
        let part = |shift: u32, of: u32| u32::try_from((n >> shift) % u64::from(of.max(1))).unwrap_or_default();
        Host { site: part(0, self.devices / SITE), switch: part(17, ACCESS), slot: part(34, HOSTS) }
    }

    pub fn site_name(site: u32) -> String {
        let towns = ["fra", "ber", "muc", "ham", "cgn", "lon", "par", "ams", "nyc", "sfo", "tyo", "syd", "sin"];
        format!("{}{:02}", towns[(site as usize) % towns.len()], site / 13)
    }

    pub fn name(device: u32) -> String {
        let site = Self::site_name(device / SITE);
        match device % SITE {
            core @ 0..2 => format!("{site}-core-{}", core + 1),
            n => format!("{site}-access-{:02}", n - 1),
        }
    }

    pub fn address(device: u32) -> IpAddr {
        let [_, _, high, low] = (device / SITE).to_be_bytes();
        let [_, _, _, n] = (device % SITE + 1).to_be_bytes();
        IpAddr::V4(Ipv4Addr::new(172, 16 + high, low, n))
    }

    pub fn serial(device: u32, part: u32) -> String {
        let n = mixed(&[4, device, part]);
        let letter = |shift: u32| char::from(b"0123456789ABCDEFGHJKLMNPQRSTUVWX"[((n >> shift) % 32) as usize]);
        format!("FOC{:04}{}", n % 10_000, (0..5).map(|i| letter(14 + 5 * i)).collect::<String>())
    }

    /// The MAC address table: hosts on their ports, and those of the two next switches on the uplink; a core has all.
    pub fn macs(&self, device: u32, load: u32) -> Vec<Fact> {
        let (site, place) = (device / SITE, device % SITE);
        let mut rows = Vec::new();
        let mut add = |switch: u32, port: &dyn Fn(u32) -> String| {
            for slot in 0..HOSTS {
                let host = Host { site, switch, slot };
                let vlan = Value::Int(host.vlan().into());
                rows.push(vec![vlan, Value::Null, Value::Mac(host.mac(load)), interface(port(slot)), word("DYNAMIC")]);
            }
        };
        match place {
            0..2 => (0..ACCESS).for_each(|switch| add(switch, &|_| format!("Ethernet1/{}", switch + 1))),
            _ => {
                let own = place - 2;
                add(own, &|slot| format!("GigabitEthernet1/0/{}", slot % 48 + 1));
                add((own + 1) % ACCESS, &|_| "TenGigabitEthernet1/1/1".to_owned());
                add((own + 2) % ACCESS, &|_| "TenGigabitEthernet1/1/2".to_owned());
            }
        }
        numbered(rows)
    }

    /// The first core of a site is its gateway.
    pub fn arp(&self, device: u32, load: u32) -> Vec<Fact> {
        if !device.is_multiple_of(SITE) {
            return Vec::new();
        }
        let site = device / SITE;
        let hosts = (0..ACCESS).flat_map(|switch| (0..HOSTS).map(move |slot| Host { site, switch, slot }));
        let row = |host: Host| {
            let vlan = interface(format!("Vlan{}", host.vlan()));
            vec![Value::Null, Value::Ip(host.ip()), Value::Mac(host.mac(load)), vlan]
        };
        numbered(hosts.map(row).collect())
    }

    /// Cores know the prefixes of every site, by way of one of two neighbours; access switches a way out.
    pub fn routes(&self, device: u32, load: u32) -> Vec<Fact> {
        let (site, place) = (device / SITE, device % SITE);
        let octet = |n: u32| n.to_be_bytes()[3];
        let next_hop = |n: u32| Value::Ip(IpAddr::V4(Ipv4Addr::new(172, 31, octet(site), octet(n))));
        let route = |prefix: Ipv4Net, protocol: &str, distance: i64, hop: u32, port: &str| {
            let metric = Value::Int(i64::from(prefix.prefix_len()));
            let prefix = Value::Prefix(IpNet::V4(prefix));
            let by = [next_hop(hop), interface(port.into())];
            [vec![Value::Null, prefix, word(protocol), Value::Null, Value::Int(distance), metric], by.to_vec()].concat()
        };
        let net = |a, b, c, length| Ipv4Net::new(Ipv4Addr::new(a, b, c, 0), length).unwrap_or_default().trunc();
        let mut rows = vec![route(net(0, 0, 0, 0), "S", 1, 1, "TenGigabitEthernet1/1/1")];
        if place < 2 {
            for remote in (0..REMOTE_SITES).filter(|remote| *remote != site) {
                let moved = (1..=load).filter(|l| mixed(&[5, device, remote, *l]) % 100 < 10).count();
                let hop = 2 + u32::try_from(moved).unwrap_or_default() % 2;
                rows.push(route(net(10, octet(remote), 0, 16), "O", 110, hop, "Ethernet1/49"));
                for n in 0..PREFIXES {
                    rows.push(route(net(10, octet(remote), octet(n), 24), "O", 110, hop, "Ethernet1/49"));
                }
            }
            for n in 0..=(ACCESS * HOSTS / 250) {
                rows.push(route(net(10, octet(site), octet(n), 24), "C", 0, 0, &format!("Vlan{}", 100 + n)));
            }
        }
        numbered(rows)
    }

    /// Each third port has a description.
    pub fn interfaces(&self, device: u32) -> Vec<Fact> {
        let place = device % SITE;
        let port = |n: u32| {
            let name = if place < 2 { format!("Ethernet1/{n}") } else { format!("GigabitEthernet1/0/{n}") };
            let description = match (place < 2, n % 3) {
                (true, _) => word(&format!("to {} port 49", Self::name(device - place + n % SITE))),
                (false, 0) => {
                    word(&format!("room {} desk {n}, contract {}", mixed(&[6, device, n]) % 900, device * 64 + n))
                }
                _ => Value::Null,
            };
            let [.., c, d] = device.to_be_bytes();
            let mac = Value::Mac(Mac([0x00, 0x1c, 0x73, c, d, n.to_be_bytes()[3]]));
            let state = word(if n.is_multiple_of(4) { "down" } else { "up" });
            let tail = [Value::Null, Value::Null, Value::Int(1500), word("1000"), word("full"), Value::Null];
            [vec![interface(name), description, state.clone(), state, mac], tail.to_vec()].concat()
        };
        numbered((1..=48).map(port).collect())
    }

    pub fn components(&self, device: u32) -> Vec<Fact> {
        let names =
            [("Chassis", "WS-C3850-48P"), ("Power Supply 1", "PWR-C1-715WAC"), ("Power Supply 2", "PWR-C1-715WAC")];
        let all = names.into_iter().chain([("Fan 1", "FAN-T1"), ("Uplink module", "C3850-NM-2-10G")]);
        let row = |(n, (name, part)): (u32, (&str, &str))| {
            let serial = word(&Self::serial(device, n));
            let rest = [word("V02"), serial, word("module"), Value::Null];
            [vec![word(name), word(&format!("{name} of {part}")), word(part)], rest.to_vec()].concat()
        };
        numbered((0..).zip(all).map(row).collect())
    }

    /// Each access switch is on both cores; both sides hear it.
    pub fn neighbors(&self, device: u32) -> Vec<Fact> {
        let (first, place) = (device - device % SITE, device % SITE);
        let claim = |local: String, remote: u32, port: String| {
            let address = Value::Ip(Self::address(remote));
            let name = word(&Self::name(remote));
            let system = [Value::Null, address, word("cisco WS-C3850-48P"), word("B R")];
            [vec![word("lldp"), interface(local), name, word(&port), Value::Null], system.to_vec()].concat()
        };
        let rows = match place {
            0..2 => (1..=ACCESS)
                .filter(|n| first + n + 1 < self.devices)
                .map(|n| claim(format!("Ethernet1/{n}"), first + n + 1, format!("TenGigabitEthernet1/1/{}", place + 1)))
                .collect(),
            _ => (0..2)
                .map(|core| {
                    claim(
                        format!("TenGigabitEthernet1/1/{}", core + 1),
                        first + core,
                        format!("Ethernet1/{}", place - 1),
                    )
                })
                .collect(),
        };
        numbered(rows)
    }

    /// Those of its site.
    pub fn vlans(&self) -> Vec<Fact> {
        let vlan = |n: u32| vec![Value::Int((100 + n).into()), word(&format!("floor-{n}")), word("active")];
        numbered((0..=(ACCESS * HOSTS / 250)).map(vlan).collect())
    }

    pub fn system(&self, device: u32) -> Vec<Fact> {
        let model = if device % SITE < 2 { "C9508" } else { "WS-C3850-48P" };
        let texts =
            [&Self::name(device), "Cisco", model, "16.12.04", &Self::serial(device, 0), "cat3k_caa-universalk9"];
        let values = texts.into_iter().map(word).chain([Value::Null]);
        numbered(vec![values.collect()])
    }

    /// A description that is somewhere.
    pub fn description(&self, n: u32) -> String {
        let device = self.access(n);
        format!("contract {}", device * 64 + 3 * (n % 16 + 1))
    }

    /// Some access switch.
    pub fn access(&self, n: u32) -> u32 {
        let host = self.host(n);
        (host.site * SITE + 2 + host.switch).min(self.devices - 1)
    }

    pub fn edge(host: Host) -> (String, String) {
        (Self::name(host.site * SITE + 2 + host.switch), format!("GigabitEthernet1/0/{}", host.slot % 48 + 1))
    }

    pub fn site_prefix(&self, n: u32) -> IpNet {
        let host = self.host(n);
        IpNet::new(host.ip(), 24).map(|net| net.trunc()).unwrap_or_default()
    }

    pub fn said(&self) -> String {
        format!("{} devices of {} sites", self.devices, self.sites())
    }
}

fn word(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn interface(name: String) -> Value {
    Value::Interface { seen: name.clone(), name }
}

/// Facts from the lines of a capture, one a line.
fn numbered(rows: Vec<Vec<Value>>) -> Vec<Fact> {
    (1u32..).zip(rows).map(|(n, values)| Fact { values, lines: (n, n) }).collect()
}
