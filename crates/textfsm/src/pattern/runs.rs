//! Repeats of one set of characters: how many to take, and how many to give back.
//!
//! Most of the work of a match is here, and most of it is to find the end of a run.

use memchr::{memchr, memrchr};

use super::matcher::{Matcher, Way};
use super::node::Mode;
use super::program::{NO_PAIR, Pc, Run};
use super::scratch::Frame;

impl Matcher<'_> {
    #[inline]
    pub(super) fn run_of_class(&mut self, pc: Pc, run: &Run, start: usize) -> Way {
        let low = match run.min {
            0 => start,
            1 => self.one(run.class, start)?,
            min => self.take(run.class, start, min)?,
        };
        if run.pair != NO_PAIR {
            self.save(2 * run.pair, start);
        }
        let left = if run.max == u32::MAX { u32::MAX } else { run.max - run.min };
        if run.mode == Mode::Lazy {
            return if self.failed_before(run.memo, start) { None } else { self.more(pc, run, low, left) };
        }
        let high = if run.wide && self.scratch.plain {
            self.bytes.len().min(low.saturating_add(left as usize))
        } else {
            self.take_all(run.class, low, left)
        };
        if high - start >= 16 && !self.pay((high - start) / 16) {
            return None;
        }
        if run.mode == Mode::Possessive || high == low {
            return self.leave(run, high);
        }
        if self.failed_before(run.memo, start) {
            return None;
        }
        self.give_back(pc, run, low, high)
    }

    /// Goes on after a run, noting its end.
    #[inline]
    fn leave(&mut self, run: &Run, at: usize) -> Way {
        if run.pair != NO_PAIR {
            self.save(2 * run.pair + 1, at);
        }
        Some((run.next, at))
    }

    /// Exactly `count` characters.
    #[inline]
    fn take(&self, class: u32, mut at: usize, count: u32) -> Option<usize> {
        for _ in 0..count {
            at = self.one(class, at)?;
        }
        Some(at)
    }

    /// As many characters as there are, up to `most`.
    #[inline]
    fn take_all(&self, class: u32, mut at: usize, most: u32) -> usize {
        let set = &self.program.classes[class as usize];
        if most == u32::MAX {
            at += self.bytes[at..].iter().position(|&byte| !set.has_byte(byte)).unwrap_or(self.bytes.len() - at);
            if self.bytes.get(at).is_none_or(|&byte| byte < 128) {
                return at;
            }
        }
        let mut left = most;
        while left > 0 {
            let Some(&byte) = self.bytes.get(at) else { break };
            if set.has_byte(byte) {
                at += 1;
            } else {
                if byte < 128 {
                    break;
                }
                let Some(next) = self.one_wide(class, at) else { break };
                at = next;
            }
            left -= 1;
        }
        at
    }

    /// Goes on after a greedy run at the last place, from `at` down to `low`, where that can work.
    pub(super) fn give_back(&mut self, pc: Pc, run: &Run, low: usize, mut at: usize) -> Way {
        let from = at;
        if let Some(stop) = run.stop {
            // A byte of ASCII is no part of another character.
            let after = self.bytes.len().min(at + 1);
            at = low + memrchr(stop, &self.bytes[low..after])?;
        }
        while !run.follow.admits(self.bytes.get(at)) {
            if at <= low {
                return None;
            }
            at = self.previous(at);
        }
        if !self.pay(1 + (from - at) / 16) {
            return None;
        }
        if at > low {
            self.push(Frame::Back { pc, low, at });
        }
        self.leave(run, at)
    }

    /// Goes on after a lazy run at the first place, from `at` on, where that can work.
    pub(super) fn more(&mut self, pc: Pc, run: &Run, mut at: usize, mut left: u32) -> Way {
        let from = at;
        if let Some(stop) = run.stop.filter(|_| run.wide && self.scratch.plain && left == u32::MAX) {
            at += memchr(stop, &self.bytes[at..])?;
        }
        while !run.follow.admits(self.bytes.get(at)) {
            at = self.one(run.class, at).filter(|_| left > 0)?;
            left -= u32::from(left != u32::MAX);
        }
        if !self.pay(1 + (at - from) / 16) {
            return None;
        }
        if left > 0 {
            self.push(Frame::More { pc, at, left });
        }
        self.leave(run, at)
    }
}
