//! One side of a link: what a device says about the neighbour on one of its ports, by all protocols together.

use std::collections::BTreeMap;

use crate::port::Far;
use crate::{By, Evidence};

/// `from` hears `to` on `port`. Nodes are positions in the list of nodes.
#[derive(Debug, Clone)]
pub(crate) struct Half {
    pub from: usize,
    pub port: String,
    pub to: usize,
    /// The far port is known to exist; then `far` has one name.
    pub sure: bool,
    /// Names that the far port may have, the most trusted first. Empty when no claim tells.
    pub far: Vec<String>,
    pub claims: Vec<Evidence>,
}

/// A claim whose neighbour is known.
pub(crate) struct Heard {
    pub from: usize,
    pub port: String,
    pub to: usize,
    pub far: Far,
    pub evidence: Evidence,
}

impl Half {
    /// The far port that is meant, as far as this side alone can tell.
    pub fn best(&self) -> Option<&String> {
        self.far.first()
    }

    pub fn says(&self, port: &str) -> bool {
        self.far.iter().any(|p| p == port)
    }

    /// The strongest mark by which the neighbour was found.
    pub fn by(&self) -> By {
        self.claims.iter().map(|e| e.by).min().unwrap_or(By::Name)
    }
}

/// One half for each port, neighbour and far port. Claims of other protocols that do not tell a port that the far
/// device has join the one that does.
pub(crate) fn halves(heard: Vec<Heard>) -> Vec<Half> {
    let mut groups: BTreeMap<(usize, String, usize), Vec<Heard>> = BTreeMap::new();
    for h in heard {
        groups.entry((h.from, h.port.clone(), h.to)).or_default().push(h);
    }
    groups.into_values().flat_map(split).collect()
}

fn split(group: Vec<Heard>) -> Vec<Half> {
    let mut by_port: BTreeMap<String, Vec<Heard>> = BTreeMap::new();
    let mut others = Vec::new();
    for h in group {
        match &h.far {
            Far::Sure(port) => by_port.entry(port.clone()).or_default().push(h),
            _ => others.push(h),
        }
    }
    let mut halves: Vec<Half> = by_port.into_values().map(|heard| half(heard, true)).collect();
    match halves.first_mut() {
        Some(first) => first.claims.extend(others.into_iter().map(|h| h.evidence)),
        None => halves.push(half(others, false)),
    }
    halves.iter_mut().for_each(|h| h.claims.sort_by(|a, b| rank(a).cmp(&rank(b))));
    halves
}

fn half(mut heard: Vec<Heard>, sure: bool) -> Half {
    heard.sort_by(|a, b| rank(&a.evidence).cmp(&rank(&b.evidence)));
    let mut far: Vec<String> = Vec::new();
    for h in &heard {
        if let Far::Sure(port) | Far::Likely(port) = &h.far
            && !far.contains(port)
        {
            far.push(port.clone());
        }
    }
    let (from, port, to) = heard.first().map(|h| (h.from, h.port.clone(), h.to)).unwrap_or_default();
    Half { from, port, to, sure, far, claims: heard.into_iter().map(|h| h.evidence).collect() }
}

/// LLDP before CDP: what lldpd sends by CDP as a port id is its description. Then by content, so that order is fixed.
fn rank(e: &Evidence) -> impl Ord + '_ {
    let c = &e.claim;
    let port = (&c.remote_interface, &c.remote_interface_description);
    (c.protocol != "lldp", &c.protocol, &c.remote_name, port, &c.remote_chassis_id, c.remote_address)
}
