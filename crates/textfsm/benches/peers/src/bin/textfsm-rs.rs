use textfsm_rs::TextFSM;

fn main() {
    textfsm_peers::run(
        |source| TextFSM::from_string(source).ok(),
        |template, text| {
            template.reset();
            template.parse_string(text, None).map_or(0, |rows| rows.len())
        },
    );
}
