//! `cargo xtask bench sessions`: what a session costs, and how fast many of them are, beside what people would use
//! instead, on the same lab.
//!
//! The lab is a process of its own, so CPU time is that of the client alone; but both share the machine, so seconds and
//! ratios of seconds mean something on an idle machine only.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::figure::{Figures, Want};
use super::peers::{PeerRan, Peers};
use super::rig::{FIVE, Home, Rig};
use super::usage::{self, Ran};
use crate::shell;

const USAGE: &str = "cargo xtask bench sessions [--quick]";

/// Devices, at 0 and at 100 ms a command; the numbers at once.
const SMALL: usize = 200;
const AT_ONCE: [usize; 2] = [8, 100];
const MIDDLE: usize = 1_000;
const MANY: usize = 1_000;
/// Sessions that are left open: the lab has ten thousand listeners open besides.
const IDLE: usize = 2_000;

/// Random seed of each lab.
const SEED: u64 = 7;

/// The peer that ours is measured against.
const PEER: &str = "nornir+netmiko";

pub fn run(args: &[String]) -> anyhow::Result<()> {
    ensure!(args.iter().all(|arg| arg == "--quick"), USAGE);
    let quick = !args.is_empty();
    let velocity = shell::velocity(true)?;
    let peers = Peers::install();
    let mut figures = Figures::new("sessions");
    let done = measure(quick, &velocity, &peers, &mut figures);
    // What was measured until a failure took long enough to be kept; the failure comes before a figure that is missed.
    let shown = figures.show_and_keep();
    done.and(shown)
}

fn measure(quick: bool, velocity: &Path, peers: &Peers, figures: &mut Figures) -> anyhow::Result<()> {
    let mut rig = Rig::up(velocity, if quick { SMALL } else { MIDDLE }, SEED, 0)?;
    let home = rig.home()?;
    home.discover(100)?;
    for at_once in AT_ONCE {
        beside_peers(&rig, &home, (0, at_once, SMALL), peers, figures)?;
    }
    if quick {
        weigh(&rig, &home, SMALL, figures)?;
    } else {
        figures.thrice(|figures| {
            let ran = home.capture(50, FIVE, MIDDLE, false)?;
            let part = "1,000 devices, 0 ms, 50 at once";
            told(part, "velocity", MIDDLE as u64, &ran, Want::AtMost(0.8, 0.5), figures);
            Ok(())
        })?;
    }
    let path = home.close();
    rig.relaunch(100)?;
    let home = rig.reopen(path);
    for at_once in AT_ONCE {
        beside_peers(&rig, &home, (100, at_once, SMALL), peers, figures)?;
    }
    if quick {
        return Ok(());
    }
    // A second and a half of ours: the machine has a hand in it.
    figures.thrice(|figures| beside_peers(&rig, &home, (100, MANY, MIDDLE), &peers.only(PEER), figures))?;
    drop(rig);
    large(velocity, figures)
}

/// One row of ours, and one of each peer.
fn beside_peers(
    rig: &Rig,
    home: &Home<'_>,
    (latency, at_once, devices): (u64, usize, usize),
    peers: &Peers,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let part = format!("{devices} devices, {latency} ms, {at_once} at once");
    let ran = home.capture(at_once, FIVE, devices, false)?;
    told(&part, "velocity", devices as u64, &ran, Want::Nothing, figures);
    // A peer's time counts from its first connection; so does ours where the two are compared.
    let report: Value = serde_json::from_slice(&ran.stdout).context("the report of `capture`")?;
    let seconds = report["execution_time"].as_f64().context("the report tells no `execution_time`")?;
    let rate = devices as f64 / seconds;
    figures.add(format!("{part}: velocity, from the first connection"), rate, "dev/s", Want::Nothing);
    let all = home.devices()?;
    for PeerRan { name, report } in peers.run(rig, &all[..devices.min(all.len())], at_once) {
        let number = |key: &str| report[key].as_f64().unwrap_or_default();
        let (done, seconds) = (number("devices"), number("seconds"));
        if number("failed") > 0.0 {
            eprintln!("  {name} failed on {} devices: {}", report["failed"], report["first_failure"]);
        }
        figures.add(format!("{part}: {name}"), done / seconds, "dev/s", Want::Nothing);
        figures.add(format!("{part}: {name}"), number("cpu_seconds") * 1000.0 / done.max(1.0), "ms CPU", Want::Nothing);
        figures.add(format!("{part}: {name}"), number("peak_mib"), "MiB", Want::Nothing);
        let want = match (name, latency, at_once) {
            (PEER, 0, 8) => Want::AtLeast(30.0, 40.0),
            (PEER, 100, MANY) => Want::AtLeast(10.0, 12.0),
            _ => Want::Nothing,
        };
        figures.add(format!("{part}: velocity against {name}"), rate * seconds / done.max(1.0), "x", want);
    }
    Ok(())
}

/// Of a whole process: devices per second, CPU, memory.
fn told(part: &str, who: &str, devices: u64, ran: &Ran, cpu: Want, figures: &mut Figures) {
    let count = devices as f64;
    let rate = count / ran.seconds;
    figures.add(format!("{part}: {who}"), rate, "dev/s", Want::Nothing);
    figures.add(format!("{part}: {who}"), ran.cpu_seconds * 1000.0 / count, "ms CPU", cpu);
    if let Some(peak) = ran.peak_mib {
        figures.add(format!("{part}: {who}"), peak, "MiB", Want::Nothing);
    }
}

/// Ten thousand devices: crawled, left idle, and asked.
fn large(velocity: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    const DEVICES: usize = 10_000;
    let mut rig = Rig::up(velocity, DEVICES, SEED, 0)?;
    let home = rig.home()?;
    let ran = home.crawl(MANY)?;
    figures.add("crawl of 10,000 devices, nothing saved", ran.seconds, "s", Want::AtMost(15.0, 12.0));
    told("crawl of 10,000 devices, nothing saved", "velocity", DEVICES as u64, &ran, Want::Nothing, figures);
    let ran = home.discover(MANY)?;
    told("discovery of 10,000 devices, all stored", "velocity", DEVICES as u64, &ran, Want::Nothing, figures);
    weigh(&rig, &home, IDLE, figures)?;
    let path = home.close();
    rig.relaunch(100)?;
    let ran = rig.reopen(path).capture(MANY, FIVE, DEVICES, false)?;
    figures.add("10,000 devices, 100 ms, 1,000 at once", ran.seconds, "s", Want::AtMost(20.0, 15.0));
    told("10,000 devices, 100 ms, 1,000 at once", "velocity", DEVICES as u64, &ran, Want::Nothing, figures);
    Ok(())
}

/// Opens a session with each device and leaves it open.
fn weigh(rig: &Rig, home: &Home<'_>, devices: usize, figures: &mut Figures) -> anyhow::Result<()> {
    shell::cargo(&["build", "--quiet", "--release", "--package", "transport", "--example", "idle"], &[])?;
    let address = |d: &Value| Some(format!("{}:{}", d["address"].as_str()?, d["port"].as_u64()?));
    let addresses: Vec<String> = home.devices()?.iter().take(devices).filter_map(address).collect();
    let input = format!("{}\n{}\n", rig.text("password")?, addresses.join("\n"));
    let ran =
        usage::run(Command::new(shell::target().join("release/examples/idle")).arg(rig.text("username")?), &input)?;
    ensure!(ran.status.success(), "the example `idle` ended with {}", ran.status);
    let said = String::from_utf8_lossy(&ran.stdout);
    let kib: f64 = said.trim().parse().with_context(|| format!("`{}` is no number", said.trim()))?;
    figures.add(format!("{devices} idle sessions, each"), kib, "KiB", Want::AtMost(80.0, 65.0));
    Ok(())
}
