//! The difference of two captures: two versions, two times, two devices; secrets masked.

use ingest::Mask;
use ingest::difference::{Comparison, Difference};
use ingest::essence::Filters;
use model::{Capture, Device, Timestamp};
use serde::Serialize;
use store::{CaptureFilter, StoredCapture};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult, CaptureView};

/// Which of a device's captures of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The good one that was valid then.
    At(Timestamp),
    /// By its number, see [`CaptureView::version`].
    Number(i64),
}

/// What to compare with what. Without `from` and `with` it is the version before that differs in more than noise.
#[derive(Debug, Clone)]
pub struct DiffQuery {
    pub device: String,
    pub capture_type: String,
    pub from: Option<Version>,
    /// The latest when it is not given.
    pub to: Option<Version>,
    /// `to` is a capture of this device.
    pub with: Option<String>,
    /// Lines that are the same, around those that are not.
    pub context: usize,
}

/// The difference of two captures, secrets masked.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CaptureDiff {
    pub device: String,
    /// Whose capture `to` is.
    pub with: String,
    pub from: CaptureView,
    pub to: CaptureView,
    /// Unified; empty when there is none.
    pub diff: String,
    #[serde(flatten)]
    pub difference: Difference,
}

impl App {
    pub async fn diff(&self, actor: &Actor, query: &DiffQuery) -> AppResult<CaptureDiff> {
        actor.must(Role::Viewer, "see captures")?;
        let device = self.store.device(&query.device).await?;
        let capture_type = self.capture_type(&query.capture_type).await?;
        let other = match &query.with {
            Some(other) => self.store.device(other).await?,
            None => device.clone(),
        };
        let to = self.version(&other, &capture_type, query.to).await?;
        let after = self.source(&to).await?;
        if query.from.is_some() || query.with.is_some() {
            let from = self.version(&device, &capture_type, query.from).await?;
            let difference = self.difference(&self.source(&from).await?, &after, query.context);
            return Ok(told(device, other, from, to, difference));
        }
        // Versions that differ from the next one by noise alone are passed over.
        let mut passed = None;
        for from in self.versions_before(&device, &to).await? {
            let difference = self.difference(&self.source(&from).await?, &after, query.context);
            if !difference.is_empty() {
                return Ok(told(device, other, from, to, difference));
            }
            passed = Some(from);
        }
        let only = || AppError::Invalid(format!("{} has only one version of its {capture_type}", device.slug));
        let from = passed.ok_or_else(only)?;
        Ok(told(device, other, from, to, Difference::default()))
    }

    /// Without noise, each side without that of its own platform.
    fn difference(&self, before: &Capture, after: &Capture, context: usize) -> Difference {
        let filters = |c: &Capture| Filters::of(self.reader.platforms, &c.platform, &c.capture_type);
        let mask = |c: &Capture| self.reader.platforms.get(&c.platform).map(Mask::of).unwrap_or_default();
        let texts = (String::from_utf8_lossy(&before.content), String::from_utf8_lossy(&after.content));
        let (old, new) = (filters(before).essence(&texts.0), filters(after).essence(&texts.1));
        Comparison::of(&old, &new, (&mask(before), &mask(after))).difference(context)
    }

    async fn version(&self, device: &Device, capture_type: &str, version: Option<Version>) -> AppResult<StoredCapture> {
        let number = match version {
            None => return self.good(device, capture_type, None).await,
            Some(Version::At(at)) => return self.good(device, capture_type, Some(at)).await,
            Some(Version::Number(number)) => number,
        };
        let all = self.versions(device, capture_type).await?;
        let last = all.iter().filter_map(|c| c.version_no).max().unwrap_or(0);
        let missing = || {
            let hint = format!("the last is v{last}; `velocity captures list {}` shows all", device.slug);
            AppError::Invalid(format!("{} has no version v{number} of its {capture_type}; {hint}", device.slug))
        };
        all.into_iter().find(|c| c.version_no == Some(number)).ok_or_else(missing)
    }

    /// Newest first.
    async fn versions_before(&self, device: &Device, new: &StoredCapture) -> AppResult<Vec<StoredCapture>> {
        let mut all = self.versions(device, &new.capture_type).await?;
        all.retain(|c| c.platform == new.platform && c.version_no < new.version_no);
        Ok(all)
    }

    async fn versions(&self, device: &Device, capture_type: &str) -> AppResult<Vec<StoredCapture>> {
        let filter = CaptureFilter {
            device: Some(device.id),
            capture_type: Some(capture_type.to_owned()),
            complete_only: true,
            ..CaptureFilter::default()
        };
        Ok(self.store.captures(&filter).await?)
    }
}

fn told(device: Device, other: Device, from: StoredCapture, to: StoredCapture, difference: Difference) -> CaptureDiff {
    let name = |device: &Device, capture: &StoredCapture| {
        let version = capture.version_no.map(|n| format!(" v{n}")).unwrap_or_default();
        format!("{} {}{version} {}", device.slug, capture.capture_type, capture.first_seen)
    };
    let diff = difference.unified(&name(&device, &from), &name(&other, &to));
    CaptureDiff {
        device: device.slug,
        with: other.slug,
        from: CaptureView::of(from),
        to: CaptureView::of(to),
        diff,
        difference,
    }
}
