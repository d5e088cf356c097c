//! Which credential works where, and no account locked.

use lab::Fault;
use serde_json::Value;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::bench::{Bench, Site};

fn accounts(bench: &Bench) -> Vec<Value> {
    let status = bench.run(&["creds", "status", "--json"], "").ok().json();
    status["accounts"].as_array().expect("accounts").clone()
}

#[test]
fn a_wrong_password_stops_the_account_for_every_run_until_it_is_cleared() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 201);
    bench.discover(&site, &[]).ok();
    let capture =
        |password: &str| bench.run(&["capture", "--types", "version", "--password-stdin", "--json"], password);
    let report = capture("wrong\n").json();
    assert_eq!(report["devices_failed"], 2, "{report}");
    let told = report["notes"]
        .as_array()
        .expect("notes")
        .iter()
        .any(|n| n.as_str().is_some_and(|n| n.contains("creds clear admin")));
    assert!(told, "{report}");
    let [account] = &accounts(&bench)[..] else { panic!("one account") };
    assert_eq!((account["username"].as_str(), account["used"].as_u64()), (Some("admin"), Some(2)), "{account}");

    // The next run is another process, and has the right password: it may not even try.
    let report = capture(&site.password()).json();
    assert_eq!(
        (report["devices_failed"].as_u64(), report["devices_skipped"].as_u64()),
        (Some(0), Some(12)),
        "{report}"
    );
    bench.run(&["creds", "clear", "admin", "--dry-run"], "").ok();
    assert_eq!(accounts(&bench).len(), 1, "a dry run clears nothing");
    bench.run(&["creds", "clear", "admin"], "").ok();
    assert!(accounts(&bench).is_empty());
    assert_eq!(capture(&site.password()).ok().json()["devices_succeeded"], 12);
}

#[test]
fn each_device_is_told_with_the_credential_that_it_takes() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 202);
    bench.discover(&site, &[]).ok();
    let args = ["creds", "discover", "--force", "--user", "bob", "--user", "admin", "--password-stdin", "--json"];
    let passwords = format!("wrong\n{}", site.password());
    let report = bench.run(&args, &passwords).ok().json();
    assert_eq!(
        (report["kind"].as_str(), report["devices_succeeded"].as_u64()),
        (Some("credentials"), Some(12)),
        "{report}"
    );

    let status = bench.run(&["creds", "status", "--json"], "").ok().json();
    assert_eq!((status["ok"].as_u64(), status["untested"].as_u64()), (Some(12), Some(0)), "{status}");
    let used =
        status["credentials"].as_array().expect("credentials").iter().find(|c| c["name"] == "admin").expect("admin");
    assert_eq!(used["preferred_on"], 12, "{status}");
    let bob = status["accounts"].as_array().expect("accounts").iter().find(|a| a["username"] == "bob").expect("bob");
    assert!(bob["used"].as_u64() <= Some(2), "a wrong one is tried twice at most: {status}");

    let failed = bench.run(&["devices", "list", "credential=failed", "--json"], "").ok().json();
    assert_eq!(failed.as_array().map(Vec::len), Some(0));
    let none = bench.run(&["creds", "discover", "--skip-configured"], "").ok();
    assert!(none.out.contains("nothing to do"), "{none:?}");
    // A variable of a script that is not set is not every device without a site.
    let unset = bench.run(&["creds", "discover", "--site", "", "--yes"], "");
    assert!(unset.err.contains("is empty; name one"), "{unset:?}");
}

#[test]
fn a_device_that_takes_none_is_a_result_and_may_be_retried() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 203);
    bench.discover(&site, &[]).ok();
    let victim = site.leaf(0);
    site.running.fault(&victim, Fault::Auth).expect("fault");
    let args = ["creds", "discover", "--user", "admin", "--password-stdin", "--json"];
    let run = bench.run(&args, &site.password());
    assert_eq!(run.code, 3, "{run:?}");
    let failed = bench.run(&["devices", "list", "credential=failed", "--json"], "").ok().json();
    assert_eq!(failed[0]["slug"], victim.as_str(), "{failed}");

    site.running.fault(&victim, Fault::None).expect("mend");
    let id = run.json()["run"].to_string();
    let again = bench.run(&["executions", "retry", &id, "--password-stdin", "--json"], &site.password()).ok().json();
    assert_eq!((again["devices_total"].as_u64(), again["devices_succeeded"].as_u64()), (Some(1), Some(1)), "{again}");
    let test = ["creds", "test", &victim, "--user", "admin", "--password-stdin", "--json"];
    assert_eq!(bench.run(&test, &site.password()).ok().json()["run"], Value::Null, "a test is no run");
}

#[test]
fn a_secret_for_privileged_mode_that_cannot_be_counted_is_no_fault_of_the_device() {
    let bench = Bench::new();
    let site = Site::new(60, 1, 204);
    bench.discover(&site, &[]).ok();
    let file = SqliteConnectOptions::new().filename(bench.home().join("velocity.db"));
    let full = "create trigger no_room before insert on login_tries when new.username like '% enable'
        begin select raise(abort, 'no room'); end";
    let broken = async {
        let mut db = SqliteConnection::connect_with(&file).await?;
        sqlx::raw_sql(full).execute(&mut db).await?;
        db.close().await
    };
    tokio::runtime::Runtime::new().expect("runtime").block_on(broken).expect("a trigger");
    let both = format!("{0}{0}", site.password());
    let capture = ["capture", "--types", "configs", "--user", "admin", "--enable", "--password-stdin", "--json"];
    let report = bench.run(&capture, &both).json();
    let failures = report["failed_devices"].as_array().expect("failures");
    assert!(failures.len() > 4, "those that ask for a secret: {report}");
    for failure in failures {
        let (class, message) = (&failure["class"], failure["message"].as_str().unwrap_or_default());
        assert!(class == "internal" && message.contains("no room"), "{failure}");
    }
    assert_eq!(site.running.refused_enables(), 0);
}

#[test]
fn a_wrong_enable_secret_is_sent_twice_in_all_and_locks_nobody_out() {
    let bench = Bench::new();
    let site = Site::new(60, 1, 204);
    let seed = site.running.seed();
    let wrong = format!("{}wrong\n", site.password());
    let discover = ["discover", &seed, "--user", "admin", "--enable", "--password-stdin", "--json"];
    let report = bench.run(&discover, &wrong).json();
    assert!(report["notes"].to_string().contains("creds clear admin`"), "{report}");
    let capture = ["capture", "--types", "configs", "--user", "admin", "--enable", "--password-stdin", "--json"];
    let report = bench.run(&capture, &wrong).json();
    assert!(report["devices_succeeded"].as_u64() > Some(30), "those that ask for none: {report}");
    assert!(report["devices_failed"].as_u64() > Some(4), "those that ask for one: {report}");
    assert_eq!(site.running.refused_enables(), 2);
    let [account] = &accounts(&bench)[..] else { panic!("{:?}", accounts(&bench)) };
    let stopped = account["stopped_at"].is_string() || account["stopped_at"].is_number();
    assert_eq!(
        (account["username"].as_str(), account["used"].as_u64(), stopped),
        (Some("admin enable"), Some(2), true)
    );
    let failed = bench.run(&["devices", "list", "credential=failed", "--json"], "").ok().json();
    assert_eq!(failed.as_array().map(Vec::len), Some(0), "they let us in: {failed}");

    bench.run(&["creds", "clear", "admin"], "").ok();
    let right = format!("{}{}\n", site.password(), site.running.enable());
    let report = bench.run(&capture, &right).ok().json();
    assert_eq!(report["devices_succeeded"], 60, "{report}");
    assert!(accounts(&bench).is_empty());
}
