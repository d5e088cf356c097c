//! Edge list as CSV (RFC 4180), safe to open in a spreadsheet.

use super::scene::Scene;
use crate::Graph;

/// `local_device,local_interface,remote_device,remote_interface,protocol,score`; unknown neighbours come last, with
/// score 0. A cell that a spreadsheet would take for a formula has an apostrophe before it.
pub fn csv(graph: &Graph) -> String {
    let scene = Scene::new(graph);
    let mut out = String::from("local_device,local_interface,remote_device,remote_interface,protocol,score\r\n");
    for line in &scene.lines {
        let (a, b) = (&scene.items[line.a].name, &scene.items[line.b].name);
        let score = format!("{:.2}", line.score.unwrap_or(0.0));
        let row = [a, &line.a_port, b, &line.b_port, &line.protocols, &score].map(|text| cell(text));
        out.push_str(&row.join(","));
        out.push_str("\r\n");
    }
    out
}

fn cell(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
