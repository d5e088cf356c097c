//! Who speaks a routing protocol with whom: OSPF on the cables inside a site, BGP on those between sites and between
//! the routers and cores of one.

use std::net::Ipv4Addr;

use super::routes::{RouteEntry, site_as};
use super::{Device, LinkKind, Prefix, Proto, Role, Use, World, site_aggregate};

/// A neighbour of BGP, whether the session is up or not.
#[derive(Clone, Debug)]
pub struct BgpPeer {
    pub address: Ipv4Addr,
    /// The device's own address on the same cable.
    pub local: Ipv4Addr,
    pub remote_as: u32,
    pub router_id: Ipv4Addr,
    pub name: String,
    /// Between sites, with a password.
    pub wan: bool,
    pub up: bool,
    /// Prefixes that are used of those that it announces.
    pub prefixes: usize,
}

/// A path of the BGP table.
#[derive(Clone, Debug)]
pub struct BgpPath {
    pub prefix: Prefix,
    /// None: the device's own.
    pub next_hop: Option<Ipv4Addr>,
    pub as_path: Vec<u32>,
    pub internal: bool,
}

/// A neighbour of OSPF: full, and without a designated router, since cables are point to point.
#[derive(Clone, Debug)]
pub struct OspfPeer {
    pub router_id: Ipv4Addr,
    pub address: Ipv4Addr,
    pub interface: String,
}

impl Device {
    pub fn runs_bgp(&self) -> bool {
        matches!(self.role, Role::Rtr | Role::Core)
    }

    pub fn runs_ospf(&self) -> bool {
        self.role != Role::Access
    }
}

impl World {
    pub fn bgp_peers(&self, device: &Device) -> Vec<BgpPeer> {
        if !device.runs_bgp() {
            return Vec::new();
        }
        let table = self.routes(device);
        let used = |address| {
            let is_mine = |r: &&RouteEntry| matches!(r.proto, Proto::BgpExternal | Proto::BgpInternal);
            table.iter().filter(is_mine).filter(|r| r.hops.iter().any(|h| h.ip == Some(address))).count()
        };
        let peer = |(local, address, link, far): (Ipv4Addr, Ipv4Addr, usize, usize)| {
            let (link, peer) = (&self.links[link], &self.devices[far]);
            let wan = link.kind == LinkKind::Wan;
            (wan || peer.runs_bgp()).then(|| BgpPeer {
                address,
                local,
                remote_as: site_as(peer.site),
                router_id: peer.address,
                name: peer.hostname().to_owned(),
                wan,
                up: !link.down,
                prefixes: used(address),
            })
        };
        self.routed_ends(device).filter_map(peer).collect()
    }

    /// Own address, the peer's, the link and the peer of each routed cable.
    fn routed_ends<'a>(&'a self, device: &'a Device) -> impl Iterator<Item = (Ipv4Addr, Ipv4Addr, usize, usize)> + 'a {
        device.ports.iter().filter_map(|port| {
            let Use::Routed { link, addr: local, .. } = port.usage else { return None };
            let far = self.links[link].far(device.id);
            let Use::Routed { addr, .. } = self.devices[far.device].ports[far.port].usage else { return None };
            Some((local, addr, link, far.device))
        })
    }

    /// The BGP table, sorted by prefix: the site's own aggregate and one path to each other site.
    pub fn bgp_paths(&self, device: &Device) -> Vec<BgpPath> {
        if !device.runs_bgp() {
            return Vec::new();
        }
        let own = BgpPath { prefix: site_aggregate(device.site), next_hop: None, as_path: Vec::new(), internal: false };
        let ways = self.as_paths(device.site);
        let learned = self.routes(device).into_iter().filter_map(|r| {
            let internal = match r.proto {
                Proto::BgpExternal => false,
                Proto::BgpInternal => true,
                _ => return None,
            };
            let as_path = ways.get(&r.prefix).cloned().unwrap_or_default();
            Some(BgpPath { prefix: r.prefix, next_hop: r.hops[0].ip, as_path, internal })
        });
        let mut paths: Vec<BgpPath> = learned.chain([own]).collect();
        paths.sort_by_key(|p| p.prefix);
        paths
    }

    pub fn ospf_peers(&self, device: &Device) -> Vec<OspfPeer> {
        if !device.runs_ospf() {
            return Vec::new();
        }
        let peers = self.routed_peers(device).into_iter().filter_map(|(id, hop)| {
            Some(OspfPeer { router_id: self.devices[id].address, address: hop.ip?, interface: hop.interface })
        });
        peers.collect()
    }
}
