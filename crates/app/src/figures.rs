//! Figures of the network, for the first page and for what watches the product.

use model::Timestamp;
use serde::Serialize;
use store::{CaptureFigure, DevicesBy, ReadingFigure};

use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// How many of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Count {
    /// Empty where nothing is known of it.
    pub name: String,
    pub count: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CaptureTypeFigure {
    pub capture_type: String,
    /// With a good capture.
    pub devices: u64,
    /// When one was made, or found to be as before, last.
    pub newest: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ParseFigure {
    pub capture_type: String,
    /// `parsed`, `partly`, `not_parsed`
    pub outcome: String,
    pub devices: u64,
    /// Lines that no rule read.
    pub unread_lines: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Figures {
    pub at: Timestamp,
    pub devices: u64,
    /// With devices.
    pub sites: u64,
    /// Sites, roles, cables … that are kept, by the word for commands.
    pub records: Vec<Count>,
    pub by_status: Vec<Count>,
    pub by_platform: Vec<Count>,
    pub by_site: Vec<Count>,
    pub by_vendor: Vec<Count>,
    pub by_role: Vec<Count>,
    /// Devices on which a credential works.
    pub with_credential: u64,
    /// 0 to 100.
    pub credential_coverage_percent: f64,
    /// Changes by severity, of the last 24 hours and the last 7 days.
    pub changes_day: Vec<Count>,
    pub changes_week: Vec<Count>,
    pub captures: Vec<CaptureTypeFigure>,
    pub parsing: Vec<ParseFigure>,
    pub runs: Vec<Count>,
    /// Devices of runs that go on: `pending`, `running`.
    pub queue: Vec<Count>,
    /// Credentials of devices by what came of them last: `ok`, `failed`.
    pub credentials: Vec<Count>,
    /// Log-ins that devices refused, ever.
    pub device_login_failures: u64,
    /// Log-ins that the server refused, ever.
    pub server_login_failures: u64,
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl App {
    pub async fn figures(&self, actor: &Actor) -> AppResult<Figures> {
        actor.must(Role::Viewer, "see figures")?;
        let (now, store) = (self.now(), &self.store);
        store.interrupt_stale_runs(now).await?;
        let by = async |what| self.count_devices(what).await;
        let by_status = by(DevicesBy::Status).await?;
        let devices: u64 = by_status.iter().map(|c| c.count).sum();
        let with_credential = store.devices_with_credential().await?;
        let (credentials, device_login_failures) = store.login_figures().await?;
        let by_site = by(DevicesBy::Site).await?;
        Ok(Figures {
            at: now,
            devices,
            sites: by_site.iter().filter(|c| !c.name.is_empty()).count() as u64,
            records: self.count_records().await?,
            by_status,
            by_platform: by(DevicesBy::Platform).await?,
            by_site,
            by_vendor: by(DevicesBy::Vendor).await?,
            by_role: by(DevicesBy::Role).await?,
            with_credential,
            credential_coverage_percent: percent(with_credential, devices),
            changes_day: counts(store.changes_by_severity(now.plus_ms(-DAY_MS)).await?),
            changes_week: counts(store.changes_by_severity(now.plus_ms(-7 * DAY_MS)).await?),
            captures: store.capture_figures().await?.into_iter().map(CaptureTypeFigure::from).collect(),
            parsing: store.reading_figures().await?.into_iter().map(ParseFigure::from).collect(),
            runs: counts(store.runs_by_state().await?),
            queue: counts(store.work_by_state().await?),
            credentials: counts(credentials),
            device_login_failures,
            server_login_failures: store.refused_logins().await?,
        })
    }

    pub(crate) async fn count_devices(&self, by: DevicesBy) -> AppResult<Vec<Count>> {
        Ok(counts(self.store.devices_by(by).await?))
    }

    /// What people keep, kind by kind.
    pub(crate) async fn count_records(&self) -> AppResult<Vec<Count>> {
        let counted = self.store.record_counts().await?;
        Ok(counted.into_iter().map(|(kind, count)| Count { name: kind.plural.to_owned(), count }).collect())
    }
}

/// 0 to 100; 0 of nothing.
pub(crate) fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

fn counts(tally: Vec<(String, u64)>) -> Vec<Count> {
    tally.into_iter().map(|(name, count)| Count { name, count }).collect()
}

impl From<CaptureFigure> for CaptureTypeFigure {
    fn from(f: CaptureFigure) -> Self {
        Self { capture_type: f.capture_type, devices: f.devices, newest: f.newest }
    }
}

impl From<ReadingFigure> for ParseFigure {
    fn from(f: ReadingFigure) -> Self {
        Self { capture_type: f.capture_type, outcome: f.outcome, devices: f.devices, unread_lines: f.unread_lines }
    }
}
