//! Who did what, written in the transaction that did it.

use model::Timestamp;

use crate::sql::on_store;
use crate::{StoreResult, Tx};

#[derive(Debug, Clone, Copy)]
pub struct NewAudit<'a> {
    pub actor: &'a str,
    /// `device.update`, `run.start` …
    pub action: &'a str,
    /// What it was done to: `device leaf-2`.
    pub object: &'a str,
    pub detail: &'a serde_json::Value,
}

#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    pub id: i64,
    pub at: Timestamp,
    pub actor: String,
    pub action: String,
    pub object: String,
    pub detail: serde_json::Value,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    pub since: Option<Timestamp>,
    pub actor: Option<String>,
    pub action: Option<String>,
    /// Only those with a smaller id.
    pub before: Option<i64>,
    pub limit: Option<u32>,
}

impl Tx {
    pub async fn audit(&mut self, entry: &NewAudit<'_>, now: Timestamp) -> StoreResult<()> {
        const SQL: &str = "insert into audit_log (tenant_id, at, actor, action, object, detail)
            values ($1, $2, $3, $4, $5, $6)";
        let sql = self.sql(SQL).bind(now).bind(entry.actor).bind(entry.action).bind(entry.object);
        self.execute(sql.bind(entry.detail.to_string())).await?;
        Ok(())
    }

    /// Newest first.
    pub async fn audit_log(&mut self, filter: &AuditFilter) -> StoreResult<Vec<AuditEntry>> {
        type Row = (i64, i64, String, String, String, String);
        let mut sql = self.sql("select id, at, actor, action, object, detail from audit_log where tenant_id = $1");
        sql.and("at >=", filter.since).and("actor =", filter.actor.as_ref());
        sql.and("action =", filter.action.as_ref()).and("id <", filter.before);
        sql.push(" order by id desc").limit(filter.limit);
        let rows: Vec<Row> = self.all(sql).await?;
        let entry = |(id, at, actor, action, object, detail): Row| {
            let detail = serde_json::from_str(&detail).unwrap_or_default();
            AuditEntry { id, at: Timestamp(at), actor, action, object, detail }
        };
        Ok(rows.into_iter().map(entry).collect())
    }
}

on_store! {
    write audit(entry: &NewAudit<'_>, now: Timestamp) -> ();
    read audit_log(filter: &AuditFilter) -> Vec<AuditEntry>;
}
