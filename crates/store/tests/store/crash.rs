//! `kill -9` in the middle of a run: what was committed is there, whole; nothing else is.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use model::fact::MAC;
use model::{Completeness, DeviceOutcome, DeviceState, RunId, RunKind, TenantId};
use serde_json::json;
use store::{
    AuditFilter, CaptureFilter, Database, FactFilter, FactLoad, NewAudit, NewCapture, NewItem, NewRun, Store,
    StoreConfig, StoreResult,
};
use testkit::{TestDb, build, each_db};

use super::{NOW, capture};

const PLACE: &str = "VELOCITY_STORE_TEST_CRASH";
const FACTS: usize = 200;

/// What a run writes for one device.
async fn work(store: &Store, run: RunId, seq: i64) -> StoreResult<()> {
    let said = capture("mac", &format!("content {seq}").repeat(1000), Completeness::Complete);
    let content = store.keep_content(&said.content).await?;
    let mut tx = store.begin().await?;
    let device = tx.upsert_device(&build::device(&format!("leaf-{seq} 10.0.0.1 S{seq}")), NOW).await?.device.id;
    let saved = tx.save_capture(&NewCapture::new(device, Some(run), &said, &content), NOW).await?;
    let text = (0..FACTS).map(|k| format!("1 - 00:00:00:{:02x}:00:{k:02x} Gi0/{k} dynamic\n", seq % 256));
    let load = FactLoad { capture: saved.capture, ..build::load(device, &MAC) };
    tx.load_facts(&load, &build::facts(&MAC, &text.collect::<String>()), NOW).await?;
    let done = DeviceOutcome {
        state: DeviceState::Success,
        class: None,
        message: String::new(),
        username: None,
        credential: None,
        duration_ms: 1,
    };
    tx.finish_item(run, seq, Some(device), &done, NOW).await?;
    let detail = json!({});
    tx.audit(&NewAudit { actor: "anna", action: "collect", object: &device.to_string(), detail: &detail }, NOW).await?;
    tx.commit().await
}

/// Not a test of its own: the process that is killed.
#[tokio::test]
async fn the_process_that_is_killed() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let (url, captures) = place.split_once('\n').expect("two lines");
    let config = StoreConfig { database: Database::from_url(url), captures_dir: captures.into() };
    let store = Store::open(&config, TenantId::DEFAULT).await.expect("opened");
    for seq in 1..=5000 {
        store.start_item(RunId(1), seq, NOW).await.expect("started");
        work(&store, RunId(1), seq).await.expect("worked");
    }
}

#[tokio::test]
async fn a_killed_process_loses_at_most_the_device_in_flight() {
    each_db(async |db: TestDb| {
        let new = NewItem { device: None, address: None, port: 22, name: "x".into(), depth: 0, parent: None };
        let run = NewRun { kind: RunKind::Collection, params: &json!({}), actor: "anna", job: None, batch: None };
        let run = db.create_run(&run, &vec![new; 5000], NOW).await.expect("created");
        let url = match &db.config.database {
            Database::Sqlite(path) => path.display().to_string(),
            Database::Postgres(url) => url.clone(),
        };
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "crash::the_process_that_is_killed"])
            .env(PLACE, format!("{url}\n{}", db.config.captures_dir.display()))
            .stdout(Stdio::null())
            .spawn()
            .expect("started");
        let start = Instant::now();
        while db.run(run).await.expect("read").counts.success < 20 {
            assert!(start.elapsed() < Duration::from_secs(60), "it does not work");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        child.kill().expect("killed");
        child.wait().expect("gone");

        let store = db.reopen().await;
        let done = store.run(run).await.expect("read").counts;
        let done_items = usize::try_from(done.success).expect("small");
        assert!(done.running <= 1 && done.success >= 20 && done.success < 5000, "{done:?} on {}", db.name);
        assert_eq!(store.facts(&MAC, &FactFilter::default()).await.expect("read").len(), done_items * FACTS);
        assert_eq!(store.audit_log(&AuditFilter::default()).await.expect("read").len(), done_items);
        let captures = store.captures(&CaptureFilter::default()).await.expect("read");
        assert_eq!(captures.len(), done_items);
        for capture in captures {
            store.content(capture.id).await.expect("its content was there first");
        }
        let later = NOW.plus_ms(store::STALE_AFTER_MS + 1);
        assert_eq!(store.resume_run(run, later).await.expect("resumed").counts.running, 0);
        let next = store.take_pieces(store::Taker::Own, &[(run, 1)], later).await.expect("claimed").remove(0);
        work(&store, run, next.seq).await.expect("it goes on");
        store.close().await;
    })
    .await;
}
