//! Joins what several templates read in one text, on the values with the option `Key`.

use crate::template::{Field, FieldOption, Template};
use crate::value::{Parsed, Record, Value};

/// One table made of several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table<'t> {
    /// Names of the columns, in order: those of the first template, then what the others add.
    pub fields: Vec<String>,
    pub parsed: Parsed<'t>,
}

/// Adds to each record of the first table the new columns of the first record in each other table that
/// has the same keys; without keys, records pair up by their place. A line is unread when no template
/// read it.
pub fn merge<'t>(tables: Vec<(&Template, Parsed<'t>)>) -> Table<'t> {
    let mut tables = tables.into_iter();
    let Some((first, parsed)) = tables.next() else { return Table::default() };
    let fields = first.fields().iter().map(|field| field.name.clone()).collect();
    let mut keys = keys(first);
    let mut table = Table { fields, parsed };
    for (template, other) in tables {
        if keys.is_empty() {
            keys = self::keys(template);
        }
        extend(&mut table, template.fields(), &other, &keys);
    }
    table
}

fn keys(template: &Template) -> Vec<String> {
    let keys = template.fields().iter().filter(|field| field.has(FieldOption::Key));
    keys.map(|field| field.name.clone()).collect()
}

fn extend<'t>(table: &mut Table<'t>, fields: &[Field], other: &Parsed<'t>, keys: &[String]) {
    let mine = |name: &String| table.fields.iter().position(|known| known == name);
    let theirs = |name: &String| fields.iter().position(|field| field.name == *name);
    let new: Vec<usize> = (0..fields.len()).filter(|&at| mine(&fields[at].name).is_none()).collect();
    let pairs: Option<Vec<_>> = keys.iter().map(|key| Some((mine(key)?, theirs(key)?))).collect();
    for (place, record) in table.parsed.records.iter_mut().enumerate() {
        let found = match &pairs {
            Some(pairs) if pairs.is_empty() => other.records.get(place),
            Some(pairs) => other.records.iter().find(|row| same(record, row, pairs)),
            None => None,
        };
        take_columns(record, found, &new);
    }
    table.fields.extend(new.iter().map(|&at| fields[at].name.clone()));
    table.parsed.unread.retain(|line| other.unread.binary_search(line).is_ok());
}

fn same(a: &Record<'_>, b: &Record<'_>, pairs: &[(usize, usize)]) -> bool {
    pairs.iter().all(|&(left, right)| match (&a.values[left], &b.values[right]) {
        (Value::List(left), Value::List(right)) => left == right,
        (Value::List(_), _) | (_, Value::List(_)) => false,
        (left, right) => left.as_text() == right.as_text(),
    })
}

fn take_columns<'t>(record: &mut Record<'t>, from: Option<&Record<'t>>, columns: &[usize]) {
    for &at in columns {
        record.values.push(from.map(|row| row.values[at].clone()).unwrap_or_default());
        record.value_lines.push(from.map_or(0, |row| row.value_lines[at]));
    }
    if let Some(row) = from {
        let (start, end) = (*record.lines.start().min(row.lines.start()), *record.lines.end().max(row.lines.end()));
        record.lines = start..=end;
    }
}
