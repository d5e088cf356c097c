//! What a device said, stored: raw first, then facts and changes, all of one device in one transaction.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ingest::difference::Touched;
use ingest::{Compared, Mask, Outcome, Reader, Reading, Whose};
use model::{Capture, Change, ChangeId, Completeness, Device, DeviceId, RunId, Timestamp};
use store::{CaptureFilter, Content, LoadCounts, LoadOutcome, NewCapture, NewChange, StoredCapture, Tx};

use crate::capture::{Errand, validation};
use crate::fact_changes::{FactChange, FactChanges};
use crate::init::{private_file, private_folder};
use crate::loading::{Measure, Read, load_readings};
use crate::recorder::Recorder;
use crate::{App, AppError, AppResult};

/// What was stored of one device.
#[derive(Debug, Default)]
pub(crate) struct Saved {
    /// By capture type.
    pub captures: BTreeMap<String, u64>,
    /// Facts there now, by kind.
    pub facts: BTreeMap<String, u64>,
    pub changes: u64,
    /// Captures with lines that no rule read, by type.
    pub partly: BTreeMap<String, u64>,
    pub notes: Vec<String>,
    /// What came of loading each capture type.
    pub loads: BTreeMap<String, LoadCounts>,
    /// The captures are there and their facts are not: why, and what to do.
    pub not_loaded: Option<String>,
}

/// A change, and the lines that its severity is judged by.
type Difference = (Change, Vec<Touched>);

/// A capture that was read, with its content kept and compared: ready to be written in a transaction.
pub(crate) struct Prepared {
    capture: Capture,
    reading: Reading,
    content: Content,
    measure: Measure,
    /// The last good capture that it was compared with, and what is different.
    compared: Option<(model::CaptureId, Option<Difference>)>,
    notes: Vec<String>,
}

/// Whether the facts of captures are written with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Load {
    Now,
    Later,
}

impl App {
    /// Reads captures, off the threads that talk with devices.
    pub(crate) async fn read(&self, captures: Vec<Capture>) -> AppResult<Vec<(Capture, Reading)>> {
        self.read_for(captures, Arc::default()).await
    }

    /// As [`App::read`], outputs of a job's own commands by the templates that it names.
    pub(crate) async fn read_for(
        &self,
        captures: Vec<Capture>,
        errand: Arc<Errand>,
    ) -> AppResult<Vec<(Capture, Reading)>> {
        let reader = self.reader.now();
        let read = move || {
            let read = |c: Capture| (validation::read(&reader, &c, &errand), c);
            captures.into_iter().map(read).map(|(r, c)| (c, r)).collect()
        };
        tokio::task::spawn_blocking(read)
            .await
            .map_err(|e| AppError::Invalid(format!("a capture could not be read: {e}")))
    }

    /// Keeps the contents and finds the changes; `device` is `None` for one that is not known yet.
    pub(crate) async fn prepare(
        &self,
        device: Option<DeviceId>,
        read: Vec<(Capture, Reading)>,
    ) -> AppResult<Vec<Prepared>> {
        let (latest, loads) = match device {
            Some(device) => (self.latest(device).await?, self.store.fact_loads(Some(device)).await?),
            None => (Vec::new(), Vec::new()),
        };
        let mut prepared = Vec::with_capacity(read.len());
        for (mut capture, reading) in read {
            let content = self.store.keep_content(&capture.content).await?;
            let same = |s: &&StoredCapture| s.capture_type == capture.capture_type && s.platform == capture.platform;
            let last = latest.iter().find(same);
            let mut notes = Vec::new();
            if self.has_no_end(&capture)
                && let Some(reason) = fall(&capture, last)
            {
                match self.came_last_time(device, &capture, &content).await? {
                    true => notes.push(format!("{}: {reason}, twice the same: taken as it is", capture.capture_type)),
                    false => capture.completeness = Completeness::Cut(reason),
                }
            }
            let mut compared = None;
            if let Some(last) = last
                && capture.completeness.is_complete()
                && last.content_hash != content.hash()
            {
                match self.compare(last, &capture, &reading).await {
                    Ok(change) => compared = Some((last.id, change)),
                    Err(e) => notes.push(format!(
                        "{}: not compared with the version before: {}",
                        capture.capture_type,
                        e.chain()
                    )),
                }
            }
            let measure = Measure::of(&capture.capture_type, &reading, &loads);
            prepared.push(Prepared { capture, reading, content, measure, compared, notes });
        }
        Ok(prepared)
    }

    /// A configuration for which the platform names no end marker.
    fn has_no_end(&self, capture: &Capture) -> bool {
        let kind = self.reader.platforms.capture_type(&capture.capture_type).and_then(|(_, t)| t.change);
        let spec = self.reader.platforms.get(&capture.platform).and_then(|p| p.captures.get(&capture.capture_type));
        kind == Some(model::ChangeKind::Config) && spec.is_some_and(|s| s.end.is_none())
    }

    async fn latest(&self, device: DeviceId) -> AppResult<Vec<StoredCapture>> {
        let filter = CaptureFilter { device: Some(device), latest_only: true, ..CaptureFilter::default() };
        Ok(self.store.captures(&filter).await?)
    }

    /// Whether the newest capture of its type, good or not, said the same: then it is no accident.
    async fn came_last_time(&self, device: Option<DeviceId>, capture: &Capture, content: &Content) -> AppResult<bool> {
        let capture_type = Some(capture.capture_type.clone());
        let filter = CaptureFilter { device, capture_type, ..CaptureFilter::default() };
        let all = self.store.captures(&filter).await?;
        let newest = all.iter().filter(|c| c.platform == capture.platform).max_by_key(|c| (c.last_seen, c.id));
        Ok(device.is_some() && newest.is_some_and(|c| c.content_hash == content.hash()))
    }

    async fn compare(
        &self,
        last: &StoredCapture,
        capture: &Capture,
        reading: &Reading,
    ) -> AppResult<Option<Difference>> {
        let kind = self.reader.platforms.capture_type(&capture.capture_type).and_then(|(_, t)| t.change);
        let Some(kind) = kind else { return Ok(None) };
        let old = Capture {
            capture_type: last.capture_type.clone(),
            command: last.command.clone(),
            platform: last.platform.clone(),
            content: self.store.content(last.id).await?,
            completeness: Completeness::Complete,
        };
        let old_reading = read_safely(&self.reader.now(), &old);
        let (before, after) = (String::from_utf8_lossy(&old.content), String::from_utf8_lossy(&capture.content));
        let old = Compared { text: &before, reading: &old_reading };
        let new = Compared { text: &after, reading };
        let what = (capture.platform.as_str(), capture.capture_type.as_str());
        let compare = || ingest::compare(kind, self.reader.platforms, what, old, new);
        catch_unwind(AssertUnwindSafe(compare)).map_err(|panic| AppError::Invalid(said(&*panic)))
    }

    /// Writes a device's captures, facts and changes.
    pub(crate) async fn save(
        &self,
        tx: &mut Tx,
        device: &Device,
        run: Option<RunId>,
        (all, load): (&[Prepared], Load),
        now: Timestamp,
    ) -> AppResult<Saved> {
        let mut saved = Saved::default();
        let mut facts = FactChanges::default();
        let mut good = Vec::with_capacity(all.len());
        let new = all.iter().map(|one| NewCapture {
            score: one.reading.quality.as_ref().map(|quality| (quality.score() * 1000.0).round() as u16),
            ..NewCapture::new(device.id, run, &one.capture, &one.content)
        });
        let new: Vec<NewCapture<'_>> = new.collect();
        for (one, row) in all.iter().zip(tx.save_captures(&new, now).await?) {
            *saved.captures.entry(one.capture.capture_type.clone()).or_default() += 1;
            saved.notes.extend(one.notes.iter().cloned());
            if let Some(reason) = one.capture.completeness.reason() {
                saved.notes.push(format!("{}: {reason}", one.capture.capture_type));
                continue;
            }
            if let Some((old, Some((change, touched)))) = &one.compared
                && row.is_new
                && row.previous == Some(*old)
            {
                let mut change = proved(change.clone(), *old, row.capture);
                change.severity = self.severity.judge(&change, touched, whose(device));
                let new = NewChange {
                    device: device.id,
                    old: Some(*old),
                    new: row.capture,
                    run,
                    cause: None,
                    change: &change,
                };
                tx.save_change(&new, now).await?;
                saved.changes += 1;
            }
            good.push((row.capture, one));
        }
        let again = run.map_or_else(|| "--all".to_owned(), |run| format!("--execution {run}"));
        if load == Load::Later {
            saved.not_loaded = Some(format!("captures saved and not loaded; `velocity load {again}` loads them"));
            return Ok(saved);
        }
        // What cannot be loaded loses no capture: it is loaded later.
        tx.savepoint().await?;
        match load_all(tx, device.id, &good, now, (&mut saved, &mut facts)).await {
            Ok(()) => tx.release().await?,
            Err(error) => {
                tx.roll_back().await?;
                facts = FactChanges::default();
                saved.facts.clear();
                saved.partly.clear();
                saved.loads.clear();
                saved.not_loaded = Some(format!(
                    "captures saved but not loaded ({}); `velocity load {again}` tries again",
                    error.chain()
                ));
            }
        }
        let told = facts.tell(tx, self.kinds(), device, |change| self.severity.is_noise(change, whose(device))).await?;
        saved.changes += told.len() as u64;
        self.save_fact_changes(tx, device, run, told, now).await?;
        Ok(saved)
    }

    /// What came of another change names it; that one is as severe as the worst that came of it.
    async fn save_fact_changes(
        &self,
        tx: &mut Tx,
        device: &Device,
        run: Option<RunId>,
        mut told: Vec<FactChange>,
        now: Timestamp,
    ) -> AppResult<()> {
        for n in (0..told.len()).rev() {
            let judged = self.severity.judge(&told[n].change, &[], whose(device));
            let severity = judged.max(told[n].change.severity);
            told[n].change.severity = severity;
            if let Some(cause) = told[n].cause {
                told[cause].change.severity = severity.max(told[cause].change.severity);
            }
        }
        let mut ids: Vec<ChangeId> = Vec::with_capacity(told.len());
        for FactChange { change, capture, cause } in &told {
            let old = change.things.iter().find_map(|t| t.old.as_ref()).map(|e| e.capture);
            let cause = cause.and_then(|n| ids.get(n).copied());
            let new = NewChange { device: device.id, old, new: *capture, run, cause, change };
            ids.push(tx.save_change(&new, now).await?);
        }
        Ok(())
    }

    /// As [`App::write_views`] when the captures themselves are safe already: a folder that cannot be written is told.
    pub(crate) fn keep_views(&self, device: &Device, all: &[Prepared], recorder: &Recorder) {
        if let Err(error) = self.write_views(device, all) {
            let error = error.chain();
            tracing::warn!(device = %device.slug, "the view of its captures is not current: {error}");
            recorder.note(format!("{}: {error}", device.slug));
        }
    }

    /// Keeps `collections/<type>/<device>.txt` current: the latest good captures, secrets masked.
    pub(crate) fn write_views(&self, device: &Device, all: &[Prepared]) -> AppResult<()> {
        for one in all.iter().filter(|p| p.capture.completeness.is_complete()) {
            let mask = self.reader.platforms.get(&one.capture.platform).map(Mask::of).unwrap_or_default();
            let text = mask.apply(&String::from_utf8_lossy(&one.capture.content));
            let folder = self.home.join("collections").join(model::text::slug(&one.capture.capture_type));
            private_folder(&folder)?;
            write_whole(&folder.join(format!("{}.txt", device.slug)), &text)?;
        }
        Ok(())
    }
}

fn whose(device: &Device) -> Whose<'_> {
    Whose {
        device: &device.slug,
        platform: &device.platform,
        role: device.role.as_deref(),
        site: device.site.as_deref(),
    }
}

/// With the captures that its evidence is in, which have their numbers now.
fn proved(mut change: Change, old: model::CaptureId, new: model::CaptureId) -> Change {
    for thing in &mut change.things {
        thing.old.iter_mut().for_each(|e| e.capture = old);
        thing.new.iter_mut().for_each(|e| e.capture = new);
    }
    change
}

/// The facts of captures that were saved.
async fn load_all(
    tx: &mut Tx,
    device: DeviceId,
    good: &[(model::CaptureId, &Prepared)],
    now: Timestamp,
    (saved, changes): (&mut Saved, &mut FactChanges),
) -> AppResult<()> {
    let read: Vec<Read<'_>> = good
        .iter()
        .filter_map(|(capture, one)| Read::of(device, *capture, &one.capture.capture_type, &one.reading, one.measure))
        .collect();
    let loaded = load_readings(tx, &read, now).await?;
    for (read, facts) in read.iter().zip(loaded) {
        let capture_type = read.source;
        let from = (read.kind, capture_type, read.reading.template.as_str());
        changes.take(tx, from, read.capture, &read.reading.facts, &facts).await?;
        let counts = facts.counts;
        *saved.facts.entry(read.kind.name.to_owned()).or_default() += counts.added + counts.kept;
        saved.loads.insert(capture_type.to_owned(), counts);
        match read.outcome {
            LoadOutcome::Partly => *saved.partly.entry(capture_type.to_owned()).or_default() += 1,
            _ => saved.notes.extend(read.message.as_ref().map(|m| format!("{capture_type}: {m}"))),
        }
    }
    Ok(())
}

/// A template that ends badly loses neither the capture nor the others of the device.
pub(crate) fn read_safely(reader: &Reader, capture: &Capture) -> Reading {
    safely(reader, capture, || reader.read(capture))
}

/// As [`read_safely`], by another way of reading.
pub(crate) fn safely(reader: &Reader, capture: &Capture, read: impl FnOnce() -> Reading) -> Reading {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let reason = format!("reading it ended badly: {}", said(&*panic));
        tracing::error!(capture_type = %capture.capture_type, platform = %capture.platform, "{reason}");
        let kind = reader.platforms.capture_type(&capture.capture_type).and_then(|(_, t)| t.fact_kind());
        let outcome = Outcome::NotParsed { reason };
        Reading { kind, facts: Vec::new(), rejected: Vec::new(), template: String::new(), outcome, quality: None }
    })
}

/// The words of a panic.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no reason given".to_owned())
}

/// An output of which half is gone was likely cut: says by how much.
fn fall(capture: &Capture, last: Option<&StoredCapture>) -> Option<String> {
    let last = last.filter(|l| capture.completeness.is_complete() && (capture.content.len() as u64) < l.size / 2)?;
    Some(format!("fell from {} to {} bytes", last.size, capture.content.len()))
}

/// Never half a file: written beside it, then put in its place. One that is there and equal is left alone, which is
/// the usual case and saves the disk most of its work.
fn write_whole(path: &Path, text: &str) -> AppResult<()> {
    if std::fs::read(path).is_ok_and(|known| known == text.as_bytes()) {
        return Ok(());
    }
    let failed = |source| AppError::Write { path: path.to_path_buf(), source };
    let beside: PathBuf = path.with_extension("txt.new");
    std::fs::write(&beside, text).map_err(failed)?;
    private_file(&beside)?;
    std::fs::rename(&beside, path).map_err(failed)
}
