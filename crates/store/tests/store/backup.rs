//! A backup of either database can be restored into the other.

use model::Completeness::Complete;
use model::fact::{ARP, COMPONENTS};
use model::{CaptureId, TenantId};
use store::backup::{Chunk, Restore, Snapshot, Table};
use store::{Database, FactFilter, FactLoad, Predicate, Store, StoreConfig, StoreError};
use testkit::{TestDb, build, each_db};
use tokio::sync::mpsc;

use super::{NOW, capture, device, save};

struct Dump {
    steps: Vec<i64>,
    tables: Vec<Table>,
    chunks: Vec<Chunk>,
}

async fn dump(store: &Store) -> Dump {
    let snapshot = Snapshot::take(store).await.expect("snapshot");
    let (steps, tables) = (snapshot.steps().to_vec(), snapshot.tables());
    let (sender, mut receiver) = mpsc::channel(1);
    let sending = tokio::spawn(async move { snapshot.send(&sender).await });
    let mut chunks = Vec::new();
    while let Some(chunk) = receiver.recv().await {
        chunks.push(chunk);
    }
    sending.await.expect("task").expect("sent");
    Dump { steps, tables, chunks }
}

async fn restore(config: &StoreConfig, dump: &Dump) -> Result<Store, StoreError> {
    let mut restore = Restore::begin(config, TenantId::DEFAULT, &dump.steps).await?;
    for chunk in &dump.chunks {
        let table = dump.tables.iter().find(|t| t.name == chunk.table).expect("table");
        restore.rows(table, chunk).await?;
    }
    restore.finish().await
}

/// Rows as both databases mean them: SQLite writes a truth value as a number.
fn rows(dump: &Dump) -> Vec<String> {
    let plain = |line: &str| {
        let row: Vec<serde_json::Value> = serde_json::from_str(line).expect("JSON");
        let cell = |cell: serde_json::Value| cell.as_bool().map_or(cell, |is| i64::from(is).into());
        serde_json::to_string(&row.into_iter().map(cell).collect::<Vec<_>>()).expect("JSON")
    };
    let of = |chunk: &Chunk| chunk.lines.lines().map(|l| format!("{} {}", chunk.table, plain(l))).collect::<Vec<_>>();
    let mut rows: Vec<String> = dump.chunks.iter().flat_map(of).collect();
    rows.sort();
    rows
}

/// Some of everything, hostile texts too.
async fn fill(db: &TestDb) {
    let device = device(db, "leaf-1 10.0.0.1 S1 00:00:00:00:00:01").await;
    let saved = save(db, device, &capture("arp", "a \"quoted\" line\n", Complete), 1).await;
    let load = FactLoad { capture: saved.capture, ..build::load(device, &ARP) };
    let facts = build::facts(&ARP, "- 10.0.0.2 00:00:00:00:00:02 Gi0/1\nred 2001:db8::1 00:00:00:00:00:03 -\n");
    db.load_facts(&load, &facts, NOW).await.expect("loaded");
    let name = "fan\t\u{1b}[31m \\ 'x'; drop table devices; -- \u{1f4a5}";
    let mut component = build::fact(&COMPONENTS, "fan");
    component.values[0] = model::Value::Text(name.to_owned());
    component.values[1] = model::Value::Text(name.to_owned());
    let load = FactLoad { kind: &COMPONENTS, source: "inventory", capture: CaptureId(7), ..load };
    db.load_facts(&load, &[component], NOW).await.expect("loaded");
}

#[tokio::test]
async fn what_was_backed_up_is_restored_into_either_database() {
    each_db(async |db: TestDb| {
        fill(&db).await;
        let before = dump(&db).await;
        assert!(before.chunks.len() >= 8, "{}", before.chunks.len());
        each_db(async |target: TestDb| {
            // Opened once, so not empty.
            assert!(matches!(restore(&target.config, &before).await, Err(StoreError::Conflict(_))));
        })
        .await;
        let folder = tempfile::tempdir().expect("folder");
        let mut targets = vec![Database::Sqlite(folder.path().join("velocity.db"))];
        let fresh = match testkit::postgres::shared() {
            Some(server) => Some(testkit::postgres::FreshDatabase::create(server).await),
            None => None,
        };
        targets.extend(fresh.as_ref().map(|f| Database::Postgres(f.url().to_owned())));
        for database in targets {
            let config = StoreConfig { database, captures_dir: folder.path().join("captures") };
            let restored = restore(&config, &before).await.unwrap_or_else(|e| panic!("{:?}: {e:?}", config.database));
            assert_eq!(rows(&dump(&restored).await), rows(&before), "{:?}", config.database);
            // It can be written on: numbers go on after those that are there.
            let upsert = build::device("leaf-2 10.0.0.9 S2");
            restored.upsert_device(&upsert, NOW).await.expect("a new device");
            assert_eq!(restored.facts(&ARP, &FactFilter::default()).await.expect("facts").len(), 2);
            restored.close().await;
        }
        if let Some(fresh) = fresh {
            fresh.remove().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_is_one_moment() {
    each_db(async |db: TestDb| {
        fill(&db).await;
        let snapshot = Snapshot::take(&db.store).await.expect("snapshot");
        device(&db, "later 10.0.0.77 S77").await;
        let (sender, mut receiver) = mpsc::channel(100);
        snapshot.send(&sender).await.expect("sent");
        drop(sender);
        while let Some(chunk) = receiver.recv().await {
            assert!(!chunk.lines.contains("10.0.0.77"), "{}: {}", db.name, chunk.table);
        }
    })
    .await;
}

#[tokio::test]
async fn rows_that_do_not_fit_leave_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let config = |name: &str| StoreConfig {
        database: Database::Sqlite(folder.path().join(name)),
        captures_dir: folder.path().join("captures"),
    };
    let source = Store::open(&config("a.db"), TenantId::DEFAULT).await.expect("open");
    let mut dump = dump(&source).await;
    dump.chunks[0].lines = "[1, \"x\"".to_owned();
    assert!(restore(&config("b.db"), &dump).await.is_err());
    dump.chunks.clear();
    dump.chunks.push(Chunk { table: "tenants".to_owned(), rows: 1, lines: "[1,\"x\",0]\n".to_owned() });
    dump.tables[0].columns[1] = "name; drop table devices".to_owned();
    assert!(matches!(restore(&config("b.db"), &dump).await, Err(StoreError::Conflict(_))));
    let empty = Store::open(&config("b.db"), TenantId::DEFAULT).await.expect("it is still empty and can be used");
    assert_eq!(empty.devices(&store::DeviceFilter::default()).await.expect("read"), vec![]);
    let too_new = Restore::begin(&config("c.db"), TenantId::DEFAULT, &[store::SCHEMA_VERSION + 1]).await;
    assert!(matches!(too_new.err(), Some(StoreError::SchemaNewer { .. })));
}

#[tokio::test]
async fn what_was_there_before_texts_were_found_by_parts_is_found_too() {
    each_db(async |db: TestDb| {
        fill(&db).await;
        let mut dump = dump(&db).await;
        for steps_before in [false, true] {
            dump.steps.retain(|step| !steps_before || *step != 15);
            let folder = tempfile::tempdir().expect("folder");
            let database = Database::Sqlite(folder.path().join("velocity.db"));
            let config = StoreConfig { database, captures_dir: folder.path().join("captures") };
            let store = restore(&config, &dump).await.expect("restored");
            let columns = vec![Predicate::Search("DROP table".into())];
            let found = store.facts(&COMPONENTS, &FactFilter { columns, ..FactFilter::default() }).await;
            assert_eq!(found.expect("read").len(), 1, "from {}", db.name);
            store.close().await;
        }
    })
    .await;
}
