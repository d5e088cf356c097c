use super::*;

/// A network as `name serial address: neighbour neighbour …`; a neighbour is `name@address`, with `!` before it for
/// one that is only a station. Visits everything and tells who was entered and what became of the rest.
fn crawl(rules: Rules, network: &str, seed: &str) -> String {
    let mut crawl = Crawl::new(rules, 1);
    crawl.seed(SocketAddr::new(seed.parse().expect("seed"), 22));
    let mut told = Vec::new();
    while let Some(at) = crawl.take_next() {
        let ip = at.addr.expect("address").ip().to_string();
        let Some(line) = network.lines().map(str::trim).find(|l| l.split([' ', ':']).nth(2) == Some(&ip)) else {
            told.push(format!("{ip} unreachable"));
            continue;
        };
        match crawl.found(&at, &found(line)) {
            Ok((_, verdicts)) => {
                told.push(line.split(' ').next().unwrap_or_default().to_owned());
                told.extend(
                    verdicts.into_iter().map(|v| format!("{} {}", v.candidate.name.unwrap_or_default(), v.class)),
                );
            }
            Err(reason) => told.push(format!("{ip} {reason}")),
        }
    }
    told.extend(crawl.finish().into_iter().map(|v| format!("{} {}", v.candidate.name.unwrap_or_default(), v.class)));
    told.join(", ")
}

fn found(line: &str) -> Found {
    let (device, neighbors) = line.split_once(':').expect("colon");
    let words: Vec<&str> = device.split(' ').collect();
    let identity = DeviceIdentity {
        serials: BTreeSet::from([words[1].to_owned()]),
        name: words[0].to_owned(),
        ..DeviceIdentity::default()
    };
    let claim = |text: &str| {
        let station = text.starts_with('!');
        let (name, address) = text.trim_start_matches('!').split_once('@').expect("@");
        NeighborClaim {
            protocol: "lldp".into(),
            remote_name: Some(name.to_owned()),
            remote_address: address.parse().ok(),
            remote_capabilities: Some(if station { "T, S".into() } else { "B, R".into() }),
            ..NeighborClaim::default()
        }
    };
    Found { identity, claims: neighbors.split_whitespace().map(claim).collect() }
}

const RING: &str = "a S1 10.0.0.1: b@10.0.0.2 c@10.0.0.3
    b S2 10.0.0.2: a@10.0.0.1 c@10.0.0.3
    c S3 10.0.0.3: a@10.0.0.1 b@10.0.0.2 !phone@10.0.9.9";

#[test]
fn a_ring_is_walked_once_and_a_phone_is_not_entered() {
    assert_eq!(crawl(Rules::default(), RING, "10.0.0.1"), "a, b, c, phone not_a_network_device");
}

#[test]
fn depth_and_rules_hold() {
    let rules = Rules { depth: Some(0), ..Rules::default() };
    assert_eq!(crawl(rules, RING, "10.0.0.1"), "a, b too_deep, c too_deep");
    let rules = Rules { exclude: vec!["c".parse().expect("rule")], ..Rules::default() };
    assert_eq!(crawl(rules, RING, "10.0.0.1"), "a, c excluded_by_rule, b");
}

#[test]
fn the_shortest_way_decides_how_deep_a_device_is() {
    let network = "a S1 10.0.0.1: b@10.0.0.2 c@10.0.0.3
        b S2 10.0.0.2: d@10.0.0.4
        c S3 10.0.0.3: x@10.0.0.5
        d S4 10.0.0.4: x@10.0.0.5";
    let rules = Rules { depth: Some(2), ..Rules::default() };
    let mut crawl = Crawl::new(rules, 1);
    crawl.seed("10.0.0.1:22".parse().expect("seed"));
    let visit = |crawl: &mut Crawl, name: &str, at: Candidate| {
        let line = network.lines().map(str::trim).find(|l| l.starts_with(name)).expect("device");
        crawl.found(&at, &found(line)).expect("a device of its own");
    };
    let a = crawl.take_next().expect("a");
    visit(&mut crawl, "a", a);
    let (b, c) = (crawl.take_next().expect("b"), crawl.take_next().expect("c"));
    visit(&mut crawl, "b", b);
    let d = crawl.take_next().expect("d");
    // c is slow: x is first heard of from d, where it is too deep.
    visit(&mut crawl, "d", d);
    visit(&mut crawl, "c", c);
    assert_eq!(crawl.take_next().and_then(|x| x.name).as_deref(), Some("x"));
    assert!(crawl.finish().is_empty());
}

#[test]
fn one_device_with_two_addresses_is_one_and_two_with_one_name_are_two() {
    let network = "a S1 10.0.0.1: b@10.0.0.2 b@10.0.1.2
        b S2 10.0.0.2: a@10.0.0.1
        b S2 10.0.1.2: a@10.0.0.1";
    assert_eq!(crawl(Rules::default(), network, "10.0.0.1"), "a, b, 10.0.1.2 duplicate of b: same serial number S2");
    let network = network.replace("b S2 10.0.1.2", "b S9 10.0.1.2");
    assert_eq!(crawl(Rules::default(), &network, "10.0.0.1"), "a, b, b");
}

#[test]
fn a_neighbour_without_an_address_is_told_once_unless_it_was_found_otherwise() {
    let network = "a S1 10.0.0.1: b@10.0.0.2 x@none c.example@none
        b S2 10.0.0.2: x@none c@10.0.0.3
        c S3 10.0.0.3: ";
    assert_eq!(crawl(Rules::default(), network, "10.0.0.1"), "a, b, c, x no_address");
}

#[test]
fn what_does_not_answer_is_only_that() {
    assert_eq!(crawl(Rules::default(), "a S1 10.0.0.1: b@10.0.0.2", "10.0.0.1"), "a, 10.0.0.2 unreachable");
}
