//! What a person keeps of the inventory: see, add, edit, delete, one way for all kinds of records.
//!
//! A dry run is the whole verb in a transaction that is not committed: what it shows is what would be.

mod delete;
mod read;

use model::object::{CHANNEL, DEVICE, SITE};
use model::{ObjectKind, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};
use store::{NewAudit, NewUndo, NewValue, Record, RecordFilter, RowOp, SaveAs, Tx};

pub use delete::Deletion;
pub(crate) use read::{name_platforms, values};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// How something is written.
#[derive(Debug, Clone, Default)]
pub struct Write {
    /// Show what would be, write nothing.
    pub dry_run: bool,
    /// Refuse when the record has another version.
    pub version: Option<i64>,
    /// Make sites, roles and platforms that are not there.
    pub make: bool,
}

/// What a record is to become.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Field and text; an empty text empties it.
    pub set: Vec<(String, String)>,
    pub add_tags: Vec<String>,
    pub remove_tags: Vec<String>,
    /// Fields of devices that discovery may say again.
    pub release: Vec<String>,
}

impl Edit {
    fn is_empty(&self) -> bool {
        [self.set.len(), self.add_tags.len(), self.remove_tags.len(), self.release.len()] == [0; 4]
    }
}

/// What becomes, or would become, of one record.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Edited {
    pub kind: &'static str,
    pub name: String,
    pub id: i64,
    /// `create`, `update`, `unchanged` or `delete`.
    pub effect: &'static str,
    /// Field, before, after.
    pub fields: Vec<(String, Value, Value)>,
}

/// What a verb did.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Written {
    pub dry_run: bool,
    pub records: Vec<Edited>,
    /// Sites, roles and the like that were made because something named them.
    pub made: Vec<String>,
    /// `velocity undo run ID` takes it back.
    pub undo: Option<i64>,
}

impl App {
    /// Whether somebody may change such records at all: told before anything is said of what is in them. Where messages go
    /// is for administrators: the server calls it from where it stands, with what the vault holds.
    pub fn may_change_inventory(&self, actor: &Actor, kind: &ObjectKind) -> AppResult<()> {
        if *kind == CHANNEL {
            return actor.must(Role::Admin, "change where messages go");
        }
        actor.must_somewhere(Role::Operator, "change the inventory")
    }

    /// Records of a kind, by name.
    pub async fn records(
        &self,
        actor: &Actor,
        kind: &'static ObjectKind,
        filter: &RecordFilter,
    ) -> AppResult<Vec<Record>> {
        actor.must(Role::Viewer, "see the inventory")?;
        if filter.device.is_some() && kind.device_columns().next().is_none() {
            return Err(AppError::Usage(format!("{} are not on a device", kind.plural)));
        }
        Ok(self.store.records(kind, filter).await?)
    }

    /// One record by slug, name or id.
    pub async fn record_of(&self, actor: &Actor, kind: &'static ObjectKind, reference: &str) -> AppResult<Record> {
        actor.must(Role::Viewer, "see the inventory")?;
        Ok(self.store.record(kind, reference).await?)
    }

    /// Adds a record.
    pub async fn add_record(
        &self,
        actor: &Actor,
        kind: &'static ObjectKind,
        edit: &Edit,
        write: &Write,
    ) -> AppResult<Written> {
        self.may_change_inventory(actor, kind)?;
        self.must_change(actor, kind, &[], (edit, write.make)).await?;
        let mut values = values(kind, &edit.set)?;
        name_platforms(self.reader.platforms, kind, &mut values);
        let now = self.now();
        let mut tx = self.store.begin().await?;
        let watch = tx.watch_records(kind, &[]).await?;
        let owned = owned(kind, &values);
        let how = SaveAs { actor: &actor.name, version: None, make: write.make, owned: &owned };
        let id = tx.add_record(kind, &values, how, now).await?;
        tag(&mut tx, kind, &[id], edit).await?;
        let after = tx.record_by_id(kind, id).await?;
        let ops = tx.record_ops(watch, &[id]).await?;
        let records = vec![edited(kind, None, &after)];
        self.finish(actor, "add", kind, records, (tx, &ops), write, now).await
    }

    /// Changes records; several at once must be of one mind, so nothing in it may be a name, an address or the like.
    pub async fn edit_records(
        &self,
        actor: &Actor,
        kind: &'static ObjectKind,
        ids: &[i64],
        edit: &Edit,
        write: &Write,
    ) -> AppResult<Written> {
        self.may_change_inventory(actor, kind)?;
        if edit.is_empty() {
            return Err(AppError::Usage("nothing to change; give a field, such as --description TEXT".into()));
        }
        if !ids.is_empty() {
            self.must_change(actor, kind, ids, (edit, write.make)).await?;
        }
        let mut values = values(kind, &edit.set)?;
        name_platforms(self.reader.platforms, kind, &mut values);
        let released = read::released(kind, &edit.release)?;
        let now = self.now();
        let mut tx = self.store.begin().await?;
        let watch = tx.watch_records(kind, ids).await?;
        let before = tx.records_by_ids(kind, ids).await?;
        let owned = owned(kind, &values);
        let how = SaveAs { actor: &actor.name, version: write.version, make: write.make, owned: &owned };
        if values.is_empty() && !before.is_empty() {
            tx.touch_records(kind, ids, how.version, now).await?;
        }
        match ids {
            _ if values.is_empty() => {}
            [id] => tx.change_record(kind, *id, &values, how, now).await?,
            many => tx.change_records(kind, many, &values, how, now).await?,
        }
        tag(&mut tx, kind, ids, edit).await?;
        for id in ids.iter().filter(|_| !released.is_empty()) {
            tx.release_fields(*id, &released).await?;
        }
        let after = tx.records_by_ids(kind, ids).await?;
        let ops = tx.record_ops(watch, ids).await?;
        let was = |id: i64| before.iter().find(|r| r.id == id);
        let records: Vec<Edited> = match ids.len() {
            // Both come in the order of their ids or not at all: a look-up for each would be slow for thousands.
            n if n > 1 => {
                let by_id: std::collections::HashMap<i64, &Record> = before.iter().map(|r| (r.id, r)).collect();
                after.iter().map(|r| edited(kind, by_id.get(&r.id).copied(), r)).collect()
            }
            _ => after.iter().map(|r| edited(kind, was(r.id), r)).collect(),
        };
        self.finish(actor, if ids.len() > 1 { "bulk_edit" } else { "edit" }, kind, records, (tx, &ops), write, now)
            .await
    }

    /// Keeps what takes it back and who did it, and commits; or nothing of all this.
    #[expect(clippy::too_many_arguments, reason = "what was done, by whom, when; all of it is written down")]
    pub(crate) async fn finish(
        &self,
        actor: &Actor,
        verb: &str,
        kind: &'static ObjectKind,
        mut records: Vec<Edited>,
        (mut tx, ops): (Tx, &[RowOp]),
        write: &Write,
        now: Timestamp,
    ) -> AppResult<Written> {
        records.sort_by_cached_key(|r| model::interface::sort_key(&r.name));
        let made = made(ops, &records);
        let changed: Vec<&Edited> = records.iter().filter(|r| r.effect != "unchanged").collect();
        if write.dry_run {
            return Ok(Written { dry_run: true, records, made, undo: None });
        }
        if changed.is_empty() && ops.is_empty() {
            // No record is another one; what a system said of them may be.
            tx.commit().await?;
            return Ok(Written { dry_run: false, records, made, undo: None });
        }
        let object = match &changed[..] {
            [one] => format!("{} {}", kind.name, one.name),
            [one, other] => format!("{} {} and {}", kind.plural, one.name, other.name),
            many => format!("{} {}", many.len(), kind.plural),
        };
        let action = format!("{}.{verb}", kind.name.replace(' ', "_"));
        let new = NewUndo { actor: &actor.name, action: &action, object: &object, undoes: None };
        let undo = tx.save_undo(new, ops, now).await?;
        self.forget_undo(&mut tx, now).await?;
        tx.audit(
            &NewAudit { actor: &actor.name, action: &action, object: &object, detail: &detail(&changed, undo) },
            now,
        )
        .await?;
        tx.commit().await?;
        self.rename_views(&records);
        Ok(Written { dry_run: false, records, made, undo })
    }

    /// The views of the captures of a device go with its name. What cannot be moved is written anew by the next run.
    fn rename_views(&self, records: &[Edited]) {
        for record in records.iter().filter(|r| r.kind == DEVICE.name) {
            let folders = || std::fs::read_dir(self.home.join("collections")).into_iter().flatten().flatten();
            if record.effect == "delete" {
                for folder in folders() {
                    let _ = std::fs::remove_file(folder.path().join(format!("{}.txt", record.name)));
                }
            }
            let Some((_, Value::String(old), Value::String(new))) = record.fields.iter().find(|(f, ..)| f == "slug")
            else {
                continue;
            };
            for folder in folders().map(|f| f.path()) {
                let _ = std::fs::rename(folder.join(format!("{old}.txt")), folder.join(format!("{new}.txt")));
            }
        }
    }
}

/// Tags of devices and sites.
async fn tag(tx: &mut Tx, kind: &'static ObjectKind, ids: &[i64], edit: &Edit) -> AppResult<()> {
    if edit.add_tags.is_empty() && edit.remove_tags.is_empty() {
        return Ok(());
    }
    if *kind != DEVICE && *kind != SITE {
        return Err(AppError::Usage(format!("{} have no tags", kind.plural)));
    }
    for name in &edit.add_tags {
        model::object::TAG.fields[0].read(name).map_err(AppError::Usage)?;
    }
    Ok(tx.tag_records(kind, ids, &edit.add_tags, &edit.remove_tags).await?)
}

/// Fields of a device that become the actor's word.
pub(crate) fn owned(kind: &ObjectKind, values: &[NewValue]) -> Vec<&'static str> {
    if *kind != DEVICE {
        return Vec::new();
    }
    // What a device says of itself is not for others to say.
    values.iter().map(|(f, _)| f.name).filter(|f| !["slug", "serial"].contains(f)).collect()
}

/// What is different between two looks at a record.
pub(crate) fn edited(kind: &'static ObjectKind, before: Option<&Record>, after: &Record) -> Edited {
    let null = Value::Null;
    let was = |field: &str| before.and_then(|b| b.values.get(field)).unwrap_or(&null).clone();
    let tags = |r: &Record| r.tags.as_ref().map_or(Value::Null, |t| t.join(", ").into());
    let both = after.values.iter().map(|(field, now)| (field.clone(), was(field), now.clone()));
    let tags = ("tags".to_owned(), before.map_or("".into(), tags), tags(after));
    let differ = |(_, was, now): &(String, Value, Value)| was != now && !(is_empty(was) && is_empty(now));
    let fields: Vec<_> = both.chain([tags]).filter(differ).collect();
    let effect = match before {
        None => "create",
        Some(b) if fields.is_empty() && b.version == after.version => "unchanged",
        Some(_) => "update",
    };
    Edited { kind: kind.name, name: after.slug(), id: after.id, effect, fields }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value == ""
}

fn made(ops: &[RowOp], records: &[Edited]) -> Vec<String> {
    let name = |op: &RowOp| {
        let RowOp::Added { table, row } = op else { return None };
        let kind = model::object::KINDS.iter().find(|k| k.table == *table)?;
        let id = row.get("id")?.as_i64()?;
        let is_asked = records.iter().any(|r| r.kind == kind.name && r.id == id);
        (!is_asked).then(|| format!("{} {}", kind.name, row["name"].as_str().unwrap_or_default()))
    };
    let mut names: Vec<String> = ops
        .iter()
        .filter(|op| matches!(op, RowOp::Added { table, .. } if table != "devices"))
        .filter_map(name)
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Before and after, for the audit log; of very many only the first.
fn detail(changed: &[&Edited], undo: Option<i64>) -> Value {
    const FIRST: usize = 100;
    let side = |r: &Edited, n: usize| -> Value {
        let pick = |(f, b, a): &(String, Value, Value)| (f.clone(), if n == 0 { b.clone() } else { a.clone() });
        Value::Object(r.fields.iter().map(pick).collect())
    };
    let record = |r: &&Edited| json!({ "kind": r.kind, "name": r.name, "effect": r.effect, "before": side(r, 0), "after": side(r, 1) });
    json!({
        "undo": undo, "count": changed.len(),
        "records": changed.iter().take(FIRST).map(record).collect::<Vec<_>>(),
    })
}
