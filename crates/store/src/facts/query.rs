//! Finding facts: by device, by time, by what a user typed of a MAC, an address or a name.

use model::{CaptureId, ColumnKind, DeviceId, Evidence, FactKind, MacPattern, Timestamp, Value, fact};
use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};

use super::values;
use crate::sql::{Arg, Sql, contains, on_store};
use crate::{StoreError, StoreResult, Tx};

/// All that are given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FactFilter {
    pub device: Option<DeviceId>,
    /// Capture type.
    pub source: Option<String>,
    /// What was there at this time, instead of now.
    pub at: Option<Timestamp>,
    /// Those that are gone, too.
    pub include_gone: bool,
    /// These alone, whether they are gone or not.
    pub ids: Option<Vec<i64>>,
    pub columns: Vec<Predicate>,
    pub limit: Option<u32>,
}

/// A condition on a column of the kind, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// Equal, in the column's one spelling.
    Is(&'static str, Value),
    /// A MAC that has these digits; a whole one is looked up in the index.
    Mac(&'static str, MacPattern),
    /// An address or prefix whose key starts so, see [`model::address::ip_key_prefix`].
    KeyPrefix(&'static str, String),
    /// One of these, whole.
    MacIn(&'static str, Vec<model::Mac>),
    /// An address or prefix whose key, see [`model::address::ip_key`], is one of these.
    KeyIn(&'static str, Vec<String>),
    /// A text that contains this, whatever the case.
    Contains(&'static str, String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFact {
    pub id: i64,
    pub device: DeviceId,
    /// One for each column of the kind.
    pub values: Vec<Value>,
    pub evidence: Evidence,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// When a complete load no longer had it; `None` while it is there.
    pub gone_at: Option<Timestamp>,
}

/// Facts that are there now, of one device and kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactCount {
    /// Name of the [`FactKind`].
    pub kind: &'static str,
    pub device: DeviceId,
    pub facts: u64,
}

/// The fixed columns, then those of the kind as text.
struct FactRow {
    id: i64,
    device: i64,
    source: String,
    capture: i64,
    lines: (i64, i64),
    template: String,
    seen: (i64, i64),
    gone_at: Option<i64>,
    texts: Vec<Option<String>>,
}

impl<'r, R: Row> FromRow<'r, R> for FactRow
where
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Option<i64>: Decode<'r, R::Database> + Type<R::Database>,
    Option<String>: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get(0)?,
            device: row.try_get(1)?,
            source: row.try_get(2)?,
            capture: row.try_get(3)?,
            lines: (row.try_get(4)?, row.try_get(5)?),
            template: row.try_get(6)?,
            seen: (row.try_get(7)?, row.try_get(8)?),
            gone_at: row.try_get(9)?,
            texts: (10..row.len()).map(|n| row.try_get(n)).collect::<sqlx::Result<_>>()?,
        })
    }
}

impl Tx {
    /// # Errors
    /// [`StoreError::NotFound`] for a column that the kind does not have.
    pub async fn facts(&mut self, kind: &'static FactKind, filter: &FactFilter) -> StoreResult<Vec<StoredFact>> {
        let mut sql = self.sql(
            "select f.id, f.device_id, f.source, f.capture_id, f.first_line, f.last_line, f.template, f.first_seen,
            coalesce(f.last_seen, l.loaded_at, f.first_seen), f.gone_at",
        );
        sql.push(&values::selected(kind)).push(" from ").push(kind.table);
        sql.push(" f left join fact_loads l on l.device_id = f.device_id and l.source = f.source and l.kind = ");
        // `+` keeps SQLite from looking through all facts of the tenant for a few ids.
        sql.arg(kind.name).push(if filter.ids.is_some() {
            " where +f.tenant_id = $1"
        } else {
            " where f.tenant_id = $1"
        });
        sql.and("f.device_id =", filter.device).and("f.source =", filter.source.as_ref());
        match filter.at {
            Some(at) => {
                sql.and("f.first_seen <=", Some(at));
                sql.push(" and (f.gone_at is null or f.gone_at > ").arg(at).push(")");
            }
            None if filter.include_gone || filter.ids.is_some() => {}
            None => drop(sql.push(" and f.gone_at is null")),
        }
        if let Some(ids) = &filter.ids {
            sql.push(" and f.id in ").ids(ids.iter().copied());
        }
        for predicate in &filter.columns {
            push_predicate(&mut sql, kind, predicate)?;
        }
        sql.push(" order by f.id").limit(filter.limit);
        self.all::<FactRow>(sql).await?.into_iter().map(|row| row.into_fact(kind)).collect()
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
    read facts(kind: &'static FactKind, filter: &FactFilter) -> Vec<StoredFact>;
    read fact_counts() -> Vec<FactCount>;
}

fn push_predicate(sql: &mut Sql, kind: &FactKind, predicate: &Predicate) -> StoreResult<()> {
    let (Predicate::Is(name, _)
    | Predicate::Mac(name, _)
    | Predicate::MacIn(name, _)
    | Predicate::KeyPrefix(name, _)
    | Predicate::KeyIn(name, _)
    | Predicate::Contains(name, _)) = predicate;
    let position = kind.position(name).ok_or_else(|| StoreError::not_found("column", name))?;
    let is_int = matches!(kind.columns[position].kind, ColumnKind::Int | ColumnKind::Vlan | ColumnKind::Asn);
    match predicate {
        Predicate::Is(_, Value::Null) => drop(sql.push(&format!(" and f.{name} is null"))),
        Predicate::Is(_, value) => drop(sql.push(&format!(" and f.{name} = ")).arg(equal(value, is_int))),
        Predicate::Mac(_, mac) if mac.is_whole() => drop(sql.push(&format!(" and f.{name} = ")).arg(mac.digits())),
        Predicate::Mac(_, mac) => drop(sql.push(&format!(" and f.{name} like ")).arg(contains(mac.digits()))),
        Predicate::KeyPrefix(_, prefix) => {
            // `g` is greater than any hex digit.
            sql.push(&format!(" and f.{name}_key >= ")).arg(prefix);
            sql.push(&format!(" and f.{name}_key < ")).arg(format!("{prefix}g"));
        }
        Predicate::MacIn(_, macs) if macs.is_empty() => drop(sql.push(" and 1 = 0")),
        Predicate::MacIn(_, macs) => {
            sql.push(&format!(" and f.{name} in ")).list(macs.iter().map(|mac| mac.key()));
        }
        Predicate::KeyIn(_, keys) if keys.is_empty() => drop(sql.push(" and 1 = 0")),
        Predicate::KeyIn(_, keys) => drop(sql.push(&format!(" and f.{name}_key in ")).list(keys)),
        Predicate::Contains(_, text) => {
            sql.push(&format!(" and lower(f.{name}) like lower(")).arg(contains(text)).push(") escape '\\'");
        }
    }
    Ok(())
}

fn equal(value: &Value, is_int: bool) -> Arg {
    match value {
        Value::Int(n) => (*n).into(),
        Value::Mac(mac) => mac.key().into(),
        Value::Text(text) if is_int => Arg::Int(text.parse().ok()),
        Value::Text(text) => text.into(),
        other => other.shown().into(),
    }
}

impl FactRow {
    fn into_fact(self, kind: &FactKind) -> StoreResult<StoredFact> {
        let line = |n: i64| u32::try_from(n).unwrap_or_default();
        Ok(StoredFact {
            id: self.id,
            device: DeviceId(self.device),
            values: values::read(kind, self.texts)?,
            evidence: Evidence {
                capture: CaptureId(self.capture),
                capture_type: self.source,
                first_line: line(self.lines.0),
                last_line: line(self.lines.1),
                template: self.template,
            },
            first_seen: Timestamp(self.seen.0),
            last_seen: Timestamp(self.seen.1),
            gone_at: self.gone_at.map(Timestamp),
        })
    }
}
