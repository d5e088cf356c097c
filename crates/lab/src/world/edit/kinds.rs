//! The kinds of change, one function each.

use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::EditError;
use crate::world::{Prefix, Proto, Vlan, World};

/// What can happen to a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditKind {
    /// An NTP server is added, or a port described anew.
    #[default]
    Config,
    /// A route that it learned is no longer announced to it.
    Route,
    /// A cable is pulled: the first that still works.
    LinkDown,
    /// The cable that was pulled last is plugged in again.
    LinkUp,
    /// A part is replaced: the next one that can be pulled out.
    Component,
    /// It is upgraded to the next version of its software, and restarted for that.
    Upgrade,
    /// A VLAN is added.
    Vlan,
    /// Two lines of an access list change places.
    Acl,
    /// Only what a configuration says of itself changes: times, the clock period.
    Noise,
}

/// A word that names no kind of change.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no kind of change: say one of {list}", list = EditKind::NAMES.join(", "))]
pub struct ParseEditKindError(String);

impl EditKind {
    const ALL: [Self; 9] = [
        Self::Config,
        Self::Route,
        Self::LinkDown,
        Self::LinkUp,
        Self::Component,
        Self::Upgrade,
        Self::Vlan,
        Self::Acl,
        Self::Noise,
    ];
    pub const NAMES: [&str; 9] =
        ["config", "route", "link-down", "link-up", "component", "upgrade", "vlan", "acl", "noise"];

    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Whether somebody edits the configuration, which then says who and when.
    pub(super) fn edits_configuration(self) -> bool {
        matches!(self, Self::Config | Self::Vlan | Self::Acl)
    }
}

impl fmt::Display for EditKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EditKind {
    type Err = ParseEditKindError;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|k| k.as_str() == word).ok_or_else(|| ParseEditKindError(word.to_owned()))
    }
}

impl World {
    /// The devices whose tables a change may touch.
    pub(super) fn reach(&self, id: usize, kind: EditKind) -> Vec<usize> {
        match kind {
            // What lies behind a cable is known everywhere.
            EditKind::LinkDown | EditKind::LinkUp => (0..self.devices.len()).collect(),
            // Neighbours repeat what a device says of its software.
            EditKind::Upgrade | EditKind::Config => {
                let peers = self.links.iter().filter(|l| l.a.device == id || l.b.device == id);
                let mut all: Vec<usize> = peers.map(|l| l.far(id).device).chain([id]).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
            _ => vec![id],
        }
    }

    /// Makes the change. Gives its kind and what it is in words.
    pub(super) fn apply(&mut self, id: usize, kind: EditKind) -> Result<(&'static str, String), EditError> {
        let name = self.devices[id].name.clone();
        let what = match kind {
            EditKind::Config => {
                let (kind, what) = self.ordinary(id);
                return Ok((kind, format!("{name}: {what}")));
            }
            EditKind::Route => self.withdraw(id),
            EditKind::LinkDown => self.pull(id),
            EditKind::LinkUp => self.plug(id),
            EditKind::Component => self.replace_part(id),
            EditKind::Upgrade => Ok(self.upgrade(id)),
            EditKind::Vlan => Ok(self.add_vlan(id)),
            EditKind::Acl => Ok(self.turn_acl(id)),
            EditKind::Noise => {
                self.devices[id].past.noise += 1;
                Ok("only times change in its configuration".to_owned())
            }
        };
        let what = what.map_err(|what| EditError::Nothing { device: name.clone(), what })?;
        Ok((kind.as_str(), format!("{name}: {what}")))
    }

    /// A new NTP server first, then a new description of a port, and so on.
    fn ordinary(&mut self, id: usize) -> (&'static str, String) {
        let device = &mut self.devices[id];
        let round = device.ntp.len();
        let described = device.ports.iter().filter(|p| p.description.as_deref().is_some_and(|d| d.contains("ticket")));
        if described.count() + 2 >= round || device.ports.is_empty() {
            let server = Ipv4Addr::new(10, 255, 0, (round + 1).min(250) as u8);
            device.ntp.push(server);
            return ("ntp", format!("NTP server {server} added"));
        }
        let index = round % device.ports.len();
        let port = &mut device.ports[index];
        let text = format!("moved, ticket {}", 4000 + round * 17 + id);
        let what = format!("description of {} is now `{text}`", port.name);
        port.description = Some(text);
        ("description", what)
    }

    fn withdraw(&mut self, id: usize) -> Result<String, &'static str> {
        let learned = |proto| !matches!(proto, Proto::Connected | Proto::Local | Proto::Static);
        let table = self.routes(&self.devices[id]);
        let route = table.iter().rev().find(|r| learned(r.proto)).ok_or("route that it learned from others")?;
        self.devices[id].past.withdrawn.push(route.prefix);
        Ok(format!("route {} withdrawn", route.prefix))
    }

    fn pull(&mut self, id: usize) -> Result<String, &'static str> {
        let link = self.links.iter().position(|l| !l.down && (l.a.device == id || l.b.device == id));
        let link = link.ok_or("cable that works")?;
        self.set_down(link, true);
        self.pulled.push(link);
        Ok(format!("cable {} pulled", self.cable(link)))
    }

    fn plug(&mut self, id: usize) -> Result<String, &'static str> {
        let mine = |&link: &usize| self.links[link].a.device == id || self.links[link].b.device == id;
        let at = self.pulled.iter().rposition(mine).ok_or("cable that was pulled")?;
        let link = self.pulled.remove(at);
        self.set_down(link, false);
        Ok(format!("cable {} plugged in again", self.cable(link)))
    }

    fn set_down(&mut self, link: usize, down: bool) {
        let link = &mut self.links[link];
        link.down = down;
        for end in [link.a, link.b] {
            let device = &mut self.devices[end.device];
            let cables: Vec<usize> = device.members(end.port).map(|(i, _)| i).collect();
            cables.into_iter().chain([end.port]).for_each(|i| device.ports[i].unplugged = down);
        }
    }

    fn cable(&self, link: usize) -> String {
        let end = |e: crate::world::End| {
            let device = &self.devices[e.device];
            format!("{} {}", device.name, device.ports[e.port].name)
        };
        format!("{} - {}", end(self.links[link].a), end(self.links[link].b))
    }

    fn replace_part(&mut self, id: usize) -> Result<String, &'static str> {
        let device = &self.devices[id];
        let units = &device.serials;
        let parts = self.components(device).into_iter().filter_map(|p| p.serial.map(|s| (p.name, s)));
        let mut parts: Vec<_> = parts.filter(|(_, s)| s != "BUILTIN" && !units.contains(s)).collect();
        if parts.is_empty() {
            return Err("part that can be pulled out");
        }
        let round = device.past.swapped.len();
        let (part, old) = parts.swap_remove(round % parts.len());
        let new = format!("{}R{round}", old.trim_end_matches(|c: char| c == 'R' || c.is_ascii_digit()));
        let new = format!("{new}{:04}", (id * 7 + round * 31) % 10_000);
        let what = format!("{part} replaced: serial {old} is now {new}");
        self.devices[id].past.swap(&old, new);
        Ok(what)
    }

    fn upgrade(&mut self, id: usize) -> String {
        let minutes = self.minutes.load(std::sync::atomic::Ordering::Relaxed);
        let device = &mut self.devices[id];
        let versions = device.model.versions;
        let at = versions.iter().position(|v| *v == device.os_version).unwrap_or(0);
        let old = device.os_version;
        device.os_version = versions[(at + 1) % versions.len()];
        // Uptimes count from here: the lab's own minutes are added again when it is shown.
        device.uptime_minutes = 3_u32.wrapping_sub(minutes);
        format!("upgraded from {old} to {}", device.os_version)
    }

    fn add_vlan(&mut self, id: usize) -> String {
        let device = &mut self.devices[id];
        let number = (300..).find(|n| device.vlans.iter().all(|v| v.id != *n)).unwrap_or(300);
        let name = format!("ticket-{}", 4000 + usize::from(number) * 3 + id);
        let what = format!("VLAN {number} `{name}` added");
        let net = Prefix::of(Ipv4Addr::UNSPECIFIED, 0);
        device.vlans.push(Vlan { id: number, name: name.into(), net, addr: None });
        what
    }

    fn turn_acl(&mut self, id: usize) -> String {
        let device = &mut self.devices[id];
        let at = device.past.acl_turns as usize;
        device.past.acl_turns += 1;
        let lines = crate::world::acl::RULES.len();
        format!(
            "lines {} and {} of access list {} changed places",
            at % (lines - 1) + 1,
            at % (lines - 1) + 2,
            crate::world::acl::NAME
        )
    }
}
