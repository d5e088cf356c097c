//! draw.io (diagrams.net): uncompressed mxGraph XML with positions, so that a diff shows what changed.

use std::fmt::Write as _;

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
    cell(out, &item.id, &item.label(), style(item.kind), (x, y, BOX.0, BOX.1));
}

/// Plain shapes: a disc for a router, a brick for a firewall, a double frame in the backbone, a cloud in the air.
fn style(kind: Kind) -> &'static str {
    match kind {
        Kind::Router => "ellipse;fillColor=#0B6FA4;strokeColor=#084C70;fontColor=#FFFFFF;",
        Kind::Firewall => {
            "shape=hexagon;perimeter=hexagonPerimeter2;size=0.12;fillColor=#B5462F;strokeColor=#7A2D1D;fontColor=#FFFFFF;"
        }
        Kind::Core => "shape=ext;double=1;rounded=0;fillColor=#0B6FA4;strokeColor=#FFFFFF;fontColor=#FFFFFF;",
        Kind::Spine => "shape=ext;double=1;rounded=1;fillColor=#2A8F6B;strokeColor=#FFFFFF;fontColor=#FFFFFF;",
        Kind::Leaf => "rounded=1;arcSize=20;fillColor=#2A8F6B;strokeColor=#1B5E46;fontColor=#FFFFFF;",
        Kind::Access => "rounded=1;arcSize=20;fillColor=#DCEBF5;strokeColor=#0B6FA4;fontColor=#12303F;",
        Kind::Wireless => "ellipse;shape=cloud;fillColor=#EAF3E6;strokeColor=#6A9955;fontColor=#12303F;",
        Kind::Other => "rounded=0;fillColor=#FFFFFF;strokeColor=#33475B;fontColor=#12303F;",
        Kind::Unknown => "rounded=0;dashed=1;fillColor=#F5F5F5;strokeColor=#8A8A8A;fontColor=#555555;",
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
    let _ = writeln!(
        out,
        r##"        <mxCell id="e{n}" style="endArrow=none;html=0;dashed={dashed};strokeColor=#33475B;" edge="1" parent="1" source="{a}" target="{b}">
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
