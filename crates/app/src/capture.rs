//! `capture`: chosen capture types from chosen devices.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;

use collect::{Event, Gate, Path, Visit, Visited};
use discovery::{Candidate, System, Verdict};
use ingest::Reading;
use model::device::Access;
use model::{Capture, Device, DeviceId, DeviceOutcome, DeviceState, FailureClass, Platform, RunId, RunKind};
use serde::{Deserialize, Serialize};
use store::NewItem;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::{self, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use transport::Login;

use crate::actor::Role;
use crate::book::Book;
use crate::creds::record_log_ins;
use crate::discover::{QUEUE, add_items};
use crate::recorder::Recorder;
use crate::select::Selector;
use crate::{Actor, App, AppError, AppResult, EventSink, RunReport, Settings};

/// Devices whose results are read and stored at once.
const SAVERS: usize = 8;

/// The capture type in which a device says who it is.
const VERSION: &str = "version";

/// What a collection would do: devices, and what to ask each.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CapturePlan {
    pub types: Vec<String>,
    pub devices: Vec<PlannedDevice>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PlannedDevice {
    pub id: DeviceId,
    pub name: String,
    pub address: SocketAddr,
    pub platform: String,
    /// Ways in that worked, the last one first.
    pub accesses: Vec<Access>,
    pub accounts: Vec<String>,
    /// What can be asked of it.
    pub types: Vec<String>,
    /// What none of its platforms has a command for.
    pub unsupported: Vec<String>,
}

pub struct CaptureRequest {
    pub plan: CapturePlan,
    pub logins: Vec<Login>,
    pub settings: Settings,
    /// `false`: connect and collect, but store nothing.
    pub save: bool,
}

/// What a collection needs to go on after its process is gone; no secret is in it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CaptureParams {
    pub types: Vec<String>,
    pub usernames: Vec<String>,
}

impl CapturePlan {
    /// The accounts that worked before, those of most devices first.
    pub fn usernames(&self) -> Vec<String> {
        let mut votes: BTreeMap<&String, usize> = BTreeMap::new();
        for account in self.devices.iter().flat_map(|d| &d.accounts) {
            *votes.entry(account).or_default() += 1;
        }
        let mut names: Vec<_> = votes.into_iter().collect();
        names.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        names.into_iter().map(|(name, _)| name.clone()).collect()
    }
}

impl App {
    /// Which devices and types it would be. An unknown type is an error that names the known ones.
    pub async fn plan_capture(
        &self,
        actor: &Actor,
        devices: &str,
        types: &str,
        limit: Option<usize>,
    ) -> AppResult<CapturePlan> {
        actor.must(Role::Viewer, "see devices")?;
        let types = self.capture_types(types)?;
        let mut devices = self.select(&Selector::parse(devices)?).await?;
        devices.truncate(limit.unwrap_or(usize::MAX));
        if devices.is_empty() {
            return Err(AppError::Invalid("no device matches; `velocity devices list` shows them".into()));
        }
        self.plan(types, devices).await
    }

    pub(crate) async fn plan(&self, types: Vec<String>, devices: Vec<Device>) -> AppResult<CapturePlan> {
        let mut accesses: BTreeMap<DeviceId, Vec<Access>> = BTreeMap::new();
        for access in self.store.accesses(None).await? {
            accesses.entry(access.device).or_default().push(access.access);
        }
        let plan = |d: Device| self.planned(accesses.remove(&d.id).unwrap_or_default(), d, &types);
        let devices = devices.into_iter().map(plan).collect();
        Ok(CapturePlan { types, devices })
    }

    fn planned(&self, accesses: Vec<Access>, device: Device, types: &[String]) -> PlannedDevice {
        let platforms: Vec<&str> =
            accesses.iter().map(|a| a.platform.as_str()).chain([device.platform.as_str()]).collect();
        let knows = |p: &&str, ty: &String| self.reader.platforms.get(p).is_some_and(|p| p.captures.contains_key(ty));
        let (known, unknown) = types.iter().cloned().partition(|ty| platforms.iter().any(|p| knows(p, ty)));
        let mut accounts: Vec<String> = Vec::new();
        for access in &accesses {
            if !accounts.contains(&access.username) {
                accounts.push(access.username.clone());
            }
        }
        PlannedDevice {
            id: device.id,
            name: device.slug,
            address: SocketAddr::new(device.address, device.port),
            platform: device.platform,
            accesses,
            accounts,
            types: known,
            unsupported: unknown,
        }
    }

    /// Collects, stores, compares. A device that fails is a result in the report.
    pub async fn capture(
        &self,
        actor: &Actor,
        request: CaptureRequest,
        events: EventSink,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        actor.must(Role::Operator, "start a collection")?;
        let CaptureRequest { plan, logins, settings, save } = request;
        let params =
            CaptureParams { types: plan.types, usernames: logins.iter().map(|l| l.username.clone()).collect() };
        let run = match save {
            true => {
                let items: Vec<NewItem> = plan.devices.iter().map(item).collect();
                Some(self.start_run(actor, RunKind::Collection, &params, &items).await?)
            }
            false => None,
        };
        let devices: BTreeMap<i64, PlannedDevice> = (1..).zip(plan.devices).collect();
        let total = devices.len() as u64;
        let recorder = Recorder::start(&self.store, self.clock.clone(), events, run, RunKind::Collection, total);
        self.collect(devices, logins, settings, recorder, cancel).await
    }

    /// Visits planned devices, by their numbers in the run.
    pub(crate) async fn collect(
        &self,
        devices: BTreeMap<i64, PlannedDevice>,
        logins: Vec<Login>,
        settings: Settings,
        recorder: Recorder,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        let recorder = Arc::new(recorder);
        match self.collect_all(devices, logins, settings, recorder.clone(), &cancel).await {
            Ok(()) => recorder.finish(&self.store, cancel.is_cancelled()).await,
            Err(error) => {
                recorder.give_up(&self.store, &error).await;
                Err(error)
            }
        }
    }

    async fn collect_all(
        &self,
        devices: BTreeMap<i64, PlannedDevice>,
        logins: Vec<Login>,
        settings: Settings,
        recorder: Arc<Recorder>,
        cancel: &CancellationToken,
    ) -> AppResult<()> {
        let (env, book) = self.environment(settings).await?;
        let logins: Vec<Arc<Login>> = logins.into_iter().map(Arc::new).collect();
        let visits: Vec<Visit> = devices.iter().map(|(key, d)| self.visit(*key, d, &logins)).collect();
        let (sender, events) = mpsc::channel(QUEUE);
        let stop = cancel.child_token();
        // An error of ours must not leave the collection going.
        let _guard = stop.clone().drop_guard();
        let stage = tokio::spawn(collect::run(visits, env.clone(), sender, stop));
        let work = Work { app: self.clone(), devices, recorder: recorder.clone(), book, gate: env.gate.clone() };
        Arc::new(work).take(events).await;
        self.close_gate(&env, &recorder).await;
        stage.await.map_err(|panic| AppError::Invalid(format!("the collection ended badly: {panic}")))
    }

    /// Each capture type is asked on the first command line of the device that has it. A device without a way in
    /// that worked before is tried with the accounts in their order.
    fn visit(&self, key: i64, device: &PlannedDevice, logins: &[Arc<Login>]) -> Visit {
        let mut left: BTreeSet<&String> = device.types.iter().collect();
        let mut paths = Vec::new();
        for (logins, platform) in self.ways(device, logins) {
            let mut types: Vec<String> = device.types.iter().filter(|t| left.contains(t)).cloned().collect();
            types.retain(|t| platform.captures.contains_key(t));
            left.retain(|t| !types.contains(t));
            if !types.is_empty() {
                paths.push(Path { logins, platform, types });
            }
        }
        Visit { key, addr: device.address, paths }
    }

    /// An account that worked goes first on its command line, what worked last before the others; behind it those
    /// that are not known to lead elsewhere.
    fn ways(&self, device: &PlannedDevice, logins: &[Arc<Login>]) -> Vec<(Vec<Arc<Login>>, &'static Platform)> {
        let platform = |name: &str| self.reader.platforms.get(name);
        let mut ways: Vec<(Vec<Arc<Login>>, &'static Platform)> = Vec::new();
        for access in &device.accesses {
            // More than one credential may have the account, each with another password.
            let known: Vec<_> = logins.iter().filter(|l| l.username == access.username).cloned().collect();
            let Some(platform) = platform(&access.platform).filter(|_| !known.is_empty()) else { continue };
            match ways.iter_mut().find(|(_, p)| p.name == platform.name) {
                Some((logins, _)) => logins.extend(known),
                None => ways.push((known, platform)),
            }
        }
        let is_new = |l: &&Arc<Login>| !device.accesses.iter().any(|a| a.username == l.username);
        for (known, _) in &mut ways {
            known.extend(logins.iter().filter(is_new).cloned());
        }
        // The device's own platform goes first: it has the running configuration.
        ways.sort_by_key(|(_, p)| p.name != device.platform);
        if ways.is_empty() {
            ways.extend(platform(&device.platform).map(|p| (logins.to_vec(), p)));
        }
        ways
    }

    /// The canonical names of capture types.
    pub(crate) fn capture_types(&self, text: &str) -> AppResult<Vec<String>> {
        let platforms = self.reader.platforms;
        if text.trim() == "all" {
            return Ok(platforms.capture_types().map(|(name, _)| name.to_owned()).collect());
        }
        let known = || platforms.capture_types().map(|(name, _)| name).collect::<Vec<_>>().join(", ");
        let unknown = |name: &str| {
            AppError::Usage(format!("`{}` is no capture type; there are {}", model::text::shown(name), known()))
        };
        let mut types: Vec<String> = Vec::new();
        for name in text.split(',').map(str::trim).filter(|n| !n.is_empty()) {
            let (name, _) = platforms.capture_type(name).ok_or_else(|| unknown(name))?;
            if !types.iter().any(|t| t == name) {
                types.push(name.to_owned());
            }
        }
        if types.is_empty() { Err(unknown(text)) } else { Ok(types) }
    }
}

/// A collection while it goes.
struct Work {
    app: App,
    devices: BTreeMap<i64, PlannedDevice>,
    recorder: Arc<Recorder>,
    book: Arc<Book>,
    gate: Gate,
}

impl Work {
    /// Takes results as they come; reads and stores some at once, and waits for the rest at the end.
    async fn take(self: Arc<Self>, mut events: mpsc::Receiver<Event>) {
        let room = Arc::new(Semaphore::new(SAVERS));
        let mut savers = JoinSet::new();
        let mut keys = HashMap::new();
        while let Some(event) = events.recv().await {
            match event {
                Event::Started { key } => self.started(key).await,
                Event::Done { key, visited } => {
                    let permit = room.clone().acquire_owned().await;
                    let work = self.clone();
                    let saver = savers.spawn(async move {
                        work.done(key, visited).await;
                        drop(permit);
                    });
                    keys.insert(saver.id(), key);
                    while let Some(ended) = savers.try_join_next_with_id() {
                        self.ended(ended, &mut keys).await;
                    }
                }
            }
        }
        while let Some(ended) = savers.join_next_with_id().await {
            self.ended(ended, &mut keys).await;
        }
        self.app.save_left_keys(&self.book, &self.recorder).await;
    }

    /// A result that could not be stored for a fault of ours is told as one.
    async fn ended(&self, ended: Result<(task::Id, ()), JoinError>, keys: &mut HashMap<task::Id, i64>) {
        let error = match ended {
            Ok((id, ())) => {
                keys.remove(&id);
                return;
            }
            Err(error) => error,
        };
        let found = keys.remove(&error.id()).and_then(|key| Some((key, self.devices.get(&key)?)));
        let Some((key, device)) = found else { return tracing::error!("a result is lost: {error}") };
        let message = String::new();
        let outcome =
            DeviceOutcome { state: DeviceState::Failed, class: None, message, username: None, duration_ms: 0 };
        let error = AppError::Invalid(format!("storing it ended badly: {error}"));
        let outcome = self.app.not_stored(&self.recorder, key, &device.name, (&[], &[]), &error, outcome).await;
        self.recorder.device_done(&device.name, Some(device.address.to_string()), &outcome);
    }

    async fn started(&self, key: i64) {
        let Some(device) = self.devices.get(&key) else { return };
        self.recorder.device_started(&device.name, &device.address.to_string());
        self.app.mark_started(&self.recorder, key, &device.name).await;
    }

    async fn done(&self, key: i64, visited: Visited) {
        let Some(device) = self.devices.get(&key) else { return };
        let mut outcome = visited.outcome.clone();
        if !device.unsupported.is_empty() {
            let types = device.unsupported.join(", ");
            outcome.message = format!("{} (not on this platform: {types})", outcome.message);
        }
        if self.recorder.run.is_some() {
            outcome = match self.store(key, device, visited, outcome.clone()).await {
                Ok(stored) => stored,
                Err(error) => self.app.not_stored(&self.recorder, key, &device.name, (&[], &[]), &error, outcome).await,
            };
        }
        self.recorder.device_done(&device.name, Some(device.address.to_string()), &outcome);
    }

    /// Gives the result as it was stored.
    async fn store(
        &self,
        key: i64,
        planned: &PlannedDevice,
        visited: Visited,
        outcome: DeviceOutcome,
    ) -> AppResult<DeviceOutcome> {
        let Self { app, recorder, book, gate, .. } = self;
        let Some(run) = recorder.run else { return Ok(outcome) };
        let access = access(&visited);
        let read = app.read(visited.captures).await?;
        let device = app.store.device_by_id(planned.id).await?;
        let says = app.says(&device, &read);
        if let Some(stranger) = says.as_ref().and_then(|says| different(&device, says, &outcome)) {
            app.store.finish_item(run, key, None, &stranger, recorder.now()).await?;
            return Ok(stranger);
        }
        let prepared = app.prepare(Some(planned.id), read).await?;
        let now = recorder.now();
        let mut tx = app.store.begin().await?;
        let saved = app.save(&mut tx, &device, Some(run), &prepared, now).await?;
        if let Some(says) = says {
            let serials = says.identity.serials.into_iter().collect();
            tx.describe_device(device.id, says.model.as_deref(), says.os_version.as_deref(), serials).await?;
        }
        if let Some(access) = access {
            tx.remember_access(device.id, &access, planned.address.port(), now).await?;
        }
        record_log_ins(&mut tx, &gate.take_log_ins(planned.address), device.id, now).await?;
        tx.finish_item(run, key, Some(device.id), &outcome, now).await?;
        let keys = book.save_fresh(&mut tx, now).await?;
        tx.commit().await?;
        book.are_stored(&keys);
        recorder.saved(&device.slug, &saved);
        app.keep_views(&device, &prepared, recorder);
        Ok(outcome)
    }
}

impl App {
    /// What a device says of itself, when it was asked for its version and answered in full. Where serial numbers
    /// come from other captures as well, those that are known stay.
    fn says(&self, device: &Device, read: &[(Capture, Reading)]) -> Option<System> {
        let platform = self.reader.platforms.get(&device.platform)?;
        let own = || read.iter().filter(|(c, _)| c.platform == platform.name && c.completeness.is_complete());
        let is_version = |c: &Capture| c.capture_type == VERSION;
        own().find(|(c, reading)| is_version(c) && reading.outcome.is_read())?;
        let first = own().filter(|(c, _)| is_version(c));
        let mut says = discovery::describe(platform, first.chain(own().filter(|(c, _)| !is_version(c))));
        let elsewhere = !platform.identity.is_empty() || platform.captures.contains_key("chassis");
        if elsewhere && device.serials.iter().any(|s| says.identity.serials.contains(s)) {
            says.identity.serials.extend(device.serials.iter().cloned());
        }
        Some(says)
    }

    /// A device that could not be stored has failed, in the store as well: a retry takes it up, and what it brought
    /// keeps the numbers that the crawl gave.
    pub(crate) async fn not_stored(
        &self,
        recorder: &Recorder,
        key: i64,
        name: &str,
        next: (&[Candidate], &[Verdict]),
        error: &AppError,
        outcome: DeviceOutcome,
    ) -> DeviceOutcome {
        recorder.not_loaded();
        let error = error.chain();
        tracing::error!(device = %name, "cannot store a device: {error}");
        let message = format!("cannot store it: {error}");
        let outcome =
            DeviceOutcome { state: DeviceState::Failed, class: Some(FailureClass::Internal), message, ..outcome };
        if let Some(run) = recorder.run
            && let Err(error) = self.record_failure(recorder, run, key, next, &outcome).await
        {
            tracing::error!(device = %name, "cannot store that it failed with what it brought: {}", error.chain());
            if let Err(error) = self.record_failure(recorder, run, key, (&[], &[]), &outcome).await {
                tracing::error!(device = %name, "cannot store that it failed: {}", error.chain());
            }
        }
        outcome
    }

    async fn record_failure(
        &self,
        recorder: &Recorder,
        run: RunId,
        key: i64,
        (fresh, verdicts): (&[Candidate], &[Verdict]),
        outcome: &DeviceOutcome,
    ) -> AppResult<()> {
        let now = recorder.now();
        let mut tx = self.store.begin().await?;
        tx.finish_item(run, key, None, outcome, now).await?;
        add_items(&mut tx, run, fresh, verdicts, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// That a device was begun is good to know, and no reason to stop when it cannot be written.
    pub(crate) async fn mark_started(&self, recorder: &Recorder, key: i64, name: &str) {
        if let Some(run) = recorder.run
            && let Err(error) = self.store.start_item(run, key, recorder.now()).await
        {
            tracing::warn!(device = %name, "cannot store that it was begun: {}", AppError::from(error).chain());
        }
    }

    pub(crate) async fn save_left_keys(&self, book: &Book, recorder: &Recorder) {
        if recorder.run.is_some()
            && let Err(error) = book.save_left(&self.store, recorder.now()).await
        {
            let error = error.chain();
            tracing::error!("cannot store host keys: {error}");
            recorder.note(format!("new host keys are not stored: {error}"));
        }
    }
}

/// The account that was accepted, and the command line behind it.
fn access(visited: &Visited) -> Option<Access> {
    let DeviceOutcome { state, class, username, .. } = &visited.outcome;
    let was_asked_all = *state == DeviceState::Success || *class == Some(FailureClass::IncompleteOutput);
    let platform = visited.captures.first().filter(|_| was_asked_all)?.platform.clone();
    Some(Access { username: username.clone()?, platform })
}

/// The result when the serial numbers that were said and those that are known have none in common.
fn different(device: &Device, says: &System, outcome: &DeviceOutcome) -> Option<DeviceOutcome> {
    let said = &says.identity.serials;
    if said.is_empty() || device.serials.is_empty() || device.serials.iter().any(|s| said.contains(s)) {
        return None;
    }
    let said = said.iter().map(|s| model::text::shown(s)).collect::<Vec<_>>().join(", ");
    let known = device.serials.join(", ");
    let message = format!("it has the serial number {said}, and {} is known by {known}", device.name);
    let class = Some(FailureClass::DifferentDevice);
    Some(DeviceOutcome { state: DeviceState::Failed, class, message, ..outcome.clone() })
}

pub(crate) fn item(device: &PlannedDevice) -> NewItem {
    NewItem {
        device: Some(device.id),
        address: Some(device.address.ip()),
        port: device.address.port(),
        name: device.name.clone(),
        depth: 0,
        parent: None,
    }
}
