//! Ports, addresses and cables as people keep them: what is meant to be, beside what devices say.
//!
//! Only what is plugged in is kept of NetBox's columns; those of radios, power feeds and the like are not.

use std::net::IpAddr;

use ipnet::IpNet;

use super::{COLOR, COMMENTS, DESCRIPTION, DEVICE, Field, FieldKind, NAME, ObjectKind, SLUG, field, other};
use crate::{Mac, text};

const YES: FieldKind = FieldKind::Read(yes_or_no);
/// Of an interface.
const ITS_NAME: FieldKind = FieldKind::Text(100);

pub static INTERFACE: ObjectKind = ObjectKind {
    name: "interface",
    plural: "interfaces",
    table: "dcim_interfaces",
    shown_by: "name",
    within: Some("device"),
    fields: &[
        NAME,
        SLUG,
        other("device", "device_id", &DEVICE, "Device that it is on"),
        field("label", FieldKind::Text(64), "What is printed at the port"),
        field("type", FieldKind::Text(50), "NetBox's type: 1000base-t, lag, virtual"),
        field("enabled", YES, "true or false"),
        field("parent", ITS_NAME, "Interface that it is a part of"),
        field("bridge", ITS_NAME, "Interface that it is bridged to"),
        field("lag", ITS_NAME, "Port channel that it is a member of"),
        field("speed", FieldKind::Decimal(0, i32::MAX), "Speed in kbit/s"),
        field("duplex", FieldKind::Word(&["half", "full", "auto"]), "half, full or auto"),
        field("mtu", FieldKind::Decimal(1, 65_536), "Largest packet in bytes"),
        field("mac_address", FieldKind::Read(mac), "MAC address, in any spelling"),
        field("mgmt_only", YES, "true when it is for management only"),
        field("mark_connected", YES, "true when something is plugged in that nobody keeps"),
        field("mode", MODE, "access, tagged, tagged-all or q-in-q"),
        field("untagged_vlan", FieldKind::Text(64), "VLAN without a tag: number or name"),
        field("tagged_vlans", FieldKind::Text(20_000), "VLANs with a tag, parted by commas"),
        field("vrf", FieldKind::Text(100), "VRF"),
        DESCRIPTION,
    ],
};

const MODE: FieldKind = FieldKind::Word(&["access", "tagged", "tagged-all", "q-in-q"]);

pub static IP_ADDRESS: ObjectKind = ObjectKind {
    name: "IP address",
    plural: "ip-addresses",
    table: "dcim_ip_addresses",
    shown_by: "name",
    within: Some("vrf"),
    fields: &[
        Field { name: "address", kind: FieldKind::Read(address), help: "With its prefix: 10.0.0.1/24", ..NAME },
        SLUG,
        field("vrf", FieldKind::Text(100), "VRF that it is in; the global table when left out"),
        field(
            "status",
            FieldKind::Word(&["active", "reserved", "deprecated", "dhcp", "slaac"]),
            "active, reserved, deprecated, dhcp or slaac",
        ),
        field(
            "role",
            FieldKind::Word(&["loopback", "secondary", "anycast", "vip", "vrrp", "hsrp", "glbp", "carp"]),
            "loopback, secondary, anycast, vip, vrrp, hsrp, glbp or carp",
        ),
        other("device", "device_id", &DEVICE, "Device that has it"),
        field("interface", ITS_NAME, "Interface of the device that has it"),
        field("is_primary", YES, "true when the device is reached by it"),
        field("is_oob", YES, "true when it is for management out of band"),
        field("dns_name", FieldKind::Text(255), "Name in the DNS"),
        DESCRIPTION,
        COMMENTS,
    ],
};

pub static CABLE: ObjectKind = ObjectKind {
    name: "cable",
    plural: "cables",
    table: "cables",
    shown_by: "name",
    within: None,
    fields: &[
        Field { kind: FieldKind::Text(450), help: "Name; an import makes it of both ends", ..NAME },
        SLUG,
        other("side_a_device", "side_a_device_id", &DEVICE, "Device at the A side"),
        field("side_a_type", FieldKind::Text(50), "What is at the A side: dcim.interface"),
        field("side_a_name", ITS_NAME, "Port at the A side"),
        other("side_b_device", "side_b_device_id", &DEVICE, "Device at the B side"),
        field("side_b_type", FieldKind::Text(50), "What is at the B side: dcim.interface"),
        field("side_b_name", ITS_NAME, "Port at the B side"),
        field("type", FieldKind::Text(50), "NetBox's type: cat6a, smf, dac-passive"),
        field(
            "status",
            FieldKind::Word(&["connected", "planned", "decommissioning"]),
            "connected, planned or decommissioning",
        ),
        field("label", FieldKind::Text(100), "What is printed on it"),
        COLOR,
        field("length", FieldKind::Decimal(0, 1_000_000), "Length, in the unit"),
        field("length_unit", FieldKind::Word(&["km", "m", "cm", "mi", "ft", "in"]), "km, m, cm, mi, ft or in"),
        DESCRIPTION,
        COMMENTS,
    ],
};

/// What a cable is called that is given no name: its ends, whichever is written first.
pub fn cable_name(a: (&str, &str), b: (&str, &str)) -> String {
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    format!("{} {} to {} {}", first.0, first.1, second.0, second.1)
}

fn yes_or_no(written: &str) -> Result<String, String> {
    match written.to_lowercase().as_str() {
        "true" | "yes" | "1" => Ok("true".to_owned()),
        "false" | "no" | "0" => Ok("false".to_owned()),
        _ => Err(format!("`{}` is neither true nor false", text::shown(written))),
    }
}

fn mac(written: &str) -> Result<String, String> {
    let read = written.parse::<Mac>().map(|mac| mac.to_string());
    read.map_err(|_| format!("`{}` is not a MAC address", text::shown(written)))
}

/// With the length of its prefix; without one it is a host alone, as NetBox takes it.
fn address(written: &str) -> Result<String, String> {
    let alone = || written.parse::<IpAddr>().map(IpNet::from);
    let read = written.parse::<IpNet>().or_else(|_| alone());
    read.map(|net| net.to_string()).map_err(|_| format!("`{}` is not an IP address", text::shown(written)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_netbox_writes_is_stored_in_one_spelling_or_refused() {
        let check = |kind: &ObjectKind, field: &str, written: &str, stored: Result<&str, &str>| {
            let read = kind.field(field).expect("a field").read(written).map(Option::unwrap_or_default);
            assert_eq!(read.as_deref().map_err(String::as_str), stored, "{written}");
        };
        check(&INTERFACE, "mac_address", "AABB.CCDD.EEFF", Ok("aa:bb:cc:dd:ee:ff"));
        check(&INTERFACE, "mac_address", "1d07h", Err("mac_address: `1d07h` is not a MAC address"));
        check(&INTERFACE, "enabled", "True", Ok("true"));
        check(&INTERFACE, "enabled", "maybe", Err("enabled: `maybe` is neither true nor false"));
        check(&INTERFACE, "mtu", "0", Err("mtu: `0` is not a number from 1 to 65536"));
        check(&IP_ADDRESS, "address", "10.0.0.1/24", Ok("10.0.0.1/24"));
        check(&IP_ADDRESS, "address", "2001:DB8::1", Ok("2001:db8::1/128"));
        check(&IP_ADDRESS, "address", "10.0.0.300/24", Err("address: `10.0.0.300/24` is not an IP address"));
        check(&CABLE, "length_unit", "furlong", Err("length_unit: `furlong` is not one of km, m, cm, mi, ft, in"));
    }

    #[test]
    fn a_name_that_others_have_too_is_told_apart_by_where_it_is() {
        assert_eq!(INTERFACE.slug_of("Gi1/0/1", Some("leaf-1")), "leaf-1-gi1-0-1");
        assert_eq!(IP_ADDRESS.slug_of("10.0.0.1/24", None), "10.0.0.1-24");
        assert_eq!((INTERFACE.article(), CABLE.article()), ("an", "a"));
        let (a, b) = (("leaf-1", "Gi1/0/1"), ("leaf-2", "Gi1/0/2"));
        assert_eq!(cable_name(a, b), "leaf-1 Gi1/0/1 to leaf-2 Gi1/0/2");
        assert_eq!(cable_name(b, a), cable_name(a, b));
    }
}
