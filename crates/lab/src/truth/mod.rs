//! The ground truth: what a collector that makes no mistake finds.
//!
//! Row for row what a perfect parse of the outputs gives, in one spelling for all vendors:
//! interface names in full, MAC addresses as `aa:bb:cc:dd:ee:ff`, one route row for each next
//! hop. A table that the vendor does not print (IOS prints its own ARP entries, EOS does not)
//! has no rows here either.

mod differences;
pub(crate) mod facts;
mod rows;

pub use differences::{Differences, Expected};
pub use facts::Facts;
pub use rows::{
    Truth, TruthArp, TruthComponent, TruthDevice, TruthEnd, TruthGadget, TruthHost, TruthInterface, TruthLink,
    TruthMac, TruthNeighbor, TruthRoute,
};

use crate::world::{Device, End, GadgetKind, IfKind, Peer, Platform, Proto, TENANT, Use, World};

impl World {
    /// The whole truth. At 10,000 devices this is some hundred megabytes of rows.
    pub fn truth(&self) -> Truth {
        let mut truth = Truth {
            seed: self.seed().to_string(),
            sites: self.sites.iter().map(|s| s.code.clone()).collect(),
            devices: self.devices.iter().map(|d| self.truth_device(d)).collect(),
            links: self.truth_links(),
            neighbors: Vec::new(),
            arp: Vec::new(),
            mac: Vec::new(),
            routes: Vec::new(),
            interfaces: Vec::new(),
            components: Vec::new(),
            hosts: self.truth_hosts(),
            not_devices: self.truth_gadgets(),
            facts: facts::KINDS.iter().filter_map(|k| Some((k.name.into(), self.facts(k.name)?))).collect(),
        };
        for device in &self.devices {
            self.truth_neighbors(device, &mut truth.neighbors);
            self.truth_tables(device, &mut truth);
            self.truth_routes(device, &mut truth.routes);
            truth_interfaces(device, &mut truth.interfaces);
        }
        truth
    }

    fn end(&self, end: crate::world::End) -> TruthEnd {
        let device = &self.devices[end.device];
        TruthEnd { device: device.name.clone(), port: device.ports[end.port].name.clone() }
    }

    fn truth_device(&self, d: &Device) -> TruthDevice {
        TruthDevice {
            name: d.name.clone(),
            hostname: d.hostname().to_owned(),
            address: d.address,
            addresses: d.addresses().collect(),
            site: self.sites[d.site].code.clone(),
            role: d.role.as_str().into(),
            platform: d.platform().as_str().into(),
            vendor: d.platform().vendor().into(),
            model: d.model.name.to_owned(),
            os_version: d.os_version.to_owned(),
            serials: d.serials.clone(),
            chassis_mac: d.mac,
            lldp: d.lldp,
            cdp: d.cdp,
        }
    }

    fn truth_links(&self) -> Vec<TruthLink> {
        // A port channel is as many links as it has cables.
        let cables = |l: &crate::world::Link| -> Vec<_> {
            let a = &self.devices[l.a.device];
            let members = a.members(l.a.port).filter_map(|(i, port)| match port.usage {
                Use::Member { far, .. } => Some((End { device: l.a.device, port: i }, far)),
                _ => None,
            });
            let members: Vec<_> = members.collect();
            if members.is_empty() { vec![(l.a, l.b)] } else { members }
        };
        let link = |l: &crate::world::Link, (a, b): (End, End)| TruthLink {
            a: self.end(a),
            b: self.end(b),
            protocols: [(l.lldp, "lldp"), (l.cdp, "cdp")].into_iter().filter(|p| p.0).map(|p| p.1.into()).collect(),
        };
        let up = self.links.iter().filter(|l| !l.down);
        up.flat_map(|l| cables(l).into_iter().map(move |ends| link(l, ends))).collect()
    }

    fn truth_neighbors(&self, device: &Device, rows: &mut Vec<TruthNeighbor>) {
        for n in self.neighbors(device) {
            let (name, port, is_device) = match &n.peer {
                Peer::Device { device, port } => {
                    (device.hostname().to_owned(), Some(device.ports[*port].name.clone()), true)
                }
                Peer::Gadget(g) => (g.name.clone(), None, false),
                Peer::Dead { name, .. } => ((*name).to_owned(), None, false),
            };
            for (on, protocol) in [(n.lldp, "lldp"), (n.cdp, "cdp")] {
                if on {
                    rows.push(TruthNeighbor {
                        device: device.name.clone(),
                        port: device.ports[n.port].name.clone(),
                        protocol: protocol.into(),
                        neighbor: name.clone(),
                        neighbor_port: port.clone(),
                        address: n.address,
                        is_device,
                    });
                }
            }
        }
    }

    fn truth_tables(&self, d: &Device, truth: &mut Truth) {
        truth.arp.extend(self.arp(d).into_iter().map(|row| TruthArp {
            device: d.name.clone(),
            ip: row.ip,
            mac: row.mac,
            interface: row.interface,
            vrf: "default".into(),
            own: row.own,
        }));
        truth.mac.extend(self.mac_table(d).into_iter().map(|row| TruthMac {
            device: d.name.clone(),
            vlan: row.vlan,
            mac: row.mac,
            interface: row.interface,
            kind: if row.dynamic { "dynamic" } else { "static" }.into(),
        }));
        truth.components.extend(self.components(d).into_iter().map(|part| TruthComponent {
            device: d.name.clone(),
            name: part.name,
            part_id: part.part_id,
            serial: part.serial,
        }));
    }

    fn truth_routes(&self, device: &Device, rows: &mut Vec<TruthRoute>) {
        let tenant = self.tenant_routes(device).into_iter().map(|route| (TENANT, route));
        for (vrf, route) in self.routes(device).into_iter().map(|route| ("default", route)).chain(tenant) {
            let silent = hides_interface(device, route.proto);
            rows.extend(route.hops.into_iter().map(|hop| TruthRoute {
                device: device.name.clone(),
                vrf: vrf.into(),
                prefix: route.prefix,
                protocol: protocol(route.proto).into(),
                next_hop: hop.ip,
                interface: (!silent).then_some(hop.interface),
            }));
        }
    }

    fn truth_hosts(&self) -> Vec<TruthHost> {
        let host = |h: &crate::world::Host| {
            let TruthEnd { device, port } = self.end(h.at);
            TruthHost { name: h.name.clone(), mac: h.mac, ip: h.ip, vlan: h.vlan, device, port }
        };
        self.hosts.iter().map(host).collect()
    }

    fn truth_gadgets(&self) -> Vec<TruthGadget> {
        let gadget = |g: &crate::world::Gadget| {
            let TruthEnd { device, port } = self.end(g.at);
            let kind = if g.kind == GadgetKind::Phone { "phone" } else { "server" };
            TruthGadget { name: g.name.clone(), kind: kind.into(), mac: g.mac, address: g.address, device, port }
        };
        self.gadgets.iter().map(gadget).collect()
    }
}

/// Whether the vendor's table leaves out the interface of such a route.
fn hides_interface(device: &Device, proto: Proto) -> bool {
    let bgp = matches!(proto, Proto::BgpExternal | Proto::BgpInternal);
    match device.platform() {
        Platform::CiscoIos => bgp || proto == Proto::Static,
        Platform::CiscoNxos => bgp,
        _ => false,
    }
}

fn protocol(proto: Proto) -> &'static str {
    match proto {
        Proto::Connected => "connected",
        Proto::Local => "local",
        Proto::Static => "static",
        Proto::Ospf | Proto::OspfInter | Proto::OspfExternal => "ospf",
        Proto::BgpExternal | Proto::BgpInternal => "bgp",
    }
}

/// Junos shows a port and its unit as two interfaces, and `irb` and `lo0` above theirs.
fn truth_interfaces(device: &Device, rows: &mut Vec<TruthInterface>) {
    let junos = device.platform() == Platform::JuniperJunos;
    let all = device.interfaces();
    let row = |name: String, description, address, mac, up| TruthInterface {
        device: device.name.clone(),
        name,
        description,
        address,
        mac,
        up,
    };
    if junos {
        if all.iter().any(|i| i.kind == IfKind::Vlan) {
            rows.push(row("irb".to_owned(), None, None, Some(device.mac), true));
        }
        rows.push(row("lo0".to_owned(), None, None, None, true));
    }
    for i in all {
        let address = i.addr.map(|(a, len)| format!("{a}/{len}"));
        let split = junos && matches!(i.kind, IfKind::Physical | IfKind::Channel);
        if split && i.up {
            rows.push(row(format!("{}.0", i.name), None, address.clone(), None, true));
        }
        let description = i.description.filter(|_| !(junos && i.kind == IfKind::Loopback));
        let mac = i.mac.filter(|_| !(junos && i.kind == IfKind::Vlan));
        rows.push(row(i.name, description, address.filter(|_| !split), mac, i.up));
    }
}
