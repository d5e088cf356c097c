use std::sync::atomic::AtomicI64;

use model::{Bucket, LoginTry, Timestamp};
use tokio_util::task::TaskTracker;
use transport::{Doorkeeper, Jump, Login, SessionError};

use super::*;
use crate::budget::{Asked, decide, settled};
use crate::settings::JumpHosts;

/// Buckets in memory; time is the test's.
struct Memory {
    buckets: Mutex<HashMap<Account, Bucket>>,
    paces: Mutex<HashMap<String, Duration>>,
    next: AtomicI64,
    asked: AtomicI64,
    began: tokio::time::Instant,
}

impl Default for Memory {
    fn default() -> Self {
        let (buckets, paces, next, asked) = Default::default();
        Self { buckets, paces, next, asked, began: tokio::time::Instant::now() }
    }
}

impl Memory {
    fn tries(&self) -> usize {
        lock(&self.buckets).values().map(|b| b.tries.len()).sum()
    }

    fn moment(&self, account: &Account, n: u32, every: Duration) -> Duration {
        let mut paces = lock(&self.paces);
        let next = paces.entry(account.realm.clone()).or_default();
        let first = (*next).max(self.began.elapsed());
        *next = first + every * n;
        first - self.began.elapsed()
    }
}

impl Budget for Memory {
    fn now(&self) -> Timestamp {
        Timestamp(self.began.elapsed().as_millis() as i64)
    }

    fn reserve<'a>(&'a self, ask: &'a Ask, rules: RealmRules) -> Asked<'a, Answer> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut buckets = lock(&self.buckets);
        let bucket = buckets.entry(ask.account.clone()).or_default();
        let answer = match decide(bucket, ask, "me", &rules, self.now()) {
            Answer::Go { .. } => {
                let id = self.next.fetch_add(1, Ordering::SeqCst);
                bucket.tries.push(LoginTry {
                    id,
                    holder: "me".into(),
                    device: ask.device.clone(),
                    credential: ask.credential.clone(),
                    canary: ask.canary,
                    refused: false,
                    at: self.now().plus_ms(60_000),
                });
                let after = rules.every().map_or(Duration::ZERO, |every| self.moment(&ask.account, 1, every));
                Answer::Go { id, after }
            }
            answer => answer,
        };
        Box::pin(std::future::ready(Ok(answer)))
    }

    fn book<'a>(&'a self, account: &'a Account, n: u32, every: Duration) -> Asked<'a, Duration> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::ready(Ok(self.moment(account, n, every))))
    }

    fn settle<'a>(
        &'a self,
        ask: &'a Ask,
        id: Option<i64>,
        verdict: Verdict,
        rules: RealmRules,
    ) -> Asked<'a, Option<Closed>> {
        let mut buckets = lock(&self.buckets);
        let bucket = buckets.entry(ask.account.clone()).or_default();
        let (row, stop) = settled(bucket, ask.canary, verdict, &rules, self.now());
        (bucket.refused_in_a_row, bucket.stopped) = (row, stop);
        let now = self.now();
        bucket.tries.retain_mut(|t| {
            let mine = Some(t.id) == id;
            if mine && verdict == Verdict::Refused {
                (t.refused, t.at) = (true, now);
            }
            !mine || verdict == Verdict::Refused
        });
        Box::pin(std::future::ready(Ok(None)))
    }
}

fn ask(n: u8) -> (Ask, SocketAddr) {
    let addr = SocketAddr::from(([10, 0, 0, n], 22));
    let account = Account::of(None, "a", addr.ip());
    (Ask { account, credential: "a".into(), device: addr.to_string(), kept: true, canary: true, known: false }, addr)
}

async fn enter(gate: &Gate, n: u8) -> Result<Permit, NoEntry> {
    let (ask, addr) = ask(n);
    gate.enter(ask, addr).await
}

fn gate(budget: &Arc<Memory>) -> Gate {
    Gate::new(budget.clone(), Rules::default(), Worked::new())
}

/// Plays `+` (accepted), `-` (refused), `0` (never got there), `?` (nobody knows), each on a device of its own; a
/// new run begins at `|`, and 30 minutes pass at `.`. After it the account is open or not.
async fn check(story: &str, open: bool) {
    let budget = Arc::new(Memory::default());
    let mut run = gate(&budget);
    for (n, step) in (1..).zip(story.chars()) {
        match step {
            '|' => run = gate(&budget),
            '.' => tokio::time::sleep(Duration::from_secs(31 * 60)).await,
            step => {
                let permit = enter(&run, n).await.unwrap_or_else(|e| panic!("{story}: step {n}: {e}"));
                match step {
                    '+' => permit.settle(Verdict::Accepted).await.expect("settled"),
                    '-' => permit.settle(Verdict::Refused).await.expect("settled"),
                    '0' => permit.settle(Verdict::NotTried).await.expect("settled"),
                    _ => drop(permit),
                }
            }
        }
    }
    let entered = tokio::time::timeout(Duration::from_secs(300), enter(&run, 250)).await;
    assert_eq!(entered.is_ok_and(|e| e.is_ok()), open, "{story}");
}

#[tokio::test(start_paused = true)]
async fn an_account_that_is_refused_in_a_row_is_left_alone_by_all_runs() {
    check("-", true).await;
    check("--", false).await;
    check("-|-|", false).await;
    check("00000", true).await;
    check("+-", true).await;
    check("+--", false).await;
}

#[tokio::test(start_paused = true)]
async fn a_wrong_secret_stays_stopped_and_one_that_works_elsewhere_comes_back() {
    check("--.", false).await;
    check("+--.", true).await;
    check("+--.-", true).await;
    check("+--.--", false).await;
}

#[tokio::test(start_paused = true)]
async fn the_tries_of_a_window_are_never_exceeded() {
    check("+-+-", true).await;
    check("+-+-+-", false).await;
    check("+-+-+-.", true).await;
}

#[tokio::test(start_paused = true)]
async fn a_reservation_whose_process_is_gone_counts_as_refused() {
    check("?", true).await;
    check("?|?|", true).await;
    check("?|?|?|", false).await;
    check("?|?|?|.", true).await;
}

#[tokio::test(start_paused = true)]
async fn an_unproven_account_is_tried_by_one_device_at_a_time() {
    let budget = Arc::new(Memory::default());
    let run = gate(&budget);
    let first = enter(&run, 1).await.expect("open");
    let second = tokio::spawn({
        let run = run.clone();
        async move { enter(&run, 2).await }
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!second.is_finished(), "the second waits for the canary");
    first.settle(Verdict::Accepted).await.expect("settled");
    let second = second.await.expect("task").expect("open");
    let third = tokio::time::timeout(Duration::from_secs(1), enter(&run, 3)).await;
    assert!(third.expect("no waiting").is_ok(), "a proven account is open to several");
    drop(second);
}

#[tokio::test(start_paused = true)]
async fn where_a_secret_is_known_to_work_nobody_waits() {
    let budget = Arc::new(Memory::default());
    let worked: Worked = (1..=200).map(|n| (ask(n).1, "a".to_owned())).collect();
    let run = Gate::new(budget.clone(), Rules::default(), worked);
    enter(&run, 1).await.expect("open").settle(Verdict::Accepted).await.expect("settled");
    let mut permits = Vec::new();
    for n in 1..=200 {
        let entered = tokio::time::timeout(Duration::from_secs(1), enter(&run, n)).await;
        permits.push(entered.expect("no waiting").expect("open"));
    }
    assert_eq!(budget.tries(), 0, "and nothing is reserved");

    permits.pop().expect("one").settle(Verdict::Refused).await.expect("settled");
    let careful = enter(&run, 2).await.expect("open");
    let next = tokio::time::timeout(Duration::from_secs(1), enter(&run, 3)).await;
    assert!(next.is_err(), "after a refusal one goes first again");
    careful.settle(Verdict::Accepted).await.expect("settled");
}

/// Visits new devices with an account that works, all at once; a log-in takes `ms`. Gives how many were under way at
/// once, and how many tries were reserved.
async fn visit_all(budget: &Arc<Memory>, run: &Gate, devices: u8, ms: u64) -> (usize, i64) {
    let (under_way, most) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let visit = |n| {
        let (run, under_way, most) = (run.clone(), under_way.clone(), most.clone());
        tokio::spawn(async move {
            let permit = enter(&run, n).await.expect("open");
            *lock(&under_way) += 1;
            let now = *lock(&under_way);
            let before = *lock(&most);
            *lock(&most) = before.max(now);
            tokio::time::sleep(Duration::from_millis(ms)).await;
            *lock(&under_way) -= 1;
            permit.settle(Verdict::Accepted).await.expect("settled");
        })
    };
    for visit in (1..=devices).map(visit).collect::<Vec<_>>() {
        visit.await.expect("a visit");
    }
    (*lock(&most), budget.next.load(Ordering::SeqCst))
}

#[tokio::test(start_paused = true)]
async fn a_try_goes_from_one_log_in_to_the_next_while_they_are_accepted() {
    let budget = Arc::new(Memory::default());
    let run = gate(&budget);
    let (at_once, reserved) = visit_all(&budget, &run, 200, 5).await;
    assert_eq!(at_once, 2, "never more than may be refused");
    assert!(reserved <= 5, "{reserved} tries were reserved");
    let asked = budget.asked.load(Ordering::SeqCst);
    assert!(asked <= 10, "the budget was asked {asked} times");
    assert_eq!(budget.tries(), 0, "and none is left over");
}

#[tokio::test(start_paused = true)]
async fn the_budget_is_asked_again_every_second() {
    let budget = Arc::new(Memory::default());
    let run = gate(&budget);
    let (_, reserved) = visit_all(&budget, &run, 100, 200).await;
    assert!((15..=30).contains(&reserved), "{reserved} in ten seconds");
}

#[tokio::test(start_paused = true)]
async fn after_a_refusal_no_try_is_handed_on() {
    let budget = Arc::new(Memory::default());
    let run = gate(&budget);
    enter(&run, 1).await.expect("open").settle(Verdict::Accepted).await.expect("settled");
    let (first, second) = (enter(&run, 2).await.expect("open"), enter(&run, 3).await.expect("open"));
    let third = tokio::spawn({
        let run = run.clone();
        async move { enter(&run, 4).await }
    });
    tokio::time::sleep(Duration::from_millis(10)).await;
    first.settle(Verdict::Refused).await.expect("settled");
    second.settle(Verdict::Accepted).await.expect("settled");
    let third = third.await.expect("task").expect("open");
    assert_eq!(budget.tries(), 2, "one is refused and one under way");
    third.settle(Verdict::Accepted).await.expect("settled");
    assert_eq!(budget.tries(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_try_that_nobody_took_is_given_back_at_the_end() {
    let budget = Arc::new(Memory::default());
    let run = gate(&budget);
    enter(&run, 1).await.expect("open").settle(Verdict::Accepted).await.expect("settled");
    let (first, second) = (enter(&run, 2).await.expect("open"), enter(&run, 3).await.expect("open"));
    let third = tokio::spawn({
        let run = run.clone();
        async move { enter(&run, 4).await }
    });
    tokio::time::sleep(Duration::from_millis(10)).await;
    // The visit that waits ends with its run.
    first.settle(Verdict::Accepted).await.expect("settled");
    third.abort();
    let _ = third.await;
    drop(second);
    assert_eq!(budget.tries(), 2);
    run.give_back().await.expect("given back");
    assert_eq!(budget.tries(), 1, "what was lost with its holder counts");
}

#[tokio::test(start_paused = true)]
async fn an_account_that_was_refused_elsewhere_serves_the_devices_that_take_it_one_at_a_time() {
    let budget = Arc::new(Memory::default());
    let worked: Worked = [1, 2].map(|n| (ask(n).1, "a".to_owned())).into();
    let run = || Gate::knowing(budget.clone(), Rules::default(), worked.clone(), HashSet::from(["a".to_owned()]));
    let guesses = run();
    for n in [7, 8] {
        enter(&guesses, n).await.expect("open").settle(Verdict::Refused).await.expect("settled");
    }
    let run = run();
    assert!(enter(&run, 9).await.is_err(), "it is left alone where nobody knows whether it works");
    let known = enter(&run, 1).await.expect("open");
    let next = tokio::time::timeout(Duration::from_secs(1), enter(&run, 2)).await;
    assert!(next.is_err(), "the next waits for it");
    known.settle(Verdict::Accepted).await.expect("settled");
    assert!(enter(&run, 9).await.is_ok(), "an acceptance ends the stop");
}

#[tokio::test(start_paused = true)]
async fn a_known_device_does_not_spend_more_than_there_is() {
    let budget = Arc::new(Memory::default());
    let worked: Worked = (1..=9).map(|n| (ask(n).1, "a".to_owned())).collect();
    let run = Gate::knowing(budget.clone(), Rules::default(), worked, HashSet::from(["a".to_owned()]));
    for n in 1..=3 {
        enter(&run, n).await.expect("open").settle(Verdict::Refused).await.expect("settled");
    }
    assert!(matches!(enter(&run, 4).await, Err(NoEntry::Closed(Closed::UsedUp { used: 3, .. }))));
}

#[tokio::test(start_paused = true)]
async fn the_first_acceptance_of_a_run_is_told_although_somebody_waits_for_its_try() {
    let budget = Arc::new(Memory::default());
    let run = || Gate::knowing(budget.clone(), Rules::default(), Worked::new(), HashSet::from(["a".to_owned()]));
    enter(&run(), 8).await.expect("open").settle(Verdict::Refused).await.expect("settled");
    let run = run();
    let (first, second) = (enter(&run, 1).await.expect("open"), enter(&run, 2).await.expect("open"));
    let third = tokio::spawn({
        let run = run.clone();
        async move { enter(&run, 3).await }
    });
    tokio::time::sleep(Duration::from_millis(10)).await;
    assert!(!third.is_finished(), "one was refused and two are under way");
    first.settle(Verdict::Accepted).await.expect("settled");
    third.await.expect("task").expect("open");
    assert_eq!(lock(&budget.buckets).values().map(|b| b.refused_in_a_row).sum::<u32>(), 0);
    drop(second);
}

#[tokio::test(start_paused = true)]
async fn a_jump_host_that_refuses_stops_its_account_in_every_run() {
    let budget = Arc::new(Memory::default());
    let jump = Jump { addr: ask(1).1, login: Arc::new(Login::new("a", Vec::new())) };
    let was_tried = AtomicI64::new(0);
    let mut errors = Vec::new();
    for _ in 0..3 {
        let door = JumpHosts { gate: gate(&budget), log_ins: TaskTracker::new() };
        let refused = async {
            was_tried.fetch_add(1, Ordering::SeqCst);
            Err(SessionError::Refused { username: "a".into(), tail: String::new() })
        };
        errors.push(door.admit(&jump, Box::pin(refused)).await.expect_err("refused"));
    }
    assert_eq!(was_tried.load(Ordering::SeqCst), 2, "{errors:?}");
    assert!(matches!(errors[2], SessionError::Withheld(_)), "{errors:?}");
    assert!(enter(&gate(&budget), 9).await.is_err(), "and devices are not asked either");
}

/// When each of these log-ins at once began, in milliseconds, in order; devices in `worked` need no try.
async fn moments(budget: &Arc<Memory>, rules: Rules, worked: Worked, devices: u8) -> Vec<u128> {
    let run = Gate::new(budget.clone(), rules, worked);
    let visit = |n| {
        let run = run.clone();
        async move {
            let permit = enter(&run, n).await.expect("open");
            let at = budget.began.elapsed().as_millis();
            permit.settle(Verdict::Accepted).await.expect("settled");
            at
        }
    };
    let mut all = futures::future::join_all((1..=devices).map(visit)).await;
    all.sort_unstable();
    all
}

fn per_second(n: f64) -> Rules {
    Rules { default: RealmRules { per_second: Some(n), ..RealmRules::default() }, ..Rules::default() }
}

#[tokio::test(start_paused = true)]
async fn log_ins_of_a_realm_are_spread_over_time() {
    for worked in [Worked::new(), (1..=200).map(|n| (ask(n).1, "a".to_owned())).collect()] {
        let budget = Arc::new(Memory::default());
        let all = moments(&budget, per_second(10.0), worked.clone(), 100).await;
        assert!(all.windows(11).all(|w| w[10] - w[0] >= 1_000), "{all:?}");
        assert!((9_900..10_300).contains(&all[99]), "{all:?}");
        assert_eq!(budget.tries(), 0, "none was handed on");
        let asked = budget.asked.load(Ordering::SeqCst);
        assert!(worked.is_empty() || asked <= 55, "the budget was asked {asked} times");
    }
}

#[tokio::test(start_paused = true)]
async fn runs_share_the_pace_of_a_realm() {
    let budget = Arc::new(Memory::default());
    let worked: Worked = (1..=100).map(|n| (ask(n).1, "a".to_owned())).collect();
    let runs = [(); 3].map(|()| moments(&budget, per_second(50.0), worked.clone(), 100));
    let runs = futures::future::join_all(runs).await;
    let mut all = runs.concat();
    all.sort_unstable();
    assert!(all.windows(51).all(|w| w[50] - w[0] >= 1_000), "{all:?}");
    assert!(runs.iter().all(|run| run[50] < 5_000), "each gets its share: {runs:?}");
}

#[tokio::test(start_paused = true)]
async fn a_log_in_that_ends_before_its_moment_costs_no_try() {
    let budget = Arc::new(Memory::default());
    let run = Gate::new(budget.clone(), per_second(0.1), Worked::new());
    enter(&run, 1).await.expect("open").settle(Verdict::Accepted).await.expect("settled");
    let late = tokio::time::timeout(Duration::from_secs(5), enter(&run, 2)).await;
    assert!(late.is_err(), "it waits for the pace");
    run.give_back().await.expect("given back");
    assert_eq!(budget.tries(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_jump_host_waits_for_the_turn_of_its_account_as_a_device_does() {
    let budget = Arc::new(Memory::default());
    let run = gate(&budget);
    let busy = enter(&run, 2).await.expect("open");
    let jump = Jump { addr: ask(1).1, login: Arc::new(Login::new("a", Vec::new())) };
    let door = JumpHosts { gate: run, log_ins: TaskTracker::new() };
    let entered = tokio::spawn(async move { door.admit(&jump, Box::pin(std::future::ready(Ok(())))).await });
    tokio::time::sleep(Duration::from_secs(45)).await;
    busy.settle(Verdict::Accepted).await.expect("settled");
    entered.await.expect("task").expect("let in");
}
