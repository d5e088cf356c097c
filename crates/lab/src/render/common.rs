//! What several vendors print in the same way.

use crate::world::{Device, PortMode};

/// VLANs with their names and the indexes of their access ports; ports that are switched off are in VLAN 1.
pub fn vlans(device: &Device) -> Vec<(u16, String, Vec<usize>)> {
    let ports = device.switch_ports();
    let of = |id: u16| {
        let is_in = |mode: &PortMode| match mode {
            PortMode::Access(vlan) => *vlan == id,
            PortMode::Shut => id == 1,
            PortMode::Trunk => false,
        };
        ports.iter().filter(|(_, mode)| is_in(mode)).map(|(i, _)| *i).collect::<Vec<_>>()
    };
    device
        .all_vlans()
        .into_iter()
        .map(|(id, name)| {
            let ports = of(id);
            (id, name, ports)
        })
        .collect()
}

/// `VLAN Name Status Ports`, four ports a line, as Cisco and Arista print it.
pub fn vlan_table(out: &mut String, device: &Device, short: impl Fn(&str) -> String) {
    say!(out, "VLAN Name                             Status    Ports");
    say!(out, "---- -------------------------------- --------- -------------------------------");
    for (id, name, ports) in vlans(device) {
        let names: Vec<String> = ports.iter().map(|&i| short(&device.ports[i].name)).collect();
        let mut lines = names.chunks(4).map(|c| c.join(", "));
        say!(out, "{id:<4} {name:<32} active    {}", lines.next().unwrap_or_default());
        lines.for_each(|line| say!(out, "{:48}{line}", ""));
    }
}

/// `100 (users)`.
pub fn titled(device: &Device, vlan: u16) -> String {
    format!("{vlan} ({})", device.vlan_title(vlan))
}

/// A number that follows from others and stays: message counts, versions.
pub fn steady(a: usize, b: usize) -> usize {
    20_000 + (a * 7919 + b * 104_729) % 70_000
}

/// Servers of time with what they follow and their stratum: the first has a clock of its own.
pub fn clock_table(device: &Device) -> Vec<(std::net::Ipv4Addr, String, u8)> {
    let first = device.ntp.first().map(ToString::to_string).unwrap_or_default();
    let row = |(i, server): (usize, &std::net::Ipv4Addr)| match i {
        0 => (*server, ".GPS.".to_owned(), 1),
        _ => (*server, first.clone(), 2),
    };
    device.ntp.iter().enumerate().map(row).collect()
}

/// The associations as ntpd itself prints them.
pub fn ntpd(table: &[(std::net::Ipv4Addr, String, u8)]) -> String {
    let mut out = String::new();
    say!(out, "     remote           refid      st t when poll reach   delay   offset  jitter");
    say!(out, "==============================================================================");
    for (i, (server, reference, stratum)) in table.iter().enumerate() {
        let mark = if i == 0 { '*' } else { '+' };
        let when = 11 + i * 7;
        say!(
            out,
            "{mark}{:<15} {reference:<15} {stratum:>2} u {when:>4}   64  377    0.500    0.100   0.050",
            server.to_string()
        );
    }
    out
}
