use model::fact::Watch;
use model::{CaptureId, Evidence};

use super::*;
use crate::watching::between;

/// `routes prefix=10.0.0.0/24 interface=Gi0/1 …`
fn held(line: &str) -> (&'static FactKind, Held) {
    let (kind, cells) = line.split_once(' ').expect("a kind and cells");
    let kind = FactKind::by_name(kind).expect(kind);
    let mut values = vec![Value::Null; kind.columns.len()];
    for cell in cells.split(' ') {
        let (name, text) = cell.split_once('=').expect(cell);
        let at = kind.position(name).expect(name);
        values[at] = Value::read(kind.columns[at].kind, text).expect(text);
    }
    let evidence =
        Evidence { capture: CaptureId(1), capture_type: "t".into(), first_line: 1, last_line: 1, template: "t".into() };
    (kind, Held { values, evidence })
}

/// What was and what is; what came of what, by their subjects.
#[track_caller]
fn check(before: &[&str], after: &[&str], says: &[&str]) {
    let (before, after): (Vec<_>, Vec<_>) =
        (before.iter().map(|l| held(l)).collect(), after.iter().map(|l| held(l)).collect());
    let mut all: Vec<(&'static FactKind, Turn)> = Vec::new();
    for kind in model::fact::KINDS {
        let of = |side: &[(&'static FactKind, Held)]| -> Vec<Held> {
            side.iter().filter(|(k, _)| k == kind).map(|(_, held)| held.clone()).collect()
        };
        let Some(watch) = Watch::of(kind) else { continue };
        all.extend(between(watch, kind, &of(&before), &of(&after)).into_iter().map(|turn| (*kind, turn)));
    }
    let flat: Vec<Of<'_>> = all.iter().map(|(kind, turn)| (*kind, turn)).collect();
    let subject = |n: usize| flat[n].1.thing.subject.split(' ').next().unwrap_or_default().to_owned();
    let told = causes(&flat).into_iter().enumerate();
    let told: Vec<String> =
        told.map(|(n, cause)| format!("{} <- {}", subject(n), cause.map_or("-".to_owned(), subject))).collect();
    assert_eq!(told, says);
}

const PORT_UP: &str = "interfaces name=Gi0/1 status=up protocol_status=up";
const PORT_DOWN: &str = "interfaces name=Gi0/1 status=down protocol_status=down";
const HEARD: &str = "neighbors protocol=lldp local_interface=Gi0/1 remote_name=sw2 remote_interface=Gi0/9";
const DIRECT: &str = "routes prefix=10.1.0.0/31 protocol=connected interface=Gi0/1";
const SESSION: &str = "bgp_neighbors neighbor=10.1.0.1 remote_as=65000 state=established";
const ADJACENT: &str = "ospf_neighbors router_id=10.255.0.2 address=10.1.0.1 interface=Gi0/1 state=full";

#[test]
fn a_cable_takes_its_neighbor_its_sessions_and_their_routes_along() {
    let before = [
        PORT_UP,
        HEARD,
        DIRECT,
        SESSION,
        ADJACENT,
        "routes prefix=10.2.0.0/24 protocol=bgp next_hop=10.1.0.1",
        "routes prefix=10.3.0.0/24 protocol=ospf next_hop=10.1.0.1 interface=Gi0/1",
        "routes prefix=10.3.0.0/24 protocol=ospf next_hop=10.1.0.3 interface=Gi0/2",
    ];
    let after = [
        PORT_DOWN,
        "bgp_neighbors neighbor=10.1.0.1 remote_as=65000 state=active",
        "routes prefix=10.3.0.0/24 protocol=ospf next_hop=10.1.0.3 interface=Gi0/2",
    ];
    let port = "GigabitEthernet0/1";
    let of_the_port =
        ["10.1.0.0/31", "10.2.0.0/24", "10.3.0.0/24", "10.1.0.1", "10.255.0.2"].map(|s| format!("{s} <- {port}"));
    let mut says = vec![format!("{port} <- -"), format!("{port} <- {port}")];
    says.extend(of_the_port);
    check(&before, &after, &says.iter().map(String::as_str).collect::<Vec<_>>());
    // And back.
    check(&after, &before, &says.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_session_that_is_lost_takes_its_routes_along() {
    let routes = [
        "routes prefix=10.2.0.0/24 protocol=bgp next_hop=10.1.0.1 interface=Gi0/1",
        "routes prefix=10.4.0.0/24 protocol=static next_hop=10.9.0.1",
    ];
    check(
        &[SESSION, routes[0], routes[1]],
        &["bgp_neighbors neighbor=10.1.0.1 remote_as=65000 state=idle"],
        &["10.2.0.0/24 <- 10.1.0.1", "10.4.0.0/24 <- -", "10.1.0.1 <- -"],
    );
}

#[test]
fn what_may_have_come_of_either_of_two_came_of_neither() {
    let second = "interfaces name=Gi0/2 status=up protocol_status=up";
    let both = [
        "routes prefix=10.3.0.0/24 protocol=ospf next_hop=10.1.0.1 interface=Gi0/1",
        "routes prefix=10.3.0.0/24 protocol=ospf next_hop=10.1.0.3 interface=Gi0/2",
    ];
    let down = "interfaces name=Gi0/2 status=down protocol_status=down";
    check(
        &[PORT_UP, second, both[0], both[1]],
        &[PORT_DOWN, down],
        &["GigabitEthernet0/1 <- -", "GigabitEthernet0/2 <- -", "10.3.0.0/24 <- -"],
    );
}

#[test]
fn another_vrf_is_another_network() {
    let before = [PORT_UP, DIRECT, "routes vrf=blue prefix=10.2.0.0/24 protocol=static next_hop=10.1.0.1"];
    check(&before, &[PORT_DOWN], &["GigabitEthernet0/1 <- -", "10.1.0.0/31 <- GigabitEthernet0/1", "10.2.0.0/24 <- -"]);
}

#[test]
fn what_else_changed_at_the_same_time_is_told_by_itself() {
    let before = [PORT_UP, "routes prefix=10.9.0.0/24 protocol=static next_hop=10.8.0.1", "vlans vid=20 name=a"];
    check(&before, &[PORT_DOWN], &["GigabitEthernet0/1 <- -", "20 <- -", "10.9.0.0/24 <- -"]);
    // A port that was down before took nothing along.
    let was_down = [PORT_DOWN, DIRECT];
    check(&was_down, &[], &["GigabitEthernet0/1 <- -", "10.1.0.0/31 <- -"]);
}

#[test]
fn a_port_takes_its_subinterfaces_along() {
    let (up, down) = ("interfaces name=Gi0/1.100 status=up", "interfaces name=Gi0/1.100 status=down");
    check(
        &[PORT_UP, up],
        &[PORT_DOWN, down],
        &["GigabitEthernet0/1 <- -", "GigabitEthernet0/1.100 <- GigabitEthernet0/1"],
    );
}
