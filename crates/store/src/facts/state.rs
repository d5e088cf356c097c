//! What came of the last attempt to read facts: parsed, partly, or not at all; never confused.

use model::{CaptureId, DeviceId, Timestamp};
use sqlx::FromRow;

use super::FactLoad;
use crate::sql::{Arg, Sql, on_store, word};
use crate::tx::Rows;
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

/// Columns of [`Tx::select_loads`].
#[derive(FromRow, serde::Deserialize)]
pub(crate) struct LoadRow {
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
        let sql = self.select_loads(device);
        self.all::<LoadRow>(sql).await?.into_iter().map(LoadRow::into_state).collect()
    }

    pub(crate) fn select_loads(&self, device: Option<DeviceId>) -> Sql {
        let mut sql = self.sql(
            "select device_id, kind, source, capture_id, tried_at, loaded_at, facts, unread_lines, rejected_rows,
                outcome, message
            from fact_loads where tenant_id = $1",
        );
        sql.and("device_id =", device).push(" order by device_id, kind, source");
        sql
    }

    /// Begins loads of different kinds or sources of one device: others of the same wait for their end. Gives when facts
    /// of each were read last.
    pub(super) async fn begin_loads(
        &mut self,
        loads: &[FactLoad<'_>],
        now: Timestamp,
    ) -> StoreResult<Vec<Option<Timestamp>>> {
        let row = |load: &FactLoad<'_>| -> Vec<Arg> {
            let what = [load.device.into(), load.kind.name.into(), load.source.into()];
            what.into_iter().chain([load.capture.into(), load.outcome.as_str().into()]).collect()
        };
        let rows = Rows {
            table: "fact_loads",
            same: &[("tenant_id", self.tenant.into()), ("tried_at", now.into())],
            columns: &["device_id", "kind", "source", "capture_id", "outcome"],
            rows: &loads.iter().map(row).collect::<Vec<_>>(),
            tail: " on conflict (device_id, kind, source) do update set tried_at = excluded.tried_at
                returning device_id, kind, source, loaded_at",
        };
        type Row = (i64, String, String, Option<i64>);
        let before: Vec<Row> = self.insert_rows_returning(rows).await?;
        let of = |load: &FactLoad<'_>| {
            let found =
                before.iter().find(|(d, k, s, _)| (*d, &**k, &**s) == (load.device.0, load.kind.name, load.source));
            found.and_then(|(.., at)| *at).map(Timestamp)
        };
        Ok(loads.iter().map(of).collect())
    }

    /// Writes what came of loads that were begun, and how many facts each has now.
    pub(super) async fn end_loads(&mut self, loads: &[(FactLoad<'_>, i64)], now: Timestamp) -> StoreResult<()> {
        let row = |(load, facts): &(FactLoad<'_>, i64)| -> Vec<Arg> {
            let read = load.outcome != LoadOutcome::NotParsed;
            vec![
                load.device.into(),
                load.kind.name.into(),
                load.source.into(),
                load.capture.into(),
                load.outcome.as_str().into(),
                load.message.into(),
                load.unread_lines.into(),
                load.rejected_rows.into(),
                (*facts).into(),
                Arg::Int(read.then_some(now.0)),
            ]
        };
        // What was not parsed leaves what is known as it is.
        let rows = Rows {
            table: "fact_loads",
            same: &[("tenant_id", self.tenant.into()), ("tried_at", now.into())],
            columns: &[
                "device_id",
                "kind",
                "source",
                "capture_id",
                "outcome",
                "message",
                "unread_lines",
                "rejected_rows",
                "facts",
                "loaded_at",
            ],
            rows: &loads.iter().map(row).collect::<Vec<_>>(),
            tail: " on conflict (device_id, kind, source) do update set capture_id = excluded.capture_id,
                outcome = excluded.outcome, message = excluded.message, unread_lines = excluded.unread_lines,
                rejected_rows = excluded.rejected_rows,
                facts = case when excluded.loaded_at is null then fact_loads.facts else excluded.facts end,
                loaded_at = coalesce(excluded.loaded_at, fact_loads.loaded_at)",
        };
        self.insert_rows(rows).await?;
        Ok(())
    }
}

on_store! {
    read fact_loads(device: Option<DeviceId>) -> Vec<LoadState>;
}

impl LoadRow {
    pub fn into_state(self) -> StoreResult<LoadState> {
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
