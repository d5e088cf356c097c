//! Which credential next, on which device: many credentials, many devices, and no try to waste.
//!
//! What works on a device works on those like it. Every log-in is evidence for the traits of its device (site, role,
//! platform, subnet, banner …), and the next device is asked for with the credential that its traits speak for. Where
//! nothing is known one device goes first and the others like it wait for what it learns. Everything here is a
//! function of what was told: no clock, no chance, no network.

use std::collections::{HashMap, HashSet};

use crate::budget::IN_A_ROW;

/// A credential, as far as it matters for the choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub name: String,
    pub username: String,
    pub realm: Option<String>,
}

/// A device that has no credential yet, or is to have it proven again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is called by the caller.
    pub key: i64,
    /// What it has in common with others: `platform=cisco_ios`, `site=fra`.
    pub traits: Vec<String>,
    /// What only those have that are where it is and what it is: `site=fra role=leaf`. What works on one of them is
    /// expected to work here.
    pub near: Vec<String>,
    /// Words by which a credential or its realm may be called: its site, its role, the words of its banner.
    pub words: Vec<String>,
}

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Result {
    Accepted,
    Refused,
    /// The account is left alone; nothing was sent.
    Closed,
    /// The device cannot be asked: this has nothing to do with the credential.
    Lost,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The subject and the candidate, by their places in what [`Choice::new`] was given.
    Try { subject: usize, candidate: usize },
    /// Something that is under way may tell more.
    Wait,
    /// Nothing is left to try: all have their credential, or were given up.
    Done,
}

/// Chosen without any doubt to speak of: many such tries may be under way at once.
const CONFIDENT: f64 = 0.5;
/// Refusals that one device is to bear in a run: many block an address that fails too often.
const REFUSALS_OF_A_DEVICE: usize = 3;
/// What evidence from afar is worth beside that from near: it makes nobody confident.
const AFAR: f64 = 0.35;
/// Refusals in a run of an account that works elsewhere, after which it is tried only with confidence: it has more to
/// lose than an unknown one.
const REFUSALS_OF_A_GOOD_ACCOUNT: u32 = 2;
/// Subjects that are looked at for the next try while others are under way.
const LOOKS: usize = 4;
/// What is left of a candidate's chance when the device names another realm.
const OTHER_REALM: f64 = 0.02;
/// How much more a candidate is worth for each word of the device in its name.
const NAMESAKE: f64 = 5.0;

/// Accepted and refused.
type Count = (f64, f64);

/// An account, and the device if it counts there alone; by their places in the lists.
type Place = (usize, Option<usize>);

/// The choice for all devices of a run.
pub struct Choice {
    candidates: Vec<Candidate>,
    /// By candidate: its account, and whether that is the device's own.
    accounts: Vec<(usize, bool)>,
    /// By word: the candidates that are called so.
    called: HashMap<String, Vec<usize>>,
    /// By realm: its candidates.
    realms: HashMap<String, Vec<usize>>,
    subjects: Vec<Subject>,
    tried: Vec<HashSet<usize>>,
    refusals: Vec<usize>,
    /// By trait, then by candidate.
    evidence: HashMap<String, HashMap<usize, Count>>,
    /// Traits at which anything was accepted.
    took: HashSet<String>,
    refused_in_a_row: HashMap<Place, u32>,
    /// All refusals of accounts in this run, and those that were accepted once.
    refused: HashMap<Place, u32>,
    accepted: HashSet<Place>,
    closed: HashSet<Place>,
    /// By subject: the realm in which something uncertain is under way.
    exploring: HashMap<usize, String>,
    /// Subjects without a credential; the last goes first.
    waiting: Vec<usize>,
    under_way: usize,
}

impl Choice {
    /// The candidates in the order of the vault: the default first.
    pub fn new(candidates: Vec<Candidate>, subjects: Vec<Subject>) -> Self {
        let mut ids: HashMap<(&str, &str), usize> = HashMap::new();
        let mut accounts = Vec::with_capacity(candidates.len());
        let mut called: HashMap<String, Vec<usize>> = HashMap::new();
        let mut realms: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, candidate) in candidates.iter().enumerate() {
            realms.entry(realm(candidate).to_lowercase()).or_default().push(n);
            let next = ids.len();
            let id = *ids.entry((realm(candidate), &candidate.username)).or_insert(next);
            accounts.push((id, realm(candidate) == model::account::LOCAL_REALM));
            let words: HashSet<String> = words(&candidate.name).chain(words(realm(candidate))).collect();
            words.into_iter().for_each(|word| called.entry(word).or_default().push(n));
        }
        let n = subjects.len();
        Self {
            accounts,
            called,
            realms,
            candidates,
            subjects,
            tried: vec![HashSet::new(); n],
            refusals: vec![0; n],
            evidence: HashMap::new(),
            took: HashSet::new(),
            refused_in_a_row: HashMap::new(),
            refused: HashMap::new(),
            accepted: HashSet::new(),
            closed: HashSet::new(),
            exploring: HashMap::new(),
            waiting: (0..n).rev().collect(),
            under_way: 0,
        }
    }

    /// What is known from before: a device with these traits, near or not, took a credential or refused it.
    pub fn learn<'t>(&mut self, traits: impl IntoIterator<Item = &'t String>, candidate: usize, accepted: bool) {
        for name in traits {
            let (yes, no) = self.evidence.entry(name.clone()).or_default().entry(candidate).or_default();
            *if accepted { yes } else { no } += 1.0;
            if accepted {
                self.took.insert(name.clone());
            }
        }
    }

    /// The next try. Devices that wait for what others learn are passed over.
    pub fn choose(&mut self) -> Next {
        let found = self.find(Self::may_be_tried, false).or_else(|| self.find(Self::is_near_one_that_took, true));
        let Some((at, candidate, chance)) = found else {
            return if self.under_way > 0 { Next::Wait } else { Next::Done };
        };
        let subject = self.waiting.remove(at);
        if chance < CONFIDENT {
            self.exploring.insert(subject, realm(&self.candidates[candidate]).to_owned());
        }
        self.under_way += 1;
        self.tried[subject].insert(candidate);
        Next::Try { subject, candidate }
    }

    /// The place among those that wait, the candidate and its chance, of the first subject of this kind that has
    /// something to try now. While others are under way only some are looked at: there is time.
    fn find(&self, kind: fn(&Self, usize) -> bool, sure: bool) -> Option<(usize, usize, f64)> {
        let looks = if self.under_way > 0 { LOOKS } else { usize::MAX };
        let subjects = (0..self.waiting.len()).rev().filter(|at| kind(self, self.waiting[*at])).take(looks);
        subjects.filter_map(|at| self.best(self.waiting[at]).map(|(c, chance)| (at, c, chance))).find(|found| {
            let (at, candidate, chance) = *found;
            let is_explored = || self.exploring.values().any(|r| *r == realm(&self.candidates[candidate]));
            chance >= CONFIDENT || !(sure || is_explored() || self.one_near_is_under_way(self.waiting[at]))
        })
    }

    /// Tells what came of a try. Gives whether the device is done with.
    pub fn tell(&mut self, subject: usize, candidate: usize, result: Result) -> bool {
        self.exploring.remove(&subject);
        self.under_way -= 1;
        let place = self.place(subject, candidate);
        match result {
            Result::Accepted | Result::Refused => {
                let accepted = result == Result::Accepted;
                let Subject { traits, near, .. } = self.subjects[subject].clone();
                self.learn(traits.iter().chain(&near), candidate, accepted);
                let row = self.refused_in_a_row.entry(place).or_default();
                *row = if accepted { 0 } else { *row + 1 };
                self.refusals[subject] += usize::from(!accepted);
                *self.refused.entry(place).or_default() += u32::from(!accepted);
                if accepted {
                    self.accepted.insert(place);
                }
            }
            Result::Closed => drop(self.closed.insert(place)),
            Result::Lost => {}
        }
        let over = matches!(result, Result::Accepted | Result::Lost);
        match self.refusals[subject] {
            _ if over => {}
            // One that bore its share is asked again when the others had their turn.
            REFUSALS_OF_A_DEVICE.. => self.waiting.insert(0, subject),
            _ => self.waiting.push(subject),
        }
        over
    }

    /// Whether an account that might be tried on it is left alone.
    pub fn was_closed(&self, subject: usize) -> bool {
        (0..self.candidates.len()).any(|candidate| self.closed.contains(&self.place(subject, candidate)))
    }

    /// How many credentials were tried on a subject.
    pub fn tried(&self, subject: usize) -> usize {
        self.tried[subject].len()
    }

    /// The devices that are left without a credential, when nothing is to be tried any more.
    pub fn left(&self) -> &[usize] {
        &self.waiting
    }

    fn is_near_one_that_took(&self, subject: usize) -> bool {
        self.subjects[subject].near.iter().any(|t| self.took.contains(t))
    }

    fn may_be_tried(&self, subject: usize) -> bool {
        let may_go_first = self.refusals[subject] < REFUSALS_OF_A_DEVICE && !self.one_near_is_under_way(subject);
        may_go_first || self.is_near_one_that_took(subject)
    }

    /// The untried candidate with the best chance, and that chance.
    fn best(&self, subject: usize) -> Option<(usize, f64)> {
        let Subject { traits, near, .. } = &self.subjects[subject];
        let known = |traits: &[String]| traits.iter().filter_map(|t| self.evidence.get(t)).collect::<Vec<_>>();
        let (afar, near) = (known(traits), known(near));
        let mut is_known = vec![false; self.candidates.len()];
        afar.iter().chain(&near).flat_map(|counts| counts.keys()).for_each(|c| is_known[*c] = true);
        let kinds = self.kinds(subject);
        let mut best: Option<(usize, f64)> = None;
        // Of those of one kind of which nothing is known, the first is the best.
        let mut done: HashSet<(u8, bool)> = HashSet::new();
        for candidate in 0..self.candidates.len() {
            let kind @ (words, is_other) = kinds[candidate];
            if (!is_known[candidate] && candidate > 0 && done.contains(&kind))
                || self.tried[subject].contains(&candidate)
            {
                continue;
            }
            let place = self.place(subject, candidate);
            let row = self.refused_in_a_row.get(&place).copied().unwrap_or_default();
            if self.closed.contains(&place) {
                continue;
            }
            let guess = AFAR * support(&afar, candidate) * doubt(&afar, candidate);
            let chance = prior(candidate, words).max(guess).max(support(&near, candidate)) * doubt(&near, candidate);
            let chance = if is_other { chance * OTHER_REALM } else { chance };
            // The last try before an account is left alone is kept for where it is likely to work.
            let is_last = row + 1 >= IN_A_ROW && chance < CONFIDENT;
            let chance = if is_last { chance / 1000.0 } else { chance };
            let may = chance >= CONFIDENT || (self.refusals[subject] < REFUSALS_OF_A_DEVICE && self.may_explore(place));
            if may && !is_last && !is_known[candidate] {
                done.insert(kind);
            }
            if may && best.is_none_or(|(_, known)| chance > known) {
                best = Some((candidate, chance));
            }
        }
        best
    }

    /// By candidate: how many words of the device are in its name or realm, and whether the device names another realm.
    fn kinds(&self, subject: usize) -> Vec<(u8, bool)> {
        let words: Vec<String> = self.subjects[subject].words.iter().map(|w| w.to_lowercase()).collect();
        let names_a_realm = words.iter().any(|w| self.realms.contains_key(w));
        let mut kinds = vec![(0, names_a_realm); self.candidates.len()];
        for candidate in words.iter().filter_map(|w| self.called.get(w)).flatten() {
            kinds[*candidate].0 += 1;
        }
        for candidate in words.iter().filter_map(|w| self.realms.get(w)).flatten() {
            kinds[*candidate].1 = false;
        }
        kinds
    }

    /// Whether an account may be risked on a guess.
    fn may_explore(&self, place: Place) -> bool {
        let refused = self.refused.get(&place).copied().unwrap_or_default();
        refused < REFUSALS_OF_A_GOOD_ACCOUNT || !self.accepted.contains(&place)
    }

    /// Whether a device near this one is being tried without confidence.
    fn one_near_is_under_way(&self, subject: usize) -> bool {
        let near = &self.subjects[subject].near;
        self.exploring.keys().any(|other| self.subjects[*other].near.iter().any(|t| near.contains(t)))
    }

    fn place(&self, subject: usize, candidate: usize) -> Place {
        let (account, is_local) = self.accounts[candidate];
        (account, is_local.then_some(subject))
    }
}

/// What speaks for a candidate before it was tried on anything: the default, then those that are called after the
/// device, in the order of the vault.
fn prior(candidate: usize, words: u8) -> f64 {
    let order = 0.02 / (1.0 + candidate as f64 / 10_000.0);
    let default = if candidate == 0 { 0.2 } else { 0.0 };
    (order * NAMESAKE.powi(i32::from(words)) + default).min(0.45)
}

/// The best share of acceptances at any of the traits.
fn support(evidence: &[&HashMap<usize, Count>], candidate: usize) -> f64 {
    let known = evidence.iter().filter_map(|counts| counts.get(&candidate));
    known.map(|(yes, no)| yes / (yes + no + 0.2)).fold(0.0, f64::max)
}

/// Traits whose devices all refused it speak against it, the more the more of them did.
fn doubt(evidence: &[&HashMap<usize, Count>], candidate: usize) -> f64 {
    let known = evidence.iter().filter_map(|counts| counts.get(&candidate)).filter(|(yes, _)| *yes == 0.0);
    known.map(|(_, no)| 1.0 / (1.0 + 2.0 * no)).product()
}

fn realm(candidate: &Candidate) -> &str {
    candidate.realm.as_deref().unwrap_or(model::account::DEFAULT_REALM)
}

/// `fra-local` has the words `fra` and `local`.
fn words(name: &str) -> impl Iterator<Item = String> {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 1);
    parts.map(str::to_lowercase)
}

#[cfg(test)]
mod tests;
