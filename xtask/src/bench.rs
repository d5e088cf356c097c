//! `cargo xtask bench collect | facts | jobs | textfsm | fuzz | fakenos`: how fast and how cheap, beside what people would use instead.
//!
//! `collect` is measured on a lab that both sides visit.
//! Client and devices share the machine, so devices per second say little alone; CPU time per device and the ratios
//! within one run are what counts. At the end the product must know what the lab knows, or speed is worth nothing.

mod api;
mod creds;
mod crowd;
mod facts;
mod fakenos;
mod figure;
mod fuzz;
mod jobs;
mod load;
mod netbox;
mod peers;
mod plan;
mod python;
mod rig;
mod schemathesis;
mod sessions;
mod table;
mod textfsm;
mod usage;

use std::path::Path;

use anyhow::{Context, bail};

use crate::shell;
use peers::Peers;
use plan::{LabPlan, Plan};
use rig::Rig;
use table::{Row, Table};
use usage::Ran;

const USAGE: &str = "\
cargo xtask bench collect [--quick] [DEVICES… | verify]   for instance `bench collect 1000 verify`
cargo xtask bench sessions [--quick]
cargo xtask bench creds [--quick]
cargo xtask bench api [--quick] [--sqlite | --postgres | --netbox | --crowd]
cargo xtask bench api --fuzz [SECONDS]
cargo xtask bench facts [--quick | --fifth] [--sqlite | --postgres | --search]
cargo xtask bench jobs [--quick]
cargo xtask bench textfsm [--quick]
cargo xtask bench fuzz [SECONDS]   for each target
cargo xtask bench fakenos";

pub fn run(args: &[String]) -> anyhow::Result<()> {
    match args.split_first().map(|(verb, rest)| (verb.as_str(), rest)) {
        Some(("collect", rest)) => collect(&Plan::parse(rest).context(USAGE)?),
        Some(("sessions", rest)) => sessions::run(rest),
        Some(("creds", rest)) => creds::run(rest),
        Some(("api", rest)) => api::run(rest),
        Some(("facts", rest)) => facts::run(rest),
        Some(("jobs", rest)) => jobs::run(rest),
        Some(("textfsm", rest)) => textfsm::run(rest),
        Some(("fuzz", rest)) => fuzz::run(rest),
        Some(("fakenos", [])) => fakenos::run(),
        _ => bail!(USAGE),
    }
}

fn collect(plan: &Plan) -> anyhow::Result<()> {
    let velocity = shell::velocity(true)?;
    let peers = Peers::install();
    let mut table = Table::default();
    let done = labs(plan, &velocity, &peers, &mut table);
    // What was measured until a failure took long enough to be kept.
    table.show_and_keep()?;
    done
}

fn labs(plan: &Plan, velocity: &Path, peers: &Peers, table: &mut Table) -> anyhow::Result<()> {
    for lab in &plan.labs {
        let rig = Rig::up(velocity, lab.devices, lab.seed, lab.latency_ms)?;
        measure(lab, &rig, peers, table)?;
    }
    for seed in &plan.verified_seeds {
        let rig = Rig::up(velocity, plan.verified_devices, *seed, 0)?;
        table.verified(plan.verified_devices, *seed, verify(&rig)?);
    }
    Ok(())
}

/// One lab: crawled and collected by each number of devices at once, then the sessions alone, then the peers.
fn measure(lab: &LabPlan, rig: &Rig, peers: &Peers, table: &mut Table) -> anyhow::Result<()> {
    let mut homes = Vec::new();
    for at_once in lab.saved {
        let home = rig.home()?;
        let row = |part, ran: &Ran| Row::of_velocity(lab, part, *at_once, ran);
        table.add(row("discover", &home.discover(*at_once)?));
        table.add(row("capture, saved", &home.capture(*at_once, rig::FIVE, lab.devices, true)?));
        table.add(row("capture, saved again", &home.capture(*at_once, rig::FIVE, lab.devices, true)?));
        homes.push(home);
    }
    let home = homes.first().context("a plan without a discovery")?;
    for &(at_once, limit) in lab.sessions {
        let ran = home.capture(at_once, rig::FIVE, limit, false)?;
        table.add(Row::of_velocity(lab, "sessions alone", at_once, &ran));
    }
    let devices = home.devices()?;
    for &(at_once, limit) in lab.peers {
        for ran in peers.run(rig, &devices[..limit.min(devices.len())], at_once) {
            table.add(Row::of_peer(lab, at_once, ran));
        }
    }
    Ok(())
}

/// Whether the product knows the same as the lab after a crawl and a collection of everything.
fn verify(rig: &Rig) -> anyhow::Result<bool> {
    let home = rig.home()?;
    home.discover(100)?;
    home.capture(100, rig::EVERYTHING, rig.devices, true)?;
    home.equals_truth()
}
