//! When jobs run by themselves, and what became of each time that came.

use model::{JobId, RunId, ScheduleId, Timestamp};
use sqlx::FromRow;

use crate::sql::on_store;
use crate::{StoreError, StoreResult, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub id: ScheduleId,
    pub job: JobId,
    pub job_slug: String,
    pub job_enabled: bool,
    /// JSON that the scheduler reads.
    pub timing: String,
    /// As it was given; `None`: that of the site, or UTC.
    pub zone: Option<String>,
    /// The slug of the site whose zone it is, and the zone.
    pub site: Option<String>,
    pub site_zone: Option<String>,
    pub jitter_ms: i64,
    pub seed: i64,
    pub missed: String,
    pub paused: bool,
    pub next: Next,
    pub created_at: Timestamp,
    pub created_by: String,
    pub last: Option<Firing>,
}

/// The time that is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// `None` when it is over.
    pub due: Option<Timestamp>,
    /// The zone that it was found out by.
    pub zone: String,
    /// Since when the timing is what it is.
    pub since: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSchedule<'a> {
    pub job: JobId,
    pub timing: &'a str,
    pub zone: Option<&'a str>,
    /// The slug of a site.
    pub site: Option<&'a str>,
    pub jitter_ms: i64,
    pub seed: i64,
    pub missed: &'a str,
    pub next: &'a Next,
    pub actor: &'a str,
}

/// What became of a time.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Firing {
    pub due: Timestamp,
    pub at: Timestamp,
    /// `run`, `missed` or `failed`.
    pub outcome: String,
    pub message: Option<String>,
    pub run: Option<RunId>,
}

#[derive(FromRow)]
struct ScheduleRow {
    id: i64,
    job_id: i64,
    slug: String,
    enabled: bool,
    timing: String,
    zone: Option<String>,
    site: Option<String>,
    site_zone: Option<String>,
    jitter_ms: i64,
    seed: i64,
    missed: String,
    paused: bool,
    next_due: Option<i64>,
    next_zone: String,
    since: i64,
    created_at: i64,
    created_by: String,
    last_due: Option<i64>,
    last_at: Option<i64>,
    last_outcome: Option<String>,
    last_message: Option<String>,
    last_run: Option<i64>,
}

const SELECT: &str = "
    select s.id, s.job_id, j.slug, j.enabled, s.timing, s.zone, t.slug as site, t.time_zone as site_zone, s.jitter_ms,
        s.seed, s.missed, s.paused, s.next_due, s.next_zone, s.since, s.created_at, s.created_by, f.due as last_due,
        f.at as last_at, f.outcome as last_outcome, f.message as last_message, f.run_id as last_run
    from schedules s join jobs j on j.id = s.job_id left join sites t on t.id = s.site_id
        left join schedule_firings f on f.schedule_id = s.id and f.due =
            (select max(x.due) from schedule_firings x where x.schedule_id = s.id)
    where s.tenant_id = $1";

impl Tx {
    /// In the order in which they were made.
    pub async fn schedules(&mut self) -> StoreResult<Vec<Schedule>> {
        let mut sql = self.sql(SELECT);
        sql.push(" order by s.id");
        Ok(self.all::<ScheduleRow>(sql).await?.into_iter().map(ScheduleRow::into_schedule).collect())
    }

    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn schedule(&mut self, id: ScheduleId) -> StoreResult<Schedule> {
        let mut sql = self.sql(SELECT);
        sql.and("s.id =", Some(id));
        let row: Option<ScheduleRow> = self.optional(sql).await?;
        row.map(ScheduleRow::into_schedule).ok_or_else(|| StoreError::not_found("schedule", id))
    }

    pub async fn add_schedule(&mut self, new: &NewSchedule<'_>, now: Timestamp) -> StoreResult<ScheduleId> {
        const SQL: &str = "
            insert into schedules (tenant_id, job_id, timing, zone, site_id, jitter_ms, seed, missed, next_due, next_zone,
                since, created_at, created_by)
            values ($1, $2, $3, $4, (select id from sites where tenant_id = $1 and slug = $5), $6, $7, $8, $9, $10, $11,
                $12, $13) returning id";
        let sql = self.sql(SQL).bind(new.job).bind(new.timing).bind(new.zone).bind(new.site).bind(new.jitter_ms);
        let sql = sql.bind(new.seed).bind(new.missed).bind(new.next.due.map(|t| t.0)).bind(&new.next.zone);
        let (id,): (i64,) = self.one(sql.bind(new.next.since).bind(now).bind(new.actor)).await?;
        Ok(ScheduleId(id))
    }

    /// Writes a schedule anew; who made it, and whether it is paused, stays.
    pub async fn change_schedule(&mut self, id: ScheduleId, new: &NewSchedule<'_>) -> StoreResult<()> {
        const SQL: &str = "
            update schedules set job_id = $3, timing = $4, zone = $5, jitter_ms = $7, seed = $8, missed = $9,
                site_id = (select id from sites where tenant_id = $1 and slug = $6)
            where tenant_id = $1 and id = $2";
        let sql = self.sql(SQL).bind(id).bind(new.job).bind(new.timing).bind(new.zone).bind(new.site);
        let sql = sql.bind(new.jitter_ms).bind(new.seed).bind(new.missed);
        if self.execute(sql).await? == 0 {
            return Err(StoreError::not_found("schedule", id));
        }
        self.wait_for(id, new.next).await
    }

    pub async fn pause_schedule(&mut self, id: ScheduleId, paused: bool, next: &Next) -> StoreResult<()> {
        let sql = self.sql("update schedules set paused = $3 where tenant_id = $1 and id = $2").bind(id).bind(paused);
        if self.execute(sql).await? == 0 {
            return Err(StoreError::not_found("schedule", id));
        }
        self.wait_for(id, next).await
    }

    /// Writes which time is waited for.
    pub async fn wait_for(&mut self, id: ScheduleId, next: &Next) -> StoreResult<()> {
        const SQL: &str = "update schedules set next_due = $3, next_zone = $4, since = $5
            where tenant_id = $1 and id = $2";
        let sql = self.sql(SQL).bind(id).bind(next.due.map(|t| t.0)).bind(&next.zone).bind(next.since);
        self.execute(sql).await?;
        Ok(())
    }

    /// Writes what became of a time. False when somebody else has: then nothing is to be done for it.
    pub async fn fire(&mut self, id: ScheduleId, firing: &Firing) -> StoreResult<bool> {
        const SQL: &str = "
            insert into schedule_firings (tenant_id, schedule_id, due, at, outcome, message, run_id)
            values ($1, $2, $3, $4, $5, $6, $7) on conflict (schedule_id, due) do nothing";
        let sql = self.sql(SQL).bind(id).bind(firing.due).bind(firing.at).bind(&firing.outcome);
        Ok(self.execute(sql.bind(firing.message.as_ref()).bind(firing.run)).await? > 0)
    }

    /// The run that began for a time, or why none did.
    pub async fn fired(&mut self, id: ScheduleId, firing: &Firing) -> StoreResult<()> {
        const SQL: &str = "update schedule_firings set outcome = $4, message = $5, run_id = $6
            where tenant_id = $1 and schedule_id = $2 and due = $3";
        let sql = self.sql(SQL).bind(id).bind(firing.due).bind(&firing.outcome).bind(firing.message.as_ref());
        self.execute(sql.bind(firing.run)).await?;
        Ok(())
    }

    /// Newest first.
    pub async fn firings(&mut self, id: ScheduleId, limit: u32) -> StoreResult<Vec<Firing>> {
        type Row = (i64, i64, String, Option<String>, Option<i64>);
        let mut sql = self.sql(
            "select due, at, outcome, message, run_id from schedule_firings where tenant_id = $1 and schedule_id = ",
        );
        sql.arg(id).push(" order by due desc").limit(Some(limit));
        let rows: Vec<Row> = self.all(sql).await?;
        let firing = |(due, at, outcome, message, run): Row| Firing {
            due: Timestamp(due),
            at: Timestamp(at),
            outcome,
            message,
            run: run.map(RunId),
        };
        Ok(rows.into_iter().map(firing).collect())
    }
}

on_store! {
    read schedules() -> Vec<Schedule>;
    read schedule(id: ScheduleId) -> Schedule;
    write wait_for(id: ScheduleId, next: &Next) -> ();
    write fire(id: ScheduleId, firing: &Firing) -> bool;
    read firings(id: ScheduleId, limit: u32) -> Vec<Firing>;
}

impl ScheduleRow {
    fn into_schedule(self) -> Schedule {
        let last = self.last_due.zip(self.last_at).zip(self.last_outcome).map(|((due, at), outcome)| Firing {
            due: Timestamp(due),
            at: Timestamp(at),
            outcome,
            message: self.last_message,
            run: self.last_run.map(RunId),
        });
        Schedule {
            id: ScheduleId(self.id),
            job: JobId(self.job_id),
            job_slug: self.slug,
            job_enabled: self.enabled,
            timing: self.timing,
            zone: self.zone,
            site: self.site,
            site_zone: self.site_zone,
            jitter_ms: self.jitter_ms,
            seed: self.seed,
            missed: self.missed,
            paused: self.paused,
            next: Next { due: self.next_due.map(Timestamp), zone: self.next_zone, since: Timestamp(self.since) },
            created_at: Timestamp(self.created_at),
            created_by: self.created_by,
            last,
        }
    }
}
