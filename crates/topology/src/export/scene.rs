//! What is drawn: devices and unknown neighbours alike, with the links between them.

use std::collections::HashMap;

use model::text::shown;

use crate::{Graph, Node, Unknown};

/// Boxes and lines. Texts are made visible and short, but not escaped for any format.
pub(crate) struct Scene {
    pub items: Vec<Item>,
    pub lines: Vec<Line>,
}

#[derive(Debug, Default)]
pub(crate) struct Item {
    /// `n7` for a device, `u0` for an unknown neighbour: letters and digits only.
    pub id: String,
    pub name: String,
    pub model: String,
    pub platform: String,
    pub address: String,
    pub site: String,
    pub role: String,
    pub kind: Kind,
    pub reason: String,
}

/// How it is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Router,
    Firewall,
    Core,
    Spine,
    Leaf,
    Access,
    Wireless,
    #[default]
    Other,
    Unknown,
}

/// Ends are positions in [`Scene::items`].
pub(crate) struct Line {
    pub a: usize,
    pub b: usize,
    pub a_port: String,
    pub b_port: String,
    pub protocols: String,
    pub score: Option<f64>,
    /// Both ends claim it.
    pub confirmed: bool,
    /// Cables in it: more than one in a port channel.
    pub members: usize,
}

impl Scene {
    pub fn new(graph: &Graph) -> Scene {
        let labels = graph.labels();
        let at: HashMap<i64, usize> = graph.nodes.iter().zip(0..).map(|(n, at)| (n.key, at)).collect();
        let strangers = graph.unknown.iter().enumerate().map(|(n, u)| stranger(n, u));
        let items = graph.nodes.iter().map(|n| device(n, &labels[&n.key])).chain(strangers).collect();
        let port = |p: &Option<String>| p.as_deref().map(shown).unwrap_or_default();
        let links = graph.links.iter().map(|l| Line {
            a: at[&l.a.node],
            b: at[&l.b.node],
            a_port: port(&l.a.port),
            b_port: port(&l.b.port),
            protocols: shown(&l.protocols.join("+")),
            score: Some(l.score),
            confirmed: l.confirmed,
            members: l.members.len().max(1),
        });
        let sightings =
            graph.unknown.iter().zip(graph.nodes.len()..).flat_map(|(u, b)| u.seen_from.iter().map(move |s| (s, b)));
        let heard = sightings.map(|(s, b)| Line {
            a: at[&s.node],
            b,
            a_port: shown(&s.port),
            b_port: port(&s.remote_port),
            protocols: shown(&s.protocols.join("+")),
            score: None,
            confirmed: false,
            members: 1,
        });
        Scene { items, lines: links.chain(heard).collect() }
    }
}

fn device(node: &Node, label: &str) -> Item {
    let text = |t: &Option<String>| t.as_deref().map(shown).unwrap_or_default();
    let sign = if node.key < 0 { "m" } else { "" };
    Item {
        id: format!("n{sign}{}", node.key.unsigned_abs()),
        name: shown(label),
        model: text(&node.model),
        platform: shown(&node.platform),
        address: node.address.map(|a| a.to_string()).unwrap_or_default(),
        site: text(&node.site),
        role: text(&node.role),
        kind: kind(node.role.as_deref().unwrap_or_default()),
        reason: String::new(),
    }
}

fn stranger(n: usize, unknown: &Unknown) -> Item {
    Item {
        id: format!("u{n}"),
        name: shown(&unknown.name),
        platform: unknown.platform.as_deref().map(shown).unwrap_or_default(),
        address: unknown.address.map(|a| a.to_string()).unwrap_or_default(),
        kind: Kind::Unknown,
        reason: shown(&unknown.reason),
        ..Item::default()
    }
}

fn kind(role: &str) -> Kind {
    match role.to_lowercase().as_str() {
        "router" | "rtr" | "edge" | "wan" | "pe" | "ce" => Kind::Router,
        "firewall" | "fw" => Kind::Firewall,
        "core" => Kind::Core,
        "spine" | "distribution" | "aggregation" => Kind::Spine,
        "leaf" | "tor" => Kind::Leaf,
        "access" | "switch" => Kind::Access,
        "wireless" | "ap" | "wlc" => Kind::Wireless,
        _ => Kind::Other,
    }
}

impl Scene {
    /// Items of each site, sites in order; those without a site are left out.
    pub fn by_site(&self) -> std::collections::BTreeMap<&str, Vec<&Item>> {
        let mut sites: std::collections::BTreeMap<&str, Vec<&Item>> = Default::default();
        let placed = self.items.iter().filter(|i| !i.site.is_empty());
        placed.for_each(|i| sites.entry(&i.site).or_default().push(i));
        sites
    }
}

impl Item {
    /// Name, and under it model or platform, and address.
    pub fn label(&self) -> String {
        let what = if self.model.is_empty() { &self.platform } else { &self.model };
        let what: String = what.chars().take(40).collect();
        let lines = [self.name.clone(), what, self.address.clone()];
        lines.into_iter().filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
    }
}
