//! Names of devices: with and without domain, with a serial number behind them, in any case.

use std::net::IpAddr;

/// A name as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Lower case, without serial number and final dot.
    pub text: String,
    /// `FDO1` in `spine1(FDO1)`, as NX-OS sends it by CDP.
    pub serial: Option<String>,
}

impl Name {
    /// `None` for a text that is no name.
    pub fn read(raw: &str) -> Option<Name> {
        let raw = raw.trim();
        let split = raw.strip_suffix(')').and_then(|r| r.split_once('('));
        let (text, serial) = match split.filter(|(text, _)| !text.trim().is_empty()) {
            Some((text, serial)) => (text, Some(serial.trim().to_uppercase()).filter(|s| !s.is_empty())),
            None => (raw, None),
        };
        let text = text.trim().trim_end_matches('.').to_lowercase();
        (!text.is_empty()).then_some(Name { text, serial })
    }

    /// What stands before the first dot; the whole of an address.
    pub fn label(&self) -> &str {
        if self.is_address() { &self.text } else { self.text.split('.').next().unwrap_or_default() }
    }

    /// Equal, or equal but for a domain that one of them leaves out.
    pub fn fits(&self, other: &Name) -> bool {
        let (short, long) =
            if self.text.len() <= other.text.len() { (&self.text, &other.text) } else { (&other.text, &self.text) };
        let rest = long.strip_prefix(short.as_str());
        rest.is_some_and(|r| r.is_empty() || (r.starts_with('.') && !self.is_address() && !other.is_address()))
    }

    fn is_address(&self) -> bool {
        self.text.parse::<IpAddr>().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, fits: bool) {
        let read = |t: &str| Name::read(t).expect(t);
        assert_eq!(read(a).fits(&read(b)), fits, "{a} / {b}");
        assert_eq!(read(b).fits(&read(a)), fits, "{b} / {a}");
    }

    #[test]
    fn a_domain_may_be_left_out_but_not_differ() {
        check("core1", "CORE1", true);
        check("core1", "core1.net.example.", true);
        check("core1.floor2", "core1.floor2.net.example", true);
        check("core1.a.example", "core1.b.example", false);
        check("core1", "core11", false);
        check("10.0.0.1", "10.0.0.1", true);
        check("10", "10.0.0.1", false);
    }

    #[test]
    fn a_serial_number_behind_the_name_is_a_mark_of_its_own() {
        let name = Name::read("spine1(fdo1)").expect("name");
        assert_eq!((name.text.as_str(), name.serial.as_deref()), ("spine1", Some("FDO1")));
        assert_eq!(Name::read(" "), None);
        assert_eq!(Name::read("(x)").map(|n| n.text).as_deref(), Some("(x)"));
    }
}
