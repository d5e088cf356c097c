//! FakeNOS, a simulator that is not ours. `cargo xtask bench fakenos` brings it in and runs these.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::bench::Bench;

/// Its platforms that answer a question of ours, and our name for them.
const KNOWN: &[(&str, &str)] = &[
    ("arista_eos", "arista_eos"),
    ("checkpoint_gaia", "checkpoint_gaia"),
    ("cisco_asa", "cisco_asa"),
    ("cisco_ios", "cisco_ios"),
    ("cisco_nxos", "cisco_nxos"),
    ("cisco_xr", "cisco_xr"),
    ("fortinet", "fortinet"),
    ("hp_comware", "hp_comware"),
    ("hp_procurve", "hp_procurve"),
    ("huawei_vrp", "huawei_vrp"),
    ("juniper_junos", "juniper_junos"),
    ("mikrotik_routeros", "mikrotik_routeros"),
    ("paloalto_panos", "paloalto_panos"),
    ("ubiquiti_edgeswitch", "ubiquiti_edgeswitch"),
];

/// Of systems that we know it has no answer that tells the version; the others are systems that we do not know. None
/// may be taken for another.
const MUTE: &[&str] = &[
    "alcatel_sros",
    "aruba_os",
    "extreme_exos",
    "linux",
    "vyatta_vyos",
    "brocade_fastiron",
    "cisco_s300",
    "dell_force10",
    "huawei_smartax",
    "ubiquiti_edgerouter",
];

/// The simulator, until it is dropped.
struct Simulator {
    child: Child,
    /// Platform to address and port.
    devices: BTreeMap<String, String>,
}

impl Simulator {
    /// `block`: the first three numbers of its addresses.
    fn up(block: &str, platforms: &[&str]) -> Self {
        let python = std::env::var("VELOCITY_FAKENOS").expect("VELOCITY_FAKENOS: a Python that has fakenos");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bench/fakenos_devices.py");
        let mut command = Command::new(python);
        command.arg(script).arg(block).args(platforms).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().expect("python");
        let lines = BufReader::new(child.stdout.take().expect("output")).lines();
        let device = |line: String| line.split_once(' ').map(|(name, at)| (name.to_owned(), at.to_owned()));
        let devices = lines.take(platforms.len()).filter_map(|line| device(line.ok()?)).collect();
        Self { child, devices }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // It ends with its input; killed, it leaves nothing either.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn discover(bench: &Bench, simulator: &Simulator) -> serde_json::Value {
    let seeds = simulator.devices.values().map(String::as_str);
    let args: Vec<&str> =
        ["discover", "--user", "ops", "--password-stdin", "--depth", "0", "--json"].into_iter().chain(seeds).collect();
    bench.run(&args, "lab-only\n").json()
}

#[test]
#[ignore = "needs Python and PyPI: cargo xtask bench fakenos"]
fn fakenos_devices_are_known_without_a_hint_and_collected() {
    let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
    let simulator = Simulator::up("127.181.0", &names);
    let bench = Bench::new();
    let report = discover(&bench, &simulator);
    let list = bench.run(&["devices", "list", "--json"], "").ok().json();
    let known: BTreeMap<String, String> =
        list.as_array().expect("devices").iter().map(|d| (text(&d["address"]), text(&d["platform"]))).collect();
    for (name, ours) in KNOWN {
        let address = simulator.devices[*name].split(':').next().unwrap_or_default().to_owned();
        assert_eq!(known.get(&address).map(String::as_str), Some(*ours), "{name}: {report}");
    }
    assert_eq!(report["devices_succeeded"].as_u64(), Some(KNOWN.len() as u64), "{report}");
    let args =
        ["capture", "--types", "version,arp,interfaces,lldp,routes", "--user", "ops", "--password-stdin", "--json"];
    let report = bench.run(&args, "lab-only\n").json();
    println!("collected: {report}");
    assert_eq!(report["devices_failed"].as_u64(), Some(0), "{report}");
}

#[test]
#[ignore = "needs Python and PyPI: cargo xtask bench fakenos"]
fn fakenos_devices_that_tell_nothing_are_taken_for_nothing() {
    let simulator = Simulator::up("127.182.0", MUTE);
    let bench = Bench::new();
    let report = discover(&bench, &simulator);
    assert_eq!(report["devices_succeeded"].as_u64(), Some(0), "{report}");
    let failed = report["failed_devices"].as_array().expect("list");
    assert_eq!(failed.len(), MUTE.len(), "{report}");
    assert!(failed.iter().all(|d| d["class"] == "unknown_platform"), "{report}");
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
