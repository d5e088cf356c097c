//! What a match needs besides its program: memory that is used again, and fuel.

use super::program::{Pc, Program};
use crate::cells::Span;

/// The fuel is used up: the pattern cannot be matched against this line in reasonable time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OutOfFuel;

/// A group or register that holds nothing.
pub(super) const NONE: usize = usize::MAX;

pub(super) const MOST_FRAMES: usize = 1 << 22;
pub(super) const MOST_MEMO_BITS: usize = 1 << 28;

pub(super) enum Frame {
    Branch {
        pc: Pc,
        at: usize,
    },
    /// A greedy run that may still give back, down to `low`.
    Back {
        pc: Pc,
        low: usize,
        at: usize,
    },
    /// A lazy run that may take more, up to `left` characters.
    More {
        pc: Pc,
        at: usize,
        left: u32,
    },
    Slot {
        slot: u32,
        was: usize,
    },
    Register {
        register: u32,
        was: usize,
    },
}

/// Memory that is used again from line to line, and the fuel.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(super) stack: Vec<Frame>,
    /// Byte offsets, start and end of each kept group in turn; [`NONE`] where it took no part.
    pub(super) slots: Vec<usize>,
    pub(super) registers: Vec<usize>,
    pub(super) memo: Vec<u64>,
    /// The text is ASCII and one line.
    pub plain: bool,
    /// Choices that may still be made or taken back; some 10 ns each.
    pub fuel: u64,
    pub(super) out: bool,
}

impl Scratch {
    pub(crate) fn with_fuel(fuel: u64) -> Scratch {
        Scratch { fuel, ..Scratch::default() }
    }

    /// Where the nth kept group is after a match of a text that begins at `base`.
    #[inline]
    pub(crate) fn group(&self, n: usize, base: usize) -> Span {
        match self.slots.get(2 * n..2 * n + 2) {
            Some(&[start, end]) if end != NONE && start <= end => Span::bytes(base + start, base + end),
            _ => Span::ABSENT,
        }
    }

    pub(super) fn reset(&mut self, program: &Program, memo_bits: usize) {
        self.out = false;
        self.stack.clear();
        self.slots.clear();
        self.slots.resize(program.slots as usize, NONE);
        self.registers.clear();
        self.registers.resize(program.registers as usize, NONE);
        self.memo.clear();
        self.memo.resize(memo_bits.div_ceil(64), 0);
    }
}
