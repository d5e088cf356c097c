//! Taking back what was done to the inventory.

use model::Timestamp;
use model::object::CHANNEL;
use serde::Serialize;
use serde_json::json;
use store::{NewAudit, RowOp, Tx, UndoRecord};

use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// A record of what was done, row by row.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct UndoView {
    #[serde(flatten)]
    pub record: UndoRecord,
    #[schema(value_type = Vec<Object>)]
    pub ops: Vec<RowOp>,
}

impl App {
    /// What was done to the inventory, newest first.
    pub async fn undo_records(&self, actor: &Actor, limit: u32) -> AppResult<Vec<UndoRecord>> {
        actor.must(Role::Viewer, "see what can be undone")?;
        Ok(self.store.undo_records(Some(limit)).await?)
    }

    /// One of them, with each row.
    pub async fn undo_record(&self, actor: &Actor, id: i64) -> AppResult<UndoView> {
        actor.must(Role::Viewer, "see what can be undone")?;
        let (record, ops) = self.store.undo_record(id).await?;
        Ok(UndoView { record, ops })
    }

    /// Takes it back. Gives the record of that, which can be undone too; it is refused when rows moved since.
    pub async fn undo(&self, actor: &Actor, id: i64, dry_run: bool) -> AppResult<(UndoRecord, Option<i64>)> {
        actor.must_somewhere(Role::Operator, "change the inventory")?;
        // Who has a role at some sites may take back what they did there.
        if !actor.may_everywhere(Role::Operator) && self.store.undo_record(id).await?.0.actor != actor.name {
            actor.must(Role::Operator, "undo what somebody else did")?;
        }
        let now = self.now();
        let mut tx = self.store.begin().await?;
        let (_, ops) = tx.undo_record(id).await?;
        if ops.iter().any(|op| op.table() == CHANNEL.table) {
            self.may_change_inventory(actor, &CHANNEL)?;
        }
        let again = tx.undo(id, &actor.name, now).await?;
        self.schedules_from(&mut tx, &ops, now).await?;
        let (record, _) = tx.undo_record(id).await?;
        if dry_run {
            return Ok((record, None));
        }
        let object = format!("{} ({})", record.id, record.object);
        let detail = json!({ "action": record.action, "rows": record.rows, "undo": again });
        tx.audit(&NewAudit { actor: &actor.name, action: "undo", object: &object, detail: &detail }, now).await?;
        self.forget_undo(&mut tx, now).await?;
        tx.commit().await?;
        Ok((record, again))
    }

    /// Forgets what is older than the configuration says; part of what is done now.
    pub(crate) async fn forget_undo(&self, tx: &mut Tx, now: Timestamp) -> AppResult<()> {
        let rules = &self.config.undo;
        let before = now.plus_ms(-i64::from(rules.days) * 86_400_000);
        let gone = tx.forget_undo(before, rules.records).await?;
        if gone > 0 {
            tracing::info!(records = gone, "forgot what can be undone no more");
        }
        Ok(())
    }
}
