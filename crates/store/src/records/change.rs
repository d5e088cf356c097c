//! Adding records and changing their fields.

use model::object::DEVICE;
use model::{Field, FieldKind, ObjectKind, Timestamp, interface, text};

use super::{NOWHERE, Record};
use crate::sql::Arg;
use crate::{StoreError, StoreResult, Tx};

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
        let within = kind.within.and_then(|field| given(kind.field(field)?.column));
        let slug = match given("slug") {
            Some(slug) => slug,
            None if *kind == DEVICE => self.free_slug(&name).await?,
            None => kind.slug_of(&name, within.as_deref()),
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
                return Err(StoreError::Conflict(format!(
                    "{} of {} {} cannot be empty",
                    field.name,
                    kind.article(),
                    kind.name
                )));
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
}

/// What a record cannot be without, besides its name.
fn is_needed(kind: &ObjectKind, field: &Field) -> bool {
    let columns: &[&str] = match kind.name {
        "location" => &["site_id"],
        "device type" => &["manufacturer_id"],
        "interface" => &["device_id"],
        "cable" => &["side_a_device_id", "side_a_name", "side_b_device_id", "side_b_name"],
        "notification channel" => &["kind"],
        "notification rule" => &["channel_id", "events"],
        _ => &[],
    };
    columns.contains(&field.column)
}

/// The name, when all is given that a record of this kind must have.
pub(crate) fn needed(kind: &ObjectKind, given: &dyn Fn(&str) -> Option<String>) -> StoreResult<String> {
    let missing = |what: &str| {
        let article = if what.ends_with('s') { "" } else { "a " };
        StoreError::Conflict(format!("{} {} needs {article}{what}", kind.article(), kind.name))
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
        "there is {} {} with the slug `{}` already; give another one with --slug",
        kind.article(),
        kind.name,
        text::shown(slug)
    ))
}
