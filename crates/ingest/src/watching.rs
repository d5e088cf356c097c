//! Facts that changed: what came, what is gone, what is otherwise, by what [`model::fact::Watch`] says of their kind.
//!
//! A thing is what several facts, from several sources, may tell of: a neighbour by LLDP and by CDP is one. It is gone
//! when none tells of it any more, so that a capture that is missing or not whole says nothing.

use std::collections::{BTreeMap, BTreeSet};

use model::fact::Watch;
use model::{Action, Change, ChangeKind, ChangedThing, Evidence, Fact, FactKind, Severity, Value, text};

/// Changes of one kind and action above which they are one change with a count: a storm is one event.
pub const STORM: usize = 10;
/// The same for those that came of one thing, which is the event.
const FEW: usize = 3;
/// Things of a storm that are kept with their evidence.
const KEPT: usize = 100;

/// A fact with what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub values: Vec<Value>,
    pub evidence: Evidence,
}

impl Held {
    pub fn of(fact: &Fact, evidence: &Evidence) -> Self {
        Self { values: fact.values.clone(), evidence: evidence.clone() }
    }
}

/// A fact that a load no longer has.
#[derive(Debug, Clone)]
pub struct Missing {
    pub held: Held,
    /// An earlier load, which was not whole, had missed it already.
    pub before: bool,
    /// The load was whole: it is gone.
    pub gone: bool,
}

/// What one load of a source said, against what was there.
#[derive(Debug, Clone, Default)]
pub struct Load {
    /// Nothing was known before: all is new to us, and nothing of it changed.
    pub first: bool,
    pub kept: Vec<Held>,
    pub added: Vec<Held>,
    pub missing: Vec<Missing>,
}

/// A thing that changed, with what was said of it: by what it is argued what it came of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub thing: ChangedThing,
    /// Facts that are no longer true, and those that are now.
    pub gone: Vec<Held>,
    pub came: Vec<Held>,
}

/// What changed of a kind on one device, by all loads of one visit; `others` are the facts of sources that were not
/// loaded.
pub fn changed(watch: &Watch, kind: &FactKind, loads: &[Load], others: &[Held]) -> Vec<Turn> {
    let mut sides = Sides { watch, kind, before: BTreeMap::new(), after: BTreeMap::new() };
    for load in loads {
        sides.take(load);
    }
    for other in others {
        sides.put_both(other);
    }
    sides.compare()
}

/// What is different between two lists of facts.
pub fn between(watch: &Watch, kind: &FactKind, before: &[Held], after: &[Held]) -> Vec<Turn> {
    let mut sides = Sides { watch, kind, before: BTreeMap::new(), after: BTreeMap::new() };
    before.iter().for_each(|held| sides.put(held, true));
    after.iter().for_each(|held| sides.put(held, false));
    sides.compare()
}

/// States by key, each with its evidence.
type States = BTreeMap<Vec<String>, BTreeMap<Vec<String>, Held>>;

struct Sides<'w> {
    watch: &'w Watch,
    kind: &'w FactKind,
    before: States,
    after: States,
}

impl Sides<'_> {
    fn take(&mut self, load: &Load) {
        if load.first {
            return load.added.iter().for_each(|held| self.put_both(held));
        }
        let key = |held: &Held| self.watch.key_of(self.kind, &held.values);
        let there: BTreeSet<_> = load.kept.iter().chain(&load.added).map(key).collect();
        // What an earlier load had missed already counts only when nothing else was known of the same thing.
        let fresh = load.missing.iter().filter(|m| !m.before).map(|m| &m.held);
        let known: BTreeSet<_> = load.kept.iter().chain(fresh).map(key).collect();
        let missing: Vec<(bool, bool, &Held)> = load
            .missing
            .iter()
            .map(|m| (!m.before || !known.contains(&key(&m.held)), m.gone || there.contains(&key(&m.held)), &m.held))
            .collect();
        load.kept.iter().for_each(|held| self.put_both(held));
        load.added.iter().for_each(|held| self.put(held, false));
        for (counts, gone, held) in missing {
            match (counts, gone) {
                (true, true) => self.put(held, true),
                (true, false) => self.put_both(held),
                (false, _) => {}
            }
        }
    }

    fn put_both(&mut self, held: &Held) {
        self.put(held, true);
        self.put(held, false);
    }

    fn put(&mut self, held: &Held, before: bool) {
        let (key, state) = (self.watch.key_of(self.kind, &held.values), self.watch.state_of(self.kind, &held.values));
        let side = if before { &mut self.before } else { &mut self.after };
        side.entry(key).or_default().entry(state).or_insert_with(|| held.clone());
    }

    fn compare(self) -> Vec<Turn> {
        let keys: BTreeSet<&Vec<String>> = self.before.keys().chain(self.after.keys()).collect();
        keys.into_iter().filter_map(|key| self.turn(key)).collect()
    }

    fn turn(&self, key: &[String]) -> Option<Turn> {
        let nothing = BTreeMap::new();
        let (before, after) = (self.before.get(key).unwrap_or(&nothing), self.after.get(key).unwrap_or(&nothing));
        let action = match (before.is_empty(), after.is_empty()) {
            _ if before.keys().eq(after.keys()) => return None,
            (true, _) => Action::Added,
            (_, true) => Action::Removed,
            _ => Action::Changed,
        };
        if action != Action::Changed && self.watch.comes_and_goes.is_none() {
            return None;
        }
        let gone: Vec<_> = before.iter().filter(|(state, _)| !after.contains_key(*state)).collect();
        let came: Vec<_> = after.iter().filter(|(state, _)| !before.contains_key(*state)).collect();
        // Of one state that became another only what differs is told.
        let only = match (&gone[..], &came[..]) {
            ([(old, _)], [(new, _)]) => Some(old.iter().zip(*new).map(|(a, b)| a != b).collect::<Vec<bool>>()),
            _ => None,
        };
        let told = |states: &[(&Vec<String>, &Held)]| {
            let texts = states.iter().map(|(state, _)| self.told(state, only.as_deref()));
            let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
            (!texts.is_empty()).then(|| texts.join(" | "))
        };
        // A state that stays is the proof where none came or went.
        let proof = |changed: &[(&Vec<String>, &Held)], all: &BTreeMap<Vec<String>, Held>| {
            let held = changed.first().map(|(_, held)| *held).or_else(|| all.values().next());
            held.map(|held| held.evidence.clone())
        };
        let thing = ChangedThing {
            subject: self.subject(key),
            action,
            before: told(&gone),
            after: told(&came),
            old: proof(&gone, before),
            new: proof(&came, after),
        };
        let facts = |states: &[(&Vec<String>, &Held)]| states.iter().map(|(_, held)| (*held).clone()).collect();
        Some(Turn { thing, gone: facts(&gone), came: facts(&came) })
    }

    /// `10.0.0.0/24`, `10.0.0.0/24 (vrf blue)`
    fn subject(&self, key: &[String]) -> String {
        let mut parts = self.watch.key.iter().zip(key).filter(|(_, value)| !value.is_empty());
        let Some((_, first)) = parts.next() else { return String::new() };
        let others = parts.filter(|(column, value)| **column != "vrf" || *value != "default");
        let others: Vec<String> = others.map(|(column, value)| format!("{column} {}", text::shown(value))).collect();
        let first = text::shown(first);
        if others.is_empty() { first } else { format!("{first} ({})", others.join(", ")) }
    }

    /// Each column with its name: `status up, protocol_status up`. `only` says which.
    fn told(&self, state: &[String], only: Option<&[bool]>) -> String {
        let shown = |n: usize| only.is_none_or(|only| only[n]);
        let cells = self
            .watch
            .state
            .iter()
            .zip(state)
            .enumerate()
            .filter(|(n, (_, value))| shown(*n) && (only.is_some() || !value.is_empty()));
        let cell = |(_, (column, value)): (usize, (&&str, &String))| {
            format!("{column} {}", if value.is_empty() { "none".to_owned() } else { text::shown(value) })
        };
        cells.map(cell).collect::<Vec<_>>().join(", ")
    }
}

/// The changes to tell: one for each thing, and one for all of a storm. Each with the numbers of its things. `of_one`: all
/// came of the same thing.
pub fn told(
    watch: &Watch,
    kind: &'static FactKind,
    things: &[&ChangedThing],
    of_one: bool,
) -> Vec<(Change, Vec<usize>)> {
    let mut changes = Vec::new();
    let most = match (watch.counted, of_one) {
        (true, _) => 1,
        (_, true) => FEW,
        _ => STORM,
    };
    for action in [Action::Removed, Action::Changed, Action::Moved, Action::Added] {
        let these: Vec<usize> = (0..things.len()).filter(|n| things[*n].action == action).collect();
        let each = if these.len() > most { these.len() } else { 1 };
        for these in these.chunks(each) {
            let all = these.iter().map(|n| things[*n].clone()).collect();
            changes.push((change(watch, kind, action, all), these.to_vec()));
        }
    }
    changes
}

fn change(watch: &Watch, kind: &'static FactKind, action: Action, mut things: Vec<ChangedThing>) -> Change {
    let words = watch.comes_and_goes.unwrap_or(("new", "gone"));
    let count = things.len();
    let summary = match &things[..] {
        [one] => format!("{} {}", watch.one, one.told(words)),
        many => {
            let first: Vec<&str> = many.iter().take(3).map(|t| t.subject.as_str()).collect();
            format!("{count} {} {}: {}, ...", watch.called(count), word(action, words), first.join(", "))
        }
    };
    things.truncate(KEPT);
    let line = |mark: char, thing: &ChangedThing, state: &Option<String>| {
        state.as_ref().map(|state| format!("{mark}{}: {state}\n", thing.subject)).unwrap_or_default()
    };
    let diff: String = things.iter().map(|t| line('-', t, &t.before) + &line('+', t, &t.after)).collect();
    let lines = |mark| u32::try_from(diff.lines().filter(|l| l.starts_with(mark)).count()).unwrap_or(u32::MAX);
    Change {
        kind: ChangeKind::Facts(kind),
        severity: Severity::Minor,
        summary,
        lines_added: lines('+'),
        lines_removed: lines('-'),
        diff,
        action: Some(action),
        count: u32::try_from(count).unwrap_or(u32::MAX),
        things,
        author: None,
    }
}

fn word<'w>(action: Action, (came, gone): (&'w str, &'w str)) -> &'w str {
    match action {
        Action::Added => came,
        Action::Removed => gone,
        Action::Changed => "changed",
        Action::Moved => "moved",
    }
}

#[cfg(test)]
mod tests;
