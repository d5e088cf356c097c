//! What changes of a device came of: a cable that is pulled takes a neighbour, its sessions and their routes along.
//!
//! Said only where it is certain, by what the same visit saw on the same device: all that is gone of a thing led over
//! one port, to one neighbour, that was lost as well. What came back is argued the same way.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::IpNet;
use model::{Action, FactKind, Value};

use crate::watching::{Held, Turn};

/// A thing that changed, of its kind.
pub type Of<'a> = (&'static FactKind, &'a Turn);

/// Lost, or come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Down,
    Up,
}

/// For each the one that it came of; that one came of nothing that is known.
pub fn causes(all: &[Of<'_>]) -> Vec<Option<usize>> {
    let mut causes = vec![None; all.len()];
    for way in [Way::Down, Way::Up] {
        let lost = Lost::of(all, way);
        for (n, (kind, turn)) in all.iter().enumerate() {
            if causes[n].is_none() {
                causes[n] = lost.cause(n, kind, turn);
            }
        }
    }
    // A route that came of a session that came of a port came of the port.
    for n in 0..causes.len() {
        let mut top = causes[n];
        let mut steps = 0;
        while let Some(above) = top.and_then(|n: usize| causes[n]).filter(|_| steps < all.len()) {
            (top, steps) = (Some(above), steps + 1);
        }
        causes[n] = top;
    }
    causes
}

/// What went one way, by what leads over it.
struct Lost {
    way: Way,
    /// Ports by name.
    ports: BTreeMap<String, usize>,
    /// Devices heard on ports, where only one was.
    heard: BTreeMap<String, usize>,
    /// Sessions by VRF and the address of the other side.
    sessions: BTreeMap<(String, IpAddr), usize>,
    /// Networks that are directly behind ports: VRF, prefix, port.
    networks: Vec<(String, IpNet, String)>,
}

impl Lost {
    fn of(all: &[Of<'_>], way: Way) -> Self {
        let (ports, heard, sessions, networks) = Default::default();
        let mut lost = Self { way, ports, heard, sessions, networks };
        for (n, (kind, turn)) in all.iter().enumerate() {
            match kind.name {
                "routes" => lost.networks.extend(way.facts(turn).iter().filter_map(network)),
                _ if !way.went(kind, turn) => {}
                "interfaces" => lost.ports.extend(name(way, kind, turn, "name").map(|port| (port, n))),
                "neighbors" => lost.heard.extend(name(way, kind, turn, "local_interface").map(|port| (port, n))),
                "bgp_neighbors" => lost.meets(kind, "neighbor", turn, n),
                "ospf_neighbors" => lost.meets(kind, "address", turn, n),
                _ => {}
            }
        }
        lost
    }

    fn meets(&mut self, kind: &FactKind, column: &str, turn: &Turn, n: usize) {
        for held in turn.gone.iter().chain(&turn.came) {
            if let Some(Value::Ip(address)) = value(kind, held, column) {
                self.sessions.insert((vrf(kind, held), *address), n);
            }
        }
    }

    /// The one thing that all of what went led over.
    fn cause(&self, n: usize, kind: &FactKind, turn: &Turn) -> Option<usize> {
        let facts = match kind.name {
            "interfaces" if self.way.went(kind, turn) => return self.port_above(kind, turn).filter(|c| *c != n),
            "routes" | "addresses" => self.way.facts(turn),
            "neighbors" | "bgp_neighbors" | "ospf_neighbors" | "port_channels" if self.way.went(kind, turn) => {
                self.way.facts(turn)
            }
            _ => return None,
        };
        let over: BTreeSet<Option<usize>> = facts.iter().map(|held| self.over(n, kind, held)).collect();
        match over.into_iter().collect::<Vec<_>>()[..] {
            [Some(cause)] => Some(cause),
            _ => None,
        }
    }

    /// `Gi0/1` of `Gi0/1.100`.
    fn port_above(&self, kind: &FactKind, turn: &Turn) -> Option<usize> {
        let own = name(self.way, kind, turn, "name")?;
        self.ports.get(above(&own)?).copied()
    }

    /// What a fact leads over that went: a port, the neighbour on it, a session.
    fn over(&self, n: usize, kind: &FactKind, held: &Held) -> Option<usize> {
        let is_other = |cause: &usize| *cause != n;
        let columns: &[&str] = match kind.name {
            "neighbors" => &["local_interface"],
            "port_channels" => &["member", "name"],
            _ => &["interface"],
        };
        let named = columns.iter().find_map(|column| match value(kind, held, column) {
            Some(Value::Interface { name, .. }) => Some(name.clone()),
            _ => None,
        });
        let to = match (kind.name, value(kind, held, "next_hop"), value(kind, held, "neighbor")) {
            ("routes", Some(Value::Ip(hop)), _) | ("bgp_neighbors", _, Some(Value::Ip(hop))) => Some(*hop),
            _ => None,
        };
        let vrf = vrf(kind, held);
        let behind = || {
            let of_it = |(of, net, _): &&(String, IpNet, String)| *of == vrf && to.is_some_and(|to| net.contains(&to));
            self.networks.iter().find(of_it).map(|(.., port)| port.clone())
        };
        let port = named.or_else(behind);
        let at = |places: &BTreeMap<String, usize>| {
            let port = port.as_deref()?;
            places.get(port).or_else(|| places.get(above(port)?)).copied().filter(is_other)
        };
        at(&self.ports).or_else(|| if kind.name == "neighbors" { None } else { at(&self.heard) }).or_else(|| match kind
            .name
        {
            "routes" => self.sessions.get(&(vrf.clone(), to?)).copied(),
            _ => None,
        })
    }
}

impl Way {
    fn facts(self, turn: &Turn) -> &[Held] {
        match self {
            Way::Down => &turn.gone,
            Way::Up => &turn.came,
        }
    }

    /// Whether a thing went this way: it is no longer there, or is no longer up.
    fn went(self, kind: &FactKind, turn: &Turn) -> bool {
        let (was, is) =
            (turn.gone.iter().any(|held| is_up(kind, held)), turn.came.iter().any(|held| is_up(kind, held)));
        match (turn.thing.action, self) {
            (Action::Removed, Way::Down) => was,
            (Action::Added, Way::Up) => is,
            (Action::Changed, Way::Down) => was && !is,
            (Action::Changed, Way::Up) => is && !was,
            _ => false,
        }
    }
}

/// As far as its state says.
fn is_up(kind: &FactKind, held: &Held) -> bool {
    let column = |name: &str| value(kind, held, name).map(Value::plain).unwrap_or_default().to_ascii_lowercase();
    let up: &[&str] = match kind.name {
        "bgp_neighbors" => &["established"],
        "ospf_neighbors" => &["full", "2way"],
        "interfaces" => &["up", "connected", "up (connected)", "enabled"],
        "port_channels" => &["up", "bundled"],
        _ => return true,
    };
    let states = ["state", "status", "protocol_status", "member_status"].map(column);
    let said: Vec<&String> = states.iter().filter(|state| !state.is_empty()).collect();
    !said.is_empty() && said.into_iter().all(|state| up.contains(&state.as_str()))
}

fn value<'h>(kind: &FactKind, held: &'h Held, column: &str) -> Option<&'h Value> {
    kind.position(column).and_then(|n| held.values.get(n))
}

fn vrf(kind: &FactKind, held: &Held) -> String {
    let vrf = value(kind, held, "vrf").map(Value::plain).unwrap_or_default();
    if vrf.is_empty() { "default".to_owned() } else { vrf }
}

/// The name of a port that a thing is, or is on.
fn name(way: Way, kind: &FactKind, turn: &Turn, column: &str) -> Option<String> {
    let facts = way.facts(turn).iter().chain(&turn.gone).chain(&turn.came);
    facts.filter_map(|held| value(kind, held, column)).map(Value::plain).find(|name| !name.is_empty())
}

/// `Gi0/1` for `Gi0/1.100`.
fn above(port: &str) -> Option<&str> {
    let (above, unit) = port.rsplit_once('.')?;
    (!unit.is_empty() && unit.bytes().all(|b| b.is_ascii_digit())).then_some(above)
}

/// A network directly behind a port.
fn network(route: &Held) -> Option<(String, IpNet, String)> {
    let kind = &model::fact::ROUTES;
    let direct = value(kind, route, "protocol").is_some_and(|p| p.plain() == "connected");
    match (value(kind, route, "prefix"), value(kind, route, "interface")) {
        (Some(Value::Prefix(net)), Some(Value::Interface { name, .. })) if direct => {
            Some((vrf(kind, route), *net, name.clone()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
