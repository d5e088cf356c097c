//! What a pattern is once it is read: a tree that says exactly what Python's `re` would do.

use super::class::Class;

/// `max` of a repeat without an upper bound.
pub(crate) const UNBOUNDED: u32 = u32::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Greedy,
    Lazy,
    Possessive,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Start,
    End,
    WordEdge,
    NotWordEdge,
    AsciiWordEdge,
    NotAsciiWordEdge,
}

#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// Matches nothing at all, as `(?!)`.
    Never,
    Char(char),
    Class(Box<Class>),
    Concat(Vec<Node>),
    Alternate(Vec<Node>),
    Repeat {
        node: Box<Node>,
        min: u32,
        max: u32,
        mode: Mode,
    },
    Capture {
        group: u32,
        node: Box<Node>,
    },
    Atomic(Box<Node>),
    Ahead {
        negated: bool,
        node: Box<Node>,
    },
    /// `width` is in characters: Python allows one width only.
    Behind {
        negated: bool,
        width: u32,
        node: Box<Node>,
    },
    Backref {
        group: u32,
        fold: bool,
        width: (u64, u64),
    },
    Conditional {
        group: u32,
        yes: Box<Node>,
        no: Box<Node>,
    },
    At(Place),
}

impl Node {
    pub(crate) fn empty() -> Node {
        Node::Concat(Vec::new())
    }

    /// Whether matching may have to try many ways.
    pub(crate) fn is_tangled(&self) -> bool {
        is_tangled(self, false)
    }

    /// The least and the greatest number of characters that the node can take.
    pub(crate) fn width(&self) -> (u64, u64) {
        match self {
            Node::Never | Node::At(_) | Node::Ahead { .. } | Node::Behind { .. } => (0, 0),
            Node::Char(_) | Node::Class(_) => (1, 1),
            Node::Concat(nodes) => {
                nodes.iter().map(Node::width).fold((0, 0), |a, b| (a.0.saturating_add(b.0), a.1.saturating_add(b.1)))
            }
            Node::Alternate(arms) => widest(arms.iter().map(Node::width)),
            Node::Repeat { node, min, max, .. } => {
                let (low, high) = node.width();
                let max = if *max == UNBOUNDED { u64::MAX } else { u64::from(*max) };
                (low.saturating_mul(u64::from(*min)), high.saturating_mul(max))
            }
            Node::Capture { node, .. } | Node::Atomic(node) => node.width(),
            Node::Backref { width, .. } => *width,
            Node::Conditional { yes, no, .. } => widest([yes.width(), no.width()].into_iter()),
        }
    }
}

/// Whether a repeat stands in a repeated group, other than `(x)?`.
fn is_tangled(node: &Node, repeated: bool) -> bool {
    match node {
        Node::Repeat { min, max, .. } if repeated && min != max => true,
        Node::Repeat { node, max, .. } => is_tangled(node, repeated || *max > 1),
        Node::Concat(nodes) | Node::Alternate(nodes) => nodes.iter().any(|node| is_tangled(node, repeated)),
        Node::Capture { node, .. } | Node::Atomic(node) => is_tangled(node, repeated),
        Node::Conditional { yes, no, .. } => is_tangled(yes, repeated) || is_tangled(no, repeated),
        _ => false,
    }
}

fn widest(widths: impl Iterator<Item = (u64, u64)>) -> (u64, u64) {
    widths.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0, 0))
}
