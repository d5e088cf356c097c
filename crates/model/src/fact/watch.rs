//! Which facts are watched for changes, as data: what makes a thing the same, and what of it matters.

use super::FactKind;

/// How facts of a kind change. A kind that is not here is kept, but a difference is not told.
#[derive(Debug, PartialEq, Eq)]
pub struct Watch {
    /// Name of the [`FactKind`].
    pub fact: &'static str,
    /// What one of them is called.
    pub one: &'static str,
    /// Columns that make it the same thing on its device. Several facts may have the same key: the next hops of a route.
    pub key: &'static [&'static str],
    /// Columns whose values matter. Neither age nor counters are among them.
    pub state: &'static [&'static str],
    /// What it is called when it came and when it is gone. `None` when that means nothing: a MAC address ages out.
    pub comes_and_goes: Option<(&'static str, &'static str)>,
    /// It may be anywhere in the network, and is told when it is plugged in at another port.
    pub roams: bool,
    /// It is compared capture by capture, as the whole that it is.
    pub by_capture: bool,
    /// Many come and go every day: how many at once is told in one change.
    pub counted: bool,
}

/// How names of neighbours are compared: two protocols tell them in two spellings.
const HOST_NAMES: &[&str] = &["remote_name"];
const PORT_NAMES: &[&str] = &["remote_interface"];

/// States between which something goes to and fro without anything having happened: one word for all of them.
const AS_ONE: &[(&str, &str, &[&str], &str)] = &[
    ("bgp_neighbors", "state", &["idle", "active", "connect", "opensent", "openconfirm"], "down"),
    ("ospf_neighbors", "state", &["init", "attempt", "exstart", "exchange", "loading"], "down"),
    // Which of several good servers the clock follows this minute.
    ("ntp", "status", &["synchronised", "selected", "candidate", "outlier"], "reached"),
];

/// One line for each kind that is watched. What is read from configurations is not: they are compared themselves.
pub const WATCHED: &[Watch] = &[
    by_capture(
        "system",
        "system",
        &[],
        &["hostname", "vendor", "model", "os_version", "serials", "image", "chassis_mac"],
        Some(("new", "gone")),
    ),
    by_capture(
        "components",
        "component",
        &["name"],
        &["description", "part_id", "version", "serial"],
        Some(("new", "gone")),
    ),
    watch("interfaces", "interface", &["name"], &["status", "protocol_status"], Some(("new", "gone"))),
    watch("neighbors", "neighbor", &["local_interface"], &["remote_name", "remote_interface"], Some(("new", "gone"))),
    watch("arp", "address", &["ip", "vrf"], &["mac"], None),
    Watch { roams: true, ..watch("mac", "MAC address", &["mac", "vlan"], &["interface"], None) },
    watch("vlans", "VLAN", &["vid"], &["name", "status"], Some(("added", "removed"))),
    watch("addresses", "address", &["ip", "vrf"], &["interface", "prefix_length"], Some(("added", "removed"))),
    watch("port_channels", "bundle", &["name", "member"], &["status", "member_status"], Some(("new", "gone"))),
    watch("ipv6_neighbors", "address", &["ip", "vrf"], &["mac"], None),
    watch(
        "bgp_neighbors",
        "BGP neighbor",
        &["neighbor", "vrf", "address_family"],
        &["state", "remote_as"],
        Some(("new", "gone")),
    ),
    watch("ospf_neighbors", "OSPF neighbor", &["router_id", "interface", "vrf"], &["state"], Some(("new", "gone"))),
    watch(
        "switchports",
        "port",
        &["interface"],
        &["mode", "access_vlan", "native_vlan", "tagged_vlans", "voice_vlan"],
        None,
    ),
    watch("ntp", "NTP server", &["server", "vrf"], &["status"], Some(("added", "removed"))),
    Watch {
        counted: true,
        ..watch("bgp_routes", "BGP prefix", &["prefix", "vrf"], &[], Some(("announced", "withdrawn")))
    },
    watch("environment", "sensor", &["name", "sensor"], &["state", "serial"], Some(("new", "gone"))),
    watch(
        "routes",
        "route",
        &["prefix", "vrf"],
        &["protocol", "distance", "metric", "next_hop", "interface"],
        Some(("added", "withdrawn")),
    ),
];

const fn watch(
    fact: &'static str,
    one: &'static str,
    key: &'static [&'static str],
    state: &'static [&'static str],
    comes_and_goes: Option<(&'static str, &'static str)>,
) -> Watch {
    Watch { fact, one, key, state, comes_and_goes, roams: false, by_capture: false, counted: false }
}

const fn by_capture(
    fact: &'static str,
    one: &'static str,
    key: &'static [&'static str],
    state: &'static [&'static str],
    comes_and_goes: Option<(&'static str, &'static str)>,
) -> Watch {
    Watch { by_capture: true, ..watch(fact, one, key, state, comes_and_goes) }
}

impl Watch {
    /// How facts of a kind are watched; `None` when they are not.
    pub fn of(kind: &FactKind) -> Option<&'static Watch> {
        WATCHED.iter().find(|w| w.fact == kind.name)
    }

    pub fn kind(&self) -> Option<&'static FactKind> {
        FactKind::by_name(self.fact)
    }

    /// `route`, `routes`; `BGP neighbor`, `addresses`
    pub fn called(&self, count: usize) -> String {
        match (count, self.one.ends_with('s')) {
            (1, _) => self.one.to_owned(),
            (_, true) => format!("{}es", self.one),
            (_, false) => format!("{}s", self.one),
        }
    }

    /// What makes it the same thing, in one spelling, and as shown.
    pub fn key_of(&self, kind: &FactKind, values: &[super::Value]) -> Vec<String> {
        self.key.iter().map(|column| plain(kind, values, column)).collect()
    }

    /// What of it matters, in one spelling.
    pub fn state_of(&self, kind: &FactKind, values: &[super::Value]) -> Vec<String> {
        self.state.iter().map(|column| plain(kind, values, column)).collect()
    }
}

fn plain(kind: &FactKind, values: &[super::Value], column: &str) -> String {
    let text = kind.position(column).and_then(|n| values.get(n)).map(super::Value::plain).unwrap_or_default();
    if HOST_NAMES.contains(&column) {
        // NX-OS puts its serial number behind its name.
        return text.split(['.', '(']).next().unwrap_or_default().to_ascii_lowercase();
    }
    if PORT_NAMES.contains(&column) {
        return crate::interface::canonical(&text);
    }
    let is_one = |(of, name, words, _): &&(&str, &str, &[&str], &str)| {
        *of == kind.name && *name == column && words.contains(&text.as_str())
    };
    if let Some((.., one)) = AS_ONE.iter().find(is_one) {
        return (*one).to_owned();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_watched_has_the_columns_that_are_named() {
        for watch in WATCHED {
            let kind = watch.kind().unwrap_or_else(|| panic!("{} is no kind", watch.fact));
            for column in watch.key.iter().chain(watch.state) {
                assert!(kind.position(column).is_some(), "{} has no {column}", watch.fact);
            }
        }
    }
}
