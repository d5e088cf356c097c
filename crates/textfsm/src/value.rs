//! What a template reads: values, records, and what it left unread.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::error::ParseError;

/// A value of a record. Texts are slices of the input.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Value<'t> {
    /// No rule gave it, or its group took no part. Python shows it as an empty text.
    #[default]
    Absent,
    Text(&'t str),
    /// A value with the option `List`.
    List(Vec<Item<'t>>),
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item<'t> {
    /// The group of the value took no part in the match.
    Absent,
    Text(&'t str),
    /// The named groups inside the pattern of the value, in their order.
    Map(Vec<(Arc<str>, Option<&'t str>)>),
}

impl<'t> Value<'t> {
    /// The text; empty when absent or a list.
    pub fn as_text(&self) -> &'t str {
        match self {
            Value::Text(text) => text,
            Value::Absent | Value::List(_) => "",
        }
    }

    /// The entries of a list; none when it is not a list.
    pub fn as_list(&self) -> &[Item<'t>] {
        match self {
            Value::List(items) => items,
            Value::Absent | Value::Text(_) => &[],
        }
    }

    /// Absent, an empty text, or an empty list.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Absent => true,
            Value::Text(text) => text.is_empty(),
            Value::List(items) => items.is_empty(),
        }
    }

    /// The value as Python's TextFSM gives it: `""` when absent, a text, or an array of texts,
    /// objects and nulls.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Value::Absent => "".into(),
            Value::Text(text) => (*text).into(),
            Value::List(items) => items.iter().map(Item::to_json).collect(),
        }
    }
}

impl Value<'_> {
    /// The value as the tables of Python's TextFSM (`clitable`) and the published rows of ntc-templates
    /// have it: as [`Value::to_json`], but an absent entry of a list is the text `None`.
    pub fn to_table_json(&self) -> serde_json::Value {
        match self {
            Value::List(items) => items.iter().map(Item::to_table_json).collect(),
            Value::Absent | Value::Text(_) => self.to_json(),
        }
    }
}

impl<'t> Item<'t> {
    /// The text; empty when absent or a map.
    pub fn as_text(&self) -> &'t str {
        match self {
            Item::Text(text) => text,
            Item::Absent | Item::Map(_) => "",
        }
    }

    /// The text of a group of a map, None when there is no such group or it took no part.
    pub fn get(&self, name: &str) -> Option<&'t str> {
        match self {
            Item::Map(groups) => groups.iter().find(|(known, _)| **known == *name).and_then(|(_, text)| *text),
            Item::Absent | Item::Text(_) => None,
        }
    }

    fn to_table_json(&self) -> serde_json::Value {
        match self {
            Item::Absent => "None".into(),
            Item::Text(_) | Item::Map(_) => self.to_json(),
        }
    }

    fn to_json(&self) -> serde_json::Value {
        match self {
            Item::Absent => serde_json::Value::Null,
            Item::Text(text) => (*text).into(),
            Item::Map(groups) => serde_json::Value::Object(
                groups.iter().map(|(name, text)| (name.to_string(), (*text).into())).collect(),
            ),
        }
    }
}

/// One row, with the lines that prove it. Lines count from 1, as `str.splitlines` cuts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'t> {
    /// One value for each field of the template, in order.
    pub values: Vec<Value<'t>>,
    /// From the first to the last line that gave this record a value.
    pub lines: RangeInclusive<usize>,
    /// The line of each value; for a list the line of its last entry; 0 when absent.
    pub value_lines: Vec<usize>,
}

/// What a template reads in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed<'t> {
    pub records: Vec<Record<'t>>,
    /// Lines that no rule read, blank ones left out. Counted from 1, ascending.
    pub unread: Vec<usize>,
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
