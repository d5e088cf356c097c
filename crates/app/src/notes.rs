//! Notes on devices and sites: Markdown with links such as `[[leaf-1]]`, and all that they ever said.

use std::collections::BTreeSet;

use model::object::{DEVICE, SITE};
use model::text::shown;
use serde::Serialize;
use serde_json::{Value, json};
use store::{NewAudit, NewUndo, Note, NoteFilter, NoteOn, NoteText, NoteVersion, RowOp, StoreError, Tx};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// What a note is on, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteTarget {
    Device(String),
    Site(String),
}

/// A note with the devices that it speaks of.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NoteView {
    #[serde(flatten)]
    pub note: Note,
    pub links: Vec<NoteLink>,
    /// What it said, newest first; only where one note is shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<NoteVersion>,
}

/// `[[leaf-1]]` in a note.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NoteLink {
    pub text: String,
    /// The slug of the device that it means; `None` when there is none such.
    pub device: Option<String>,
}

/// Longest note, in bytes.
const LONGEST: usize = 1 << 20;

impl App {
    /// Adds a note. Without a title it has its first line. Gives its id, `None` in a dry run, and what undoes it.
    pub async fn add_note(
        &self,
        actor: &Actor,
        target: &NoteTarget,
        title: Option<&str>,
        body: &str,
        dry_run: bool,
    ) -> AppResult<(Option<i64>, Option<i64>)> {
        actor.must_somewhere(Role::Operator, "write notes")?;
        self.must_write_on(actor, target).await?;
        let (on, object) = self.on(target).await?;
        let title = read(title, body)?;
        let now = self.now();
        let mut tx = self.store.begin().await?;
        let text = NoteText { title: &title, body, actor: &actor.name };
        let (id, ops) = tx.add_note(on, text, now).await?;
        let object = format!("note {id} on {object}");
        let after = json!({ "title": title, "body": body });
        let undo = self.note_written(actor, tx, ("note.add", &object), (Value::Null, after), &ops, dry_run).await?;
        Ok(((!dry_run).then_some(id), undo))
    }

    /// Changes a note; what is not given stays. Gives what undoes it.
    pub async fn edit_note(
        &self,
        actor: &Actor,
        id: i64,
        (title, body): (Option<&str>, Option<&str>),
        version: Option<i64>,
        dry_run: bool,
    ) -> AppResult<Option<i64>> {
        actor.must_somewhere(Role::Operator, "write notes")?;
        self.must_write_over(actor, id).await?;
        let now = self.now();
        let mut tx = self.store.begin().await?;
        let before = tx.note(id).await?;
        let body = body.unwrap_or(&before.body);
        let title = read(title.or(Some(&before.title)), body)?;
        let text = NoteText { title: &title, body, actor: &actor.name };
        let ops = tx.change_note(id, text, version, now).await?;
        let (was, is) =
            (json!({ "title": before.title, "body": before.body }), json!({ "title": title, "body": body }));
        self.note_written(actor, tx, ("note.edit", &object(&before)), (was, is), &ops, dry_run).await
    }

    /// Gives the note that is gone, and what undoes it.
    pub async fn delete_note(&self, actor: &Actor, id: i64, dry_run: bool) -> AppResult<(Note, Option<i64>)> {
        actor.must_somewhere(Role::Operator, "write notes")?;
        self.must_write_over(actor, id).await?;
        let mut tx = self.store.begin().await?;
        let before = tx.note(id).await?;
        let ops = tx.delete_note(id).await?;
        let was = json!({ "title": before.title, "body": before.body });
        let undo =
            self.note_written(actor, tx, ("note.delete", &object(&before)), (was, Value::Null), &ops, dry_run).await?;
        Ok((before, undo))
    }

    /// Notes on something, or all; with this in them.
    pub async fn notes(
        &self,
        actor: &Actor,
        target: Option<&NoteTarget>,
        text: Option<String>,
    ) -> AppResult<Vec<NoteView>> {
        actor.must(Role::Viewer, "see notes")?;
        let on = match target {
            Some(target) => Some(self.on(target).await?.0),
            None => None,
        };
        let notes = self.store.notes(&NoteFilter { on, text, ..NoteFilter::default() }).await?;
        self.views(notes).await
    }

    /// One note with what it said before.
    pub async fn note_of(&self, actor: &Actor, id: i64) -> AppResult<NoteView> {
        actor.must(Role::Viewer, "see notes")?;
        let note = self.store.note(id).await?;
        let history = self.store.note_versions(id).await?;
        let mut view = self.views(vec![note]).await?.remove(0);
        view.history = history;
        Ok(view)
    }

    async fn must_write_on(&self, actor: &Actor, target: &NoteTarget) -> AppResult<()> {
        if actor.may_everywhere(Role::Operator) {
            return Ok(());
        }
        let site = match target {
            NoteTarget::Device(name) => self.store.device(name).await?.site,
            NoteTarget::Site(name) => Some(self.store.record(&SITE, name).await?.slug()),
        };
        actor.must_at(Role::Operator, "write notes", [site.as_deref()])
    }

    async fn must_write_over(&self, actor: &Actor, id: i64) -> AppResult<()> {
        if actor.may_everywhere(Role::Operator) {
            return Ok(());
        }
        let note = self.store.note(id).await?;
        let target = match (note.device, note.site) {
            (Some(device), _) => NoteTarget::Device(device),
            (None, site) => NoteTarget::Site(site.unwrap_or_default()),
        };
        self.must_write_on(actor, &target).await
    }

    async fn on(&self, target: &NoteTarget) -> AppResult<(NoteOn, String)> {
        Ok(match target {
            NoteTarget::Device(name) => {
                let record = self.store.record(&DEVICE, name).await?;
                (NoteOn::Device(record.id), format!("device {}", record.slug()))
            }
            NoteTarget::Site(name) => {
                let record = self.store.record(&SITE, name).await?;
                (NoteOn::Site(record.id), format!("site {}", record.slug()))
            }
        })
    }

    async fn views(&self, notes: Vec<Note>) -> AppResult<Vec<NoteView>> {
        let mut views = Vec::with_capacity(notes.len());
        for note in notes {
            let mut found = Vec::new();
            for text in links(&note.body) {
                let device = match self.store.device(&text).await {
                    Ok(device) => Some(device.slug),
                    Err(StoreError::NotFound { .. } | StoreError::Ambiguous { .. }) => None,
                    Err(other) => return Err(other.into()),
                };
                found.push(NoteLink { text, device });
            }
            views.push(NoteView { note, links: found, history: Vec::new() });
        }
        Ok(views)
    }

    async fn note_written(
        &self,
        actor: &Actor,
        mut tx: Tx,
        (action, object): (&str, &str),
        (before, after): (Value, Value),
        ops: &[RowOp],
        dry_run: bool,
    ) -> AppResult<Option<i64>> {
        if dry_run {
            return Ok(None);
        }
        let now = self.now();
        let undo = tx.save_undo(NewUndo { actor: &actor.name, action, object, undoes: None }, ops, now).await?;
        self.forget_undo(&mut tx, now).await?;
        let detail = json!({ "before": before, "after": after, "undo": undo });
        tx.audit(&NewAudit { actor: &actor.name, action, object, detail: &detail }, now).await?;
        tx.commit().await?;
        Ok(undo)
    }
}

fn object(note: &Note) -> String {
    let on = note.device.as_deref().map(|d| format!("device {d}"));
    let on = on.or_else(|| note.site.as_deref().map(|s| format!("site {s}")));
    format!("note {} on {}", note.id, shown(&on.unwrap_or_default()))
}

/// The title: the one that was given, or the first line without its marks.
fn read(title: Option<&str>, body: &str) -> AppResult<String> {
    if body.trim().is_empty() {
        return Err(AppError::Usage("a note says something; give it with --text, --file or on standard input".into()));
    }
    if body.len() > LONGEST {
        return Err(AppError::Usage(format!("a note has {LONGEST} bytes at most")));
    }
    let first = || body.lines().map(|l| l.trim_start_matches(['#', '-', '*', ' '])).find(|l| !l.trim().is_empty());
    let title = title.map(str::trim).filter(|t| !t.is_empty()).or_else(first).unwrap_or("note");
    Ok(title.chars().filter(|c| !c.is_control()).take(100).collect())
}

/// What stands in `[[…]]`, each once; of `[[leaf-1|that leaf]]` the first part.
fn links(body: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let inner = body.split("[[").skip(1).filter_map(|rest| rest.split_once("]]")).map(|(inner, _)| inner);
    let name = |inner: &str| inner.split('|').next().unwrap_or_default().trim().to_owned();
    let fits = |name: &String| !name.is_empty() && name.len() <= 100 && !name.contains('\n');
    inner.map(name).filter(fits).filter(|name| seen.insert(name.to_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_what_stands_in_double_brackets() {
        assert_eq!(
            links("see [[leaf-1]], [[LEAF-1]] and [[10.0.0.2|that]]; not [x], [[ ]], [[open"),
            ["leaf-1", "10.0.0.2"]
        );
    }

    #[test]
    fn a_note_without_a_title_has_its_first_line() {
        assert_eq!(read(None, "\n## Fan 2 is loud\nreplace it").expect("a title"), "Fan 2 is loud");
        assert!(read(None, " \n").is_err());
    }
}
