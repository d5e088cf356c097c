//! What changed in the facts of a device, found while they are loaded: in the same transaction, from what the loads say
//! is new and what is missing.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use discovery::Kinds;
use ingest::causes::causes;
use ingest::watching::{Held, Load, Missing, Turn, changed, told};
use model::fact::Watch;
use model::{CaptureId, Change, ChangedThing, Device, Evidence, Fact, FactKind, Timestamp};
use store::{FactFilter, Loaded, Tx};

use crate::AppResult;
use crate::roaming::moved;

/// Facts of a load that are all taken along.
const SMALL: usize = 5000;

/// The loads of one visit, by kind of fact.
#[derive(Default)]
pub(crate) struct FactChanges {
    kinds: BTreeMap<&'static str, Loads>,
}

struct Loads {
    watch: &'static Watch,
    kind: &'static FactKind,
    sources: BTreeSet<String>,
    loads: Vec<Load>,
    /// When these sources were loaded before: the longest ago.
    since: Option<Timestamp>,
    /// The newest capture that says so: what the changes are shown with.
    capture: CaptureId,
}

/// A change, and the capture in which it was seen.
pub(crate) struct FactChange {
    pub change: Change,
    pub capture: CaptureId,
    /// Which of these changes it came of; that one stands before it.
    pub cause: Option<usize>,
}

/// What changed of a kind.
struct Told {
    watch: &'static Watch,
    kind: &'static FactKind,
    capture: CaptureId,
    turns: Vec<Turn>,
}

impl FactChanges {
    /// Takes in what came of a load.
    pub async fn take(
        &mut self,
        tx: &mut Tx,
        (kind, source, template): (&'static FactKind, &str, &str),
        capture: CaptureId,
        facts: &[Fact],
        loaded: &Loaded,
    ) -> AppResult<()> {
        // Versions and inventories are compared capture by capture.
        let Some(watch) = Watch::of(kind).filter(|w| !w.by_capture) else { return Ok(()) };
        let evidence = |fact: &Fact| Evidence {
            capture,
            capture_type: source.to_owned(),
            first_line: fact.lines.0,
            last_line: fact.lines.1,
            template: template.to_owned(),
        };
        let held = |fact: &Fact| Held::of(fact, &evidence(fact));
        let all = self.kinds.entry(kind.name).or_insert_with(|| {
            let (sources, loads) = Default::default();
            Loads { watch, kind, sources, loads, since: loaded.before, capture }
        });
        // Where nothing is different, what it says is read from the store when it is needed.
        if loaded.added.is_empty() && loaded.missing.is_empty() {
            return Ok(());
        }
        all.sources.insert(source.to_owned());
        all.capture = capture;
        all.since = all.since.min(loaded.before);
        let mut load =
            Load { first: loaded.before.is_none(), missing: missing(tx, kind, loaded).await?, ..Load::default() };
        load.added = loaded.added.iter().map(|n| held(&facts[*n])).collect();
        // Of what is still there only what tells of the same things; another source may tell of any, if it is no large table.
        let all_of_it = facts.len() <= SMALL;
        let key = |values: &[model::Value]| watch.key_of(kind, values);
        let touched: HashSet<_> =
            load.added.iter().chain(load.missing.iter().map(|m| &m.held)).map(|h| key(&h.values)).collect();
        let added: HashSet<usize> = loaded.added.iter().copied().collect();
        let counts = |fact: &Fact| all_of_it || touched.contains(&key(&fact.values));
        let kept = facts.iter().enumerate().filter(|(n, fact)| !added.contains(n) && counts(fact));
        load.kept = kept.map(|(_, fact)| held(fact)).collect();
        all.loads.push(load);
        Ok(())
    }

    /// The changes of all loads together, what came of others after those. To be called when all of them are written.
    /// What a rule calls noise is left out.
    pub async fn tell(
        self,
        tx: &mut Tx,
        kinds: &Kinds,
        device: &Device,
        is_noise: impl Fn(&Change) -> bool,
    ) -> AppResult<Vec<FactChange>> {
        let mut all = Vec::new();
        for (_, loads) in self.kinds {
            let Loads { watch, kind, sources, loads, since, capture } = loads;
            if loads.iter().all(|load| load.first) {
                continue;
            }
            let mut turns = if watch.roams {
                moved(tx, kinds, device, kind, &loads).await?
            } else {
                changed(watch, kind, &loads, &others(tx, device, kind, &sources, since).await?)
            };
            turns.retain(|turn| !told(watch, kind, &[&turn.thing], false).iter().any(|(change, _)| is_noise(change)));
            all.push(Told { watch, kind, capture, turns });
        }
        Ok(by_cause(&all))
    }
}

/// A change for each thing or storm; what came of different things is told apart.
fn by_cause(all: &[Told]) -> Vec<FactChange> {
    let flat: Vec<(&'static FactKind, &Turn)> =
        all.iter().flat_map(|told| told.turns.iter().map(|turn| (told.kind, turn))).collect();
    let causes = causes(&flat);
    let mut changes: Vec<FactChange> = Vec::new();
    // Which change a thing is told by.
    let mut change_of: Vec<Option<usize>> = vec![None; flat.len()];
    for is_caused in [false, true] {
        let mut first = 0;
        for of_kind in all {
            let numbers = first..first + of_kind.turns.len();
            first = numbers.end;
            let mut groups: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
            for n in numbers.filter(|n| causes[*n].is_some() == is_caused) {
                groups.entry(causes[n].and_then(|cause| change_of[cause])).or_default().push(n);
            }
            for (cause, group) in groups {
                let things: Vec<&ChangedThing> = group.iter().map(|n| &flat[*n].1.thing).collect();
                for (change, members) in told(of_kind.watch, of_kind.kind, &things, cause.is_some()) {
                    members.iter().for_each(|m| change_of[group[*m]] = Some(changes.len()));
                    changes.push(FactChange { change, capture: of_kind.capture, cause });
                }
            }
        }
    }
    changes
}

async fn missing(tx: &mut Tx, kind: &'static FactKind, loaded: &Loaded) -> AppResult<Vec<Missing>> {
    if loaded.missing.is_empty() {
        return Ok(Vec::new());
    }
    let ids = loaded.missing.iter().map(|m| m.id).collect();
    let mut facts: BTreeMap<i64, _> = BTreeMap::new();
    for fact in tx.facts(kind, &FactFilter { ids: Some(ids), ..FactFilter::default() }).await? {
        facts.insert(fact.id, Held { values: fact.values, evidence: fact.evidence });
    }
    let of = |m: &store::MissingFact| Some(Missing { held: facts.remove(&m.id)?, before: m.before, gone: m.gone });
    Ok(loaded.missing.iter().filter_map(of).collect())
}

/// What other sources say of the same things now: SNMP, when this visit was by SSH. One that was not loaded since these were
/// loaded before says nothing of now.
async fn others(
    tx: &mut Tx,
    device: &Device,
    kind: &'static FactKind,
    sources: &BTreeSet<String>,
    since: Option<Timestamp>,
) -> AppResult<Vec<Held>> {
    let mut held = Vec::new();
    for load in tx.fact_loads(Some(device.id)).await? {
        let is_old = load.loaded_at.is_none() || load.loaded_at < since;
        if load.kind != kind.name || sources.contains(&load.source) || is_old {
            continue;
        }
        let filter = FactFilter { device: Some(device.id), source: Some(load.source), ..FactFilter::default() };
        let facts = tx.facts(kind, &filter).await?;
        held.extend(facts.into_iter().map(|fact| Held { values: fact.values, evidence: fact.evidence }));
    }
    Ok(held)
}
