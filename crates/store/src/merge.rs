//! Two records that are one device: all that is known of one goes to the other.

use model::{DeviceId, Timestamp, fact};

use crate::journal::RowOp;
use crate::{StoreResult, Tx};

/// Rows that are few, or that both devices may have: looked at before and after.
const BESIDE: &[(&str, &str)] = &[
    ("device_tags", "device_id"),
    ("device_fields", "device_id"),
    ("device_serials", "device_id"),
    ("device_macs", "device_id"),
    ("device_addresses", "device_id"),
    ("device_access", "device_id"),
    ("device_credentials", "device_id"),
    ("fact_loads", "device_id"),
    ("captures", "device_id"),
    ("run_devices", "device_id"),
    ("devices", "id"),
];

/// What both may have: only what the survivor has not goes over. Table, its columns without the device.
const COPIED: &[(&str, &str)] = &[
    ("device_tags", "tenant_id, tag_id"),
    ("device_serials", "tenant_id, serial"),
    ("device_macs", "tenant_id, mac"),
    ("device_access", "tenant_id, username, platform, port, last_success_at"),
    (
        "device_credentials",
        "tenant_id, credential, kind, last_success_at, last_failure_at, failure_count, is_preferred, notes",
    ),
];

/// What fills a gap of the survivor.
const FILLED: &[&str] = &[
    "site_id",
    "location_id",
    "role_id",
    "platform_id",
    "manufacturer_id",
    "model",
    "os_version",
    "asset_tag",
    "pinned_credential",
    "description",
    "comments",
];

/// Rows that are many, by their ids; those of facts too. Table, column with the device.
const MOVED: &[(&str, &str)] = &[
    ("changes", "device_id"),
    ("notes", "device_id"),
    ("dcim_interfaces", "device_id"),
    ("dcim_ip_addresses", "device_id"),
    ("cables", "side_a_device_id"),
    ("cables", "side_b_device_id"),
    ("source_records", "device_id"),
];

/// Whether a merge knows the table.
#[cfg(test)]
pub(crate) fn goes_over(table: &str) -> bool {
    MOVED.iter().chain(BESIDE).any(|(name, _)| *name == table)
}

impl Tx {
    /// Captures, facts, changes, credentials, results of runs, tags and notes of a device go to another one, and it is
    /// gone. Versions of its captures are counted on from those of the survivor. Gives what takes it back.
    ///
    /// Where both were loaded with facts of a kind, the newer load stays what is there now.
    pub async fn merge_devices(&mut self, into: DeviceId, gone: DeviceId, now: Timestamp) -> StoreResult<Vec<RowOp>> {
        let watch = self.watch(BESIDE, &[into.0, gone.0]).await?;
        let mut ops = self.settle_facts(into, gone, now).await?;
        ops.extend(self.move_rows(into, gone).await?);
        // A credential is preferred once for each kind.
        let sql = "update device_credentials set is_preferred = false where tenant_id = $1 and device_id = $3
            and exists (select 1 from device_credentials o where o.device_id = $2 and o.kind = device_credentials.kind
                and o.is_preferred)";
        self.execute(self.sql(sql).bind(into).bind(gone)).await?;
        for (table, columns) in COPIED {
            let sql = format!(
                "insert into {table} (device_id, {columns}) select cast($2 as bigint), {columns} from {table}
                where tenant_id = $1 and device_id = $3 on conflict do nothing"
            );
            self.execute(self.sql(sql).bind(into).bind(gone)).await?;
        }
        const ADDRESSES: &str = "insert into device_addresses (device_id, tenant_id, address, is_primary)
            select cast($2 as bigint), tenant_id, address, false from device_addresses
            where tenant_id = $1 and device_id = $3 on conflict do nothing";
        self.execute(self.sql(ADDRESSES).bind(into).bind(gone)).await?;
        self.number_captures_on(into, gone).await?;
        const RUNS: &str = "update run_devices set device_id = $2 where tenant_id = $1 and device_id = $3";
        self.execute(self.sql(RUNS).bind(into).bind(gone)).await?;
        const LOADS: &str = "update fact_loads set device_id = $2 where tenant_id = $1 and device_id = $3";
        self.execute(self.sql(LOADS).bind(into).bind(gone)).await?;
        self.fill_gaps(into, gone, now).await?;
        let sql = self.sql("delete from devices where tenant_id = $1 and id = $2").bind(gone);
        self.execute(sql).await?;
        ops.extend(self.changes_since(watch, &[into.0, gone.0]).await?);
        Ok(ops)
    }

    /// Of two loads of one kind from one source only the newer one says what is there.
    async fn settle_facts(&mut self, into: DeviceId, gone: DeviceId, now: Timestamp) -> StoreResult<Vec<RowOp>> {
        const BOTH: &str = "select a.kind, a.source, coalesce(a.loaded_at, 0), coalesce(b.loaded_at, 0)
            from fact_loads a join fact_loads b on b.kind = a.kind and b.source = a.source and b.device_id = $3
            where a.tenant_id = $1 and a.device_id = $2";
        let both: Vec<(String, String, i64, i64)> = self.all(self.sql(BOTH).bind(into).bind(gone)).await?;
        let mut ops = Vec::new();
        for (kind, source, ours, theirs) in both {
            let older = if ours >= theirs { gone } else { into };
            const OLD: &str =
                "delete from fact_loads where tenant_id = $1 and device_id = $2 and kind = $3 and source = $4";
            self.execute(self.sql(OLD).bind(older).bind(&kind).bind(&source)).await?;
            let Some(kind) = fact::KINDS.iter().find(|k| k.name == kind) else { continue };
            let open = format!(
                "select id from {} where tenant_id = $1 and device_id = $2 and source = $3 and gone_at is null",
                kind.table
            );
            let open: Vec<(i64,)> = self.all(self.sql(open).bind(older).bind(&source)).await?;
            let open: Vec<i64> = open.into_iter().map(|(id,)| id).collect();
            let watch = self.watch(&[(kind.table, "id")], &open).await?;
            let mut close = self.bare(format!("update {} set last_seen = coalesce(last_seen, ", kind.table));
            close
                .arg(ours.min(theirs))
                .push("), gone_at = ")
                .arg(now)
                .push(" where id")
                .is_one_of(open.iter().copied());
            self.execute(close).await?;
            ops.extend(self.changes_since(watch, &open).await?);
        }
        Ok(ops)
    }

    /// What may be very much, and what only one of them has.
    async fn move_rows(&mut self, into: DeviceId, gone: DeviceId) -> StoreResult<Vec<RowOp>> {
        let tables = fact::KINDS.iter().map(|k| (k.table, "device_id")).chain(MOVED.iter().copied());
        let shapes = self.shapes().await?;
        let mut ops = Vec::new();
        for (table, column) in tables {
            let sql = self.sql(format!("select id from {table} where tenant_id = $1 and {column} = $2 order by id"));
            let ids: Vec<(i64,)> = self.all(sql.bind(gone)).await?;
            if ids.is_empty() {
                continue;
            }
            let ids = ids.into_iter().map(|(id,)| id).collect();
            let (table, column) = (table.to_owned(), column.to_owned());
            let op = RowOp::Moved { table, column, ids, from: gone.0, to: into.0 };
            self.apply(&shapes, &op).await?;
            ops.push(op);
        }
        Ok(ops)
    }

    /// Captures of each type after the last one of the survivor.
    async fn number_captures_on(&mut self, into: DeviceId, gone: DeviceId) -> StoreResult<()> {
        const LAST: &str = "select b.capture_type, (select coalesce(max(a.version_no), 0) from captures a
                where a.device_id = $2 and a.capture_type = b.capture_type)
            from captures b where b.tenant_id = $1 and b.device_id = $3 group by b.capture_type";
        let last: Vec<(String, i64)> = self.all(self.sql(LAST).bind(into).bind(gone)).await?;
        for (capture_type, last) in last {
            const ON: &str = "update captures set device_id = $2, version_no = version_no + $4
                where tenant_id = $1 and device_id = $3 and capture_type = $5";
            self.execute(self.sql(ON).bind(into).bind(gone).bind(last).bind(capture_type)).await?;
        }
        Ok(())
    }

    async fn fill_gaps(&mut self, into: DeviceId, gone: DeviceId, now: Timestamp) -> StoreResult<()> {
        let mut sql = self.sql("update devices set version = version + 1, changed_at = ");
        sql.arg(now);
        for column in FILLED {
            sql.push(&format!(", {column} = coalesce({column}, (select o.{column} from devices o where o.id = "));
            sql.arg(gone).push("))");
        }
        for (column, than) in [("first_seen", ">"), ("last_seen", "<"), ("last_captured", "<")] {
            // The other's is taken where it is the better one, or the only one.
            sql.push(&format!(", {column} = coalesce((select o.{column} from devices o where o.id = "));
            sql.arg(gone)
                .push(&format!(" and (devices.{column} is null or devices.{column} {than} o.{column})), {column})"));
        }
        sql.push(" where tenant_id = $1 and id = ").arg(into);
        self.execute(sql).await?;
        Ok(())
    }

    /// Takes addresses and serial numbers from a device, for another one to have.
    pub async fn take_marks(&mut self, from: DeviceId, address: &str, serials: &[String]) -> StoreResult<u64> {
        const ADDRESS: &str = "delete from device_addresses where tenant_id = $1 and device_id = $2 and address = $3";
        let mut taken = self.execute(self.sql(ADDRESS).bind(from).bind(address)).await?;
        for serial in serials {
            const SERIAL: &str = "delete from device_serials where tenant_id = $1 and device_id = $2 and serial = $3";
            taken += self.execute(self.sql(SERIAL).bind(from).bind(serial)).await?;
        }
        Ok(taken)
    }
}
