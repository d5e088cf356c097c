//! Finding facts: by device, by time, by what a user typed of a MAC, an address or a name.

use std::fmt;

use model::address::ip_key;
use model::{CaptureId, ColumnKind, DeviceId, Evidence, FactKind, MacPattern, Timestamp, Value};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};

use super::starts::Way;
use super::{parts, values};
use crate::sql::{Arg, Dialect, Sql, contains, on_store};
use crate::{StoreError, StoreResult, Tx};

/// All that are given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FactFilter {
    pub device: Option<DeviceId>,
    /// Any of these.
    pub devices: Option<Vec<DeviceId>>,
    /// Capture type.
    pub source: Option<String>,
    /// What was there at this time, instead of now.
    pub at: Option<Timestamp>,
    /// Those that are gone, too.
    pub include_gone: bool,
    /// These alone, whether they are gone or not.
    pub ids: Option<Vec<i64>>,
    pub columns: Vec<Predicate>,
    /// A page: only those with a greater id, the lowest first.
    pub after: Option<i64>,
    /// Without `after` and with conditions on columns, any that fit.
    pub limit: Option<u32>,
}

/// A condition on a column of the kind, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// Equal, in the column's one spelling.
    Is(&'static str, Value),
    /// A MAC that has these digits. A whole one is looked up in the index, and a part of one too when it is long enough.
    Mac(&'static str, MacPattern),
    /// A MAC that begins with one of these, digits as in [`model::Mac::key`].
    Begins(&'static str, Vec<String>),
    /// A MAC of which the last six digits begin with one of these.
    Card(&'static str, Vec<String>),
    /// An address or prefix whose key starts so, see [`model::address::ip_key_prefix`].
    KeyPrefix(&'static str, String),
    /// One of these, whole.
    MacIn(&'static str, Vec<model::Mac>),
    /// An address or prefix whose key, see [`model::address::ip_key`], is one of these.
    KeyIn(&'static str, Vec<String>),
    /// An address or prefix whose key is one of these or between them.
    KeyBetween(&'static str, String, String),
    /// A text that contains this, whatever the case.
    Contains(&'static str, String),
    /// One of the texts of the kind that are searched by a part of them, see [`searched`], contains this.
    Search(String),
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

/// Columns of a [`FactRow`] before those of the kind.
const FIXED: usize = 10;

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
            texts: (FIXED..row.len()).map(|n| row.try_get(n)).collect::<sqlx::Result<_>>()?,
        })
    }
}

/// From an array, as [`Tx::together`] gives it.
impl<'de> Deserialize<'de> for FactRow {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Columns;
        impl<'de> Visitor<'de> for Columns {
            type Value = FactRow;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the columns of a fact")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut row: A) -> Result<FactRow, A::Error> {
                fn next<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(row: &mut A) -> Result<T, A::Error> {
                    row.next_element()?.ok_or_else(|| serde::de::Error::custom("a column is missing"))
                }
                let (id, device, source) = (next(&mut row)?, next(&mut row)?, next(&mut row)?);
                let (capture, lines) = (next(&mut row)?, (next(&mut row)?, next(&mut row)?));
                let (template, seen) = (next(&mut row)?, (next(&mut row)?, next(&mut row)?));
                let gone_at = next(&mut row)?;
                let mut texts = Vec::new();
                while let Some(text) = row.next_element()? {
                    texts.push(text);
                }
                Ok(FactRow { id, device, source, capture, lines, template, seen, gone_at, texts })
            }
        }
        from.deserialize_seq(Columns)
    }
}

impl Tx {
    /// # Errors
    /// [`StoreError::NotFound`] for a column that the kind does not have.
    pub async fn facts(&mut self, kind: &'static FactKind, filter: &FactFilter) -> StoreResult<Vec<StoredFact>> {
        let ways = self.ways(kind, &filter.columns).await?;
        self.facts_by(ways, kind, filter).await
    }

    async fn facts_by(
        &mut self,
        ways: Vec<Way<'_>>,
        kind: &'static FactKind,
        filter: &FactFilter,
    ) -> StoreResult<Vec<StoredFact>> {
        let mut facts: Vec<StoredFact> = Vec::new();
        for way in ways {
            let sql = self.select_facts(kind, filter, &way)?;
            let rows = self.rows::<FactRow>(FIXED + values::count(kind), sql).await?;
            facts.extend(rows.into_iter().map(|row| row.into_fact(kind)).collect::<StoreResult<Vec<_>>>()?);
            let are_enough = filter.limit.is_some_and(|limit| facts.len() >= limit as usize);
            // Another way may know some with lower ids.
            if are_enough && filter.after.is_none() {
                break;
            }
        }
        Ok(in_order(facts, filter))
    }

    /// As [`Tx::facts`], of several kinds or by several conditions, each by itself; all by one statement.
    pub async fn facts_of_each(
        &mut self,
        asked: &[(&'static FactKind, FactFilter)],
    ) -> StoreResult<Vec<Vec<StoredFact>>> {
        let (mut selects, mut of) = (Vec::new(), Vec::new());
        let mut found: Vec<Vec<StoredFact>> = asked.iter().map(|_| Vec::new()).collect();
        for (n, (kind, filter)) in asked.iter().enumerate() {
            let ways = self.ways(kind, &filter.columns).await?;
            match &ways[..] {
                [way] => {
                    selects.push((FIXED + values::count(kind), self.select_facts(kind, filter, way)?));
                    of.push(n);
                }
                // The second is not asked when the first has enough.
                _ => found[n] = self.facts_by(ways, kind, filter).await?,
            }
        }
        if selects.is_empty() {
            return Ok(found);
        }
        let mut answers = self.together(selects).await?;
        for n in of {
            let rows = answers.rows::<FactRow>()?.into_iter().map(|row| row.into_fact(asked[n].0));
            found[n].extend(rows.collect::<StoreResult<Vec<_>>>()?);
        }
        Ok(found.into_iter().zip(asked).map(|(facts, (_, filter))| in_order(facts, filter)).collect())
    }

    fn select_facts(&self, kind: &'static FactKind, filter: &FactFilter, way: &Way<'_>) -> StoreResult<Sql> {
        let mut sql = self.sql(format!(
            "select f.id, f.device_id, f.source, f.capture_id, f.first_line, f.last_line, f.template, f.first_seen,
            coalesce(f.last_seen, l.loaded_at, f.first_seen), f.gone_at{} from ",
            values::selected(kind)
        ));
        push_table(&mut sql, kind, way);
        sql.push(" left join fact_loads l on l.device_id = f.device_id and l.source = f.source and l.kind = ");
        sql.arg(kind.name);
        push_where(&mut sql, kind, filter, way)?;
        if way.is_empty() || filter.after.is_some() {
            sql.push(" order by ").push(id_of(way));
        }
        sql.limit(filter.limit);
        Ok(sql)
    }

    /// How many there are; counting ends at `most`.
    pub async fn count_facts(&mut self, kind: &'static FactKind, filter: &FactFilter, most: u32) -> StoreResult<u64> {
        let ways = self.ways(kind, &filter.columns).await?;
        let mut sql = self.sql("select count(*) from (select id from ");
        for (n, way) in ways.iter().enumerate() {
            // What two ways find is one.
            sql.push(if n == 0 { "(select f.id from " } else { ") n union select id from (select f.id from " });
            push_table(&mut sql, kind, way);
            push_where(&mut sql, kind, filter, way)?;
            sql.limit(Some(most));
        }
        sql.push(") n").limit(Some(most)).push(") n");
        let (count,): (i64,) = self.one(sql).await?;
        Ok(count.unsigned_abs())
    }
}

on_store! {
    read facts(kind: &'static FactKind, filter: &FactFilter) -> Vec<StoredFact>;
    read facts_of_each(asked: &[(&'static FactKind, FactFilter)]) -> Vec<Vec<StoredFact>>;
    read count_facts(kind: &'static FactKind, filter: &FactFilter, most: u32) -> u64;
}

fn in_order(mut facts: Vec<StoredFact>, filter: &FactFilter) -> Vec<StoredFact> {
    facts.sort_by_key(|f| f.id);
    facts.dedup_by_key(|f| f.id);
    facts.truncate(filter.limit.map_or(usize::MAX, |limit| limit as usize));
    facts
}

/// The texts of a kind that are searched by a part of them. They stand together in the column `search_text`, in lower
/// case and the first 200 characters of each.
pub fn searched(kind: &FactKind) -> &'static [&'static str] {
    match kind.name {
        "interfaces" => &["description"],
        "components" => &["serial", "part_id", "description"],
        "neighbors" => &["remote_name", "remote_platform"],
        "vlans" => &["name"],
        "system" => &["hostname", "model", "os_version"],
        _ => &[],
    }
}

/// Which facts begin with what stands in `p`.
fn begins_as_p(predicate: &Predicate) -> Option<String> {
    let text = match predicate {
        Predicate::Begins(name, _) => format!("f.{name}"),
        Predicate::Card(name, _) => format!("substr(f.{name}, 7)"),
        _ => return None,
    };
    // `g` is greater than any hex digit.
    Some(format!("{text} >= p.value ->> 0 and {text} < (p.value ->> 0) || 'g'"))
}

/// The table, and before it what is looked up one by one. In SQLite a cross join is done in the order in which it is
/// written. PostgreSQL, which does not know how few facts begin so, is told by `lateral` and `offset 0` to look up one
/// after the other.
fn push_table(sql: &mut Sql, kind: &FactKind, predicates: &Way<'_>) {
    let mut lateral = None;
    for predicate in predicates {
        match &**predicate {
            Predicate::Begins(_, starts) | Predicate::Card(_, starts) => {
                let rows: Vec<[Arg; 1]> = starts.iter().map(|start| [start.into()]).collect();
                sql.each(&rows).push(" p cross join ");
                lateral = begins_as_p(predicate).filter(|_| sql.dialect() == Dialect::Postgres);
            }
            Predicate::Search(text) => {
                if let Some(parts) = parts::found_by(sql, kind, text) {
                    sql.push(&format!("{}_parts(", kind.table)).arg(parts).push(") g cross join ");
                }
            }
            _ => {}
        }
    }
    match lateral {
        Some(condition) => {
            let table = kind.table;
            sql.push(&format!("lateral (select * from {table} f where f.tenant_id = $1 and {condition} offset 0) f"));
        }
        None => drop(sql.push(kind.table).push(" f")),
    }
}

fn push_where(sql: &mut Sql, kind: &FactKind, filter: &FactFilter, predicates: &Way<'_>) -> StoreResult<()> {
    // `+` keeps SQLite from looking through all facts of the tenant for a few ids.
    sql.push(if filter.ids.is_some() { " where +f.tenant_id = $1" } else { " where f.tenant_id = $1" });
    sql.and("f.device_id =", filter.device).and("f.source =", filter.source.as_ref());
    push_time(sql, filter.at, filter.include_gone || filter.ids.is_some());
    sql.and(&format!("{} >", id_of(predicates)), filter.after);
    if let Some(devices) = &filter.devices {
        sql.push(" and f.device_id").is_one_of(devices.iter().map(|device| device.0));
    }
    if let Some(ids) = &filter.ids {
        sql.push(" and f.id").is_one_of(ids.iter().copied());
    }
    predicates.iter().try_for_each(|predicate| push_predicate(sql, kind, predicate))
}

/// The id, to be compared and ordered by. With `+` it keeps the databases from its index, where a condition has a
/// better one.
fn id_of(predicates: &Way<'_>) -> &'static str {
    let has_index = |predicate: &Predicate| match predicate {
        Predicate::Is(_, value) => matches!(value, Value::Mac(_) | Value::Ip(_) | Value::Prefix(_)),
        Predicate::Mac(_, mac) => mac.is_whole(),
        Predicate::Contains(..) => false,
        _ => true,
    };
    if predicates.iter().any(|predicate| has_index(predicate)) { "+f.id" } else { "f.id" }
}

pub(crate) fn push_time(sql: &mut Sql, at: Option<Timestamp>, include_gone: bool) {
    match at {
        Some(at) => {
            sql.and("f.first_seen <=", Some(at));
            sql.push(" and (f.gone_at is null or f.gone_at > ").arg(at).push(")");
        }
        None if include_gone => {}
        None => drop(sql.push(" and f.gone_at is null")),
    }
}

fn push_predicate(sql: &mut Sql, kind: &FactKind, predicate: &Predicate) -> StoreResult<()> {
    let name = match predicate {
        Predicate::Search(_) if searched(kind).is_empty() => {
            return Err(StoreError::not_found("column", "search_text"));
        }
        Predicate::Search(text) => {
            if parts::found_by(sql, kind, text).is_some() {
                sql.push(" and f.id = g.rowid");
            }
            sql.push(" and f.search_text like lower(").arg(contains(text)).push(") escape '\\'");
            return Ok(());
        }
        Predicate::Is(name, _)
        | Predicate::Mac(name, _)
        | Predicate::Begins(name, _)
        | Predicate::Card(name, _)
        | Predicate::MacIn(name, _)
        | Predicate::KeyPrefix(name, _)
        | Predicate::KeyIn(name, _)
        | Predicate::KeyBetween(name, ..)
        | Predicate::Contains(name, _) => name,
    };
    let position = kind.position(name).ok_or_else(|| StoreError::not_found("column", name))?;
    let is_int = matches!(kind.columns[position].kind, ColumnKind::Int | ColumnKind::Vlan | ColumnKind::Asn);
    match predicate {
        Predicate::Is(_, Value::Null) => drop(sql.push(&format!(" and f.{name} is null"))),
        Predicate::Is(_, value) => {
            sql.push(&format!(" and f.{name} = ")).arg(equal(value, is_int));
            if let Value::Prefix(prefix) = value {
                sql.push(&format!(" and f.{name}_key = ")).arg(ip_key(prefix.network()));
            }
        }
        Predicate::Mac(_, mac) if mac.is_whole() => drop(sql.push(&format!(" and f.{name} = ")).arg(mac.digits())),
        Predicate::Mac(_, mac) => drop(sql.push(&format!(" and f.{name} like ")).arg(contains(mac.digits()))),
        Predicate::Begins(..) | Predicate::Card(..) => {
            sql.push(" and ").push(&begins_as_p(predicate).unwrap_or_default());
        }
        Predicate::KeyPrefix(_, prefix) => {
            sql.push(&format!(" and f.{name}_key >= ")).arg(prefix);
            sql.push(&format!(" and f.{name}_key < ")).arg(format!("{prefix}g"));
        }
        Predicate::MacIn(_, macs) if macs.is_empty() => drop(sql.push(" and 1 = 0")),
        Predicate::MacIn(_, macs) if macs.len() == 1 => {
            sql.push(&format!(" and f.{name} = ")).arg(macs[0].key());
        }
        Predicate::MacIn(_, macs) => {
            sql.push(&format!(" and f.{name}")).is_one_of_texts(macs.iter().map(|mac| mac.key()));
        }
        Predicate::KeyIn(_, keys) if keys.is_empty() => drop(sql.push(" and 1 = 0")),
        Predicate::KeyIn(_, keys) if keys.len() == 1 => drop(sql.push(&format!(" and f.{name}_key = ")).arg(&keys[0])),
        Predicate::KeyIn(_, keys) => drop(sql.push(&format!(" and f.{name}_key")).is_one_of_texts(keys)),
        Predicate::KeyBetween(_, first, last) => {
            sql.push(&format!(" and f.{name}_key >= ")).arg(first);
            sql.push(&format!(" and f.{name}_key <= ")).arg(last);
        }
        Predicate::Contains(_, text) => {
            sql.push(&format!(" and lower(f.{name}) like lower(")).arg(contains(text)).push(") escape '\\'");
        }
        Predicate::Search(_) => {}
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
