//! Writing jobs: any number of them in one transaction, with what takes it back.

use model::object::JOB;
use model::{JobId, Timestamp};
use serde_json::{Value, json};
use store::{Job, NewAudit, NewJob, NewUndo, RowOp, StoreError, Tx};

use super::JobDraft;
use crate::actor::Role;
use crate::{Actor, App, AppResult, Edited, ScheduleDraft, ScheduleView, Write, Written};

/// A job that is written over another, or as a new one.
pub(super) type Change = (Option<Job>, JobDraft);

impl App {
    /// Whether somebody may change jobs at all: told before anything is said of those that are meant.
    pub fn may_change_jobs(&self, actor: &Actor) -> AppResult<()> {
        actor.must(Role::Operator, "change jobs")
    }

    /// Adds jobs: all of them, or none.
    pub async fn create_jobs(&self, actor: &Actor, drafts: &[JobDraft], write: &Write) -> AppResult<Written> {
        let changes = drafts.iter().map(|draft| (None, draft.clone())).collect();
        self.write_jobs(actor, "job.create", changes, write).await
    }

    /// Adds a job that runs by itself: both, or none.
    pub async fn create_scheduled_job(
        &self,
        actor: &Actor,
        draft: &JobDraft,
        schedule: &ScheduleDraft,
        write: &Write,
    ) -> AppResult<(Written, ScheduleView)> {
        let now = self.now();
        let (mut tx, records, mut ops) =
            self.begin_jobs(actor, vec![(None, draft.clone())], write.version, now).await?;
        let job = tx.job(&draft.slug()).await?;
        let (id, watch) = (job.id.0, tx.watch_records(&JOB, &[job.id.0]).await?);
        let view = self.schedule_in(&mut tx, actor, None, job, schedule).await?;
        ops.extend(tx.record_ops(watch, &[id]).await?);
        Ok((self.finish_jobs(actor, "job.create", tx, (records, &ops), write, now).await?, view))
    }

    /// Adds jobs, and writes those over that have the slug of one.
    pub async fn apply_jobs(&self, actor: &Actor, drafts: &[JobDraft], write: &Write) -> AppResult<Written> {
        actor.must(Role::Operator, "change jobs")?;
        let mut known = self.store.jobs(&Default::default()).await?;
        let mut changes = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let at = known.iter().position(|job| job.slug == draft.slug());
            changes.push((at.map(|at| known.swap_remove(at)), draft.clone()));
        }
        self.write_jobs(actor, "job.apply", changes, write).await
    }

    /// Changes one.
    pub async fn edit_job(&self, actor: &Actor, id: JobId, draft: &JobDraft, write: &Write) -> AppResult<Written> {
        actor.must(Role::Operator, "change jobs")?;
        let before = self.store.job_by_id(id).await?;
        self.write_jobs(actor, "job.edit", vec![(Some(before), draft.clone())], write).await
    }

    /// Lets schedules and `--all-enabled` run them, or not.
    pub async fn enable_jobs(&self, actor: &Actor, ids: &[JobId], is: bool, write: &Write) -> AppResult<Written> {
        let action = if is { "job.enable" } else { "job.disable" };
        self.alter_jobs(actor, action, ids, |job| job.enabled = is, write).await
    }

    /// The same change for all of these.
    pub async fn alter_jobs(
        &self,
        actor: &Actor,
        action: &'static str,
        ids: &[JobId],
        alter: impl Fn(&mut JobDraft),
        write: &Write,
    ) -> AppResult<Written> {
        actor.must(Role::Operator, "change jobs")?;
        let mut changes = Vec::with_capacity(ids.len());
        for id in ids {
            let before = self.store.job_by_id(*id).await?;
            let mut draft = JobDraft::of(&before);
            alter(&mut draft);
            changes.push((Some(before), draft));
        }
        self.write_jobs(actor, action, changes, write).await
    }

    /// A second job like this one, with another name.
    pub async fn duplicate_job(
        &self,
        actor: &Actor,
        id: JobId,
        name: Option<&str>,
        write: &Write,
    ) -> AppResult<Written> {
        actor.must(Role::Operator, "change jobs")?;
        let job = self.store.job_by_id(id).await?;
        let slugs: Vec<String> = self.store.jobs(&Default::default()).await?.into_iter().map(|j| j.slug).collect();
        let slug = |name: &str| JobDraft { name: name.to_owned(), ..JobDraft::default() }.slug();
        let is_free = |name: &String| !slugs.contains(&slug(name));
        let copies =
            std::iter::once(format!("{} copy", job.name)).chain((2..).map(|n| format!("{} copy {n}", job.name)));
        let name = name.map(str::to_owned).or_else(|| copies.take(10_000).find(is_free)).unwrap_or_default();
        let draft = JobDraft { name, slug: None, favourite: false, ..JobDraft::of(&job) };
        self.write_jobs(actor, "job.duplicate", vec![(None, draft)], write).await
    }

    /// Deletes them; their executions stay.
    pub async fn delete_jobs(&self, actor: &Actor, ids: &[JobId], write: &Write) -> AppResult<Written> {
        actor.must(Role::Operator, "change jobs")?;
        let now = self.now();
        let mut tx = self.store.begin().await?;
        let (mut ops, mut records) = (Vec::new(), Vec::new());
        for id in ids {
            let job = tx.job_by_id(*id).await?;
            ops.extend(tx.delete_record(&JOB, id.0).await?);
            let fields = told(Some(&JobDraft::of(&job)), None);
            records.push(Edited { kind: JOB.name, name: job.slug, id: id.0, effect: "delete", fields });
        }
        self.finish_jobs(actor, "job.delete", tx, (records, &ops), write, now).await
    }

    pub(super) async fn write_jobs(
        &self,
        actor: &Actor,
        action: &'static str,
        changes: Vec<Change>,
        write: &Write,
    ) -> AppResult<Written> {
        let now = self.now();
        let (tx, records, ops) = self.begin_jobs(actor, changes, write.version, now).await?;
        self.finish_jobs(actor, action, tx, (records, &ops), write, now).await
    }

    /// Writes them; nothing is there for others before [`Self::finish_jobs`].
    async fn begin_jobs(
        &self,
        actor: &Actor,
        changes: Vec<Change>,
        version: Option<i64>,
        now: Timestamp,
    ) -> AppResult<(Tx, Vec<Edited>, Vec<RowOp>)> {
        actor.must(Role::Operator, "change jobs")?;
        let mut checked = Vec::with_capacity(changes.len());
        for (before, draft) in changes {
            checked.push((before, self.checked(&draft)?));
        }
        let known: Vec<i64> = checked.iter().filter_map(|(job, _)| Some(job.as_ref()?.id.0)).collect();
        let mut tx = self.store.begin().await?;
        let watch = tx.watch_records(&JOB, &known).await?;
        let (mut records, mut ids) = (Vec::new(), Vec::new());
        for (before, draft) in &checked {
            let record = write_one(&mut tx, actor, before.as_ref(), draft, version, now).await?;
            ids.push(record.id);
            records.push(record);
        }
        let ops = tx.record_ops(watch, &ids).await?;
        Ok((tx, records, ops))
    }

    async fn finish_jobs(
        &self,
        actor: &Actor,
        action: &'static str,
        mut tx: Tx,
        (records, ops): (Vec<Edited>, &[RowOp]),
        write: &Write,
        now: Timestamp,
    ) -> AppResult<Written> {
        let changed: Vec<&Edited> = records.iter().filter(|r| r.effect != "unchanged").collect();
        if write.dry_run || changed.is_empty() {
            return Ok(Written { dry_run: write.dry_run, records, made: Vec::new(), undo: None });
        }
        let object = match &changed[..] {
            [one] => format!("job {}", one.name),
            many => format!("{} jobs", many.len()),
        };
        let undo = NewUndo { actor: &actor.name, action, object: &object, undoes: None };
        let undo = tx.save_undo(undo, ops, now).await?;
        let jobs: Vec<_> = changed.iter().take(100).map(|r| json!({ "job": r.name, "fields": r.fields })).collect();
        let detail = json!({ "undo": undo, "count": changed.len(), "jobs": jobs });
        tx.audit(&NewAudit { actor: &actor.name, action, object: &object, detail: &detail }, now).await?;
        tx.commit().await?;
        Ok(Written { dry_run: false, records, made: Vec::new(), undo })
    }
}

async fn write_one(
    tx: &mut Tx,
    actor: &Actor,
    before: Option<&Job>,
    draft: &JobDraft,
    version: Option<i64>,
    now: Timestamp,
) -> AppResult<Edited> {
    let (slug, spec) = (draft.slug(), draft.spec());
    let old = before.map(JobDraft::of);
    let fields = told(old.as_ref(), Some(draft));
    if let Some(job) = before.filter(|job| version.is_some_and(|v| v != job.version)) {
        let text = format!("job {} has version {}; look at it again", job.slug, job.version);
        return Err(StoreError::Stale(text).into());
    }
    if let Some(job) = before.filter(|_| fields.is_empty()) {
        return Ok(Edited { kind: JOB.name, name: slug, id: job.id.0, effect: "unchanged", fields });
    }
    let new = NewJob {
        slug: &slug,
        name: &draft.name,
        description: draft.description.as_deref(),
        spec: &spec,
        enabled: draft.enabled,
        favourite: draft.favourite,
        actor: &actor.name,
    };
    let (id, effect) = match before {
        // Nobody may have changed it since it was looked at.
        Some(job) => (tx.change_job(job.id, &new, Some(job.version), now).await.map(|()| job.id)?, "update"),
        None => (tx.add_job(&new, now).await?, "create"),
    };
    let has = |tags: &[String], name: &str| tags.iter().any(|t| t.eq_ignore_ascii_case(name));
    let tags = old.map(|o| o.tags).unwrap_or_default();
    let add: Vec<String> = draft.tags.iter().filter(|t| !has(&tags, t)).cloned().collect();
    let remove: Vec<String> = tags.iter().filter(|t| !has(&draft.tags, t)).cloned().collect();
    tx.tag_records(&JOB, &[id.0], &add, &remove).await?;
    Ok(Edited { kind: JOB.name, name: slug, id: id.0, effect, fields })
}

/// Field, before, after; what is the same is left out.
fn told(before: Option<&JobDraft>, after: Option<&JobDraft>) -> Vec<(String, Value, Value)> {
    let fields = |draft: Option<&JobDraft>| {
        let mut tags = draft.map(|d| d.tags.clone()).unwrap_or_default();
        tags.sort_by_key(|t| t.to_lowercase());
        let text = |text: Option<String>| text.filter(|t| !t.is_empty()).map_or(Value::Null, Value::from);
        let json = |value: Option<serde_json::Result<String>>| text(value.and_then(Result::ok).filter(|t| t != "{}"));
        [
            ("name", text(draft.map(|d| d.name.clone()))),
            ("slug", text(draft.map(JobDraft::slug))),
            ("description", text(draft.and_then(|d| d.description.clone()))),
            ("enabled", draft.map_or(Value::Null, |d| d.enabled.into())),
            ("favourite", draft.map_or(Value::Null, |d| d.favourite.into())),
            ("tags", text(Some(tags.join(", ")))),
            ("what", json(draft.map(|d| serde_json::to_string(&d.what)))),
            ("which", text(draft.map(|d| d.which.to_string()))),
            ("how", json(draft.map(|d| serde_json::to_string(&d.how)))),
        ]
    };
    let both = fields(before).into_iter().zip(fields(after));
    both.filter(|((_, was), (_, is))| was != is).map(|((name, was), (_, is))| (name.to_owned(), was, is)).collect()
}
