//! Routing tables that agree with the cables.
//!
//! Spines, cores and routers know their whole site by OSPF (cost 1 a cable); leaves sit in
//! totally stubby areas and get a default route; access switches have a static one. Cores and
//! routers know the other sites by BGP, one aggregate each, along the shortest way.

use std::collections::{BTreeMap, HashSet};
use std::net::Ipv4Addr;

use super::{Device, LinkKind, Platform, Prefix, Role, Use, World, site_aggregate};

/// Where a route comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proto {
    Connected,
    Local,
    Static,
    Ospf,
    /// Between areas: the leaf's default route.
    OspfInter,
    /// External, type 2.
    OspfExternal,
    BgpExternal,
    BgpInternal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    pub ip: Option<Ipv4Addr>,
    /// The full name of the interface it leaves by.
    pub interface: String,
}

/// A prefix with all its next hops.
#[derive(Clone, Debug)]
pub struct RouteEntry {
    pub prefix: Prefix,
    pub proto: Proto,
    /// The metric; for BGP the AS that the path goes through first.
    pub metric: u32,
    pub hops: Vec<Hop>,
}

pub const DEFAULT: Prefix = Prefix { addr: Ipv4Addr::UNSPECIFIED, len: 0 };

/// The AS number of a site.
pub fn site_as(site: usize) -> u32 {
    65_001 + site as u32
}

impl World {
    /// The routing table of a device, sorted by prefix.
    pub fn routes(&self, device: &Device) -> Vec<RouteEntry> {
        let mut table = connected(device, None);
        match device.role {
            Role::Access => self.access_default(device, &mut table),
            Role::Leaf => {
                self.access_loopbacks(device, &mut table);
                self.leaf_default(device, &mut table);
            }
            Role::Rtr | Role::Core | Role::Spine => {
                self.access_loopbacks(device, &mut table);
                self.ospf(device, &mut table);
            }
        }
        if matches!(device.role, Role::Rtr | Role::Core) {
            self.bgp(device, &mut table);
        }
        let announced = |r: &RouteEntry| {
            matches!(r.proto, Proto::Connected | Proto::Local | Proto::Static)
                || !device.past.withdrawn.contains(&r.prefix)
        };
        table.retain(announced);
        table.sort_by_key(|r| (r.prefix, r.proto as u8));
        table
    }

    /// What is in the routing table of the tenant.
    pub fn tenant_routes(&self, device: &Device) -> Vec<RouteEntry> {
        connected(device, Some(super::TENANT))
    }

    fn access_default(&self, device: &Device, table: &mut Vec<RouteEntry>) {
        let vlan = device.vlans.iter().find(|v| v.addr.is_some());
        if let Some(vlan) = vlan {
            let hop = Hop { ip: Some(vlan.net.nth(1)), interface: device.vlan_name(vlan.id) };
            table.push(RouteEntry { prefix: DEFAULT, proto: Proto::Static, metric: 0, hops: vec![hop] });
        }
    }

    /// A gateway reaches the loopbacks of its access switches by static routes.
    fn access_loopbacks(&self, device: &Device, table: &mut Vec<RouteEntry>) {
        for child in self.children(device) {
            let Some(vlan) = child.vlans.iter().find(|v| v.addr.is_some()) else { continue };
            let hop = Hop { ip: vlan.addr, interface: device.vlan_name(vlan.id) };
            table.push(RouteEntry { prefix: loopback(child), proto: Proto::Static, metric: 0, hops: vec![hop] });
        }
    }

    fn leaf_default(&self, device: &Device, table: &mut Vec<RouteEntry>) {
        let hops: Vec<Hop> = self.routed_peers(device).into_iter().map(|(_, hop)| hop).collect();
        if !hops.is_empty() {
            table.push(RouteEntry { prefix: DEFAULT, proto: Proto::OspfInter, metric: 2, hops });
        }
    }

    /// The site as OSPF sees it: everything that this device does not have itself.
    fn ospf(&self, device: &Device, table: &mut Vec<RouteEntry>) {
        let paths = self.shortest_paths(device);
        let mine: HashSet<Prefix> = table.iter().map(|r| r.prefix).collect();
        let mut best: BTreeMap<Prefix, RouteEntry> = BTreeMap::new();
        let mut offer = |prefix: Prefix, proto, metric, hops: &Vec<Hop>| {
            if mine.contains(&prefix) || hops.is_empty() {
                return;
            }
            let entry = best.entry(prefix).or_insert_with(|| RouteEntry { prefix, proto, metric, hops: Vec::new() });
            if metric < entry.metric {
                entry.metric = metric;
                entry.hops.clear();
            }
            if metric == entry.metric {
                entry.hops.extend(hops.iter().filter(|h| !entry.hops.contains(h)).cloned().collect::<Vec<_>>());
            }
        };
        for (id, distance, hops) in &paths {
            let other = &self.devices[*id];
            offer(loopback(other), Proto::Ospf, distance + 1, hops);
            for port in &other.ports {
                if let Use::Routed { net, link, .. } = port.usage
                    && self.links[link].kind == LinkKind::Cable
                    && !self.links[link].down
                {
                    offer(net, Proto::Ospf, distance + 1, hops);
                }
            }
            if other.gateway.is_none() {
                other
                    .vlans
                    .iter()
                    .filter(|v| v.addr.is_some())
                    .for_each(|v| offer(v.net, Proto::Ospf, distance + 1, hops));
            }
            for child in self.children(other) {
                offer(loopback(child), Proto::OspfExternal, 20, hops);
            }
            if device.role == Role::Spine && *id == self.site(device).border {
                offer(DEFAULT, Proto::OspfExternal, 1, hops);
            }
        }
        table.extend(best.into_values());
    }

    fn bgp(&self, device: &Device, table: &mut Vec<RouteEntry>) {
        let border = self.site(device).border;
        let paths = self.site_paths(border);
        let inside = (device.id != border).then(|| {
            let direct = self.routed_peers(device).into_iter().find(|(peer, _)| *peer == border);
            direct.map(|(_, hop)| hop)
        });
        for (site, first_as, hop) in paths {
            let (proto, hop) = match &inside {
                None => (Proto::BgpExternal, hop),
                Some(Some(hop)) => (Proto::BgpInternal, hop.clone()),
                Some(None) => continue,
            };
            table.push(RouteEntry { prefix: site_aggregate(site), proto, metric: first_as, hops: vec![hop] });
        }
    }
}

fn loopback(device: &Device) -> Prefix {
    Prefix { addr: device.address, len: 32 }
}

/// Connected networks and, where the vendor shows them, the device's own addresses.
fn connected(device: &Device, vrf: Option<&str>) -> Vec<RouteEntry> {
    let mut table = Vec::new();
    let entry = |prefix, proto, hop| RouteEntry { prefix, proto, metric: 0, hops: vec![hop] };
    let platform = device.platform();
    for iface in device.interfaces().into_iter().filter(|i| i.vrf == vrf) {
        let Some((addr, len)) = iface.addr.filter(|_| iface.up) else { continue };
        let ip = (platform == Platform::CiscoNxos).then_some(addr);
        let interface = match iface.kind {
            super::IfKind::Physical | super::IfKind::Channel => device.l3_name(iface.index),
            _ => iface.name,
        };
        let hop = Hop { ip, interface };
        table.push(entry(Prefix::of(addr, len), Proto::Connected, hop.clone()));
        let shows_local = match platform {
            Platform::CiscoIos | Platform::JuniperJunos => len < 32,
            Platform::CiscoNxos => true,
            Platform::AristaEos => false,
        };
        if shows_local {
            table.push(entry(Prefix { addr, len: 32 }, Proto::Local, hop));
        }
    }
    table
}
