//! What is looked for is found, with the lines that prove it.

use crate::bench::{Bench, Said, Site, TYPES};

fn collected(block: u8) -> (Bench, Site) {
    let (bench, site) = (Bench::new(), Site::new(12, 7, block));
    bench.discover(&site, &[]).ok();
    bench.capture(&site, TYPES, &[]).ok();
    (bench, site)
}

fn find(bench: &Bench, text: &str) -> serde_json::Value {
    bench.run(&["find", text, "--json"], "").ok().json()
}

#[test]
fn every_host_is_on_the_port_that_it_is_plugged_into() {
    let (bench, site) = collected(221);
    let truth = site.running.truth();
    assert!(truth.hosts.len() > 5, "{}", truth.hosts.len());
    for host in &truth.hosts {
        for text in [host.ip.to_string(), host.mac.to_string()] {
            let report = find(&bench, &text);
            let place = &report["whereabouts"][0];
            let port = (place["port"]["device"].as_str(), place["port"]["interface"].as_str());
            assert_eq!(port, (Some(host.device.as_str()), Some(host.port.as_str())), "{text}: {report:#}");
            assert_eq!(place["port"]["vlan"], host.vlan.to_string(), "{text}");
        }
    }
}

#[test]
fn a_port_channel_leads_where_its_members_do() {
    let (bench, site) = collected(240);
    bench.capture(&site, "port_channels", &[]).ok();
    let truth = site.running.truth();
    let host = truth.hosts.iter().find(|h| h.device == "fra-access-1").expect("a host behind a channel");
    let steps = find(&bench, &host.mac.to_string())["whereabouts"][0]["steps"].clone();
    let seen_by = |device: &str| -> Vec<String> {
        let of = steps.as_array().expect("steps").iter().filter(|s| s["device"] == device);
        of.filter_map(|s| s["what"].as_str()).filter(|w| w.starts_with("MAC")).map(str::to_owned).collect()
    };
    let [way] = &seen_by("fra-leaf-1")[..] else { panic!("{steps:#}") };
    assert!(way.ends_with("uplink towards fra-access-1"), "{way}");
}

#[test]
fn a_route_is_the_longest_prefix_of_each_device() {
    let (bench, site) = collected(222);
    let truth = site.running.truth();
    let host = &truth.hosts[0];
    let routes = bench.run(&["route", "lookup", &host.ip.to_string(), "--json"], "").ok().json();
    assert_eq!(find(&bench, &host.ip.to_string())["routes"], routes, "what is found of an address has the ways to it");
    let routes = routes.as_array().expect("list");
    for device in truth.devices.iter().map(|d| &d.name) {
        let holds =
            |prefix: &str| prefix.parse::<ipnet::IpNet>().is_ok_and(|p| p.contains(&std::net::IpAddr::from(host.ip)));
        let own = truth.routes.iter().filter(|r| r.device == *device).map(|r| r.prefix.to_string());
        let longest = own
            .filter(|p| holds(p))
            .filter_map(|p| p.parse::<ipnet::IpNet>().ok())
            .max_by_key(ipnet::IpNet::prefix_len);
        let found = routes.iter().find(|r| r["device"] == device.as_str()).and_then(|r| r["prefix"].as_str());
        assert_eq!(found.map(str::to_owned), longest.map(|p| p.to_string()), "{device}");
    }
}

/// As an engineer types them: each is answered, the best answer is of this kind, and on this device where one is meant.
#[test]
fn what_an_engineer_asks_is_answered() {
    let (bench, site) = (Bench::new(), Site::new(12, 7, 228));
    bench.discover(&site, &[]).ok();
    bench.capture(&site, "all", &[]).ok();
    let truth = site.running.truth();
    let channel = json_of(&bench, &["facts", "port_channels"])[0].clone();
    let device = channel["device"].as_str().expect("device");
    let asked = |text: &str, kind: &str, on: Option<&str>| {
        let report = find(&bench, text);
        let best = &report["answers"][0];
        assert_eq!(best["kind"], kind, "{text}: {report:#}");
        if let Some(on) = on {
            let all = report["answers"].as_array().expect("answers");
            assert!(all.iter().any(|a| a["device"] == on && a["score"] == best["score"]), "{text} {on}: {report:#}");
        }
    };
    for text in ["Port-channel1", "po1", "PO1", "port channel 1", "portchannel1"] {
        asked(text, "interfaces", Some("fra-access-1"));
    }
    for text in ["eth1/1", "Ethernet1/1", "e1/1", "ae0", "lo0", "Loopback 0", "AE0", "Vlan102", "mgmt"] {
        asked(text, "interfaces", None);
    }
    for text in [format!("{device} po1"), format!("{device}:Port-channel1")] {
        asked(&text, "interfaces", Some(device));
    }
    asked("fra-core-1 ae0", "interfaces", Some("fra-core-1"));
    for text in ["AS65001", "as 65001", "65001"] {
        asked(text, "bgp_neighbors", Some("fra-core-1"));
    }
    asked("vrf blue", "addresses", None);
    for (text, kind) in [
        ("juniper", "device"),
        ("cisco_nxos", "device"),
        ("usa", "device"),
        ("leaf", "device"),
        ("servers", "interfaces"),
        ("uplink", "interfaces"),
        ("10.255.0.1", "ntp"),
        ("10.255.0.10", "syslog"),
        ("10.255.0.31", "aaa_servers"),
        ("admin", "users"),
        ("101", "vlans"),
        ("vlan 101", "vlans"),
        ("10.1.0.0/16", "routes"),
        ("SFP", "components"),
        ("VMware", "mac"),
    ] {
        asked(text, kind, None);
    }
    let core = truth.devices.iter().find(|d| d.name == "ger-core-1").expect("a core");
    for text in [core.serials[0].as_str(), &core.address.to_string(), &core.os_version] {
        asked(text, "device", Some("ger-core-1"));
    }
    let nothing = bench.run(&["find", "no such thing"], "").ok().out;
    assert!(nothing.contains("velocity search"), "{nothing}");
}

fn json_of(bench: &Bench, args: &[&str]) -> serde_json::Value {
    bench.run(&[args, &["--json"]].concat(), "").ok().json()
}

#[test]
fn a_serial_number_a_name_and_a_vlan_are_found() {
    let (bench, site) = collected(223);
    let device = &site.running.truth().devices[0];
    for text in [device.name.clone(), device.serials[0].clone(), device.address.to_string()] {
        let best = &find(&bench, &text)["answers"][0];
        assert_eq!(
            (best["kind"].as_str(), best["device"].as_str()),
            (Some("device"), Some(device.name.as_str())),
            "{text}"
        );
    }
    let report = find(&bench, "vlan 101");
    assert_eq!(report["read_as"][0], "VLAN 101");
    assert!(report["answers"].as_array().is_some_and(|a| a.iter().any(|a| a["kind"] == "mac")), "{report:#}");
    assert_eq!(find(&bench, "no such thing")["answers"], serde_json::json!([]));
    assert_eq!(bench.run(&["find", " "], "").code, 2);
}

#[test]
fn a_search_finds_lines_but_no_secret() {
    let (bench, site) = collected(224);
    let search = |args: &[&str]| -> Said { bench.run(&[&["search"], args, &["--json"]].concat(), "") };
    let report = search(&["^hostname usa-leaf-1$", "--type", "configs"]).ok().json();
    assert_eq!(report["hits"].as_array().map(Vec::len), Some(1), "{report:#}");
    assert_eq!(
        (&report["hits"][0]["device"], &report["hits"][0]["capture_type"]),
        (&"usa-leaf-1".into(), &"configs".into())
    );
    let line = report["hits"][0]["line"].as_u64().expect("line");
    let config = bench.run(&["configs", "show", "usa-leaf-1"], "").ok().out;
    assert_eq!(config.lines().nth(line as usize - 1), Some("hostname usa-leaf-1"));

    let usa = search(&["hostname", "-i", "--devices", "site=usa", "--type", "configs"]).ok().json();
    assert!(usa["captures_searched"].as_u64() < report["captures_searched"].as_u64(), "{usa:#}");
    // What a secret is cannot be found out by searching for it: the masked text alone counts.
    let secret = search(&[site.running.password(), "-F"]).ok().json();
    assert_eq!(secret["hits"], serde_json::json!([]));
    let masked = search(&["********", "-F", "--limit", "1"]).ok().json();
    assert_eq!(
        (masked["hits"].as_array().map(Vec::len), &masked["limit_reached"]),
        (Some(1), &true.into()),
        "{masked:#}"
    );
    assert_eq!(search(&["("]).code, 2);
    assert_eq!(search(&["x", "--type", "colours"]).code, 2);
}

#[test]
fn a_search_counts_and_says_that_there_is_more() {
    let (bench, site) = collected(253);
    let leaves = site.running.truth().devices.iter().filter(|d| d.name.starts_with("usa-leaf")).count();
    let search = |args: &[&str]| -> Said { bench.run(&[&["search", "--type", "configs"], args].concat(), "") };
    let counted = search(&["HOSTNAME usa-leaf", "-i", "--count"]).ok();
    assert_eq!(counted.out.lines().count(), leaves, "{}", counted.out);
    assert!(counted.out.lines().all(|line| line.ends_with(" configs:1")), "{}", counted.out);
    let files = search(&["hostname", "--files-with-matches", "--limit", "2", "--json"]).ok().json();
    assert_eq!((files["hits"].as_array().map(Vec::len), &files["limit_reached"]), (Some(2), &true.into()), "{files:#}");
    let more = search(&["hostname", "--site", "usa", "--limit", "1"]).ok();
    assert_eq!(more.out.lines().count(), 1, "{}", more.out);
    assert!(more.err.contains("there are more; --limit shows more"), "{}", more.err);
    // Matches that are near one another are told once, with the lines around them.
    let near = search(&["^(hostname|interface) ", "-C", "1", "--device", "usa-leaf-1"]).ok().out;
    let numbers = near.lines().filter(|l| *l != "--").map(|line| {
        let rest = line.strip_prefix("usa-leaf-1 configs").expect(line);
        rest[1..].split([':', '-']).next().and_then(|n| n.parse::<u64>().ok()).expect(line)
    });
    let numbers: Vec<u64> = numbers.collect();
    assert!(numbers.len() > 5 && numbers.is_sorted_by(|a, b| a < b), "{near}");
    assert_eq!(search(&["(x{1000}){1000}{1000}"]).code, 2);
}

#[test]
fn what_was_said_then_is_searched_with_a_time() {
    let (bench, site) = collected(225);
    let device = site.running.truth().devices[0].name.clone();
    let before = bench.run(&["captures", "list", &device, "--type", "configs", "--json"], "").ok().json();
    let seen = before[0]["first_seen"].as_str().expect("time").to_owned();
    let early = bench.run(&["search", "hostname", "--at", "2020-01-01", "--json"], "").ok().json();
    assert_eq!((&early["captures_searched"], &early["hits"]), (&0.into(), &serde_json::json!([])));
    let now = bench.run(&["search", "hostname", "--since", &seen, "--json"], "").ok().json();
    assert!(now["captures_searched"].as_u64() > Some(0), "{now:#}");
}

/// By the number of a VLAN the ports that are in it and the trunks that carry it; by an address the OSPF neighbour.
#[test]
fn ports_are_found_by_their_vlan_and_ospf_neighbors_by_their_address() {
    let (bench, site) = collected(150);
    bench.capture(&site, "switchports,ospf", &[]).ok();
    let all = |kind: &str| bench.run(&["facts", kind, "--json"], "").ok().json().as_array().cloned().expect("a list");
    let (ports, neighbors) = (all("switchports"), all("ospf_neighbors"));
    let access = ports.iter().find(|p| p["mode"] == "access" && p["access_vlan"].is_number()).expect("an access port");
    let number = &access["access_vlan"];
    let vlan = number.to_string();
    let is_in = |p: &serde_json::Value| {
        let tagged =
            p["tagged_vlans"].as_str().is_some_and(|set| model::vlans::contains(set, vlan.parse().expect("number")));
        let own = ["access_vlan", "native_vlan", "voice_vlan"].iter().any(|column| p[column] == *number);
        own || tagged
    };
    let told = bench.run(&["facts", "switchports", &vlan, "--json"], "").ok().json();
    let wanted = ports.iter().filter(|p| is_in(p)).count();
    assert!(wanted > 1 && told.as_array().map(Vec::len) == Some(wanted), "{wanted}: {told:#}");

    let report = find(&bench, &format!("vlan {vlan}"));
    let answers = report["answers"].as_array().expect("answers");
    let why = |a: &&serde_json::Value| a["kind"] == "switchports";
    let why: std::collections::BTreeSet<_> = answers.iter().filter(why).filter_map(|a| a["why"].as_str()).collect();
    assert!(why.contains("the port is in this VLAN") && why.contains("the trunk carries this VLAN"), "{why:?}");

    let neighbor = neighbors.iter().find(|n| n["address"].is_string()).expect("an OSPF neighbour");
    for column in ["address", "router_id"] {
        let report = find(&bench, neighbor[column].as_str().expect("an address"));
        let answers = report["answers"].as_array().expect("answers");
        assert!(
            answers.iter().any(|a| a["kind"] == "ospf_neighbors" && a["device"] == neighbor["device"]),
            "{report:#}"
        );
    }
}

/// Recorded tables with several VRFs, by platform and case.
const VRFS: [(&str, &str, &str); 3] =
    [("nx-1", "cisco_nxos", "routes"), ("eos-1", "arista_eos", "routes"), ("mx-1", "juniper_junos", "routes")];

/// Tables with several VRFs, in which one prefix leads two ways.
#[test]
fn routes_are_told_apart_by_their_vrf() {
    let bench = Bench::new();
    bench.run(&["init"], "").ok();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../platforms");
    let folder = bench.dir.path().join("collections/routes");
    std::fs::create_dir_all(&folder).expect("a folder");
    for ((device, platform, case), port) in VRFS.into_iter().zip(["22", "2222", "2223"]) {
        bench
            .run(&["devices", "add", device, "--address", "192.0.2.9", "--platform", platform, "--port", port], "")
            .ok();
        let from = root.join(platform).join("cases").join(case).join("output.txt");
        std::fs::copy(&from, folder.join(format!("{device}.txt")))
            .unwrap_or_else(|e| panic!("{}: {e}", from.display()));
    }
    let dir = folder.parent().expect("a folder").display().to_string();
    bench.run(&["load", "--dir", &dir, "--json"], "").ok();
    for (device, _, _) in VRFS {
        let routes = |vrf: &[&str]| -> Vec<serde_json::Value> {
            let args = [&["facts", "routes", "--device", device, "--json"], vrf].concat();
            bench.run(&args, "").ok().json().as_array().cloned().expect("a list")
        };
        let all = routes(&[]);
        let vrfs: std::collections::BTreeSet<&str> = all.iter().filter_map(|r| r["vrf"].as_str()).collect();
        assert!(vrfs.len() > 1 && vrfs.contains("default"), "{device}: {vrfs:?}");
        let mut apart = 0;
        for vrf in &vrfs {
            let of_it = routes(&["--vrf", vrf]);
            assert!(!of_it.is_empty() && of_it.iter().all(|r| r["vrf"] == *vrf), "{device} {vrf}");
            let net = of_it.iter().find_map(|r| r["prefix"].as_str()?.split('/').next()).expect("a prefix");
            let looked =
                bench.run(&["route", "lookup", net, "--device", device, "--vrf", vrf, "--json"], "").ok().json();
            let looked = looked.as_array().expect("a list");
            assert!(!looked.is_empty() && looked.iter().all(|r| r["vrf"] == *vrf), "{device} {vrf} {net}");
            apart += of_it.len();
        }
        assert_eq!(apart, all.len(), "{device}: each route is of one VRF");
        assert!(routes(&["--vrf", "none such"]).is_empty());
    }
    let none = bench.run(&["facts", "mac", "--vrf", "RED"], "");
    assert!(none.code == 2 && none.err.contains("of no VRF"), "{none:?}");
}
