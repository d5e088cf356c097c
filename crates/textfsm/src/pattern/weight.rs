//! How much a pattern fixes of the text that it matches, in bits.
//!
//! A character that the pattern names is worth much, a class of characters little, an optional part
//! nothing, alternatives the least of their arms. The bits come from how often characters are seen in
//! the output of devices.

use super::class::{ASCII_DIGIT, Class, span};
use super::node::{Node, Place};

/// Worth of an anchor at the end: nothing follows that the pattern does not know.
const END: f32 = 4.0;

pub(crate) fn weight(node: &Node) -> f32 {
    match node {
        Node::Char(c) if c.is_ascii() => bits(1 << *c as u32),
        Node::Char(_) => 10.0,
        Node::Class(class) => class_bits(class),
        Node::Concat(nodes) => nodes.iter().map(weight).sum(),
        Node::Alternate(arms) => arms.iter().map(weight).fold(f32::INFINITY, f32::min).min(1000.0),
        Node::Repeat { node, min, .. } => weight(node) * *min as f32,
        Node::Capture { node, .. } | Node::Atomic(node) => weight(node),
        Node::Conditional { yes, no, .. } => weight(yes).min(weight(no)),
        Node::At(Place::End) => END,
        Node::Never | Node::Ahead { .. } | Node::Behind { .. } | Node::Backref { .. } | Node::At(_) => 0.0,
    }
}

fn class_bits(class: &Class) -> f32 {
    bits(class.ascii)
}

/// Minus the logarithm of the share of characters that are in the set.
fn bits(set: u128) -> f32 {
    const SHARES: [(u128, f32); 5] = [
        (1 << 32, 0.25),
        (ASCII_DIGIT, 0.2 / 10.0),
        (span(97, 122), 0.3 / 26.0),
        (span(65, 90), 0.1 / 26.0),
        (span(33, 47) | span(58, 64) | span(91, 96) | span(123, 126), 0.15 / 32.0),
    ];
    let share: f32 = SHARES.iter().map(|(part, each)| (set & part).count_ones() as f32 * each).sum();
    -(share.clamp(0.002, 1.0).log2())
}
