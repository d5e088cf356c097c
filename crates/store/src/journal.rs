//! Rows before and after, so that what a person did can be undone exactly.
//!
//! Whoever changes records watches their rows, changes them as it likes, and asks what is different.

use std::collections::{BTreeMap, BTreeSet};

use model::ObjectKind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::backup::Shape;
use crate::sql::{Arg, Sql, unreadable};
use crate::{StoreError, StoreResult, Tx};

/// What became of one row, or of many that went from one owner to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum RowOp {
    Added {
        table: String,
        row: Map<String, Value>,
    },
    Removed {
        table: String,
        row: Map<String, Value>,
    },
    /// Column, value before, value after.
    Changed {
        table: String,
        key: Map<String, Value>,
        set: Vec<(String, Value, Value)>,
    },
    /// Rows by their id.
    Moved {
        table: String,
        column: String,
        ids: Vec<i64>,
        from: i64,
        to: i64,
    },
}

impl RowOp {
    /// Whose row it is.
    pub fn table(&self) -> &str {
        match self {
            RowOp::Added { table, .. }
            | RowOp::Removed { table, .. }
            | RowOp::Changed { table, .. }
            | RowOp::Moved { table, .. } => table,
        }
    }

    /// The id of its row, when that is of this table.
    pub fn id_in(&self, table: &str) -> Option<i64> {
        match self {
            _ if self.table() != table => None,
            RowOp::Added { row, .. } | RowOp::Removed { row, .. } | RowOp::Changed { key: row, .. } => {
                row.get("id").and_then(Value::as_i64)
            }
            RowOp::Moved { .. } => None,
        }
    }

    /// What takes it back.
    pub(crate) fn inverse(self) -> RowOp {
        match self {
            RowOp::Added { table, row } => RowOp::Removed { table, row },
            RowOp::Removed { table, row } => RowOp::Added { table, row },
            RowOp::Changed { table, key, set } => {
                let set = set.into_iter().map(|(column, before, after)| (column, after, before)).collect();
                RowOp::Changed { table, key, set }
            }
            RowOp::Moved { table, column, ids, from, to } => RowOp::Moved { table, column, ids, from: to, to: from },
        }
    }
}

/// Rows that belong to records of one kind, as they were.
pub struct Watch {
    tables: Vec<Watched>,
}

struct Watched {
    shape: Shape,
    /// The column that holds the id of the record.
    by: &'static str,
    before: Rows,
}

/// Rows by their key.
type Rows = BTreeMap<String, Map<String, Value>>;

/// Columns that tell rows apart, where it is not `id`.
const KEYS: &[(&str, &[&str])] = &[
    ("device_serials", &["device_id", "serial"]),
    ("device_macs", &["device_id", "mac"]),
    ("device_addresses", &["device_id", "address"]),
    ("device_access", &["device_id", "username", "platform"]),
    ("device_credentials", &["device_id", "credential"]),
    ("device_fields", &["device_id", "field"]),
    ("device_tags", &["tag_id", "device_id"]),
    ("site_tags", &["tag_id", "site_id"]),
    ("job_tags", &["tag_id", "job_id"]),
    ("note_versions", &["note_id", "version"]),
    ("fact_loads", &["device_id", "kind", "source"]),
    ("run_devices", &["run_id", "seq"]),
    ("worker_sites", &["worker_id", "site_id"]),
    ("schedule_firings", &["schedule_id", "due"]),
];

pub(crate) fn key_of(table: &str) -> &'static [&'static str] {
    KEYS.iter().find(|(name, _)| *name == table).map_or(&["id"], |(_, key)| key)
}

/// What a person changes of a record of this kind: table, and the column with the record's id. What refers to others
/// comes first.
pub(crate) fn own_rows(kind: &ObjectKind) -> Vec<(&'static str, &'static str)> {
    let beside: &[_] = match kind.name {
        "device" => &[
            ("device_tags", "device_id"),
            ("device_fields", "device_id"),
            ("device_serials", "device_id"),
            ("device_macs", "device_id"),
            ("device_addresses", "device_id"),
        ],
        "site" => &[("site_tags", "site_id")],
        "job" => &[("job_tags", "job_id"), ("schedules", "job_id")],
        _ => &[],
    };
    beside.iter().copied().chain([(kind.table, "id")]).collect()
}

impl Tx {
    /// Reads the rows of these records in these tables.
    pub(crate) async fn watch(&mut self, tables: &[(&'static str, &'static str)], ids: &[i64]) -> StoreResult<Watch> {
        let shapes = self.shapes().await?;
        let mut watched = Vec::with_capacity(tables.len());
        for (table, by) in tables {
            let shape = shapes.iter().find(|s| s.name == *table).cloned();
            let shape = shape.ok_or_else(|| unreadable(table, "no such table"))?;
            let before = self.rows_by(&shape, by, ids).await?;
            watched.push(Watched { shape, by, before });
        }
        Ok(Watch { tables: watched })
    }

    /// What is different now, in the rows that were there and in those that these records have now.
    pub(crate) async fn changes_since(&mut self, watch: Watch, ids: &[i64]) -> StoreResult<Vec<RowOp>> {
        let mut ops = Vec::new();
        // A row that belongs to two of them, or twice to one, is gone once.
        let mut removed: BTreeSet<(String, String)> = BTreeSet::new();
        for Watched { shape, by, mut before } in watch.tables {
            let mut after = self.rows_by(&shape, by, ids).await?;
            let elsewhere: Vec<_> = before.iter().filter(|(key, _)| !after.contains_key(*key)).collect();
            let moved = self.rows_like(&shape, &elsewhere.iter().map(|(_, row)| *row).collect::<Vec<_>>()).await?;
            after.extend(moved);
            for (key, old) in std::mem::take(&mut before) {
                match after.remove(&key) {
                    None if !removed.insert((shape.name.clone(), key)) => {}
                    None => ops.push(RowOp::Removed { table: shape.name.clone(), row: old }),
                    Some(new) if new != old => ops.push(changed(&shape.name, &old, &new)),
                    Some(_) => {}
                }
            }
            ops.extend(after.into_values().map(|row| RowOp::Added { table: shape.name.clone(), row }));
        }
        Ok(ops)
    }

    async fn rows_by(&mut self, shape: &Shape, by: &str, ids: &[i64]) -> StoreResult<Rows> {
        if ids.is_empty() {
            return Ok(Rows::new());
        }
        let mut sql = self.bare(format!("select {} from {} where {by}", shape.array(self.dialect()), shape.name));
        sql.is_one_of(ids.iter().copied());
        self.read_rows(shape, sql).await
    }

    /// The rows that have the keys of these.
    async fn rows_like(&mut self, shape: &Shape, rows: &[&Map<String, Value>]) -> StoreResult<Rows> {
        let mut found = Rows::new();
        for row in rows {
            let mut sql = self.bare(format!("select {} from {} where true", shape.array(self.dialect()), shape.name));
            push_key(&mut sql, shape, row)?;
            found.extend(self.read_rows(shape, sql).await?);
        }
        Ok(found)
    }

    /// The one that has the key of this one, as it is now.
    pub(crate) async fn row_like(
        &mut self,
        shape: &Shape,
        row: &Map<String, Value>,
    ) -> StoreResult<Option<Map<String, Value>>> {
        Ok(self.rows_like(shape, &[row]).await?.into_values().next())
    }

    async fn read_rows(&mut self, shape: &Shape, sql: Sql) -> StoreResult<Rows> {
        let texts: Vec<(String,)> = self.all(sql).await?;
        let row = |(text,): (String,)| {
            let values: Vec<Value> = serde_json::from_str(&text).map_err(|e| unreadable(&shape.name, e))?;
            let named = shape.columns.iter().zip(values).map(|((name, like), value)| {
                // SQLite has no type of its own for it.
                let value = match (like, value.as_i64()) {
                    (Arg::Bool(_), Some(n)) => (n != 0).into(),
                    _ => value,
                };
                (name.clone(), value)
            });
            let row: Map<String, Value> = named.collect();
            let key: Vec<String> = key_of(&shape.name).iter().map(|c| row[*c].to_string()).collect();
            Ok((key.join(" "), row))
        };
        texts.into_iter().map(row).collect()
    }

    /// Does it to the rows.
    pub(crate) async fn apply(&mut self, shapes: &[Shape], op: &RowOp) -> StoreResult<()> {
        self.named.clear();
        let shape = |table: &str| {
            let known = shapes.iter().find(|s| s.name == table);
            known.ok_or_else(|| StoreError::Conflict(format!("the schema has no table {}", model::text::shown(table))))
        };
        let sql = match op {
            RowOp::Added { table, row } => {
                let shape = shape(table)?;
                let known: Vec<_> = shape.columns.iter().filter(|(name, _)| row.contains_key(name)).collect();
                let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
                let mut sql = self.bare(format!("insert into {table} ({}) values ", names.join(", ")));
                let args = known.iter().map(|(name, like)| arg(like, &row[name]));
                sql.list(args.collect::<StoreResult<Vec<_>>>()?);
                sql
            }
            RowOp::Removed { table, row } => {
                let mut sql = self.bare(format!("delete from {table} where true"));
                push_key(&mut sql, shape(table)?, row)?;
                sql
            }
            RowOp::Changed { table, key, set } => {
                let shape = shape(table)?;
                let mut sql = self.bare(format!("update {table} set "));
                for (n, (column, _, after)) in set.iter().enumerate() {
                    sql.push(if n == 0 { "" } else { ", " });
                    // Whoever read it between then and now shall see that it is another one.
                    if column == "version" {
                        sql.push("version = version + 1");
                        continue;
                    }
                    let like = like(shape, column)?;
                    sql.push(&format!("{column} = ")).arg(arg(like, after)?);
                }
                sql.push(" where true");
                push_key(&mut sql, shape, key)?;
                sql
            }
            RowOp::Moved { table, column, ids, from, to } => {
                like(shape(table)?, column)?;
                let mut sql = self.bare(format!("update {table} set {column} = "));
                sql.arg(*to).push(&format!(" where {column} = ")).arg(*from);
                sql.push(" and id").is_one_of(ids.iter().copied());
                sql
            }
        };
        self.execute(sql).await?;
        Ok(())
    }
}

fn changed(table: &str, old: &Map<String, Value>, new: &Map<String, Value>) -> RowOp {
    let key = key_of(table).iter().map(|c| ((*c).to_owned(), old[*c].clone())).collect();
    let differ = old.iter().filter(|(column, value)| new[*column] != **value);
    let set = differ.map(|(column, value)| (column.clone(), value.clone(), new[column].clone())).collect();
    RowOp::Changed { table: table.to_owned(), key, set }
}

fn push_key(sql: &mut Sql, shape: &Shape, row: &Map<String, Value>) -> StoreResult<()> {
    for column in key_of(&shape.name) {
        let value = row.get(*column).ok_or_else(|| unreadable(column, "missing in what is kept for undoing"))?;
        sql.push(&format!(" and {column} = ")).arg(arg(like(shape, column)?, value)?);
    }
    Ok(())
}

/// An argument of the type of this column; also proof that there is such a column.
fn like<'s>(shape: &'s Shape, column: &str) -> StoreResult<&'s Arg> {
    let known = shape.columns.iter().find(|(name, _)| name == column).map(|(_, like)| like);
    known.ok_or_else(|| StoreError::Conflict(format!("{} has no column {}", shape.name, model::text::shown(column))))
}

fn arg(like: &Arg, value: &Value) -> StoreResult<Arg> {
    let wrong = || {
        unreadable("undo_ops.op", format!("`{}` is not of its column's type", model::text::shown(&value.to_string())))
    };
    Ok(match (like, value) {
        (Arg::Int(_), Value::Null) => Arg::Int(None),
        (Arg::Int(_), value) => Arg::Int(Some(value.as_i64().ok_or_else(wrong)?)),
        (Arg::Text(_), Value::Null) => Arg::Text(None),
        (Arg::Text(_), value) => value.as_str().ok_or_else(wrong)?.into(),
        (Arg::Bool(_), value) => value.as_bool().ok_or_else(wrong)?.into(),
        (Arg::Bytes(_), value) => {
            let hex = value.as_str().ok_or_else(wrong)?;
            let byte = |n: usize| hex.get(n..n + 2).and_then(|b| u8::from_str_radix(b, 16).ok());
            let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
            Arg::Bytes(bytes.ok_or_else(wrong)?)
        }
    })
}
