//! What is plugged in at another port than before: MAC addresses that moved.
//!
//! Every switch on the way sees a moved address on another port. Told is where it was plugged in and where it is now: at
//! ports on which no network device is heard.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use discovery::Kinds;
use ingest::watching::{Held, Load, Turn};
use model::fact::{NEIGHBORS, PORT_CHANNELS};
use model::{Action, ChangedThing, Device, DeviceId, FactKind, Mac, NeighborClaim, Value, interface};
use store::{FactFilter, Predicate, StoredFact, Tx};

use crate::AppResult;

/// Addresses that are new on one device at once and are looked for elsewhere; with more, a whole table is new.
const MOST: usize = 5000;
/// Addresses in one question.
const CHUNK: usize = 500;

/// Those of a device that were at an edge port before and are at another one now, of this or another device.
pub(crate) async fn moved(
    tx: &mut Tx,
    kinds: &Kinds,
    device: &Device,
    kind: &'static FactKind,
    loads: &[Load],
) -> AppResult<Vec<Turn>> {
    let mut uplinks = Uplinks { kinds, known: HashMap::new() };
    let mut new: BTreeMap<Mac, &Held> = BTreeMap::new();
    for held in loads.iter().filter(|l| !l.first).flat_map(|l| &l.added).take(MOST) {
        let Some((mac, port)) = place(kind, &held.values) else { continue };
        if !uplinks.has(tx, device.id, port).await? {
            new.insert(mac, held);
        }
    }
    let macs: Vec<Mac> = new.keys().copied().collect();
    let mut turns = Vec::new();
    for chunk in macs.chunks(CHUNK) {
        let columns = vec![Predicate::MacIn("mac", chunk.to_vec())];
        let filter = FactFilter { include_gone: true, columns, ..FactFilter::default() };
        let mut before: BTreeMap<Mac, StoredFact> = BTreeMap::new();
        for fact in tx.facts(kind, &filter).await? {
            let Some((mac, port)) = place(kind, &fact.values) else { continue };
            let Some(now) = new.get(&mac) else { continue };
            let is_new = fact.device == device.id && fact.evidence == now.evidence;
            let later = before.get(&mac).is_none_or(|b| b.last_seen <= fact.last_seen);
            if !is_new && later && !uplinks.has(tx, fact.device, port).await? {
                before.insert(mac, fact);
            }
        }
        let names = names(tx, before.values().map(|f| f.device).collect()).await?;
        turns.extend(before.into_iter().filter_map(|(mac, fact)| turn(kind, device, mac, new[&mac], fact, &names)));
    }
    Ok(turns)
}

/// `None` when it is where it was.
fn turn(
    kind: &FactKind,
    device: &Device,
    mac: Mac,
    now: &Held,
    before: StoredFact,
    names: &HashMap<DeviceId, String>,
) -> Option<Turn> {
    let (here, there) = (place(kind, &now.values)?.1, place(kind, &before.values)?.1);
    if before.device == device.id && here == there {
        return None;
    }
    let at = |name: &str, port: &str, values: &[Value]| {
        let vlan = kind.position("vlan").and_then(|n| values.get(n)).map(Value::shown).unwrap_or_default();
        let vlan = if vlan.is_empty() { vlan } else { format!(" vlan {vlan}") };
        format!("{}:{}{vlan}", model::text::shown(name), model::text::shown(port))
    };
    let old_name = names.get(&before.device).map_or("?", String::as_str);
    let thing = ChangedThing {
        subject: mac.to_string(),
        action: Action::Moved,
        before: Some(at(old_name, there, &before.values)),
        after: Some(at(&device.slug, here, &now.values)),
        old: Some(before.evidence.clone()),
        new: Some(now.evidence.clone()),
    };
    let was = Held { values: before.values, evidence: before.evidence };
    Some(Turn { thing, gone: vec![was], came: vec![now.clone()] })
}

fn place<'v>(kind: &FactKind, values: &'v [Value]) -> Option<(Mac, &'v str)> {
    let get = |column| kind.position(column).and_then(|n| values.get(n));
    match (get("mac"), get("interface")) {
        (Some(Value::Mac(mac)), Some(Value::Interface { name, .. })) => Some((*mac, interface::physical(name))),
        _ => None,
    }
}

#[derive(Default)]
struct Ports {
    /// On which a network device is heard.
    heard: BTreeSet<String>,
    /// Bundles of which it is known which cables are in them.
    bundles: BTreeSet<String>,
}

impl Ports {
    /// A bundle of unknown cables may lead anywhere.
    fn lead_on(&self, port: &str) -> bool {
        self.heard.contains(port) || interface::is_bundle(port) && !self.bundles.contains(port)
    }
}

/// The ports of devices on which network devices are heard.
struct Uplinks<'k> {
    kinds: &'k Kinds,
    known: HashMap<DeviceId, Ports>,
}

impl Uplinks<'_> {
    async fn has(&mut self, tx: &mut Tx, device: DeviceId, port: &str) -> AppResult<bool> {
        if interface::is_internal(port) {
            return Ok(true);
        }
        if let Some(known) = self.known.get(&device) {
            return Ok(known.lead_on(port));
        }
        let filter = FactFilter { device: Some(device), ..FactFilter::default() };
        let mut heard: BTreeMap<String, Vec<NeighborClaim>> = BTreeMap::new();
        for fact in tx.facts(&NEIGHBORS, &filter).await? {
            let claim = NeighborClaim::from_values(&fact.values);
            heard.entry(interface::physical(&claim.local_interface).to_owned()).or_default().push(claim);
        }
        heard.retain(|_, claims| self.kinds.refusal(claims.iter()).is_none());
        let mut ports = Ports { heard: heard.into_keys().collect(), ..Ports::default() };
        // What is heard on the cables of a bundle is not heard on the bundle.
        for fact in tx.facts(&PORT_CHANNELS, &filter).await? {
            let get = |column| PORT_CHANNELS.position(column).and_then(|n| fact.values.get(n)).map(Value::plain);
            let (bundle, member) = (get("name").unwrap_or_default(), get("member").unwrap_or_default());
            if ports.heard.contains(interface::physical(&member)) {
                ports.heard.insert(bundle.clone());
            }
            ports.bundles.insert(bundle);
        }
        let has = ports.lead_on(port);
        self.known.insert(device, ports);
        Ok(has)
    }
}

async fn names(tx: &mut Tx, ids: Vec<DeviceId>) -> AppResult<HashMap<DeviceId, String>> {
    Ok(tx.slugs_of(&ids).await?)
}
