//! `jobs_bench URL_OR_FILE RUNS DEVICES PIECES WORKERS`: the queue alone, without a network: how fast pieces are handed out and
//! settled, what that costs, and how long the run that waits longest waits for its first. Prints JSON.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use model::{Clock, DeviceOutcome, DeviceState, RunId, RunKind, SystemClock, TenantId};
use serde_json::json;
use store::{Database, NewItem, NewRun, NewWorker, Store, StoreConfig, Taker, Terms};

const ROOM: usize = 16;

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |n: usize| args[n].parse::<usize>().expect("a number");
    let (runs, devices, pieces, workers) = (number(1), number(2), number(3), number(4));
    let folder = std::env::temp_dir().join(format!("velocity-jobs-{}", std::process::id()));
    let config = StoreConfig { database: Database::from_url(&args[0]), captures_dir: folder.clone() };
    let store = Store::open(&config, TenantId::DEFAULT).await.expect("opened");

    let began = Instant::now();
    queue(&store, runs, devices, pieces).await;
    let queued = began.elapsed().as_secs_f64();

    let (began, cpu) = (Instant::now(), cpu_seconds());
    let first = Arc::new(Mutex::new(BTreeMap::new()));
    let work = (0..workers).map(|n| tokio::spawn(worker(store.clone(), n, began, first.clone())));
    let mut done = 0;
    for worker in work.collect::<Vec<_>>() {
        done += worker.await.expect("it ends");
    }
    let (seconds, cpu) = (began.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let longest = first.lock().expect("one at a time").values().copied().fold(0.0, f64::max);
    let served = first.lock().expect("one at a time").len();
    let open = store.queue_size().await.expect("looked").0;
    let said = json!({
        "runs": runs, "devices": devices, "pieces": done, "workers": workers, "queued_seconds": queued, "seconds": seconds,
        "pieces_per_second": done as f64 / seconds, "cpu_us_per_piece": cpu * 1e6 / done as f64,
        "longest_wait_seconds": longest, "runs_served": served, "runs_left_open": open,
    });
    println!("{said}");
    store.close().await;
    let _ = std::fs::remove_dir_all(folder);
}

/// Each run has so many of the devices, those of the next begin where its end.
async fn queue(store: &Store, runs: usize, devices: usize, pieces: usize) {
    let now = SystemClock.now();
    for run in 0..runs {
        let item = |n: usize| NewItem {
            device: None,
            address: None,
            port: 22,
            name: format!("device-{}", (run * pieces + n) % devices),
            depth: 0,
            parent: None,
        };
        let items: Vec<NewItem> = (0..pieces).map(item).collect();
        let params = json!({});
        let new = NewRun { kind: RunKind::Collection, params: &params, actor: "bench", job: None, batch: None };
        let mut tx = store.begin().await.expect("begun");
        let id = tx.create_run(&new, &items, now).await.expect("a run");
        tx.share_run(id, &Terms { priority: 0, weight: 1, concurrency: None }).await.expect("shared");
        tx.commit().await.expect("written");
    }
}

async fn worker(store: Store, n: usize, began: Instant, first: Arc<Mutex<BTreeMap<RunId, f64>>>) -> u64 {
    let now = SystemClock.now();
    let name = format!("worker-{n}");
    let new = NewWorker { name: &name, host: "bench", pid: 1, sites: &[], concurrency: 16 };
    let id = store.register_worker(&new, now, now).await.expect("registered");
    let outcome = DeviceOutcome {
        state: DeviceState::Success,
        class: None,
        message: String::new(),
        username: None,
        credential: None,
        duration_ms: 0,
    };
    let mut done = 0;
    loop {
        let now = SystemClock.now();
        let taker = Taker::Worker { id, tied: false, lease_until: now.plus_ms(30_000) };
        let items = app::take_turns(&store, taker, ROOM, now).await.expect("taken");
        if items.is_empty() {
            return done;
        }
        let at = began.elapsed().as_secs_f64();
        let runs: Vec<RunId> = items.iter().map(|i| i.run).collect();
        for run in runs {
            first.lock().expect("one at a time").entry(run).or_insert(at);
        }
        for item in items {
            store.finish_piece(item.lease(), None, &outcome, now).await.expect("written");
            store.end_run(item.run, now).await.expect("looked");
            done += 1;
        }
    }
}

/// Of this process, user and system.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: Vec<f64> = after.split(' ').skip(11).take(2).filter_map(|n| n.parse().ok()).collect();
    ticks.iter().sum::<f64>() / 100.0
}
