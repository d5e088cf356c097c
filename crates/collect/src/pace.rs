//! So many log-ins per second in a realm and no more, in all processes together.
//!
//! The moments are booked in the [`Budget`] that all share. Log-ins that need no try book theirs for several at once:
//! never for longer than a moment ahead, so that other processes get theirs in between, and one that dies leaves no hole.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use model::Account;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

use crate::budget::{Budget, BudgetError};

/// How far ahead a process books without a need for each.
const AHEAD: Duration = Duration::from_millis(250);
/// A moment that passed longer ago than this is nobody's any more: the server has others by now.
const LATE: Duration = Duration::from_millis(20);

/// The log-ins of this process that wait for the pace of a realm.
#[derive(Default)]
pub(crate) struct Pace {
    waiting: AtomicU32,
    /// Booked. Who holds it waits for the first of them.
    moments: Mutex<VecDeque<Instant>>,
}

impl Pace {
    /// Waits for a moment of its own.
    pub async fn wait(&self, budget: &dyn Budget, account: &Account, every: Duration) -> Result<(), BudgetError> {
        let _counted = Counted::among(&self.waiting);
        let mut moments = self.moments.lock().await;
        while moments.front().is_some_and(|moment| moment.elapsed() > LATE) {
            moments.pop_front();
        }
        if moments.is_empty() {
            let most = AHEAD.as_micros().checked_div(every.as_micros()).unwrap_or(1).max(1);
            let n = self.waiting.load(Ordering::Relaxed).min(u32::try_from(most).unwrap_or(u32::MAX));
            let first = Instant::now() + budget.book(account, n, every).await?;
            moments.extend((0..n).map(|n| first + every * n));
        }
        if let Some(moment) = moments.pop_front() {
            sleep_until(moment).await;
        }
        Ok(())
    }
}

/// One of those that wait, until it is dropped.
struct Counted<'a>(&'a AtomicU32);

impl<'a> Counted<'a> {
    fn among(all: &'a AtomicU32) -> Self {
        all.fetch_add(1, Ordering::Relaxed);
        Self(all)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
