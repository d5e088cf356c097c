//! Guessing passwords is slow and bounded: so many attempts for an address and a name in a while, and few at once.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Mutex;

use model::Timestamp;
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long a refusal counts.
const WINDOW_MS: i64 = 15 * 60 * 1000;

/// Refusals in a window, from one address and for one name.
const FOR_ADDRESS: usize = 20;
const FOR_NAME: usize = 10;

/// Names and addresses that are remembered; beyond it the oldest are forgotten.
const MOST: usize = 10_000;

/// Passwords that are hashed at once: each takes 19 MB and a processor.
const AT_ONCE: usize = 2;

/// Attempts that wait for their turn.
const WAITING: usize = 32;

pub struct Attempts {
    addresses: Mutex<Refusals<IpAddr>>,
    /// A name counts by itself for each address, so that nobody can keep another one out from elsewhere.
    names: Mutex<Refusals<(IpAddr, String)>>,
    at_once: Semaphore,
    waiting: Semaphore,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            addresses: Mutex::default(),
            names: Mutex::default(),
            at_once: Semaphore::new(AT_ONCE),
            waiting: Semaphore::new(WAITING),
        }
    }
}

/// Held while a password is looked at.
pub struct Turn<'a>(
    #[expect(dead_code, reason = "held")] SemaphorePermit<'a>,
    #[expect(dead_code, reason = "held")] SemaphorePermit<'a>,
);

impl Attempts {
    /// Waits for a turn.
    ///
    /// # Errors
    /// Seconds to wait, when there were too many refusals, or too many wait already.
    pub async fn turn(&self, from: IpAddr, name: &str, now: Timestamp) -> Result<Turn<'_>, u64> {
        let (from, key) = (network(from), (network(from), name.to_lowercase()));
        let wait = |at: Option<Timestamp>| at.map(|at| (at.ms_since(now).max(1000) / 1000).unsigned_abs());
        let address = lock(&self.addresses).open_at(&from, FOR_ADDRESS, now);
        if let Some(seconds) = wait(address.max(lock(&self.names).open_at(&key, FOR_NAME, now))) {
            return Err(seconds);
        }
        let waiting = self.waiting.try_acquire().map_err(|_| 1u64)?;
        let turn = self.at_once.acquire().await.map_err(|_| 1u64)?;
        Ok(Turn(waiting, turn))
    }

    pub fn refused(&self, from: IpAddr, name: &str, now: Timestamp) {
        lock(&self.addresses).add(network(from), now);
        lock(&self.names).add((network(from), name.to_lowercase()), now);
    }

    pub fn accepted(&self, from: IpAddr, name: &str) {
        lock(&self.names).by.remove(&(network(from), name.to_lowercase()));
    }
}

/// Who has an IPv6 network has more addresses than anybody can count.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

struct Refusals<K> {
    by: HashMap<K, Vec<Timestamp>>,
}

impl<K> Default for Refusals<K> {
    fn default() -> Self {
        Self { by: HashMap::new() }
    }
}

impl<K: Hash + Eq + Clone> Refusals<K> {
    /// When the next attempt is allowed, if it is not now.
    fn open_at(&self, key: &K, most: usize, now: Timestamp) -> Option<Timestamp> {
        let lately = self.by.get(key)?.iter().filter(|at| now.ms_since(**at) < WINDOW_MS);
        let lately: Vec<&Timestamp> = lately.collect();
        let oldest = lately.len().checked_sub(most)?;
        lately.get(oldest).map(|at| at.plus_ms(WINDOW_MS))
    }

    fn add(&mut self, key: K, now: Timestamp) {
        if self.by.len() >= MOST && !self.by.contains_key(&key) {
            self.by.retain(|_, times| times.last().is_some_and(|at| now.ms_since(*at) < WINDOW_MS));
        }
        if self.by.len() >= MOST && !self.by.contains_key(&key) {
            let oldest = self.by.iter().min_by_key(|(_, times)| times.last().copied()).map(|(key, _)| key.clone());
            oldest.and_then(|key| self.by.remove(&key));
        }
        let times = self.by.entry(key).or_default();
        times.retain(|at| now.ms_since(*at) < WINDOW_MS);
        times.push(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * 1000)
    }

    #[tokio::test]
    async fn after_ten_refusals_a_name_waits_and_others_do_not() {
        let attempts = Attempts::default();
        for second in 0..10 {
            assert!(attempts.turn(HERE, "admin", at(second)).await.is_ok(), "{second}");
            attempts.refused(HERE, "admin", at(second));
        }
        assert_eq!(attempts.turn(HERE, "Admin", at(10)).await.err(), Some(890));
        assert!(attempts.turn(HERE, "other", at(10)).await.is_ok());
        assert!(attempts.turn([10, 0, 0, 1].into(), "admin", at(10)).await.is_ok());
        assert!(attempts.turn(HERE, "admin", at(900)).await.is_ok());
    }

    #[tokio::test]
    async fn an_address_waits_whatever_the_names_and_memory_is_bounded() {
        let attempts = Attempts::default();
        for n in 0..30_000u32 {
            let from = IpAddr::from(n.to_be_bytes());
            attempts.refused(from, &format!("user{n}"), at(0));
        }
        assert_eq!(lock(&attempts.addresses).by.len(), MOST);
        assert_eq!(lock(&attempts.names).by.len(), MOST);
        for n in 0..20 {
            attempts.refused(HERE, &format!("guess{n}"), at(1));
        }
        assert!(attempts.turn(HERE, "new", at(2)).await.is_err());
    }

    #[test]
    fn the_addresses_of_an_ipv6_network_are_one() {
        let same = |a: &str, b: &str| network(a.parse().expect("a")) == network(b.parse().expect("b"));
        assert!(same("2001:db8::1", "2001:db8::ffff:1"));
        assert!(!same("2001:db8::1", "2001:db8:1::1"));
        assert!(same("::ffff:10.0.0.1", "10.0.0.1"));
    }
}
