//! What outside systems say of the network, beside what we make of it.

use model::{DeviceId, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::sql::{Arg, Sql, on_store, unreadable};
use crate::tx::Rows;
use crate::{StoreResult, Tx};

/// A record of an outside system, as it said it last.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SourceRecord {
    pub id: i64,
    /// `netbox`
    pub system: String,
    /// The installation, by its address.
    pub source: String,
    /// `device`
    pub kind: String,
    /// Its own id there.
    pub source_id: String,
    pub name: String,
    /// Where a person sees it.
    pub url: Option<String>,
    /// What it says, field by field.
    #[schema(value_type = Object)]
    pub data: Map<String, Value>,
    /// The slug of the device that it is taken for.
    pub device: Option<String>,
    #[serde(skip)]
    pub device_id: Option<DeviceId>,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// Since when its system does not have it any more.
    pub gone_at: Option<Timestamp>,
}

/// What is written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSourceRecord {
    pub kind: &'static str,
    pub source_id: String,
    pub name: String,
    pub url: Option<String>,
    pub data: Map<String, Value>,
    pub device: Option<DeviceId>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFilter {
    pub system: Option<String>,
    pub source: Option<String>,
    pub kind: Option<String>,
    pub device: Option<DeviceId>,
    /// Only those that come after this one: its name and its id.
    pub after: Option<(String, i64)>,
    pub limit: Option<u32>,
}

impl Tx {
    /// By name.
    pub async fn source_records(&mut self, filter: &SourceFilter) -> StoreResult<Vec<SourceRecord>> {
        let sql = self.select_source_records(filter);
        self.all::<SourceRow>(sql).await?.into_iter().map(record).collect()
    }

    pub(crate) fn select_source_records(&self, filter: &SourceFilter) -> Sql {
        let mut sql = self.sql(
            "select r.id, r.system, r.source, r.kind, r.source_id, r.name, r.url, r.data, d.slug, r.device_id,
                r.first_seen, r.last_seen, r.gone_at
            from source_records r left join devices d on d.id = r.device_id where r.tenant_id = $1",
        );
        sql.and("r.system =", filter.system.as_ref());
        sql.and("r.source =", filter.source.as_ref());
        sql.and("r.kind =", filter.kind.as_ref());
        if let Some(device) = filter.device {
            sql.push(" and r.device_id = ").arg(device);
        }
        if let Some((name, id)) = &filter.after {
            sql.push(" and (lower(r.name) > lower(").arg(name).push(") or (lower(r.name) = lower(").arg(name);
            sql.push(") and r.id > ").arg(*id).push("))");
        }
        sql.push(" order by lower(r.name), r.id").limit(filter.limit);
        sql
    }

    /// Keeps what an installation says now. With `complete` it said all that it has of this kind: what it did not say is
    /// gone from now on; gives the names of what went. A record without a device keeps the one it had, and what it said when that was made of it.
    pub async fn save_source_records(
        &mut self,
        (system, source, kind): (&str, &str, &'static str),
        records: &[NewSourceRecord],
        complete: bool,
        now: Timestamp,
    ) -> StoreResult<Vec<String>> {
        let row = |r: &NewSourceRecord| -> Vec<Arg> {
            let data = Value::Object(r.data.clone()).to_string();
            let device = Arg::Int(r.device.map(|d| d.0));
            vec![r.source_id.as_str().into(), r.name.as_str().into(), r.url.clone().into(), data.into(), device]
        };
        let rows: Vec<Vec<Arg>> = records.iter().map(row).collect();
        let same: [(&str, Arg); 6] = [
            ("tenant_id", self.tenant.into()),
            ("system", system.into()),
            ("source", source.into()),
            ("kind", kind.into()),
            ("first_seen", now.into()),
            ("last_seen", now.into()),
        ];
        let rows = Rows {
            table: "source_records",
            same: &same,
            columns: &["source_id", "name", "url", "data", "device_id"],
            rows: &rows,
            tail: " on conflict (tenant_id, source, kind, source_id) do update set name = excluded.name, url = excluded.url,
                data = case when excluded.device_id is null then source_records.data else excluded.data end,
                device_id = coalesce(excluded.device_id, source_records.device_id), gone_at = null,
                last_seen = excluded.last_seen",
        };
        self.insert_rows(rows).await?;
        if !complete {
            return Ok(Vec::new());
        }
        const GONE: &str = "update source_records set gone_at = $4
            where tenant_id = $1 and source = $2 and kind = $3 and last_seen < $4 and gone_at is null returning name";
        let gone: Vec<(String,)> = self.all(self.sql(GONE).bind(source).bind(kind).bind(now)).await?;
        let mut gone: Vec<String> = gone.into_iter().map(|(name,)| name).collect();
        gone.sort();
        Ok(gone)
    }
}

on_store! {
    read source_records(filter: &SourceFilter) -> Vec<SourceRecord>;
}

/// Columns of [`Tx::select_source_records`].
pub(crate) type SourceRow = (
    i64,
    String,
    String,
    String,
    String,
    String,
    Option<String>,
    String,
    Option<String>,
    Option<i64>,
    i64,
    i64,
    Option<i64>,
);

pub(crate) fn record(row: SourceRow) -> StoreResult<SourceRecord> {
    let (id, system, source, kind, source_id, name, url, data, device, device_id, first_seen, last_seen, gone_at) = row;
    let data = serde_json::from_str(&data).map_err(|e| unreadable("source_records", e))?;
    let (first_seen, last_seen, gone_at) = (Timestamp(first_seen), Timestamp(last_seen), gone_at.map(Timestamp));
    let device_id = device_id.map(DeviceId);
    Ok(SourceRecord {
        id,
        system,
        source,
        kind,
        source_id,
        name,
        url,
        data,
        device,
        device_id,
        first_seen,
        last_seen,
        gone_at,
    })
}
