use model::NeighborClaim;
use proptest::prelude::*;

use super::*;
use crate::{Graph, Node, build};

fn node(key: i64, name: &str, site: &str, role: &str) -> Node {
    let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
    Node {
        key,
        name: name.to_owned(),
        platform: "arista_eos".to_owned(),
        vendor: "Arista".to_owned(),
        model: text("DCS-7050SX3"),
        role: text(role),
        site: text(site),
        address: format!("10.0.0.{key}").parse().ok(),
        ..Node::default()
    }
}

fn claim(key: i64, port: &str, name: &str, far: &str) -> (i64, NeighborClaim) {
    let claim = NeighborClaim {
        protocol: "lldp".to_owned(),
        local_interface: port.to_owned(),
        remote_name: Some(name.to_owned()),
        remote_interface: Some(far.to_owned()),
        ..NeighborClaim::default()
    };
    (key, claim)
}

/// Two sites, a link that both claim, one that one claims, and a phone.
fn small() -> Graph {
    let nodes = vec![
        node(1, "osl-rtr1", "osl", "router"),
        node(2, "osl-spine1", "osl", "spine"),
        node(3, "bgo-fw1", "bgo", "firewall"),
        node(4, "lone", "", ""),
    ];
    let claims = vec![
        claim(1, "Gi0/1", "osl-spine1", "Et1"),
        claim(2, "Et1", "osl-rtr1", "Gi0/1"),
        claim(3, "ethernet1/1", "osl-rtr1", "Gi0/2"),
        claim(2, "Et9", "SEP0241FFFF0007", "Port 1"),
    ];
    build(nodes, claims)
}

/// Every text is `text`.
fn hostile(text: &str) -> Graph {
    let mut nodes = vec![node(1, text, text, "leaf"), node(2, "b", text, text)];
    nodes[0].model = Some(text.to_owned());
    nodes[0].platform = text.to_owned();
    build(
        nodes,
        vec![claim(2, "Et1", &format!("x{text}"), text), claim(1, text, "b", "Et1"), claim(2, "Et2", text, text)],
    )
}

const NASTY: &str = "a\"'<script>&amp;]]>\u{1b}[2J\\N|`#quot;\n=1+1";

#[test]
fn each_format_of_a_small_map() {
    insta::assert_snapshot!("graphml", graphml(&small()));
    insta::assert_snapshot!("drawio", drawio(&small()));
    insta::assert_snapshot!("mermaid", mermaid(&small()));
    insta::assert_snapshot!("dot", dot(&small()));
    insta::assert_snapshot!("csv", csv(&small()));
    insta::assert_snapshot!("svg", svg(&small()));
    insta::assert_json_snapshot!("json", json(&small()));
    insta::assert_json_snapshot!("cytoscape", cytoscape(&small()));
}

#[test]
fn hostile_text_stays_text() {
    insta::assert_snapshot!("hostile_mermaid", mermaid(&hostile(NASTY)));
    insta::assert_snapshot!("hostile_dot", dot(&hostile(NASTY)));
    insta::assert_snapshot!("hostile_csv", csv(&hostile("=cmd|' /C calc'!A0, \"x\"")));
    insta::assert_snapshot!("hostile_drawio", drawio(&hostile(NASTY)));
}

#[test]
fn an_empty_map_is_a_whole_file() {
    let empty = Graph::default();
    assert!(graphml(&empty).ends_with("</graphml>\n") && drawio(&empty).ends_with("</mxfile>\n"));
    assert_eq!(mermaid(&empty).lines().next(), Some("flowchart TB"));
    assert_eq!(json(&empty)["links"], serde_json::json!([]));
    assert!(dot(&empty).ends_with("}\n") && svg(&empty).ends_with("</svg>\n"));
}

/// Tags open and close in order, attributes are quoted, and nothing stands raw that must be escaped.
fn well_formed(xml: &str) -> Result<(), String> {
    let mut open = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        let end = rest[at..].find('>').ok_or("a tag is not closed")? + at;
        let tag = &rest[at + 1..end];
        if text.contains('>') || text.chars().any(|c| c.is_control() && c != '\n') || tag.contains('<') {
            return Err(format!("raw character near {text:?} {tag:?}"));
        }
        if !tag.matches('"').count().is_multiple_of(2) {
            return Err(format!("quotes of {tag:?}"));
        }
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default();
        match (tag.starts_with('/'), tag.ends_with('/') || tag.starts_with('?')) {
            (true, _) if open.pop() != Some(name) => return Err(format!("</{name}> closes another")),
            (false, false) => open.push(name),
            _ => {}
        }
        rest = &rest[end + 1..];
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} not closed")) }
}

proptest! {
    #[test]
    fn no_text_breaks_a_file(text in "\\PC{0,20}|[\\x00-\\x7f]{0,20}") {
        let graph = hostile(&text);
        for xml in [graphml(&graph), drawio(&graph), svg(&graph)] {
            prop_assert_eq!(well_formed(&xml), Ok(()));
        }
        let quotes = |line: &str| line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
        prop_assert!(dot(&graph).lines().all(|l| quotes(l) % 2 == 0 && l.is_ascii() | !l.contains('\r')));
        let lines = mermaid(&graph);
        prop_assert!(lines.lines().all(|l| l.matches('"').count() % 2 == 0 && !l.contains(['`', '\\'])));
        prop_assert!(csv(&graph).split("\r\n").skip(1).all(|row| !row.starts_with(['=', '+', '-', '@'])));
    }
}
