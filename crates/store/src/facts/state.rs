//! What came of the last attempt to read facts: parsed, partly, or not at all; never confused.

use model::{CaptureId, DeviceId, Timestamp};
use sqlx::FromRow;

use super::FactLoad;
use crate::sql::{on_store, word};
use crate::{StoreResult, Tx};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoadOutcome {
    Parsed,
    /// Some lines were read by no rule.
    Partly,
    NotParsed,
}

impl LoadOutcome {
    pub fn as_str(self) -> &'static str {
        match self {
            LoadOutcome::Parsed => "parsed",
            LoadOutcome::Partly => "partly",
            LoadOutcome::NotParsed => "not_parsed",
        }
    }
}

impl std::str::FromStr for LoadOutcome {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let all = [LoadOutcome::Parsed, LoadOutcome::Partly, LoadOutcome::NotParsed];
        all.into_iter().find(|o| o.as_str() == word).ok_or_else(|| format!("`{word}` is no outcome of a load"))
    }
}

/// The last load of a device, kind of fact and source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadState {
    pub device: DeviceId,
    /// Name of the [`model::FactKind`].
    pub kind: String,
    /// Capture type.
    pub source: String,
    pub capture: CaptureId,
    pub tried_at: Timestamp,
    /// When facts were read last; `None` when they never were.
    pub loaded_at: Option<Timestamp>,
    pub facts: u64,
    pub unread_lines: u64,
    pub rejected_rows: u64,
    pub outcome: LoadOutcome,
    pub message: Option<String>,
}

#[derive(FromRow)]
struct LoadRow {
    device_id: i64,
    kind: String,
    source: String,
    capture_id: i64,
    tried_at: i64,
    loaded_at: Option<i64>,
    facts: i64,
    unread_lines: i64,
    rejected_rows: i64,
    outcome: String,
    message: Option<String>,
}

impl Tx {
    /// The last load of each kind and source, of one device or of all.
    pub async fn fact_loads(&mut self, device: Option<DeviceId>) -> StoreResult<Vec<LoadState>> {
        let mut sql = self.sql(
            "select device_id, kind, source, capture_id, tried_at, loaded_at, facts, unread_lines, rejected_rows,
                outcome, message
            from fact_loads where tenant_id = $1",
        );
        sql.and("device_id =", device).push(" order by device_id, kind, source");
        self.all::<LoadRow>(sql).await?.into_iter().map(LoadRow::into_state).collect()
    }

    /// Begins a load: others of the same device, kind and source wait for its end. Gives when facts were read last.
    pub(super) async fn begin_load(&mut self, load: &FactLoad<'_>, now: Timestamp) -> StoreResult<Option<Timestamp>> {
        const SQL: &str = "
            insert into fact_loads (tenant_id, device_id, kind, source, capture_id, tried_at, outcome)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (device_id, kind, source) do update set tried_at = excluded.tried_at
            returning loaded_at";
        let sql = self.sql(SQL).bind(load.device).bind(load.kind.name).bind(load.source);
        let (at,): (Option<i64>,) = self.one(sql.bind(load.capture).bind(now).bind(load.outcome.as_str())).await?;
        Ok(at.map(Timestamp))
    }

    pub(super) async fn end_load(&mut self, load: &FactLoad<'_>, facts: i64, now: Timestamp) -> StoreResult<()> {
        const SQL: &str = "
            update fact_loads set capture_id = $5, outcome = $6, message = $7, unread_lines = $8, rejected_rows = $9,
                facts = coalesce($10, facts), loaded_at = coalesce($11, loaded_at)
            where tenant_id = $1 and device_id = $2 and kind = $3 and source = $4";
        let read = load.outcome != LoadOutcome::NotParsed;
        let sql = self.sql(SQL).bind(load.device).bind(load.kind.name).bind(load.source).bind(load.capture);
        let sql = sql.bind(load.outcome.as_str()).bind(load.message).bind(load.unread_lines).bind(load.rejected_rows);
        self.execute(sql.bind(read.then_some(facts)).bind(read.then_some(now))).await?;
        Ok(())
    }
}

on_store! {
    read fact_loads(device: Option<DeviceId>) -> Vec<LoadState>;
}

impl LoadRow {
    fn into_state(self) -> StoreResult<LoadState> {
        Ok(LoadState {
            device: DeviceId(self.device_id),
            kind: self.kind,
            source: self.source,
            capture: CaptureId(self.capture_id),
            tried_at: Timestamp(self.tried_at),
            loaded_at: self.loaded_at.map(Timestamp),
            facts: self.facts.unsigned_abs(),
            unread_lines: self.unread_lines.unsigned_abs(),
            rejected_rows: self.rejected_rows.unsigned_abs(),
            outcome: word("fact_loads.outcome", &self.outcome)?,
            message: self.message,
        })
    }
}
