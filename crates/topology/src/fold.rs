//! Links of one port channel as one: a bundle is a cable for whoever draws the map.

use std::collections::{BTreeMap, HashMap};

use crate::port::canonical;
use crate::{End, Graph, Link, Node};

impl Graph {
    /// The map with the links of each port channel folded into one. Parallel links fold when the ports of one side are
    /// members of one channel and those of the other are members of one too, or of none that is known. The folded
    /// link stands on the channels, has the claims of all its members, and is as sure as the surest of them.
    #[must_use]
    pub fn folded(mut self) -> Graph {
        let channels: HashMap<i64, BTreeMap<String, String>> =
            self.nodes.iter().filter(|n| !n.channels.is_empty()).map(|n| (n.key, members(n))).collect();
        if channels.is_empty() {
            return self;
        }
        let channel = |end: &End| {
            let port = end.port.as_deref().map(canonical)?;
            channels.get(&end.node)?.get(&port).cloned()
        };
        let mut folded: Vec<Link> = Vec::with_capacity(self.links.len());
        let mut bundles: HashMap<(i64, Option<String>, i64, Option<String>), usize> = HashMap::new();
        for link in self.links {
            let (a, b) = (channel(&link.a), channel(&link.b));
            if a.is_none() && b.is_none() {
                folded.push(link);
                continue;
            }
            let at = *bundles.entry((link.a.node, a.clone(), link.b.node, b.clone())).or_insert_with(|| {
                let end = |end: &End, port: Option<String>| End { node: end.node, port };
                folded.push(Link {
                    a: end(&link.a, a),
                    b: end(&link.b, b),
                    members: vec![],
                    claims: vec![],
                    ..link.clone()
                });
                folded.len() - 1
            });
            folded[at].take(link);
        }
        self.links = folded.into_iter().map(Link::unless_alone).collect();
        self
    }
}

/// Channel by the canonical name of its member.
fn members(node: &Node) -> BTreeMap<String, String> {
    node.channels.iter().map(|(member, channel)| (canonical(member), channel.clone())).collect()
}

impl Link {
    fn take(&mut self, member: Link) {
        self.score = self.score.max(member.score);
        self.confirmed |= member.confirmed;
        self.claims.extend(member.claims.iter().cloned());
        self.protocols.extend(member.protocols.iter().cloned());
        self.protocols.sort();
        self.protocols.dedup();
        self.members.push((member.a.port, member.b.port));
    }

    /// A side that is in no channel shows its ports when there is but one of them.
    fn unless_alone(mut self) -> Link {
        if let [(a, b)] = &self.members[..] {
            self.a.port = self.a.port.take().or_else(|| a.clone());
            self.b.port = self.b.port.take().or_else(|| b.clone());
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use model::NeighborClaim;

    use crate::{Graph, Node, build};

    /// Two switches with links between ports of one name, and the channels of their ports.
    fn check(links: &[&str], a: &[(&str, &str)], b: &[(&str, &str)], expected: &[&str]) {
        let channels = |of: &[(&str, &str)]| of.iter().map(|(m, c)| ((*m).to_owned(), (*c).to_owned())).collect();
        let node = |key, name: &str, of| Node { key, name: name.to_owned(), channels: channels(of), ..Node::default() };
        let claim = |key, port: &str, to: &str| {
            let (local_interface, remote_interface) = (port.to_owned(), Some(port.to_owned()));
            let (protocol, remote_name) = ("lldp".to_owned(), Some(to.to_owned()));
            (
                key,
                NeighborClaim { protocol, local_interface, remote_name, remote_interface, ..NeighborClaim::default() },
            )
        };
        let claims = links.iter().flat_map(|port| [claim(1, port, "b"), claim(2, port, "a")]).collect();
        let graph = build(vec![node(1, "a", a), node(2, "b", b)], claims).folded();
        assert_eq!(shown(&graph), expected);
    }

    fn shown(graph: &Graph) -> Vec<String> {
        let port = |port: &Option<String>| port.clone().unwrap_or_else(|| "?".to_owned());
        graph.links.iter().map(|l| format!("{} {} x{}", port(&l.a.port), port(&l.b.port), l.members.len())).collect()
    }

    #[test]
    fn members_of_a_channel_are_one_link() {
        let both = [("Gi0/1", "Port-channel1"), ("GigabitEthernet0/2", "Port-channel1")];
        check(
            &["Gi0/1", "Gi0/2", "Gi0/3"],
            &both,
            &both,
            &["Port-channel1 Port-channel1 x2", "GigabitEthernet0/3 GigabitEthernet0/3 x0"],
        );
    }

    #[test]
    fn one_side_that_tells_is_enough() {
        let one = [("Gi0/1", "Port-channel1"), ("Gi0/2", "Port-channel1")];
        check(&["Gi0/1", "Gi0/2"], &one, &[], &["Port-channel1 ? x2"]);
        check(&["Gi0/1"], &one, &[], &["Port-channel1 GigabitEthernet0/1 x1"]);
    }

    #[test]
    fn channels_that_differ_are_links_that_differ() {
        let a = [("Gi0/1", "Port-channel1"), ("Gi0/2", "Port-channel1")];
        let b = [("Gi0/1", "Port-channel1"), ("Gi0/2", "Port-channel2")];
        check(&["Gi0/1", "Gi0/2"], &a, &b, &["Port-channel1 Port-channel1 x1", "Port-channel1 Port-channel2 x1"]);
        check(
            &["Gi0/1", "Gi0/2"],
            &[],
            &[],
            &["GigabitEthernet0/1 GigabitEthernet0/1 x0", "GigabitEthernet0/2 GigabitEthernet0/2 x0"],
        );
    }
}
