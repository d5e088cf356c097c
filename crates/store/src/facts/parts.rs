//! A part of a text, found by its trigrams.
//!
//! PostgreSQL has an index for `like` itself. SQLite has one that knows which facts have a trigram: those that have
//! some of the text's are compared with it whole.

use model::FactKind;

use super::query::searched;
use crate::sql::{Dialect, Sql};

/// Letters of a trigram.
const LETTERS: usize = 3;

/// More say little that those before did not.
const MOST: usize = 12;

/// What to ask of the table of trigrams of the kind; `None` where there is none that helps.
pub(super) fn found_by(sql: &Sql, kind: &FactKind, text: &str) -> Option<String> {
    let is_there = sql.dialect() == Dialect::Sqlite && !searched(kind).is_empty();
    is_there.then(|| trigrams(text)).flatten()
}

/// Trigrams side by side and that at the end, all of which must be there; `None` for less than three letters, and for a NUL, which no
/// question may have.
pub(crate) fn trigrams(text: &str) -> Option<String> {
    if text.contains('\0') {
        return None;
    }
    let letters: Vec<char> = text.chars().collect();
    let last = letters.len().checked_sub(LETTERS)?;
    let mut places: Vec<usize> = (0..last).step_by(LETTERS).take(MOST).collect();
    places.push(last);
    let trigram = |at: usize| letters[at..at + LETTERS].iter().collect::<String>();
    let quoted = places.into_iter().map(|at| format!("\"{}\"", trigram(at).replace('"', "\"\"")));
    Some(quoted.collect::<Vec<_>>().join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trigrams_cover_the_text() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(trigrams(text).as_deref(), expected, "{text}");
        check("ab", None);
        check("ab\0cd", None);
        check("abc", Some(r#""abc""#));
        check("abcdefg", Some(r#""abc" AND "def" AND "efg""#));
        check(r#"a"b"#, Some(r#""a""b""#));
        check("ümlä", Some(r#""üml" AND "mlä""#));
    }
}
