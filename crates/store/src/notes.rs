//! Notes on devices and sites, with all that they ever said.

use model::Timestamp;
use serde::Serialize;

use crate::journal::RowOp;
use crate::sql::{Sql, contains, on_store};
use crate::{StoreError, StoreResult, Tx};

/// What a note is on: an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteOn {
    Device(i64),
    Site(i64),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Note {
    pub id: i64,
    /// The slug of the device that it is on.
    pub device: Option<String>,
    /// The name of the site that it is on.
    pub site: Option<String>,
    pub title: String,
    /// Markdown.
    pub body: String,
    pub author: String,
    pub created_at: Timestamp,
    pub changed_by: String,
    pub changed_at: Timestamp,
    pub version: i64,
}

/// What a note said once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NoteVersion {
    pub version: i64,
    pub title: String,
    pub body: String,
    pub actor: String,
    pub at: Timestamp,
}

/// What is written.
#[derive(Debug, Clone, Copy)]
pub struct NoteText<'a> {
    pub title: &'a str,
    pub body: &'a str,
    pub actor: &'a str,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteFilter {
    pub on: Option<NoteOn>,
    /// With a link `[[name]]` to any of these.
    pub linking: Vec<String>,
    /// With this in title or body, whatever the case.
    pub text: Option<String>,
}

/// The rows of a note: what refers to others first.
const ROWS: &[(&str, &str)] = &[("note_versions", "note_id"), ("notes", "id")];

impl Tx {
    pub async fn add_note(&mut self, on: NoteOn, text: NoteText<'_>, now: Timestamp) -> StoreResult<(i64, Vec<RowOp>)> {
        let watch = self.watch(ROWS, &[]).await?;
        let (device, site) = match on {
            NoteOn::Device(id) => (Some(id), None),
            NoteOn::Site(id) => (None, Some(id)),
        };
        const SQL: &str = "
            insert into notes (tenant_id, device_id, site_id, title, body, author, created_at, changed_by, changed_at)
            values ($1, $2, $3, $4, $5, $6, $7, $6, $7) returning id";
        let sql = self.sql(SQL).bind(device).bind(site).bind(text.title).bind(text.body).bind(text.actor).bind(now);
        let (id,): (i64,) = self.one(sql).await?;
        self.keep_version(id).await?;
        Ok((id, self.changes_since(watch, &[id]).await?))
    }

    /// # Errors
    /// [`StoreError::Conflict`] when it has another version than it should.
    pub async fn change_note(
        &mut self,
        id: i64,
        text: NoteText<'_>,
        version: Option<i64>,
        now: Timestamp,
    ) -> StoreResult<Vec<RowOp>> {
        let before = self.note(id).await?;
        if let Some(seen) = version.filter(|seen| *seen != before.version) {
            return Err(StoreError::Stale(format!(
                "note {id} was changed meanwhile by {}: it has version {} and you saw {seen}; look at it again",
                before.changed_by, before.version
            )));
        }
        let watch = self.watch(ROWS, &[id]).await?;
        const SQL: &str = "update notes set title = $3, body = $4, changed_by = $5, changed_at = $6, version = 1 +
                (select max(v.version) from note_versions v where v.note_id = notes.id)
            where tenant_id = $1 and id = $2";
        let sql = self.sql(SQL).bind(id).bind(text.title).bind(text.body).bind(text.actor).bind(now);
        self.execute(sql).await?;
        self.keep_version(id).await?;
        self.changes_since(watch, &[id]).await
    }

    async fn keep_version(&mut self, id: i64) -> StoreResult<()> {
        const SQL: &str = "insert into note_versions (tenant_id, note_id, version, title, body, actor, at)
            select tenant_id, id, version, title, body, changed_by, changed_at from notes
            where tenant_id = $1 and id = $2";
        self.execute(self.sql(SQL).bind(id)).await?;
        Ok(())
    }

    /// Gives what takes it back.
    pub async fn delete_note(&mut self, id: i64) -> StoreResult<Vec<RowOp>> {
        self.note(id).await?;
        let watch = self.watch(ROWS, &[id]).await?;
        let sql = self.sql("delete from notes where tenant_id = $1 and id = $2").bind(id);
        self.execute(sql).await?;
        self.changes_since(watch, &[id]).await
    }

    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn note(&mut self, id: i64) -> StoreResult<Note> {
        let mut sql = self.sql(SELECT);
        sql.push(" and n.id = ").arg(id);
        let row = self.optional::<NoteRow>(sql).await?;
        row.map(note).ok_or_else(|| StoreError::not_found("note", id))
    }

    /// Changed last comes first.
    pub async fn notes(&mut self, filter: &NoteFilter) -> StoreResult<Vec<Note>> {
        let sql = self.select_notes(filter);
        Ok(self.all::<NoteRow>(sql).await?.into_iter().map(note).collect())
    }

    pub(crate) fn select_notes(&self, filter: &NoteFilter) -> Sql {
        let mut sql = self.sql(SELECT);
        match filter.on {
            Some(NoteOn::Device(id)) => drop(sql.push(" and n.device_id = ").arg(id)),
            Some(NoteOn::Site(id)) => drop(sql.push(" and n.site_id = ").arg(id)),
            None => {}
        }
        for (n, name) in filter.linking.iter().enumerate() {
            sql.push(if n == 0 { " and (" } else { " or " });
            for (end, or) in [("]]", " or "), ("|", "")] {
                sql.push("lower(n.body) like lower(").arg(contains(&format!("[[{name}{end}"))).push(") escape '\\'");
                sql.push(or);
            }
        }
        sql.push(if filter.linking.is_empty() { "" } else { ")" });
        if let Some(text) = &filter.text {
            sql.push(" and lower(n.title || ' ' || n.body) like lower(").arg(contains(text)).push(") escape '\\'");
        }
        sql.push(" order by n.changed_at desc, n.id desc");
        sql
    }

    /// What it said, newest first.
    pub async fn note_versions(&mut self, id: i64) -> StoreResult<Vec<NoteVersion>> {
        type Version = (i64, String, String, String, i64);
        const SQL: &str = "select version, title, body, actor, at from note_versions
            where tenant_id = $1 and note_id = $2 order by version desc";
        let rows: Vec<Version> = self.all(self.sql(SQL).bind(id)).await?;
        let version =
            |(version, title, body, actor, at): Version| NoteVersion { version, title, body, actor, at: Timestamp(at) };
        Ok(rows.into_iter().map(version).collect())
    }
}

on_store! {
    read note(id: i64) -> Note;
    read notes(filter: &NoteFilter) -> Vec<Note>;
    read note_versions(id: i64) -> Vec<NoteVersion>;
}

const SELECT: &str = "
    select n.id, d.slug, s.name, n.title, n.body, n.author, n.created_at, n.changed_by, n.changed_at, n.version
    from notes n left join devices d on d.id = n.device_id left join sites s on s.id = n.site_id
    where n.tenant_id = $1";

/// Columns of [`Tx::select_notes`].
pub(crate) type NoteRow = (i64, Option<String>, Option<String>, String, String, String, i64, String, i64, i64);

pub(crate) fn note(
    (id, device, site, title, body, author, created_at, changed_by, changed_at, version): NoteRow,
) -> Note {
    let (created_at, changed_at) = (Timestamp(created_at), Timestamp(changed_at));
    Note { id, device, site, title, body, author, created_at, changed_by, changed_at, version }
}
