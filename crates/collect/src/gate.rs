//! No account is ever locked: who may log in with which account now.
//!
//! A wrong password tried on a thousand devices locks the account in the first second. So until an account has been
//! accepted once, one device alone tries it; and after some refusals in a row it is left alone by the whole run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Refusals in a row, without an acceptance between them, after which an account is not tried again.
const REFUSALS: u32 = 3;
/// The same for an account that nobody has accepted yet.
const REFUSALS_UNPROVEN: u32 = 2;

/// Shared by all that log in during a run.
#[derive(Debug, Default)]
pub struct Gate {
    accounts: Mutex<HashMap<String, Arc<Account>>>,
}

#[derive(Debug)]
struct Account {
    state: Mutex<State>,
    /// One permit until the account is proven: the canary.
    canary: Arc<Semaphore>,
}

#[derive(Debug, Default, Clone, Copy)]
struct State {
    proven: bool,
    refused_in_a_row: u32,
}

impl State {
    fn is_closed(self) -> bool {
        self.refused_in_a_row >= if self.proven { REFUSALS } else { REFUSALS_UNPROVEN }
    }
}

/// The account has been refused too often in a row to be tried again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("account `{account}` was refused {refusals} times in a row and is left alone, so that it is not locked")]
pub struct Protected {
    pub account: String,
    pub refusals: u32,
}

impl Gate {
    /// Whether a device has accepted the account in this run.
    pub fn is_proven(&self, account: &str) -> bool {
        lock(&self.account(account).state).proven
    }

    /// Whether an account is left alone by now.
    pub fn is_closed(&self, account: &str) -> bool {
        lock(&self.account(account).state).is_closed()
    }

    /// Notes how a try went that nobody had to wait for.
    pub fn note(&self, account: &str, accepted: bool) {
        let entry = self.account(account);
        let mut state = lock(&entry.state);
        *state = match accepted {
            true => State { proven: true, refused_in_a_row: 0 },
            false => State { refused_in_a_row: state.refused_in_a_row + 1, ..*state },
        };
    }

    /// Waits until this account may be tried.
    pub async fn enter(&self, account: &str) -> Result<Permit, Protected> {
        let entry = self.account(account);
        let proven = lock(&entry.state).proven;
        let canary = if proven { None } else { entry.canary.clone().acquire_owned().await.ok() };
        let state = *lock(&entry.state);
        if state.is_closed() {
            return Err(Protected { account: account.to_owned(), refusals: state.refused_in_a_row });
        }
        // Proven while it waited: nobody need wait for this one.
        let canary = canary.filter(|_| !state.proven);
        Ok(Permit { account: entry, _canary: canary, settled: false })
    }

    fn account(&self, name: &str) -> Arc<Account> {
        let fresh = || Arc::new(Account { state: Mutex::default(), canary: Arc::new(Semaphore::new(1)) });
        lock(&self.accounts).entry(name.to_owned()).or_insert_with(fresh).clone()
    }
}

/// The right to one log-in. Dropped without a word, it counts as refused: the secret may have been sent.
#[derive(Debug)]
pub struct Permit {
    account: Arc<Account>,
    _canary: Option<OwnedSemaphorePermit>,
    settled: bool,
}

impl Permit {
    pub fn accepted(mut self) {
        self.settled = true;
        *lock(&self.account.state) = State { proven: true, refused_in_a_row: 0 };
    }

    /// The device never got as far as the account.
    pub fn not_tried(mut self) {
        self.settled = true;
    }

    pub fn refused(self) {
        drop(self);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if !self.settled {
            lock(&self.account.state).refused_in_a_row += 1;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plays `+` (accepted), `-` (refused), `0` (never got there), `?` (nobody knows); the rest of the run must be open or not.
    async fn check(story: &str, open: bool) {
        let gate = Gate::default();
        for step in story.chars() {
            let permit = gate.enter("a").await.expect("open until then");
            match step {
                '+' => permit.accepted(),
                '-' => permit.refused(),
                '0' => permit.not_tried(),
                _ => drop(permit),
            }
        }
        assert_eq!(gate.enter("a").await.is_ok(), open, "{story}");
    }

    #[tokio::test]
    async fn an_account_that_is_refused_in_a_row_is_left_alone() {
        check("--", false).await;
        check("-", true).await;
        check("00000", true).await;
        check("+--", true).await;
        check("+---", false).await;
        check("+--+--", true).await;
        check("??", false).await;
    }

    #[tokio::test]
    async fn an_unproven_account_is_tried_by_one_device_at_a_time() {
        let gate = Arc::new(Gate::default());
        let first = gate.enter("a").await.expect("open");
        let second = tokio::spawn({
            let gate = gate.clone();
            async move { gate.enter("a").await.is_ok() }
        });
        tokio::task::yield_now().await;
        assert!(!second.is_finished(), "the second waits for the canary");
        first.accepted();
        assert!(second.await.expect("task"));
        let (a, b) = (gate.enter("a").await, gate.enter("a").await);
        assert!(a.is_ok() && b.is_ok(), "a proven account is open to all at once");
    }
}
