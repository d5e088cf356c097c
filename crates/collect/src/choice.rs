//! Which credential next, on which device: many credentials, many devices, and no try to waste.
//!
//! What works on a device works on those like it. Every log-in is evidence for the traits of its device (site, role,
//! platform, subnet, banner …), and the next device is asked for with the credential that its traits speak for. Where
//! nothing is known one device goes first and the others like it wait for what it learns. Everything here is a
//! function of what was told: no clock, no chance, no network.

mod evidence;
mod names;
mod realms;
mod risk;

use std::collections::{HashMap, HashSet};

use evidence::{Book, Trait};
use names::{Kind, Names};
use realms::Realms;
use risk::{Place, Risk};

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
    /// Where it is, the narrowest first: `subnet=10.1.2`, `site=fra`. Those of one place ask one AAA group, most of all.
    pub places: Vec<String>,
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
pub const REFUSALS_OF_A_DEVICE: usize = 3;
/// The same for an account that was refused twice in this run: the next refusal may end it for all others.
const SURE: f64 = 0.8;
/// What evidence from afar is worth beside that from near: it makes nobody confident.
const AFAR: f64 = 0.35;
/// Subjects that are looked at for the next try while others are under way.
const LOOKS: usize = 4;
/// What is left of a candidate's chance when one more refusal would end it: others go first, but for those of other realms.
const LAST_TRY: f64 = 0.1;
/// The choice for all devices of a run.
pub struct Choice {
    candidates: Vec<Candidate>,
    risk: Risk,
    names: Names,
    /// What is known of the realms of places.
    placed: Realms,
    subjects: Vec<Subject>,
    tried: Vec<HashSet<usize>>,
    /// By subject: candidates that are not for it.
    barred: Vec<HashSet<usize>>,
    refusals: Vec<usize>,
    book: Book,
    /// By subject: its traits, and those that are near.
    traits: Vec<(Vec<Trait>, Vec<Trait>)>,
    /// By candidate: tries with confidence under way, and acceptances in this run.
    pace: Vec<(usize, usize)>,
    /// By subject: the realm in which something uncertain is under way.
    exploring: HashMap<usize, String>,
    /// Their near traits.
    explored: HashMap<Trait, usize>,
    /// Subjects without a credential; the last goes first.
    waiting: Vec<usize>,
    under_way: usize,
    /// The subject by which the realm of a place is being found out. One kind of devices at one place after the other: each costs
    /// accounts of other realms a try, which they have again when it is known.
    pioneer: Option<usize>,
}

impl Choice {
    /// The candidates in the order of the vault: the default first.
    pub fn new(candidates: Vec<Candidate>, subjects: Vec<Subject>) -> Self {
        let (n, candidates_count) = (subjects.len(), candidates.len());
        let mut book = Book::default();
        let mut ids = |names: &[String]| names.iter().map(|name| book.of(name)).collect::<Vec<Trait>>();
        let traits: Vec<_> = subjects.iter().map(|s| (ids(&s.traits), ids(&s.near))).collect();
        let waiting = most_alike_last(&traits);
        Self {
            risk: Risk::of(&candidates),
            names: Names::of(&candidates),
            placed: Realms::default(),
            candidates,
            subjects,
            tried: vec![HashSet::new(); n],
            barred: vec![HashSet::new(); n],
            refusals: vec![0; n],
            book,
            traits,
            pace: vec![(0, 0); candidates_count],
            exploring: HashMap::new(),
            explored: HashMap::new(),
            waiting,
            under_way: 0,
            pioneer: None,
        }
    }

    /// A candidate is never to be tried on a subject.
    pub fn bar(&mut self, subject: usize, candidate: usize) {
        self.barred[subject].insert(candidate);
    }

    /// How many credentials may be tried on a subject.
    pub fn allowed(&self, subject: usize) -> usize {
        self.candidates.len() - self.barred[subject].len()
    }

    /// What is known from before: a device with these traits took a credential or refused it.
    pub fn learn(&mut self, like: &Subject, candidate: usize, accepted: bool) {
        let Subject { traits, near, places, .. } = like;
        self.placed.learn(places, realm(&self.candidates[candidate]), accepted);
        let mut ids = |names: &[String]| names.iter().map(|name| self.book.of(name)).collect::<Vec<Trait>>();
        let (afar, near) = (ids(traits), ids(near));
        self.book.learn(&afar, &near, candidate, accepted);
    }

    /// The next try. Devices that wait for what others learn are passed over.
    pub fn choose(&mut self) -> Next {
        let found = self.find(Self::may_be_tried, false, false);
        let found = found.or_else(|| self.find(Self::is_near_one_that_took, true, false));
        if let Some(pioneer) = self.pioneer.filter(|_| found.is_none() && self.under_way == 0) {
            if !self.knows_realm(pioneer) && self.has_untried(pioneer) {
                // Its devices bore their share: the next run goes on there. Accounts are not risked elsewhere meanwhile.
                return Next::Done;
            }
            self.pioneer = None;
            return self.choose();
        }
        // Nobody is left who needs them more.
        let bold = || if self.under_way == 0 { self.find(Self::may_be_tried, false, true) } else { None };
        let Some((at, candidate, chance)) = found.or_else(bold) else {
            return if self.under_way > 0 { Next::Wait } else { Next::Done };
        };
        let subject = self.waiting.remove(at);
        match chance < CONFIDENT {
            true => {
                self.exploring.insert(subject, realm(&self.candidates[candidate]).to_owned());
                self.traits[subject].1.iter().for_each(|t| *self.explored.entry(*t).or_default() += 1);
                let is_local = realm(&self.candidates[candidate]) == model::account::LOCAL_REALM;
                if !(is_local || self.knows_realm(subject)) {
                    self.pioneer = Some(subject);
                }
            }
            false => self.pace[candidate].0 += 1,
        }
        self.under_way += 1;
        self.tried[subject].insert(candidate);
        Next::Try { subject, candidate }
    }

    /// The place among those that wait, the candidate and its chance, of the first subject of this kind that has
    /// something to try now. While others are under way only some are looked at: there is time.
    fn find(&self, kind: fn(&Self, usize) -> bool, sure: bool, bold: bool) -> Option<(usize, usize, f64)> {
        let looks = if self.under_way > 0 { LOOKS } else { usize::MAX };
        let subjects = (0..self.waiting.len()).rev().filter(|at| kind(self, self.waiting[*at])).take(looks);
        subjects.filter_map(|at| self.best(self.waiting[at], bold).map(|(c, chance)| (at, c, chance))).find(|found| {
            let (at, candidate, chance) = *found;
            let is_local = |c: usize| realm(&self.candidates[c]) == model::account::LOCAL_REALM;
            let is_explored = || self.exploring.values().any(|r| *r == realm(&self.candidates[candidate]));
            match chance >= CONFIDENT {
                true => self.may_go_along(candidate),
                false => {
                    let subject = self.waiting[at];
                    (is_local(candidate) || self.may_find_out_realm(subject))
                        && !(sure || is_explored() || self.one_near_is_under_way(subject))
                }
            }
        })
    }

    /// Tells what came of a try. Gives whether the device is done with.
    pub fn tell(&mut self, subject: usize, candidate: usize, result: Result) -> bool {
        match self.exploring.remove(&subject) {
            Some(_) => {
                self.traits[subject].1.iter().for_each(|t| *self.explored.entry(*t).or_default() -= 1);
            }
            None => self.pace[candidate].0 -= 1,
        }
        self.under_way -= 1;
        let place = self.place(subject, candidate);
        match result {
            Result::Accepted | Result::Refused => {
                let accepted = result == Result::Accepted;
                let (afar, near) = &self.traits[subject];
                self.book.learn(afar, near, candidate, accepted);
                self.placed.learn(&self.subjects[subject].places, realm(&self.candidates[candidate]), accepted);
                if accepted {
                    self.risk.accepted(place);
                    self.pace[candidate].1 += 1;
                    self.reattribute(subject, candidate);
                } else {
                    self.risk.refused(place);
                    self.refusals[subject] += 1;
                }
            }
            Result::Closed => self.risk.close(place),
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

    /// Candidates that a subject refused and that are of another realm than the one it asks: the servers of their own never
    /// heard of them.
    pub fn misplaced(&self, subject: usize, accepted: usize) -> Vec<usize> {
        let own = self.candidates[accepted].realm.as_deref().filter(|r| *r != model::account::LOCAL_REALM);
        let Some(own) = own else { return Vec::new() };
        let is_elsewhere = |c: &usize| {
            let realm = self.candidates[*c].realm.as_deref();
            realm.is_some_and(|r| r != own && r != model::account::LOCAL_REALM)
        };
        self.tried[subject].iter().copied().filter(is_elsewhere).collect()
    }

    /// The realm that a subject asks is known now.
    fn reattribute(&mut self, subject: usize, accepted: usize) {
        let place = self.place(subject, accepted);
        for candidate in self.misplaced(subject, accepted) {
            let (from, username) = (self.place(subject, candidate), &self.candidates[candidate].username);
            self.risk.moved(from, username, realm(&self.candidates[accepted]), place);
        }
    }

    /// Whether there is an account that none of the devices like it has refused.
    fn has_untried(&self, subject: usize) -> bool {
        let near = self.book.near(&self.traits[subject].1);
        let is_open = |c: usize| {
            let is_local = realm(&self.candidates[c]) == model::account::LOCAL_REALM;
            let is_out = is_local || self.barred[subject].contains(&c) || self.risk.is_closed(self.place(subject, c));
            !is_out && near.doubt(c) >= 1.0
        };
        (0..self.candidates.len()).any(is_open)
    }

    fn knows_realm(&self, subject: usize) -> bool {
        let Subject { places, words, .. } = &self.subjects[subject];
        self.names.name_a_realm(words) || self.placed.of(places).is_some()
    }

    /// Whether no devices but those like it are being used to find out a realm.
    fn may_find_out_realm(&self, subject: usize) -> bool {
        let other = self.pioneer.filter(|pioneer| !self.knows_realm(*pioneer));
        let is_like = |pioneer: usize| self.traits[subject].1.iter().any(|t| self.traits[pioneer].1.contains(t));
        other.is_none_or(is_like) || self.knows_realm(subject)
    }

    /// A subject that cannot be asked at all.
    pub fn leave_out(&mut self, subject: usize) {
        self.waiting.retain(|waiting| *waiting != subject);
    }

    /// Whether an account that might be tried on it is left alone.
    pub fn was_closed(&self, subject: usize) -> bool {
        let mut allowed = (0..self.candidates.len()).filter(|c| !self.barred[subject].contains(c));
        allowed.any(|candidate| self.risk.is_closed(self.place(subject, candidate)))
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
        self.traits[subject].1.iter().any(|t| self.book.took(*t))
    }

    fn may_be_tried(&self, subject: usize) -> bool {
        let may_go_first = self.refusals[subject] < REFUSALS_OF_A_DEVICE && !self.one_near_is_under_way(subject);
        may_go_first || self.is_near_one_that_took(subject)
    }

    /// The untried candidate with the best chance, and that chance. `bold`: also where it may cost a good account its
    /// last try but one.
    fn best(&self, subject: usize, bold: bool) -> Option<(usize, f64)> {
        let (afar, near) = &self.traits[subject];
        let (afar, near) = (self.book.afar(afar), self.book.near(near));
        let mut is_known = vec![false; self.candidates.len()];
        afar.candidates().chain(near.candidates()).for_each(|c| is_known[c] = true);
        let (kinds, knows_realm) = self.names.kinds(&self.subjects[subject], &self.placed);
        let mut best: Option<(usize, f64)> = None;
        // Of those of one kind of which nothing is known, the first is the best.
        let mut done: HashSet<Kind> = HashSet::new();
        for candidate in 0..self.candidates.len() {
            let kind @ Kind { words, standing } = kinds[candidate];
            if (!is_known[candidate] && candidate > 0 && done.contains(&kind))
                || self.tried[subject].contains(&candidate)
                || self.barred[subject].contains(&candidate)
            {
                continue;
            }
            let place = self.place(subject, candidate);
            if self.risk.is_closed(place) {
                continue;
            }
            let guess = AFAR * afar.support(candidate) * afar.doubt(candidate);
            let chance = names::prior(candidate, words).max(guess).max(near.support(candidate)) * near.doubt(candidate);
            let chance = chance * standing.worth();
            // The last try before an account is left alone is kept for where it is likely to work.
            let is_last = self.risk.is_at_last(place) && chance < CONFIDENT;
            if is_last && !(knows_realm || bold) {
                continue;
            }
            let chance = if is_last { chance * LAST_TRY } else { chance };
            let may_explore = self.risk.may_explore(place, bold);
            let is_sure = chance >= if may_explore || bold { CONFIDENT } else { SURE };
            let may = is_sure || (self.refusals[subject] < REFUSALS_OF_A_DEVICE && may_explore);
            if may && !is_last && !is_known[candidate] {
                done.insert(kind);
            }
            if may && best.is_none_or(|(_, known)| chance > known) {
                best = Some((candidate, chance));
            }
        }
        best
    }

    /// What is believed is checked on one device first, then on two, on four …: a mistake must not cost an account all
    /// its tries at once.
    fn may_go_along(&self, candidate: usize) -> bool {
        let (under_way, accepted) = self.pace[candidate];
        under_way <= accepted
    }

    /// Whether a device near this one is being tried without confidence.
    fn one_near_is_under_way(&self, subject: usize) -> bool {
        self.traits[subject].1.iter().any(|t| self.explored.get(t).is_some_and(|n| *n > 0))
    }

    fn place(&self, subject: usize, candidate: usize) -> Place {
        self.risk.place(subject, candidate)
    }
}

/// By how many others are like them, the most at the end: what one of those learns helps most, and who guesses for one
/// kind of devices until it is found brings no account to its last try for two kinds at once.
fn most_alike_last(traits: &[(Vec<Trait>, Vec<Trait>)]) -> Vec<usize> {
    let mut alike: HashMap<Trait, usize> = HashMap::new();
    traits.iter().flat_map(|(_, near)| near).for_each(|t| *alike.entry(*t).or_default() += 1);
    let mut order: Vec<usize> = (0..traits.len()).rev().collect();
    order.sort_by_cached_key(|n| traits[*n].1.iter().map(|t| alike[t]).max());
    order
}

fn realm(candidate: &Candidate) -> &str {
    candidate.realm.as_deref().unwrap_or(model::account::DEFAULT_REALM)
}

#[cfg(test)]
mod tests;
