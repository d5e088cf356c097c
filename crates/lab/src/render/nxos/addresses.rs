//! Addresses of interfaces, and IPv6 neighbours.

use crate::world::v6::{link_local, network_v6};
use crate::world::{Device, Iface, Prefix, TENANT, World};

fn state(iface: &Iface) -> &'static str {
    match (iface.up, iface.unplugged) {
        (true, _) => "protocol-up/link-up/admin-up",
        (_, true) => "protocol-down/link-down/admin-up",
        _ => "protocol-down/link-down/admin-down",
    }
}

pub fn ip_interface(_: &World, device: &Device) -> String {
    let mut out = String::new();
    one_table(&mut out, device, "default", None);
    if device.tenant_loopback().is_some() {
        one_table(&mut out, device, TENANT, Some(TENANT));
    }
    say!(out);
    out
}

fn one_table(out: &mut String, device: &Device, shown: &str, vrf: Option<&str>) {
    say!(out, "IP Interface Status for VRF \"{shown}\"");
    for iface in device.interfaces().into_iter().filter(|i| i.vrf == vrf) {
        let Some((addr, len)) = iface.addr else { continue };
        say!(out, "{}, Interface status: {}, iod: {},", iface.name, state(&iface), 36 + iface.index);
        say!(out, "  IP address: {addr}, IP subnet: {} route-preference: 0, tag: 0 ", Prefix::of(addr, len));
        say!(out, "  IP broadcast address: 255.255.255.255\n  IP multicast groups locally joined: none");
        say!(out, "  IP MTU: {} bytes (using link MTU)\n  IP primary address route-preference: 0, tag: 0", iface.mtu);
        say!(out, "  IP proxy ARP : disabled\n  IP Local Proxy ARP : disabled\n  IP multicast routing: disabled");
        say!(out, "  IP icmp redirects: enabled\n  IP directed-broadcast: disabled \n  IP Forwarding: disabled ");
        say!(out, "  IP icmp unreachables (except port): disabled\n  IP icmp port-unreachable: enabled");
        say!(out, "  IP unicast reverse path forwarding: none\n  IP load sharing: none ");
        say!(out, "  IP interface statistics last reset: never");
        say!(
            out,
            "  WCCP Redirect outbound: disabled\n  WCCP Redirect inbound: disabled\n  WCCP Redirect exclude: disabled"
        );
    }
}

pub fn ipv6_interface(world: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "IPv6 Interface Status for VRF \"default\"");
    for iface in device.interfaces() {
        let (Some(ip), Some(mac)) = (world.iface_v6(device, &iface), iface.mac) else { continue };
        say!(out, "{}, Interface status: {}, iod: {}", iface.name, state(&iface), 36 + iface.index);
        say!(out, "  IPv6 address: \n    {ip}/64 [VALID]\n  IPv6 subnet:  {}/64", network_v6(ip));
        say!(out, "  IPv6 link-local address: {} (default) [VALID]", link_local(mac));
        say!(out, "  IPv6 virtual addresses configured: none\n  IPv6 multicast routing: disabled");
        say!(out, "  IPv6 report link local: disabled\n  IPv6 Forwarding feature: disabled");
        say!(out, "  IPv6 multicast groups locally joined:   \n      ff02::1  ff02::2  ");
        say!(out, "  IPv6 MTU: {} (using link MTU)\n  IPv6 load sharing: none ", iface.mtu);
    }
    say!(out);
    out
}

pub fn ipv6_neighbors(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let found = world.neighbors_v6(device);
    say!(out, "\nFlags: # - Adjacencies Throttled for Glean\n       G - Adjacencies of vPC peer with G/W bit");
    say!(out, "       R - Adjacencies learnt remotely\n       CP - Added via L2RIB, Control plane Adjacencies\n");
    say!(out, "IPv6 Adjacency Table for all VRFs \nTotal number of entries: {}", found.len());
    say!(out, "Address         Age       MAC Address     Pref Source     Interface");
    for (i, n) in found.iter().enumerate() {
        // Longer addresses have a line to themselves.
        let (ip, port) = (n.ip.to_string(), &device.ports[n.port].name);
        let age = format!("00:{:02}:{:02}", i % 60, i * 7 % 60);
        let head = if ip.len() > 15 { format!("{ip}\n{:15}", "") } else { format!("{ip:<15}") };
        say!(out, "{head} {age}  {}  50   icmpv6     {port}", n.mac.dotted());
    }
    out
}
