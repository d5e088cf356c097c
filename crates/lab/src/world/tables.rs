//! ARP and MAC tables, computed from who is plugged in where.

use std::net::Ipv4Addr;

use super::{Device, Mac, Platform, Role, Use, World};

/// A line of the ARP table.
#[derive(Clone, Debug)]
pub struct ArpRow {
    pub ip: Ipv4Addr,
    pub mac: Mac,
    pub interface: String,
    /// The device's own address; only IOS prints these.
    pub own: bool,
}

/// A line of the MAC table.
#[derive(Clone, Debug)]
pub struct MacRow {
    /// None: IOS prints `All`, NX-OS `-`.
    pub vlan: Option<u16>,
    pub mac: Mac,
    /// The full name of the port; `CPU` or `sup-eth1(R)` for the device's own entries.
    pub interface: String,
    pub dynamic: bool,
}

impl World {
    /// The ARP table of a device, in the order it is printed.
    pub fn arp(&self, device: &Device) -> Vec<ArpRow> {
        let mut rows = Vec::new();
        let prints_own = device.platform() == Platform::CiscoIos;
        for (i, port) in device.ports.iter().enumerate() {
            let Use::Routed { link, addr, .. } = port.usage else { continue };
            if self.links[link].down {
                continue;
            }
            let far = self.links[link].far(device.id);
            let peer = &self.devices[far.device];
            let Use::Routed { addr: peer_addr, .. } = peer.ports[far.port].usage else { continue };
            let interface = device.l3_name(i);
            if prints_own {
                rows.push(ArpRow { ip: addr, mac: device.port_mac(i), interface: interface.clone(), own: true });
            }
            rows.push(ArpRow { ip: peer_addr, mac: peer.port_mac(far.port), interface, own: false });
        }
        for (i, vlan) in device.vlans.iter().enumerate() {
            let Some(addr) = vlan.addr else { continue };
            let interface = device.vlan_name(vlan.id);
            if prints_own {
                rows.push(ArpRow { ip: addr, mac: device.vlan_mac(i), interface: interface.clone(), own: true });
            }
            let others = self.stations(device, vlan.id);
            rows.extend(others.into_iter().map(|(ip, mac)| ArpRow {
                ip,
                mac,
                interface: interface.clone(),
                own: false,
            }));
        }
        rows
    }

    /// Who has an address in a VLAN, as this device knows it.
    fn stations(&self, device: &Device, vlan: u16) -> Vec<(Ipv4Addr, Mac)> {
        if let Some(gateway) = device.gateway {
            if self.uplink(device).is_none() {
                return Vec::new();
            }
            let gateway = &self.devices[gateway];
            let found = gateway.vlans.iter().enumerate().find(|(_, v)| v.id == vlan);
            return found.and_then(|(i, v)| Some((v.addr?, gateway.vlan_mac(i)))).into_iter().collect();
        }
        let members = std::iter::once(device).chain(self.children(device));
        let mut found = Vec::new();
        for member in members.filter(|m| m.id == device.id || self.downlink(device.id, m.id).is_some()) {
            let hosts = member.hosts.iter().map(|&h| &self.hosts[h]).filter(|h| h.vlan == vlan);
            found.extend(hosts.map(|h| (h.ip, h.mac)));
            if member.id != device.id {
                let own = member.vlans.iter().enumerate().filter(|(_, v)| v.id == vlan);
                found.extend(own.filter_map(|(i, v)| Some((v.addr?, member.vlan_mac(i)))));
            }
        }
        found
    }

    /// The MAC table of a device, in the order it is printed.
    pub fn mac_table(&self, device: &Device) -> Vec<MacRow> {
        if device.role == Role::Rtr && device.vlans.is_empty() {
            return Vec::new();
        }
        let mut rows = own_entries(device);
        self.edge_entries(device, |port| device.ports[port].name.clone(), &mut rows);
        for child in self.children(device) {
            let Some(port) = self.downlink(device.id, child.id) else { continue };
            let name = &device.ports[port].name;
            self.edge_entries(child, |_| name.clone(), &mut rows);
            for (i, vlan) in child.vlans.iter().enumerate().filter(|(_, v)| v.addr.is_some()) {
                rows.push(dynamic(vlan.id, child.vlan_mac(i), name.clone()));
            }
        }
        if let (Some(gateway), Some(port)) = (device.gateway, self.uplink(device)) {
            let gateway = &self.devices[gateway];
            let name = &device.ports[port].name;
            let macs = gateway.vlans.iter().enumerate().map(|(i, v)| dynamic(v.id, gateway.vlan_mac(i), name.clone()));
            rows.extend(macs);
        }
        if device.platform() == Platform::JuniperJunos {
            rows.iter_mut().for_each(|r| r.interface.push_str(".0"));
        }
        rows
    }

    /// What hangs on the edge ports of a switch; `port` says where the reader sees it.
    fn edge_entries(&self, switch: &Device, port: impl Fn(usize) -> String, rows: &mut Vec<MacRow>) {
        let hosts = switch.hosts.iter().map(|&h| &self.hosts[h]);
        rows.extend(hosts.map(|h| dynamic(h.vlan, h.mac, port(h.at.port))));
        for gadget in self.gadgets.iter().filter(|g| g.at.device == switch.id) {
            if let Use::Edge { vlan } = switch.ports[gadget.at.port].usage {
                rows.push(dynamic(vlan, gadget.mac, port(gadget.at.port)));
            }
        }
    }
}

fn dynamic(vlan: u16, mac: Mac, interface: String) -> MacRow {
    MacRow { vlan: Some(vlan), mac, interface, dynamic: true }
}

/// The entries that a switch makes for itself.
fn own_entries(device: &Device) -> Vec<MacRow> {
    let fixed = |mac, interface: &str| MacRow { vlan: None, mac, interface: interface.to_owned(), dynamic: false };
    match device.platform() {
        Platform::CiscoIos => vec![
            fixed(Mac::new(0x01_00_0c, 0xcc_cccc), "CPU"),
            fixed(Mac::new(0x01_00_0c, 0xcc_cccd), "CPU"),
            fixed(Mac::new(0x01_80_c2, 0), "CPU"),
            fixed(Mac::new(0xff_ff_ff, 0xff_ffff), "CPU"),
        ],
        Platform::CiscoNxos => vec![fixed(device.mac, "sup-eth1(R)")],
        _ => Vec::new(),
    }
}
