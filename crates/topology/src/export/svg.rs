//! A drawing for a page or a document, without scripts, links or styles from elsewhere.

use std::fmt::Write as _;

use super::icons::drawing;
use super::layout::{BOX, Layout, layout};
use super::scene::{Item, Kind, Line, Scene};
use super::xml::xml;
use crate::Graph;

/// Same places as in [`super::drawio`].
pub fn svg(graph: &Graph) -> String {
    let scene = Scene::new(graph);
    let places = layout(&scene.items);
    let (w, h) = places.size();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" font-family=\"Helvetica, Arial, sans-serif\" \
         font-size=\"11\">\n"
    );
    for block in places.sites.iter().filter(|b| !b.site.is_empty()) {
        let (x, y, w, h) = block.area;
        let _ = writeln!(
            out,
            r##"  <rect x="{x}" y="{y}" width="{w}" height="{h}" rx="8" fill="#f7f9fb" stroke="#c3ccd5"/>"##
        );
        let _ =
            writeln!(out, r#"  <text x="{}" y="{}" font-weight="bold">{}</text>"#, x + 10, y + 20, xml(&block.site));
    }
    scene.lines.iter().for_each(|line| edge(&mut out, &places, line));
    scene.items.iter().zip(&places.at).for_each(|(item, at)| node(&mut out, item, *at));
    out.push_str("</svg>\n");
    out
}

fn node(out: &mut String, item: &Item, (x, y): (i32, i32)) {
    let (fill, ink, rx) = match item.kind {
        Kind::Router => ("#0b6fa4", "#ffffff", 30),
        Kind::Core => ("#0b6fa4", "#ffffff", 0),
        Kind::Firewall => ("#b5462f", "#ffffff", 0),
        Kind::Spine | Kind::Leaf => ("#2a8f6b", "#ffffff", 8),
        Kind::Unknown => ("#f5f5f5", "#555555", 0),
        _ => ("#dcebf5", "#12303f", 8),
    };
    let dash = if item.kind == Kind::Unknown { " stroke-dasharray=\"4 4\"" } else { "" };
    let (w, h) = BOX;
    let _ = writeln!(
        out,
        r##"  <rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{rx}" fill="{fill}" stroke="#33475b"{dash}/>"##
    );
    let _ = writeln!(
        out,
        r#"  <g transform="translate({} {}) scale(0.5)" fill="none" stroke="{ink}" stroke-width="2.2">{}</g>"#,
        x + 4,
        y + 4,
        drawing(item.kind)
    );
    for (line, n) in item.label().lines().zip(0..) {
        let (x, y) = (x + w / 2, y + 22 + n * 14);
        let _ = writeln!(out, r#"  <text x="{x}" y="{y}" text-anchor="middle" fill="{ink}">{}</text>"#, xml(line));
    }
}

fn edge(out: &mut String, places: &Layout, line: &Line) {
    let middle = |n: usize| (places.at[n].0 + BOX.0 / 2, places.at[n].1 + BOX.1 / 2);
    let ((x1, y1), (x2, y2)) = (middle(line.a), middle(line.b));
    let dash = if line.confirmed { "" } else { " stroke-dasharray=\"4 4\"" };
    let width = if line.members > 1 { 3 } else { 1 };
    let _ = writeln!(
        out,
        r##"  <line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#33475b" stroke-width="{width}"{dash}/>"##
    );
    for (text, part) in [(&line.a_port, 30), (&line.b_port, 70)] {
        let (x, y) = (x1 + (x2 - x1) * part / 100, y1 + (y2 - y1) * part / 100);
        if !text.is_empty() {
            let _ = writeln!(out, r#"  <text x="{x}" y="{y}" font-size="9" text-anchor="middle">{}</text>"#, xml(text));
        }
    }
}
