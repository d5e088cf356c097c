//! Routing tables that agree with the cables.
//!
//! Spines, cores and routers know their whole site by OSPF (cost 1 a cable); leaves sit in
//! totally stubby areas and get a default route; access switches have a static one. Cores and
//! routers know the other sites by BGP, one aggregate each, along the shortest way.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
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
        let mut table = connected(device);
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
        table.sort_by_key(|r| (r.prefix, r.proto as u8));
        table
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
                {
                    offer(net, Proto::Ospf, distance + 1, hops);
                }
            }
            if other.gateway.is_none() {
                other.vlans.iter().for_each(|v| offer(v.net, Proto::Ospf, distance + 1, hops));
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

    /// Every routed device of the site with its distance and first hops. Leaves carry no transit.
    fn shortest_paths(&self, device: &Device) -> Vec<Path> {
        let mut paths = Paths::default();
        for (peer, hop) in self.routed_peers(device) {
            paths.reach(peer, 1, &[hop]);
        }
        let mut next = 0;
        while let Some((id, distance, hops)) = paths.found.get(next).cloned() {
            next += 1;
            if self.devices[id].role == Role::Leaf {
                continue;
            }
            for (peer, _) in self.routed_peers(&self.devices[id]) {
                if peer != device.id {
                    paths.reach(peer, distance + 1, &hops);
                }
            }
        }
        paths.found
    }

    /// The routed neighbours inside the site, and how to get to each.
    fn routed_peers(&self, device: &Device) -> Vec<(usize, Hop)> {
        self.routed_links(device, LinkKind::Cable).collect()
    }

    fn routed_links<'a>(
        &'a self,
        device: &'a Device,
        kind: LinkKind,
    ) -> impl Iterator<Item = (usize, Hop)> + 'a {
        device.ports.iter().enumerate().filter_map(move |(i, port)| {
            let Use::Routed { link, .. } = port.usage else { return None };
            let link = &self.links[link];
            let far = link.far(device.id);
            let Use::Routed { addr, .. } = self.devices[far.device].ports[far.port].usage else { return None };
            (link.kind == kind).then(|| (far.device, Hop { ip: Some(addr), interface: device.l3_name(i) }))
        })
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

    /// For every other site: the AS that the way goes through first, and the hop from `border`.
    fn site_paths(&self, border: usize) -> Vec<(usize, u32, Hop)> {
        let home = self.devices[border].site;
        let mut first: Vec<Option<(usize, Hop)>> = vec![None; self.sites.len()];
        let mut queue = VecDeque::new();
        for (peer, hop) in self.routed_links(&self.devices[border], LinkKind::Wan) {
            let site = self.devices[peer].site;
            if first[site].is_none() {
                first[site] = Some((site, hop));
                queue.push_back(site);
            }
        }
        while let Some(site) = queue.pop_front() {
            let way = first[site].clone();
            for (peer, _) in self.routed_links(&self.devices[self.sites[site].border], LinkKind::Wan) {
                let next = self.devices[peer].site;
                if next != home && first[next].is_none() {
                    first[next] = way.clone();
                    queue.push_back(next);
                }
            }
        }
        let known = first.into_iter().enumerate().filter_map(|(site, way)| way.map(|(via, hop)| (site, site_as(via), hop)));
        known.collect()
    }
}

/// A device, its distance, and the first hops on the way.
type Path = (usize, u32, Vec<Hop>);

/// What a breadth-first search has found, nearest first.
#[derive(Default)]
struct Paths {
    found: Vec<Path>,
    at: HashMap<usize, usize>,
}

impl Paths {
    /// Notes a way to a device; a further way counts when it is as short as the first.
    fn reach(&mut self, id: usize, distance: u32, hops: &[Hop]) {
        let slot = *self.at.entry(id).or_insert_with(|| {
            self.found.push((id, distance, Vec::new()));
            self.found.len() - 1
        });
        let (_, known, ways) = &mut self.found[slot];
        if *known == distance {
            for hop in hops {
                if !ways.contains(hop) {
                    ways.push(hop.clone());
                }
            }
        }
    }
}

fn loopback(device: &Device) -> Prefix {
    Prefix { addr: device.address, len: 32 }
}

/// Connected networks and, where the vendor shows them, the device's own addresses.
fn connected(device: &Device) -> Vec<RouteEntry> {
    let mut table = Vec::new();
    let entry = |prefix, proto, hop| RouteEntry { prefix, proto, metric: 0, hops: vec![hop] };
    let platform = device.platform();
    for iface in device.interfaces() {
        let Some((addr, len)) = iface.addr.filter(|_| iface.up) else { continue };
        let ip = (platform == Platform::CiscoNxos).then_some(addr);
        let interface = match iface.kind {
            super::IfKind::Physical => device.l3_name(iface.index),
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
