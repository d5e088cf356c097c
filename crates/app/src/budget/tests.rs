//! Many processes at once against an AAA server that locks: it never does.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;

use collect::{Gate, Rules};
use model::Account;
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
