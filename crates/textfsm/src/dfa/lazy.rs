//! A deterministic automaton for the rules of a state, made while lines are read.
//!
//! One pass over a line tells which rules can match it, and stops as soon as that is settled: a rule that
//! is met is settled, and so is every rule after one that keeps the line. When one rule alone is open
//! it stops too: matching that rule is the matcher's work anyway, and the automaton stays small. The memory is bounded: when it
//! is full the automaton starts anew, and one that starts anew too often gives up.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::floating::Ahead;
use super::nfa::{Nfa, Spot};
use crate::lines::Line;

const UNKNOWN: u32 = 0;
const SETTLED: u32 = 1 << 31;
/// Not in `settled`, but in `joined`.
const JOINED: u32 = u32::MAX;

/// Entries of the transition table, 4 bytes each, above which it starts anew.
const MOST_ENTRIES: usize = 1 << 16;
/// Lines of a state that are read without it.
const FIRST_LINES: usize = 24;
/// Starting anew after fewer lines than this is no gain,
const WORTH: usize = 4000;
/// and is done no more often than this.
const MOST_RESTARTS: u32 = 4;

/// A rule that can match a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub rule: u16,
    /// It does match.
    pub sure: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Lazy {
    /// Next state for each state and group of symbols; states are counted in whole rows, from 1.
    table: Vec<u32>,
    /// Rules that are met, then [`u32::MAX`], then spots, for each state.
    states: Vec<Box<[u32]>>,
    known: HashMap<Box<[u32]>, u32, BuildHasherDefault<Mix>>,
    /// Lists of rules that lines were found to match.
    settled: Vec<Box<[Candidate]>>,
    ahead: Ahead,
    /// The rules for the last line, with floating ones among them.
    joined: Vec<Candidate>,
    restarts: u32,
    asked: usize,
    /// Lines since the last start.
    lines: usize,
    closure: Closure,
}

/// The spots that are reached without a symbol.
#[derive(Debug, Default)]
struct Closure {
    seen: Vec<u32>,
    round: u32,
    stack: Vec<u32>,
    spots: Vec<u32>,
    met: Vec<u32>,
}

impl Lazy {
    /// Whether to ask: not for the first few lines, which are matched sooner than the automaton is
    /// made unless they are `tangled`, and not when it started anew too often.
    pub(crate) fn is_worth_it(&mut self, tangled: bool) -> bool {
        self.asked += 1;
        (tangled || self.asked > FIRST_LINES) && self.restarts <= MOST_RESTARTS
    }

    /// Lines of another text will come.
    pub(crate) fn begin_text(&mut self) {
        self.ahead.begin_text();
    }

    /// The rules that can match the line, in order: all up to the first that surely matches and keeps
    /// the line. To be looked up with [`Lazy::rules`]. None when the line needs too much memory.
    pub(crate) fn search(&mut self, nfa: &Nfa, text: &str, line: Line<'_>) -> Option<u32> {
        let stride = nfa.alphabet.size + 1;
        if self.table.is_empty() || self.table.len() > MOST_ENTRIES {
            self.restart(nfa, stride);
        }
        self.lines += 1;
        let found = if line.ascii {
            self.follow_bytes(nfa, stride, line.text.as_bytes())
        } else {
            self.follow_chars(nfa, stride, line.text)
        };
        if nfa.floating.is_empty() || self.ahead.is_past(line) {
            return found;
        }
        found.map(|found| self.join(nfa, text, line, found))
    }

    /// Puts the floating rules among those found.
    fn join(&mut self, nfa: &Nfa, text: &str, line: Line<'_>, found: u32) -> u32 {
        let settled = &self.settled[(found & !SETTLED) as usize];
        let keeper = settled.iter().find(|c| c.sure && nfa.last[c.rule as usize]).map_or(u16::MAX, |c| c.rule);
        let floating = self.ahead.rules(&nfa.floating, text, line).filter(|rule| *rule < keeper);
        self.joined.clear();
        self.joined.extend(floating.map(|rule| Candidate { rule, sure: false }));
        if self.joined.is_empty() {
            return found;
        }
        self.joined.extend_from_slice(settled);
        self.joined.sort_unstable_by_key(|candidate| candidate.rule);
        JOINED
    }

    /// Most bytes leave the state as it is. That is asked for, not computed: then the next look-up need
    /// not wait for this one.
    fn follow_bytes(&mut self, nfa: &Nfa, stride: usize, line: &[u8]) -> Option<u32> {
        let bytes = &nfa.alphabet.bytes;
        let mut state = stride as u32;
        let mut line = line.iter();
        loop {
            let row = &self.table[state as usize..state as usize + stride];
            let Some((group, next)) = line
                .by_ref()
                .map(|&byte| bytes[byte as usize] as usize)
                .map(|group| (group, row[group]))
                .find(|&(_, next)| next != state)
            else {
                return self.end(nfa, stride, state);
            };
            let next = if next == UNKNOWN { self.step(nfa, stride, state, group)? } else { next };
            if next & SETTLED != 0 {
                return Some(next);
            }
            state = next;
        }
    }

    fn follow_chars(&mut self, nfa: &Nfa, stride: usize, line: &str) -> Option<u32> {
        let mut state = stride as u32;
        for c in line.chars() {
            let group = nfa.alphabet.group(c) as usize;
            let mut next = self.table[state as usize + group];
            if next == UNKNOWN {
                next = self.step(nfa, stride, state, group)?;
            }
            if next & SETTLED != 0 {
                return Some(next);
            }
            state = next;
        }
        self.end(nfa, stride, state)
    }

    fn end(&mut self, nfa: &Nfa, stride: usize, state: u32) -> Option<u32> {
        match self.table[state as usize + stride - 1] {
            UNKNOWN => self.step(nfa, stride, state, stride - 1),
            next => Some(next),
        }
    }

    pub(crate) fn rules(&self, found: u32) -> &[Candidate] {
        if found == JOINED { &self.joined } else { &self.settled[(found & !SETTLED) as usize] }
    }

    fn restart(&mut self, nfa: &Nfa, stride: usize) {
        self.restarts += u32::from(!self.table.is_empty() && self.lines < WORTH);
        self.lines = 0;
        self.table.clear();
        self.table.resize(stride, UNKNOWN);
        self.states.clear();
        self.known.clear();
        self.settled.clear();
        self.states.push(Box::default());
        self.closure.begin(nfa, &[]);
        nfa.starts.iter().for_each(|&start| self.closure.add(nfa, start, true, false));
        let key = self.closure.finish(nfa);
        // Not entered into `known`: only here is the start of the line still to come.
        self.table.resize(2 * stride, UNKNOWN);
        self.states.push(key);
    }

    /// Makes one transition.
    #[cold]
    fn step(&mut self, nfa: &Nfa, stride: usize, state: u32, group: usize) -> Option<u32> {
        if self.table.len() > 2 * MOST_ENTRIES {
            return None;
        }
        let key = self.successor(nfa, state as usize / stride, group, stride);
        let next = match self.known.get(&key) {
            Some(&next) => next,
            None => self.enter(nfa, stride, key),
        };
        self.table[state as usize + group] = next;
        Some(next)
    }

    fn successor(&mut self, nfa: &Nfa, state: usize, group: usize, stride: usize) -> Box<[u32]> {
        let key = &self.states[state];
        let bar = key.iter().position(|&n| n == u32::MAX).unwrap_or(key.len());
        self.closure.begin(nfa, &key[..bar]);
        let end = group == stride - 1;
        for &spot in key.get(bar + 1..).unwrap_or_default() {
            match nfa.spots[spot as usize] {
                Spot::Symbol { set, next } if !end && nfa.takes(set, group) => {
                    self.closure.add(nfa, next, false, false);
                }
                Spot::End { .. } if end => self.closure.add(nfa, spot, state == 1, true),
                _ => {}
            }
        }
        if end {
            self.closure.spots.clear();
        }
        self.closure.finish(nfa)
    }

    /// A new state, or a settled one when no spot is left.
    fn enter(&mut self, nfa: &Nfa, stride: usize, key: Box<[u32]>) -> u32 {
        let id = if let Some(rules) = settled(nfa, &key) {
            self.settled.push(rules);
            (self.settled.len() - 1) as u32 | SETTLED
        } else {
            let id = self.table.len() as u32;
            self.table.resize(self.table.len() + stride, UNKNOWN);
            self.states.push(key.clone());
            id
        };
        self.known.insert(key, id);
        id
    }
}

/// The rules that are left when at most one is open.
fn settled(nfa: &Nfa, key: &[u32]) -> Option<Box<[Candidate]>> {
    let bar = key.iter().position(|&n| n == u32::MAX)?;
    let mut open = key[bar + 1..].iter().map(|&spot| nfa.rules[spot as usize]);
    let first = open.next();
    if first.is_some_and(|rule| nfa.tangled[rule as usize]) || !open.all(|rule| Some(rule) == first) {
        return None;
    }
    let met = key[..bar].iter().map(|&rule| Candidate { rule: rule as u16, sure: nfa.exact[rule as usize] });
    let mut rules: Vec<Candidate> = met.chain(first.map(|rule| Candidate { rule, sure: false })).collect();
    rules.sort_unstable_by_key(|candidate| candidate.rule);
    Some(rules.into())
}

impl Closure {
    fn begin(&mut self, nfa: &Nfa, met: &[u32]) {
        self.seen.resize(nfa.spots.len(), 0);
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.seen.fill(0);
            self.round = 1;
        }
        self.spots.clear();
        self.met.clear();
        self.met.extend_from_slice(met);
    }

    fn add(&mut self, nfa: &Nfa, spot: u32, start: bool, end: bool) {
        self.stack.push(spot);
        while let Some(spot) = self.stack.pop() {
            if std::mem::replace(&mut self.seen[spot as usize], self.round) == self.round {
                continue;
            }
            match nfa.spots[spot as usize] {
                Spot::Symbol { .. } => self.spots.push(spot),
                Spot::Split { a, b } => self.stack.extend([b, a]),
                Spot::Start { next } if start => self.stack.push(next),
                Spot::End { next } if end => self.stack.push(next),
                Spot::End { .. } => self.spots.push(spot),
                Spot::Accept => self.met.push(u32::from(nfa.rules[spot as usize])),
                Spot::Start { .. } | Spot::Fail => {}
            }
        }
    }

    /// Drops what cannot change the answer any more, and gives the key of the state.
    fn finish(&mut self, nfa: &Nfa) -> Box<[u32]> {
        self.met.sort_unstable();
        self.met.dedup();
        let sure = |&&rule: &&u32| nfa.exact[rule as usize] && nfa.last[rule as usize];
        let keeper = self.met.iter().find(sure).copied().unwrap_or(u32::MAX);
        self.met.retain(|&rule| rule <= keeper);
        let met = &self.met;
        self.spots.retain(|&spot| {
            let rule = u32::from(nfa.rules[spot as usize]);
            rule < keeper && !met.contains(&rule)
        });
        self.spots.sort_unstable();
        self.met.iter().copied().chain([u32::MAX]).chain(self.spots.iter().copied()).collect()
    }
}

/// A fast hash for short lists of numbers that no one chooses to our harm: collisions cost time, bounded.
#[derive(Debug, Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}
