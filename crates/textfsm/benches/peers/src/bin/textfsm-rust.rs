use textfsm_rust::Template;

fn main() {
    textfsm_peers::run(
        |source| Template::parse_str(source).ok(),
        |template, text| template.parser().parse_text(text).map_or(0, |rows| rows.len()),
    );
}
