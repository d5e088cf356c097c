//! Coverage: for each device and capture type whether it was collected and read. Rows that were read count, and so does
//! an answer that there is nothing; how large a file is says nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{Completeness, Device, DeviceId, Timestamp};
use serde::Serialize;
use store::{CaptureFilter, LoadOutcome, LoadState, StoredCapture};

use crate::actor::Role;
use crate::select::Selector;
use crate::{Actor, App, AppResult};

mod html;

/// What became of one capture type of one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoverageState {
    /// Rows were read.
    Rows,
    /// Rows were read, and there are lines that no rule reads.
    Partly,
    /// The device says that there is nothing.
    Empty,
    /// A type that is only kept as text, such as a configuration.
    Text,
    /// It is there, and its facts are not in the tables.
    NotLoaded,
    NotParsed,
    /// The last answer was cut short.
    Cut,
    /// The device refused the command.
    Refused,
    /// Never collected.
    Missing,
    /// There is no command for it on the platform.
    Unsupported,
}

impl CoverageState {
    pub const ALL: [CoverageState; 10] = [
        CoverageState::Rows,
        CoverageState::Partly,
        CoverageState::Empty,
        CoverageState::Text,
        CoverageState::NotLoaded,
        CoverageState::NotParsed,
        CoverageState::Cut,
        CoverageState::Refused,
        CoverageState::Missing,
        CoverageState::Unsupported,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            CoverageState::Rows => "rows",
            CoverageState::Partly => "partly",
            CoverageState::Empty => "empty",
            CoverageState::Text => "text",
            CoverageState::NotLoaded => "not_loaded",
            CoverageState::NotParsed => "not_parsed",
            CoverageState::Cut => "cut",
            CoverageState::Refused => "refused",
            CoverageState::Missing => "missing",
            CoverageState::Unsupported => "unsupported",
        }
    }

    pub fn is_covered(self) -> bool {
        self <= CoverageState::Text
    }

    /// What cannot be asked is not missing.
    pub fn is_expected(self) -> bool {
        self != CoverageState::Unsupported
    }
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CoverageCell {
    pub capture_type: String,
    pub state: CoverageState,
    /// Facts that are there now.
    pub rows: u64,
    pub unread_lines: u64,
    pub rejected_rows: u64,
    pub reason: Option<String>,
    /// Bytes of the last answer.
    pub size: u64,
    pub last_seen: Option<Timestamp>,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DeviceCoverage {
    pub device: String,
    pub site: Option<String>,
    pub platform: String,
    pub expected: u64,
    pub covered: u64,
    /// One for each type of the report, in its order.
    pub cells: Vec<CoverageCell>,
}

#[derive(Debug, Clone, Default, Serialize, utoipa::ToSchema)]
pub struct TypeCoverage {
    pub capture_type: String,
    pub title: String,
    /// Devices that can be asked for it, and those that have it.
    pub expected: u64,
    pub covered: u64,
    /// Of 100; none where no device can be asked.
    pub percent: Option<f64>,
    pub states: BTreeMap<&'static str, u64>,
    pub rows: u64,
    /// Bytes of the last answers.
    pub size: u64,
    pub oldest: Option<Timestamp>,
    pub newest: Option<Timestamp>,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CoverageReport {
    pub at: Timestamp,
    pub devices_total: u64,
    pub sites_total: u64,
    /// Answers that are kept, one for each device and type.
    pub captures_total: u64,
    pub size: u64,
    pub expected: u64,
    pub covered: u64,
    pub percent: Option<f64>,
    pub states: BTreeMap<&'static str, u64>,
    pub types: Vec<TypeCoverage>,
    pub devices: Vec<DeviceCoverage>,
}

impl CoverageReport {
    /// What is expected and not there: device and cell.
    pub fn gaps(&self) -> impl Iterator<Item = (&DeviceCoverage, &CoverageCell)> {
        let gap = |c: &&CoverageCell| c.state.is_expected() && !c.state.is_covered();
        self.devices.iter().flat_map(move |d| d.cells.iter().filter(gap).map(move |c| (d, c)))
    }

    /// One file with all in it, for a browser.
    pub fn to_html(&self) -> String {
        html::page(self)
    }
}

/// Devices that run one version of a platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OsVersionView {
    pub vendor: String,
    pub platform: String,
    pub os_version: Option<String>,
    pub models: Vec<String>,
    pub devices: Vec<String>,
}

impl App {
    /// Of devices by a selection. `types`: with commas, or `all`; when left out, those that were ever collected from one
    /// of the devices.
    pub async fn coverage(&self, actor: &Actor, selection: &str, types: Option<&str>) -> AppResult<CoverageReport> {
        actor.must(Role::Viewer, "see coverage")?;
        let devices = self.select(&Selector::parse(selection)?).await?;
        let ids: BTreeSet<DeviceId> = devices.iter().map(|d| d.id).collect();
        let newest = CaptureFilter { newest_only: true, ..CaptureFilter::default() };
        let newest = self.store.captures(&newest).await?;
        let captures: HashMap<(DeviceId, &str), &StoredCapture> = newest
            .iter()
            .filter(|c| ids.contains(&c.device))
            .map(|c| ((c.device, c.capture_type.as_str()), c))
            .collect();
        let loads = self.store.fact_loads(None).await?;
        let loads: HashMap<(DeviceId, &str), &LoadState> =
            loads.iter().map(|l| ((l.device, l.source.as_str()), l)).collect();
        let types = match types {
            Some(types) => self.capture_types(types)?,
            None => {
                let seen: BTreeSet<&str> = captures.keys().map(|(_, ty)| *ty).collect();
                seen.into_iter().map(str::to_owned).collect()
            }
        };
        let cell = |device: &Device, ty: &String| {
            let key = (device.id, ty.as_str());
            self.cell(device, ty, captures.get(&key).copied(), loads.get(&key).copied())
        };
        let of_device = |device: &Device| {
            let cells: Vec<CoverageCell> = types.iter().map(|ty| cell(device, ty)).collect();
            let expected = cells.iter().filter(|c| c.state.is_expected()).count() as u64;
            let covered = cells.iter().filter(|c| c.state.is_covered()).count() as u64;
            let (site, platform) = (device.site.clone(), device.platform.clone());
            DeviceCoverage { device: device.slug.clone(), site, platform, expected, covered, cells }
        };
        let rows: Vec<DeviceCoverage> = devices.iter().map(of_device).collect();
        let types: Vec<TypeCoverage> = types.iter().enumerate().map(|(n, ty)| self.of_type(ty, n, &rows)).collect();
        let sum = |of: fn(&TypeCoverage) -> u64| types.iter().map(of).sum::<u64>();
        let (expected, covered, size) = (sum(|t| t.expected), sum(|t| t.covered), sum(|t| t.size));
        let mut states: BTreeMap<&'static str, u64> = BTreeMap::new();
        for (state, n) in types.iter().flat_map(|t| &t.states) {
            *states.entry(state).or_default() += n;
        }
        let sites: BTreeSet<&str> = devices.iter().filter_map(|d| d.site.as_deref()).collect();
        Ok(CoverageReport {
            at: self.now(),
            devices_total: rows.len() as u64,
            sites_total: sites.len() as u64,
            captures_total: rows.iter().flat_map(|d| &d.cells).filter(|c| c.last_seen.is_some()).count() as u64,
            size,
            expected,
            covered,
            percent: percent(covered, expected),
            states,
            types,
            devices: rows,
        })
    }

    fn cell(
        &self,
        device: &Device,
        ty: &str,
        capture: Option<&StoredCapture>,
        load: Option<&LoadState>,
    ) -> CoverageCell {
        let mut cell = CoverageCell {
            capture_type: ty.to_owned(),
            state: CoverageState::Missing,
            rows: load.map_or(0, |l| l.facts),
            unread_lines: load.map_or(0, |l| l.unread_lines),
            rejected_rows: load.map_or(0, |l| l.rejected_rows),
            reason: None,
            size: capture.map_or(0, |c| c.size),
            last_seen: capture.map(|c| c.last_seen),
        };
        let (state, reason) = match capture {
            None => self.never(device, ty),
            Some(capture) => self.judge(capture, load),
        };
        (cell.state, cell.reason) = (state, reason);
        cell
    }

    fn never(&self, device: &Device, ty: &str) -> (CoverageState, Option<String>) {
        let platform = self.reader.platforms.get(&device.platform);
        match platform {
            Some(platform) if platform.captures.contains_key(ty) => {
                (CoverageState::Missing, Some("never collected".to_owned()))
            }
            _ => (CoverageState::Unsupported, Some(self.reader.platforms.why_without(&device.platform, ty))),
        }
    }

    fn judge(&self, capture: &StoredCapture, load: Option<&LoadState>) -> (CoverageState, Option<String>) {
        match &capture.completeness {
            Completeness::Cut(reason) => return (CoverageState::Cut, Some(reason.clone())),
            Completeness::Refused(reason) => return (CoverageState::Refused, Some(reason.clone())),
            Completeness::Invalid(reason) => return (CoverageState::NotParsed, Some(reason.clone())),
            Completeness::Complete => {}
        }
        let has_facts =
            self.reader.platforms.capture_type(&capture.capture_type).is_some_and(|(_, t)| t.fact_kind().is_some());
        if !has_facts {
            return (CoverageState::Text, None);
        }
        let Some(load) = load.filter(|l| l.capture >= capture.id) else {
            let reason = "captured and not loaded; `velocity load --all` loads it";
            return (CoverageState::NotLoaded, Some(reason.to_owned()));
        };
        let state = match load.outcome {
            LoadOutcome::NotParsed => CoverageState::NotParsed,
            // Rows that are all rejected are no rows.
            _ if load.facts == 0 && load.rejected_rows > 0 => CoverageState::NotParsed,
            LoadOutcome::Partly if load.facts == 0 => CoverageState::NotParsed,
            LoadOutcome::Partly => CoverageState::Partly,
            LoadOutcome::Parsed if load.facts == 0 => CoverageState::Empty,
            LoadOutcome::Parsed => CoverageState::Rows,
        };
        (state, load.message.clone())
    }

    fn of_type(&self, ty: &str, at: usize, devices: &[DeviceCoverage]) -> TypeCoverage {
        let title = self.reader.platforms.capture_type(ty).map(|(_, t)| t.title.clone()).unwrap_or_default();
        let mut sum = TypeCoverage { capture_type: ty.to_owned(), title, ..TypeCoverage::default() };
        for cell in devices.iter().filter_map(|d| d.cells.get(at)) {
            *sum.states.entry(cell.state.as_str()).or_default() += 1;
            sum.expected += u64::from(cell.state.is_expected());
            sum.covered += u64::from(cell.state.is_covered());
            sum.rows += cell.rows;
            sum.size += cell.size;
            sum.oldest = [sum.oldest, cell.last_seen].into_iter().flatten().min();
            sum.newest = [sum.newest, cell.last_seen].into_iter().flatten().max();
        }
        sum.percent = percent(sum.covered, sum.expected);
        sum
    }

    /// Which versions run where, those of most devices first.
    pub async fn os_versions(&self, actor: &Actor, selection: &str) -> AppResult<Vec<OsVersionView>> {
        actor.must(Role::Viewer, "see devices")?;
        let mut by_version: BTreeMap<Runs, (BTreeSet<String>, Vec<String>)> = BTreeMap::new();
        for device in self.select(&Selector::parse(selection)?).await? {
            let (models, devices) = by_version.entry((device.vendor, device.platform, device.os_version)).or_default();
            models.extend(device.model);
            devices.push(device.slug);
        }
        let view = |((vendor, platform, os_version), (models, devices))| {
            let models: BTreeSet<String> = models;
            OsVersionView { vendor, platform, os_version, models: models.into_iter().collect(), devices }
        };
        let mut views: Vec<OsVersionView> = by_version.into_iter().map(view).collect();
        views.sort_by_key(|v| std::cmp::Reverse(v.devices.len()));
        Ok(views)
    }
}

/// Vendor, platform, version.
type Runs = (String, String, Option<String>);

/// With one decimal.
fn percent(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| (part as f64 * 1000.0 / whole as f64).floor() / 10.0)
}
