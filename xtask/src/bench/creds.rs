//! `cargo xtask bench creds`: how many log-ins it takes to find out which of many credentials each device takes, on a
//! lab whose accounts lock.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::figure::{Figures, Want};
use super::rig::Rig;
use crate::shell;

const USAGE: &str = "cargo xtask bench creds [--quick]";

/// Devices, realms, credentials.
type Size = (usize, usize, usize);
const FULL: Size = (2_000, 5, 1_000);
const QUICK: Size = (200, 3, 120);
const SEED: u64 = 7;
/// One more than the tries that a run has by default.
const LOCK_AFTER: usize = 4;
/// A device bears three refusals in a run, and a run may leave some for the next one.
const RUNS: usize = 5;

pub fn run(args: &[String]) -> anyhow::Result<()> {
    ensure!(args.iter().all(|arg| arg == "--quick"), USAGE);
    let size = if args.is_empty() { FULL } else { QUICK };
    let velocity = shell::velocity(true)?;
    let mut figures = Figures::new("creds");
    let done = measure(&velocity, size, &mut figures);
    figures.show_and_keep().and(done)
}

fn measure(velocity: &std::path::Path, size: Size, figures: &mut Figures) -> anyhow::Result<()> {
    let (devices, realms, credentials) = size;
    let part = format!("{credentials} credentials, {devices} devices, {realms} realms");
    let flags = ["--realms", &realms.to_string(), "--credentials", &credentials.to_string()].map(str::to_owned);
    let lock = ["--lock-after".to_owned(), LOCK_AFTER.to_string()];
    let rig = Rig::up_with(velocity, devices, SEED, 0, &[&flags[..], &lock[..]].concat())?;
    let home = rig.home()?;
    home.discover(100)?;
    home.tell(&["vault", "init"])?;
    home.tell(&["lab", "accounts", "--save", "--state", &rig.state().display().to_string()])?;
    let (mut report, mut seconds, mut runs) = (Value::Null, 0.0, 0);
    while runs < RUNS && report["devices_failed"] != 0 {
        runs += 1;
        let id = report["run"].to_string();
        let began = std::time::Instant::now();
        report = match runs {
            1 => home.tell(&["creds", "discover", "--yes", "--json"])?,
            _ => home.tell(&["executions", "retry", &id, "--json"])?,
        };
        seconds += began.elapsed().as_secs_f64();
    }
    let state = rig.state().display().to_string();
    let aaa = home.tell(&["lab", "status", "--state", &state])?["aaa"].clone();
    let accounts = home.tell(&["lab", "accounts", "--json", "--state", &state])?;
    let number = |key: &str| aaa[key].as_f64().with_context(|| format!("the lab tells no `{key}`"));
    let list = |r: &Value| r["locked"].as_array().map_or(0, Vec::len);
    let locked: usize = aaa["realms"].as_array().into_iter().flatten().map(list).sum();
    let least = least(&accounts)?;
    let left = report["devices_failed"].as_f64().unwrap_or(f64::MAX);
    figures.add(format!("{part}: log-ins"), number("log_ins")?, "", Want::Nothing);
    figures.add(format!("{part}: the least"), least, "", Want::Nothing);
    figures.add(format!("{part}: log-ins of the least"), number("log_ins")? / least, "x", Want::AtMost(1.2, 1.05));
    figures.add(format!("{part}: devices without one"), left, "", Want::AtMost(0.0, 0.0));
    figures.add(format!("{part}: accounts locked"), locked as f64, "", Want::AtMost(0.0, 0.0));
    figures.add(format!("{part}: most refusals of an account"), number("most_refusals")?, "", Want::AtMost(3.0, 2.0));
    figures.add(format!("{part}: runs"), runs as f64, "", Want::Nothing);
    figures.add(format!("{part}: all runs"), seconds, "s", Want::Nothing);
    Ok(())
}

/// One log-in for each device; and for the first that takes a credential, those before it in the order of the vault: of its
/// realm, which the device greets with, and none that other devices are known to take.
fn least(accounts: &Value) -> anyhow::Result<f64> {
    let right: BTreeMap<String, String> = serde_json::from_value(accounts["right"].clone())?;
    let all: Vec<&Value> = accounts["credentials"].as_array().into_iter().flatten().collect();
    let realm = |name: &str| all.iter().find(|c| c["name"] == name).map(|c| &c["realm"]);
    let (mut taken, mut refused) = (BTreeSet::new(), 0);
    for name in right.values().collect::<BTreeSet<_>>() {
        let of_realm = all.iter().filter(|c| Some(&c["realm"]) == realm(name)).filter_map(|c| c["name"].as_str());
        let names: BTreeSet<&str> = of_realm.collect();
        refused += names.iter().filter(|n| !taken.contains(**n)).take_while(|n| **n != name.as_str()).count();
        taken.insert(name.as_str());
    }
    Ok((right.len() + refused) as f64)
}
