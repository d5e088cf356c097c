//! The releases of ntc-templates that were taken into use, kept in `releases/` of the data directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::templates::Release;
use model::Timestamp;
use serde::{Deserialize, Serialize};

use super::folder::put;
use super::{Result, TemplatesError};
use crate::init::private_folder;

/// Names the releases, the one in use last. Without it the embedded one is in use.
const LIST: &str = "releases.json";

/// A release that was taken into use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installed {
    /// What it says of itself; a folder says nothing.
    pub version: Option<String>,
    /// What it was read from.
    pub source: String,
    /// SHA-256 of the stored file, which is named by it.
    pub sha256: String,
    pub since: Timestamp,
}

/// The release in use.
pub(super) fn in_use(home: &Path) -> Result<Arc<Release>> {
    match list(home)?.pop() {
        Some(last) => Ok(Arc::new(Release::open(&file(home, &last.sha256), &last.sha256, last.version)?)),
        None => Ok(Arc::clone(Release::builtin())),
    }
}

/// Takes a release into use; those before stay where they are.
pub(super) fn take(home: &Path, release: &Release, source: &Path, now: Timestamp) -> Result<Installed> {
    let (sha256, packed) = release.packed();
    let path = file(home, &sha256);
    let folder = folder(home);
    private_folder(&folder).map_err(|e| write_error(&folder, std::io::Error::other(e)))?;
    put(&path, packed)?;
    let source = source.display().to_string();
    let installed = Installed { version: release.version.clone(), source, sha256, since: now };
    let mut all = list(home)?;
    all.push(installed.clone());
    store(home, &all)?;
    Ok(installed)
}

/// Goes back to the release before. Gives the one that was in use, and the one that is now: `None` is the embedded one.
pub(super) fn undo(home: &Path, dry_run: bool) -> Result<(Installed, Option<Installed>)> {
    let mut all = list(home)?;
    let last = all.pop().ok_or(TemplatesError::NothingToUndo)?;
    if !dry_run {
        store(home, &all)?;
    }
    Ok((last, all.pop()))
}

fn list(home: &Path) -> Result<Vec<Installed>> {
    let path = folder(home).join(LIST);
    let failed = |source| TemplatesError::Read { path: path.clone(), source };
    match fs::read(&path) {
        Ok(text) => serde_json::from_slice(&text).map_err(|e| failed(e.into())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(failed(e)),
    }
}

fn store(home: &Path, all: &[Installed]) -> Result<()> {
    let path = folder(home).join(LIST);
    let text = serde_json::to_vec_pretty(all).map_err(|e| write_error(&path, e.into()))?;
    put(&path, &text)
}

fn folder(home: &Path) -> PathBuf {
    home.join("releases")
}

fn file(home: &Path, sha256: &str) -> PathBuf {
    folder(home).join(format!("{sha256}.ntc"))
}

fn write_error(path: &Path, source: std::io::Error) -> TemplatesError {
    TemplatesError::Write { path: path.to_path_buf(), source }
}
