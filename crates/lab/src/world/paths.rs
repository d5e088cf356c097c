//! The shortest ways: between the routed devices of a site, and between sites.

use std::collections::{HashMap, VecDeque};

use super::routes::{Hop, site_as};
use super::{Device, LinkKind, Prefix, Role, Use, World, site_aggregate};

impl World {
    /// Every routed device of the site with its distance and first hops. Leaves carry no transit.
    pub(super) fn shortest_paths(&self, device: &Device) -> Vec<Path> {
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
    pub(super) fn routed_peers(&self, device: &Device) -> Vec<(usize, Hop)> {
        self.routed_links(device, LinkKind::Cable).collect()
    }

    fn routed_links<'a>(&'a self, device: &'a Device, kind: LinkKind) -> impl Iterator<Item = (usize, Hop)> + 'a {
        device.ports.iter().enumerate().filter_map(move |(i, port)| {
            let Use::Routed { link, .. } = port.usage else { return None };
            let link = &self.links[link];
            let far = link.far(device.id);
            let Use::Routed { addr, .. } = self.devices[far.device].ports[far.port].usage else { return None };
            (link.kind == kind && !link.down)
                .then(|| (far.device, Hop { ip: Some(addr), interface: device.l3_name(i) }))
        })
    }

    /// For every other site: the AS that the way goes through first, and the hop from `border`.
    pub(super) fn site_paths(&self, border: usize) -> Vec<(usize, u32, Hop)> {
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
        let known =
            first.into_iter().enumerate().filter_map(|(site, way)| way.map(|(via, hop)| (site, site_as(via), hop)));
        known.collect()
    }
}

impl World {
    /// The AS path to the aggregate of every other site that can be reached.
    pub(super) fn as_paths(&self, home: usize) -> HashMap<Prefix, Vec<u32>> {
        let mut paths: Vec<Option<Vec<u32>>> = vec![None; self.sites.len()];
        let mut queue = VecDeque::from([home]);
        paths[home] = Some(Vec::new());
        while let Some(site) = queue.pop_front() {
            for (peer, _) in self.routed_links(&self.devices[self.sites[site].border], LinkKind::Wan) {
                let next = self.devices[peer].site;
                if paths[next].is_none() {
                    let way = paths[site].iter().flatten().copied().chain([site_as(next)]).collect();
                    paths[next] = Some(way);
                    queue.push_back(next);
                }
            }
        }
        let known = paths.into_iter().enumerate().filter_map(|(site, way)| Some((site_aggregate(site), way?)));
        known.filter(|(prefix, _)| *prefix != site_aggregate(home)).collect()
    }
}

/// A device, its distance, and the first hops on the way.
pub type Path = (usize, u32, Vec<Hop>);

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
