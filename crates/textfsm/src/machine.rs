//! Runs a template over the lines of a text.

use crate::action::RecordOp;
use crate::error::ParseError;
use crate::lines::{Line, Lines};
use crate::pattern::{OutOfFuel, Scratch, group};
use crate::row::Row;
use crate::template::{Go, Rule, Template};
use crate::value::Parsed;

/// Matching steps for a text: plenty for any pattern that is linear, a fraction of a second for one that is not.
const FUEL: u64 = 4_000_000;
const FUEL_PER_BYTE: u64 = 400;

enum After {
    NextLine,
    Over { record: bool },
}

struct Machine<'p, 't> {
    template: &'p Template,
    state: usize,
    row: Row<'p, 't>,
    parsed: Parsed<'t>,
    scratch: Scratch,
}

pub(crate) fn run<'t>(template: &Template, text: &'t str) -> Result<Parsed<'t>, ParseError> {
    let scratch = Scratch::with_fuel(FUEL + FUEL_PER_BYTE * text.len() as u64);
    let row = Row::new(&template.fields);
    let mut machine = Machine { template, state: template.start, row, parsed: Parsed::default(), scratch };
    let mut lines = (1..).zip(Lines::new(text));
    let mut record = !template.explicit_eof;
    for (number, line) in lines.by_ref() {
        if let After::Over { record: last } = machine.line(number, line)? {
            record = last;
            break;
        }
    }
    let rest = lines.filter(|(_, line)| !is_blank(line.text)).map(|(number, _)| number);
    machine.parsed.unread.extend(rest);
    if record {
        machine.row.save(&mut machine.parsed.records);
    }
    Ok(machine.parsed)
}

fn is_blank(line: &str) -> bool {
    line.chars().all(crate::pattern::unicode::is_space)
}

impl<'t> Machine<'_, 't> {
    fn line(&mut self, number: usize, line: Line<'t>) -> Result<After, ParseError> {
        let template = self.template;
        let mut read = false;
        for rule in &template.states[self.state].rules {
            let found = rule.pattern.matches(line.text, &mut self.scratch);
            if !found.map_err(|OutOfFuel| self.too_hard(number))? {
                continue;
            }
            read = true;
            self.assign(rule, number, line.text)?;
            self.record(rule.record);
            if !rule.go.is_continue() {
                return self.go(rule, number, line.text);
            }
        }
        if !read && !is_blank(line.text) {
            self.parsed.unread.push(number);
        }
        Ok(After::NextLine)
    }

    fn assign(&mut self, rule: &Rule, number: usize, line: &'t str) -> Result<(), ParseError> {
        for (n, &field) in rule.fields.iter().enumerate() {
            let text = group(line, &self.scratch, n);
            self.row.assign(field, text, number, &mut self.parsed.records);
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
                self.row.split_last(field, nested, &mut self.scratch)?;
            }
        }
        Ok(())
    }

    fn record(&mut self, op: RecordOp) {
        match op {
            RecordOp::NoRecord => {}
            RecordOp::Record => self.row.save(&mut self.parsed.records),
            RecordOp::Clear => self.row.clear(),
            RecordOp::Clearall => self.row.clear_all(),
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
