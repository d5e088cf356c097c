//! The tries of all accounts, in the database: one budget for every run, process and machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use collect::budget::{Answer, Ask, Asked, Budget, BudgetError, Closed, Count, RealmRules, Verdict, decide, settled};
use model::{Bucket, Clock, LoginTry, Timestamp};
use store::{Store, StoreError, StoreResult};

/// On top of the limits of a log-in, before one without an end counts as refused.
pub(crate) const MARGIN: Duration = Duration::from_secs(30);

/// A name for a run that no other has, on this machine or another.
pub(crate) fn holder(now: Timestamp) -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("{}.{}.{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed), now.0)
}

/// The budget that all share.
pub(crate) struct StoreBudget {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    /// This process, unlike any other.
    pub holder: String,
    /// After which a log-in whose end nobody wrote counts as refused; longer than any takes.
    pub lease_ms: i64,
}

impl StoreBudget {
    async fn try_reserve(&self, ask: &Ask, rules: RealmRules) -> StoreResult<Answer> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let bucket = tx.lock_bucket(&ask.account, now).await?;
        match decide(&bucket, ask, &self.holder, &rules, now) {
            Answer::Go(_) => {}
            answer => return Ok(answer),
        }
        tx.sweep_tries(&ask.account, now.plus_ms(-rules.window_ms)).await?;
        let id = tx.add_try(&ask.account, &self.entry(ask, false, now.plus_ms(self.lease_ms))).await?;
        tx.commit().await?;
        Ok(Answer::Go(id))
    }

    async fn try_settle(
        &self,
        ask: &Ask,
        try_id: Option<i64>,
        verdict: Verdict,
        rules: RealmRules,
    ) -> StoreResult<Option<Closed>> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let before = tx.lock_bucket(&ask.account, now).await?;
        if let Some(id) = try_id {
            tx.remove_try(id).await?;
        }
        if verdict == Verdict::Refused {
            tx.add_try(&ask.account, &self.entry(ask, true, now)).await?;
        }
        let (row, stop) = settled(&before, ask.canary, verdict, &rules, now);
        if (row, stop) != (before.refused_in_a_row, before.stopped) {
            tx.save_bucket(&ask.account, row, stop).await?;
        }
        let after = tx.lock_bucket(&ask.account, now).await?;
        tx.commit().await?;
        Ok((verdict == Verdict::Refused).then(|| self.closed(ask, &before, &after, &rules, now)).flatten())
    }

    /// What is to be said when this very refusal closed the account.
    fn closed(&self, ask: &Ask, before: &Bucket, after: &Bucket, rules: &RealmRules, now: Timestamp) -> Option<Closed> {
        let is_open = |b: &Bucket| {
            collect::budget::stop_at(b, now).is_none() && Count::of(b, &self.holder, rules, now).used < rules.tries
        };
        if !is_open(before) {
            return None;
        }
        match decide(after, ask, &self.holder, rules, now) {
            Answer::Closed(closed) => Some(closed),
            _ => None,
        }
    }

    fn entry(&self, ask: &Ask, refused: bool, at: Timestamp) -> LoginTry {
        LoginTry {
            id: 0,
            holder: self.holder.clone(),
            device: ask.device.clone(),
            credential: ask.credential.clone(),
            canary: ask.canary,
            refused,
            at,
        }
    }
}

impl Budget for StoreBudget {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn reserve<'a>(&'a self, ask: &'a Ask, rules: RealmRules) -> Asked<'a, Answer> {
        Box::pin(async move { self.try_reserve(ask, rules).await.map_err(|e| unusable(&e)) })
    }

    fn settle<'a>(
        &'a self,
        ask: &'a Ask,
        try_id: Option<i64>,
        verdict: Verdict,
        rules: RealmRules,
    ) -> Asked<'a, Option<Closed>> {
        Box::pin(async move { self.try_settle(ask, try_id, verdict, rules).await.map_err(|e| unusable(&e)) })
    }
}

fn unusable(error: &StoreError) -> BudgetError {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    BudgetError(text)
}

#[cfg(test)]
mod tests;
