//! draw.io (diagrams.net): uncompressed mxGraph XML with positions, so that a diff shows what changed.

use std::fmt::Write as _;

use super::icons::picture;
use super::layout::{BOX, Block, layout};
use super::scene::{Item, Kind, Line, Scene};
use super::xml::xml;
use crate::Graph;

/// Sites as areas, devices in layers by role, ports at both ends of each line.
pub fn drawio(graph: &Graph) -> String {
    let scene = Scene::new(graph);
    let places = layout(&scene.items);
    let (width, height) = places.size();
    let mut out = String::from("<mxfile host=\"velocity\" compressed=\"false\">\n");
    out.push_str("  <diagram id=\"network\" name=\"Network\">\n");
    let _ = writeln!(
        out,
        r#"    <mxGraphModel grid="1" gridSize="10" page="0" pageWidth="{width}" pageHeight="{height}">"#
    );
    out.push_str("      <root>\n        <mxCell id=\"0\"/>\n        <mxCell id=\"1\" parent=\"0\"/>\n");
    places.sites.iter().zip(0..).filter(|(b, _)| !b.site.is_empty()).for_each(|(b, n)| area(&mut out, b, n));
    scene.items.iter().zip(&places.at).for_each(|(item, at)| vertex(&mut out, item, *at));
    scene.lines.iter().zip(0..).for_each(|(line, n)| edge(&mut out, &scene, line, n));
    out.push_str("      </root>\n    </mxGraphModel>\n  </diagram>\n</mxfile>\n");
    out
}

fn area(out: &mut String, block: &Block, n: usize) {
    let style = "rounded=1;arcSize=2;fillColor=#F7F9FB;strokeColor=#C3CCD5;verticalAlign=top;align=left;spacingLeft=10;\
                 fontStyle=1;fontColor=#5B6B7B;";
    cell(out, &format!("s{n}"), &block.site, style, block.area);
}

fn vertex(out: &mut String, item: &Item, (x, y): (i32, i32)) {
    let (shape, ink) = style(item.kind);
    let picture = picture(item.kind, ink);
    let style = format!(
        "{shape}fontColor={ink};image={picture};imageWidth=26;imageHeight=26;imageAlign=left;imageVerticalAlign=top;"
    );
    cell(out, &item.id, &item.label(), &style, (x, y, BOX.0, BOX.1));
}

/// A box with a picture in its corner, and the colour of what is in it.
fn style(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Router | Kind::Core => {
            ("shape=label;rounded=1;arcSize=12;fillColor=#0B6FA4;strokeColor=#084C70;", "#FFFFFF")
        }
        Kind::Firewall => ("shape=label;rounded=0;fillColor=#B5462F;strokeColor=#7A2D1D;", "#FFFFFF"),
        Kind::Spine | Kind::Leaf => {
            ("shape=label;rounded=1;arcSize=12;fillColor=#2A8F6B;strokeColor=#1B5E46;", "#FFFFFF")
        }
        Kind::Access => ("shape=label;rounded=1;arcSize=12;fillColor=#DCEBF5;strokeColor=#0B6FA4;", "#12303F"),
        Kind::Wireless => ("shape=label;rounded=1;arcSize=12;fillColor=#EAF3E6;strokeColor=#6A9955;", "#12303F"),
        Kind::Other => ("shape=label;rounded=0;fillColor=#FFFFFF;strokeColor=#33475B;", "#12303F"),
        Kind::Unknown => ("shape=label;rounded=0;dashed=1;fillColor=#F5F5F5;strokeColor=#8A8A8A;", "#555555"),
    }
}

fn cell(out: &mut String, id: &str, label: &str, style: &str, (x, y, w, h): (i32, i32, i32, i32)) {
    let label = xml(label);
    let _ = writeln!(
        out,
        r#"        <mxCell id="{id}" value="{label}" style="{style}whiteSpace=wrap;html=0;" vertex="1" parent="1">
          <mxGeometry x="{x}" y="{y}" width="{w}" height="{h}" as="geometry"/>
        </mxCell>"#
    );
}

fn edge(out: &mut String, scene: &Scene, line: &Line, n: usize) {
    let (a, b) = (&scene.items[line.a].id, &scene.items[line.b].id);
    let dashed = u8::from(!line.confirmed);
    let width = if line.members > 1 { 3 } else { 1 };
    let _ = writeln!(
        out,
        r##"        <mxCell id="e{n}" style="endArrow=none;html=0;dashed={dashed};strokeWidth={width};strokeColor=#33475B;" edge="1" parent="1" source="{a}" target="{b}">
          <mxGeometry relative="1" as="geometry"/>
        </mxCell>"##
    );
    port(out, n, "a", &line.a_port, "-0.7");
    port(out, n, "b", &line.b_port, "0.7");
}

fn port(out: &mut String, edge: usize, end: &str, text: &str, x: &str) {
    if text.is_empty() {
        return;
    }
    let text = xml(text);
    let _ = writeln!(
        out,
        r##"        <mxCell id="e{edge}{end}" value="{text}" style="edgeLabel;html=0;fontSize=9;labelBackgroundColor=#FFFFFF;" vertex="1" connectable="0" parent="e{edge}">
          <mxGeometry x="{x}" relative="1" as="geometry"/>
        </mxCell>"##
    );
}
