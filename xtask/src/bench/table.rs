//! The figures of one run, as a table for people and as JSON.

use anyhow::ensure;
use serde_json::{Value, json};

use super::figure;
use super::peers::PeerRan;
use super::plan::LabPlan;
use super::usage::Ran;

const VELOCITY: &str = "velocity";
/// What the peers are compared with: they store nothing either.
const SESSIONS: &str = "sessions alone";

pub struct Row {
    lab: usize,
    latency_ms: u64,
    who: &'static str,
    part: &'static str,
    at_once: usize,
    devices: u64,
    failed: u64,
    seconds: f64,
    cpu_seconds: f64,
    peak_mib: Option<f64>,
    note: Option<String>,
}

#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
    verified: Vec<(usize, u64, bool)>,
}

impl Row {
    pub fn of_velocity(lab: &LabPlan, part: &'static str, at_once: usize, ran: &Ran) -> Row {
        let report: Value = serde_json::from_slice(&ran.stdout).unwrap_or_default();
        Row {
            lab: lab.devices,
            latency_ms: lab.latency_ms,
            who: VELOCITY,
            part,
            at_once,
            devices: report["devices_succeeded"].as_u64().unwrap_or(0),
            failed: report["devices_failed"].as_u64().unwrap_or(0),
            seconds: ran.seconds,
            cpu_seconds: ran.cpu_seconds,
            peak_mib: ran.peak_mib,
            note: None,
        }
    }

    pub fn of_peer(lab: &LabPlan, at_once: usize, PeerRan { name, report }: PeerRan) -> Row {
        Row {
            lab: lab.devices,
            latency_ms: lab.latency_ms,
            who: name,
            part: SESSIONS,
            at_once,
            devices: report["devices"].as_u64().unwrap_or(0),
            failed: report["failed"].as_u64().unwrap_or(0),
            seconds: report["seconds"].as_f64().unwrap_or(0.0),
            cpu_seconds: report["cpu_seconds"].as_f64().unwrap_or(0.0),
            peak_mib: report["peak_mib"].as_f64(),
            note: report["first_failure"].as_str().map(str::to_owned),
        }
    }

    fn rate(&self) -> f64 {
        self.devices as f64 / self.seconds
    }

    fn cpu_ms(&self) -> f64 {
        self.cpu_seconds * 1000.0 / self.devices.max(1) as f64
    }

    fn asked(&self) -> u64 {
        self.devices + self.failed
    }

    fn line(&self, ratio: Option<(f64, f64)>) -> String {
        let peak = self.peak_mib.map_or_else(|| "-".to_owned(), |mib| format!("{mib:.0}"));
        let failed = if self.failed == 0 { String::new() } else { format!("  {} FAILED", self.failed) };
        let ratio = ratio.map_or_else(String::new, |(cpu, rate)| format!("{cpu:.1} x CPU, {rate:.2} x speed"));
        format!(
            "{:>6} {:>4} ms  {:<21} {:<20} {:>7} {:>7} {:>9.1} {:>10.2} {:>9}  {ratio}{failed}",
            self.lab,
            self.latency_ms,
            self.who,
            self.part,
            self.asked(),
            self.at_once,
            self.rate(),
            self.cpu_ms(),
            peak
        )
    }

    fn json(&self, ratio: Option<(f64, f64)>) -> Value {
        json!({
            "lab_devices": self.lab,
            "latency_ms": self.latency_ms,
            "client": self.who,
            "part": self.part,
            "devices": self.asked(),
            "at_once": self.at_once,
            "failed": self.failed,
            "seconds": self.seconds,
            "devices_per_second": self.rate(),
            "cpu_ms_per_device": self.cpu_ms(),
            "peak_mib": self.peak_mib,
            "cpu_against_velocity": ratio.map(|r| r.0),
            "speed_against_velocity": ratio.map(|r| r.1),
            "first_failure": self.note,
        })
    }
}

impl Table {
    /// Shows it at once too: the whole takes long.
    pub fn add(&mut self, row: Row) {
        eprintln!("  {}", row.line(self.ratio(&row)));
        if let Some(note) = &row.note {
            eprintln!("    its first failure: {note}");
        }
        self.rows.push(row);
    }

    pub fn verified(&mut self, devices: usize, seed: u64, equal: bool) {
        self.verified.push((devices, seed, equal));
    }

    pub fn show_and_keep(&self) -> anyhow::Result<()> {
        println!(
            "\n{:>6} {:>7}  {:<21} {:<20} {:>7} {:>7} {:>9} {:>10} {:>9}  beside velocity's sessions",
            "lab", "latency", "client", "part", "devices", "at once", "devices/s", "CPU ms/dev", "peak MiB"
        );
        for row in &self.rows {
            println!("{}", row.line(self.ratio(row)));
        }
        for (devices, seed, equal) in &self.verified {
            let verdict = if *equal { "equal to the ground truth" } else { "NOT EQUAL to the ground truth" };
            println!("{devices} devices, random seed {seed}: {verdict}");
        }
        self.keep()?;
        ensure!(self.verified.iter().all(|(.., equal)| *equal), "what was collected is not what the lab has");
        Ok(())
    }

    fn keep(&self) -> anyhow::Result<()> {
        let rows: Vec<Value> = self.rows.iter().map(|row| row.json(self.ratio(row))).collect();
        let verified = self.verified.iter().map(|(n, seed, equal)| json!({"devices": n, "seed": seed, "equal": equal}));
        figure::keep(&figure::file("collect"), &json!({ "rows": rows, "verified": verified.collect::<Vec<_>>() }))
    }

    /// How much CPU and speed it has for each one of ours, on the same lab, with as many at once, on as many devices.
    fn ratio(&self, row: &Row) -> Option<(f64, f64)> {
        let like = |ours: &&Row| {
            let key = |r: &Row| (r.lab, r.latency_ms, r.at_once, r.asked());
            ours.who == VELOCITY && ours.part == SESSIONS && key(ours) == key(row)
        };
        let ours = self.rows.iter().find(like).filter(|_| row.who != VELOCITY)?;
        Some((row.cpu_ms() / ours.cpu_ms(), row.rate() / ours.rate()))
    }
}
