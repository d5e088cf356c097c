//! `templates update`: a newer release of ntc-templates, tried on the latest captures before it is used.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::templates::{Library, Release};
use ingest::Reader;
use model::Device;
use serde::Serialize;
use serde_json::json;
use store::{CaptureFilter, NewAudit, StoredCapture};

use super::difference::Difference;
use super::download::download;
use super::installed::{self, Installed};
use super::{Import, Templates, TemplatesError, compile};
use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// Where the new release is.
#[derive(Debug, Clone)]
pub enum UpdateFrom {
    /// A wheel, or a folder with an index and templates.
    Path(PathBuf),
    /// A version, or `latest`, which pip brings.
    Version(String),
}

/// The new release beside the one in use.
#[derive(Debug, Clone, Serialize)]
pub struct Update {
    pub source: String,
    /// SHA-256 of the wheel; a folder has none.
    pub sha256: Option<String>,
    pub version_in_use: Option<String>,
    pub version: Option<String>,
    pub templates_added: Vec<String>,
    pub templates_removed: Vec<String>,
    pub templates_changed: Vec<String>,
    /// Latest captures that a template reads, and those of them whose templates changed and whose rows do not.
    pub captures: usize,
    pub captures_same: usize,
    pub changes: Vec<CaptureChange>,
    /// It is in use now.
    pub taken: bool,
}

/// A capture that the new release reads otherwise.
#[derive(Debug, Clone, Serialize)]
pub struct CaptureChange {
    pub device: String,
    pub capture_type: String,
    pub command: String,
    pub template: String,
    #[serde(flatten)]
    pub difference: Difference,
}

/// The release that was in use, and the one that is now: `None` is the embedded one.
#[derive(Debug, Clone, Serialize)]
pub struct Undone {
    pub from: Installed,
    pub to: Option<Installed>,
}

impl App {
    /// Tries a release on the latest captures; takes it into use when that is wanted and it can be used.
    pub async fn update_templates(&self, actor: &Actor, from: &UpdateFrom, take: bool) -> AppResult<Update> {
        actor.must(Role::Admin, "change the templates")?;
        let (path, release, brought) = fetched(from.clone()).await?;
        let new = Arc::new(release);
        check(&new)?;
        let mut update = self.compare_templates(&path, &new).await?;
        if brought.is_some() {
            update.source = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        }
        if take {
            let now = self.clock.now();
            let mut tx = self.store.begin().await?;
            let object = format!("templates {}", update.version.as_deref().unwrap_or("of a folder"));
            let detail = json!({ "source": update.source, "sha256": update.sha256, "before": update.version_in_use });
            let entry = NewAudit { actor: &actor.name, action: "templates.update", object: &object, detail: &detail };
            tx.audit(&entry, now).await?;
            installed::take(&self.home, &new, Path::new(&update.source), now)?;
            tx.commit().await?;
            update.taken = true;
        }
        Ok(update)
    }

    /// Goes back to the release before. `home` is opened without what is in use, which may be damaged.
    pub async fn undo_templates(home: &Path, actor: &Actor, dry_run: bool) -> AppResult<Undone> {
        actor.must(Role::Admin, "change the templates")?;
        let app = App::open_without_update(home).await?;
        let mut tx = app.store.begin().await?;
        let (from, to) = installed::undo(home, true)?;
        if !dry_run {
            let object = format!("templates {}", from.version.as_deref().unwrap_or("of a folder"));
            let detail = json!({ "back_to": to.as_ref().map(|to| &to.version) });
            let entry = NewAudit { actor: &actor.name, action: "templates.undo", object: &object, detail: &detail };
            tx.audit(&entry, app.clock.now()).await?;
            installed::undo(home, false)?;
            tx.commit().await?;
        }
        Ok(Undone { from, to })
    }

    /// As [`Templates::import`], with an entry in the audit log.
    pub async fn import_templates(&self, actor: &Actor, from: &Path, dry_run: bool) -> AppResult<Import> {
        actor.must(Role::Admin, "change the templates")?;
        let templates = Templates::at(Some(&self.home));
        if dry_run {
            return Ok(templates.import(from, true)?);
        }
        let mut tx = self.store.begin().await?;
        let done = templates.import(from, false)?;
        let detail = json!({ "from": from, "templates": done.templates });
        let object = format!("templates of {}", from.display());
        let entry = NewAudit { actor: &actor.name, action: "templates.import", object: &object, detail: &detail };
        tx.audit(&entry, self.clock.now()).await?;
        tx.commit().await?;
        Ok(done)
    }

    async fn compare_templates(&self, path: &Path, release: &Arc<Release>) -> AppResult<Update> {
        let old = self.reader.now().library;
        let library = Templates::with_release(&self.home, Arc::clone(release)).library().map(Arc::clone)?;
        let new = Reader { platforms: self.reader.platforms, library };
        let sha256 = path.is_file().then(|| ::templates::hash_of_file(path)).transpose();
        let mut update = Update {
            source: path.display().to_string(),
            sha256: sha256.map_err(TemplatesError::from)?,
            version_in_use: old.release().version.clone(),
            version: release.version.clone(),
            templates_added: only(release, old.release()),
            templates_removed: only(old.release(), release),
            templates_changed: changed(old.release(), release),
            captures: 0,
            captures_same: 0,
            changes: Vec::new(),
            taken: false,
        };
        let filter = CaptureFilter { latest_only: true, ..CaptureFilter::default() };
        let devices = self.store.devices(&store::DeviceFilter::default()).await?;
        for capture in self.store.captures(&filter).await? {
            self.try_on(&capture, &devices, &new, &mut update).await?;
        }
        Ok(update)
    }

    /// One capture, secrets masked: its rows are shown.
    async fn try_on(
        &self,
        capture: &StoredCapture,
        devices: &[Device],
        new: &Reader,
        update: &mut Update,
    ) -> AppResult<()> {
        let names = |reader: &Reader| reader.templates(&capture.platform, &capture.capture_type, &capture.command);
        let (before, after) = (names(&self.reader.now()), names(new));
        let Some(template) = before.as_ref().or(after.as_ref()).map(|names| names.join(":")) else { return Ok(()) };
        update.captures += 1;
        if before == after
            && before.iter().flatten().all(|name| same_source(&self.reader.now().library, &new.library, name))
        {
            update.captures_same += 1;
            return Ok(());
        }
        let text = self.masked(capture).await?;
        let (old, new) = (self.reader.now().library, Arc::clone(&new.library));
        let compare = move || Difference::of(&text, (&old, before.as_deref()), (&new, after.as_deref()));
        let ended = |e: tokio::task::JoinError| AppError::Invalid(format!("comparing ended badly: {e}"));
        let difference = tokio::task::spawn_blocking(compare).await.map_err(ended)?;
        if difference.is_none() {
            update.captures_same += 1;
            return Ok(());
        }
        let device = devices.iter().find(|device| device.id == capture.device).map(|device| device.slug.clone());
        update.changes.push(CaptureChange {
            device: device.unwrap_or_default(),
            capture_type: capture.capture_type.clone(),
            command: capture.command.clone(),
            template,
            difference,
        });
        Ok(())
    }
}

/// The path and what it holds; what pip brought is gone when the last value is.
async fn fetched(from: UpdateFrom) -> AppResult<(PathBuf, Release, Option<Scratch>)> {
    let read = move || {
        let (path, scratch) = match from {
            UpdateFrom::Path(path) => (path, None),
            UpdateFrom::Version(version) => {
                let scratch = Scratch::new()?;
                (download(&version, &scratch.0)?, Some(scratch))
            }
        };
        let release = Release::read(&path)?;
        Ok::<_, TemplatesError>((path, release, scratch))
    };
    let ended = |e: tokio::task::JoinError| AppError::Invalid(format!("reading the release ended badly: {e}"));
    Ok(tokio::task::spawn_blocking(read).await.map_err(ended)??)
}

/// A folder for the length of an update.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> super::Result<Scratch> {
        let path = std::env::temp_dir().join(format!("velocity-templates-{}", std::process::id()));
        let failed = |source| TemplatesError::Write { path: path.clone(), source };
        crate::init::private_folder(&path).map_err(|e| failed(std::io::Error::other(e)))?;
        Ok(Scratch(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left lies among temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A release with a template that cannot be used is not taken.
fn check(release: &Release) -> super::Result<()> {
    let bad = |name: &str| {
        let problem = compile(name, release.source(name).unwrap_or_default()).err()?;
        Some((name.to_owned(), super::folder::reason(&problem)))
    };
    let mut names: Vec<&str> = release.names().collect();
    names.sort_unstable();
    let mut bad: Vec<(String, String)> = names.into_iter().filter_map(bad).collect();
    let count = bad.len();
    match bad.drain(..).next() {
        Some((name, reason)) => Err(TemplatesError::BrokenRelease { count, name, reason }),
        None => Ok(()),
    }
}

fn only(of: &Release, but: &Release) -> Vec<String> {
    let mut names: Vec<String> = of.names().filter(|name| but.source(name).is_none()).map(str::to_owned).collect();
    names.sort_unstable();
    names
}

fn changed(old: &Release, new: &Release) -> Vec<String> {
    let differs = |name: &&str| old.source(name).is_some_and(|source| new.source(name) != Some(source));
    let mut names: Vec<String> = new.names().filter(differs).map(str::to_owned).collect();
    names.sort_unstable();
    names
}

fn same_source(old: &Library, new: &Library, name: &str) -> bool {
    old.source(name) == new.source(name)
}
