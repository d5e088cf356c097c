//! Processes that work on shared runs.

use model::{SiteId, Timestamp, WorkerId};
use serde::Serialize;
use sqlx::FromRow;

use crate::sql::on_store;
use crate::{StoreError, StoreResult, Tx};

/// A worker as it registers.
#[derive(Debug, Clone, Copy)]
pub struct NewWorker<'a> {
    pub name: &'a str,
    pub host: &'a str,
    pub pid: u32,
    /// It works for these only; for any when there is none.
    pub sites: &'a [SiteId],
    pub concurrency: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Worker {
    pub id: WorkerId,
    pub name: String,
    pub host: String,
    pub pid: i64,
    /// `working`, `draining` or `stopped`.
    pub state: String,
    pub concurrency: i64,
    pub started_at: Timestamp,
    pub heartbeat_at: Timestamp,
    /// Slugs.
    pub sites: Vec<String>,
    /// Devices that it is at.
    pub in_flight: i64,
}

#[derive(FromRow)]
struct WorkerRow {
    id: i64,
    name: String,
    host: String,
    pid: i64,
    state: String,
    concurrency: i64,
    started_at: i64,
    heartbeat_at: i64,
    in_flight: i64,
}

impl Tx {
    /// Registers a worker. One of the same name that was not heard of since `gone` is forgotten, and what it had waits again.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is one.
    pub async fn register_worker(
        &mut self,
        new: &NewWorker<'_>,
        gone: Timestamp,
        now: Timestamp,
    ) -> StoreResult<WorkerId> {
        self.note_lost_workers(gone, now).await?;
        const GONE: &str = "delete from workers where tenant_id = $1 and name = $2
            and (heartbeat_at < $3 or state = 'stopped') returning id";
        let old: Vec<(i64,)> = self.all(self.sql(GONE).bind(new.name).bind(gone)).await?;
        for (id,) in old {
            const FREE: &str = "update run_devices set state = 'pending', worker_id = null, lease_until = null
                where tenant_id = $1 and worker_id = $2 and state = 'running'";
            self.execute(self.sql(FREE).bind(id)).await?;
        }
        const SQL: &str = "
            insert into workers (tenant_id, name, host, pid, state, concurrency, started_at, heartbeat_at)
            values ($1, $2, $3, $4, 'working', $5, $6, $6) on conflict (tenant_id, name) do nothing returning id";
        let sql = self.sql(SQL).bind(new.name).bind(new.host).bind(new.pid).bind(new.concurrency).bind(now);
        let id: Option<(i64,)> = self.optional(sql).await?;
        let Some((id,)) = id else {
            return Err(StoreError::Conflict(format!("there is a worker `{}` already", new.name)));
        };
        for site in new.sites {
            let sql = self.sql("insert into worker_sites (tenant_id, worker_id, site_id) values ($1, $2, $3)");
            self.execute(sql.bind(WorkerId(id)).bind(*site)).await?;
        }
        Ok(WorkerId(id))
    }

    /// Says that a worker is there. Whether it is still registered.
    pub async fn worker_is_there(&mut self, id: WorkerId, state: &str, now: Timestamp) -> StoreResult<bool> {
        let sql = self.sql("update workers set heartbeat_at = $3, state = $4 where tenant_id = $1 and id = $2");
        Ok(self.execute(sql.bind(id).bind(now).bind(state)).await? > 0)
    }

    /// Keeps which workers were not heard of since `gone`, each silence once. Gives how many are new.
    pub async fn note_lost_workers(&mut self, gone: Timestamp, now: Timestamp) -> StoreResult<u64> {
        const SQL: &str = "
            insert into worker_losses (tenant_id, worker, host, heartbeat_at, in_flight, seen_at)
            select w.tenant_id, w.name, w.host, w.heartbeat_at,
                (select count(*) from run_devices d where d.worker_id = w.id and d.state = 'running'), $3
            from workers w where w.tenant_id = $1 and w.state <> 'stopped' and w.heartbeat_at < $2
            on conflict (tenant_id, worker, heartbeat_at) do nothing";
        self.execute(self.sql(SQL).bind(gone).bind(now)).await
    }

    /// By name.
    pub async fn workers(&mut self) -> StoreResult<Vec<Worker>> {
        const SQL: &str = "
            select w.id, w.name, w.host, w.pid, w.state, w.concurrency, w.started_at, w.heartbeat_at,
                (select count(*) from run_devices d where d.worker_id = w.id and d.state = 'running') as in_flight
            from workers w where w.tenant_id = $1 order by w.name";
        let rows: Vec<WorkerRow> = self.all(self.sql(SQL)).await?;
        const SITES: &str = "select w.worker_id, s.slug from worker_sites w join sites s on s.id = w.site_id
            where w.tenant_id = $1 order by s.slug";
        let sites: Vec<(i64, String)> = self.all(self.sql(SITES)).await?;
        let worker = |row: WorkerRow| Worker {
            sites: sites.iter().filter(|(id, _)| *id == row.id).map(|(_, slug)| slug.clone()).collect(),
            id: WorkerId(row.id),
            name: row.name,
            host: row.host,
            pid: row.pid,
            state: row.state,
            concurrency: row.concurrency,
            started_at: Timestamp(row.started_at),
            heartbeat_at: Timestamp(row.heartbeat_at),
            in_flight: row.in_flight,
        };
        Ok(rows.into_iter().map(worker).collect())
    }

    /// Forgets a worker: its sites are anybody's again. What it was at waits again.
    pub async fn remove_worker(&mut self, id: WorkerId) -> StoreResult<()> {
        const FREE: &str = "update run_devices set state = 'pending', worker_id = null, lease_until = null
            where tenant_id = $1 and worker_id = $2 and state = 'running'";
        self.execute(self.sql(FREE).bind(id)).await?;
        self.execute(self.sql("delete from workers where tenant_id = $1 and id = $2").bind(id)).await?;
        self.wake_workers().await
    }
}

on_store! {
    write register_worker(new: &NewWorker<'_>, gone: Timestamp, now: Timestamp) -> WorkerId;
    write worker_is_there(id: WorkerId, state: &str, now: Timestamp) -> bool;
    write note_lost_workers(gone: Timestamp, now: Timestamp) -> u64;
    read workers() -> Vec<Worker>;
    write remove_worker(id: WorkerId) -> ();
}
