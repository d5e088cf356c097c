//! The audit log: who did what to what, with before and after.

use model::Timestamp;
use serde::Serialize;
use store::{AuditEntry, AuditFilter};

use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// All that are given must hold.
#[derive(Debug, Clone, Default)]
pub struct AuditQuery {
    pub since: Option<Timestamp>,
    pub by: Option<String>,
    pub action: Option<String>,
    /// Only what comes after this one in the list.
    pub before: Option<i64>,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AuditView {
    pub id: i64,
    pub at: Timestamp,
    pub actor: String,
    /// `device.edit`, `login`, `user.add` …
    pub action: String,
    /// `device leaf-2`
    pub object: String,
    /// Before and after, by what it was.
    #[schema(value_type = Object)]
    pub detail: serde_json::Value,
}

impl App {
    /// Newest first.
    pub async fn audit_log(&self, actor: &Actor, query: AuditQuery) -> AppResult<Vec<AuditView>> {
        actor.must(Role::Admin, "see the audit log")?;
        let AuditQuery { since, by, action, before, limit } = query;
        let filter = AuditFilter { since, actor: by, action, before, limit: Some(limit) };
        Ok(self.store.audit_log(&filter).await?.into_iter().map(AuditView::from).collect())
    }
}

impl From<AuditEntry> for AuditView {
    fn from(e: AuditEntry) -> Self {
        let AuditEntry { id, at, actor, action, object, detail } = e;
        Self { id, at, actor, action, object, detail }
    }
}
