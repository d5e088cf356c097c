//! What hangs on a record, and what becomes of it when the record is deleted.

use model::object::{DEVICE, DEVICE_TYPE, LOCATION};
use model::{ObjectKind, fact};
use serde::Serialize;

use crate::journal::{RowOp, Watch, own_rows};
use crate::sql::on_store;
use crate::{StoreResult, Tx};

/// Rows that hang on a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Dependent {
    /// `captures`
    pub what: &'static str,
    pub count: i64,
    pub fate: Fate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// They are deleted with it.
    Deleted,
    /// They stay, and do not say any more that they belong to it.
    Cleared,
    /// A part of it, which nobody would miss.
    Own,
}

impl Dependent {
    pub(crate) fn is_own(&self) -> bool {
        self.fate == Fate::Own
    }
}

/// Table, column with the id, in words, what becomes of it. What refers to others comes first.
type Hanging = (&'static str, &'static str, &'static str, Fate);

const OF_DEVICES: &[Hanging] = &[
    ("run_devices", "device_id", "results in executions", Fate::Cleared),
    ("changes", "device_id", "changes", Fate::Deleted),
    ("fact_loads", "device_id", "loads of facts", Fate::Own),
    ("captures", "device_id", "captures", Fate::Deleted),
    ("device_credentials", "device_id", "credentials known to work or fail", Fate::Deleted),
    ("device_access", "device_id", "ways in", Fate::Own),
    ("notes", "device_id", "notes", Fate::Deleted),
    ("device_tags", "device_id", "tags", Fate::Own),
    ("device_fields", "device_id", "fields that are somebody's word", Fate::Own),
    ("device_serials", "device_id", "serial numbers", Fate::Own),
    ("device_macs", "device_id", "chassis MACs", Fate::Own),
    ("device_addresses", "device_id", "addresses", Fate::Own),
    ("dcim_interfaces", "device_id", "interfaces that persons keep", Fate::Deleted),
    ("dcim_ip_addresses", "device_id", "IP addresses that persons keep", Fate::Cleared),
    ("cables", "side_a_device_id", "cables at their A side", Fate::Deleted),
    ("cables", "side_b_device_id", "cables at their B side", Fate::Deleted),
    ("source_records", "device_id", "records of other systems", Fate::Own),
];

fn hanging(kind: &ObjectKind) -> &'static [Hanging] {
    match kind.name {
        "device" => OF_DEVICES,
        "site" => &[
            ("site_tags", "site_id", "tags", Fate::Own),
            ("notes", "site_id", "notes", Fate::Deleted),
            ("devices", "site_id", "devices", Fate::Cleared),
            ("locations", "site_id", "locations", Fate::Deleted),
            ("notification_rules", "site_id", "notification rules", Fate::Deleted),
            ("schedules", "site_id", "schedules", Fate::Cleared),
            ("worker_sites", "site_id", "workers", Fate::Cleared),
        ],
        "location" => &[("devices", "location_id", "devices", Fate::Cleared)],
        "manufacturer" => &[
            ("devices", "manufacturer_id", "devices", Fate::Cleared),
            ("platforms", "manufacturer_id", "platforms", Fate::Cleared),
            ("device_types", "manufacturer_id", "device types", Fate::Deleted),
        ],
        "role" => &[("devices", "role_id", "devices", Fate::Cleared)],
        "platform" => &[("devices", "platform_id", "devices", Fate::Cleared)],
        "tag" => &[
            ("device_tags", "tag_id", "tagged devices", Fate::Cleared),
            ("site_tags", "tag_id", "tagged sites", Fate::Cleared),
            ("job_tags", "tag_id", "tagged jobs", Fate::Cleared),
        ],
        "job" => &[
            ("job_tags", "job_id", "tags", Fate::Own),
            ("runs", "job_id", "executions", Fate::Cleared),
            ("notification_rules", "job_id", "notification rules", Fate::Deleted),
            ("schedules", "job_id", "schedules", Fate::Deleted),
        ],
        "notification channel" => &[("notification_rules", "channel_id", "notification rules", Fate::Deleted)],
        "notification rule" => &[("notifications", "rule_id", "notifications", Fate::Own)],
        _ => &[],
    }
}

/// More facts than this are not kept for undoing.
const FACTS_KEPT: i64 = 50_000;

impl Tx {
    /// What hangs on a record, with how many; nothing that is not there.
    pub async fn dependents(&mut self, kind: &'static ObjectKind, id: i64) -> StoreResult<Vec<Dependent>> {
        let mut all = Vec::new();
        for (table, column, what, fate) in hanging(kind) {
            let sql = self.bare(format!("select count(*) from {table} where {column} = $1")).bind(id);
            let (count,): (i64,) = self.one(sql).await?;
            all.push(Dependent { what, count, fate: *fate });
        }
        if *kind == DEVICE {
            all.push(Dependent { what: "facts", count: self.facts_of(id).await?, fate: Fate::Deleted });
        }
        all.retain(|d| d.count > 0);
        Ok(all)
    }

    async fn facts_of(&mut self, device: i64) -> StoreResult<i64> {
        let mut facts = 0;
        for kind in fact::KINDS {
            let sql = self.sql(format!("select count(*) from {} where tenant_id = $1 and device_id = $2", kind.table));
            let (n,): (i64,) = self.one(sql.bind(device)).await?;
            facts += n;
        }
        Ok(facts)
    }

    /// Deletes a record and what hangs on it. Gives what takes it back; of a device with very many facts, these are
    /// not in it.
    pub async fn delete_record(&mut self, kind: &'static ObjectKind, id: i64) -> StoreResult<Vec<RowOp>> {
        self.named.clear();
        let mut ops = Vec::new();
        if kind.name == "site" {
            ops.extend(self.delete_those(&LOCATION, "site_id", id).await?);
        }
        if kind.name == "manufacturer" {
            ops.extend(self.delete_those(&DEVICE_TYPE, "manufacturer_id", id).await?);
        }
        let mut tables: Vec<(&'static str, &'static str)> = hanging(kind).iter().map(|(t, c, ..)| (*t, *c)).collect();
        if *kind == DEVICE && self.facts_of(id).await? <= FACTS_KEPT {
            tables.extend(fact::KINDS.iter().map(|k| (k.table, "device_id")));
        }
        let notes = self.note_ids(&tables, id).await?;
        let versions = self.watch(&[("note_versions", "note_id")], &notes).await?;
        tables.push((kind.table, "id"));
        let watch = self.watch(&tables, &[id]).await?;
        for (table, column, _, _) in
            hanging(kind).iter().filter(|(t, _, _, f)| *f == Fate::Cleared && !t.ends_with("_tags"))
        {
            let sql = self.bare(format!("update {table} set {column} = null where {column} = $1")).bind(id);
            self.execute(sql).await?;
        }
        let sql = self.sql(format!("delete from {} where tenant_id = $1 and id = $2", kind.table)).bind(id);
        self.execute(sql).await?;
        ops.extend(self.changes_since(versions, &notes).await?);
        ops.extend(self.changes_since(watch, &[id]).await?);
        Ok(ops)
    }

    async fn delete_those(&mut self, kind: &'static ObjectKind, by: &str, id: i64) -> StoreResult<Vec<RowOp>> {
        let sql = self.bare(format!("select id from {} where {by} = $1", kind.table)).bind(id);
        let ids: Vec<(i64,)> = self.all(sql).await?;
        let mut ops = Vec::new();
        for (id,) in ids {
            ops.extend(Box::pin(self.delete_record(kind, id)).await?);
        }
        Ok(ops)
    }

    async fn note_ids(&mut self, tables: &[(&'static str, &'static str)], id: i64) -> StoreResult<Vec<i64>> {
        let Some((_, by)) = tables.iter().find(|(table, _)| *table == "notes") else { return Ok(Vec::new()) };
        let ids: Vec<(i64,)> = self.all(self.bare(format!("select id from notes where {by} = $1")).bind(id)).await?;
        Ok(ids.into_iter().map(|(id,)| id).collect())
    }

    /// Looks at records that are about to be changed.
    pub async fn watch_records(&mut self, kind: &'static ObjectKind, ids: &[i64]) -> StoreResult<Watch> {
        self.take_made();
        self.watch(&own_rows(kind), ids).await
    }

    /// What was done to them since, and what was made on the way.
    pub async fn record_ops(&mut self, watch: Watch, ids: &[i64]) -> StoreResult<Vec<RowOp>> {
        let mut ops = Vec::new();
        let mut made: Vec<(&'static str, Vec<i64>)> = Vec::new();
        for (table, id) in self.take_made() {
            match made.iter_mut().find(|(t, _)| *t == table) {
                Some((_, ids)) => ids.push(id),
                None => made.push((table, vec![id])),
            }
        }
        for (table, ids) in made {
            let fresh = self.watch(&[(table, "id")], &[]).await?;
            ops.extend(self.changes_since(fresh, &ids).await?);
        }
        ops.extend(self.changes_since(watch, ids).await?);
        Ok(ops)
    }
}

on_store! {
    read dependents(kind: &'static ObjectKind, id: i64) -> Vec<Dependent>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_of_a_device_is_kept_for_undoing_and_goes_over_in_a_merge() {
        let of_devices = |t: &crate::TableDoc| t.columns.iter().any(|c| c.name == "device_id");
        for table in crate::schema().iter().filter(|t| of_devices(t)) {
            let is_fact = fact::KINDS.iter().any(|k| k.table == table.name);
            let hangs = OF_DEVICES.iter().any(|(name, ..)| *name == table.name);
            assert!(is_fact || hangs, "{} is not kept when a device is deleted", table.name);
            assert!(is_fact || crate::merge::goes_over(&table.name), "{} is lost in a merge", table.name);
        }
    }
}
