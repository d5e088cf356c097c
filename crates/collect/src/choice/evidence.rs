//! What log-ins have told about the traits of devices, and what that is worth.

use std::collections::HashMap;

/// Accepted and refused; or right and wrong.
type Count = (f64, f64);

/// A trait by its place in the book.
pub(super) type Trait = usize;

/// All that is known of all traits.
#[derive(Default)]
pub(super) struct Book {
    names: HashMap<String, Trait>,
    traits: Vec<Known>,
    kinds: HashMap<String, usize>,
    /// By kind (`site role`): how often what had been accepted at a near trait was so again, and how often not.
    records: Vec<Count>,
}

#[derive(Default)]
struct Known {
    kind: usize,
    /// By candidate.
    counts: HashMap<usize, Count>,
    took: bool,
}

impl Book {
    pub fn of(&mut self, name: &str) -> Trait {
        if let Some(id) = self.names.get(name) {
            return *id;
        }
        let next = self.records.len();
        let kind = *self.kinds.entry(kind(name)).or_insert(next);
        if kind == next {
            self.records.push((0.0, 0.0));
        }
        self.traits.push(Known { kind, ..Known::default() });
        self.names.insert(name.to_owned(), self.traits.len() - 1);
        self.traits.len() - 1
    }

    /// A device with these traits took a candidate or refused it.
    pub fn learn(&mut self, afar: &[Trait], near: &[Trait], candidate: usize, accepted: bool) {
        for name in near {
            let Some(best) = taken_most(&self.traits[*name].counts) else { continue };
            // That another one was refused says nothing of the best.
            if accepted || best == candidate {
                let (right, wrong) = &mut self.records[self.traits[*name].kind];
                *if accepted && best == candidate { right } else { wrong } += 1.0;
            }
        }
        for name in afar.iter().chain(near) {
            let known = &mut self.traits[*name];
            let (yes, no) = known.counts.entry(candidate).or_default();
            *if accepted { yes } else { no } += 1.0;
            known.took |= accepted;
        }
    }

    /// Whether anything was accepted there.
    pub fn took(&self, name: Trait) -> bool {
        self.traits[name].took
    }

    /// What is known at traits that are taken at their word.
    pub fn afar(&self, traits: &[Trait]) -> Evidence<'_> {
        Evidence(traits.iter().map(|t| (&self.traits[*t].counts, 1.0)).filter(|(c, _)| !c.is_empty()).collect())
    }

    /// The same, and traits of a kind that misled are trusted less.
    pub fn near(&self, traits: &[Trait]) -> Evidence<'_> {
        let trusted = traits.iter().map(|t| (&self.traits[*t].counts, self.trust(*t)));
        Evidence(trusted.filter(|(c, _)| !c.is_empty()).collect())
    }

    fn trust(&self, name: Trait) -> f64 {
        let (right, wrong) = self.records[self.traits[name].kind];
        (right + 2.0) / (right + wrong + 2.0)
    }
}

/// What is known at the traits of a device, and what each of them is worth.
pub(super) struct Evidence<'a>(Vec<(&'a HashMap<usize, Count>, f64)>);

impl Evidence<'_> {
    /// Candidates of which anything is known.
    pub fn candidates(&self) -> impl Iterator<Item = usize> {
        self.0.iter().flat_map(|(counts, _)| counts.keys().copied())
    }

    /// The best share of acceptances at any of the traits.
    pub fn support(&self, candidate: usize) -> f64 {
        let known = self.0.iter().filter_map(|(counts, worth)| Some((counts.get(&candidate)?, worth)));
        known.map(|((yes, no), worth)| worth * yes / (yes + no + 0.2)).fold(0.0, f64::max)
    }

    /// Traits whose devices all refused it speak against it, the more the more of them did.
    pub fn doubt(&self, candidate: usize) -> f64 {
        let known = self.0.iter().filter_map(|(counts, _)| counts.get(&candidate)).filter(|(yes, _)| *yes == 0.0);
        known.map(|(_, no)| 1.0 / (1.0 + 2.0 * no)).product()
    }
}

/// The candidate that was accepted most often, if any was; of two, the first.
fn taken_most(counts: &HashMap<usize, Count>) -> Option<usize> {
    let taken = counts.iter().filter(|(_, (yes, _))| *yes > 0.0);
    taken.max_by(|(a, (x, _)), (b, (y, _))| x.total_cmp(y).then(b.cmp(a))).map(|(candidate, _)| *candidate)
}

/// What a trait tells: `site=fra role=leaf` tells `site role`.
fn kind(name: &str) -> String {
    let keys: Vec<&str> = name.split_whitespace().filter_map(|word| Some(word.split_once('=')?.0)).collect();
    keys.join(" ")
}

#[test]
fn a_kind_of_traits_that_misled_is_trusted_less() {
    let mut book = Book::default();
    let subnets = ["subnet=1", "subnet=2"].map(|name| book.of(name));
    let site = book.of("site=fra role=leaf");
    for (near, candidate) in [(subnets[0], 7), (subnets[0], 8), (subnets[0], 9), (subnets[1], 7), (site, 7)] {
        book.learn(&[], &[near], candidate, true);
    }
    assert!(book.near(&[subnets[1]]).support(7) < 0.5, "two of two were others than expected");
    assert!(book.near(&[site]).support(7) > 0.8, "nothing speaks against the site");
}
