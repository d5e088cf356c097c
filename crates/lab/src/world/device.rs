//! A device and its interfaces.

use std::borrow::Cow;
use std::net::Ipv4Addr;

use super::catalog::{Model, Platform, Role};
use super::overrides::Overrides;
use super::past::Past;
use super::{End, Mac, Prefix, World};

/// What a port is used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    Routed {
        link: usize,
        addr: Ipv4Addr,
        net: Prefix,
    },
    Trunk {
        link: usize,
    },
    /// A member of the port channel at index `channel`, cabled to `far`.
    Member {
        channel: usize,
        far: End,
    },
    Edge {
        vlan: u16,
    },
    Shut,
}

#[derive(Debug)]
pub struct Port {
    /// The full name: `GigabitEthernet1/0/1`.
    pub name: String,
    pub description: Option<String>,
    pub usage: Use,
    /// Its cable was pulled.
    pub unplugged: bool,
    /// The number of the port channel that it is; its members are ports of their own.
    pub channel: Option<usize>,
}

/// A VLAN that a device has, and its address in it where there is one.
#[derive(Debug)]
pub struct Vlan {
    pub id: u16,
    pub name: Cow<'static, str>,
    pub net: Prefix,
    pub addr: Option<Ipv4Addr>,
}

/// A simulated network device.
#[derive(Debug)]
pub struct Device {
    pub id: usize,
    /// The name that the lab knows it by; what it calls itself is [`Device::hostname`].
    pub name: String,
    pub site: usize,
    pub role: Role,
    pub model: &'static Model,
    pub os_version: &'static str,
    /// One for each unit; the first is the chassis or the stack's active unit.
    pub serials: Vec<String>,
    /// The chassis address, which LLDP advertises.
    pub mac: Mac,
    /// The loopback address that the device listens on and advertises.
    pub address: Ipv4Addr,
    pub ports: Vec<Port>,
    pub vlans: Vec<Vlan>,
    pub ntp: Vec<Ipv4Addr>,
    pub uptime_minutes: u32,
    pub past: Past,
    /// Log-in ends in user mode and `enable` is needed.
    pub user_mode: bool,
    pub lldp: bool,
    pub cdp: bool,
    /// Ids of the hosts on its ports.
    pub hosts: Vec<usize>,
    /// For an access switch: the gateway that its trunk leads to.
    pub gateway: Option<usize>,
    pub overrides: Overrides,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfKind {
    Physical,
    Channel,
    Vlan,
    Loopback,
}

/// An interface with everything that an output says about it.
#[derive(Clone, Debug)]
pub struct Iface {
    pub name: String,
    pub kind: IfKind,
    pub description: Option<String>,
    pub addr: Option<(Ipv4Addr, u8)>,
    pub mac: Option<Mac>,
    pub up: bool,
    /// Nobody switched it off: it has no signal.
    pub unplugged: bool,
    pub mtu: u32,
    /// Mbit/s.
    pub speed: u32,
    /// The VLAN of an access port or of a VLAN interface.
    pub vlan: Option<u16>,
    pub trunk: bool,
    /// Position among its kind; a source of stable numbers.
    pub index: usize,
    /// The routing table that it is in, when that is not the global one.
    pub vrf: Option<&'static str>,
}

/// The second routing table of those switches that have one: of a tenant, who has a loopback in it.
pub const TENANT: &str = "blue";

impl Device {
    pub fn platform(&self) -> Platform {
        self.model.platform
    }

    /// What the device calls itself.
    pub fn hostname(&self) -> &str {
        self.overrides.hostname.as_deref().unwrap_or(&self.name)
    }

    /// The address of a port on the wire.
    pub fn port_mac(&self, port: usize) -> Mac {
        self.mac.plus(port + 1)
    }

    /// The address of a VLAN interface: IOS counts up, the others use the chassis address.
    pub fn vlan_mac(&self, index: usize) -> Mac {
        match self.platform() {
            Platform::CiscoIos => self.mac.plus(200 + index),
            _ => self.mac,
        }
    }

    /// The name of VLAN interface `id`: `Vlan100` or `irb.100`.
    pub fn vlan_name(&self, id: u16) -> String {
        match self.platform() {
            Platform::JuniperJunos => format!("irb.{id}"),
            _ => format!("Vlan{id}"),
        }
    }

    pub fn loopback_name(&self) -> &'static str {
        match self.platform() {
            Platform::CiscoNxos => "loopback0",
            Platform::JuniperJunos => "lo0.0",
            _ => "Loopback0",
        }
    }

    /// The name of a routed port as routes and ARP give it: Junos adds the unit.
    pub fn l3_name(&self, port: usize) -> String {
        let name = &self.ports[port].name;
        if self.platform() == Platform::JuniperJunos { format!("{name}.0") } else { name.clone() }
    }

    /// Every address the device listens on, the advertised one first.
    pub fn addresses(&self) -> impl Iterator<Item = Ipv4Addr> + '_ {
        std::iter::once(self.address).chain(self.overrides.second_address)
    }

    /// All interfaces: ports, port channels, VLAN interfaces, the loopback.
    pub fn interfaces(&self) -> Vec<Iface> {
        let of = |channels: bool| self.ports.iter().enumerate().filter(move |(_, p)| p.channel.is_some() == channels);
        let ports = of(false).chain(of(true)).map(|(i, p)| self.port_iface(i, p));
        let vlans = self.vlans.iter().enumerate().filter(|(_, v)| v.addr.is_some());
        let vlans = vlans.map(|(i, v)| Iface {
            name: self.vlan_name(v.id),
            kind: IfKind::Vlan,
            description: Some(v.name.to_string()),
            addr: v.addr.map(|a| (a, v.net.len)),
            mac: Some(self.vlan_mac(i)),
            up: true,
            unplugged: false,
            mtu: 1500,
            speed: 1000,
            vlan: Some(v.id),
            trunk: false,
            index: i,
            vrf: None,
        });
        let loopback = Iface {
            name: self.loopback_name().to_owned(),
            kind: IfKind::Loopback,
            description: Some("management".to_owned()),
            addr: Some((self.address, 32)),
            mac: None,
            up: true,
            unplugged: false,
            mtu: 1514,
            speed: 8000,
            vlan: None,
            trunk: false,
            index: 0,
            vrf: None,
        };
        let tenant = self.tenant_loopback().map(|name| Iface {
            name: name.to_owned(),
            description: Some(format!("of tenant {TENANT}")),
            addr: Some((self.tenant_address(), 32)),
            index: 100,
            vrf: Some(TENANT),
            ..loopback.clone()
        });
        ports.chain(vlans).chain([loopback]).chain(tenant).collect()
    }

    /// The interface in the second routing table.
    pub fn tenant_loopback(&self) -> Option<&'static str> {
        match (self.platform(), self.role) {
            (_, Role::Access) => None,
            (Platform::CiscoNxos, _) => Some("loopback100"),
            (Platform::CiscoIos | Platform::AristaEos, _) => Some("Loopback100"),
            (Platform::JuniperJunos, _) => Some("lo0.100"),
        }
    }

    pub fn tenant_address(&self) -> Ipv4Addr {
        let [.., high, low] = (self.id as u32).to_be_bytes();
        Ipv4Addr::new(10, 99, high, low)
    }

    /// The ports of a channel with their indexes.
    pub fn members(&self, channel: usize) -> impl Iterator<Item = (usize, &Port)> {
        let is_member = move |p: &Port| matches!(p.usage, Use::Member { channel: c, .. } if c == channel);
        self.ports.iter().enumerate().filter(move |(_, p)| is_member(p))
    }

    /// The port channels with their indexes.
    pub fn channels(&self) -> impl Iterator<Item = (usize, &Port)> {
        self.ports.iter().enumerate().filter(|(_, p)| p.channel.is_some())
    }

    /// The port that decides what a port is for: for a member its channel.
    pub fn leading<'a>(&'a self, port: &'a Port) -> &'a Port {
        match port.usage {
            Use::Member { channel, .. } => &self.ports[channel],
            _ => port,
        }
    }

    fn is_routed(&self, port: &Port) -> bool {
        matches!(self.leading(port).usage, Use::Routed { .. })
    }

    fn is_trunk(&self, port: &Port) -> bool {
        matches!(self.leading(port).usage, Use::Trunk { .. })
    }

    /// The networks that it has addresses in, whatever their state, sorted.
    pub fn networks(&self) -> Vec<Prefix> {
        let mut all: Vec<Prefix> = self
            .interfaces()
            .iter()
            .filter(|i| i.vrf.is_none())
            .filter_map(|i| i.addr.map(|(addr, len)| Prefix::of(addr, len)))
            .collect();
        all.sort_unstable();
        all
    }

    fn port_iface(&self, index: usize, port: &Port) -> Iface {
        let addr = match port.usage {
            Use::Routed { addr, net, .. } => Some((addr, net.len)),
            _ => None,
        };
        let vlan = match port.usage {
            Use::Edge { vlan } => Some(vlan),
            _ => None,
        };
        Iface {
            name: port.name.clone(),
            kind: if port.channel.is_some() { IfKind::Channel } else { IfKind::Physical },
            description: port.description.clone(),
            addr,
            mac: Some(self.port_mac(index)),
            up: port.usage != Use::Shut && !port.unplugged,
            unplugged: port.usage != Use::Shut && port.unplugged,
            mtu: if self.is_routed(port) { 9000 } else { 1500 },
            speed: match port.channel {
                Some(_) => self.members(index).map(|(_, p)| speed(&p.name)).sum(),
                None => speed(&port.name),
            },
            vlan,
            trunk: self.is_trunk(port),
            index,
            vrf: None,
        }
    }
}

/// Mbit/s, by the name of the port.
fn speed(name: &str) -> u32 {
    match name {
        n if n.starts_with("Gi") || n.starts_with("ge-") => 1000,
        n if n.starts_with("Twe") => 25_000,
        n if n.starts_with("et-") => 40_000,
        _ => 10_000,
    }
}

impl World {
    /// The port of a gateway that leads to one of its access switches.
    pub(crate) fn downlink(&self, gateway: usize, access: usize) -> Option<usize> {
        self.devices[gateway].ports.iter().position(|p| match p.usage {
            Use::Trunk { link } => !self.links[link].down && self.links[link].far(gateway).device == access,
            _ => false,
        })
    }

    /// The working trunk of an access switch: its own port.
    pub(crate) fn uplink(&self, access: &Device) -> Option<usize> {
        let gateway = access.gateway?;
        self.downlink(access.id, gateway)
    }

    /// The access switches that have this device as gateway.
    pub(crate) fn children<'a>(&'a self, gateway: &'a Device) -> impl Iterator<Item = &'a Device> + 'a {
        let site = &self.sites[gateway.site];
        site.devices.iter().map(|&id| &self.devices[id]).filter(move |d| d.gateway == Some(gateway.id))
    }
}
