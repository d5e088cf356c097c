//! A collection while it goes: each result is read, compared with what is known of the device, and stored as it comes.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use collect::{Event, LogIn, Visited};
use discovery::System;
use ingest::Reading;
use model::device::Access;
use model::{Capture, Device, DeviceOutcome, DeviceState, FailureClass, RunId};
use store::{Lease, StoreError};
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio::task::{self, JoinError, JoinSet};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Errand, Piece, Pieces, RunWork, validation};
use crate::creds::record_log_ins;
use crate::saving::Load;
use crate::worker::Line;
use crate::{App, AppError, AppResult};

/// Devices whose results are read and stored at once.
const SAVERS: usize = 8;

/// The capture type in which a device says who it is.
const VERSION: &str = "version";

/// After so many the fault is told as the result of the device.
const MOST_ATTEMPTS: u32 = 5;

/// How long an answer of the database may take: a network that is cut says nothing.
const SILENCE: Duration = Duration::from_secs(120);

/// Within so long it answers on a line that is not cut.
const ANSWER: Duration = Duration::from_secs(2);

fn silence() -> AppError {
    AppError::Store(StoreError::Silent)
}

/// Between two tries to reach the database, at first and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(5));

/// Collections while they go: the results of one run, or of all that a worker is at.
pub(crate) struct Work {
    pub app: App,
    pub pieces: Arc<Pieces>,
    /// How long a database that cannot be written is waited for.
    pub patience: Duration,
    /// Nobody waits any more.
    pub cancel: CancellationToken,
    /// Is told that a device is settled, and which run has no more devices under way here.
    pub settled: Option<(Arc<Notify>, mpsc::UnboundedSender<RunId>)>,
    /// That of a worker to the database.
    pub line: Option<Arc<Line>>,
}

impl Work {
    /// Takes results as they come; reads and stores some at once, and waits for the rest at the end.
    pub async fn take(self: Arc<Self>, mut events: mpsc::Receiver<Event>) {
        let room = Arc::new(Semaphore::new(SAVERS));
        let mut savers = JoinSet::new();
        let mut keys = HashMap::new();
        while let Some(event) = events.recv().await {
            match event {
                Event::Started { key } => self.started(key),
                Event::Dropped { key } => self.dropped(key).await,
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
        let found = keys.remove(&error.id()).and_then(|key| Some((key, self.pieces.get(key)?)));
        let Some((key, piece)) = found else { return tracing::error!("a result is lost: {error}") };
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
        let outcome = self.not_stored(&piece, &error, outcome).await;
        self.settled(key, &piece, &outcome);
    }

    fn started(&self, key: i64) {
        let Some(piece) = self.pieces.get(key) else { return };
        let device = &piece.device;
        piece.of_run.recorder.device_started(&device.name, &device.address.to_string());
    }

    /// It has no result, and waits again.
    async fn dropped(&self, key: i64) {
        let Some(piece) = self.pieces.get(key) else { return };
        piece.of_run.recorder.device_dropped();
        if let Some(lease) = piece.lease
            && let Err(error) = self.app.store.give_back(&[lease]).await
        {
            tracing::warn!(device = %piece.device.name, "cannot give it back: {}", AppError::from(error).chain());
        }
        self.pieces.end(key);
    }

    async fn done(&self, key: i64, visited: Visited) {
        let Some(piece) = self.pieces.get(key) else { return };
        let device = &piece.device;
        let mut outcome = visited.outcome.clone();
        if !device.unsupported.is_empty() {
            let why = |ty: &String| format!("{ty}: {}", self.app.reader.platforms.why_without(&device.platform, ty));
            let types = device.unsupported.iter().map(why).collect::<Vec<_>>().join("; ");
            outcome.message = format!("{} (not on this platform: {types})", outcome.message);
        }
        if self.is_our_fault(&piece, &outcome).await {
            tracing::warn!(device = %device.name, "another attempt: {}", outcome.message);
            return self.dropped(key).await;
        }
        outcome = match piece.lease {
            None => self.only_judge(&piece.of_run.errand, visited, outcome).await,
            Some(lease) => match self.stored(&piece, lease, visited, outcome.clone()).await {
                Ok(stored) => stored,
                Err(AppError::Store(lost @ StoreError::LeaseLost { .. })) => {
                    tracing::info!(device = %device.name, "a result is left out: {lost}");
                    piece.of_run.recorder.device_dropped();
                    return self.pieces.end(key);
                }
                Err(error) => self.not_stored(&piece, &error, outcome).await,
            },
        };
        self.settled(key, &piece, &outcome);
    }

    /// Nothing is to be saved.
    async fn only_judge(&self, errand: &Arc<Errand>, visited: Visited, mut outcome: DeviceOutcome) -> DeviceOutcome {
        if errand.how.validate.is_some() {
            match self.app.read_for(visited.captures, errand.clone()).await {
                Ok(read) => drop(validation::judge(read, errand, &mut outcome)),
                Err(error) => outcome.message = format!("{}; not validated: {}", outcome.message, error.chain()),
            }
        }
        outcome
    }

    /// Whether a device was not visited for something of ours, and others can try again: a budget of its account that cannot be
    /// asked while the database is away, a line of our own that was cut.
    async fn is_our_fault(&self, piece: &Piece, outcome: &DeviceOutcome) -> bool {
        let Some(line) = &self.line else { return false };
        piece.lease.is_some_and(|lease| lease.attempt < MOST_ATTEMPTS)
            && match outcome.class {
                Some(FailureClass::Internal) => true,
                Some(
                    FailureClass::Unreachable
                    | FailureClass::JumpHostFailed
                    | FailureClass::Timeout
                    | FailureClass::ConnectionLost,
                ) => !self.held(line, outcome).await,
                _ => false,
            }
    }

    /// Whether the database answers now and did so throughout the visit that ended with this.
    async fn held(&self, line: &Line, outcome: &DeviceOutcome) -> bool {
        let now = Instant::now();
        let lasted = Duration::from_millis(outcome.duration_ms.unsigned_abs());
        let asked = tokio::time::timeout(ANSWER, self.app.store.server_time()).await;
        if asked.is_ok_and(|answer| answer.is_ok()) {
            line.heard(Instant::now());
            return line.held_since(now.checked_sub(lasted).unwrap_or(now), Instant::now());
        }
        false
    }

    /// It has its result; when it was the last one here, its run may be over.
    fn settled(&self, key: i64, piece: &Piece, outcome: &DeviceOutcome) {
        self.pieces.end(key);
        let device = &piece.device;
        piece.of_run.recorder.device_done(&device.name, Some(device.address.to_string()), outcome);
        if let (Some((settled, emptied)), Some(lease)) = (&self.settled, piece.lease) {
            settled.notify_one();
            if !self.pieces.leases().iter().any(|other| other.run == lease.run) {
                // Nobody hears it when all is over: then whoever looks next ends the run.
                let _ = emptied.send(lease.run);
            }
        }
    }

    /// Gives the result as it was stored. What was read is kept while the database does not answer, or has no room.
    async fn stored(
        &self,
        piece: &Piece,
        lease: Lease,
        visited: Visited,
        outcome: DeviceOutcome,
    ) -> AppResult<DeviceOutcome> {
        let access = access(&visited);
        let read = self.app.read_for(visited.captures, piece.of_run.errand.clone()).await?;
        let log_ins = piece.of_run.env.gate.take_log_ins(piece.device.address);
        let (began, mut pause, mut tried) = (Instant::now(), PAUSES.0, false);
        loop {
            let storing = self.store(piece, lease, &read, (&access, &log_ins), outcome.clone());
            let error = match tokio::time::timeout(SILENCE, storing).await.unwrap_or_else(|_| Err(silence())) {
                // The answer to a commit may be lost, and the commit not.
                Err(AppError::Store(lost @ StoreError::LeaseLost { .. })) if tried => {
                    return if self.app.store.is_finished(lease).await? { Ok(outcome) } else { Err(lost.into()) };
                }
                Err(error) if matches!(&error, AppError::Store(e) if e.may_pass()) => error,
                done => return done,
            };
            if began.elapsed() > self.patience || self.cancel.is_cancelled() {
                return Err(error);
            }
            if !tried {
                tracing::warn!(device = %piece.device.name, "its result waits for the database: {error}");
            }
            tried = true;
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(PAUSES.1);
        }
    }

    async fn store(
        &self,
        piece: &Piece,
        lease: Lease,
        read: &[(Capture, Reading)],
        (access, log_ins): (&Option<Access>, &[LogIn]),
        mut outcome: DeviceOutcome,
    ) -> AppResult<DeviceOutcome> {
        let (app, planned) = (&self.app, &piece.device);
        let RunWork { recorder, book, errand, .. } = &*piece.of_run;
        let device = app.store.device_by_id(planned.id).await?;
        let says = app.says(&device, read);
        if let Some(stranger) = says.as_ref().and_then(|says| different(&device, says, &outcome)) {
            app.store.finish_piece(lease, None, &stranger, recorder.now()).await?;
            return Ok(stranger);
        }
        let kept = validation::judge(read.to_vec(), errand, &mut outcome);
        let prepared = app.prepare(Some(planned.id), kept).await?;
        let now = recorder.now();
        let mut tx = app.store.begin().await?;
        // First of all: from here on nobody else takes it, and what follows is there once or not at all.
        tx.finish_piece(lease, Some(device.id), &outcome, now).await?;
        let load = if errand.keep_only { Load::Later } else { Load::Now };
        let saved = app.save(&mut tx, &device, Some(lease.run), (&prepared, load), now).await?;
        if let Some(says) = says {
            let serials = says.identity.serials.into_iter().collect();
            tx.describe_device(device.id, says.model.as_deref(), says.os_version.as_deref(), serials).await?;
        }
        if let Some(access) = access {
            tx.remember_access(device.id, access, planned.address.port(), now).await?;
        }
        record_log_ins(&mut tx, log_ins, device.id, now).await?;
        let keys = book.save_fresh(&mut tx, now).await?;
        tx.commit().await?;
        book.are_stored(&keys);
        recorder.saved(&device.slug, &saved);
        app.keep_views(&device, &prepared, recorder);
        Ok(outcome)
    }

    /// A device that could not be stored has failed, in the store as well: a retry takes it up.
    async fn not_stored(&self, piece: &Piece, error: &AppError, outcome: DeviceOutcome) -> DeviceOutcome {
        let (recorder, name) = (&piece.of_run.recorder, &piece.device.name);
        let outcome = recorder.not_stored(name, error, outcome);
        if let Some(lease) = piece.lease
            && let Err(error) = self.app.store.finish_piece(lease, None, &outcome, recorder.now()).await
        {
            tracing::error!(device = %name, "cannot store that it failed: {}", AppError::from(error).chain());
        }
        outcome
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
