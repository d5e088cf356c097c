//! What is measured, in which sizes.

use anyhow::bail;

/// One lab and what is done with it. Pairs are devices at once, and on how many devices.
pub struct LabPlan {
    pub devices: usize,
    pub seed: u64,
    pub latency_ms: u64,
    /// Devices at once of crawls and collections into a database.
    pub saved: &'static [usize],
    pub sessions: &'static [(usize, usize)],
    pub peers: &'static [(usize, usize)],
}

pub struct Plan {
    pub labs: Vec<LabPlan>,
    pub verified_devices: usize,
    pub verified_seeds: Vec<u64>,
}

impl Plan {
    /// `--quick` for a minute's worth; sizes and `verify` to do only that.
    pub fn parse(args: &[String]) -> anyhow::Result<Plan> {
        let (quick, parts): (Vec<&String>, Vec<&String>) = args.iter().partition(|a| *a == "--quick");
        let mut plan = if quick.is_empty() { Plan::full() } else { Plan::quick() };
        if parts.is_empty() {
            return Ok(plan);
        }
        for part in &parts {
            if *part != "verify" && !plan.labs.iter().any(|lab| lab.devices.to_string() == **part) {
                bail!("there is no part `{part}`");
            }
        }
        plan.labs.retain(|lab| parts.iter().any(|part| **part == lab.devices.to_string()));
        if !parts.iter().any(|part| *part == "verify") {
            plan.verified_seeds.clear();
        }
        Ok(plan)
    }

    fn quick() -> Plan {
        let lab =
            |latency_ms, sessions, peers| LabPlan { devices: 200, seed: 7, latency_ms, saved: &[50], sessions, peers };
        let pairs = &[(8, 200), (100, 200)];
        Plan {
            labs: vec![lab(0, pairs, pairs), lab(100, &[(100, 200)], &[(100, 200)])],
            verified_devices: 200,
            verified_seeds: vec![11],
        }
    }

    fn full() -> Plan {
        let small = |latency_ms| LabPlan {
            devices: 1_000,
            seed: 7,
            latency_ms,
            saved: &[50],
            sessions: &[(8, 200), (50, 1_000), (100, 1_000), (1_000, 1_000)],
            peers: &[(8, 200), (100, 1_000)],
        };
        let large =
            |latency_ms, saved, sessions| LabPlan { devices: 10_000, seed: 7, latency_ms, saved, sessions, peers: &[] };
        Plan {
            labs: vec![
                small(0),
                small(100),
                large(0, &[50], &[(50, 10_000), (1_000, 10_000)]),
                large(100, &[1_000], &[(1_000, 10_000)]),
            ],
            verified_devices: 2_000,
            verified_seeds: vec![11, 23, 42],
        }
    }
}
