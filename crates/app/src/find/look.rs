//! Where each reading of a text is looked up.

use futures::future::try_join_all;
use ipnet::IpNet;
use model::address::{ip_key, ip_key_prefix};
use model::fact::{
    ADDRESSES, ARP, BGP_NEIGHBORS, COMPONENTS, INTERFACES, IPV6_NEIGHBORS, MAC, NEIGHBORS, OSPF_NEIGHBORS, ROUTES,
    SWITCHPORTS, SYSTEM, VLANS,
};
use model::{Column, ColumnKind, Device, FactKind, Value};
use store::{FactFilter, Predicate, StoredFact};

use super::{Answer, FindQuery, Reading};
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
    pub(super) async fn devices_that_are(&self, query: &FindQuery) -> AppResult<Vec<Answer>> {
        let text = query.text.trim();
        let mut answers = Vec::new();
        match self.store.device(text).await {
            Ok(device) => {
                answers.push(of_device(&device, 100, "it is called so, or has this address or serial number"))
            }
            Err(store::StoreError::NotFound { .. } | store::StoreError::Ambiguous { .. }) => {}
            Err(other) => return Err(other.into()),
        }
        let filter = store::DeviceFilter {
            name: Some(text.to_owned()),
            limit: Some(query.limit),
            ..store::DeviceFilter::default()
        };
        let similar = self.store.devices(&filter).await?;
        let known: Vec<String> = answers.iter().map(|a| a.device.clone()).collect();
        let others = similar.iter().filter(|d| !known.contains(&d.slug));
        answers.extend(others.map(|d| of_device(d, 80, "its name contains the text")));
        answers.retain(|a| query.at.is_none_or(|at| a.first_seen <= at));
        Ok(answers)
    }

    pub(super) async fn facts_that_are(&self, reading: &Reading, query: &FindQuery) -> AppResult<Vec<Answer>> {
        let answers = try_join_all(places(reading).into_iter().map(|place| self.answers_at(place, query))).await?;
        let mut answers: Vec<Answer> = answers.into_iter().flatten().collect();
        match reading {
            Reading::Prefix(prefix) => answers.extend(self.wider_routes(*prefix, query).await?),
            Reading::Vlan(vlan) => answers.extend(self.ports_in(*vlan, query).await?),
            _ => {}
        }
        Ok(answers)
    }

    async fn answers_at(&self, place: Place, query: &FindQuery) -> AppResult<Vec<Answer>> {
        let Place { kind, predicate, score, why } = place;
        let searched = match &predicate {
            Predicate::Search(text) => Some(text.to_lowercase()),
            _ => None,
        };
        let facts = self.store.facts(kind, &filter(query, vec![predicate])).await?;
        let found: Vec<_> =
            facts.iter().map(|fact| searched.as_deref().and_then(|t| found_in(kind, fact, t))).collect();
        let mut answers = self.of_facts(kind, facts, score, why).await?;
        for (answer, (score, why)) in answers.iter_mut().zip(found).filter_map(|(a, found)| Some((a, found?))) {
            (answer.score, answer.why) = (score, why.to_owned());
        }
        Ok(answers)
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

fn filter(query: &FindQuery, columns: Vec<Predicate>) -> FactFilter {
    let FindQuery { at, history, limit, .. } = query;
    FactFilter { at: *at, include_gone: *history, columns, limit: Some(*limit), ..FactFilter::default() }
}

/// Where a reading can stand.
fn places(reading: &Reading) -> Vec<Place> {
    let place = |kind, predicate, score, why| Place { kind, predicate, score, why };
    let key = |name, text: &str| Predicate::KeyPrefix(name, ip_key_prefix(text).unwrap_or_else(|| "-".to_owned()));
    match reading {
        Reading::Address(address) => {
            let text = address.to_string();
            vec![
                place(&INTERFACES, key("ip", &text), 95, "the interface has this address"),
                place(&ADDRESSES, key("ip", &text), 94, "the interface has this address"),
                place(&ARP, key("ip", &text), 90, "the ARP table has this address"),
                place(&IPV6_NEIGHBORS, key("ip", &text), 90, "the table of IPv6 neighbours has this address"),
                place(&BGP_NEIGHBORS, key("neighbor", &text), 80, "a BGP neighbour has this address"),
                place(&OSPF_NEIGHBORS, key("address", &text), 80, "an OSPF neighbour has this address"),
                place(&OSPF_NEIGHBORS, key("router_id", &text), 78, "an OSPF neighbour calls itself so"),
                place(&NEIGHBORS, key("remote_address", &text), 70, "the neighbour announces this address"),
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
        Reading::Text(text) => {
            let search = |kind| place(kind, Predicate::Search(text.clone()), 45, "it contains the text");
            let mut places: Vec<Place> = [&COMPONENTS, &INTERFACES, &NEIGHBORS, &SYSTEM, &VLANS].map(search).into();
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
