//! Many processes at once against an AAA server that locks: it never does.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;

use collect::{Gate, Rules};
use model::{Account, SystemClock};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use testkit::{FixedClock, TestDb, each_db};
use tokio::sync::RwLock;

use super::*;

/// Counts failures as a server does that forgets none of them on success, and locks when there are more in a window than
/// the tries that the operator allows.
#[derive(Default)]
struct Aaa(Mutex<HashMap<Account, Vec<Timestamp>>>);

impl Aaa {
    fn refuse(&self, account: &Account, now: Timestamp, rules: &RealmRules) {
        let mut failures = self.0.lock().expect("lock");
        let failures = failures.entry(account.clone()).or_default();
        failures.push(now);
        let recent = failures.iter().filter(|at| **at > now.plus_ms(-rules.window_ms)).count();
        assert!(recent <= rules.tries as usize, "{account} is locked after {recent} failures");
    }
}

struct World {
    aaa: Aaa,
    clock: FixedClock,
    /// Log-ins hold it shared; time goes on when nobody is in one, for none takes as long as a reservation lasts.
    time: RwLock<()>,
    rules: Rules,
    accepted: AtomicU64,
    refused: AtomicU64,
}

/// A fifth of the devices refuses what the others accept.
fn is_odd(device: u8) -> bool {
    device.is_multiple_of(5)
}

/// One process: log-ins with right and wrong secrets, some at once, and now and then a death in between.
async fn process(store: Store, world: &World, seed: u64) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let gate = || {
        let (clock, holder) = (Arc::new(world.clock.clone()), holder(world.clock.now()));
        let budget = StoreBudget { store: store.clone(), clock, holder, lease_ms: 60_000 };
        Gate::new(Arc::new(budget), world.rules.clone(), collect::Worked::new())
    };
    let mut run = gate();
    for _ in 0..20 {
        match rng.random_range(0..100) {
            0..24 => {
                let _alone = world.time.write().await;
                world.clock.advance_ms(rng.random_range(0..20 * 60_000));
            }
            24..36 => run = gate(),
            _ => {}
        }
        let _in_time = world.time.read().await;
        let seeds: [u64; 3] = rng.random();
        futures::future::join_all(seeds.map(|seed| log_in(&run, world, seed))).await;
    }
}

async fn log_in(run: &Gate, world: &World, seed: u64) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let device = rng.random_range(1..=20);
    let addr = SocketAddr::from(([10, 0, 0, device], 22));
    let realm = [None, Some("tacacs"), Some("local")][rng.random_range(0..3)];
    let account = Account::of(realm, ["ops", "admin"][rng.random_range(0..2)], addr.ip());
    let is_right = rng.random_bool(0.7);
    let credential = format!("{} {is_right}", account.username);
    let ask = Ask {
        account: account.clone(),
        credential,
        device: addr.to_string(),
        kept: is_right,
        canary: true,
        known: false,
    };
    let entered = tokio::time::timeout(Duration::from_millis(300), run.enter(ask, addr)).await;
    let Ok(Ok(permit)) = entered else { return };
    let accepted = is_right && !is_odd(device);
    let (death, at) = (rng.random_bool(0.05), rng.random_bool(0.5));
    if death && at {
        return;
    }
    if !accepted {
        world.aaa.refuse(&account, world.clock.now(), &world.rules.of(&account));
    }
    if death {
        return;
    }
    let (count, verdict) = match accepted {
        true => (&world.accepted, Verdict::Accepted),
        false => (&world.refused, Verdict::Refused),
    };
    count.fetch_add(1, Ordering::Relaxed);
    permit.settle(verdict).await.expect("settled");
}

#[tokio::test]
async fn whatever_many_processes_do_at_once_no_account_is_locked() {
    each_db(async |db: TestDb| {
        for seed in 0..3 {
            let strict = RealmRules { tries: 2, window_ms: 15 * 60_000, ..RealmRules::default() };
            let world = World {
                aaa: Aaa::default(),
                clock: FixedClock::at(&format!("2026-11-2{seed}T00:00:00Z")),
                time: RwLock::default(),
                rules: Rules { realms: [("tacacs".to_owned(), strict)].into(), ..Rules::default() },
                accepted: AtomicU64::new(0),
                refused: AtomicU64::new(0),
            };
            for account in db.buckets().await.expect("read").keys() {
                db.clear_bucket(account).await.expect("cleared");
            }
            let mut stores = Vec::new();
            for _ in 0..6 {
                stores.push(db.reopen().await);
            }
            let all = (0..).zip(&stores).map(|(n, store)| process(store.clone(), &world, seed * 100 + n));
            futures::future::join_all(all).await;
            let (accepted, refused) = (world.accepted.into_inner(), world.refused.into_inner());
            println!("{}: {accepted} accepted, {refused} refused", db.name);
            assert!(accepted > 20 && refused > 5, "{}: {accepted} accepted, {refused} refused", db.name);
            for store in stores {
                store.close().await;
            }
        }
    })
    .await;
}

/// Every moment that `gates` processes get for their log-ins in a realm of 40 log-ins per second; half of them on devices
/// that need no try.
async fn moments_of(db: &TestDb, gates: usize) -> Vec<std::time::Instant> {
    let pace = RealmRules { per_second: Some(40.0), tries: 50, ..RealmRules::default() };
    let rules = Rules { realms: [("tacacs".to_owned(), pace)].into(), ..Rules::default() };
    let device = |n: u8| SocketAddr::from(([10, 0, 0, n], 22));
    let worked: collect::Worked = (1..=10).map(|n| (device(n), "ops".to_owned())).collect();
    let mut runs = Vec::new();
    for _ in 0..gates {
        let (store, clock) = (db.reopen().await, Arc::new(SystemClock));
        let budget = StoreBudget { store, holder: holder(clock.now()), clock, lease_ms: 60_000 };
        runs.push(Gate::new(Arc::new(budget), rules.clone(), worked.clone()));
    }
    let log_in = async |run: Gate, n| {
        let (account, addr) = (Account::of(Some("tacacs"), "ops", device(n).ip()), device(n));
        let (credential, device) = ("ops".to_owned(), addr.to_string());
        let ask = Ask { account, credential, device, kept: true, canary: true, known: false };
        let permit = run.enter(ask, addr).await.expect("open");
        let at = std::time::Instant::now();
        permit.settle(Verdict::Accepted).await.expect("settled");
        at
    };
    let all = runs.iter().flat_map(|run| (1..=20).map(|n| log_in(run.clone(), n)));
    let mut all = futures::future::join_all(all).await;
    all.sort_unstable();
    all
}

#[tokio::test]
async fn all_processes_together_keep_to_the_pace_of_a_realm() {
    each_db(async |db: TestDb| {
        let (began, first) = (SystemClock.now(), std::time::Instant::now());
        let all = moments_of(&db, 4).await;
        // However late a busy machine is, none is early.
        let early = all.iter().zip(0u32..).find(|(at, n)| **at - first < Duration::from_millis(25) * *n);
        assert!(early.is_none(), "{}: {early:?}", db.name);
        let next = db.book_log_ins("tacacs", 1, 0, SystemClock.now()).await.expect("booked") - began.0 * 1000;
        assert!(next >= 2_000_000, "{}: 80 log-ins were booked within {next} microseconds", db.name);
    })
    .await;
}

#[tokio::test]
async fn moments_are_booked_once_whoever_asks_and_whatever_the_time() {
    each_db(async |db: TestDb| {
        let mut stores = Vec::new();
        for _ in 0..4 {
            stores.push(db.reopen().await);
        }
        let book = async |store: Store, seed: u64| {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let (mut now, mut booked) = (Timestamp(1_000), Vec::new());
            for _ in 0..30 {
                let n = rng.random_range(1..4);
                // Clocks of machines go by themselves.
                now = now.plus_ms(rng.random_range(0..100));
                let first = store.book_log_ins("tacacs", n, 20_000, now).await.expect("booked");
                assert!(first >= now.0 * 1000, "not before now");
                booked.extend((0..i64::from(n)).map(|n| first + n * 20_000));
            }
            booked
        };
        let all = stores.iter().zip(0..).map(|(store, seed)| book(store.clone(), seed));
        let mut all = futures::future::join_all(all).await.concat();
        all.sort_unstable();
        assert!(all.windows(2).all(|w| w[1] - w[0] >= 20_000), "{}: {all:?}", db.name);
        let elsewhere = db.book_log_ins("radius", 1, 20_000, Timestamp(1_000)).await.expect("booked");
        assert_eq!(elsewhere, 1_000_000, "{}: each realm for itself", db.name);
        let years = db.book_log_ins("radius", 1, 20_000, Timestamp(4_000_000_000_000)).await.expect("booked");
        let back = db.book_log_ins("radius", 1, 20_000, Timestamp(2_000)).await.expect("booked");
        assert_eq!((years, back), (4_000_000_000_000_000, 2_000_000), "{}: a clock that was wrong", db.name);
    })
    .await;
}

#[tokio::test]
async fn what_a_device_of_another_realm_refused_counts_there() {
    each_db(async |db: TestDb| {
        let now = Timestamp(1_000_000);
        let clock = Arc::new(FixedClock::at("1970-01-01T00:16:40Z"));
        let store = db.reopen().await;
        let budget = StoreBudget { store: store.clone(), holder: holder(now), clock, lease_ms: 60_000 };
        let refuse = async |realm: &str, username: &str, device: &str| {
            let account = Account { realm: realm.to_owned(), username: username.to_owned() };
            let (credential, device) = (username.to_owned(), device.to_owned());
            let ask = Ask { account, credential, device, kept: true, canary: true, known: false };
            let rules = RealmRules::default();
            let Ok(Answer::Go { id, .. }) = budget.reserve(&ask, rules).await else { panic!("open") };
            budget.settle(&ask, Some(id), Verdict::Refused, rules).await.expect("settled");
        };
        for (realm, username) in
            [("apac", "a"), ("apac", "e"), ("apac", "boss"), ("emea", "e"), ("default", "d"), ("local 10.0.0.1", "l")]
        {
            refuse(realm, username, "10.0.0.1:22").await;
            refuse(realm, username, "10.0.0.2:22").await;
        }
        let mut tx = store.begin().await.expect("begun");
        let accepted = Account { realm: "emea".to_owned(), username: "boss".to_owned() };
        let rules = RealmRules::default();
        reattribute(&mut tx, "10.0.0.1:22", &accepted, &rules, now).await.expect("moved");
        tx.commit().await.expect("committed");
        let left = store.buckets().await.expect("read");
        let of = |realm: &str, username: &str| {
            let account = Account { realm: realm.to_owned(), username: username.to_owned() };
            let bucket = left.get(&account).unwrap_or_else(|| panic!("{}: no {realm} {username}", db.name));
            (bucket.tries.len(), bucket.refused_in_a_row, bucket.stopped.is_some())
        };
        assert_eq!((of("apac", "a"), of("emea", "a")), ((1, 1, false), (1, 1, false)), "{}", db.name);
        // Where there is an account of that name already, it has borne it all.
        assert_eq!((of("apac", "e"), of("emea", "e")), ((1, 1, false), (3, 3, true)), "{}", db.name);
        assert_eq!((of("apac", "boss"), of("emea", "boss")), ((1, 1, false), (1, 0, false)), "{}", db.name);
        for (realm, name) in [("default", "d"), ("local 10.0.0.1", "l")] {
            assert_eq!(of(realm, name), (2, 2, true), "{} {name}", db.name);
        }
    })
    .await;
}
