//! The far port that a claim means. Its id may be a name in any spelling, a MAC address, a number or a description.

use std::collections::HashMap;

use model::{Mac, NeighborClaim, interface};

use crate::Node;

/// The port at the far end, as one claim has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Far {
    /// A port that the far device is known to have.
    Sure(String),
    /// Looks like the name of a port.
    Likely(String),
    /// A text that names no port.
    Untold,
}

/// The canonical name of the physical port behind a printed name.
pub(crate) fn canonical(name: &str) -> String {
    interface::canonical(interface::physical(name.trim()))
}

/// The ports of one node by name and description.
pub(crate) struct Ports<'n> {
    node: &'n Node,
    by_name: HashMap<String, String>,
    /// `None` for a description that several ports have.
    by_description: HashMap<&'n str, Option<&'n str>>,
}

impl<'n> Ports<'n> {
    pub fn new(node: &'n Node) -> Self {
        let named = node.interfaces.iter().chain(node.port_macs.values());
        let by_name = named.map(|i| canonical(i)).map(|name| (name.to_ascii_lowercase(), name)).collect();
        let mut by_description = HashMap::new();
        for (port, text) in &node.port_descriptions {
            let same = by_description.entry(text.trim()).or_insert(Some(port.as_str()));
            *same = same.filter(|known| known == port);
        }
        Ports { node, by_name, by_description }
    }

    /// By port id, then by port description.
    pub fn far(&self, claim: &NeighborClaim) -> Far {
        let texts = [&claim.remote_interface, &claim.remote_interface_description];
        let texts: Vec<&str> = texts.into_iter().flatten().map(|t| t.trim()).filter(|t| !t.is_empty()).collect();
        let found = texts.iter().find_map(|t| self.named(t));
        let found = found.or_else(|| texts.iter().find_map(|t| self.with_mac(t)));
        if let Some(port) = found.or_else(|| texts.iter().find_map(|t| self.described(t))) {
            return Far::Sure(port);
        }
        let mut likely = texts.iter().map(|t| canonical(t)).filter(|t| interface::is_name(t));
        likely.next().map_or(Far::Untold, Far::Likely)
    }

    fn named(&self, text: &str) -> Option<String> {
        self.by_name.get(&canonical(text).to_ascii_lowercase()).cloned()
    }

    fn with_mac(&self, text: &str) -> Option<String> {
        self.node.port_macs.get(&text.parse::<Mac>().ok()?).map(|port| canonical(port))
    }

    fn described(&self, text: &str) -> Option<String> {
        self.by_description.get(text).copied().flatten().map(canonical)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A node with `Gi1/0/1`, `ge-0/0/0` and `swp1`; the last has a MAC and a description.
    fn check(port_id: &str, description: &str, far: &Far) {
        let mac = "02:41:00:00:00:01".parse().expect("mac");
        let node = Node {
            interfaces: ["Gi1/0/1", "ge-0/0/0", "swp1"].map(str::to_owned).into(),
            port_macs: [(mac, "swp1".to_owned())].into(),
            port_descriptions: [("swp1".to_owned(), "to core1:eth4".to_owned())].into(),
            ..Node::default()
        };
        let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
        let claim = NeighborClaim {
            remote_interface: text(port_id),
            remote_interface_description: text(description),
            ..NeighborClaim::default()
        };
        assert_eq!(&Ports::new(&node).far(&claim), far, "{port_id} / {description}");
    }

    #[test]
    fn a_port_is_found_by_name_mac_or_description() {
        let sure = |name: &str| Far::Sure(name.to_owned());
        check("gigabitethernet1/0/1", "", &sure("GigabitEthernet1/0/1"));
        check("ge-0/0/0.0", "", &sure("ge-0/0/0"));
        check("0241.0000.0001", "uplink", &sure("swp1"));
        check("0241.0000.0099", "swp1", &sure("swp1"));
        check("512", "ge-0/0/0", &sure("ge-0/0/0"));
        check("to core1:eth4", "", &sure("swp1"));
    }

    #[test]
    fn a_name_that_the_device_is_not_known_to_have_is_only_likely() {
        check("Gi1/0/9", "", &Far::Likely("GigabitEthernet1/0/9".into()));
        check("0241.0000.0099", "Port 1", &Far::Untold);
        check("512", "", &Far::Untold);
        check("", "", &Far::Untold);
    }
}
