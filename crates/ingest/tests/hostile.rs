//! What a device says to do harm, or for a fault of its own: each has an outcome that can be told from the others.

use std::sync::Arc;

use ingest::{Outcome, Reader, Reading};
use model::{Capture, Completeness, Platforms, Value};
use templates::{Layer, Library, Release};

fn read(platform: &str, capture_type: &str, content: impl Into<Vec<u8>>) -> Reading {
    let library = Library::new(Arc::clone(Release::builtin()), Layer::new(Platforms::templates()), Layer::default());
    let reader = Reader { platforms: Platforms::builtin(), library: Arc::new(library) };
    let spec = &reader.platforms.get(platform).expect("a platform").captures[capture_type];
    reader.read(&Capture {
        capture_type: capture_type.to_owned(),
        command: spec.commands[0].clone(),
        platform: platform.to_owned(),
        content: content.into(),
        completeness: Completeness::Complete,
    })
}

fn mac_table(rows: &[&str]) -> String {
    let head = "          Mac Address Table\n-------------------------------------------\n\n\
        Vlan    Mac Address       Type        Ports\n----    -----------       --------    -----\n";
    format!("{head}{}\n", rows.join("\n"))
}

#[test]
fn a_vlan_that_cannot_be_is_a_rejected_row_with_its_reason() {
    let long = format!("Gi{}", "1/".repeat(149));
    let table = mac_table(&[
        "  10    0200.5e10.0001    DYNAMIC     Gi1/0/1",
        "99999    0200.5e10.0002    DYNAMIC     Gi1/0/2",
        &format!("  20    0200.5e10.0003    DYNAMIC     {long}"),
    ]);
    let reading = read("cisco_ios", "mac", table);
    assert_eq!(reading.facts.len(), 1, "{reading:?}");
    let reasons: Vec<&str> = reading.rejected.iter().map(|r| r.reason.as_str()).collect();
    assert!(reasons.iter().any(|r| r.contains("`99999` is not the number of a VLAN")), "{reasons:?}");
    assert!(reasons.iter().any(|r| r.contains("is not an interface name")), "{reasons:?}");
}

#[test]
fn a_negative_vlan_is_no_fact() {
    let reading = read("cisco_ios", "mac", mac_table(&["  -5    0200.5e10.0001    DYNAMIC     Gi1/0/1"]));
    assert!(reading.facts.is_empty(), "{reading:?}");
    assert!(reading.outcome != Outcome::Parsed || !reading.rejected.is_empty(), "silently empty: {reading:?}");
}

#[test]
fn another_encoding_is_read_as_far_as_it_is_text_and_never_as_nothing() {
    let utf16: Vec<u8> = mac_table(&["  10    0200.5e10.0001    DYNAMIC     Gi1/0/1"])
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let reading = read("cisco_ios", "mac", utf16);
    assert!(reading.facts.is_empty() && reading.outcome != Outcome::Parsed, "{:?}", reading.outcome);

    let latin1 = b"snmp-server location K\xf8benhavn\nsnmp-server contact \0\x1b[2J\xe2\x80\xae\n".to_vec();
    let reading = read("cisco_ios", "snmp", latin1);
    assert_eq!(reading.facts.len(), 2, "{reading:?}");
    let values: Vec<&Value> = reading.facts.iter().map(|f| &f.values[2]).collect();
    assert_eq!(values[0], &Value::Text("K\u{fffd}benhavn".to_owned()));
    // No database keeps a NUL, and no terminal sees an escape.
    assert!(!values[1].plain().contains('\0'), "{values:?}");
    assert_eq!(values[1].shown(), "\u{fffd}\\u{1b}[2J\\u{202e}");
}

#[test]
fn a_text_without_end_is_a_rejected_row() {
    let reading = read("cisco_ios", "snmp", format!("snmp-server location {}\n", "x".repeat(100_000)));
    assert!(reading.facts.is_empty(), "{:?}", reading.facts.len());
    assert_eq!(reading.rejected[0].reason, "value: 100000 bytes are more than the 2500 of a text");
}

#[test]
fn a_table_without_end_is_kept_and_not_read() {
    let reading = read("cisco_ios", "mac", b"x\n".repeat(10_000_000));
    let Outcome::NotParsed { reason } = &reading.outcome else { panic!("{:?}", reading.outcome) };
    assert!(reason.contains("10000000 lines"), "{reason}");
    assert!(reading.facts.is_empty() && reading.rejected.is_empty());
}

#[test]
fn no_secret_becomes_a_fact() {
    for (platform, capture_type, text) in [
        ("cisco_ios", "snmp", "snmp-server community S3cret RO\nsnmp-server host 10.0.0.9 version 2c S3cret\n"),
        (
            "cisco_ios",
            "snmp",
            "snmp-server host 10.0.0.9 S3cret\nsnmp-server user a G v3 auth sha S3cret priv aes 128 S3cret\n",
        ),
        ("cisco_ios", "users", "username a privilege 15 secret 9 S3cret\nusername b password 7 S3cret\n"),
        ("cisco_ios", "radius", "radius-server host 10.0.0.9 auth-port 1812 acct-port 1813 key 7 S3cret\n"),
        ("cisco_ios", "console", "line vty 0 4\n password 7 S3cret\n login\n"),
        (
            "cisco_nxos",
            "snmp",
            "snmp-server community S3cret group network-operator\nsnmp-server user a network-admin auth md5 S3cret priv S3cret localizedkey\n",
        ),
        ("cisco_nxos", "snmp", "snmp-server host 10.0.0.9 traps version 2c S3cret\n"),
        (
            "arista_eos",
            "snmp",
            "snmp-server community S3cret ro\nsnmp-server user a G v3 localized f57 auth sha S3cret priv aes S3cret\n",
        ),
        ("arista_eos", "tacacs", "tacacs-server host 10.0.0.9 key 7 S3cret\n"),
        ("juniper_junos", "snmp", "community S3cret {\n    authorization read-only;\n}\ncommunity S3cret;\n"),
        ("juniper_junos", "radius", "10.0.0.9 {\n    secret \"S3cret\"; ## SECRET-DATA\n}\n"),
    ] {
        let reading = read(platform, capture_type, text);
        assert!(!reading.facts.is_empty(), "{platform} {capture_type}: {:?}", reading.outcome);
        assert!(!format!("{reading:?}").contains("S3cret"), "{platform} {capture_type}: {reading:?}");
    }
}
