//! Sites, roles, devices …: what a person reads, adds and changes of them, one way for all kinds.

mod beside;
mod change;

pub use change::{NewValue, SaveAs};
pub(crate) use change::{needed, taken_slug};
use model::object::DEVICE;
use model::{Field, FieldKind, ObjectKind, Timestamp, interface, text};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::sql::{Sql, on_store, plain_like, unreadable};
use crate::{StoreError, StoreResult, Tx};

/// A record as a person sees it.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Record {
    pub id: i64,
    /// Goes up with each change by a person.
    pub version: i64,
    /// By the names of the fields; null for what is not known.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub values: Map<String, Value>,
    /// Devices that it is said of; `None` for a device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub devices: Option<i64>,
    /// Tags of a device or a site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Which records those are that its fields show: names are not all different.
    #[serde(skip)]
    pub refs: Vec<(&'static str, i64)>,
}

impl Record {
    /// Which record a field shows; `None` for none.
    pub fn refers_to(&self, field: &str) -> Option<i64> {
        self.refs.iter().find(|(f, _)| *f == field).map(|(_, id)| *id)
    }

    /// Empty for what is not known.
    pub fn text(&self, field: &str) -> String {
        match self.values.get(field) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }

    /// Its slug, by which it is named.
    pub fn slug(&self) -> String {
        self.text("slug")
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordFilter {
    /// `*` and `?` stand for what they do in file names, whatever the case; of name or slug.
    pub name: Option<String>,
    pub status: Option<String>,
    /// Of sites only.
    pub tag: Option<String>,
    /// Name, slug, address or serial number of a device: what is on it, or ends at it.
    pub device: Option<String>,
    /// Only those that come after this one: its name and its id.
    pub after: Option<(String, i64)>,
    pub limit: Option<u32>,
}

/// The address of a device that has none.
pub(crate) const NOWHERE: &str = "0.0.0.0";

impl Tx {
    /// By name.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a device that is not there.
    pub async fn records(&mut self, kind: &'static ObjectKind, filter: &RecordFilter) -> StoreResult<Vec<Record>> {
        let mut sql = self.select(kind);
        if let Some(device) = &filter.device {
            let device = self.device(device).await?.id;
            sql.push(" and (1 = 0");
            for column in kind.device_columns() {
                sql.push(&format!(" or t.{column} = ")).arg(device);
            }
            sql.push(")");
        }
        if let Some(name) = &filter.name {
            sql.push(" and (lower(t.name) like lower(")
                .arg(glob(name))
                .push(") escape '\\' or lower(t.slug) like lower(");
            sql.arg(glob(name)).push(") escape '\\')");
        }
        if kind.field("status").is_some() {
            sql.and("t.status =", filter.status.as_ref());
        }
        if let (Some(tag), "site") = (&filter.tag, kind.name) {
            sql.push(" and t.id in (select g.site_id from site_tags g join tags x on x.id = g.tag_id where x.slug = ");
            sql.arg(tag.to_lowercase()).push(" or lower(x.name) = lower(").arg(tag).push("))");
        }
        if let Some((name, id)) = &filter.after {
            // The database makes both small: SQLite knows only the letters of ASCII.
            sql.push(" and (lower(t.name) > lower(").arg(name).push(") or (lower(t.name) = lower(").arg(name);
            sql.push(") and t.id > ").arg(*id).push("))");
        }
        sql.push(" order by lower(t.name), t.id").limit(filter.limit);
        self.read_records(kind, sql).await
    }

    /// The one that a person means by slug, name or id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Ambiguous`].
    pub async fn record(&mut self, kind: &'static ObjectKind, reference: &str) -> StoreResult<Record> {
        let id = if *kind == DEVICE { self.device(reference).await?.id.0 } else { self.known(kind, reference).await? };
        self.record_by_id(kind, id).await
    }

    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn record_by_id(&mut self, kind: &'static ObjectKind, id: i64) -> StoreResult<Record> {
        let sql = self.select_record(kind, id);
        self.read_records(kind, sql).await?.pop().ok_or_else(|| StoreError::not_found(kind.name, id))
    }

    pub(crate) fn select_record(&self, kind: &'static ObjectKind, id: i64) -> Sql {
        let mut sql = self.select(kind);
        sql.push(" and t.id = ").arg(id);
        sql
    }

    /// These, in no order that means anything.
    pub async fn records_by_ids(&mut self, kind: &'static ObjectKind, ids: &[i64]) -> StoreResult<Vec<Record>> {
        let mut sql = self.select(kind);
        sql.push(" and t.id").is_one_of(ids.iter().copied());
        self.read_records(kind, sql).await
    }

    pub(crate) async fn known(&mut self, kind: &'static ObjectKind, reference: &str) -> StoreResult<i64> {
        let reference = reference.trim();
        for by in ["slug = lower($2)", "lower(name) = lower($2)", "slug = $3"] {
            let slug = text::slug(reference).to_lowercase();
            let mut sql = self.sql(format!("select id, slug from {} where tenant_id = $1 and ", kind.table));
            let last = if by.ends_with("$3") { slug.as_str() } else { reference };
            sql.push(&by.replace("$3", "$2")).args.push(last.into());
            sql.push(" order by slug");
            let found: Vec<(i64, String)> = self.all(sql).await?;
            match &found[..] {
                [] => {}
                [(id, _)] => return Ok(*id),
                several => {
                    let candidates = several.iter().map(|(id, slug)| format!("{slug} (no. {id})")).collect();
                    return Err(StoreError::Ambiguous { reference: text::shown(reference), candidates });
                }
            }
        }
        if let Ok(id) = reference.parse::<i64>() {
            return self.record_by_id_exists(kind, id).await;
        }
        Err(StoreError::not_found(kind.name, reference))
    }

    async fn record_by_id_exists(&mut self, kind: &'static ObjectKind, id: i64) -> StoreResult<i64> {
        let sql = self.sql(format!("select id from {} where tenant_id = $1 and id = $2", kind.table)).bind(id);
        let found = self.optional::<(i64,)>(sql).await?;
        found.map(|(id,)| id).ok_or_else(|| StoreError::not_found(kind.name, id))
    }

    fn select(&self, kind: &'static ObjectKind) -> Sql {
        let field = |f: &Field| match f.kind {
            FieldKind::Ref(other) => {
                format!("(select x.{} from {} x where x.id = t.{})", other.shown_by, other.table, f.column)
            }
            FieldKind::Serials => {
                "(select string_agg(x.serial, ' ' order by x.serial) from device_serials x where x.device_id = t.id)"
                    .to_owned()
            }
            FieldKind::Address => format!("nullif(t.{}, '{NOWHERE}')", f.column),
            _ => format!("t.{}", f.column),
        };
        let fields: Vec<String> = kind.fields.iter().map(field).collect();
        let count = match devices_of(kind) {
            Some(which) => format!("(select count(*) from devices d where {which})"),
            None => "null".to_owned(),
        };
        let tags = match kind.name {
            "device" | "site" => format!(
                "(select string_agg(x.name, ',' order by x.name) from {0}_tags g join tags x on x.id = g.tag_id
                    where g.{0}_id = t.id)",
                kind.name
            ),
            _ => "null".to_owned(),
        };
        let dialect = self.dialect();
        let array = |of: &[String]| match dialect {
            // A text, also as a value in other JSON.
            crate::sql::Dialect::Sqlite => format!("json_array({}) || ''", of.join(", ")),
            crate::sql::Dialect::Postgres => format!("json_build_array({})::text", of.join(", ")),
        };
        let refs: Vec<String> = references(kind).map(|f| format!("t.{}", f.column)).collect();
        self.sql(format!(
            "select t.id, t.version, {}, {}, {count}, {tags} from {} t where t.tenant_id = $1",
            array(&fields),
            array(&refs),
            kind.table
        ))
    }

    async fn read_records(&mut self, kind: &'static ObjectKind, sql: Sql) -> StoreResult<Vec<Record>> {
        self.all::<RecordRow>(sql).await?.into_iter().map(|row| record(kind, row)).collect()
    }

    /// Records that were made since this was asked last because something named them.
    pub(crate) fn take_made(&mut self) -> Vec<(&'static str, i64)> {
        std::mem::take(&mut self.made)
    }

    pub(crate) async fn fill_sort_keys(&mut self) -> StoreResult<()> {
        let all: Vec<(i64, String)> = self.all(self.bare("select id, slug from devices where sort_key = ''")).await?;
        for (id, slug) in all {
            let mut sql = self.bare("update devices set sort_key = ");
            sql.arg(interface::sort_key(&slug)).push(" where id = ").arg(id);
            self.execute(sql).await?;
        }
        Ok(())
    }
}

on_store! {
    read records(kind: &'static ObjectKind, filter: &RecordFilter) -> Vec<Record>;
    read record(kind: &'static ObjectKind, reference: &str) -> Record;
    read record_by_id(kind: &'static ObjectKind, id: i64) -> Record;
    read owned_fields(device: i64) -> Vec<(String, String, Timestamp)>;
    read all_owned_fields() -> std::collections::HashMap<i64, Vec<(String, String)>>;
}

/// Columns of [`Tx::select_record`].
pub(crate) type RecordRow = (i64, i64, String, String, Option<i64>, Option<String>);

pub(crate) fn record(
    kind: &'static ObjectKind,
    (id, version, values, refs, devices, tags): RecordRow,
) -> StoreResult<Record> {
    let refs: Vec<Option<i64>> = serde_json::from_str(&refs).map_err(|e| unreadable(kind.table, e))?;
    let refs = references(kind).zip(refs).filter_map(|(f, id)| Some((f.name, id?))).collect();
    let values: Vec<Value> = serde_json::from_str(&values).map_err(|e| unreadable(kind.table, e))?;
    let values = kind.fields.iter().zip(values).map(|(f, v)| (f.name.to_owned(), v)).collect();
    let tags = matches!(kind.name, "device" | "site")
        .then(|| tags.unwrap_or_default().split(',').filter(|t| !t.is_empty()).map(str::to_owned).collect());
    Ok(Record { id, version, values, devices, tags, refs })
}

fn references(kind: &'static ObjectKind) -> impl Iterator<Item = &'static Field> {
    kind.fields.iter().filter(|f| matches!(f.kind, FieldKind::Ref(_)))
}

/// Which devices `d` are of the record `t`.
pub(crate) fn devices_of(kind: &ObjectKind) -> Option<&'static str> {
    Some(match kind.name {
        "site" => "d.site_id = t.id",
        "location" => "d.location_id = t.id",
        "manufacturer" => "d.manufacturer_id = t.id",
        "role" => "d.role_id = t.id",
        "platform" => "d.platform_id = t.id",
        "device type" => "d.manufacturer_id = t.manufacturer_id and lower(d.model) = lower(t.name)",
        "tag" => "d.id in (select g.device_id from device_tags g where g.tag_id = t.id)",
        _ => return None,
    })
}

/// A pattern of `like … escape '\'` for one with `*` and `?`.
pub(crate) fn glob(pattern: &str) -> String {
    plain_like(pattern.trim()).replace('*', "%").replace('?', "_")
}
