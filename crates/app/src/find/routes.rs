//! Which way each device would send a packet: the longest prefix of its routing table that holds the address.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;
use model::address::ip_key;
use model::fact::ROUTES;
use model::{DeviceId, Evidence, Timestamp, Value};
use serde::Serialize;
use store::{FactFilter, Predicate, StoredFact};

use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// A route by which a device would send.
#[derive(Debug, Clone, Serialize)]
pub struct RouteView {
    pub device: String,
    pub vrf: String,
    pub prefix: IpNet,
    pub protocol: String,
    pub distance: Option<i64>,
    pub metric: Option<i64>,
    pub next_hop: Option<IpAddr>,
    pub interface: Option<String>,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub evidence: Evidence,
}

impl App {
    /// For each device and VRF the routes with the longest prefix that holds the address; several are equal ways.
    pub async fn route_lookup(
        &self,
        actor: &Actor,
        address: IpAddr,
        at: Option<Timestamp>,
    ) -> AppResult<Vec<RouteView>> {
        actor.must(Role::Viewer, "see routes")?;
        self.routes_to(address, at).await
    }

    pub(super) async fn routes_to(&self, address: IpAddr, at: Option<Timestamp>) -> AppResult<Vec<RouteView>> {
        // A prefix is indexed by its network address, and there are few of those that can hold the address.
        let filter =
            FactFilter { at, columns: vec![Predicate::KeyIn("prefix", networks(address))], ..FactFilter::default() };
        let routes = self.store.facts(&ROUTES, &filter).await?;
        let best = longest(address, routes);
        let names = self.slugs(best.iter().map(|(_, fact)| fact.device)).await?;
        let mut views: Vec<RouteView> = best
            .into_iter()
            .map(|(prefix, fact)| view(prefix, names.get(&fact.device).cloned().unwrap_or_default(), fact))
            .collect();
        views.sort_by_cached_key(|r| (model::interface::natural_key(&r.device), r.vrf.clone(), r.next_hop));
        Ok(views)
    }
}

/// The keys of the network addresses of all prefixes that hold an address.
fn networks(address: IpAddr) -> Vec<String> {
    let bits = if address.is_ipv4() { 32 } else { 128 };
    let mut keys: Vec<String> =
        (0..=bits).filter_map(|n| IpNet::new(address, n).ok()).map(|net| ip_key(net.network())).collect();
    keys.dedup();
    keys
}

/// Of each device and VRF those with the longest prefix.
fn longest(address: IpAddr, routes: Vec<StoredFact>) -> Vec<(IpNet, StoredFact)> {
    let mut best: BTreeMap<(DeviceId, String), Vec<(IpNet, StoredFact)>> = BTreeMap::new();
    for fact in routes {
        let Some(Value::Prefix(prefix)) = value(&fact, "prefix").cloned() else { continue };
        if !prefix.contains(&address) {
            continue;
        }
        let place = best.entry((fact.device, vrf(&fact))).or_default();
        let length = place.first().map(|(p, _)| p.prefix_len());
        if length.is_some_and(|l| l < prefix.prefix_len()) {
            place.clear();
        }
        if length.is_none_or(|l| l <= prefix.prefix_len()) {
            place.push((prefix, fact));
        }
    }
    best.into_values().flatten().collect()
}

fn value<'f>(fact: &'f StoredFact, column: &str) -> Option<&'f Value> {
    ROUTES.position(column).and_then(|n| fact.values.get(n))
}

fn vrf(fact: &StoredFact) -> String {
    value(fact, "vrf").map(Value::plain).filter(|v| !v.is_empty()).unwrap_or_else(|| "default".to_owned())
}

fn view(prefix: IpNet, device: String, fact: StoredFact) -> RouteView {
    let int = |column| match value(&fact, column) {
        Some(Value::Int(n)) => Some(*n),
        _ => None,
    };
    RouteView {
        device,
        vrf: vrf(&fact),
        prefix,
        protocol: value(&fact, "protocol").map(Value::plain).unwrap_or_default(),
        distance: int("distance"),
        metric: int("metric"),
        next_hop: match value(&fact, "next_hop") {
            Some(Value::Ip(ip)) => Some(*ip),
            _ => None,
        },
        interface: value(&fact, "interface").map(Value::plain).filter(|i| !i.is_empty()),
        first_seen: fact.first_seen,
        last_seen: fact.last_seen,
        evidence: fact.evidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_networks_can_hold_an_address() {
        let keys = networks("10.1.2.3".parse().expect("address"));
        let key = |text: &str| ip_key(text.parse().expect(text));
        for network in ["0.0.0.0", "10.0.0.0", "10.1.2.0", "10.1.2.3"] {
            assert!(keys.contains(&key(network)), "{network}");
        }
        assert!(!keys.contains(&key("10.1.3.0")) && keys.len() <= 33, "{keys:?}");
    }

    fn check(routes: &[&str], best: &[&str]) {
        let fact = |text: &&str| {
            let mut values = vec![Value::Null; ROUTES.columns.len()];
            values[ROUTES.position("prefix").expect("column")] =
                Value::read(model::ColumnKind::Prefix, text).expect("prefix");
            let evidence = Evidence {
                capture: model::CaptureId(1),
                capture_type: "routes".to_owned(),
                first_line: 1,
                last_line: 1,
                template: "t".to_owned(),
            };
            let at = Timestamp(0);
            StoredFact { id: 1, device: DeviceId(1), values, evidence, first_seen: at, last_seen: at, gone_at: None }
        };
        let found = longest("10.1.2.3".parse().expect("address"), routes.iter().map(fact).collect());
        assert_eq!(found.iter().map(|(p, _)| p.to_string()).collect::<Vec<_>>(), best);
    }

    #[test]
    fn the_longest_prefix_wins_and_equals_stay() {
        check(&["0.0.0.0/0", "10.0.0.0/8", "10.1.2.0/24"], &["10.1.2.0/24"]);
        check(&["10.1.2.0/24", "0.0.0.0/0", "10.1.2.0/24"], &["10.1.2.0/24", "10.1.2.0/24"]);
        // The network address fits, the prefix does not hold the address.
        check(&["10.1.2.0/31", "0.0.0.0/0"], &["0.0.0.0/0"]);
        check(&["192.0.2.0/24"], &[]);
    }
}
