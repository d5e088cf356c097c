//! What is different between two captures, without what means nothing; and how much it matters.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Change, ChangeKind, Fact, FactKind, Platform, Severity, Value};
use regex::bytes::Regex;
use similar::{ChangeTag, TextDiff};

use crate::{Mask, Reading};

/// Configuration lines above which a change is critical, and above which it is moderate.
const CONFIG_LINES: (u32, u32) = (50, 10);
/// Components above which a change of the inventory is critical.
const COMPONENTS: u32 = 5;

/// The change from `old` to `new` of one capture type of one device, if there is one that means something.
///
/// Configurations are compared as text without the platform's noise; versions and inventories by their facts.
pub fn compare(
    kind: ChangeKind,
    platform: &Platform,
    capture_type: &str,
    old: (&str, &Reading),
    new: (&str, &Reading),
) -> Option<Change> {
    match kind {
        ChangeKind::Config => compare_text(platform, capture_type, old.0, new.0),
        ChangeKind::Version | ChangeKind::Inventory => compare_facts(kind, old.1, new.1),
    }
}

fn compare_text(platform: &Platform, capture_type: &str, old: &str, new: &str) -> Option<Change> {
    let noise = platform.captures.get(capture_type).map_or(&[][..], |spec| &spec.noise);
    let noise: Vec<Arc<Regex>> = noise.iter().filter_map(|p| model::pattern::of(p)).collect();
    let (old, new) = (without(&noise, old), without(&noise, new));
    let diff = TextDiff::from_lines(&old, &new);
    let (added, removed) = count(&diff);
    if added + removed == 0 {
        return None;
    }
    let severity = match added + removed {
        n if n > CONFIG_LINES.0 => Severity::Critical,
        n if n > CONFIG_LINES.1 => Severity::Moderate,
        _ => Severity::Minor,
    };
    // Masked after comparing: a changed secret is a change, though neither value is shown.
    let diff =
        Mask::of(platform).apply_to_diff(&diff.unified_diff().context_radius(3).header("before", "after").to_string());
    let summary = format!("+{added} -{removed} lines");
    Some(Change { kind: ChangeKind::Config, severity, summary, diff, lines_added: added, lines_removed: removed })
}

fn without(noise: &[Arc<Regex>], text: &str) -> String {
    let mut kept = String::with_capacity(text.len() + 1);
    for line in text.lines().filter(|line| !noise.iter().any(|p| p.is_match(line.as_bytes()))) {
        kept.push_str(line.trim_end());
        kept.push('\n');
    }
    kept
}

fn count(diff: &TextDiff<'_, '_, str>) -> (u32, u32) {
    diff.iter_all_changes().fold((0, 0), |(added, removed), change| match change.tag() {
        ChangeTag::Insert => (added + 1, removed),
        ChangeTag::Delete => (added, removed + 1),
        ChangeTag::Equal => (added, removed),
    })
}

/// The facts as lines `name: value`, so that their difference reads like any other.
fn compare_facts(kind: ChangeKind, old: &Reading, new: &Reading) -> Option<Change> {
    let fact_kind = new.kind?;
    if old.kind != new.kind || !old.outcome.is_read() || !new.outcome.is_read() {
        return None;
    }
    let (before, after) = (lines(fact_kind, &old.facts), lines(fact_kind, &new.facts));
    let diff = TextDiff::from_lines(&before, &after);
    let (added, removed) = count(&diff);
    let changed = added.max(removed);
    if changed == 0 {
        return None;
    }
    let severity = match kind {
        ChangeKind::Version => Severity::Critical,
        _ if changed > COMPONENTS => Severity::Critical,
        _ => Severity::Moderate,
    };
    let summary = summary(&diff, kind);
    let diff = diff.unified_diff().context_radius(1).header("before", "after").to_string();
    Some(Change { kind, severity, summary, diff, lines_added: added, lines_removed: removed })
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

/// `os_version 15.2 -> 15.3`; for an inventory how many components came and went.
fn summary(diff: &TextDiff<'_, '_, str>, kind: ChangeKind) -> String {
    if kind == ChangeKind::Inventory {
        let (added, removed) = count(diff);
        return format!("+{added} -{removed} components");
    }
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
