//! CSV as people and spreadsheets write it: RFC 4180, and `;` or tabs between the cells.

/// A row and the line on which it begins.
pub(super) type Line = (usize, Vec<String>);

/// The rows that are not blank. The first one, with the names of the columns, tells what is between the cells.
///
/// # Errors
/// A quote that is not closed, which is how a file that was cut often ends, or with something behind it.
pub(super) fn read(text: &str) -> Result<Vec<Line>, String> {
    let (text, told) = separator_line(text);
    let between = told.unwrap_or_else(|| separator(text));
    let mut rows = Vec::new();
    let mut rest = text.char_indices().peekable();
    // A `sep=` line was the first.
    let mut line = if told.is_some() { 2 } else { 1 };
    while rest.peek().is_some() {
        let start = line;
        let row = row(&mut rest, between, &mut line)?;
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((start, row));
        }
    }
    Ok(rows)
}

type Chars<'t> = std::iter::Peekable<std::str::CharIndices<'t>>;

fn row(rest: &mut Chars<'_>, between: char, line: &mut usize) -> Result<Vec<String>, String> {
    let mut row = Vec::new();
    loop {
        let mut cell = String::new();
        if rest.next_if(|(_, c)| *c == '"').is_some() {
            quoted(rest, &mut cell, line)?;
            if rest.peek().is_some_and(|(_, c)| *c != between && !matches!(c, '\r' | '\n')) {
                return Err(format!("line {line}: text behind a closing quote; double the quotes inside of a cell"));
            }
        } else {
            while let Some((_, c)) = rest.next_if(|(_, c)| *c != between && !matches!(c, '\r' | '\n')) {
                cell.push(c);
            }
        }
        row.push(plain(cell));
        match rest.next() {
            Some((_, c)) if c == between => {}
            Some((_, '\r')) => {
                rest.next_if(|(_, c)| *c == '\n');
                *line += 1;
                return Ok(row);
            }
            Some(_) => {
                *line += 1;
                return Ok(row);
            }
            None => return Ok(row),
        }
    }
}

fn quoted(rest: &mut Chars<'_>, cell: &mut String, line: &mut usize) -> Result<(), String> {
    let start = *line;
    loop {
        match rest.next() {
            Some((_, '"')) if rest.next_if(|(_, c)| *c == '"').is_some() => cell.push('"'),
            Some((_, '"')) => return Ok(()),
            Some((_, c)) => {
                *line += usize::from(c == '\n');
                cell.push(c);
            }
            None => return Err(format!("line {start}: a quote is never closed; is the file cut?")),
        }
    }
}

/// Without the quote that our own export puts before what a spreadsheet would run.
fn plain(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest.to_owned(),
        _ => cell,
    }
}

/// `sep=;` as a line of its own, as some spreadsheets write and read it.
fn separator_line(text: &str) -> (&str, Option<char>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let told = first.trim_end().to_ascii_lowercase();
    match told.strip_prefix("sep=").map(|s| s.chars().collect::<Vec<_>>()) {
        Some(one) if one.len() == 1 => (rest, Some(one[0])),
        _ => (text, None),
    }
}

/// What is most often between the names of the columns.
fn separator(text: &str) -> char {
    let header = text.lines().next().unwrap_or_default();
    let most = [',', ';', '\t'].into_iter().map(|c| (header.matches(c).count(), c));
    most.rev().max_by_key(|(n, _)| *n).map_or(',', |(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rows: &[(usize, &[&str])]) {
        let read = read(text).expect(text);
        let read: Vec<(usize, Vec<&str>)> =
            read.iter().map(|(n, row)| (*n, row.iter().map(String::as_str).collect())).collect();
        assert_eq!(read, rows.iter().map(|(n, row)| (*n, row.to_vec())).collect::<Vec<_>>(), "{text:?}");
    }

    #[test]
    fn cells_are_parted_by_what_the_header_has_most_of() {
        check("a,b\r\n1,2\r\n", &[(1, &["a", "b"]), (2, &["1", "2"])]);
        check("a;b\n1,5;2", &[(1, &["a", "b"]), (2, &["1,5", "2"])]);
        check("a\tb\n\n1\t2\n", &[(1, &["a", "b"]), (3, &["1", "2"])]);
        check("sep=;\na;b\n1;2", &[(2, &["a", "b"]), (3, &["1", "2"])]);
    }

    #[test]
    fn quotes_keep_what_would_part_cells_and_rows() {
        check("a,b\n\"x, \"\"y\"\"\",\"1\n2\"\nz,3", &[(1, &["a", "b"]), (2, &["x, \"y\"", "1\n2"]), (4, &["z", "3"])]);
        check("a\n'=1+1\n'tis", &[(1, &["a"]), (2, &["=1+1"]), (3, &["'tis"])]);
        assert_eq!(read("a\n\"x"), Err("line 2: a quote is never closed; is the file cut?".to_owned()));
        assert!(read("a\n\"x\"y").expect_err("refused").starts_with("line 2: text behind a closing quote"));
    }
}
