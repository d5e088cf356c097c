//! The queue: pieces of runs that are shared, taken under a lease by whoever has a session free.
//!
//! A piece is an item of a run. Who takes it begins an attempt; run, number and attempt are the right to write its result, and
//! nobody has it twice. A lease that nobody renews runs out: the piece waits again, and whoever had it writes nothing any more.

use model::{RunId, RunState, TenantId, Timestamp, WorkerId};
use sqlx::FromRow;

use crate::run_items::COLUMNS;
use crate::sql::{Arg, Dialect, Sql, on_store, word};
use crate::{RunItem, StoreResult, Tx};

/// Any number will do, as long as every process takes the same.
const LOCK: i64 = 0x0076_656c_7175_6575;

/// What wakes up workers that wait.
pub(crate) const CHANNEL: &str = "velocity_queue";

/// So long, in milliseconds, whoever hands out pieces may be silent.
const HELD_MS: u32 = 3_000;

/// More runs than this are not served by one statement.
const RUNS_AT_ONCE: usize = 32;

/// How a shared run is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Who waits for it.
    pub priority: i64,
    /// Sessions in proportion to it.
    pub weight: u32,
    /// The most of its devices at once, over all workers.
    pub concurrency: Option<u32>,
}

/// A run of which something waits or is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRun {
    pub run: RunId,
    pub tenant: TenantId,
    pub terms: Terms,
    pub in_flight: u32,
    /// Whether something of it waits that may be taken.
    pub waits: bool,
    pub since: Timestamp,
    pub served: Timestamp,
}

/// Who takes pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taker {
    /// The process that began the run, or goes on with it.
    Own,
    /// With sites it takes pieces of these only; without, those of sites that no worker is tied to.
    Worker { id: WorkerId, tied: bool, lease_until: Timestamp },
}

/// The right to write the result of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lease {
    pub run: RunId,
    pub seq: i64,
    pub attempt: u32,
}

impl RunItem {
    pub fn lease(&self) -> Lease {
        Lease { run: self.run, seq: self.seq, attempt: self.attempt }
    }
}

#[derive(FromRow)]
struct OpenRow {
    id: i64,
    tenant_id: i64,
    priority: i64,
    weight: i64,
    concurrency: Option<i64>,
    in_flight: i64,
    waits: i64,
    started_at: i64,
    served_at: i64,
}

impl Tx {
    /// Lets any worker work on a run from now on.
    pub async fn share_run(&mut self, run: RunId, terms: &Terms) -> StoreResult<()> {
        const SQL: &str = "update runs set shared = true, priority = $3, weight = $4, concurrency = $5
            where tenant_id = $1 and id = $2";
        let sql = self.sql(SQL).bind(run).bind(terms.priority).bind(terms.weight);
        self.execute(sql.bind(terms.concurrency.map(i64::from))).await?;
        const SITES: &str = "
            update run_devices set site_id = (select d.site_id from devices d where d.id = run_devices.device_id)
            where tenant_id = $1 and run_id = $2";
        self.execute(self.sql(SITES).bind(run)).await?;
        self.wake_workers().await
    }

    /// Workers that wait look once this is committed.
    pub async fn wake_workers(&mut self) -> StoreResult<()> {
        if self.dialect() == Dialect::Postgres {
            let sql = self.bare(format!("select pg_notify('{CHANNEL}', '') is null"));
            let _: (bool,) = self.one(sql).await?;
        }
        Ok(())
    }

    /// Until the end of the transaction nobody else hands out pieces: what a run has in flight is known exactly.
    pub async fn lock_queue(&mut self) -> StoreResult<()> {
        if self.dialect() == Dialect::Postgres {
            // Whoever is cut off while it has the lock keeps nobody waiting for long.
            self.execute(self.bare(format!("set local idle_in_transaction_session_timeout = {HELD_MS}"))).await?;
            self.execute(self.bare("select pg_advisory_xact_lock($1)").bind(LOCK)).await?;
        }
        Ok(())
    }

    /// Whether a piece waits that may be taken now, of a run that has fewer devices under way than it may have: most looks find
    /// nothing, and cost little.
    pub async fn anything_waits(&mut self, taker: Taker) -> StoreResult<bool> {
        let mut sql = self.sql(
            "select r.id from runs r where r.tenant_id = $1 and r.state = 'running' and r.shared
            and (r.concurrency is null or r.concurrency > (
                select count(*) from run_devices f where f.run_id = r.id and f.state = 'running')) and ",
        );
        waits(&mut sql, taker);
        sql.limit(Some(1));
        Ok(self.optional::<(i64,)>(sql).await?.is_some())
    }

    /// Shared runs that are not over.
    pub async fn open_runs(&mut self, taker: Taker) -> StoreResult<Vec<OpenRun>> {
        // Of each run by itself: grouped, SQLite reads what became of all devices of all runs that ever were.
        let mut sql = self.sql(
            "select r.id, r.tenant_id, r.priority, r.weight, r.concurrency, r.started_at, r.served_at,
            (select count(*) from run_devices f where f.run_id = r.id and f.state = 'running') as in_flight,
            cast(case when ",
        );
        waits(&mut sql, taker);
        sql.push(
            " then 1 else 0 end as bigint) as waits
            from runs r where r.tenant_id = $1 and r.state = 'running' and r.shared",
        );
        Ok(self.all::<OpenRow>(sql).await?.into_iter().map(OpenRow::into_run).collect())
    }

    /// Takes so many pieces of each of these runs, oldest first, and begins an attempt at each. No two callers get the same.
    pub async fn take_pieces(
        &mut self,
        taker: Taker,
        shares: &[(RunId, u32)],
        now: Timestamp,
    ) -> StoreResult<Vec<RunItem>> {
        let mut taken = Vec::new();
        for shares in shares.chunks(RUNS_AT_ONCE) {
            taken.extend(self.take_some(taker, shares, now).await?);
        }
        Ok(taken)
    }

    async fn take_some(&mut self, taker: Taker, shares: &[(RunId, u32)], now: Timestamp) -> StoreResult<Vec<RunItem>> {
        let alone = self.unless_held();
        // Materialised, or PostgreSQL may take the limit again for each row that it looks at.
        let mut sql = self.sql("with next (run_id, seq) as materialized (");
        for (n, (run, pieces)) in shares.iter().enumerate() {
            sql.push(if n == 0 { "select * from (" } else { " union all select * from (" });
            sql.push("select p.run_id, p.seq from run_devices p where p.run_id = ").arg(*run);
            sql.push(" and p.state = 'pending'");
            may_take(&mut sql, taker);
            sql.push(" order by p.seq limit ").arg(*pieces).push(alone).push(&format!(") s{n}"));
        }
        let (worker, lease_until) = match taker {
            Taker::Own => (None, None),
            Taker::Worker { id, lease_until, .. } => (Some(id), Some(lease_until.0)),
        };
        sql.push(") update run_devices set state = 'running', attempt = attempt + 1, started_at = ").arg(now);
        sql.push(", worker_id = ").arg(worker).push(", lease_until = ").arg(lease_until);
        sql.push(" where (run_id, seq) in (select run_id, seq from next) and tenant_id = $1 returning ").push(COLUMNS);
        let mut items = self.read_items(sql).await?;
        items.sort_by_key(|item| (item.run, item.seq));
        let mut sql = self.sql("update runs set served_at = ");
        sql.arg(now).push(" where tenant_id = $1 and id in ").list(shares.iter().map(|(run, _)| *run));
        self.execute(sql).await?;
        Ok(items)
    }

    /// Keeps these pieces for longer; gives the runs of them that go on.
    pub async fn renew_leases(
        &mut self,
        worker: WorkerId,
        pieces: &[Lease],
        until: Timestamp,
    ) -> StoreResult<Vec<RunId>> {
        if pieces.is_empty() {
            return Ok(Vec::new());
        }
        // One whose result is being written needs no longer lease.
        let mut sql = self.sql("with mine as materialized (select run_id, seq from run_devices where worker_id = ");
        sql.arg(worker).push(" and state = 'running' and ");
        these(&mut sql, pieces);
        sql.push(self.unless_held()).push(") update run_devices set lease_until = ").arg(until);
        sql.push(" where (run_id, seq) in (select run_id, seq from mine)");
        self.execute(sql).await?;
        let runs: std::collections::BTreeSet<RunId> = pieces.iter().map(|p| p.run).collect();
        let mut sql = self.sql("select id from runs where tenant_id = $1 and state = 'running' and id");
        sql.is_one_of(runs.into_iter().map(|run| run.0));
        let ids: Vec<(i64,)> = self.all(sql).await?;
        Ok(ids.into_iter().map(|(id,)| RunId(id)).collect())
    }

    /// Pieces that will have no result here wait again. Gives how many those were.
    pub async fn give_back(&mut self, pieces: &[Lease]) -> StoreResult<u64> {
        if pieces.is_empty() {
            return Ok(0);
        }
        let mut sql = self.sql("update run_devices set state = 'pending', worker_id = null, lease_until = null");
        sql.push(" where state = 'running' and ");
        these(&mut sql, pieces);
        let given = self.execute(sql).await?;
        self.wake_workers().await?;
        Ok(given)
    }

    /// Pieces whose lease has run out wait again. Gives how many those were. One whose result is being written is left alone: a
    /// worker that was cut off in the middle of that would else keep all others waiting.
    pub async fn end_leases(&mut self, now: Timestamp) -> StoreResult<u64> {
        let mut sql = self.sql("with gone as materialized (select run_id, seq from run_devices where tenant_id = $1");
        sql.push(" and state = 'running'").and("lease_until <", Some(now));
        sql.push(" and run_id in (select id from runs where tenant_id = $1 and state = 'running' and shared)");
        sql.push(self.unless_held());
        sql.push(") update run_devices set state = 'pending', worker_id = null, lease_until = null");
        sql.push(" where (run_id, seq) in (select run_id, seq from gone)");
        self.execute(sql).await
    }

    /// Rows that nobody else is writing now: whoever waits for a row waits for a process that may be cut off, and two that wait
    /// for each other's are a deadlock.
    fn unless_held(&self) -> &'static str {
        if self.dialect() == Dialect::Postgres { " for update skip locked" } else { "" }
    }

    /// Ends a run of which nothing waits or is under way: one caller gets the state that it ended in, all others nothing.
    pub async fn end_run(&mut self, run: RunId, now: Timestamp) -> StoreResult<Option<RunState>> {
        // What nobody was let into for lack of an account is not left out on purpose.
        const SQL: &str = "
            update runs set ended_at = $3, heartbeat_at = $3, state = case
                when not exists (select 1 from run_devices d where d.run_id = runs.id
                    and (d.state = 'failed' or d.state = 'skipped' and d.class = 'account_protected')) then 'success'
                when not exists (select 1 from run_devices d where d.run_id = runs.id and d.state = 'success') then 'failed'
                else 'partial' end
            where tenant_id = $1 and id = $2 and state = 'running' and not exists (
                select 1 from run_devices d where d.run_id = runs.id and d.state in ('pending', 'running'))
            returning state";
        let ended: Option<(String,)> = self.optional(self.sql(SQL).bind(run).bind(now)).await?;
        ended.map(|(state,)| word("runs.state", &state)).transpose()
    }

    /// Shared runs that nobody has ended though nothing of them is left: whoever wrote the last result is gone.
    pub async fn runs_without_end(&mut self) -> StoreResult<Vec<RunId>> {
        const SQL: &str = "select r.id from runs r where r.tenant_id = $1 and r.state = 'running' and r.shared
            and not exists (select 1 from run_devices d where d.run_id = r.id and d.state in ('pending', 'running'))";
        let ids: Vec<(i64,)> = self.all(self.sql(SQL)).await?;
        Ok(ids.into_iter().map(|(id,)| RunId(id)).collect())
    }

    /// Shared runs of which something is under way, or that ended since then; up to so many, oldest first.
    pub async fn runs_at_work(&mut self, since: Timestamp, limit: u32) -> StoreResult<Vec<RunId>> {
        const SQL: &str = "select r.id from runs r where r.tenant_id = $1 and r.shared and (r.ended_at >= $2
            or r.state = 'running' and exists (
                select 1 from run_devices d where d.run_id = r.id and d.state = 'running')) order by r.id";
        let mut sql = self.sql(SQL).bind(since);
        sql.limit(Some(limit));
        let ids: Vec<(i64,)> = self.all(sql).await?;
        Ok(ids.into_iter().map(|(id,)| RunId(id)).collect())
    }

    /// Shared runs that are not over, their devices that wait, and those under way.
    pub async fn queue_size(&mut self) -> StoreResult<(u64, u64, u64)> {
        const SQL: &str = "
            select count(distinct r.id), count(case when d.state = 'pending' then 1 end),
                count(case when d.state = 'running' then 1 end)
            from runs r left join run_devices d on d.run_id = r.id and d.state in ('pending', 'running')
            where r.tenant_id = $1 and r.state = 'running' and r.shared";
        let (runs, waiting, running): (i64, i64, i64) = self.one(self.sql(SQL)).await?;
        Ok((runs.unsigned_abs(), waiting.unsigned_abs(), running.unsigned_abs()))
    }

    /// The time by the clock of the database server, which all workers share; `None` where it is that of this machine.
    pub async fn server_time(&mut self) -> StoreResult<Option<Timestamp>> {
        if self.dialect() == Dialect::Sqlite {
            return Ok(None);
        }
        let (ms,): (i64,) =
            self.one(self.bare("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)")).await?;
        Ok(Some(Timestamp(ms)))
    }
}

on_store! {
    write share_run(run: RunId, terms: &Terms) -> ();
    read anything_waits(taker: Taker) -> bool;
    read open_runs(taker: Taker) -> Vec<OpenRun>;
    write take_pieces(taker: Taker, shares: &[(RunId, u32)], now: Timestamp) -> Vec<RunItem>;
    write renew_leases(worker: WorkerId, pieces: &[Lease], until: Timestamp) -> Vec<RunId>;
    write give_back(pieces: &[Lease]) -> u64;
    write end_leases(now: Timestamp) -> u64;
    write end_run(run: RunId, now: Timestamp) -> Option<RunState>;
    read runs_without_end() -> Vec<RunId>;
    read runs_at_work(since: Timestamp, limit: u32) -> Vec<RunId>;
    read queue_size() -> (u64, u64, u64);
    read server_time() -> Option<Timestamp>;
}

/// `exists (…)`: a piece of the run `r` that may be taken.
fn waits(sql: &mut Sql, taker: Taker) {
    sql.push("exists (select 1 from run_devices p where p.run_id = r.id and p.state = 'pending'");
    may_take(sql, taker);
    sql.push(")");
}

/// ` and …`, of a piece `p`.
fn may_take(sql: &mut Sql, taker: Taker) {
    match taker {
        Taker::Own => {}
        Taker::Worker { id, tied: true, .. } => {
            sql.push(" and p.site_id in (select w.site_id from worker_sites w where w.worker_id = ").arg(id).push(")");
        }
        Taker::Worker { tied: false, .. } => {
            sql.push(" and (p.site_id is null or p.site_id not in (select w.site_id from worker_sites w where w.tenant_id = $1))");
        }
    }
}

/// `(run_id, seq, attempt) in …`
fn these(sql: &mut Sql, pieces: &[Lease]) {
    let row = |p: &Lease| -> [Arg; 3] { [p.run.into(), p.seq.into(), p.attempt.into()] };
    let rows: Vec<[Arg; 3]> = pieces.iter().map(row).collect();
    sql.push("tenant_id = $1 and (run_id, seq, attempt) in (select ");
    for (n, like) in rows[0].iter().enumerate() {
        sql.push(if n == 0 { "" } else { ", " }).element(n, like);
    }
    sql.push(" from ").each(&rows).push(")");
}

impl OpenRow {
    fn into_run(self) -> OpenRun {
        let small = |n: i64| u32::try_from(n).unwrap_or_default();
        OpenRun {
            run: RunId(self.id),
            tenant: TenantId(self.tenant_id),
            terms: Terms {
                priority: self.priority,
                weight: small(self.weight),
                concurrency: self.concurrency.map(small),
            },
            in_flight: small(self.in_flight),
            waits: self.waits != 0,
            since: Timestamp(self.started_at),
            served: Timestamp(self.served_at),
        }
    }
}
