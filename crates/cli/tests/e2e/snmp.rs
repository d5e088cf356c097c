//! Discovery by SNMP finds what discovery by SSH finds.

use std::collections::BTreeSet;

use lab::Fault;
use serde_json::Value;

use crate::bench::{Bench, Said, Site};

const USER: [&str; 6] = ["--snmp-user", "admin", "--snmp-auth", "sha256", "--snmp-privacy", "aes128"];

/// `discover` by agents: with the community, or as the v3 user.
fn discover(bench: &Bench, site: &Site, v3: bool, more: &[&str]) -> Said {
    let (seed, port) = (site.running.seed(), site.running.snmp_port().expect("agents").to_string());
    let mut args = vec!["discover", &seed, "--snmp-port", &port, "--json"];
    match v3 {
        true => args.extend([&USER[..], &["--snmp-passwords-stdin"]].concat()),
        false => args.push("--snmp-community-stdin"),
    }
    args.extend(more);
    bench.run(&args, &site.password().repeat(3))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Devices with their platform, version, serial numbers and site; links with both ports, protocols and whether both ends claim them.
fn map(bench: &Bench) -> BTreeSet<String> {
    let devices = bench.run(&["devices", "list", "--json"], "").ok().json();
    let device = |d: &Value| {
        let serials: BTreeSet<&str> = list(&d["serials"]).filter_map(Value::as_str).collect();
        format!("{} {} {} {} {serials:?}", text(d, "name"), text(d, "platform"), text(d, "os_version"), text(d, "site"))
    };
    let links = bench.run(&["topology", "show", "--json"], "").ok().json();
    let link = |l: &Value| {
        let mut ends = [("local_device", "local_port"), ("remote_device", "remote_port")]
            .map(|(d, p)| format!("{} {}", text(l, d), text(l, p)));
        ends.sort();
        format!("{} {} {}", ends.join(" = "), l["protocols"], l["confirmed"])
    };
    list(&devices).map(device).chain(list(&links).map(link)).collect()
}

#[test]
fn the_map_is_the_same_by_ssh_by_v2c_and_by_v3() {
    let site = Site::with_agents(12, 1, 191);
    let (ssh, v2c, v3) = (Bench::new(), Bench::new(), Bench::new());
    ssh.discover(&site, &[]).ok();
    discover(&v2c, &site, false, &[]).ok();
    discover(&v3, &site, true, &[]).ok();
    let expected = map(&ssh);
    assert!(expected.len() > 20, "{expected:?}");
    assert_eq!(map(&v2c), expected);
    assert_eq!(map(&v3), expected);
    // Again, and nothing is split or gone.
    discover(&v2c, &site, true, &[]).ok();
    assert_eq!(map(&v2c), expected);
    let changes = v2c.run(&["changes", "list", "--json"], "").ok().json();
    assert_eq!(changes, serde_json::json!([]));
}

#[test]
fn both_ways_together_give_one_map_and_say_what_each_gave() {
    let site = Site::with_agents(8, 3, 192);
    let bench = Bench::new();
    // One device lets nobody in by SSH; its agent still answers.
    let refusing = site.leaf(0);
    site.running.fault(&refusing, Fault::Refuse).expect("device");
    let more = ["--via", "both", "--user", "admin", "--password-stdin"];
    discover(&bench, &site, false, &more).ok();
    let truth = site.running.truth();
    let links = bench.run(&["topology", "show", "--json"], "").ok().json();
    assert_eq!(list(&links).count(), truth.links.len(), "a link that was told twice is one");
    let run = bench.run(&["executions", "show", "1", "--json"], "").ok().json();
    let found: Vec<&Value> = list(&run["devices"]).filter(|d| d["state"] == "success").collect();
    assert_eq!(found.len(), truth.devices.len());
    for device in found {
        let message = text(device, "message");
        let (by_ssh, by_snmp) = (message.contains(" by `admin`: "), message.contains(" by snmp, the v2c community: "));
        assert!(by_snmp && message.contains("interfaces") && message.contains("neighbors"), "{message}");
        assert_eq!(by_ssh, !message.contains("; not by ssh: "), "{message}");
    }
    // A fact points at the lines of the walk that prove it.
    let facts = bench.run(&["facts", "neighbors", "--json"], "").ok().json();
    let mut sources: Vec<&str> = list(&facts).map(|f| text(&f["evidence"], "capture_type")).collect();
    sources.sort_unstable();
    sources.dedup();
    assert!(sources.contains(&"snmp_lldp") && sources.iter().any(|s| !s.starts_with("snmp")), "{sources:?}");
}

#[test]
fn an_agent_that_refuses_is_told_with_the_reason_and_counted() {
    let site = Site::with_agents(2, 1, 193);
    let bench = Bench::new();
    let (seed, port) = (site.running.seed(), site.running.snmp_port().expect("agents").to_string());
    let args = [&["discover", &seed, "--snmp-port", &port, "--snmp-passwords-stdin", "--json"], &USER[..]].concat();
    let refused = bench.run(&args, "wrong-password\nwrong-password\n");
    assert_eq!(refused.code, 1, "{refused:?}");
    let report = refused.json();
    let failed = &report["failed_devices"][0];
    assert_eq!(text(failed, "class"), "authentication_failed", "{report}");
    assert!(text(failed, "message").contains("refused the proof of v3 user `admin`"), "{report}");
    assert_eq!(report["notes"], serde_json::json!(["v3 user `admin` was refused by 1 SNMP agents"]));
}

#[test]
fn an_engineer_asks_an_agent() {
    let site = Site::with_agents(2, 1, 194);
    let bench = Bench::new();
    let address = site.running.seed().split(':').next().map(str::to_owned).expect("address");
    let address = format!("{address}:{}", site.running.snmp_port().expect("agents"));
    let ask = |args: &[&str], input: &str| {
        let (verb, rest) = args.split_first().expect("verb");
        bench.run(&[&["snmp", verb, &address], rest, &["--snmp-community-stdin"]].concat(), input)
    };
    let password = site.password();
    let name = ask(&["get", "1.3.6.1.2.1.1.5.0"], &password).ok().out;
    let host = site.running.truth().devices[0].hostname.clone();
    assert!(name.starts_with(".1.3.6.1.2.1.1.5.0 = STRING: \"") && name.contains(&host), "{name}");
    let walk = ask(&["walk", "1.3.6.1.2.1.1", "--json"], &password).ok().json();
    let oids: Vec<&str> = list(&walk).map(|b| text(b, "oid")).collect();
    assert_eq!(oids, ["1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.2.0", "1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.5.0"]);
    let wrong = ask(&["get", "1.3.6.1.2.1.1.5.0"], "wrong\n");
    assert!(wrong.code == 1 && wrong.err.contains("a wrong community"), "{wrong:?}");
    let bad = ask(&["get", "sysName"], &password);
    assert!(bad.code == 2 && bad.err.contains("is not an OID"), "{bad:?}");
    assert_eq!(bench.run(&["snmp", "get", &address, "1.3"], "").code, 2, "as whom?");
}

/// ARP entries and serial numbers, too, against the lab's own truth.
#[test]
fn what_agents_say_is_the_truth() {
    let bench = Bench::new();
    let up = ["lab", "up", "--devices", "12", "--seed", "5", "--port", "0", "--snmp-port", "0", "--json"];
    let lab = bench.run(&up, "").ok().json();
    let down = crate::ground_truth::Down(&bench);
    let port = lab["snmp"]["port"].to_string();
    let args = ["discover", text(&lab, "seed"), "--snmp-community-stdin", "--snmp-port", &port];
    bench.run(&args, &format!("{}\n", text(&lab["snmp"], "community"))).ok();
    let compared = bench.run(&["lab", "verify", "--json"], "").json();
    for part in list(&compared) {
        match text(part, "what") {
            "devices" | "links" | "arp" | "serials" => {
                assert!(part["missing"] == serde_json::json!([]) && part["too_much"] == part["missing"], "{part}");
            }
            // What a switch has for itself is on no port of its bridge.
            "mac" => assert!(list(&part["missing"]).all(|m| !m.to_string().contains("thernet")), "{part}"),
            _ => {}
        }
    }
    drop(down);
}
