//! A compiled template: fields, states and rules.

use std::sync::{Mutex, OnceLock, PoisonError};

use crate::action::{LineOp, RecordOp};
use crate::dfa::{self, Lazy, Nfa};
use crate::error::{ParseError, TemplateError};
use crate::machine::{self, Evidence};
use crate::parsed::{Outcome, Parsed};
use crate::pattern::Pattern;
use crate::source;

/// Options of a value, in the order in which the template names them: the order matters to Python.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldOption {
    /// A record without this value is skipped, and cleared.
    Required,
    /// Keeps its value for the records that follow.
    Filldown,
    /// Fills the records before that do not have it.
    Fillup,
    /// Collects all that was matched for the record.
    List,
    /// Part of what tells records apart; used to merge several templates.
    Key,
    /// Python's base class, which it accepts as an option without effect.
    OptionBase,
}

/// A value that the template declares.
#[derive(Debug)]
pub struct Field {
    pub name: String,
    pub options: Vec<FieldOption>,
    /// The pattern, in its parentheses.
    pub pattern: String,
    /// Its options do nothing when it is given a text.
    pub(crate) plain: bool,
    /// For a list: the pattern once more, when it has groups inside.
    pub(crate) nested: Option<Pattern>,
}

impl Field {
    pub fn has(&self, option: FieldOption) -> bool {
        self.options.contains(&option)
    }
}

#[derive(Debug)]
pub(crate) struct State {
    pub name: String,
    pub rules: Vec<Rule>,
    /// A rule may have to try many ways: its lines are better asked of the automaton, all of them.
    pub tangled: bool,
    nfa: OnceLock<Nfa>,
}

impl State {
    pub(crate) fn new(name: String, rules: Vec<Rule>) -> State {
        let tangled = rules.iter().any(|rule| rule.pattern.tangled);
        State { name, rules, tangled, nfa: OnceLock::new() }
    }

    /// All rules as one automaton, made when it is first needed.
    pub(crate) fn nfa(&self) -> &Nfa {
        let rules = || self.rules.iter().map(|rule| (rule.pattern.tree(), !rule.go.is_continue()));
        self.nfa.get_or_init(|| dfa::build(rules()))
    }
}

#[derive(Debug)]
pub(crate) struct Rule {
    /// Line of the template.
    pub line: usize,
    pub pattern: Pattern,
    /// For each kept group of the pattern the field it gives.
    pub fields: Vec<usize>,
    pub record: RecordOp,
    pub go: Go,
}

/// What happens to the line after a rule matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Go {
    Continue,
    Stay,
    State(usize),
    End,
    Eof,
    Error(Option<String>),
}

impl Go {
    /// Whether the line stays with the rules that follow.
    pub(crate) fn is_continue(&self) -> bool {
        *self == Go::Continue
    }

    pub(crate) fn of(line: LineOp, target: Option<&str>, state: impl Fn(&str) -> Option<usize>) -> Option<Go> {
        Some(match (line, target) {
            (LineOp::Error, text) => Go::Error(text.map(|text| text.trim_matches('"').to_owned())),
            (LineOp::Continue, _) => Go::Continue,
            (LineOp::Next, None) => Go::Stay,
            (LineOp::Next, Some("End")) => Go::End,
            (LineOp::Next, Some("EOF")) => Go::Eof,
            (LineOp::Next, Some(name)) => Go::State(state(name)?),
        })
    }
}

/// Automata are kept for this many threads that parse with one template at the same time.
const MOST_KEPT: usize = 4;

/// A compiled template. Share it behind an `Arc`: parsing needs no exclusive access.
#[derive(Debug)]
pub struct Template {
    pub(crate) fields: Vec<Field>,
    /// Fields with `Required` and `List`, in the order of fields and options.
    pub(crate) checks: Vec<(usize, FieldOption)>,
    pub(crate) states: Vec<State>,
    /// Index of the state `Start`.
    pub(crate) start: usize,
    /// The template has a state `EOF`, so the last record is not added by itself.
    pub(crate) explicit_eof: bool,
    /// What earlier texts left: an automaton for each state. One entry for each thread at most.
    pub(crate) pool: Mutex<Vec<Vec<Lazy>>>,
}

impl Template {
    /// Reads a template. Refuses what Python's TextFSM refuses, saying where and what to do.
    ///
    /// ```
    /// let template = textfsm::Template::compile("Value NAME (\\S+)\n\nStart\n  ^name ${NAME} -> Record\n")?;
    /// let parsed = template.parse("name a\nname b\n")?;
    /// assert_eq!(parsed.records().nth(1).expect("two").value(0).as_text(), "b");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn compile(source: &str) -> Result<Template, TemplateError> {
        source::read(source)
    }

    /// The declared values, in order: a record has one value for each.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Reads a text. An `Error` rule of the template is a [`ParseError::Refused`].
    pub fn parse<'t>(&self, text: &'t str) -> Result<Parsed<'t>, ParseError> {
        machine::run(self, text)
    }

    /// What speaks for the template, as [`Template::parse`] would read the text.
    pub fn weigh(&self, text: &str) -> Result<Evidence, ParseError> {
        machine::weigh(self, text)
    }

    /// The automata of an earlier text, or new ones.
    pub(crate) fn take_automata(&self) -> Vec<Lazy> {
        let kept = self.pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.unwrap_or_else(|| self.states.iter().map(|_| Lazy::default()).collect())
    }

    pub(crate) fn put_automata(&self, automata: Vec<Lazy>) {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        if pool.len() < MOST_KEPT {
            pool.push(automata);
        }
    }

    /// Reads a text and says which of the three outcomes it is.
    pub fn outcome<'t>(&self, text: &'t str) -> Outcome<'t> {
        self.parse(text).into()
    }
}
