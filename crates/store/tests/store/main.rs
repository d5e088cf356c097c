//! Every verb, on SQLite and on PostgreSQL.

mod audit;
mod backup;
mod captures;
mod changes;
mod crash;
mod credentials;
mod devices;
mod fact_queries;
mod facts;
mod gather;
mod host_keys;
mod inventory;
mod jobs;
mod migrations;
mod queue;
mod records;
mod retention;
mod runs;
mod salvage;
mod schema_doc;
mod vault;
mod writers;

use model::{Capture, Completeness, DeviceId, Timestamp};
use store::{NewCapture, Saved};
use testkit::{TestDb, build};

const NOW: Timestamp = Timestamp(1_000_000);

/// A new device, see [`build::device`].
async fn device(db: &TestDb, text: &str) -> DeviceId {
    db.upsert_device(&build::device(text), NOW).await.expect(text).device.id
}

fn capture(capture_type: &str, content: &str, completeness: Completeness) -> Capture {
    Capture {
        capture_type: capture_type.to_owned(),
        command: format!("show {capture_type}"),
        platform: "cisco_ios".to_owned(),
        content: content.as_bytes().to_vec(),
        completeness,
    }
}

/// Keeps the content and saves the capture at a time in seconds.
async fn save(db: &TestDb, device: DeviceId, capture: &Capture, second: i64) -> Saved {
    let content = db.keep_content(&capture.content).await.expect("kept");
    let new = NewCapture::new(device, None, capture, &content);
    db.save_capture(&new, Timestamp(second * 1000)).await.expect("saved")
}
