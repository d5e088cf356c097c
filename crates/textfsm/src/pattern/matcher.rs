//! Matches one pattern at the start of one line, with groups, in the order in which Python tries.
//!
//! Backtracking on a stack of its own. Most lines need next to none: see [`super::first`]. A pattern
//! that backtracks much is tried again with a memo of failures, which makes it linear; where groups
//! are referred to no memo is sound, and the fuel ends it.

use super::program::{NO_MEMO, Pc, Program, Split, Step};
use super::scratch::{Frame, MOST_FRAMES, MOST_MEMO_BITS, OutOfFuel, Scratch};

impl Program {
    /// Whether the pattern matches at the start of `text`; the groups are then in `scratch.slots`.
    pub(crate) fn matches(&self, text: &str, scratch: &mut Scratch) -> Result<bool, OutOfFuel> {
        if !self.first.admits(text.as_bytes().first()) {
            return Ok(false);
        }
        let whole = scratch.fuel;
        let quick = 512 + 8 * text.len() as u64;
        if self.memos == 0 || whole <= quick {
            return self.attempt(text, scratch, 0);
        }
        scratch.fuel = quick;
        let quickly = self.attempt(text, scratch, 0);
        scratch.fuel = whole - (quick - scratch.fuel);
        match quickly {
            Err(OutOfFuel) => {
                let bits = (self.memos as usize).saturating_mul(text.len() + 1);
                self.attempt(text, scratch, if bits <= MOST_MEMO_BITS { bits } else { 0 })
            }
            found => found,
        }
    }

    fn attempt(&self, text: &str, scratch: &mut Scratch, memo_bits: usize) -> Result<bool, OutOfFuel> {
        scratch.reset(self, memo_bits);
        let mut matcher = Matcher { program: self, text, bytes: text.as_bytes(), scratch, apart: 0 };
        let found = matcher.run(self.start, 0).is_some();
        if scratch.out { Err(OutOfFuel) } else { Ok(found) }
    }
}

pub(super) struct Matcher<'a> {
    pub program: &'a Program,
    pub text: &'a str,
    pub bytes: &'a [u8],
    pub scratch: &'a mut Scratch,
    /// How many parts with an end of their own we are in.
    pub apart: u32,
}

/// The next step and the position, None when the way fails.
pub(super) type Way = Option<(Pc, usize)>;

impl Matcher<'_> {
    /// Runs from `pc` to the next `Match`; gives the position there, and leaves the frames it pushed.
    pub(super) fn run(&mut self, pc: Pc, at: usize) -> Option<usize> {
        let base = self.scratch.stack.len();
        let (mut pc, mut at) = (pc, at);
        let program = self.program;
        loop {
            let step = &program.steps[pc as usize];
            if let Step::Match = step {
                return Some(at);
            }
            let mut way = self.step(step, pc, at);
            while way.is_none() {
                if self.scratch.out || self.scratch.stack.len() == base {
                    return None;
                }
                way = self.back();
            }
            (pc, at) = way?;
        }
    }

    /// Pays for work; false when nothing is left to pay with, and the match is over.
    #[inline]
    pub(super) fn pay(&mut self, fuel: usize) -> bool {
        let left = self.scratch.fuel.checked_sub(fuel as u64);
        self.scratch.fuel = left.unwrap_or_default();
        self.scratch.out |= left.is_none();
        left.is_some()
    }

    #[inline]
    pub(super) fn push(&mut self, frame: Frame) {
        self.scratch.out |= self.scratch.stack.len() >= MOST_FRAMES;
        self.scratch.stack.push(frame);
    }

    /// Does one step.
    #[inline(always)]
    fn step(&mut self, step: &Step, pc: Pc, at: usize) -> Way {
        match step {
            Step::Literal { text, next } => self.literal(text, at).map(|at| (*next, at)),
            Step::Class { class, next } => self.one(*class, at).map(|at| (*next, at)),
            Step::Run(run) => self.run_of_class(pc, run, at),
            Step::Save { slot, next } => {
                self.save(*slot, at);
                Some((*next, at))
            }
            Step::Split(split) => self.split(split, at),
            step => self.rare(step, pc, at),
        }
    }

    #[inline]
    fn split(&mut self, split: &Split, at: usize) -> Way {
        if !self.pay(1) {
            return None;
        }
        let byte = self.bytes.get(at);
        match (split.firsts.0.admits(byte), split.firsts.1.admits(byte)) {
            (true, true) if self.failed_before(split.memo, at) => None,
            (true, true) => {
                self.push(Frame::Branch { pc: split.b, at });
                Some((split.a, at))
            }
            (true, false) => Some((split.a, at)),
            (false, true) => Some((split.b, at)),
            (false, false) => None,
        }
    }

    #[inline]
    fn literal(&self, text: &str, at: usize) -> Option<usize> {
        let (text, rest) = (text.as_bytes(), &self.bytes[at..]);
        if text.first() != rest.first() {
            return None;
        }
        (text.len() == 1 || rest.starts_with(text)).then_some(at + text.len())
    }

    /// Sets a slot. With no choice open nobody can come back to the old one.
    #[inline]
    pub(super) fn save(&mut self, slot: u32, at: usize) {
        let was = std::mem::replace(&mut self.scratch.slots[slot as usize], at);
        if !self.scratch.stack.is_empty() || self.apart > 0 {
            self.push(Frame::Slot { slot, was });
        }
    }

    /// One character of the class; the position after it.
    #[inline(always)]
    pub(super) fn one(&self, class: u32, at: usize) -> Option<usize> {
        match *self.bytes.get(at)? {
            byte if byte < 128 => self.program.classes[class as usize].has_byte(byte).then_some(at + 1),
            _ => self.one_wide(class, at),
        }
    }

    /// One character outside ASCII.
    #[cold]
    pub(super) fn one_wide(&self, class: u32, at: usize) -> Option<usize> {
        let c = self.text[at..].chars().next()?;
        self.program.classes[class as usize].has_wide(c).then(|| at + c.len_utf8())
    }

    pub(super) fn previous(&self, at: usize) -> usize {
        let mut at = at - 1;
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Takes the last choice back.
    fn back(&mut self) -> Way {
        let program = self.program;
        if !self.pay(1) {
            return None;
        }
        match self.scratch.stack.pop()? {
            Frame::Branch { pc, at } => Some((pc, at)),
            Frame::Back { pc, low, at } => {
                let Step::Run(run) = &program.steps[pc as usize] else { return None };
                let at = self.previous(at);
                self.give_back(pc, run, low, at)
            }
            Frame::More { pc, at, left } => {
                let Step::Run(run) = &program.steps[pc as usize] else { return None };
                let next = self.one(run.class, at)?;
                self.more(pc, run, next, if left == u32::MAX { left } else { left - 1 })
            }
            Frame::Slot { slot, was } => {
                self.scratch.slots[slot as usize] = was;
                None
            }
            Frame::Register { register, was } => {
                self.scratch.registers[register as usize] = was;
                None
            }
        }
    }

    /// Notes that the step is tried here, and says whether it was before.
    #[inline]
    pub(super) fn failed_before(&mut self, memo: u32, at: usize) -> bool {
        if self.scratch.memo.is_empty() || memo == NO_MEMO {
            return false;
        }
        let bit = memo as usize * (self.bytes.len() + 1) + at;
        let was = self.scratch.memo[bit / 64] >> (bit % 64) & 1 == 1;
        self.scratch.memo[bit / 64] |= 1 << (bit % 64);
        was
    }
}
