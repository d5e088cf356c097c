//! Tickets that were given and not used, and how many terminals there are.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::TerminalPlan;
use base64ct::{Base64UrlUnpadded, Encoding};
use secrecy::SecretString;
use tokio::time::Instant;

/// How long a ticket is good.
pub const GOOD_FOR: Duration = Duration::from_secs(30);

/// Terminals of a user, and of all.
const OF_USER: usize = 8;
const OF_ALL: usize = 128;

/// Tickets that wait; the oldest go for new ones.
const WAITING: usize = 1024;

pub struct Desk<P = TerminalPlan>(Arc<Mutex<Papers<P>>>);

struct Papers<P> {
    tickets: HashMap<String, Ticket<P>>,
    open: HashMap<String, usize>,
}

struct Ticket<P> {
    user: String,
    plan: P,
    until: Instant,
}

/// A place for one terminal, until it is dropped.
pub struct Place<P = TerminalPlan> {
    desk: Arc<Mutex<Papers<P>>>,
    user: String,
}

impl<P> Default for Desk<P> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Papers { tickets: HashMap::new(), open: HashMap::new() })))
    }
}

impl<P> Desk<P> {
    pub fn ticket(&self, user: &str, plan: P) -> SecretString {
        let word = Base64UrlUnpadded::encode_string(&rand::random::<[u8; 32]>());
        let (now, mut papers) = (Instant::now(), lock(&self.0));
        papers.tickets.retain(|_, ticket| ticket.until > now);
        while papers.tickets.len() >= WAITING {
            let oldest = papers.tickets.iter().min_by_key(|(_, ticket)| ticket.until).map(|(word, _)| word.clone());
            oldest.and_then(|word| papers.tickets.remove(&word));
        }
        papers.tickets.insert(word.clone(), Ticket { user: user.to_owned(), plan, until: now + GOOD_FOR });
        word.into()
    }

    /// What a ticket is for. Whoever shows it, it is used.
    pub fn redeem(&self, ticket: &str, user: &str) -> Option<P> {
        let ticket = lock(&self.0).tickets.remove(ticket)?;
        (ticket.user == user && ticket.until > Instant::now()).then_some(ticket.plan)
    }

    /// `None` when there are too many.
    pub fn place(&self, user: &str) -> Option<Place<P>> {
        let mut papers = lock(&self.0);
        let (all, own) = (papers.open.values().sum::<usize>(), papers.open.get(user).copied().unwrap_or_default());
        if all >= OF_ALL || own >= OF_USER {
            return None;
        }
        add(&mut papers.open, user.to_owned());
        Some(Place { desk: self.0.clone(), user: user.to_owned() })
    }
}

impl<P> Drop for Place<P> {
    fn drop(&mut self) {
        let mut papers = lock(&self.desk);
        if let Some(open) = papers.open.get_mut(&self.user) {
            *open -= 1;
        }
        papers.open.retain(|_, open| *open > 0);
    }
}

fn add<K: Hash + Eq>(counts: &mut HashMap<K, usize>, key: K) {
    *counts.entry(key).or_default() += 1;
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[tokio::test(start_paused = true)]
    async fn a_ticket_is_good_once_for_its_user_and_for_a_while() {
        let desk = Desk::default();
        let give = |plan| desk.ticket("ann", plan).expose_secret().to_owned();
        let first = give(1);
        assert_eq!(desk.redeem(&first, "ann"), Some(1));
        assert_eq!(desk.redeem(&first, "ann"), None, "used");
        let stolen = give(2);
        assert_eq!(desk.redeem(&stolen, "eve"), None);
        assert_eq!(desk.redeem(&stolen, "ann"), None, "it was shown to somebody");
        let old = give(3);
        tokio::time::advance(GOOD_FOR).await;
        assert_eq!(desk.redeem(&old, "ann"), None);
        (0..2 * WAITING).for_each(|n| drop(give(n)));
        assert_eq!(lock(&desk.0).tickets.len(), WAITING);
    }

    #[test]
    fn places_are_bounded_and_come_back() {
        let desk = Desk::<()>::default();
        let own: Vec<_> = (0..OF_USER).map_while(|_| desk.place("ann")).collect();
        assert_eq!(own.len(), OF_USER);
        assert!(desk.place("ann").is_none() && desk.place("ben").is_some());
        drop(own);
        assert!(desk.place("ann").is_some());
        let all: Vec<_> = (0..2 * OF_ALL).filter_map(|n| desk.place(&format!("user{n}"))).collect();
        assert_eq!(all.len(), OF_ALL);
    }
}
