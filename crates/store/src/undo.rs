//! What was done to records, and taking it back.

use model::object::{CHANNEL, JOB, KINDS, SCHEDULE};
use model::{ObjectKind, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::backup::Shape;
use crate::journal::{RowOp, key_of};
use crate::sql::{on_store, unreadable};
use crate::{StoreError, StoreResult, Tx};

/// Something that was done and can be undone.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct UndoRecord {
    pub id: i64,
    pub at: Timestamp,
    pub actor: String,
    /// `device.bulk_edit`
    pub action: String,
    /// What it was done to, in words.
    pub object: String,
    pub undone_at: Option<Timestamp>,
    pub undone_by: Option<String>,
    /// The record that this one took back.
    pub undoes: Option<i64>,
    /// Rows that it changed.
    pub rows: i64,
}

/// What is done, for the record of it.
#[derive(Debug, Clone, Copy)]
pub struct NewUndo<'a> {
    pub actor: &'a str,
    pub action: &'a str,
    pub object: &'a str,
    pub undoes: Option<i64>,
}

/// Columns that move by themselves: that they did is no reason to refuse.
const RESTLESS: &[&str] = &[
    "version",
    "changed_at",
    "changed_by",
    "last_seen",
    "last_captured",
    "os_version",
    "set_at",
    "sort_key",
    "next_due",
    "next_zone",
    "since",
    "stopped_at",
    "stopped_why",
];

/// What is not of the inventory and hangs on what is not of it: tables, column, and what it is called.
const HANGING: &[(&str, &str, &str, &str)] = &[
    ("jobs", "schedules", "job_id", "schedules"),
    ("jobs", "notification_rules", "job_id", "rules of notifications"),
    ("notification_channels", "notification_rules", "channel_id", "rules"),
];

const SELECT: &str = "
    select id, at, actor, action, object, undone_at, undone_by, undoes,
        (select count(*) from undo_ops o where o.undo_id = u.id) as \"rows\"
    from undo_records u where tenant_id = $1";

type Row = (i64, i64, String, String, String, Option<i64>, Option<String>, Option<i64>, i64);

fn record((id, at, actor, action, object, undone_at, undone_by, undoes, rows): Row) -> UndoRecord {
    let (at, undone_at) = (Timestamp(at), undone_at.map(Timestamp));
    UndoRecord { id, at, actor, action, object, undone_at, undone_by, undoes, rows }
}

impl Tx {
    /// Keeps what takes it back; `None` when nothing was changed.
    pub async fn save_undo(&mut self, new: NewUndo<'_>, ops: &[RowOp], now: Timestamp) -> StoreResult<Option<i64>> {
        if ops.is_empty() {
            return Ok(None);
        }
        const SQL: &str = "insert into undo_records (tenant_id, at, actor, action, object, undoes)
            values ($1, $2, $3, $4, $5, $6) returning id";
        let sql = self.sql(SQL).bind(now).bind(new.actor).bind(new.action).bind(new.object).bind(new.undoes);
        let (id,): (i64,) = self.one(sql).await?;
        let mut rows = Vec::with_capacity(ops.len());
        for (seq, op) in (0i64..).zip(ops) {
            let text = serde_json::to_string(op).map_err(|e| unreadable("undo_ops.op", e))?;
            rows.push(vec![seq.into(), text.into()]);
        }
        let same = &[("tenant_id", self.tenant.into()), ("undo_id", id.into())];
        let columns = &["seq", "op"];
        self.insert_rows(crate::tx::Rows { table: "undo_ops", same, columns, rows: &rows, tail: "" }).await?;
        Ok(Some(id))
    }

    /// Forgets what was done before a time, and all but the newest of very many. What was done last stays in any case.
    /// Gives how many records went.
    pub async fn forget_undo(&mut self, before: Timestamp, most: u32) -> StoreResult<u64> {
        const SQL: &str = "
            delete from undo_records where tenant_id = $1
                and id < (select max(id) from undo_records where tenant_id = $1)
                and (at < $2 or id <= (select id from undo_records where tenant_id = $1
                    order by id desc limit 1 offset $3))";
        self.execute(self.sql(SQL).bind(before).bind(most.max(1))).await
    }

    /// Newest first.
    pub async fn undo_records(&mut self, limit: Option<u32>) -> StoreResult<Vec<UndoRecord>> {
        let mut sql = self.sql(SELECT);
        sql.push(" order by id desc").limit(limit);
        Ok(self.all::<Row>(sql).await?.into_iter().map(record).collect())
    }

    /// One record, and what it did.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn undo_record(&mut self, id: i64) -> StoreResult<(UndoRecord, Vec<RowOp>)> {
        let mut sql = self.sql(SELECT);
        sql.and("id =", Some(id));
        let found = self.optional::<Row>(sql).await?;
        let record = record(found.ok_or_else(|| StoreError::not_found("undo record", id))?);
        const OPS: &str = "select op from undo_ops where tenant_id = $1 and undo_id = $2 order by seq";
        let ops: Vec<(String,)> = self.all(self.sql(OPS).bind(id)).await?;
        let read = |(text,): (String,)| serde_json::from_str(&text).map_err(|e| unreadable("undo_ops.op", e));
        Ok((record, ops.into_iter().map(read).collect::<StoreResult<_>>()?))
    }

    /// Takes a record back, and keeps what would do it again: gives the id of that.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was undone before, and, with each row and what it is now, when rows are not
    /// any more as they were left.
    pub async fn undo(&mut self, id: i64, actor: &str, now: Timestamp) -> StoreResult<Option<i64>> {
        let (record, ops) = self.undo_record(id).await?;
        if let (Some(at), by) = (record.undone_at, record.undone_by.unwrap_or_default()) {
            return Err(StoreError::Conflict(format!("{id} was undone by {by} at {at}")));
        }
        let inverse: Vec<RowOp> = ops.into_iter().rev().map(RowOp::inverse).collect();
        let shapes = self.shapes().await?;
        let mut moved = Vec::new();
        for op in &inverse {
            moved.extend(self.objection(&shapes, op).await?);
        }
        if !moved.is_empty() {
            let more = if moved.len() > 20 { format!("; and {} more", moved.len() - 20) } else { String::new() };
            moved.truncate(20);
            return Err(StoreError::Conflict(format!("cannot undo {id}: {}{more}", moved.join("; "))));
        }
        let asked = record.action.split('.').next().unwrap_or_default().replace('_', " ");
        let asked = kinds().find(|k| k.name == asked).map(|k| k.table);
        let (mut done, mut kept) = (Vec::with_capacity(inverse.len()), Vec::new());
        for op in inverse {
            // A site that was made on the way and has other devices since stays; not what was asked for.
            match self.used(&op).await? {
                Some(why) if asked.is_some_and(|table| op.table() == table) => {
                    return Err(StoreError::Conflict(format!("cannot undo {id}: {why}")));
                }
                Some(why) => kept.push(why),
                None => {
                    self.apply(&shapes, &op).await.map_err(|e| refused(e, id, &op))?;
                    // Its own time of change came back with it, and does not say that somebody has seen to it.
                    if let (RowOp::Changed { .. }, Some(channel)) = (&op, op.id_in(CHANNEL.table)) {
                        self.free_channel(channel).await?;
                    }
                    done.push(op);
                }
            }
        }
        const DONE: &str = "update undo_records set undone_at = $3, undone_by = $4 where tenant_id = $1 and id = $2";
        self.execute(self.sql(DONE).bind(id).bind(now).bind(actor)).await?;
        let kept: String = kept.iter().map(|why| format!("; it stays: {why}")).collect();
        let object = format!("undo of {id}: {}{kept}", record.object);
        let new = NewUndo { actor, action: "undo", object: &object, undoes: Some(id) };
        self.save_undo(new, &done, now).await
    }

    /// Why a row cannot be put back; `None` when it can.
    async fn objection(&mut self, shapes: &[Shape], op: &RowOp) -> StoreResult<Option<String>> {
        let shape = |table: &str| {
            let known = shapes.iter().find(|s| s.name == table);
            known.ok_or_else(|| StoreError::Conflict(format!("the schema has no table {}", model::text::shown(table))))
        };
        Ok(match op {
            RowOp::Added { table, row } => {
                let known = self.row_like(shape(table)?, row).await?;
                known.map(|_| format!("{} is there again", told(table, row)))
            }
            RowOp::Removed { table, row } => match self.row_like(shape(table)?, row).await? {
                None => Some(format!("{} is gone", told(table, row))),
                Some(now) => {
                    let differ = |c: &&String| !RESTLESS.contains(&c.as_str()) && now.get(*c) != row.get(*c);
                    let differ: Vec<&str> = row.keys().filter(differ).map(String::as_str).collect();
                    match differ.is_empty() {
                        true if table == "devices" => self.used(op).await?,
                        true => None,
                        false => Some(format!("{} has another {} now", told(table, row), differ.join(", "))),
                    }
                }
            },
            RowOp::Changed { table, key, set } => match self.row_like(shape(table)?, key).await? {
                None => Some(format!("{} is gone", told(table, key))),
                Some(now) => {
                    let moved =
                        set.iter().find(|(c, left, _)| !RESTLESS.contains(&c.as_str()) && now.get(c) != Some(left));
                    moved.map(|(c, left, _)| {
                        let is = now.get(c).map(plain).unwrap_or_default();
                        format!("{}: {c} was left as {} and is {is} now", told(table, &now), plain(left))
                    })
                }
            },
            RowOp::Moved { table, column, ids, from, .. } => {
                shape(table)?;
                let mut sql = self.bare(format!("select count(*) from {table} where {column} = "));
                sql.arg(*from).push(" and id").is_one_of(ids.iter().copied());
                let (there,): (i64,) = self.one(sql).await?;
                let missing = ids.len() as i64 - there;
                (missing > 0).then(|| format!("{missing} of {} rows of {table} are not there any more", ids.len()))
            }
        })
    }

    /// What hangs on a row that would be removed.
    async fn used(&mut self, op: &RowOp) -> StoreResult<Option<String>> {
        let RowOp::Removed { table, row } = op else { return Ok(None) };
        let id = row.get("id").and_then(Value::as_i64).unwrap_or_default();
        let mut since: Vec<String> = Vec::new();
        if let Some(kind) = KINDS.iter().find(|k| k.table == *table) {
            let others = self.dependents(kind, id).await?.into_iter().filter(|d| !d.is_own());
            since.extend(others.map(|d| format!("{} {}", d.count, d.what)));
        }
        // They would go with it, and no record would bring them back.
        for (_, child, column, what) in HANGING.iter().filter(|(parent, ..)| parent == table) {
            let mut sql = self.bare(format!("select count(*) from {child} where {column} = "));
            sql.arg(id);
            let (count,): (i64,) = self.one(sql).await?;
            since.extend((count > 0).then(|| format!("{count} {what}")));
        }
        Ok((!since.is_empty()).then(|| format!("{} has {}", told(table, row), since.join(", "))))
    }
}

on_store! {
    read undo_records(limit: Option<u32>) -> Vec<UndoRecord>;
    read undo_record(id: i64) -> (UndoRecord, Vec<RowOp>);
    write undo(id: i64, actor: &str, now: Timestamp) -> Option<i64>;
}

/// Kinds whose rows have names.
fn kinds() -> impl Iterator<Item = &'static ObjectKind> {
    KINDS.into_iter().chain([&JOB, &SCHEDULE])
}

/// Why a row was not put back, in words.
fn refused(error: StoreError, id: i64, op: &RowOp) -> StoreError {
    match (error, op) {
        (StoreError::Conflict(text), RowOp::Added { table, row }) => StoreError::Conflict(format!(
            "cannot undo {id}: {} cannot be there again: what it belongs to is gone, or its name is taken ({text})",
            told(table, row)
        )),
        (error, _) => error,
    }
}

/// A row in words: `devices leaf-1`.
fn told(table: &str, row: &Map<String, Value>) -> String {
    let name = ["slug", "name", "title"].iter().find_map(|c| row.get(*c)?.as_str().map(str::to_owned));
    let key = || key_of(table).iter().filter_map(|c| row.get(*c)).map(plain).collect::<Vec<_>>().join(" ");
    let what = kinds().find(|k| k.table == table).map_or(table, |k| k.name);
    format!("{what} {}", model::text::shown(&name.unwrap_or_else(key)))
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::String(text) => model::text::shown(text),
        other => other.to_string(),
    }
}
