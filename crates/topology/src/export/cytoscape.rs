//! Elements for Cytoscape and Cytoscape.js.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::layout::{BOX, layout};
use super::scene::{Item, Kind, Line, Scene};
use crate::Graph;

/// `{"elements": {"nodes": [{"data", "position"}], "edges": [{"data"}]}}`. A group is a node that others have as `parent`;
/// positions are middles, as Cytoscape has them. Texts are made visible, not escaped: JSON holds any.
pub fn cytoscape(graph: &Graph) -> Value {
    let scene = Scene::new(graph);
    let places = layout(&scene.items);
    let groups: HashMap<&str, String> =
        scene.by_site().into_keys().zip(0..).map(|(site, n)| (site, format!("g{n}"))).collect();
    let group = |site: &str| json!({"data": {"id": groups[site], "label": site}});
    let node = |(item, (x, y)): (&Item, &(i32, i32))| {
        let mut data = json!({
            "id": item.id, "label": item.name, "platform": item.platform, "model": item.model, "address": item.address,
            "site": item.site, "role": item.role, "kind": kind(item.kind),
        });
        if let Some(group) = groups.get(item.site.as_str()) {
            data["parent"] = group.clone().into();
        }
        if !item.reason.is_empty() {
            data["unknown_because"] = item.reason.clone().into();
        }
        json!({"data": data, "position": {"x": x + BOX.0 / 2, "y": y + BOX.1 / 2}})
    };
    let edge = |(line, n): (&Line, usize)| {
        json!({"data": {
            "id": format!("e{n}"), "source": scene.items[line.a].id, "target": scene.items[line.b].id,
            "source_port": line.a_port, "target_port": line.b_port, "protocols": line.protocols,
            "score": line.score, "confirmed": line.confirmed, "members": line.members,
        }})
    };
    let nodes: Vec<Value> =
        scene.by_site().into_keys().map(group).chain(scene.items.iter().zip(&places.at).map(node)).collect();
    let edges: Vec<Value> = scene.lines.iter().zip(0..).map(edge).collect();
    json!({"elements": {"nodes": nodes, "edges": edges}})
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Router => "router",
        Kind::Firewall => "firewall",
        Kind::Core => "core",
        Kind::Spine => "spine",
        Kind::Leaf => "leaf",
        Kind::Access => "access",
        Kind::Wireless => "wireless",
        Kind::Other => "other",
        Kind::Unknown => "unknown",
    }
}
