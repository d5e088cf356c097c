//! Which way each device would send a packet: the longest prefix of its routing table that holds the address.

use std::collections::HashSet;
use std::net::IpAddr;

use ipnet::IpNet;
use model::fact::ROUTES;
use model::{DeviceId, Evidence, Timestamp, Value};
use serde::Serialize;
use store::{FactFilter, Predicate, StoredFact};

use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// A route by which a device would send.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct RouteView {
    pub device: String,
    pub vrf: String,
    #[schema(value_type = String)]
    pub prefix: IpNet,
    pub protocol: String,
    pub distance: Option<i64>,
    pub metric: Option<i64>,
    #[schema(value_type = Option<String>)]
    pub next_hop: Option<IpAddr>,
    pub interface: Option<String>,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub evidence: Evidence,
}

impl App {
    /// For each device and VRF the routes with the longest prefix that holds the address; several are equal ways. Of one
    /// device, or of all: those with the longest prefix first, and so many at most.
    pub async fn route_lookup(
        &self,
        actor: &Actor,
        address: IpAddr,
        (device, vrf): (Option<&str>, Option<&str>),
        at: Option<Timestamp>,
        limit: u32,
    ) -> AppResult<Vec<RouteView>> {
        actor.must(Role::Viewer, "see routes")?;
        let device = match device {
            Some(reference) => Some(self.store.device(reference).await?.id),
            None => None,
        };
        let mut prefixes = self.store.prefixes_among(&ROUTES, "prefix", &holding(address), at).await?;
        prefixes.sort_by_key(|p| std::cmp::Reverse(p.prefix_len()));
        let in_vrf = vrf.map(|vrf| Predicate::Is("vrf", Value::Text(vrf.to_owned())));
        let limit = limit as usize;
        let mut best: Vec<(IpNet, StoredFact)> = Vec::new();
        let mut has_longer: HashSet<(DeviceId, String)> = HashSet::new();
        // Every device has a default route, and most know nothing better: so many are not read without need.
        let (first, rest) = prefixes.split_at(prefixes.len().min(1));
        for some in [first, rest] {
            if some.is_empty() || best.len() >= limit {
                break;
            }
            let asked = some.iter().map(|prefix| {
                let is = Predicate::Is("prefix", Value::Prefix(*prefix));
                let columns = std::iter::once(is).chain(in_vrf.clone()).collect();
                // Those with a longer one among them, and those that are wanted, are no more than that.
                let limit = u32::try_from(limit).ok();
                (&ROUTES, FactFilter { device, at, columns, limit, ..FactFilter::default() })
            });
            let found = self.store.facts_of_each(&asked.collect::<Vec<_>>()).await?;
            for (prefix, routes) in some.iter().zip(found) {
                let wanted = limit.saturating_sub(best.len());
                let new = routes.into_iter().filter(|fact| !has_longer.contains(&place(fact))).take(wanted);
                best.extend(new.map(|fact| (*prefix, fact)));
                has_longer.extend(best.iter().map(|(_, fact)| place(fact)));
            }
        }
        let names = self.slugs(best.iter().map(|(_, fact)| fact.device)).await?;
        let mut views: Vec<RouteView> = best
            .into_iter()
            .map(|(prefix, fact)| view(prefix, names.get(&fact.device).cloned().unwrap_or_default(), fact))
            .collect();
        views.sort_by_cached_key(|r| (model::interface::natural_key(&r.device), r.vrf.clone(), r.next_hop));
        Ok(views)
    }
}

/// All prefixes that hold an address, the longest first.
fn holding(address: IpAddr) -> Vec<IpNet> {
    std::iter::successors(Some(IpNet::from(address)), IpNet::supernet).collect()
}

/// Whose routing table a route is in.
fn place(fact: &StoredFact) -> (DeviceId, String) {
    (fact.device, vrf(fact))
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
    fn the_prefixes_that_hold_an_address_are_one_of_each_length() {
        let holding = |text: &str| holding(text.parse().expect("address"));
        let shown: Vec<String> = holding("10.1.2.3").iter().map(ToString::to_string).collect();
        assert_eq!((shown.len(), &*shown[0], &*shown[8], &*shown[32]), (33, "10.1.2.3/32", "10.1.2.0/24", "0.0.0.0/0"));
        assert_eq!(holding("2001:db8::1").len(), 129);
    }
}
