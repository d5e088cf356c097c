//! GraphML with the shapes and labels of yEd.

use std::fmt::Write as _;

use super::layout::{BOX, layout};
use super::scene::{Item, Kind, Line, Scene};
use super::xml::xml;
use crate::Graph;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd">
"#;

/// Attributes of nodes and edges, as data of their own beside the drawing.
const KEYS: &[(&str, &str, &str, &str)] = &[
    ("name", "node", "name", "string"),
    ("platform", "node", "platform", "string"),
    ("model", "node", "model", "string"),
    ("role", "node", "role", "string"),
    ("site", "node", "site", "string"),
    ("address", "node", "address", "string"),
    ("reason", "node", "unknown_because", "string"),
    ("a_port", "edge", "source_port", "string"),
    ("b_port", "edge", "target_port", "string"),
    ("protocols", "edge", "protocols", "string"),
    ("score", "edge", "score", "double"),
    ("confirmed", "edge", "confirmed", "boolean"),
    ("members", "edge", "members", "int"),
];

/// Opens in yEd as it is; other readers find the attributes.
pub fn graphml(graph: &Graph) -> String {
    let scene = Scene::new(graph);
    let places = layout(&scene.items).at;
    let mut out = String::from(HEAD);
    for (id, of, name, kind) in KEYS {
        let _ = writeln!(out, r#"  <key id="{id}" for="{of}" attr.name="{name}" attr.type="{kind}"/>"#);
    }
    out.push_str("  <key id=\"drawn_node\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n");
    out.push_str("  <key id=\"drawn_edge\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n");
    out.push_str("  <graph id=\"network\" edgedefault=\"undirected\">\n");
    scene.items.iter().zip(places).for_each(|(item, at)| node(&mut out, item, at));
    scene.lines.iter().zip(0..).for_each(|(line, n)| edge(&mut out, &scene, line, n));
    out.push_str("  </graph>\n</graphml>\n");
    out
}

fn node(out: &mut String, item: &Item, (x, y): (i32, i32)) {
    let _ = writeln!(out, r#"    <node id="{}">"#, item.id);
    let values = [&item.name, &item.platform, &item.model, &item.role, &item.site, &item.address, &item.reason];
    KEYS.iter().zip(values).for_each(|((key, ..), value)| data(out, key, value));
    let (shape, fill) = match item.kind {
        Kind::Router => ("ellipse", "#9CC5E8"),
        Kind::Firewall => ("octagon", "#F2B8A0"),
        Kind::Core | Kind::Spine => ("roundrectangle", "#B7D7A8"),
        Kind::Unknown => ("rectangle", "#EEEEEE"),
        _ => ("roundrectangle", "#DBE9F6"),
    };
    let line = if item.kind == Kind::Unknown { "dashed" } else { "line" };
    let (w, h) = BOX;
    let _ = writeln!(
        out,
        r#"      <data key="drawn_node"><y:ShapeNode><y:Geometry x="{x}" y="{y}" width="{w}" height="{h}"/>"#
    );
    let _ = writeln!(
        out,
        r##"        <y:Fill color="{fill}"/><y:BorderStyle type="{line}" width="1.0" color="#33475B"/>"##
    );
    let _ = writeln!(
        out,
        r#"        <y:NodeLabel>{}</y:NodeLabel><y:Shape type="{shape}"/></y:ShapeNode></data>"#,
        xml(&item.label())
    );
    out.push_str("    </node>\n");
}

fn edge(out: &mut String, scene: &Scene, line: &Line, n: usize) {
    let (a, b) = (&scene.items[line.a].id, &scene.items[line.b].id);
    let _ = writeln!(out, r#"    <edge id="e{n}" source="{a}" target="{b}">"#);
    data(out, "a_port", &line.a_port);
    data(out, "b_port", &line.b_port);
    data(out, "protocols", &line.protocols);
    data(out, "score", &line.score.map(|s| format!("{s:.2}")).unwrap_or_default());
    data(out, "confirmed", &line.confirmed.to_string());
    data(out, "members", &line.members.to_string());
    let style = if line.confirmed { "line" } else { "dashed" };
    let label = |text: &str, place: &str| {
        let text = xml(text);
        format!(
            r#"<y:EdgeLabel modelName="six_pos" modelPosition="{place}" preferredPlacement="anywhere">{text}</y:EdgeLabel>"#
        )
    };
    let (tail, head) = (label(&line.a_port, "stail"), label(&line.b_port, "shead"));
    let _ = writeln!(
        out,
        r##"      <data key="drawn_edge"><y:PolyLineEdge><y:LineStyle type="{style}" width="1.0" color="#33475B"/>"##
    );
    let _ = writeln!(out, r#"        <y:Arrows source="none" target="none"/>{tail}{head}</y:PolyLineEdge></data>"#);
    out.push_str("    </edge>\n");
}

fn data(out: &mut String, key: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(out, r#"      <data key="{key}">{}</data>"#, xml(value));
    }
}
