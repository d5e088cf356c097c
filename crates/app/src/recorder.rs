//! A run while it goes: counts, events, heartbeat, and its end.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::{Clock, DeviceOutcome, DeviceState, FailureClass, RunEvent, RunId, RunKind, RunState, Timestamp};
use store::{Run, RunItem, Store};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::events::EventSink;
use crate::report::{FailedDevice, RunReport};
use crate::saving::Saved;
use crate::{App, AppError, AppResult};

/// Well under the time after which a run without one counts as interrupted.
const HEARTBEAT: Duration = Duration::from_secs(3);

/// How many notes of one kind a report has room for.
const NOTES: usize = 20;

/// Counts and tells. `run` is `None` when nothing is to be saved.
pub(crate) struct Recorder {
    pub run: Option<RunId>,
    kind: RunKind,
    began: Timestamp,
    clock: Arc<dyn Clock>,
    events: EventSink,
    tally: Mutex<Tally>,
    heartbeat: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Tally {
    total: u64,
    running: u64,
    succeeded: u64,
    failed: u64,
    skipped: u64,
    captures: BTreeMap<String, u64>,
    facts: BTreeMap<String, u64>,
    changes: u64,
    partly: BTreeMap<String, u64>,
    failures: Vec<FailedDevice>,
    left_out: Vec<FailedDevice>,
    notes: Vec<String>,
    not_loaded: bool,
}

impl Recorder {
    pub fn start(
        app: &App,
        events: EventSink,
        run: Option<RunId>,
        kind: RunKind,
        total: u64,
        cancel: &CancellationToken,
    ) -> Self {
        let clock = app.clock.clone();
        let began = clock.now();
        let heartbeat = run.map(|run| tokio::spawn(beat(app.clone(), run, cancel.clone())));
        let tally = Mutex::new(Tally { total, ..Tally::default() });
        let recorder = Self { run, kind, began, clock, events, tally, heartbeat };
        recorder.events.tell(RunEvent::Started { run: recorder.id(), kind, total, at: began });
        recorder
    }

    /// For a run that is shared: nobody looks on, and that it goes on is the word of its workers.
    pub fn for_worker(clock: Arc<dyn Clock>, run: RunId, kind: RunKind, total: u64) -> Self {
        let (events, _) = crate::events::channel();
        let tally = Mutex::new(Tally { total, ..Tally::default() });
        Self { run: Some(run), kind, began: clock.now(), clock, events, tally, heartbeat: None }
    }

    /// For who looks on at a run that others work on: nothing is written.
    pub fn for_onlooker(clock: Arc<dyn Clock>, events: EventSink, run: &Run) -> Self {
        let (began, total) = (run.started_at, run.counts.total());
        let tally = Mutex::new(Tally { total, ..Tally::default() });
        let recorder = Self { run: Some(run.id), kind: run.kind, began, clock, events, tally, heartbeat: None };
        recorder.events.tell(RunEvent::Started { run: run.id, kind: run.kind, total, at: began });
        recorder
    }

    /// The end of a run that was looked on at, or of looking.
    pub fn looked_on(&self, state: RunState) -> RunReport {
        let at = self.now();
        let report = self.report(state, at);
        self.tell_progress();
        if state != RunState::Running {
            let summary = serde_json::to_value(&report).unwrap_or_default();
            self.events.tell(RunEvent::Finished { run: self.id(), state, summary, at });
        }
        report
    }

    /// What was noted so far.
    pub fn notes(&self) -> Vec<String> {
        self.tally().notes.clone()
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What a resumed run had done before: it counts in its end.
    pub fn recall(&self, items: &[RunItem]) {
        for item in items {
            if !matches!(item.state, DeviceState::Pending | DeviceState::Running) {
                self.count(&item.name, address_of(item), &outcome_of(item));
            }
        }
    }

    /// More devices than the run began with: a crawl finds them.
    pub fn add(&self, devices: usize) {
        self.tally().total += devices as u64;
    }

    /// As many devices as it has now.
    pub fn grow(&self, total: u64) {
        let mut tally = self.tally();
        tally.total = tally.total.max(total);
    }

    /// How far a stage before the devices' own work is.
    pub fn stage(&self, stage: &'static str, completed: usize, total: usize) {
        let (completed, total) = (completed as u64, total as u64);
        self.events.tell(RunEvent::Stage { run: self.id(), stage, completed, total, at: self.now() });
    }

    pub fn device_started(&self, device: &str, address: &str) {
        self.tally().running += 1;
        let (run, at) = (self.id(), self.now());
        self.events.tell(RunEvent::DeviceStarted { run, device: device.to_owned(), address: address.to_owned(), at });
    }

    /// A device that was started has its result.
    pub fn device_done(&self, device: &str, address: Option<String>, outcome: &DeviceOutcome) {
        {
            let mut tally = self.tally();
            tally.running = tally.running.saturating_sub(1);
        }
        self.settle(device, address, outcome);
    }

    /// A device that was started has no result from us.
    pub fn device_dropped(&self) {
        let mut tally = self.tally();
        tally.running = tally.running.saturating_sub(1);
    }

    /// A device has its result, whether it was started or not.
    pub fn settle(&self, device: &str, address: Option<String>, outcome: &DeviceOutcome) {
        let (run, at) = (self.id(), self.now());
        let shown = address.clone().unwrap_or_default();
        self.count(device, address, outcome);
        if let Some(class) = outcome.class.filter(|class| class.is_alarm()) {
            let (device, address, message) = (device.to_owned(), shown.clone(), outcome.message.clone());
            self.note(format!("ALARM: {device} ({address}): {message}"));
            self.events.tell(RunEvent::Alarm { run, class, device, address, message, at });
        }
        let (device, outcome) = (device.to_owned(), outcome.clone());
        self.events.tell(RunEvent::DeviceCompleted { run, device, address: shown, outcome, at });
        self.tell_progress();
    }

    pub fn saved(&self, device: &str, saved: &Saved) {
        let mut tally = self.tally();
        for (name, n) in &saved.captures {
            *tally.captures.entry(name.clone()).or_default() += n;
        }
        for (name, n) in &saved.facts {
            *tally.facts.entry(name.clone()).or_default() += n;
        }
        for (name, n) in &saved.partly {
            *tally.partly.entry(name.clone()).or_default() += n;
        }
        tally.changes += saved.changes;
        tally.not_loaded |= saved.not_loaded.is_some();
        tally.notes.extend(saved.not_loaded.iter().map(|why| format!("{device}: {why}")));
        tally.notes.extend(saved.notes.iter().map(|note| format!("{device}: {note}")));
    }

    /// What a person should know besides.
    pub fn note(&self, note: String) {
        self.tally().notes.push(note);
    }

    /// What a device said could not be stored: its result.
    pub fn not_stored(&self, device: &str, error: &AppError, outcome: DeviceOutcome) -> DeviceOutcome {
        self.tally().not_loaded = true;
        let error = error.chain();
        tracing::error!(%device, "cannot store a device: {error}");
        let message = format!("cannot store it: {error}");
        DeviceOutcome { state: DeviceState::Failed, class: Some(FailureClass::Internal), message, ..outcome }
    }

    /// Ends the run: writes its state, tells the last progress and the end.
    pub async fn finish(&self, store: &Store, cancelled: bool) -> AppResult<RunReport> {
        let ended = match self.run.filter(|_| !cancelled) {
            Some(run) => self.ended(store, run).await,
            None => None,
        };
        self.end(store, ended.unwrap_or_else(|| self.state(cancelled))).await
    }

    /// The items know how it went, whoever wrote them. `None` when something has no result, or nobody can say: then our
    /// counts say it.
    async fn ended(&self, store: &Store, run: RunId) -> Option<RunState> {
        match store.end_run(run, self.now()).await {
            Ok(None) => store.run(run).await.ok().map(|run| run.state).filter(|state| *state != RunState::Running),
            ended => ended.ok().flatten(),
        }
    }

    /// Ends a run that an error of ours stopped.
    pub async fn give_up(&self, store: &Store, error: &AppError) {
        self.note(error.chain());
        if let Err(error) = self.end(store, RunState::Failed).await {
            tracing::error!("the end of a run is not written: {}", error.chain());
        }
    }

    /// Whoever watches is told the end, also when it cannot be written.
    async fn end(&self, store: &Store, state: RunState) -> AppResult<RunReport> {
        if let Some(heartbeat) = &self.heartbeat {
            heartbeat.abort();
        }
        let at = self.now();
        let written = match self.run {
            Some(run) => store.finish_run(run, state, at).await,
            None => Ok(()),
        };
        let report = self.report(state, at);
        {
            let mut tally = self.tally();
            tally.running = 0;
        }
        self.tell_progress();
        let summary = serde_json::to_value(&report).unwrap_or_default();
        self.events.tell(RunEvent::Finished { run: self.id(), state, summary, at });
        written?;
        Ok(report)
    }

    fn state(&self, cancelled: bool) -> RunState {
        let tally = self.tally();
        // A device that nobody was let into for lack of an account is not one that was left out on purpose.
        let protected = tally.left_out.iter().filter(|d| d.class == FailureClass::AccountProtected).count() as u64;
        match (cancelled, tally.succeeded, tally.failed + protected) {
            (true, ..) => RunState::Cancelled,
            (_, _, 0) => RunState::Success,
            (_, 0, _) => RunState::Failed,
            _ => RunState::Partial,
        }
    }

    fn report(&self, state: RunState, at: Timestamp) -> RunReport {
        let tally = self.tally();
        let mut notes: Vec<String> = tally.notes.iter().take(NOTES).cloned().collect();
        if tally.notes.len() > NOTES {
            notes.push(format!("{} more notes of this kind", tally.notes.len() - NOTES));
        }
        if !tally.partly.is_empty() {
            let partly = tally.partly.iter().map(|(name, n)| format!("{name} {n}")).collect::<Vec<_>>().join(", ");
            notes.push(format!("captures with lines that no rule read: {partly} (velocity devices show NAME)"));
        }
        RunReport {
            run: self.run,
            kind: self.kind,
            state,
            success: state == RunState::Success,
            devices_total: tally.total,
            devices_succeeded: tally.succeeded,
            devices_failed: tally.failed,
            devices_skipped: tally.skipped,
            captures_created: tally.captures.clone(),
            facts: tally.facts.clone(),
            changes: tally.changes,
            loaded_to_db: self.run.is_some() && !tally.not_loaded,
            execution_time: at.ms_since(self.began) as f64 / 1000.0,
            failed_devices: tally.failures.clone(),
            skipped_devices: tally.left_out.clone(),
            notes,
        }
    }

    fn count(&self, device: &str, address: Option<String>, outcome: &DeviceOutcome) {
        let mut tally = self.tally();
        match outcome.state {
            DeviceState::Success => tally.succeeded += 1,
            DeviceState::Skipped => tally.skipped += 1,
            _ => tally.failed += 1,
        }
        if outcome.state != DeviceState::Success {
            let class = outcome.class.unwrap_or(FailureClass::Internal);
            let (name, message, advice) = (device.to_owned(), outcome.message.clone(), class.advice());
            let list = if outcome.state == DeviceState::Skipped { &mut tally.left_out } else { &mut tally.failures };
            list.push(FailedDevice { name, address, class, message, advice });
        }
    }

    fn tell_progress(&self) {
        let (run, at) = (self.id(), self.now());
        let tally = self.tally();
        let completed = tally.succeeded + tally.failed + tally.skipped;
        let Tally { running, failed, skipped, total, .. } = *tally;
        self.events.tell(RunEvent::Progress { run, running, completed, failed, skipped, total, at });
    }

    fn id(&self) -> RunId {
        self.run.unwrap_or(RunId(0))
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        if let Some(heartbeat) = &self.heartbeat {
            heartbeat.abort();
        }
    }
}

/// What came of an item, by what is on record.
pub(crate) fn outcome_of(item: &RunItem) -> DeviceOutcome {
    DeviceOutcome {
        state: item.state,
        class: item.class,
        message: item.message.clone(),
        username: item.username.clone(),
        credential: item.credential.clone(),
        duration_ms: item.duration_ms,
    }
}

pub(crate) fn address_of(item: &RunItem) -> Option<String> {
    item.address.map(|ip| std::net::SocketAddr::new(ip, item.port).to_string())
}

/// Whoever cancels the run is heard here: at once in this process, with the next heartbeat from another.
async fn beat(app: App, run: RunId, cancel: CancellationToken) {
    loop {
        match app.store.heartbeat(run, app.clock.now()).await {
            Ok(true) => cancel.cancel(),
            Ok(false) => {}
            Err(error) => tracing::warn!(%run, "no heartbeat: {error}"),
        }
        let _ = tokio::time::timeout(HEARTBEAT, app.cancelled.notified()).await;
    }
}
