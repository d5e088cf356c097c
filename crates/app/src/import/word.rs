//! Whose word rows are, and what of ours stays against them.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value};
use store::{NewValue, Record};

use crate::Actor;

/// Who says what rows say.
pub(crate) enum Word<'a> {
    /// Somebody wrote all of it, so discovery is not to change any of it.
    Person,
    /// A program that guessed most of it.
    Program,
    /// A system that is asked again and again.
    System(&'a System),
}

pub(crate) struct System {
    /// `netbox`
    pub name: &'static str,
    /// What it said of each device when it was asked last.
    pub before: HashMap<i64, Map<String, Value>>,
    /// Fields of devices that are somebody's word: field and actor.
    pub said: HashMap<i64, Vec<(String, String)>>,
}

/// What stays as it is here though a system says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Kept {
    pub device: String,
    pub field: String,
    pub ours: String,
    pub theirs: String,
    /// Whose word stays, and why.
    pub why: String,
}

/// What devices say of themselves, or how they were reached: a system that keeps it may be behind.
const OF_THE_DEVICE: &[&str] = &["platform", "manufacturer", "model", "serial", "address", "port"];

impl Word<'_> {
    /// Under which name it is kept.
    pub fn of<'a>(&self, actor: &'a Actor) -> &'a str {
        match self {
            Word::System(system) => system.name,
            _ => &actor.name,
        }
    }

    /// Nobody can correct all of a system before the first row of it is of use.
    pub fn takes_what_is_right(&self) -> bool {
        matches!(self, Word::System(_))
    }

    /// Of what differs from a device that is there, what is to be written.
    pub fn outweighs(&self, record: &Record, differ: Vec<NewValue>, kept: &mut Vec<Kept>) -> Vec<NewValue> {
        let Word::System(system) = self else { return differ };
        let stays = |field: &str, ours: &str| {
            let said = system.said.get(&record.id).into_iter().flatten().find(|(f, _)| f == field);
            if let Some((_, actor)) = said.filter(|(_, actor)| actor != system.name) {
                return Some(format!("{actor} said so"));
            }
            let last = system.before.get(&record.id).and_then(|cells| cells.get(field)).and_then(Value::as_str);
            let is_theirs = ours.is_empty() || last == Some(ours);
            (OF_THE_DEVICE.contains(&field) && !is_theirs).then(|| "the device is the one to ask".to_owned())
        };
        let mut taken = Vec::with_capacity(differ.len());
        for (field, value) in differ {
            let ours = record.text(field.name);
            // Who writes names in capitals means no other device.
            if field.name == "name" && value.as_ref().is_some_and(|theirs| theirs.eq_ignore_ascii_case(&ours)) {
                continue;
            }
            match stays(field.name, &ours) {
                None => taken.push((field, value)),
                Some(why) => {
                    let theirs = value.unwrap_or_default();
                    kept.push(Kept { device: record.slug(), field: field.name.to_owned(), ours, theirs, why });
                }
            }
        }
        taken
    }
}
