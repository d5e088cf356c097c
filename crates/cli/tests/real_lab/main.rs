//! The binary against real software: FRRouting, lldpd and OpenSSH in network namespaces.
//!
//! Runs when `VELOCITY_REAL_LAB` names a lab command with `up [FILE] --wait N`, `truth`, `exec` and `down`, and the user is
//! root, see `docs/real-lab.md`. Each lab lives in a network namespace of its own and touches nothing outside of it.

mod happens;
mod lab;

use std::collections::BTreeSet;
use std::path::Path;

use tempfile::TempDir;

use lab::{Lab, SEED, rows, text};

#[test]
fn a_leaf_and_spine_network_is_found_and_collected() {
    let Some(lab) = Lab::up("default", &[]) else { return };
    lab.velocity(&["discover", SEED], 0);
    assert_eq!(lab.devices(), lab.true_devices(), "every device that speaks LLDP or CDP, each once");
    assert_eq!(lab.links(), lab.true_links(), "every link");

    lab.capture_all();
    lab.compare_facts();

    lab.exec("leaf2", &["vtysh", "-c", "conf t", "-c", "interface eth1", "-c", "description changed"]);
    lab.exec("leaf3", &["vtysh", "-c", "conf t", "-c", "router bgp 65003", "-c", "neighbor 10.1.0.8 password another"]);
    lab.velocity(&["capture", "--devices", "all", "--types", lab::TYPES], 0);
    let changes = lab.json(&["changes", "list"]);
    let changed: BTreeSet<&str> = rows(&changes).iter().map(|c| text(c, "device")).collect();
    assert_eq!(changed, BTreeSet::from(["leaf2", "leaf3"]), "{changes}");
    let diff = lab.velocity(&["configs", "diff", "leaf2"], 0);
    assert!(diff.contains("- description to spine1:eth2\n+ description changed\n"), "{diff}");
    let diff = lab.velocity(&["configs", "diff", "leaf3"], 0);
    assert!(diff.contains("neighbor 10.1.0.8 password ********") && !diff.contains("another"), "{diff}");
    lab.shows_no_secret();

    lab.velocity(&["discover", SEED], 0);
    assert_eq!(lab.devices(), lab.true_devices(), "nothing is split when it is found again");
}

#[test]
fn the_oddities_of_real_networks_are_found_or_told() {
    let file = std::env::var_os("VELOCITY_REAL_LAB").map(|lab| Path::new(&lab).with_file_name("examples/quirks.toml"));
    let Some(file) = file.filter(|f| f.exists()) else {
        return eprintln!("SKIPPED: no examples/quirks.toml beside the lab of VELOCITY_REAL_LAB");
    };
    let Some(lab) = Lab::up("quirks", &[&file.to_string_lossy()]) else { return };
    let report = lab.velocity(&["discover", SEED, "--json"], 3);
    let mut devices = lab.true_devices();
    // Old algorithms only, and so nobody tells of what is behind it; no log-in; announces nothing.
    let missing = ["old1", "dark1", "silent1"];
    devices.retain(|d| !missing.contains(&d.as_str()));
    assert_eq!(lab.devices(), devices, "{report}");
    let mut links = lab.true_links();
    links.retain(|l| !missing.iter().any(|m| l.contains(&format!("{m}:"))));
    assert_eq!(lab.links(), links);
    let run = lab.json(&["executions", "show", "1"]);
    let told = rows(&run["devices"]).iter().find(|d| text(d, "name").starts_with("old1")).map(|d| text(d, "class"));
    assert_eq!(told, Some("no_common_algorithm"), "{run}");

    lab.capture_all();
    lab.compare_facts();
    lab.velocity(&["discover", "10.99.0.19"], 0);
    assert!(lab.devices().contains("silent1"), "given as a seed, the silent one is found too");
}

/// The agents of net-snmp, lldpd and FRRouting, by a community and by a user.
#[test]
fn agents_give_the_same_map_as_command_lines() {
    let Some(mut lab) = Lab::up("snmp", &[]) else { return };
    let v3 = ["--snmp-user", "netlab", "--snmp-auth", "sha", "--snmp-privacy", "aes", "--snmp-passwords-stdin"];
    for (login, input) in [(&["--snmp-community-stdin"][..], "netlab\n"), (&v3, "netlab-auth\nnetlab-priv\n")] {
        lab.home = TempDir::new().expect("folder");
        lab.velocity(&["init"], 0);
        lab.velocity_with(&[&["discover", SEED][..], login].concat(), input, 0);
        assert_eq!(lab.devices(), lab.true_devices());
        assert_eq!(lab.links(), lab.true_links());
        let by_agent: BTreeSet<(String, String)> = lab.chassis();
        // Its command line is believed for what it is; the device stays one.
        lab.velocity(&["discover", SEED], 0);
        lab.velocity_with(&[&["discover", SEED][..], login].concat(), input, 0);
        assert_eq!((lab.devices(), lab.links(), lab.chassis()), (lab.true_devices(), lab.true_links(), by_agent));
        let devices = lab.json(&["devices", "list"]);
        assert!(rows(&devices).iter().all(|d| d["platform"] == "frr"), "{devices}");
    }
}
