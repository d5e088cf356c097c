//! Accounts in realms that lock, over real SSH: each device gets its credential, and nobody locks anything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::bench::{Bench, Said};

const PASSWORD: &str = "correct-horse-of-the-vault";

/// A lab with accounts in realms, discovered by its own account; all others are in the vault.
struct Realms {
    bench: Bench,
    seed: String,
    accounts: Value,
}

impl Realms {
    fn up(devices: usize, realms: usize, credentials: usize, lock_after: u32, block: u8) -> Self {
        let bench = Bench::new();
        let base = format!("127.{block}.0.0");
        let [devices, realms, credentials, lock_after] =
            [devices, realms, credentials, lock_after as usize].map(|n| n.to_string());
        let up = ["lab", "up", "--seed", "3", "--port", "0", "--base", &base, "--devices", &devices, "--json"];
        let more = ["--realms", &realms, "--credentials", &credentials, "--lock-after", &lock_after];
        let info = bench.run(&[&up[..], &more[..]].concat(), "").ok().json();
        let text = |key: &str| info[key].as_str().expect("text").to_owned();
        let seed = text("seed");
        let mut lab = Self { bench, seed, accounts: Value::Null };
        lab.accounts = lab.run(&["lab", "accounts", "--json"], "").ok().json();
        let discover = ["discover", &lab.seed, "--user", &text("username"), "--password-stdin", "--json"];
        lab.run(&discover, &format!("{}\n", text("password"))).ok();
        lab.run(&["vault", "init"], "").ok();
        lab.run(&["lab", "accounts", "--save"], "").ok();
        lab
    }

    fn run(&self, args: &[&str], input: &str) -> Said {
        self.bench.run_with(args, input, &[("VELOCITY_VAULT_PASS", Path::new(PASSWORD))])
    }

    /// What the AAA servers counted.
    fn aaa(&self) -> Value {
        self.run(&["lab", "status", "--json"], "").ok().json()["aaa"].clone()
    }

    /// By device: the credential that lets in.
    fn right(&self) -> BTreeMap<String, String> {
        serde_json::from_value(self.accounts["right"].clone()).expect("credentials of devices")
    }

    fn credential(&self, name: &str) -> &Value {
        let all = self.accounts["credentials"].as_array().expect("credentials");
        all.iter().find(|c| c["name"] == name).expect("a credential")
    }

    /// One log-in for each device, and for the first that takes a credential those that come before it: of its realm,
    /// which the device greets with, in the order of the vault, none that another device is known to take.
    fn least(&self) -> u64 {
        let right = self.right();
        let groups: BTreeSet<&String> = right.values().collect();
        let mut taken = BTreeSet::new();
        let mut refused = 0;
        for name in groups {
            let realm = &self.credential(name)["realm"];
            let all = self.accounts["credentials"].as_array().expect("credentials").iter();
            let names: BTreeSet<&str> =
                all.filter(|c| c["realm"] == *realm).filter_map(|c| c["name"].as_str()).collect();
            refused += names.iter().filter(|n| !taken.contains(**n)).take_while(|n| **n != name.as_str()).count();
            taken.insert(name.as_str());
        }
        (right.len() + refused) as u64
    }

    #[track_caller]
    fn nobody_is_locked(&self, most: u64) -> Value {
        let aaa = self.aaa();
        assert!(aaa["most_refusals"].as_u64() <= Some(most), "{aaa}");
        let locked = aaa["realms"].as_array().expect("realms").iter().map(|r| r["locked"].as_array().map(Vec::len));
        assert!(locked.into_iter().all(|n| n == Some(0)), "{aaa}");
        aaa
    }
}

impl Drop for Realms {
    fn drop(&mut self) {
        self.run(&["lab", "down"], "");
    }
}

fn number(report: &Value, key: &str) -> u64 {
    report[key].as_u64().unwrap_or_else(|| panic!("no number `{key}`: {report}"))
}

#[test]
fn sixty_credentials_find_their_devices_with_few_log_ins_and_a_collection_takes_what_was_learnt() {
    let lab = Realms::up(60, 2, 60, 4, 230);
    let run = lab.run(&["creds", "discover", "--yes", "--json"], "");
    let mut report = run.json();
    // A device bears three refusals in a run.
    for _ in 0..4 {
        if report["devices_failed"] == 0 {
            break;
        }
        report = lab.run(&["executions", "retry", &report["run"].to_string(), "--json"], "").json();
    }
    assert_eq!(report["devices_failed"], 0, "{report}");
    let aaa = lab.nobody_is_locked(3);
    let (log_ins, least) = (number(&aaa, "log_ins"), lab.least());
    println!("{log_ins} log-ins where {least} would do");
    assert!(log_ins * 10 <= least * 12, "{log_ins} log-ins where {least} would do: {aaa}");
    let verified = lab.run(&["lab", "verify", "--json"], "").json();
    let credentials = verified.as_array().expect("list").iter().find(|c| c["what"] == "credentials").expect("them");
    assert_eq!((credentials["missing"].to_string(), credentials["too_much"].to_string()), ("[]".into(), "[]".into()));

    // Another credential with the same user name goes before it in the vault.
    let right = lab.right();
    let (device, name) = right.iter().next().expect("a device");
    let (username, realm) = (&lab.credential(name)["username"], &lab.credential(name)["realm"]);
    let (username, realm) = (username.as_str().expect("user"), realm.as_str().expect("realm"));
    let add = ["vault", "add", "first", "-u", username, "--realm", realm, "--default", "--password-stdin"];
    lab.run(&add, "wrong\n").ok();
    let report = lab.run(&["capture", "--types", "version", "--json"], "").ok().json();
    let after = lab.aaa();
    assert_eq!(number(&after, "refused"), number(&aaa, "refused"), "{device} was tried with what it never took");
    assert_eq!(number(&after, "log_ins"), log_ins + 60, "one log-in for each");
    let shown = lab.run(&["executions", "show", &report["run"].to_string(), "--json"], "").ok().json();
    for item in shown["devices"].as_array().expect("devices") {
        let name = right.get(item["name"].as_str().expect("name")).expect("a device");
        assert_eq!(item["credential"], name.as_str(), "{item}");
    }
}

#[test]
fn many_processes_with_a_wrong_password_do_not_lock_the_account() {
    let lab = Realms::up(24, 2, 8, 3, 231);
    let right = lab.right();
    let (device, name) = right.iter().next().expect("a device");
    let username = lab.credential(name)["username"].as_str().expect("a user").to_owned();
    let as_user = ["--user", &username, "--password-stdin", "--json"];
    let commands = [
        [&["capture", "--types", "version"][..], &as_user[..]].concat(),
        [&["creds", "discover", "--yes"][..], &as_user[..]].concat(),
        [&["discover", &lab.seed][..], &as_user[..]].concat(),
    ];
    let start = |args: &Vec<&str>| lab.bench.spawn(args, "wrong\n");
    let children: Vec<_> = commands.iter().chain(&commands).map(start).collect();
    let mut told = 0;
    for child in children {
        let said = child.wait_with_output().expect("velocity");
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(!said.contains("\"devices_succeeded\": 24"), "{said}");
        told += usize::from(said.contains(&format!("velocity creds clear {username}")));
    }
    let aaa = lab.nobody_is_locked(2);
    assert!(number(&aaa, "refused") > 0 && told > 0, "{told} were told: {aaa}");
    let accounts = lab.run(&["creds", "status", "--json"], "").ok().json()["accounts"].clone();
    let account = accounts.as_array().expect("list").iter().find(|a| a["username"] == username.as_str()).expect("it");
    assert!(account["stopped_at"].is_string(), "{account}");

    // The right password is not even sent before somebody says that it is right.
    let password = format!("{}\n", lab.credential(name)["password"].as_str().expect("a password"));
    let test = ["creds", "test", device, "--user", &username, "--password-stdin", "--json"];
    let report = lab.run(&test, &password).json();
    assert_eq!((number(&report, "devices_succeeded"), number(&lab.aaa(), "log_ins")), (0, number(&aaa, "log_ins")));
    lab.run(&["creds", "clear", &username], "").ok();
    assert_eq!(number(&lab.run(&test, &password).ok().json(), "devices_succeeded"), 1);
}
