//! Records out of files: all of a file, or nothing.
//!
//! Every row is read and judged before the answer; one that is wrong keeps the whole file out, so that nobody has to
//! find out which half of it is there.

mod csv;
mod plan;
mod predecessor;
mod sheet;
mod word;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use model::object::DEVICE;
use model::{DeviceId, ObjectKind};
use serde::Serialize;
use serde_json::Value;
use store::{NewDevice, NewSourceRecord, NewValue, RowOp, SaveAs, StoreError, Tx};

use crate::actor::Role;
use crate::inventory::{edited, name_platforms, owned};
use crate::{Actor, App, AppError, AppResult, Edited, Write};
use plan::{Known, Names, Told};
pub(crate) use sheet::{Row, Sheet};
pub use word::Kept;
pub(crate) use word::{System, Word};

/// What is read.
#[derive(Debug, Clone, Copy)]
pub enum ImportFrom {
    /// CSV, YAML or JSON with records of this kind, with our columns or NetBox's.
    Records(&'static ObjectKind),
    /// `sessions.yaml`
    Sessions,
    /// A SQLite file of VelocityCMDB or VelocityCollector.
    Predecessor,
}

/// What became, or would become, of one row.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ImportedRow {
    /// `line 3`
    pub place: String,
    pub kind: &'static str,
    pub name: String,
    /// Of the record; none for one that is not written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// `create`, `update`, `unchanged` or `error`.
    pub effect: &'static str,
    /// What is wrong, and what would be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Field, before, after.
    pub fields: Vec<(String, Value, Value)>,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ImportReport {
    pub dry_run: bool,
    /// Whether the rows are in the inventory now; false after a dry run and when a row is wrong.
    pub written: bool,
    pub create: usize,
    pub update: usize,
    pub unchanged: usize,
    pub errors: usize,
    /// Sites, roles and the like that rows name and that were not there.
    pub made: Vec<String>,
    /// Columns of which nothing is kept.
    pub ignored: BTreeSet<String>,
    pub rows: Vec<ImportedRow>,
    pub undo: Option<i64>,
}

/// What became of rows.
pub(crate) struct Imported {
    pub report: ImportReport,
    /// What of ours stays against them.
    pub kept: Vec<Kept>,
    /// Names of what a system does not have any more.
    pub gone: Vec<String>,
}

impl App {
    /// Adds and changes records as a file says. An empty cell says nothing.
    pub async fn import(&self, actor: &Actor, from: ImportFrom, path: &Path, dry_run: bool) -> AppResult<ImportReport> {
        actor.must(Role::Operator, "change the inventory")?;
        let wrong = |e: String| AppError::Invalid(format!("{} {e}", path.display()));
        let (sheets, word) = match from {
            ImportFrom::Predecessor => (predecessor::sheets(path, self.reader.platforms).await?, Word::Program),
            ImportFrom::Records(_) | ImportFrom::Sessions => {
                let read = |source| AppError::Read { path: path.to_path_buf(), source };
                let bytes = std::fs::read(path).map_err(read)?;
                let text = sheet::text(&bytes).map_err(wrong)?;
                let name = path.to_string_lossy();
                match from {
                    ImportFrom::Records(kind) => (vec![Sheet::read(kind, &name, text).map_err(wrong)?], Word::Person),
                    _ => (vec![Sheet::of_sessions(text).map_err(wrong)?], Word::Program),
                }
            }
        };
        Ok(self.import_sheets(actor, "import", sheets, word, dry_run).await?.report)
    }

    /// Rows as records. Of a system those rows are left out that are wrong, and what it said is kept in the same
    /// transaction; of anything else one wrong row keeps out all.
    pub(crate) async fn import_sheets(
        &self,
        actor: &Actor,
        verb: &str,
        sheets: Vec<Sheet>,
        word: Word<'_>,
        dry_run: bool,
    ) -> AppResult<Imported> {
        let now = self.now();
        let mut tx = self.store.begin().await?;
        let mut work = Work {
            actor,
            platforms: self.reader.platforms,
            word,
            now,
            ops: Vec::new(),
            rows: Vec::new(),
            ignored: BTreeSet::new(),
            kept: Vec::new(),
        };
        let kind = sheets.last().map_or(&DEVICE, |s| s.kind);
        for sheet in sheets {
            work.sheet(&mut tx, sheet).await?;
        }
        let Work { ops, rows, ignored, kept, word, .. } = work;
        let count = |effect: &str| rows.iter().filter(|(r, _)| r.effect == effect).count();
        let (create, update, unchanged) = (count("create"), count("update"), count("unchanged"));
        let errors = count("error");
        let records: Vec<Edited> = rows.iter().filter_map(|(_, edited)| edited.clone()).collect();
        let write = Write { dry_run: dry_run || errors > 0 && !word.takes_what_is_right(), ..Write::default() };
        let written = !write.dry_run;
        let gone = match &word {
            Word::System(system) if written => keep(&mut tx, system, &rows, now).await?,
            _ => Vec::new(),
        };
        let done = self.finish(actor, verb, kind, records, (tx, &ops), &write, now).await?;
        let report = ImportReport {
            dry_run,
            written,
            create,
            update,
            unchanged,
            errors,
            made: done.made,
            ignored,
            rows: rows.into_iter().map(|(row, _)| row).collect(),
            undo: done.undo,
        };
        Ok(Imported { report, kept, gone })
    }
}

/// What a system said, with the devices that were made of it; gives the names of what it does not have any more.
async fn keep(
    tx: &mut Tx,
    system: &System,
    rows: &[(ImportedRow, Option<Edited>)],
    now: model::Timestamp,
) -> AppResult<Vec<String>> {
    let made: HashMap<&str, i64> = rows.iter().filter_map(|(r, _)| Some((r.place.as_str(), r.id?))).collect();
    let record = |(place, record): &(String, NewSourceRecord)| NewSourceRecord {
        device: made.get(place.as_str()).map(|id| DeviceId(*id)),
        ..record.clone()
    };
    let records: Vec<NewSourceRecord> = system.records.iter().map(record).collect();
    let what = (system.name, system.source.as_str(), system.kind);
    Ok(tx.save_source_records(what, &records, system.complete, now).await?)
}

/// The words for platforms in a `sessions.yaml`.
pub(crate) fn platforms_of_sessions(path: &Path) -> AppResult<BTreeSet<String>> {
    let bytes = std::fs::read(path).map_err(|source| AppError::Read { path: path.to_path_buf(), source })?;
    let sheet = sheet::text(&bytes).and_then(Sheet::of_sessions);
    let sheet = sheet.map_err(|e| AppError::Invalid(format!("{} {e}", path.display())))?;
    let cells = sheet.rows.into_iter().flat_map(|row| row.cells);
    Ok(cells.filter(|(column, _)| column == "platform").map(|(_, word)| word.trim().to_owned()).collect())
}

struct Work<'a> {
    actor: &'a Actor,
    platforms: &'static model::Platforms,
    word: Word<'a>,
    now: model::Timestamp,
    ops: Vec<RowOp>,
    rows: Vec<(ImportedRow, Option<Edited>)>,
    ignored: BTreeSet<String>,
    kept: Vec<Kept>,
}

impl Work<'_> {
    async fn sheet(&mut self, tx: &mut Tx, sheet: Sheet) -> AppResult<()> {
        let kind = sheet.kind;
        let known = Known::read(tx, kind).await?;
        let mut seen: HashMap<String, String> = HashMap::new();
        let mut judged = Vec::with_capacity(sheet.rows.len());
        let mut names = Names::default();
        for row in sheet.rows {
            let mut told = Told::read(kind, &row);
            if let Ok(told) = &mut told {
                told.name_place(tx, kind, &mut names).await?;
            }
            let told = told.and_then(|mut told| {
                name_platforms(self.platforms, kind, &mut told.values);
                let linked = row.linked.filter(|id| known.records.contains_key(id));
                let id = match linked {
                    Some(id) => Some(id),
                    // Names of locations are those of other sites too; a system tells its records apart by their slugs.
                    None if *kind != DEVICE && self.word.takes_what_is_right() => known.by_slug(&told),
                    None => known.of(kind, &told)?,
                };
                twice(&mut seen, kind, &row, &told, id)?;
                Ok((told, id))
            });
            judged.push((row, told));
        }
        let ids: Vec<i64> = judged.iter().filter_map(|(_, told)| told.as_ref().ok()?.1).collect();
        let watch = tx.watch_records(kind, &ids).await?;
        let mut written: Vec<(ImportedRow, Option<i64>)> = Vec::with_capacity(judged.len());
        let mut new: Vec<(usize, NewDevice)> = Vec::new();
        for (row, told) in judged {
            match told {
                // Together, since they come by the thousand.
                Ok((told, None)) if *kind == DEVICE => {
                    new.push((written.len(), self.new_device(&told)));
                    written.push((imported(kind, &row, "create", None), None));
                }
                told => written.push(self.row(tx, kind, &known, &mut names, &row, told).await?),
            }
        }
        self.add_devices(tx, new, &mut written).await?;
        let touched: Vec<i64> = written.iter().filter_map(|(_, id)| *id).collect();
        let after = tx.records_by_ids(kind, &touched).await?;
        let after: HashMap<i64, store::Record> = after.into_iter().map(|r| (r.id, r)).collect();
        self.ops.extend(tx.record_ops(watch, &touched).await?);
        for (mut row, id) in written {
            row.id = row.id.or(id);
            let edited = id.and_then(|id| Some(edited(kind, known.records.get(&id), after.get(&id)?)));
            if let Some(edited) = &edited {
                row.effect = edited.effect;
                row.fields.clone_from(&edited.fields);
            }
            self.rows.push((row, edited));
        }
        Ok(())
    }

    fn owned(&self, kind: &ObjectKind, values: &[NewValue]) -> Vec<&'static str> {
        let mut owned = owned(kind, values);
        if !matches!(self.word, Word::Person) {
            owned.retain(|field| ["name", "site", "role", "status"].contains(field));
        }
        owned
    }

    fn new_device(&mut self, told: &Told) -> NewDevice {
        self.ignored.extend(told.ignored.iter().cloned());
        NewDevice { owned: self.owned(&DEVICE, &told.values), values: told.values.clone(), tags: told.new_tags(None) }
    }

    /// Adds devices, and writes down what became of the row of each.
    async fn add_devices(
        &mut self,
        tx: &mut Tx,
        new: Vec<(usize, NewDevice)>,
        written: &mut [(ImportedRow, Option<i64>)],
    ) -> AppResult<()> {
        let (rows, devices): (Vec<usize>, Vec<NewDevice>) = new.into_iter().unzip();
        let added = tx.add_devices(&devices, self.word.of(self.actor), true, self.now).await?;
        for (row, added) in rows.into_iter().zip(added) {
            let (row, id) = &mut written[row];
            match added {
                Ok(new) => *id = Some(new),
                Err(e) if is_of_the_row(&e) => (row.effect, row.error) = ("error", Some(e.to_string())),
                Err(other) => return Err(other.into()),
            }
        }
        Ok(())
    }

    /// Writes one row. What the store refuses is an error of the row, not of the import.
    async fn row(
        &mut self,
        tx: &mut Tx,
        kind: &'static ObjectKind,
        known: &Known,
        names: &mut Names,
        row: &Row,
        told: Result<(Told, Option<i64>), String>,
    ) -> AppResult<(ImportedRow, Option<i64>)> {
        let report = |effect, error| imported(kind, row, effect, error);
        let (told, id) = match told {
            Ok(told) => told,
            Err(error) => return Ok((report("error", Some(error)), None)),
        };
        self.ignored.extend(told.ignored.iter().cloned());
        let record = id.and_then(|id| known.records.get(&id));
        let values = match record {
            // A system says which sites and roles there are, not what we call ours.
            Some(_) if *kind != DEVICE && self.word.takes_what_is_right() => Vec::new(),
            Some(record) => {
                let differ = told.differs(tx, record, names).await?;
                self.word.outweighs(tx, names, record, differ, &mut self.kept).await?
            }
            None => told.values.clone(),
        };
        let tags = told.new_tags(record);
        if record.is_some() && values.is_empty() && tags.is_empty() {
            return Ok((ImportedRow { id, ..report("unchanged", None) }, None));
        }
        let owned = self.owned(kind, &values);
        let how = SaveAs { actor: self.word.of(self.actor), version: None, make: true, owned: &owned };
        let saved = match id {
            Some(id) if values.is_empty() => tx.touch_records(kind, &[id], None, self.now).await.map(|()| id),
            Some(id) => tx.change_record(kind, id, &values, how, self.now).await.map(|()| id),
            None => tx.add_record(kind, &values, how, self.now).await,
        };
        let id = match saved {
            Ok(id) => id,
            Err(e) if is_of_the_row(&e) => return Ok((report("error", Some(e.to_string())), None)),
            Err(other) => return Err(other.into()),
        };
        if !tags.is_empty() {
            tx.tag_records(kind, &[id], &tags, &[]).await?;
        }
        Ok((report(if record.is_some() { "update" } else { "create" }, None), Some(id)))
    }
}

fn imported(kind: &ObjectKind, row: &Row, effect: &'static str, error: Option<String>) -> ImportedRow {
    let cell = |c: &str| row.cells.iter().find(|(k, _)| k == c).map(|(_, v)| v.trim().to_owned());
    let named = ["name", "model", "hostname", "address"].into_iter().find_map(cell);
    let name = named.unwrap_or_default();
    ImportedRow { place: row.place.clone(), kind: kind.name, name, id: None, effect, error, fields: Vec::new() }
}

/// Whether the row is what is wrong, not the database.
fn is_of_the_row(e: &StoreError) -> bool {
    matches!(e, StoreError::Conflict(_) | StoreError::NotFound { .. } | StoreError::Ambiguous { .. })
}

/// Two rows of a file for one record would undo each other.
fn twice(
    seen: &mut HashMap<String, String>,
    kind: &'static ObjectKind,
    row: &Row,
    told: &Told,
    id: Option<i64>,
) -> Result<(), String> {
    let name = told.text("name").unwrap_or_default().to_lowercase();
    let within = kind.within.and_then(|field| told.text(field)).unwrap_or_default().to_lowercase();
    let slug = told.text("slug").map(str::to_lowercase);
    let mut marks = vec![];
    match (id, slug, *kind == DEVICE) {
        (Some(id), ..) => marks.push(format!("no. {id}")),
        (None, _, true) => {}
        (None, Some(slug), false) => marks.push(format!("slug {slug}")),
        (None, None, false) => marks.push(format!("name {name} in {within}")),
    }
    if *kind == DEVICE {
        let place = format!("{} {}", told.text("address").unwrap_or_default(), told.text("port").unwrap_or("22"));
        marks.extend(told.text("address").map(|_| format!("address {place}")));
        marks.push(format!("name {name} {}", told.text("site").unwrap_or_default().to_lowercase()));
        let serials = told.text("serial").unwrap_or_default().split_whitespace();
        marks.extend(serials.map(|s| format!("serial {s}")));
    }
    for mark in marks {
        if let Some(place) = seen.insert(mark, row.place.clone()) {
            return Err(format!("is the same as {place}"));
        }
    }
    Ok(())
}
