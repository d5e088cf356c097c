//! The running configuration.

use super::super::describe::DOMAIN;
use super::super::ios::config::vlan_list;
use crate::world::{BgpPeer, Device, LinkKind, Proto, Role, TENANT, Use, World, acl, site_aggregate};

pub fn show(world: &World, device: &Device) -> String {
    stamp(world, device, "show running-config") + &running(world, device)
}

/// What stands above each part of a configuration.
pub fn stamp(world: &World, device: &Device, command: &str) -> String {
    let now = world.clock();
    let edit = device.past.edited.at.strftime("%a %b %e %H:%M:%S %Y");
    format!(
        "\n!Command: {command}\n!Running configuration last done at: {edit}\n\
         !Time: Tue Mar {:>2} {now} 2024\n\n",
        5 + device.past.noise * 7 % 21
    )
}

pub fn running(world: &World, device: &Device) -> String {
    let mut out = String::new();
    head(&mut out, device);
    vlans(&mut out, device);
    ports(&mut out, world, device);
    routing(&mut out, world, device);
    out
}

fn head(out: &mut String, device: &Device) {
    say!(out, "version {} Bios:version 05.47 ", device.os_version);
    say!(out, "hostname {}\n", device.hostname());
    say!(out, "feature tacacs+\ncfs eth distribute\nfeature ospf\nfeature bgp\nfeature interface-vlan\nfeature lacp");
    if device.lldp {
        say!(out, "feature lldp");
    }
    if !device.cdp {
        say!(out, "no cdp enable");
    }
    say!(out, "\nno password strength-check");
    say!(
        out,
        "username admin password 5 $5$FAKE{:04x}$NotARealHashNotARealHashNotARealHash  role network-admin",
        device.id
    );
    say!(out, "ip domain-lookup");
    say!(out, "tacacs-server host 10.255.0.20 key 7 \"fewhgFAKE{:02x}\" ", device.id % 256);
    say!(out, "aaa group server tacacs+ T1 \n    server 10.255.0.20 ");
    say!(
        out,
        "snmp-server user admin network-admin auth md5 0xfa4e{:028x} priv 0xfa4e{0:028x} localizedkey",
        device.id
    );
    say!(
        out,
        "snmp-server contact noc@{DOMAIN}\nsnmp-server location {}",
        device.name.split('-').next().unwrap_or("lab")
    );
    say!(out, "snmp-server host 10.255.0.20 traps version 2c fakeTrap");
    say!(out, "snmp-server community fakeR0-{:04} group network-operator", device.id);
    device.ntp.iter().for_each(|server| say!(out, "ntp server {server} use-vrf default"));
    say!(
        out,
        "radius-server host 10.255.0.31 key 7 \"fewhgFAKE{:02x}\" auth-port 1812 acct-port 1813 authentication accounting timeout 3 ",
        device.id % 256
    );
    say!(out, "aaa group server radius ISE \n    server 10.255.0.31 ");
    say!(out, "aaa authentication login default group T1 local \naaa authentication login console local ");
    say!(out, "aaa authorization commands default group T1 local \naaa accounting default group T1 local ");
    say!(
        out,
        "logging logfile messages 6 \nlogging server 10.255.0.10 5 use-vrf default facility local6\nlogging monitor 6\n"
    );
    say!(out, "ip access-list {}", acl::NAME);
    device.acl().iter().enumerate().for_each(|(i, rule)| say!(out, "  {} {} ", i * 10 + 10, rule.text));
    say!(out);
}

fn vlans(out: &mut String, device: &Device) {
    let list = vlan_list(device);
    say!(out, "vlan 1{}{list}", if list.is_empty() { "" } else { "," });
    device.vlans.iter().for_each(|v| say!(out, "vlan {}\n  name {}", v.id, v.name));
    say!(out, "\nvrf context management\n");
    if device.tenant_loopback().is_some() {
        say!(out, "vrf context {TENANT}\n");
    }
    for vlan in &device.vlans {
        if let Some(addr) = vlan.addr {
            let (id, name, len) = (vlan.id, &vlan.name, vlan.net.len);
            say!(out, "interface Vlan{id}\n  description {name}\n  no shutdown\n  ip address {addr}/{len}");
            say!(out, "  ip router ospf 1 area 0.0.0.0\n");
        }
    }
}

fn ports(out: &mut String, world: &World, device: &Device) {
    // Channels come before their members.
    let (channels, cables): (Vec<_>, Vec<_>) = device.ports.iter().partition(|p| p.channel.is_some());
    for port in channels.into_iter().chain(cables) {
        say!(out, "interface {}", port.name);
        if let Some(text) = &port.description {
            say!(out, "  description {text}");
        }
        match port.usage {
            Use::Member { channel, .. } => {
                let leading = &device.ports[channel];
                match leading.usage {
                    Use::Trunk { .. } => {
                        say!(out, "  switchport\n  switchport mode trunk");
                        say!(out, "  switchport trunk allowed vlan {}", vlan_list(device));
                    }
                    _ => say!(out, "  no switchport\n  mtu 9000"),
                }
                say!(out, "  channel-group {} mode active\n  no shutdown", leading.channel.unwrap_or(1));
            }
            Use::Routed { addr, net, link } => {
                say!(out, "  no switchport\n  mtu 9000\n  ip address {addr}/{}", net.len);
                if world.links[link].kind == LinkKind::Cable {
                    say!(out, "  ip ospf authentication-key 3 fa4e9f3c1d\n  ip ospf network point-to-point");
                    say!(out, "  ip router ospf 1 area 0.0.0.0");
                }
                say!(out, "  no shutdown");
            }
            Use::Trunk { .. } => {
                say!(
                    out,
                    "  switchport\n  switchport mode trunk\n  switchport trunk allowed vlan {}",
                    vlan_list(device)
                );
                say!(out, "  no shutdown");
            }
            Use::Edge { vlan } => say!(out, "  switchport\n  switchport access vlan {vlan}\n  no shutdown"),
            Use::Shut => say!(out, "  shutdown"),
        }
        say!(out);
    }
    say!(out, "interface loopback0\n  description management\n  ip address {}/32\n", device.address);
    if let Some(name) = device.tenant_loopback() {
        say!(out, "interface {name}\n  description of tenant {TENANT}\n  vrf member {TENANT}");
        say!(out, "  ip address {}/32\n", device.tenant_address());
    }
}

fn routing(out: &mut String, world: &World, device: &Device) {
    say!(
        out,
        "line console\n  exec-timeout 15\n  speed 9600\nline vty\n  session-limit 16\n  exec-timeout 30\n  access-class MGMT in"
    );
    for route in world.routes(device).iter().filter(|r| r.proto == Proto::Static) {
        if let Some(ip) = route.hops[0].ip {
            say!(out, "ip route {} {ip}", route.prefix);
        }
    }
    say!(out, "router ospf 1\n  router-id {}\n  redistribute static route-map ALL", device.address);
    if matches!(device.role, Role::Rtr | Role::Core) {
        say!(out, "router bgp {}\n  router-id {}", 65_001 + device.site, device.address);
        say!(out, "  address-family ipv4 unicast\n    network {}", site_aggregate(device.site));
        for BgpPeer { address: addr, remote_as, wan, name, .. } in world.bgp_peers(device) {
            say!(out, "  neighbor {addr}\n    remote-as {remote_as}\n    description {name}");
            if wan {
                say!(out, "    password 3 fa4e0123456789ab");
            }
            say!(out, "    address-family ipv4 unicast");
        }
    }
    say!(out, "\nbanner motd #\n{} authorised use only > \n#\n\n", device.hostname().replace('#', ""));
}
