//! Python's `re`, as far as TextFSM uses it: `match` at the start of one line.
//!
//! The text of a pattern is read into a tree ([`node`]) by the rules of Python 3.11, so the same
//! patterns are refused. The tree becomes steps ([`program`], written by [`compile`]) for a backtracking matcher
//! ([`matcher`]) that finds the same groups as Python. Reading happens when a template is compiled,
//! the steps are made when a line first needs them.

pub(crate) mod class;
mod compile;
mod escape;
mod first;
mod group;
mod matcher;
pub(crate) mod needed;
pub(crate) mod node;
mod parse;
mod program;
mod rare;
mod runs;
mod scratch;
pub(crate) mod unicode;
mod weight;

use std::sync::OnceLock;

pub(crate) use parse::SyntaxError;
pub(crate) use scratch::{OutOfFuel, Scratch};

#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    /// Names of the groups, in the order of the pattern; the n-th has slots 2n and 2n + 1.
    pub names: Vec<String>,
    /// Number of groups, named or not.
    pub groups: usize,
    /// Matching may have to try many ways.
    pub tangled: bool,
    wanted: Vec<u32>,
    program: OnceLock<program::Program>,
    weight: OnceLock<f32>,
}

impl Pattern {
    /// Reads a pattern; `want` says of which named groups the text will be asked.
    pub(crate) fn new(source: &str, want: impl Fn(&str) -> bool) -> Result<Pattern, SyntaxError> {
        let tree = parse::parse(source)?;
        let tangled = tree.root.is_tangled();
        let (names, wanted) = tree.names.into_iter().filter(|(name, _)| want(name)).unzip();
        Ok(Pattern {
            source: source.to_owned(),
            names,
            groups: tree.groups,
            tangled,
            wanted,
            program: OnceLock::new(),
            weight: OnceLock::new(),
        })
    }

    pub(crate) fn program(&self) -> &program::Program {
        self.program.get_or_init(|| compile::compile(&self.tree(), &self.wanted))
    }

    /// The tree once more: it was read before, so it can be read.
    pub(crate) fn tree(&self) -> node::Node {
        parse::parse(&self.source).map_or(node::Node::Never, |tree| tree.root)
    }

    /// How much the pattern fixes of what it matches, in bits.
    pub(crate) fn weight(&self) -> f32 {
        *self.weight.get_or_init(|| weight::weight(&self.tree()))
    }

    /// Matches at the start; the groups of [`Pattern::names`] are then in `scratch.slots`.
    pub(crate) fn matches(&self, text: &str, scratch: &mut Scratch) -> Result<bool, OutOfFuel> {
        self.program().matches(text, scratch)
    }
}
