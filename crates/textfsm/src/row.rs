//! The record that is being built, with the options of its values.
//!
//! Options act in the order in which the template names them, exactly as Python's option objects do:
//! `Required,List` looks at the last text, `List,Required` at the list.

use crate::cells::{Cell, Lists, Span};
use crate::parsed::Parsed;
use crate::pattern::{OutOfFuel, Pattern, Scratch};
use crate::template::{Field, FieldOption};

pub(crate) struct Row<'p> {
    fields: &'p [Field],
    /// What is asked of the fields when a record is saved, in order.
    checks: &'p [(usize, FieldOption)],
    cells: Vec<Cell>,
    /// What `Filldown` keeps; absent in other fields.
    kept: Vec<Cell>,
    /// Where the list of each field begins.
    begins: Vec<u32>,
    /// First and last line that gave a value since the record was begun.
    lines: Option<(u32, u32)>,
}

impl<'p> Row<'p> {
    pub(crate) fn new(fields: &'p [Field], checks: &'p [(usize, FieldOption)]) -> Row<'p> {
        let cells = vec![Cell::ABSENT; fields.len()];
        Row { fields, checks, kept: cells.clone(), cells, begins: vec![0; fields.len()], lines: None }
    }

    /// A rule matched; the span is absent when the group of the value took no part.
    #[inline]
    pub(crate) fn assign(&mut self, at: usize, span: Span, line: u32, parsed: &mut Parsed<'_>) {
        let absent = span.is_absent();
        let cell = Cell { span, line: if absent { 0 } else { line } };
        self.cells[at] = cell;
        if !absent {
            self.lines = Some((self.lines.map_or(line, |(first, _)| first), line));
        }
        let field = &self.fields[at];
        if field.plain {
            return;
        }
        if field.has(FieldOption::Filldown) {
            self.kept[at] = cell;
        }
        if field.has(FieldOption::List) {
            parsed.lists[at].items.push(span);
        }
        if field.has(FieldOption::Fillup) {
            fill_up(at, cell, parsed);
        }
    }

    /// Replaces the entry that a list took of the text last by the groups inside it, where its pattern has
    /// named ones.
    pub(crate) fn split_last(
        &self,
        at: usize,
        nested: &Pattern,
        parsed: &mut Parsed<'_>,
        scratch: &mut Scratch,
    ) -> Result<(), OutOfFuel> {
        let Lists { items, groups, names } = &mut parsed.lists[at];
        let crate::cells::Place::Bytes(start, end) = self.cells[at].span.place() else { return Ok(()) };
        let Some(last) = items.last_mut().filter(|_| !names.is_empty()) else { return Ok(()) };
        if nested.matches(&parsed.text[start..end], scratch)? {
            let first = groups.len() as u32;
            groups.extend((0..names.len()).map(|n| scratch.group(n, start)));
            *last = Span::entries(first, groups.len() as u32);
        }
        Ok(())
    }

    /// Adds the record, unless a required value is missing or all of it is empty.
    pub(crate) fn save(&mut self, parsed: &mut Parsed<'_>) {
        for &(at, option) in self.checks {
            match option {
                FieldOption::List => {
                    let end = parsed.lists[at].items.len() as u32;
                    self.cells[at].span = Span::entries(self.begins[at], end);
                }
                _ if self.cells[at].span.is_empty() => return self.clear(parsed),
                _ => {}
            }
        }
        if self.cells.iter().all(|cell| cell.span.is_nothing()) {
            return;
        }
        parsed.spans.push(self.span());
        parsed.cells.extend_from_slice(&self.cells);
        self.clear(parsed);
    }

    /// The lines that gave values; for a record of kept values alone, the lines of these.
    fn span(&self) -> (u32, u32) {
        self.lines.unwrap_or_else(|| {
            let known = || self.cells.iter().map(|cell| cell.line).filter(|&line| line > 0);
            (known().min().unwrap_or(1), known().max().unwrap_or(1))
        })
    }

    /// Begins a new record; what is filled down stays.
    pub(crate) fn clear(&mut self, parsed: &Parsed<'_>) {
        self.lines = None;
        self.cells.copy_from_slice(&self.kept);
        for &(at, option) in self.checks {
            if option == FieldOption::List && !self.fields[at].has(FieldOption::Filldown) {
                self.begins[at] = parsed.lists[at].items.len() as u32;
            }
        }
    }

    /// Begins a new record, without anything.
    pub(crate) fn clear_all(&mut self, parsed: &Parsed<'_>) {
        self.lines = None;
        self.cells.fill(Cell::ABSENT);
        self.kept.fill(Cell::ABSENT);
        self.begins.iter_mut().zip(&parsed.lists).for_each(|(begin, lists)| *begin = lists.items.len() as u32);
    }
}

/// Gives the value to the records before, up to one that has its own.
fn fill_up(at: usize, cell: Cell, parsed: &mut Parsed<'_>) {
    if cell.span.is_empty() {
        return;
    }
    let width = parsed.lists.len();
    for record in parsed.cells.chunks_exact_mut(width).rev() {
        if !record[at].span.is_empty() {
            break;
        }
        record[at] = cell;
    }
}
