//! Changes between captures: what is different, and how much it matters.

use model::{
    Action, Author, CaptureId, Change, ChangeId, ChangeKind, ChangedThing, DeviceId, RunId, Severity, Timestamp,
};
use sqlx::FromRow;

use crate::sql::{on_store, plain_like, unreadable, word};
use crate::{StoreError, StoreResult, Tx};

#[derive(Debug, Clone, Copy)]
pub struct NewChange<'a> {
    pub device: DeviceId,
    pub old: Option<CaptureId>,
    pub new: CaptureId,
    pub run: Option<RunId>,
    /// What it came of: a change of the same device, saved before.
    pub cause: Option<ChangeId>,
    pub change: &'a Change,
}

/// A change as it is listed: everything but its diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeEntry {
    pub id: ChangeId,
    pub device: DeviceId,
    pub kind: ChangeKind,
    pub severity: Severity,
    pub old: Option<CaptureId>,
    pub new: Option<CaptureId>,
    pub run: Option<RunId>,
    pub detected_at: Timestamp,
    pub summary: String,
    pub lines_added: u32,
    pub lines_removed: u32,
    pub action: Option<Action>,
    /// Things that changed: more than one for a storm.
    pub count: u32,
    pub author: Option<Author>,
    pub cause: Option<ChangeId>,
}

/// What is shown of one change alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeDetail {
    pub diff: String,
    /// With their evidence; of a storm the first.
    pub things: Vec<ChangedThing>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// Of any of these; `None` for all.
    pub devices: Option<Vec<DeviceId>>,
    pub kind: Option<ChangeKind>,
    /// At least so severe.
    pub severity: Option<Severity>,
    /// Who made it, as the device says; whatever the case.
    pub by: Option<String>,
    /// Detected at or after, and before.
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Only what comes after this one, the newest first.
    pub before: Option<ChangeId>,
    pub run: Option<RunId>,
    /// Seen in any of these captures.
    pub new: Option<Vec<CaptureId>>,
    /// Without what came of a change that is listed as well.
    pub causes_only: bool,
    /// What came of any of these.
    pub of: Option<Vec<ChangeId>>,
    pub limit: Option<u32>,
}

#[derive(FromRow)]
struct ChangeRow {
    id: i64,
    device_id: i64,
    kind: String,
    severity: String,
    old_capture_id: Option<i64>,
    new_capture_id: Option<i64>,
    run_id: Option<i64>,
    detected_at: i64,
    summary: String,
    lines_added: i64,
    lines_removed: i64,
    action: Option<String>,
    items: i64,
    changed_by: Option<String>,
    changed_at: Option<String>,
    cause_id: Option<i64>,
}

const SELECT: &str = "
    select id, device_id, kind, severity, old_capture_id, new_capture_id, run_id, detected_at, summary,
        lines_added, lines_removed, action, items, changed_by, changed_at, cause_id
    from changes where tenant_id = $1";

impl Tx {
    pub async fn save_change(&mut self, new: &NewChange<'_>, now: Timestamp) -> StoreResult<ChangeId> {
        const SQL: &str = "
            insert into changes (tenant_id, device_id, kind, severity, old_capture_id, new_capture_id, run_id,
                detected_at, summary, diff, lines_added, lines_removed, action, items, changed_by, changed_at, things,
                cause_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            returning id";
        let change = new.change;
        let author = change.author.clone().unwrap_or_default();
        let things = (!change.things.is_empty()).then(|| serde_json::to_string(&change.things).unwrap_or_default());
        let sql = self.sql(SQL).bind(new.device).bind(change.kind.as_str()).bind(change.severity.as_str());
        let sql = sql.bind(new.old).bind(new.new).bind(new.run).bind(now).bind(&change.summary).bind(&change.diff);
        let sql = sql.bind(change.lines_added).bind(change.lines_removed).bind(change.action.map(Action::as_str));
        let sql = sql.bind(change.count).bind(author.user).bind(author.at).bind(things).bind(new.cause);
        let (id,): (i64,) = self.one(sql).await?;
        Ok(ChangeId(id))
    }

    /// Newest first.
    pub async fn changes(&mut self, filter: &ChangeFilter) -> StoreResult<Vec<ChangeEntry>> {
        let mut sql = self.sql(SELECT);
        sql.and("kind =", filter.kind.map(ChangeKind::as_str));
        if let Some(devices) = &filter.devices {
            sql.push(" and device_id").is_one_of(devices.iter().map(|d| d.0));
        }
        if let Some(by) = &filter.by {
            sql.push(" and lower(changed_by) like lower(").arg(plain_like(by)).push(") escape '\\'");
        }
        sql.and("detected_at >=", filter.since).and("detected_at <", filter.until).and("run_id =", filter.run);
        let severe = filter.severity.map(|least| {
            let all = [Severity::Minor, Severity::Moderate, Severity::Critical];
            all.into_iter().filter(move |s| *s >= least).map(Severity::as_str)
        });
        if let Some(severe) = severe.clone() {
            sql.push(" and severity in ").list(severe);
        }
        if let Some(captures) = &filter.new {
            sql.push(" and new_capture_id").is_one_of(captures.iter().map(|c| c.0));
        }
        if let Some(causes) = &filter.of {
            sql.push(" and cause_id").is_one_of(causes.iter().map(|c| c.0));
        }
        // A cause is of the same device and moment, so that only its kind and severity may keep it out of the list.
        if filter.causes_only && filter.by.is_none() {
            sql.push(" and not exists (select 1 from changes c where c.id = changes.cause_id");
            sql.and("c.kind =", filter.kind.map(ChangeKind::as_str));
            if let Some(severe) = severe {
                sql.push(" and c.severity in ").list(severe);
            }
            sql.push(")");
        }
        if let Some(id) = filter.before {
            const AT: &str = "(select b.detected_at from changes b where b.tenant_id = $1 and b.id = ";
            sql.push(" and (detected_at < ").push(AT).arg(id).push(") or (detected_at = ").push(AT).arg(id);
            sql.push(") and id < ").arg(id).push("))");
        }
        sql.push(" order by detected_at desc, id desc").limit(filter.limit);
        self.all::<ChangeRow>(sql).await?.into_iter().map(ChangeRow::into_entry).collect()
    }

    /// How many things of which kinds came of each of these changes.
    pub async fn caused(&mut self, causes: &[ChangeId]) -> StoreResult<Vec<(ChangeId, ChangeKind, u32)>> {
        if causes.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = self
            .sql("select cause_id, kind, cast(sum(items) as bigint) from changes where tenant_id = $1 and cause_id");
        sql.is_one_of(causes.iter().map(|c| c.0)).push(" group by cause_id, kind order by cause_id, kind");
        let rows: Vec<(i64, String, i64)> = self.all(sql).await?;
        let read = |(cause, kind, count): (i64, String, i64)| {
            Ok((ChangeId(cause), word("changes.kind", &kind)?, u32::try_from(count).unwrap_or(u32::MAX)))
        };
        rows.into_iter().map(read).collect()
    }

    /// How many changes there are.
    pub async fn change_count(&mut self) -> StoreResult<u64> {
        let (count,): (i64,) = self.one(self.sql("select count(*) from changes where tenant_id = $1")).await?;
        Ok(count.unsigned_abs())
    }

    /// One change and its details.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn change(&mut self, id: ChangeId) -> StoreResult<(ChangeEntry, ChangeDetail)> {
        let mut sql = self.sql(SELECT);
        sql.and("id =", Some(id));
        let row: Option<ChangeRow> = self.optional(sql).await?;
        let entry = row.ok_or_else(|| StoreError::not_found("change", id))?.into_entry()?;
        let detail = self.sql("select diff, things from changes where tenant_id = $1 and id = $2").bind(id);
        let (diff, things): (String, Option<String>) = self.one(detail).await?;
        let things = things.map_or(Ok(Vec::new()), |t| serde_json::from_str(&t));
        Ok((entry, ChangeDetail { diff, things: things.map_err(|e| unreadable("changes.things", e))? }))
    }
}

on_store! {
    write save_change(new: &NewChange<'_>, now: Timestamp) -> ChangeId;
    read changes(filter: &ChangeFilter) -> Vec<ChangeEntry>;
    read caused(causes: &[ChangeId]) -> Vec<(ChangeId, ChangeKind, u32)>;
    read change_count() -> u64;
    read change(id: ChangeId) -> (ChangeEntry, ChangeDetail);
}

impl ChangeRow {
    fn into_entry(self) -> StoreResult<ChangeEntry> {
        let author = Author { user: self.changed_by, at: self.changed_at };
        Ok(ChangeEntry {
            id: ChangeId(self.id),
            device: DeviceId(self.device_id),
            kind: word("changes.kind", &self.kind)?,
            severity: word("changes.severity", &self.severity)?,
            old: self.old_capture_id.map(CaptureId),
            new: self.new_capture_id.map(CaptureId),
            run: self.run_id.map(RunId),
            detected_at: Timestamp(self.detected_at),
            summary: self.summary,
            lines_added: u32::try_from(self.lines_added).unwrap_or(u32::MAX),
            lines_removed: u32::try_from(self.lines_removed).unwrap_or(u32::MAX),
            action: self.action.map(|a| word("changes.action", &a)).transpose()?,
            count: u32::try_from(self.items).unwrap_or(u32::MAX),
            author: (author != Author::default()).then_some(author),
            cause: self.cause_id.map(ChangeId),
        })
    }
}
