use super::*;

fn essence_of<'t>(platform: &str, text: &'t str) -> Essence<'t> {
    Filters::of(Platforms::builtin(), platform, "configs").essence(text)
}

/// What counts is the same in both.
#[track_caller]
fn same(platform: &str, a: &str, b: &str) {
    assert_eq!(texts(platform, a), texts(platform, b));
}

#[track_caller]
fn differ(platform: &str, a: &str, b: &str) {
    assert_ne!(texts(platform, a), texts(platform, b));
}

fn texts(platform: &str, text: &str) -> Vec<String> {
    essence_of(platform, text).lines.iter().map(|l| l.text.clone().into_owned()).collect()
}

#[test]
fn the_body_of_a_certificate_is_left_out_but_not_that_there_is_one() {
    let config = |body: &str| {
        format!("crypto pki certificate chain TP\n certificate self-signed 01\n  {body}\n  quit\nhostname a\n")
    };
    same("cisco_ios", &config("3082024B 308201B4"), &config("3082024C 30820FFF\n  AAAA0000"));
    differ("cisco_ios", &config("3082024B"), "hostname a\n");
    let text = config("3082024B");
    let left: Vec<u32> = essence_of("cisco_ios", &text).left_out.iter().map(|l| l.number).collect();
    assert_eq!(left, [3, 4]);
}

#[test]
fn a_block_without_an_end_hides_nothing() {
    let cut = "crypto pki certificate chain TP\n certificate self-signed 01\n  3082024B\nhostname a\n";
    assert_eq!(texts("cisco_ios", cut).len(), 4);
}

#[test]
fn order_is_kept_where_it_means_something() {
    let acl = [
        "ip access-list extended A\n 10 permit ip any any\n 20 deny ip any any\n",
        "ip access-list extended A\n 20 deny ip any any\n 10 permit ip any any\n",
    ];
    differ("cisco_ios", acl[0], acl[1]);
    let map = [
        "route-map A permit 10\n match tag 1\nroute-map A deny 20\n",
        "route-map A deny 20\nroute-map A permit 10\n match tag 1\n",
    ];
    differ("cisco_ios", map[0], map[1]);
    differ(
        "cisco_ios",
        "ip prefix-list P seq 5 permit 10.0.0.0/8\nip prefix-list P seq 1 deny 0.0.0.0/0\n",
        "ip prefix-list P seq 1 deny 0.0.0.0/0\nip prefix-list P seq 5 permit 10.0.0.0/8\n",
    );
    // The first name server is asked first.
    differ(
        "cisco_ios",
        "ip name-server 10.0.0.1\nip name-server 10.0.0.2\n",
        "ip name-server 10.0.0.2\nip name-server 10.0.0.1\n",
    );
}

#[test]
fn order_is_left_out_where_it_means_nothing() {
    same("cisco_ios", "username a\nusername b\n!\nend\n", "username b\nusername a\n!\nend\n");
    let vlans = ["vlan 10\n name a\n!\nvlan 20\n name b\n!\nend\n", "vlan 20\n name b\n!\nvlan 10\n name a\n!\nend\n"];
    same("cisco_ios", vlans[0], vlans[1]);
    differ("cisco_ios", vlans[0], &vlans[1].replace("name a", "name c"));
    // Lines that others stand between are not moved past them.
    differ("cisco_ios", "username a\nhostname x\nusername b\n", "username b\nhostname x\nusername a\n");
}

#[test]
fn a_line_knows_the_sections_that_it_stands_in() {
    let text = "system {\n    ntp {\n        server 10.0.0.1;\n    }\n}\nhostname a\n";
    let essence = essence_of("juniper_junos", text);
    assert_eq!(essence.sections(2), ["system {", "    ntp {"]);
    assert_eq!(essence.sections(5), [""; 0]);
    assert_eq!(essence.lines[2].number, 3);
}
