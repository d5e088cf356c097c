//! Graphviz.

use std::fmt::Write as _;

use super::scene::{Item, Kind, Line, Scene};
use crate::Graph;

/// An undirected graph, a cluster for each site.
pub fn dot(graph: &Graph) -> String {
    let scene = Scene::new(graph);
    let mut out = String::from("graph network {\n");
    out.push_str("  graph [overlap=false, splines=true];\n");
    out.push_str("  node [shape=box, style=\"rounded,filled\", fillcolor=\"#dbe9f6\", fontname=\"Helvetica\"];\n");
    out.push_str("  edge [fontname=\"Helvetica\", fontsize=9];\n");
    for (n, (site, items)) in scene.by_site().into_iter().enumerate() {
        let _ = writeln!(out, "  subgraph cluster_{n} {{\n    label={};", quoted(site));
        items.iter().for_each(|item| node(&mut out, "    ", item));
        out.push_str("  }\n");
    }
    scene.items.iter().filter(|i| i.site.is_empty()).for_each(|item| node(&mut out, "  ", item));
    scene.lines.iter().for_each(|line| edge(&mut out, &scene, line));
    out.push_str("}\n");
    out
}

fn node(out: &mut String, indent: &str, item: &Item) {
    let style = match item.kind {
        Kind::Router => ", shape=ellipse",
        Kind::Firewall => ", shape=octagon",
        Kind::Unknown => ", style=dashed",
        _ => "",
    };
    let _ = writeln!(out, "{indent}{} [label={}{style}];", item.id, quoted(&item.label()));
}

fn edge(out: &mut String, scene: &Scene, line: &Line) {
    let (a, b) = (&scene.items[line.a].id, &scene.items[line.b].id);
    let style = if line.confirmed { "" } else { ", style=dashed" };
    let (tail, head) = (quoted(&line.a_port), quoted(&line.b_port));
    let _ = writeln!(out, "  {a} -- {b} [taillabel={tail}, headlabel={head}{style}];");
}

/// A quoted string. Backslashes are doubled, since `\N` and others mean something in a label.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
