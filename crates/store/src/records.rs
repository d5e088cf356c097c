//! Sites, roles, devices …: what a person reads, adds and changes of them, one way for all kinds.

use model::object::{DEVICE, DEVICE_TYPE};
use model::{Field, FieldKind, ObjectKind, Timestamp, interface, text};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::sql::{Arg, Sql, on_store, plain_like, unreadable};
use crate::tx::Rows;
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
}

impl Record {
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
    /// Only those that come after this one: its name in lower case, and its id.
    pub after: Option<(String, i64)>,
    pub limit: Option<u32>,
}

/// The address of a device that has none.
pub(crate) const NOWHERE: &str = "0.0.0.0";

/// A field, and what it is to be; `None` empties it.
pub type NewValue = (&'static Field, Option<String>);

/// How a record is saved.
#[derive(Debug, Clone, Copy)]
pub struct SaveAs<'a> {
    pub actor: &'a str,
    /// It is refused when the record has another version.
    pub version: Option<i64>,
    /// Make sites, roles and the like that are not there. Manufacturers always are.
    pub make: bool,
    /// Fields of a device that are the actor's word, which discovery does not touch.
    pub owned: &'a [&'a str],
}

impl Tx {
    /// By name.
    pub async fn records(&mut self, kind: &'static ObjectKind, filter: &RecordFilter) -> StoreResult<Vec<Record>> {
        let mut sql = self.select(kind);
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
            sql.push(" and (lower(t.name) > ").arg(name).push(" or (lower(t.name) = ").arg(name);
            sql.push(" and t.id > ").arg(*id).push("))");
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
        let mut sql = self.select(kind);
        sql.push(" and t.id = ").arg(id);
        self.read_records(kind, sql).await?.pop().ok_or_else(|| StoreError::not_found(kind.name, id))
    }

    /// These, in no order that means anything.
    pub async fn records_by_ids(&mut self, kind: &'static ObjectKind, ids: &[i64]) -> StoreResult<Vec<Record>> {
        let mut sql = self.select(kind);
        sql.push(" and t.id in ").ids(ids.iter().copied());
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
        let array = match self.dialect() {
            crate::sql::Dialect::Sqlite => format!("json_array({})", fields.join(", ")),
            crate::sql::Dialect::Postgres => format!("json_build_array({})::text", fields.join(", ")),
        };
        self.sql(format!(
            "select t.id, t.version, {array}, {count}, {tags} from {} t where t.tenant_id = $1",
            kind.table
        ))
    }

    async fn read_records(&mut self, kind: &'static ObjectKind, sql: Sql) -> StoreResult<Vec<Record>> {
        type Row = (i64, i64, String, Option<i64>, Option<String>);
        let rows: Vec<Row> = self.all(sql).await?;
        let record = |(id, version, values, devices, tags): Row| {
            let values: Vec<Value> = serde_json::from_str(&values).map_err(|e| unreadable(kind.table, e))?;
            let values = kind.fields.iter().zip(values).map(|(f, v)| (f.name.to_owned(), v)).collect();
            let tags = matches!(kind.name, "device" | "site")
                .then(|| tags.unwrap_or_default().split(',').filter(|t| !t.is_empty()).map(str::to_owned).collect());
            Ok(Record { id, version, values, devices, tags })
        };
        rows.into_iter().map(record).collect()
    }

    /// Adds a record. Gives its id.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a field is missing or the slug is taken; [`StoreError::NotFound`] for another
    /// record that it refers to.
    pub async fn add_record(
        &mut self,
        kind: &'static ObjectKind,
        values: &[NewValue],
        how: SaveAs<'_>,
        now: Timestamp,
    ) -> StoreResult<i64> {
        let given = |name: &str| values.iter().find(|(f, _)| f.column == name).and_then(|(_, v)| v.clone());
        let name = needed(kind, &given)?;
        let slug = match given("slug") {
            Some(slug) => slug,
            None if *kind == DEVICE => self.free_slug(&name).await?,
            None => text::slug(&name).to_lowercase(),
        };
        let mut columns: Vec<(String, Arg)> =
            vec![("slug".into(), slug.as_str().into()), ("changed_at".into(), now.into())];
        if kind.field("color").is_some() && given("color").is_none() {
            columns.push(("color".into(), crate::inventory::GREY.into()));
        }
        if *kind == DEVICE {
            columns.push(("sort_key".into(), interface::sort_key(&slug).into()));
            columns.extend(["first_seen", "last_seen"].map(|c| (c.to_owned(), now.into())));
            // One that is planned has none yet: discovery finds it by its name or serial number.
            if given("address").is_none() {
                columns.push(("address".into(), NOWHERE.into()));
            }
            if given("port").is_none() {
                columns.push(("port".into(), 22i64.into()));
            }
        }
        for (field, value) in values.iter().filter(|(f, v)| f.column != "slug" && v.is_some()) {
            if let Some(arg) = self.column(kind, field, value.as_deref(), how).await? {
                columns.push((field.column.to_owned(), arg));
            }
        }
        let names: Vec<&str> = columns.iter().map(|(c, _)| c.as_str()).collect();
        let mut sql = self.sql(format!("insert into {} (tenant_id, {}) values ($1", kind.table, names.join(", ")));
        for (_, value) in columns {
            sql.push(", ").arg(value);
        }
        sql.push(") returning id");
        let taken = |e| taken(e, kind, &slug);
        let (id,): (i64,) = self.one(sql).await.map_err(taken)?;
        if *kind == DEVICE {
            self.save_beside(id, values, how, now).await?;
        }
        Ok(id)
    }

    /// Changes fields of a record.
    ///
    /// # Errors
    /// As [`Tx::add_record`]; also [`StoreError::Conflict`] when the record has another version than it should.
    pub async fn change_record(
        &mut self,
        kind: &'static ObjectKind,
        id: i64,
        values: &[NewValue],
        how: SaveAs<'_>,
        now: Timestamp,
    ) -> StoreResult<()> {
        if *kind != DEVICE {
            self.named.clear();
        }
        let before = self.record_by_id(kind, id).await?;
        if let Some(seen) = how.version.filter(|seen| *seen != before.version) {
            return Err(StoreError::Stale(format!(
                "{} {} was changed meanwhile: it has version {} and you saw {seen}; look at it again",
                kind.name,
                before.slug(),
                before.version
            )));
        }
        let mut columns: Vec<(&str, Arg)> = vec![("changed_at", now.into())];
        let mut slug = None;
        for (field, value) in values {
            let needed = ["name", "slug", "address", "port", "status", "color"].contains(&field.column);
            if (needed || is_needed(kind, field)) && value.is_none() {
                return Err(StoreError::Conflict(format!("{} of a {} cannot be empty", field.name, kind.name)));
            }
            if field.column == "slug" {
                slug.clone_from(value);
            } else if let Some(arg) = self.column(kind, field, value.as_deref(), how).await? {
                columns.push((field.column, arg));
            }
        }
        if *kind == DEVICE && slug.is_none() {
            slug = self.slug_after_renaming(&before, values).await?;
        }
        let shown = slug.clone().unwrap_or_else(|| before.slug());
        if let Some(slug) = slug {
            if *kind == DEVICE {
                columns.push(("sort_key", interface::sort_key(&slug).into()));
            }
            columns.push(("slug", slug.into()));
        }
        let mut sql = self.sql(format!("update {} set version = version + 1", kind.table));
        for (column, value) in columns {
            sql.push(&format!(", {column} = ")).arg(value);
        }
        sql.push(" where tenant_id = $1 and id = ").arg(id);
        self.execute(sql).await.map_err(|e| taken(e, kind, &shown))?;
        if *kind == DEVICE {
            self.save_beside(id, values, how, now).await?;
        }
        Ok(())
    }

    /// A slug that was made of the name goes with the name.
    async fn slug_after_renaming(&mut self, before: &Record, values: &[NewValue]) -> StoreResult<Option<String>> {
        let name = values.iter().find(|(f, _)| f.column == "name").and_then(|(_, v)| v.as_ref());
        let is_made = text::slug(&before.text("name")).eq_ignore_ascii_case(&before.slug());
        match name.filter(|n| is_made && !text::slug(n).eq_ignore_ascii_case(&before.slug())) {
            Some(name) => Ok(Some(self.free_slug(name).await?)),
            None => Ok(None),
        }
    }

    /// What the column of a field is to hold; `None` when it is kept elsewhere.
    pub(crate) async fn column(
        &mut self,
        kind: &'static ObjectKind,
        field: &'static Field,
        value: Option<&str>,
        how: SaveAs<'_>,
    ) -> StoreResult<Option<Arg>> {
        Ok(match (field.kind, value) {
            (FieldKind::Serials, _) => None,
            (FieldKind::Ref(_), None) => Some(Arg::Int(None)),
            (FieldKind::Ref(other), Some(name)) => Some(self.referred(kind, other, name, how).await?.into()),
            (FieldKind::Port, Some(port)) => Some(Arg::Int(port.parse().ok())),
            (_, value) => Some(value.into()),
        })
    }

    async fn referred(
        &mut self,
        kind: &'static ObjectKind,
        other: &'static ObjectKind,
        name: &str,
        how: SaveAs<'_>,
    ) -> StoreResult<i64> {
        // One name may mean two records to whom names it and to whom makes it.
        let key = (other.name, name.trim().to_lowercase());
        if let Some(id) = self.named.get(&key) {
            return Ok(*id);
        }
        let id = match self.known(other, name).await {
            Err(StoreError::NotFound { .. }) => self.made_for(kind, other, name, how).await?,
            found => found?,
        };
        self.named.insert(key, id);
        Ok(id)
    }

    async fn made_for(
        &mut self,
        kind: &'static ObjectKind,
        other: &'static ObjectKind,
        name: &str,
        how: SaveAs<'_>,
    ) -> StoreResult<i64> {
        let made = match other.name {
            "manufacturer" => self.manufacturer_named(name).await?,
            "site" if how.make => self.site_named(name).await?,
            "role" if how.make => self.role_named(name).await?,
            "platform" if how.make => self.platform_named(name, None).await?,
            _ => None,
        };
        made.ok_or_else(|| {
            StoreError::Conflict(format!(
                "{}: there is no {} `{}`; `velocity {} list` shows them, `velocity {} add` makes one",
                kind.name,
                other.name,
                text::shown(name),
                other.plural,
                other.plural
            ))
        })
    }

    /// What a device has in other tables: serial numbers, addresses, its device type, and whose word its fields are.
    async fn save_beside(&mut self, id: i64, values: &[NewValue], how: SaveAs<'_>, now: Timestamp) -> StoreResult<()> {
        let device = model::DeviceId(id);
        for (field, value) in values {
            if let (FieldKind::Serials, value) = (field.kind, value) {
                let gone = self.sql("delete from device_serials where tenant_id = $1 and device_id = $2").bind(id);
                self.execute(gone).await?;
                let serials = value.iter().flat_map(|v| v.split_whitespace().map(str::to_owned)).collect();
                self.replace_marks(device, "device_serials", "serial", serials).await?;
            }
        }
        let own = self.device_by_id(device).await?;
        if own.is_reached() && values.iter().any(|(f, _)| matches!(f.column, "address" | "port")) {
            self.save_addresses(device, own.address, own.port, &[]).await?;
        }
        if values.iter().any(|(f, v)| f.column == "platform_id" && v.is_some()) {
            const VENDOR: &str = "update devices set manufacturer_id =
                    (select p.manufacturer_id from platforms p where p.id = devices.platform_id)
                where tenant_id = $1 and id = $2 and manufacturer_id is null";
            self.execute(self.sql(VENDOR).bind(id)).await?;
        }
        if values.iter().any(|(f, v)| f.column == "model" && v.is_some()) {
            self.make_device_type(device).await?;
        }
        let owned: Vec<Vec<Arg>> = how.owned.iter().map(|field| vec![id.into(), (*field).into()]).collect();
        self.own_fields(&owned, how.actor, now).await
    }

    /// Fields that are the actor's word: device and name of the field.
    pub(crate) async fn own_fields(&mut self, fields: &[Vec<Arg>], actor: &str, now: Timestamp) -> StoreResult<()> {
        let rows = Rows {
            table: "device_fields",
            same: &[("tenant_id", self.tenant.into()), ("actor", actor.into()), ("set_at", now.into())],
            columns: &["device_id", "field"],
            rows: fields,
            tail: " on conflict (device_id, field) do update set actor = excluded.actor, set_at = excluded.set_at",
        };
        self.insert_rows(rows).await?;
        Ok(())
    }

    /// The type of a device that has a manufacturer and a model is in the list of types.
    pub(crate) async fn make_device_type(&mut self, id: model::DeviceId) -> StoreResult<()> {
        const SQL: &str = "select manufacturer_id, model from devices d where tenant_id = $1 and id = $2
            and manufacturer_id is not null and model is not null and not exists (select 1 from device_types t
                where t.manufacturer_id = d.manufacturer_id and lower(t.name) = lower(d.model))";
        let Some((vendor, model)) = self.optional::<(i64, String)>(self.sql(SQL).bind(id)).await? else {
            return Ok(());
        };
        let slug = text::slug(&model).to_lowercase();
        const NEW: &str = "insert into device_types (tenant_id, manufacturer_id, name, slug) values ($1, $2, $3, $4)
            on conflict do nothing returning id";
        let sql = self.sql(NEW).bind(vendor).bind(model).bind(slug);
        if let Some((id,)) = self.optional::<(i64,)>(sql).await? {
            self.made.push((DEVICE_TYPE.table, id));
        }
        Ok(())
    }

    /// Fields of a device that are somebody's word: field, actor, since when.
    pub async fn owned_fields(&mut self, device: i64) -> StoreResult<Vec<(String, String, Timestamp)>> {
        const SQL: &str = "select field, actor, set_at from device_fields where tenant_id = $1 and device_id = $2
            order by field";
        let rows: Vec<(String, String, i64)> = self.all(self.sql(SQL).bind(device)).await?;
        Ok(rows.into_iter().map(|(field, actor, at)| (field, actor, Timestamp(at))).collect())
    }

    /// Lets discovery say again what these fields of a device are.
    pub async fn release_fields(&mut self, device: i64, fields: &[&str]) -> StoreResult<u64> {
        let mut sql = self.sql("delete from device_fields where tenant_id = $1 and device_id = ");
        sql.arg(device).push(" and field in ").list(fields.iter().copied());
        self.execute(sql).await
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
}

/// What a record cannot be without, besides its name.
fn is_needed(kind: &ObjectKind, field: &Field) -> bool {
    let columns: &[&str] = match kind.name {
        "location" => &["site_id"],
        "device type" => &["manufacturer_id"],
        "notification channel" => &["kind"],
        "notification rule" => &["channel_id", "events"],
        _ => &[],
    };
    columns.contains(&field.column)
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

/// The name, when all is given that a record of this kind must have.
pub(crate) fn needed(kind: &ObjectKind, given: &dyn Fn(&str) -> Option<String>) -> StoreResult<String> {
    let missing = |what: &str| {
        let article = if what.ends_with('s') { "" } else { "a " };
        StoreError::Conflict(format!("a {} needs {article}{what}", kind.name))
    };
    let name = given("name").ok_or_else(|| missing(kind.fields[0].name))?;
    match kind.fields.iter().find(|f| is_needed(kind, f) && given(f.column).is_none()) {
        Some(field) => Err(missing(field.name)),
        None => Ok(name),
    }
}

fn taken(e: StoreError, kind: &ObjectKind, slug: &str) -> StoreError {
    match e {
        StoreError::Conflict(message) if message.to_lowercase().contains("unique") => taken_slug(kind, slug),
        other => other,
    }
}

pub(crate) fn taken_slug(kind: &ObjectKind, slug: &str) -> StoreError {
    StoreError::Conflict(format!(
        "there is a {} with the slug `{}` already; give another one with --slug",
        kind.name,
        text::shown(slug)
    ))
}

/// A pattern of `like … escape '\'` for one with `*` and `?`.
pub(crate) fn glob(pattern: &str) -> String {
    plain_like(pattern.trim()).replace('*', "%").replace('?', "_")
}
