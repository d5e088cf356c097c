//! Runs a template over the lines of a text.

use crate::action::RecordOp;
use crate::cells::{LONGEST_TEXT, Lists};
use crate::dfa::Lazy;
use crate::error::ParseError;
use crate::lines::{Line, Lines};
use crate::parsed::Parsed;
use crate::pattern::{OutOfFuel, Scratch};
use crate::row::Row;
use crate::template::{Field, Go, Rule, Template};

/// Matching steps for a text, some 10 ns each: plenty for a pattern that is linear. One that is not is given up
/// within a tenth of a second, and half a second for each megabyte.
const FUEL: u64 = 10_000_000;
const FUEL_PER_BYTE: u64 = 50;

/// Worth of a rule, in bits, of which half is not counted: what is common to many templates proves little.
const COMMON: f32 = 40.0;

enum After {
    NextLine,
    Over { record: bool },
}

struct Machine<'p, 't> {
    template: &'p Template,
    state: usize,
    row: Row<'p>,
    parsed: Parsed<'t>,
    scratch: Scratch,
    lazy: Vec<Lazy>,
    /// What the matches are worth, when somebody asks.
    evidence: Option<Evidence>,
}

/// What speaks for a template being the one that a text was made for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Evidence {
    /// For each line the worth of its most specific matching rule, in bits, less for rules that fix
    /// little; summed up.
    pub bits: f32,
    /// Lines that are not blank.
    pub lines: usize,
    /// Of these, lines that a rule read.
    pub read: usize,
    pub records: usize,
}

pub(crate) fn run<'t>(template: &Template, text: &'t str) -> Result<Parsed<'t>, ParseError> {
    start(template, text, None).map(|machine| machine.parsed)
}

/// What the template makes of the text; the error when it refuses the text.
pub(crate) fn weigh(template: &Template, text: &str) -> Result<Evidence, ParseError> {
    let machine = start(template, text, Some(Evidence::default()))?;
    let evidence = machine.evidence.unwrap_or_default();
    let unread = machine.parsed.unread.len();
    Ok(Evidence { records: machine.parsed.records().len(), lines: evidence.read + unread, ..evidence })
}

fn start<'p, 't>(
    template: &'p Template,
    text: &'t str,
    evidence: Option<Evidence>,
) -> Result<Machine<'p, 't>, ParseError> {
    if text.len() > LONGEST_TEXT {
        return Err(ParseError::TooLong { bytes: text.len() });
    }
    let scratch = Scratch::with_fuel(FUEL + FUEL_PER_BYTE * text.len() as u64);
    let row = Row::new(&template.fields, &template.checks);
    let parsed = Parsed::new(text, lists(&template.fields));
    let mut lazy = template.take_automata();
    lazy.iter_mut().for_each(Lazy::begin_text);
    let mut machine = Machine { template, state: template.start, row, parsed, scratch, lazy, evidence };
    let result = machine.read(text);
    template.put_automata(std::mem::take(&mut machine.lazy));
    result.map(|()| machine)
}

fn lists(fields: &[Field]) -> Vec<Lists> {
    let names = |field: &Field| field.nested.as_ref().map(|nested| nested.names.clone()).unwrap_or_default();
    fields.iter().map(|field| Lists { names: names(field), ..Lists::default() }).collect()
}

fn is_blank(line: &str) -> bool {
    line.chars().all(crate::pattern::unicode::is_space)
}

impl<'t> Machine<'_, 't> {
    fn read(&mut self, text: &'t str) -> Result<(), ParseError> {
        let mut lines = (1..).zip(Lines::new(text));
        let mut record = !self.template.explicit_eof;
        for (number, line) in lines.by_ref() {
            if let After::Over { record: last } = self.line(number, line)? {
                record = last;
                break;
            }
        }
        let rest = lines.filter(|(_, line)| !is_blank(line.text)).map(|(number, _)| number);
        self.parsed.unread.extend(rest);
        if record {
            self.row.save(&mut self.parsed);
        }
        Ok(())
    }

    fn line(&mut self, number: usize, line: Line<'t>) -> Result<After, ParseError> {
        self.scratch.plain = line.ascii;
        let found = self.candidates(line);
        let state = self.state;
        let rules = &self.template.states[state].rules;
        let count = found.map_or(rules.len(), |found| self.lazy[state].rules(found).len());
        let mut read = false;
        let mut worth = 0.0;
        for at in 0..count {
            let candidate = found.map(|found| self.lazy[state].rules(found)[at]);
            let rule = &rules[candidate.map_or(at, |candidate| candidate.rule as usize)];
            if !self.matches(rule, candidate.is_some_and(|candidate| candidate.sure), number, line)? {
                continue;
            }
            read = true;
            if self.evidence.is_some() {
                worth = rule.pattern.weight().max(worth);
            }
            self.assign(rule, number, line.start)?;
            self.record(rule.record);
            if !rule.go.is_continue() {
                self.count(read, worth, line.text);
                return self.go(rule, number, line.text);
            }
        }
        if !read && !is_blank(line.text) {
            self.parsed.unread.push(number);
        }
        self.count(read, worth, line.text);
        Ok(After::NextLine)
    }

    fn count(&mut self, read: bool, worth: f32, line: &str) {
        if let Some(evidence) = self.evidence.as_mut().filter(|_| read && !is_blank(line)) {
            evidence.read += 1;
            evidence.bits += worth * worth / (worth + COMMON);
        }
    }

    /// Which rules to try; None for all of them.
    fn candidates(&mut self, line: Line<'t>) -> Option<u32> {
        let (lazy, state) = (&mut self.lazy[self.state], &self.template.states[self.state]);
        if !lazy.is_worth_it(state.tangled) {
            return None;
        }
        lazy.search(state.nfa(), self.parsed.text, line)
    }

    /// Whether the rule matches; its groups are then in the scratch, if it has any.
    fn matches(&mut self, rule: &Rule, sure: bool, number: usize, line: Line<'_>) -> Result<bool, ParseError> {
        if sure && rule.fields.is_empty() {
            return Ok(true);
        }
        let found = rule.pattern.matches(line.text, &mut self.scratch);
        found.map_err(|OutOfFuel| self.too_hard(number))
    }

    fn assign(&mut self, rule: &Rule, number: usize, line: usize) -> Result<(), ParseError> {
        for (n, &field) in rule.fields.iter().enumerate() {
            let span = self.scratch.group(n, line);
            self.row.assign(field, span, number as u32, &mut self.parsed);
        }
        if rule.fields.iter().any(|&field| self.template.fields[field].nested.is_some()) {
            self.assign_nested(rule).map_err(|OutOfFuel| self.too_hard(number))?;
        }
        Ok(())
    }

    /// Splits what lists with inner groups just took. Done last: it uses the scratch again.
    fn assign_nested(&mut self, rule: &Rule) -> Result<(), OutOfFuel> {
        for &field in &rule.fields {
            if let Some(nested) = &self.template.fields[field].nested {
                self.row.split_last(field, nested, &mut self.parsed, &mut self.scratch)?;
            }
        }
        Ok(())
    }

    fn record(&mut self, op: RecordOp) {
        match op {
            RecordOp::NoRecord => {}
            RecordOp::Record => self.row.save(&mut self.parsed),
            RecordOp::Clear => self.row.clear(&self.parsed),
            RecordOp::Clearall => self.row.clear_all(&self.parsed),
        }
    }

    fn go(&mut self, rule: &Rule, number: usize, line: &str) -> Result<After, ParseError> {
        match &rule.go {
            Go::Continue | Go::Stay => {}
            Go::State(state) => self.state = *state,
            Go::End => return Ok(After::Over { record: false }),
            Go::Eof => return Ok(After::Over { record: !self.template.explicit_eof }),
            Go::Error(message) => {
                return Err(ParseError::Refused {
                    state: self.template.states[self.state].name.clone(),
                    rule: rule.line,
                    message: message.clone(),
                    line: number,
                    text: line.to_owned(),
                });
            }
        }
        Ok(After::NextLine)
    }

    fn too_hard(&self, line: usize) -> ParseError {
        ParseError::TooHard { state: self.template.states[self.state].name.clone(), line }
    }
}
