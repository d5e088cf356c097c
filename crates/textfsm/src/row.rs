//! The record that is being built, with the options of its values.
//!
//! Options act in the order in which the template names them, exactly as Python's option objects do:
//! `Required,List` looks at the last text, `List,Required` at the list.

use std::sync::Arc;

use crate::pattern::{OutOfFuel, Pattern, Scratch, group};
use crate::template::{Field, FieldOption};
use crate::value::{Item, Record, Value};

#[derive(Default)]
struct Cell<'t> {
    value: Value<'t>,
    line: usize,
    /// What `List` collects.
    list: Vec<Item<'t>>,
    /// What `Filldown` keeps, and where it is from.
    kept: Option<&'t str>,
    kept_line: usize,
}

pub(crate) struct Row<'p, 't> {
    fields: &'p [Field],
    cells: Vec<Cell<'t>>,
    /// First and last line that gave a value since the record was begun.
    lines: Option<(usize, usize)>,
}

impl<'p, 't> Row<'p, 't> {
    pub(crate) fn new(fields: &'p [Field]) -> Row<'p, 't> {
        Row { fields, cells: fields.iter().map(|_| Cell::default()).collect(), lines: None }
    }

    /// A rule matched; None when the group of the value took no part.
    pub(crate) fn assign(&mut self, at: usize, text: Option<&'t str>, line: usize, records: &mut [Record<'t>]) {
        let cell = &mut self.cells[at];
        cell.value = text.map_or(Value::Absent, Value::Text);
        cell.line = if text.is_some() { line } else { 0 };
        if text.is_some() {
            let first = self.lines.map_or(line, |(first, _)| first);
            self.lines = Some((first, line));
        }
        for option in &self.fields[at].options {
            match option {
                FieldOption::Filldown => (cell.kept, cell.kept_line) = (text, cell.line),
                FieldOption::List => cell.list.push(text.map_or(Item::Absent, Item::Text)),
                FieldOption::Fillup => fill_up(at, text, line, records),
                FieldOption::Required | FieldOption::Key | FieldOption::OptionBase => {}
            }
        }
    }

    /// Replaces the last entry of a list by the groups inside it, where the pattern has named ones.
    pub(crate) fn split_last(&mut self, at: usize, nested: &Pattern, scratch: &mut Scratch) -> Result<(), OutOfFuel> {
        let Some(last) = self.cells[at].list.last_mut() else { return Ok(()) };
        let Item::Text(text) = *last else { return Ok(()) };
        if !nested.names.is_empty() && nested.matches(text, scratch)? {
            let groups = nested.names.iter().enumerate();
            *last = Item::Map(groups.map(|(n, name)| (Arc::from(&**name), group(text, scratch, n))).collect());
        }
        Ok(())
    }

    /// Adds the record, unless a required value is missing or all of it is empty.
    pub(crate) fn save(&mut self, records: &mut Vec<Record<'t>>) {
        if self.fields.is_empty() {
            return;
        }
        for (field, cell) in self.fields.iter().zip(&mut self.cells) {
            for option in &field.options {
                match option {
                    FieldOption::List => cell.value = Value::List(cell.list.clone()),
                    FieldOption::Required if cell.value.is_empty() => return self.clear(),
                    _ => {}
                }
            }
        }
        if self.cells.iter().all(|cell| nothing(&cell.value)) {
            return;
        }
        let value_lines: Vec<usize> = self.cells.iter().map(|cell| cell.line).collect();
        let lines = self.span(&value_lines);
        let values = self.cells.iter_mut().map(|cell| std::mem::take(&mut cell.value)).collect();
        records.push(Record { values, lines: lines.0..=lines.1, value_lines });
        self.clear();
    }

    /// The lines that gave values; for a record of kept values alone, the lines of these.
    fn span(&self, value_lines: &[usize]) -> (usize, usize) {
        self.lines.unwrap_or_else(|| {
            let known = || value_lines.iter().copied().filter(|&line| line > 0);
            (known().min().unwrap_or(1), known().max().unwrap_or(1))
        })
    }

    /// Begins a new record; what is filled down stays.
    pub(crate) fn clear(&mut self) {
        self.lines = None;
        for (field, cell) in self.fields.iter().zip(&mut self.cells) {
            (cell.value, cell.line) = (Value::Absent, 0);
            for option in &field.options {
                match option {
                    FieldOption::Filldown => {
                        cell.value = cell.kept.map_or(Value::Absent, Value::Text);
                        cell.line = cell.kept_line;
                    }
                    FieldOption::List if !field.has(FieldOption::Filldown) => cell.list.clear(),
                    _ => {}
                }
            }
        }
    }

    /// Begins a new record, without anything.
    pub(crate) fn clear_all(&mut self) {
        self.lines = None;
        self.cells.iter_mut().for_each(|cell| *cell = Cell::default());
    }
}

/// Neither a text nor a list with entries: an empty text is something.
fn nothing(value: &Value<'_>) -> bool {
    match value {
        Value::Absent => true,
        Value::Text(_) => false,
        Value::List(items) => items.is_empty(),
    }
}

/// Gives the value to the records before, up to one that has its own.
fn fill_up<'t>(at: usize, text: Option<&'t str>, line: usize, records: &mut [Record<'t>]) {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return };
    for record in records.iter_mut().rev() {
        if !record.values[at].is_empty() {
            break;
        }
        record.values[at] = Value::Text(text);
        record.value_lines[at] = line;
    }
}
