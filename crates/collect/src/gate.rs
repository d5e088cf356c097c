//! No account is ever locked: who may log in with which account now.
//!
//! A wrong password tried on a thousand devices locks the account in the first second. So a log-in that may be refused
//! reserves a try in the [`Budget`] that all processes share, and until a secret has been accepted once, one device
//! alone tries it. Where a secret is known to work nobody need ask: those log-ins wait for nothing.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::Account;
use tokio::sync::{Notify, Semaphore};
use tokio::time::Instant;
use transport::SessionError;

use crate::budget::{Answer, Ask, Budget, BudgetError, Closed, RealmRules, Rules, Verdict};
use crate::pace::Pace;

mod permit;

pub use permit::Permit;
use permit::{Held, Right, Try, Waiting};

/// How long to wait for tries that other processes hold before asking again.
const POLL: Duration = Duration::from_millis(50);

/// A device's address and the credential that it accepted.
pub type Worked = HashSet<(SocketAddr, String)>;

/// What came of a credential on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogIn {
    pub credential: String,
    pub accepted: bool,
}

/// Shared by all that log in during a run.
#[derive(Clone)]
pub struct Gate(Arc<Inner>);

struct Inner {
    budget: Arc<dyn Budget>,
    rules: Rules,
    accounts: Mutex<HashMap<Account, Arc<Entry>>>,
    realms: Mutex<HashMap<String, Arc<Pace>>>,
    worked: Mutex<Worked>,
    /// Credentials that any run saw accepted lately.
    lately: HashSet<String>,
    /// What came of the log-ins at an address, in order, until somebody takes it.
    log_ins: Mutex<HashMap<SocketAddr, Vec<LogIn>>>,
    stops: Mutex<Vec<Closed>>,
}

/// An account, as this process knows it.
struct Entry {
    state: Mutex<State>,
    /// Those that need a try wait here in the order in which they came.
    queue: Arc<tokio::sync::Mutex<()>>,
    settled: Notify,
    held: Arc<AtomicU32>,
    at_once: Option<Arc<Semaphore>>,
}

#[derive(Default)]
struct State {
    /// Credentials whose secrets were accepted in this run.
    proven: HashSet<String>,
    /// It was refused since it was last accepted: it may have been changed under our hands.
    in_doubt: bool,
    /// The bucket may hold refusals that an acceptance would end.
    troubled: bool,
    /// Reserved, and handed on by log-ins that were accepted; the budget still counts them as under way.
    spare: Vec<Try>,
}

/// No log-in now.
#[derive(Debug, Clone, thiserror::Error)]
pub enum NoEntry {
    #[error(transparent)]
    Closed(#[from] Closed),
    #[error(transparent)]
    Budget(#[from] BudgetError),
}

impl From<NoEntry> for SessionError {
    fn from(no: NoEntry) -> Self {
        match no {
            NoEntry::Closed(closed) => SessionError::Withheld(closed.to_string()),
            NoEntry::Budget(error) => error.into(),
        }
    }
}

impl From<BudgetError> for SessionError {
    fn from(error: BudgetError) -> Self {
        SessionError::Undecided(error.to_string())
    }
}

impl Gate {
    /// `worked` is what is known from earlier runs.
    pub fn new(budget: Arc<dyn Budget>, rules: Rules, worked: Worked) -> Self {
        Self::knowing(budget, rules, worked, HashSet::new())
    }

    /// `lately`: credentials that were accepted by any device within the window. A refusal says of none of them that
    /// its secret is wrong everywhere.
    pub fn knowing(budget: Arc<dyn Budget>, rules: Rules, worked: Worked, lately: HashSet<String>) -> Self {
        let (accounts, realms, log_ins, stops) = Default::default();
        let worked = Mutex::new(worked);
        Self(Arc::new(Inner { budget, rules, accounts, realms, worked, lately, log_ins, stops }))
    }

    /// Whether a device took a credential when it was tried last.
    pub fn is_known(&self, addr: SocketAddr, credential: &str) -> bool {
        lock(&self.0.worked).contains(&(addr, credential.to_owned()))
    }

    /// Whether the log-in is one that nobody need wait for: its secret is accepted in this run, and this device took it
    /// before.
    fn is_free(&self, ask: &Ask, addr: SocketAddr) -> bool {
        let entry = self.entry(&ask.account);
        let state = lock(&entry.state);
        let proven = state.proven.contains(&ask.credential) && !state.in_doubt;
        proven && self.is_known(addr, &ask.credential)
    }

    /// What came of the log-ins at an address since it was asked last, in order.
    pub fn take_log_ins(&self, addr: SocketAddr) -> Vec<LogIn> {
        lock(&self.0.log_ins).remove(&addr).unwrap_or_default()
    }

    /// Accounts that this run found to be left alone from now on.
    pub fn stops(&self) -> Vec<Closed> {
        std::mem::take(&mut *lock(&self.0.stops))
    }

    /// Waits until this account may be tried on this device.
    pub async fn enter(&self, mut ask: Ask, addr: SocketAddr) -> Result<Permit, NoEntry> {
        let entry = self.entry(&ask.account);
        let rules = self.0.rules.of(&ask.account);
        let place = match &entry.at_once {
            Some(places) => places.clone().acquire_owned().await.ok(),
            None => None,
        };
        let right = match self.is_free(&ask, addr) {
            true => Right::default(),
            false => self.reserve(&entry, &mut ask, addr, rules).await?,
        };
        let right = self.wait_for_pace(&entry, &ask.account, rules, right).await?;
        Ok(Permit { gate: self.clone(), entry, ask, addr, rules, right, _place: place })
    }

    /// Waits for the moment that was booked with the try; a log-in that needs none books one now.
    async fn wait_for_pace(
        &self,
        entry: &Entry,
        account: &Account,
        rules: RealmRules,
        right: Right,
    ) -> Result<Right, BudgetError> {
        let Some(every) = rules.every() else { return Ok(right) };
        let waiting = Waiting::new(entry, right);
        match waiting.moment() {
            Some(moment) => tokio::time::sleep_until(moment).await,
            None => self.pace(account).wait(&*self.0.budget, account, every).await?,
        }
        Ok(waiting.over())
    }

    async fn reserve(
        &self,
        entry: &Entry,
        ask: &mut Ask,
        addr: SocketAddr,
        rules: RealmRules,
    ) -> Result<Right, NoEntry> {
        let turn = entry.queue.clone().lock_owned().await;
        let mut was_quiet = false;
        loop {
            // Another device may have proven it in the meantime.
            if self.is_free(ask, addr) {
                return Ok(Right::default());
            }
            let (in_doubt, spare) = {
                let mut state = lock(&entry.state);
                let lately = ask.kept && self.0.lately.contains(&ask.credential);
                ask.canary = !(state.proven.contains(&ask.credential) || lately);
                ask.known = ask.kept && self.is_known(addr, &ask.credential);
                (state.in_doubt, std::mem::take(&mut state.spare))
            };
            if let Some(handed) = self.take_over(entry, ask, spare, in_doubt, rules).await? {
                return Ok(Right { reserved: Some(handed), _alone: None });
            }
            let settled = entry.settled.notified();
            // When this process holds all that it may, the budget need not be asked; one of them ends soon.
            let held = entry.held.load(Ordering::Relaxed);
            let answer = match held > 0 && held + 1 >= rules.tries && !was_quiet {
                true => Answer::Wait,
                false => self.0.budget.reserve(ask, rules).await?,
            };
            match answer {
                Answer::Go { id, after } => {
                    let (since, begin) = (self.0.budget.now(), Instant::now() + after);
                    let reserved = Some(Try { id, since, begin, _held: Held::one_of(&entry.held) });
                    return Ok(Right { reserved, _alone: (ask.canary || in_doubt).then_some(turn) });
                }
                Answer::Wait => was_quiet = tokio::time::timeout(POLL, settled).await.is_err(),
                Answer::Closed(closed) => {
                    lock(&entry.state).troubled = true;
                    return Err(closed.into());
                }
            }
        }
    }

    /// One of the tries that were handed on, if this log-in may have it; those that nobody may have are given back.
    async fn take_over(
        &self,
        entry: &Entry,
        ask: &Ask,
        mut spare: Vec<Try>,
        in_doubt: bool,
        rules: RealmRules,
    ) -> Result<Option<Try>, BudgetError> {
        let now = self.0.budget.now();
        let is_fresh = |t: &Try| !ask.canary && !in_doubt && t.may_be_handed_on(now);
        let taken = spare.iter().position(is_fresh).map(|at| spare.swap_remove(at));
        let (kept, stale): (Vec<Try>, Vec<Try>) = spare.into_iter().partition(is_fresh);
        lock(&entry.state).spare.extend(kept);
        for one in stale {
            self.0.budget.settle(ask, Some(one.id), Verdict::NotTried, rules).await?;
        }
        Ok(taken)
    }

    /// At the end of a run: gives back the tries that were handed on to nobody.
    pub async fn give_back(&self) -> Result<(), BudgetError> {
        let accounts: Vec<(Account, Arc<Entry>)> = lock(&self.0.accounts).clone().into_iter().collect();
        for (account, entry) in accounts {
            let (spare, rules) = (std::mem::take(&mut lock(&entry.state).spare), self.0.rules.of(&account));
            let (credential, device) = Default::default();
            let ask = Ask { account, credential, device, kept: false, canary: false, known: false };
            for one in spare {
                self.0.budget.settle(&ask, Some(one.id), Verdict::NotTried, rules).await?;
            }
        }
        Ok(())
    }

    fn entry(&self, account: &Account) -> Arc<Entry> {
        let at_once = || self.0.rules.of(account).at_once.map(|n| Arc::new(Semaphore::new(n.max(1))));
        let fresh = || {
            let (state, queue, held) = Default::default();
            Entry { state, queue, settled: Notify::new(), held, at_once: at_once() }
        };
        lock(&self.0.accounts).entry(account.clone()).or_insert_with(|| Arc::new(fresh())).clone()
    }

    fn pace(&self, account: &Account) -> Arc<Pace> {
        lock(&self.0.realms).entry(account.realm.clone()).or_default().clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
