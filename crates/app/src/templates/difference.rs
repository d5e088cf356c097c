//! What two sets of templates make of one text: row by row, by the lines that the rows are from.

use std::collections::{BTreeMap, BTreeSet};

use ::templates::Library;
use serde::Serialize;
use serde_json::Value;

/// What would change for one capture.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Difference {
    pub rows_added: usize,
    pub rows_removed: usize,
    pub cells_changed: usize,
    pub columns_added: Vec<String>,
    pub columns_removed: Vec<String>,
    /// Lines that were read and are not any more, and the other way round; 1-based.
    pub now_unread: Vec<usize>,
    pub now_read: Vec<usize>,
    /// Why it is not read any more.
    pub now_fails: Option<String>,
    /// It was not read at all before.
    pub failed_before: bool,
    pub rows: Vec<RowChange>,
}

/// One row that is other than before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowChange {
    /// First line of the text that gave it a value.
    pub line: usize,
    pub change: RowChanged,
    /// For each column that differs what it was and what it is.
    pub cells: BTreeMap<String, [Option<Value>; 2]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowChanged {
    Added,
    Removed,
    Changed,
}

/// Rows of one reading: the first line of each, and its cells by column.
struct Table {
    columns: BTreeSet<String>,
    rows: Vec<Row>,
    unread: BTreeSet<usize>,
}

#[derive(PartialEq)]
struct Row {
    line: usize,
    cells: BTreeMap<String, Value>,
}

impl Difference {
    pub fn is_none(&self) -> bool {
        *self == Difference::default()
    }

    /// Between what the templates of two libraries read in a text. No name at all is no template.
    pub(super) fn of(
        text: &str,
        (old, old_names): (&Library, Option<&[String]>),
        (new, new_names): (&Library, Option<&[String]>),
    ) -> Difference {
        match (table(old, old_names, text), table(new, new_names, text)) {
            (Ok(old), Ok(new)) => compare(&old, &new),
            (Ok(_), Err(reason)) => Difference { now_fails: Some(reason), ..Difference::default() },
            (Err(_), Ok(new)) => {
                let rows_added = new.rows.len();
                Difference { failed_before: true, rows_added, ..Difference::default() }
            }
            (Err(_), Err(_)) => Difference::default(),
        }
    }
}

fn table(library: &Library, names: Option<&[String]>, text: &str) -> Result<Table, String> {
    let names = names.ok_or("there is no template for the command any more")?;
    let reading = library.parse_with(names, text).map_err(|e| e.to_string())?;
    let parsed = match reading.outcome {
        textfsm::Outcome::Parsed(parsed) | textfsm::Outcome::PartlyParsed(parsed) => parsed,
        textfsm::Outcome::NotParsed(error) => return Err(error.to_string()),
    };
    let columns: Vec<String> = reading.fields.iter().map(|name| name.to_lowercase()).collect();
    let row = |record: textfsm::Record<'_>| {
        let cells = columns.iter().cloned().zip(record.values().map(|value| value.to_table_json())).collect();
        Row { line: *record.lines().start(), cells }
    };
    let rows = parsed.records().map(row).collect();
    Ok(Table { rows, columns: columns.into_iter().collect(), unread: parsed.unread.iter().copied().collect() })
}

/// Rows that begin on the same line are the same row.
fn compare(old: &Table, new: &Table) -> Difference {
    let mut difference = Difference {
        columns_added: new.columns.difference(&old.columns).cloned().collect(),
        columns_removed: old.columns.difference(&new.columns).cloned().collect(),
        now_unread: new.unread.difference(&old.unread).copied().collect(),
        now_read: old.unread.difference(&new.unread).copied().collect(),
        ..Difference::default()
    };
    let common: BTreeSet<&String> = old.columns.intersection(&new.columns).collect();
    let mut olds: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
    old.rows.iter().rev().for_each(|row| olds.entry(row.line).or_default().push(row));
    for row in &new.rows {
        match olds.get_mut(&row.line).and_then(Vec::pop) {
            Some(before) => difference.changed(before, row, &common),
            None => difference.whole(row, RowChanged::Added),
        }
    }
    olds.into_values().flatten().for_each(|row| difference.whole(row, RowChanged::Removed));
    difference.rows.sort_by_key(|row| row.line);
    difference
}

impl Difference {
    fn changed(&mut self, old: &Row, new: &Row, common: &BTreeSet<&String>) {
        let differs = |column: &&&String| old.cells.get(**column) != new.cells.get(**column);
        let cell =
            |column: &&String| ((*column).clone(), [old.cells.get(*column).cloned(), new.cells.get(*column).cloned()]);
        let cells: BTreeMap<_, _> = common.iter().filter(differs).map(cell).collect();
        self.cells_changed += cells.len();
        if !cells.is_empty() {
            self.rows.push(RowChange { line: new.line, change: RowChanged::Changed, cells });
        }
    }

    fn whole(&mut self, row: &Row, change: RowChanged) {
        let is_added = change == RowChanged::Added;
        let count = if is_added { &mut self.rows_added } else { &mut self.rows_removed };
        *count += 1;
        let cell = |value: &Value| if is_added { [None, Some(value.clone())] } else { [Some(value.clone()), None] };
        let cells = row.cells.iter().map(|(name, value)| (name.clone(), cell(value))).collect();
        self.rows.push(RowChange { line: row.line, change, cells });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ::templates::Layer;

    use super::*;

    const OLD: &str =
        "Value Required PORT (\\S+)\nValue STATE (up|down)\n\nStart\n  ^Port ${PORT} is ${STATE} -> Record\n";
    const TEXT: &str = "Port a is up\nPort b is down!\nNote c\nPort d is up\n";

    fn check(new: &str, wanted: &str) {
        let library = |source: &str| Library::new(Arc::default(), Layer::default(), Layer::new([("t", source)]));
        let names = ["t".to_owned()];
        let found = Difference::of(TEXT, (&library(OLD), Some(&names)), (&library(new), Some(&names)));
        let rows: Vec<String> = found.rows.iter().map(|r| format!("{:?} {}", r.change, r.line)).collect();
        let Difference { rows_added, rows_removed, cells_changed, now_unread, now_read, .. } = &found;
        let said =
            format!("+{rows_added} -{rows_removed} ~{cells_changed} {now_unread:?} {now_read:?} {}", rows.join(", "));
        assert_eq!(said.trim_end(), wanted, "{found:?}");
    }

    #[test]
    fn rows_are_told_apart_by_the_lines_that_they_are_from() {
        check(OLD, "+0 -0 ~0 [] []");
        check(&OLD.replace("${PORT} is", "${PORT} +is"), "+0 -0 ~0 [] []");
        check(&OLD.replace("STATE (up|down)", "STATE (down)"), "+0 -2 ~0 [1, 4] [] Removed 1, Removed 4");
        check(&OLD.replace("STATE (up|down)", "STATE (u|d)"), "+0 -0 ~3 [] [] Changed 1, Changed 2, Changed 4");
        check(&OLD.replace("Start\n", "Start\n  ^Note ${PORT} -> Record\n"), "+1 -0 ~0 [] [3] Added 3");
    }

    #[test]
    fn a_text_that_is_refused_now_says_why() {
        let library = |source: &str| Library::new(Arc::default(), Layer::default(), Layer::new([("t", source)]));
        let names = ["t".to_owned()];
        let new = library(&OLD.replace("Start\n", "Start\n  ^Note -> Error \"no\"\n"));
        let found = Difference::of(TEXT, (&library(OLD), Some(&names)), (&new, Some(&names)));
        assert!(found.now_fails.as_ref().is_some_and(|reason| reason.contains("line 3")), "{found:?}");
    }
}
