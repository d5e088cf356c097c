//! The links of one device, from what it and its neighbours say: the rest of the map is not needed for them.

use std::collections::{BTreeMap, BTreeSet};

use model::fact::NEIGHBORS;
use model::{Device, DeviceId, NeighborClaim};
use store::{DeviceFilter, FactFilter, Marks};
use topology::{Graph, Node};

use super::{add_port, add_ports, node};
use crate::{App, AppResult};

impl App {
    /// The map of a device and of all that may be its neighbours: their links with it are those of the whole map.
    pub(super) async fn graph_around(&self, device: &Device) -> AppResult<Graph> {
        let own = self.claims_of(&[device.id]).await?;
        let (own_ports, own_channels) = self.store.map_ports(Some(&[device.id]), None).await?;
        let mut here = node(device.clone());
        own_ports.into_iter().for_each(|port| add_port(&mut here, port));
        here.channels.extend(own_channels.into_iter().map(|channel| (channel.member, channel.name)));
        let marks = marks_of(&here, device);
        let hearers = self.store.hearers_of(&marks).await?;
        let mut claims = own;
        let others: Vec<DeviceId> = hearers.iter().copied().filter(|id| *id != device.id).collect();
        let heard = self.claims_of(&others).await?;
        claims.extend(heard.into_iter().filter(|(_, claim)| may_mean(claim, &marks)));
        // Whoever may be meant as well must be there to be told from the device.
        let wanted = wanted(&claims);
        let mut ids: BTreeSet<DeviceId> = self.store.devices_with(&wanted).await?.into_iter().collect();
        let labels: BTreeSet<&str> = wanted.labels.iter().map(String::as_str).collect();
        let names = self.store.devices_labelled(&labels).await?;
        ids.extend(names.iter().filter(|(_, name)| labels.contains(&*label(name))).map(|(id, _)| *id));
        ids.extend(hearers);
        ids.remove(&device.id);
        let others: Vec<DeviceId> = ids.into_iter().collect();
        let filter = DeviceFilter { ids: Some(others.clone()), ..DeviceFilter::default() };
        let devices = self.store.devices(&filter).await?;
        let mut nodes: BTreeMap<DeviceId, Node> = devices.into_iter().map(|d| (d.id, node(d))).collect();
        if !others.is_empty() {
            add_ports(&mut nodes, self.store.map_ports(Some(&others), None).await?);
        }
        nodes.insert(device.id, here);
        Ok(topology::build(nodes.into_values().collect(), claims))
    }

    /// What these devices say of their neighbours.
    async fn claims_of(&self, devices: &[DeviceId]) -> AppResult<Vec<(i64, NeighborClaim)>> {
        if devices.is_empty() {
            return Ok(Vec::new());
        }
        let filter = FactFilter { devices: Some(devices.to_vec()), ..FactFilter::default() };
        let facts = self.store.facts(&NEIGHBORS, &filter).await?;
        Ok(facts.into_iter().map(|f| (f.device.0, NeighborClaim::from_values(&f.values))).collect())
    }
}

/// What may name the device.
fn marks_of(here: &Node, device: &Device) -> Marks {
    let labels: BTreeSet<String> = [&device.name, &device.slug].map(|n| label(n)).into_iter().collect();
    let macs = device.chassis_mac.into_iter().chain(here.port_macs.keys().copied()).collect();
    let addresses = here.addresses.iter().copied().chain([device.address]).collect();
    Marks { labels: labels.into_iter().collect(), macs, addresses, serials: device.serials.clone() }
}

fn may_mean(claim: &NeighborClaim, marks: &Marks) -> bool {
    let mac = claim.remote_chassis_id.as_deref().and_then(|id| id.parse::<model::Mac>().ok());
    let named = claim.remote_name.as_deref().is_some_and(|n| marks.labels.contains(&label(n)));
    named
        || mac.is_some_and(|mac| marks.macs.contains(&mac))
        || claim.remote_address.is_some_and(|a| marks.addresses.contains(&a))
}

/// What these claims name.
fn wanted(claims: &[(i64, NeighborClaim)]) -> Marks {
    let mut marks = Marks::default();
    for (_, claim) in claims {
        if let Some(name) = &claim.remote_name {
            let serial = name.trim().strip_suffix(')').and_then(|n| n.split_once('('));
            marks.serials.extend(serial.map(|(_, serial)| serial.trim().to_uppercase()));
            marks.labels.push(label(name));
        }
        marks.macs.extend(claim.remote_chassis_id.as_deref().and_then(|id| id.parse::<model::Mac>().ok()));
        marks.addresses.extend(claim.remote_address);
    }
    marks
}

/// A name up to its domain, or the serial number behind it; an address as it is.
fn label(name: &str) -> String {
    let name = name.trim().to_lowercase();
    if name.parse::<std::net::IpAddr>().is_ok() {
        return name;
    }
    name.split(['.', '(']).next().unwrap_or_default().trim().to_owned()
}
