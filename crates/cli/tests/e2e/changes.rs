//! What changed is told: what, where, when, by whom, how much it matters; and how it was before.

use lab::{Edit, EditKind};
use serde_json::Value;

use crate::bench::{Bench, Said, Site};

const TYPES: &str =
    "configs,arp,mac,lldp,cdp,interfaces,routes,version,inventory,vlans,port_channels,bgp_neighbors,ospf";

struct Network {
    bench: Bench,
    site: Site,
}

impl Network {
    fn new(block: u8) -> Self {
        Self::of(Bench::new(), block)
    }

    /// One after the other, SQLite first.
    fn on_each_database(block: u8, check: impl Fn(&Network)) {
        check(&Self::new(block));
        let Some(server) = testkit::postgres::shared() else { return };
        let runtime = tokio::runtime::Runtime::new().expect("runtime");
        let database = runtime.block_on(testkit::postgres::FreshDatabase::create(server));
        let bench = Bench::new();
        let config = format!("database_url: {}\n", database.url());
        std::fs::write(bench.home().join("config.yaml"), config).expect("config");
        bench.run(&["init"], "").ok();
        check(&Self::of(bench, block));
        runtime.block_on(database.remove());
    }

    fn of(bench: Bench, block: u8) -> Self {
        let site = Site::new(12, 7, block);
        bench.discover(&site, &[]).ok();
        let network = Self { bench, site };
        network.collect();
        network
    }

    /// Collects again; gives the changes that were found, the oldest first.
    fn collect(&self) -> Vec<Value> {
        let last = self.changes(&[]).last().and_then(|c| c["id"].as_i64()).unwrap_or(0);
        self.bench.capture(&self.site, TYPES, &[]).ok();
        self.changes(&[]).into_iter().filter(|c| c["id"].as_i64() > Some(last)).collect()
    }

    fn changes(&self, args: &[&str]) -> Vec<Value> {
        let mut found = self
            .json(&[&["changes", "list", "--all", "--limit", "1000"], args].concat())
            .as_array()
            .cloned()
            .expect("list");
        found.reverse();
        found
    }

    fn edit(&self, device: &str, kind: EditKind, by: Option<&str>) -> lab::Change {
        let edit = Edit { kind, by: by.map(str::to_owned), at: None };
        self.site.running.edit(device, &edit).expect("a change")
    }

    fn say(&self, args: &[&str]) -> Said {
        self.bench.run(args, "")
    }

    fn json(&self, args: &[&str]) -> Value {
        self.say(&[args, &["--json"]].concat()).ok().json()
    }

    /// Cables between devices.
    fn links(&self, args: &[&str]) -> usize {
        let links = self.json(&[&["topology", "show", "--members"], args].concat());
        links.as_array().map_or(0, |all| all.iter().filter(|l| l["unknown"].is_null()).count())
    }

    fn device(&self, platform: &str) -> String {
        let devices = self.json(&["devices", "list", &format!("platform={platform}")]);
        devices[0]["name"].as_str().expect("a device of the platform").to_owned()
    }
}

/// To the millisecond.
fn now() -> String {
    let now = model::Clock::now(&model::SystemClock);
    format!("{}.{:03}Z", now.to_string().trim_end_matches('Z'), now.0 % 1000)
}

fn summaries<'c>(changes: &'c [Value], kind: &str) -> Vec<&'c str> {
    changes.iter().filter(|c| c["type"] == kind).filter_map(|c| c["summary"].as_str()).collect()
}

#[test]
fn a_configuration_is_told_with_its_author_and_without_noise() {
    let network = Network::new(243);
    assert_eq!(network.changes(&[]), [] as [Value; 0], "the first collection changes nothing");
    let ios = network.device("cisco_ios");
    let junos = network.device("juniper_junos");
    for device in [&ios, &junos] {
        network.edit(device, EditKind::Noise, None);
    }
    assert_eq!(summaries(&network.collect(), "config"), [""; 0], "noise is no change");

    network.edit(&ios, EditKind::Config, Some("ben"));
    network.edit(&junos, EditKind::Config, Some("anna"));
    let changes = network.collect();
    assert_eq!(summaries(&changes, "config"), ["+1 -0 lines"; 2], "{changes:#?}");
    let by = network.changes(&["--by", "BEN"]);
    assert_eq!(by.len(), 1, "{by:#?}");
    assert_eq!((&by[0]["device"], &by[0]["by"]["user"]), (&ios.as_str().into(), &"ben".into()));
    assert_eq!(network.changes(&["--by", "anna", "--device", &junos]).len(), 1);
    assert_eq!(network.changes(&["--type", "config", "--until", "1h ago"]), [] as [Value; 0]);

    let id = by[0]["id"].to_string();
    let explained = network.say(&["changes", "explain", &id]).ok().out;
    assert!(explained.contains("left out by noise `^! Last configuration change`:"), "{explained}");
    assert!(explained.lines().any(|l| l.starts_with('+') && l.ends_with("by ben")), "{explained}");
    let shown = network.say(&["changes", "show", &id]).ok().out;
    assert!(shown.contains("the device says: changed by ben at ") && shown.contains("\n+ntp server "), "{shown}");

    // The order of an access list means something.
    network.edit(&ios, EditKind::Acl, None);
    let acl = network.collect();
    assert_eq!(summaries(&acl, "config").len(), 1, "{acl:#?}");

    let versions = ["configs", "diff", &ios, "--from", "v1", "--side-by-side", "--width", "100"];
    let columns = network.say(&versions).ok().out;
    assert!(columns.lines().any(|l| l.contains(" > ") && l.contains("ntp server")), "{columns}");
    assert!(columns.lines().all(|l| l.chars().count() <= 100), "{columns}");
    let unchanged = network.say(&["configs", "diff", &ios, "--from", "1m ago", "--to", "2026-11-20"]);
    assert_eq!(unchanged.code, 1, "there was no configuration then: {unchanged:?}");
    let other = network.json(&["configs", "diff", &ios, "--with", &junos]);
    assert_eq!((&other["device"], &other["with"]), (&ios.as_str().into(), &junos.as_str().into()));
    assert!(other["hunks"].as_array().is_some_and(|h| !h.is_empty()));
}

#[test]
fn what_becomes_of_facts_is_told_once_with_the_lines_that_prove_it() {
    let network = Network::new(244);
    let devices = network.json(&["devices", "list", "platform=cisco_ios"]);
    let names = devices.as_array().expect("devices").iter().filter_map(|d| d["name"].as_str());
    let withdraw = |name: &str| {
        let edit = Edit { kind: EditKind::Route, ..Edit::default() };
        network.site.running.edit(name, &edit).ok().map(|edit| (name.to_owned(), edit))
    };
    let (ios, edit) = names.into_iter().find_map(withdraw).expect("a router that learned a route");
    let changes = network.collect();
    let prefix = edit.summary.split_whitespace().nth(2).expect("prefix");
    let told = summaries(&changes, "routes");
    assert!(told.iter().any(|s| s.starts_with(&format!("route {prefix} withdrawn: "))), "{told:?}, {edit:?}");
    assert_eq!(changes.len(), told.len(), "nothing else changed: {changes:#?}");
    let id = changes[0]["id"].to_string();
    let proof = network.say(&["changes", "show", &id, "--evidence"]).ok().out;
    assert!(proof.contains(&format!("{prefix} before: capture ")), "{proof}");
    let why = network.json(&["changes", "explain", &id]);
    let text = network.say(&["changes", "explain", &id]).ok().out;
    assert!(text.contains("the same thing by:  prefix, vrf"), "{text}");
    assert!(text.contains("compared:           protocol, distance, metric, next_hop, interface"), "{text}");
    assert!(text.contains("severity by rule    "), "{text}");
    assert!(why["things"].as_array().is_some_and(|t| t.iter().any(|t| t["subject"] == prefix)), "{why:#}");

    let edit = network.edit(&ios, EditKind::Component, None);
    let changes = network.collect();
    let told = summaries(&changes, "inventory");
    assert!(told.len() == 1 && told[0].contains("serial ") && told[0].contains(" -> "), "{told:?}, {edit:?}");
    // Each column that differs, with what it was: of a part that was replaced its serial number, and nothing else.
    let id = changes.iter().find(|c| c["type"] == "inventory").expect("the change")["id"].to_string();
    let why = network.json(&["changes", "explain", &id]);
    let cells = why["things"][0]["cells"].as_array().expect("cells");
    let serials: Vec<&str> = edit.summary.rsplit("serial ").next().expect("both").split(" is now ").collect();
    assert_eq!(cells.len(), 1, "{why:#}");
    assert_eq!(
        (&cells[0]["column"], &cells[0]["before"], &cells[0]["after"], &cells[0]["counts"]),
        (&"serial".into(), &serials[0].into(), &serials[1].into(), &true.into()),
        "{edit:?}"
    );

    network.edit(&ios, EditKind::Upgrade, None);
    let changes = network.collect();
    let told = summaries(&changes, "version");
    assert!(told.iter().any(|s| s.contains("os_version ") && s.contains(" -> ")), "{told:?}");
    assert!(changes.iter().filter(|c| c["type"] == "version").all(|c| c["severity"] == "critical"));

    network.edit(&ios, EditKind::Vlan, Some("ben"));
    let changes = network.collect();
    assert_eq!(summaries(&changes, "vlans").len(), 1, "{changes:#?}");
    assert_eq!(network.collect(), [] as [Value; 0], "nothing happened since");
}

#[test]
fn a_cut_cable_and_a_moved_host_are_told_where_they_are() {
    Network::on_each_database(245, cable_and_host);
}

fn cable_and_host(network: &Network) {
    let ios = network.device("cisco_ios");
    let links = network.links(&[]);
    let started = now();
    let edit = network.edit(&ios, EditKind::LinkDown, None);
    let changes = network.collect();
    let gone: Vec<&Value> = changes.iter().filter(|c| c["type"] == "neighbors" && c["action"] == "removed").collect();
    assert_eq!(gone.len(), 2, "once on each side, whatever the protocols: {edit:?} {changes:#?}");
    assert!(gone.iter().all(|c| c["severity"] == "moderate"));
    let down = summaries(&changes, "interfaces");
    assert!(down.iter().any(|s| s.contains("status up -> ")), "{down:?}");
    assert_eq!(network.links(&[]), links - 1);
    assert_eq!(network.links(&["--at", &started]), links);

    let port = gone[0]["summary"].as_str().and_then(|s| s.split_whitespace().nth(1)).expect("port");
    let of = format!("{}:{port}", gone[0]["device"].as_str().expect("device"));
    let history = network.json(&["history", &of]);
    let ended = |fact: &str| {
        let intervals = history["intervals"].as_array().expect("intervals").iter();
        intervals.filter(|i| i["fact"] == fact && !i["gone_at"].is_null()).count()
    };
    assert!(ended("neighbors") > 0 && ended("interfaces") > 0, "{history:#}");

    let truth = network.site.running.truth();
    let host = truth.hosts.first().expect("a host");
    let to = truth.hosts.iter().find(|h| h.device != host.device).map(|h| h.device.clone()).expect("another switch");
    network.site.running.move_host(&host.name, &to).expect("moved");
    let changes = network.collect();
    let moved: Vec<&Value> = changes.iter().filter(|c| c["action"] == "moved").collect();
    assert_eq!(moved.len(), 1, "one change for one host: {changes:#?}");
    assert_eq!(moved[0]["device"], to.as_str());
    let said = moved[0]["summary"].as_str().expect("summary");
    assert!(said.contains(&format!("{} moved: {}:{}", host.mac, host.device, host.port)), "{said}");
    let places = network.json(&["history", &host.mac.to_string()]);
    let on = |device: &str| places["intervals"].as_array().is_some_and(|i| i.iter().any(|i| i["device"] == device));
    assert!(on(&host.device) && on(&to), "{places:#}");
}

#[test]
fn rules_of_the_config_decide_how_much_a_change_matters() {
    let network = Network::new(246);
    let ios = network.device("cisco_ios");
    let config = network.bench.home().join("config.yaml");
    std::fs::write(&config, "changes:\n  severity:\n    - {severity: critical, type: config, lines: '^ntp server '}\n")
        .expect("config");
    network.edit(&ios, EditKind::Config, None);
    let changes = network.collect();
    assert_eq!(changes[0]["severity"], "critical", "{changes:#?}");
    let rules = network.json(&["changes", "rules"]);
    assert_eq!((&rules[0]["from"], &rules[0]["fits"]), (&"config".into(), &"config, a line like ^ntp server ".into()));
    assert!(rules.as_array().is_some_and(|r| r.len() > 5));

    std::fs::write(&config, "changes:\n  severity:\n    - {type: config, lines: '('}\n").expect("config");
    let refused = network.say(&["changes", "list"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("changes.severity, rule 1: it has no `severity`"), "{}", refused.err);
}
