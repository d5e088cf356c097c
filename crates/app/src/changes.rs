//! Changes: lists, one with its diff and evidence, and by which rules they are judged.

use std::collections::{BTreeMap, HashMap};

use model::{Action, Author, ChangeId, ChangeKind, ChangedThing, DeviceId, Severity, Timestamp};
use serde::Serialize;
use store::{ChangeDetail, ChangeEntry, ChangeFilter};

use crate::actor::Role;
use crate::select::Selector;
use crate::{Actor, App, AppResult};

/// All that are given must hold.
#[derive(Debug, Clone, Default)]
pub struct ChangeQuery {
    /// As [`App::devices`] takes it.
    pub devices: Option<String>,
    pub kind: Option<ChangeKind>,
    /// At least so severe.
    pub severity: Option<Severity>,
    /// Who made it, in the words of the device.
    pub by: Option<String>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Each by itself; else what came of a change is told with that one.
    pub each: bool,
    /// Only what comes after this one in the list.
    pub before: Option<ChangeId>,
    pub limit: u32,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ChangeView {
    pub id: ChangeId,
    pub device: String,
    #[serde(rename = "type")]
    pub kind: ChangeKind,
    pub severity: Severity,
    pub detected_at: Timestamp,
    pub summary: String,
    /// Of facts: `added`, `removed`, `changed`, `moved`.
    pub action: Option<Action>,
    /// Things that changed; more than one for a storm.
    pub count: u32,
    /// Who made it and when, as the device says.
    pub by: Option<Author>,
    pub lines_added: u32,
    pub lines_removed: u32,
    /// Captures before and after.
    pub old_capture: Option<model::CaptureId>,
    pub new_capture: Option<model::CaptureId>,
    pub execution: Option<model::RunId>,
    /// The change that it came of.
    pub cause: Option<ChangeId>,
    /// What came of it, by type: how many things.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub caused: BTreeMap<String, u32>,
    /// What came of it, one by one; empty in a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub effects: Vec<ChangeView>,
    /// Unified, secrets masked; empty in a list.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub diff: String,
    /// What changed, with the lines that prove it; empty in a list and for a text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<ChangedThing>,
}

/// A rule of severity, in the order in which they are asked.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SeverityRuleView {
    pub number: usize,
    /// `config` or `velocity`.
    pub from: &'static str,
    /// What it fits, in a line.
    pub fits: String,
    #[serde(flatten)]
    pub rule: ingest::SeverityRule,
}

impl App {
    /// Newest first.
    pub async fn changes(&self, actor: &Actor, query: ChangeQuery) -> AppResult<Vec<ChangeView>> {
        actor.must(Role::Viewer, "see changes")?;
        let devices = match &query.devices {
            Some(selection) => {
                Some(self.select(&Selector::parse(selection)?).await?.into_iter().map(|d| d.id).collect())
            }
            None => None,
        };
        let ChangeQuery { kind, severity, by, since, until, before, each, limit, .. } = query;
        let (causes_only, limit) = (!each, Some(limit));
        let filter = ChangeFilter {
            devices,
            kind,
            severity,
            by,
            since,
            until,
            before,
            causes_only,
            limit,
            ..ChangeFilter::default()
        };
        let mut views = self.change_views(&filter).await?;
        if causes_only {
            let ids: Vec<ChangeId> = views.iter().map(|view| view.id).collect();
            let mut caused: BTreeMap<ChangeId, BTreeMap<String, u32>> = BTreeMap::new();
            for (cause, kind, count) in self.store.caused(&ids).await? {
                caused.entry(cause).or_default().insert(kind.to_string(), count);
            }
            for view in &mut views {
                view.caused = caused.remove(&view.id).unwrap_or_default();
            }
        }
        Ok(views)
    }

    async fn change_views(&self, filter: &ChangeFilter) -> AppResult<Vec<ChangeView>> {
        let entries = self.store.changes(filter).await?;
        let names = self.names(entries.iter().map(|e| e.device).collect()).await?;
        let nothing = || ChangeDetail { diff: String::new(), things: Vec::new() };
        Ok(entries.into_iter().map(|e| view(e, &names, nothing())).collect())
    }

    pub async fn change(&self, actor: &Actor, id: ChangeId) -> AppResult<ChangeView> {
        actor.must(Role::Viewer, "see changes")?;
        let (entry, detail) = self.store.change(id).await?;
        let names = self.names(vec![entry.device]).await?;
        let of_it = ChangeFilter { of: Some(vec![id]), ..ChangeFilter::default() };
        let mut change = view(entry, &names, detail);
        change.effects = self.change_views(&of_it).await?;
        Ok(change)
    }

    /// By which rules changes are judged: those of `config.yaml`, then ours.
    pub fn severity_rules(&self, actor: &Actor) -> AppResult<Vec<SeverityRuleView>> {
        actor.must(Role::Viewer, "see the rules of severity")?;
        let view = |(n, (rule, own)): (usize, (&ingest::SeverityRule, bool))| SeverityRuleView {
            number: n + 1,
            from: if own { "config" } else { "velocity" },
            fits: rule.to_string(),
            rule: rule.clone(),
        };
        Ok(self.severity.all().enumerate().map(view).collect())
    }

    /// The slugs of devices.
    pub(crate) async fn names(&self, ids: Vec<DeviceId>) -> AppResult<HashMap<DeviceId, String>> {
        let mut ids = ids;
        ids.sort_unstable();
        ids.dedup();
        Ok(self.store.slugs_of(&ids).await?)
    }
}

fn view(e: ChangeEntry, names: &HashMap<DeviceId, String>, detail: ChangeDetail) -> ChangeView {
    ChangeView {
        id: e.id,
        device: names.get(&e.device).cloned().unwrap_or_default(),
        kind: e.kind,
        severity: e.severity,
        detected_at: e.detected_at,
        summary: e.summary,
        action: e.action,
        count: e.count,
        by: e.author,
        lines_added: e.lines_added,
        lines_removed: e.lines_removed,
        old_capture: e.old,
        new_capture: e.new,
        execution: e.run,
        cause: e.cause,
        caused: BTreeMap::new(),
        effects: Vec::new(),
        diff: detail.diff,
        things: detail.things,
    }
}
