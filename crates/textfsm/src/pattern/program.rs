//! A pattern as steps for [`super::matcher`]; [`super::compile`] writes them.

use super::class::Class;
use super::first::First;
use super::node::{Mode, Place};

pub(crate) type Pc = u32;

#[derive(Debug)]
pub(crate) enum Step {
    Match,
    Fail,
    Literal {
        text: Box<str>,
        next: Pc,
    },
    Class {
        class: u32,
        next: Pc,
    },
    Run(Run),
    Split(Split),
    Save {
        slot: u32,
        next: Pc,
    },
    At {
        place: Place,
        next: Pc,
    },
    Ahead {
        negated: bool,
        body: Pc,
        next: Pc,
    },
    Behind {
        negated: bool,
        width: u32,
        body: Pc,
        next: Pc,
    },
    Atomic {
        body: Pc,
        next: Pc,
    },
    Backref {
        group: u32,
        fold: bool,
        next: Pc,
    },
    Conditional {
        group: u32,
        yes: Pc,
        no: Pc,
    },
    /// Sets a register to the position.
    Mark {
        register: u32,
        next: Pc,
    },
    /// Goes to `exit` when nothing was taken since the mark, else to `head`.
    Moved {
        register: u32,
        head: Pc,
        exit: Pc,
    },
    /// Sets a register, and the one after it, to 0.
    Zero {
        register: u32,
        next: Pc,
    },
    Count {
        register: u32,
        min: u32,
        max: u32,
        lazy: bool,
        body: Pc,
        next: Pc,
    },
}

/// Tries `a`, then `b`.
#[derive(Debug)]
pub(crate) struct Split {
    pub a: Pc,
    pub b: Pc,
    /// What each can begin with: often the next byte leaves but one of them.
    pub firsts: (First, First),
    /// See [`Program::memos`].
    pub memo: u32,
}

/// A repeat of one character set.
#[derive(Debug)]
pub(crate) struct Run {
    pub class: u32,
    pub min: u32,
    pub max: u32,
    pub mode: Mode,
    pub next: Pc,
    /// What `next` can begin with.
    pub follow: First,
    /// The one byte that `next` begins with.
    pub stop: Option<u8>,
    /// The set holds all of a plain line.
    pub wide: bool,
    pub memo: u32,
    /// The pair of slots that the run fills, or [`NO_PAIR`].
    pub pair: u32,
}

/// The `pair` of a run that is no group, or of which the group is not asked for.
pub(crate) const NO_PAIR: u32 = u32::MAX;

/// The `memo` of a step whose failure depends on more than the step and the position.
pub(crate) const NO_MEMO: u32 = u32::MAX;

#[derive(Debug)]
pub(crate) struct Program {
    pub steps: Vec<Step>,
    pub classes: Vec<Class>,
    pub start: Pc,
    pub first: First,
    pub registers: u32,
    /// Slots in pairs, start and end, for each group that is kept.
    pub slots: u32,
    /// Number of steps with a memo: failing at one of them once is failing there always. 0 when a step
    /// looks at what a group or a counter holds.
    pub memos: u32,
}
