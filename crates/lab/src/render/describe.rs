//! How a device presents itself to its neighbours: description, names, port ids.

use crate::world::{Device, Gadget, GadgetKind, Mac, Peer, Platform, Role, World, short_port};

/// The domain that IOS devices add to their name.
pub const DOMAIN: &str = "lab.example";

/// What a neighbour hears, whoever it is.
pub struct Heard {
    /// The LLDP system name.
    pub name: String,
    pub chassis: Mac,
    pub port_id: String,
    pub port_id_is_mac: bool,
    pub port_description: String,
    /// Lines of the system description.
    pub description: Vec<String>,
    /// Capabilities as single letters: `B`, `R`, `T`, `S`.
    pub capabilities: &'static [char],
    /// The CDP device id, platform, capabilities and port.
    pub cdp_id: String,
    pub cdp_platform: String,
    pub cdp_capabilities: &'static str,
    pub cdp_port: String,
}

pub fn heard(world: &World, peer: &Peer<'_>) -> Heard {
    match peer {
        Peer::Device { device, port } => from_device(world, device, *port),
        Peer::Gadget(gadget) => from_gadget(gadget),
        Peer::Dead { name, .. } => from_dead(name),
    }
}

fn from_device(world: &World, device: &Device, port: usize) -> Heard {
    let p = &device.ports[port];
    let (host, platform) = (device.hostname(), device.platform());
    let fqdn = format!("{host}.{DOMAIN}");
    let numeric = world.options.numeric_port_ids && platform == Platform::JuniperJunos && device.role == Role::Access;
    let (port_id, port_description) = match platform {
        Platform::JuniperJunos if numeric => ((502 + port).to_string(), p.name.clone()),
        Platform::CiscoIos => (short_port(&p.name), p.description.clone().unwrap_or_else(|| p.name.clone())),
        _ => (p.name.clone(), p.description.clone().unwrap_or_else(|| p.name.clone())),
    };
    let router = matches!(device.role, Role::Rtr);
    Heard {
        name: if platform == Platform::CiscoIos { fqdn.clone() } else { host.to_owned() },
        chassis: device.mac,
        port_id,
        port_id_is_mac: false,
        port_description,
        description: description(device),
        capabilities: if router { &['R'] } else { &['B', 'R'] },
        cdp_id: match platform {
            Platform::CiscoNxos => format!("{host}({})", device.serials[0]),
            _ => fqdn,
        },
        cdp_platform: match platform {
            Platform::CiscoNxos => device.model.part.to_owned(),
            _ => format!("cisco {}", device.model.name),
        },
        cdp_capabilities: match (platform, router) {
            (Platform::CiscoNxos, _) => "Router Switch IGMP Filtering Supports-STP-Dispute",
            (_, true) => "Router Source-Route-Bridge",
            _ => "Router Switch IGMP",
        },
        cdp_port: p.name.clone(),
    }
}

/// The software line(s) that a device advertises.
pub fn description(device: &Device) -> Vec<String> {
    let version = device.os_version;
    match device.platform() {
        Platform::CiscoIos => super::ios::version::software(device),
        Platform::CiscoNxos => vec![
            format!("Cisco Nexus Operating System (NX-OS) Software {version}"),
            "TAC support: http://www.cisco.com/tac".to_owned(),
            "Copyright (c) 2002-2022, Cisco Systems, Inc. All rights reserved.".to_owned(),
        ],
        Platform::AristaEos => {
            vec![format!("Arista Networks EOS version {version} running on an Arista Networks {}", device.model.name)]
        }
        Platform::JuniperJunos => {
            let kind = if device.model.name.starts_with("mx") { "internet router" } else { "Ethernet Switch" };
            vec![format!(
                "Juniper Networks, Inc. {} {kind}, kernel JUNOS {version}, Build date: 2022-08-11 09:12:44 UTC Copyright (c) 1996-2022 Juniper Networks, Inc.",
                device.model.name
            )]
        }
    }
}

/// The lines of its sysDescr.
pub fn system_description(device: &Device) -> Vec<String> {
    match device.platform() {
        Platform::CiscoNxos => {
            let version = device.os_version;
            vec![format!("Cisco NX-OS(tm) nxos, Software (nxos), Version {version}, RELEASE SOFTWARE")]
        }
        _ => description(device),
    }
}

/// Its sysName: IOS adds the domain.
pub fn system_name(device: &Device) -> String {
    match device.platform() {
        Platform::CiscoIos => format!("{}.{DOMAIN}", device.hostname()),
        _ => device.hostname().to_owned(),
    }
}

fn from_gadget(gadget: &Gadget) -> Heard {
    let phone = gadget.kind == GadgetKind::Phone;
    let (description, port, capabilities): (&str, &str, &'static [char]) = if phone {
        ("Cisco IP Phone 8845, V4, sip8845_65.14-1-1SR1-1", "Port 1", &['B', 'T'])
    } else {
        ("Debian GNU/Linux 12 (bookworm) Linux 6.1.0-13-amd64 x86_64", "eno1", &['S'])
    };
    let tail = gadget.mac.to_string().replace(':', "");
    Heard {
        name: gadget.name.clone(),
        chassis: gadget.mac,
        port_id: if phone { format!("{}:P1", tail.to_uppercase()) } else { gadget.mac.dotted() },
        port_id_is_mac: !phone,
        port_description: port.to_owned(),
        description: vec![description.to_owned()],
        capabilities,
        cdp_id: gadget.name.clone(),
        cdp_platform: "Cisco IP Phone 8845".to_owned(),
        cdp_capabilities: "Host Phone Two-port Mac Relay",
        cdp_port: port.to_owned(),
    }
}

fn from_dead(name: &str) -> Heard {
    Heard {
        name: name.to_owned(),
        chassis: Mac::new(0x00_1c_73, 0xde_ad00),
        port_id: "Ethernet1".to_owned(),
        port_id_is_mac: false,
        port_description: "Ethernet1".to_owned(),
        description: vec![
            "Arista Networks EOS version 4.28.5M running on an Arista Networks DCS-7050SX3-48YC8".to_owned(),
        ],
        capabilities: &['B', 'R'],
        cdp_id: name.to_owned(),
        cdp_platform: "cisco WS-C2960X-48TS-L".to_owned(),
        cdp_capabilities: "Switch IGMP",
        cdp_port: "GigabitEthernet1/0/1".to_owned(),
    }
}
