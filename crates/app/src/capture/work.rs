//! A collection while it goes: each result is read, compared with what is known of the device, and stored as it comes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use collect::{Event, Gate, Visited};
use discovery::System;
use ingest::Reading;
use model::device::Access;
use model::{Capture, Device, DeviceOutcome, DeviceState, FailureClass};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::{self, JoinError, JoinSet};

use super::PlannedDevice;
use crate::book::Book;
use crate::creds::record_log_ins;
use crate::recorder::Recorder;
use crate::{App, AppError, AppResult};

/// Devices whose results are read and stored at once.
const SAVERS: usize = 8;

/// The capture type in which a device says who it is.
const VERSION: &str = "version";

/// A collection while it goes.
pub(super) struct Work {
    pub app: App,
    pub devices: BTreeMap<i64, PlannedDevice>,
    pub recorder: Arc<Recorder>,
    pub book: Arc<Book>,
    pub gate: Gate,
}

impl Work {
    /// Takes results as they come; reads and stores some at once, and waits for the rest at the end.
    pub async fn take(self: Arc<Self>, mut events: mpsc::Receiver<Event>) {
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
        let outcome = DeviceOutcome {
            state: DeviceState::Failed,
            class: None,
            message,
            username: None,
            credential: None,
            duration_ms: 0,
        };
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
            let why = |ty: &String| format!("{ty}: {}", self.app.reader.platforms.why_without(&device.platform, ty));
            let types = device.unsupported.iter().map(why).collect::<Vec<_>>().join("; ");
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
