//! What a match can begin with, so that a run of characters knows when giving back is pointless.

use super::class::{Class, has_bit};
use super::node::{Node, Place};
use super::unicode::ALL_KINDS;

/// The bytes with which the rest of a match can begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct First {
    pub ascii: u128,
    /// Kinds of characters outside ASCII, see [`super::unicode::kind`].
    pub kinds: u8,
    /// The end of the text.
    pub end: bool,
    /// Nothing is needed: what follows matches whatever comes.
    pub always: bool,
}

impl First {
    pub(crate) const ANY: First = First { ascii: u128::MAX, kinds: ALL_KINDS, end: true, always: false };
    pub(crate) const DONE: First = First { ascii: u128::MAX, kinds: ALL_KINDS, end: true, always: true };

    pub(crate) fn of_class(class: &Class) -> First {
        let kinds = if class.names_characters() { ALL_KINDS } else { class.kinds };
        First { ascii: class.ascii, kinds, end: false, always: false }
    }

    pub(crate) fn of_char(c: char) -> First {
        let (ascii, kinds) = if c.is_ascii() { (1 << c as u32, 0) } else { (0, ALL_KINDS) };
        First { ascii, kinds, end: false, always: false }
    }

    pub(crate) fn or(self, other: First) -> First {
        First {
            ascii: self.ascii | other.ascii,
            kinds: self.kinds | other.kinds,
            end: self.end || other.end,
            always: self.always || other.always,
        }
    }

    /// The byte that must come, when it is the only one.
    pub(crate) fn only(self) -> Option<u8> {
        let one = self.ascii.is_power_of_two() && self.kinds == 0 && !self.end;
        one.then(|| self.ascii.trailing_zeros() as u8)
    }

    pub(crate) fn meets(self, other: First) -> bool {
        self.ascii & other.ascii != 0 || self.kinds & other.kinds != 0 || self.end && other.end
    }

    /// Whether a match can begin with `byte`, None being the end of the text.
    #[inline(always)]
    pub(crate) fn admits(self, byte: Option<&u8>) -> bool {
        match byte {
            None => self.end,
            Some(&byte) if byte < 128 => has_bit(self.ascii, byte),
            Some(_) => self.kinds != 0,
        }
    }

    /// What `node` can begin with when `rest` follows it.
    pub(crate) fn of(node: &Node, rest: First) -> First {
        match node {
            Node::Never => First::default(),
            Node::Char(c) => First::of_char(*c),
            Node::Class(class) => First::of_class(class),
            Node::Concat(nodes) => nodes.iter().rev().fold(rest, |rest, node| First::of(node, rest)),
            Node::Alternate(arms) => arms.iter().map(|arm| First::of(arm, rest)).fold(First::default(), First::or),
            Node::Repeat { max: 0, .. } => rest,
            Node::Repeat { node, min: 0, .. } => First::of(node, rest).or(rest),
            Node::Repeat { node, .. } | Node::Capture { node, .. } | Node::Atomic(node) => First::of(node, rest),
            Node::At(Place::End) => First { end: true, ..First::default() },
            Node::Conditional { yes, no, .. } => First::of(yes, rest).or(First::of(no, rest)),
            Node::Backref { .. } => First::ANY,
            Node::At(_) | Node::Ahead { .. } | Node::Behind { .. } => First { always: false, ..rest },
        }
    }
}
