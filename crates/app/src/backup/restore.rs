//! An installation from a backup: made beside the place, and moved there when it is whole.

use std::path::{Path, PathBuf};

use model::{Clock, SystemClock, TenantId};
use serde::Serialize;
use store::StoreConfig;
use store::backup::Restore;
use tokio::sync::mpsc;

use super::read::{self, Piece};
use super::{Backup, Contents, Manifest};
use crate::config::{self, Config};
use crate::init::{private_file, private_folder};
use crate::{App, AppError, AppResult};

#[derive(Debug, Clone, Default)]
pub struct RestoreOptions {
    /// A data directory that is there is moved aside. Without it, that is an error.
    pub force: bool,
    /// Take `config.yaml` of the data directory that is there, and with it its database, which must be empty.
    pub keep_config: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Restored {
    pub home: PathBuf,
    pub manifest: Manifest,
    pub contents: Contents,
    /// Where the data directory is now that was there before.
    pub moved_aside: Option<PathBuf>,
}

/// Reads the whole file and says what is in it; an error when it is cut or damaged.
pub async fn inspect(path: &Path) -> AppResult<Backup> {
    let owned = path.to_path_buf();
    let (manifest, contents) = aside(move || read::read(&owned, |_, _| Ok(()))).await?;
    let size = std::fs::metadata(path).map(|m| m.len()).unwrap_or_default();
    Ok(Backup { path: path.to_path_buf(), size, manifest, contents })
}

/// Makes `home` what the backup says.
///
/// # Errors
/// [`AppError::Invalid`] when there is a data directory already, or the file is no whole backup; then nothing is changed.
pub async fn restore(path: &Path, home: &Path, options: &RestoreOptions) -> AppResult<Restored> {
    let is_there = home.join(config::FILE).exists() || home.join("velocity.db").exists();
    if is_there && !options.force && !options.keep_config {
        let text = format!("{} is in use; --force moves it aside, --home names another", home.display());
        return Err(AppError::Invalid(text));
    }
    let backup = inspect(path).await?;
    let stamp = SystemClock.now().0;
    let beside = |what: &str| -> PathBuf {
        let mut name = home.as_os_str().to_owned();
        name.push(format!(".{what}-{stamp}"));
        name.into()
    };
    let fresh = beside("restoring");
    private_folder(&fresh)?;
    let made = fill(&backup, home, &fresh, options).await;
    if let Err(error) = made {
        let _ = std::fs::remove_dir_all(&fresh);
        return Err(error);
    }
    let mut moved_aside = None;
    if home.exists() {
        let old = beside("before-restore");
        rename(home, &old)?;
        moved_aside = Some(old);
    }
    rename(&fresh, home)?;
    Ok(Restored { home: home.to_path_buf(), manifest: backup.manifest, contents: backup.contents, moved_aside })
}

fn rename(from: &Path, to: &Path) -> AppResult<()> {
    std::fs::rename(from, to).map_err(|source| AppError::Write { path: to.to_path_buf(), source })
}

/// Two ways through the file: the configuration says which database it is.
async fn fill(backup: &Backup, home: &Path, fresh: &Path, options: &RestoreOptions) -> AppResult<()> {
    let (path, folder) = (backup.path.clone(), fresh.to_path_buf());
    aside(move || read::read(&path, |_, piece| write_file(&folder, piece))).await?;
    if options.keep_config {
        let (from, to) = (home.join(config::FILE), fresh.join(config::FILE));
        std::fs::copy(&from, &to).map_err(|source| AppError::Write { path: from, source })?;
        private_file(&to)?;
    }
    for folder in ["captures", "collections", "batches", "logs"] {
        private_folder(&fresh.join(folder))?;
    }
    let config = Config::load(fresh)?;
    let store = StoreConfig { database: App::database(fresh, &config), captures_dir: fresh.join("captures") };
    let mut restore = Restore::begin(&store, TenantId::DEFAULT, &backup.manifest.schema_steps).await?;
    let (sender, mut pieces) = mpsc::channel(4);
    let path = backup.path.clone();
    let reading = tokio::task::spawn_blocking(move || {
        let gone = || AppError::Invalid("the restore was given up".to_owned());
        read::read(&path, |_, piece| sender.blocking_send(piece).map_err(|_| gone()))
    });
    while let Some(piece) = pieces.recv().await {
        match piece {
            Piece::Rows(table, chunk) => drop(restore.rows(&table, &chunk).await?),
            Piece::Capture(name, packed) => restore.content(&name, packed.into()).await?,
            Piece::File(..) => {}
        }
    }
    reading.await.map_err(|e| ended_badly(&e))??;
    restore.finish().await?.close().await;
    let database = fresh.join("velocity.db");
    if database.exists() { private_file(&database) } else { Ok(()) }
}

/// A file of the data directory; `read` has seen to it that its path stays inside.
fn write_file(folder: &Path, piece: Piece) -> AppResult<()> {
    let Piece::File(name, bytes) = piece else { return Ok(()) };
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        private_folder(parent)?;
    }
    std::fs::write(&path, bytes).map_err(|source| AppError::Write { path: path.clone(), source })?;
    private_file(&path)
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> AppResult<T> + Send + 'static) -> AppResult<T> {
    tokio::task::spawn_blocking(work).await.map_err(|e| ended_badly(&e))?
}

fn ended_badly(panic: &tokio::task::JoinError) -> AppError {
    AppError::Invalid(format!("the backup could not be read: {panic}"))
}
