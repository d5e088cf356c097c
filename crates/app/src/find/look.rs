//! Where each reading of a text is looked up.

use model::fact::{ARP, COMPONENTS, INTERFACES, MAC, NEIGHBORS, ROUTES, SYSTEM};
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
        let mut answers = Vec::new();
        for Place { kind, predicate, score, why } in places(reading) {
            let filter = FactFilter {
                at: query.at,
                include_gone: query.history,
                columns: vec![predicate],
                limit: Some(query.limit),
                ..FactFilter::default()
            };
            let facts = self.store.facts(kind, &filter).await?;
            let names = self.slugs(facts.iter().map(|f| f.device)).await?;
            answers.extend(facts.into_iter().map(|fact| {
                let device = names.get(&fact.device).cloned().unwrap_or_default();
                of_fact(kind, device, fact, score, why)
            }));
        }
        Ok(answers)
    }
}

/// Where a reading can stand.
fn places(reading: &Reading) -> Vec<Place> {
    let place = |kind, predicate, score, why| Place { kind, predicate, score, why };
    let key = |name, text: &str| {
        Predicate::KeyPrefix(name, model::address::ip_key_prefix(text).unwrap_or_else(|| "-".to_owned()))
    };
    match reading {
        Reading::Address(address) => {
            let text = address.to_string();
            vec![
                place(&INTERFACES, key("ip", &text), 95, "the interface has this address"),
                place(&ARP, key("ip", &text), 90, "the ARP table has this address"),
                place(&NEIGHBORS, key("remote_address", &text), 70, "the neighbour announces this address"),
            ]
        }
        Reading::AddressPart(text) => vec![
            place(&INTERFACES, key("ip", text), 60, "the address of the interface begins so"),
            place(&ARP, key("ip", text), 55, "the address begins so"),
        ],
        Reading::Prefix(prefix) => {
            let value = Value::Prefix(*prefix);
            vec![place(&ROUTES, Predicate::Is("prefix", value), 90, "a route to exactly this prefix")]
        }
        Reading::Mac(mac) => {
            let score = if mac.is_whole() { 90 } else { 50 };
            let has = |kind, column, why| place(kind, Predicate::Mac(column, mac.clone()), score, why);
            vec![
                has(&INTERFACES, "mac", "the interface has this MAC address"),
                has(&SYSTEM, "chassis_mac", "the chassis has this MAC address"),
                has(&ARP, "mac", "the ARP table has this MAC address"),
                has(&MAC, "mac", "the MAC address table has it"),
            ]
        }
        Reading::Vlan(vlan) => {
            let name = format!("Vlan{vlan}");
            let interface = Value::Interface { seen: name.clone(), name };
            vec![
                place(&INTERFACES, Predicate::Is("name", interface), 70, "the interface of this VLAN"),
                place(&MAC, Predicate::Is("vlan", Value::Text(vlan.to_string())), 40, "seen in this VLAN"),
            ]
        }
        Reading::Text(text) => {
            let holds = |kind, column, score, why| place(kind, Predicate::Contains(column, text.clone()), score, why);
            vec![
                holds(&COMPONENTS, "serial", 85, "the serial number contains the text"),
                holds(&INTERFACES, "description", 75, "the description contains the text"),
                holds(&NEIGHBORS, "remote_name", 65, "a neighbour is called so"),
                holds(&NEIGHBORS, "remote_platform", 45, "a neighbour says this of itself"),
                holds(&COMPONENTS, "part_id", 60, "the part number contains the text"),
                holds(&COMPONENTS, "description", 45, "the description of the part contains the text"),
                holds(&SYSTEM, "os_version", 60, "the software version contains the text"),
                holds(&SYSTEM, "model", 60, "the model contains the text"),
            ]
        }
    }
}

fn of_device(device: &Device, score: u8, why: &str) -> Answer {
    let marks = [Some(device.vendor.clone()), device.model.clone(), device.os_version.clone(), device.site.clone()];
    let marks: Vec<String> = marks.into_iter().flatten().filter(|m| !m.is_empty()).collect();
    Answer {
        kind: "device",
        device: device.slug.clone(),
        what: format!("{} {}", device.address, marks.join(", ")),
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

/// `vlan 101`, `10.0.0.1`, `00:50:56:30:41:34`: numbers and words need their column's name.
fn cell(column: &Column, value: &Value) -> String {
    match (column.kind, value) {
        (ColumnKind::Mac | ColumnKind::Ip | ColumnKind::Prefix | ColumnKind::Interface, value) => value.plain(),
        (_, value) => format!("{} {}", column.name.replace('_', " "), value.plain()),
    }
}
