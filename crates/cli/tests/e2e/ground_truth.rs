//! What was found is what there is, row for row, whatever the network.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use lab::{Change, Edit, EditKind, World};
use model::fact::{ColumnKind, FactKind, KINDS};
use model::{Clock as _, SystemClock, Timestamp};
use serde_json::Value;

use crate::bench::{Bench, Site};

fn check(devices: u32, seed: u64) {
    compare(&Bench::new(), devices, seed);
}

/// Everything that can be collected against the lab's own truth, row for row.
fn compare(bench: &Bench, devices: u32, seed: u64) {
    let (devices, seed) = (devices.to_string(), seed.to_string());
    let lab =
        bench.run(&["lab", "up", "--devices", &devices, "--seed", &seed, "--port", "0", "--json"], "").ok().json();
    let down = Down(bench);
    let password = format!("{}\n", lab["password"].as_str().expect("password"));
    let start = lab["seed"].as_str().expect("seed");
    // Phones that advertise an address and are no devices are told, and are no failure.
    bench.run(&["discover", start, "--user", "admin", "--password-stdin"], &password).ok();
    bench.run(&["capture", "--types", "all", "--password-stdin"], &password).ok();
    let verdict = bench.run(&["lab", "verify", "--all"], "");
    assert_eq!(verdict.code, 0, "{}", verdict.out);

    let before = ever_known(bench);
    let again = bench.run(&["capture", "--types", "all", "--password-stdin", "--json"], &password).ok().json();
    assert_eq!(again["changes"], 0, "collecting again changes nothing");
    assert_eq!(ever_known(bench), before, "collecting again adds no row");
    let verdict = bench.run(&["lab", "verify", "--all"], "");
    assert_eq!(verdict.code, 0, "{}", verdict.out);
    drop(down);
}

/// How many rows of each kind there are or were.
fn ever_known(bench: &Bench) -> Vec<(&'static str, usize)> {
    let count = |kind: &&FactKind| {
        let args = ["facts", kind.name, "--history", "--limit", "1000000", "--json"];
        (kind.name, bench.run(&args, "").ok().json().as_array().map_or(0, Vec::len))
    };
    KINDS.iter().map(count).collect()
}

type Rows = BTreeSet<String>;

/// A device, then the cells of a row, interfaces by their canonical names.
fn line<'r>(kind: &FactKind, device: &str, cells: impl Iterator<Item = (&'r str, &'r Value)>) -> String {
    let is_interface = |name: &str| kind.columns.iter().any(|c| c.name == name && c.kind == ColumnKind::Interface);
    let cell = |(column, value): (&str, &Value)| match value.as_str() {
        Some(text) if is_interface(column) => model::interface::canonical(text),
        Some(text) => text.to_owned(),
        None => value.to_string(),
    };
    [device.to_owned()].into_iter().chain(cells.map(cell)).collect::<Vec<_>>().join(" ")
}

/// The tables of the lab, those of one kind together, with their columns.
fn true_tables(site: &Site) -> BTreeMap<String, (Vec<String>, Rows)> {
    let mut tables: BTreeMap<String, (Vec<String>, Rows)> = BTreeMap::new();
    for name in World::fact_kinds() {
        let table = site.running.facts(name).expect(name);
        let kind = FactKind::by_name(&table.fact).expect("a kind of fact");
        let columns: Vec<String> = table.columns[1..].iter().map(ToString::to_string).collect();
        let row = |r: &Vec<Value>| {
            line(kind, r[0].as_str().expect("a device"), columns.iter().map(String::as_str).zip(&r[1..]))
        };
        let rows: Rows = table.rows.iter().map(row).collect();
        tables.entry(table.fact.to_string()).or_insert((columns, Rows::new())).1.extend(rows);
    }
    tables
}

/// What the product knows, or knew at a time.
fn found(bench: &Bench, kind: &str, columns: &[String], at: Option<&str>) -> Rows {
    let mut args = vec!["facts", kind, "--limit", "1000000", "--json"];
    args.extend(at.into_iter().flat_map(|at| ["--at", at]));
    let kind = FactKind::by_name(kind).expect("a kind of fact");
    let row = |f: &Value| {
        let device = f["device"].as_str().expect("a device");
        line(kind, device, columns.iter().map(|c| (c.as_str(), &f[c.as_str()])))
    };
    bench.run(&args, "").ok().json().as_array().expect("rows").iter().map(row).collect()
}

/// With its milliseconds.
fn exactly(at: Timestamp) -> String {
    format!("{}.{:03}Z", at.to_string().trim_end_matches('Z'), at.0 % 1000)
}

/// What differs: truth that is missing, and what is known too much.
fn differences(bench: &Bench, tables: &BTreeMap<String, (Vec<String>, Rows)>, at: Option<&str>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (kind, (columns, truth)) in tables {
        let found = found(bench, kind, columns, at);
        wrong.extend(truth.difference(&found).map(|row| format!("- {kind} {row}")));
        wrong.extend(found.difference(truth).map(|row| format!("+ {kind} {row}")));
    }
    wrong
}

#[test]
fn what_happened_is_seen_row_for_row_and_what_was_is_still_known() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 239);
    bench.discover(&site, &[]).ok();
    bench.capture(&site, "all", &[]).ok();
    let before = true_tables(&site);
    assert_eq!(differences(&bench, &before, None), Vec::<String>::new());
    let moment = exactly(SystemClock.now());

    let edit =
        |device: &str, kind: EditKind| site.running.edit(device, &Edit { kind, ..Edit::default() }).expect(device);
    let mut edited: Vec<Change> = vec![
        edit("usa-core-1", EditKind::Route),
        edit("usa-leaf-1", EditKind::LinkDown),
        edit("fra-spine-1", EditKind::Component),
        edit("ger-spine-1", EditKind::Upgrade),
        edit("fra-leaf-1", EditKind::Vlan),
        edit("fra-core-1", EditKind::Acl),
        edit("usa-rtr-1", EditKind::Config),
        edit("ger-core-1", EditKind::Noise),
        edit("ger-leaf-1", EditKind::Noise),
    ];
    let host = site.running.truth().hosts.into_iter().find(|h| h.device == "ger-access-1").expect("a host");
    edited.push(site.running.move_host(&host.name, "fra-access-1").expect("moved"));
    assert!(edited.iter().all(|c| c.kind == "noise" || !c.expected.is_empty() || !c.added.is_empty()), "{edited:?}");

    bench.capture(&site, "all", &[]).ok();
    let now = true_tables(&site);
    assert_eq!(differences(&bench, &now, None), Vec::<String>::new(), "after what happened");
    assert_eq!(differences(&bench, &before, Some(&moment)), Vec::<String>::new(), "at {moment}, before it");

    let changes = bench.run(&["changes", "list", "--limit", "1000", "--json"], "").ok().json();
    let of = |kind: &str| -> BTreeSet<&str> {
        let of_kind = changes.as_array().expect("changes").iter().filter(|c| c["type"] == kind);
        of_kind.filter_map(|c| c["device"].as_str()).collect()
    };
    // Both ends of the move have another port in use; what says who and when is no change.
    let reconfigured = edited.iter().filter(|c| !c.added.is_empty() || !c.removed.is_empty());
    let reconfigured: BTreeSet<&str> =
        reconfigured.map(|c| c.device.as_str()).chain(["ger-access-1", "fra-access-1"]).collect();
    assert_eq!(of("config"), reconfigured);
    assert_eq!(of("version"), BTreeSet::from(["ger-spine-1"]));
    assert_eq!(of("inventory"), BTreeSet::from(["fra-spine-1"]));
}

/// Stops the lab whatever happens in the test.
pub struct Down<'b>(pub &'b Bench);

impl Drop for Down<'_> {
    fn drop(&mut self) {
        let state = self.0.dir.path().join("lab");
        let _ = Command::new(env!("CARGO_BIN_EXE_velocity")).args(["lab", "down"]).env("VELOCITY_LAB", state).output();
    }
}

#[test]
fn of_12_devices_with_the_first_seed() {
    check(12, 1);
}

#[test]
fn of_12_devices_with_the_second_seed() {
    check(12, 2);
}

#[test]
fn of_12_devices_with_the_third_seed() {
    check(12, 3);
}

#[test]
fn of_12_devices_on_postgresql() {
    let Some(server) = testkit::postgres::shared() else { return };
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let database = runtime.block_on(testkit::postgres::FreshDatabase::create(server));
    let bench = Bench::new();
    std::fs::write(bench.home().join("config.yaml"), format!("database_url: {}\n", database.url())).expect("config");
    bench.run(&["init"], "").ok();
    compare(&bench, 12, 1);
    runtime.block_on(database.remove());
}

#[test]
fn of_200_devices_with_the_first_seed() {
    check(200, 1);
}

#[test]
fn of_200_devices_with_the_second_seed() {
    check(200, 2);
}

#[test]
fn of_200_devices_with_the_third_seed() {
    check(200, 3);
}
