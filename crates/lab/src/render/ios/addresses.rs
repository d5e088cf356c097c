//! Addresses of interfaces, and IPv6 neighbours.

use crate::world::v6::{link_local, network_v6};
use crate::world::{Device, Iface, World, short_port};

fn state(iface: &Iface) -> &'static str {
    match (iface.up, iface.unplugged) {
        (true, _) => "up, line protocol is up",
        (_, true) => "down, line protocol is down",
        _ => "administratively down, line protocol is down",
    }
}

pub fn ip_interface(_: &World, device: &Device) -> String {
    let mut out = String::new();
    for iface in device.interfaces() {
        say!(out, "{} is {}", iface.name, state(&iface));
        let Some((addr, len)) = iface.addr else {
            say!(out, "  Internet protocol processing disabled");
            continue;
        };
        say!(out, "  Internet address is {addr}/{len}\n  Broadcast address is 255.255.255.255");
        say!(out, "  Address determined by non-volatile memory\n  MTU is {} bytes", iface.mtu);
        say!(out, "  Helper address is not set\n  Directed broadcast forwarding is disabled");
        say!(out, "  Outgoing access list is not set\n  Inbound  access list is not set");
        say!(out, "  Proxy ARP is enabled\n  Local Proxy ARP is disabled\n  Security level is default");
        say!(out, "  Split horizon is enabled\n  ICMP redirects are always sent\n  ICMP unreachables are always sent");
        say!(out, "  ICMP mask replies are never sent\n  IP fast switching is enabled\n  IP CEF switching is enabled");
        if let Some(vrf) = iface.vrf {
            say!(out, "  VPN Routing/Forwarding \"{vrf}\"");
        }
        say!(
            out,
            "  IP route-cache flags are Fast, CEF\n  Router Discovery is disabled\n  IP output packet accounting is disabled"
        );
        say!(out, "  TCP/IP header compression is disabled\n  RTP/IP header compression is disabled");
        say!(
            out,
            "  Policy routing is disabled\n  Network address translation is disabled\n  BGP Policy Mapping is disabled"
        );
    }
    out
}

pub fn ipv6_interface(world: &World, device: &Device) -> String {
    let mut out = String::new();
    for iface in device.interfaces() {
        let (Some(ip), Some(mac)) = (world.iface_v6(device, &iface), iface.mac) else { continue };
        let (ip, net, local) = (upper(ip), upper(network_v6(ip)), upper(link_local(mac)));
        say!(out, "{} is {}\n  IPv6 is enabled, link-local address is {local} ", iface.name, state(&iface));
        say!(out, "  No Virtual link-local address(es):\n  Global unicast address(es):\n    {ip}, subnet is {net}/64 ");
        say!(out, "  Joined group address(es):\n    FF02::1\n    FF02::2\n  MTU is {} bytes", iface.mtu);
        say!(out, "  ICMP error messages limited to one every 100 milliseconds\n  ICMP redirects are enabled");
        say!(out, "  ICMP unreachables are sent\n  ND DAD is enabled, number of DAD attempts: 1");
        say!(
            out,
            "  ND reachable time is 30000 milliseconds (using 30000)\n  Hosts use stateless autoconfig for addresses."
        );
    }
    out
}

pub fn ipv6_neighbors(world: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "IPv6 Address                              Age Link-layer Addr State Interface");
    for (i, n) in world.neighbors_v6(device).iter().enumerate() {
        let port = short_port(&device.ports[n.port].name);
        say!(out, "{:<39} {:>5} {}  {:<5} {port}", upper(n.ip), i % 3, n.mac.dotted(), "REACH");
    }
    say!(out);
    out
}

/// IOS prints IPv6 in capitals.
fn upper(ip: std::net::Ipv6Addr) -> String {
    ip.to_string().to_uppercase()
}
