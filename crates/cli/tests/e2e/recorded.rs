//! Sessions on record: written without what tells whose network it is, read as cases, answered from by a stand-in.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use crate::bench::{Bench, Site};

/// Stand-ins for recorded devices, until they are dropped.
struct StandIns {
    child: Child,
    /// Session, address, password.
    devices: Vec<(String, String, String)>,
}

impl StandIns {
    fn up(bench: &Bench, sessions: &[&str]) -> Self {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_velocity"));
        command.args(["lab", "replay"]).args(sessions).env("VELOCITY_HOME", bench.home());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("velocity");
        let lines = BufReader::new(child.stdout.take().expect("output")).lines().map_while(Result::ok);
        let device = |line: String| {
            let (session, rest) = line.split_once(" answers at ")?;
            let (address, rest) = rest.split_once(", username admin, password ")?;
            Some((session.to_owned(), address.to_owned(), format!("{rest}\n")))
        };
        let told = lines.take_while(|line| !line.starts_with("next:"));
        let devices = told.filter_map(device).collect();
        StandIns { child, devices }
    }
}

impl Drop for StandIns {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All files under a folder, as one text.
fn texts(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => all.push_str(&texts(&path)),
            path => all.push_str(&std::fs::read_to_string(path).expect("a text")),
        }
    }
    all
}

#[test]
fn a_session_is_recorded_without_its_names_and_plays_as_a_case_and_in_the_lab() {
    let (bench, site) = (Bench::new(), Site::new(12, 5, 146));
    bench.discover(&site, &["--quiet"]).ok();
    let truth = site.running.truth();
    let mut platforms = BTreeSet::new();
    let one_of_each: Vec<_> = truth.devices.iter().filter(|d| platforms.insert(d.platform.as_ref())).collect();
    assert_eq!(one_of_each.len(), 4, "{platforms:?}");
    for device in &one_of_each {
        let types = "version,inventory,lldp,configs,arp,interfaces";
        let args =
            ["platform", "record", &device.name, "--types", types, "--case", "field", "--password-stdin", "--json"];
        let recorded = bench.run(&args, &site.password()).ok().json();
        assert!(recorded["cases"].as_array().expect("cases").len() >= 5, "{}: {recorded}", device.name);

        let again = bench.run(&args, &site.password());
        assert!(again.code == 2 && again.err.contains("already"), "{again:?}");
    }

    let cases = bench.home().join("platforms");
    let all = texts(&cases);
    let names = truth.devices.iter().flat_map(|d| [vec![d.name.clone()], d.serials.clone()].concat());
    let hosts =
        truth.arp.iter().flat_map(|row| [row.ip.to_string(), row.mac.to_string()]).filter(|a| !a.starts_with("127."));
    for secret in names.chain(hosts).chain([site.running.password().to_owned()]) {
        assert!(!all.contains(&secret), "`{secret}` is in the files");
    }
    let tested = bench.run(&["platform", "test", "--json"], "").ok().json();
    let own =
        tested.as_array().expect("cases").iter().filter(|c| c["case"].as_str().is_some_and(|n| n.ends_with("_field")));
    assert!(own.count() >= 20, "{tested}");

    // Each answers in the lab, and is known for what it is.
    let sessions: Vec<String> = platforms.iter().map(|p| format!("{p}/version_field")).collect();
    let stand_ins = StandIns::up(&bench, &sessions.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(stand_ins.devices.len(), 4);
    for (session, address, password) in &stand_ins.devices {
        let other = Bench::new();
        let args = ["discover", address, "--user", "admin", "--depth", "0", "--password-stdin", "--json"];
        other.run(&args, password).ok();
        let devices = other.run(&["devices", "list", "--json"], "").ok().json();
        let platform = session.split_once('/').map(|(platform, _)| platform);
        assert_eq!(devices[0]["platform"].as_str(), platform, "{devices}");
    }
}

#[test]
fn a_new_platform_begins_like_another_one() {
    let bench = Bench::new();
    let new = ["platform", "new", "acme_os", "--vendor", "Acme", "--like", "cisco_ios"];
    let tried = bench.run(&[&new[..], &["--dry-run"]].concat(), "").ok();
    assert!(tried.out.contains("would write") && !bench.home().join("platforms").exists(), "{tried:?}");
    bench.run(&new, "").ok();
    let shown = bench.run(&["platform", "show", "acme_os", "--json"], "").ok().json();
    assert_eq!((shown["vendor"].as_str(), shown["from"].as_str()), (Some("Acme"), Some("own")), "{shown}");
    let again = bench.run(&new, "");
    assert!(again.code == 2 && again.err.contains("already"), "{again:?}");

    // A device of it is recorded, though nobody knows yet how to tell it from others.
    let site = Site::new(12, 5, 147);
    let (address, platform) = (site.running.seed(), "acme_os");
    let args =
        ["platform", "record", &address, "--platform", platform, "--user", "admin", "--password-stdin", "--dry-run"];
    let shown = bench.run(&args, &site.password()).ok();
    assert!(shown.out.contains("⟦show version⟧") && shown.out.contains("nothing was written"), "{shown:?}");
    assert!(!shown.out.contains(site.running.password()), "{shown:?}");
}
