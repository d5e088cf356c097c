//! How many facts there are, and which of some are there at all.

use ipnet::IpNet;
use model::address::ip_key;
use model::{DeviceId, FactKind, Timestamp, fact};

use super::query::push_time;
use crate::sql::{Arg, on_store, unreadable};
use crate::{StoreError, StoreResult, Tx};

/// Facts that are there now, of one device and kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactCount {
    /// Name of the [`FactKind`].
    pub kind: &'static str,
    pub device: DeviceId,
    pub facts: u64,
}

impl Tx {
    /// How many facts of the kind there are on each of these ports, in their order; counting ends at `most`.
    pub async fn count_on_ports(
        &mut self,
        kind: &'static FactKind,
        ports: &[(DeviceId, String)],
        at: Option<Timestamp>,
        most: u32,
    ) -> StoreResult<Vec<u64>> {
        if kind.position("interface").is_none() {
            return Err(StoreError::not_found("column", "interface"));
        }
        let rows: Vec<[Arg; 3]> =
            (0_u32..).zip(ports).map(|(n, (device, port))| [n.into(), (*device).into(), port.into()]).collect();
        let mut sql = self.sql(format!("select (select count(*) from (select 1 from {} f", kind.table));
        sql.push(" where f.tenant_id = $1 and f.device_id = cast(p.value ->> 1 as bigint)");
        sql.push(" and f.interface = p.value ->> 2");
        push_time(&mut sql, at, false);
        sql.limit(Some(most)).push(") n) from ").each(&rows).push(" p order by cast(p.value ->> 0 as bigint)");
        let counts: Vec<(i64,)> = self.rows(1, sql).await?;
        Ok(counts.into_iter().map(|(count,)| count.unsigned_abs()).collect())
    }

    /// Those of these prefixes that any fact of the kind has in this column.
    pub async fn prefixes_among(
        &mut self,
        kind: &'static FactKind,
        column: &'static str,
        prefixes: &[IpNet],
        at: Option<Timestamp>,
    ) -> StoreResult<Vec<IpNet>> {
        let position = kind.position(column).ok_or_else(|| StoreError::not_found("column", column))?;
        let name = kind.columns[position].name;
        let pairs: Vec<[Arg; 2]> =
            prefixes.iter().map(|p| [p.to_string().into(), ip_key(p.network()).into()]).collect();
        let mut sql = self.sql("select p.value ->> 0 from ");
        sql.each(&pairs).push(&format!(" p where exists (select 1 from {} f where f.tenant_id = $1", kind.table));
        sql.push(&format!(" and f.{name}_key = p.value ->> 1 and f.{name} = p.value ->> 0"));
        push_time(&mut sql, at, false);
        // With a limit PostgreSQL looks each of them up; without one it reads the table.
        sql.push(" limit 1 offset 0)");
        let found: Vec<(String,)> = self.rows(1, sql).await?;
        found.into_iter().map(|(text,)| text.parse().map_err(|e| unreadable(column, e))).collect()
    }

    /// How many facts are there now, by device and kind; none where there are none.
    pub async fn fact_counts(&mut self) -> StoreResult<Vec<FactCount>> {
        let mut counts = Vec::new();
        for kind in fact::KINDS {
            let mut sql = self.sql("select device_id, count(*) from ");
            sql.push(kind.table)
                .push(" where tenant_id = $1 and gone_at is null group by device_id order by device_id");
            let rows: Vec<(i64, i64)> = self.all(sql).await?;
            let count = |(device, facts): (i64, i64)| FactCount {
                kind: kind.name,
                device: DeviceId(device),
                facts: facts.unsigned_abs(),
            };
            counts.extend(rows.into_iter().map(count));
        }
        Ok(counts)
    }
}

on_store! {
    read count_on_ports(
        kind: &'static FactKind, ports: &[(DeviceId, String)], at: Option<Timestamp>, most: u32
    ) -> Vec<u64>;
    read prefixes_among(
        kind: &'static FactKind, column: &'static str, prefixes: &[IpNet], at: Option<Timestamp>
    ) -> Vec<IpNet>;
    read fact_counts() -> Vec<FactCount>;
}
