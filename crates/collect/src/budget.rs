//! The rules by which no account is locked: how many log-ins of it may be under way or have failed.
//!
//! An AAA server counts failures of an account, wherever they come from, and locks it. So there is one bucket for each
//! account, which all runs and machines share. Before a secret is sent that may be refused, a try is reserved in it;
//! after the answer the try is settled. A reservation whose holder is gone counts as refused: the secret may have been
//! sent. Everything here is a function of the bucket and the time.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::time::Duration;

use model::{Account, Bucket, LoginTry, Stop, Timestamp};

/// What is slower is no pace.
const SLOWEST: Duration = Duration::from_secs(600);

/// Refusals in a row after which an account is left alone everywhere.
pub const IN_A_ROW: u32 = 2;

/// What an AAA group bears.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RealmRules {
    /// Refused log-ins of one account within the window; fewer than what the server locks at.
    pub tries: u32,
    pub window_ms: i64,
    /// Log-ins per second, of all its accounts and from all processes.
    pub per_second: Option<f64>,
    /// Log-ins of one account under way at once, also where it is known to work.
    pub at_once: Option<usize>,
}

impl Default for RealmRules {
    fn default() -> Self {
        Self { tries: 3, window_ms: 30 * 60 * 1000, per_second: None, at_once: None }
    }
}

impl RealmRules {
    /// How far apart log-ins are to be, where the realm has a pace.
    pub fn every(&self) -> Option<Duration> {
        let micros = 1e6 / self.per_second.filter(|n| *n > 0.0)?;
        // Rounded up: never more than so many in any second.
        Some(Duration::from_micros(micros.ceil() as u64).min(SLOWEST))
    }
}

/// The rules of all realms.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    pub default: RealmRules,
    pub realms: BTreeMap<String, RealmRules>,
}

impl Rules {
    pub fn of(&self, account: &Account) -> RealmRules {
        self.realms.get(account.realm_name()).copied().unwrap_or(self.default)
    }
}

/// Who wants to log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub account: Account,
    pub credential: String,
    /// The address of the device.
    pub device: String,
    /// The secret is the one that is known by this name.
    pub kept: bool,
    /// Nobody has accepted this secret yet.
    pub canary: bool,
    /// This device took this credential when it was tried last.
    pub known: bool,
}

/// What may be done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The number of the reservation, and how long the pace of the realm has it wait; it lasts from then on.
    Go {
        id: i64,
        after: Duration,
    },
    /// Others are at it; ask again when one of them is done.
    Wait,
    Closed(Closed),
}

/// An account that is left alone, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Closed {
    #[error(
        "account {account} was refused {refusals} times in a row and is left alone, so that it is not locked; \
         correct its password, then `velocity creds clear {}`{}", whose(account), or_after(*until)
    )]
    Stopped { account: Account, refusals: u32, until: Option<Timestamp> },
    #[error(
        "account {account} has used {used} of {tries} tries and is left alone, so that it is not locked; \
         the next one is free at {again_at}, or after `velocity creds clear {}`",
        whose(account)
    )]
    UsedUp { account: Account, used: u32, tries: u32, again_at: Timestamp },
}

/// Who has to see to it.
fn whose(account: &Account) -> &str {
    crate::privilege::user_of(&account.username)
}

fn or_after(until: Option<Timestamp>) -> String {
    until.map_or_else(String::new, |at| format!(", or wait until {at}"))
}

/// How a log-in went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    Refused,
    /// No secret was sent.
    NotTried,
}

/// The bucket cannot be read or written.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the tries of the accounts cannot be read or written: {0}")]
pub struct BudgetError(pub String);

pub type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T, BudgetError>> + Send + 'a>>;

/// Where the buckets of all processes are.
pub trait Budget: Send + Sync {
    fn now(&self) -> Timestamp;
    fn reserve<'a>(&'a self, ask: &'a Ask, rules: RealmRules) -> Asked<'a, Answer>;
    /// Books the next moments of a realm for `n` log-ins, so far apart from each other and from all that were booked before.
    /// Gives how long it is until the first of them.
    fn book<'a>(&'a self, account: &'a Account, n: u32, every: Duration) -> Asked<'a, Duration>;
    /// `try_id` is `None` for a log-in that had reserved none. Gives what is said of an account that is stopped by it.
    fn settle<'a>(
        &'a self,
        ask: &'a Ask,
        try_id: Option<i64>,
        verdict: Verdict,
        rules: RealmRules,
    ) -> Asked<'a, Option<Closed>>;
}

/// What a bucket holds at a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Refused, or lost with its process.
    pub used: u32,
    pub under_way: u32,
    canaries: u32,
    mine: u32,
}

impl Count {
    pub fn of(bucket: &Bucket, holder: &str, rules: &RealmRules, now: Timestamp) -> Self {
        let mut count = Count::default();
        for one in bucket.tries.iter().filter(|t| counts(t, rules, now)) {
            if one.refused || one.at <= now {
                count.used += 1;
                continue;
            }
            count.under_way += 1;
            count.canaries += u32::from(one.canary);
            count.mine += u32::from(one.holder == holder);
        }
        count
    }
}

fn counts(one: &LoginTry, rules: &RealmRules, now: Timestamp) -> bool {
    one.at > now.plus_ms(-rules.window_ms)
}

/// The stop of a bucket, if it holds at this time.
pub fn stop_at(bucket: &Bucket, now: Timestamp) -> Option<Stop> {
    bucket.stopped.filter(|stop| stop.until.is_none_or(|until| until > now))
}

/// Whether one more log-in may begin. `Go` has no number and no pace yet.
pub fn decide(bucket: &Bucket, ask: &Ask, holder: &str, rules: &RealmRules, now: Timestamp) -> Answer {
    let account = || ask.account.clone();
    // Where it was refused says nothing of a device that takes it, as long as it works at all: one at a time finds out.
    let stop = stop_at(bucket, now);
    let is_exempt = |stop: &Stop| ask.known && stop.until.is_some();
    if let Some(Stop { until, .. }) = stop.filter(|stop| !is_exempt(stop)) {
        return Answer::Closed(Closed::Stopped { account: account(), refusals: bucket.refused_in_a_row, until });
    }
    let Count { used, under_way, canaries, mine } = Count::of(bucket, holder, rules, now);
    let tries = rules.tries;
    if used >= tries {
        let mut left: Vec<Timestamp> = bucket.tries.iter().filter(|t| counts(t, rules, now)).map(|t| t.at).collect();
        left.sort();
        let again_at = left.first().map_or(now, |at| at.plus_ms(rules.window_ms));
        return Answer::Closed(Closed::UsedUp { account: account(), used, tries, again_at });
    }
    // A process that dies with all tries in its hands would leave none to those that come after it.
    let all_mine = mine > 0 && mine + 1 >= tries;
    let enough_canaries = match stop {
        Some(_) => under_way > 0,
        None => ask.canary && bucket.refused_in_a_row + canaries >= IN_A_ROW,
    };
    match used + under_way >= tries || all_mine || enough_canaries {
        true => Answer::Wait,
        false => Answer::Go { id: 0, after: Duration::ZERO },
    }
}

/// The same when it turns out that so many refusals came from devices that ask another realm: the servers of this one never
/// heard of them.
pub fn forgiven(bucket: &Bucket, refusals: u32) -> (u32, Option<Stop>) {
    let row = bucket.refused_in_a_row.saturating_sub(refusals);
    (row, bucket.stopped.filter(|_| row >= IN_A_ROW))
}

/// The refusals in a row and the stop after a log-in. One that is refused although the secret works elsewhere stops
/// for the length of the window; one whose secret nobody has accepted, until somebody sees to it.
pub fn settled(
    bucket: &Bucket,
    canary: bool,
    verdict: Verdict,
    rules: &RealmRules,
    now: Timestamp,
) -> (u32, Option<Stop>) {
    match verdict {
        Verdict::NotTried => (bucket.refused_in_a_row, bucket.stopped),
        Verdict::Accepted => (0, None),
        Verdict::Refused => {
            // A stop that has run out is forgotten with what led to it.
            let stop = stop_at(bucket, now);
            let before = if bucket.stopped.is_some() && stop.is_none() { 0 } else { bucket.refused_in_a_row };
            let row = before + 1;
            let until = (!canary).then(|| now.plus_ms(rules.window_ms));
            let fresh = Stop { at: now, until };
            (row, stop.or((row >= IN_A_ROW.min(rules.tries)).then_some(fresh)))
        }
    }
}
