//! Reads Python's regular expression syntax, refusing exactly what Python's `re` refuses.
//!
//! The shape follows the published grammar of `re`: alternatives, then items, then what repeats them.
//! Groups are in [`super::group`], what follows a backslash in [`super::escape`].

use super::class::Class;
use super::node::{Mode, Node, Place, UNBOUNDED};

/// Deeper nesting is refused, as Python refuses it (there by its recursion limit).
const DEEPEST: usize = 190;

/// Why a pattern is refused; `at` counts characters from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub at: usize,
    pub what: String,
}

pub(super) type Parsed<T> = Result<T, SyntaxError>;

/// The inline flags that change how text is matched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flags {
    pub fold: bool,
    pub dot_all: bool,
    pub verbose: bool,
    pub ascii: bool,
}

pub(crate) struct Tree {
    pub root: Node,
    /// Number of capturing groups, group 0 (the whole match) left out.
    pub groups: usize,
    /// Names of groups with their number, in the order of the pattern.
    pub names: Vec<(String, u32)>,
}

pub(super) struct Parser {
    pub chars: Vec<char>,
    pub at: usize,
    pub flags: Flags,
    /// Width of each group, None while it is open; entry 0 is the whole match.
    pub groups: Vec<Option<(u64, u64)>>,
    pub names: Vec<(String, u32)>,
    /// Inside a look-behind: the number of groups there were before it.
    pub behind: Option<usize>,
    /// Groups that conditionals name, with the place.
    pub asked: Vec<(usize, usize)>,
    pub depth: usize,
}

pub(crate) fn parse(pattern: &str) -> Parsed<Tree> {
    let mut parser = Parser {
        chars: pattern.chars().collect(),
        at: 0,
        flags: Flags::default(),
        groups: vec![None],
        names: Vec::new(),
        behind: None,
        asked: Vec::new(),
        depth: 0,
    };
    let root = parser.alternatives(true)?;
    if parser.at < parser.chars.len() {
        return Err(parser.error("unbalanced parenthesis"));
    }
    if let Some(&(group, at)) = parser.asked.iter().find(|(group, _)| *group >= parser.groups.len()) {
        return Err(SyntaxError { at, what: format!("invalid group reference {group}") });
    }
    Ok(Tree { root, groups: parser.groups.len() - 1, names: parser.names })
}

impl Parser {
    pub(super) fn error(&self, what: impl Into<String>) -> SyntaxError {
        SyntaxError { at: self.at.min(self.chars.len()), what: what.into() }
    }

    pub(super) fn error_at<T>(&self, at: usize, what: impl Into<String>) -> Parsed<T> {
        Err(SyntaxError { at, what: what.into() })
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn take(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    /// `a|b|c`; `outer` at the top, where global flags may stand.
    pub(super) fn alternatives(&mut self, outer: bool) -> Parsed<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error("nested too deeply"));
        }
        let mut arms = vec![self.sequence(outer)?];
        while self.eat('|') {
            arms.push(self.sequence(false)?);
        }
        self.depth -= 1;
        Ok(if arms.len() == 1 { arms.remove(0) } else { Node::Alternate(arms) })
    }

    pub(super) fn sequence(&mut self, first: bool) -> Parsed<Node> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek().filter(|c| !matches!(c, '|' | ')')) {
            if self.flags.verbose && self.skip_layout(c) {
                continue;
            }
            let start = self.at;
            self.at += 1;
            let node = match c {
                '\\' => Some(self.escape(start)?),
                '[' => Some(self.set(start)?),
                '.' if self.flags.dot_all => Some(Node::Class(Box::new(Class::any()))),
                '.' => Some(Node::Class(Box::new(Class::dot()))),
                '^' => Some(Node::At(Place::Start)),
                '$' => Some(Node::At(Place::End)),
                '(' => self.group(start, first && nodes.is_empty())?,
                '*' | '+' | '?' | '{' => self.repeat(c, start, &mut nodes)?,
                c => Some(self.literal(c)),
            };
            nodes.extend(node);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Concat(nodes) })
    }

    fn skip_layout(&mut self, c: char) -> bool {
        if c == '#' {
            while self.take().is_some_and(|c| c != '\n') {}
            return true;
        }
        let blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c');
        self.at += usize::from(blank);
        blank
    }

    pub(super) fn literal(&self, c: char) -> Node {
        let cased = c.is_alphabetic() && self.flags.fold;
        if cased { Node::Class(Box::new(Class::folded(c))) } else { Node::Char(c) }
    }

    /// Takes the last node and repeats it; gives a literal brace when the braces hold no repeat.
    fn repeat(&mut self, c: char, start: usize, nodes: &mut Vec<Node>) -> Parsed<Option<Node>> {
        let Some((min, max)) = self.bounds(c, start)? else {
            self.at = start + 1;
            return Ok(Some(Node::Char('{')));
        };
        match nodes.last() {
            None | Some(Node::At(_)) => return self.error_at(start, "nothing to repeat"),
            Some(Node::Repeat { .. }) => return self.error_at(start, "multiple repeat"),
            Some(_) => {}
        }
        let mode = match self.peek() {
            Some('?') => Mode::Lazy,
            Some('+') => Mode::Possessive,
            _ => Mode::Greedy,
        };
        self.at += usize::from(mode != Mode::Greedy);
        let node = nodes.pop().map(unwrap_one).map(Box::new);
        Ok(node.map(|node| Node::Repeat { node, min, max, mode }))
    }

    /// The bounds that follow; None when `{` is an ordinary character here.
    fn bounds(&mut self, c: char, start: usize) -> Parsed<Option<(u32, u32)>> {
        match c {
            '*' => return Ok(Some((0, UNBOUNDED))),
            '+' => return Ok(Some((1, UNBOUNDED))),
            '?' => return Ok(Some((0, 1))),
            _ if self.peek() == Some('}') => return Ok(None),
            _ => {}
        }
        let low = self.digits();
        let high = if self.eat(',') { self.digits() } else { low.clone() };
        if !self.eat('}') {
            return Ok(None);
        }
        let min = self.bound(&low, 0, start)?;
        let max = self.bound(&high, UNBOUNDED, start)?;
        if max < min {
            return self.error_at(start, "min repeat greater than max repeat");
        }
        Ok(Some((min, max)))
    }

    fn digits(&mut self) -> String {
        let mut digits = String::new();
        while let Some(c) = self.peek().filter(char::is_ascii_digit) {
            digits.push(c);
            self.at += 1;
        }
        digits
    }

    fn bound(&self, digits: &str, absent: u32, start: usize) -> Parsed<u32> {
        match digits.parse::<u32>() {
            _ if digits.is_empty() => Ok(absent),
            Ok(n) if n < UNBOUNDED => Ok(n),
            _ => self.error_at(start, "the repetition number is too large"),
        }
    }
}

/// `(?:x)*` repeats x: the wrapper that kept `(?:a*)*` from being a "multiple repeat" goes.
fn unwrap_one(node: Node) -> Node {
    match node {
        Node::Concat(mut nodes) if nodes.len() == 1 => nodes.remove(0),
        node => node,
    }
}
