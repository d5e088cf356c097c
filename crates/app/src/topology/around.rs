//! The links of one device, from what it and its neighbours say: the rest of the map is not needed for them.

use std::collections::{BTreeMap, BTreeSet};

use futures::try_join;
use model::{Device, DeviceId, Mac, NeighborClaim, interface};
use store::{DeviceFilter, Marks, PortMarks};
use topology::{Graph, Node};

use super::{add_port, add_ports, node};
use crate::{App, AppResult};

impl App {
    /// The map of a device and of all that may be its neighbours. Their links with it are those of the whole map, but for
    /// those to one who is meant by nothing but a serial number, or a chassis id that only third ones tell of.
    pub(super) async fn graph_around(&self, device: &Device) -> AppResult<Graph> {
        let this = [device.id];
        let mut here = node(device.clone());
        let labels = [&device.name, &device.slug].map(|name| label(name)).into_iter();
        let labels = labels.filter(|label| !label.is_empty()).collect();
        let (own, heard, (own_ports, own_channels)) = try_join!(
            self.store.claims_of(&this, None),
            self.store.claims_naming(device.id, &labels, here.address),
            self.store.map_ports(Some(&this), None),
        )?;
        own_ports.into_iter().for_each(|port| add_port(&mut here, port));
        here.channels.extend(own_channels.into_iter().map(|channel| (channel.member, channel.name)));
        let marks = marks_of(&here, device, labels);
        let heard = heard.into_iter().filter(|(by, claim)| *by != device.id && may_mean(claim, &marks));
        let claims: Vec<(i64, NeighborClaim)> =
            own.into_iter().chain(heard).map(|(device, claim)| (device.0, claim)).collect();
        // Whoever may be meant as well must be there to be told from the device.
        let wanted = wanted(&claims);
        let (ids, names) = try_join!(self.store.devices_with(&wanted), self.store.devices_labelled(&wanted.labels))?;
        let mut ids: BTreeSet<DeviceId> = ids.into_iter().collect();
        ids.extend(names.iter().filter(|(_, name)| wanted.labels.contains(&label(name))).map(|(id, _)| *id));
        ids.extend(claims.iter().map(|(device, _)| DeviceId(*device)));
        ids.remove(&device.id);
        let others: Vec<DeviceId> = ids.into_iter().collect();
        let filter = DeviceFilter { ids: Some(others.clone()), ..DeviceFilter::default() };
        let meant = ports_meant(&claims, wanted);
        let (devices, ports) = try_join!(self.store.devices(&filter), self.store.map_ports_meant(&others, &meant))?;
        let mut nodes: BTreeMap<DeviceId, Node> = devices.into_iter().map(|d| (d.id, node(d))).collect();
        add_ports(&mut nodes, ports);
        nodes.insert(device.id, here);
        Ok(topology::build(nodes.into_values().collect(), claims))
    }
}

/// What may name the device.
fn marks_of(here: &Node, device: &Device, labels: BTreeSet<String>) -> Marks {
    let macs = device.chassis_mac.into_iter().chain(here.port_macs.keys().copied()).collect();
    let addresses = here.addresses.iter().copied().chain(here.address).collect();
    Marks { labels, macs, addresses, ..Marks::default() }
}

fn may_mean(claim: &NeighborClaim, marks: &Marks) -> bool {
    let mac = claim.remote_chassis_id.as_deref().and_then(|id| id.parse::<Mac>().ok());
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
            marks.labels.insert(label(name));
        }
        marks.macs.extend(claim.remote_chassis_id.as_deref().and_then(|id| id.parse::<Mac>().ok()));
        marks.addresses.extend(claim.remote_address);
    }
    marks
}

/// What may name the far port in one of these claims, or by its MAC the device that it means.
fn ports_meant(claims: &[(i64, NeighborClaim)], wanted: Marks) -> PortMarks {
    let mut meant = PortMarks { macs: wanted.macs, ..PortMarks::default() };
    for (_, claim) in claims {
        for text in [&claim.remote_interface, &claim.remote_interface_description].into_iter().flatten() {
            // A name that a system lets people choose stands as it is.
            meant.names.extend([interface::canonical(text), text.trim().to_owned()]);
            meant.macs.extend(text.parse::<Mac>());
            meant.descriptions.insert(text.trim().to_owned());
        }
    }
    meant
}

/// A name up to its domain, or the serial number behind it; an address as it is.
fn label(name: &str) -> String {
    let name = name.trim().to_lowercase();
    if name.parse::<std::net::IpAddr>().is_ok() {
        return name;
    }
    name.split(['.', '(']).next().unwrap_or_default().trim().to_owned()
}
