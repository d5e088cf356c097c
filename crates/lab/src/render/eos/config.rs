//! The running configuration.

use super::super::describe::DOMAIN;
use super::super::ios::config::vlan_list;
use crate::world::{BgpPeer, Device, LinkKind, Proto, Role, TENANT, Use, World, acl, site_aggregate};

pub fn show(world: &World, device: &Device) -> String {
    running(world, device)
}

pub fn running(world: &World, device: &Device) -> String {
    let mut out = String::new();
    head(&mut out, device);
    ports(&mut out, world, device);
    routing(&mut out, world, device);
    out
}

fn head(out: &mut String, device: &Device) {
    say!(out, "! Command: show running-config");
    say!(out, "! device: {} ({}, EOS-{})\n!", device.hostname(), device.model.name, device.os_version);
    say!(out, "! boot system flash:/EOS-{}.swi\n!", device.os_version);
    say!(out, "transceiver qsfp default-mode 4x10G\n!\nservice routing protocols model multi-agent\n!");
    say!(out, "hostname {}\nip name-server vrf default 10.255.0.53\n!", device.hostname());
    device.ntp.iter().for_each(|server| say!(out, "ntp server {server}"));
    say!(out, "!\nsnmp-server community fakeR0-{:04} ro", device.id);
    say!(out, "snmp-server contact noc@{DOMAIN}\nsnmp-server host 10.255.0.20 version 2c fakeTrap");
    say!(out, "snmp-server location {}\n!", device.name.split('-').next().unwrap_or("lab"));
    say!(out, "spanning-tree mode mstp\n!");
    say!(out, "tacacs-server host 10.255.0.20 key 7 0314480E15012F{:02X}\n!", device.id % 256);
    say!(out, "radius-server host 10.255.0.31 timeout 3 key 7 070C285F4D{:02X}\n!", device.id % 256);
    say!(out, "aaa group server radius ISE\n   server 10.255.0.31\n!");
    say!(out, "aaa authentication login default group tacacs+ local\naaa authentication login console local");
    say!(out, "aaa authorization exec default local\naaa accounting exec default start-stop group tacacs+\n!");
    say!(out, "logging buffered 10000 debugging\nlogging trap notifications\nlogging host 10.255.0.10\n!");
    say!(out, "enable password sha512 $6$FAKE{:04x}$NotARealHashNotARealHashNotARealHash", device.id);
    say!(out, "no aaa root\n!");
    say!(
        out,
        "username admin privilege 15 role network-admin secret sha512 $6$FAKE{:04x}$NotARealHashNotARealHash\n!",
        device.id
    );
    device.vlans.iter().for_each(|v| say!(out, "vlan {}\n   name {}\n!", v.id, v.name));
    if device.tenant_loopback().is_some() {
        say!(out, "vrf instance {TENANT}\n!");
    }
}

fn ports(out: &mut String, world: &World, device: &Device) {
    // Channels come before their members.
    let (channels, cables): (Vec<_>, Vec<_>) = device.ports.iter().partition(|p| p.channel.is_some());
    for port in channels.into_iter().chain(cables) {
        say!(out, "interface {}", port.name);
        if let Some(text) = &port.description {
            say!(out, "   description {text}");
        }
        match port.usage {
            Use::Member { channel, .. } => {
                say!(out, "   channel-group {} mode active", device.ports[channel].channel.unwrap_or(1));
            }
            Use::Routed { addr, net, link } => {
                say!(out, "   mtu 9000\n   no switchport\n   ip address {addr}/{}", net.len);
                if world.links[link].kind == LinkKind::Cable {
                    say!(
                        out,
                        "   ip ospf network point-to-point\n   ip ospf message-digest-key 1 md5 7 FAKEq8wd{:02x}",
                        net.len
                    );
                }
            }
            Use::Trunk { .. } => {
                say!(out, "   switchport trunk allowed vlan {}\n   switchport mode trunk", vlan_list(device));
            }
            Use::Edge { vlan } => say!(out, "   switchport access vlan {vlan}"),
            Use::Shut => say!(out, "   shutdown"),
        }
        say!(out, "!");
    }
    say!(out, "interface Loopback0\n   description management\n   ip address {}/32\n!", device.address);
    if let Some(name) = device.tenant_loopback() {
        say!(out, "interface {name}\n   description of tenant {TENANT}\n   vrf {TENANT}");
        say!(out, "   ip address {}/32\n!", device.tenant_address());
    }
    for vlan in &device.vlans {
        if let Some(addr) = vlan.addr {
            say!(
                out,
                "interface Vlan{}\n   description {}\n   ip address {addr}/{}\n!",
                vlan.id,
                vlan.name,
                vlan.net.len
            );
        }
    }
}

fn routing(out: &mut String, world: &World, device: &Device) {
    say!(out, "ip access-list {}", acl::NAME);
    device.acl().iter().enumerate().for_each(|(i, rule)| say!(out, "   {} {}", i * 10 + 10, rule.text));
    say!(out, "!\nip routing\n!");
    for route in world.routes(device).iter().filter(|r| r.proto == Proto::Static) {
        if let Some(ip) = route.hops[0].ip {
            say!(out, "ip route {} {ip}", route.prefix);
        }
    }
    if matches!(device.role, Role::Rtr | Role::Core) {
        say!(out, "!\nrouter bgp {}\n   router-id {}", 65_001 + device.site, device.address);
        for BgpPeer { address: addr, remote_as, wan, name, .. } in world.bgp_peers(device) {
            say!(out, "   neighbor {addr} remote-as {remote_as}\n   neighbor {addr} description {name}");
            if wan {
                say!(out, "   neighbor {addr} password 7 FAKEx3YtLdVrq9E=");
            }
        }
        say!(out, "   network {}", site_aggregate(device.site));
    }
    if device.role != Role::Access {
        say!(out, "!\nrouter ospf 1\n   router-id {}", device.address);
        device.networks().iter().for_each(|net| say!(out, "   network {net} area 0.0.0.0"));
        say!(out, "   redistribute static\n   max-lsa 12000");
    }
    say!(
        out,
        "!\nmanagement console\n   idle-timeout 15\n!\nmanagement ssh\n   idle-timeout 10\n   connection limit 50"
    );
    say!(out, "!\nbanner motd\n{} # authorised use only >\nEOF\n!\nend", device.hostname());
}
