//! Where each reading of a text is looked up.

use std::collections::HashSet;

use futures::try_join;
use ipnet::IpNet;
use model::address::{ip_key, ip_key_prefix};
use model::fact::{
    AAA_SERVERS, ADDRESSES, ARP, BGP_NEIGHBORS, BGP_ROUTES, COMPONENTS, INTERFACES, IPV6_NEIGHBORS, KINDS, MAC,
    NEIGHBORS, NTP, OSPF_NEIGHBORS, PORT_CHANNELS, ROUTES, SNMP, SWITCHPORTS, SYSLOG, SYSTEM, USERS, VLANS,
};
use model::{Column, ColumnKind, Device, FactKind, Value, interface};
use store::{DeviceFilter, DeviceKey, DeviceTerm, FactFilter, Predicate, StoredFact};

use super::{Answer, FindQuery, Reading, whereabouts};
use crate::{App, AppResult};

/// A column to look into, how sure a hit is, and what to say of it.
struct Place {
    kind: &'static FactKind,
    predicate: Predicate,
    score: u8,
    why: &'static str,
}

impl App {
    /// Devices by name, address, serial number, model.
    pub(super) async fn devices_that_are(&self, readings: &[Reading], query: &FindQuery) -> AppResult<Vec<Answer>> {
        let text = query.text.trim();
        let limit = Some(query.limit);
        let filter = DeviceFilter { name: Some(text.to_owned()), limit, ..DeviceFilter::default() };
        // An address is no site and no model. A pattern would be another question.
        let may_be_mark = readings.iter().any(|r| matches!(r, Reading::Text(_))) && !text.contains(['*', '?', '|']);
        let keys: Vec<DeviceKey> = MARKS.iter().map(|(key, _)| *key).filter(|_| may_be_mark).collect();
        let (called, named, there) =
            try_join!(self.store.device_if_any(text), self.store.devices(&filter), self.store.keys_with(&keys, text))?;
        let called =
            called.map(|device| of_device(&device, 100, "it is called so, or has this address or serial number"));
        let mut answers: Vec<Answer> = called.into_iter().collect();
        let mut known: HashSet<String> = answers.iter().map(|a| a.device.clone()).collect();
        let mut add = |devices: Vec<Device>, score: u8, why: &str| {
            let others = devices.iter().filter(|d| known.insert(d.slug.clone()));
            answers.extend(others.map(|d| of_device(d, score, why)));
        };
        add(named, 80, "its name contains the text");
        for (key, why) in MARKS.iter().filter(|(key, _)| there.contains(key)) {
            let terms = vec![DeviceTerm { key: *key, pattern: text.to_owned() }];
            let filter = DeviceFilter { terms, limit, ..DeviceFilter::default() };
            add(self.store.devices(&filter).await?, 68, why);
        }
        answers.retain(|a| query.at.is_none_or(|at| a.first_seen <= at));
        Ok(answers)
    }

    pub(super) async fn facts_that_are(&self, readings: &[Reading], query: &FindQuery) -> AppResult<Vec<Answer>> {
        let places: Vec<Place> = readings.iter().flat_map(places).collect();
        let of_hosts: Vec<_> = readings.iter().flat_map(|reading| whereabouts::questions(reading, query.at)).collect();
        let asked = places.iter().map(|place| {
            let some = filter(query, vec![place.predicate.clone()]);
            let all = (place.kind, FactFilter { limit: None, ..some.clone() });
            // What is asked in full beside it is not asked again for a part of it.
            if of_hosts.contains(&all) { all } else { (place.kind, some) }
        });
        let asked: Vec<_> = asked.collect();
        let mut found = self.store.facts_of_each(&asked).await?;
        found.iter_mut().for_each(|facts| facts.truncate(query.limit as usize));
        let names = self.slugs(found.iter().flatten().map(|f| f.device)).await?;
        let mut answers = Vec::new();
        for (place, facts) in places.into_iter().zip(found) {
            let text = match &place.predicate {
                Predicate::Search(text) => Some(text.to_lowercase()),
                _ => None,
            };
            answers.extend(facts.into_iter().map(|fact| {
                let (score, why) =
                    text.as_deref().and_then(|t| found_in(place.kind, &fact, t)).unwrap_or((place.score, place.why));
                of_fact(place.kind, names.get(&fact.device).cloned().unwrap_or_default(), fact, score, why)
            }));
        }
        for reading in readings {
            match reading {
                Reading::Prefix(prefix) => answers.extend(self.wider_routes(*prefix, query).await?),
                Reading::Vlan(vlan) => answers.extend(self.ports_in(*vlan, query).await?),
                _ => {}
            }
        }
        Ok(answers)
    }

    /// What is known of one port of one device, when the text is `leaf-1 Gi1/0/1` or `leaf-1:Gi1/0/1`: how it was read,
    /// and the answers.
    pub(super) async fn port_of_a_device(&self, query: &FindQuery) -> AppResult<Option<(String, Vec<Answer>)>> {
        let text = query.text.trim();
        // The word of a port may stand apart from its number; the name of a device holds no blank.
        let split = text.split_once([' ', ':']).map(|(device, port)| (device, interface::spellings(port)));
        let Some((device, ports)) = split.filter(|(device, ports)| !device.is_empty() && !ports.is_empty()) else {
            return Ok(None);
        };
        let device = match self.store.device(device).await {
            Ok(device) => device,
            Err(store::StoreError::NotFound { .. } | store::StoreError::Ambiguous { .. }) => return Ok(None),
            Err(other) => return Err(other.into()),
        };
        let mut answers = Vec::new();
        for (kind, column) in ports_of_facts() {
            for name in &ports {
                let port = FactFilter { device: Some(device.id), ..filter(query, vec![is_port(column, name)]) };
                let score = PORT_SCORES.iter().find(|(of, _)| *of == kind).map_or(60, |(_, score)| *score);
                let facts = self.store.facts(kind, &port).await?;
                answers.extend(self.of_facts(kind, facts, score, "it is about this port").await?);
            }
        }
        let read_as = format!("port {} of {}", ports.first().map_or("", |name| name), device.slug);
        Ok(Some((read_as, answers)))
    }

    async fn of_facts(
        &self,
        kind: &'static FactKind,
        facts: Vec<StoredFact>,
        score: u8,
        why: &str,
    ) -> AppResult<Vec<Answer>> {
        let names = self.slugs(facts.iter().map(|f| f.device)).await?;
        let answer =
            |fact: StoredFact| of_fact(kind, names.get(&fact.device).cloned().unwrap_or_default(), fact, score, why);
        Ok(facts.into_iter().map(answer).collect())
    }

    /// Routes to prefixes that hold this one, the longest first.
    async fn wider_routes(&self, prefix: IpNet, query: &FindQuery) -> AppResult<Vec<Answer>> {
        let wider: Vec<IpNet> = std::iter::successors(prefix.supernet(), IpNet::supernet).collect();
        let mut there = self.store.prefixes_among(&ROUTES, "prefix", &wider, query.at).await?;
        there.sort_by_key(|p| std::cmp::Reverse(p.prefix_len()));
        let mut answers = Vec::new();
        for wider in there {
            let left = (query.limit as usize).saturating_sub(answers.len());
            if left == 0 {
                break;
            }
            let mut filter = filter(query, vec![Predicate::Is("prefix", Value::Prefix(wider))]);
            filter.limit = u32::try_from(left).ok();
            let facts = self.store.facts(&ROUTES, &filter).await?;
            // The longest comes first: /8 gives 48, and the default route 40.
            let score = 40 + wider.prefix_len();
            answers.extend(self.of_facts(&ROUTES, facts, score.min(69), "a route to a prefix that holds it").await?);
        }
        Ok(answers)
    }

    /// What is in a VLAN, on the first devices that have it: the interface of the VLAN, and who is seen there.
    async fn ports_in(&self, vlan: u16, query: &FindQuery) -> AppResult<Vec<Answer>> {
        const DEVICES: usize = 5;
        let number = || Value::Int(vlan.into());
        let having = self.store.facts(&VLANS, &filter(query, vec![Predicate::Is("vid", number())])).await?;
        let mut devices: Vec<_> = having.iter().map(|f| Some(f.device)).collect();
        devices.dedup();
        devices.truncate(DEVICES);
        if devices.is_empty() {
            // Nobody was asked for VLANs.
            devices.push(None);
        }
        let name = format!("Vlan{vlan}");
        let interface = Value::Interface { seen: name.clone(), name };
        let mut answers = Vec::new();
        for device in devices {
            let on_device = |predicate| FactFilter { device, ..filter(query, vec![predicate]) };
            let interfaces =
                self.store.facts(&INTERFACES, &on_device(Predicate::Is("name", interface.clone()))).await?;
            answers.extend(self.of_facts(&INTERFACES, interfaces, 70, "the interface of this VLAN").await?);
            let ports = FactFilter { device, limit: None, ..filter(query, Vec::new()) };
            for (why, score, ports) in ports_by_mode(vlan, self.store.facts(&SWITCHPORTS, &ports).await?) {
                answers.extend(self.of_facts(&SWITCHPORTS, ports, score, why).await?);
            }
            let seen = self.store.facts(&MAC, &on_device(Predicate::Is("vlan", number()))).await?;
            answers.extend(self.of_facts(&MAC, seen, 40, "seen in this VLAN").await?);
            if answers.len() >= query.limit as usize {
                break;
            }
        }
        answers.truncate(query.limit as usize);
        Ok(answers)
    }
}

/// Ports in a VLAN: as their own, for telephones, untagged on a trunk, on a trunk that names it.
fn ports_by_mode(vlan: u16, ports: Vec<StoredFact>) -> Vec<(&'static str, u8, Vec<StoredFact>)> {
    let value = |port: &StoredFact, column| SWITCHPORTS.position(column).and_then(|n| port.values.get(n)).cloned();
    let is = |port: &StoredFact, column| value(port, column) == Some(Value::Int(vlan.into()));
    let mode = |port: &StoredFact| value(port, "mode").map(|mode| mode.plain()).unwrap_or_default();
    let of = |port: &StoredFact| match mode(port).as_str() {
        "access" if is(port, "access_vlan") => Some(0),
        _ if is(port, "voice_vlan") => Some(1),
        "access" | "routed" => None,
        _ if is(port, "native_vlan") => Some(2),
        _ if value(port, "tagged_vlans").is_some_and(|set| model::vlans::contains(&set.plain(), vlan)) => Some(3),
        _ => None,
    };
    let mut ways = [
        ("the port is in this VLAN", 60, Vec::new()),
        ("telephones on the port are in this VLAN", 55, Vec::new()),
        ("untagged frames on the trunk are of this VLAN", 52, Vec::new()),
        ("the trunk carries this VLAN", 50, Vec::new()),
    ];
    for port in ports {
        if let Some(way) = of(&port) {
            ways[way].2.push(port);
        }
    }
    ways.into_iter().filter(|(.., ports)| !ports.is_empty()).collect()
}

/// Columns that name a port of the device itself: what the neighbour calls its own end is none.
fn ports_of_facts() -> Vec<(&'static FactKind, &'static str)> {
    let columns = KINDS.iter().flat_map(|kind| kind.columns.iter().map(|column| (*kind, column)));
    let own = columns.filter(|(_, c)| c.kind == ColumnKind::Interface && !c.name.starts_with("remote"));
    own.map(|(kind, column)| (kind, column.name)).collect()
}

fn is_port(column: &'static str, name: &str) -> Predicate {
    Predicate::Is(column, Value::Interface { name: name.to_owned(), seen: name.to_owned() })
}

/// What many devices may have in common.
const MARKS: &[(DeviceKey, &str)] = &[
    (DeviceKey::Site, "it is at this site"),
    (DeviceKey::Location, "it is in this location"),
    (DeviceKey::Role, "it has this role"),
    (DeviceKey::Vendor, "it is by this manufacturer"),
    (DeviceKey::Platform, "it is of this platform"),
    (DeviceKey::Tag, "it has this tag"),
    (DeviceKey::Model, "it is of this model"),
    (DeviceKey::Version, "it runs this version"),
];

/// What says most of a port.
const PORT_SCORES: &[(&FactKind, u8)] = &[
    (&INTERFACES, 96),
    (&SWITCHPORTS, 92),
    (&PORT_CHANNELS, 90),
    (&NEIGHBORS, 88),
    (&ADDRESSES, 86),
    (&OSPF_NEIGHBORS, 80),
    (&MAC, 70),
    (&ARP, 65),
    (&ROUTES, 40),
];

fn filter(query: &FindQuery, columns: Vec<Predicate>) -> FactFilter {
    let FindQuery { at, history, limit, .. } = query;
    FactFilter { at: *at, include_gone: *history, columns, limit: Some(*limit), ..FactFilter::default() }
}

/// Where a reading can stand.
fn places(reading: &Reading) -> Vec<Place> {
    let place = |kind, predicate, score, why| Place { kind, predicate, score, why };
    let is = |name, text: &str| Predicate::Is(name, Value::Text(text.to_owned()));
    let key = |name, text: &str| Predicate::KeyPrefix(name, ip_key_prefix(text).unwrap_or_else(|| "-".to_owned()));
    match reading {
        Reading::Address(address) => {
            let text = address.to_string();
            let key = |name| Predicate::KeyIn(name, vec![ip_key(*address)]);
            vec![
                place(&INTERFACES, key("ip"), 95, "the interface has this address"),
                place(&ADDRESSES, key("ip"), 94, "the interface has this address"),
                place(&ARP, key("ip"), 90, "the ARP table has this address"),
                place(&IPV6_NEIGHBORS, key("ip"), 90, "the table of IPv6 neighbours has this address"),
                place(&BGP_NEIGHBORS, key("neighbor"), 80, "a BGP neighbour has this address"),
                place(&OSPF_NEIGHBORS, key("address"), 80, "an OSPF neighbour has this address"),
                place(&OSPF_NEIGHBORS, key("router_id"), 78, "an OSPF neighbour calls itself so"),
                place(&NEIGHBORS, key("remote_address"), 70, "the neighbour announces this address"),
                place(&NTP, is("server", &text), 66, "the device takes its time from it"),
                place(&AAA_SERVERS, is("server", &text), 66, "the device asks it who may log in"),
                place(&SYSLOG, is("name", &text), 66, "the device sends its messages there"),
                place(&SNMP, is("name", &text), 66, "the SNMP agent of the device knows it"),
            ]
        }
        Reading::AddressPart(text) => vec![
            place(&INTERFACES, key("ip", text), 60, "the address of the interface begins so"),
            place(&ARP, key("ip", text), 55, "the address begins so"),
        ],
        Reading::Prefix(prefix) => {
            let within = |name| Predicate::KeyBetween(name, ip_key(prefix.network()), ip_key(prefix.broadcast()));
            vec![
                place(&ROUTES, Predicate::Is("prefix", Value::Prefix(*prefix)), 90, "a route to exactly this prefix"),
                place(
                    &BGP_ROUTES,
                    Predicate::Is("prefix", Value::Prefix(*prefix)),
                    85,
                    "the table of BGP has exactly this prefix",
                ),
                place(&ROUTES, within("prefix"), 35, "a route to a prefix within it"),
                place(&INTERFACES, within("ip"), 80, "the address of the interface is in this prefix"),
                place(&ADDRESSES, within("ip"), 79, "the address of the interface is in this prefix"),
                place(&ARP, within("ip"), 30, "the address is in this prefix"),
            ]
        }
        Reading::Mac(mac) => {
            let score = if mac.is_whole() { 90 } else { 50 };
            let has = |kind, column, why| place(kind, Predicate::Mac(column, mac.clone()), score, why);
            vec![
                has(&INTERFACES, "mac", "the interface has this MAC address"),
                has(&SYSTEM, "chassis_mac", "the chassis has this MAC address"),
                has(&ARP, "mac", "the ARP table has this MAC address"),
                has(&IPV6_NEIGHBORS, "mac", "the table of IPv6 neighbours has this MAC address"),
                has(&MAC, "mac", "the MAC address table has it"),
            ]
        }
        Reading::Vlan(vlan) => {
            vec![place(&VLANS, Predicate::Is("vid", Value::Int((*vlan).into())), 75, "the device has this VLAN")]
        }
        Reading::Port(names) => {
            let of = |kind, column, score, why| {
                names.iter().map(move |name| place(kind, is_port(column, name), score, why)).collect::<Vec<_>>()
            };
            let ports = of(&INTERFACES, "name", 88, "the port is called so");
            let bundles = of(&PORT_CHANNELS, "name", 84, "the port channel is called so");
            ports.into_iter().chain(bundles).collect()
        }
        Reading::Asn(asn) => {
            let number = || Value::Int((*asn).into());
            vec![
                place(&BGP_NEIGHBORS, Predicate::Is("remote_as", number()), 84, "the BGP neighbour is in it"),
                place(&BGP_NEIGHBORS, Predicate::Is("local_as", number()), 74, "the device is in it"),
            ]
        }
        Reading::Vrf(vrf) => vec![
            place(&ADDRESSES, is("vrf", vrf), 80, "the address is in this VRF"),
            place(&BGP_NEIGHBORS, is("vrf", vrf), 70, "the BGP neighbour is in this VRF"),
            place(&OSPF_NEIGHBORS, is("vrf", vrf), 70, "the OSPF neighbour is in this VRF"),
        ],
        Reading::Text(text) => {
            let search = |kind| place(kind, Predicate::Search(text.clone()), 45, "it contains the text");
            let mut places: Vec<Place> = [&COMPONENTS, &INTERFACES, &NEIGHBORS, &SYSTEM, &VLANS].map(search).into();
            places.extend([
                place(&INTERFACES, is_port("name", text), 86, "the port is called so"),
                place(&USERS, is("name", text), 82, "somebody who may log in to the device"),
                place(&NTP, is("server", text), 66, "the device takes its time from it"),
                place(&AAA_SERVERS, is("server", text), 66, "the device asks it who may log in"),
                place(&SYSLOG, is("name", text), 66, "the device sends its messages there"),
            ]);
            let makers = if text.len() < MAKER { Vec::new() } else { vendors::digits_of(text) };
            if !makers.is_empty() {
                places.push(place(
                    &MAC,
                    Predicate::Begins("mac", makers),
                    20,
                    "who made the network card is called so",
                ));
            }
            places
        }
    }
}

/// Shorter texts are in the names of many makers.
const MAKER: usize = 4;

/// By column: how good a text is that was found there, and what to say of it; the best first.
const TEXTS: &[(&FactKind, &str, u8, &str)] = &[
    (&COMPONENTS, "serial", 85, "the serial number contains the text"),
    (&INTERFACES, "description", 75, "the description contains the text"),
    (&VLANS, "name", 72, "the name of the VLAN contains the text"),
    (&NEIGHBORS, "remote_name", 65, "a neighbour is called so"),
    (&COMPONENTS, "part_id", 60, "the part number contains the text"),
    (&SYSTEM, "os_version", 60, "the software version contains the text"),
    (&SYSTEM, "model", 60, "the model contains the text"),
    (&SYSTEM, "hostname", 58, "the device calls itself so"),
    (&COMPONENTS, "description", 45, "the description of the part contains the text"),
    (&NEIGHBORS, "remote_platform", 45, "a neighbour says this of itself"),
];

/// Which of its texts contains this one, which is in lower case.
fn found_in(kind: &FactKind, fact: &StoredFact, text: &str) -> Option<(u8, &'static str)> {
    let holds = |column: &str| {
        let value = kind.position(column).and_then(|n| fact.values.get(n));
        value.is_some_and(|v| v.plain().to_lowercase().contains(text))
    };
    let found = TEXTS.iter().find(|(of, column, ..)| *of == kind && holds(column))?;
    Some((found.2, found.3))
}

fn of_device(device: &Device, score: u8, why: &str) -> Answer {
    let marks = [Some(device.vendor.clone()), device.model.clone(), device.os_version.clone(), device.site.clone()];
    let marks: Vec<String> = marks.into_iter().flatten().filter(|m| !m.is_empty()).collect();
    Answer {
        kind: "device",
        device: device.slug.clone(),
        what: format!("{} {}", device.shown_address(), marks.join(", ")),
        why: why.to_owned(),
        score,
        first_seen: device.first_seen,
        last_seen: device.last_seen,
        gone_at: None,
        evidence: None,
    }
}

fn of_fact(kind: &'static FactKind, device: String, fact: StoredFact, score: u8, why: &str) -> Answer {
    let cells = kind.columns.iter().zip(&fact.values).filter(|(_, v)| **v != Value::Null);
    let what: Vec<String> = cells.map(|(column, value)| cell(column, value)).collect();
    Answer {
        kind: kind.name,
        device,
        what: what.join(" "),
        why: why.to_owned(),
        score,
        first_seen: fact.first_seen,
        last_seen: fact.last_seen,
        gone_at: fact.gone_at,
        evidence: Some(fact.evidence),
    }
}

/// `vlan 101`, `10.0.0.1`, `00:50:56:30:41:34 (VMware, Inc.)`: numbers and words need their column's name.
fn cell(column: &Column, value: &Value) -> String {
    match (column.kind, value) {
        (_, Value::Mac(mac)) => match vendors::of(mac.0) {
            Some(vendor) => format!("{mac} ({vendor})"),
            None => mac.to_string(),
        },
        (ColumnKind::Ip | ColumnKind::Prefix | ColumnKind::Interface, value) => value.plain(),
        (_, value) => format!("{} {}", column.name.replace('_', " "), value.plain()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_where_a_host_is_is_asked_as_an_answer_too_and_so_once() {
        for text in ["10.1.1.10", "2001:db8::1", "0050.5630.4134"] {
            let readings = Reading::all_of(text);
            let places: Vec<Place> = readings.iter().flat_map(places).collect();
            let asked = readings.iter().flat_map(|reading| whereabouts::questions(reading, None));
            let asked: Vec<(&FactKind, FactFilter)> = asked.collect();
            assert!(asked.len() > 1, "{text}");
            for (kind, filter) in asked {
                let is_place = |p: &Place| p.kind == kind && filter.columns == std::slice::from_ref(&p.predicate);
                assert!(places.iter().any(is_place), "{} of {text}", kind.name);
            }
        }
    }
}
