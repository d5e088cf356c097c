//! Rules that begin with `.*`: kept out of the automaton, tried on the lines that hold their literals.

use memchr::memmem::Finder;

use crate::lines::Line;

/// Such a rule, and the literals that each of its matches holds.
#[derive(Debug)]
pub(crate) struct Floating {
    pub rule: u16,
    /// The longest literal.
    longest: Finder<'static>,
    /// All of them, in order.
    literals: Vec<String>,
}

impl Floating {
    pub(crate) fn new(rule: u16, literals: Vec<String>) -> Floating {
        let longest = literals.iter().max_by_key(|literal| literal.len());
        let longest = Finder::new(longest.map_or("", String::as_str)).into_owned();
        Floating { rule, longest, literals }
    }

    fn all_in(&self, line: &str) -> bool {
        let mut rest = line;
        self.literals.iter().all(|literal| match rest.split_once(literal.as_str()) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        })
    }
}

/// Where in the text the longest literal of each rule comes next. Each is looked for once over the whole text.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    next: Vec<usize>,
    /// The least of these.
    soonest: usize,
}

impl Ahead {
    pub(super) fn begin_text(&mut self) {
        self.next.clear();
        self.soonest = 0;
    }

    /// Whether no rule can match the line.
    #[inline]
    pub(super) fn is_past(&self, line: Line<'_>) -> bool {
        self.soonest >= line.start + line.text.len()
    }

    /// The rules that may match the line, which is not before one that was asked for earlier.
    pub(super) fn rules<'a>(
        &'a mut self,
        floating: &'a [Floating],
        text: &'a str,
        line: Line<'a>,
    ) -> impl Iterator<Item = u16> + 'a {
        self.next.resize(floating.len(), 0);
        for (next, floating) in self.next.iter_mut().zip(floating).filter(|(next, _)| **next < line.start) {
            let found = floating.longest.find(&text.as_bytes()[line.start..]);
            *next = found.map_or(usize::MAX, |found| line.start + found);
        }
        self.soonest = self.next.iter().copied().min().unwrap_or(usize::MAX);
        let end = line.start + line.text.len();
        let here = floating.iter().zip(&self.next).filter(move |(_, next)| **next < end);
        here.map(|(floating, _)| floating)
            .filter(move |floating| floating.all_in(line.text))
            .map(|floating| floating.rule)
    }
}
