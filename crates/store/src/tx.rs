//! A transaction: all of it is there, or nothing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use futures::TryStreamExt;
use model::TenantId;
use serde::de::DeserializeOwned;
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, FromRow, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use crate::content::Contents;
use crate::gather::{Gathering, Selects};
use crate::recent::{Committing, Recent};
use crate::sql::{Arg, Dialect, Sql, bound, on_db, unreadable};
use crate::{Store, StoreError, StoreResult};

/// One transaction. Dropped without [`Tx::commit`], nothing of it stays.
///
/// On SQLite it holds the only writer: begin it when everything to be written is at hand, and do not wait for a
/// network in it.
pub struct Tx {
    pub(crate) conn: Conn,
    pub(crate) tenant: TenantId,
    pub(crate) contents: Arc<Contents>,
    /// Records that were made because something named them: table, id.
    pub(crate) made: Vec<(&'static str, i64)>,
    pub(crate) recent: Arc<Recent>,
    /// Ids of sites, roles and the like that were looked up in it: table, name in lower case.
    pub(crate) named: HashMap<(&'static str, String), i64>,
}

pub(crate) enum Conn {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
    SqliteReader(PoolConnection<Sqlite>),
    PostgresReader(PoolConnection<Postgres>),
    /// None yet: what is asked may go with what others ask, see [`Store::gather`].
    Gathered(Store, Gathering),
}

pub(crate) enum Db<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

/// A row that both databases give.
pub(crate) trait BothRow: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> BothRow for T {}

impl Tx {
    /// Makes everything written so far lasting.
    pub async fn commit(self) -> StoreResult<()> {
        let _ends = Committing(Arc::clone(&self.recent));
        match self.conn {
            Conn::Sqlite(tx) => tx.commit().await?,
            Conn::Postgres(tx) => tx.commit().await?,
            Conn::SqliteReader(_) | Conn::PostgresReader(_) | Conn::Gathered(..) => {}
        }
        Ok(())
    }

    /// From here on what is written can be taken back alone. One at a time.
    pub async fn savepoint(&mut self) -> StoreResult<()> {
        self.say("savepoint part").await
    }

    /// Keeps what was written since [`Tx::savepoint`].
    pub async fn release(&mut self) -> StoreResult<()> {
        self.say("release savepoint part").await
    }

    /// Takes back what was written since [`Tx::savepoint`], also after a statement that failed.
    pub async fn roll_back(&mut self) -> StoreResult<()> {
        self.named.clear();
        self.say("rollback to savepoint part").await?;
        self.release().await
    }

    /// A statement that is not prepared first, which a transaction that has failed would refuse.
    async fn say(&mut self, text: &'static str) -> StoreResult<()> {
        Ok(on_db!(self, |db| async { sqlx::raw_sql(text).execute(db).await.map(drop) })?)
    }

    pub(crate) async fn db(&mut self) -> StoreResult<Db<'_>> {
        if let Conn::Gathered(store, _) = &self.conn {
            self.conn = store.read_connection().await?;
        }
        match &mut self.conn {
            Conn::Sqlite(db) => Ok(Db::Sqlite(db)),
            Conn::Postgres(db) => Ok(Db::Postgres(db)),
            Conn::SqliteReader(db) => Ok(Db::Sqlite(db)),
            Conn::PostgresReader(db) => Ok(Db::Postgres(db)),
            Conn::Gathered(..) => Err(StoreError::Database(sqlx::Error::PoolClosed)),
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match &self.conn {
            Conn::Sqlite(_) | Conn::SqliteReader(_) => Dialect::Sqlite,
            Conn::Postgres(_) | Conn::PostgresReader(_) => Dialect::Postgres,
            Conn::Gathered(store, _) => store.dialect(),
        }
    }

    /// A statement with the tenant as `$1`.
    pub(crate) fn sql(&self, text: impl Into<Cow<'static, str>>) -> Sql {
        Sql::new(text, self.dialect()).bind(self.tenant)
    }

    /// A statement that knows of no tenant, since it goes by ids.
    pub(crate) fn bare(&self, text: impl Into<Cow<'static, str>>) -> Sql {
        Sql::new(text, self.dialect())
    }

    /// Rows that it touched.
    pub(crate) async fn execute(&mut self, sql: Sql) -> StoreResult<u64> {
        let text = AssertSqlSafe(sql.text);
        let query = on_db!(self, |db| async {
            let done = bound!(sqlx::query(text), sql.args).execute(db).await;
            done.map(|done| done.rows_affected())
        });
        Ok(query?)
    }

    pub(crate) async fn all<T: BothRow>(&mut self, sql: Sql) -> StoreResult<Vec<T>> {
        let text = AssertSqlSafe(sql.text);
        Ok(on_db!(self, |db| bound!(sqlx::query_as::<_, T>(text), sql.args).fetch_all(db))?)
    }

    /// Gives each row as it comes: they need not fit into memory.
    pub(crate) async fn each_row<T: BothRow>(&mut self, sql: Sql, mut take: impl FnMut(T)) -> StoreResult<()> {
        let text = AssertSqlSafe(sql.text);
        let done: sqlx::Result<()> = on_db!(self, |db| async {
            let mut rows = bound!(sqlx::query_as::<_, T>(text), sql.args).fetch(db);
            while let Some(row) = rows.try_next().await? {
                take(row);
            }
            Ok(())
        });
        Ok(done?)
    }

    pub(crate) async fn optional<T: BothRow>(&mut self, sql: Sql) -> StoreResult<Option<T>> {
        let text = AssertSqlSafe(sql.text);
        Ok(on_db!(self, |db| bound!(sqlx::query_as::<_, T>(text), sql.args).fetch_optional(db))?)
    }

    /// The rows of several selects by one statement, each as many columns as are said with it: where each answer is a few
    /// rows, the way there and back and the beginning of a statement are most of what it costs. A truth is 0 or 1 on SQLite.
    pub(crate) async fn together(&mut self, selects: Selects) -> StoreResult<Together> {
        let selects = match &self.conn {
            Conn::Gathered(_, gathering) => match gathering.ask(selects).await {
                Ok(answered) => return answered,
                Err(selects) => selects,
            },
            _ => selects,
        };
        let sql = Sql::together(selects, self.dialect());
        let mut texts: Vec<(i64, String)> = self.all(sql).await?;
        texts.sort_unstable_by_key(|(n, _)| std::cmp::Reverse(*n));
        Ok(Together(texts.into_iter().map(|(_, text)| text).collect()))
    }

    /// As [`Tx::together`], and beside it the answer to a select that reads all of a table; see [`Recent`].
    pub(crate) async fn together_and_recent(
        &mut self,
        mut selects: Selects,
        recent: (usize, Sql),
    ) -> StoreResult<(Together, Together)> {
        let question = self.recent.question(&recent.1);
        let is_writing = matches!(self.conn, Conn::Sqlite(_) | Conn::Postgres(_));
        if let Some(rows) = self.recent.answer(&question).filter(|_| !is_writing) {
            let answers = if selects.is_empty() { Together(Vec::new()) } else { self.together(selects).await? };
            return Ok((answers, Together(vec![rows])));
        }
        selects.push(recent);
        let mut answers = self.together(selects).await?;
        let rows = answers.0.remove(0);
        if !is_writing {
            self.recent.keep(question, rows.clone());
        }
        Ok((answers, Together(vec![rows])))
    }

    /// As [`Tx::all`], of so many columns, where it may go with what others ask.
    pub(crate) async fn rows<T: BothRow + DeserializeOwned>(
        &mut self,
        columns: usize,
        sql: Sql,
    ) -> StoreResult<Vec<T>> {
        match &self.conn {
            Conn::Gathered(..) => self.together(vec![(columns, sql)]).await?.rows(),
            _ => self.all(sql).await,
        }
    }

    pub(crate) async fn one<T: BothRow>(&mut self, sql: Sql) -> StoreResult<T> {
        let row = self.optional(sql).await?;
        row.ok_or(StoreError::Database(sqlx::Error::RowNotFound))
    }

    /// Inserts many rows by one statement; gives how many it did insert.
    pub(crate) async fn insert_rows(&mut self, rows: Rows<'_>) -> StoreResult<u64> {
        let mut inserted = 0;
        for chunk in rows.rows.chunks(CHUNK) {
            inserted += self.execute(rows.insert(chunk, self.dialect())).await?;
        }
        Ok(inserted)
    }

    /// As [`Tx::insert_rows`], for a tail that returns something of each row, in any order.
    pub(crate) async fn insert_rows_returning<T: BothRow>(&mut self, rows: Rows<'_>) -> StoreResult<Vec<T>> {
        let mut returned = Vec::with_capacity(rows.rows.len());
        for chunk in rows.rows.chunks(CHUNK) {
            returned.extend(self.all::<T>(rows.insert(chunk, self.dialect())).await?);
        }
        Ok(returned)
    }
}

/// Answers of [`Tx::together`], the last one first.
pub(crate) struct Together(Vec<String>);

impl Together {
    /// The rows of the next select.
    pub fn rows<T: DeserializeOwned>(&mut self) -> StoreResult<Vec<T>> {
        let text = self.0.pop().unwrap_or_default();
        serde_json::from_str(&text).map_err(|e| unreadable("rows as JSON", e))
    }

    /// The answers to the selects at these places, in this order.
    pub fn at(&self, places: &[usize]) -> Together {
        let answer = |place: &usize| self.0.iter().nth_back(*place).cloned().unwrap_or_default();
        Together(places.iter().rev().map(answer).collect())
    }
}

/// Rows of one statement: as JSON, a few megabytes.
pub(crate) const CHUNK: usize = 10_000;

/// Rows to be inserted into a table.
pub(crate) struct Rows<'a> {
    pub table: &'a str,
    /// Columns that have one value in all rows.
    pub same: &'a [(&'a str, Arg)],
    pub columns: &'a [&'a str],
    /// Values for the columns, of the same type in each row.
    pub rows: &'a [Vec<Arg>],
    /// ` on conflict do nothing`
    pub tail: &'a str,
}

impl Rows<'_> {
    /// The statement for some of the rows, one at least.
    fn insert(&self, chunk: &[Vec<Arg>], dialect: Dialect) -> Sql {
        let mut sql = Sql::new(format!("insert into {} (", self.table), dialect);
        let columns: Vec<&str> = self.same.iter().map(|(c, _)| *c).chain(self.columns.iter().copied()).collect();
        sql.push(&columns.join(", ")).push(") select ");
        for (_, arg) in self.same {
            sql.arg(arg.clone()).push(", ");
        }
        for (n, like) in chunk[0].iter().enumerate() {
            sql.push(if n == 0 { "" } else { ", " }).element(n, like);
        }
        // Without a condition SQLite would read the `on` of a conflict as that of a join.
        sql.push(" from ").each(chunk).push(" where true").push(self.tail);
        sql
    }
}

/// Parts in which no two are twins of each other, which a statement cannot write at once.
pub(crate) fn without_twins<T>(all: &[T], is_twin: impl Fn(&T, &T) -> bool) -> Vec<&[T]> {
    let mut parts = Vec::new();
    let mut first = 0;
    for (n, one) in all.iter().enumerate() {
        if all[first..n].iter().any(|other| is_twin(other, one)) {
            parts.push(&all[first..n]);
            first = n;
        }
    }
    parts.extend((first < all.len()).then(|| &all[first..]));
    parts
}
