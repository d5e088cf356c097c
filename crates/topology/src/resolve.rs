//! The device that a claim means: by chassis id, serial number, address, name, in this order.

use std::collections::HashMap;
use std::net::IpAddr;

use model::{Mac, NeighborClaim};

use crate::name::Name;
use crate::{By, Node};

/// Which node a claim means, as a position in the list of nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meant {
    Node {
        at: usize,
        by: By,
        /// A weaker mark that says another device.
        but: Option<String>,
    },
    /// Nobody, or several; why.
    Nobody(String),
}

/// Nodes by everything that can name them.
pub(crate) struct Index<'n> {
    nodes: &'n [Node],
    names: Vec<Vec<Name>>,
    chassis: HashMap<String, Vec<usize>>,
    port_macs: HashMap<String, Vec<usize>>,
    serials: HashMap<String, Vec<usize>>,
    addresses: HashMap<IpAddr, Vec<usize>>,
    labels: HashMap<String, Vec<usize>>,
}

impl<'n> Index<'n> {
    pub fn new(nodes: &'n [Node]) -> Self {
        let names =
            nodes.iter().map(|n| [&n.name].into_iter().chain(&n.aliases).filter_map(|t| Name::read(t)).collect());
        let names: Vec<Vec<Name>> = names.collect();
        let mut index = Index {
            nodes,
            chassis: HashMap::new(),
            port_macs: HashMap::new(),
            serials: HashMap::new(),
            addresses: HashMap::new(),
            labels: HashMap::new(),
            names,
        };
        for (at, node) in nodes.iter().enumerate() {
            node.chassis_ids.iter().for_each(|id| add(&mut index.chassis, chassis_key(id), at));
            node.port_macs.keys().for_each(|mac| add(&mut index.port_macs, mac.key(), at));
            node.serials.iter().for_each(|s| add(&mut index.serials, s.to_uppercase(), at));
            node.addresses.iter().chain(&node.address).for_each(|a| add(&mut index.addresses, *a, at));
            index.names[at].iter().for_each(|n| add(&mut index.labels, n.label().to_owned(), at));
        }
        index
    }

    /// Learns chassis ids that no node lists, from claims whose address and name both name one node.
    pub fn learn<'c>(&mut self, claims: impl Iterator<Item = &'c NeighborClaim>) {
        let mut learnt: HashMap<String, Vec<usize>> = HashMap::new();
        for claim in claims {
            let Some(id) = claim.remote_chassis_id.as_deref().filter(|id| id.parse::<Mac>().is_ok()) else { continue };
            let (id, named) = (chassis_key(id), self.named(claim));
            let placed = claim.remote_address.and_then(|a| self.addresses.get(&a));
            if let (None, Some([at])) = (self.chassis.get(&id), placed.map(Vec::as_slice))
                && named.contains(at)
            {
                add(&mut learnt, id, *at);
            }
        }
        self.chassis.extend(learnt.into_iter().filter(|(_, at)| at.len() == 1));
    }

    pub fn meant(&self, claim: &NeighborClaim) -> Meant {
        let marks = self.marks(claim);
        let Some((by, first)) = marks.first() else {
            return Meant::Nobody("not in the inventory".to_owned());
        };
        let mut left = first.clone();
        for (_, nodes) in &marks[1..] {
            let both: Vec<usize> = left.iter().copied().filter(|n| nodes.contains(n)).collect();
            left = if both.is_empty() { left } else { both };
        }
        let [at] = left[..] else { return Meant::Nobody(self.several(*by, &left)) };
        if *by == By::Name && self.is_another(claim, at) {
            let node = &self.nodes[at].name;
            return Meant::Nobody(format!("has the name of {node}, but another chassis id and another address"));
        }
        Meant::Node { at, by: *by, but: self.objection(&marks, at) }
    }

    /// For each mark of the claim that some node has: those nodes. Strongest first.
    fn marks(&self, claim: &NeighborClaim) -> Vec<(By, Vec<usize>)> {
        let id = claim.remote_chassis_id.as_deref().map(chassis_key);
        let chassis = id.as_ref().and_then(|id| self.chassis.get(id).or_else(|| self.port_macs.get(id)));
        let serial = claim.remote_name.as_deref().and_then(Name::read).and_then(|n| n.serial);
        let serial = serial.and_then(|s| self.serials.get(&s));
        let address = claim.remote_address.and_then(|a| self.addresses.get(&a));
        let strong = [(By::ChassisId, chassis), (By::Serial, serial), (By::Address, address)];
        let strong = strong.into_iter().filter_map(|(by, nodes)| Some((by, nodes?.clone())));
        strong.chain([(By::Name, self.named(claim))].into_iter().filter(|(_, nodes)| !nodes.is_empty())).collect()
    }

    /// Nodes that the claim's name fits; of those, the ones with exactly this name where there are any.
    fn named(&self, claim: &NeighborClaim) -> Vec<usize> {
        let Some(name) = claim.remote_name.as_deref().and_then(Name::read) else { return vec![] };
        let nodes = self.labels.get(name.label()).map_or(&[][..], Vec::as_slice);
        let matching = |test: &dyn Fn(&Name) -> bool| -> Vec<usize> {
            nodes.iter().copied().filter(|at| self.names[*at].iter().any(test)).collect()
        };
        let exact = matching(&|n| n.text == name.text);
        if exact.is_empty() { matching(&|n| n.fits(&name)) } else { exact }
    }

    /// The claim gives a chassis id and an address, the node has both, and neither is the same.
    fn is_another(&self, claim: &NeighborClaim, at: usize) -> bool {
        let node = &self.nodes[at];
        let mac = claim.remote_chassis_id.as_deref().is_some_and(|id| id.parse::<Mac>().is_ok());
        let chassis = mac && node.chassis_ids.iter().any(|id| id.parse::<Mac>().is_ok());
        chassis && claim.remote_address.is_some() && (node.address.is_some() || !node.addresses.is_empty())
    }

    fn objection(&self, marks: &[(By, Vec<usize>)], at: usize) -> Option<String> {
        let (by, nodes) = marks.iter().find(|(_, nodes)| !nodes.contains(&at))?;
        let others: Vec<&str> = nodes.iter().map(|n| self.nodes[*n].name.as_str()).collect();
        Some(format!("is {} by {}, but its {} is that of {}", self.nodes[at].name, marks[0].0, by, others.join(", ")))
    }

    fn several(&self, by: By, nodes: &[usize]) -> String {
        let mut names: Vec<String> = nodes.iter().map(|n| described(&self.nodes[*n])).collect();
        names.sort();
        format!("ambiguous: the {by} is that of {}", names.join(" and "))
    }
}

fn described(node: &Node) -> String {
    match node.address {
        Some(address) => format!("{} ({address})", node.name),
        None => format!("{} (no. {})", node.name, node.key),
    }
}

fn add<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Vec<usize>>, key: K, at: usize) {
    let nodes = map.entry(key).or_default();
    if nodes.last() != Some(&at) {
        nodes.push(at);
    }
}

/// A MAC in one spelling, any other id in lower case.
pub(crate) fn chassis_key(id: &str) -> String {
    id.parse::<Mac>().map_or_else(|_| id.trim().to_lowercase(), Mac::key)
}

impl std::fmt::Display for By {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            By::ChassisId => "chassis id",
            By::Serial => "serial number",
            By::Address => "address",
            By::Name => "name",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `name chassis address`, `-` for not known; the serial number is `S-` and the name.
    fn node(key: i64, text: &str) -> Node {
        let words: Vec<&str> = text.split(' ').collect();
        let known = |n: usize| words.get(n).copied().filter(|w| *w != "-");
        Node {
            key,
            name: words[0].to_owned(),
            serials: vec![format!("S-{}", words[0])],
            chassis_ids: known(1).map(str::to_owned).into_iter().collect(),
            address: known(2).map(|a| a.parse().expect("address")),
            ..Node::default()
        }
    }

    /// `name chassis address` of the claim, and the position of the node and the mark, or why there is none.
    fn check(nodes: &[&str], claim: &str, meant: &str) {
        let nodes: Vec<Node> = nodes.iter().zip(0..).map(|(text, key)| node(key, text)).collect();
        let words: Vec<&str> = claim.split(' ').collect();
        let known = |n: usize| words.get(n).copied().filter(|w| *w != "-");
        let claim = NeighborClaim {
            remote_name: known(0).map(str::to_owned),
            remote_chassis_id: known(1).map(str::to_owned),
            remote_address: known(2).map(|a| a.parse().expect("address")),
            ..NeighborClaim::default()
        };
        let got = match Index::new(&nodes).meant(&claim) {
            Meant::Node { at, by, but } => format!("{at} by {by}{}", but.map(|b| format!("; {b}")).unwrap_or_default()),
            Meant::Nobody(reason) => reason,
        };
        assert_eq!(got, meant, "{claim:?}");
    }

    #[test]
    fn the_strongest_mark_decides() {
        let nodes = ["a 0241.0000.0001 10.0.0.1", "b 0241.0000.0002 10.0.0.2"];
        check(&nodes, "a 02:41:00:00:00:01 10.0.0.1", "0 by chassis id");
        check(&nodes, "a 02:41:00:00:00:02", "1 by chassis id; is b by chassis id, but its name is that of a");
        check(&nodes, "a.net.example - 10.0.0.1", "0 by address");
        check(&nodes, "B.net.example", "1 by name");
        check(&nodes, "x(S-b)", "1 by serial number");
        check(&nodes, "phone 0241.0000.0099 10.9.9.9", "not in the inventory");
    }

    #[test]
    fn two_devices_with_one_name_are_told_apart_or_reported() {
        let nodes = ["a - 10.0.0.1", "a - 10.0.0.2"];
        check(&nodes, "a - 10.0.0.2", "1 by address");
        check(&nodes, "a", "ambiguous: the name is that of a (10.0.0.1) and a (10.0.0.2)");
        check(&["a.x.example", "a.y.example"], "a.y.example", "1 by name");
    }

    #[test]
    fn a_name_alone_does_not_outweigh_another_chassis_and_another_address() {
        let nodes = ["a 0241.0000.0001 10.0.0.1"];
        check(&nodes, "a 0241.0000.0009 10.0.0.9", "has the name of a, but another chassis id and another address");
        check(&nodes, "a 0241.0000.0009", "0 by name");
    }

    #[test]
    fn a_chassis_id_is_learnt_where_address_and_name_agree() {
        let nodes = [node(1, "a - 10.0.0.1"), node(2, "a - 10.0.0.2")];
        let id = Some("0241.0000.0002".to_owned());
        let whole = NeighborClaim {
            remote_name: Some("a".into()),
            remote_chassis_id: id.clone(),
            remote_address: "10.0.0.2".parse().ok(),
            ..NeighborClaim::default()
        };
        let mut index = Index::new(&nodes);
        index.learn([&whole].into_iter());
        let bare = NeighborClaim { remote_chassis_id: id, ..NeighborClaim::default() };
        assert_eq!(index.meant(&bare), Meant::Node { at: 1, by: By::ChassisId, but: None });
    }
}
