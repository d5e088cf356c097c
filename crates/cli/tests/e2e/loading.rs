//! What was collected is loaded again without a device, and what is covered is told.

use crate::bench::{Bench, Site};

#[test]
fn a_collection_is_loaded_again_and_covers_what_it_asked() {
    let (bench, site) = (Bench::new(), Site::new(6, 7, 251));
    bench.discover(&site, &[]).ok();
    let arp = || bench.run(&["arp", "list", "--json"], "").ok().json().as_array().map_or(0, Vec::len);
    let kept = bench.capture(&site, "arp", &["--no-load"]).ok().json();
    assert_eq!((&kept["loaded_to_db"], &kept["captures_created"]["arp"]), (&false.into(), &6.into()), "{kept:#}");
    assert_eq!(arp(), 0, "kept, and not loaded");
    bench.run(&["load", "--execution", &kept["run"].to_string()], "").ok();
    assert!(arp() > 6, "loaded when it was asked for");
    let capture = bench.capture(&site, "arp,configs,interfaces", &[]).ok().json();
    let run = capture["run"].as_i64().expect("a run").to_string();
    drop(site);
    for args in [&["load", "--execution", &run, "--json"][..], &["load", "--all", "--dry-run", "--json"]] {
        let report = bench.run(args, "").ok().json();
        let devices = report["devices"].as_array().expect("devices");
        assert_eq!(devices.len(), 6, "{report:#}");
        let types = devices.iter().flat_map(|d| d["types"].as_array().expect("types"));
        let moved: Vec<_> = types.filter(|t| t["added"] != 0 || t["gone"] != 0).collect();
        assert!(moved.is_empty(), "{moved:#?}");
    }
    let report = bench.run(&["report", "coverage", "--types", "arp,configs,interfaces,mac", "--json"], "").ok().json();
    let covered = |ty: &str| {
        let types = report["types"].as_array().expect("types");
        let found = types.iter().find(|t| t["capture_type"] == ty).expect(ty);
        (found["covered"].as_u64().unwrap_or_default(), found["states"]["missing"].as_u64().unwrap_or_default())
    };
    assert_eq!(["arp", "configs", "interfaces", "mac"].map(covered), [(6, 0), (6, 0), (6, 0), (0, 6)]);
    let page = bench.dir.path().join("coverage.html");
    bench.run(&["report", "coverage", "--html", page.to_str().expect("a path")], "").ok();
    let page = std::fs::read_to_string(page).expect("written");
    assert!(page.starts_with("<!doctype html>") && page.contains("prefers-color-scheme:dark"));

    // The views that a collection leaves are masked: they are no captures.
    let views = bench.home().join("collections");
    let said = bench.run(&["load", "--dir", views.to_str().expect("a path")], "");
    assert!(said.code == 2 && said.err.contains("velocity load --all"), "{said:?}");

    let nothing = bench.run(&["load"], "");
    assert_eq!(nothing.code, 2, "{nothing:?}");
    assert!(nothing.err.contains("--execution"), "{nothing:?}");
    let versions = bench.run(&["report", "os-versions", "--json"], "").ok().json();
    let devices = versions.as_array().expect("a list").iter().filter_map(|v| v["devices"].as_array()).map(Vec::len);
    assert_eq!(devices.sum::<usize>(), 6, "{versions:#}");
}
