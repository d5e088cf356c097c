//! Runs: everything long is one. A run whose process is gone is found by its heartbeat and can go on.

use model::{JobId, RunId, RunKind, RunState, Timestamp};
use sqlx::FromRow;

use crate::sql::{Sql, on_store, plain_like, word};
use crate::{NewItem, StoreError, StoreResult, Tx};

/// A running run without a heartbeat for so long has no process any more.
pub const STALE_AFTER_MS: i64 = 15_000;

#[derive(Debug, Clone, Copy)]
pub struct NewRun<'a> {
    pub kind: RunKind,
    /// What it was asked to do, enough to go on with it.
    pub params: &'a serde_json::Value,
    pub actor: &'a str,
    /// The job that it is a run of.
    pub job: Option<JobId>,
    /// The run of a batch that it is a part of.
    pub batch: Option<&'a str>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub id: RunId,
    pub kind: RunKind,
    pub state: RunState,
    pub params: serde_json::Value,
    pub actor: String,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub heartbeat_at: Timestamp,
    pub job: Option<JobId>,
    /// The slug of its job.
    pub job_slug: Option<String>,
    pub batch: Option<String>,
    pub counts: RunCounts,
}

/// What came of cancelling a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancelled {
    /// Its process ends it when it beats next, within seconds.
    Asked,
    /// It had no process.
    Done,
}

/// Items of a run by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RunCounts {
    pub pending: u64,
    pub running: u64,
    pub success: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl RunCounts {
    pub fn total(&self) -> u64 {
        self.pending + self.running + self.success + self.failed + self.skipped
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    pub kind: Option<RunKind>,
    pub state: Option<RunState>,
    pub since: Option<Timestamp>,
    pub job: Option<JobId>,
    /// Only runs of jobs.
    pub of_jobs: bool,
    /// `daily@2026-11-20T02:00:00Z`, or `daily` for all runs of this batch.
    pub batch: Option<String>,
    /// Only those that began before this one.
    pub before: Option<RunId>,
    pub limit: Option<u32>,
}

#[derive(FromRow)]
struct RunRow {
    id: i64,
    kind: String,
    state: String,
    params: String,
    actor: String,
    started_at: i64,
    ended_at: Option<i64>,
    heartbeat_at: i64,
    job_id: Option<i64>,
    job_slug: Option<String>,
    batch: Option<String>,
    pending: i64,
    running: i64,
    success: i64,
    failed: i64,
    skipped: i64,
}

/// Which runs, and then their items: those of all runs of some years need not be counted.
const PICKED: &str = "with picked as (select r.* from runs r where r.tenant_id = $1";
const COUNTED: &str = ")
    select r.id, r.kind, r.state, r.params, r.actor, r.started_at, r.ended_at, r.heartbeat_at, r.job_id,
        (select j.slug from jobs j where j.id = r.job_id) as job_slug, r.batch,
        coalesce(c.pending, 0) as pending, coalesce(c.running, 0) as running, coalesce(c.success, 0) as success,
        coalesce(c.failed, 0) as failed, coalesce(c.skipped, 0) as skipped
    from picked r left join (
        select run_id, count(case when state = 'pending' then 1 end) as pending,
            count(case when state = 'running' then 1 end) as running,
            count(case when state = 'success' then 1 end) as success,
            count(case when state = 'failed' then 1 end) as failed,
            count(case when state = 'skipped' then 1 end) as skipped
        from run_devices where run_id in (select id from picked) group by run_id) c on c.run_id = r.id
    order by r.id desc";

impl Tx {
    /// A running run with its first items pending, numbered from 1 in their order.
    pub async fn create_run(&mut self, run: &NewRun<'_>, items: &[NewItem], now: Timestamp) -> StoreResult<RunId> {
        const SQL: &str = "
            insert into runs (tenant_id, kind, state, params, actor, started_at, heartbeat_at, job_id, batch)
            values ($1, $2, 'running', $3, $4, $5, $5, $6, $7) returning id";
        let sql = self.sql(SQL).bind(run.kind.as_str()).bind(run.params.to_string()).bind(run.actor).bind(now);
        let sql = sql.bind(run.job).bind(run.batch);
        let (id,): (i64,) = self.one(sql).await?;
        self.add_items(RunId(id), items).await?;
        Ok(RunId(id))
    }

    /// Newest first.
    pub async fn runs(&mut self, filter: &RunFilter) -> StoreResult<Vec<Run>> {
        let mut sql = self.sql(PICKED);
        sql.and("r.kind =", filter.kind.map(RunKind::as_str)).and("r.state =", filter.state.map(RunState::as_str));
        sql.and("r.started_at >=", filter.since).and("r.id <", filter.before).and("r.job_id =", filter.job);
        if filter.of_jobs {
            sql.push(" and r.job_id is not null");
        }
        if let Some(batch) = &filter.batch {
            sql.push(" and (r.batch = ").arg(batch).push(" or r.batch like ");
            sql.arg(format!("{}@%", plain_like(batch))).push(" escape '\\')");
        }
        sql.push(" order by r.id desc").limit(filter.limit);
        self.read_runs(sql).await
    }

    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn run(&mut self, id: RunId) -> StoreResult<Run> {
        let mut sql = self.sql(PICKED);
        sql.and("r.id =", Some(id));
        self.read_runs(sql).await?.pop().ok_or_else(|| StoreError::not_found("execution", id))
    }

    async fn read_runs(&mut self, mut sql: Sql) -> StoreResult<Vec<Run>> {
        sql.push(COUNTED);
        self.all::<RunRow>(sql).await?.into_iter().map(RunRow::into_run).collect()
    }

    /// Says that the process of the run is alive. Gives whether somebody wants the run to end.
    pub async fn heartbeat(&mut self, run: RunId, now: Timestamp) -> StoreResult<bool> {
        const SQL: &str = "update runs set heartbeat_at = $3 where tenant_id = $1 and id = $2 returning cancel_at";
        let found: Option<(Option<i64>,)> = self.optional(self.sql(SQL).bind(run).bind(now)).await?;
        Ok(found.is_some_and(|(cancel,)| cancel.is_some()))
    }

    /// Asks the process of a run to end it, or ends one that has no process. Workers of a shared one see with their next
    /// heartbeat that it has ended.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it has ended; [`StoreError::NotFound`].
    pub async fn cancel_run(&mut self, id: RunId, actor: &str, now: Timestamp) -> StoreResult<Cancelled> {
        const ASK: &str = "update runs set cancel_at = $3, cancel_by = $4
            where tenant_id = $1 and id = $2 and state = 'running' and not shared and heartbeat_at >= $5";
        let alive = now.plus_ms(-STALE_AFTER_MS);
        if self.execute(self.sql(ASK).bind(id).bind(now).bind(actor).bind(alive)).await? == 1 {
            return Ok(Cancelled::Asked);
        }
        const END: &str = "update runs set state = 'cancelled', ended_at = $3, cancel_at = $3, cancel_by = $4
            where tenant_id = $1 and id = $2 and state in ('running', 'interrupted')";
        if self.execute(self.sql(END).bind(id).bind(now).bind(actor)).await? == 1 {
            // Whoever had a piece of it writes nothing any more.
            const FREE: &str = "update run_devices set state = 'pending', worker_id = null, lease_until = null
                where tenant_id = $1 and run_id = $2 and state = 'running'";
            self.execute(self.sql(FREE).bind(id)).await?;
            return Ok(Cancelled::Done);
        }
        let run = self.run(id).await?;
        Err(StoreError::Conflict(format!("execution {id} has ended ({}); there is nothing to cancel", run.state)))
    }

    /// Ends a run. Its items stay as they are.
    pub async fn finish_run(&mut self, run: RunId, state: RunState, now: Timestamp) -> StoreResult<()> {
        const SQL: &str = "update runs set state = $3, ended_at = $4, heartbeat_at = $4
            where tenant_id = $1 and id = $2";
        let done = self.execute(self.sql(SQL).bind(run).bind(state.as_str()).bind(now)).await?;
        if done == 0 { Err(StoreError::not_found("execution", run)) } else { Ok(()) }
    }

    /// Marks runs whose process is gone, see [`STALE_AFTER_MS`], as interrupted.
    pub async fn interrupt_stale_runs(&mut self, now: Timestamp) -> StoreResult<Vec<RunId>> {
        const SQL: &str = "
            update runs set state = 'interrupted'
            where tenant_id = $1 and state = 'running' and not shared and heartbeat_at < $2 returning id";
        let ids: Vec<(i64,)> = self.all(self.sql(SQL).bind(now.plus_ms(-STALE_AFTER_MS))).await?;
        Ok(ids.into_iter().map(|(id,)| RunId(id)).collect())
    }

    /// Lets an interrupted or cancelled run go on: it is running again, and items that were in flight are pending.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a process is at it, or when it has ended; [`StoreError::NotFound`].
    pub async fn resume_run(&mut self, id: RunId, now: Timestamp) -> StoreResult<Run> {
        const SQL: &str = "
            update runs set state = 'running', ended_at = null, heartbeat_at = $3, shared = false, cancel_at = null,
                cancel_by = null
            where tenant_id = $1 and id = $2
                and (state in ('interrupted', 'cancelled') or (state = 'running' and not shared and heartbeat_at < $4))";
        let sql = self.sql(SQL).bind(id).bind(now).bind(now.plus_ms(-STALE_AFTER_MS));
        if self.execute(sql).await? == 0 {
            let run = self.run(id).await?;
            return Err(StoreError::Conflict(match run.state {
                RunState::Running => {
                    format!("execution {id} is still running; if its process is gone, try again in 15 s")
                }
                state => format!("execution {id} has ended ({state}); there is nothing to resume"),
            }));
        }
        const ITEMS: &str =
            "update run_devices set state = 'pending', started_at = null, worker_id = null, lease_until = null
            where tenant_id = $1 and run_id = $2 and state = 'running'";
        self.execute(self.sql(ITEMS).bind(id)).await?;
        self.run(id).await
    }
}

on_store! {
    write create_run(run: &NewRun<'_>, items: &[NewItem], now: Timestamp) -> RunId;
    read runs(filter: &RunFilter) -> Vec<Run>;
    read run(id: RunId) -> Run;
    write heartbeat(run: RunId, now: Timestamp) -> bool;
    write cancel_run(id: RunId, actor: &str, now: Timestamp) -> Cancelled;
    write finish_run(run: RunId, state: RunState, now: Timestamp) -> ();
    write interrupt_stale_runs(now: Timestamp) -> Vec<RunId>;
    write resume_run(id: RunId, now: Timestamp) -> Run;
}

impl RunRow {
    fn into_run(self) -> StoreResult<Run> {
        Ok(Run {
            id: RunId(self.id),
            kind: word("runs.kind", &self.kind)?,
            state: word("runs.state", &self.state)?,
            params: serde_json::from_str(&self.params).unwrap_or_default(),
            actor: self.actor,
            started_at: Timestamp(self.started_at),
            ended_at: self.ended_at.map(Timestamp),
            heartbeat_at: Timestamp(self.heartbeat_at),
            job: self.job_id.map(JobId),
            job_slug: self.job_slug,
            batch: self.batch,
            counts: RunCounts {
                pending: self.pending.unsigned_abs(),
                running: self.running.unsigned_abs(),
                success: self.success.unsigned_abs(),
                failed: self.failed.unsigned_abs(),
                skipped: self.skipped.unsigned_abs(),
            },
        })
    }
}
