//! The same rows by bare inserts: the tables, indexes and batches of the product, and nothing is compared or closed.

use std::collections::HashSet;
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use app::{Config, InitOptions, init};
use futures::{StreamExt, TryStreamExt, stream};
use model::address::ip_key;
use model::{Fact, FactKind, Value};
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, SqlitePool};
use store::Database;

use crate::load::{AT_ONCE, CHUNK, told};
use crate::world::{self, World};
use crate::{rate, store};

/// A statement takes 32,766 values on SQLite.
const BATCH: usize = 1_500;

/// An empty database of this name.
pub async fn database(url: &str, name: &str) -> anyhow::Result<serde_json::Value> {
    let mut server = PgConnection::connect(url).await?;
    for statement in ["drop database if exists", "create database"] {
        sqlx::raw_sql(AssertSqlSafe(format!("{statement} {name}"))).execute(&mut server).await?;
    }
    Ok(json!({}))
}

/// What PostgreSQL does by itself within minutes of a load, beside those who ask.
pub async fn rest(home: &Path) -> anyhow::Result<()> {
    if let Database::Postgres(url) = app::App::database(home, &Config::load(home)?) {
        sqlx::raw_sql("vacuum (analyze)").execute(&mut PgConnection::connect(&url).await?).await?;
    }
    Ok(())
}

enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

#[derive(Clone)]
enum Cell {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Vec<u8>),
}

/// One statement.
struct Insert {
    text: String,
    cells: Vec<Cell>,
}

macro_rules! bind {
    ($insert:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($insert.text));
        for cell in $insert.cells {
            query = match cell {
                Cell::Int(n) => query.bind(n),
                Cell::Text(text) => query.bind(text),
                Cell::Bytes(bytes) => query.bind(bytes),
            };
        }
        query
    }};
}

pub async fn year(home: &Path, world: &World) -> anyhow::Result<serde_json::Value> {
    init(home, &InitOptions { defaults: true, dry_run: false }).await?;
    let store = store(home).await?;
    for n in 0..world.devices {
        store.upsert_device(&crate::load::upsert(n, World::name(n)), world::time(0)).await?;
    }
    store.close().await;
    let pool = match app::App::database(home, &Config::load(home)?) {
        Database::Sqlite(path) => {
            let options = SqliteConnectOptions::new().filename(path).foreign_keys(true).pragma("cache_size", "-64000");
            let options = options.synchronous(sqlx::sqlite::SqliteSynchronous::Normal);
            Pool::Sqlite(SqlitePoolOptions::new().max_connections(1).connect_with(options).await?)
        }
        Database::Postgres(url) => Pool::Postgres(PgPool::connect(&url).await?),
    };
    let is_sqlite = matches!(pool, Pool::Sqlite(_));
    let mut loads = Vec::new();
    for load in 0..world::LOADS {
        let (mut time, mut rows) = (Duration::ZERO, 0);
        for first in (0..world.devices).step_by(CHUNK as usize) {
            let devices = first..(first + CHUNK).min(world.devices);
            let inserts: Vec<Vec<Insert>> = devices.map(|n| inserts(world, n, load, &mut rows, is_sqlite)).collect();
            time += insert_all(&pool, inserts).await?;
        }
        eprintln!("  {}: bare load {load} in {:.1} s", world.said(), time.as_secs_f64());
        loads.push(json!({ "seconds": time.as_secs_f64(), "added": rows, "added_per_second": rate(rows, time) }));
    }
    Ok(json!({ "loads": loads }))
}

async fn insert_all(pool: &Pool, devices: Vec<Vec<Insert>>) -> anyhow::Result<Duration> {
    let start = Instant::now();
    match pool {
        Pool::Sqlite(pool) => {
            for inserts in devices {
                let mut tx = pool.begin_with("begin immediate").await?;
                for insert in inserts {
                    bind!(insert).execute(&mut *tx).await?;
                }
                tx.commit().await?;
            }
        }
        Pool::Postgres(pool) => {
            let each = stream::iter(devices).map(|inserts| async move {
                let mut tx = pool.begin().await?;
                for insert in inserts {
                    bind!(insert).execute(&mut *tx).await?;
                }
                anyhow::Ok(tx.commit().await?)
            });
            each.buffer_unordered(AT_ONCE).try_collect::<()>().await?;
        }
    }
    Ok(start.elapsed())
}

/// Those of a device that a load adds, sorted as the product sorts them.
fn inserts(world: &World, device: u32, load: u32, rows: &mut u64, is_sqlite: bool) -> Vec<Insert> {
    let mut inserts = Vec::new();
    let before = if load == 0 { Vec::new() } else { told(world, device, load - 1) };
    for (kind, facts) in told(world, device, load) {
        let known = before.iter().filter(|(k, _)| *k == kind).flat_map(|(_, facts)| facts);
        let known: HashSet<[u8; 16]> = known.map(Fact::digest).collect();
        let mut new: Vec<(String, [u8; 16], Fact)> = facts
            .into_iter()
            .map(|fact| (key(&fact), fact.digest(), fact))
            .filter(|(_, digest, _)| !known.contains(digest))
            .collect();
        new.sort_by(|a, b| a.0.cmp(&b.0));
        *rows += new.len() as u64;
        inserts.extend(new.chunks(BATCH).map(|chunk| insert(kind, i64::from(device) + 1, load, chunk, is_sqlite)));
    }
    inserts
}

fn insert(kind: &FactKind, device: i64, load: u32, rows: &[(String, [u8; 16], Fact)], is_sqlite: bool) -> Insert {
    let mut columns = vec!["digest".to_owned(), "first_line".to_owned(), "last_line".to_owned()];
    columns.extend(kind.columns.iter().flat_map(|c| {
        let beside = match c.kind {
            model::ColumnKind::Ip | model::ColumnKind::Prefix => Some(format!("{}_key", c.name)),
            model::ColumnKind::Interface => Some(format!("{}_seen", c.name)),
            _ => None,
        };
        std::iter::once(c.name.to_owned()).chain(beside)
    }));
    let mut text = format!(
        "insert into {} (tenant_id, device_id, source, capture_id, template, first_seen, {}) values ",
        kind.table,
        columns.join(", ")
    );
    let int = |n: i64| Cell::Int(Some(n));
    let capture = int(i64::from(load) + 1);
    let [source, template] = [kind.name, "made_up@1"].map(|t| Cell::Text(Some(t.to_owned())));
    let same = [int(1), int(device), source, capture, template, int(world::time(load).0)];
    let mut cells = Vec::new();
    for (n, (_, digest, fact)) in rows.iter().enumerate() {
        let first = cells.len();
        cells.extend(same.clone());
        cells.push(Cell::Bytes(digest.to_vec()));
        cells.extend([fact.lines.0, fact.lines.1].map(|line| int(line.into())));
        for (column, value) in kind.columns.iter().zip(&fact.values) {
            push(&mut cells, column.kind, value);
        }
        text.push_str(if n == 0 { "(" } else { ", (" });
        for cell in first..cells.len() {
            text.push_str(if cell == first { "" } else { ", " });
            // SQLite looks numbered ones up one by one.
            let _ = if is_sqlite { write!(text, "?") } else { write!(text, "${}", cell + 1) };
        }
        text.push(')');
    }
    Insert { text, cells }
}

fn push(cells: &mut Vec<Cell>, kind: model::ColumnKind, value: &Value) {
    use model::ColumnKind::{Asn, Int, Interface, Ip, Prefix, Vlan};
    match (kind, value) {
        (Int | Asn | Vlan, Value::Int(n)) => cells.push(Cell::Int(Some(*n))),
        (Int | Asn | Vlan, Value::Null) => cells.push(Cell::Int(None)),
        (Ip, Value::Ip(ip)) => cells.extend([ip.to_string(), ip_key(*ip)].map(|t| Cell::Text(Some(t)))),
        (Prefix, Value::Prefix(p)) => cells.extend([p.to_string(), ip_key(p.network())].map(|t| Cell::Text(Some(t)))),
        (Interface, Value::Interface { name, seen }) => {
            cells.extend([name, seen].map(|t| Cell::Text(Some(t.clone()))));
        }
        (_, Value::Mac(mac)) => cells.push(Cell::Text(Some(mac.key()))),
        (_, Value::Null) => cells.push(Cell::Text(None)),
        (_, value) => cells.push(Cell::Text(Some(value.plain()))),
    }
}

/// What the product sorts by: the MAC, else the network.
fn key(fact: &Fact) -> String {
    let mac = fact.values.iter().find_map(|v| if let Value::Mac(mac) = v { Some(mac.key()) } else { None });
    let network =
        || fact.values.iter().find_map(|v| if let Value::Prefix(p) = v { Some(ip_key(p.network())) } else { None });
    mac.or_else(network).unwrap_or_default()
}
