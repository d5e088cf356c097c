//! The whole installation in one file, made while it runs, and an installation from such a file.
//!
//! The file is a tar packed by zstd: `manifest.json` first, then `tables/` (rows as JSON, the same for SQLite and
//! PostgreSQL), `captures/`, `home/` (configuration, templates and other files of the data directory), and `end.json`
//! last, so that a file that was cut is known.

mod read;
mod restore;
mod write;

use std::path::{Path, PathBuf};

use model::Timestamp;
use serde::{Deserialize, Serialize};
use store::NewAudit;
use store::backup::{Snapshot, Table};
use tokio::sync::{mpsc, oneshot};

pub use restore::{RestoreOptions, Restored, inspect, restore};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// The layout of the file; another number is another layout.
const FORMAT: u32 = 1;

const MANIFEST: &str = "manifest.json";
const END: &str = "end.json";

/// What a backup is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The program that made it.
    pub version: String,
    pub created_at: Timestamp,
    /// Steps of the schema that were done.
    pub schema_steps: Vec<i64>,
    pub tables: Vec<Table>,
}

/// What is in a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    pub rows: u64,
    pub captures: u64,
    pub files: u64,
}

/// A backup that was made or read.
#[derive(Debug, Clone, Serialize)]
pub struct Backup {
    pub path: PathBuf,
    /// Bytes of the file.
    pub size: u64,
    pub manifest: Manifest,
    pub contents: Contents,
}

/// What the database and the folder of captures hold already, and what tells of one run of the program alone.
const NOT_COPIED: [&str; 3] = ["captures", "logs", "collections"];

impl App {
    /// Writes everything to a new file, which only its owner can read: it holds what devices said, and the sealed vault.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the file is there already, [`AppError::Write`].
    pub async fn backup(&self, actor: &Actor, path: &Path) -> AppResult<Backup> {
        actor.must(Role::Admin, "back up")?;
        if path.exists() {
            return Err(AppError::Invalid(format!("{} is there already; choose another name", path.display())));
        }
        let snapshot = Snapshot::take(&self.store).await?;
        let now = self.clock.now();
        let manifest = Manifest {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            created_at: now,
            schema_steps: snapshot.steps().to_vec(),
            tables: snapshot.tables(),
        };
        let contents = self.write_backup(path, snapshot, &manifest).await?;
        let size = std::fs::metadata(path).map(|m| m.len()).unwrap_or_default();
        let mut tx = self.store.begin().await?;
        let object = path.display().to_string();
        let detail = serde_json::to_value(&contents)?;
        let entry = NewAudit { actor: &actor.name, action: "backup", object: &object, detail: &detail };
        tx.audit(&entry, now).await?;
        tx.commit().await?;
        Ok(Backup { path: path.to_path_buf(), size, manifest, contents })
    }

    /// Rows and contents flow into a thread that packs and writes.
    async fn write_backup(&self, path: &Path, snapshot: Snapshot, manifest: &Manifest) -> AppResult<Contents> {
        let (rows, from_rows) = mpsc::channel(2);
        let (captures, from_captures) = mpsc::channel(16);
        let (all_read, whole) = oneshot::channel();
        let source = write::Source { home: self.home.clone(), rows: from_rows, captures: from_captures, whole };
        let writer = tokio::task::spawn_blocking({
            let (path, manifest) = (path.to_path_buf(), manifest.clone());
            move || write::write(&path, &manifest, source)
        });
        // Captures are kept before any row names them: those of this moment are there when the rows have been read.
        let read = async {
            snapshot.send(&rows).await?;
            drop(rows);
            self.store.packed_contents(&captures).await
        };
        let read = read.await;
        drop(captures);
        match &read {
            // A writer that has failed waits for nothing.
            Ok(()) => drop(all_read.send(())),
            Err(_) => drop(all_read),
        }
        let written = writer.await.map_err(|panic| AppError::Invalid(format!("the backup ended badly: {panic}")))?;
        read?;
        written
    }
}
