//! Joins what several templates read in one text, on the values with the option `Key`.

use std::collections::HashMap;

use crate::cells::Cell;
use crate::error::ParseError;
use crate::parsed::{Parsed, Record};
use crate::template::{Field, FieldOption, Template};
use crate::value::Value;

/// One table made of several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table<'t> {
    /// Names of the columns, in order: those of the first template, then what the others add.
    pub fields: Vec<String>,
    pub parsed: Parsed<'t>,
}

impl<'t> Table<'t> {
    /// Reads a text with several templates. Each record of the first gets the new columns of the first
    /// record of each other that has the same keys; without keys, records pair up by their place. A line is unread
    /// when no template read it.
    pub fn read<'p>(templates: impl IntoIterator<Item = &'p Template>, text: &'t str) -> Result<Table<'t>, ParseError> {
        let mut templates = templates.into_iter();
        let Some(first) = templates.next() else { return Ok(Table::default()) };
        let fields = first.fields().iter().map(|field| field.name.clone()).collect();
        let mut table = Table { fields, parsed: first.parse(text)? };
        let mut keys = keys(first);
        for template in templates {
            if keys.is_empty() {
                keys = self::keys(template);
            }
            extend(&mut table, template.fields(), template.parse(text)?, &keys);
        }
        Ok(table)
    }
}

fn keys(template: &Template) -> Vec<String> {
    let keys = template.fields().iter().filter(|field| field.has(FieldOption::Key));
    keys.map(|field| field.name.clone()).collect()
}

fn extend<'t>(table: &mut Table<'t>, fields: &[Field], mut other: Parsed<'t>, keys: &[String]) {
    let mine = |name: &String| table.fields.iter().position(|known| known == name);
    let theirs = |name: &String| fields.iter().position(|field| field.name == *name);
    let new: Vec<usize> = (0..fields.len()).filter(|&at| mine(&fields[at].name).is_none()).collect();
    let pairs: Option<Vec<_>> = keys.iter().map(|key| Some((mine(key)?, theirs(key)?))).collect();
    let partners = pairs.as_deref().map(|pairs| Partners::new(&other, pairs));
    let (mut cells, mut spans) = (Vec::new(), Vec::new());
    for (place, record) in table.parsed.records().enumerate() {
        let found = partners.as_ref().and_then(|partners| partners.of(place, record));
        cells.extend_from_slice(record.cells);
        cells.extend(new.iter().map(|&at| found.map_or(Cell::ABSENT, |row| row.cells[at])));
        let (first, last) = found.map_or(record.span, |row| row.span);
        spans.push((record.span.0.min(first), record.span.1.max(last)));
    }
    (table.parsed.cells, table.parsed.spans) = (cells, spans);
    table.parsed.lists.extend(new.iter().map(|&at| std::mem::take(&mut other.lists[at])));
    table.fields.extend(new.iter().map(|&at| fields[at].name.clone()));
    table.parsed.unread.retain(|line| other.unread.binary_search(line).is_ok());
}

/// The records of a table by their keys.
struct Partners<'a> {
    table: &'a Parsed<'a>,
    /// Columns of the keys, here and there.
    pairs: &'a [(usize, usize)],
    first: HashMap<Vec<Value<'a>>, Record<'a>>,
}

impl<'a> Partners<'a> {
    fn new(table: &'a Parsed<'a>, pairs: &'a [(usize, usize)]) -> Partners<'a> {
        let mut first = HashMap::new();
        for record in table.records().filter(|_| !pairs.is_empty()) {
            first.entry(key(record, pairs.iter().map(|pair| pair.1))).or_insert(record);
        }
        Partners { table, pairs, first }
    }

    fn of(&self, place: usize, record: Record<'_>) -> Option<Record<'a>> {
        if self.pairs.is_empty() {
            return self.table.records().nth(place);
        }
        self.first.get(&key(record, self.pairs.iter().map(|pair| pair.0))).copied()
    }
}

/// What is absent is as good as an empty text.
fn key<'r>(record: Record<'r>, columns: impl Iterator<Item = usize>) -> Vec<Value<'r>> {
    let value = |at| match record.value(at) {
        Value::Absent => Value::Text(""),
        value => value,
    };
    columns.map(value).collect()
}
