//! What a device said, stored: raw first, then facts and changes, all of one device in one transaction.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ingest::{Mask, Outcome, Reading};
use model::{Capture, Change, Completeness, Device, DeviceId, RunId, Timestamp};
use store::{CaptureFilter, Content, FactLoad, LoadOutcome, LoadState, NewCapture, NewChange, StoredCapture, Tx};

use crate::init::{private_file, private_folder};
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
}

/// A capture that was read, with its content kept and compared: ready to be written in a transaction.
pub(crate) struct Prepared {
    capture: Capture,
    reading: Reading,
    content: Content,
    /// Whether what is missing from its facts is gone.
    tells_all: bool,
    /// The last good capture that it was compared with, and what is different.
    compared: Option<(model::CaptureId, Option<Change>)>,
}

impl App {
    /// Reads captures, off the threads that talk with devices.
    pub(crate) async fn read(&self, captures: Vec<Capture>) -> AppResult<Vec<(Capture, Reading)>> {
        let reader = self.reader;
        let read = move || captures.into_iter().map(|c| (reader.read(&c), c)).map(|(r, c)| (c, r)).collect();
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
            if self.has_no_end(&capture) {
                suspect_a_cut(&mut capture, last);
            }
            let compared = match last {
                Some(last) if capture.completeness.is_complete() && last.content_hash != content.hash() => {
                    Some((last.id, self.compare(last, &capture, &reading).await?))
                }
                _ => None,
            };
            let tells_all = tells_all(&capture, &reading, &loads);
            prepared.push(Prepared { capture, reading, content, tells_all, compared });
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

    async fn compare(&self, last: &StoredCapture, capture: &Capture, reading: &Reading) -> AppResult<Option<Change>> {
        let kind = self.reader.platforms.capture_type(&capture.capture_type).and_then(|(_, t)| t.change);
        let platform = self.reader.platforms.get(&capture.platform);
        let (Some(kind), Some(platform)) = (kind, platform) else { return Ok(None) };
        let old = Capture {
            capture_type: last.capture_type.clone(),
            command: last.command.clone(),
            platform: last.platform.clone(),
            content: self.store.content(last.id).await?,
            completeness: Completeness::Complete,
        };
        let old_reading = self.reader.read(&old);
        let (before, after) = (String::from_utf8_lossy(&old.content), String::from_utf8_lossy(&capture.content));
        Ok(ingest::compare(kind, platform, &capture.capture_type, (&before, &old_reading), (&after, reading)))
    }

    /// Writes a device's captures, facts and changes.
    pub(crate) async fn save(
        &self,
        tx: &mut Tx,
        device: &Device,
        run: Option<RunId>,
        all: &[Prepared],
        now: Timestamp,
    ) -> AppResult<Saved> {
        let mut saved = Saved::default();
        for one in all {
            let new = NewCapture::new(device.id, run, &one.capture, &one.content);
            let row = tx.save_capture(&new, now).await?;
            *saved.captures.entry(one.capture.capture_type.clone()).or_default() += 1;
            if let Some(reason) = one.capture.completeness.reason() {
                saved.notes.push(format!("{}: {reason}", one.capture.capture_type));
                continue;
            }
            load_facts(tx, device.id, row.capture, one, now, &mut saved).await?;
            if let Some((old, Some(change))) = &one.compared
                && row.is_new
                && row.previous == Some(*old)
            {
                tx.save_change(&NewChange { device: device.id, old: Some(*old), new: row.capture, run, change }, now)
                    .await?;
                saved.changes += 1;
            }
        }
        Ok(saved)
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

async fn load_facts(
    tx: &mut Tx,
    device: DeviceId,
    capture: model::CaptureId,
    one: &Prepared,
    now: Timestamp,
    saved: &mut Saved,
) -> AppResult<()> {
    let Prepared { capture: Capture { capture_type, .. }, reading, .. } = one;
    let Some(kind) = reading.kind else { return Ok(()) };
    let (outcome, unread, message) = match &reading.outcome {
        Outcome::Text => return Ok(()),
        Outcome::Parsed => (LoadOutcome::Parsed, 0, None),
        Outcome::Partly { unread } => {
            let message = format!(
                "{} lines were read by no rule, the first is line {}",
                unread.len(),
                unread.first().unwrap_or(&0)
            );
            (LoadOutcome::Partly, unread.len(), Some(message))
        }
        Outcome::NotParsed { reason } => (LoadOutcome::NotParsed, 0, Some(format!("not parsed: {reason}"))),
    };
    let message = message.or_else(|| reading.rejected.first().map(|r| format!("line {}: {}", r.line, r.reason)));
    let load = FactLoad {
        device,
        kind,
        source: capture_type,
        capture,
        template: &reading.template,
        complete: one.tells_all,
        outcome,
        unread_lines: u32::try_from(unread).unwrap_or(u32::MAX),
        rejected_rows: u32::try_from(reading.rejected.len()).unwrap_or(u32::MAX),
        message: message.as_deref(),
    };
    let counts = tx.load_facts(&load, &reading.facts, now).await?;
    *saved.facts.entry(kind.name.to_owned()).or_default() += counts.added + counts.kept;
    match outcome {
        LoadOutcome::Partly => *saved.partly.entry(capture_type.clone()).or_default() += 1,
        _ => saved.notes.extend(message.map(|m| format!("{capture_type}: {m}"))),
    }
    Ok(())
}

/// Lines that no rule read may hold what seems to be missing; unless there were as many the last time, when nothing
/// was missing: many templates leave headings and counters unread.
fn tells_all(capture: &Capture, reading: &Reading, loads: &[LoadState]) -> bool {
    match &reading.outcome {
        Outcome::Parsed => true,
        Outcome::Partly { unread } => {
            let last = loads.iter().find(|l| l.source == capture.capture_type).map(|l| l.unread_lines);
            reading.kind == Some(&model::fact::SYSTEM) || last.is_some_and(|last| unread.len() as u64 <= last)
        }
        Outcome::NotParsed { .. } | Outcome::Text => false,
    }
}

/// An output of which half is gone was likely cut.
fn suspect_a_cut(capture: &mut Capture, last: Option<&StoredCapture>) {
    let fell = last.is_some_and(|l| (capture.content.len() as u64) < l.size / 2);
    if fell && capture.completeness.is_complete() {
        let sizes = (last.map_or(0, |l| l.size), capture.content.len());
        capture.completeness = Completeness::Cut(format!("fell from {} to {} bytes", sizes.0, sizes.1));
    }
}

/// Never half a file: written beside it, then put in its place.
fn write_whole(path: &Path, text: &str) -> AppResult<()> {
    let failed = |source| AppError::Write { path: path.to_path_buf(), source };
    let beside: PathBuf = path.with_extension("txt.new");
    std::fs::write(&beside, text).map_err(failed)?;
    private_file(&beside)?;
    std::fs::rename(&beside, path).map_err(failed)
}
