//! Names of interfaces: one canonical name for the many that devices print, kept beside the name as seen.

/// Prefixes as devices abbreviate them, with the canonical word. First match wins, so longer ones come first.
const WORDS: &[(&str, &str)] = &[
    ("twentyfivegigabitethernet", "TwentyFiveGigE"),
    ("twentyfivegige", "TwentyFiveGigE"),
    ("hundredgigabitethernet", "HundredGigE"),
    ("fortygigabitethernet", "FortyGigabitEthernet"),
    ("tengigabitethernet", "TenGigabitEthernet"),
    ("twogigabitethernet", "TwoGigabitEthernet"),
    ("fivegigabitethernet", "FiveGigabitEthernet"),
    ("gigabitethernet", "GigabitEthernet"),
    ("fastethernet", "FastEthernet"),
    ("hundredgige", "HundredGigE"),
    ("fortygige", "FortyGigabitEthernet"),
    ("tengige", "TenGigabitEthernet"),
    ("port-channel", "Port-channel"),
    ("bundle-ether", "Bundle-Ether"),
    ("management", "Management"),
    ("loopback", "Loopback"),
    ("ethernet", "Ethernet"),
    ("tunnel", "Tunnel"),
    ("vlan", "Vlan"),
    ("mgmt", "mgmt"),
    ("twe", "TwentyFiveGigE"),
    ("hun", "HundredGigE"),
    ("hu", "HundredGigE"),
    ("fo", "FortyGigabitEthernet"),
    ("te", "TenGigabitEthernet"),
    ("tw", "TwoGigabitEthernet"),
    ("gig", "GigabitEthernet"),
    ("gi", "GigabitEthernet"),
    ("fas", "FastEthernet"),
    ("fa", "FastEthernet"),
    ("eth", "Ethernet"),
    ("et", "Ethernet"),
    ("po", "Port-channel"),
    ("be", "Bundle-Ether"),
    ("ma", "Management"),
    ("lo", "Loopback"),
    ("vl", "Vlan"),
    ("tu", "Tunnel"),
];

/// The canonical name: `Gi1/0/1` and `gig 1/0/1` become `GigabitEthernet1/0/1`. A name that follows no such
/// grammar (`ge-0/0/0`, `eth0`, `swp1`, `xe-0/0/1.0`) stays as it is, since lower-case `eth0` is Linux's own name.
pub fn canonical(name: &str) -> String {
    let name = name.trim();
    let digit = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
    let (word, number) = name.split_at(digit);
    let word = word.trim_end();
    // NX-OS writes `loopback0` and `port-channel1`; other lower-case names are a system's own.
    let is_native = word.starts_with(|c: char| c.is_ascii_lowercase()) && !matches!(word, "loopback" | "port-channel");
    if number.is_empty() || is_native {
        return name.to_owned();
    }
    let lower = word.to_ascii_lowercase();
    match WORDS.iter().find(|(short, _)| *short == lower) {
        Some((_, long)) => format!("{long}{number}"),
        None => name.to_owned(),
    }
}

/// Words of ports that systems print as they are.
const NATIVE: &[&str] = &[
    "ge",
    "xe",
    "et",
    "ae",
    "fxp",
    "em",
    "me",
    "vme",
    "irb",
    "reth",
    "lo",
    "eth",
    "ether",
    "bond",
    "swp",
    "ens",
    "enp",
    "eno",
    "br",
    "port",
    "lag",
    "trk",
    "wan",
    "lan",
    "internal",
    "bvi",
    "bdi",
    "nve",
    "serial",
    "cellular",
    "dialer",
    "pseudowire",
    "vxlan",
    "st",
];

/// Canonical names of ports that a person may mean, whatever the case and however short: `po1`, `PO 1`,
/// `port channel 1` and `Port-channel1` are one; none for a text that is no name of a port.
pub fn spellings(typed: &str) -> Vec<String> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let digit = typed.find(|c: char| c.is_ascii_digit()).unwrap_or(typed.len());
    let (word, number) = typed.split_at(digit);
    let is_number = number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'.' | b':' | b'-'));
    let plain = |word: &str| word.to_ascii_lowercase().replace('-', "");
    let lower = plain(word);
    if number.is_empty() || !is_number || lower.is_empty() || typed.parse::<crate::Mac>().is_ok() {
        return Vec::new();
    }
    let mut names = Vec::new();
    let long = if lower == "e" { Some("Ethernet") } else { None };
    let long = long.or_else(|| WORDS.iter().find(|(short, _)| plain(short) == lower).map(|(_, long)| *long));
    names.extend(long.map(|long| format!("{long}{number}")));
    if NATIVE.contains(&lower.as_str()) || long.is_some() {
        names.push(typed.to_ascii_lowercase());
        names.push(typed.clone());
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// The physical port that a logical unit belongs to: Junos' `ge-0/0/1.0` is on `ge-0/0/1`.
pub fn physical(name: &str) -> &str {
    let junos = ["ge-", "xe-", "et-", "ae", "fxp", "em", "me"].iter().any(|p| name.starts_with(p));
    match name.rsplit_once('.') {
        Some((port, unit)) if junos && unit.bytes().all(|b| b.is_ascii_digit()) => port,
        _ => name,
    }
}

/// Whether a port, by its canonical name, is several cables in one.
pub fn is_bundle(name: &str) -> bool {
    const NAMES: &[&str] =
        &["port-channel", "bundle-ether", "bridge-aggregation", "eth-trunk", "ae", "lag", "bond", "trk", "po"];
    numbered(name, NAMES)
}

/// Whether a port, by its canonical name, leads to no cable: the device itself, a VLAN, a tunnel between switches.
pub fn is_internal(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "cpu", "vlan", "irb", "bvi", "bdi", "router", "switch", "nve", "vxlan", "vtep", "tunnel", "sup-eth",
        "internal", "self",
    ];
    numbered(name, NAMES) || NAMES.contains(&name.to_ascii_lowercase().as_str())
}

/// One of these names with a number behind it.
fn numbered(name: &str, names: &[&str]) -> bool {
    let lower = name.to_ascii_lowercase();
    let bare = lower.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | ' ' | ':'));
    bare.len() < lower.len() && names.contains(&bare)
}

/// Whether a text can be an interface name at all: starts with a letter, has no blank, comma or control
/// character, at most 64 characters. An age such as `1d07h,` or `never` or a MAC address is not one.
pub fn is_name(text: &str) -> bool {
    let well = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | ':' | '_' | '@' | '(' | ')');
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(well)
        && !is_age_or_address(text)
}

/// Whether a text is an age such as `1d07h` or `00:01:02`, a MAC address or an IP address: no port is called so, even where a
/// port may have any name.
pub fn is_age_or_address(text: &str) -> bool {
    let is_clock = text.split(':').count() == 3 && text.split(':').all(|part| part.parse::<u32>().is_ok());
    let is_units = text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(['y', 'w', 'd', 'h', 'm', 's'])
        && text.chars().all(|c| c.is_ascii_digit() || "ywdhms".contains(c));
    let is_address = text.parse::<crate::Mac>().is_ok() || text.parse::<std::net::IpAddr>().is_ok();
    is_clock || is_units || is_address || text.eq_ignore_ascii_case("never")
}

/// A key that sorts names as a person would: `Gi1/0/2` before `Gi1/0/10`.
pub fn natural_key(name: &str) -> Vec<(String, u64)> {
    let mut key = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digit = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(digit);
        let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let (number, tail) = tail.split_at(end);
        key.push((word.to_owned(), number.parse().unwrap_or(0)));
        rest = tail;
    }
    key
}

/// As [`natural_key`], whatever the case, as a text whose bytes are in this order.
pub fn sort_key(name: &str) -> String {
    natural_key(&name.to_lowercase()).into_iter().map(|(word, number)| format!("{word}\u{1}{number:020}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_and_what_leads_to_no_cable_are_known_by_their_names() {
        for name in ["Port-channel10", "ae0", "Bundle-Ether1.100", "bond0", "Eth-Trunk3"] {
            assert!(is_bundle(name), "{name}");
        }
        for name in ["CPU", "Vlan10", "irb.5", "nve1"] {
            assert!(is_internal(name), "{name}");
        }
        for name in ["GigabitEthernet1/0/1", "Ethernet1", "xe-0/0/1", "24", "port1"] {
            assert!(!is_bundle(name) && !is_internal(name), "{name}");
        }
    }

    fn check(name: &str, long: &str) {
        assert_eq!(canonical(name), long, "{name}");
    }

    #[test]
    fn whoever_types_a_port_finds_it_in_any_spelling() {
        let check = |typed: &str, name: &str| {
            let spellings = spellings(typed);
            match name {
                "" => assert!(spellings.is_empty(), "{typed}: {spellings:?}"),
                name => assert!(spellings.iter().any(|s| s == name), "{typed}: {spellings:?}"),
            }
        };
        for typed in ["po1", "Po1", "PO 1", "port channel 1", "portchannel1", "Port-channel1", "port-channel1"] {
            check(typed, "Port-channel1");
        }
        for typed in ["gi1/0/1", "Gig 1/0/1", "GIGABITETHERNET1/0/1", "GigabitEthernet 1/0/1"] {
            check(typed, "GigabitEthernet1/0/1");
        }
        for (typed, name) in [
            ("eth1/1", "Ethernet1/1"),
            ("e1/1", "Ethernet1/1"),
            ("et49", "Ethernet49"),
            ("GE-0/0/1", "ge-0/0/1"),
            ("et-0/0/48.0", "et-0/0/48.0"),
            ("AE0", "ae0"),
            ("eth0", "eth0"),
            ("LO0", "Loopback0"),
            ("lo0.0", "lo0.0"),
            ("mgmt0", "mgmt0"),
            ("Twe1/0/3", "TwentyFiveGigE1/0/3"),
        ] {
            check(typed, name);
        }
        for typed in ["usa-leaf-1", "101", "uplink", "10.0.0.1", "aabb.ccdd.eeff", "C9300", "1/1", "SFP-10G", "", "gi"]
        {
            check(typed, "");
        }
    }

    #[test]
    fn short_and_long_names_meet() {
        check("Gi1/0/1", "GigabitEthernet1/0/1");
        check("Gig 0/1", "GigabitEthernet0/1");
        check("Te1/1/1", "TenGigabitEthernet1/1/1");
        check("Eth1/1", "Ethernet1/1");
        check("Et1", "Ethernet1");
        check("port-channel10", "Port-channel10");
        check("Po10", "Port-channel10");
        check("loopback0", "Loopback0");
        check("Vl10", "Vlan10");
        check("mgmt0", "mgmt0");
    }

    #[test]
    fn names_of_other_grammars_stay() {
        for name in ["ge-0/0/0", "xe-0/0/1.0", "eth1", "swp7", "lo", "irb.10", "ae0", "Null0", "CPU"] {
            check(name, name);
        }
        assert_eq!(physical("ge-0/0/1.0"), "ge-0/0/1");
        assert_eq!(physical("GigabitEthernet0/0.10"), "GigabitEthernet0/0.10");
    }

    #[test]
    fn an_age_or_a_mac_is_not_an_interface() {
        assert!(is_name("Gi1/0/1") && is_name("ge-0/0/0.0") && is_name("Vlan10"));
        for text in ["1d07h,", "never", "00:01:02", "", "two words", "aabb.ccdd.eeff", "0", "fe80::1"] {
            assert!(!is_name(text), "{text}");
        }
        for text in ["1d07h", "never", "00:01:02", "0050.5630.4134", "10.0.0.1", "fe80::1"] {
            assert!(is_age_or_address(text), "{text}");
        }
        for text in ["ether1", "1/1/1", "10GE1/0/1", "1", "<pppoe-ann>", "sfp-sfpplus1"] {
            assert!(!is_age_or_address(text), "{text}");
        }
    }

    #[test]
    fn order_is_natural() {
        let mut names = ["Gi1/0/10", "Gi1/0/2", "Gi1/0/1"];
        names.sort_by_key(|n| natural_key(n));
        assert_eq!(names, ["Gi1/0/1", "Gi1/0/2", "Gi1/0/10"]);
    }

    #[test]
    fn sort_keys_are_in_the_order_in_which_a_person_counts() {
        let mut names = vec!["leaf-10", "Leaf-2", "leaf", "leaf-2b", "leaf-2.1", "a9", "leaf-0"];
        names.sort_by_key(|n| sort_key(n));
        assert_eq!(names, ["a9", "leaf", "leaf-0", "Leaf-2", "leaf-2.1", "leaf-2b", "leaf-10"]);
    }
}
