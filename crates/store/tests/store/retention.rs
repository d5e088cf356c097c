//! Letting go of what is old takes what ended with it, and nothing that holds.

use model::Completeness::{Complete, Cut};
use model::fact::ARP;
use model::{CaptureId, RunKind, RunState, Timestamp};
use serde_json::json;
use store::{FactFilter, FactLoad, LetGo, LoadOutcome, NewRun, StoreError};
use testkit::{TestDb, build, each_db};

use super::{NOW, capture, device, save};

async fn load(db: &TestDb, device: model::DeviceId, capture: CaptureId, host: u8, second: i64) {
    let load = FactLoad {
        device,
        kind: &ARP,
        source: "arp",
        capture,
        template: "cisco_ios_show_ip_arp@1",
        complete: true,
        outcome: LoadOutcome::Parsed,
        unread_lines: 0,
        rejected_rows: 0,
        message: None,
    };
    let facts = build::facts(&ARP, &format!("- 10.0.0.{host} 00:00:00:00:00:0{host} Gi0/{host}\n"));
    db.load_facts(&load, &facts, Timestamp(second * 1000)).await.expect("loaded");
}

#[tokio::test]
async fn old_captures_go_with_the_facts_that_ended_and_no_others() {
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        let old = save(&db, device, &capture("arp", "one", Complete), 1).await.capture;
        load(&db, device, old, 1, 1).await;
        let cut = save(&db, device, &capture("arp", "tw", Cut("no end marker".into())), 2).await.capture;
        let new = save(&db, device, &capture("arp", "two", Complete), 3).await.capture;
        load(&db, device, new, 2, 3).await;

        let held = db.held_captures().await.expect("read");
        let told = held.iter().map(|h| (h.id, h.is_complete, h.is_proof, h.last_seen.0)).collect::<Vec<_>>();
        assert_eq!(
            told,
            [(old, true, false, 1000), (cut, false, false, 2000), (new, true, true, 3000)],
            "on {}",
            db.name
        );
        assert_eq!(db.content_sizes().await.expect("sizes").len(), 3);

        let gone = db.let_go(&[], &[old, cut]).await.expect("let go");
        assert_eq!(gone, LetGo { executions: 0, captures: 2, facts: 1 }, "on {}", db.name);
        assert!(matches!(db.capture(old).await, Err(StoreError::NotFound { .. })));
        assert_eq!(db.content(new).await.expect("read"), b"two");
        let all = FactFilter { include_gone: true, ..FactFilter::default() };
        let left = db.facts(&ARP, &all).await.expect("read");
        assert_eq!(left.iter().map(|f| f.values[1].shown()).collect::<Vec<_>>(), ["10.0.0.2"], "on {}", db.name);
        // Somebody may be about to say it again: not within the hour.
        assert_eq!(db.sweep_contents().await.expect("swept"), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn executions_go_when_they_have_ended_and_their_captures_stay() {
    each_db(async |db: TestDb| {
        let new = || NewRun {
            kind: RunKind::Collection,
            params: &serde_json::Value::Null,
            actor: "anna",
            job: None,
            batch: None,
        };
        let ended = db.create_run(&new(), &[], NOW).await.expect("a run");
        let going = db.create_run(&NewRun { params: &json!({}), ..new() }, &[], NOW).await.expect("a run");
        db.finish_run(ended, RunState::Success, NOW).await.expect("ended");
        let device = device(&db, "leaf-1 10.0.0.1").await;
        let said = capture("configs", "a", Complete);
        let content = db.keep_content(&said.content).await.expect("kept");
        let saved = store::NewCapture::new(device, Some(ended), &said, &content);
        let saved = db.save_capture(&saved, NOW).await.expect("saved").capture;

        let gone = db.let_go(&[ended, going], &[]).await.expect("let go");
        assert_eq!(gone, LetGo { executions: 1, captures: 0, facts: 0 }, "on {}", db.name);
        assert!(matches!(db.run(ended).await, Err(StoreError::NotFound { .. })), "on {}", db.name);
        assert_eq!(db.run(going).await.expect("read").state, RunState::Running);
        assert_eq!(db.content(saved).await.expect("read"), b"a");
    })
    .await;
}
