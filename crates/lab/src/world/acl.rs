//! The access list that each device has, whose order matters.

use super::Device;

pub const NAME: &str = "EDGE-IN";

/// A line of it, as Cisco and Arista write it, and as Junos names and matches it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    pub text: &'static str,
    pub term: &'static str,
    pub from: &'static str,
    pub permits: bool,
}

pub static RULES: [Rule; 5] = [
    rule("permit tcp any any established", "established", "tcp-established;", true),
    rule("permit udp any any eq ntp", "ntp", "protocol udp; destination-port ntp;", true),
    rule("permit udp any any eq snmp", "snmp", "protocol udp; destination-port snmp;", true),
    rule("permit icmp any any", "ping", "protocol icmp;", true),
    rule("deny   ip any any log", "rest", "address 0.0.0.0/0;", false),
];

const fn rule(text: &'static str, term: &'static str, from: &'static str, permits: bool) -> Rule {
    Rule { text, term, from, permits }
}

impl Device {
    /// The lines in their present order: each turn has swapped two neighbours, the next two each time.
    pub(crate) fn acl(&self) -> Vec<&'static Rule> {
        let mut rules: Vec<&Rule> = RULES.iter().collect();
        for turn in 0..self.past.acl_turns as usize {
            let at = turn % (rules.len() - 1);
            rules.swap(at, at + 1);
        }
        rules
    }
}
