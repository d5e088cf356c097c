//! The rules of a state as one automaton, without groups.
//!
//! What it says of a rule is exact for the common patterns. For the others (look-around, references,
//! atomic groups, word edges) it may say yes where the rule says no, never the other way round.

use super::alphabet::{Alphabet, Symbols, contains, symbols};
use super::floating::Floating;
use crate::pattern::needed::needed;
use crate::pattern::node::{Mode, Node, Place, UNBOUNDED};

/// Repeats are written out up to this many spots for a rule; beyond, they count as any number.
const MOST_PLACES: usize = 3000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spot {
    Symbol { set: u32, next: u32 },
    Split { a: u32, b: u32 },
    Start { next: u32 },
    End { next: u32 },
    Accept,
    Fail,
}

#[derive(Debug)]
pub(crate) struct Nfa {
    pub spots: Vec<Spot>,
    /// The rule of each spot.
    pub rules: Vec<u16>,
    /// Where rules begin.
    pub starts: Vec<u32>,
    /// Whether the automaton is right about the rule.
    pub exact: Vec<bool>,
    /// Whether the matcher may have to try many ways: a repeat inside a repeated group.
    pub tangled: Vec<bool>,
    /// Whether a line that matches the rule is seen by no rule after it.
    pub last: Vec<bool>,
    /// Rules that the automaton knows nothing of, in order.
    pub floating: Vec<Floating>,
    pub alphabet: Alphabet,
    /// For each set its groups of the alphabet, as bits.
    pub groups: Vec<[u64; 3]>,
}

impl Nfa {
    /// Whether a group of symbols is in a set.
    pub(crate) fn takes(&self, set: u32, group: usize) -> bool {
        self.groups[set as usize][group / 64] >> (group % 64) & 1 == 1
    }
}

/// Joins patterns; `last` says of each rule whether it keeps its lines from the rules after it.
pub(crate) fn build(rules: impl Iterator<Item = (Node, bool)>) -> Nfa {
    let mut builder = Builder::default();
    let (mut starts, mut exact, mut tangled, mut lasts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut floating = Vec::new();
    for (rule, (node, last)) in rules.enumerate() {
        builder.begin(rule as u16);
        match needed(&node).filter(|_| !node.is_tangled()) {
            Some(literals) => floating.push(Floating::new(rule as u16, literals)),
            None => {
                let accept = builder.push(Spot::Accept);
                starts.push(builder.node(&node, accept));
            }
        }
        tangled.push(node.is_tangled());
        exact.push(builder.exact);
        lasts.push(last);
    }
    let (alphabet, examples) = Alphabet::new(&builder.sets);
    let groups = builder.sets.iter().map(|&set| groups(set, &examples)).collect();
    let Builder { spots, rules, .. } = builder;
    Nfa { spots, rules, starts, exact, tangled, last: lasts, floating, alphabet, groups }
}

fn groups(set: Symbols, examples: &[usize]) -> [u64; 3] {
    let mut bits = [0; 3];
    for (group, _) in examples.iter().enumerate().filter(|&(_, &symbol)| contains(set, symbol)) {
        bits[group / 64] |= 1 << (group % 64);
    }
    bits
}

#[derive(Default)]
struct Builder {
    spots: Vec<Spot>,
    rules: Vec<u16>,
    sets: Vec<Symbols>,
    rule: u16,
    begun: usize,
    exact: bool,
}

impl Builder {
    fn begin(&mut self, rule: u16) {
        (self.rule, self.begun, self.exact) = (rule, self.spots.len(), true);
    }

    fn push(&mut self, spot: Spot) -> u32 {
        self.spots.push(spot);
        self.rules.push(self.rule);
        (self.spots.len() - 1) as u32
    }

    fn symbol(&mut self, set: Symbols, next: u32) -> u32 {
        let known = self.sets.iter().position(|&known| known == set);
        let set = known.unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        });
        self.push(Spot::Symbol { set: set as u32, next })
    }

    /// Writes `node` in front of `next` and says where it starts.
    fn node(&mut self, node: &Node, next: u32) -> u32 {
        match node {
            Node::Never => self.push(Spot::Fail),
            Node::Char(c) if c.is_ascii() => self.symbol((1 << *c as u32, 0), next),
            Node::Char(c) => {
                self.exact = false;
                self.symbol((0, crate::pattern::unicode::kind(*c)), next)
            }
            Node::Class(class) => {
                self.exact &= !class.names_characters();
                self.symbol(symbols(class), next)
            }
            Node::Concat(nodes) => nodes.iter().rev().fold(next, |next, node| self.node(node, next)),
            Node::Alternate(arms) => {
                let starts: Vec<u32> = arms.iter().map(|arm| self.node(arm, next)).collect();
                starts.into_iter().reduce(|a, b| self.push(Spot::Split { a, b })).unwrap_or(next)
            }
            Node::Repeat { node, min, max, mode } => {
                self.exact &= *mode != Mode::Possessive;
                self.repeat(node, *min, *max, next)
            }
            Node::Capture { node, .. } => self.node(node, next),
            Node::Atomic(node) => {
                self.exact = false;
                self.node(node, next)
            }
            Node::Ahead { .. } | Node::Behind { .. } => {
                self.exact = false;
                next
            }
            Node::Backref { .. } => {
                self.exact = false;
                self.star(&Node::Class(Box::new(crate::pattern::class::Class::any())), next)
            }
            Node::Conditional { yes, no, .. } => {
                self.exact = false;
                let (a, b) = (self.node(yes, next), self.node(no, next));
                self.push(Spot::Split { a, b })
            }
            Node::At(Place::Start) => self.push(Spot::Start { next }),
            Node::At(Place::End) => self.push(Spot::End { next }),
            Node::At(_) => {
                self.exact = false;
                next
            }
        }
    }

    fn repeat(&mut self, node: &Node, min: u32, max: u32, next: u32) -> u32 {
        if max == 0 {
            return next;
        }
        let before = self.spots.len();
        let star = self.star(node, next);
        let size = self.spots.len() - before;
        let copies = if max == UNBOUNDED { min } else { max } as usize;
        if self.spots.len() - self.begun + size.saturating_mul(copies) > MOST_PLACES {
            self.exact = false;
            return star;
        }
        let mut at = star;
        if max != UNBOUNDED {
            self.spots.truncate(before);
            self.rules.truncate(before);
            at = next;
            for _ in min..max {
                let body = self.node(node, at);
                at = self.push(Spot::Split { a: body, b: next });
            }
        }
        (0..min).fold(at, |at, _| self.node(node, at))
    }

    fn star(&mut self, node: &Node, next: u32) -> u32 {
        let head = self.push(Spot::Fail);
        let a = self.node(node, head);
        self.spots[head as usize] = Spot::Split { a, b: next };
        head
    }
}
