//! What the accounts have borne in this run, and what more may be asked of them.

use std::collections::{HashMap, HashSet};

use model::account::LOCAL_REALM;

use super::{Candidate, realm};
use crate::budget::IN_A_ROW;

/// Refusals in a run of an account that works elsewhere, after which it is tried only where it is sure to work: it has
/// more to lose than an unknown one.
const REFUSALS_OF_A_GOOD_ACCOUNT: u32 = 2;

/// An account, and the device if it counts there alone; by their places in the lists.
pub(super) type Place = (usize, Option<usize>);

#[derive(Debug, Default)]
pub(super) struct Risk {
    /// By candidate: its account, and whether that is the device's own.
    accounts: Vec<(usize, bool)>,
    /// By realm and user: the account.
    known: HashMap<(String, String), usize>,
    in_a_row: HashMap<Place, u32>,
    /// All refusals in this run.
    refused: HashMap<Place, u32>,
    accepted: HashSet<Place>,
    closed: HashSet<Place>,
}

impl Risk {
    pub fn of(candidates: &[Candidate]) -> Self {
        let mut risk = Risk::default();
        for candidate in candidates {
            let next = risk.known.len();
            let account = (realm(candidate).to_owned(), candidate.username.clone());
            risk.accounts.push((*risk.known.entry(account).or_insert(next), realm(candidate) == LOCAL_REALM));
        }
        risk
    }

    pub fn place(&self, subject: usize, candidate: usize) -> Place {
        let (account, is_local) = self.accounts[candidate];
        (account, is_local.then_some(subject))
    }

    pub fn accepted(&mut self, place: Place) {
        self.in_a_row.insert(place, 0);
        self.accepted.insert(place);
    }

    pub fn refused(&mut self, place: Place) {
        for refusals in [&mut self.in_a_row, &mut self.refused] {
            *refusals.entry(place).or_default() += 1;
        }
    }

    pub fn close(&mut self, place: Place) {
        self.closed.insert(place);
    }

    pub fn is_closed(&self, place: Place) -> bool {
        self.closed.contains(&place)
    }

    /// The device turned out to ask another realm: the servers of this one never heard of a refusal, those of the other
    /// heard of an account of the same name, if there is one. `accepted` has just shown that it works.
    pub fn moved(&mut self, from: Place, username: &str, to_realm: &str, accepted: Place) {
        for refusals in [&mut self.in_a_row, &mut self.refused] {
            refusals.entry(from).and_modify(|n| *n = n.saturating_sub(1));
        }
        self.closed.remove(&from);
        let there = self.known.get(&(to_realm.to_owned(), username.to_owned())).map(|account| (*account, None));
        if let Some(there) = there.filter(|there| *there != accepted) {
            self.refused(there);
        }
    }

    /// Whether the next refusal ends it, as the gate does it.
    pub fn is_at_last(&self, place: Place) -> bool {
        self.in_a_row.get(&place).is_some_and(|row| row + 1 >= IN_A_ROW)
    }

    /// Whether an account may be risked on a guess. One that works elsewhere is left a try, in a row and in all, for the
    /// devices that take it. `bold`: nobody is left who needs it more.
    pub fn may_explore(&self, place: Place, bold: bool) -> bool {
        let refused = self.refused.get(&place).copied().unwrap_or_default();
        let is_spare = !self.is_at_last(place) && refused < REFUSALS_OF_A_GOOD_ACCOUNT;
        is_spare || !self.accepted.contains(&place) || (bold && refused <= REFUSALS_OF_A_GOOD_ACCOUNT)
    }
}
