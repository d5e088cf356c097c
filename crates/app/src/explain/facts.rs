//! Why a difference of facts is a change: what makes it the same thing, what of it matters, and what else is different.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use ingest::Whose;
use model::fact::Watch;
use model::{CaptureId, Change, ChangeKind, ChangedThing, Column, Evidence, Fact, FactKind, Value};
use serde::Serialize;

use crate::saving::read_safely;
use crate::{App, AppResult, ChangeView};

/// How facts of a kind are compared, and what came of it here.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FactExplanation {
    pub fact: &'static str,
    /// Columns that make it the same thing on its device.
    pub same_by: Vec<&'static str>,
    /// Columns that matter.
    pub compared: Vec<&'static str>,
    /// Columns of which a difference is told by nobody.
    pub not_compared: Vec<&'static str>,
    /// A change for things that come and go.
    pub comes_and_goes: bool,
    /// The rule that gave the severity, in the order of `velocity changes rules`.
    pub rule: Option<String>,
    pub things: Vec<ThingView>,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ThingView {
    pub subject: String,
    /// What is different, column by column.
    pub cells: Vec<CellView>,
    /// Where a capture is no longer kept, why its side is not shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// A column that is different.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CellView {
    pub column: &'static str,
    pub before: String,
    pub after: String,
    /// Whether it had a part in the change.
    pub counts: bool,
}

/// Captures that were read again, each once.
type Readings = BTreeMap<CaptureId, Result<Vec<Fact>, String>>;

impl App {
    pub(super) async fn explain_facts(&self, change: &ChangeView) -> AppResult<FactExplanation> {
        let kind = kind_of(change.kind);
        let watch = Watch::of(kind).filter(|w| !w.key.is_empty() || !w.state.is_empty());
        let (same_by, compared) = watch.map_or((&[][..], &[][..]), |w| (w.key, w.state));
        let columns = kind.columns.iter().map(|c| c.name);
        let not_compared = columns.filter(|c| !same_by.contains(c) && !compared.contains(c)).collect();
        let mut readings = Readings::new();
        let mut things = Vec::with_capacity(change.things.len());
        for thing in &change.things {
            things.push(self.thing_view(kind, (same_by, compared), thing, &mut readings).await?);
        }
        Ok(FactExplanation {
            fact: kind.name,
            same_by: same_by.to_vec(),
            compared: compared.to_vec(),
            not_compared,
            comes_and_goes: watch.is_some_and(|w| w.comes_and_goes.is_some()),
            rule: self.rule_of(change).await?,
            things,
        })
    }

    async fn thing_view(
        &self,
        kind: &'static FactKind,
        (same_by, compared): (&[&str], &[&str]),
        thing: &ChangedThing,
        readings: &mut Readings,
    ) -> AppResult<ThingView> {
        let mut sides = [BTreeMap::new(), BTreeMap::new()];
        let mut missing = Vec::new();
        for (side, proof) in sides.iter_mut().zip([&thing.old, &thing.new]) {
            let Some(proof) = proof else { continue };
            match self.said(proof, readings).await {
                Ok(facts) => *side = cells(kind, &facts),
                Err(reason) => missing.push(reason),
            }
        }
        let [before, after] = &sides;
        let cell = |column: &Column| {
            let side = |side: &BTreeMap<&str, String>| side.get(column.name).cloned().unwrap_or_default();
            let (before, after) = (side(before), side(after));
            let counts = same_by.contains(&column.name) || compared.contains(&column.name);
            (before != after).then_some(CellView { column: column.name, before, after, counts })
        };
        // Of what came or is gone all is different; nothing is to be said of what else is.
        let is_both = thing.old.is_some() && thing.new.is_some() && missing.is_empty();
        let cells = if is_both { kind.columns.iter().filter_map(cell).collect() } else { Vec::new() };
        Ok(ThingView { subject: thing.subject.clone(), cells, missing })
    }

    /// The facts that the lines of a proof give, read again; or why not.
    async fn said(&self, proof: &Evidence, readings: &mut Readings) -> Result<Vec<Fact>, String> {
        let facts = match readings.entry(proof.capture) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unread) => {
                let read = self.read_again(proof.capture).await;
                unread.insert(read.map_err(|e| format!("capture {}: {}", proof.capture, e.chain())))
            }
        };
        let all = facts.as_ref().map_err(Clone::clone)?;
        let is_said = |fact: &&Fact| fact.lines == (proof.first_line, proof.last_line);
        Ok(all.iter().filter(is_said).cloned().collect())
    }

    async fn read_again(&self, capture: CaptureId) -> AppResult<Vec<Fact>> {
        let capture = self.source(&self.store.capture(capture).await?).await?;
        Ok(read_safely(&self.reader.now(), &capture).facts)
    }

    async fn rule_of(&self, view: &ChangeView) -> AppResult<Option<String>> {
        let device = self.store.device(&view.device).await?;
        let change = Change {
            kind: view.kind,
            severity: view.severity,
            summary: view.summary.clone(),
            diff: view.diff.clone(),
            lines_added: view.lines_added,
            lines_removed: view.lines_removed,
            action: view.action,
            count: view.count,
            things: Vec::new(),
            author: None,
        };
        let whose = Whose {
            device: &device.slug,
            platform: &device.platform,
            role: device.role.as_deref(),
            site: device.site.as_deref(),
        };
        let number = self.severity.deciding(&change, &[], whose);
        let rule = number.and_then(|n| Some((n, self.severity.all().nth(n - 1)?.0)));
        Ok(rule.map(|(n, rule)| format!("{n}: {rule}")))
    }
}

fn kind_of(kind: ChangeKind) -> &'static FactKind {
    match kind {
        ChangeKind::Facts(kind) => kind,
        ChangeKind::Inventory => &model::fact::COMPONENTS,
        ChangeKind::Version | ChangeKind::Config => &model::fact::SYSTEM,
    }
}

/// What facts say by column; several say it one after the other.
fn cells(kind: &'static FactKind, facts: &[Fact]) -> BTreeMap<&'static str, String> {
    let mut cells: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for fact in facts {
        for (column, value) in kind.columns.iter().zip(&fact.values).filter(|(_, v)| **v != Value::Null) {
            let said = cells.entry(column.name).or_default();
            let value = value.plain();
            if !said.contains(&value) {
                said.push(value);
            }
        }
    }
    cells.into_iter().map(|(column, said)| (column, said.join(" | "))).collect()
}
