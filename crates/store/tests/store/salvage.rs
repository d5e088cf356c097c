//! A file that was damaged, and what is saved of it.

use std::io::{Read, Seek, SeekFrom, Write};

use model::{Completeness, TenantId};
use sqlx::{ConnectOptions, Connection};
use store::{Database, DeviceFilter, Store, StoreConfig, salvage};
use testkit::build;

use crate::{NOW, capture};

const DEVICES: usize = 400;

async fn open(config: &StoreConfig) -> Store {
    Store::open(config, TenantId::DEFAULT).await.expect("opens")
}

#[tokio::test]
async fn what_can_be_read_of_a_damaged_file_is_saved_and_nothing_in_it_contradicts_itself() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("velocity.db");
    let config = |file: &std::path::Path| StoreConfig {
        database: Database::Sqlite(file.into()),
        captures_dir: dir.path().join("captures"),
    };
    let store = open(&config(&file)).await;
    for n in 0..DEVICES {
        let device = build::device(&format!("sw{n} 10.0.{}.{} S{n}", n / 200, n % 200 + 1));
        let id = store.upsert_device(&device, NOW).await.expect("a device").device.id;
        let text = capture("version", &format!("version {n}"), Completeness::Complete);
        let content = store.keep_content(&text.content).await.expect("kept");
        store.save_capture(&store::NewCapture::new(id, None, &text, &content), NOW).await.expect("saved");
    }
    store.close().await;
    let clean = open(&config(&file)).await;
    assert_eq!(clean.database_health(true, NOW).await.expect("sound").faults, Vec::<String>::new());
    clean.close().await;

    // A page in the middle of the devices is overwritten.
    let page = page_of(&file, "devices").await;
    let mut db = std::fs::OpenOptions::new().read(true).write(true).open(&file).expect("the file");
    let mut head = [0; 18];
    db.read_exact(&mut head).expect("a header");
    let size = u64::from(u16::from_be_bytes([head[16], head[17]]));
    db.seek(SeekFrom::Start((page - 1) * size)).expect("the page");
    db.write_all(&vec![0xa5; usize::try_from(size).expect("a size")]).expect("written");
    drop(db);

    let damaged = open(&config(&file)).await;
    let faults = damaged.database_health(false, NOW).await.map(|h| h.faults.len());
    assert!(!matches!(faults, Ok(0)), "it is noticed: {faults:?}");
    damaged.close().await;

    let new = dir.path().join("new.db");
    let saved = salvage(&file, &new, &dir.path().join("captures")).await.expect("saved");
    let devices = saved.iter().find(|t| t.table == "devices").expect("devices");
    assert!(devices.lost > 0 && devices.saved > DEVICES as u64 / 2, "{devices:?}");
    let store = open(&config(&new)).await;
    assert_eq!(store.database_health(true, NOW).await.expect("sound").faults, Vec::<String>::new());
    let there = store.devices(&DeviceFilter::default()).await.expect("devices").len() as u64;
    assert_eq!(there, devices.saved);
    let contents = store.content_health().await.expect("contents");
    assert_eq!((contents.named, contents.missing), (there, Vec::new()), "captures go with their device");
    assert!(salvage(&file, &new, dir.path()).await.is_err(), "nothing is written over");
}

/// A page of a table that is neither its first nor its last.
async fn page_of(file: &std::path::Path, table: &str) -> u64 {
    let mut db = sqlx::sqlite::SqliteConnectOptions::new().filename(file).connect().await.expect("opens");
    let root: (i64,) = sqlx::query_as("select rootpage from sqlite_master where name = $1")
        .bind(table)
        .fetch_one(&mut db)
        .await
        .expect("a table");
    sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut db).await.expect("all of it is in the file");
    db.close().await.expect("closed");
    let bytes = std::fs::read(file).expect("the file");
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let root = &bytes[(usize::try_from(root.0).expect("a page") - 1) * size..][..size];
    // An interior page of a table: two bytes at 3 count its cells, each begins with the number of a page.
    assert_eq!(root[0], 5, "the table has several pages");
    let cell = usize::from(u16::from_be_bytes([root[12 + 2], root[12 + 3]]));
    u64::from(u32::from_be_bytes(root[cell..cell + 4].try_into().expect("four bytes")))
}
