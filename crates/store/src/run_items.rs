//! The devices of a run: each waits, is worked on, and has a result.

use std::net::IpAddr;

use model::{DeviceId, DeviceOutcome, DeviceState, FailureClass, RunId, Timestamp};
use sqlx::FromRow;

use crate::queue::Lease;
use crate::sql::{Arg, Sql, on_store, unreadable, word};
use crate::tx::Rows;
use crate::{StoreError, StoreResult, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    pub device: Option<DeviceId>,
    /// `None` for a neighbour that advertises none.
    pub address: Option<IpAddr>,
    pub port: u16,
    /// As known before it was asked: the device's name, or what a neighbour calls it.
    pub name: String,
    /// Steps from a seed.
    pub depth: u32,
    /// The item through which it was found.
    pub parent: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunItem {
    pub run: RunId,
    /// From 1, in the order in which they were added.
    pub seq: i64,
    pub device: Option<DeviceId>,
    pub address: Option<IpAddr>,
    pub port: u16,
    pub name: String,
    pub depth: u32,
    pub parent: Option<i64>,
    pub state: DeviceState,
    pub class: Option<FailureClass>,
    pub message: String,
    pub username: Option<String>,
    pub credential: Option<String>,
    pub duration_ms: i64,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// How often it was started.
    pub attempt: u32,
}

#[derive(FromRow)]
struct ItemRow {
    run_id: i64,
    seq: i64,
    device_id: Option<i64>,
    address: Option<String>,
    port: i64,
    name: String,
    depth: i64,
    parent: Option<i64>,
    state: String,
    class: Option<String>,
    message: String,
    username: Option<String>,
    credential: Option<String>,
    duration_ms: i64,
    started_at: Option<i64>,
    ended_at: Option<i64>,
    attempt: i64,
}

pub(crate) const COLUMNS: &str =
    "run_id, seq, device_id, address, port, name, depth, parent, state, class, message, username,
    credential, duration_ms, started_at, ended_at, attempt";

impl Tx {
    /// Adds pending items; gives their numbers, in order.
    pub async fn add_items(&mut self, run: RunId, items: &[NewItem]) -> StoreResult<Vec<i64>> {
        const SQL: &str =
            "update runs set last_seq = last_seq + $3 where tenant_id = $1 and id = $2 returning last_seq";
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let last = self.optional::<(i64,)>(self.sql(SQL).bind(run).bind(count)).await?;
        let (last,) = last.ok_or_else(|| StoreError::not_found("execution", run))?;
        let seqs: Vec<i64> = (last - count + 1..=last).collect();
        let row = |(seq, item): (&i64, &NewItem)| -> Vec<Arg> {
            let place = [item.device.into(), item.address.into(), item.port.into(), Arg::from(&item.name)];
            std::iter::once((*seq).into()).chain(place).chain([item.depth.into(), item.parent.into()]).collect()
        };
        let rows = Rows {
            table: "run_devices",
            same: &[("run_id", run.into()), ("tenant_id", self.tenant.into()), ("state", "pending".into())],
            columns: &["seq", "device_id", "address", "port", "name", "depth", "parent"],
            rows: &seqs.iter().zip(items).map(row).collect::<Vec<_>>(),
            tail: "",
        };
        self.insert_rows(rows).await?;
        Ok(seqs)
    }

    /// Marks one item running, whatever it was.
    pub async fn start_item(&mut self, run: RunId, seq: i64, now: Timestamp) -> StoreResult<()> {
        self.start_items(run, &[seq], now).await
    }

    /// As [`Tx::start_item`], for several.
    pub async fn start_items(&mut self, run: RunId, items: &[i64], now: Timestamp) -> StoreResult<()> {
        let Some(first) = items.first() else { return Ok(()) };
        let mut sql = self.sql("update run_devices set state = 'running', attempt = attempt + 1, started_at = ");
        sql.arg(now).push(" where tenant_id = $1 and run_id = ").arg(run).push(" and seq");
        sql.is_one_of(items.iter().copied());
        let done = self.execute(sql).await?;
        if done < items.len() as u64 { Err(not_found(run, *first)) } else { Ok(()) }
    }

    /// Writes the result of an item, and the device that it turned out to be.
    pub async fn finish_item(
        &mut self,
        run: RunId,
        seq: i64,
        device: Option<DeviceId>,
        outcome: &DeviceOutcome,
        now: Timestamp,
    ) -> StoreResult<()> {
        if self.finish((run, seq), None, device, outcome, now).await? { Ok(()) } else { Err(not_found(run, seq)) }
    }

    /// Writes the result of a piece, by the right to write it. From then on until the end of the transaction nobody else
    /// takes it.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when somebody else has taken it meanwhile, or its run was cancelled.
    pub async fn finish_piece(
        &mut self,
        lease: Lease,
        device: Option<DeviceId>,
        outcome: &DeviceOutcome,
        now: Timestamp,
    ) -> StoreResult<()> {
        let Lease { run, seq, attempt } = lease;
        let written = self.finish((run, seq), Some(attempt), device, outcome, now).await?;
        if written { Ok(()) } else { Err(StoreError::LeaseLost { run, seq }) }
    }

    /// Whether this very attempt wrote a result.
    pub async fn is_finished(&mut self, lease: Lease) -> StoreResult<bool> {
        const SQL: &str = "select count(*) from run_devices where tenant_id = $1 and run_id = $2 and seq = $3
            and attempt = $4 and state in ('success', 'failed', 'skipped')";
        let sql = self.sql(SQL).bind(lease.run).bind(lease.seq).bind(lease.attempt);
        let (count,): (i64,) = self.one(sql).await?;
        Ok(count > 0)
    }

    async fn finish(
        &mut self,
        (run, seq): (RunId, i64),
        attempt: Option<u32>,
        device: Option<DeviceId>,
        outcome: &DeviceOutcome,
        now: Timestamp,
    ) -> StoreResult<bool> {
        const SQL: &str = "
            update run_devices set state = $4, class = $5, message = $6, username = coalesce($7, username),
                duration_ms = $8, ended_at = $9, device_id = coalesce($10, device_id), credential = coalesce($11, credential),
                lease_until = null
            where tenant_id = $1 and run_id = $2 and seq = $3";
        let sql = self.sql(SQL).bind(run).bind(seq).bind(outcome.state.as_str());
        let sql = sql.bind(outcome.class.map(FailureClass::as_str)).bind(&outcome.message);
        let sql = sql.bind(outcome.username.as_ref()).bind(outcome.duration_ms).bind(now).bind(device);
        let mut sql = sql.bind(outcome.credential.as_ref());
        if attempt.is_some() {
            sql.push(" and state = 'running'").and("attempt =", attempt);
        }
        Ok(self.execute(sql).await? > 0)
    }

    /// Items in order; only those in one of the states, when some are given.
    pub async fn run_items(&mut self, run: RunId, states: &[DeviceState]) -> StoreResult<Vec<RunItem>> {
        let mut sql = self.sql("select ");
        sql.push(COLUMNS).push(" from run_devices where tenant_id = $1").and("run_id =", Some(run));
        if !states.is_empty() {
            sql.push(" and state in ").list(states.iter().map(|s| s.as_str()));
        }
        sql.push(" order by seq");
        self.read_items(sql).await
    }

    /// Items that are under way, and those that have a result since a time.
    pub async fn items_since(&mut self, run: RunId, since: Timestamp) -> StoreResult<Vec<RunItem>> {
        let mut sql = self.sql("select ");
        sql.push(COLUMNS).push(" from run_devices where tenant_id = $1").and("run_id =", Some(run));
        sql.push(" and (state = 'running' or state <> 'pending' and ended_at >= ").arg(since).push(") order by seq");
        self.read_items(sql).await
    }

    pub(crate) async fn read_items(&mut self, sql: Sql) -> StoreResult<Vec<RunItem>> {
        self.all::<ItemRow>(sql).await?.into_iter().map(ItemRow::into_item).collect()
    }
}

on_store! {
    write add_items(run: RunId, items: &[NewItem]) -> Vec<i64>;
    write start_item(run: RunId, seq: i64, now: Timestamp) -> ();
    write finish_item(
        run: RunId, seq: i64, device: Option<DeviceId>, outcome: &DeviceOutcome, now: Timestamp
    ) -> ();
    read is_finished(lease: Lease) -> bool;
    write finish_piece(lease: Lease, device: Option<DeviceId>, outcome: &DeviceOutcome, now: Timestamp) -> ();
    read run_items(run: RunId, states: &[DeviceState]) -> Vec<RunItem>;
    read items_since(run: RunId, since: Timestamp) -> Vec<RunItem>;
}

fn not_found(run: RunId, seq: i64) -> StoreError {
    StoreError::not_found("item of a run", format!("{run}/{seq}"))
}

impl ItemRow {
    fn into_item(self) -> StoreResult<RunItem> {
        let address = self.address.map(|a| a.parse()).transpose();
        Ok(RunItem {
            run: RunId(self.run_id),
            seq: self.seq,
            device: self.device_id.map(DeviceId),
            address: address.map_err(|e| unreadable("run_devices.address", e))?,
            port: u16::try_from(self.port).unwrap_or_default(),
            name: self.name,
            depth: u32::try_from(self.depth).unwrap_or_default(),
            parent: self.parent,
            state: word("run_devices.state", &self.state)?,
            class: self.class.map(|class| word("run_devices.class", &class)).transpose()?,
            message: self.message,
            username: self.username,
            credential: self.credential,
            duration_ms: self.duration_ms,
            started_at: self.started_at.map(Timestamp),
            ended_at: self.ended_at.map(Timestamp),
            attempt: u32::try_from(self.attempt).unwrap_or_default(),
        })
    }
}
