use std::sync::Arc;

use ::templates::{Layer, Library, Release};
use collect::budget::{Ask, Verdict};
use collect::{Rules, Worked};
use discovery::Placing;
use model::{Account, DeviceIdentity, DeviceState, Platforms, RunKind};
use store::{NewItem, NewRun, Store};
use testkit::{FixedClock, TestDb, each_db};

use super::*;
use crate::budget::StoreBudget;
use crate::reader::LiveReader;

fn app(store: &Store, home: &std::path::Path) -> App {
    let release = Arc::clone(Release::builtin());
    App {
        severity: Arc::default(),
        kinds: Arc::default(),
        cancelled: Arc::default(),
        hall: Arc::default(),
        home: home.to_path_buf(),
        config: Arc::default(),
        store: store.clone(),
        clock: Arc::new(FixedClock::at("2026-11-21T00:00:00Z")),
        placing: Arc::new(Placing::new(&[], &[]).expect("no rules")),
        reader: LiveReader::new(
            Platforms::builtin(),
            Arc::new(Library::new(release, Layer::default(), Layer::default())),
        ),
    }
}

fn candidate(key: i64, name: &str) -> Candidate {
    let addr = SocketAddr::from(([10, 0, 0, u8::try_from(key).expect("small")], 22));
    Candidate { key, addr: Some(addr), name: Some(name.to_owned()), depth: 0, parent: None }
}

/// A device that was found, with the neighbours that it brought.
fn found(key: i64, name: &str, fresh: Vec<Candidate>) -> Event {
    let platform = Platforms::builtin().get("cisco_ios").expect("a platform");
    let identity = DeviceIdentity { name: name.to_owned(), ..DeviceIdentity::default() };
    let outcome = DeviceOutcome {
        state: DeviceState::Success,
        class: None,
        message: String::new(),
        username: Some("ops".to_owned()),
        credential: None,
        duration_ms: 1,
    };
    let probe = Probe {
        identity,
        platform,
        model: None,
        os_version: None,
        chassis_mac: None,
        claims: Vec::new(),
        captures: Vec::new(),
        accesses: vec![Access { username: "ops".to_owned(), platform: platform.name.clone() }],
        agent: None,
        outcome,
    };
    Event::Found { at: candidate(key, name), probe: Box::new(probe), fresh, verdicts: Vec::new() }
}

/// A crawl of three seeds.
struct Crawled {
    app: App,
    run: RunId,
    recorder: Recorder,
    gate: Gate,
    _home: tempfile::TempDir,
}

async fn crawled(db: &TestDb) -> Crawled {
    let home = tempfile::tempdir().expect("a folder");
    let app = app(db, home.path());
    let now = app.clock.now();
    let item = |c: &Candidate| NewItem { name: label(c), ..crate::discover::item(c) };
    let seeds = ["a", "b", "c"].iter().zip(1..).map(|(name, key)| item(&candidate(key, name))).collect::<Vec<_>>();
    let new =
        NewRun { kind: RunKind::Discovery, params: &serde_json::Value::Null, actor: "me", job: None, batch: None };
    let run = db.create_run(&new, &seeds, now).await.expect("a run");
    let (sink, _events) = crate::events::channel();
    let recorder = Recorder::start(&app, sink, Some(run), RunKind::Discovery, 3, &Default::default());
    let budget =
        StoreBudget { store: db.store.clone(), clock: app.clock.clone(), holder: "me".into(), lease_ms: 60_000 };
    let gate = Gate::new(Arc::new(budget), Rules::default(), Worked::new());
    Crawled { app, run, recorder, gate, _home: home }
}

/// Records events in one go. Gives the devices in the store and what is told of each item.
async fn recorded(db: &TestDb, events: Vec<Event>) -> (String, String) {
    let Crawled { app, run, recorder, gate, _home } = crawled(db).await;
    app.record(events, &recorder, &Book::default(), &gate).await;
    let devices = db.devices(&DeviceFilter::default()).await.expect("devices");
    let items = db.run_items(run, &[]).await.expect("items");
    let mut names: Vec<_> = devices.into_iter().map(|d| d.name).collect();
    names.sort();
    let told: Vec<_> = items.iter().map(|i| format!("{} {} {}", i.seq, i.name, i.state.as_str())).collect();
    (names.join(" "), told.join(", "))
}

#[tokio::test]
async fn what_comes_together_is_stored_together() {
    each_db(async |db: TestDb| {
        let events = vec![
            Event::Started(candidate(1, "a")),
            Event::Started(candidate(2, "b")),
            found(1, "a", vec![candidate(4, "d")]),
            found(2, "b", vec![candidate(5, "e")]),
            Event::Started(candidate(4, "d")),
        ];
        let (devices, items) = recorded(&db, events).await;
        assert_eq!(devices, "a b", "{}", db.name);
        assert_eq!(items, "1 a success, 2 b success, 3 c pending, 4 d running, 5 e pending", "{}", db.name);
    })
    .await;
}

#[tokio::test]
async fn a_device_that_cannot_be_stored_undoes_none_of_its_neighbours() {
    each_db(async |db: TestDb| {
        // The number that its neighbour has got in the crawl is not the next one of the run.
        let events = vec![found(1, "a", vec![]), found(2, "b", vec![candidate(99, "d")]), found(3, "c", vec![])];
        let (devices, items) = recorded(&db, events).await;
        assert_eq!(devices, "a c", "{}", db.name);
        assert_eq!(items, "1 a success, 2 b failed, 3 c success", "{}", db.name);
    })
    .await;
}

#[tokio::test]
async fn what_came_of_log_ins_is_kept_by_agents_and_by_devices_that_failed() {
    each_db(async |db: TestDb| {
        let Crawled { app, recorder, gate, _home, .. } = crawled(&db).await;
        let mut first = found(1, "a", vec![]);
        if let Event::Found { probe, .. } = &mut first {
            probe.agent = Some("public".to_owned());
        }
        app.record(vec![first], &recorder, &Book::default(), &gate).await;
        let (again, stranger) = (candidate(1, "a"), candidate(2, "b"));
        for at in [&again, &stranger] {
            let addr = at.addr.expect("an address");
            let (account, device) = (Account::of(None, "ops", addr.ip()), addr.to_string());
            let ask = Ask { account, credential: "old".into(), device, kept: true, canary: true, known: false };
            gate.enter(ask, addr).await.expect("open").settle(Verdict::Refused).await.expect("settled");
        }
        let outcome = DeviceOutcome {
            state: DeviceState::Failed,
            class: None,
            message: String::new(),
            username: None,
            credential: None,
            duration_ms: 1,
        };
        let failed = |at| Event::Failed { at, outcome: outcome.clone() };
        app.record(vec![failed(again), failed(stranger)], &recorder, &Book::default(), &gate).await;
        let known = db.device_credentials(None).await.expect("read");
        let mut known: Vec<_> = known.iter().map(|c| format!("{} {} {}", c.kind, c.credential, c.works())).collect();
        known.sort();
        assert_eq!(known, ["snmp public true", "ssh old false"], "{}", db.name);
    })
    .await;
}
