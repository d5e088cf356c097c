//! What a template reads in a text: records with their evidence, and the lines that no rule read.

use std::ops::RangeInclusive;

use crate::cells::{Cell, Lists};
use crate::error::ParseError;
use crate::value::Value;

/// What a template reads in a text. It holds places in the text, not copies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed<'t> {
    pub(crate) text: &'t str,
    /// One for each field: their number is the width of a record.
    pub(crate) lists: Vec<Lists>,
    /// Record after record.
    pub(crate) cells: Vec<Cell>,
    /// First and last line of each record.
    pub(crate) spans: Vec<(u32, u32)>,
    /// Lines that no rule read, blank ones left out. Counted from 1, ascending.
    pub unread: Vec<usize>,
}

/// One row, with the lines that prove it. Lines count from 1, as `str.splitlines` cuts them.
#[derive(Clone, Copy)]
pub struct Record<'p> {
    parsed: &'p Parsed<'p>,
    pub(crate) cells: &'p [Cell],
    pub(crate) span: (u32, u32),
}

impl<'t> Parsed<'t> {
    pub(crate) fn new(text: &'t str, lists: Vec<Lists>) -> Parsed<'t> {
        Parsed { text, lists, ..Parsed::default() }
    }

    /// The records, in order.
    pub fn records(&self) -> impl ExactSizeIterator<Item = Record<'_>> + DoubleEndedIterator {
        let width = self.lists.len();
        let record = move |(n, &span): (usize, &(u32, u32))| Record {
            parsed: self,
            cells: &self.cells[n * width..(n + 1) * width],
            span,
        };
        self.spans.iter().enumerate().map(record)
    }
}

impl<'p> Record<'p> {
    /// One value for each field of the template, in order.
    pub fn values(self) -> impl ExactSizeIterator<Item = Value<'p>> {
        let Parsed { text, lists, .. } = self.parsed;
        self.cells.iter().zip(lists).map(|(cell, lists)| Value::new(text, cell.span, lists))
    }

    /// The value of the nth field; absent when there is no such field.
    pub fn value(self, n: usize) -> Value<'p> {
        self.values().nth(n).unwrap_or_default()
    }

    /// The line of the nth value, for a list the line of its last entry; None when absent.
    pub fn line_of(self, n: usize) -> Option<usize> {
        self.cells.get(n).map(|cell| cell.line as usize).filter(|&line| line > 0)
    }

    /// From the first to the last line that gave this record a value.
    pub fn lines(self) -> RangeInclusive<usize> {
        self.span.0 as usize..=self.span.1 as usize
    }
}

impl std::fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Record")
            .field("lines", &self.lines())
            .field("values", &self.values().collect::<Vec<_>>())
            .finish()
    }
}

/// The three outcomes that are never confused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<'t> {
    /// Every line that is not blank was read by a rule.
    Parsed(Parsed<'t>),
    /// There are lines that no rule read; see [`Parsed::unread`].
    PartlyParsed(Parsed<'t>),
    NotParsed(ParseError),
}

impl<'t> Outcome<'t> {
    /// What was read, if the text was parsed in whole or in part.
    pub fn parsed(&self) -> Option<&Parsed<'t>> {
        match self {
            Outcome::Parsed(parsed) | Outcome::PartlyParsed(parsed) => Some(parsed),
            Outcome::NotParsed(_) => None,
        }
    }
}

impl<'t> From<Result<Parsed<'t>, ParseError>> for Outcome<'t> {
    fn from(result: Result<Parsed<'t>, ParseError>) -> Outcome<'t> {
        match result {
            Ok(parsed) if parsed.unread.is_empty() => Outcome::Parsed(parsed),
            Ok(parsed) => Outcome::PartlyParsed(parsed),
            Err(error) => Outcome::NotParsed(error),
        }
    }
}
