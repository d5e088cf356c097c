use model::{DeviceOutcome, DeviceState, FailureClass, RunId, RunKind, RunState};
use serde_json::json;
use store::{NewItem, NewRun, RunCounts, RunFilter, STALE_AFTER_MS, StoreError, Taker};
use testkit::{TestDb, each_db};

use super::{NOW, device};

fn item(name: &str) -> NewItem {
    NewItem { device: None, address: "10.0.0.1".parse().ok(), port: 22, name: name.into(), depth: 0, parent: None }
}

async fn run_of(db: &TestDb, items: &[NewItem]) -> RunId {
    let run = NewRun {
        kind: RunKind::Discovery,
        params: &json!({"seed": "10.0.0.1"}),
        actor: "anna",
        job: None,
        batch: None,
    };
    db.create_run(&run, items, NOW).await.expect("created")
}

fn outcome(state: DeviceState, class: Option<FailureClass>) -> DeviceOutcome {
    DeviceOutcome {
        state,
        class,
        message: "said so".into(),
        username: Some("admin".into()),
        credential: Some("lab".into()),
        duration_ms: 12,
    }
}

#[tokio::test]
async fn a_run_counts_what_became_of_its_items() {
    each_db(async |db: TestDb| {
        let id = run_of(&db, &[item("a"), item("b")]).await;
        let no_address = NewItem { address: None, depth: 1, parent: Some(1), ..item("c") };
        assert_eq!(db.add_items(id, std::slice::from_ref(&no_address)).await.expect("added"), [3]);
        assert_eq!(db.add_items(id, &[]).await.expect("none"), [0i64; 0]);
        let leaf = device(&db, "leaf-1 10.0.0.1").await;
        db.start_item(id, 1, NOW).await.expect("started");
        db.finish_item(id, 1, Some(leaf), &outcome(DeviceState::Success, None), NOW.plus_ms(12)).await.expect("done");
        let refused = outcome(DeviceState::Skipped, Some(FailureClass::NoAddress));
        db.finish_item(id, 3, None, &refused, NOW).await.expect("done");

        let run = db.run(id).await.expect("read");
        assert_eq!(run.counts, RunCounts { pending: 1, success: 1, skipped: 1, ..RunCounts::default() });
        assert_eq!((run.counts.total(), run.params["seed"].as_str()), (3, Some("10.0.0.1")));
        let items = db.run_items(id, &[]).await.expect("read");
        assert_eq!((items[0].device, items[0].attempt, items[0].duration_ms), (Some(leaf), 1, 12));
        assert_eq!((items[0].started_at, items[0].ended_at), (Some(NOW), Some(NOW.plus_ms(12))));
        assert_eq!((items[2].class, items[2].parent, items[2].address), (refused.class, Some(1), None));
        let open = db.run_items(id, &[DeviceState::Pending, DeviceState::Running]).await.expect("read");
        assert_eq!(open.iter().map(|i| i.seq).collect::<Vec<_>>(), [2]);

        db.finish_run(id, RunState::Partial, NOW.plus_ms(20)).await.expect("finished");
        let ended = db.runs(&RunFilter { state: Some(RunState::Partial), ..RunFilter::default() }).await.expect("read");
        assert_eq!((ended.len(), ended[0].ended_at, ended[0].counts), (1, Some(NOW.plus_ms(20)), run.counts));
        assert!(matches!(db.run(RunId(99)).await, Err(StoreError::NotFound { .. })));
        assert!(matches!(db.add_items(RunId(99), &[item("x")]).await, Err(StoreError::NotFound { .. })));
        assert!(matches!(db.start_item(id, 99, NOW).await, Err(StoreError::NotFound { .. })));
    })
    .await;
}

#[tokio::test]
async fn no_two_workers_claim_the_same_item() {
    each_db(async |db: TestDb| {
        let items: Vec<_> = (0..100).map(|n| item(&n.to_string())).collect();
        let id = run_of(&db, &items).await;
        let worker = async || {
            let mut mine = Vec::new();
            loop {
                let claimed = db.take_pieces(Taker::Own, &[(id, 7)], NOW).await.expect("claimed");
                if claimed.is_empty() {
                    return mine;
                }
                assert!(claimed.len() <= 7, "{} on {}", claimed.len(), db.name);
                assert!(claimed.iter().all(|i| i.state == DeviceState::Running && i.attempt == 1));
                mine.extend(claimed.into_iter().map(|i| i.seq));
            }
        };
        let (a, b, c) = futures::join!(worker(), worker(), worker());
        let mut all = [a, b, c].concat();
        all.sort_unstable();
        assert_eq!(all, (1..=100).collect::<Vec<i64>>(), "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn a_run_without_a_process_is_interrupted_and_can_go_on() {
    each_db(async |db: TestDb| {
        let id = run_of(&db, &[item("a"), item("b")]).await;
        db.take_pieces(Taker::Own, &[(id, 1)], NOW).await.expect("claimed");
        let later = NOW.plus_ms(STALE_AFTER_MS);
        db.heartbeat(id, NOW.plus_ms(1)).await.expect("alive");
        assert_eq!(db.interrupt_stale_runs(later).await.expect("looked"), []);
        let busy = db.resume_run(id, later).await.expect_err("it is running");
        assert_eq!(busy.to_string(), "execution 1 is still running; if its process is gone, try again in 15 s");
        assert_eq!(db.interrupt_stale_runs(later.plus_ms(2)).await.expect("looked"), [id]);
        assert_eq!(db.run(id).await.expect("read").state, RunState::Interrupted);

        let run = db.resume_run(id, later.plus_ms(3)).await.expect("resumed");
        assert_eq!((run.state, run.counts.pending, run.counts.running), (RunState::Running, 2, 0));
        assert_eq!(run.heartbeat_at, later.plus_ms(3));
        let again = db.take_pieces(Taker::Own, &[(id, 9)], later).await.expect("claimed");
        assert_eq!(again.iter().map(|i| i.attempt).collect::<Vec<_>>(), [2, 1]);
        db.finish_run(id, RunState::Success, later).await.expect("finished");
        let ended = db.resume_run(id, later).await.expect_err("it has ended");
        assert_eq!(ended.to_string(), "execution 1 has ended (success); there is nothing to resume");
    })
    .await;
}
