//! Changes to a running network: what an engineer does on an ordinary day.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::cables::add_port;
use super::{End, Overrides, Use, World};

/// What was changed on a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub device: String,
    /// `ntp`, `description`, or `host`.
    pub kind: String,
    /// In words, for a person.
    pub summary: String,
    /// Lines of the running configuration that are new.
    pub added: Vec<String>,
    /// Lines of the running configuration that are gone.
    pub removed: Vec<String>,
}

/// Why a change cannot be made.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EditError {
    #[error("the lab has no device `{0}`")]
    NoSuchDevice(String),
    #[error("the lab has no host `{0}`")]
    NoSuchHost(String),
    #[error("`{0}` has no network that the host could be in")]
    NoVlan(String),
}

impl World {
    fn id(&self, name: &str) -> Result<usize, EditError> {
        self.names.get(name).copied().ok_or_else(|| EditError::NoSuchDevice(name.to_owned()))
    }

    /// Changes a line or two in the running configuration of a device; each call makes another
    /// change: a new NTP server first, then a new description of a port, and so on.
    pub fn change(&mut self, name: &str) -> Result<Change, EditError> {
        let id = self.id(name)?;
        let before = crate::render::config(self, &self.devices[id]);
        let device = &mut self.devices[id];
        device.edits += 1;
        let round = device.ntp.len();
        let described = device.ports.iter().filter(|p| p.description.as_deref().is_some_and(|d| d.contains("ticket")));
        let (kind, summary) = if described.count() + 2 >= round || device.ports.is_empty() {
            let server = Ipv4Addr::new(10, 255, 0, (round + 1).min(250) as u8);
            device.ntp.push(server);
            ("ntp", format!("{name}: NTP server {server} added"))
        } else {
            let index = round % device.ports.len();
            let port = &mut device.ports[index];
            let text = format!("moved, ticket {}", 4000 + round * 17 + id);
            let summary = format!("{name}: description of {} is now `{text}`", port.name);
            port.description = Some(text);
            ("description", summary)
        };
        let after = crate::render::config(self, &self.devices[id]);
        let lines = |a: &str, b: &str| {
            let old: std::collections::HashSet<&str> = b.lines().collect();
            a.lines().filter(|l| !old.contains(l)).map(str::to_owned).collect()
        };
        let (added, removed) = (lines(&after, &before), lines(&before, &after));
        Ok(Change { device: name.to_owned(), kind: kind.to_owned(), summary, added, removed })
    }

    /// Pulls a host's plug and puts it into a new port of another switch, in that switch's own
    /// network; the host gets an address there.
    pub fn move_host(&mut self, host: &str, to: &str) -> Result<Change, EditError> {
        let id = self.id(to)?;
        let index = self.hosts.iter().position(|h| h.name == host);
        let index = index.ok_or_else(|| EditError::NoSuchHost(host.to_owned()))?;
        let vlan = self.devices[id].vlans.first().ok_or_else(|| EditError::NoVlan(to.to_owned()))?;
        let (vlan, net) = (vlan.id, vlan.net);
        let old: End = self.hosts[index].at;
        if net != super::Prefix::of(self.hosts[index].ip, net.len) {
            let used: Vec<Ipv4Addr> = self.hosts.iter().map(|h| h.ip).collect();
            let free = (10..250).map(|n| net.nth(n)).find(|ip| !used.contains(ip));
            self.hosts[index].ip = free.ok_or_else(|| EditError::NoVlan(to.to_owned()))?;
        }
        self.devices[old.device].ports[old.port].usage = Use::Shut;
        self.devices[old.device].ports[old.port].description = None;
        self.devices[old.device].hosts.retain(|&h| h != index);
        let at = add_port(self, id, false, Use::Edge { vlan });
        self.devices[id].hosts.push(index);
        (self.hosts[index].at, self.hosts[index].vlan) = (at, vlan);
        let port = &self.devices[id].ports[at.port].name;
        let summary = format!("{host} moved from {} to {to} {port}", self.devices[old.device].name);
        Ok(Change { device: to.to_owned(), kind: "host".to_owned(), summary, added: Vec::new(), removed: Vec::new() })
    }

    /// Makes a device misbehave; replaces what was set before.
    pub fn set_overrides(&mut self, name: &str, overrides: Overrides) -> Result<(), EditError> {
        let id = self.id(name)?;
        self.devices[id].overrides = overrides;
        Ok(())
    }

    pub(crate) fn device_mut(&mut self, id: usize) -> &mut super::Device {
        &mut self.devices[id]
    }
}
