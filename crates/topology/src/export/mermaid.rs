//! Mermaid flowchart, as Markdown viewers show it.

use std::fmt::Write as _;

use super::scene::{Item, Kind, Line, Scene};
use crate::Graph;

/// A subgraph for each site; a dotted line is claimed by one side only.
pub fn mermaid(graph: &Graph) -> String {
    let scene = Scene::new(graph);
    let mut out = String::from("flowchart TB\n");
    for (n, (site, items)) in scene.by_site().into_iter().enumerate() {
        let _ = writeln!(out, "  subgraph s{n}[{}]", quoted(site));
        items.iter().for_each(|item| node(&mut out, "    ", item));
        out.push_str("  end\n");
    }
    scene.items.iter().filter(|i| i.site.is_empty()).for_each(|item| node(&mut out, "  ", item));
    scene.lines.iter().for_each(|line| edge(&mut out, &scene, line));
    out.push_str("  classDef unknown stroke-dasharray: 4 4\n");
    let unknown = scene.items.iter().filter(|i| i.kind == Kind::Unknown);
    unknown.for_each(|item| {
        let _ = writeln!(out, "  class {} unknown", item.id);
    });
    out
}

fn node(out: &mut String, indent: &str, item: &Item) {
    let label = quoted(&item.label());
    let _ = match item.kind {
        Kind::Router => writeln!(out, "{indent}{}([{label}])", item.id),
        Kind::Firewall => writeln!(out, "{indent}{}{{{{{label}}}}}", item.id),
        Kind::Core | Kind::Spine => writeln!(out, "{indent}{}[[{label}]]", item.id),
        _ => writeln!(out, "{indent}{}[{label}]", item.id),
    };
}

fn edge(out: &mut String, scene: &Scene, line: &Line) {
    let (a, b) = (&scene.items[line.a].id, &scene.items[line.b].id);
    let stroke = if line.confirmed { "---" } else { "-.-" };
    let ports = [&line.a_port, &line.b_port].map(|p| if p.is_empty() { "?" } else { p.as_str() });
    let _ = writeln!(out, "  {a} {stroke}|{}| {b}", quoted(&ports.join(" - ")));
}

/// A quoted text; what could mean something to Mermaid, Markdown or HTML is written as an entity.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<br/>"),
            c if c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '/' | ':' | '-' | '(' | ')') => out.push(c),
            c => {
                let _ = write!(out, "#{};", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}
