//! The peers: what is on PyPI, in virtual environments of their own, asked the same questions.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::python::environment;
use super::rig::Rig;
use super::usage;
use crate::shell::root;

/// Name, requirements, script and its argument.
const ALL: [(&str, &str, &str, &str); 4] = [
    ("nornir+netmiko", "requirements.txt", "nornir_netmiko_peer.py", ""),
    ("scrapli 2025 ssh2", "requirements.txt", "scrapli_2025_peer.py", "ssh2"),
    ("scrapli 2025 asyncssh", "requirements.txt", "scrapli_2025_peer.py", "asyncssh"),
    ("scrapli 2026 ssh2", "requirements-2026.txt", "scrapli_2026_peer.py", ""),
];

/// Those that could be installed.
pub struct Peers(Vec<Peer>);

#[derive(Clone)]
struct Peer {
    name: &'static str,
    python: PathBuf,
    script: PathBuf,
    argument: &'static str,
}

/// What a peer says of its run.
pub struct PeerRan {
    pub name: &'static str,
    pub report: Value,
}

impl Peers {
    /// Says in a line what is missing; the bench goes on with the others.
    pub fn install() -> Peers {
        let mut peers = Vec::new();
        for (name, requirements, script, argument) in ALL {
            match environment(requirements) {
                Ok(python) => peers.push(Peer { name, python, script: root().join("bench").join(script), argument }),
                Err(why) => eprintln!("without {name}: {why:#}"),
            }
        }
        Peers(peers)
    }

    /// The one of this name.
    pub fn only(&self, name: &str) -> Peers {
        Peers(self.0.iter().filter(|peer| peer.name == name).cloned().collect())
    }

    /// A peer that does not end well is not in the table.
    pub fn run(&self, rig: &Rig, devices: &[Value], at_once: usize) -> Vec<PeerRan> {
        let told = |error: anyhow::Error| eprintln!("  {error:#}");
        self.0.iter().filter_map(|peer| peer.run(rig, devices, at_once).map_err(told).ok()).collect()
    }
}

impl Peer {
    fn run(&self, rig: &Rig, devices: &[Value], at_once: usize) -> anyhow::Result<PeerRan> {
        let device = |d: &Value| json!({ "name": d["slug"], "address": d["address"], "port": d["port"], "platform": d["platform"] });
        let job = json!({
            "username": rig.text("username")?,
            "password": rig.text("password")?,
            "enable": rig.text("enable")?,
            "workers": at_once,
            "devices": devices.iter().map(device).collect::<Vec<_>>(),
        });
        let mut command = Command::new(&self.python);
        command.arg("-B").arg(&self.script).arg(self.argument).stderr(Stdio::null());
        let ran = usage::run(&mut command, &format!("{job}\n"))?;
        ensure!(ran.status.success(), "{} ended with {}", self.name, ran.status);
        let report = serde_json::from_slice(&ran.stdout).with_context(|| format!("{} said no JSON", self.name))?;
        Ok(PeerRan { name: self.name, report })
    }
}
