//! Saving what can be read of a damaged SQLite file into a new one.

use std::path::Path;

use model::TenantId;
use serde::Serialize;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use crate::{Database, Store, StoreConfig, StoreError, StoreResult, schema};

/// What became of the rows of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Salvaged {
    pub table: String,
    pub saved: u64,
    /// Places in the file that could not be read; each may have held a row.
    pub lost: u64,
}

/// Reads `damaged` and writes what can be read of it to a new file `new`, with the schema of this program.
/// Rows that hang on one that was lost are left out. The damaged file is not touched.
///
/// # Errors
/// [`StoreError::CannotOpen`] when nothing in it can be read, or `new` is there already.
pub async fn salvage(damaged: &Path, new: &Path, captures_dir: &Path) -> StoreResult<Vec<Salvaged>> {
    if new.exists() {
        return Err(StoreError::cannot_open(new.display(), "it is there already"));
    }
    let config = StoreConfig { database: Database::Sqlite(new.into()), captures_dir: captures_dir.into() };
    Store::open(&config, TenantId::DEFAULT).await?.close().await;
    let mut db = SqliteConnectOptions::new().filename(new).foreign_keys(false).connect().await?;
    sqlx::query("attach $1 as damaged").bind(damaged.to_string_lossy().as_ref()).execute(&mut db).await?;
    let cannot_read = |e: sqlx::Error| StoreError::cannot_open(damaged.display(), e);
    let there: Vec<(String,)> = sqlx::query_as("select name from damaged.sqlite_master where type = 'table'")
        .fetch_all(&mut db)
        .await
        .map_err(cannot_read)?;
    let mut all = Vec::new();
    for table in schema().into_iter().map(|t| t.name).filter(|name| there.iter().any(|(t,)| t == name)) {
        let mut salvaged = Salvaged { table, saved: 0, lost: 0 };
        copy(&mut db, &mut salvaged).await?;
        all.push(salvaged);
    }
    leave_out_orphans(&mut db).await?;
    db.close().await?;
    Ok(all)
}

/// Copies a table: at once, or in halves of halves around what cannot be read.
async fn copy(db: &mut SqliteConnection, table: &mut Salvaged) -> StoreResult<()> {
    let name = &table.table;
    let columns = columns(db, "main", name).await?;
    let old = columns_or_none(db, name).await;
    let both: Vec<String> = columns.into_iter().filter(|c| old.contains(c)).collect();
    let columns = both.join(", ");
    // A tenant and whatever else a new file begins with is replaced.
    let insert = format!("insert or replace into main.{name} ({columns}) select {columns} from damaged.{name}");
    let last = format!("select coalesce(max(rowid), 0) from damaged.{name}");
    let last: Result<(i64,), _> = sqlx::query_as(AssertSqlSafe(last)).fetch_one(&mut *db).await;
    // Without the last page nobody knows where the table ends.
    let mut waiting = vec![(i64::MIN, 0), (1, last.map_or(1 << 32, |(last,)| last.max(1)))];
    while let Some((from, to)) = waiting.pop() {
        let part = format!("{insert} where rowid between {from} and {to}");
        match db.execute(sqlx::raw_sql(AssertSqlSafe(part))).await {
            Ok(done) => table.saved += done.rows_affected(),
            Err(_) if from == to => table.lost += 1,
            Err(_) if from == i64::MIN => table.lost += 1,
            Err(_) => {
                let middle = from + (to - from) / 2;
                waiting.extend([(middle + 1, to), (from, middle)]);
            }
        }
    }
    Ok(())
}

async fn columns(db: &mut SqliteConnection, schema: &str, table: &str) -> StoreResult<Vec<String>> {
    // Columns that the database makes of others are hidden (2, 3) and not to be written.
    let text = format!("select name from pragma_table_xinfo('{table}', '{schema}') where hidden = 0");
    let names: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(text)).fetch_all(db).await?;
    Ok(names.into_iter().map(|(name,)| name).collect())
}

async fn columns_or_none(db: &mut SqliteConnection, table: &str) -> Vec<String> {
    columns(db, "damaged", table).await.unwrap_or_default()
}

/// What refers to something that was lost does not any more, or goes too when it is nothing without it.
async fn leave_out_orphans(db: &mut SqliteConnection) -> StoreResult<()> {
    const ORPHANS: &str = "
        select distinct c.\"table\", c.rowid, l.\"from\", x.\"notnull\"
        from pragma_foreign_key_check c join pragma_foreign_key_list(c.\"table\") l on l.id = c.fkid
            join pragma_table_xinfo(c.\"table\") x on x.name = l.\"from\"";
    loop {
        let orphans: Vec<(String, i64, String, bool)> = sqlx::query_as(ORPHANS).fetch_all(&mut *db).await?;
        if orphans.is_empty() {
            return Ok(());
        }
        for (table, row, column, is_needed) in orphans {
            let text = match is_needed {
                true => format!("delete from {table} where rowid = $1"),
                false => format!("update {table} set {column} = null where rowid = $1"),
            };
            sqlx::query(AssertSqlSafe(text)).bind(row).execute(&mut *db).await?;
        }
    }
}
