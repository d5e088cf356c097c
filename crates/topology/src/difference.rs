//! What is different between two maps.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::{End, Graph};

/// What came and what went, in natural order of the later map, then of the earlier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = MapDifference)]
pub struct Difference {
    pub devices_added: Vec<String>,
    pub devices_removed: Vec<String>,
    pub links_added: Vec<Cable>,
    pub links_removed: Vec<Cable>,
    /// Neighbours that are no devices of ours.
    pub unknown_added: Vec<String>,
    pub unknown_removed: Vec<String>,
}

/// A link by the names of its ends. A port that nobody told is `None`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
pub struct Cable {
    pub a_device: String,
    pub a_port: Option<String>,
    pub b_device: String,
    pub b_port: Option<String>,
}

impl Difference {
    /// From `old` to `new`. A device is the same by its key, whatever it is called now.
    pub fn between(old: &Graph, new: &Graph) -> Difference {
        let (before, after) = (old.labels(), new.labels());
        let missing = |from: &Graph, known: &HashMap<i64, String>, names: &HashMap<i64, String>| {
            let gone = from.nodes.iter().filter(|n| !known.contains_key(&n.key));
            gone.map(|n| names[&n.key].clone()).collect()
        };
        // Under one name on both sides, the later one.
        let name = |key: i64| after.get(&key).or_else(|| before.get(&key)).cloned().unwrap_or_default();
        let cables =
            |graph: &Graph| -> Vec<Cable> { graph.links.iter().map(|link| cable(&name, (&link.a, &link.b))).collect() };
        let (was, is) = (cables(old), cables(new));
        let unknown = |graph: &Graph| -> Vec<String> { graph.unknown.iter().map(|u| u.name.clone()).collect() };
        let (strange, stranger) = (unknown(old), unknown(new));
        Difference {
            devices_added: missing(new, &before, &after),
            devices_removed: missing(old, &after, &before),
            links_added: without(&is, &was),
            links_removed: without(&was, &is),
            unknown_added: without(&stranger, &strange),
            unknown_removed: without(&strange, &stranger),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Difference::default()
    }
}

/// Whichever end came first in its map: the order may differ between two maps.
fn cable(name: &impl Fn(i64) -> String, (a, b): (&End, &End)) -> Cable {
    let end = |end: &End| (name(end.node), end.port.clone());
    let ((a_device, a_port), (b_device, b_port)) = if end(a) <= end(b) { (end(a), end(b)) } else { (end(b), end(a)) };
    Cable { a_device, a_port, b_device, b_port }
}

/// Those of `all` that are not in `known`, as often as they are more.
fn without<T: Ord + Clone>(all: &[T], known: &[T]) -> Vec<T> {
    let mut left: BTreeMap<&T, usize> = BTreeMap::new();
    known.iter().for_each(|item| *left.entry(item).or_default() += 1);
    let mut new = Vec::new();
    for item in all {
        match left.get_mut(item) {
            Some(n) if *n > 0 => *n -= 1,
            _ => new.push(item.clone()),
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use model::NeighborClaim;

    use super::*;
    use crate::{Node, build};

    fn graph(nodes: &[(i64, &str)], claims: &[(i64, &str, &str, &str)]) -> Graph {
        let node = |(key, name): &(i64, &str)| Node { key: *key, name: (*name).to_owned(), ..Node::default() };
        let claim = |(key, port, to, far): &(i64, &str, &str, &str)| {
            let (local_interface, remote_interface) = ((*port).to_owned(), Some((*far).to_owned()));
            let (protocol, remote_name) = ("lldp".to_owned(), Some((*to).to_owned()));
            (
                *key,
                NeighborClaim { protocol, local_interface, remote_name, remote_interface, ..NeighborClaim::default() },
            )
        };
        build(nodes.iter().map(node).collect(), claims.iter().map(claim).collect())
    }

    #[test]
    fn a_cable_that_was_moved_went_and_came() {
        let nodes = [(1, "core"), (2, "leaf")];
        let old = graph(&nodes, &[(1, "Et1", "leaf", "Et9"), (2, "Et9", "core", "Et1")]);
        let new = graph(&nodes, &[(1, "Et2", "leaf", "Et9"), (2, "Et9", "core", "Et2")]);
        let difference = Difference::between(&old, &new);
        let ports = |cables: &[Cable]| cables.iter().map(|c| (c.a_port.clone(), c.b_port.clone())).collect::<Vec<_>>();
        let port = |name: &str| Some(name.to_owned());
        assert_eq!(ports(&difference.links_removed), [(port("Ethernet1"), port("Ethernet9"))]);
        assert_eq!(ports(&difference.links_added), [(port("Ethernet2"), port("Ethernet9"))]);
        assert!(Difference::between(&new, &new).is_empty());
    }

    #[test]
    fn a_new_name_is_no_new_device() {
        let old = graph(&[(1, "core"), (2, "zleaf")], &[(1, "Et1", "zleaf", "Et9")]);
        let new = graph(&[(1, "core"), (2, "aleaf")], &[(1, "Et1", "aleaf", "Et9")]);
        assert!(Difference::between(&old, &new).is_empty(), "{:?}", Difference::between(&old, &new));
        let grown =
            graph(&[(1, "core"), (2, "aleaf"), (3, "new")], &[(1, "Et1", "aleaf", "Et9"), (1, "Et3", "phone", "1")]);
        let difference = Difference::between(&new, &grown);
        assert_eq!(
            (&difference.devices_added[..], &difference.unknown_added[..]),
            (&["new".to_owned()][..], &["phone".to_owned()][..])
        );
    }
}
