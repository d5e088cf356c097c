//! Changes: lists, and one with its diff.

use std::collections::HashMap;

use model::{ChangeId, ChangeKind, DeviceId, Severity, Timestamp};
use serde::Serialize;
use store::{ChangeEntry, ChangeFilter, DeviceFilter};

use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// All that are given must hold.
#[derive(Debug, Clone, Default)]
pub struct ChangeQuery {
    pub device: Option<String>,
    pub kind: Option<ChangeKind>,
    /// At least so severe.
    pub severity: Option<Severity>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    pub limit: u32,
}

#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    pub id: ChangeId,
    pub device: String,
    #[serde(rename = "type")]
    pub kind: ChangeKind,
    pub severity: Severity,
    pub detected_at: Timestamp,
    pub summary: String,
    pub lines_added: u32,
    pub lines_removed: u32,
    /// Captures before and after.
    pub old_capture: Option<model::CaptureId>,
    pub new_capture: Option<model::CaptureId>,
    pub execution: Option<model::RunId>,
    /// Unified, secrets masked; empty in a list.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub diff: String,
}

impl App {
    /// Newest first.
    pub async fn changes(&self, actor: &Actor, query: ChangeQuery) -> AppResult<Vec<ChangeView>> {
        actor.must(Role::Viewer, "see changes")?;
        let device = match &query.device {
            Some(reference) => Some(self.store.device(reference).await?.id),
            None => None,
        };
        let ChangeQuery { kind, severity, since, until, limit, .. } = query;
        let filter = ChangeFilter { device, kind, severity, since, until, run: None, limit: Some(limit) };
        let entries = self.store.changes(&filter).await?;
        let names = self.names(entries.iter().map(|e| e.device).collect()).await?;
        Ok(entries.into_iter().map(|e| view(e, &names, String::new())).collect())
    }

    pub async fn change(&self, actor: &Actor, id: ChangeId) -> AppResult<ChangeView> {
        actor.must(Role::Viewer, "see changes")?;
        let (entry, diff) = self.store.change(id).await?;
        let names = self.names(vec![entry.device]).await?;
        Ok(view(entry, &names, diff))
    }

    /// The slugs of devices.
    pub(crate) async fn names(&self, ids: Vec<DeviceId>) -> AppResult<HashMap<DeviceId, String>> {
        let mut ids = ids;
        ids.sort_unstable();
        ids.dedup();
        let filter = DeviceFilter { ids: Some(ids), ..DeviceFilter::default() };
        Ok(self.store.devices(&filter).await?.into_iter().map(|d| (d.id, d.slug)).collect())
    }
}

fn view(e: ChangeEntry, names: &HashMap<DeviceId, String>, diff: String) -> ChangeView {
    ChangeView {
        id: e.id,
        device: names.get(&e.device).cloned().unwrap_or_default(),
        kind: e.kind,
        severity: e.severity,
        detected_at: e.detected_at,
        summary: e.summary,
        lines_added: e.lines_added,
        lines_removed: e.lines_removed,
        old_capture: e.old,
        new_capture: e.new,
        execution: e.run,
        diff,
    }
}
