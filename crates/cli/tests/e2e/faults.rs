//! A device that fails is a result in the run, not the end of it.

use lab::{Fault, HangAt, Hostile, Overrides};

use crate::bench::{Bench, Said, Site};

fn result<'r>(report: &'r serde_json::Value, list: &str, name: &str) -> Option<&'r str> {
    let all = report[list].as_array().expect("a list");
    all.iter().find(|d| d["name"] == name).map(|d| d["class"].as_str().expect("class"))
}

/// One device of twelve has the fault during a collection; only that one fails, and a retry mends it.
#[track_caller]
fn check(block: u8, fault: Fault, class: &str) {
    let bench = Bench::new();
    let site = Site::new(12, 1, block);
    bench.discover(&site, &[]).ok();
    let victim = site.leaf(0);
    site.running.fault(&victim, fault).expect("fault");
    let run = bench.capture(&site, "configs,arp,version", &["--timeout", "6"]);
    assert_eq!(run.code, 3, "{run:?}");
    let report = run.json();
    assert_eq!(
        (report["devices_succeeded"].as_u64(), report["devices_failed"].as_u64()),
        (Some(11), Some(1)),
        "{report}"
    );
    assert_eq!(result(&report, "failed_devices", &victim), Some(class), "{report}");

    site.running.fault(&victim, Fault::None).expect("mend");
    let id = report["run"].to_string();
    let again = bench.run(&["executions", "retry", &id, "--password-stdin", "--json"], &site.password()).ok().json();
    assert_eq!(again["devices_total"], 1, "only what failed is tried again");
}

#[test]
fn a_closed_port() {
    check(101, Fault::Refuse, "connection_refused");
}

#[test]
fn a_refused_account() {
    check(102, Fault::Auth, "authentication_failed");
}

#[test]
fn no_banner() {
    check(103, Fault::Hang(HangAt::Connect), "timeout");
}

#[test]
fn silence_in_the_middle_of_an_output() {
    check(104, Fault::Hang(HangAt::Command), "timeout");
}

#[test]
fn a_connection_that_is_cut() {
    check(105, Fault::Cut, "connection_lost");
}

#[test]
fn line_noise_is_told_and_takes_nothing_away() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 106);
    bench.discover(&site, &[]).ok();
    bench.capture(&site, "arp,version", &[]).ok();
    let victim = site.leaf(0);
    let facts = || bench.run(&["facts", "arp", "--device", &victim, "--json"], "").ok().json().as_array().map(Vec::len);
    let before = facts();
    site.running.fault(&victim, Fault::Garbage).expect("fault");
    let report = bench.capture(&site, "arp,version", &[]).json();
    let told =
        report["notes"].as_array().expect("notes").iter().any(|n| n.as_str().is_some_and(|n| n.starts_with(&victim)));
    assert!(told, "{report}");
    assert_eq!(facts(), before, "what could not be read takes nothing away");
}

#[test]
fn a_slow_device_is_waited_for() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 107);
    bench.discover(&site, &[]).ok();
    site.running.fault(&site.leaf(0), Fault::Slow).expect("fault");
    bench.capture(&site, "version", &[]).ok();
}

#[test]
fn a_wrong_password_is_tried_on_two_devices_and_no_more() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 108);
    bench.discover(&site, &[]).ok();
    let run = bench.run(&["capture", "--types", "version", "--password-stdin", "--json"], "wrong\n");
    assert_eq!(run.code, 1, "{run:?}");
    let report = run.json();
    assert_eq!(
        (report["devices_failed"].as_u64(), report["devices_skipped"].as_u64()),
        (Some(2), Some(10)),
        "{report}"
    );
}

#[test]
fn the_next_account_is_tried_where_one_is_refused_or_left_alone() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 113);
    let seed = site.running.seed();
    let args = ["discover", &seed, "--user", "bob", "--user", "admin", "--password-stdin", "--json"];
    let report = bench.run(&args, &format!("wrong\n{}", site.password())).ok().json();
    assert_eq!(report["devices_succeeded"], 12, "{report}");
}

#[test]
fn a_device_that_hangs_does_not_use_up_the_time_of_the_others() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 114);
    bench.discover(&site, &[]).ok();
    for n in 0..2 {
        site.running.fault(&site.leaf(n), Fault::Hang(HangAt::Command)).expect("fault");
    }
    let report = bench.capture(&site, "version", &["--timeout", "4"]).json();
    assert_eq!(
        (report["devices_succeeded"].as_u64(), report["devices_failed"].as_u64()),
        (Some(10), Some(2)),
        "{report}"
    );
}

#[test]
fn a_neighbour_that_does_not_answer_is_told() {
    let bench = Bench::new();
    let mut site = Site::new(12, 1, 109);
    let nowhere = std::net::Ipv4Addr::new(127, 109, 250, 1);
    let device = site.leaf(0);
    let dead_neighbor = Some(("ghost-1".to_owned(), nowhere));
    site.hostile(&device, Overrides { dead_neighbor, ..Overrides::default() });
    let run = bench.discover(&site, &[]);
    assert_eq!(run.code, 3, "{run:?}");
    let report = run.json();
    assert_eq!(report["devices_succeeded"], 12, "{report}");
    assert_eq!(result(&report, "failed_devices", "ghost-1"), Some("connection_refused"), "{report}");
}

#[test]
fn one_device_with_two_addresses_is_one_device() {
    let bench = Bench::new();
    let mut site = Site::new(12, 1, 110);
    // A device with many links advertises both of its addresses.
    let truth = site.running.truth();
    let links = |name: &str| truth.links.iter().filter(|l| l.a.device == name || l.b.device == name).count();
    let busiest = truth.devices.iter().map(|d| d.name.clone()).max_by_key(|n| links(n)).expect("a device");
    let second_address = Some(std::net::Ipv4Addr::new(127, 110, 250, 1));
    site.hostile(&busiest, Overrides { second_address, ..Overrides::default() });
    let report = bench.discover(&site, &[]).ok().json();
    assert_eq!(report["devices_succeeded"], 12, "{report}");
    let devices = bench.run(&["devices", "list", "--json"], "").ok().json();
    assert_eq!(devices.as_array().map(Vec::len), Some(12));
}

#[test]
fn two_devices_with_one_name_are_two() {
    let bench = Bench::new();
    let mut site = Site::new(12, 1, 111);
    for n in 0..2 {
        let hostname = Some("twin".to_owned());
        let device = site.leaf(n);
        site.hostile(&device, Overrides { hostname, ..Overrides::default() });
    }
    bench.discover(&site, &[]).ok();
    let devices = bench.run(&["devices", "list", "name=twin", "--json"], "").ok().json();
    let slugs: Vec<&str> = devices.as_array().expect("list").iter().filter_map(|d| d["slug"].as_str()).collect();
    assert_eq!(slugs, ["twin", "twin-2"]);
    let asked: Said = bench.run(&["captures", "show", "twin", "version"], "");
    assert_eq!(asked.code, 0, "the slug names one of them: {asked:?}");
}

#[test]
fn a_changed_host_key_stops_the_session_until_it_is_forgotten() {
    let bench = Bench::new();
    let mut site = Site::new(12, 1, 112);
    bench.discover(&site, &[]).ok();
    let device = site.leaf(0);
    site.hostile(&device, Overrides { host_key_generation: 1, ..Overrides::default() });
    let run = bench.capture(&site, "version", &[]);
    assert_eq!(result(&run.json(), "failed_devices", &device), Some("host_key_changed"), "{run:?}");
    let address = site.running.address(&device).expect("address").to_string();
    let port = site.running.port().to_string();
    bench.run(&["hostkeys", "forget", &address, "--port", &port], "").ok();
    bench.capture(&site, "version", &[]).ok();
}

#[test]
fn a_new_version_is_shown_and_another_device_at_the_address_is_not_taken_for_this_one() {
    let bench = Bench::new();
    let mut site = Site::new(12, 1, 115);
    bench.discover(&site, &[]).ok();
    bench.capture(&site, "version", &[]).ok();
    let truth = site.running.truth();
    let device = truth.devices.iter().find(|d| d.platform == "cisco_ios").expect("an IOS device").clone();
    let before = bench.run(&["captures", "show", &device.name, "version"], "").ok().out;
    let mut answer = |old: &str, new: &str| {
        let output = Hostile::Bytes(before.replace(old, new).into_bytes());
        let outputs = [("show version".to_owned(), output)].into();
        site.hostile(&device.name, Overrides { outputs, ..Overrides::default() });
        bench.capture(&site, "version", &["--devices", &device.name])
    };
    answer(&device.os_version, "17.99.1").ok();
    let shown = || bench.run(&["devices", "show", &device.name, "--json"], "").ok().out;
    assert!(shown().contains("\"os_version\": \"17.99.1\""), "{}", shown());

    let run = answer(&device.serials[0], "XXX00000000");
    assert_eq!(result(&run.json(), "failed_devices", &device.name), Some("different_device"), "{run:?}");
    assert_eq!(run.json()["captures_created"], serde_json::json!({}), "{run:?}");
    assert!(shown().contains("17.99.1") && !shown().contains("XXX00000000"), "{}", shown());
}
