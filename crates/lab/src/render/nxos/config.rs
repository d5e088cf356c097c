//! The running configuration.

use super::super::ios::config::{bgp_neighbors, vlan_list};
use crate::world::{Device, LinkKind, Proto, Role, Use, World, acl, site_aggregate};

pub fn show(world: &World, device: &Device) -> String {
    let (config, now) = (running(world, device), world.clock());
    let edit = device.past.edited.at.strftime("%a %b %e %H:%M:%S %Y");
    format!(
        "\n!Command: show running-config\n!Running configuration last done at: {edit}\n\
         !Time: Tue Mar {:>2} {now} 2024\n\n{config}",
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
    say!(out, "feature tacacs+\ncfs eth distribute\nfeature ospf\nfeature bgp\nfeature interface-vlan");
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
    say!(out, "snmp-server community fakeR0-{:04} group network-operator", device.id);
    device.ntp.iter().for_each(|server| say!(out, "ntp server {server} use-vrf default"));
    say!(out, "aaa authentication login default group T1 local\n");
    say!(out, "ip access-list {}", acl::NAME);
    device.acl().iter().enumerate().for_each(|(i, rule)| say!(out, "  {} {} ", i * 10 + 10, rule.text));
    say!(out);
}

fn vlans(out: &mut String, device: &Device) {
    let list = vlan_list(device);
    say!(out, "vlan 1{}{list}", if list.is_empty() { "" } else { "," });
    device.vlans.iter().for_each(|v| say!(out, "vlan {}\n  name {}", v.id, v.name));
    say!(out, "\nvrf context management\n");
    for vlan in &device.vlans {
        if let Some(addr) = vlan.addr {
            let (id, name, len) = (vlan.id, &vlan.name, vlan.net.len);
            say!(out, "interface Vlan{id}\n  description {name}\n  no shutdown\n  ip address {addr}/{len}");
            say!(out, "  ip router ospf 1 area 0.0.0.0\n");
        }
    }
}

fn ports(out: &mut String, world: &World, device: &Device) {
    for port in &device.ports {
        say!(out, "interface {}", port.name);
        if let Some(text) = &port.description {
            say!(out, "  description {text}");
        }
        match port.usage {
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
}

fn routing(out: &mut String, world: &World, device: &Device) {
    say!(out, "line console\nline vty\n  exec-timeout 30");
    for route in world.routes(device).iter().filter(|r| r.proto == Proto::Static) {
        if let Some(ip) = route.hops[0].ip {
            say!(out, "ip route {} {ip}", route.prefix);
        }
    }
    say!(out, "router ospf 1\n  router-id {}\n  redistribute static route-map ALL", device.address);
    if matches!(device.role, Role::Rtr | Role::Core) {
        say!(out, "router bgp {}\n  router-id {}", 65_001 + device.site, device.address);
        say!(out, "  address-family ipv4 unicast\n    network {}", site_aggregate(device.site));
        for (addr, remote_as, secret) in bgp_neighbors(world, device) {
            say!(out, "  neighbor {addr}\n    remote-as {remote_as}");
            if secret {
                say!(out, "    password 3 fa4e0123456789ab");
            }
            say!(out, "    address-family ipv4 unicast");
        }
    }
    say!(out, "\nbanner motd #\n{} authorised use only > \n#\n\n", device.hostname().replace('#', ""));
}
