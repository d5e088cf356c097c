//! An answer as text: one line for each binding, `OID = TYPE: VALUE`, with numbers as `snmpwalk -On` prints them.
//!
//! What is not plain text is in hex. A line break inside a value is written `\n`, so that a line is always one binding.

use std::fmt::Write as _;

use crate::{Binding, Oid, Value};

/// The line of a binding, without a line break.
pub fn line(binding: &Binding) -> String {
    let (kind, text) = typed(&binding.value);
    let oid = &binding.oid;
    match kind {
        "" => format!(".{oid} = {text}"),
        _ => format!(".{oid} = {kind}: {text}"),
    }
}

/// The lines of several walks, those of one index together: what tells of one neighbour or one port is in one place. Each walk comes
/// with the column that it walked, after which the index begins.
pub fn text(walks: &[(Oid, &[Binding])]) -> String {
    let indexed = |(column, bindings): &(Oid, &[Binding])| {
        let skip = column.len();
        bindings
            .iter()
            .map(move |b| (b.oid.arcs().get(skip..).unwrap_or_default().to_vec(), b.clone()))
            .collect::<Vec<_>>()
    };
    let mut all: Vec<(Vec<u32>, Binding)> = walks.iter().flat_map(indexed).collect();
    all.sort_by(|a, b| (&a.0, &a.1.oid).cmp(&(&b.0, &b.1.oid)));
    all.iter().map(|(_, binding)| line(binding) + "\n").collect()
}

/// The type and the text of a value; no type for what is no value.
pub fn typed(value: &Value) -> (&'static str, String) {
    match value {
        Value::Integer(n) => ("INTEGER", n.to_string()),
        Value::OctetString(bytes) => octets(bytes),
        Value::Null => ("", "NULL".to_owned()),
        Value::ObjectIdentifier(oid) => ("OID", format!(".{oid}")),
        Value::IpAddress([a, b, c, d]) => ("IpAddress", format!("{a}.{b}.{c}.{d}")),
        Value::Counter32(n) => ("Counter32", n.to_string()),
        Value::Gauge32(n) | Value::UInteger32(n) => ("Gauge32", n.to_string()),
        Value::TimeTicks(n) => ("Timeticks", n.to_string()),
        Value::Opaque(bytes) | Value::Nsap(bytes) => ("OPAQUE", hex(bytes)),
        Value::Counter64(n) => ("Counter64", n.to_string()),
        Value::NoSuchObject => ("", "No Such Object available on this agent at this OID".to_owned()),
        Value::NoSuchInstance => ("", "No Such Instance currently exists at this OID".to_owned()),
        Value::EndOfMibView => ("", "No more variables left in this MIB View".to_owned()),
        other => ("", format!("a value of an unknown kind: {:?}", other.kind())),
    }
}

fn octets(bytes: &[u8]) -> (&'static str, String) {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')) => {
            ("STRING", quoted(text))
        }
        _ => ("Hex-STRING", hex(bytes)),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '"' | '\\' => quoted.extend(['\\', c]),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    for (n, byte) in bytes.iter().enumerate() {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{}{byte:02X}", if n == 0 { "" } else { " " });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: Value, text: &str) {
        assert_eq!(line(&Binding::new(Oid::new([1, 3, 6]), value)), format!(".1.3.6 = {text}"));
    }

    #[test]
    fn each_kind_of_value_has_its_line() {
        check(Value::Integer(-1), "INTEGER: -1");
        check(Value::from("leaf1"), "STRING: \"leaf1\"");
        check(Value::from("a \"b\"\r\nc\\d"), r#"STRING: "a \"b\"\r\nc\\d""#);
        check(Value::OctetString(vec![2, 0, 0, 0xab].into()), "Hex-STRING: 02 00 00 AB");
        check(Value::from(""), "STRING: \"\"");
        check(Value::ObjectIdentifier(Oid::new([1, 3, 6, 1])), "OID: .1.3.6.1");
        check(Value::IpAddress([10, 0, 0, 1]), "IpAddress: 10.0.0.1");
        check(Value::Counter64(u64::MAX), "Counter64: 18446744073709551615");
        check(Value::NoSuchInstance, "No Such Instance currently exists at this OID");
    }

    #[test]
    fn what_tells_of_one_index_is_together() {
        let column = |c: u32, n: u32| {
            let column = Oid::new([1, 3, c]);
            (column.clone(), (1..=n).map(|i| Binding::new(column.child(i), Value::Integer(1))).collect::<Vec<_>>())
        };
        let (a, b) = (column(1, 2), column(2, 3));
        let text = text(&[(a.0, &a.1), (b.0, &b.1)]);
        let oids: Vec<&str> = text.lines().filter_map(|l| l.split(' ').next()).collect();
        assert_eq!(oids, [".1.3.1.1", ".1.3.2.1", ".1.3.1.2", ".1.3.2.2", ".1.3.2.3"]);
    }

    #[test]
    fn what_a_device_sends_cannot_make_a_second_line() {
        for text in ["a\nb", "a\u{85}b", "a\u{2028}b\u{1b}[2J", "a\0b"] {
            let line = line(&Binding::new(Oid::new([1, 3]), Value::from(text)));
            assert_eq!(line.lines().count(), 1, "{line:?}");
            assert!(!line.contains(char::is_control), "{line:?}");
        }
    }
}
