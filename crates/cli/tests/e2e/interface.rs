//! The command line itself: usage, exit codes, dry runs, secrets.

use crate::bench::{Bench, Site};

#[test]
fn wrong_usage_is_2_and_a_plain_failure_is_1() {
    let bench = Bench::new();
    assert_eq!(bench.run(&["discover"], "").code, 2);
    assert_eq!(bench.run(&["discover", "10.0.0.1", "--depth", "x"], "").code, 2);
    let said = bench.run(&["capture", "--types", "colours", "--password-stdin"], "");
    assert_eq!(said.code, 2);
    assert!(said.err.contains("`colours` is no capture type; there are"), "{said:?}");
    let said = bench.run(&["devices", "show", "nobody"], "");
    assert_eq!((said.code, said.err.contains("nobody")), (1, true), "{said:?}");
}

#[test]
fn without_init_it_says_what_to_do() {
    let bench = Bench::new();
    let elsewhere = bench.dir.path().join("elsewhere");
    let said = bench.run(&["--home", &elsewhere.to_string_lossy(), "devices", "list"], "");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("velocity init"), "{said:?}");
}

#[test]
fn init_may_run_twice_and_a_broken_config_is_named() {
    let bench = Bench::new();
    bench.run(&["init"], "").ok();
    std::fs::write(bench.home().join("config.yaml"), "execution: {max_wrkers: 3}\n").expect("write");
    let said = bench.run(&["devices", "list"], "");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("config.yaml") && said.err.contains("max_wrkers"), "{said:?}");
}

#[test]
fn dry_runs_write_nothing() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 141);
    let report = bench.discover(&site, &["--dry-run"]).ok().json();
    assert_eq!((report["run"].is_null(), report["devices_succeeded"].as_u64()), (true, Some(12)), "{report}");
    assert_eq!(bench.run(&["devices", "list", "--json"], "").ok().json(), serde_json::json!([]));
    bench.discover(&site, &[]).ok();
    let plan =
        bench.run(&["capture", "--devices", "role=core", "--types", "arp", "--dry-run", "--json"], "").ok().json();
    assert_eq!(plan.as_array().map(Vec::len), Some(3), "{plan}");
    let report = bench.capture(&site, "arp", &["--no-save"]).ok().json();
    assert_eq!((report["run"].is_null(), report["loaded_to_db"].as_bool()), (true, Some(false)), "{report}");
    assert_eq!(bench.run(&["arp", "list", "--json"], "").ok().json(), serde_json::json!([]));
}

#[test]
fn rules_bound_a_crawl_and_each_neighbour_has_a_reason() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 142);
    let report = bench.discover(&site, &["--exclude", "fra-*", "--depth", "1"]).ok().json();
    let reasons = report["skipped_devices"].as_array().expect("list");
    let class = |name: &str| reasons.iter().find(|d| d["name"] == name).and_then(|d| d["class"].as_str());
    assert_eq!(class("fra-core-1"), Some("excluded_by_rule"), "{report}");
    assert!(reasons.iter().any(|d| d["class"] == "too_deep"), "{report}");
}

#[test]
fn no_secret_is_stored_printed_or_logged() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 143);
    bench.discover(&site, &[]).ok();
    let said = bench.capture(&site, "configs", &[]).ok();
    let secret = site.running.password().to_owned();
    assert!(!said.out.contains(&secret) && !said.err.contains(&secret));
    let holds = std::process::Command::new("grep").args(["-rlaF", &secret]).arg(bench.home()).output().expect("grep");
    assert!(holds.stdout.is_empty(), "{}", String::from_utf8_lossy(&holds.stdout));
    let shown = bench.run(&["configs", "show", "usa-core-1"], "").ok().out;
    assert!(shown.contains("********"), "secrets of the device are masked: {shown}");
}

#[test]
fn a_mac_is_found_in_any_spelling_and_in_part() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 144);
    bench.discover(&site, &[]).ok();
    bench.capture(&site, "arp,mac", &[]).ok();
    let host = &site.running.truth().hosts[0];
    let mac = host.mac.to_string();
    let bare = mac.replace(':', "");
    let dotted = format!("{}.{}.{}", &bare[..4], &bare[4..8], &bare[8..]);
    for spelling in [mac.as_str(), &bare.to_uppercase(), &dotted, &mac.replace(':', "-"), &bare[2..]] {
        let found = bench.run(&["mac", "search", spelling, "--json"], "").ok().json();
        let at_edge = |row: &serde_json::Value| row["device"] == host.device.as_str() && row["mac"] == mac;
        assert!(found.as_array().expect("rows").iter().any(at_edge), "{spelling}: {found}");
    }
    let found = bench.run(&["arp", "search", &host.ip.to_string(), "--json", "--evidence"], "").ok().json();
    let proof = found[0]["proof"].as_str().expect("proof");
    assert!(proof.contains(&host.ip.to_string()), "{proof}");
}

#[test]
fn every_export_has_every_device() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 145);
    bench.discover(&site, &[]).ok();
    let names: Vec<String> = site.running.truth().devices.into_iter().map(|d| d.name).collect();
    for format in ["graphml", "drawio", "mermaid", "json", "dot", "csv", "svg"] {
        let map = bench.run(&["topology", "export", "--format", format], "").ok().out;
        for name in &names {
            assert!(map.contains(name.as_str()), "{name} is missing in {format}");
        }
    }
    let csv = bench.run(&["export", "devices", "--format", "csv"], "").ok().out;
    assert_eq!(csv.lines().count(), 13);
}
