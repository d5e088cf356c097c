//! What a template read, as JSON, CSV and cells of a table: as the published tables of ntc-templates have it, with
//! names in lower case.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use textfsm::{Outcome, Parsed, Record, Value};

use super::{Result, parsed};
use crate::export::{cell, csv};

/// Rows, and the lines that gave none.
#[derive(Debug)]
pub struct Read<'t> {
    /// Names of the templates; several were merged.
    pub template: String,
    pub rows: Rows<'t>,
    pub unread: Vec<Unread>,
    /// Lines of the text.
    pub lines: usize,
}

/// A line that no rule read.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = UnreadLine)]
pub struct Unread {
    pub line: usize,
    pub text: String,
}

/// Serialises as an array of objects.
#[derive(Debug)]
pub struct Rows<'t> {
    pub fields: Vec<String>,
    parsed: Parsed<'t>,
}

impl<'t> Read<'t> {
    pub(super) fn new(
        templates: &[String],
        fields: Vec<String>,
        outcome: Outcome<'t>,
        text: &'t str,
    ) -> Result<Read<'t>> {
        let parsed = parsed(templates, outcome)?;
        let fields = fields.into_iter().map(|name| name.to_lowercase()).collect();
        let mut lines = (1..).zip(textfsm::lines(text));
        let mut unread_line = |line: usize| {
            let text = lines.find(|(number, _)| *number == line).map_or("", |(_, text)| text);
            Unread { line, text: text.to_owned() }
        };
        let unread: Vec<Unread> = parsed.unread.iter().map(|&line| unread_line(line)).collect();
        let lines = unread.last().map_or(0, |last| last.line) + lines.count();
        Ok(Read { template: templates.join(":"), rows: Rows { fields, parsed }, unread, lines })
    }
}

impl Rows<'_> {
    pub fn len(&self) -> usize {
        self.parsed.records().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Cells as text; a list is JSON.
    pub fn cells(&self) -> impl Iterator<Item = Vec<String>> {
        self.parsed.records().map(|record| record.values().map(|value| cell(Some(&value.to_table_json()))).collect())
    }

    /// First and last line of each row.
    pub fn spans(&self) -> impl Iterator<Item = (usize, usize)> {
        self.parsed.records().map(|record| (*record.lines().start(), *record.lines().end()))
    }

    /// RFC 4180, names first.
    pub fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let mut line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| csv(cell)).collect();
            write!(out, "{}\r\n", cells.join(","))
        };
        line(&self.fields)?;
        self.cells().try_for_each(|cells| line(&cells))
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(Some(self.len()))?;
        for record in self.parsed.records() {
            rows.serialize_element(&Row { rows: self, record })?;
        }
        rows.end()
    }
}

struct Row<'a> {
    rows: &'a Rows<'a>,
    record: Record<'a>,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_map(Some(self.rows.fields.len()))?;
        for (name, value) in self.rows.fields.iter().zip(self.record.values()) {
            match value {
                Value::List(_) => row.serialize_entry(name, &value.to_table_json())?,
                Value::Text(_) | Value::Absent => row.serialize_entry(name, value.as_text())?,
            }
        }
        row.end()
    }
}
