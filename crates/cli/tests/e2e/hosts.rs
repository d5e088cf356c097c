//! Host keys and algorithms: what is remembered of a host, and what happens when it is suddenly another one.

use lab::Overrides;
use serde_json::Value;

use crate::bench::{Bench, Said, Site};

fn failed<'r>(report: &'r Value, device: &str) -> Option<&'r str> {
    let list = report["failed_devices"].as_array().into_iter().flatten();
    list.filter(|d| d["name"] == device).find_map(|d| d["error_class"].as_str().or(d["class"].as_str()))
}

fn of<'r>(report: &'r Value, device: &str) -> &'r Value {
    let hosts = report.as_array().expect("a list");
    hosts.iter().find(|h| h["device"] == device).unwrap_or_else(|| panic!("{device} is missing: {report}"))
}

fn crypto(bench: &Bench) -> Value {
    bench.run(&["report", "crypto", "--json"], "").ok().json()
}

fn show(bench: &Bench, device: &str) -> String {
    bench.run(&["devices", "show", device], "").ok().out
}

#[test]
fn a_changed_key_blocks_alarms_and_can_be_accepted() {
    let bench = Bench::new();
    let mut site = Site::new(8, 1, 171);
    bench.discover(&site, &[]).ok();
    let device = site.leaf(0);
    let address = site.running.address(&device).expect("address").to_string();
    let port = site.running.port().to_string();
    bench.capture(&site, "version", &[]).ok();
    site.hostile(&device, Overrides { host_key_generation: 1, ..Overrides::default() });

    let args = ["capture", "--types", "version", "--user", "admin", "--password-stdin", "--json-progress"];
    let run: Said = bench.run(&args, &site.password());
    assert_eq!(run.code, 3, "{run:?}");
    let events: Vec<Value> = run.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let alarm = events.iter().find(|e| e["type"] == "alarm").expect("an alarm");
    assert_eq!((&alarm["event"], &alarm["device_name"]), (&"host_key_changed".into(), &device.as_str().into()));
    let end = events.last().expect("an end");
    assert!(end["summary"]["notes"].to_string().contains("ALARM"), "{end}");

    let changed = bench.run(&["hostkeys", "list", "--changed", "--json"], "").ok().json();
    let key = &changed.as_array().expect("a list")[0];
    assert_eq!((changed.as_array().map(Vec::len), &key["address"]), (Some(1), &address.as_str().into()), "{changed}");
    assert_ne!(key["offered"][0]["fingerprint"], key["fingerprint"]);
    assert_eq!(of(&crypto(&bench), &device)["findings"][0], "shows another key than the known one");

    let accept = ["hostkeys", "accept", &address, "--port", &port];
    let would = bench.run(&[&accept[..], &["--dry-run", "--json"]].concat(), "").ok().json();
    assert_eq!(would["now"], key["offered"][0]["fingerprint"]);
    assert!(failed(&bench.capture(&site, "version", &[]).json(), &device).is_some(), "a dry run trusts nothing");
    bench.run(&accept, "").ok();
    bench.capture(&site, "version", &[]).ok();
    assert_eq!(bench.run(&["hostkeys", "list", "--changed", "--json"], "").ok().json(), Value::Array(Vec::new()));
    let again = bench.run(&accept, "");
    assert!(again.code == 1 && again.err.contains("has shown no other key"), "{again:?}");
}

#[test]
fn old_algorithms_are_for_hosts_that_know_no_other_and_never_were_modern() {
    let bench = Bench::new();
    let mut site = Site::new(8, 1, 172);
    let (old, modern) = (site.leaf(0), site.leaf(1));
    site.hostile(&old, Overrides { old_algorithms: true, ..Overrides::default() });
    let refused = bench.discover(&site, &[]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(refused.out.contains("no_common_algorithm") && refused.out.contains("diffie-hellman-group14-sha1"));

    bench.discover(&site, &["--legacy-algorithms", "fallback"]).ok();
    let report = crypto(&bench);
    let host = of(&report, &old);
    assert_eq!((&host["suite"], &host["best"]), (&"legacy".into(), &"legacy".into()), "{host}");
    assert_eq!((&host["kex"], &host["cipher"]), (&"diffie-hellman-group14-sha1".into(), &"aes128-cbc".into()));
    assert_eq!((&host["mac"], &host["findings"][0]), (&"hmac-sha1".into(), &"old algorithms".into()));
    assert!(
        show(&bench, &old).contains("legacy: diffie-hellman-group14-sha1, aes128-cbc, hmac-sha1, ssh-ed25519 SHA256:")
    );
    let host = of(&report, &modern);
    assert_eq!((&host["suite"], &host["kex"]), (&"modern".into(), &"curve25519-sha256".into()));
    assert_eq!((&host["key_type"], &host["key_bits"]), (&"ssh-ed25519".into(), &256.into()));
    assert_eq!((&host["mac"], host["findings"].as_array().map(Vec::len)), (&Value::Null, Some(0)));

    // It is recorded, so nothing need be said about it again; but it can be forbidden.
    bench.capture(&site, "version", &[]).ok();
    let never = bench.capture(&site, "version", &["--legacy-algorithms", "never"]).json();
    assert_eq!(failed(&never, &old), Some("no_common_algorithm"));

    site.hostile(&modern, Overrides { old_algorithms: true, ..Overrides::default() });
    let downgraded = bench.capture(&site, "version", &["--legacy-algorithms", "fallback"]);
    assert_eq!(downgraded.code, 3, "{downgraded:?}");
    assert_eq!(failed(&downgraded.json(), &modern), Some("algorithms_downgraded"));

    // Once it has been modern, the old device stays so.
    site.hostile(&old, Overrides::default());
    bench.capture(&site, "version", &["--devices", &old]).ok();
    let host = crypto(&bench);
    assert_eq!(of(&host, &old)["best"], "modern");
    site.hostile(&old, Overrides { old_algorithms: true, ..Overrides::default() });
    let back = bench.capture(&site, "version", &["--devices", &old, "--legacy-algorithms", "fallback"]);
    assert_eq!((back.code, failed(&back.json(), &old)), (1, Some("algorithms_downgraded")));
}

#[test]
fn known_hosts_files_go_out_and_come_back() {
    let bench = Bench::new();
    let mut site = Site::new(8, 1, 173);
    bench.discover(&site, &[]).ok();
    let device = site.leaf(0);
    let address = site.running.address(&device).expect("address").to_string();
    let port = site.running.port();
    let plain = bench.run(&["hostkeys", "export"], "").ok().out;
    assert!(plain.contains(&format!("[{address}]:{port} ssh-ed25519 AAAA")), "{plain}");
    let hashed = bench.run(&["hostkeys", "export", "--hash"], "").ok().out;
    assert!(hashed.starts_with("|1|") && !hashed.contains(&address), "{hashed}");
    assert_eq!(plain.lines().count(), hashed.lines().count());

    for file in [&plain, &hashed] {
        bench.run(&["hostkeys", "forget", &address, "--port", &port.to_string()], "").ok();
        let would = bench.run(&["hostkeys", "import", "-", "--dry-run", "--json"], file).ok().json();
        assert_eq!(would["added"], 1, "{would}");
        let did = bench.run(&["hostkeys", "import", "-", "--json"], file).ok().json();
        assert_eq!((&did["added"], &did["known"]), (&1.into(), &(plain.lines().count() - 1).into()), "{did}");
    }
    let listed = bench.run(&["hostkeys", "list"], "").ok().out;
    assert!(listed.lines().any(|l| l.contains(&address) && l.contains("imported")), "{listed}");
    bench.capture(&site, "version", &[]).ok();

    // A key that was called back is nobody's any more.
    let line = plain.lines().find(|l| l.contains(&format!("[{address}]"))).expect("a line");
    let key = line.split_once(' ').expect("a key").1;
    let file = format!("@revoked * {key}\n@cert-authority *.example.net {key}\nnobody {key}\nnonsense\n");
    let did = bench.run(&["hostkeys", "import", "-", "--json"], &file);
    assert_eq!((did.code, &did.json()["revoked"]), (3, &1.into()), "{did:?}");
    assert_eq!(did.json()["skipped"].as_array().map(Vec::len), Some(3), "{did:?}");
    let run = bench.capture(&site, "version", &["--devices", &device]);
    assert_eq!(failed(&run.json(), &device), Some("host_key_changed"), "{run:?}");
    assert!(run.out.contains("the host key was called back"), "{run:?}");
    site.hostile(&device, Overrides { host_key_generation: 1, ..Overrides::default() });
    bench.run(&["hostkeys", "forget", &address, "--port", &port.to_string()], "").ok();
    bench.capture(&site, "version", &["--devices", &device]).ok();
}

#[test]
fn two_devices_with_one_key_are_told() {
    let bench = Bench::new();
    let site = Site::new(6, 1, 174);
    bench.discover(&site, &[]).ok();
    let plain = bench.run(&["hostkeys", "export"], "").ok().out;
    let key = plain.lines().next().and_then(|l| l.split_once(' ')).expect("a key").1;
    let first = plain.split(' ').next().expect("an address").to_owned();
    bench.run(&["hostkeys", "import", "-"], &format!("10.255.0.1 {key}\n")).ok();
    let report = bench.run(&["report", "crypto", "--findings", "--json"], "").ok().json();
    let hosts = report.as_array().expect("a list");
    assert_eq!(hosts.len(), 2, "{report}");
    let twin = hosts.iter().find(|h| h["address"] == "10.255.0.1:22").expect("the imported one");
    assert_eq!((&twin["device"], &twin["suite"]), (&Value::Null, &Value::Null), "{first}");
    let other = twin["same_key_as"][0].as_str().expect("a name");
    assert_eq!(of(&report, other)["same_key_as"][0], "10.255.0.1:22");
    let table = bench.run(&["report", "crypto", "--findings"], "").ok().out;
    assert!(table.contains(&format!("same key as {other}")), "{table}");
}

#[test]
fn flags_that_make_no_sense_are_told() {
    let bench = Bench::new();
    let check = |args: &[&str], code, text: &str| {
        let said = bench.run(&[&["discover", "127.174.99.1", "--user", "ops"], args].concat(), "");
        assert!(said.code == code && said.err.contains(text), "{said:?}");
    };
    check(&["--key", "/nowhere/key"], 1, "the key /nowhere/key");
    check(&["--jump", "bastion.invalid", "--password-stdin"], 2, "which account on the jump host");
    check(&["--ssh-config", "/nowhere/config", "--password-stdin"], 1, "cannot read /nowhere/config");
    check(&["--legacy-algorithms", "always"], 2, "never, fallback");
}
