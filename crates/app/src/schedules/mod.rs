//! Schedules: when jobs run by themselves.

mod export;
mod keep;
mod words;

use std::time::Duration;

use model::object::SCHEDULE;
use model::{RunId, ScheduleId, Timestamp};
use scheduler::{Missed, Priority, Recurrence, Timing};
use serde::Serialize;
use serde_json::json;
use store::{Firing, Job, NewAudit, NewSchedule, NewUndo, Next, RowOp, Schedule, StoreError, Terms, Tx};

pub use self::export::Native;
pub use self::words::When;
pub(crate) use self::words::in_words;
use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult, JobRunOptions};

/// A schedule as a person asks for it.
#[derive(Debug, Clone)]
pub struct ScheduleDraft {
    /// Slug, name or id of a job.
    pub job: String,
    pub recurrence: Recurrence,
    /// `Europe/Berlin`; that of the site, or of this machine, when it is left out.
    pub zone: Option<String>,
    /// Name or slug of a site whose time zone it goes by.
    pub site: Option<String>,
    /// It begins up to so much later, always as much for the same time.
    pub jitter: Duration,
    pub missed: Missed,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ScheduleView {
    pub id: ScheduleId,
    pub job: String,
    /// In words: `daily at 02:00`.
    pub when: String,
    pub recurrence: Recurrence,
    pub zone: String,
    pub site: Option<String>,
    pub jitter_seconds: i64,
    pub missed: Missed,
    /// `active`, `paused`, `job disabled` or `over`.
    pub state: &'static str,
    pub next: Option<Timestamp>,
    /// By the clock of its zone.
    pub next_local: Option<String>,
    pub last: Option<Firing>,
    pub created_by: String,
    /// What takes back the change that this answers; there is none in lists, nor for what was made with a job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<i64>,
}

impl App {
    /// In the order in which they were made.
    pub async fn schedules(&self, actor: &Actor) -> AppResult<Vec<ScheduleView>> {
        actor.must(Role::Viewer, "see schedules")?;
        self.store.schedules().await?.iter().map(|s| self.schedule_view(s)).collect()
    }

    /// One, and what became of its last times.
    pub async fn schedule(&self, actor: &Actor, id: ScheduleId) -> AppResult<(ScheduleView, Vec<Firing>)> {
        actor.must(Role::Viewer, "see schedules")?;
        let view = self.schedule_view(&self.store.schedule(id).await?)?;
        Ok((view, self.store.firings(id, 50).await?))
    }

    /// When it would run next, so many times.
    pub async fn next_times(&self, actor: &Actor, id: ScheduleId, count: usize) -> AppResult<Vec<(Timestamp, String)>> {
        actor.must(Role::Viewer, "see schedules")?;
        let schedule = self.store.schedule(id).await?;
        let (timing, zone) = timing_of(&schedule)?;
        Ok(times(&timing, &zone, self.now(), count))
    }

    /// When a schedule would run that is not kept yet, so many times.
    pub async fn next_times_of(
        &self,
        actor: &Actor,
        draft: &ScheduleDraft,
        count: usize,
    ) -> AppResult<Vec<(Timestamp, String)>> {
        actor.must(Role::Viewer, "see schedules")?;
        let now = self.now();
        let job = self.store.job(&draft.job).await?;
        let Drafted { timing, next, .. } = self.drafted(job, draft, now).await?;
        Ok(times(&timing, &next.zone, now, count))
    }

    /// With `dry_run` it shows what would be.
    pub async fn add_schedule(&self, actor: &Actor, draft: &ScheduleDraft, dry_run: bool) -> AppResult<ScheduleView> {
        actor.must(Role::Operator, "add a schedule")?;
        self.write_schedule(actor, None, draft, dry_run).await
    }

    /// Lets one run at other times, or another job. What passed before is not made up for.
    pub async fn edit_schedule(
        &self,
        actor: &Actor,
        id: ScheduleId,
        draft: &ScheduleDraft,
        dry_run: bool,
    ) -> AppResult<ScheduleView> {
        actor.must(Role::Operator, "change a schedule")?;
        self.write_schedule(actor, Some(id), draft, dry_run).await
    }

    async fn write_schedule(
        &self,
        actor: &Actor,
        over: Option<ScheduleId>,
        draft: &ScheduleDraft,
        dry_run: bool,
    ) -> AppResult<ScheduleView> {
        let mut tx = self.store.begin().await?;
        let job = tx.job(&draft.job).await?;
        let before: Vec<i64> = over.iter().map(|id| id.0).collect();
        let watch = tx.watch_records(&SCHEDULE, &before).await?;
        let view = self.schedule_in(&mut tx, actor, over, job, draft).await?;
        let ops = tx.record_ops(watch, &[view.id.0]).await?;
        let action = if over.is_some() { "schedule.edit" } else { "schedule.add" };
        self.finish_schedule(tx, actor, action, (view, &ops), dry_run).await
    }

    /// Keeps what takes it back; the only way to commit a change of a schedule by itself.
    async fn finish_schedule(
        &self,
        mut tx: Tx,
        actor: &Actor,
        action: &str,
        (mut view, ops): (ScheduleView, &[RowOp]),
        dry_run: bool,
    ) -> AppResult<ScheduleView> {
        if !dry_run {
            let object = format!("schedule {} of {}", view.id, view.job);
            let new = NewUndo { actor: &actor.name, action, object: &object, undoes: None };
            view.undo = tx.save_undo(new, ops, self.now()).await?;
            tx.commit().await?;
        }
        Ok(view)
    }

    /// Schedules that are there again, or have other times again, wait from now on: what passed is not made up for.
    pub(crate) async fn schedules_from(&self, tx: &mut Tx, ops: &[RowOp], now: Timestamp) -> AppResult<()> {
        for id in ops.iter().filter_map(|op| op.id_in(SCHEDULE.table)).map(ScheduleId) {
            match tx.schedule(id).await {
                Ok(schedule) => {
                    let (timing, zone) = timing_of(&schedule)?;
                    tx.wait_for(id, &Next { due: timing.next_after(now), zone, since: now }).await?;
                }
                Err(StoreError::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Writes a schedule of this job, in the transaction of whoever made it.
    pub(crate) async fn schedule_in(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        over: Option<ScheduleId>,
        job: Job,
        draft: &ScheduleDraft,
    ) -> AppResult<ScheduleView> {
        let now = self.now();
        let Drafted { job, site, jitter_ms, seed, zone, next, .. } = self.drafted(job, draft, now).await?;
        let new = NewSchedule {
            job: job.id,
            timing: &serde_json::to_string(&draft.recurrence)?,
            zone: zone.as_deref(),
            site: site.as_deref(),
            jitter_ms,
            seed,
            missed: missed_word(draft.missed),
            next: &next,
            actor: &actor.name,
        };
        let (id, action, before) = match over {
            Some(id) => {
                let before = self.schedule_view(&tx.schedule(id).await?)?;
                tx.change_schedule(id, &new).await?;
                (id, "schedule.edit", Some(json!({ "job": before.job, "when": before.when, "zone": before.zone })))
            }
            None => (tx.add_schedule(&new, now).await?, "schedule.add", None),
        };
        let when = in_words(&draft.recurrence);
        let mut detail = json!({ "job": job.slug, "when": when, "zone": next.zone });
        if let (Some(before), Some(detail)) = (before, detail.as_object_mut()) {
            detail.insert("before".to_owned(), before);
        }
        let object = format!("schedule {id}");
        tx.audit(&NewAudit { actor: &actor.name, action, object: &object, detail: &detail }, now).await?;
        self.schedule_view(&tx.schedule(id).await?)
    }

    async fn drafted(&self, job: Job, draft: &ScheduleDraft, now: Timestamp) -> AppResult<Drafted> {
        let site = match &draft.site {
            Some(name) => Some(self.site_called(name).await?),
            None => None,
        };
        let zone = draft.zone.clone().or_else(|| site.is_none().then(here));
        let of_site = site.as_ref().and_then(|s| s.time_zone.clone());
        let in_use = zone.clone().or(of_site).unwrap_or_else(|| UTC.to_owned());
        let jitter_ms = i64::try_from(draft.jitter.as_millis()).unwrap_or(i64::MAX);
        let seed = now.0 ^ job.id.0;
        let timing = timing(draft.recurrence.clone(), &in_use, jitter_ms, seed)?;
        let due = timing.next_after(now);
        if due.is_none() {
            return Err(AppError::Usage(format!("{} is in the past", in_words(&draft.recurrence))));
        }
        let next = Next { due, zone: in_use, since: now };
        Ok(Drafted { job, site: site.map(|s| s.slug), jitter_ms, seed, zone, timing, next })
    }

    pub async fn remove_schedule(&self, actor: &Actor, id: ScheduleId, dry_run: bool) -> AppResult<ScheduleView> {
        actor.must(Role::Operator, "remove a schedule")?;
        let mut tx = self.store.begin().await?;
        let view = self.schedule_view(&tx.schedule(id).await?)?;
        let ops = tx.delete_record(&SCHEDULE, id.0).await?;
        let (object, detail) = (format!("schedule {id}"), json!({ "job": view.job, "when": view.when }));
        let entry = NewAudit { actor: &actor.name, action: "schedule.remove", object: &object, detail: &detail };
        tx.audit(&entry, self.now()).await?;
        self.finish_schedule(tx, actor, "schedule.remove", (view, &ops), dry_run).await
    }

    /// While it is paused its times pass without a run; what passed is not made up for.
    pub async fn pause_schedule(
        &self,
        actor: &Actor,
        id: ScheduleId,
        paused: bool,
        dry_run: bool,
    ) -> AppResult<ScheduleView> {
        actor.must(Role::Operator, "pause a schedule")?;
        let now = self.now();
        let mut tx = self.store.begin().await?;
        let (timing, zone) = timing_of(&tx.schedule(id).await?)?;
        let watch = tx.watch_records(&SCHEDULE, &[id.0]).await?;
        tx.pause_schedule(id, paused, &Next { due: timing.next_after(now), zone, since: now }).await?;
        let action = if paused { "schedule.pause" } else { "schedule.resume" };
        let object = format!("schedule {id}");
        tx.audit(&NewAudit { actor: &actor.name, action, object: &object, detail: &json!({}) }, now).await?;
        let view = self.schedule_view(&tx.schedule(id).await?)?;
        let ops = tx.record_ops(watch, &[id.0]).await?;
        self.finish_schedule(tx, actor, action, (view, &ops), dry_run).await
    }

    /// Puts the run of a job into the queue: workers do it.
    pub async fn queue_job(
        &self,
        actor: &Actor,
        job: &str,
        options: &JobRunOptions,
        priority: Priority,
    ) -> AppResult<RunId> {
        actor.must_somewhere(Role::Operator, "start a collection")?;
        let job = self.store.job(job).await?;
        let plan = self.plan_job(actor, Some(job.id), &job.spec, options).await?;
        self.must_visit(actor, &plan.ids(), "start a collection").await?;
        let mut tx = self.store.begin().await?;
        let run = self.collection_in(&mut tx, actor, &plan, &[]).await?;
        tx.share_run(run, &terms(priority, plan.errand.how.concurrency)).await?;
        tx.commit().await?;
        Ok(run)
    }

    fn schedule_view(&self, schedule: &Schedule) -> AppResult<ScheduleView> {
        let recurrence: Recurrence = serde_json::from_str(&schedule.timing)?;
        let (timing, zone) = timing_of(schedule)?;
        let state = match (schedule.paused, schedule.job_enabled, schedule.next.due) {
            (true, ..) => "paused",
            (_, false, _) => "job disabled",
            (.., None) => "over",
            _ => "active",
        };
        let next = schedule.next.due.filter(|_| state == "active").map(|due| timing.begins(due));
        Ok(ScheduleView {
            id: schedule.id,
            job: schedule.job_slug.clone(),
            when: in_words(&recurrence),
            recurrence,
            next,
            next_local: next.map(|at| local(at, &zone)),
            zone,
            site: schedule.site.clone(),
            jitter_seconds: schedule.jitter_ms / 1000,
            missed: missed_of(schedule),
            state,
            last: schedule.last.clone(),
            created_by: schedule.created_by.clone(),
            undo: None,
        })
    }

    async fn site_called(&self, name: &str) -> AppResult<store::Site> {
        let is = |s: &store::Site| s.slug.eq_ignore_ascii_case(name) || s.name.eq_ignore_ascii_case(name);
        let unknown = || AppError::Usage(format!("there is no site `{}`", model::text::shown(name)));
        self.store.sites().await?.into_iter().find(is).ok_or_else(unknown)
    }
}

/// A draft with what it means now.
struct Drafted {
    job: Job,
    /// The slug of its site.
    site: Option<String>,
    jitter_ms: i64,
    seed: i64,
    /// As it was given.
    zone: Option<String>,
    timing: Timing,
    next: Next,
}

fn times(timing: &Timing, zone: &str, now: Timestamp, count: usize) -> Vec<(Timestamp, String)> {
    let times = std::iter::successors(timing.next_after(now), |due| timing.next_after(*due));
    times.take(count).map(|due| timing.begins(due)).map(|at| (at, local(at, zone))).collect()
}

const UTC: &str = "UTC";

/// The time zone of this machine.
pub(crate) fn here() -> String {
    jiff::tz::TimeZone::system().iana_name().unwrap_or(UTC).to_owned()
}

fn terms(priority: Priority, concurrency: Option<u16>) -> Terms {
    Terms { priority: priority as i64, weight: 1, concurrency: concurrency.map(u32::from) }
}

fn timing(recurrence: Recurrence, zone: &str, jitter_ms: i64, seed: i64) -> AppResult<Timing> {
    Timing::new(recurrence, zone, jitter_ms, seed.unsigned_abs()).map_err(|e| AppError::Usage(e.to_string()))
}

/// With the zone that it goes by now.
fn timing_of(schedule: &Schedule) -> AppResult<(Timing, String)> {
    let zone = schedule.zone.clone().or_else(|| schedule.site_zone.clone()).unwrap_or_else(|| UTC.to_owned());
    let recurrence = serde_json::from_str(&schedule.timing)?;
    Ok((timing(recurrence, &zone, schedule.jitter_ms, schedule.seed)?, zone))
}

fn missed_of(schedule: &Schedule) -> Missed {
    if schedule.missed == missed_word(Missed::RunOnce) { Missed::RunOnce } else { Missed::Skip }
}

fn missed_word(missed: Missed) -> &'static str {
    match missed {
        Missed::Skip => "skip",
        Missed::RunOnce => "run_once",
    }
}

/// `2026-11-20 02:00:00 CET`
fn local(at: Timestamp, zone: &str) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0).and_then(|at| at.in_tz(zone));
    at.map(|at| at.strftime("%Y-%m-%d %H:%M:%S %Z").to_string()).unwrap_or_default()
}
