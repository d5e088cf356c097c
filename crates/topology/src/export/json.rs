//! The map as data: devices, links, and what is unknown or contradicts.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::{End, Graph, Link, Node, Unknown};

/// ```text
/// {"devices": [{"name", "platform", "vendor", "model", "role", "site", "address"}],
///  "links": [{"a": {"device", "port"}, "b": {"device", "port"}, "protocols": [], "score", "confirmed",
///             "members": [[port of a, port of b]]}],
///  "unknown": [{"name", "chassis_id", "address", "platform", "capabilities", "reason",
///               "seen_from": [{"device", "port", "remote_port", "protocols": []}]}],
///  "conflicts": [{"device", "port", "reason"}]}
/// ```
/// `device` is the `name` of a device; two devices of one name have their addresses behind it. What is not known is
/// null. Text stands as the device said it: JSON holds any.
pub fn json(graph: &Graph) -> Value {
    let names = graph.labels();
    let conflicts = graph.conflicts.iter();
    let conflicts = conflicts.map(|c| json!({"device": names[&c.node], "port": c.port, "reason": c.reason}));
    json!({
        "devices": graph.nodes.iter().map(|n| device(n, &names)).collect::<Vec<_>>(),
        "links": graph.links.iter().map(|l| link(l, &names)).collect::<Vec<_>>(),
        "unknown": graph.unknown.iter().map(|u| unknown(u, &names)).collect::<Vec<_>>(),
        "conflicts": conflicts.collect::<Vec<_>>(),
    })
}

fn device(node: &Node, names: &HashMap<i64, String>) -> Value {
    json!({
        "name": names[&node.key],
        "platform": node.platform,
        "vendor": node.vendor,
        "model": node.model,
        "role": node.role,
        "site": node.site,
        "address": node.address,
    })
}

fn link(link: &Link, names: &HashMap<i64, String>) -> Value {
    let end = |e: &End| json!({"device": names[&e.node], "port": e.port});
    json!({
        "a": end(&link.a),
        "b": end(&link.b),
        "protocols": link.protocols,
        "score": link.score,
        "confirmed": link.confirmed,
        "members": link.members,
    })
}

fn unknown(unknown: &Unknown, names: &HashMap<i64, String>) -> Value {
    let seen = unknown.seen_from.iter().map(
        |s| json!({"device": names[&s.node], "port": s.port, "remote_port": s.remote_port, "protocols": s.protocols}),
    );
    json!({
        "name": unknown.name,
        "chassis_id": unknown.chassis_id,
        "address": unknown.address,
        "platform": unknown.platform,
        "capabilities": unknown.capabilities,
        "reason": unknown.reason,
        "seen_from": seen.collect::<Vec<_>>(),
    })
}
