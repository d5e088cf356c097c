//! What a row of a file means: which record it is, and what it changes.

use std::collections::{BTreeSet, HashMap};

use model::object::DEVICE;
use model::text::shown;
use model::{FieldKind, ObjectKind};
use store::{NewValue, Record, RecordFilter, Tx};

use super::sheet::Row;
use crate::AppResult;

/// Records of a kind by all that names them.
pub(super) struct Known {
    by_name: HashMap<String, Vec<i64>>,
    by_slug: HashMap<String, i64>,
    by_address: HashMap<String, Vec<i64>>,
    by_serial: HashMap<String, Vec<i64>>,
    pub records: HashMap<i64, Record>,
}

impl Known {
    pub async fn read(tx: &mut Tx, kind: &'static ObjectKind) -> AppResult<Known> {
        let records = tx.records(kind, &RecordFilter::default()).await?;
        let mut known = Known {
            by_name: HashMap::new(),
            by_slug: HashMap::new(),
            by_address: HashMap::new(),
            by_serial: HashMap::new(),
            records: HashMap::new(),
        };
        for record in records {
            let id = record.id;
            known.by_name.entry(record.text(kind.fields[0].name).to_lowercase()).or_default().push(id);
            known.by_slug.insert(record.slug().to_lowercase(), id);
            if *kind == DEVICE {
                known.by_address.entry(record.text("address")).or_default().push(id);
                for serial in record.text("serial").split_whitespace() {
                    known.by_serial.entry(serial.to_owned()).or_default().push(id);
                }
            }
            known.records.insert(id, record);
        }
        Ok(known)
    }

    /// The record that a row is about; `None` for a new one. By serial number, then name, then address: marks that
    /// name different devices are refused.
    pub fn of(&self, kind: &'static ObjectKind, row: &Told) -> Result<Option<i64>, String> {
        let none = Vec::new();
        let get = |map: &HashMap<String, Vec<i64>>, key: &str| map.get(key).unwrap_or(&none).clone();
        let name = row.text("name").unwrap_or_default().to_lowercase();
        let slug = row.text("slug").map(str::to_lowercase);
        let by_slug = |slug: &str| self.by_slug.get(slug).copied().map(|id| vec![id]);
        let within = kind.within.map(|field| row.text(field));
        let is_there = |id: &i64| match (kind.within, within) {
            (Some(field), Some(there)) => {
                self.records.get(id).is_some_and(|r| r.text(field).eq_ignore_ascii_case(there.unwrap_or_default()))
            }
            _ => true,
        };
        let named = slug.as_deref().and_then(by_slug).unwrap_or_else(|| {
            let mut exact = get(&self.by_name, &name);
            exact.retain(is_there);
            if exact.is_empty() {
                by_slug(&kind.slug_of(&name, within.flatten())).filter(|_| *kind != DEVICE).unwrap_or(exact)
            } else {
                exact
            }
        });
        if *kind != DEVICE {
            return match named[..] {
                [] => Ok(None),
                [id] => Ok(Some(id)),
                _ => Err(format!("several {} have this name; add a column slug", kind.plural)),
            };
        }
        let serials = row.text("serial").unwrap_or_default();
        let mut by_serial: Vec<i64> = serials.split_whitespace().flat_map(|s| get(&self.by_serial, s)).collect();
        by_serial.sort_unstable();
        by_serial.dedup();
        let placed = row.text("address").map(|a| get(&self.by_address, a)).unwrap_or_default();
        let told = |id: &i64| self.records.get(id).map(|r| shown(&r.slug())).unwrap_or_default();
        match (&by_serial[..], &named[..], &placed[..]) {
            ([id], _, _) => Ok(Some(*id)),
            ([_, _, ..], _, _) => Err(format!("its serial numbers are those of {}", all(&by_serial, told))),
            ([], [id], placed) if placed.is_empty() || placed.contains(id) || self.moves(*id, row) => Ok(Some(*id)),
            ([], [id], placed) => Err(format!(
                "has the name of {} and the address of {}; correct the row, or merge these two",
                told(id),
                all(placed, told)
            )),
            ([], [], []) => Ok(None),
            ([], [], [id]) => Ok(Some(*id)),
            ([], several, placed) => {
                let both: Vec<i64> = several.iter().copied().filter(|id| placed.contains(id)).collect();
                let either = if several.is_empty() { placed } else { several };
                match both[..] {
                    [id] => Ok(Some(id)),
                    _ => Err(format!("may be any of {}; add a column serial or slug", all(either, told))),
                }
            }
        }
    }

    /// The record with the slug that the row gives.
    pub fn by_slug(&self, row: &Told) -> Option<i64> {
        self.by_slug.get(&row.text("slug")?.to_lowercase()).copied()
    }

    /// The address that the row gives is the one of the device that it names.
    fn moves(&self, id: i64, row: &Told) -> bool {
        self.records.get(&id).is_some_and(|r| row.text("address") == Some(&r.text("address")))
    }
}

fn all(ids: &[i64], told: impl Fn(&i64) -> String) -> String {
    ids.iter().map(told).collect::<Vec<_>>().join(", ")
}

/// What a row says, field by field.
#[derive(Default)]
pub(super) struct Told {
    pub values: Vec<NewValue>,
    pub tags: Vec<String>,
    /// Columns of which nothing is kept.
    pub ignored: BTreeSet<String>,
}

impl Told {
    /// An empty cell says nothing: what is known stays.
    pub fn read(kind: &'static ObjectKind, row: &Row) -> Result<Told, String> {
        if let Some(problem) = &row.problem {
            return Err(problem.clone());
        }
        let mut told = Told::default();
        for (column, text) in &row.cells {
            let text = text.trim();
            let Some(field) = kind.field(column) else {
                match column.as_str() {
                    "tags" | "tag" if ["device", "site"].contains(&kind.name) => {
                        let tags = text.split(',').map(str::trim).filter(|t| !t.is_empty());
                        for tag in tags {
                            told.tags.extend(model::object::TAG.fields[0].read(tag)?);
                        }
                    }
                    _ => drop(told.ignored.insert(column.clone())),
                }
                continue;
            };
            let Some(value) = field.read(text)? else { continue };
            if let Some((known, before)) = told.values.iter().find(|(f, _)| f.name == field.name) {
                // NetBox has an address of each family; we reach a device by one.
                if known.name != "address" && before.as_ref() != Some(&value) {
                    return Err(format!("two columns say what {} is, and differ", field.name));
                }
                continue;
            }
            told.values.push((field, Some(value)));
        }
        let name = kind.fields[0].name;
        if told.values.iter().all(|(f, _)| f.column != "name") {
            return Err(format!("has no {name}"));
        }
        Ok(told)
    }

    /// The device that an interface is on, by its slug, whatever the row calls it.
    pub async fn name_place(&mut self, tx: &mut Tx, kind: &ObjectKind, names: &mut Names) -> AppResult<()> {
        let Some((field, Some(place))) = self.values.iter_mut().find(|(f, _)| Some(f.name) == kind.within) else {
            return Ok(());
        };
        if let FieldKind::Ref(other) = field.kind
            && let Some(shown) = names.shown(tx, other, place).await?
        {
            *place = shown;
        }
        Ok(())
    }

    pub fn text(&self, column: &str) -> Option<&str> {
        self.values.iter().find(|(f, _)| f.column == column || f.name == column).and_then(|(_, v)| v.as_deref())
    }

    /// What is not so yet.
    pub async fn differs(&self, tx: &mut Tx, record: &Record, names: &mut Names) -> AppResult<Vec<NewValue>> {
        let mut differ = Vec::new();
        for (field, value) in &self.values {
            let (now, new) = (record.text(field.name), value.clone().unwrap_or_default());
            let same = match field.kind {
                // By which one it is: the first row of racks is in every room.
                FieldKind::Ref(other) => match names.id(tx, other, &new).await? {
                    Some(id) => record.refers_to(field.name) == Some(id),
                    None => now == new,
                },
                FieldKind::Serials => {
                    let set = |t: &str| t.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
                    set(&now) == set(&new)
                }
                FieldKind::Slug => now.eq_ignore_ascii_case(&new),
                _ => now == new,
            };
            if !same {
                differ.push((*field, value.clone()));
            }
        }
        Ok(differ)
    }

    /// Tags that it does not have yet.
    pub fn new_tags(&self, record: Option<&Record>) -> Vec<String> {
        let known = record.and_then(|r| r.tags.clone()).unwrap_or_default();
        self.tags.iter().filter(|t| !known.iter().any(|k| k.eq_ignore_ascii_case(t))).cloned().collect()
    }
}

/// Records that are referred to, by what they were called: id and what is shown.
#[derive(Default)]
pub(super) struct Names(HashMap<(&'static str, String), Option<(i64, String)>>);

impl Names {
    pub async fn shown(&mut self, tx: &mut Tx, kind: &'static ObjectKind, name: &str) -> AppResult<Option<String>> {
        Ok(self.known(tx, kind, name).await?.map(|(_, shown)| shown))
    }

    async fn id(&mut self, tx: &mut Tx, kind: &'static ObjectKind, name: &str) -> AppResult<Option<i64>> {
        Ok(self.known(tx, kind, name).await?.map(|(id, _)| id))
    }

    async fn known(&mut self, tx: &mut Tx, kind: &'static ObjectKind, name: &str) -> AppResult<Option<(i64, String)>> {
        let key = (kind.name, name.to_lowercase());
        if let Some(known) = self.0.get(&key) {
            return Ok(known.clone());
        }
        let found = match tx.record(kind, name).await {
            Ok(record) => Some((record.id, record.text(kind.shown_by))),
            Err(store::StoreError::NotFound { .. } | store::StoreError::Ambiguous { .. }) => None,
            Err(other) => return Err(other.into()),
        };
        self.0.insert(key, found.clone());
        Ok(found)
    }
}
