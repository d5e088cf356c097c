//! From claims to the graph, step by step: who is meant, which port, which two sides belong together.

use std::collections::HashMap;

use model::NeighborClaim;
use model::interface::natural_key;

use crate::half::{Half, Heard, halves};
use crate::pair::{Cable, cables};
use crate::port::{Ports, canonical};
use crate::resolve::{Index, Meant};
use crate::strangers::{Stranger, unknown};
use crate::{By, Conflict, End, Evidence, Graph, Link, Node};

/// The graph that the claims argue for. A claim is `(key of the node that makes it, claim)`; one of a key that no node
/// has is left out.
pub fn build(mut nodes: Vec<Node>, claims: Vec<(i64, NeighborClaim)>) -> Graph {
    nodes.sort_by_cached_key(|n| (natural_key(&n.name.to_lowercase()), n.key));
    let mut reader = Reader::new(&nodes);
    reader.index.learn(claims.iter().map(|(_, claim)| claim));
    claims.into_iter().for_each(|(key, claim)| reader.read(key, claim));
    let Reader { heard, strangers, mut conflicts, .. } = reader;
    let (cables, lonely) = cables(halves(heard));
    conflicts.extend(lonely.iter().map(|half| hears_itself(&nodes, half)));
    conflicts.extend(contradictions(&nodes, &cables));
    let mut links: Vec<Link> = cables.into_iter().map(|cable| link(&nodes, cable)).collect();
    let by_key: HashMap<i64, &Node> = nodes.iter().map(|n| (n.key, n)).collect();
    let position: HashMap<i64, usize> = nodes.iter().zip(0..).map(|(n, at)| (n.key, at)).collect();
    let at = |end: &End| (position[&end.node], end.port.as_deref().map(natural_key));
    links.sort_by_cached_key(|l| (at(&l.a), at(&l.b)));
    conflicts.sort_by_cached_key(|c| (position[&c.node], natural_key(&c.port), c.reason.clone()));
    conflicts.dedup();
    let unknown = unknown(strangers, &by_key);
    Graph { nodes, links, unknown, conflicts }
}

/// Takes claims one by one.
struct Reader<'n> {
    index: Index<'n>,
    ports: Vec<Ports<'n>>,
    position: HashMap<i64, usize>,
    heard: Vec<Heard>,
    strangers: Vec<Stranger>,
    conflicts: Vec<Conflict>,
}

impl<'n> Reader<'n> {
    fn new(nodes: &'n [Node]) -> Self {
        Reader {
            index: Index::new(nodes),
            ports: nodes.iter().map(Ports::new).collect(),
            position: nodes.iter().zip(0..).map(|(n, at)| (n.key, at)).collect(),
            heard: Vec::new(),
            strangers: Vec::new(),
            conflicts: Vec::new(),
        }
    }

    fn read(&mut self, key: i64, mut claim: NeighborClaim) {
        let Some(&from) = self.position.get(&key) else { return };
        claim.protocol = protocol(&claim.protocol);
        let port = canonical(&claim.local_interface);
        match self.index.meant(&claim) {
            Meant::Node { at, by, but } => {
                self.conflicts.extend(but.map(|reason| Conflict { node: key, port: port.clone(), reason }));
                let far = self.ports[at].far(&claim);
                self.heard.push(Heard { from, port, to: at, far, evidence: Evidence { node: key, claim, by } });
            }
            Meant::Nobody(reason) => {
                let far = claim.remote_interface.as_deref().map(canonical).filter(|t| !t.is_empty());
                if reason.starts_with("ambiguous") {
                    self.conflicts.push(Conflict { node: key, port: port.clone(), reason: reason.clone() });
                }
                let evidence = Evidence { node: key, claim, by: By::Name };
                self.strangers.push(Stranger { port, far, reason, evidence });
            }
        }
    }
}

/// `CDPv2` is `cdp`.
fn protocol(printed: &str) -> String {
    let lower = printed.trim().to_lowercase();
    ["lldp", "cdp"].iter().find(|p| lower.starts_with(*p)).map_or(lower.clone(), |p| (*p).to_owned())
}

fn hears_itself(nodes: &[Node], half: &Half) -> Conflict {
    let far = half.best().map(|p| format!(" from {p}")).unwrap_or_default();
    let reason = format!("hears itself{far}, and not there the other way: no link");
    Conflict { node: nodes[half.from].key, port: half.port.clone(), reason }
}

/// A port is named by one side, while the device at that port hears another.
fn contradictions(nodes: &[Node], cables: &[Cable]) -> Vec<Conflict> {
    let mut hears: HashMap<(usize, &str), Vec<&Half>> = HashMap::new();
    let halves = cables.iter().flat_map(|c| [Some(&c.one), c.other.as_ref()]).flatten();
    halves.for_each(|h| hears.entry((h.from, &h.port)).or_default().push(h));
    let lonely = cables.iter().filter(|c| c.other.is_none()).map(|c| &c.one).filter(|h| h.sure);
    let against = |h: &Half| {
        let far = h.best()?;
        let other = hears.get(&(h.to, far.as_str()))?.first()?;
        let (to, heard) = (&nodes[h.to].name, &nodes[other.to].name);
        let port = other.best().map(|p| format!(" {p}")).unwrap_or_default();
        let reason = format!("hears {to} {far}, but that port hears {heard}{port}");
        Some(Conflict { node: nodes[h.from].key, port: h.port.clone(), reason })
    };
    lonely.filter_map(against).collect()
}

fn link(nodes: &[Node], cable: Cable) -> Link {
    let score = score(&cable);
    let Cable { one, other } = cable;
    let confirmed = other.is_some();
    let mut claims = one.claims.clone();
    let far_port = other.as_ref().map(|o| o.port.clone()).or_else(|| one.best().cloned());
    let near = (one.from, End { node: nodes[one.from].key, port: Some(one.port) });
    let far = (one.to, End { node: nodes[one.to].key, port: far_port });
    let order = |(at, end): &(usize, End)| (*at, end.port.as_deref().map(natural_key));
    let theirs = other.map(|o| o.claims).unwrap_or_default();
    let (a, b) = if order(&near) <= order(&far) {
        claims.extend(theirs);
        (near.1, far.1)
    } else {
        claims.splice(0..0, theirs);
        (far.1, near.1)
    };
    let mut protocols: Vec<String> = claims.iter().map(|e| e.claim.protocol.clone()).collect();
    protocols.sort();
    protocols.dedup();
    Link { a, b, protocols, claims, score, confirmed, members: Vec::new() }
}

/// Both sides count most, then the mark of the neighbour, then the far port, then a second protocol.
fn score(cable: &Cable) -> f64 {
    let sides = [Some(&cable.one), cable.other.as_ref()];
    let sides: Vec<&Half> = sides.into_iter().flatten().collect();
    let both = if sides.len() == 2 { 70 } else { 40 };
    let known = if sides.iter().all(|h| h.by() < By::Name) { 15 } else { 5 };
    let ports = match (sides.iter().any(|h| h.sure), sides.iter().any(|h| !h.far.is_empty())) {
        (true, _) => 10,
        (_, true) => 5,
        _ => 0,
    };
    let twice = |h: &&Half| h.claims.iter().any(|e| e.claim.protocol != h.claims[0].claim.protocol);
    let protocols = if sides.iter().any(twice) { 5 } else { 0 };
    f64::from(both + known + ports + protocols) / 100.0
}

#[cfg(test)]
mod tests;
