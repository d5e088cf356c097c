//! Whose word rows are, and what of ours stays against them.

use std::collections::{BTreeSet, HashMap};

use model::FieldKind;
use serde::Serialize;
use store::{NewSourceRecord, NewValue, Record, Tx};

use super::plan::Names;
use crate::{Actor, AppResult};

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
    /// What its records said of each device when it was asked last, field by field: a stack has several records.
    pub before: HashMap<i64, HashMap<String, BTreeSet<String>>>,
    /// Fields of devices that are somebody's word: field and actor.
    pub said: HashMap<i64, Vec<(String, String)>>,
    /// The installation, by its address.
    pub source: String,
    /// What all records are.
    pub kind: &'static str,
    /// It said all that it has.
    pub complete: bool,
    /// Its records as it said them, each with the place of the row that its device comes of.
    pub records: Vec<(String, NewSourceRecord)>,
}

impl System {
    /// What of ours is what it said last, though it may say otherwise now.
    async fn said_last(
        &self,
        tx: &mut Tx,
        names: &mut Names,
        (device, field, kind): (i64, &str, FieldKind),
        ours: &str,
    ) -> AppResult<bool> {
        let Some(last) = self.before.get(&device).and_then(|fields| fields.get(field)) else { return Ok(false) };
        match kind {
            // Those of all members are one device's.
            FieldKind::Serials => {
                let all: BTreeSet<&str> = last.iter().flat_map(|s| s.split_whitespace()).collect();
                Ok(ours.split_whitespace().all(|serial| all.contains(serial)))
            }
            FieldKind::Ref(other) => {
                for slug in last {
                    if slug == ours || names.shown(tx, other, slug).await?.as_deref() == Some(ours) {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Ok(last.contains(ours)),
        }
    }
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
    pub(super) async fn outweighs(
        &self,
        tx: &mut Tx,
        names: &mut Names,
        record: &Record,
        differ: Vec<NewValue>,
        kept: &mut Vec<Kept>,
    ) -> AppResult<Vec<NewValue>> {
        let Word::System(system) = self else { return Ok(differ) };
        let said = system.said.get(&record.id);
        let mut taken = Vec::with_capacity(differ.len());
        for (field, value) in differ {
            let ours = record.text(field.name);
            // Who writes names in capitals means no other device.
            if field.name == "name" && value.as_ref().is_some_and(|theirs| theirs.eq_ignore_ascii_case(&ours)) {
                continue;
            }
            let theirs = value.clone().unwrap_or_default();
            let mut stays = |why: String| {
                let field = field.name.to_owned();
                kept.push(Kept { device: record.slug(), field, ours: ours.clone(), theirs: theirs.clone(), why });
            };
            let of = (record.id, field.name, field.kind);
            match said.into_iter().flatten().find(|(f, actor)| f == field.name && actor != system.name) {
                Some((_, actor)) => stays(format!("{actor} said so")),
                None if OF_THE_DEVICE.contains(&field.name)
                    && !ours.is_empty()
                    && !system.said_last(tx, names, of, &ours).await? =>
                {
                    stays("the device is the one to ask".to_owned());
                }
                None => taken.push((field, value)),
            }
        }
        Ok(taken)
    }
}
