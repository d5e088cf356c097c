use super::*;

/// `name: port port …`; a port may carry `=mac`, and `"description"` after it with `_` for blanks. Keys count from 1.
/// The chassis id is `0241.0000.00` and the key, the address 10.0.0. and the key.
fn node(key: i64, text: &str) -> Node {
    let (name, ports) = text.split_once(':').unwrap_or((text, ""));
    let mut node = Node { key, name: name.to_owned(), ..Node::default() };
    node.chassis_ids = vec![format!("0241.0000.00{key:02}")];
    node.address = format!("10.0.0.{key}").parse().ok();
    for port in ports.split_whitespace() {
        let (port, description) = port.split_once('"').unwrap_or((port, ""));
        let (port, mac) = port.split_once('=').unwrap_or((port, ""));
        node.interfaces.push(port.to_owned());
        node.port_macs.extend(mac.parse().ok().map(|m| (m, port.to_owned())));
        if !description.is_empty() {
            let text = description.trim_end_matches('"').replace('_', " ");
            node.port_descriptions.push((port.to_owned(), text));
        }
    }
    node
}

/// `protocol device port > name port [chassis]`; `_` for blanks, `-` for nothing.
fn claim(nodes: &[Node], text: &str) -> (i64, NeighborClaim) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = |n: usize| words.get(n).filter(|w| **w != "-").map(|w| w.replace('_', " "));
    let claim = NeighborClaim {
        protocol: words[0].to_owned(),
        local_interface: words[2].to_owned(),
        remote_name: text(4),
        remote_interface: text(5),
        remote_chassis_id: text(6),
        ..NeighborClaim::default()
    };
    (nodes.iter().find(|n| n.name == words[1]).map_or(0, |n| n.key), claim)
}

fn graph(nodes: &[&str], claims: &[&str]) -> Graph {
    let nodes: Vec<Node> = nodes.iter().zip(1..).map(|(text, key)| node(key, text)).collect();
    let claims = claims.iter().map(|text| claim(&nodes, text)).collect();
    build(nodes, claims)
}

/// `a port -- b port`, with `?` for an unknown port, and `both` or `one` side.
fn shown(graph: &Graph) -> Vec<String> {
    let labels = graph.labels();
    let end = |e: &End| format!("{} {}", labels[&e.node], e.port.as_deref().unwrap_or("?"));
    let sides = |l: &Link| if l.confirmed { "both" } else { "one" };
    graph
        .links
        .iter()
        .map(|l| format!("{} -- {} {} {}", end(&l.a), end(&l.b), l.protocols.join("+"), sides(l)))
        .collect()
}

fn check(nodes: &[&str], claims: &[&str], links: &[&str]) {
    assert_eq!(shown(&graph(nodes, claims)), links, "{claims:?}");
    let mut turned = claims.to_vec();
    turned.reverse();
    assert_eq!(graph(nodes, &turned), graph(nodes, claims), "another order of {claims:?}");
}

const TWO: [&str; 2] = ["a: Gi0/1 Gi0/2", "b: Ethernet1 Ethernet2"];

#[test]
fn both_sides_and_both_protocols_are_one_link() {
    let claims = ["lldp a Gi0/1 > b Et1", "cdp a Gi0/1 > b.net.example Ethernet1", "lldp b Et1 > a Gi0/1"];
    check(&TWO, &claims, &["a GigabitEthernet0/1 -- b Ethernet1 cdp+lldp both"]);
    check(&TWO, &claims[..1], &["a GigabitEthernet0/1 -- b Ethernet1 lldp one"]);
}

#[test]
fn the_map_does_not_depend_on_the_protocol() {
    let claims = |protocol: &str| {
        let rows =
            ["a Gi0/1 > b Et1", "b Et1 > A.net.example Gig0/1", "a Gi0/2 > b Et2", "b Et2 > a GigabitEthernet0/2"];
        rows.map(|row| format!("{protocol} {row}"))
    };
    let ends = |claims: &[String]| {
        let claims: Vec<&str> = claims.iter().map(String::as_str).collect();
        let graph = graph(&TWO, &claims);
        graph.links.iter().map(|l| (l.a.clone(), l.b.clone(), l.confirmed)).collect::<Vec<_>>()
    };
    let (lldp, cdp) = (claims("lldp"), claims("cdp"));
    assert_eq!(ends(&lldp).len(), 2);
    assert_eq!(ends(&lldp), ends(&cdp));
    assert_eq!(ends(&lldp), ends(&[lldp, cdp].concat()));
}

#[test]
fn parallel_links_stay_apart() {
    let claims = ["cdp a Gi0/1 > b Et1", "cdp a Gi0/2 > b Et2", "cdp b Et1 > a Gi0/1", "cdp b Et2 > a Gi0/2"];
    let links = ["a GigabitEthernet0/1 -- b Ethernet1 cdp both", "a GigabitEthernet0/2 -- b Ethernet2 cdp both"];
    check(&TWO, &claims, &links);
}

#[test]
fn a_port_id_that_is_a_description_is_found_by_the_other_protocol_or_the_other_side() {
    let nodes = ["a: eth1 eth2", "b: swp1 swp2"];
    let link = ["a eth1 -- b swp1 cdp both"];
    check(&nodes, &["cdp a eth1 > b to_a:eth1", "cdp b swp1 > a eth1"], &link);
    check(&nodes, &["cdp a eth1 > b to_a:eth1", "cdp b swp1 > a to_b:swp1"], &link);
    check(&nodes, &["cdp a eth1 > b to_a:eth1", "lldp a eth1 > b swp1"], &["a eth1 -- b swp1 cdp+lldp one"]);
    check(&["a: eth1", "b: swp1\"to_a:eth1\""], &["cdp a eth1 > b to_a:eth1"], &["a eth1 -- b swp1 cdp one"]);
}

#[test]
fn two_links_with_no_port_told_are_not_paired_by_guessing() {
    let nodes = ["a: eth1 eth2", "b: swp1 swp2"];
    let claims = ["cdp a eth1 > b x_y", "cdp a eth2 > b x_y", "cdp b swp1 > a x_y", "cdp b swp2 > a eth2"];
    check(&nodes, &claims, &["a eth1 -- b swp1 cdp both", "a eth2 -- b swp2 cdp both"]);
    let links = ["a ? -- b swp1 cdp one", "a ? -- b swp2 cdp one", "a eth1 -- b ? cdp one", "a eth2 -- b ? cdp one"];
    check(&nodes, &[claims[0], claims[1], claims[2], "cdp b swp2 > a x_y"], &links);
}

#[test]
fn a_port_id_that_is_a_mac_is_the_port_with_this_mac() {
    let nodes = ["a: eth1", "b: swp1=02:41:00:00:00:b1 swp2=02:41:00:00:00:b2"];
    check(&nodes, &["lldp a eth1 > b 0241.0000.00b2"], &["a eth1 -- b swp2 lldp one"]);
}

#[test]
fn ports_of_a_device_that_was_not_collected_are_taken_as_printed() {
    check(&["a: eth1", "b"], &["lldp a eth1 > b Gi1/0/3"], &["a eth1 -- b GigabitEthernet1/0/3 lldp one"]);
    let claims = ["cdp a eth1 > b uplink", "lldp a eth1 > b swp3", "lldp b swp3 > a eth1"];
    check(&["a", "b"], &claims, &["a eth1 -- b swp3 cdp+lldp both"]);
}

#[test]
fn a_unit_of_junos_is_its_port() {
    let nodes = ["a: ge-0/0/1 ge-0/0/1.0", "b: et-0/0/3"];
    check(
        &nodes,
        &["lldp a ge-0/0/1.0 > b et-0/0/3", "lldp b et-0/0/3 > a ge-0/0/1"],
        &["a ge-0/0/1 -- b et-0/0/3 lldp both"],
    );
}

#[test]
fn a_device_is_its_own_neighbour_only_when_it_is_cabled_so() {
    let nodes = ["a: eth1 eth2 eth3"];
    check(&nodes, &["lldp a eth1 > a eth2", "lldp a eth2 > a eth1"], &["a eth1 -- a eth2 lldp both"]);
    check(&nodes, &["lldp a eth3 > a eth3"], &[]);
    let reason = &graph(&nodes, &["lldp a eth1 > a eth2"]).conflicts[0].reason;
    assert_eq!(reason, "hears itself from eth2, and not there the other way: no link");
}

#[test]
fn sides_that_contradict_are_reported() {
    let nodes = ["a: eth1", "b: eth1", "c: eth1"];
    let graph = graph(&nodes, &["lldp a eth1 > b eth1", "lldp b eth1 > c eth1", "lldp c eth1 > b eth1"]);
    assert_eq!(shown(&graph), ["a eth1 -- b eth1 lldp one", "b eth1 -- c eth1 lldp both"]);
    assert_eq!(graph.conflicts[0].reason, "hears b eth1, but that port hears c eth1");
}

#[test]
fn a_neighbour_that_is_no_node_is_listed_once_with_the_reason() {
    let claims = [
        "lldp a eth1 > phone7 P1 0241.ffff.0007",
        "cdp a eth1 > phone7 Port_1",
        "lldp b eth1 > - P1 02:41:ff:ff:00:07",
    ];
    let graph = graph(&["a", "b"], &claims);
    let [phone] = &graph.unknown[..] else { panic!("{:?}", graph.unknown) };
    assert_eq!((phone.name.as_str(), phone.reason.as_str()), ("phone7", "not in the inventory"));
    let seen: Vec<String> =
        phone.seen_from.iter().map(|s| format!("{} {} {}", s.node, s.port, s.protocols.join("+"))).collect();
    assert_eq!(seen, ["1 eth1 cdp+lldp", "2 eth1 lldp"]);
}

#[test]
fn one_of_two_devices_with_one_name_is_not_guessed() {
    let mut nodes = vec![node(1, "a: eth1"), node(2, "a: eth1"), node(3, "b: eth1")];
    nodes[0].chassis_ids.clear();
    let claims = vec![claim(&nodes, "cdp b eth1 > a eth1")];
    let graph = build(nodes, claims);
    assert_eq!(graph.links, []);
    assert_eq!(graph.conflicts[0].reason, "ambiguous: the name is that of a (10.0.0.1) and a (10.0.0.2)");
    assert_eq!(graph.unknown[0].reason, graph.conflicts[0].reason);
}

#[test]
fn the_score_grows_with_what_speaks_for_the_link() {
    let score = |claims: &[&str]| graph(&TWO, claims).links[0].score;
    let one = score(&["cdp a Gi0/1 > b -"]);
    let port = score(&["cdp a Gi0/1 > b Et1"]);
    let chassis = score(&["lldp a Gi0/1 > b Et1 0241.0000.0002"]);
    let both = score(&["lldp a Gi0/1 > b Et1 0241.0000.0002", "lldp b Et1 > a Gi0/1 0241.0000.0001"]);
    let all = score(&[
        "lldp a Gi0/1 > b Et1 0241.0000.0002",
        "lldp b Et1 > a Gi0/1 0241.0000.0001",
        "cdp a Gi0/1 > b Ethernet1",
    ]);
    assert_eq!((one, port, chassis, both, all), (0.45, 0.55, 0.65, 0.95, 1.0));
}

#[test]
fn ten_thousand_devices_take_no_time() {
    let nodes: Vec<Node> =
        (1..=10_000).map(|k| node(k, &format!("site{}-leaf-{k}: Et1 Et2 Et3 Et4", k % 40))).collect();
    let name = |k: i64| nodes[(k - 1).rem_euclid(10_000) as usize].name.clone();
    let mut claims = Vec::new();
    for k in 1..=10_000 {
        for protocol in ["lldp", "cdp"] {
            claims.push(claim(&[], &format!("{protocol} - Ethernet1 > {}.net.example Et2", name(k + 1))));
            claims.push(claim(&[], &format!("{protocol} - Ethernet2 > {} Ethernet1", name(k - 1))));
        }
        claims.iter_mut().rev().take(4).for_each(|c| c.0 = k);
    }
    let started = std::time::Instant::now();
    let graph = build(nodes, claims);
    let took = started.elapsed();
    assert_eq!((graph.links.len(), graph.unknown.len(), graph.conflicts.len()), (10_000, 0, 0));
    assert!(graph.links.iter().all(|l| l.confirmed));
    assert!(took.as_secs() < 5, "{took:?} unoptimised");
    eprintln!("{took:?}");
}
