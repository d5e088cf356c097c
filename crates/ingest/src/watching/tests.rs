use model::fact::{ARP, INTERFACES, NEIGHBORS, ROUTES};
use model::{CaptureId, ColumnKind};

use super::*;

/// A fact of these columns, the others null.
fn held(kind: &FactKind, cells: &[(&str, &str)]) -> Held {
    let mut values = vec![Value::Null; kind.columns.len()];
    for (name, text) in cells {
        let at = kind.position(name).expect(name);
        values[at] = Value::read(kind.columns[at].kind, text).expect(text);
    }
    let evidence =
        Evidence { capture: CaptureId(1), capture_type: "t".into(), first_line: 1, last_line: 1, template: "t".into() };
    Held { values, evidence }
}

fn interface(status: &str) -> Held {
    held(&INTERFACES, &[("name", "Gi1/0/1"), ("status", status)])
}

fn neighbor(protocol: &str, name: &str, port: &str) -> Held {
    held(
        &NEIGHBORS,
        &[("protocol", protocol), ("local_interface", "Gi1/0/1"), ("remote_name", name), ("remote_interface", port)],
    )
}

fn missing(held: Held, before: bool, gone: bool) -> Missing {
    Missing { held, before, gone }
}

#[track_caller]
fn check(kind: &'static FactKind, loads: &[Load], others: &[Held], says: &[&str]) {
    let watch = Watch::of(kind).expect("watched");
    let turns = changed(watch, kind, loads, others);
    let things: Vec<&ChangedThing> = turns.iter().map(|turn| &turn.thing).collect();
    let told: Vec<String> = told(watch, kind, &things, false).into_iter().map(|(change, _)| change.summary).collect();
    assert_eq!(told, says);
}

#[test]
fn a_port_that_goes_down_is_one_change() {
    let load = Load {
        added: vec![interface("down")],
        missing: vec![missing(interface("up"), false, true)],
        ..Load::default()
    };
    check(&INTERFACES, &[load], &[], &["interface GigabitEthernet1/0/1: status up -> down"]);
}

#[test]
fn the_first_load_is_no_change() {
    let load = Load { first: true, added: vec![interface("up")], ..Load::default() };
    check(&INTERFACES, &[load], &[], &[]);
}

#[test]
fn what_a_cut_capture_misses_is_no_change() {
    let load = Load { missing: vec![missing(interface("up"), false, false)], ..Load::default() };
    check(&INTERFACES, &[load], &[], &[]);
}

#[test]
fn what_a_cut_capture_says_otherwise_is_told_once() {
    let cut = Load {
        added: vec![interface("down")],
        missing: vec![missing(interface("up"), false, false)],
        ..Load::default()
    };
    check(&INTERFACES, &[cut], &[], &["interface GigabitEthernet1/0/1: status up -> down"]);
    let whole =
        Load { kept: vec![interface("down")], missing: vec![missing(interface("up"), true, true)], ..Load::default() };
    check(&INTERFACES, &[whole], &[], &[]);
}

#[test]
fn a_neighbor_is_gone_when_no_protocol_hears_it() {
    let gone = |protocol: &str| Load {
        missing: vec![missing(neighbor(protocol, "sw2.example.net", "Gi0/1"), false, true)],
        ..Load::default()
    };
    let says = "neighbor GigabitEthernet1/0/1 gone: remote_name sw2, remote_interface GigabitEthernet0/1";
    check(&NEIGHBORS, &[gone("lldp"), gone("cdp")], &[], &[says]);
    check(&NEIGHBORS, &[gone("lldp")], &[neighbor("cdp", "SW2(FDO2305A079)", "GigabitEthernet0/1")], &[]);
}

#[test]
fn another_neighbor_on_a_port_is_one_change() {
    let load = |protocol: &str| Load {
        added: vec![neighbor(protocol, "sw3", "Gi0/1")],
        missing: vec![missing(neighbor(protocol, "sw2", "Gi0/1"), false, true)],
        ..Load::default()
    };
    check(&NEIGHBORS, &[load("lldp"), load("cdp")], &[], &["neighbor GigabitEthernet1/0/1: remote_name sw2 -> sw3"]);
}

#[test]
fn one_of_two_next_hops_is_not_the_route() {
    let via = |hop: &str| held(&ROUTES, &[("vrf", "default"), ("prefix", "10.1.0.0/24"), ("next_hop", hop)]);
    let load =
        Load { kept: vec![via("10.0.0.1")], missing: vec![missing(via("10.0.0.2"), false, true)], ..Load::default() };
    check(&ROUTES, &[load], &[], &["route 10.1.0.0/24 no longer next_hop 10.0.0.2"]);
    let load = Load { missing: vec![missing(via("10.0.0.2"), false, true)], ..Load::default() };
    check(&ROUTES, &[load], &[], &["route 10.1.0.0/24 withdrawn: next_hop 10.0.0.2"]);
}

#[test]
fn an_address_that_aged_out_is_no_change_but_another_card_is() {
    let arp = |mac: &str| held(&ARP, &[("ip", "10.0.0.9"), ("mac", mac), ("vrf", "blue")]);
    let aged = Load { missing: vec![missing(arp("0050.5600.0001"), false, true)], ..Load::default() };
    check(&ARP, &[aged], &[], &[]);
    let new = Load { added: vec![arp("0050.5600.0001")], ..Load::default() };
    check(&ARP, &[new], &[], &[]);
    let other = Load {
        added: vec![arp("0050.5600.0002")],
        missing: vec![missing(arp("0050.5600.0001"), false, true)],
        ..Load::default()
    };
    let says = "address 10.0.0.9 (vrf blue): mac 00:50:56:00:00:01 -> 00:50:56:00:00:02";
    check(&ARP, &[other], &[], &[says]);
}

#[test]
fn what_came_of_one_thing_is_one_change_where_it_is_more_than_a_few() {
    let watch = Watch::of(&ROUTES).expect("watched");
    let route = |n: usize| missing(held(&ROUTES, &[("prefix", &format!("10.1.{n}.0/24"))]), false, true);
    let check = |routes: usize, of_one: bool, changes: usize| {
        let missing = (0..routes).map(route).collect();
        let turns = changed(watch, &ROUTES, &[Load { missing, ..Load::default() }], &[]);
        let things: Vec<&ChangedThing> = turns.iter().map(|turn| &turn.thing).collect();
        let told = told(watch, &ROUTES, &things, of_one);
        assert_eq!(told.len(), changes, "{routes} {of_one}");
        assert_eq!(told.iter().map(|(change, _)| change.things.len()).sum::<usize>(), routes, "each with its evidence");
    };
    check(9, true, 1);
    check(FEW, true, FEW);
    check(9, false, 9);
}

#[test]
fn a_storm_is_one_change_with_a_count() {
    assert_eq!(ROUTES.columns[1].kind, ColumnKind::Prefix);
    let route = |n: usize| missing(held(&ROUTES, &[("prefix", &format!("10.1.{n}.0/24"))]), false, true);
    let storm = Load { missing: (0..=STORM).map(route).collect(), ..Load::default() };
    check(&ROUTES, &[storm], &[], &["11 routes withdrawn: 10.1.0.0/24, 10.1.1.0/24, 10.1.10.0/24, ..."]);
    let few = Load { missing: (0..2).map(route).collect(), ..Load::default() };
    check(&ROUTES, &[few], &[], &["route 10.1.0.0/24 withdrawn", "route 10.1.1.0/24 withdrawn"]);
}
