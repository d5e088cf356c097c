//! The tries of all accounts, in the database: one budget for every run, process and machine.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use collect::budget::{
    Answer, Ask, Asked, Budget, BudgetError, Closed, Count, RealmRules, Verdict, decide, forgiven, settled,
};
use model::{Account, Bucket, Clock, LoginTry, Timestamp};
use store::{Store, StoreError, StoreResult, Tx};

/// On top of the limits of a log-in, before one without an end counts as refused.
pub(crate) const MARGIN: Duration = Duration::from_secs(30);

/// A name for a run that no other has, on this machine or another.
pub(crate) fn holder(now: Timestamp) -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("{}.{}.{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed), now.0)
}

/// A device took this account, so it asks that one's realm. What it refused of other realms' accounts was counted by the
/// servers of this one, for accounts of those names, and never heard of by the others.
pub(crate) async fn reattribute(
    tx: &mut Tx,
    device: &str,
    accepted: &Account,
    rules: &RealmRules,
    now: Timestamp,
) -> StoreResult<()> {
    let moves = tx.refused_elsewhere(device, &accepted.realm).await?;
    let there = |from: &Account| Account { realm: accepted.realm.clone(), username: from.username.clone() };
    // In one order for all, so that no two wait for each other.
    let all: BTreeSet<Account> = moves.iter().flat_map(|(from, _)| [from.clone(), there(from)]).collect();
    for account in all {
        tx.lock_bucket(&account, now).await?;
    }
    for (from, refusals) in moves {
        let (bucket, to) = (tx.lock_bucket(&from, now).await?, there(&from));
        tx.move_refusals(&from, device, &to.realm).await?;
        let (row, stop) = forgiven(&bucket, refusals);
        tx.save_bucket(&from, row, stop).await?;
        // The one that was accepted has just shown that it works.
        if to != *accepted {
            let mut bucket = tx.lock_bucket(&to, now).await?;
            for _ in 0..refusals {
                (bucket.refused_in_a_row, bucket.stopped) = settled(&bucket, false, Verdict::Refused, rules, now);
            }
            tx.save_bucket(&to, bucket.refused_in_a_row, bucket.stopped).await?;
        }
    }
    Ok(())
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
            Answer::Go { .. } => {}
            answer => return Ok(answer),
        }
        let swept = now.plus_ms(-rules.window_ms);
        if bucket.tries.iter().any(|t| t.at <= swept) {
            tx.sweep_tries(&ask.account, swept).await?;
        }
        let after = match rules.every() {
            Some(every) => wait(tx.book_log_ins(&ask.account.realm, 1, micros(every), now).await?, now),
            None => Duration::ZERO,
        };
        let end = now.plus_ms(millis(after).saturating_add(self.lease_ms));
        let id = tx.add_try(&ask.account, &self.entry(ask, false, end)).await?;
        tx.commit().await?;
        Ok(Answer::Go { id, after })
    }

    async fn try_book(&self, account: &Account, n: u32, every: Duration) -> StoreResult<Duration> {
        let now = self.clock.now();
        Ok(wait(self.store.book_log_ins(&account.realm, n, micros(every), now).await?, now))
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

    fn book<'a>(&'a self, account: &'a Account, n: u32, every: Duration) -> Asked<'a, Duration> {
        Box::pin(async move { self.try_book(account, n, every).await.map_err(|e| unusable(&e)) })
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

/// From now until a moment in microseconds since 1970.
fn wait(moment: i64, now: Timestamp) -> Duration {
    Duration::from_micros(u64::try_from(moment.saturating_sub(now.0.saturating_mul(1000))).unwrap_or_default())
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
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
