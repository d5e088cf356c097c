//! The verbs of the product, one file for each resource: authorise, load, decide, save, audit.
//!
//! `app` alone joins the stages (discovery, collect, ingest, topology) to the store. The command line, and later the
//! server, call nothing else.

mod actor;
mod at_sites;
mod audit;
mod backup;
mod batches;
mod blame;
mod book;
mod budget;
mod capture;
mod captures;
mod changes;
pub mod config;
mod coverage;
mod crawled;
mod creds;
mod crypto;
mod device_list;
mod devices;
mod diff;
mod discover;
mod doctor;
mod error;
pub mod events;
mod executions;
mod explain;
mod export;
mod fact_changes;
mod facts;
mod figures;
mod find;
mod history;
mod host_keys;
mod import;
mod init;
mod inventory;
mod jobs;
mod load;
mod loading;
mod merge;
mod notes;
mod notices;
mod once;
mod own_reports;
mod platforms;
mod reader;
mod record;
mod recorder;
mod recording;
mod report;
mod resume;
mod roaming;
mod saving;
mod schedules;
mod search;
mod select;
mod settings;
pub mod snmp;
mod sources;
mod status;
pub mod templates;
mod terminals;
mod topology;
mod undo;
mod update;
pub mod users;
pub mod vault;
mod watch;
mod worker;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ::collect::{Environment, Gate, Profiles};
use ::discovery::{Kinds, Placing};
use ingest::SeverityRules;
use model::{Clock, SystemClock, TenantId, Timestamp};
use store::{Database, Store, StoreConfig};

use self::reader::LiveReader;

pub use ::collect::Settings;
pub use ::discovery::{Matcher, Rules, Via};
pub use ::ingest::difference;

pub use self::topology::{Format, Group, LinkView, MapQuery};
pub use self::vault::{CredentialView, OpenVault, VaultKey};
pub use ::scheduler::{Missed, Priority, Recurrence};
pub use ::topology::{Cable, Difference};
pub use actor::{Actor, Role, SiteRole};
pub use audit::{AuditQuery, AuditView};
pub use backup::{Backup, RestoreOptions, Restored, inspect as inspect_backup, restore as restore_backup};
pub use batches::{Batch, BatchOrder, BatchView};
pub use blame::{Blame, BlamedLine};
pub use capture::{CapturePlan, CaptureRequest, PlannedDevice};
pub use captures::{CaptureText, CaptureView, DeviceCapture};
pub use changes::{ChangeQuery, ChangeView, SeverityRuleView};
pub use config::Config;
pub use coverage::{CoverageCell, CoverageReport, CoverageState, DeviceCoverage, OsVersionView, TypeCoverage};
pub use creds::find::{CredsRequest, CredsSelection};
pub use creds::forecast::Forecast;
pub use creds::{AccountView, CredentialMark, CredentialUse, CredsStatus, DeviceCredentialView};
pub use crypto::CryptoView;
pub use device_list::{DeviceList, DevicePage, DeviceRow};
pub use devices::{DeviceView, Said};
pub use diff::{CaptureDiff, DiffQuery, Version};
pub use discover::DiscoverRequest;
pub use doctor::{Finding, Health, Repair, TryLogin, examine, repair};
pub use error::{AppError, AppResult};
pub use events::{EventReceiver, EventSink};
pub use executions::{ArchiveFormat, Archived, CancelReport, ItemView, PruneReport, Retention, RunQuery, RunView};
pub use explain::{
    CellView, Explained, Explanation, FactExplanation, FilterView, LineView, TextExplanation, ThingView,
};
pub use export::{ExportFile, InventoryFormat, RepositoryReport, TableFormat};
pub use facts::{FactQuery, FactView};
pub use figures::{CaptureTypeFigure, Count, Figures, ParseFigure};
pub use find::{Answer, FindQuery, FindReport, Port, RouteView, Step, Whereabouts};
pub use history::{History, HistoryQuery, Interval};
pub use host_keys::{Accepted, HostKeyView, Imported, Offered};
pub use import::{ImportFrom, ImportReport, ImportedRow, Kept};
pub use init::{InitOptions, init};
pub use inventory::{Deletion, Edit, Edited, Write, Written};
pub use jobs::{
    Announce, Chosen, ChosenJob, FileJob, Generated, JobChoice, JobDraft, JobFormat, JobPreview, JobQuery, JobRequest,
    JobResult, JobRow, JobRunOptions, JobsReport, Migrated, Order, PresetView, ReadyJob,
};
pub use load::{DeviceLoad, FileSkipped, LoadReport, LoadRequest, TypeLoad, WhatToLoad};
pub use merge::Merge;
pub use notes::{NoteLink, NoteTarget, NoteView};
pub use notices::{NoticePass, Notifier};
pub use once::Started;
pub use own_reports::{NamedReport, OwnReport, ReportTable};
pub use platforms::{CaptureTypeView, CaseView, NewPlatform, PlatformBook, PlatformView, StandIn, Turn, new_platform};
pub use record::{RecordRequest, RecordTarget, Recorded, RecordedCase};
pub use report::{FailedDevice, RunReport};
pub use resume::{Again, AsWhom, Before};
pub use schedules::{Native, ScheduleDraft, ScheduleView, When};
pub use search::{
    SearchFound, SearchHit, SearchLine, SearchLineFound, SearchPlace, SearchQuery, SearchSummary, Tell, Told,
};
pub use settings::SettingsView;
pub use sources::{LeftOut, NetBoxFile, NetBoxRequest, SyncReport};
pub use status::Status;
pub use store::{
    ChannelState, Dependent, DeviceCredential, DevicePlace, Fate, Firing, Job, JobFilter, JobTag, LastRun, Note,
    Notification, Record, RecordFilter, SourceFilter, SourceRecord, StoreError, UndoRecord, schema, schema_markdown,
};
pub use terminals::{NoTerminal, TerminalPlan, TerminalRequest, TerminalUse};
pub use transport::{
    HostRoutes, Jump, KeyError, Legacy, Login, Proof, Routes, SshConfig, SshConfigError, Terminal, Tunnel,
};
pub use undo::UndoView;
pub use update::UpdateView;
pub use worker::{QueueView, Say, WorkerOptions, WorkerView, take_turns};

/// An open installation.
#[derive(Clone)]
pub struct App {
    home: PathBuf,
    config: Arc<Config>,
    store: Store,
    clock: Arc<dyn Clock>,
    placing: Arc<Placing>,
    reader: LiveReader,
    severity: Arc<SeverityRules>,
    kinds: Arc<OnceLock<Kinds>>,
    /// A run was cancelled: those of this process look whether it is theirs.
    cancelled: Arc<tokio::sync::Notify>,
    /// The sessions of all runs of this process, where sites or jump hosts bear so many only.
    hall: Arc<collect::Hall>,
}

/// Accounts that are left alone and told one by one.
const STOPS: usize = 5;

impl App {
    /// As [`Store::gather`], of what reads the record.
    pub(crate) async fn gather<T, F>(&self, work: impl FnOnce(App) -> F) -> AppResult<T>
    where
        F: Future<Output = AppResult<T>>,
    {
        self.store.gather(|store| work(App { store, ..self.clone() })).await?
    }

    /// Opens the data directory that `velocity init` made.
    pub async fn open(home: &Path) -> AppResult<App> {
        Self::open_with(home, Arc::new(SystemClock)).await
    }

    /// As [`App::open`], for what serves: a server of a database that does not answer is waited for, and that is told once.
    pub async fn open_when_there(home: &Path, tell: &Say) -> AppResult<App> {
        let mut was_told = false;
        loop {
            match Self::open(home).await {
                Err(AppError::Store(error)) if error.is_away() => {
                    if !was_told {
                        tell(format!("waiting for the database: {}", AppError::from(error).chain()));
                    }
                    was_told = true;
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                opened => return opened,
            }
        }
    }

    /// As [`App::open`], with the time from a clock of the caller's.
    pub async fn open_with(home: &Path, clock: Arc<dyn Clock>) -> AppResult<App> {
        Self::open_using(home, clock, &templates::Templates::at(Some(home))).await
    }

    /// With the embedded templates, whichever are in use.
    async fn open_without_update(home: &Path) -> AppResult<App> {
        let release = Arc::clone(::templates::Release::builtin());
        Self::open_using(home, Arc::new(SystemClock), &templates::Templates::with_release(home, release)).await
    }

    async fn open_using(home: &Path, clock: Arc<dyn Clock>, templates: &templates::Templates) -> AppResult<App> {
        if !home.join(config::FILE).exists() {
            return Err(AppError::NotInitialised { home: home.to_path_buf() });
        }
        let config = Config::load(home)?;
        let invalid =
            |e: &dyn std::error::Error| AppError::Config { path: home.join(config::FILE), reason: e.to_string() };
        let placing = Placing::new(&config.site_rules, &config.role_rules).map_err(|e| invalid(&e))?;
        let severity = SeverityRules::new(&config.changes.severity).map_err(|e| invalid(&e))?;
        let store_config = StoreConfig { database: Self::database(home, &config), captures_dir: home.join("captures") };
        let store = Store::open(&store_config, TenantId::DEFAULT).await?;
        let library = Arc::clone(templates.library()?);
        let reader = LiveReader::new(platforms::at(Some(home))?, library);
        Ok(App {
            home: home.to_path_buf(),
            config: Arc::new(config),
            store,
            clock,
            placing: Arc::new(placing),
            reader,
            severity: Arc::new(severity),
            kinds: Arc::default(),
            cancelled: Arc::default(),
            hall: Arc::default(),
        })
    }

    /// The data directory.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The time by the clock of the installation.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Ends the connections to the database, once those in use are given back.
    pub async fn close(&self) {
        self.store.close().await;
    }

    /// Which database an installation uses.
    pub fn database(home: &Path, config: &Config) -> Database {
        let default = || Database::Sqlite(home.join("velocity.db"));
        config.database_url.as_deref().map_or_else(default, Database::from_url)
    }

    /// Which neighbours are network devices.
    fn kinds(&self) -> &Kinds {
        self.kinds.get_or_init(|| Kinds::of(self.reader.platforms))
    }

    /// How runs are paced, by the config.
    pub fn settings(&self) -> Settings {
        self.config.settings()
    }

    async fn environment(&self, mut settings: Settings) -> AppResult<(Arc<Environment>, Arc<book::Book>)> {
        let book = Arc::new(book::Book::open(&self.store).await?);
        let profiles = Profiles::new(self.reader.platforms).map_err(|e| AppError::Platform(e.to_string()))?;
        let host_keys: Arc<dyn transport::HostKeys> = book.clone();
        let gate = self.gate(&settings).await?;
        settings.routes.suffixes = self.reader.platforms.user_suffixes();
        let pins = self.store.pins_by_address().await?;
        let env = Environment::new(settings, profiles, host_keys, gate, self.hall.clone());
        let env = env.pinned(pins.into_iter().collect());
        self.tell_sites(&env).await?;
        Ok((Arc::new(env), book))
    }

    /// Where sites bear so many sessions only: which device is at which.
    async fn tell_sites(&self, env: &Environment) -> AppResult<()> {
        if env.settings.caps.per_site.is_some() {
            for device in self.store.devices(&store::DeviceFilter::default()).await? {
                env.place(device.address, || device.site.as_deref().map(model::text::slug));
            }
        }
        Ok(())
    }

    /// The gate of one run, over the budget that all share.
    async fn gate(&self, settings: &Settings) -> AppResult<Gate> {
        // A jump host, old algorithms after new ones: each is a connection of its own.
        let longest = settings.limits.connect * 4 + settings.limits.login + budget::MARGIN;
        let budget = budget::StoreBudget {
            store: self.store.clone(),
            clock: self.clock.clone(),
            holder: budget::holder(self.clock.now()),
            lease_ms: i64::try_from(longest.as_millis()).unwrap_or(i64::MAX),
        };
        let (rules, mut worked, mut lately) = (self.config.logins.rules(), collect::Worked::new(), HashSet::new());
        let since = self.clock.now().plus_ms(-rules.default.window_ms);
        for (addr, credential, at) in self.store.working_credentials().await? {
            if at >= since {
                lately.insert(credential.clone());
            }
            worked.insert((addr, credential));
        }
        Ok(Gate::knowing(Arc::new(budget), rules, worked, lately))
    }

    /// At the end of a run: answers to secrets that were sent are waited for, and accounts that are left alone told.
    async fn close_gate(&self, env: &Environment, recorder: &recorder::Recorder) {
        env.settle().await;
        let stops = env.gate.stops();
        let more = stops.len().saturating_sub(STOPS);
        stops.into_iter().take(STOPS).for_each(|closed| recorder.note(closed.to_string()));
        if more > 0 {
            recorder.note(format!("{more} more accounts are left alone: velocity creds status"));
        }
    }
}
