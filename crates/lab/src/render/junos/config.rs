//! The configuration, in braces.

use super::super::describe::DOMAIN;
use crate::world::{BgpPeer, Device, LinkKind, Proto, Role, TENANT, Use, World, acl};

pub fn show(world: &World, device: &Device) -> String {
    let (at, by) = (device.past.saved_at().strftime("%Y-%m-%d %H:%M:%S UTC"), &device.past.edited.by);
    format!("## Last commit: {at} by {by}\n{}", running(world, device))
}

pub fn running(world: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "version {};", device.os_version);
    system(&mut out, device);
    interfaces(&mut out, device);
    say!(
        out,
        "snmp {{\n    contact \"noc@{DOMAIN}\";\n    location {};",
        device.name.split('-').next().unwrap_or("lab")
    );
    say!(
        out,
        "    community fakeR0-{:04} {{\n        authorization read-only;\n    }}\n    trap-group NOC {{\n        version v2;\n        targets {{\n            10.255.0.20;\n        }}\n    }}\n}}",
        device.id
    );
    routing_options(&mut out, world, device);
    protocols(&mut out, world, device);
    routing_instances(&mut out, device);
    firewall(&mut out, device);
    say!(out, "vlans {{");
    for vlan in &device.vlans {
        let irb = vlan.addr.map_or(String::new(), |_| format!("\n        l3-interface irb.{};", vlan.id));
        say!(out, "    Vlan{} {{\n        description {};\n        vlan-id {0};{irb}\n    }}", vlan.id, vlan.name);
    }
    say!(out, "}}");
    out
}

fn firewall(out: &mut String, device: &Device) {
    say!(out, "firewall {{\n    family inet {{\n        filter {} {{", acl::NAME);
    for rule in device.acl() {
        say!(out, "            term {} {{\n                from {{", rule.term);
        rule.from.split_inclusive(';').for_each(|part| say!(out, "                    {}", part.trim_start()));
        say!(out, "                }}\n                then {};", if rule.permits { "accept" } else { "discard" });
        say!(out, "            }}");
    }
    say!(out, "        }}\n    }}\n}}");
}

fn system(out: &mut String, device: &Device) {
    say!(out, "system {{\n    host-name {};", device.hostname());
    say!(out, "    authentication-order [ tacplus password ];");
    say!(out, "    root-authentication {{");
    say!(
        out,
        "        encrypted-password \"$6$FAKE{:04x}$NotARealHashNotARealHash\"; ## SECRET-DATA\n    }}",
        device.id
    );
    say!(out, "    login {{\n        class NETOPS {{\n            idle-timeout 15;");
    say!(out, "            permissions [ configure view ];\n        }}");
    say!(out, "        message \"{} # authorised use only > \";", device.hostname().replace('"', ""));
    say!(
        out,
        "        user admin {{\n            uid 2000;\n            class super-user;\n            authentication {{"
    );
    say!(out, "                encrypted-password \"$6$FAKE{:04x}$NotARealHashEither\"; ## SECRET-DATA", device.id);
    say!(out, "            }}\n        }}\n    }}");
    say!(out, "    services {{\n        ssh {{\n            root-login deny;\n            protocol-version v2;");
    say!(out, "            connection-limit 10;\n        }}\n    }}");
    say!(
        out,
        "    radius-server {{\n        10.255.0.31 {{\n            port 1812;\n            accounting-port 1813;"
    );
    say!(
        out,
        "            secret \"$9$FAKE{:02x}Kjq.mTz6\"; ## SECRET-DATA\n            timeout 3;\n        }}\n    }}",
        device.id % 256
    );
    say!(
        out,
        "    accounting {{\n        events [ login change-log ];\n        destination {{\n            tacplus;\n        }}\n    }}"
    );
    say!(out, "    syslog {{\n        user * {{\n            any emergency;\n        }}\n        host 10.255.0.10 {{");
    say!(
        out,
        "            any notice;\n        }}\n        file messages {{\n            any notice;\n        }}\n    }}"
    );
    say!(
        out,
        "    ports {{\n        console {{\n            log-out-on-disconnect;\n            speed 9600;\n        }}\n    }}"
    );
    say!(
        out,
        "    tacplus-server {{\n        10.255.0.20 secret \"$9$FAKE{:02x}Kjq.mTz6\"; ## SECRET-DATA\n    }}",
        device.id % 256
    );
    say!(out, "    ntp {{");
    device.ntp.iter().for_each(|server| say!(out, "        server {server};"));
    say!(out, "    }}\n}}");
}

fn interfaces(out: &mut String, device: &Device) {
    say!(out, "interfaces {{");
    for port in device.ports.iter().filter(|p| p.usage != Use::Shut || p.description.is_some()) {
        say!(out, "    {} {{", port.name);
        if let Some(text) = &port.description {
            say!(out, "        description \"{text}\";");
        }
        if port.channel.is_some() {
            say!(
                out,
                "        aggregated-ether-options {{\n            lacp {{\n                active;\n            }}\n        }}"
            );
        }
        match &port.usage {
            Use::Member { channel, .. } => {
                say!(out, "        ether-options {{\n            802.3ad {};\n        }}", device.ports[*channel].name);
            }
            Use::Routed { addr, net, .. } => {
                say!(out, "        mtu 9014;\n        unit 0 {{\n            family inet {{");
                say!(out, "                address {addr}/{};\n            }}\n        }}", net.len);
            }
            Use::Trunk { .. } => {
                let names: Vec<String> = device.vlans.iter().map(|v| format!("Vlan{}", v.id)).collect();
                say!(
                    out,
                    "        unit 0 {{\n            family ethernet-switching {{\n                interface-mode trunk;"
                );
                say!(out, "                vlan {{\n                    members [ {} ];", names.join(" "));
                say!(out, "                }}\n            }}\n        }}");
            }
            Use::Edge { vlan } => {
                say!(out, "        unit 0 {{\n            family ethernet-switching {{\n                vlan {{");
                say!(out, "                    members Vlan{vlan};\n                }}\n            }}\n        }}");
            }
            Use::Shut => {}
        }
        say!(out, "    }}");
    }
    let irb: Vec<_> = device.vlans.iter().filter_map(|v| v.addr.map(|a| (v, a))).collect();
    if !irb.is_empty() {
        say!(out, "    irb {{");
        for (vlan, addr) in irb {
            say!(
                out,
                "        unit {} {{\n            description {};\n            family inet {{",
                vlan.id,
                vlan.name
            );
            say!(out, "                address {addr}/{};\n            }}\n        }}", vlan.net.len);
        }
        say!(out, "    }}");
    }
    say!(out, "    lo0 {{\n        unit 0 {{\n            description management;\n            family inet {{");
    say!(out, "                address {}/32;\n            }}\n        }}", device.address);
    if device.tenant_loopback().is_some() {
        say!(out, "        unit 100 {{\n            description \"of tenant {TENANT}\";\n            family inet {{");
        say!(out, "                address {}/32;\n            }}\n        }}", device.tenant_address());
    }
    say!(out, "    }}\n}}");
}

fn routing_instances(out: &mut String, device: &Device) {
    if let Some(name) = device.tenant_loopback() {
        say!(out, "routing-instances {{\n    {TENANT} {{\n        instance-type virtual-router;");
        say!(out, "        interface {name};\n    }}\n}}");
    }
}

fn routing_options(out: &mut String, world: &World, device: &Device) {
    say!(out, "routing-options {{\n    router-id {};", device.address);
    if matches!(device.role, Role::Rtr | Role::Core) {
        say!(out, "    autonomous-system {};", 65_001 + device.site);
    }
    let table = world.routes(device);
    let fixed: Vec<_> = table.iter().filter(|r| r.proto == Proto::Static).collect();
    if !fixed.is_empty() {
        say!(out, "    static {{");
        for route in fixed {
            if let Some(ip) = route.hops[0].ip {
                say!(out, "        route {} next-hop {ip};", route.prefix);
            }
        }
        say!(out, "    }}");
    }
    say!(out, "}}");
}

fn protocols(out: &mut String, world: &World, device: &Device) {
    say!(out, "protocols {{");
    if matches!(device.role, Role::Rtr | Role::Core) {
        say!(out, "    bgp {{\n        group PEERS {{");
        for BgpPeer { address: addr, remote_as, wan, name, .. } in world.bgp_peers(device) {
            say!(out, "            neighbor {addr} {{\n                description {name};");
            say!(out, "                peer-as {remote_as};");
            if wan {
                say!(out, "                authentication-key \"$9$FAKEbgpSecret\"; ## SECRET-DATA");
            }
            say!(out, "            }}");
        }
        say!(out, "        }}\n    }}");
    }
    if device.role != Role::Access {
        say!(out, "    ospf {{\n        area 0.0.0.0 {{");
        for (i, port) in device.ports.iter().enumerate() {
            if let Use::Routed { link, .. } = port.usage
                && world.links[link].kind == LinkKind::Cable
            {
                say!(
                    out,
                    "            interface {} {{\n                interface-type p2p;\n            }}",
                    device.l3_name(i)
                );
            }
        }
        say!(out, "            interface lo0.0 {{\n                passive;\n            }}\n        }}\n    }}");
    }
    if device.lldp {
        let numeric = world.options.numeric_port_ids && device.role == Role::Access;
        let id = if numeric { "" } else { "        port-id-subtype interface-name;\n" };
        say!(out, "    lldp {{\n        management-address {};\n{id}        interface all;\n    }}", device.address);
    }
    say!(out, "}}");
}
