//! Figures of the whole: how many of what there are, counted by the database.

use model::object::KINDS;
use model::{ObjectKind, Timestamp};

use crate::sql::on_store;
use crate::{StoreResult, Tx};

/// How many there are of a word; empty where nothing is known.
pub type Tally = Vec<(String, u64)>;

/// The good captures of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureFigure {
    pub capture_type: String,
    pub devices: u64,
    /// When one was made, or made again, last.
    pub newest: Timestamp,
}

/// How reading the latest captures of one type went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingFigure {
    pub capture_type: String,
    /// `parsed`, `partly`, `not_parsed` …
    pub outcome: String,
    pub devices: u64,
    /// Lines that no rule read.
    pub unread_lines: u64,
}

/// Devices by what: a column of `devices` or of a table beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DevicesBy {
    Status,
    Platform,
    Site,
    Vendor,
    Role,
}

impl Tx {
    /// The most first.
    pub async fn devices_by(&mut self, what: DevicesBy) -> StoreResult<Tally> {
        let (column, join) = match what {
            DevicesBy::Status => ("d.status", ""),
            DevicesBy::Platform => ("p.slug", "left join platforms p on p.id = d.platform_id"),
            DevicesBy::Site => ("s.name", "left join sites s on s.id = d.site_id"),
            DevicesBy::Vendor => ("m.name", "left join manufacturers m on m.id = d.manufacturer_id"),
            DevicesBy::Role => ("r.slug", "left join device_roles r on r.id = d.role_id"),
        };
        self.tally(&format!(
            "select coalesce({column}, ''), count(*) from devices d {join} where d.tenant_id = $1 group by 1"
        ))
        .await
    }

    /// Runs by state.
    pub async fn runs_by_state(&mut self) -> StoreResult<Tally> {
        self.tally("select state, count(*) from runs where tenant_id = $1 group by 1").await
    }

    /// Devices of runs that go on, by state: what waits and what is worked on.
    pub async fn work_by_state(&mut self) -> StoreResult<Tally> {
        self.tally(
            "select i.state, count(*) from run_devices i join runs r on r.id = i.run_id
            where r.tenant_id = $1 and r.state = 'running' and i.state in ('pending', 'running') group by 1",
        )
        .await
    }

    /// Changes by severity, of those detected at this time or after.
    pub async fn changes_by_severity(&mut self, since: Timestamp) -> StoreResult<Tally> {
        let sql = self.sql(
            "select severity, count(*) from changes where tenant_id = $1 and detected_at >= $2 group by 1 order by 1",
        );
        Ok(counted(self.all(sql.bind(since)).await?))
    }

    /// Log-ins to devices by what came of the last one with each credential: `ok`, `failed`; and failures in all.
    pub async fn login_figures(&mut self) -> StoreResult<(Tally, u64)> {
        let by = self
            .tally(
                "select case when last_success_at is not null
                    and (last_failure_at is null or last_failure_at <= last_success_at) then 'ok' else 'failed' end,
                count(*) from device_credentials where tenant_id = $1 group by 1",
            )
            .await?;
        let sql = "select cast(coalesce(sum(failure_count), 0) as bigint) from device_credentials where tenant_id = $1";
        let (failures,): (i64,) = self.one(self.sql(sql)).await?;
        Ok((by, failures.unsigned_abs()))
    }

    /// Devices on which a credential works.
    pub async fn devices_with_credential(&mut self) -> StoreResult<u64> {
        const SQL: &str = "select count(distinct device_id) from device_credentials where tenant_id = $1
            and last_success_at is not null and (last_failure_at is null or last_failure_at <= last_success_at)";
        let (count,): (i64,) = self.one(self.sql(SQL)).await?;
        Ok(count.unsigned_abs())
    }

    pub async fn capture_figures(&mut self) -> StoreResult<Vec<CaptureFigure>> {
        const SQL: &str = "select capture_type, count(distinct device_id), max(last_seen) from captures
            where tenant_id = $1 and version_no is not null group by capture_type order by capture_type";
        let rows: Vec<(String, i64, i64)> = self.all(self.sql(SQL)).await?;
        let figure = |(capture_type, devices, newest): (String, i64, i64)| CaptureFigure {
            capture_type,
            devices: devices.unsigned_abs(),
            newest: Timestamp(newest),
        };
        Ok(rows.into_iter().map(figure).collect())
    }

    pub async fn reading_figures(&mut self) -> StoreResult<Vec<ReadingFigure>> {
        const SQL: &str = "select source, outcome, count(*), cast(sum(unread_lines) as bigint) from fact_loads
            where tenant_id = $1 group by source, outcome order by source, outcome";
        let rows: Vec<(String, String, i64, i64)> = self.all(self.sql(SQL)).await?;
        let figure = |(capture_type, outcome, devices, lines): (String, String, i64, i64)| ReadingFigure {
            capture_type,
            outcome,
            devices: devices.unsigned_abs(),
            unread_lines: lines.unsigned_abs(),
        };
        Ok(rows.into_iter().map(figure).collect())
    }

    /// How many records there are of each kind of the inventory.
    pub async fn record_counts(&mut self) -> StoreResult<Vec<(&'static ObjectKind, u64)>> {
        let mut counts = Vec::with_capacity(KINDS.len());
        for kind in KINDS {
            let sql = self.sql(format!("select count(*) from {} where tenant_id = $1", kind.table));
            let (count,): (i64,) = self.one(sql).await?;
            counts.push((kind, count.unsigned_abs()));
        }
        Ok(counts)
    }

    /// Log-ins to the server that were refused.
    pub async fn refused_logins(&mut self) -> StoreResult<u64> {
        const SQL: &str = "select count(*) from audit_log where tenant_id = $1 and action = 'login.refused'";
        let (count,): (i64,) = self.one(self.sql(SQL)).await?;
        Ok(count.unsigned_abs())
    }

    async fn tally(&mut self, text: &str) -> StoreResult<Tally> {
        let sql = self.sql(format!("{text} order by 2 desc, 1"));
        Ok(counted(self.all(sql).await?))
    }
}

fn counted(rows: Vec<(String, i64)>) -> Tally {
    rows.into_iter().map(|(word, count)| (word, count.unsigned_abs())).collect()
}

on_store! {
    read devices_by(what: DevicesBy) -> Tally;
    read runs_by_state() -> Tally;
    read work_by_state() -> Tally;
    read changes_by_severity(since: Timestamp) -> Tally;
    read login_figures() -> (Tally, u64);
    read devices_with_credential() -> u64;
    read capture_figures() -> Vec<CaptureFigure>;
    read reading_figures() -> Vec<ReadingFigure>;
    read record_counts() -> Vec<(&'static ObjectKind, u64)>;
    read refused_logins() -> u64;
}
