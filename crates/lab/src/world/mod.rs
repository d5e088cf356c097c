//! The simulated network: sites, devices, cables and hosts.
//!
//! A world is a pure function of the number of devices and a seed. It holds what is plugged
//! into what; tables (ARP, MAC, routes, neighbours) are computed from that when asked, so that
//! two devices can never disagree about the cable between them.

pub(crate) mod acl;
mod build;
mod cables;
mod catalog;
mod components;
mod device;
mod edit;
mod hosts;
mod mac;
mod neighbors;
mod net;
mod overrides;
mod past;
mod paths;
mod plan;
mod routes;
mod sessions;
mod switching;
mod tables;
pub(crate) mod v6;

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::atomic::AtomicU32;

pub use catalog::{Platform, Ports, Role, short_port};
pub use components::Component;
pub use device::{Device, IfKind, Iface, Port, TENANT, Use, Vlan};
pub use edit::{Change, Edit, EditError, EditKind, ParseEditKindError};
pub use mac::Mac;
pub use neighbors::{Neighbor, Peer};
pub use net::{Prefix, site_aggregate};
pub use overrides::{Hostile, Overrides};
pub use past::Edited;
pub use plan::Speaks;
pub use routes::{Hop, Proto, RouteEntry, site_as};
pub use sessions::{BgpPath, BgpPeer, OspfPeer};
pub use switching::PortMode;
pub use tables::{ArpRow, MacRow};

/// What shapes a world beside its size and seed.
#[derive(Clone, Debug)]
pub struct WorldOptions {
    /// The loopback block that devices get their addresses from: a /16 starting here.
    pub base: Ipv4Addr,
    /// Junos access switches advertise an SNMP index as LLDP port id (their factory default)
    /// and the port name only as port description.
    pub numeric_port_ids: bool,
}

impl Default for WorldOptions {
    fn default() -> Self {
        Self { base: Ipv4Addr::new(127, 20, 0, 0), numeric_port_ids: false }
    }
}

/// A place with devices in it.
#[derive(Debug)]
pub struct Site {
    pub code: String,
    pub speaks: Speaks,
    /// The ids of its devices, in order.
    pub devices: Vec<usize>,
    /// The device that ends the cables to other sites.
    pub border: usize,
}

/// One end of a cable: device id and index into its ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub device: usize,
    pub port: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A routed cable inside a site.
    Cable,
    /// A routed cable between sites.
    Wan,
    /// A VLAN trunk from a gateway (end a) to an access switch (end b).
    Trunk { blocked: bool },
}

/// A cable between two devices and the protocols that are seen on it from both ends.
#[derive(Debug)]
pub struct Link {
    pub a: End,
    pub b: End,
    pub kind: LinkKind,
    pub lldp: bool,
    pub cdp: bool,
    /// The cable was pulled.
    pub down: bool,
}

impl Link {
    /// The other end, seen from a device.
    pub fn far(&self, device: usize) -> End {
        if self.a.device == device { self.b } else { self.a }
    }
}

/// A PC or server.
#[derive(Debug)]
pub struct Host {
    pub name: String,
    pub mac: Mac,
    pub ip: Ipv4Addr,
    pub vlan: u16,
    pub at: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GadgetKind {
    Phone,
    Server,
}

/// Something that speaks LLDP or CDP and is no network device.
#[derive(Debug)]
pub struct Gadget {
    pub name: String,
    pub mac: Mac,
    pub kind: GadgetKind,
    /// What it advertises as management address; nothing listens there.
    pub address: Option<Ipv4Addr>,
    pub at: End,
}

/// A simulated network.
#[derive(Debug)]
pub struct World {
    pub(crate) seed: u64,
    pub(crate) options: WorldOptions,
    pub(crate) sites: Vec<Site>,
    pub(crate) devices: Vec<Device>,
    pub(crate) links: Vec<Link>,
    pub(crate) hosts: Vec<Host>,
    pub(crate) gadgets: Vec<Gadget>,
    pub(crate) host_mac_base: u32,
    /// Minutes since the lab was started; uptimes count on.
    pub(crate) minutes: AtomicU32,
    /// Links whose cable was pulled, the last one last.
    pub(crate) pulled: Vec<usize>,
    names: HashMap<String, usize>,
}

impl World {
    /// Grows a network of `devices` devices. The same arguments give the same network.
    pub fn generate(devices: usize, seed: u64, options: &WorldOptions) -> Self {
        build::build(devices.max(1), seed, options)
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The start of the loopback block that the devices live in.
    pub fn base(&self) -> Ipv4Addr {
        self.options.base
    }

    pub fn devices(&self) -> &[Device] {
        &self.devices
    }

    /// A device by the name it was given at birth.
    pub fn device(&self, name: &str) -> Option<&Device> {
        self.names.get(name).map(|&id| &self.devices[id])
    }

    /// The time of day in the lab, which starts at nine.
    pub(crate) fn clock(&self) -> String {
        let minutes = 9 * 60 + self.minutes.load(std::sync::atomic::Ordering::Relaxed);
        format!("{:02}:{:02}:07", minutes / 60 % 24, minutes % 60)
    }

    pub fn site_count(&self) -> usize {
        self.sites.len()
    }

    pub(crate) fn site(&self, device: &Device) -> &Site {
        &self.sites[device.site]
    }

    /// The n-th address of the lab's loopback block; .0 and .255 are left out.
    pub(crate) fn block_address(base: Ipv4Addr, n: usize) -> Ipv4Addr {
        let offset = (n / 250) * 256 + n % 250 + 1;
        Ipv4Addr::from(u32::from(base) + offset as u32)
    }
}
