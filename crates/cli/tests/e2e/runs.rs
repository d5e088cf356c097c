//! Runs: told while they go, cancelled in order, killed without loss, resumed where they stopped.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::bench::{Bench, Site};

/// Starts a run with `--json-progress` and waits until so many devices are done.
fn until(bench: &Bench, args: &[&str], site: &Site, done: usize) -> (Child, Vec<Value>) {
    let args = [args, &["--password-stdin", "--json-progress"]].concat();
    let mut child = bench.spawn(&args, &site.password());
    let lines = BufReader::new(child.stdout.take().expect("output")).lines();
    let mut seen = Vec::new();
    for line in lines {
        let event: Value = serde_json::from_str(&line.expect("line")).expect("JSON");
        seen.push(event);
        if seen.iter().filter(|e| e["type"] == "device_complete").count() >= done {
            break;
        }
    }
    (child, seen)
}

/// Waits until the dead process counts as gone, then resumes the run.
fn resume(bench: &Bench, site: &Site, id: u64) -> Value {
    let deadline = Instant::now() + Duration::from_secs(40);
    loop {
        let args = ["executions", "resume", &id.to_string(), "--password-stdin", "--json"];
        let said = bench.run(&args, &site.password());
        if said.code == 0 || Instant::now() > deadline {
            return said.ok().json();
        }
        assert!(said.err.contains("still running"), "{said:?}");
        std::thread::sleep(Duration::from_millis(500));
    }
}

#[test]
fn the_last_event_says_100_percent_and_none_left() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 131);
    let seed = site.running.seed();
    let said = bench
        .run(&["discover", &seed, "--user", "admin", "--password-stdin", "--json-progress"], &site.password())
        .ok();
    let events: Vec<Value> = said.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let of = |name: &str| events.iter().filter(|e| e["type"] == name).collect::<Vec<_>>();
    assert_eq!((of("job_start").len(), of("device_start").len(), of("device_complete").len()), (1, 12, 12));
    let last = of("progress").pop().expect("progress");
    assert_eq!(
        (last["progress"].as_u64(), last["remaining"].as_u64(), last["running"].as_u64()),
        (Some(100), Some(0), Some(0))
    );
    let end = events.last().expect("an event");
    assert_eq!((end["type"].as_str(), end["summary"]["devices_succeeded"].as_u64()), (Some("job_complete"), Some(12)));
    assert!(events.iter().all(|e| e["event"].is_string() && e["job_id"] == 1));
}

#[test]
fn a_killed_collection_goes_on_where_it_stopped() {
    let bench = Bench::new();
    let site = Site::new(60, 1, 132);
    bench.discover(&site, &[]);
    let (mut child, _) = until(&bench, &["capture", "--types", "configs,version,arp", "--concurrency", "2"], &site, 10);
    child.kill().expect("kill -9");
    child.wait().expect("wait");
    let report = resume(&bench, &site, 2);
    assert_eq!(report["devices_succeeded"], 60, "the end counts the whole run: {report}");
    let run = bench.run(&["executions", "show", "2", "--json"], "").ok().json();
    assert_eq!((run["run"]["state"].as_str(), run["run"]["succeeded"].as_u64()), (Some("success"), Some(60)), "{run}");
    let again = run["devices"].as_array().expect("devices").iter().filter(|d| d["attempts"] != 1).count();
    // Two are asked at once and two waited for; of those that were done, some may not have been stored yet.
    assert!(again <= 2 + 2 + 8, "{again} devices were visited again");
}

#[test]
fn a_killed_discovery_goes_on_where_it_stopped() {
    let bench = Bench::new();
    let site = Site::new(60, 1, 133);
    let seed = site.running.seed();
    let (mut child, seen) = until(&bench, &["discover", &seed, "--user", "admin", "--concurrency", "8"], &site, 10);
    child.kill().expect("kill -9");
    child.wait().expect("wait");
    resume(&bench, &site, 1);
    let devices = bench.run(&["devices", "list", "--json"], "").ok().json();
    assert_eq!(devices.as_array().map(Vec::len), Some(60));
    let items = bench.run(&["executions", "show", "1", "--json"], "").ok().json();
    let visited = items["devices"].as_array().expect("devices").iter().filter(|d| d["state"] == "success").count();
    assert_eq!(visited, 60, "each device was entered once");
    for told in seen.iter().filter(|e| e["type"] == "device_complete") {
        let stored = items["devices"].as_array().expect("devices").iter().find(|d| d["address"] == told["ip_address"]);
        assert_eq!(stored.expect("an item")["attempts"], 1, "what was told is stored: {told}");
    }
}

#[test]
fn ctrl_c_cancels_in_order_and_the_run_can_go_on() {
    let bench = Bench::new();
    let site = Site::new(60, 1, 134);
    bench.discover(&site, &[]);
    let (mut child, _) = until(&bench, &["capture", "--types", "configs,version,arp", "--concurrency", "2"], &site, 5);
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(interrupted.success());
    assert_eq!(child.wait().expect("wait").code(), Some(1), "cancelled is not success");
    let run = bench.run(&["executions", "show", "2", "--json"], "").ok().json();
    assert_eq!(run["run"]["state"], "cancelled", "{run}");
    resume(&bench, &site, 2);
    let run = bench.run(&["executions", "show", "2", "--json"], "").ok().json();
    assert_eq!((run["run"]["state"].as_str(), run["run"]["remaining"].as_u64()), (Some("success"), Some(0)), "{run}");
}

#[test]
fn a_change_is_found_once_and_told_with_its_diff() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 135);
    bench.discover(&site, &[]).ok();
    bench.capture(&site, "configs", &[]).ok();
    let device = site.leaf(0);
    let change = site.running.change(&device).expect("change");
    for expected in [1, 0] {
        let report = bench.capture(&site, "configs", &[]).ok().json();
        assert_eq!(report["changes"], expected, "{report}");
    }
    let changes = bench.run(&["changes", "list", "--json"], "").ok().json();
    assert_eq!(
        (changes[0]["device"].as_str(), changes[0]["severity"].as_str()),
        (Some(device.as_str()), Some("minor"))
    );
    let diff = bench.run(&["configs", "diff", &device], "").ok().out;
    for line in &change.added {
        assert!(diff.contains(&format!("+{line}")), "{line:?} in {diff}");
    }
}

#[test]
fn a_damaged_stored_content_does_not_stop_new_captures() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 136);
    bench.discover(&site, &[]).ok();
    bench.capture(&site, "configs", &[]).ok();
    let device = site.leaf(0);
    site.running.change(&device).expect("change");
    let spoilt = damage(&bench.home().join("captures"));
    assert!(spoilt > 12, "{spoilt}");
    let report = bench.capture(&site, "configs", &[]).ok().json();
    assert_eq!(report["captures_created"]["configs"], 12, "{report}");
    let told = |n: &Value| n.as_str().is_some_and(|n| n.starts_with(&device) && n.contains("not compared"));
    assert!(report["notes"].as_array().expect("notes").iter().any(told), "{report}");
    bench.run(&["configs", "show", &device], "").ok();
}

/// Cuts every file short; gives how many there are.
fn damage(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("folder").map(|e| e.expect("entry").path());
    let spoil = |path: std::path::PathBuf| match path.is_dir() {
        true => damage(&path),
        false => std::fs::write(&path, "x").map(|()| 1).expect("write"),
    };
    entries.map(spoil).sum()
}

#[test]
fn a_retry_of_a_discovery_goes_no_farther_than_it() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 137);
    let truth = site.running.truth();
    let seed = site.running.seed();
    let seed = &truth.devices.iter().find(|d| seed.starts_with(&format!("{}:", d.address))).expect("the seed").name;
    let neighbors = |name: &str| -> std::collections::BTreeSet<String> {
        let ends = truth.links.iter().flat_map(|l| [(&l.a.device, &l.b.device), (&l.b.device, &l.a.device)]);
        ends.filter(|(a, _)| *a == name).map(|(_, b)| b.clone()).collect()
    };
    let near = neighbors(seed);
    let victim = near.iter().max_by_key(|n| neighbors(n).len()).expect("a neighbour");
    let farther = neighbors(victim).iter().filter(|n| *n != seed && !near.contains(*n)).count();
    assert!(farther > 0, "{victim} leads farther");
    site.running.fault(victim, lab::Fault::Refuse).expect("fault");
    assert_eq!(bench.discover(&site, &["--depth", "1"]).code, 3);
    site.running.fault(victim, lab::Fault::None).expect("mend");
    let report = bench.run(&["executions", "retry", "1", "--password-stdin", "--json"], &site.password()).ok().json();
    assert_eq!(report["devices_succeeded"], 1, "{report}");
    let devices = bench.run(&["devices", "list", "--json"], "").ok().json();
    assert_eq!(devices.as_array().map(Vec::len), Some(1 + near.len()), "{devices}");
    let run = bench.run(&["executions", "show", "2", "--json"], "").ok().json();
    let again: Vec<_> =
        run["devices"].as_array().expect("devices").iter().filter(|d| d["state"] != "skipped").collect();
    assert_eq!(again.len(), 1, "{run}");
}
