//! Captures: their versions, and their text with secrets masked.

use std::collections::HashMap;

use ingest::Mask;
use model::{Capture, Completeness, Device, Timestamp};
use serde::Serialize;
use store::{CaptureFilter, LoadState, StoredCapture};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// A version of what a device said.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CaptureView {
    pub id: model::CaptureId,
    pub capture_type: String,
    pub command: String,
    pub platform: String,
    /// Counts the good ones; an incomplete one has none.
    pub version: Option<i64>,
    pub size: u64,
    pub content_hash: String,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub completeness: Completeness,
    /// Facts that were read from the latest one; `None` for a type without facts.
    pub facts: Option<u64>,
    /// How reading it went: `parsed`, `partly`, `not_parsed`.
    pub parsed: Option<&'static str>,
    pub message: Option<String>,
    /// How much of it was read when it was saved, from 0 to 1.
    pub score: Option<f64>,
}

impl CaptureView {
    /// In a few words: complete, cut or refused, and how reading it went.
    pub fn state(&self) -> String {
        let whole = match &self.completeness {
            Completeness::Complete => "complete".to_owned(),
            Completeness::Cut(reason) => format!("cut: {reason}"),
            Completeness::Refused(reason) => format!("refused: {reason}"),
            Completeness::Invalid(reason) => format!("invalid: {reason}"),
        };
        let parsed = self.parsed.map(|p| format!(", {p}")).unwrap_or_default();
        let message = self.message.as_ref().map(|m| format!(" ({m})")).unwrap_or_default();
        format!("{whole}{parsed}{message}")
    }
}

/// A capture in a list over devices.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DeviceCapture {
    pub device: String,
    #[serde(flatten)]
    pub capture: CaptureView,
}

/// What a device said, secrets masked.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CaptureText {
    pub device: String,
    pub capture: CaptureView,
    pub text: String,
}

impl App {
    /// All versions of a device's captures, newest first; with a time the good one of each type that was valid then.
    pub async fn captures(
        &self,
        actor: &Actor,
        device: &str,
        capture_type: Option<&str>,
        at: Option<Timestamp>,
    ) -> AppResult<Vec<CaptureView>> {
        actor.must(Role::Viewer, "see captures")?;
        let device = self.store.device(device).await?;
        let capture_type = match capture_type {
            Some(name) => Some(self.capture_type(name).await?),
            None => None,
        };
        let filter = CaptureFilter { device: Some(device.id), capture_type, valid_at: at, ..CaptureFilter::default() };
        Ok(self.store.captures(&filter).await?.into_iter().map(|c| view(c, None)).collect())
    }

    /// The latest good capture of each device of one type, or the one that was valid at a time.
    pub async fn captures_of_all(
        &self,
        actor: &Actor,
        capture_type: &str,
        at: Option<Timestamp>,
    ) -> AppResult<Vec<DeviceCapture>> {
        actor.must(Role::Viewer, "see captures")?;
        let capture_type = Some(self.capture_type(capture_type).await?);
        let filter =
            CaptureFilter { capture_type, valid_at: at, latest_only: at.is_none(), ..CaptureFilter::default() };
        let captures = self.store.captures(&filter).await?;
        let names = self.names(captures.iter().map(|c| c.device).collect()).await?;
        let name = |c: &StoredCapture| names.get(&c.device).cloned().unwrap_or_default();
        let mut all: Vec<_> =
            captures.into_iter().map(|c| DeviceCapture { device: name(&c), capture: view(c, None) }).collect();
        all.sort_by_cached_key(|c| model::interface::natural_key(&c.device));
        Ok(all)
    }

    /// The lines that prove a fact, secrets masked.
    pub async fn proof_of(&self, actor: &Actor, evidence: &model::Evidence) -> AppResult<String> {
        actor.must(Role::Viewer, "see captures")?;
        let text = self.masked(&self.store.capture(evidence.capture).await?).await?;
        let (first, last) = (evidence.first_line.max(1) as usize, evidence.last_line as usize);
        let lines = text.lines().skip(first - 1).take((last + 1).saturating_sub(first));
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }

    /// The good capture that was valid at a time, or the latest.
    pub async fn capture_text(
        &self,
        actor: &Actor,
        device: &str,
        capture_type: &str,
        at: Option<Timestamp>,
    ) -> AppResult<CaptureText> {
        actor.must(Role::Viewer, "see captures")?;
        let device = self.store.device(device).await?;
        let capture = self.good(&device, &self.capture_type(capture_type).await?, at).await?;
        let text = self.masked(&capture).await?;
        Ok(CaptureText { device: device.slug, capture: view(capture, None), text })
    }

    /// One version, by its id.
    pub async fn capture_by_id(&self, actor: &Actor, id: model::CaptureId) -> AppResult<CaptureText> {
        actor.must(Role::Viewer, "see captures")?;
        let capture = self.store.capture(id).await?;
        let device = self.store.device_by_id(capture.device).await?;
        let text = self.masked(&capture).await?;
        Ok(CaptureText { device: device.slug, capture: view(capture, None), text })
    }

    pub(crate) async fn good(
        &self,
        device: &Device,
        capture_type: &str,
        at: Option<Timestamp>,
    ) -> AppResult<StoredCapture> {
        let found = match at {
            Some(at) => self.store.capture_at(device.id, capture_type, at).await?,
            None => self.store.latest_capture(device.id, capture_type).await?,
        };
        let when = at.map(|at| format!(" at {at}")).unwrap_or_default();
        let missing = || AppError::Invalid(format!("{} has no good capture of type {capture_type}{when}", device.slug));
        found.ok_or_else(missing)
    }

    pub(crate) async fn source(&self, stored: &StoredCapture) -> AppResult<Capture> {
        Ok(Capture {
            capture_type: stored.capture_type.clone(),
            command: stored.command.clone(),
            platform: stored.platform.clone(),
            content: self.store.content(stored.id).await?,
            completeness: stored.completeness.clone(),
        })
    }

    pub(crate) async fn masked(&self, stored: &StoredCapture) -> AppResult<String> {
        let mask = self.reader.platforms.get(&stored.platform).map(Mask::of).unwrap_or_default();
        Ok(mask.apply(&String::from_utf8_lossy(&self.store.content(stored.id).await?)))
    }

    /// What it is really called: one of ours, or an output of a job's own commands.
    pub(crate) async fn capture_type(&self, name: &str) -> AppResult<String> {
        if let Some((name, _)) = self.reader.platforms.capture_type(name) {
            return Ok(name.to_owned());
        }
        let filter = CaptureFilter { capture_type: Some(name.to_owned()), limit: Some(1), ..CaptureFilter::default() };
        match self.store.captures(&filter).await?.pop() {
            Some(capture) => Ok(capture.capture_type),
            None => Err(AppError::Usage(format!("`{}` is no capture type", model::text::shown(name)))),
        }
    }
}

impl CaptureView {
    pub(crate) fn of(c: StoredCapture) -> Self {
        view(c, None)
    }
}

/// Of a device, by type.
pub(crate) fn latest_captures(
    captures: Vec<StoredCapture>,
    loads: &[LoadState],
    at: Option<Timestamp>,
) -> Vec<CaptureView> {
    // How reading went is only known of the latest.
    let loads: HashMap<&str, &LoadState> =
        loads.iter().filter(|_| at.is_none()).map(|l| (l.source.as_str(), l)).collect();
    let mut views: Vec<CaptureView> = captures
        .into_iter()
        .map(|capture| (loads.get(capture.capture_type.as_str()).copied(), capture))
        .map(|(load, capture)| view(capture, load))
        .collect();
    views.sort_by(|a, b| a.capture_type.cmp(&b.capture_type));
    views
}

fn view(c: StoredCapture, load: Option<&LoadState>) -> CaptureView {
    CaptureView {
        id: c.id,
        capture_type: c.capture_type,
        command: c.command,
        platform: c.platform,
        version: c.version_no,
        size: c.size,
        content_hash: c.content_hash,
        first_seen: c.first_seen,
        last_seen: c.last_seen,
        completeness: c.completeness,
        facts: load.map(|l| l.facts),
        parsed: load.map(|l| l.outcome.as_str()),
        message: load.and_then(|l| l.message.clone()),
        score: c.score.map(|score| f64::from(score) / 1000.0),
    }
}
