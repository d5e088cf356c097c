//! A value of a record: a text, or a list of texts and maps. All are slices of what was read.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::cells::{Lists, Place, Span};

/// A value of a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Value<'p> {
    /// No rule gave it, or its group took no part. Python shows it as an empty text.
    #[default]
    Absent,
    Text(&'p str),
    /// A value with the option `List`.
    List(List<'p>),
}

/// The entries of a value with the option `List`, in the order of the text.
#[derive(Clone, Copy)]
pub struct List<'p> {
    text: &'p str,
    lists: &'p Lists,
    items: &'p [Span],
}

/// An entry of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item<'p> {
    /// The group of the value took no part in the match.
    Absent,
    Text(&'p str),
    /// The pattern of the value has named groups inside.
    Map(Map<'p>),
}

/// The named groups inside the pattern of a list, in their order.
#[derive(Clone, Copy)]
pub struct Map<'p> {
    text: &'p str,
    names: &'p [String],
    groups: &'p [Span],
}

impl<'p> Value<'p> {
    pub(crate) fn new(text: &'p str, span: Span, lists: &'p Lists) -> Value<'p> {
        match span.place() {
            Place::Absent => Value::Absent,
            Place::Bytes(start, end) => Value::Text(text.get(start..end).unwrap_or_default()),
            Place::Entries(start, end) => Value::List(List { text, lists, items: &lists.items[start..end] }),
        }
    }

    /// The text; empty when absent or a list.
    pub fn as_text(self) -> &'p str {
        match self {
            Value::Text(text) => text,
            Value::Absent | Value::List(_) => "",
        }
    }

    /// The entries of a list; none when it is not a list.
    pub fn items(self) -> impl Iterator<Item = Item<'p>> {
        let list = if let Value::List(list) = self { Some(list) } else { None };
        list.into_iter().flat_map(List::iter)
    }

    /// Absent, an empty text, or an empty list.
    pub fn is_empty(self) -> bool {
        match self {
            Value::Absent => true,
            Value::Text(text) => text.is_empty(),
            Value::List(list) => list.is_empty(),
        }
    }

    /// The value as Python's TextFSM gives it: `""` when absent, a text, or an array of texts,
    /// objects and nulls.
    pub fn to_json(self) -> serde_json::Value {
        match self {
            Value::Absent => "".into(),
            Value::Text(text) => text.into(),
            Value::List(list) => list.iter().map(Item::to_json).collect(),
        }
    }

    /// The value as the tables of Python's TextFSM (`clitable`) and the published rows of ntc-templates
    /// have it: as [`Value::to_json`], but an absent entry of a list is the text `None`.
    pub fn to_table_json(self) -> serde_json::Value {
        match self {
            Value::List(list) => list.iter().map(Item::to_table_json).collect(),
            Value::Absent | Value::Text(_) => self.to_json(),
        }
    }
}

impl<'p> List<'p> {
    pub fn len(self) -> usize {
        self.items.len()
    }

    pub fn is_empty(self) -> bool {
        self.items.is_empty()
    }

    pub fn iter(self) -> impl ExactSizeIterator<Item = Item<'p>> {
        let List { text, lists, items } = self;
        items.iter().map(move |span| match span.place() {
            Place::Absent => Item::Absent,
            Place::Bytes(start, end) => Item::Text(text.get(start..end).unwrap_or_default()),
            Place::Entries(start, end) => {
                Item::Map(Map { text, names: &lists.names, groups: &lists.groups[start..end] })
            }
        })
    }
}

impl PartialEq for List<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for List<'_> {}

impl Hash for List<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.iter().for_each(|item| item.hash(state));
    }
}

impl fmt::Debug for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'p> Item<'p> {
    /// The text; empty when absent or a map.
    pub fn as_text(self) -> &'p str {
        match self {
            Item::Text(text) => text,
            Item::Absent | Item::Map(_) => "",
        }
    }

    fn to_table_json(self) -> serde_json::Value {
        match self {
            Item::Absent => "None".into(),
            Item::Text(_) | Item::Map(_) => self.to_json(),
        }
    }

    fn to_json(self) -> serde_json::Value {
        match self {
            Item::Absent => serde_json::Value::Null,
            Item::Text(text) => text.into(),
            Item::Map(map) => {
                serde_json::Value::Object(map.iter().map(|(name, text)| (name.to_owned(), text.into())).collect())
            }
        }
    }
}

impl<'p> Map<'p> {
    /// The text of a group, None when there is no such group or it took no part.
    pub fn get(self, name: &str) -> Option<&'p str> {
        self.iter().find(|(known, _)| *known == name).and_then(|(_, text)| text)
    }

    /// Names and texts; None for a group that took no part.
    pub fn iter(self) -> impl ExactSizeIterator<Item = (&'p str, Option<&'p str>)> {
        self.names.iter().zip(self.groups).map(move |(name, span)| match span.place() {
            Place::Bytes(start, end) => (name.as_str(), self.text.get(start..end)),
            Place::Absent | Place::Entries(..) => (name.as_str(), None),
        })
    }
}

impl PartialEq for Map<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Map<'_> {}

impl Hash for Map<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.iter().for_each(|group| group.hash(state));
    }
}

impl fmt::Debug for Map<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
