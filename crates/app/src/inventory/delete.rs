//! Deleting records: what would be lost is said first.

use model::ObjectKind;
use serde::Serialize;
use serde_json::Value;
use store::Dependent;

use super::{Edit, Edited, Write, Written};
use crate::{Actor, App, AppResult};

/// What deleting a record would take with it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Deletion {
    pub kind: &'static str,
    pub name: String,
    pub id: i64,
    /// What hangs on it, with how many and what becomes of them.
    pub dependents: Vec<Dependent>,
}

impl App {
    /// What deleting these would take with it.
    pub async fn deletion(
        &self,
        actor: &Actor,
        kind: &'static ObjectKind,
        references: &[String],
    ) -> AppResult<Vec<Deletion>> {
        self.may_change_inventory(actor, kind)?;
        let mut all: Vec<Deletion> = Vec::with_capacity(references.len());
        for reference in references {
            let record = self.store.record(kind, reference).await?;
            if all.iter().any(|d| d.id == record.id) {
                continue;
            }
            let dependents = self.store.dependents(kind, record.id).await?;
            all.push(Deletion { kind: kind.name, name: record.slug(), id: record.id, dependents });
        }
        Ok(all)
    }

    /// Deletes these, and what hangs on them.
    pub async fn delete_records(
        &self,
        actor: &Actor,
        kind: &'static ObjectKind,
        ids: &[i64],
        write: &Write,
    ) -> AppResult<Written> {
        self.may_change_inventory(actor, kind)?;
        if !ids.is_empty() {
            self.must_change(actor, kind, ids, (&Edit::default(), false)).await?;
        }
        let now = self.now();
        let mut tx = self.store.begin().await?;
        let (mut records, mut ops) = (Vec::new(), Vec::new());
        for id in ids {
            let before = tx.record_by_id(kind, *id).await?;
            ops.extend(tx.delete_record(kind, *id).await?);
            let known = before.values.iter().filter(|(_, v)| !v.is_null());
            let fields = known.map(|(f, v)| (f.clone(), v.clone(), Value::Null)).collect();
            records.push(Edited { kind: kind.name, name: before.slug(), id: *id, effect: "delete", fields });
        }
        self.finish(actor, "delete", kind, records, (tx, &ops), write, now).await
    }
}
