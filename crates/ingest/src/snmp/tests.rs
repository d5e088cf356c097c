use std::sync::Arc;

use model::{Capture, Completeness, Platforms, Value};
use templates::{Layer, Library, Release};

use crate::{Outcome, Reader, Reading};

fn read(capture_type: &str, text: &str) -> Reading {
    let capture = Capture {
        capture_type: capture_type.into(),
        command: String::new(),
        platform: "linux".into(),
        content: text.into(),
        completeness: Completeness::Complete,
    };
    let library = Arc::new(Library::new(Arc::clone(Release::builtin()), Layer::default(), Layer::default()));
    Reader { platforms: Platforms::builtin(), library }.read(&capture)
}

/// The facts as `column=value`, without what is not said, one line for each, with their lines in the capture.
#[track_caller]
fn check(capture_type: &str, text: &str, facts: &[&str]) {
    let reading = read(capture_type, text);
    let kind = reading.kind.expect("facts");
    let shown = |fact: &model::Fact| {
        let said = kind.columns.iter().zip(&fact.values).filter(|(_, v)| **v != Value::Null);
        let said: Vec<String> = said.map(|(c, v)| format!("{}={}", c.name, v.shown())).collect();
        format!("{} @{}-{}", said.join(" "), fact.lines.0, fact.lines.1)
    };
    let got: Vec<String> = reading.facts.iter().map(shown).collect();
    assert_eq!(got, facts, "{:?}", reading.rejected);
    assert_eq!(reading.outcome, Outcome::Parsed);
}

#[test]
fn a_switch_says_who_it_is() {
    let text = "\
.1.3.6.1.2.1.1.1.0 = STRING: \"Cisco IOS Software, C2900 Software, Version 15.2(4)M1, RELEASE SOFTWARE\\r\\nCopyright\"
.1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.9.1.1208
.1.3.6.1.2.1.1.5.0 = STRING: \"Core1.example.net\"
.1.0.8802.1.1.2.1.3.1.0 = INTEGER: 4
.1.0.8802.1.1.2.1.3.2.0 = Hex-STRING: 02 41 00 00 00 01
.1.3.6.1.2.1.47.1.1.1.1.5.1 = INTEGER: 3
.1.3.6.1.2.1.47.1.1.1.1.11.1 = STRING: \"SN1\"
.1.3.6.1.2.1.47.1.1.1.1.13.1 = STRING: \"C2911\"
.1.3.6.1.2.1.47.1.1.1.1.5.2 = INTEGER: 6
.1.3.6.1.2.1.47.1.1.1.1.11.2 = STRING: \"PSU1\"
";
    check(
        "snmp_system",
        text,
        &[
            "hostname=Core1 vendor=Cisco model=C2911 os_version=15.2(4)M1 serials=SN1 chassis_mac=02:41:00:00:00:01 @1-10",
        ],
    );
}

#[test]
fn an_agent_that_nobody_knows_still_has_a_name() {
    let text = ".1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.99\n.1.3.6.1.2.1.1.5.0 = STRING: \"10.0.0.1\"\n";
    check("snmp_system", text, &["hostname=10.0.0.1 @1-2"]);
    check("snmp_system", "", &[]);
}

#[test]
fn an_interface_has_its_alias_its_states_and_each_of_its_addresses() {
    let text = "\
.1.3.6.1.2.1.2.2.1.2.1 = STRING: \"GigabitEthernet0/1\"
.1.3.6.1.2.1.2.2.1.4.1 = INTEGER: 1500
.1.3.6.1.2.1.2.2.1.6.1 = Hex-STRING: 02 41 00 00 00 01
.1.3.6.1.2.1.2.2.1.7.1 = INTEGER: 1
.1.3.6.1.2.1.2.2.1.8.1 = INTEGER: 1
.1.3.6.1.2.1.31.1.1.1.1.1 = STRING: \"Gi0/1\"
.1.3.6.1.2.1.31.1.1.1.15.1 = Gauge32: 1000
.1.3.6.1.2.1.31.1.1.1.18.1 = STRING: \"to core2\"
.1.3.6.1.2.1.2.2.1.2.2 = STRING: \"Null0\"
.1.3.6.1.2.1.2.2.1.6.2 = STRING: \"\"
.1.3.6.1.2.1.2.2.1.7.2 = INTEGER: 2
.1.3.6.1.2.1.2.2.1.8.2 = INTEGER: 2
.1.3.6.1.2.1.4.20.1.2.10.0.0.1 = INTEGER: 1
.1.3.6.1.2.1.4.20.1.3.10.0.0.1 = IpAddress: 255.255.255.252
.1.3.6.1.2.1.4.20.1.2.10.0.1.1 = INTEGER: 1
.1.3.6.1.2.1.4.20.1.3.10.0.1.1 = IpAddress: 255.255.255.0
";
    let first = "name=GigabitEthernet0/1 description=to core2 status=up protocol_status=up mac=02:41:00:00:00:01";
    check(
        "snmp_interfaces",
        text,
        &[
            &format!("{first} ip=10.0.0.1 prefix_length=30 mtu=1500 speed=1000 Mbit/s @1-8"),
            &format!("{first} ip=10.0.1.1 prefix_length=24 mtu=1500 speed=1000 Mbit/s @1-8"),
            "name=Null0 status=administratively down protocol_status=down @9-12",
        ],
    );
}

/// Four ways to name the own port, and a neighbour heard by CDP in the table of lldpd.
#[test]
fn neighbours_are_on_ports_whatever_their_numbers() {
    let text = "\
.1.3.6.1.2.1.31.1.1.1.1.2 = STRING: \"eth1\"
.1.3.6.1.2.1.31.1.1.1.1.3 = STRING: \"eth2\"
.1.3.6.1.2.1.2.2.1.6.3 = Hex-STRING: 02 41 00 00 00 03
.1.3.6.1.2.1.31.1.1.1.1.502 = STRING: \"ge-0/0/2\"
.1.0.8802.1.1.2.1.3.7.1.2.7 = INTEGER: 5
.1.0.8802.1.1.2.1.3.7.1.3.7 = STRING: \"Gi0/7\"
.1.0.8802.1.1.2.1.3.7.1.2.8 = INTEGER: 3
.1.0.8802.1.1.2.1.3.7.1.3.8 = Hex-STRING: 02 41 00 00 00 03
.1.0.8802.1.1.2.1.3.7.1.2.9 = INTEGER: 7
.1.0.8802.1.1.2.1.3.7.1.3.9 = STRING: \"502\"
.1.0.8802.1.1.2.1.4.1.1.4.0.2.1 = INTEGER: 4
.1.0.8802.1.1.2.1.4.1.1.5.0.2.1 = Hex-STRING: 02 41 00 00 00 99
.1.0.8802.1.1.2.1.4.1.1.6.0.2.1 = INTEGER: 3
.1.0.8802.1.1.2.1.4.1.1.7.0.2.1 = Hex-STRING: 02 41 00 00 00 98
.1.0.8802.1.1.2.1.4.1.1.8.0.2.1 = STRING: \"swp1\"
.1.0.8802.1.1.2.1.4.1.1.9.0.2.1 = STRING: \"sw1\"
.1.0.8802.1.1.2.1.4.1.1.12.0.2.1 = Hex-STRING: 28 00
.1.0.8802.1.1.2.1.4.2.1.3.0.2.1.2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1 = INTEGER: 2
.1.0.8802.1.1.2.1.4.2.1.3.0.2.1.1.4.10.0.0.9 = INTEGER: 2
.1.0.8802.1.1.2.1.4.1.1.9.5.7.1 = STRING: \"sw7\"
.1.0.8802.1.1.2.1.4.1.1.9.5.8.1 = STRING: \"sw8\"
.1.0.8802.1.1.2.1.4.1.1.9.5.9.1 = STRING: \"sw9\"
.1.0.8802.1.1.2.1.4.1.1.4.6.2.2 = INTEGER: 7
.1.0.8802.1.1.2.1.4.1.1.5.6.2.2 = STRING: \"sw1\"
.1.0.8802.1.1.2.1.4.1.1.7.6.2.2 = STRING: \"swp1\"
.1.0.8802.1.1.2.1.4.1.1.9.6.2.2 = STRING: \"sw1\"
.1.0.8802.1.1.2.1.4.1.1.9.7.77.1 = STRING: \"nowhere\"
";
    let first = "protocol=lldp local_interface=eth1 remote_name=sw1 remote_interface=02:41:00:00:00:98 \
        remote_interface_description=swp1 remote_chassis_id=02:41:00:00:00:99 remote_address=10.0.0.9 \
        remote_capabilities=Bridge, Router @11-19";
    let facts = [
        first,
        "protocol=lldp local_interface=GigabitEthernet0/7 remote_name=sw7 @20-20",
        "protocol=lldp local_interface=eth2 remote_name=sw8 @21-21",
        "protocol=lldp local_interface=ge-0/0/2 remote_name=sw9 @22-22",
        "protocol=cdp local_interface=eth1 remote_name=sw1 remote_interface=swp1 @23-26",
    ];
    check("snmp_lldp", text, &facts);
    let rejected = read("snmp_lldp", text).rejected;
    assert_eq!(rejected.len(), 1, "the port that nobody has: {rejected:?}");
}

#[test]
fn cdp_tells_the_address_for_management_first() {
    let text = "\
.1.3.6.1.2.1.31.1.1.1.1.4 = STRING: \"Gi0/4\"
.1.3.6.1.4.1.9.9.23.1.2.1.1.4.4.1 = Hex-STRING: 0A 00 00 01
.1.3.6.1.4.1.9.9.23.1.2.1.1.6.4.1 = STRING: \"core2(SN2)\"
.1.3.6.1.4.1.9.9.23.1.2.1.1.7.4.1 = STRING: \"Ethernet1/1\"
.1.3.6.1.4.1.9.9.23.1.2.1.1.8.4.1 = STRING: \"N9K\"
.1.3.6.1.4.1.9.9.23.1.2.1.1.9.4.1 = Hex-STRING: 00 00 00 29
.1.3.6.1.4.1.9.9.23.1.2.1.1.20.4.1 = Hex-STRING: 0A 00 00 02
";
    let fact = "protocol=cdp local_interface=GigabitEthernet0/4 remote_name=core2(SN2) remote_interface=Ethernet1/1 \
        remote_address=10.0.0.2 remote_platform=N9K remote_capabilities=Router Switch IGMP @2-7";
    check("snmp_cdp", text, &[fact]);
}

#[test]
fn an_arp_entry_of_both_tables_is_one_and_an_invalid_one_is_none() {
    let text = "\
.1.3.6.1.2.1.2.2.1.2.3 = STRING: \"Vlan10\"
.1.3.6.1.2.1.4.22.1.2.3.10.0.0.5 = Hex-STRING: 02 41 00 00 00 05
.1.3.6.1.2.1.4.22.1.4.3.10.0.0.5 = INTEGER: 3
.1.3.6.1.2.1.4.22.1.2.3.10.0.0.6 = Hex-STRING: 02 41 00 00 00 06
.1.3.6.1.2.1.4.22.1.4.3.10.0.0.6 = INTEGER: 2
.1.3.6.1.2.1.4.35.1.4.3.1.4.10.0.0.5 = Hex-STRING: 02 41 00 00 00 05
.1.3.6.1.2.1.4.35.1.6.3.1.4.10.0.0.5 = INTEGER: 3
";
    check("snmp_arp", text, &["vrf=default ip=10.0.0.5 mac=02:41:00:00:00:05 interface=Vlan10 @6-7"]);
}

#[test]
fn a_mac_address_is_on_the_interface_of_its_bridge_port_in_its_vlan() {
    let text = "\
.1.3.6.1.2.1.31.1.1.1.1.10 = STRING: \"Gi0/1\"
.1.3.6.1.2.1.17.1.4.1.2.1 = INTEGER: 10
.1.3.6.1.2.1.17.7.1.4.2.1.3.0.100 = Gauge32: 7
.1.3.6.1.2.1.17.7.1.2.2.1.2.7.2.65.0.0.0.5 = INTEGER: 1
.1.3.6.1.2.1.17.7.1.2.2.1.3.7.2.65.0.0.0.5 = INTEGER: 3
.1.3.6.1.2.1.17.4.3.1.2.2.65.0.0.0.5 = INTEGER: 1
.1.3.6.1.2.1.17.4.3.1.2.2.65.0.0.0.6 = INTEGER: 1
.1.3.6.1.2.1.17.4.3.1.3.2.65.0.0.0.6 = INTEGER: 5
.1.3.6.1.2.1.17.4.3.1.2.2.65.0.0.0.7 = INTEGER: 0
.1.3.6.1.2.1.17.4.3.1.2.2.65.0.0.0.8 = INTEGER: 1
.1.3.6.1.2.1.17.4.3.1.3.2.65.0.0.0.8 = INTEGER: 4
";
    let facts = [
        "vlan=100 mac=02:41:00:00:00:05 interface=GigabitEthernet0/1 entry_type=dynamic @4-5",
        "mac=02:41:00:00:00:06 interface=GigabitEthernet0/1 entry_type=static @7-8",
    ];
    check("snmp_mac", text, &facts);
}

#[test]
fn a_line_that_is_no_binding_is_counted() {
    let reading = read("snmp_arp", "garbage\n.1.2.x = INTEGER: 1\n.1.3 = STRING: \"open\n.1.3 = Hex-STRING: ZZ\n");
    assert_eq!(reading.outcome, Outcome::Partly { unread: vec![1, 2, 3, 4] });
}

/// Whatever an agent says, in whatever index: no panic, and nothing that is not of its column's type.
#[test]
fn broken_indexes_and_values_of_the_wrong_kind_are_survived() {
    let entries = [
        "1.3.6.1.2.1.1",
        "1.0.8802.1.1.2.1.3",
        "1.0.8802.1.1.2.1.4.1.1",
        "1.0.8802.1.1.2.1.4.2.1",
        "1.0.8802.1.1.2.1.3.7.1",
        "1.3.6.1.4.1.9.9.23.1.2.1.1",
        "1.3.6.1.2.1.4.22.1",
        "1.3.6.1.2.1.4.35.1",
        "1.3.6.1.2.1.17.7.1.2.2.1",
        "1.3.6.1.2.1.17.4.3.1",
        "1.3.6.1.2.1.17.1.4.1",
        "1.3.6.1.2.1.47.1.1.1.1",
        "1.3.6.1.2.1.2.2.1",
        "1.3.6.1.2.1.31.1.1.1",
        "1.3.6.1.2.1.4.20.1",
    ];
    let indexes = ["", ".0", ".4294967295", ".1.2", ".0.1.1.9.9", ".1.4.4.1.2.3.4.5", ".300.300.300.300.300.300.300"];
    let values = [
        "INTEGER: -1",
        "INTEGER: 99999999999999999999",
        "STRING: \"\"",
        "Hex-STRING: FF",
        "Hex-STRING: 00 00 00 00 00 00",
        "OID: .1",
        "IpAddress: 1.2.3.4",
        "NULL",
        "Opaque: x",
    ];
    let mut text = String::new();
    for (n, entry) in entries.iter().enumerate() {
        for (i, index) in indexes.iter().enumerate() {
            for column in 1..21 {
                let value = values[(n + i + column) % values.len()];
                text += &format!(".{entry}.{column}{index} = {value}\n");
            }
        }
    }
    for capture_type in ["system", "interfaces", "lldp", "cdp", "arp", "mac", "inventory"] {
        assert!(read(&format!("snmp_{capture_type}"), &text).outcome.is_read());
    }
}
