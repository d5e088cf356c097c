//! From the rows of a template to facts, by the mapping that the platform and the capture type give as data.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::platform::{CaptureSpec, CaptureType, FieldRule};
use model::{ColumnKind, Fact, FactKind, Platform, Value, interface};
use regex::bytes::Regex;

use crate::Rejected;

/// A row of a template: fields by name; a field is a list of texts, most with one.
pub(crate) struct Row {
    pub fields: BTreeMap<String, Vec<String>>,
    /// First and last line, 1-based.
    pub lines: (u32, u32),
}

/// Facts, and for each row that gave none the reason.
pub(crate) type Facts = (Vec<Fact>, Vec<Rejected>);

/// Rows of one capture: twice the routes of the Internet. More would take the memory of all else.
pub(crate) const MOST_ROWS: usize = 2_000_000;

/// How the rows of one capture type of one platform become facts.
pub(crate) struct Mapping<'p> {
    kind: &'static FactKind,
    /// For each column the rule, if any.
    rules: Vec<Option<&'p FieldRule>>,
    /// For each column the words for what is printed.
    words: Vec<Vec<(Arc<Regex>, &'p str)>>,
    explode: &'p [String],
    skip: Vec<(&'p str, Arc<Regex>)>,
    /// Names of ports that do not begin with a letter.
    ports: Option<Arc<Regex>>,
}

impl<'p> Mapping<'p> {
    /// `own` is what a platform adds; what is read by SNMP has none.
    pub fn new(
        kind: &'static FactKind,
        own: Option<(&'p Platform, &'p CaptureSpec)>,
        capture_type: &'p CaptureType,
    ) -> Self {
        let spec = own.map(|(_, spec)| spec);
        let rule = |column: &str| spec.and_then(|s| s.fields.get(column)).or_else(|| capture_type.fields.get(column));
        let rules = kind.columns.iter().map(|c| rule(c.name)).collect();
        let known =
            |column: &str| spec.and_then(|s| s.words.get(column)).into_iter().chain(capture_type.words.get(column));
        let word = |(pattern, word): &'p (String, String)| Some((model::pattern::of(pattern)?, word.as_str()));
        let words = kind.columns.iter().map(|c| known(c.name).flatten().filter_map(word).collect());
        let skip = spec.into_iter().flat_map(|s| &s.skip);
        let skip = skip.filter_map(|(field, p)| Some((field.as_str(), model::pattern::of(p)?)));
        let ports = own.and_then(|(platform, _)| model::pattern::of(&format!("^(?:{})$", platform.ports.as_ref()?)));
        let (words, skip) = (words.collect(), skip.collect());
        Self { kind, rules, words, explode: spec.map_or(&[], |s| &s.explode), skip, ports }
    }

    /// The facts, and for each row that gave none the reason.
    ///
    /// # Errors
    /// More than [`MOST_ROWS`]: none of them is kept.
    pub fn facts(&self, rows: impl IntoIterator<Item = Row>) -> Result<Facts, String> {
        let (mut facts, mut rejected) = (Vec::new(), Vec::new());
        for row in rows.into_iter().filter(|row| !self.is_skipped(row)) {
            for n in 0..self.elements(&row) {
                match self.fact(&row, n) {
                    Ok(fact) => facts.push(fact),
                    Err(reason) => rejected.push(Rejected { line: row.lines.1, reason }),
                }
            }
            if facts.len() + rejected.len() > MOST_ROWS {
                return Err(format!(
                    "it has more than {MOST_ROWS} rows, which are not read at once; it is kept as text"
                ));
            }
        }
        Ok((facts, rejected))
    }

    fn is_skipped(&self, row: &Row) -> bool {
        let fits = |texts: &Vec<String>, p: &Regex| match &texts[..] {
            [] => p.is_match(b""),
            texts => texts.iter().any(|text| p.is_match(text.as_bytes())),
        };
        self.skip.iter().any(|(field, p)| row.fields.get(*field).is_some_and(|texts| fits(texts, p)))
    }

    /// How many facts a row gives: as many as its longest unrolled list has elements.
    fn elements(&self, row: &Row) -> usize {
        let lengths = self.explode.iter().filter_map(|field| Some(row.fields.get(field)?.len()));
        lengths.max().unwrap_or(1).max(1)
    }

    fn fact(&self, row: &Row, element: usize) -> Result<Fact, String> {
        let mut values = Vec::with_capacity(self.rules.len());
        for ((column, rule), words) in self.kind.columns.iter().zip(&self.rules).zip(&self.words) {
            let text = rule.map(|rule| self.text(row, rule, element, &values)).unwrap_or_default();
            let text = worded(text, words);
            // Of a list, such as the MAC addresses of a stack, the first.
            let is_one = matches!(column.kind, ColumnKind::Mac | ColumnKind::Ip);
            let text = if is_one { text.split(' ').next().unwrap_or_default() } else { &*text };
            let value = if self.is_port(column.kind, text) {
                Ok(Value::Interface { name: text.to_owned(), seen: text.to_owned() })
            } else {
                Value::read(column.kind, text)
            };
            match (value, column.required) {
                (Ok(Value::Null), true) => return Err(format!("{} is empty", column.name)),
                (Ok(value), _) => values.push(value),
                (Err(reason), true) => return Err(format!("{}: {reason}", column.name)),
                // A number that no VLAN has is no way to say that there is none, and neither is a text without end.
                (Err(reason), false)
                    if column.kind == ColumnKind::Text
                        || column.kind == ColumnKind::Vlan && text.parse::<i64>().is_ok() =>
                {
                    return Err(format!("{}: {reason}", column.name));
                }
                // `unassigned`, `n/a`: a column that may be absent is absent.
                (Err(_), false) => values.push(Value::Null),
            }
        }
        Ok(Fact { values, lines: row.lines })
    }

    fn is_port(&self, kind: ColumnKind, text: &str) -> bool {
        kind == ColumnKind::Interface
            && self.ports.as_ref().is_some_and(|p| p.is_match(text.as_bytes()))
            && !interface::is_age_or_address(text)
    }

    fn text(&self, row: &Row, rule: &FieldRule, element: usize, before: &[Value]) -> String {
        match rule {
            FieldRule::Constant(text) => text.clone(),
            FieldRule::First(fields) => self.first(row, fields, element, before),
            FieldRule::Part { fields, pattern } => {
                let text = self.first(row, fields, element, before);
                let part = model::pattern::of(pattern)
                    .and_then(|p| Some(p.captures(text.as_bytes())?.get(1)?.as_bytes().to_vec()));
                String::from_utf8(part.unwrap_or_default()).unwrap_or_default()
            }
            FieldRule::Sum(a, b) => {
                let both = [self.field(row, a, element, before), self.field(row, b, element, before)];
                both.join(" ").trim().to_owned()
            }
            FieldRule::Joined(a, b) => {
                let (a, b) = (self.field(row, a, element, before), self.field(row, b, element, before));
                if b.is_empty() { a } else { format!("{a}/{b}") }
            }
        }
    }

    fn first(&self, row: &Row, fields: &[String], element: usize, before: &[Value]) -> String {
        let text = |f: &String| f.strip_prefix('=').map_or_else(|| self.field(row, f, element, before), str::to_owned);
        fields.iter().map(text).find(|t| !t.is_empty()).unwrap_or_default()
    }

    /// An unrolled field gives its element; any other list its elements with blanks between them. `.name` is what was
    /// read for that column, which must stand before.
    fn field(&self, row: &Row, name: &str, element: usize, before: &[Value]) -> String {
        if let Some(column) = name.strip_prefix('.') {
            let value = self.kind.position(column).and_then(|at| before.get(at));
            return value.map(Value::plain).unwrap_or_default();
        }
        let Some(texts) = row.fields.get(name) else { return String::new() };
        if self.explode.iter().any(|e| e == name) {
            return texts.get(element).cloned().unwrap_or_default();
        }
        let mut seen: Vec<&str> = Vec::new();
        for text in texts.iter().map(|t| t.trim()).filter(|t| !t.is_empty()) {
            // Each member of a stack says its model.
            if !seen.contains(&text) {
                seen.push(text);
            }
        }
        seen.join(" ")
    }
}

/// The word for a text, or the text.
fn worded(text: String, words: &[(Arc<Regex>, &str)]) -> String {
    let found = words.iter().find_map(|(pattern, word)| Some((pattern.captures(text.as_bytes())?, word)));
    let Some((found, word)) = found else { return text };
    let mut said = Vec::new();
    found.expand(word.as_bytes(), &mut said);
    String::from_utf8_lossy(&said).into_owned()
}
