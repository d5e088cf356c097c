//! What a line must hold wherever it stands, for patterns that begin with `.*` or the like.
//!
//! An automaton would have to follow such a pattern to the end of every line. To look for its literals
//! in the whole text is far cheaper.

use super::node::{Node, UNBOUNDED};
use super::weight::weight;

/// A pattern that fixes less than this, in bits, in front of its first `.*` floats.
const FIXED: f32 = 6.0;
/// A shorter literal is found too often.
const SHORTEST: usize = 3;

/// The literals that every match holds, in order, when the pattern floats and one of them is worth looking for.
pub(crate) fn needed(node: &Node) -> Option<Vec<String>> {
    let mut walk = Walk::default();
    walk.node(node);
    let found = walk.floats && walk.literals.iter().any(|literal| literal.len() >= SHORTEST);
    found.then_some(walk.literals)
}

#[derive(Default)]
struct Walk {
    literals: Vec<String>,
    /// The last literal goes on here.
    open: bool,
    fixed: f32,
    floats: bool,
}

impl Walk {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Concat(nodes) => nodes.iter().for_each(|node| self.node(node)),
            Node::Capture { node, .. } | Node::Atomic(node) => self.node(node),
            Node::At(_) | Node::Ahead { .. } | Node::Behind { .. } => {}
            Node::Char(c) if c.is_ascii_graphic() || *c == ' ' => {
                match self.literals.last_mut().filter(|_| self.open) {
                    Some(literal) => literal.push(*c),
                    None => self.literals.push(c.to_string()),
                }
                self.open = true;
                self.fixed += weight(node);
            }
            Node::Repeat { node: inner, min, max, .. } => {
                self.open = false;
                let wide = matches!(&**inner, Node::Class(class) if class.is_wide());
                self.floats |= wide && *max == UNBOUNDED && self.fixed < FIXED;
                if *min > 0 {
                    self.node(inner);
                }
                self.open = false;
            }
            _ => {
                self.open = false;
                self.fixed += weight(node);
            }
        }
    }
}
