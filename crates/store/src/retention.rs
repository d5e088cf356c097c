//! Letting go of what is old: executions, versions of captures with the facts that only they prove, and contents.
//!
//! What may go is decided elsewhere, over [`Held`] captures; what proves a fact that still holds is never among them.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, SystemTime};

use model::{CaptureId, DeviceId, RunId, Timestamp, fact};

use crate::sql::on_store;
use crate::{Store, StoreResult, Tx};

/// A capture, as far as it matters for how long it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub id: CaptureId,
    pub device: DeviceId,
    pub capture_type: String,
    pub platform: String,
    pub is_complete: bool,
    pub last_seen: Timestamp,
    /// SHA-256 of the content, which other captures may have too.
    pub content_hash: String,
    /// It proves a fact that holds, or what was read last.
    pub is_proof: bool,
}

/// What was let go of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct LetGo {
    pub executions: u64,
    pub captures: u64,
    /// Facts that had ended and that only these captures proved.
    pub facts: u64,
}

/// A content that is kept by no capture any more may be about to get one: a device is saying the same again.
const SETTLED: Duration = Duration::from_secs(3600);

impl Tx {
    /// All captures, in the order in which they were saved.
    pub async fn held_captures(&mut self) -> StoreResult<Vec<Held>> {
        let proofs = self.proofs().await?;
        let sql = self.sql(
            "select id, device_id, capture_type, platform, completeness, last_seen, content_hash from captures
                where tenant_id = $1 order by id",
        );
        let mut held = Vec::new();
        self.each_row(sql, |(id, device, capture_type, platform, completeness, seen, content_hash): Row| {
            held.push(Held {
                id: CaptureId(id),
                device: DeviceId(device),
                capture_type,
                platform,
                is_complete: completeness == "complete",
                last_seen: Timestamp(seen),
                content_hash,
                is_proof: proofs.contains(&id),
            });
        })
        .await?;
        Ok(held)
    }

    /// Captures that prove a fact that holds, or what was loaded last.
    async fn proofs(&mut self) -> StoreResult<HashSet<i64>> {
        let mut proofs = HashSet::new();
        let loads = self.sql("select distinct capture_id from fact_loads where tenant_id = $1");
        self.each_row(loads, |(id,): (i64,)| proofs.extend([id])).await?;
        for kind in fact::KINDS {
            let table = kind.table;
            let sql = format!("select distinct capture_id from {table} where tenant_id = $1 and gone_at is null");
            self.each_row(self.sql(sql), |(id,): (i64,)| proofs.extend([id])).await?;
        }
        Ok(proofs)
    }

    /// Deletes executions that have ended, and captures with the facts that ended and that they prove. Captures and
    /// changes of a deleted execution stay, without it.
    pub async fn let_go(&mut self, runs: &[RunId], captures: &[CaptureId]) -> StoreResult<LetGo> {
        let mut gone = LetGo::default();
        let mut sql = self.sql("delete from runs where tenant_id = $1 and state <> 'running' and id");
        sql.is_one_of(runs.iter().map(|id| id.0));
        gone.executions = self.execute(sql).await?;
        if captures.is_empty() {
            return Ok(gone);
        }
        for kind in fact::KINDS {
            let table = kind.table;
            let mut sql = self.sql(format!("delete from {table} where tenant_id = $1 and gone_at is not null"));
            sql.push(" and capture_id").is_one_of(captures.iter().map(|id| id.0));
            gone.facts += self.execute(sql).await?;
        }
        let mut sql = self.sql("delete from captures where tenant_id = $1 and id");
        sql.is_one_of(captures.iter().map(|id| id.0));
        gone.captures = self.execute(sql).await?;
        Ok(gone)
    }

    /// The hashes of all contents that a capture has, of whichever tenant: they share the folder.
    pub(crate) async fn hashes_in_use(&mut self) -> StoreResult<HashSet<String>> {
        let mut hashes = HashSet::new();
        let sql = self.bare("select distinct content_hash from captures");
        self.each_row(sql, |(hash,): (String,)| hashes.extend([hash])).await?;
        Ok(hashes)
    }
}

type Row = (i64, i64, String, String, String, i64, String);

on_store! {
    read held_captures() -> Vec<Held>;
    write let_go(runs: &[RunId], captures: &[CaptureId]) -> LetGo;
}

impl Store {
    /// Bytes that each content takes on disk, by its hash.
    pub async fn content_sizes(&self) -> StoreResult<HashMap<String, u64>> {
        self.contents.sizes().await
    }

    /// Removes contents that no capture has. One that was written or wanted within the hour stays until the next time.
    /// Gives how many, and their bytes on disk.
    pub async fn sweep_contents(&self) -> StoreResult<(u64, u64)> {
        let sizes = self.contents.sizes().await?;
        let in_use = self.reader().await?.hashes_in_use().await?;
        let (mut files, mut bytes) = (0, 0);
        for (hash, size) in sizes.into_iter().filter(|(hash, _)| !in_use.contains(hash)) {
            if self.contents.remove(&hash, SystemTime::now() - SETTLED)? {
                files += 1;
                bytes += size;
            }
        }
        Ok((files, bytes))
    }
}
