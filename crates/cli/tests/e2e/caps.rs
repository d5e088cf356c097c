//! Sites and jump hosts that bear only so many sessions at once, as the devices count them.

use std::fs;

use crate::bench::{Bench, Site};
use crate::ways::sshd::{self, Sshd};

#[test]
fn a_site_has_never_more_sessions_than_it_bears() {
    let (bench, site) = (Bench::new(), Site::new(60, 3, 177));
    bench.discover(&site, &["--dry-run"]).ok();
    assert!(site.running.peak().at_a_site > 2, "without a limit there are more");
    let found = bench.discover(&site, &["--per-site", "2"]).ok().json();
    assert_eq!(found["devices_succeeded"], 60, "{found}");
    let peak = site.running.peak();
    assert!(peak.at_a_site <= 2 && peak.in_all > 2, "{peak:?}");

    bench.capture(&site, "version,configs", &["--user", "admin"]).ok();
    assert!(site.running.peak().at_a_site > 3, "without a limit there are more");
    let config = bench.home().join("config.yaml");
    fs::write(&config, "execution: {per_site: 3}\n").expect("a file");
    bench.capture(&site, "version,configs", &["--user", "admin"]).ok();
    let peak = site.running.peak();
    assert!(peak.at_a_site <= 3 && peak.in_all > 3, "{peak:?}");
    bench.capture(&site, "version", &["--user", "admin", "--per-site", "1"]).ok();
    assert_eq!(site.running.peak().at_a_site, 1);
}

#[test]
fn a_jump_host_carries_never_more_sessions_than_it_bears() {
    if !sshd::is_installed() {
        return;
    }
    let (bench, site, jump) = (Bench::new(), Site::new(20, 1, 178), Sshd::start(""));
    let way = format!("{}@{}", jump.user, jump.addr);
    let key = jump.path("user");
    let way = ["--jump", &way, "--key", key.to_str().expect("a path")];
    bench.discover(&site, &way).ok();
    assert!(site.running.peak().in_all > 2, "without a limit there are more");
    let limit = [&way[..], &["--user", "admin", "--per-jump-host", "2"]].concat();
    let report = bench.capture(&site, "version", &limit).ok().json();
    assert_eq!(report["devices_succeeded"], 20, "{report}");
    assert_eq!(site.running.peak().in_all, 2);
}
