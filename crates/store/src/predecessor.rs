//! The vault of VelocityCollector, out of its own database.

use std::collections::HashMap;
use std::path::Path;

use serde_json::{Map, Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{Column, Connection, Row, SqliteConnection};

use crate::{StoreError, StoreResult};

/// What a file of SQLite begins with.
pub const SQLITE_MAGIC: &[u8] = b"SQLite format 3\0";

const COLUMNS: [&str; 5] =
    ["name", "username", "password_encrypted", "ssh_key_encrypted", "ssh_key_passphrase_encrypted"];

/// Its tables `vault_metadata` and `credentials` as JSON, each secret sealed as it was. Columns that older versions
/// lack are null. Nothing is written.
///
/// # Errors
/// [`StoreError::CannotOpen`] when it is no such database.
pub async fn predecessor_vault(path: &Path) -> StoreResult<Value> {
    let cannot = |e: sqlx::Error| StoreError::cannot_open(path.display(), e);
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut db = SqliteConnection::connect_with(&options).await.map_err(cannot)?;
    let metadata = sqlx::query("select key, value from vault_metadata").fetch_all(&mut db).await.map_err(cannot)?;
    let credentials = sqlx::query("select * from credentials order by name").fetch_all(&mut db).await;
    let credentials = credentials.map_err(cannot)?;
    db.close().await.map_err(cannot)?;
    let pair = |row: &SqliteRow| json!({ "key": text(row, "key"), "value": text(row, "value") });
    let credential = |row: &SqliteRow| {
        let columns = COLUMNS.iter().map(|column| ((*column).to_owned(), text(row, column)));
        let default = ("is_default".to_owned(), json!(row.try_get::<i64, _>("is_default").unwrap_or_default()));
        Value::Object(columns.chain([default]).collect())
    };
    Ok(json!({
        "vault_metadata": metadata.iter().map(pair).collect::<Vec<_>>(),
        "credentials": credentials.iter().map(credential).collect::<Vec<_>>(),
    }))
}

/// Those of these tables that the file has, row by row, read only. Numbers and texts; anything else is null.
///
/// # Errors
/// [`StoreError::CannotOpen`] when it is no SQLite database.
pub async fn predecessor_tables(
    path: &Path,
    wanted: &[&'static str],
) -> StoreResult<HashMap<String, Vec<Map<String, Value>>>> {
    let cannot = |e: sqlx::Error| StoreError::cannot_open(path.display(), e);
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut db = SqliteConnection::connect_with(&options).await.map_err(cannot)?;
    let there = sqlx::query("select name from sqlite_master where type = 'table'").fetch_all(&mut db).await;
    let there: Vec<String> = there.map_err(cannot)?.iter().filter_map(|r| r.try_get(0).ok()).collect();
    let mut tables = HashMap::new();
    for table in wanted.iter().filter(|t| there.iter().any(|name| name == *t)) {
        let sql = sqlx::AssertSqlSafe(format!("select * from {table} order by rowid"));
        let rows = sqlx::query(sql).fetch_all(&mut db).await.map_err(cannot)?;
        let value = |row: &SqliteRow, n: usize| match row.try_get::<Option<i64>, _>(n) {
            Ok(number) => json!(number),
            Err(_) => json!(row.try_get::<Option<String>, _>(n).ok().flatten()),
        };
        let read = |row: &SqliteRow| {
            let named = row.columns().iter().map(|c| (c.name().to_owned(), value(row, c.ordinal())));
            named.collect::<Map<String, Value>>()
        };
        tables.insert((*table).to_owned(), rows.iter().map(read).collect());
    }
    db.close().await.map_err(cannot)?;
    Ok(tables)
}

fn text(row: &SqliteRow, column: &str) -> Value {
    json!(row.try_get::<Option<String>, _>(column).ok().flatten())
}
