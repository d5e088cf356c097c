//! The crawl as a machine without IO: candidates in the order in which they are to be visited, a verdict for each.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::net::{IpAddr, SocketAddr};

use model::{DeviceIdentity, FailureClass, NeighborClaim, Platforms};

use crate::Rules;
use crate::kind::Kinds;

/// A device that may be there: a seed, or a neighbour that somebody claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub key: i64,
    /// `None` when it advertises no address.
    pub addr: Option<SocketAddr>,
    /// As the neighbour calls it; not known of a seed.
    pub name: Option<String>,
    /// Hops from the seeds.
    pub depth: u32,
    /// The candidate that claims it.
    pub parent: Option<i64>,
}

/// Why a candidate is not visited, or not counted as a device of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub candidate: Candidate,
    pub class: FailureClass,
    pub reason: String,
}

/// What a visit found, as far as the crawl needs it.
#[derive(Debug, Clone)]
pub struct Found {
    pub identity: DeviceIdentity,
    pub claims: Vec<NeighborClaim>,
}

/// Breadth first, each address once, each device once.
#[derive(Debug)]
pub struct Crawl {
    rules: Rules,
    kinds: Kinds,
    next_key: i64,
    queue: VecDeque<Candidate>,
    addresses: BTreeSet<IpAddr>,
    /// Neighbours that are too far, by address, and that cannot be dialled, by name: told once, at the end, unless they were found otherwise.
    unplaced: BTreeMap<String, Verdict>,
    devices: Devices,
}

impl Crawl {
    /// `next_key` is the first key to give out; a resumed crawl goes on behind those that it has used.
    pub fn new(rules: Rules, next_key: i64) -> Self {
        Self {
            rules,
            kinds: Kinds::of(Platforms::builtin()),
            next_key,
            queue: VecDeque::new(),
            addresses: BTreeSet::new(),
            unplaced: BTreeMap::new(),
            devices: Devices::default(),
        }
    }

    /// Adds a seed; an address that is known already adds nothing.
    pub fn seed(&mut self, addr: SocketAddr) -> Option<Candidate> {
        let candidate = Candidate { key: 0, addr: Some(addr), name: None, depth: 0, parent: None };
        self.addresses.insert(addr.ip()).then(|| self.push(candidate))
    }

    /// Puts a candidate of an interrupted crawl back, to be visited.
    pub fn restore(&mut self, candidate: Candidate) {
        self.addresses.extend(candidate.addr.map(|a| a.ip()));
        self.queue.push_back(candidate);
    }

    /// An address that an interrupted crawl was done with.
    pub fn restore_known(&mut self, address: IpAddr) {
        self.addresses.insert(address);
    }

    /// A device that an interrupted crawl had found already.
    pub fn restore_found(&mut self, name: &str, identity: DeviceIdentity) {
        self.addresses.extend(identity.addresses.iter().copied());
        self.devices.add(name, identity);
    }

    /// The next one to visit; `None` when nothing waits (though visits under way may bring more).
    pub fn take_next(&mut self) -> Option<Candidate> {
        self.queue.pop_front()
    }

    /// Why a device is not entered now that its own name is known. A seed is what the operator asked for.
    pub fn refuses(&self, at: &Candidate, name: &str) -> Option<String> {
        if at.depth == 0 {
            return None;
        }
        self.rules.refusal(at.addr?.ip(), Some(name))
    }

    /// A visit succeeded. Gives the device that it is a duplicate of, or else what its neighbours came to:
    /// new candidates, and verdicts on those that will not be visited.
    pub fn found(&mut self, at: &Candidate, found: &Found) -> Result<(Vec<Candidate>, Vec<Verdict>), String> {
        let mut identity = found.identity.clone();
        identity.addresses.extend(at.addr.map(|a| a.ip()));
        if let Some(reason) = self.devices.duplicate(&identity) {
            return Err(reason);
        }
        self.addresses.extend(identity.addresses.iter().copied());
        self.devices.add(&identity.name.clone(), identity);
        let (mut fresh, mut verdicts) = (Vec::new(), Vec::new());
        for claim in &found.claims {
            match self.consider(at, claim, &found.claims) {
                Some(Ok(candidate)) => fresh.push(candidate),
                Some(Err(verdict)) => verdicts.push(verdict),
                None => {}
            }
        }
        Ok((fresh, verdicts))
    }

    /// Neighbours that nobody could place, now that all has been seen.
    pub fn finish(&mut self) -> Vec<Verdict> {
        let left = std::mem::take(&mut self.unplaced).into_values();
        let left: Vec<Verdict> =
            left.filter(|v| !v.candidate.name.as_deref().is_some_and(|n| self.devices.has_name(n))).collect();
        left.into_iter().map(|v| Verdict { candidate: self.keyed(v.candidate), ..v }).collect()
    }

    /// `None` when the neighbour is known already.
    fn consider(
        &mut self,
        at: &Candidate,
        claim: &NeighborClaim,
        all: &[NeighborClaim],
    ) -> Option<Result<Candidate, Verdict>> {
        // Devices of one network listen on one port.
        let port = at.addr.map_or(22, |a| a.port());
        let address = claim.remote_address.filter(is_dialable);
        let candidate = Candidate {
            key: 0,
            addr: address.map(|ip| SocketAddr::new(ip, port)),
            name: claim.remote_name.clone(),
            depth: at.depth + 1,
            parent: Some(at.key),
        };
        let Some(ip) = address else {
            self.set_aside(&candidate, claim);
            return None;
        };
        if self.addresses.contains(&ip) {
            return None;
        }
        let same = all.iter().filter(|c| c.remote_address == Some(ip));
        let refusal = self.refusal(&candidate, ip, same);
        if let Some((FailureClass::TooDeep, reason)) = refusal {
            // A slower device may still show a shorter way.
            let verdict = Verdict { candidate, class: FailureClass::TooDeep, reason };
            self.unplaced.entry(ip.to_string()).or_insert(verdict);
            return None;
        }
        self.unplaced.remove(&ip.to_string());
        self.addresses.insert(ip);
        Some(match refusal {
            None => Ok(self.push(candidate)),
            Some((class, reason)) => Err(self.verdict(candidate, class, reason)),
        })
    }

    /// `said` is all that one device says about this neighbour.
    fn refusal<'c>(
        &self,
        candidate: &Candidate,
        ip: IpAddr,
        said: impl Iterator<Item = &'c NeighborClaim>,
    ) -> Option<(FailureClass, String)> {
        if let Some(reason) = self.kinds.refusal(said) {
            return Some((FailureClass::NotNetworkDevice, reason));
        }
        if let Some(reason) = self.rules.refusal(ip, candidate.name.as_deref()) {
            return Some((FailureClass::ExcludedByRule, reason));
        }
        let limit = self.rules.depth.filter(|limit| candidate.depth > *limit)?;
        Some((FailureClass::TooDeep, format!("{} hops from the seeds, the limit is {limit}", candidate.depth)))
    }

    /// Without an address it cannot be visited; it may turn out to be a device that is reached another way.
    fn set_aside(&mut self, candidate: &Candidate, claim: &NeighborClaim) {
        let id = candidate.name.clone().or_else(|| claim.remote_chassis_id.clone());
        let Some(id) = id.filter(|id| !self.unplaced.contains_key(&short(id))) else { return };
        let candidate = Candidate { name: Some(id.clone()), ..candidate.clone() };
        let (class, reason) = match self.kinds.refusal([claim].into_iter()) {
            Some(reason) => (FailureClass::NotNetworkDevice, reason),
            None => (FailureClass::NoAddress, format!("advertises no management address ({})", claim.protocol)),
        };
        // Its key is given when it is told, so that keys are given in the order of telling.
        self.unplaced.insert(short(&id), Verdict { candidate, class, reason });
    }

    fn push(&mut self, candidate: Candidate) -> Candidate {
        let candidate = self.keyed(candidate);
        self.queue.push_back(candidate.clone());
        candidate
    }

    fn verdict(&mut self, candidate: Candidate, class: FailureClass, reason: String) -> Verdict {
        Verdict { candidate: self.keyed(candidate), class, reason }
    }

    fn keyed(&mut self, candidate: Candidate) -> Candidate {
        self.next_key += 1;
        Candidate { key: self.next_key - 1, ..candidate }
    }
}

/// The devices found so far, indexed by what tells them apart.
#[derive(Debug, Default)]
struct Devices {
    all: Vec<(String, DeviceIdentity)>,
    by_mark: HashMap<String, Vec<usize>>,
}

impl Devices {
    fn add(&mut self, name: &str, identity: DeviceIdentity) {
        for mark in marks(&identity) {
            self.by_mark.entry(mark).or_default().push(self.all.len());
        }
        self.all.push((name.to_owned(), identity));
    }

    fn duplicate(&self, identity: &DeviceIdentity) -> Option<String> {
        let known = marks(identity).into_iter().filter_map(|mark| self.by_mark.get(&mark)).flatten();
        known.map(|&n| &self.all[n]).find_map(|(name, other)| {
            let same = identity.same_as(other)?;
            Some(format!("duplicate of {}: {same}", model::text::shown(name)))
        })
    }

    fn has_name(&self, name: &str) -> bool {
        self.by_mark.contains_key(&format!("n{}", short(name)))
    }
}

fn marks(identity: &DeviceIdentity) -> Vec<String> {
    let serials = identity.serials.iter().map(|s| format!("s{s}"));
    let macs = identity.chassis_macs.iter().map(|m| format!("m{m}"));
    let addresses = identity.addresses.iter().map(|a| format!("a{a}"));
    let name = Some(format!("n{}", short(&identity.name))).filter(|_| !identity.name.is_empty());
    serials.chain(macs).chain(addresses).chain(name).collect()
}

/// `Core1.example.net`, `core1(FOX1234)` and `core1` are one name here.
fn short(name: &str) -> String {
    name.split(['.', '(']).next().unwrap_or(name).to_lowercase()
}

fn is_dialable(address: &IpAddr) -> bool {
    !address.is_unspecified() && !address.is_multicast()
}

#[cfg(test)]
mod tests;
