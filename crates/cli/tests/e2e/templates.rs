//! Templates: reading a text, finding the template, the user's own.

use std::path::PathBuf;

use serde_json::json;

use crate::bench::{Bench, Site};
use crate::vault::with_store;

const PORTS: &str = "Value Required PORT (\\S+)\nValue STATE (up|down)\nValue List VLANS (\\d+)\n\nStart\n  \
    ^Port\\s+${PORT} is ${STATE}\n  ^ +vlan ${VLANS}\n  ^! -> Record\n  ^% -> Error \"the device refused\"\n";
const TEXT: &str = "Port a1 is up\n vlan 10\n vlan 20\n!\nfan failed\nPort a2 is down\n!\n";

fn file(bench: &Bench, name: &str, text: &str) -> String {
    let path: PathBuf = bench.dir.path().join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(&path, text).expect("a file");
    path.to_string_lossy().into_owned()
}

#[test]
fn a_text_is_read_with_a_template_and_what_is_unread_is_told() {
    let bench = Bench::bare();
    let template = file(&bench, "ports.textfsm", PORTS);
    let said = bench.run(&["parse", "-", "--template", &template, "--json"], TEXT).ok();
    let rows = json!([
        {"port": "a1", "state": "up", "vlans": ["10", "20"]},
        {"port": "a2", "state": "down", "vlans": []},
    ]);
    assert_eq!(said.json(), rows);
    assert_eq!(said.err, "note: 1 of 7 lines were not read: 5\nnote: line 5 is `fan failed`\n");
    let said = bench.run(&["parse", "-", "--template", &template, "--csv"], TEXT).ok();
    assert_eq!(said.out, "port,state,vlans\r\na1,up,\"[\"\"10\"\",\"\"20\"\"]\"\r\na2,down,[]\r\n");
    let said = bench.run(&["parse", "-", "--template", &template], TEXT).ok();
    assert!(said.out.starts_with("PORT"), "{said:?}");
    let said = bench.run(&["templates", "test", &template, "-", "--json"], TEXT);
    assert_eq!((said.code, &said.json()["row_lines"]), (1, &json!([[1, 3], [6, 6]])), "{said:?}");
    assert!(!bench.home().exists(), "reading makes no data directory");
}

#[test]
fn what_refuses_says_where() {
    let bench = Bench::bare();
    let template = file(&bench, "ports.textfsm", PORTS);
    let said = bench.run(&["parse", "-", "--template", &template, "--json"], "Port a1 is up\n% Invalid input\n");
    assert_eq!((said.code, said.out.as_str()), (1, ""), "{said:?}");
    for part in ["the device refused", "line 2 `% Invalid input`", "line 9 of the template", "state `Start`"] {
        assert!(said.err.contains(part), "{part}: {said:?}");
    }
    let broken = file(&bench, "broken.textfsm", "Value PORT (\\S+\n\nStart\n  ^${PORT}\n");
    let said = bench.run(&["parse", "-", "--template", &broken], "");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("line 1, column "), "{said:?}");
    let said = bench.run(&["parse", "-", "--template", "no_such_template"], "");
    assert!(said.code == 1 && said.err.contains("`velocity templates list`"), "{said:?}");
    assert_eq!(bench.run(&["parse", "-", "--csv", "--json"], "").code, 2);
}

const ARP: &str = "Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n\
    Internet  192.0.2.1               -   0200.5e00.0001  ARPA   Vlan10\n\
    Internet  192.0.2.77             12   0200.5e00.004d  ARPA   Vlan10\n";

#[test]
fn a_command_is_looked_up_and_a_text_alone_is_enough() {
    let bench = Bench::bare();
    let named = bench.run(&["parse", "-", "--platform", "cisco_ios", "--command", "sh ip arp", "--json"], ARP).ok();
    assert_eq!(named.json()[1]["ip_address"], "192.0.2.77", "{named:?}");
    assert_eq!(named.err, "");
    let found = bench.run(&["detect", "-", "--top", "3", "--json"], ARP).ok().json();
    assert_eq!((&found[0]["template"], &found[0]["records"]), (&json!("cisco_ios_show_arp"), &json!(2)), "{found}");
    assert_eq!(found.as_array().map(Vec::len), Some(3), "{found}");
    let alone = bench.run(&["parse", "-", "--json"], ARP).ok();
    assert_eq!(alone.json()[1]["address"], "192.0.2.77");
    assert!(alone.err.contains("`cisco_ios_show_arp`"), "{alone:?}");
    let said = bench.run(&["parse", "-", "--platform", "cisco_ios", "--command", "reload"], ARP);
    assert!(said.code == 1 && said.err.contains("no template for `reload`"), "{said:?}");
}

#[test]
fn a_platform_of_ours_reads_its_own_commands() {
    let bench = Bench::bare();
    let shown = bench.run(&["templates", "show", "linux_ip_neigh", "--json"], "").ok().json();
    assert_eq!(shown["from"], "velocity");
    let text = "192.0.2.1 dev eth0 lladdr 02:00:5e:00:00:01 REACHABLE\n";
    let rows = bench.run(&["parse", "-", "--template", "linux_ip_neigh", "--json"], text).ok().json();
    assert_eq!(rows.as_array().map(Vec::len), Some(1), "{rows}");
}

#[test]
fn own_templates_take_precedence() {
    let bench = Bench::bare();
    let own = "Value HOST (192\\S+)\n\nStart\n  ^Internet\\s+${HOST} -> Record\n";
    file(&bench, "mine/cisco_ios_show_ip_arp.textfsm", own);
    file(&bench, "mine/acme_show_ports.textfsm", PORTS);
    let broken = file(&bench, "mine/broken.textfsm", "Value X\n");
    let folder = bench.dir.path().join("mine").to_string_lossy().into_owned();
    let dry = bench.run(&["templates", "import", &folder, "--dry-run"], "");
    assert!(dry.out.contains("dry run: 2 new, 0 replaced, 0 unchanged, 1 refused"), "{dry:?}");
    assert!(!bench.home().exists());
    let said = bench.run(&["templates", "import", &folder], "");
    assert!(said.code == 1 && said.out.contains("refused   broken: line 1, column "), "{said:?}");
    std::fs::remove_file(broken).expect("remove");
    let said = bench.run(&["templates", "import", &folder], "").ok();
    assert!(said.out.contains("0 new, 0 replaced, 2 unchanged, 0 refused"), "{said:?}");
    let rows = bench.run(&["parse", "-", "--platform", "cisco_ios", "--command", "show ip arp", "--json"], ARP).ok();
    assert_eq!(rows.json(), json!([{"host": "192.0.2.1"}, {"host": "192.0.2.77"}]));
    let rows = bench.run(&["parse", "-", "--platform", "acme", "--command", "show ports", "--json"], TEXT).ok();
    assert_eq!(rows.json()[0]["port"], "a1");
    let found = bench.run(&["detect", "-", "--platform", "acme", "--json"], TEXT).ok().json();
    assert_eq!(found[0]["template"], "acme_show_ports", "{found}");
    let list = bench.run(&["templates", "list", "--json"], "").ok().json();
    let own = list.as_array().expect("a list").iter().filter(|view| view["from"] == "own").count();
    assert_eq!(own, 2);
}

#[test]
fn what_is_exported_may_be_imported_and_all_of_it_compiles() {
    let bench = Bench::bare();
    let folder = bench.dir.path().join("out").to_string_lossy().into_owned();
    bench.run(&["templates", "export", &folder], "").ok();
    file(&bench, "out/linux_ip_neigh.textfsm", "changed");
    let said = bench.run(&["templates", "export", &folder], "");
    assert!(said.code == 1 && said.err.contains("linux_ip_neigh.textfsm") && said.err.contains("--force"), "{said:?}");
    bench.run(&["templates", "export", &folder, "--force"], "").ok();
    bench.run(&["templates", "import", &folder], "").ok();
    let checked = bench.run(&["templates", "check", "--json"], "").ok().json();
    assert_eq!((&checked["problems"], &checked["own"]), (&json!([]), &checked["templates"]), "{checked}");
    let arp = bench.run(&["parse", "-", "--platform", "cisco_ios", "--command", "show ip arp", "--json"], ARP).ok();
    assert_eq!(arp.json().as_array().map(Vec::len), Some(2));
    file(&bench, "home/templates/index", "Template, Hostname, Platform, Command\ngone.textfsm, .*, acme, show\n");
    let said = bench.run(&["templates", "check"], "");
    assert!(said.code == 1 && said.out.contains("there is no template `gone`"), "{said:?}");
}

/// A small network, discovered, with its ARP tables.
fn collected(block: u8) -> (Bench, Site) {
    let (bench, site) = (Bench::new(), Site::new(8, 7, block));
    bench.discover(&site, &[]).ok();
    bench.capture(&site, "arp", &[]).ok();
    (bench, site)
}

/// How many ARP entries of the IOS devices name an interface, and how many there are.
fn with_interface(bench: &Bench) -> (usize, usize) {
    let devices = bench.run(&["devices", "list", "platform=cisco_ios", "--json"], "").ok().json();
    let names: Vec<_> = devices.as_array().expect("devices").iter().map(|device| device["slug"].clone()).collect();
    let facts = bench.run(&["facts", "arp", "--json"], "").ok().json();
    let of_ios = |fact: &&serde_json::Value| names.contains(&fact["device"]);
    let facts: Vec<_> = facts.as_array().expect("facts").iter().filter(of_ios).cloned().collect();
    (facts.iter().filter(|fact| !fact["interface"].is_null()).count(), facts.len())
}

#[test]
fn a_collection_is_read_with_the_users_own_template() {
    let (bench, site) = collected(151);
    let (named, all) = with_interface(&bench);
    assert!(named > 0 && named == all, "{named} of {all}");
    let own = "Value IP_ADDRESS (\\d\\S+)\nValue MAC_ADDRESS (\\S+\\.\\S+)\n\nStart\n  \
        ^Internet\\s+${IP_ADDRESS}\\s+\\S+\\s+${MAC_ADDRESS}\\s -> Record\n  ^Protocol\n";
    file(&bench, "home/templates/my_arp.textfsm", own);
    let index = "Template, Hostname, Platform, Command\nmy_arp.textfsm, .*, cisco_ios, sh[[ow]] ip arp\n";
    file(&bench, "home/templates/index", index);
    bench.capture(&site, "arp", &[]).ok();
    assert_eq!(with_interface(&bench), (0, all));
}

/// What the audit log has about templates, newest first.
fn audited(bench: &Bench) -> Vec<String> {
    let log = with_store(bench, async |store| store.audit_log(&store::AuditFilter::default()).await.expect("read"));
    log.into_iter().map(|entry| entry.action).filter(|action| action.starts_with("templates.")).collect()
}

#[test]
fn a_release_is_tried_on_the_captures_then_used_then_undone() {
    let (bench, _site) = collected(152);
    let folder = bench.dir.path().join("new").to_string_lossy().into_owned();
    bench.run(&["templates", "export", &folder], "").ok();
    let update = |more: &[&str]| bench.run(&[&["templates", "update", "--from", &folder, "--json"], more].concat(), "");
    let same = update(&[]).ok().json();
    assert!(same["captures"].as_u64() > Some(0), "{same}");
    assert_eq!((&same["changes"], &same["taken"]), (&json!([]), &json!(false)));

    let name = "cisco_ios_show_ip_arp";
    let before = bench.run(&["templates", "show", name], "").ok().out;
    let after = before.replace("Start\n", "Start\n  ^Internet -> Error \"not this one\"\n");
    file(&bench, &format!("new/{name}.textfsm"), &after);
    let dry = update(&["-y", "--dry-run"]).ok().json();
    assert_eq!((&dry["templates_changed"], &dry["taken"]), (&json!([name]), &json!(false)));
    let reason = dry["changes"][0]["now_fails"].as_str().expect("a reason");
    assert!(reason.contains("not this one"), "{reason}");
    assert!(!bench.home().join("releases").exists());

    let shown = bench.run(&["templates", "update", "--from", &folder, "-y"], "").ok().out;
    assert!(shown.contains("now fails: ") && shown.contains("taken into use"), "{shown}");
    assert_eq!(bench.run(&["templates", "show", name], "").ok().out, after);
    let undone = bench.run(&["templates", "update", "--undo"], "").ok().out;
    assert!(undone.ends_with("to the embedded release\n"), "{undone}");
    assert_eq!(bench.run(&["templates", "show", name], "").ok().out, before);
    let said = bench.run(&["templates", "update", "--undo"], "");
    assert!(said.code == 1 && said.err.contains("nothing to undo"), "{said:?}");
    bench.run(&["templates", "import", &folder], "").ok();
    assert_eq!(audited(&bench), ["templates.import", "templates.undo", "templates.update"]);
}

#[test]
fn a_release_that_cannot_be_used_changes_nothing() {
    let bench = Bench::new();
    let refused = |path: &str, why: &str| {
        let said = bench.run(&["templates", "update", "--from", path, "-y"], "");
        assert!(said.code == 1 && said.err.contains(why), "{said:?}");
        assert!(!bench.home().join("releases").exists());
    };
    refused(&file(&bench, "no.whl", "no zip"), "it is no wheel");
    file(&bench, "empty/readme", "");
    refused(&bench.dir.path().join("empty").to_string_lossy(), "no index and templates");
    file(&bench, "bad/index", "Template, Hostname, Platform, Command\na.textfsm, .*, acme, show\n");
    file(&bench, "bad/a.textfsm", "Value X (\n");
    refused(&bench.dir.path().join("bad").to_string_lossy(), "cannot be used, such as a: line 1");
    assert_eq!(bench.run(&["templates", "update", "-y"], "").code, 2);
}
