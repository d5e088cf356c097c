//! What happens to a real network, one thing after the other: each is a change, and each is found, as it is and as it was.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::lab::{Lab, SEED, json, rows, text};

/// What says where something is, and who is whose neighbour.
const TYPES: &str = "arp,mac,lldp,cdp,interfaces,addresses,routes,bgp,ospf";

#[test]
fn a_moved_host_a_withdrawn_route_and_a_cut_neighbor_are_seen_and_found() {
    let Some(lab) = Lab::up("happens", &[]) else { return };
    lab.velocity(&["discover", SEED], 0);
    lab.look();
    lab.look();
    assert_eq!(
        lab.json(&["changes", "list", "--all"]),
        Value::Array(Vec::new()),
        "nothing happened, and nothing is told"
    );
    a_host_moves(&lab);
    a_route_is_withdrawn(&lab);
    a_neighbor_is_cut(&lab);
}

/// h2 is unplugged from swp3 and plugged into a port that was not there.
fn a_host_moves(lab: &Lab) {
    let mac = "02:00:00:0a:00:01";
    let before = lab.now();
    lab.plug("sw1", "swp4", "h2", "eth1");
    lab.exec("sw1", &["sh", "-c", "ip link set swp3 down; ip link set swp4 master br0 up"]);
    let moved = "ip link del eth0; ip link set eth1 name eth0; ip link set eth0 address 02:00:00:0a:00:01 up
        ip addr add 10.20.1.11/24 dev eth0; ip route add default via 10.20.1.1; ping -c3 -W2 10.20.1.1";
    lab.exec("h2", &["sh", "-c", moved]);
    assert_eq!(
        lab.look(),
        BTreeSet::from([
            format!("sw1 mac: MAC address {mac} moved: sw1:swp3 -> sw1:swp4"),
            "sw1 interfaces: interface swp3 gone: status up, protocol_status up".to_owned(),
            "sw1 interfaces: interface swp4 new: status up, protocol_status up".to_owned(),
        ])
    );
    assert_eq!(lab.place_of("10.20.1.11", None), ("sw1".to_owned(), "swp4".to_owned()));
    assert_eq!(lab.place_of("10.20.1.11", Some(&before)), ("sw1".to_owned(), "swp3".to_owned()), "as it was");
}

/// leaf2 says its loopback by OSPF alone: what was BGP's is OSPF's on all others. Then not even so.
fn a_route_is_withdrawn(lab: &Lab) {
    let (before, prefix) = (lab.now(), "10.255.0.4/32");
    let others = ["leaf1", "leaf3", "leaf4", "spine1", "spine2"];
    let ask = ["conf t", "router bgp 65002", "address-family ipv4 unicast", "no network 10.255.0.4/32"];
    lab.configure("leaf2", &ask, |lab| lab.routes_to("spine1", prefix) == ["ospf"]);
    let changes = lab.look();
    assert_eq!(changes.len(), others.len(), "{changes:#?}");
    for other in others {
        let change = changes.iter().find(|c| c.starts_with(&format!("{other} routes: route {prefix}: ")));
        assert!(change.is_some_and(|c| c.contains("protocol bgp -> ospf")), "{other}: {changes:#?}");
    }

    let ask = ["conf t", "interface lo", "no ip ospf area 0"];
    lab.configure("leaf2", &ask, |lab| others.iter().all(|o| lab.routes_to(o, prefix).is_empty()));
    let changes = lab.look();
    let withdrawn =
        |other| changes.iter().any(|c| c.starts_with(&format!("{other} routes: route {prefix} withdrawn: ")));
    assert!(others.into_iter().all(withdrawn) && changes.len() == others.len(), "{changes:#?}");
    let found = |more: &[&str]| devices(&lab.json(&[&["find", prefix], more].concat())["answers"], "routes", |_| true);
    let (own, all) = (BTreeSet::from(["leaf2".to_owned()]), "leaf1 leaf2 leaf3 leaf4 spine1 spine2");
    assert_eq!(found(&[]), own, "only its own device has it");
    let all: BTreeSet<String> = all.split(' ').map(str::to_owned).collect();
    assert_eq!((found(&["--at", &before]), found(&["--history"])), (all.clone(), all), "as it was, and what is gone");
}

/// The cable from leaf1 to spine2.
fn a_neighbor_is_cut(lab: &Lab) {
    let before = lab.now();
    lab.exec("leaf1", &["ip", "link", "set", "eth2", "down"]);
    let hears = |lab: &Lab, device, port| {
        lab.exec(device, &["lldpcli", "-f", "keyvalue", "show", "neighbors"]).contains(&format!("lldp.{port}."))
    };
    lab.until("both ends have seen it", |lab| {
        let sessions = (lab.sessions("leaf1"), lab.sessions("spine2"));
        sessions == (1, 3) && !hears(lab, "leaf1", "eth2") && !hears(lab, "spine2", "eth1")
    });
    lab.wait_for_routes();
    let changes = lab.look();
    for wanted in [
        "leaf1 neighbors: neighbor eth2 gone: remote_name spine2, remote_interface eth1",
        "spine2 neighbors: neighbor eth1 gone: remote_name leaf1, remote_interface eth2",
        "leaf1 ospf_neighbors: OSPF neighbor 10.255.0.2 (interface eth2) gone: state full",
        "spine2 ospf_neighbors: OSPF neighbor 10.255.0.3 (interface eth1) gone: state full",
    ] {
        assert!(changes.contains(wanted), "{wanted}: {changes:#?}");
    }
    let told = lab.json(&["changes", "list", "--device", "leaf1", "--limit", "1000"]);
    let port = rows(&told).iter().find(|c| text(c, "summary").starts_with("interface eth2: status up -> down"));
    let port = port.unwrap_or_else(|| panic!("{told}"));
    assert!(port["caused"]["routes"].as_u64() >= Some(5), "one line for the cable: {port}");
    assert_eq!((&port["caused"]["neighbors"], &port["caused"]["bgp_neighbors"]), (&Value::from(1), &Value::from(1)));
    assert_eq!(port["severity"], "moderate", "as severe as the worst that came of it");
    let heard = |more: &[&str]| {
        let report = lab.json(&[&["find", "spine2"], more].concat());
        devices(&report["answers"], "neighbors", |a| a["gone_at"].is_null())
    };
    let leaves = |names: &str| names.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(heard(&[]), leaves("leaf2 leaf3 leaf4"), "leaf1 hears it no more");
    let report = lab.json(&["find", "spine2", "--at", &before]);
    assert_eq!(devices(&report["answers"], "neighbors", |_| true), leaves("leaf1 leaf2 leaf3 leaf4"));
    let gone = lab.json(&["find", "spine2", "--history"]);
    assert_eq!(devices(&gone["answers"], "neighbors", |a| !a["gone_at"].is_null()), leaves("leaf1"));
    let cut = lab.velocity(&["topology", "diff", "--from", &before], 0);
    assert_eq!(cut.trim(), "- link leaf1 eth2 = spine2 eth1");
}

/// The devices of the answers of a kind.
fn devices(answers: &Value, kind: &str, of: impl Fn(&Value) -> bool) -> BTreeSet<String> {
    rows(answers).iter().filter(|a| a["kind"] == kind && of(a)).map(|a| text(a, "device").to_owned()).collect()
}

impl Lab {
    /// Collects, and says what changed: `leaf1 routes: …`, one line for each record.
    fn look(&self) -> BTreeSet<String> {
        let report = json(&self.velocity(&["capture", "--devices", "all", "--types", TYPES, "--json"], 0));
        let run = report["run"].as_i64().expect("a number");
        let all = self.json(&["changes", "list", "--all", "--limit", "10000"]);
        let new = rows(&all).iter().filter(|c| c["execution"] == run);
        new.map(|c| format!("{} {}: {}", text(c, "device"), text(c, "type"), text(c, "summary"))).collect()
    }

    /// Where a host is plugged in.
    fn place_of(&self, address: &str, at: Option<&str>) -> (String, String) {
        let mut ask = vec!["find", address];
        ask.extend(at.iter().flat_map(|at| ["--at", *at]));
        let report = self.json(&ask);
        let port = &report["whereabouts"][0]["port"];
        (text(port, "device").to_owned(), text(port, "interface").to_owned())
    }

    /// A moment between two collections; times are kept in seconds.
    fn now(&self) -> String {
        let now = || {
            let said = Command::new("date").args(["-u", "+%FT%TZ"]).output().expect("date");
            String::from_utf8_lossy(&said.stdout).trim().to_owned()
        };
        let first = now();
        self.until("the next second", |_| now() != first);
        first
    }

    /// A new cable between two devices, with a port at each.
    fn plug(&self, a: &str, port: &str, b: &str, other: &str) {
        let (a, b) = (self.pid_of(a), self.pid_of(b));
        let args = ["link", "add", "name", port, "netns", &a, "type", "veth", "peer", "name", other, "netns", &b];
        assert!(self.inside(Path::new("ip"), &args).status().expect("ip").success());
    }

    fn configure(&self, device: &str, lines: &[&str], done: impl Fn(&Lab) -> bool) {
        let mut args = vec!["vtysh"];
        args.extend(lines.iter().flat_map(|line| ["-c", line]));
        self.exec(device, &args);
        self.until(lines.last().expect("a line"), done);
    }

    /// By which protocols a router has selected a route.
    fn routes_to(&self, router: &str, prefix: &str) -> Vec<String> {
        let shown = json(&self.exec(router, &["vtysh", "-c", &format!("show ip route {prefix} json")]));
        let selected = shown[prefix].as_array().into_iter().flatten().filter(|r| r["selected"] == true);
        selected.map(|r| text(r, "protocol").to_owned()).collect()
    }

    fn sessions(&self, router: &str) -> usize {
        let shown = json(&self.exec(router, &["vtysh", "-c", "show bgp ipv4 unicast summary json"]));
        let peers = shown["peers"].as_object().into_iter().flatten();
        peers.filter(|(_, peer)| peer["state"] == "Established").count()
    }
}
