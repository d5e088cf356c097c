//! Many writers at once, and transactions.

use futures::future::join_all;
use model::Completeness;
use model::fact::MAC;
use store::{CaptureFilter, DeviceFilter, FactFilter, NewCapture, Store};
use testkit::{TestDb, build, each_db};

use super::{NOW, capture};

/// Sees a device, saves a capture and three facts of it, in one transaction.
async fn save_all(store: &Store, n: usize) -> store::StoreResult<()> {
    let said = capture("mac", &format!("content {n}"), Completeness::Complete);
    let content = store.keep_content(&said.content).await?;
    let mut tx = store.begin().await?;
    let seen = build::device(&format!("leaf-{n} 10.0.{}.{} S{n}", n / 250, n % 250));
    let device = tx.upsert_device(&seen, NOW).await?.device.id;
    tx.save_capture(&NewCapture::new(device, None, &said, &content), NOW).await?;
    let text = (0..3)
        .map(|k| format!("1 - 00:00:00:{:02x}:{:02x}:0{k} Gi0/{k} dynamic\n", n / 256, n % 256))
        .collect::<String>();
    tx.load_facts(&build::load(device, &MAC), &build::facts(&MAC, &text), NOW).await?;
    tx.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hundreds_of_writers_and_two_processes_lose_nothing() {
    each_db(async |db: TestDb| {
        let second = db.reopen().await;
        let stores = [db.store.clone(), second.clone()];
        let writers = (0..200).map(|n| {
            let store = stores[n % 2].clone();
            tokio::spawn(async move { save_all(&store, n).await })
        });
        for written in join_all(writers).await {
            written.expect("joined").expect("written");
        }
        assert_eq!(db.devices(&DeviceFilter::default()).await.expect("read").len(), 200, "on {}", db.name);
        assert_eq!(db.facts(&MAC, &FactFilter::default()).await.expect("read").len(), 600);
        assert_eq!(db.captures(&CaptureFilter::default()).await.expect("read").len(), 200);
        second.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_device_seen_by_many_at_once_is_one_device() {
    each_db(async |db: TestDb| {
        let writers = (0..40).map(|_| {
            let store = db.store.clone();
            tokio::spawn(async move { save_all(&store, 1).await })
        });
        for written in join_all(writers).await {
            written.expect("joined").expect("written");
        }
        assert_eq!(db.devices(&DeviceFilter::default()).await.expect("read").len(), 1, "on {}", db.name);
        assert_eq!(db.facts(&MAC, &FactFilter::default()).await.expect("read").len(), 3);
        assert_eq!(db.captures(&CaptureFilter::default()).await.expect("read").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing_and_lets_the_next_in() {
    each_db(async |db: TestDb| {
        let mut tx = db.begin().await.expect("begun");
        tx.upsert_device(&build::device("leaf-1 10.0.0.1"), NOW).await.expect("written");
        assert_eq!(tx.devices(&DeviceFilter::default()).await.expect("its own view").len(), 1);
        assert_eq!(db.devices(&DeviceFilter::default()).await.expect("others' view").len(), 0, "on {}", db.name);
        drop(tx);
        let new = db.upsert_device(&build::device("leaf-2 10.0.0.2"), NOW).await.expect("the next");
        assert!(new.is_new);
        assert_eq!(db.devices(&DeviceFilter::default()).await.expect("read").len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_that_are_cancelled_leave_nothing_half_done_and_block_nobody() {
    each_db(async |db: TestDb| {
        let writers = (0..300).map(|n| {
            let store = db.store.clone();
            let patience = std::time::Duration::from_micros((n as u64 * 97) % 20_000);
            tokio::spawn(async move { tokio::time::timeout(patience, save_all(&store, n)).await })
        });
        let mut done = 0;
        for written in join_all(writers).await {
            match written.expect("joined") {
                Ok(written) => written.map(|()| done += 1).expect("written"),
                Err(_) => continue,
            }
        }
        save_all(&db.store, 999).await.expect("the next");
        let devices = db.devices(&DeviceFilter::default()).await.expect("read").len();
        assert!(devices > done, "{devices} devices, {done} done, on {}", db.name);
        assert_eq!(db.facts(&MAC, &FactFilter::default()).await.expect("read").len(), devices * 3);
        assert_eq!(db.captures(&CaptureFilter::default()).await.expect("read").len(), devices);
    })
    .await;
}
