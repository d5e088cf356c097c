//! What is amiss is told with what to do, and nothing that was there is lost by mending it.

use crate::bench::Bench;

fn add_devices(bench: &Bench) {
    for n in 1..=3 {
        let args =
            ["devices", "add", &format!("sw{n}"), "--address", &format!("10.0.0.{n}"), "--platform", "cisco_ios"];
        bench.run(&args, "").ok();
    }
}

fn doctor(bench: &Bench) -> (i32, serde_json::Value) {
    let said = bench.run(&["doctor", "--json"], "");
    (said.code, said.json())
}

fn advice(report: &serde_json::Value, thing: &str) -> String {
    let all = report["findings"].as_array().expect("findings");
    let found = all.iter().find(|f| f["thing"] == thing).unwrap_or_else(|| panic!("{thing}: {report}"));
    format!("{} {}", found["health"].as_str().expect("a word"), found["advice"].as_str().expect("a text"))
}

#[test]
fn a_sound_installation_is_well_but_for_what_was_not_done_yet() {
    let bench = Bench::new();
    add_devices(&bench);
    let (code, report) = doctor(&bench);
    assert_eq!((code, report["health"].as_str()), (0, Some("warning")), "{report}");
    assert_eq!(advice(&report, "vault"), "warning velocity vault init");
    assert_eq!(advice(&report, "database"), "well ");
    assert_eq!(bench.run(&["doctor", "--deep"], "").code, 0);
    let none = Bench::bare();
    let (code, report) = doctor(&none);
    assert_eq!((code, advice(&report, "data directory").as_str()), (1, "ill velocity init"));
}

#[test]
fn a_file_that_is_no_database_any_more_is_left_alone_and_a_backup_is_the_way_out() {
    let bench = Bench::new();
    add_devices(&bench);
    let backup = bench.dir.path().join("all.velocity").to_string_lossy().into_owned();
    bench.run(&["backup", &backup], "").ok();
    let file = bench.home().join("velocity.db");
    std::fs::write(&file, vec![0x5a; 40_960]).expect("written");
    let said = bench.run(&["devices", "list"], "");
    assert!(said.code == 1 && said.err.contains("not a database"), "{said:?}");
    let (code, report) = doctor(&bench);
    assert!(code == 1 && advice(&report, "database").contains("velocity restore"), "{report}");
    let said = bench.run(&["doctor", "--repair", "-y"], "");
    assert_eq!(said.code, 1, "nothing can be read of it: {said:?}");
    assert_eq!(std::fs::read(&file).expect("the file"), vec![0x5a; 40_960]);
    bench.run(&["restore", &backup, "--force"], "").ok();
    assert_eq!(bench.run(&["devices", "list", "--json"], "").ok().json().as_array().map(Vec::len), Some(3));
    assert_eq!(doctor(&bench).0, 0);
}

#[test]
fn mending_a_sound_file_keeps_every_row() {
    let bench = Bench::new();
    add_devices(&bench);
    let before = bench.run(&["devices", "list", "--json"], "").ok().out;
    let said = bench.run(&["doctor", "--repair"], "");
    assert!(said.code == 1 && said.err.contains("add -y"), "{said:?}");
    let done = bench.run(&["doctor", "--repair", "-y", "--json"], "").ok().json();
    assert!(done["tables"].as_array().expect("tables").iter().all(|t| t["lost"] == 0), "{done}");
    assert_eq!(bench.run(&["devices", "list", "--json"], "").ok().out, before);
}

/// Each step as `name health`.
fn steps(report: &serde_json::Value) -> String {
    let word = |f: &serde_json::Value, key: &str| f[key].as_str().expect("a word").to_owned();
    let all = report["steps"].as_array().expect("steps").iter();
    all.map(|f| format!("{} {}", word(f, "thing"), word(f, "health"))).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_way_to_a_device_is_gone_step_by_step_and_ends_where_it_is_broken() {
    use std::io::Write;
    let bench = Bench::new();
    let site = crate::bench::Site::new(2, 1, 94);
    bench.discover(&site, &["--quiet"]).ok();
    let name = site.running.truth().devices[0].name.clone();
    let reach = |to: &str| {
        let said = bench.run(&["doctor", "reach", to, "--json"], "");
        (said.code, steps(&said.json()))
    };
    let all = "name well, way well, TCP well, banner well, key exchange well, host key well, log-in well";
    assert_eq!(reach(&name), (0, all.to_owned()));
    assert_eq!(bench.run(&["creds", "status", "--json"], "").ok().json()["accounts"].as_array().map_or(0, Vec::len), 0);

    let with = |password: &str| {
        let args = ["doctor", "reach", &name, "--log-in", "--user", "admin", "--password-stdin", "--json"];
        let said = bench.run(&args, password);
        (said.code, steps(&said.json()))
    };
    assert_eq!(with(&site.password()), (0, format!("{all}, prompt well")));
    assert_eq!(with("wrong\n"), (1, all.replace("log-in well", "log-in ill")));

    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    assert_eq!(reach(&closed.to_string()), (1, "name warning, way well, TCP ill".to_owned()));
    let other = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = other.local_addr().expect("an address").port();
    std::thread::spawn(move || other.incoming().flatten().for_each(|mut s| drop(write!(s, "220 mail.example\r\n"))));
    assert_eq!(reach(&format!("127.0.0.1:{port}")), (1, "name warning, way well, TCP well, banner ill".to_owned()));
    assert_eq!(reach("no-such-host.invalid"), (1, "name ill".to_owned()));
}
