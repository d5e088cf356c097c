//! The steps that few patterns have: places, look-around, atomic groups, references and counters.

use super::matcher::{Matcher, Way};
use super::node::Place;
use super::program::{Pc, Step};
use super::scratch::{Frame, NONE};
use super::unicode::is_word;

impl Matcher<'_> {
    pub(super) fn rare(&mut self, step: &Step, pc: Pc, at: usize) -> Way {
        match step {
            Step::At { place, next } => self.is_at(*place, at).then_some((*next, at)),
            Step::Ahead { negated, body, next } => self.look(*body, at, *negated).then_some((*next, at)),
            Step::Behind { negated, width, body, next } => {
                let found = match self.before(at, *width) {
                    Some(start) => self.look(*body, start, *negated),
                    None => *negated,
                };
                found.then_some((*next, at))
            }
            Step::Atomic { body, next } => self.commit(*body, at).map(|at| (*next, at)),
            Step::Backref { group, fold, next } => self.again(*group, *fold, at).map(|at| (*next, at)),
            Step::Conditional { group, yes, no } => Some((if self.group(*group).is_some() { *yes } else { *no }, at)),
            Step::Mark { register, next } => {
                self.set(*register, at);
                Some((*next, at))
            }
            Step::Moved { register, head, exit } => {
                let moved = self.scratch.registers[*register as usize] != at;
                Some((if moved { *head } else { *exit }, at))
            }
            Step::Zero { register, next } => {
                self.set(*register, 0);
                self.set(*register + 1, NONE);
                Some((*next, at))
            }
            Step::Count { .. } if self.pay(1) => self.count(pc, at),
            _ => None,
        }
    }

    fn set(&mut self, register: u32, value: usize) {
        let was = std::mem::replace(&mut self.scratch.registers[register as usize], value);
        self.push(Frame::Register { register, was });
    }

    fn count(&mut self, pc: Pc, at: usize) -> Way {
        let Step::Count { register, min, max, lazy, body, next } = self.program.steps[pc as usize] else {
            return None;
        };
        let done = self.scratch.registers[register as usize];
        let moved = self.scratch.registers[register as usize + 1] != at;
        if done >= min as usize && (done >= max as usize || !moved) {
            return Some((next, at));
        }
        if done >= min as usize {
            if lazy {
                return self.count_later(register, body, next, at);
            }
            self.push(Frame::Branch { pc: next, at });
            self.set(register + 1, at);
        }
        self.set(register, done + 1);
        Some((body, at))
    }

    /// Leaves the loop; coming back takes the body once more, with the counter as it is then.
    fn count_later(&mut self, register: u32, body: Pc, next: Pc, at: usize) -> Way {
        let done = self.scratch.registers[register as usize];
        let last = self.scratch.registers[register as usize + 1];
        self.set(register, done + 1);
        self.set(register + 1, at);
        self.push(Frame::Branch { pc: body, at });
        self.set(register, done);
        self.set(register + 1, last);
        Some((next, at))
    }

    /// Matches a part on its own; its groups stay when it is found and not `negated`.
    fn look(&mut self, body: Pc, at: usize, negated: bool) -> bool {
        let base = self.scratch.stack.len();
        self.apart += 1;
        let found = self.run(body, at).is_some();
        self.apart -= 1;
        if negated {
            self.undo(base)
        } else {
            self.forget(base)
        }
        found != negated
    }

    fn commit(&mut self, body: Pc, at: usize) -> Option<usize> {
        let base = self.scratch.stack.len();
        self.apart += 1;
        let end = self.run(body, at);
        self.apart -= 1;
        self.forget(base);
        end
    }

    /// Drops the choices above `base`; what restores groups stays.
    fn forget(&mut self, base: usize) {
        let mut kept = base;
        for i in base..self.scratch.stack.len() {
            if matches!(self.scratch.stack[i], Frame::Slot { .. } | Frame::Register { .. }) {
                self.scratch.stack.swap(kept, i);
                kept += 1;
            }
        }
        self.scratch.stack.truncate(kept);
    }

    fn undo(&mut self, base: usize) {
        while self.scratch.stack.len() > base {
            match self.scratch.stack.pop() {
                Some(Frame::Slot { slot, was }) => self.scratch.slots[slot as usize] = was,
                Some(Frame::Register { register, was }) => self.scratch.registers[register as usize] = was,
                _ => {}
            }
        }
    }

    /// The position `width` characters before `at`.
    fn before(&self, at: usize, width: u32) -> Option<usize> {
        (0..width).try_fold(at, |at, _| (at > 0).then(|| self.previous(at)))
    }

    fn group(&self, pair: u32) -> Option<(usize, usize)> {
        let slots = self.scratch.slots.get(2 * pair as usize..2 * pair as usize + 2)?;
        (slots[0] != NONE && slots[1] != NONE && slots[0] <= slots[1]).then(|| (slots[0], slots[1]))
    }

    fn again(&self, pair: u32, fold: bool, at: usize) -> Option<usize> {
        let (start, end) = self.group(pair)?;
        let wanted = &self.text[start..end];
        if !fold {
            return self.bytes[at..].starts_with(wanted.as_bytes()).then(|| at + wanted.len());
        }
        let mut rest = self.text[at..].chars();
        let same = wanted.chars().all(|c| rest.next().is_some_and(|d| c.to_lowercase().eq(d.to_lowercase())));
        same.then(|| self.text.len() - rest.as_str().len())
    }

    fn is_at(&self, place: Place, at: usize) -> bool {
        let ascii = |c: char| c.is_ascii() && is_word(c);
        match place {
            Place::Start => at == 0,
            Place::End => at == self.bytes.len(),
            Place::WordEdge => self.word_edge(at, is_word),
            Place::NotWordEdge => !self.text.is_empty() && !self.word_edge(at, is_word),
            Place::AsciiWordEdge => self.word_edge(at, ascii),
            Place::NotAsciiWordEdge => !self.text.is_empty() && !self.word_edge(at, ascii),
        }
    }

    fn word_edge(&self, at: usize, is_word: impl Fn(char) -> bool) -> bool {
        let before = self.text[..at].chars().next_back().is_some_and(&is_word);
        let after = self.text[at..].chars().next().is_some_and(&is_word);
        before != after
    }
}
