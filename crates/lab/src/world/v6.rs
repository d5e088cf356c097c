//! IPv6 beside IPv4: every cable inside a site has a network, addressed as the IPv4 one is numbered.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Device, IfKind, Iface, LinkKind, Mac, Prefix, Use, World};

/// Someone on the other end of a cable, by one of its addresses.
#[derive(Clone, Debug)]
pub struct Neighbor6 {
    pub ip: Ipv6Addr,
    pub mac: Mac,
    /// Index of the local port.
    pub port: usize,
}

/// `2001:db8:SITE:CABLE::1` or `::2`; the length is 64.
pub fn cable_v6(addr: Ipv4Addr, net: Prefix) -> Ipv6Addr {
    let offset = u32::from(net.addr) - u32::from(Ipv4Addr::new(172, 16, 0, 0));
    let (site, cable, host) = (offset / 1024 + 1, offset % 1024 / 4, u32::from(addr) & 3);
    Ipv6Addr::new(0x2001, 0xdb8, site as u16, cable as u16, 0, 0, 0, host as u16)
}

/// The network that an address of a cable is in.
pub fn network_v6(ip: Ipv6Addr) -> Ipv6Addr {
    let [a, b, c, d, ..] = ip.segments();
    Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)
}

/// The link-local address that a card gives itself.
pub fn link_local(mac: Mac) -> Ipv6Addr {
    let [a, b, c, d, e, f] = mac.octets();
    let pair = |x: u8, y: u8| u16::from_be_bytes([x, y]);
    Ipv6Addr::new(0xfe80, 0, 0, 0, pair(a ^ 2, b), pair(c, 0xff), pair(0xfe, d), pair(e, f))
}

impl World {
    /// The IPv6 address of a port; its link-local one follows from its MAC address.
    pub fn port_v6(&self, device: &Device, port: usize) -> Option<Ipv6Addr> {
        match device.ports[port].usage {
            Use::Routed { link, addr, net } if self.links[link].kind == LinkKind::Cable => Some(cable_v6(addr, net)),
            _ => None,
        }
    }

    /// The IPv6 address of an interface.
    pub fn iface_v6(&self, device: &Device, iface: &Iface) -> Option<Ipv6Addr> {
        match iface.kind {
            IfKind::Physical | IfKind::Channel => self.port_v6(device, iface.index),
            _ => None,
        }
    }

    /// The IPv6 neighbours in port order: of each its global address, then its link-local one.
    pub fn neighbors_v6(&self, device: &Device) -> Vec<Neighbor6> {
        let mut found = Vec::new();
        for (port, p) in device.ports.iter().enumerate() {
            let Use::Routed { link, .. } = p.usage else { continue };
            let link = &self.links[link];
            let far = link.far(device.id);
            let peer = &self.devices[far.device];
            let Some(ip) = self.port_v6(peer, far.port).filter(|_| !link.down) else { continue };
            let mac = peer.port_mac(far.port);
            found.extend([ip, link_local(mac)].map(|ip| Neighbor6 { ip, mac, port }));
        }
        found
    }
}

#[test]
fn addresses_follow_from_the_cable_and_the_card() {
    let net = super::net::cable_net(1, 3);
    assert_eq!(cable_v6(net.nth(2), net).to_string(), "2001:db8:2:3::2");
    assert_eq!(link_local(Mac::new(0x00_1c_73, 0x0c_ec01)).to_string(), "fe80::21c:73ff:fe0c:ec01");
}
