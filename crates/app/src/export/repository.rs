//! Configurations as a git repository: a commit for each change, by whom the device says that it was made.
//!
//! `git` itself writes it, by its import stream. Beside the commits stands how far it goes for each device, so an export goes
//! on where the last one ended, and brings all versions of a device that was not in the selection before. In it is what
//! counts of a configuration: no secret, no line that is noise.

mod git;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use ingest::Mask;
use ingest::essence::Filters;
use model::{Author, CaptureId, ChangeKind, Device, DeviceId, Timestamp};
use serde::Serialize;
use store::{CaptureFilter, ChangeEntry, ChangeFilter, StoredCapture};

use crate::actor::Role;
use crate::{Actor, App, AppResult};
use git::{Commit, Marks, Repository};

const TYPE: &str = "configs";
/// Devices or versions in one question.
const CHUNK: usize = 500;

/// What an export to a repository did.
#[derive(Debug, Clone, Serialize)]
pub struct RepositoryReport {
    pub folder: PathBuf,
    /// Written now, or for a dry run to be written.
    pub commits: u64,
    pub devices: u64,
    /// The whole file of each device there; `None` for a dry run into a folder that is no repository yet.
    pub files: Option<u64>,
    pub dry_run: bool,
}

impl App {
    /// Brings the repository in a folder up to date: `<site>/<device>.cfg` of the devices of a selection. A folder that is
    /// not there, or empty, becomes a repository; one with commits of others is left alone.
    pub async fn export_repository(
        &self,
        actor: &Actor,
        folder: &Path,
        selection: &str,
        dry_run: bool,
    ) -> AppResult<RepositoryReport> {
        actor.must(Role::Viewer, "see configurations")?;
        let devices = self.devices(actor, selection).await?;
        let devices: HashMap<DeviceId, Device> = devices.into_iter().map(|d| (d.id, d)).collect();
        let repository = Repository::at(folder, dry_run).await?;
        let mut marks = self.marks(&repository).await?;
        let versions = self.versions_behind(&devices, &marks).await?;
        let changes = self.changes_by_capture(&versions).await?;
        let mut known = self.texts_at(&versions, &marks).await?;
        let mut import = repository.import(dry_run).await?;
        let (mut commits, mut changed) = (0, HashSet::new());
        for version in &versions {
            let Some(device) = devices.get(&version.device) else { continue };
            let (text, author) = self.counting_text(version).await?;
            marks.insert(device.id, version.id);
            if known.get(&device.id) == Some(&text) {
                continue;
            }
            let commit = commit(device, version, changes.get(&version.id), author, &text);
            import.commit(&commit).await?;
            commits += 1;
            changed.insert(device.id);
            known.insert(device.id, text);
        }
        if !versions.is_empty() {
            import.keep_marks(&marks).await?;
        }
        import.finish().await?;
        let files = if commits > 0 || !dry_run { repository.files().await? } else { None };
        let (folder, devices) = (folder.to_path_buf(), changed.len() as u64);
        Ok(RepositoryReport { folder, commits, devices, files, dry_run })
    }

    /// The last version of each device that the repository knows of.
    async fn marks(&self, repository: &Repository) -> AppResult<Marks> {
        if let Some(marks) = repository.marks().await? {
            return Ok(marks);
        }
        // One that was written before marks were kept: its commits name their captures.
        let mut marks = Marks::new();
        for ids in repository.captures().await?.chunks(CHUNK) {
            let filter = CaptureFilter { ids: Some(ids.to_vec()), ..CaptureFilter::default() };
            for version in self.store.captures(&filter).await? {
                let mark = marks.entry(version.device).or_insert(version.id);
                *mark = version.id.max(*mark);
            }
        }
        Ok(marks)
    }

    /// Good versions that are newer than what is known of their device, the oldest first.
    async fn versions_behind(
        &self,
        devices: &HashMap<DeviceId, Device>,
        marks: &Marks,
    ) -> AppResult<Vec<StoredCapture>> {
        let of_type = || CaptureFilter { capture_type: Some(TYPE.to_owned()), ..CaptureFilter::default() };
        let mark = |device: &DeviceId| marks.get(device).copied().unwrap_or(CaptureId(0));
        let latest = self.store.captures(&CaptureFilter { latest_only: true, ..of_type() }).await?;
        let is_behind = |v: &&StoredCapture| devices.contains_key(&v.device) && v.id > mark(&v.device);
        let behind: BTreeSet<DeviceId> = latest.iter().filter(is_behind).map(|v| v.device).collect();
        let behind: Vec<DeviceId> = behind.into_iter().collect();
        let mut versions = Vec::new();
        for chunk in behind.chunks(CHUNK) {
            let (devices, after) = (Some(chunk.to_vec()), chunk.iter().map(mark).min());
            let filter = CaptureFilter { devices, after, complete_only: true, ..of_type() };
            versions.extend(self.store.captures(&filter).await?.into_iter().filter(|v| v.id > mark(&v.device)));
        }
        versions.sort_by_key(|version| version.id);
        Ok(versions)
    }

    /// What changed, by the version in which it was seen.
    async fn changes_by_capture(&self, versions: &[StoredCapture]) -> AppResult<HashMap<CaptureId, ChangeEntry>> {
        let ids: Vec<CaptureId> = versions.iter().map(|version| version.id).collect();
        let mut changes = HashMap::new();
        for chunk in ids.chunks(CHUNK) {
            let (kind, new) = (Some(ChangeKind::Config), Some(chunk.to_vec()));
            let found = self.store.changes(&ChangeFilter { kind, new, ..ChangeFilter::default() }).await?;
            changes.extend(found.into_iter().filter_map(|change| Some((change.new?, change))));
        }
        Ok(changes)
    }

    /// What the repository has of the devices of these versions.
    async fn texts_at(&self, versions: &[StoredCapture], marks: &Marks) -> AppResult<HashMap<DeviceId, String>> {
        let devices: BTreeSet<DeviceId> = versions.iter().map(|version| version.device).collect();
        let mut texts = HashMap::new();
        for (device, mark) in devices.into_iter().filter_map(|device| Some((device, *marks.get(&device)?))) {
            match self.store.capture(mark).await {
                Ok(version) => drop(texts.insert(device, self.counting_text(&version).await?.0)),
                // It is no longer kept: the next version is written whatever it says.
                Err(store::StoreError::NotFound { .. }) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Ok(texts)
    }

    /// Without noise and secrets, in its own order; and who the device says has changed it.
    async fn counting_text(&self, version: &StoredCapture) -> AppResult<(String, Option<Author>)> {
        let content = self.store.content_of(version).await?;
        let text = String::from_utf8_lossy(&content);
        let filters = Filters::of(self.reader.platforms, &version.platform, TYPE);
        let mut lines = filters.essence(&text).lines;
        lines.sort_by_key(|line| line.number);
        let mut counting = String::with_capacity(text.len());
        for line in lines {
            counting.push_str(line.text.trim_end());
            counting.push('\n');
        }
        let masked = match self.reader.platforms.get(&version.platform) {
            Some(platform) => Mask::of(platform).apply(&counting),
            None => counting,
        };
        Ok((masked, filters.author(&text)))
    }
}

fn commit<'t>(
    device: &Device,
    version: &StoredCapture,
    change: Option<&ChangeEntry>,
    author: Option<Author>,
    text: &'t str,
) -> Commit<'t> {
    let site = device.site.as_deref().map(model::text::slug).filter(|s| !s.is_empty());
    let author = author.unwrap_or_default();
    let what = change.map_or_else(|| "first seen".to_owned(), |change| change.summary.clone());
    let mut message = format!("{}: {}\n\n", device.slug, model::text::shown(&what));
    if let Some(run) = version.run {
        message.push_str(&format!("Execution: {run}\n"));
    }
    message.push_str(&format!("Version: {}\n", version.version_no.unwrap_or(0)));
    message.push_str(&format!("{}: {}\n", git::TRAILER, version.id));
    Commit {
        path: format!("{}/{}.cfg", site.unwrap_or_else(|| "unsorted".to_owned()), device.slug),
        file: format!("{}.cfg", device.slug),
        author: author.user.unwrap_or_else(|| "unknown".to_owned()),
        host: device.slug.clone(),
        written_at: author.at.as_deref().and_then(said_at).unwrap_or(version.first_seen),
        seen_at: version.first_seen,
        message,
        text,
    }
}

/// A time as devices print it, where they print it in UTC: what another zone is called there says nothing for sure.
fn said_at(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let utc = text.replace(" GMT", " UTC");
    let forms = ["%H:%M:%S UTC %a %b %d %Y", "%Y-%m-%d %H:%M:%S UTC", "%a %b %d %H:%M:%S UTC %Y"];
    let read = |form: &&str| jiff::civil::DateTime::strptime(form, &utc).ok();
    let time = forms.iter().find_map(read)?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Timestamp(time.timestamp().as_millisecond()))
}

#[test]
fn a_time_counts_when_its_zone_is_known() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(said_at(text).map(|at| at.to_string()), expected.map(str::to_owned), "{text}");
    };
    check("08:12:44 UTC Fri Nov 20 2026", Some("2026-11-20T08:12:44Z"));
    check("2026-11-20 08:12:44 UTC", Some("2026-11-20T08:12:44Z"));
    check("Fri Nov 20 08:12:44 UTC 2026", Some("2026-11-20T08:12:44Z"));
    check("08:12:44 CET Fri Nov 20 2026", None);
    check("yesterday", None);
}
