//! Where a host is plugged in: ARP gives the MAC, the MAC address tables give ports, and of those the one that leads to
//! no other device of ours is the edge.
//!
//! Every switch on the way knows the MAC, on the port that leads towards the host. Such a port is an uplink when a device
//! of the inventory is heard on it, or on a member of it when it is a port channel. Of the ports that remain, the one
//! with the fewest addresses is the host's.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::IpAddr;

use futures::try_join;
use model::address::ip_key;
use model::fact::{ARP, INTERFACES, IPV6_NEIGHBORS, MAC};
use model::{DeviceId, Evidence, FactKind, Mac, Timestamp, Value, interface};
use serde::Serialize;
use store::{FactFilter, Heard, Predicate, StoredFact};

use super::Reading;
use crate::{App, AppResult};

/// Where one network card is.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Whereabouts {
    pub mac: Mac,
    /// Who made the network card.
    pub vendor: Option<&'static str>,
    #[schema(value_type = Vec<String>)]
    pub addresses: Vec<IpAddr>,
    /// The port that it is plugged into, when it is known.
    pub port: Option<Port>,
    /// How the answer was found; each step has its proof.
    pub steps: Vec<Step>,
    /// How sure it is, in words.
    pub verdict: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = WhereaboutsPort)]
pub struct Port {
    pub device: String,
    pub interface: String,
    pub vlan: Option<String>,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = WhereaboutsStep)]
pub struct Step {
    pub device: String,
    pub what: String,
    pub last_seen: Timestamp,
    pub evidence: Evidence,
}

/// Cards that one question is answered for.
const CARDS: usize = 8;

/// A port with so many addresses is no host's: nobody counts further.
const MANY: u32 = 1_000;

/// A port on which the MAC was seen.
struct Seen {
    fact: StoredFact,
    device: String,
    interface: String,
    vlan: Option<String>,
    /// The device of ours that is heard there.
    leads_to: Option<String>,
    /// Addresses that are seen there, [`MANY`] at most; not counted on an uplink.
    crowd: usize,
}

/// The fact, the port, and of [`Seen`] `leads_to` and `crowd`.
type OnPort = (StoredFact, String, Option<String>, usize);

/// What is known of a network card.
#[derive(Default)]
struct Card {
    /// The interfaces of our devices that have it.
    own: Vec<StoredFact>,
    /// Where it is in a MAC address table.
    ports: Vec<StoredFact>,
    /// Which addresses it has; the tables of IPv6 neighbours have the same columns.
    arp: Vec<StoredFact>,
}

/// What is asked first to find the host that was typed: all of it.
pub(super) fn questions(reading: &Reading, at: Option<Timestamp>) -> Vec<(&'static FactKind, FactFilter)> {
    let (kinds, predicate): (&[&'static FactKind], _) = match reading {
        Reading::Address(ip) => (&[&ARP, &IPV6_NEIGHBORS], Predicate::KeyIn("ip", vec![ip_key(*ip)])),
        Reading::Mac(mac) if mac.is_whole() => {
            (&[&ARP, &IPV6_NEIGHBORS, &INTERFACES, &MAC], Predicate::Mac("mac", mac.clone()))
        }
        _ => return Vec::new(),
    };
    kinds.iter().map(|kind| (*kind, filter(at, vec![predicate.clone()]))).collect()
}

impl App {
    pub(super) async fn whereabouts(&self, readings: &[Reading], at: Option<Timestamp>) -> AppResult<Vec<Whereabouts>> {
        let mut cards: BTreeMap<Mac, Card> = BTreeMap::new();
        let asked: Vec<_> = readings.iter().flat_map(|reading| questions(reading, at)).collect();
        self.ask_for_cards(&asked, &mut cards).await?;
        let is_typed = readings.iter().any(|reading| matches!(reading, Reading::Mac(_)));
        // Of a card that an address led to, nothing else is known yet.
        let led_to = cards.keys().filter(|_| !is_typed).take(CARDS).flat_map(|mac| {
            [&INTERFACES, &MAC].map(|kind| (kind, filter(at, vec![Predicate::MacIn("mac", vec![*mac])])))
        });
        let asked: Vec<_> = led_to.collect();
        self.ask_for_cards(&asked, &mut cards).await?;
        let mut found = Vec::new();
        for (mac, card) in cards.into_iter().take(CARDS) {
            found.push(self.whereabouts_of(mac, card, at).await?);
        }
        Ok(found)
    }

    async fn ask_for_cards(
        &self,
        asked: &[(&'static FactKind, FactFilter)],
        cards: &mut BTreeMap<Mac, Card>,
    ) -> AppResult<()> {
        for ((kind, _), facts) in asked.iter().zip(self.store.facts_of_each(asked).await?) {
            for fact in facts {
                let Some(mac) = value(kind, &fact, "mac").and_then(as_mac) else { continue };
                let card = cards.entry(mac).or_default();
                let known = match *kind {
                    kind if kind == &INTERFACES => &mut card.own,
                    kind if kind == &MAC => &mut card.ports,
                    _ => &mut card.arp,
                };
                known.push(fact);
            }
        }
        Ok(())
    }

    async fn whereabouts_of(&self, mac: Mac, card: Card, at: Option<Timestamp>) -> AppResult<Whereabouts> {
        let Card { own, ports, arp } = card;
        let devices = arp.iter().chain(&ports).chain(&own).map(|f| f.device).collect();
        let (names, ports) = try_join!(self.names(devices), self.ports_of(ports, at))?;
        let own = own_port(own, &names);
        let seen = seen(ports, &names);
        let mut addresses: Vec<IpAddr> = arp.iter().filter_map(|f| value(&ARP, f, "ip").and_then(as_ip)).collect();
        addresses.sort_unstable();
        addresses.dedup();
        let mut steps: Vec<Step> = arp.into_iter().map(|fact| arp_step(&names, fact)).collect();
        let (port, verdict) = match own {
            Some((port, step)) => {
                steps.insert(0, step);
                (Some(port), "the device's own interface".to_owned())
            }
            None => judge(&seen),
        };
        steps.extend(seen.into_iter().map(Seen::into_step));
        Ok(Whereabouts { mac, vendor: vendors::of(mac.0), addresses, port, steps, verdict })
    }

    /// Each with what it leads to, and the addresses there as [`Seen::crowd`] has them.
    async fn ports_of(&self, facts: Vec<StoredFact>, at: Option<Timestamp>) -> AppResult<Vec<OnPort>> {
        let ports = facts.into_iter().filter_map(|fact| match value(&MAC, &fact, "interface").cloned() {
            Some(Value::Interface { name, .. }) => Some((fact, name)),
            _ => None,
        });
        let ports: Vec<(StoredFact, String)> = ports.collect();
        let leads = self.leads_to(&ports, at).await?;
        // Of an uplink nobody asks for the addresses; on a core there are thousands of them.
        let edges = ports.iter().zip(&leads).filter(|(_, leads_to)| leads_to.is_none());
        let edges: Vec<(DeviceId, String)> = edges.map(|((fact, port), _)| (fact.device, port.clone())).collect();
        let mut crowds = match edges.is_empty() {
            true => Vec::new(),
            false => self.store.count_on_ports(&MAC, &edges, at, MANY).await?,
        }
        .into_iter();
        let on_port = |((fact, interface), leads_to): ((StoredFact, String), Option<String>)| {
            let crowd = if leads_to.is_none() { crowds.next().unwrap_or_default() } else { 0 };
            (fact, interface, leads_to, crowd as usize)
        };
        Ok(ports.into_iter().zip(leads).map(on_port).collect())
    }

    /// For each port the device of ours that is heard there, or on a member when it is a port channel.
    async fn leads_to(&self, ports: &[(StoredFact, String)], at: Option<Timestamp>) -> AppResult<Vec<Option<String>>> {
        if ports.is_empty() {
            return Ok(Vec::new());
        }
        let asked: Vec<(DeviceId, String)> = ports.iter().map(|(fact, port)| (fact.device, port.clone())).collect();
        let (heard, channels) = self.store.heard_on(&asked, at).await?;
        let physical = |name: &str| interface::physical(name).to_owned();
        let bundles: HashSet<(DeviceId, String, String)> =
            channels.iter().map(|c| (c.device, physical(&c.name), physical(&c.member))).collect();
        let claims: Vec<Vec<String>> = asked
            .iter()
            .map(|(device, port)| {
                let port = interface::physical(port);
                let is_on_port = |heard: &&Heard| {
                    let local = interface::physical(&heard.local_interface);
                    heard.device == *device
                        && (local == port || bundles.contains(&(*device, port.to_owned(), local.to_owned())))
                };
                heard.iter().filter(is_on_port).flat_map(references).collect()
            })
            .collect();
        let mut all: Vec<String> = claims.iter().flatten().cloned().collect();
        all.sort_unstable();
        all.dedup();
        let called = if all.is_empty() { BTreeMap::new() } else { self.store.devices_called(&all).await? };
        let known = |claims: Vec<String>| claims.iter().find_map(|c| called.get(c)).map(|(_, slug)| slug.clone());
        Ok(claims.into_iter().map(known).collect())
    }
}

/// The likeliest port first.
fn seen(ports: Vec<OnPort>, names: &HashMap<DeviceId, String>) -> Vec<Seen> {
    let seen = ports.into_iter().map(|(fact, interface, leads_to, crowd)| {
        let device = names.get(&fact.device).cloned().unwrap_or_default();
        Seen { device, vlan: vlan(&fact), interface, leads_to, crowd, fact }
    });
    let mut seen: Vec<Seen> = seen.collect();
    seen.sort_by_key(|s| (s.leads_to.is_some(), s.crowd, s.device.clone()));
    seen
}

/// The interface of a device of ours that has this MAC address itself.
fn own_port(own: Vec<StoredFact>, names: &HashMap<DeviceId, String>) -> Option<(Port, Step)> {
    let fact = own.into_iter().next()?;
    let device = names.get(&fact.device).cloned().unwrap_or_default();
    let interface = value(&INTERFACES, &fact, "name").map(Value::plain).unwrap_or_default();
    let what = format!("interfaces: {interface} has this MAC address");
    let step = Step { device: device.clone(), what, last_seen: fact.last_seen, evidence: fact.evidence };
    Some((Port { device, interface, vlan: None }, step))
}

/// Of what a neighbour announces, what a device of ours may be called by: its name, that without the domain, its address.
fn references(heard: &Heard) -> impl Iterator<Item = String> {
    let name = heard.name.as_ref().map(|name| name.to_lowercase());
    let short = name.as_deref().and_then(|n| n.split('.').next()).map(str::to_owned);
    name.into_iter().chain(short).chain(heard.address.clone())
}

/// The number of the VLAN, or its name where a system has only that.
fn vlan(fact: &StoredFact) -> Option<String> {
    let text = |column| value(&MAC, fact, column).map(Value::plain).filter(|v| !v.is_empty());
    text("vlan").or_else(|| text("vlan_name"))
}

fn filter(at: Option<Timestamp>, columns: Vec<Predicate>) -> FactFilter {
    FactFilter { at, columns, ..FactFilter::default() }
}

/// The port, and how sure that is.
fn judge(seen: &[Seen]) -> (Option<Port>, String) {
    let Some(best) = seen.first() else {
        return (None, "no MAC address table has it; collect `mac` from the switches".to_owned());
    };
    if let Some(leads_to) = &best.leads_to {
        let what = format!("only seen towards {leads_to}; its MAC address table is missing or no longer has it");
        return (None, what);
    }
    let rivals = seen[1..].iter().filter(|s| s.leads_to.is_none() && s.crowd == best.crowd).count();
    let verdict = match (rivals, best.crowd) {
        (0, 1) => "alone on its port".to_owned(),
        (0, n) => {
            format!("one of {n} addresses on this port: a hypervisor, a phone, or a switch that is not collected")
        }
        (n, _) => format!("{} ports are as likely; it may have moved", n + 1),
    };
    let Seen { device, interface, vlan, .. } = best;
    (Some(Port { device: device.clone(), interface: interface.clone(), vlan: vlan.clone() }), verdict)
}

impl Seen {
    fn into_step(self) -> Step {
        let role = match (&self.leads_to, self.crowd) {
            (Some(device), _) => format!("uplink towards {device}"),
            (None, 1) => "edge port with one address".to_owned(),
            (None, n) => format!("edge port with {n} addresses"),
        };
        let vlan = self.vlan.map(|v| format!(" in VLAN {v}")).unwrap_or_default();
        Step {
            device: self.device,
            what: format!("MAC table: on {}{vlan}, {role}", self.interface),
            last_seen: self.fact.last_seen,
            evidence: self.fact.evidence,
        }
    }
}

fn arp_step(names: &HashMap<DeviceId, String>, fact: StoredFact) -> Step {
    let text = |column| value(&ARP, &fact, column).map(Value::plain).unwrap_or_default();
    Step {
        device: names.get(&fact.device).cloned().unwrap_or_default(),
        what: format!("ARP: {} is {} on {}", text("ip"), text("mac"), text("interface")),
        last_seen: fact.last_seen,
        evidence: fact.evidence,
    }
}

fn value<'f>(kind: &FactKind, fact: &'f StoredFact, column: &str) -> Option<&'f Value> {
    kind.position(column).and_then(|n| fact.values.get(n))
}

fn as_mac(value: &Value) -> Option<Mac> {
    match value {
        Value::Mac(mac) => Some(*mac),
        _ => None,
    }
}

fn as_ip(value: &Value) -> Option<IpAddr> {
    match value {
        Value::Ip(ip) => Some(*ip),
        _ => None,
    }
}
