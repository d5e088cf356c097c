//! `load`: facts once more from captures that are stored, after templates or mappings changed, or from a folder of files
//! that somebody else collected.
//!
//! The time of a load is when the device said it, not now: loading the same twice changes nothing.

use std::path::PathBuf;

use ingest::{Outcome, Reading};
use model::{Capture, CaptureId, Completeness, Device, RunId};
use serde::Serialize;
use store::{CaptureFilter, LoadCounts, NewAudit, StoredCapture};

use crate::actor::Role;
use crate::loading::{Measure, load_reading};
use crate::saving::read_safely;
use crate::select::Selector;
use crate::{Actor, App, AppError, AppResult};

mod folder;

pub use folder::FileSkipped;

/// Rejected rows that are told one by one.
const TOLD: usize = 5;

#[derive(Debug, Clone)]
pub struct LoadRequest {
    pub what: WhatToLoad,
    /// Capture types with commas; all when left out.
    pub types: Option<String>,
    /// Do it all, and take it back.
    pub dry_run: bool,
}

#[derive(Debug, Clone)]
pub enum WhatToLoad {
    /// What a run brought.
    Run(RunId),
    /// The latest good captures of devices, by a selection.
    Devices(String),
    /// Files `<type>/<device>.txt`.
    Folder(PathBuf),
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct LoadReport {
    pub dry_run: bool,
    pub devices: Vec<DeviceLoad>,
    /// Of a folder: what was left out, and why.
    pub skipped: Vec<FileSkipped>,
}

#[derive(Debug, Clone, Serialize)]
pub struct DeviceLoad {
    pub device: String,
    /// Why nothing of it was loaded.
    pub error: Option<String>,
    pub types: Vec<TypeLoad>,
}

/// One capture, and what came of it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TypeLoad {
    pub capture_type: String,
    /// Kind of facts; none for a type that is only kept as text.
    pub kind: Option<&'static str>,
    /// `parsed`, `partly`, `not_parsed`, `text`; `cut`, `refused` or `older` when it was not read at all.
    pub outcome: &'static str,
    pub template: String,
    pub rows: u64,
    pub added: u64,
    pub kept: u64,
    pub gone: u64,
    pub unread_lines: u64,
    pub rejected_rows: u64,
    /// Why it was not read; the first lines that no rule read; the first rows that are no facts.
    pub notes: Vec<String>,
    /// Of a folder: the file, and how its device was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

impl TypeLoad {
    fn count(&mut self, counts: Option<LoadCounts>) {
        let counts = counts.unwrap_or_default();
        (self.added, self.kept, self.gone) = (counts.added, counts.kept, counts.gone);
    }
}

impl LoadReport {
    /// Whether there is something that a person should look at.
    pub fn has_failures(&self) -> bool {
        self.devices.iter().any(|d| d.error.is_some() || d.types.iter().any(|t| t.outcome == "not_parsed"))
    }
}

impl App {
    /// Reads captures again and moves the facts: one transaction for each device. A device that fails is told in the
    /// report, and the others go on.
    pub async fn load(&self, actor: &Actor, request: &LoadRequest) -> AppResult<LoadReport> {
        actor.must(Role::Operator, "load captures")?;
        let types = request.types.as_deref().map(|types| self.capture_types(types)).transpose()?;
        let is_wanted = |name: &str| types.as_ref().is_none_or(|types| types.iter().any(|t| t == name));
        let (run, devices) = match &request.what {
            WhatToLoad::Folder(folder) => return self.load_folder(actor, folder, &is_wanted, request.dry_run).await,
            WhatToLoad::Run(run) => (Some(self.store.run(*run).await?.id), self.select(&Selector::All).await?),
            WhatToLoad::Devices(selection) => (None, self.select(&Selector::parse(selection)?).await?),
        };
        let mut report = LoadReport { dry_run: request.dry_run, ..LoadReport::default() };
        for device in devices {
            let captures = self.stored(&device, run, &is_wanted).await?;
            if captures.is_empty() {
                continue;
            }
            let loaded = self.load_device(actor, &device, captures, request.dry_run).await;
            let device = device.slug;
            report.devices.push(match loaded {
                Ok(types) => DeviceLoad { device, error: None, types },
                Err(error) => DeviceLoad { device, error: Some(error.chain()), types: Vec::new() },
            });
        }
        Ok(report)
    }

    /// The latest good captures of a device; of a run all that it brought, the latest or not.
    async fn stored(
        &self,
        device: &Device,
        run: Option<RunId>,
        is_wanted: &impl Fn(&str) -> bool,
    ) -> AppResult<Vec<(StoredCapture, bool)>> {
        let all = CaptureFilter { device: Some(device.id), ..CaptureFilter::default() };
        let latest = self.store.captures(&CaptureFilter { latest_only: true, ..all.clone() }).await?;
        let mut captures: Vec<(StoredCapture, bool)> = match run {
            None => latest.into_iter().map(|c| (c, true)).collect(),
            Some(_) => {
                let of_run = self.store.captures(&CaptureFilter { run, ..all }).await?;
                of_run.into_iter().map(|c| (latest.iter().any(|l| l.id == c.id), c)).map(|(is, c)| (c, is)).collect()
            }
        };
        captures.retain(|(c, _)| is_wanted(&c.capture_type));
        captures.sort_by(|(a, _), (b, _)| (&a.capture_type, a.id).cmp(&(&b.capture_type, b.id)));
        Ok(captures)
    }

    async fn load_device(
        &self,
        actor: &Actor,
        device: &Device,
        captures: Vec<(StoredCapture, bool)>,
        dry_run: bool,
    ) -> AppResult<Vec<TypeLoad>> {
        let loads = self.store.fact_loads(Some(device.id)).await?;
        let mut read = Vec::with_capacity(captures.len());
        let mut told = Vec::new();
        for (stored, is_latest) in captures {
            match not_loaded(&stored, is_latest) {
                Some(left_out) => told.push(left_out),
                None => {
                    let reading = self.read_stored(&stored).await?;
                    read.push((stored, reading));
                }
            }
        }
        let mut tx = self.store.begin().await?;
        for (stored, reading) in &read {
            let measure = Measure::of(&stored.capture_type, reading, &loads);
            let ty = &stored.capture_type;
            let loaded = load_reading(&mut tx, device.id, stored.id, ty, reading, measure, stored.last_seen).await?;
            told.push(type_load(ty, reading, loaded));
        }
        if !dry_run {
            audit(&mut tx, actor, device, &told, self.now()).await?;
            tx.commit().await?;
        }
        told.sort_by(|a, b| a.capture_type.cmp(&b.capture_type));
        Ok(told)
    }

    /// Off the threads that wait for the database.
    async fn read_stored(&self, stored: &StoredCapture) -> AppResult<Reading> {
        let capture = Capture {
            capture_type: stored.capture_type.clone(),
            command: stored.command.clone(),
            platform: stored.platform.clone(),
            content: self.store.content(stored.id).await?,
            completeness: stored.completeness.clone(),
        };
        let reader = self.reader.now();
        let reading = tokio::task::spawn_blocking(move || read_safely(&reader, &capture)).await;
        reading.map_err(|e| AppError::Invalid(format!("a capture could not be read: {e}")))
    }
}

/// A capture that says nothing of what is there now.
fn not_loaded(stored: &StoredCapture, is_latest: bool) -> Option<TypeLoad> {
    let (outcome, note) = match (&stored.completeness, is_latest) {
        (Completeness::Cut(reason), _) => ("cut", reason.clone()),
        (Completeness::Refused(reason), _) => ("refused", reason.clone()),
        (Completeness::Invalid(reason), _) => ("invalid", reason.clone()),
        (Completeness::Complete, false) => ("older", "a newer capture has taken its place".to_owned()),
        (Completeness::Complete, true) => return None,
    };
    Some(TypeLoad { capture_type: stored.capture_type.clone(), outcome, notes: vec![note], ..TypeLoad::default() })
}

pub(crate) fn type_load(capture_type: &str, reading: &Reading, counts: Option<LoadCounts>) -> TypeLoad {
    let unread: &[u32] = match &reading.outcome {
        Outcome::Partly { unread } => unread,
        _ => &[],
    };
    let mut notes = Vec::new();
    if let Outcome::NotParsed { reason } = &reading.outcome {
        notes.push(reason.clone());
    }
    if !unread.is_empty() {
        let first: Vec<String> = unread.iter().take(TOLD).map(u32::to_string).collect();
        let more = if unread.len() > TOLD { " …" } else { "" };
        notes.push(format!("no rule reads line {}{more}", first.join(", ")));
    }
    notes.extend(reading.rejected.iter().take(TOLD).map(|r| format!("line {}: {}", r.line, r.reason)));
    let mut load = TypeLoad {
        capture_type: capture_type.to_owned(),
        kind: reading.kind.map(|k| k.name),
        outcome: reading.outcome.as_str(),
        template: reading.template.clone(),
        rows: (reading.facts.len() + reading.rejected.len()) as u64,
        unread_lines: unread.len() as u64,
        rejected_rows: reading.rejected.len() as u64,
        notes,
        ..TypeLoad::default()
    };
    load.count(counts);
    load
}

/// What was loaded, in the transaction that did it.
pub(crate) async fn audit(
    tx: &mut store::Tx,
    actor: &Actor,
    device: &Device,
    told: &[TypeLoad],
    now: model::Timestamp,
) -> AppResult<()> {
    let of = |t: &TypeLoad| {
        serde_json::json!({ "type": t.capture_type, "outcome": t.outcome, "from": t.from,
            "added": t.added, "kept": t.kept, "gone": t.gone })
    };
    let detail = serde_json::Value::Array(told.iter().map(of).collect());
    let object = format!("device {}", device.slug);
    let entry = NewAudit { actor: &actor.name, action: "facts.load", object: &object, detail: &detail };
    Ok(tx.audit(&entry, now).await?)
}

/// For a dry run: nothing is saved, so no capture has this number.
pub(crate) const NO_CAPTURE: CaptureId = CaptureId(0);
