//! What a device hears from the other ends of its cables.

use std::net::Ipv4Addr;

use super::{Device, Gadget, Use, World};

/// Who is at the other end.
#[derive(Debug)]
pub enum Peer<'a> {
    Device {
        device: &'a Device,
        port: usize,
    },
    Gadget(&'a Gadget),
    /// Made up: a name and an address where nothing listens.
    Dead {
        name: &'a str,
        address: Ipv4Addr,
    },
}

#[derive(Debug)]
pub struct Neighbor<'a> {
    /// Index of the local port.
    pub port: usize,
    pub peer: Peer<'a>,
    /// The management address that the peer advertises to this device.
    pub address: Option<Ipv4Addr>,
    pub lldp: bool,
    pub cdp: bool,
}

impl World {
    /// The neighbours of a device in port order.
    pub fn neighbors<'a>(&'a self, device: &'a Device) -> Vec<Neighbor<'a>> {
        let mut found: Vec<_> = device.ports.iter().enumerate().filter_map(|(i, _)| self.cabled(device, i)).collect();
        let gadgets = self.gadgets.iter().filter(|g| g.at.device == device.id);
        found.extend(gadgets.map(|g| Neighbor {
            port: g.at.port,
            peer: Peer::Gadget(g),
            address: g.address,
            lldp: device.lldp && self.site(device).speaks.lldp(),
            cdp: device.cdp && g.name.starts_with("SEP"),
        }));
        if let Some((name, address)) = &device.overrides.dead_neighbor {
            let port = device.ports.iter().position(|p| p.usage == Use::Shut).unwrap_or(0);
            let peer = Peer::Dead { name, address: *address };
            found.push(Neighbor { port, peer, address: Some(*address), lldp: device.lldp, cdp: device.cdp });
        }
        found.sort_by_key(|n| n.port);
        found
    }

    fn cabled<'a>(&'a self, device: &'a Device, port: usize) -> Option<Neighbor<'a>> {
        let leading = device.leading(&device.ports[port]);
        let (Use::Routed { link, .. } | Use::Trunk { link }) = leading.usage else { return None };
        let link = &self.links[link];
        // Neighbours are heard on cables, and a channel is none.
        if link.down || device.ports[port].channel.is_some() {
            return None;
        }
        let far = match device.ports[port].usage {
            Use::Member { far, .. } => far,
            _ => link.far(device.id),
        };
        let peer = &self.devices[far.device];
        let second = peer.overrides.second_address.filter(|_| far.port % 2 == 1);
        Some(Neighbor {
            port,
            peer: Peer::Device { device: peer, port: far.port },
            address: Some(second.unwrap_or(peer.address)),
            lldp: link.lldp,
            cdp: link.cdp,
        })
    }
}
