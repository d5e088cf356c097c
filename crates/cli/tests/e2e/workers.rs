//! Workers on PostgreSQL, while processes are killed, the database goes away and networks are cut: each device has one result in
//! each execution, nothing is lost or there twice, and all executions end.
//!
//! `VELOCITY_CHAOS=DEVICES,DISTURBANCES[,SEED]` makes it as long as wanted: `VELOCITY_CHAOS=2000,20`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::{Actor, App, JobDraft, JobRunOptions, Priority, Write};
use model::job::JobWhat;
use model::{DeviceState, RunId, RunState, TenantId};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use store::{CaptureFilter, Database, Store, StoreConfig};
use testpg::Server;

use crate::bench::{Bench, Site, VELOCITY};
use crate::net::{self, Net};

const PASSWORD: &str = "correct-horse-of-the-vault";
const TYPES: [&str; 3] = ["configs", "version", "arp"];
const WORKERS: usize = 4;
const RUNS: usize = 3;
/// Seconds.
const LEASE: u64 = 3;

/// How long the test is.
struct Size {
    devices: usize,
    disturbances: usize,
    seed: u64,
}

impl Size {
    fn wanted() -> Self {
        let text = std::env::var("VELOCITY_CHAOS").unwrap_or_else(|_| "60,5".to_owned());
        let numbers: Vec<u64> =
            text.split(',').map(|n| n.parse().expect("VELOCITY_CHAOS=DEVICES,DISTURBANCES")).collect();
        let seed = numbers.get(2).copied().unwrap_or(6);
        Self { devices: numbers[0] as usize, disturbances: numbers[1] as usize, seed }
    }
}

/// An installation on PostgreSQL, and homes of workers that share its contents.
struct Rig {
    bench: Bench,
    server: Server,
    nets: Vec<Net>,
    workers: Vec<Option<Child>>,
}

impl Rig {
    async fn new() -> Option<Self> {
        let server = match Server::start_lasting() {
            Ok(server) => server,
            Err(error) => {
                assert!(std::env::var_os("CI").is_none(), "CI needs PostgreSQL: {error}");
                eprintln!("*** NOT TESTED: {error} ***");
                return None;
            }
        };
        let bench = Bench::bare();
        config(&bench.home(), server.url());
        let socket = server.folder().expect("our own").join(".s.PGSQL.5432");
        let mut nets = Vec::new();
        for n in 0..WORKERS {
            let net = Net::new(n, socket.clone()).await;
            let home = bench.dir.path().join(format!("worker-{n}"));
            config(&home, &format!("postgres://velocity@{}/postgres", net.database));
            symlink(bench.home().join("captures"), home.join("captures")).expect("the same contents");
            nets.push(net);
        }
        Some(Self { bench, server, nets, workers: (0..WORKERS).map(|_| None).collect() })
    }

    fn start(&mut self, n: usize) {
        let home = self.bench.dir.path().join(format!("worker-{n}")).display().to_string();
        let name = format!("worker-{n}");
        let args = ["--home", &home, "worker", "--name", &name, "--concurrency", "5"];
        let command = self.nets[n].command(Path::new(VELOCITY));
        let mut child = self.bench.launch(command, &args, "", &[("VELOCITY_VAULT_PASS", Path::new(PASSWORD))]);
        let said = BufReader::new(child.stderr.take().expect("its words")).lines();
        std::thread::spawn(move || said.map_while(Result::ok).for_each(|line| println!("    {name}: {line}")));
        self.workers[n] = Some(child);
    }

    fn kill(&mut self, n: usize) {
        if let Some(mut child) = self.workers[n].take() {
            child.kill().expect("kill -9");
            child.wait().expect("gone");
        }
    }

    /// Those that ended by themselves, which none should.
    fn ended(&mut self) -> Vec<usize> {
        let ended = |child: &mut Option<Child>| child.as_mut().is_some_and(|c| c.try_wait().ok().flatten().is_some());
        self.workers.iter_mut().enumerate().filter_map(|(n, child)| ended(child).then_some(n)).collect()
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        (0..WORKERS).for_each(|n| self.kill(n));
    }
}

fn config(home: &Path, url: &str) {
    std::fs::create_dir_all(home).expect("a home");
    std::fs::write(home.join("config.yaml"), format!("database_url: \"{url}\"\nqueue: {{lease: {LEASE}}}\n"))
        .expect("config");
}

/// Two runs may wait for the same moment of a restart: it is asked again.
async fn asked<T>(mut ask: impl AsyncFnMut() -> Result<T, store::StoreError>) -> T {
    let began = Instant::now();
    loop {
        match ask().await {
            Ok(answer) => return answer,
            Err(error) => assert!(began.elapsed() < Duration::from_secs(30), "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// As many of each kind, in a random order.
fn disturbances(count: usize, rng: &mut StdRng) -> Vec<usize> {
    let mut kinds: Vec<usize> = (0..count).map(|n| n % 3).collect();
    kinds.shuffle(rng);
    kinds
}

async fn disturb(rig: &mut Rig, (n, kind): (usize, usize), rng: &mut StdRng) {
    let worker = rng.random_range(0..WORKERS);
    match kind {
        0 => {
            println!("{n}: kill -9 worker-{worker}");
            rig.kill(worker);
            tokio::time::sleep(Duration::from_millis(rng.random_range(100..1500))).await;
            rig.start(worker);
        }
        1 => {
            let (in_order, ms) = (rng.random_bool(0.5), rng.random_range(200..2000));
            println!("{n}: PostgreSQL {} for {ms} ms", if in_order { "stops" } else { "crashes" });
            rig.server.stop(in_order).expect("stopped");
            tokio::time::sleep(Duration::from_millis(ms)).await;
            rig.server.start_again().expect("started");
        }
        _ => {
            let ms = rng.random_range(500..2000 * LEASE);
            println!("{n}: the network of worker-{worker} is cut for {ms} ms");
            rig.nets[worker].cut(true);
            tokio::time::sleep(Duration::from_millis(ms)).await;
            rig.nets[worker].cut(false);
        }
    }
}

#[test]
fn workers_lose_nothing_whatever_happens() {
    if net::runs_inside("workers::workers_lose_nothing_whatever_happens") {
        return;
    }
    let size = Size::wanted();
    println!("{} devices, {} disturbances, seed {}", size.devices, size.disturbances, size.seed);
    let site = Site::new(size.devices, 1, 91);
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    runtime.block_on(async {
        let Some(mut rig) = Rig::new().await else { return };
        let tell = |rig: &Rig, args: &[&str], input: &str| {
            rig.bench.run_with(args, input, &[("VELOCITY_VAULT_PASS", Path::new(PASSWORD))]).ok()
        };
        tell(&rig, &["init"], "");
        tell(&rig, &["vault", "init"], "");
        tell(&rig, &["vault", "add", "lab", "-u", "admin", "--default", "--password-stdin"], &site.password());
        tell(&rig, &["discover", &site.running.seed(), "--quiet", "--concurrency", "100"], "");

        let app = App::open(&rig.bench.home()).await.expect("opened");
        let actor = Actor::local();
        let what = JobWhat { captures: TYPES.map(str::to_owned).to_vec(), ..JobWhat::default() };
        let draft = JobDraft { name: "Nightly".into(), enabled: true, what, ..JobDraft::default() };
        app.create_jobs(&actor, &[draft], &Write::default()).await.expect("a job");
        let mut runs: Vec<RunId> = Vec::new();
        for _ in 0..RUNS {
            let options = JobRunOptions::default();
            runs.push(app.queue_job(&actor, "nightly", &options, Priority::Background).await.expect("a run"));
        }
        let captures_dir = rig.bench.home().join("captures");
        let database = Database::Postgres(rig.server.url().to_owned());
        let store = Store::open(&StoreConfig { database, captures_dir }, TenantId::DEFAULT).await.expect("opened");
        let began = Instant::now();
        (0..WORKERS).for_each(|n| rig.start(n));
        let now = || format!("{:7.1} s", began.elapsed().as_secs_f64());

        let mut rng = StdRng::seed_from_u64(size.seed);
        let all = u64::try_from(RUNS * size.devices).expect("few");
        let done = async || {
            let mut done = 0;
            for run in &runs {
                let counts = asked(async || store.run(*run).await).await.counts;
                done += counts.success + counts.failed + counts.skipped;
            }
            done
        };
        // Four hundred devices take less than a minute between disturbances, also on a loaded machine.
        let patience = Duration::from_secs(120);
        for (n, kind) in disturbances(size.disturbances, &mut rng).into_iter().enumerate() {
            // Spread over the work: each finds something under way.
            let due = all * (n as u64 + 1) / (size.disturbances as u64 + 2);
            let began = Instant::now();
            while done().await < due {
                assert!(began.elapsed() < patience, "it stands still before disturbance {}", n + 1);
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            print!("{} ", now());
            disturb(&mut rig, (n + 1, kind), &mut rng).await;
        }
        let deadline = Instant::now() + patience;
        for run in &runs {
            while asked(async || store.run(*run).await).await.state == RunState::Running {
                assert!(Instant::now() < deadline, "execution {run} does not end: {:?}", store.run(*run).await);
                assert_eq!(rig.ended(), [0usize; 0], "a worker gave up");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        let took = began.elapsed();
        let again = one_result_each(&store, &runs, size.devices).await;
        let captures = each_capture_once(&store, size.devices).await;
        println!(
            "{all} devices of {RUNS} executions in {:.1} s, {again} visited again, {captures} captures",
            took.as_secs_f64()
        );
        store.close().await;
    });
}

/// Gives how many were visited more than once.
async fn one_result_each(store: &Store, runs: &[RunId], devices: usize) -> u32 {
    let mut again = 0;
    for run in runs {
        let ended = store.run(*run).await.expect("read");
        // Also where workers have networks of their own, in which sessions with devices are cut: somebody else visits them.
        for item in store.run_items(*run, &[DeviceState::Failed, DeviceState::Skipped]).await.expect("read") {
            println!("{} of {run}, attempt {}: {:?}: {}", item.name, item.attempt, item.class, item.message);
        }
        assert_eq!((ended.state, ended.counts.success as usize), (RunState::Success, devices), "{ended:?}");
        let items = store.run_items(*run, &[]).await.expect("read");
        let mut seen: Vec<_> = items.iter().map(|i| i.device.expect("a device")).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), devices);
        assert!(items.iter().all(|i| i.attempt >= 1));
        again += items.iter().map(|i| i.attempt - 1).sum::<u32>();
    }
    again
}

/// Each device has each capture, no version of it is there twice, and its content can be read.
async fn each_capture_once(store: &Store, devices: usize) -> usize {
    let captures = store.captures(&CaptureFilter::default()).await.expect("read");
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for capture in &captures {
        found.entry((capture.device, capture.capture_type.clone())).or_default().push(capture.content_hash.clone());
    }
    for ty in TYPES {
        assert_eq!(found.keys().filter(|(_, t)| t == ty).count(), devices, "{ty}");
    }
    for ((device, ty), versions) in &found {
        let twice = versions.windows(2).any(|pair| pair[0] == pair[1]);
        assert!(!twice, "{ty} of {device} is there twice");
    }
    for capture in &captures {
        store.content(capture.id).await.expect("its content");
    }
    captures.len()
}

#[test]
fn a_worker_that_is_told_to_stop_leaves_nothing_lying() {
    let site = Site::new(30, 1, 92);
    let bench = Bench::new();
    let tell =
        |args: &[&str], input: &str| bench.run_with(args, input, &[("VELOCITY_VAULT_PASS", Path::new(PASSWORD))]).ok();
    tell(&["vault", "init"], "");
    tell(&["vault", "add", "lab", "-u", "admin", "--default", "--password-stdin"], &site.password());
    tell(&["discover", &site.running.seed(), "--quiet"], "");
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let (app, run) = runtime.block_on(async {
        let app = Arc::new(App::open(&bench.home()).await.expect("opened"));
        let what = JobWhat { captures: vec!["configs".into()], ..JobWhat::default() };
        let draft = JobDraft { name: "Nightly".into(), enabled: true, what, ..JobDraft::default() };
        app.create_jobs(&Actor::local(), &[draft], &Write::default()).await.expect("a job");
        let options = JobRunOptions::default();
        let run = app.queue_job(&Actor::local(), "nightly", &options, Priority::Person).await.expect("a run");
        (app, run)
    });
    let counts = || runtime.block_on(app.run(&Actor::local(), run)).expect("read").0;
    let start = || bench.start(&["worker", "--concurrency", "2"], "", &[("VELOCITY_VAULT_PASS", Path::new(PASSWORD))]);
    let mut worker = start();
    while counts().succeeded < 5 {
        std::thread::sleep(Duration::from_millis(20));
    }
    let told = std::process::Command::new("kill").args(["-TERM", &worker.id().to_string()]).status().expect("kill");
    assert!(told.success() && worker.wait().expect("it stops").success());
    let stopped = counts();
    assert!(stopped.succeeded < 30, "it was stopped in between");
    let items = runtime.block_on(app.run(&Actor::local(), run)).expect("read").1;
    assert!(items.iter().all(|i| i.state != DeviceState::Running), "nothing is left under way");
    assert_eq!(bench.run(&["worker", "list", "--json"], "").ok().json(), serde_json::json!([]));

    let mut worker = start();
    while counts().state == RunState::Running {
        std::thread::sleep(Duration::from_millis(20));
    }
    let ended = counts();
    assert_eq!((ended.state, ended.succeeded), (RunState::Success, 30), "{ended:?}");
    std::process::Command::new("kill").args(["-TERM", &worker.id().to_string()]).status().expect("kill");
    assert!(worker.wait().expect("it stops").success());
}
