//! How fast facts and devices are stored, beside a bare insert into a table with the same columns and indexes.
//!
//! `cargo run --release -p store --example load_speed [ROWS [DEVICES]]`; on PostgreSQL too where the machine has one.

use std::error::Error;
use std::time::Instant;

use model::fact::MAC;
use model::{Capture, CaptureId, Completeness, DeviceId, Fact, Mac, TenantId, Timestamp, Value};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use store::{Database, FactFilter, FactLoad, LoadOutcome, NewCapture, Predicate, Store, StoreConfig};
use testkit::{build, postgres};

type Outcome<T> = Result<T, Box<dyn Error>>;

const NOW: Timestamp = Timestamp(1_000_000);

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut args = std::env::args().skip(1).map(|n| n.parse::<u64>());
    let rows = args.next().transpose()?.unwrap_or(200_000);
    let devices = args.next().transpose()?.unwrap_or(200);
    let folder = tempfile::tempdir()?;
    println!("{rows} rows of {devices} devices");
    bare(&folder.path().join("bare.db"), rows, devices).await?;
    let sqlite = Database::Sqlite(folder.path().join("velocity.db"));
    measure("SQLite", sqlite, folder.path(), rows, devices).await?;
    if let Some(server) = postgres::shared() {
        let fresh = postgres::FreshDatabase::create(server).await;
        let database = Database::Postgres(fresh.url().to_owned());
        measure("PostgreSQL", database, folder.path(), rows, devices).await?;
        fresh.remove().await;
    }
    Ok(())
}

/// One prepared statement, one row at a time, a transaction for each device: nothing is compared.
async fn bare(path: &std::path::Path, rows: u64, devices: u64) -> Outcome<()> {
    let mut db = SqliteConnection::connect(&format!("sqlite:{}?mode=rwc", path.display())).await?;
    let schema = "pragma journal_mode = wal; pragma synchronous = normal;
        create table t (id integer primary key autoincrement, tenant_id bigint, device_id bigint, source text,
            digest blob, capture_id bigint, first_line bigint, last_line bigint, template text, first_seen bigint,
            last_seen bigint, gone_at bigint, vlan bigint, mac text, interface text, interface_seen text,
            entry_type text);
        create index t_open on t (device_id, source, gone_at);
        create index t_mac on t (tenant_id, mac);";
    sqlx::raw_sql(AssertSqlSafe(schema)).execute(&mut db).await?;
    let start = Instant::now();
    for device in 0..devices {
        let mut tx = db.begin().await?;
        for fact in facts(device, rows / devices) {
            let insert = "insert into t (tenant_id, device_id, source, digest, capture_id, first_line, last_line,
                template, first_seen, vlan, mac, interface, interface_seen, entry_type)
                values (1, $1, 'mac', $2, 1, $3, $3, 'cisco_ios_show_mac', 1, $4, $5, $6, $6, 'dynamic')";
            let Value::Mac(mac) = &fact.values[1] else { continue };
            let bound = sqlx::query(insert).bind(device.cast_signed()).bind(fact.digest().to_vec());
            let bound = bound.bind(i64::from(fact.lines.0)).bind(fact.values[0].shown()).bind(mac.key());
            bound.bind(fact.values[2].shown()).execute(&mut *tx).await?;
        }
        tx.commit().await?;
    }
    report("bare insert into SQLite, rows", rows, start);
    Ok(())
}

async fn measure(name: &str, database: Database, folder: &std::path::Path, rows: u64, devices: u64) -> Outcome<()> {
    let config = StoreConfig { database, captures_dir: folder.join(name) };
    let store = Store::open(&config, TenantId::DEFAULT).await?;
    let mut ids = Vec::new();
    for n in 0..devices {
        let seen = build::device(&format!("leaf-{n} 10.0.{}.{} S{n}", n / 250, n % 250));
        ids.push(store.upsert_device(&seen, NOW).await?.device.id);
    }
    for (what, now) in [("load into", NOW), ("the same again into", NOW.plus_ms(1))] {
        let start = Instant::now();
        for (n, id) in (0..).zip(&ids) {
            store.load_facts(&load_of(*id), &facts(n, rows / devices), now).await?;
        }
        report(&format!("{what} {name}, rows"), rows, start);
    }
    let mac = "00:00:00:00:00:01".parse()?;
    let filter = FactFilter { columns: vec![Predicate::Mac("mac", mac)], ..FactFilter::default() };
    let start = Instant::now();
    for _ in 0..100 {
        store.facts(&MAC, &filter).await?;
    }
    println!("find a MAC in {name}: {:.2} ms", start.elapsed().as_secs_f64() * 10.0);
    let start = Instant::now();
    let writers = (0..500u64).map(|n| {
        let store = store.clone();
        tokio::spawn(async move { save_device(&store, 10_000 + n).await.map_err(|e| e.to_string()) })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await??;
    }
    report(&format!("devices with 8 captures and 80 facts into {name}, devices"), 500, start);
    store.close().await;
    Ok(())
}

async fn save_device(store: &Store, n: u64) -> store::StoreResult<()> {
    let types = ["configs", "arp", "mac", "lldp", "interfaces", "routes", "version", "inventory"];
    let captures = types.map(|capture_type| Capture {
        capture_type: capture_type.to_owned(),
        command: format!("show {capture_type}"),
        platform: "cisco_ios".to_owned(),
        content: format!("{capture_type} of {n}\n").repeat(200).into_bytes(),
        completeness: Completeness::Complete,
    });
    let mut contents = Vec::new();
    for capture in &captures {
        contents.push(store.keep_content(&capture.content).await?);
    }
    let mut tx = store.begin().await?;
    let seen = build::device(&format!("edge-{n} 10.{}.{}.1 E{n}", n / 250, n % 250));
    let device = tx.upsert_device(&seen, NOW).await?.device.id;
    for (capture, content) in captures.iter().zip(&contents) {
        tx.save_capture(&NewCapture::new(device, None, capture, content), NOW).await?;
    }
    tx.load_facts(&load_of(device), &facts(n, 80), NOW).await?;
    tx.commit().await
}

fn load_of(device: DeviceId) -> FactLoad<'static> {
    FactLoad {
        device,
        kind: &MAC,
        source: "mac",
        capture: CaptureId(1),
        template: "cisco_ios_show_mac",
        complete: true,
        outcome: LoadOutcome::Parsed,
        unread_lines: 0,
        rejected_rows: 0,
        message: None,
    }
}

/// MACs as they come in the field: spread all over, in no order.
fn facts(device: u64, count: u64) -> Vec<Fact> {
    let fact = |(line, n): (u32, u64)| {
        let mixed = (device * 1_000_003 + n).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
        let mac = Mac([mixed[0], mixed[1], mixed[2], mixed[3], mixed[4], mixed[5]]);
        let name = format!("GigabitEthernet1/0/{}", n % 48);
        let port = Value::Interface { seen: name.clone(), name };
        let (vlan, entry_type) = (Value::Int((n % 100).cast_signed()), Value::Text("dynamic".into()));
        let values = vec![vlan, Value::Null, Value::Mac(mac), port, entry_type];
        Fact { values, lines: (line, line) }
    };
    (1u32..).zip(0..count).map(fact).collect()
}

fn report(what: &str, count: u64, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    println!("{what}: {count} in {seconds:.2} s, {:.0}/s", count as f64 / seconds);
}
