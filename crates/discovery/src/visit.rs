//! A visit by the ways that were asked for: command line, SNMP, or both at once; and what each way gave.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::Arc;

use collect::{Full, Place, Seat};
use ingest::{Reader, Reading};
use model::{Capture, DeviceOutcome, DeviceState, FailureClass, Platform};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::agents::{Agents, Told};
use crate::fingerprint::{Prober, failed};
use crate::{Candidate, Placing, Probe};

/// How devices are asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    #[default]
    Ssh,
    Snmp,
    /// A device is found when one of them gets an answer.
    Both,
}

impl FromStr for Via {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "ssh" => Ok(Via::Ssh),
            "snmp" => Ok(Via::Snmp),
            "both" => Ok(Via::Both),
            _ => Err("write ssh, snmp or both".into()),
        }
    }
}

impl Prober {
    /// Asks agents too, or only them.
    pub fn with_agents(mut self, agents: Agents, via: Via) -> Self {
        (self.agents, self.via) = (Some(agents), via);
        self
    }

    /// The agents that are asked.
    pub fn agents(&self) -> Option<&Agents> {
        self.agents.as_ref()
    }

    /// Guesses the sites of neighbours from their names.
    pub fn placed_by(mut self, placing: Arc<Placing>) -> Self {
        self.placing = Some(placing);
        self
    }

    /// The right to a session with a candidate, if there is one now. Agents need none.
    pub(crate) fn seat(&self, at: &Candidate) -> Result<Seat, Full> {
        let Some(addr) = at.addr.filter(|_| self.via != Via::Snmp) else { return Ok(Seat::default()) };
        self.env.place(addr.ip(), || self.placing.as_ref()?.site(at.name.as_deref()?));
        self.env.try_seat(addr)
    }

    /// Finds out who is there, and asks for hardware and neighbours. The place is given back when all was asked.
    pub async fn probe(self: Arc<Self>, addr: SocketAddr, place: Place) -> Result<Probe, DeviceOutcome> {
        match self.via {
            Via::Ssh => self.probe_by_ssh(addr, Some(place)).await,
            Via::Snmp => {
                let began = Instant::now();
                let told = self.told(addr).await?;
                self.read(told, None, began).await
            }
            Via::Both => self.probe_by_both(addr).await,
        }
    }

    async fn probe_by_both(&self, addr: SocketAddr) -> Result<Probe, DeviceOutcome> {
        let began = Instant::now();
        let (ssh, told) = tokio::join!(self.probe_by_ssh(addr, None), self.told(addr));
        match (ssh, told) {
            (Ok(ssh), Ok(told)) => {
                let agent = self.read(told, Some(ssh.platform), began).await?;
                Ok(joined(ssh, agent))
            }
            (Ok(mut ssh), Err(e)) => {
                ssh.outcome.message = format!("{}; not by snmp: {}", ssh.outcome.message, e.message);
                Ok(ssh)
            }
            (Err(e), Ok(told)) => {
                let mut agent = self.read(told, None, began).await?;
                agent.outcome.message = format!("{}; not by ssh: {}", agent.outcome.message, e.message);
                Ok(agent)
            }
            (Err(ssh), Err(snmp)) => {
                Err(DeviceOutcome { message: format!("{}; {}", ssh.message, snmp.message), ..ssh })
            }
        }
    }

    async fn told(&self, addr: SocketAddr) -> Result<Told, DeviceOutcome> {
        let none = || failed(FailureClass::AuthenticationFailed, "no SNMP login to ask with".into(), Instant::now());
        let agents = self.agents.as_ref().ok_or_else(none)?;
        agents.ask(addr.ip(), self.env.profiles.platforms(), self.env.settings.device_timeout).await
    }

    /// Reads what an agent said. `platform` is what its command line is known to be.
    async fn read(
        &self,
        told: Told,
        platform: Option<&'static Platform>,
        began: Instant,
    ) -> Result<Probe, DeviceOutcome> {
        let reader = self.reader.clone();
        let read = move || told_to_probe(told, platform, &reader, began);
        let probe = tokio::task::spawn_blocking(read).await;
        let text = |e| format!("reading what an agent said: {e}");
        probe.map_err(|e| failed(FailureClass::Internal, text(e), began))?
    }
}

fn told_to_probe(
    told: Told,
    platform: Option<&'static Platform>,
    reader: &Reader,
    began: Instant,
) -> Result<Probe, DeviceOutcome> {
    let Told { itself, login, credential, captures, error, .. } = told;
    let Some(platform) = platform.or(told.platform) else {
        let text = format!("answers SNMP as no platform that we know: {itself}; see platforms/snmp.yaml");
        return Err(failed(FailureClass::UnknownPlatform, text, began));
    };
    let of_platform = |c: Capture| Capture { platform: platform.name.clone(), ..c };
    let read = |c: Capture| (reader.read(&c), c);
    let captures: Vec<(Capture, Reading)> =
        captures.into_iter().map(|c| read(of_platform(c))).map(|(reading, capture)| (capture, reading)).collect();
    let outcome = DeviceOutcome {
        state: DeviceState::Success,
        class: None,
        message: format!("{} by snmp, {login}: {}", platform.name, gave(&captures)),
        username: None,
        credential: None,
        duration_ms: i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX),
    };
    let probe = Probe::of(platform, captures, Vec::new(), error.unwrap_or(outcome));
    Ok(Probe { agent: credential, ..probe })
}

/// What was learnt: `system, 12 interfaces, 3 neighbors`.
fn gave(captures: &[(Capture, Reading)]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, reading) in captures {
        if let Some(kind) = reading.kind.filter(|_| !reading.facts.is_empty()) {
            *counts.entry(kind.name).or_default() += reading.facts.len();
        }
    }
    let word = |(name, n): (&str, usize)| if name == "system" { name.to_owned() } else { format!("{n} {name}") };
    let words: Vec<String> = counts.into_iter().map(word).collect();
    if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
}

/// What both ways said of one device. Its command line is believed where they differ; all marks of both count.
fn joined(mut ssh: Probe, agent: Probe) -> Probe {
    let heard = gave(&ssh.captures);
    ssh.agent = agent.agent;
    ssh.identity.serials.extend(agent.identity.serials);
    ssh.identity.chassis_macs.extend(agent.identity.chassis_macs);
    ssh.model = ssh.model.or(agent.model);
    ssh.os_version = ssh.os_version.or(agent.os_version);
    ssh.chassis_mac = ssh.chassis_mac.or(agent.chassis_mac);
    ssh.claims.extend(agent.claims);
    ssh.captures.extend(agent.captures);
    if ssh.outcome.state == DeviceState::Success {
        let message = format!("{}: {heard}; {}", ssh.outcome.message, agent.outcome.message);
        ssh.outcome =
            DeviceOutcome { username: ssh.outcome.username, credential: ssh.outcome.credential, ..agent.outcome };
        ssh.outcome.message = message;
    }
    ssh
}
