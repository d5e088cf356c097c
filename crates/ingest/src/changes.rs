//! What is different between two captures, without what means nothing.

use std::collections::BTreeMap;

use model::fact::Watch;
use model::{Change, ChangeKind, Evidence, Fact, FactKind, Platforms, Severity, Value};
use similar::{ChangeTag, TextDiff};

use crate::difference::{CONTEXT, Comparison, Touched};
use crate::essence::Filters;
use crate::watching::{Held, between};
use crate::{Mask, Reading};

/// Lines that severity rules look at; with more, how many they are says enough.
const TOUCHED: usize = 1000;

/// A capture as it is compared.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    pub text: &'a str,
    pub reading: &'a Reading,
}

/// The change from `old` to `new` of one capture type of one device, if there is one that means something; and the lines
/// that its severity is judged by. The severity itself is not known yet, and the captures of its evidence have no number.
///
/// Configurations are compared as text without the platform's noise; versions and inventories by their facts.
pub fn compare(
    kind: ChangeKind,
    platforms: &Platforms,
    (platform, capture_type): (&str, &str),
    old: Compared<'_>,
    new: Compared<'_>,
) -> Option<(Change, Vec<Touched>)> {
    match kind {
        ChangeKind::Config => compare_text(platforms, (platform, capture_type), old.text, new.text),
        ChangeKind::Version | ChangeKind::Inventory => {
            compare_facts(kind, capture_type, old.reading, new.reading).map(|change| (change, Vec::new()))
        }
        ChangeKind::Facts(_) => None,
    }
}

fn compare_text(
    platforms: &Platforms,
    (platform, capture_type): (&str, &str),
    old: &str,
    new: &str,
) -> Option<(Change, Vec<Touched>)> {
    let filters = Filters::of(platforms, platform, capture_type);
    let (before, after) = (filters.essence(old), filters.essence(new));
    // Masked after comparing: a changed secret is a change, though neither value is shown.
    let mask = platforms.get(platform).map(Mask::of).unwrap_or_default();
    let comparison = Comparison::of(&before, &after, (&mask, &mask));
    let (lines_added, lines_removed) = comparison.counts();
    if lines_added + lines_removed == 0 {
        return None;
    }
    let author = filters.author(new).filter(|author| filters.author(old).as_ref() != Some(author));
    let change = Change {
        kind: ChangeKind::Config,
        severity: Severity::Minor,
        summary: format!("+{lines_added} -{lines_removed} lines"),
        diff: comparison.difference(CONTEXT).unified("before", "after"),
        lines_added,
        lines_removed,
        action: None,
        count: 1,
        things: Vec::new(),
        author,
    };
    Some((change, comparison.touched(TOUCHED)))
}

fn count(diff: &TextDiff<'_, '_, str>) -> (u32, u32) {
    diff.iter_all_changes().fold((0, 0), |(added, removed), change| match change.tag() {
        ChangeTag::Insert => (added + 1, removed),
        ChangeTag::Delete => (added, removed + 1),
        ChangeTag::Equal => (added, removed),
    })
}

/// The facts as lines `name: value`, so that their difference reads like any other.
fn compare_facts(kind: ChangeKind, capture_type: &str, old: &Reading, new: &Reading) -> Option<Change> {
    let fact_kind = new.kind?;
    if old.kind != new.kind || !old.outcome.is_read() || !new.outcome.is_read() {
        return None;
    }
    let (before, after) = (lines(fact_kind, &old.facts), lines(fact_kind, &new.facts));
    let diff = TextDiff::from_lines(&before, &after);
    let (lines_added, lines_removed) = count(&diff);
    if lines_added.max(lines_removed) == 0 {
        return None;
    }
    let held = |reading: &Reading| -> Vec<Held> {
        reading.facts.iter().map(|fact| Held::of(fact, &evidence(capture_type, reading, fact))).collect()
    };
    let turns = Watch::of(fact_kind).map(|w| between(w, fact_kind, &held(old), &held(new))).unwrap_or_default();
    let things: Vec<_> = turns.into_iter().map(|turn| turn.thing).collect();
    let summary = match (kind, &things[..]) {
        // What was replaced is said in full.
        (ChangeKind::Inventory, [one]) => format!("component {}", one.told(("new", "gone"))),
        (ChangeKind::Inventory, _) => format!("+{lines_added} -{lines_removed} components"),
        _ => columns(&diff),
    };
    Some(Change {
        kind,
        severity: Severity::Minor,
        summary,
        diff: diff.unified_diff().context_radius(1).header("before", "after").to_string(),
        lines_added,
        lines_removed,
        action: None,
        count: u32::try_from(things.len().max(1)).unwrap_or(u32::MAX),
        things,
        author: None,
    })
}

/// With the lines of the fact, and no capture yet.
fn evidence(capture_type: &str, reading: &Reading, fact: &Fact) -> Evidence {
    Evidence {
        capture: model::CaptureId(0),
        capture_type: capture_type.to_owned(),
        first_line: fact.lines.0,
        last_line: fact.lines.1,
        template: reading.template.clone(),
    }
}

/// One line for each fact of the inventory; one for each column of a version.
fn lines(kind: &FactKind, facts: &[Fact]) -> String {
    let mut lines = Vec::new();
    for fact in facts {
        let cells = kind.columns.iter().zip(&fact.values).filter(|(_, v)| **v != Value::Null);
        let cells = cells.map(|(c, v)| format!("{}: {}", c.name, v.shown()));
        match kind.name {
            "system" => lines.extend(cells.map(|c| c + "\n")),
            _ => lines.push(cells.collect::<Vec<_>>().join(", ") + "\n"),
        }
    }
    // Order means nothing in an inventory.
    lines.sort();
    lines.concat()
}

/// `os_version 15.2 -> 15.3`
fn columns(diff: &TextDiff<'_, '_, str>) -> String {
    let mut columns: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for change in diff.iter_all_changes().filter(|c| c.tag() != ChangeTag::Equal) {
        if let Some((column, value)) = change.value().trim_end().split_once(": ") {
            let side = usize::from(change.tag() == ChangeTag::Insert);
            columns.entry(column.to_owned()).or_default()[side] = value.to_owned();
        }
    }
    let shown = columns.iter().map(|(c, [old, new])| format!("{c} {} -> {}", or_none(old), or_none(new)));
    shown.collect::<Vec<_>>().join(", ")
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}

#[cfg(test)]
mod tests;
