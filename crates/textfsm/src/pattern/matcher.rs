//! Matches one pattern at the start of one line, with groups, in the order in which Python tries.
//!
//! Backtracking on a stack of its own. Most lines need next to none: see [`super::first`]. A pattern
//! that backtracks much is tried again with a memo of failures, which makes it linear; where groups
//! are referred to no memo is sound, and the fuel ends it.

use super::node::{Mode, Place};
use super::program::{NO_MEMO, Pc, Program, Run, Step};
use super::unicode::is_word;

/// The fuel is used up: the pattern cannot be matched against this line in reasonable time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OutOfFuel;

/// A group or register that holds nothing.
pub(crate) const NONE: usize = usize::MAX;

const MOST_FRAMES: usize = 1 << 22;
const MOST_MEMO_BITS: usize = 1 << 28;

enum Frame {
    Branch { pc: Pc, at: usize },
    /// A greedy run that may still give back, down to `low`.
    Back { pc: Pc, low: usize, at: usize },
    /// A lazy run that may take more, up to `left` characters.
    More { pc: Pc, at: usize, left: u32 },
    Slot { slot: u32, was: usize },
    Register { register: u32, was: usize },
}

/// Memory that is used again from line to line, and the fuel.
#[derive(Default)]
pub(crate) struct Scratch {
    stack: Vec<Frame>,
    /// Byte offsets, start and end of each kept group in turn; [`NONE`] where it took no part.
    pub slots: Vec<usize>,
    registers: Vec<usize>,
    memo: Vec<u64>,
    /// Steps that may still be done; about 5 ns each.
    pub fuel: u64,
}

impl Scratch {
    pub(crate) fn with_fuel(fuel: u64) -> Scratch {
        Scratch { fuel, ..Scratch::default() }
    }
}

impl Program {
    /// Whether the pattern matches at the start of `text`; the groups are then in `scratch.slots`.
    pub(crate) fn matches(&self, text: &str, scratch: &mut Scratch) -> Result<bool, OutOfFuel> {
        if !self.first.admits(text.as_bytes().first()) {
            return Ok(false);
        }
        let whole = scratch.fuel;
        let quick = 2048 + 16 * text.len() as u64;
        if self.memos == 0 || whole <= quick {
            return self.attempt(text, scratch, false);
        }
        scratch.fuel = quick;
        let quickly = self.attempt(text, scratch, false);
        scratch.fuel = whole - (quick - scratch.fuel);
        let bits = (self.memos as usize).saturating_mul(text.len() + 1);
        match quickly {
            Err(OutOfFuel) => self.attempt(text, scratch, bits <= MOST_MEMO_BITS),
            found => found,
        }
    }

    fn attempt(&self, text: &str, scratch: &mut Scratch, memo: bool) -> Result<bool, OutOfFuel> {
        scratch.stack.clear();
        scratch.slots.clear();
        scratch.slots.resize(self.slots as usize, NONE);
        scratch.registers.clear();
        scratch.registers.resize(self.registers as usize, NONE);
        scratch.memo.clear();
        if memo {
            let bits = self.memos as usize * (text.len() + 1);
            scratch.memo.resize(bits.div_ceil(64), 0);
        }
        let mut matcher = Matcher { program: self, text, bytes: text.as_bytes(), scratch };
        matcher.run(self.start, 0).map(|end| end.is_some())
    }
}

struct Matcher<'a> {
    program: &'a Program,
    text: &'a str,
    bytes: &'a [u8],
    scratch: &'a mut Scratch,
}

impl Matcher<'_> {
    /// Runs from `pc` to the next `Match`; gives the position there, and leaves the frames it pushed.
    fn run(&mut self, pc: Pc, at: usize) -> Result<Option<usize>, OutOfFuel> {
        let base = self.scratch.stack.len();
        let mut state = Some((pc, at));
        loop {
            state = match state {
                Some((pc, at)) if matches!(self.program.steps[pc as usize], Step::Match) => return Ok(Some(at)),
                Some((pc, at)) => {
                    self.spend(1)?;
                    self.step(pc, at)?
                }
                None if self.scratch.stack.len() == base => return Ok(None),
                None => self.back()?,
            }
        }
    }

    fn spend(&mut self, fuel: u64) -> Result<(), OutOfFuel> {
        self.scratch.fuel = self.scratch.fuel.checked_sub(fuel).ok_or(OutOfFuel)?;
        Ok(())
    }

    fn push(&mut self, frame: Frame) -> Result<(), OutOfFuel> {
        if self.scratch.stack.len() >= MOST_FRAMES {
            return Err(OutOfFuel);
        }
        self.scratch.stack.push(frame);
        Ok(())
    }

    /// Does one step; None when it fails.
    fn step(&mut self, pc: Pc, at: usize) -> Result<Option<(Pc, usize)>, OutOfFuel> {
        let program = self.program;
        Ok(match &program.steps[pc as usize] {
            Step::Match => Some((pc, at)),
            Step::Fail => None,
            Step::Literal { text, next } => {
                let found = self.bytes[at..].starts_with(text.as_bytes());
                found.then(|| (*next, at + text.len()))
            }
            Step::Class { class, next } => self.one(*class, at).map(|at| (*next, at)),
            Step::Run(run) => self.run_of_class(pc, run, at)?,
            Step::Split { a, b, memo } => {
                if self.failed_before(*memo, at) {
                    return Ok(None);
                }
                self.push(Frame::Branch { pc: *b, at })?;
                Some((*a, at))
            }
            Step::Save { slot, next } => {
                let was = std::mem::replace(&mut self.scratch.slots[*slot as usize], at);
                self.push(Frame::Slot { slot: *slot, was })?;
                Some((*next, at))
            }
            Step::At { place, next } => self.is_at(*place, at).then_some((*next, at)),
            Step::Ahead { negated, body, next } => self.look(*body, at, *negated)?.then_some((*next, at)),
            Step::Behind { negated, width, body, next } => {
                let found = match self.before(at, *width) {
                    Some(start) => self.look(*body, start, *negated)?,
                    None => *negated,
                };
                found.then_some((*next, at))
            }
            Step::Atomic { body, next } => self.commit(*body, at)?.map(|at| (*next, at)),
            Step::Backref { group, fold, next } => self.again(*group, *fold, at).map(|at| (*next, at)),
            Step::Conditional { group, yes, no } => Some((if self.group(*group).is_some() { *yes } else { *no }, at)),
            Step::Mark { register, next } => {
                self.set(*register, at)?;
                Some((*next, at))
            }
            Step::Moved { register, head, exit } => {
                let moved = self.scratch.registers[*register as usize] != at;
                Some((if moved { *head } else { *exit }, at))
            }
            Step::Zero { register, next } => {
                self.set(*register, 0)?;
                self.set(*register + 1, NONE)?;
                Some((*next, at))
            }
            Step::Count { .. } => self.count(pc, at)?,
        })
    }

    fn set(&mut self, register: u32, value: usize) -> Result<(), OutOfFuel> {
        let was = std::mem::replace(&mut self.scratch.registers[register as usize], value);
        self.push(Frame::Register { register, was })
    }

    fn count(&mut self, pc: Pc, at: usize) -> Result<Option<(Pc, usize)>, OutOfFuel> {
        let Step::Count { register, min, max, lazy, body, next } = self.program.steps[pc as usize] else {
            return Ok(None);
        };
        let done = self.scratch.registers[register as usize];
        let moved = self.scratch.registers[register as usize + 1] != at;
        if done >= min as usize && (done >= max as usize || !moved) {
            return Ok(Some((next, at)));
        }
        if done >= min as usize {
            if lazy {
                return self.count_later(register, body, next, at);
            }
            self.push(Frame::Branch { pc: next, at })?;
            self.set(register + 1, at)?;
        }
        self.set(register, done + 1)?;
        Ok(Some((body, at)))
    }

    /// Leaves the loop; coming back takes the body once more, with the counter as it is then.
    fn count_later(&mut self, register: u32, body: Pc, next: Pc, at: usize) -> Result<Option<(Pc, usize)>, OutOfFuel> {
        let done = self.scratch.registers[register as usize];
        let last = self.scratch.registers[register as usize + 1];
        self.set(register, done + 1)?;
        self.set(register + 1, at)?;
        self.push(Frame::Branch { pc: body, at })?;
        self.set(register, done)?;
        self.set(register + 1, last)?;
        Ok(Some((next, at)))
    }

    /// One character of the class; the position after it.
    fn one(&self, class: u32, at: usize) -> Option<usize> {
        let class = &self.program.classes[class as usize];
        match *self.bytes.get(at)? {
            byte if byte < 128 => class.has_byte(byte).then_some(at + 1),
            _ => {
                let c = self.text[at..].chars().next()?;
                class.has_wide(c).then(|| at + c.len_utf8())
            }
        }
    }

    fn run_of_class(&mut self, pc: Pc, run: &Run, start: usize) -> Result<Option<(Pc, usize)>, OutOfFuel> {
        let Some(low) = self.take(run.class, start, run.min) else { return Ok(None) };
        if run.mode == Mode::Lazy {
            let left = if run.max == u32::MAX { u32::MAX } else { run.max - run.min };
            if self.failed_before(run.memo, start) {
                return Ok(None);
            }
            return self.more(pc, low, left);
        }
        let high = self.take_all(run.class, low, run.max - run.min);
        self.spend((high - start) as u64 / 16)?;
        if run.mode == Mode::Possessive || high == low {
            return Ok(Some((run.next, high)));
        }
        if self.failed_before(run.memo, start) {
            return Ok(None);
        }
        self.give_back(pc, low, high)
    }

    /// Exactly `count` characters.
    fn take(&self, class: u32, mut at: usize, count: u32) -> Option<usize> {
        for _ in 0..count {
            at = self.one(class, at)?;
        }
        Some(at)
    }

    /// As many characters as there are, up to `most`.
    fn take_all(&self, class: u32, mut at: usize, most: u32) -> usize {
        let ascii = self.program.classes[class as usize].ascii;
        let mut left = most;
        while left > 0 {
            match self.bytes.get(at) {
                Some(&byte) if byte < 128 => {
                    if ascii >> byte & 1 == 0 {
                        break;
                    }
                    at += 1;
                }
                Some(_) => match self.one(class, at) {
                    Some(next) => at = next,
                    None => break,
                },
                None => break,
            }
            left -= 1;
        }
        at
    }

    /// Goes on after a greedy run at the last place, from `at` down to `low`, where that can work.
    fn give_back(&mut self, pc: Pc, low: usize, mut at: usize) -> Result<Option<(Pc, usize)>, OutOfFuel> {
        let Step::Run(run) = &self.program.steps[pc as usize] else { return Ok(None) };
        let from = at;
        while !run.follow.admits(self.bytes.get(at)) {
            if at <= low {
                return Ok(None);
            }
            at = self.previous(at);
        }
        self.spend((from - at) as u64 / 16)?;
        if at > low {
            self.push(Frame::Back { pc, low, at })?;
        }
        Ok(Some((run.next, at)))
    }

    /// Goes on after a lazy run at the first place, from `at` on, where that can work.
    fn more(&mut self, pc: Pc, mut at: usize, mut left: u32) -> Result<Option<(Pc, usize)>, OutOfFuel> {
        let Step::Run(run) = &self.program.steps[pc as usize] else { return Ok(None) };
        let from = at;
        while !run.follow.admits(self.bytes.get(at)) {
            match self.one(run.class, at).filter(|_| left > 0) {
                Some(next) => at = next,
                None => return Ok(None),
            }
            left -= u32::from(left != u32::MAX);
        }
        self.spend((at - from) as u64 / 16)?;
        if left > 0 {
            self.push(Frame::More { pc, at, left })?;
        }
        Ok(Some((run.next, at)))
    }

    fn previous(&self, at: usize) -> usize {
        let mut at = at - 1;
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Takes the last choice back.
    fn back(&mut self) -> Result<Option<(Pc, usize)>, OutOfFuel> {
        self.spend(1)?;
        match self.scratch.stack.pop() {
            Some(Frame::Branch { pc, at }) => Ok(Some((pc, at))),
            Some(Frame::Back { pc, low, at }) => {
                let at = self.previous(at);
                self.give_back(pc, low, at)
            }
            Some(Frame::More { pc, at, left }) => {
                let Step::Run(run) = &self.program.steps[pc as usize] else { return Ok(None) };
                match self.one(run.class, at) {
                    Some(next) => self.more(pc, next, if left == u32::MAX { left } else { left - 1 }),
                    None => Ok(None),
                }
            }
            Some(Frame::Slot { slot, was }) => {
                self.scratch.slots[slot as usize] = was;
                Ok(None)
            }
            Some(Frame::Register { register, was }) => {
                self.scratch.registers[register as usize] = was;
                Ok(None)
            }
            None => Ok(None),
        }
    }

    /// Matches a part on its own; its groups stay when it is found and not `negated`.
    fn look(&mut self, body: Pc, at: usize, negated: bool) -> Result<bool, OutOfFuel> {
        let base = self.scratch.stack.len();
        let found = self.run(body, at)?.is_some();
        if negated { self.undo(base) } else { self.forget(base) }
        Ok(found != negated)
    }

    fn commit(&mut self, body: Pc, at: usize) -> Result<Option<usize>, OutOfFuel> {
        let base = self.scratch.stack.len();
        let end = self.run(body, at)?;
        self.forget(base);
        Ok(end)
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
        match place {
            Place::Start => at == 0,
            Place::End => at == self.bytes.len(),
            Place::WordEdge => self.word_edge(at, is_word),
            Place::NotWordEdge => !self.text.is_empty() && !self.word_edge(at, is_word),
            Place::AsciiWordEdge => self.word_edge(at, |c| c.is_ascii() && is_word(c)),
            Place::NotAsciiWordEdge => !self.text.is_empty() && !self.word_edge(at, |c| c.is_ascii() && is_word(c)),
        }
    }

    fn word_edge(&self, at: usize, is_word: impl Fn(char) -> bool) -> bool {
        let before = self.text[..at].chars().next_back().is_some_and(&is_word);
        let after = self.text[at..].chars().next().is_some_and(&is_word);
        before != after
    }

    /// Notes that the step is tried here, and says whether it was before.
    fn failed_before(&mut self, memo: u32, at: usize) -> bool {
        if self.scratch.memo.is_empty() || memo == NO_MEMO {
            return false;
        }
        let bit = memo as usize * (self.bytes.len() + 1) + at;
        let was = self.scratch.memo[bit / 64] >> (bit % 64) & 1 == 1;
        self.scratch.memo[bit / 64] |= 1 << (bit % 64);
        was
    }
}
