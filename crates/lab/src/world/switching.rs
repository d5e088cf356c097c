//! VLANs and switch ports, as tables print them.

use super::{Device, Platform, Role, Use};

/// What a switch port does with VLANs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortMode {
    Access(u16),
    Trunk,
    /// Switched off, and set to nothing.
    Shut,
}

impl Device {
    /// Whether it switches at all.
    pub fn is_switch(&self) -> bool {
        self.role != Role::Rtr || !self.vlans.is_empty()
    }

    /// The name of a VLAN: Junos names it after its number here.
    pub fn vlan_title(&self, id: u16) -> String {
        if self.platform() == Platform::JuniperJunos {
            return format!("Vlan{id}");
        }
        self.vlans.iter().find(|v| v.id == id).map_or_else(|| "default".to_owned(), |v| v.name.to_string())
    }

    /// Every VLAN with its name, the one that each switch is born with first.
    pub fn all_vlans(&self) -> Vec<(u16, String)> {
        let mut all = vec![(1, "default".to_owned())];
        all.extend(self.vlans.iter().map(|v| (v.id, self.vlan_title(v.id))));
        all.sort_unstable();
        all
    }

    /// Its switch ports with their indexes, channels behind their members.
    pub fn switch_ports(&self) -> Vec<(usize, PortMode)> {
        let mode = |(i, p): (usize, &super::Port)| {
            let mode = match self.leading(p).usage {
                Use::Edge { vlan } => PortMode::Access(vlan),
                Use::Trunk { .. } => PortMode::Trunk,
                Use::Shut => PortMode::Shut,
                _ => return None,
            };
            Some((i, mode))
        };
        let (cables, channels): (Vec<_>, Vec<_>) = self
            .ports
            .iter()
            .enumerate()
            .filter_map(|p| mode(p).map(|m| (p.1.channel, m)))
            .partition(|(c, _)| c.is_none());
        if self.is_switch() { cables.into_iter().chain(channels).map(|(_, m)| m).collect() } else { Vec::new() }
    }

    /// The VLANs of a trunk as ranges: `100-102,300`.
    pub fn trunk_vlans(&self) -> String {
        let mut ids: Vec<u16> = self.vlans.iter().map(|v| v.id).collect();
        ids.sort_unstable();
        let mut ranges: Vec<(u16, u16)> = Vec::new();
        for id in ids {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == id => *last = id,
                _ => ranges.push((id, id)),
            }
        }
        let text = |(a, b): &(u16, u16)| if a == b { a.to_string() } else { format!("{a}-{b}") };
        ranges.iter().map(text).collect::<Vec<_>>().join(",")
    }
}
