//! `capture`: chosen capture types from chosen devices.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;

use collect::{Event, Path, Visit, Visited};
use model::device::Access;
use model::{Device, DeviceId, DeviceOutcome, DeviceState, FailureClass, Platform, RunKind};
use serde::{Deserialize, Serialize};
use store::NewItem;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use transport::Login;

use crate::actor::Role;
use crate::discover::QUEUE;
use crate::host_keys::Book;
use crate::recorder::Recorder;
use crate::select::Selector;
use crate::{Actor, App, AppError, AppResult, EventSink, RunReport, Settings};

/// Devices whose results are read and stored at once.
const SAVERS: usize = 8;

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
        let (env, book) = self.environment(settings).await?;
        let logins: Vec<Arc<Login>> = logins.into_iter().map(Arc::new).collect();
        let visits: Vec<Visit> = devices.iter().map(|(key, d)| self.visit(*key, d, &logins)).collect();
        let (sender, events) = mpsc::channel(QUEUE);
        let stop = cancel.child_token();
        // An error of ours must not leave the collection going.
        let _guard = stop.clone().drop_guard();
        let stage = tokio::spawn(collect::run(visits, env, sender, stop));
        let work = Work { app: self.clone(), devices, recorder, book };
        let recorder = work.take(events).await?;
        if let Err(panic) = stage.await {
            tracing::error!("the collection ended badly: {panic}");
        }
        recorder.finish(&self.store, cancel.is_cancelled()).await
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

    fn ways(&self, device: &PlannedDevice, logins: &[Arc<Login>]) -> Vec<(Vec<Arc<Login>>, &'static Platform)> {
        let platform = |name: &str| self.reader.platforms.get(name);
        let way = |a: &Access| {
            let login = logins.iter().find(|l| l.username == a.username)?;
            Some((vec![login.clone()], platform(&a.platform)?))
        };
        let mut ways: Vec<_> = device.accesses.iter().filter_map(way).collect();
        // The device's own platform goes first: it has the running configuration.
        ways.sort_by_key(|(_, p)| p.name != device.platform);
        if ways.is_empty() {
            ways.extend(platform(&device.platform).map(|p| (logins.to_vec(), p)));
        }
        ways
    }

    /// The canonical names of capture types.
    fn capture_types(&self, text: &str) -> AppResult<Vec<String>> {
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
    recorder: Recorder,
    book: Arc<Book>,
}

impl Work {
    /// Takes results as they come; reads and stores some at once, and waits for the rest at the end.
    async fn take(self, mut events: mpsc::Receiver<Event>) -> AppResult<Recorder> {
        let work = Arc::new(self);
        let room = Arc::new(Semaphore::new(SAVERS));
        let mut savers = JoinSet::new();
        while let Some(event) = events.recv().await {
            match event {
                Event::Started { key } => work.started(key).await?,
                Event::Done { key, visited } => {
                    let permit = room.clone().acquire_owned().await;
                    let work = work.clone();
                    savers.spawn(async move {
                        work.done(key, visited).await;
                        drop(permit);
                    });
                    while savers.try_join_next().is_some() {}
                }
            }
        }
        while savers.join_next().await.is_some() {}
        let work = Arc::into_inner(work).ok_or_else(|| AppError::Invalid("a result is still being stored".into()))?;
        Ok(work.recorder)
    }

    async fn started(&self, key: i64) -> AppResult<()> {
        let Some(device) = self.devices.get(&key) else { return Ok(()) };
        self.recorder.device_started(&device.name, &device.address.to_string());
        if let Some(run) = self.recorder.run {
            self.app.store.start_item(run, key, self.recorder.now()).await?;
        }
        Ok(())
    }

    async fn done(&self, key: i64, visited: Visited) {
        let Some(device) = self.devices.get(&key) else { return };
        let mut outcome = visited.outcome.clone();
        if !device.unsupported.is_empty() {
            let types = device.unsupported.join(", ");
            outcome.message = format!("{} (not on this platform: {types})", outcome.message);
        }
        if self.recorder.run.is_some()
            && let Err(error) = self.store(key, device, visited, &outcome).await
        {
            self.recorder.not_loaded();
            tracing::error!(device = %device.name, "cannot store a result: {error}");
            let message = format!("cannot store it: {error}");
            outcome =
                DeviceOutcome { state: DeviceState::Failed, class: Some(FailureClass::Internal), message, ..outcome };
        }
        self.recorder.device_done(&device.name, Some(device.address.to_string()), &outcome);
    }

    async fn store(
        &self,
        key: i64,
        planned: &PlannedDevice,
        visited: Visited,
        outcome: &DeviceOutcome,
    ) -> AppResult<()> {
        let Self { app, recorder, book, .. } = self;
        let Some(run) = recorder.run else { return Ok(()) };
        let read = app.read(visited.captures).await?;
        let prepared = app.prepare(Some(planned.id), read).await?;
        let now = recorder.now();
        let mut tx = app.store.begin().await?;
        let device = tx.device_by_id(planned.id).await?;
        let saved = app.save(&mut tx, &device, Some(run), &prepared, now).await?;
        tx.finish_item(run, key, Some(device.id), outcome, now).await?;
        book.save_fresh(&mut tx, now).await?;
        tx.commit().await?;
        recorder.saved(&device.slug, &saved);
        app.write_views(&device, &prepared)
    }
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
