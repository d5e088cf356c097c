use std::net::{Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;

use super::*;

fn scrub() -> Scrub {
    Scrub::new([7; 32])
}

/// The text has no word of `gone` left, every one of `kept`, and is as long as before.
fn check(scrub: &mut Scrub, text: &str, gone: &[&str], kept: &[&str]) -> String {
    let scrubbed = scrub.apply(text);
    gone.iter().for_each(|word| assert!(!scrubbed.contains(word), "`{word}` is left in: {scrubbed}"));
    kept.iter().for_each(|word| assert!(scrubbed.contains(word), "`{word}` is not in: {scrubbed}"));
    assert_eq!(scrubbed.chars().count(), text.chars().count(), "{scrubbed}");
    scrubbed
}

#[test]
fn tables_stay_tables() {
    let table = "Internet  10.20.30.1             -   0050.56a1.b2c3  ARPA   Vlan30\n\
                 Internet  10.20.30.255          12   0050.56A1.B2C4  ARPA   Vlan30\n";
    let (gone, kept) = (["10.20.30", "a1.b2c3", "A1.B2C4"], ["0050.56", "Vlan30", "ARPA", ".255 "]);
    let scrubbed = check(&mut scrub(), table, &gone, &kept);
    let addresses: Vec<&str> = scrubbed.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
    let network = |address: &str| address.rsplit_once('.').map(|(net, _)| net.to_owned());
    assert_eq!(network(addresses[0]), network(addresses[1]), "one network is one network still");
}

#[test]
fn what_everybody_has_stays() {
    let text = "mask 255.255.255.0 wildcard 0.0.0.255 group 239.1.1.1 lo 127.0.0.1 any 0.0.0.0\n\
                oid 1.3.6.1.4.1.9.1 Version 15.2.7.4 at 12:30:45.123 ffff.ffff.ffff 01:80:c2:00:00:0e 03:11:40 fe80::\n";
    assert_eq!(scrub().apply(text), text);
}

#[test]
fn a_name_is_replaced_wherever_it_stands_alone() {
    let mut scrub = scrub();
    scrub.learn_name("fra-core1.corp.acme.com");
    let text = "\r\nfra-core1#show\nDevice ID: FRA-CORE1.corp.acme.com\nops@fra-core1> acmecorp fra-core12 corporate\n";
    let scrubbed =
        check(&mut scrub, text, &["fra-core1#", "FRA-CORE1", "acme.com"], &["acmecorp", "fra-core12", "corporate"]);
    assert!(scrubbed.contains("1#show"), "the number stays: {scrubbed}");
}

#[test]
fn configurations_tell_their_names_and_their_free_text_is_nobodys() {
    let config = "hostname edge7\nip domain-name acme.net\nusername lisa privilege 15\ninterface Gi0/1\n \
                  description Uplink to edge9 Gi0/2 room 12\nsnmp-server location Frankfurt, Kleyerstrasse 90\n \
                  neighbor 10.1.2.3 description Initech Paris\n";
    let mut scrub = scrub();
    scrub.learn_from_lines(config);
    let gone = ["edge7", "acme", "lisa", "Uplink", "edge9", "Frankfurt", "Kleyer", "Initech"];
    check(&mut scrub, config, &gone, &["hostname ", "interface Gi0/1", "Gi0/2", "username ", "privilege 15"]);
    assert!(scrub.replaced()["names"] >= 6, "{:?}", scrub.replaced());
}

#[test]
fn another_key_gives_other_names() {
    let text = "Internet  10.20.30.1  -  0050.56a1.b2c3";
    assert_eq!(scrub().apply(text), scrub().apply(text));
    assert_ne!(scrub().apply(text), Scrub::new([8; 32]).apply(text));
}

proptest! {
    #[test]
    fn networks_stay_as_far_apart_as_they_were(a: u32, b: u32) {
        let mut scrub = scrub();
        let of = |scrub: &mut Scrub, n: u32| scrub.apply(&Ipv4Addr::from(n).to_string()).parse::<Ipv4Addr>().expect("an address").octets();
        let same = |a: [u8; 4], b: [u8; 4]| a.iter().zip(b).take_while(|(a, b)| **a == *b).count();
        let (x, y) = (Ipv4Addr::from(a).octets(), Ipv4Addr::from(b).octets());
        let (p, q) = (of(&mut scrub, a), of(&mut scrub, b));
        // Masks and groups stay, whatever their neighbours become.
        if p != x && q != y {
            prop_assert_eq!(same(x, y), same(p, q));
        }
    }

    #[test]
    fn an_ipv6_address_is_one_address_in_any_spelling(n: u128) {
        let address = Ipv6Addr::from(n);
        let mut scrub = scrub();
        let short = scrub.apply(&address.to_string());
        let long = address.segments().map(|s| format!("{s:X}")).join(":");
        let long = scrub.apply(&long);
        let parse = |text: &str| text.to_lowercase().parse::<Ipv6Addr>();
        prop_assert_eq!(parse(&short), parse(&long), "{} {}", short, long);
        prop_assert_eq!(short.len(), address.to_string().len());
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}", name in "\\PC{0,12}") {
        let mut scrub = scrub();
        scrub.learn_name(&name);
        scrub.learn_from_lines(&text);
        let scrubbed = scrub.apply(&text);
        prop_assert_eq!(scrubbed.lines().count(), text.lines().count());
    }
}
