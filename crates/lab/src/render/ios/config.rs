//! The running configuration.

use super::super::describe::DOMAIN;
use crate::world::{BgpPeer, Device, LinkKind, Proto, Role, TENANT, Use, World, acl, site_aggregate};

pub fn show(world: &World, device: &Device) -> String {
    let config = running(world, device);
    let stamp = |at: jiff::civil::DateTime| at.strftime("%H:%M:%S UTC %a %b %-d %Y").to_string();
    let (size, by) = (config.len() + 70, &device.past.edited.by);
    let (edited, saved) = (stamp(device.past.edited.at), stamp(device.past.saved_at()));
    format!(
        "Building configuration...\n\nCurrent configuration : {size} bytes\n!\n\
         ! Last configuration change at {edited} by {by}\n\
         ! NVRAM config last updated at {saved} by {by}\n!\n{config}"
    )
}

pub fn running(world: &World, device: &Device) -> String {
    let mut out = String::new();
    head(&mut out, device);
    for vlan in device.vlans.iter().filter(|_| device.role != Role::Rtr) {
        say!(out, "vlan {}\n name {}\n!", vlan.id, vlan.name);
    }
    interfaces(&mut out, world, device);
    routing(&mut out, world, device);
    tail(&mut out, device);
    out
}

fn head(out: &mut String, device: &Device) {
    let version = device.os_version.split('.').take(2).collect::<Vec<_>>().join(".");
    let version = version.split('(').next().unwrap_or("15.2");
    say!(out, "version {version}");
    say!(out, "service timestamps debug datetime msec");
    say!(out, "service timestamps log datetime msec");
    say!(out, "service password-encryption\n!");
    say!(out, "hostname {}\n!", device.hostname());
    if device.tenant_loopback().is_some() {
        say!(out, "vrf definition {TENANT}\n !\n address-family ipv4\n exit-address-family\n!");
    }
    say!(out, "boot-start-marker\nboot-end-marker\n!");
    say!(out, "enable secret 9 $9$lab{:06x}$FAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFA", device.id);
    say!(out, "!\naaa new-model\n!\naaa group server radius ISE\n server name ise-1\n!");
    say!(out, "aaa authentication login default group tacacs+ local\naaa authentication login CONSOLE local");
    say!(out, "aaa authorization exec default group tacacs+ local ");
    say!(out, "aaa accounting exec default start-stop group tacacs+\n!");
    say!(out, "aaa session-id common\nclock timezone UTC 0 0");
    say!(out, "ip domain name {DOMAIN}\n!");
    say!(
        out,
        "username admin privilege 15 secret 9 $9$FAKE{:04x}$NotARealHashNotARealHashNotARealHashNotAReal",
        device.id
    );
    say!(out, "username backup password 7 0822455D0A16{:04X}", device.id % 65_536);
    say!(out, "!\n{}", if device.cdp { "cdp run" } else { "no cdp run" });
    say!(out, "{}\n!", if device.lldp { "lldp run" } else { "no lldp run" });
}

fn interfaces(out: &mut String, world: &World, device: &Device) {
    say!(out, "interface {}", device.loopback_name());
    say!(out, " description management");
    say!(out, " ip address {} 255.255.255.255\n!", device.address);
    if let Some(name) = device.tenant_loopback() {
        say!(out, "interface {name}\n description of tenant {TENANT}\n vrf forwarding {TENANT}");
        say!(out, " ip address {} 255.255.255.255\n!", device.tenant_address());
    }
    // Channels come before their members.
    let (channels, cables): (Vec<_>, Vec<_>) = device.ports.iter().partition(|p| p.channel.is_some());
    for port in channels.into_iter().chain(cables) {
        say!(out, "interface {}", port.name);
        if let Some(text) = &port.description {
            say!(out, " description {text}");
        }
        match port.usage {
            Use::Member { channel, .. } => {
                let leading = &device.ports[channel];
                match leading.usage {
                    Use::Trunk { .. } => {
                        say!(out, " switchport trunk allowed vlan {}\n switchport mode trunk", vlan_list(device));
                    }
                    _ => say!(out, " no switchport\n mtu 9000\n no ip address"),
                }
                say!(out, " channel-group {} mode active", leading.channel.unwrap_or(1));
            }
            Use::Routed { addr, net, link } => {
                if device.role != Role::Rtr {
                    say!(out, " no switchport");
                }
                say!(out, " mtu 9000\n ip address {addr} {}", net.mask());
                if world.links[link].kind == LinkKind::Cable {
                    say!(out, " ip ospf message-digest-key 1 md5 7 1511021F0725");
                    say!(out, " ip ospf network point-to-point");
                }
            }
            Use::Trunk { .. } => {
                say!(out, " switchport trunk allowed vlan {}\n switchport mode trunk", vlan_list(device))
            }
            Use::Edge { vlan } => {
                say!(out, " switchport access vlan {vlan}\n switchport mode access\n spanning-tree portfast");
            }
            Use::Shut => say!(out, " shutdown"),
        }
        say!(out, "!");
    }
    for vlan in &device.vlans {
        if let Some(addr) = vlan.addr {
            say!(
                out,
                "interface Vlan{}\n description {}\n ip address {addr} {}\n!",
                vlan.id,
                vlan.name,
                vlan.net.mask()
            );
        }
    }
}

pub fn vlan_list(device: &Device) -> String {
    device.vlans.iter().map(|v| v.id.to_string()).collect::<Vec<_>>().join(",")
}

fn routing(out: &mut String, world: &World, device: &Device) {
    if device.role != Role::Access {
        say!(out, "router ospf 1\n router-id {}", device.address);
        let stub = if device.role == Role::Leaf { " area 0.0.0.1 stub no-summary\n" } else { "" };
        out.push_str(stub);
        for net in device.networks() {
            say!(out, " network {} {} area 0", net.addr, net.wildcard());
        }
        say!(out, " redistribute static subnets\n!");
    }
    if matches!(device.role, Role::Rtr | Role::Core) {
        say!(out, "router bgp {}", 65_001 + device.site);
        say!(out, " bgp router-id {}\n bgp log-neighbor-changes", device.address);
        say!(out, " network {} mask 255.255.0.0", site_aggregate(device.site).addr);
        for BgpPeer { address: addr, remote_as, wan, name, .. } in world.bgp_peers(device) {
            say!(out, " neighbor {addr} remote-as {remote_as}\n neighbor {addr} description {name}");
            if wan {
                say!(out, " neighbor {addr} password 7 13061E010803");
            }
        }
        say!(out, "!");
    }
    for route in world.routes(device).iter().filter(|r| r.proto == Proto::Static) {
        if let Some(ip) = route.hops[0].ip {
            say!(out, "ip route {} {} {ip}", route.prefix.addr, route.prefix.mask());
        }
    }
    say!(out, "ip forward-protocol nd\nno ip http server\nip ssh version 2\n!");
}

fn tail(out: &mut String, device: &Device) {
    say!(out, "ip access-list standard MGMT\n permit 127.0.0.0 0.255.255.255\n deny   any log\n!");
    say!(out, "ip access-list extended {}", acl::NAME);
    for (i, rule) in device.acl().iter().enumerate() {
        let number = if device.model.xe { format!("{} ", i * 10 + 10) } else { String::new() };
        say!(out, " {number}{}", rule.text);
    }
    say!(out, "!");
    say!(out, "logging buffered 64000 informational\nlogging trap notifications\nlogging source-interface Loopback0");
    say!(out, "logging host 10.255.0.10\n!\nsnmp-server group NETOPS v3 priv ");
    say!(out, "snmp-server community fakeR0-{:04} RO MGMT", device.id);
    say!(out, "snmp-server community fakeRW-do-not-use RW MGMT");
    say!(out, "snmp-server location {}", device.name.split('-').next().unwrap_or("lab"));
    say!(out, "snmp-server contact noc@{DOMAIN}\n!");
    say!(out, "snmp-server host 10.255.0.20 version 2c fakeTrap");
    say!(out, "!\nradius server ise-1\n address ipv4 10.255.0.31 auth-port 1812 acct-port 1813\n timeout 3");
    say!(out, " key 7 070C285F4D{:02X}\n!", device.id % 256);
    say!(out, "tacacs server T1\n address ipv4 10.255.0.20\n key 7 0314480E15012F{:02X}\n!", device.id % 256);
    say!(out, "banner motd ^C\n*** {} # authorised use only > ***\n^C\n!", device.hostname());
    say!(out, "line con 0\n exec-timeout 10 0\n logging synchronous\n login authentication CONSOLE\n stopbits 1");
    say!(out, "line vty 0 4\n access-class MGMT in\n exec-timeout 15 0\n password 7 060506324F41");
    say!(out, " transport input ssh\nline vty 5 15\n transport input ssh\n!");
    if !device.model.xe {
        say!(out, "ntp clock-period {}", 17_179_870 + device.past.noise * 3);
    }
    device.ntp.iter().for_each(|server| say!(out, "ntp server {server}"));
    say!(out, "!\nend\n");
}
