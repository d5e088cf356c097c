//! Whether the database is sound, and whether every capture has its content.

use std::collections::HashSet;

use futures::StreamExt;
use model::Timestamp;
use serde::Serialize;

use crate::content;
use crate::sql::{Dialect, on_store};
use crate::{Store, StoreResult, Tx};

/// What a database says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DatabaseHealth {
    /// `SQLite 3.50.4`, `PostgreSQL 16.2`
    pub version: String,
    /// What is wrong in its file, at most a hundred lines. PostgreSQL looks after its own.
    pub faults: Vec<String>,
    /// Milliseconds by which its clock is before ours; 0 for SQLite, which has none.
    pub clock_ahead_ms: i64,
    /// The latest time that is written in it.
    pub latest: Option<Timestamp>,
}

/// Captures and their contents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ContentHealth {
    /// Different contents that captures name.
    pub named: u64,
    /// Of these, those that are not there.
    pub missing: Vec<String>,
    /// Contents that nothing names any more.
    pub unnamed: u64,
}

impl Tx {
    /// With `deep` every page and every index is read: some minutes for a large file.
    pub async fn database_health(&mut self, deep: bool, now: Timestamp) -> StoreResult<DatabaseHealth> {
        let latest = "select max(at) from (select max(heartbeat_at) as at from runs
            union all select max(detected_at) from changes union all select max(at) from audit_log) t";
        let is_sqlite = self.dialect() == Dialect::Sqlite;
        let (version, faults, clock_ahead_ms) = match is_sqlite {
            true => {
                let (version,): (String,) = self.one(self.bare("select sqlite_version()")).await?;
                let check = if deep { "pragma integrity_check(100)" } else { "pragma quick_check(100)" };
                let said: Vec<(String,)> = self.all(self.bare(check)).await?;
                let faults = said.into_iter().map(|(line,)| line).filter(|line| line != "ok").collect();
                (format!("SQLite {version}"), faults, 0)
            }
            false => {
                let sql =
                    "select split_part(version(), ' ', 2), (extract(epoch from clock_timestamp()) * 1000)::bigint";
                let (version, at): (String, i64) = self.one(self.bare(sql)).await?;
                (format!("PostgreSQL {version}"), Vec::new(), at - now.0)
            }
        };
        // A file that is damaged may not tell.
        let latest: Option<(Option<i64>,)> = self.optional(self.bare(latest)).await.unwrap_or_default();
        let latest = latest.and_then(|(at,)| at).map(Timestamp);
        Ok(DatabaseHealth { version, faults, clock_ahead_ms, latest })
    }

    /// Writes something, and takes it back.
    pub async fn try_to_write(&mut self) -> StoreResult<()> {
        self.savepoint().await?;
        self.execute(self.sql("update tenants set created_at = created_at + 1 where id = $1")).await?;
        self.roll_back().await
    }
}

on_store! {
    read database_health(deep: bool, now: Timestamp) -> DatabaseHealth;
    write try_to_write() -> ();
}

impl Store {
    /// Compares what captures name with what is kept. What is in it is not read.
    pub async fn content_health(&self) -> StoreResult<ContentHealth> {
        let named = self.reader().await?.hashes_in_use().await?;
        let mut health = ContentHealth { named: named.len() as u64, ..ContentHealth::default() };
        let (mut files, mut kept) = (self.contents.names(), HashSet::new());
        while let Some(name) = files.next().await {
            match content::named(&name?).map(|(hash, _)| hash).filter(|hash| named.contains(hash)) {
                Some(hash) => drop(kept.insert(hash)),
                None => health.unnamed += 1,
            }
        }
        health.missing = named.difference(&kept).cloned().collect();
        health.missing.sort();
        Ok(health)
    }
}
