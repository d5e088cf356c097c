//! Captures: their versions, their text with secrets masked, and the difference of two configurations.

use std::collections::HashMap;

use ingest::Mask;
use model::{Capture, Completeness, Device, Timestamp};
use serde::Serialize;
use store::{CaptureFilter, LoadState, StoredCapture};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// A version of what a device said.
#[derive(Debug, Clone, Serialize)]
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
}

impl CaptureView {
    /// In a few words: complete, cut or refused, and how reading it went.
    pub fn state(&self) -> String {
        let whole = match &self.completeness {
            Completeness::Complete => "complete".to_owned(),
            Completeness::Cut(reason) => format!("cut: {reason}"),
            Completeness::Refused(reason) => format!("refused: {reason}"),
        };
        let parsed = self.parsed.map(|p| format!(", {p}")).unwrap_or_default();
        let message = self.message.as_ref().map(|m| format!(" ({m})")).unwrap_or_default();
        format!("{whole}{parsed}{message}")
    }
}

/// What a device said, secrets masked.
#[derive(Debug, Clone, Serialize)]
pub struct CaptureText {
    pub device: String,
    pub capture: CaptureView,
    pub text: String,
}

/// The difference of two versions, secrets masked; empty when there is none.
#[derive(Debug, Clone, Serialize)]
pub struct ConfigDiff {
    pub device: String,
    pub from: CaptureView,
    pub to: CaptureView,
    pub diff: String,
}

/// The capture type of running configurations.
const CONFIGS: &str = "configs";

impl App {
    /// All versions of a device's captures, newest first.
    pub async fn captures(
        &self,
        actor: &Actor,
        device: &str,
        capture_type: Option<&str>,
    ) -> AppResult<Vec<CaptureView>> {
        actor.must(Role::Viewer, "see captures")?;
        let device = self.store.device(device).await?;
        let capture_type = capture_type.map(|t| self.capture_type(t)).transpose()?;
        let filter = CaptureFilter { device: Some(device.id), capture_type, ..CaptureFilter::default() };
        Ok(self.store.captures(&filter).await?.into_iter().map(|c| view(c, None)).collect())
    }

    pub(crate) async fn latest_captures(&self, device: &Device) -> AppResult<Vec<CaptureView>> {
        let filter = CaptureFilter { device: Some(device.id), latest_only: true, ..CaptureFilter::default() };
        let loads = self.store.fact_loads(Some(device.id)).await?;
        let loads: HashMap<&str, &LoadState> = loads.iter().map(|l| (l.source.as_str(), l)).collect();
        let captures = self.store.captures(&filter).await?.into_iter();
        let mut views: Vec<CaptureView> =
            captures.map(|c| (loads.get(c.capture_type.as_str()).copied(), c)).map(|(l, c)| view(c, l)).collect();
        views.sort_by(|a, b| a.capture_type.cmp(&b.capture_type));
        Ok(views)
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
        let capture = self.good(&device, &self.capture_type(capture_type)?, at).await?;
        let text = self.masked(&capture).await?;
        Ok(CaptureText { device: device.slug, capture: view(capture, None), text })
    }

    /// Two configurations of a device: those valid at the two times. Without `to` the latest; without `from` the
    /// version before that one.
    pub async fn config_diff(
        &self,
        actor: &Actor,
        device: &str,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
    ) -> AppResult<ConfigDiff> {
        actor.must(Role::Viewer, "see captures")?;
        let device = self.store.device(device).await?;
        let new = self.good(&device, CONFIGS, to).await?;
        let after = self.source(&new).await?;
        if from.is_some() {
            let old = self.good(&device, CONFIGS, from).await?;
            let diff = self.difference(&self.source(&old).await?, &after);
            return Ok(ConfigDiff { device: device.slug, from: view(old, None), to: view(new, None), diff });
        }
        // Versions that differ from the next one by noise alone are passed over.
        let mut passed = None;
        for old in self.versions_before(&device, &new).await? {
            let diff = self.difference(&self.source(&old).await?, &after);
            if !diff.is_empty() {
                return Ok(ConfigDiff { device: device.slug, from: view(old, None), to: view(new, None), diff });
            }
            passed = Some(old);
        }
        let only = || AppError::Invalid(format!("{} has only one version of its configuration", device.slug));
        let from = view(passed.ok_or_else(only)?, None);
        Ok(ConfigDiff { device: device.slug, from, to: view(new, None), diff: String::new() })
    }

    /// Unified, without noise, secrets masked.
    fn difference(&self, before: &Capture, after: &Capture) -> String {
        let Some(platform) = self.reader.platforms.get(&after.platform) else { return String::new() };
        let texts = (String::from_utf8_lossy(&before.content), String::from_utf8_lossy(&after.content));
        let (old, new) = (self.reader.read(before), self.reader.read(after));
        let change = ingest::compare(model::ChangeKind::Config, platform, CONFIGS, (&texts.0, &old), (&texts.1, &new));
        change.map(|c| c.diff).unwrap_or_default()
    }

    async fn good(&self, device: &Device, capture_type: &str, at: Option<Timestamp>) -> AppResult<StoredCapture> {
        let found = match at {
            Some(at) => self.store.capture_at(device.id, capture_type, at).await?,
            None => self.store.latest_capture(device.id, capture_type).await?,
        };
        let when = at.map(|at| format!(" at {at}")).unwrap_or_default();
        let missing = || AppError::Invalid(format!("{} has no good capture of type {capture_type}{when}", device.slug));
        found.ok_or_else(missing)
    }

    /// Newest first.
    async fn versions_before(&self, device: &Device, new: &StoredCapture) -> AppResult<Vec<StoredCapture>> {
        let filter = CaptureFilter {
            device: Some(device.id),
            capture_type: Some(CONFIGS.to_owned()),
            complete_only: true,
            ..CaptureFilter::default()
        };
        let mut all = self.store.captures(&filter).await?;
        all.retain(|c| c.platform == new.platform && c.version_no < new.version_no);
        Ok(all)
    }

    async fn source(&self, stored: &StoredCapture) -> AppResult<Capture> {
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

    fn capture_type(&self, name: &str) -> AppResult<String> {
        let found = self.reader.platforms.capture_type(name).map(|(name, _)| name.to_owned());
        found.ok_or_else(|| AppError::Usage(format!("`{}` is no capture type", model::text::shown(name))))
    }
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
    }
}
