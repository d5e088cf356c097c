//! What comes out: devices, links, those that are not devices of ours, and what contradicts.

use std::collections::HashMap;
use std::net::IpAddr;

use model::NeighborClaim;

use crate::Node;

/// The map. Everything is in natural order: `Gi1/0/2` before `Gi1/0/10`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Graph {
    pub nodes: Vec<Node>,
    /// Between two nodes.
    pub links: Vec<Link>,
    pub unknown: Vec<Unknown>,
    pub conflicts: Vec<Conflict>,
}

/// A cable, as far as the claims go.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The end that comes first in natural order.
    pub a: End,
    pub b: End,
    /// `cdp`, `lldp`; sorted.
    pub protocols: Vec<String>,
    /// The claims that argue for it, those of `a` first.
    pub claims: Vec<Evidence>,
    /// How sure it is, 0 to 1: both sides count most, then how the neighbour was identified, then the ports.
    pub score: f64,
    /// Both ends claim it.
    pub confirmed: bool,
    /// The ports of `a` and `b` by which it is made, where it is a port channel, see [`Graph::folded`].
    pub members: Vec<(Option<String>, Option<String>)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// [`Node::key`].
    pub node: i64,
    /// Canonical name; `None` when no claim tells.
    pub port: Option<String>,
}

/// One row of a neighbour table, and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The device that says so.
    pub node: i64,
    pub claim: NeighborClaim,
    pub by: By,
}

/// The mark by which a neighbour was found, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    ChassisId,
    Serial,
    Address,
    Name,
}

/// A neighbour that is no node: a phone, a device that was not entered, or one of several that fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// As it calls itself; its chassis id or address when it has no name.
    pub name: String,
    pub chassis_id: Option<String>,
    pub address: Option<IpAddr>,
    pub platform: Option<String>,
    pub capabilities: Option<String>,
    /// Why it is not a node, for a person.
    pub reason: String,
    pub seen_from: Vec<Sighting>,
}

/// Where an unknown neighbour is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    pub node: i64,
    pub port: String,
    /// Its own port, as it says.
    pub remote_port: Option<String>,
    pub protocols: Vec<String>,
}

/// What cannot all be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The device whose claim contradicts.
    pub node: i64,
    pub port: String,
    /// A sentence for a person.
    pub reason: String,
}

impl Graph {
    /// A label for each node by key: its name, with address or key behind it where two share a name.
    pub fn labels(&self) -> HashMap<i64, String> {
        let mut uses: HashMap<String, usize> = HashMap::new();
        self.nodes.iter().for_each(|n| *uses.entry(n.name.to_lowercase()).or_default() += 1);
        let label = |n: &Node| match (uses[&n.name.to_lowercase()], n.address) {
            (1, _) => n.name.clone(),
            (_, Some(address)) => format!("{} [{address}]", n.name),
            (_, None) => format!("{} [{}]", n.name, n.key),
        };
        self.nodes.iter().map(|n| (n.key, label(n))).collect()
    }
}

impl Unknown {
    /// What to call it when it has no name.
    pub(crate) fn name_of(claim: &NeighborClaim) -> String {
        let address = claim.remote_address.map(|a| a.to_string());
        let marks = [claim.remote_name.clone(), claim.remote_chassis_id.clone(), address];
        let mut marks = marks.into_iter().flatten().filter(|m| !m.trim().is_empty());
        marks.next().unwrap_or_else(|| "unnamed".to_owned())
    }
}
