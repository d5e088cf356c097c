//! Where a host is plugged in: ARP gives the MAC, the MAC address tables give ports, and of those the one that leads to
//! no other device of ours is the edge.
//!
//! Every switch on the way knows the MAC, on the port that leads towards the host. Such a port is an uplink when a device
//! of the inventory is heard on it, or on a member of it when it is a port channel. Of the ports that remain, the one with the fewest addresses is the host's.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use model::address::ip_key;
use model::fact::{ARP, INTERFACES, MAC, NEIGHBORS, PORT_CHANNELS};
use model::{Device, DeviceId, Evidence, Mac, NeighborClaim, Timestamp, Value, interface};
use serde::Serialize;
use store::{FactFilter, Predicate, StoredFact};

use super::Reading;
use crate::{App, AppResult};

/// Where one network card is.
#[derive(Debug, Clone, Serialize)]
pub struct Whereabouts {
    pub mac: Mac,
    pub addresses: Vec<IpAddr>,
    /// The port that it is plugged into, when it is known.
    pub port: Option<Port>,
    /// How the answer was found; each step has its proof.
    pub steps: Vec<Step>,
    /// How sure it is, in words.
    pub verdict: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Port {
    pub device: String,
    pub interface: String,
    pub vlan: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Step {
    pub device: String,
    pub what: String,
    pub last_seen: Timestamp,
    pub evidence: Evidence,
}

/// Cards that one question is answered for.
const CARDS: usize = 8;

/// The port channel of each member.
type Bundles = HashMap<String, String>;

/// A port on which the MAC was seen.
struct Seen {
    fact: StoredFact,
    device: String,
    interface: String,
    vlan: Option<String>,
    /// The device of ours that is heard there.
    leads_to: Option<String>,
    /// Addresses that are seen there.
    crowd: usize,
}

impl App {
    pub(super) async fn whereabouts(&self, readings: &[Reading], at: Option<Timestamp>) -> AppResult<Vec<Whereabouts>> {
        let mut predicates = Vec::new();
        for reading in readings {
            match reading {
                Reading::Address(ip) => predicates.push(Predicate::KeyPrefix("ip", ip_key(*ip))),
                Reading::Mac(mac) if mac.is_whole() => predicates.push(Predicate::Mac("mac", mac.clone())),
                _ => {}
            }
        }
        let mut cards: BTreeMap<Mac, Vec<StoredFact>> = BTreeMap::new();
        for predicate in predicates {
            if let Predicate::Mac(_, mac) = &predicate
                && let Ok(mac) = mac.digits().parse()
            {
                cards.entry(mac).or_default();
            }
            for fact in self.store.facts(&ARP, &filter(at, vec![predicate])).await? {
                if let Some(mac) = value(&ARP, &fact, "mac").and_then(as_mac) {
                    cards.entry(mac).or_default().push(fact);
                }
            }
        }
        let mut found = Vec::new();
        for (mac, arp) in cards.into_iter().take(CARDS) {
            found.extend(self.card(mac, arp, at).await?);
        }
        Ok(found)
    }

    /// `None` when nobody has seen it.
    async fn card(&self, mac: Mac, arp: Vec<StoredFact>, at: Option<Timestamp>) -> AppResult<Option<Whereabouts>> {
        let own = self.own_port(mac, at).await?;
        let seen = self.ports_of(mac, at).await?;
        if seen.is_empty() && arp.is_empty() && own.is_none() {
            return Ok(None);
        }
        let names = self.slugs(arp.iter().map(|f| f.device)).await?;
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
        Ok(Some(Whereabouts { mac, addresses, port, steps, verdict }))
    }

    /// The interface of a device of ours that has this MAC address itself.
    async fn own_port(&self, mac: Mac, at: Option<Timestamp>) -> AppResult<Option<(Port, Step)>> {
        let Ok(pattern) = mac.key().parse() else { return Ok(None) };
        let facts = self.store.facts(&INTERFACES, &filter(at, vec![Predicate::Mac("mac", pattern)])).await?;
        let Some(fact) = facts.into_iter().next() else { return Ok(None) };
        let device = self.slugs([fact.device]).await?.remove(&fact.device).unwrap_or_default();
        let interface = value(&INTERFACES, &fact, "name").map(Value::plain).unwrap_or_default();
        let what = format!("interfaces: {interface} has this MAC address");
        let step = Step { device: device.clone(), what, last_seen: fact.last_seen, evidence: fact.evidence };
        Ok(Some((Port { device, interface, vlan: None }, step)))
    }

    /// The likeliest port first.
    async fn ports_of(&self, mac: Mac, at: Option<Timestamp>) -> AppResult<Vec<Seen>> {
        let Ok(pattern) = mac.key().parse() else { return Ok(Vec::new()) };
        let facts = self.store.facts(&MAC, &filter(at, vec![Predicate::Mac("mac", pattern)])).await?;
        let names = self.slugs(facts.iter().map(|f| f.device)).await?;
        let mut heard: HashMap<DeviceId, (Vec<(NeighborClaim, Option<Device>)>, Bundles)> = HashMap::new();
        let mut seen = Vec::new();
        for fact in facts {
            let Some(Value::Interface { name, .. }) = value(&MAC, &fact, "interface").cloned() else { continue };
            if let std::collections::hash_map::Entry::Vacant(place) = heard.entry(fact.device) {
                place.insert((self.heard_by(fact.device, at).await?, self.bundles_of(fact.device, at).await?));
            }
            let (claims, bundles) = &heard[&fact.device];
            let on_port = |claim: &&(NeighborClaim, Option<Device>)| {
                let (local, port) = (interface::physical(&claim.0.local_interface), interface::physical(&name));
                local == port || bundles.get(local).is_some_and(|bundle| bundle == port)
            };
            let leads_to = claims.iter().filter(on_port).find_map(|(_, device)| device.as_ref());
            let leads_to = leads_to.map(|d| d.slug.clone());
            let crowd = self.crowd(fact.device, &name, at).await?;
            let vlan = value(&MAC, &fact, "vlan").filter(|v| **v != Value::Null).map(Value::plain);
            let device = names.get(&fact.device).cloned().unwrap_or_default();
            seen.push(Seen { device, interface: name, vlan, leads_to, crowd, fact });
        }
        seen.sort_by_key(|s| (s.leads_to.is_some(), s.crowd, s.device.clone()));
        Ok(seen)
    }

    /// What a device hears on its ports, and which device of ours that is.
    async fn heard_by(
        &self,
        device: DeviceId,
        at: Option<Timestamp>,
    ) -> AppResult<Vec<(NeighborClaim, Option<Device>)>> {
        let filter = FactFilter { device: Some(device), at, ..FactFilter::default() };
        let mut heard = Vec::new();
        for fact in self.store.facts(&NEIGHBORS, &filter).await? {
            let claim = NeighborClaim::from_values(&fact.values);
            let known = self.claimed(&claim).await?;
            heard.push((claim, known));
        }
        Ok(heard)
    }

    async fn bundles_of(&self, device: DeviceId, at: Option<Timestamp>) -> AppResult<Bundles> {
        let filter = FactFilter { device: Some(device), at, ..FactFilter::default() };
        let name = |fact: &StoredFact, column| value(&PORT_CHANNELS, fact, column).map(Value::plain);
        let facts = self.store.facts(&PORT_CHANNELS, &filter).await?;
        Ok(facts.iter().filter_map(|f| Some((name(f, "member")?, name(f, "name")?))).collect())
    }

    async fn claimed(&self, claim: &NeighborClaim) -> AppResult<Option<Device>> {
        let short = claim.remote_name.as_deref().and_then(|n| n.split('.').next()).map(str::to_owned);
        let address = claim.remote_address.map(|a| a.to_string());
        for reference in claim.remote_name.iter().chain(&short).chain(&address) {
            match self.store.device(reference).await {
                Ok(device) => return Ok(Some(device)),
                Err(store::StoreError::NotFound { .. } | store::StoreError::Ambiguous { .. }) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Ok(None)
    }

    async fn crowd(&self, device: DeviceId, port: &str, at: Option<Timestamp>) -> AppResult<usize> {
        let port = Value::Interface { name: port.to_owned(), seen: port.to_owned() };
        let filter = FactFilter { device: Some(device), ..filter(at, vec![Predicate::Is("interface", port)]) };
        Ok(self.store.facts(&MAC, &filter).await?.len())
    }
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

fn value<'f>(kind: &model::FactKind, fact: &'f StoredFact, column: &str) -> Option<&'f Value> {
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
