//! Changes between two captures, and how much they matter.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Evidence, FactKind};

/// What changed: a text, the software, the hardware, or facts of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Config,
    Version,
    Inventory,
    /// Facts that are watched, see [`crate::fact::Watch`].
    Facts(&'static FactKind),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Minor,
    Moderate,
    Critical,
}

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Added,
    Removed,
    Changed,
    Moved,
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $type {
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = String;

            fn from_str(word: &str) -> Result<Self, String> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(format!("`{word}` is none of {}", [$($word),*].join(", "))),
                }
            }
        }
    };
}
pub(crate) use words;

words!(Severity { Minor = "minor", Moderate = "moderate", Critical = "critical" });
words!(Action { Added = "added", Removed = "removed", Changed = "changed", Moved = "moved" });

impl ChangeKind {
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::Config => "config",
            ChangeKind::Version => "version",
            ChangeKind::Inventory => "inventory",
            ChangeKind::Facts(kind) => kind.name,
        }
    }

    /// All that may be told of.
    pub fn all() -> impl Iterator<Item = ChangeKind> {
        let facts = crate::fact::WATCHED.iter().filter(|w| !w.by_capture).filter_map(|w| w.kind());
        [ChangeKind::Config, ChangeKind::Version, ChangeKind::Inventory].into_iter().chain(facts.map(ChangeKind::Facts))
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ChangeKind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = Self::all().find(|kind| kind.as_str() == word);
        known.ok_or_else(|| {
            format!("`{word}` is none of {}", Self::all().map(Self::as_str).collect::<Vec<_>>().join(", "))
        })
    }
}

impl utoipa::PartialSchema for ChangeKind {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let text = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String);
        text.description(Some("config, version, inventory, or a kind of fact")).into()
    }
}

impl utoipa::ToSchema for ChangeKind {}

impl Serialize for ChangeKind {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ChangeKind {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Who changed a configuration, and when, in the words of the device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Author {
    pub user: Option<String>,
    /// As printed, in the zone of the device.
    pub at: Option<String>,
}

/// One thing that changed, with the lines that prove it before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ChangedThing {
    /// `10.0.0.0/24`, `GigabitEthernet1/0/1`
    pub subject: String,
    pub action: Action,
    pub before: Option<String>,
    pub after: Option<String>,
    pub old: Option<Evidence>,
    pub new: Option<Evidence>,
}

/// What is different between a capture and the last good one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    pub severity: Severity,
    /// One line: `+3 -1 lines`, `os_version 15.2(7)E3 -> 15.2(7)E9`.
    pub summary: String,
    /// Unified diff, secrets masked, noise left out.
    pub diff: String,
    pub lines_added: u32,
    pub lines_removed: u32,
    /// What became of the facts; none for a text.
    pub action: Option<Action>,
    /// How many things changed; 1 for a text.
    pub count: u32,
    /// The first of them, with their evidence; none for a text.
    pub things: Vec<ChangedThing>,
    pub author: Option<Author>,
}

impl ChangedThing {
    /// In a line, by the words for what came and what is gone: `Gi1/0/1: status up -> down`, `10.0.0.0/24 withdrawn: …`
    pub fn told(&self, (came, gone): (&str, &str)) -> String {
        let subject = &self.subject;
        let state = |state: &Option<String>| state.as_ref().map(|s| format!(": {s}")).unwrap_or_default();
        match (self.action, &self.before, &self.after) {
            (Action::Added, ..) => format!("{subject} {came}{}", state(&self.after)),
            (Action::Removed, ..) => format!("{subject} {gone}{}", state(&self.before)),
            (Action::Moved, Some(before), Some(after)) => format!("{subject} moved: {before} -> {after}"),
            (_, Some(before), Some(after)) => format!("{subject}: {}", step(before, after)),
            (_, Some(before), None) => format!("{subject} no longer {before}"),
            (_, None, Some(after)) => format!("{subject} also {after}"),
            (_, None, None) => format!("{subject} changed"),
        }
    }
}

/// `status up -> down, speed 10 -> 100` for two texts of the same columns; else both as they are.
fn step(before: &str, after: &str) -> String {
    let columns = |text: &str| -> Vec<(String, String)> {
        text.split(", ").filter_map(|c| c.split_once(' ').map(|(c, v)| (c.to_owned(), v.to_owned()))).collect()
    };
    let (old, new) = (columns(before), columns(after));
    if old.is_empty() || !old.iter().map(|c| &c.0).eq(new.iter().map(|c| &c.0)) {
        return format!("{before} -> {after}");
    }
    let steps: Vec<String> = old.iter().zip(&new).map(|(o, n)| format!("{} {} -> {}", o.0, o.1, n.1)).collect();
    steps.join(", ")
}
