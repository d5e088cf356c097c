//! Changes to a running network: what an engineer does on an ordinary day, and what happens to one.

mod kinds;

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::cables::add_port;
use super::past::Edited;
use super::{End, Overrides, Use, World};
use crate::truth::{Differences, Expected};

pub use kinds::{EditKind, ParseEditKindError};

/// What to change, and as whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    #[serde(default)]
    pub kind: EditKind,
    /// Who the device says changed its configuration. None: `admin`.
    #[serde(default)]
    pub by: Option<String>,
    /// When the device says so, in milliseconds since 1970. None: a minute after the change before.
    #[serde(default)]
    pub at: Option<i64>,
}

/// What was changed on a device, and what a collector must now see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub device: String,
    /// `ntp`, `description`, `host`, or the name of an [`EditKind`].
    pub kind: String,
    /// In words, for a person.
    pub summary: String,
    /// Lines of the running configuration that are new.
    pub added: Vec<String>,
    /// Lines of the running configuration that are gone.
    pub removed: Vec<String>,
    /// Who did it and when, where the device's configuration says so.
    #[serde(default)]
    pub by: Option<String>,
    #[serde(default)]
    pub at: Option<String>,
    /// Rows of facts that appear and vanish, for each device and kind.
    #[serde(default)]
    pub expected: Vec<Expected>,
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
    #[error("`{device}` has no {what}")]
    Nothing { device: String, what: &'static str },
}

impl World {
    fn id(&self, name: &str) -> Result<usize, EditError> {
        self.names.get(name).copied().ok_or_else(|| EditError::NoSuchDevice(name.to_owned()))
    }

    /// Changes a device; each call makes another change.
    ///
    /// # Errors
    /// [`EditError::NoSuchDevice`], and [`EditError::Nothing`] when it has nothing of what shall change.
    pub fn change(&mut self, name: &str, edit: &Edit) -> Result<Change, EditError> {
        let id = self.id(name)?;
        let before = crate::render::config(self, &self.devices[id]);
        let reach = self.reach(id, edit.kind);
        let facts = Differences::before(self, &reach);
        let (kind, summary) = self.apply(id, edit.kind)?;
        if edit.kind.edits_configuration() {
            self.devices[id].past.edits += 1;
            self.devices[id].past.edited = Edited::new(edit.by.as_deref(), edit.at, self.devices[id].past.edits);
        }
        let after = crate::render::config(self, &self.devices[id]);
        let (removed, added) = difference(&before, &after);
        let said = edit.kind.edits_configuration().then(|| self.devices[id].attribution()).flatten();
        let (by, at) = said.unzip();
        let expected = facts.after(self);
        Ok(Change {
            device: name.to_owned(),
            kind: kind.to_owned(),
            summary,
            added,
            removed,
            by: by.flatten(),
            at,
            expected,
        })
    }

    /// Pulls a host's plug and puts it into a new port of another switch, in that switch's own
    /// network; the host gets an address there.
    ///
    /// # Errors
    /// [`EditError`] when there is no such host or device, or no network for it there.
    pub fn move_host(&mut self, host: &str, to: &str) -> Result<Change, EditError> {
        let id = self.id(to)?;
        let index = self.hosts.iter().position(|h| h.name == host);
        let index = index.ok_or_else(|| EditError::NoSuchHost(host.to_owned()))?;
        let vlan = self.devices[id].vlans.first().ok_or_else(|| EditError::NoVlan(to.to_owned()))?;
        let (vlan, net) = (vlan.id, vlan.net);
        let old: End = self.hosts[index].at;
        let ip = self.hosts[index].ip;
        let ip = if net == super::Prefix::of(ip, net.len) {
            ip
        } else {
            let used: Vec<Ipv4Addr> = self.hosts.iter().map(|h| h.ip).collect();
            let free = (10..250).map(|n| net.nth(n)).find(|ip| !used.contains(ip));
            free.ok_or_else(|| EditError::NoVlan(to.to_owned()))?
        };
        let facts = Differences::before(self, &self.near(&[old.device, id]));
        self.hosts[index].ip = ip;
        self.devices[old.device].ports[old.port].usage = Use::Shut;
        self.devices[old.device].ports[old.port].description = None;
        self.devices[old.device].hosts.retain(|&h| h != index);
        let at = add_port(self, id, false, Use::Edge { vlan });
        self.devices[id].hosts.push(index);
        (self.hosts[index].at, self.hosts[index].vlan) = (at, vlan);
        let port = &self.devices[id].ports[at.port].name;
        let summary = format!("{host} moved from {} to {to} {port}", self.devices[old.device].name);
        Ok(Change {
            device: to.to_owned(),
            kind: "host".to_owned(),
            summary,
            added: Vec::new(),
            removed: Vec::new(),
            by: None,
            at: None,
            expected: facts.after(self),
        })
    }

    /// Devices with those that their tables depend on: gateways and access switches of the same site.
    fn near(&self, ids: &[usize]) -> Vec<usize> {
        let mut sites: Vec<usize> = ids.iter().map(|&id| self.devices[id].site).collect();
        sites.sort_unstable();
        sites.dedup();
        sites.iter().flat_map(|&site| self.sites[site].devices.iter().copied()).collect()
    }

    /// Makes a device misbehave; replaces what was set before.
    ///
    /// # Errors
    /// [`EditError::NoSuchDevice`].
    pub fn set_overrides(&mut self, name: &str, overrides: Overrides) -> Result<(), EditError> {
        let id = self.id(name)?;
        self.devices[id].overrides = overrides;
        Ok(())
    }

    pub(crate) fn device_mut(&mut self, id: usize) -> &mut super::Device {
        &mut self.devices[id]
    }
}

/// Lines that are gone and lines that are new. When the lines are the same in another order: those between the
/// first and the last that moved.
fn difference(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let only = |a: &str, b: &str| -> Vec<String> {
        let other: std::collections::HashSet<&str> = b.lines().collect();
        a.lines().filter(|l| !other.contains(l)).map(str::to_owned).collect()
    };
    let (removed, added) = (only(before, after), only(after, before));
    if !removed.is_empty() || !added.is_empty() || before == after {
        return (removed, added);
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let middle = |lines: &[&str]| lines[head..lines.len() - tail].iter().map(|l| (*l).to_owned()).collect();
    (middle(&a), middle(&b))
}
