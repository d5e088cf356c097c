//! The right to one log-in, from the try that is reserved for it to what came of it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use model::Timestamp;
use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit};
use tokio::time::Instant;

use super::{Entry, Gate, Inner, LogIn, lock};
use crate::budget::{Ask, BudgetError, RealmRules, Verdict};

/// For how long a try goes from one log-in that was accepted to the next without a look at the budget: much less than a
/// reservation lasts, and soon enough to hear that others were refused.
const HANDED_ON_MS: i64 = 1_000;

/// A reservation in the budget.
pub(super) struct Try {
    pub id: i64,
    pub since: Timestamp,
    /// When it may be used, where the realm has a pace.
    pub begin: Instant,
    pub _held: Held,
}

/// Counts the reservations of an account that this process holds.
pub(super) struct Held(Arc<AtomicU32>);

impl Held {
    pub fn one_of(all: &Arc<AtomicU32>) -> Self {
        all.fetch_add(1, Ordering::Relaxed);
        Self(all.clone())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Try {
    pub fn may_be_handed_on(&self, now: Timestamp) -> bool {
        (0..HANDED_ON_MS).contains(&now.ms_since(self.since))
    }
}

/// What a log-in holds until it is settled.
#[derive(Default)]
pub(super) struct Right {
    pub reserved: Option<Try>,
    /// The canary's: nobody else of this process gets a try.
    pub _alone: Option<OwnedMutexGuard<()>>,
}

/// Has its right, and waits for the pace of its realm. No secret was sent: when it is dropped, its try is for others, or is
/// given back.
pub(super) struct Waiting<'e> {
    entry: &'e Entry,
    right: Right,
}

impl<'e> Waiting<'e> {
    pub fn new(entry: &'e Entry, right: Right) -> Self {
        Self { entry, right }
    }

    /// What was booked with the try.
    pub fn moment(&self) -> Option<Instant> {
        self.right.reserved.as_ref().map(|t| t.begin)
    }

    pub fn over(mut self) -> Right {
        std::mem::take(&mut self.right)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        lock(&self.entry.state).spare.extend(self.right.reserved.take());
    }
}

/// The right to one log-in. Dropped without a word, its reservation runs out and counts as refused: the secret may have
/// been sent.
pub struct Permit {
    pub(super) gate: Gate,
    pub(super) entry: Arc<Entry>,
    pub(super) ask: Ask,
    pub(super) addr: SocketAddr,
    pub(super) rules: RealmRules,
    pub(super) right: Right,
    pub(super) _place: Option<OwnedSemaphorePermit>,
}

impl Permit {
    /// Tells how it went.
    pub async fn settle(mut self, verdict: Verdict) -> Result<(), BudgetError> {
        let gate = self.gate.clone();
        let Inner { budget, worked, stops, log_ins, .. } = &*gate.0;
        let place = (self.addr, self.ask.credential.clone());
        if verdict != Verdict::NotTried {
            let log_in = LogIn { credential: self.ask.credential.clone(), accepted: verdict == Verdict::Accepted };
            lock(log_ins).entry(self.addr).or_default().push(log_in);
        }
        let tell = {
            let mut state = lock(&self.entry.state);
            match verdict {
                Verdict::Accepted => {
                    lock(worked).insert(place);
                    // The first one ends what earlier runs left there.
                    let is_first = state.proven.insert(self.ask.credential.clone());
                    state.in_doubt = false;
                    std::mem::take(&mut state.troubled) || is_first
                }
                Verdict::Refused => {
                    lock(worked).remove(&place);
                    (state.in_doubt, state.troubled) = (true, true);
                    true
                }
                Verdict::NotTried => false,
            }
        };
        if !tell && self.hand_on(verdict) {
            return Ok(());
        }
        if tell || self.right.reserved.is_some() {
            let spare = std::mem::take(&mut lock(&self.entry.state).spare);
            let reserved = self.right.reserved.take();
            let said = budget.settle(&self.ask, reserved.as_ref().map(|t| t.id), verdict, self.rules).await;
            drop(reserved);
            // Whoever they were handed on to has found a try of its own.
            for one in spare {
                budget.settle(&self.ask, Some(one.id), Verdict::NotTried, self.rules).await?;
            }
            self.entry.settled.notify_one();
            lock(stops).extend(said?);
        }
        Ok(())
    }

    /// Leaves the try to the log-in that waits for one. The budget is told neither that this one was accepted, which
    /// changes nothing there, nor that the next one has begun: that is as if this one took longer.
    fn hand_on(&mut self, verdict: Verdict) -> bool {
        let now = self.gate.0.budget.now();
        // Whoever has the turn without being let in waits for a try.
        let is_wanted = || self.right._alone.is_none() && self.entry.queue.try_lock().is_err();
        // With a pace each log-in books its own moment, and its try with it.
        if verdict != Verdict::Accepted || self.ask.canary || self.rules.every().is_some() || !is_wanted() {
            return false;
        }
        let Some(fresh) = self.right.reserved.take_if(|t| t.may_be_handed_on(now)) else { return false };
        lock(&self.entry.state).spare.push(fresh);
        self.entry.settled.notify_one();
        true
    }
}
