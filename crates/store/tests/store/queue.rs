use model::object::SCHEDULE;
use model::{
    DeviceOutcome, DeviceState, FailureClass, JobSpec, NoticeKind, RunId, RunKind, RunState, SiteId, Timestamp,
    WorkerId,
};
use serde_json::json;
use store::{
    Firing, Happened, NewItem, NewJob, NewRun, NewSchedule, NewWorker, Next, RunItem, StoreError, Taker, Terms,
};
use testkit::{TestDb, build, each_db};

use super::{NOW, device};

const TERMS: Terms = Terms { priority: 0, weight: 1, concurrency: None };
const LEASE: i64 = 30_000;

fn item(name: &str) -> NewItem {
    NewItem { device: None, address: None, port: 22, name: name.into(), depth: 0, parent: None }
}

async fn shared(db: &TestDb, items: &[NewItem]) -> RunId {
    let new = NewRun { kind: RunKind::Collection, params: &json!({}), actor: "anna", job: None, batch: None };
    let run = db.create_run(&new, items, NOW).await.expect("created");
    db.share_run(run, &TERMS).await.expect("shared");
    run
}

async fn worker(db: &TestDb, name: &str, sites: &[SiteId]) -> WorkerId {
    let new = NewWorker { name, host: "here", pid: 1, sites, concurrency: 5 };
    db.register_worker(&new, NOW, NOW.plus_ms(1)).await.expect("registered")
}

fn taker(id: WorkerId) -> Taker {
    Taker::Worker { id, tied: false, lease_until: NOW.plus_ms(LEASE) }
}

fn outcome(state: DeviceState, class: Option<FailureClass>) -> DeviceOutcome {
    DeviceOutcome { state, class, message: String::new(), username: None, credential: None, duration_ms: 1 }
}

#[tokio::test]
async fn only_who_has_the_lease_writes_the_result() {
    each_db(async |db: TestDb| {
        let run = shared(&db, &[item("a"), item("b")]).await;
        let (one, other) = (worker(&db, "one", &[]).await, worker(&db, "other", &[]).await);
        let mine = db.take_pieces(taker(one), &[(run, 1)], NOW).await.expect("taken").remove(0);
        assert_eq!((mine.seq, mine.attempt, mine.state), (1, 1, DeviceState::Running));
        assert_eq!(db.end_leases(NOW.plus_ms(LEASE)).await.expect("looked"), 0);
        let going = db.renew_leases(one, &[mine.lease()], NOW.plus_ms(2 * LEASE)).await.expect("renewed");
        assert_eq!((going, db.end_leases(NOW.plus_ms(LEASE + 1)).await.expect("looked")), (vec![run], 0));

        assert_eq!(db.end_leases(NOW.plus_ms(2 * LEASE + 1)).await.expect("looked"), 1);
        let theirs = db.take_pieces(taker(other), &[(run, 1)], NOW).await.expect("taken").remove(0);
        assert_eq!((theirs.seq, theirs.attempt), (1, 2));
        let done = outcome(DeviceState::Success, None);
        let late = db.finish_piece(mine.lease(), None, &done, NOW).await.expect_err("it is not ours");
        assert!(matches!(late, StoreError::LeaseLost { seq: 1, .. }), "{late}");
        assert_eq!(db.give_back(&[mine.lease()]).await.expect("looked"), 0, "nor can it be given back");
        db.finish_piece(theirs.lease(), None, &done, NOW).await.expect("written");
        let again = db.finish_piece(theirs.lease(), None, &done, NOW).await.expect_err("it has one");
        assert!(matches!(again, StoreError::LeaseLost { .. }), "{again}");

        let last = db.take_pieces(taker(one), &[(run, 9)], NOW).await.expect("taken").remove(0);
        assert_eq!((db.give_back(&[last.lease()]).await.expect("given"), last.seq), (1, 2));
        let last = db.take_pieces(taker(one), &[(run, 9)], NOW).await.expect("taken").remove(0);
        db.finish_run(run, RunState::Cancelled, NOW).await.expect("cancelled");
        assert_eq!(db.renew_leases(one, &[last.lease()], NOW).await.expect("renewed"), []);
        assert_eq!(db.end_run(run, NOW).await.expect("looked"), None);
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_falls_silent_in_the_middle_of_a_result_keeps_no_other_waiting() {
    each_db(async |db: TestDb| {
        if db.name == "SQLite" {
            // There is one writer, on the machine of all.
            return;
        }
        let run = shared(&db, &[item("a"), item("b")]).await;
        let (one, other) = (worker(&db, "one", &[]).await, worker(&db, "other", &[]).await);
        let pieces = db.take_pieces(taker(one), &[(run, 2)], NOW).await.expect("taken");
        let leases: Vec<_> = pieces.iter().map(RunItem::lease).collect();
        let done = outcome(DeviceState::Success, None);
        let mut silent = db.begin().await.expect("begun");
        silent.finish_piece(leases[0], None, &done, NOW).await.expect("written, but not for others");

        let at_once = std::time::Duration::from_secs(10);
        let renewing = db.renew_leases(one, &leases, NOW.plus_ms(2 * LEASE));
        let going = tokio::time::timeout(at_once, renewing).await.expect("without waiting").expect("renewed");
        assert_eq!(going, [run]);
        let ending = db.end_leases(NOW.plus_ms(LEASE + 1));
        assert_eq!(tokio::time::timeout(at_once, ending).await.expect("without waiting").expect("looked"), 0);
        let ended = db.end_leases(NOW.plus_ms(2 * LEASE + 1)).await.expect("looked");
        assert_eq!(ended, 1, "the one that nobody writes");
        let taken = db.take_pieces(taker(other), &[(run, 9)], NOW).await.expect("taken");
        assert_eq!(taken.iter().map(|i| i.seq).collect::<Vec<_>>(), [2]);
        silent.commit().await.expect("it came back in time");
        assert_eq!(db.run(run).await.expect("read").counts.success, 1);

        // One that falls silent while it hands out pieces.
        let mut silent = db.begin().await.expect("begun");
        silent.lock_queue().await.expect("locked");
        let mut next = db.begin().await.expect("begun");
        tokio::time::timeout(at_once, next.lock_queue()).await.expect("within seconds").expect("locked");
        let cut = silent.open_runs(taker(one)).await.expect_err("the server has given it up");
        assert!(cut.may_pass(), "{cut:?}");
    })
    .await;
}

#[tokio::test]
async fn a_run_ends_once_and_says_how() {
    let failed = || outcome(DeviceState::Failed, Some(FailureClass::Unreachable));
    let done = || outcome(DeviceState::Success, None);
    let skipped = |class| outcome(DeviceState::Skipped, Some(class));
    let cases = [
        (vec![done(), done()], RunState::Success),
        (vec![done(), skipped(FailureClass::Unsupported)], RunState::Success),
        (vec![done(), skipped(FailureClass::AccountProtected)], RunState::Partial),
        (vec![done(), failed()], RunState::Partial),
        (vec![failed(), skipped(FailureClass::Unsupported)], RunState::Failed),
    ];
    each_db(async |db: TestDb| {
        let id = worker(&db, "one", &[]).await;
        for (outcomes, state) in &cases {
            let run = shared(&db, &[item("a"), item("b")]).await;
            assert_eq!(db.end_run(run, NOW).await.expect("looked"), None);
            let pieces = db.take_pieces(taker(id), &[(run, 9)], NOW).await.expect("taken");
            let write = async |n: usize| {
                db.finish_piece(pieces[n].lease(), None, &outcomes[n], NOW).await.expect("written");
                db.end_run(run, NOW.plus_ms(5)).await.expect("looked")
            };
            let (a, b) = futures::join!(write(0), write(1));
            let told: Vec<RunState> = [a, b].into_iter().flatten().collect();
            assert_eq!(told, [*state], "on {}", db.name);
            let run = db.run(run).await.expect("read");
            assert_eq!((run.state, run.ended_at), (*state, Some(NOW.plus_ms(5))));
        }
        assert_eq!(db.runs_without_end().await.expect("looked"), []);
        let left = shared(&db, &[]).await;
        assert_eq!(db.runs_without_end().await.expect("looked"), [left]);
    })
    .await;
}

#[tokio::test]
async fn what_is_open_is_counted_over_all_workers() {
    each_db(async |db: TestDb| {
        let (first, second) = (shared(&db, &[item("a"), item("b")]).await, shared(&db, &[item("c")]).await);
        let (one, other) = (worker(&db, "one", &[]).await, worker(&db, "other", &[]).await);
        db.take_pieces(taker(one), &[(first, 1), (second, 1)], NOW.plus_ms(7)).await.expect("taken");
        db.take_pieces(taker(other), &[(first, 1)], NOW.plus_ms(8)).await.expect("taken");
        let open = db.open_runs(taker(one)).await.expect("looked");
        let told: Vec<_> = open.iter().map(|r| (r.run, r.in_flight, r.waits, r.served.ms_since(NOW))).collect();
        assert_eq!(told, [(first, 2, false, 8), (second, 1, false, 7)], "on {}", db.name);
        let workers = db.workers().await.expect("read");
        assert_eq!(workers.iter().map(|w| w.in_flight).collect::<Vec<_>>(), [2, 1]);
        db.finish_run(first, RunState::Cancelled, NOW).await.expect("cancelled");
        assert_eq!(db.open_runs(taker(one)).await.expect("looked").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_run_at_its_limit_has_nothing_for_who_looks() {
    each_db(async |db: TestDb| {
        let run = shared(&db, &[item("a"), item("b"), item("c")]).await;
        db.share_run(run, &Terms { concurrency: Some(2), ..TERMS }).await.expect("limited");
        let (one, other) = (worker(&db, "one", &[]).await, worker(&db, "other", &[]).await);
        let waits = async || db.anything_waits(taker(other)).await.expect("looked");
        let first = db.take_pieces(taker(one), &[(run, 1)], NOW).await.expect("taken").remove(0);
        assert!(waits().await, "one more may be taken, on {}", db.name);
        db.take_pieces(taker(one), &[(run, 1)], NOW).await.expect("taken");
        assert!(!waits().await, "as many as may be are under way, on {}", db.name);
        assert!(!db.anything_waits(Taker::Own).await.expect("looked"));
        let unlimited = shared(&db, &[item("d")]).await;
        assert!(waits().await, "another run has no limit, on {}", db.name);
        db.finish_run(unlimited, RunState::Cancelled, NOW).await.expect("cancelled");
        assert!(!waits().await);
        db.finish_piece(first.lease(), None, &outcome(DeviceState::Success, None), NOW).await.expect("written");
        assert!(waits().await, "one of them is done, on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn a_site_with_a_worker_of_its_own_is_left_to_it() {
    each_db(async |db: TestDb| {
        let (mut items, mut sites) = (Vec::new(), Vec::new());
        for (n, site) in ["hq", "branch"].into_iter().enumerate() {
            let mut new = build::device(&format!("leaf-{n} 10.0.0.{}", n + 1));
            new.site = Some(site.to_owned());
            let device = db.upsert_device(&new, NOW).await.expect("a device").device;
            items.push(NewItem { device: Some(device.id), ..item(site) });
            let site_id = db.sites().await.expect("sites").into_iter().find(|s| s.slug == site).expect("a site").id;
            sites.push(site_id);
        }
        items.push(item("nowhere"));
        let run = shared(&db, &items).await;
        let tied = worker(&db, "tied", &sites[1..]).await;
        let free = worker(&db, "free", &[]).await;
        let of_tied = Taker::Worker { id: tied, tied: true, lease_until: NOW.plus_ms(LEASE) };
        let names = |items: Vec<store::RunItem>| items.into_iter().map(|i| i.name).collect::<Vec<_>>();
        let taken = db.take_pieces(taker(free), &[(run, 9)], NOW).await.expect("taken");
        assert_eq!(names(taken), ["hq", "nowhere"], "on {}", db.name);
        assert!(!db.open_runs(taker(free)).await.expect("looked")[0].waits, "nothing waits for it");
        assert!(db.open_runs(of_tied).await.expect("looked")[0].waits);
        assert_eq!(names(db.take_pieces(of_tied, &[(run, 9)], NOW).await.expect("taken")), ["branch"]);
        db.remove_worker(tied).await.expect("removed");
        assert_eq!(names(db.take_pieces(taker(free), &[(run, 9)], NOW).await.expect("taken")), ["branch"]);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_one_workers_until_it_is_gone() {
    each_db(async |db: TestDb| {
        let run = shared(&db, &[item("a")]).await;
        let one = worker(&db, "one", &[]).await;
        db.take_pieces(taker(one), &[(run, 1)], NOW).await.expect("taken");
        let new = NewWorker { name: "one", host: "there", pid: 2, sites: &[], concurrency: 1 };
        let taken = db.register_worker(&new, NOW, NOW).await.expect_err("it is there");
        assert!(matches!(taken, StoreError::Conflict(_)), "{taken}");
        assert!(db.worker_is_there(one, "working", NOW.plus_ms(5)).await.expect("alive"));
        let later = db.register_worker(&new, NOW.plus_ms(6), NOW.plus_ms(9)).await.expect("the other one is gone");
        assert!(!db.worker_is_there(one, "working", NOW.plus_ms(9)).await.expect("forgotten"));
        let piece = db.take_pieces(taker(later), &[(run, 1)], NOW).await.expect("taken");
        assert_eq!(piece[0].attempt, 2, "what it had waits again");
    })
    .await;
}

#[tokio::test]
async fn a_time_fires_once() {
    each_db(async |db: TestDb| {
        device(&db, "leaf-1 10.0.0.1").await;
        let spec = JobSpec::default();
        let new = NewJob {
            slug: "nightly",
            name: "Nightly",
            description: None,
            spec: &spec,
            enabled: true,
            favourite: false,
            actor: "anna",
        };
        let job = db.add_job(&new, NOW).await.expect("a job");
        let next = Next { due: Some(Timestamp(9_000)), zone: "Europe/Berlin".into(), since: NOW };
        let new = NewSchedule {
            job,
            timing: "{}",
            zone: None,
            site: Some("lab"),
            jitter_ms: 5,
            seed: 7,
            missed: "skip",
            next: &next,
            actor: "anna",
        };
        let mut tx = db.begin().await.expect("begun");
        let id = tx.add_schedule(&new, NOW).await.expect("a schedule");
        tx.commit().await.expect("written");
        let read = db.schedule(id).await.expect("read");
        assert_eq!((read.job_slug.as_str(), read.site.as_deref(), &read.next), ("nightly", Some("lab"), &next));
        let firing = Firing { due: Timestamp(9_000), at: NOW, outcome: "run".into(), message: None, run: None };
        let (a, b) = futures::join!(db.fire(id, &firing), db.fire(id, &firing));
        assert_eq!([a, b].into_iter().filter(|fired| *fired.as_ref().expect("asked")).count(), 1, "on {}", db.name);
        let later = Firing { due: Timestamp(10_000), ..firing.clone() };
        assert!(db.fire(id, &later).await.expect("asked"));
        assert_eq!(db.schedule(id).await.expect("read").last, Some(later.clone()));
        assert_eq!(db.firings(id, 9).await.expect("read"), [later, firing]);
        let mut tx = db.begin().await.expect("begun");
        tx.delete_record(&SCHEDULE, id.0).await.expect("its firings go with it");
        tx.commit().await.expect("written");
        assert!(matches!(db.schedule(id).await, Err(StoreError::NotFound { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_shared_run_is_cancelled_at_once_whoever_works_on_it() {
    each_db(async |db: TestDb| {
        let run = shared(&db, &[item("a"), item("b")]).await;
        let one = worker(&db, "one", &[]).await;
        let mine = db.take_pieces(taker(one), &[(run, 1)], NOW).await.expect("taken").remove(0);
        assert_eq!(db.cancel_run(run, "anna", NOW).await.expect("cancelled"), store::Cancelled::Done);
        assert_eq!(db.run(run).await.expect("read").state, RunState::Cancelled, "on {}", db.name);
        assert_eq!(db.renew_leases(one, &[mine.lease()], NOW).await.expect("renewed"), [], "its worker hears of it");
        let late = db.finish_piece(mine.lease(), None, &outcome(DeviceState::Success, None), NOW).await;
        assert!(matches!(late, Err(StoreError::LeaseLost { .. })), "{late:?}");
        assert!(db.open_runs(taker(one)).await.expect("looked").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_falls_silent_is_told_once_for_each_silence() {
    each_db(async |db: TestDb| {
        let run = shared(&db, &[item("a"), item("b")]).await;
        let one = worker(&db, "one", &[]).await;
        worker(&db, "other", &[]).await;
        db.take_pieces(taker(one), &[(run, 1)], NOW).await.expect("taken");
        let heard = NOW.plus_ms(1);
        assert_eq!(db.note_lost_workers(heard, NOW.plus_ms(50)).await.expect("looked"), 0, "heard of just then");
        assert!(db.worker_is_there(db_id(&db, "other").await, "stopped", heard).await.expect("said"));
        for (at, new) in [(NOW.plus_ms(LEASE), 1), (NOW.plus_ms(LEASE + 1), 0)] {
            assert_eq!(db.note_lost_workers(at, at).await.expect("looked"), new, "on {}", db.name);
        }
        let lost = db.happened(&[NoticeKind::WorkerLost], NOW).await.expect("read");
        let (worker, host, at) = ("one".to_owned(), "here".to_owned(), NOW.plus_ms(LEASE));
        assert_eq!(lost, [Happened::WorkerLost { worker, host, heard, in_flight: 1, at }]);

        // It comes back, and falls silent again; another takes its name.
        assert!(db.worker_is_there(one, "working", NOW.plus_ms(2 * LEASE)).await.expect("said"));
        let new = NewWorker { name: "one", host: "there", pid: 2, sites: &[], concurrency: 5 };
        let gone = NOW.plus_ms(3 * LEASE);
        db.register_worker(&new, gone, gone).await.expect("registered");
        assert_eq!(db.happened(&[NoticeKind::WorkerLost], NOW).await.expect("read").len(), 2, "on {}", db.name);
        db.forget_notifications(gone.plus_ms(1)).await.expect("forgotten");
        assert_eq!(db.happened(&[NoticeKind::WorkerLost], NOW).await.expect("read"), []);
    })
    .await;
}

async fn db_id(db: &TestDb, name: &str) -> WorkerId {
    db.workers().await.expect("read").into_iter().find(|w| w.name == name).expect("one").id
}
