//! Neighbours that are no nodes, each once, however many devices hear it.

use std::collections::{BTreeMap, HashMap};

use model::interface::natural_key;
use model::{Mac, NeighborClaim};

use crate::name::Name;
use crate::resolve::chassis_key;
use crate::{Evidence, Node, Sighting, Unknown};

/// A claim about nobody of ours, and why.
pub(crate) struct Stranger {
    pub port: String,
    pub far: Option<String>,
    pub reason: String,
    /// [`Evidence::by`] means nothing here.
    pub evidence: Evidence,
}

/// Those with one chassis id are one; a claim without one, such as CDP's, joins by its address, its name, or the port.
pub(crate) fn unknown(mut strangers: Vec<Stranger>, nodes: &HashMap<i64, &Node>) -> Vec<Unknown> {
    strangers.sort_by_cached_key(|s| (chassis(s).is_none(), place(s, nodes), format!("{:?}", s.evidence.claim)));
    let mut groups: Vec<Vec<Stranger>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for stranger in strangers {
        let marks = marks(&stranger);
        let found = marks.iter().find_map(|m| known.get(m).copied()).filter(|at| !differs(&groups[*at], &stranger));
        let at = found.unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        marks.into_iter().for_each(|m| {
            known.entry(m).or_insert(at);
        });
        groups[at].push(stranger);
    }
    let mut unknown: Vec<Unknown> = groups.into_iter().map(|group| one(group, nodes)).collect();
    unknown.sort_by_cached_key(|u| (natural_key(&u.name), u.chassis_id.clone(), u.address));
    unknown
}

fn chassis(s: &Stranger) -> Option<String> {
    let id = s.evidence.claim.remote_chassis_id.as_deref()?;
    id.parse::<Mac>().is_ok().then(|| chassis_key(id))
}

fn differs(group: &[Stranger], s: &Stranger) -> bool {
    let theirs = group.iter().find_map(chassis);
    chassis(s).is_some_and(|own| theirs.is_some_and(|id| id != own))
}

/// What tells it from others, the surest first.
fn marks(s: &Stranger) -> Vec<String> {
    let claim = &s.evidence.claim;
    let chassis = chassis(s).map(|id| format!("chassis {id}"));
    let address = claim.remote_address.map(|a| format!("address {a}"));
    let name = claim.remote_name.as_deref().and_then(Name::read).map(|n| format!("name {}", n.text));
    let nameless = chassis.is_none() && address.is_none() && name.is_none();
    let port = nameless.then(|| format!("port {} {}", s.evidence.node, s.port));
    [chassis, address, name, port].into_iter().flatten().collect()
}

fn one(group: Vec<Stranger>, nodes: &HashMap<i64, &Node>) -> Unknown {
    let of = |get: &dyn Fn(&NeighborClaim) -> Option<String>| group.iter().find_map(|s| get(&s.evidence.claim));
    let name = of(&|c| c.remote_name.clone().filter(|n| !n.trim().is_empty()));
    Unknown {
        name: name.unwrap_or_else(|| Unknown::name_of(&group[0].evidence.claim)),
        chassis_id: of(&|c| c.remote_chassis_id.clone()),
        address: group.iter().find_map(|s| s.evidence.claim.remote_address),
        platform: of(&|c| c.remote_platform.clone()),
        capabilities: of(&|c| c.remote_capabilities.clone()),
        reason: group[0].reason.clone(),
        seen_from: sightings(group, nodes),
    }
}

fn sightings(mut group: Vec<Stranger>, nodes: &HashMap<i64, &Node>) -> Vec<Sighting> {
    group.sort_by_cached_key(|s| place(s, nodes));
    let mut seen: BTreeMap<usize, Sighting> = BTreeMap::new();
    let mut order: HashMap<(i64, String), usize> = HashMap::new();
    for s in group {
        let next = order.len();
        let at = *order.entry((s.evidence.node, s.port.clone())).or_insert(next);
        let new = Sighting { node: s.evidence.node, port: s.port, remote_port: None, protocols: vec![] };
        let sighting = seen.entry(at).or_insert(new);
        sighting.remote_port = sighting.remote_port.take().or(s.far);
        sighting.protocols.push(s.evidence.claim.protocol);
        sighting.protocols.sort();
        sighting.protocols.dedup();
    }
    seen.into_values().collect()
}

type Place = (Vec<(String, u64)>, i64, Vec<(String, u64)>, bool);

/// Where it is heard, in natural order; LLDP first.
fn place(s: &Stranger, nodes: &HashMap<i64, &Node>) -> Place {
    let name = nodes.get(&s.evidence.node).map(|n| n.name.as_str()).unwrap_or_default();
    (natural_key(name), s.evidence.node, natural_key(&s.port), s.evidence.claim.protocol != "lldp")
}
