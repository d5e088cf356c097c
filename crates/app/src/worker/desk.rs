//! What a worker has on its desk: the runs that it is at, its pieces, and its word that it is there.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use collect::Task;
use model::{DeviceOutcome, DeviceState, FailureClass, RunId, Timestamp, WorkerId};
use store::{Run, RunItem, Taker};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Say;
use super::line::Line;
use super::turns::take_turns;
use crate::capture::{CaptureParams, Piece, Pieces, RunWork};
use crate::recorder::Recorder;
use crate::{App, AppError, AppResult, OpenVault};

/// A run of which nothing came for so long is put away.
const IDLE: Duration = Duration::from_secs(30);

pub(super) struct Desk {
    pub app: App,
    pub vault: Arc<OpenVault>,
    pub id: WorkerId,
    /// Whether it works for some sites only.
    pub tied: bool,
    pub lease_ms: i64,
    pub pieces: Arc<Pieces>,
    pub drain: CancellationToken,
    /// Drops what is under way.
    pub cancel: CancellationToken,
    pub tell: Say,
    /// The clock of the database server, ahead of ours by so much.
    ahead: AtomicI64,
    is_cut_off: AtomicBool,
    pub line: Arc<Line>,
    runs: Mutex<HashMap<RunId, AtWork>>,
}

#[derive(Clone)]
struct AtWork {
    run: Arc<Run>,
    work: Arc<RunWork>,
    used: Instant,
}

impl Desk {
    pub fn new(
        app: App,
        vault: Arc<OpenVault>,
        (id, tied, lease_ms): (WorkerId, bool, i64),
        (drain, cancel): (CancellationToken, CancellationToken),
        tell: Say,
    ) -> Self {
        let (pieces, ahead, is_cut_off, runs) = Default::default();
        // It speaks four times in a lease.
        let most = Duration::from_millis(lease_ms.unsigned_abs() / 2);
        let line = Arc::new(Line::new(most, Instant::now()));
        Self { app, vault, id, tied, lease_ms, pieces, drain, cancel, tell, ahead, is_cut_off, line, runs }
    }

    /// By the clock that all workers share, so that a lease lasts as long for each of them.
    pub fn now(&self) -> Timestamp {
        self.app.clock.now().plus_ms(self.ahead.load(Ordering::Relaxed))
    }

    fn taker(&self) -> Taker {
        Taker::Worker { id: self.id, tied: self.tied, lease_until: self.now().plus_ms(self.lease_ms) }
    }

    /// Takes up to so many pieces, of the runs whose turn it is.
    pub async fn take(&self, room: usize) -> AppResult<Vec<RunItem>> {
        Ok(take_turns(&self.app.store, self.taker(), room, self.now()).await?)
    }

    /// The visits of pieces. What cannot be visited is given back, or has failed.
    pub async fn visits(&self, items: Vec<RunItem>) -> Vec<Task> {
        let mut of_runs: BTreeMap<RunId, Vec<RunItem>> = BTreeMap::new();
        for item in items {
            of_runs.entry(item.run).or_default().push(item);
        }
        let mut tasks = Vec::new();
        for (run, items) in of_runs {
            match self.visits_of(run, &items).await {
                Ok(visits) => tasks.extend(visits),
                Err(error) => self.cannot_visit(run, &items, &error).await,
            }
        }
        tasks
    }

    async fn visits_of(&self, run: RunId, items: &[RunItem]) -> AppResult<Vec<Task>> {
        let AtWork { run, work, .. } = self.at_work(run).await?;
        let (_, mut devices) = self.app.plan_items(&run, &items.iter().collect::<Vec<_>>()).await?;
        let mut tasks = Vec::with_capacity(items.len());
        for item in items {
            match devices.remove(&item.seq) {
                Some(device) => {
                    let piece = Piece { of_run: work.clone(), device, lease: Some(item.lease()) };
                    tasks.push(self.pieces.begin(&self.app, piece));
                }
                None => self.app.device_is_gone(item).await?,
            }
        }
        Ok(tasks)
    }

    async fn at_work(&self, id: RunId) -> AppResult<AtWork> {
        if let Some(at) = self.runs().get_mut(&id) {
            at.used = Instant::now();
            return Ok(at.clone());
        }
        let run = Arc::new(self.app.store.run(id).await?);
        let params: CaptureParams = crate::resume::params(&run)?;
        let how = &params.errand.how;
        // What was added to the vault, or changed, since this worker began.
        let vault = self.app.renewed_vault(&self.vault).await?;
        let (logins, left_out) = self.app.logins_of(&vault, &how.credentials).await?;
        left_out.iter().for_each(|why| tracing::warn!("{why}"));
        if logins.is_empty() {
            return Err(AppError::Invalid("the vault has no log-in; `velocity vault add` adds one".into()));
        }
        let recorder = Recorder::for_worker(self.app.clock.clone(), id, run.kind, run.counts.total());
        let settings = crate::jobs::paced(self.app.settings(), how);
        let stop = self.cancel.child_token();
        let work = self.app.run_work(&params.errand, logins, settings, Arc::new(recorder), stop).await?;
        let at = AtWork { run, work: Arc::new(work), used: Instant::now() };
        Ok(self.runs().entry(id).or_insert(at).clone())
    }

    /// For a fault that passes they wait again; any other is theirs.
    async fn cannot_visit(&self, run: RunId, items: &[RunItem], error: &AppError) {
        let leases: Vec<_> = items.iter().map(RunItem::lease).collect();
        let done = match error {
            AppError::Store(e) if e.may_pass() => self.app.store.give_back(&leases).await.map(drop),
            _ => {
                tracing::error!(%run, "cannot work on it: {}", error.chain());
                let outcome = DeviceOutcome {
                    state: DeviceState::Failed,
                    class: Some(FailureClass::Internal),
                    message: format!("a worker cannot visit it: {}", error.chain()),
                    username: None,
                    credential: None,
                    duration_ms: 0,
                };
                self.fail(&leases, &outcome).await
            }
        };
        if let Err(error) = done {
            // Their leases run out.
            tracing::warn!(%run, "pieces are left lying: {}", AppError::from(error).chain());
        }
        self.end(run).await;
    }

    async fn fail(&self, leases: &[store::Lease], outcome: &DeviceOutcome) -> store::StoreResult<()> {
        for lease in leases {
            self.app.store.finish_piece(*lease, None, outcome, self.app.clock.now()).await?;
        }
        Ok(())
    }

    /// Ends a run if nothing is left of it.
    pub async fn end(&self, run: RunId) {
        match self.app.store.end_run(run, self.app.clock.now()).await {
            Ok(Some(state)) => (self.tell)(format!("execution {run} has ended: {state}")),
            Ok(None) => {}
            // Whoever looks next ends it.
            Err(error) => tracing::warn!(%run, "its end is not written yet: {}", AppError::from(error).chain()),
        }
    }

    /// Says that it is there, and renews its leases. False when it was removed.
    pub async fn beat(&self) -> AppResult<bool> {
        let store = &self.app.store;
        if let Some(server) = store.server_time().await? {
            self.ahead.store(server.ms_since(self.app.clock.now()), Ordering::Relaxed);
        }
        let state = if self.drain.is_cancelled() { "draining" } else { "working" };
        if !store.worker_is_there(self.id, state, self.now()).await? {
            return Ok(false);
        }
        let leases = self.pieces.leases();
        let going = store.renew_leases(self.id, &leases, self.now().plus_ms(self.lease_ms)).await?;
        for lease in &leases {
            if !going.contains(&lease.run)
                && let Some(at) = self.runs().remove(&lease.run)
            {
                at.work.stop.cancel();
            }
        }
        Ok(true)
    }

    /// Sees to what others left.
    pub async fn tidy(&self) -> AppResult<()> {
        let store = &self.app.store;
        self.app.note_lost_workers().await?;
        let ended = store.end_leases(self.now()).await?;
        if ended > 0 {
            (self.tell)(format!("{ended} devices of a worker that is gone wait again"));
        }
        for run in store.runs_without_end().await? {
            self.end(run).await;
        }
        self.put_away(IDLE).await;
        Ok(())
    }

    /// Says once that the database does not answer, and once that it does again.
    pub fn is_cut_off(&self, error: Option<&AppError>) {
        let was = self.is_cut_off.swap(error.is_some(), Ordering::Relaxed);
        if error.is_none() {
            self.line.heard(Instant::now());
        }
        match error {
            Some(error) if !was => {
                tracing::warn!("waiting for the database: {}", error.chain());
                (self.tell)(format!("waiting for the database: {}", error.chain()));
            }
            None if was => (self.tell)("the database answers again".to_owned()),
            _ => {}
        }
    }

    /// Runs of which nothing came for so long.
    pub async fn put_away(&self, idle: Duration) {
        let busy: Vec<RunId> = self.pieces.leases().into_iter().map(|lease| lease.run).collect();
        let is_idle = |id: &RunId, at: &mut AtWork| at.used.elapsed() >= idle && !busy.contains(id);
        let idle: Vec<AtWork> = self.runs().extract_if(|id, at| is_idle(id, at)).map(|(_, at)| at).collect();
        for at in idle {
            self.app.close_run_work(&at.work).await;
            at.work.recorder.notes().iter().for_each(|note| tracing::info!(run = %at.run.id, "{note}"));
        }
    }

    fn runs(&self) -> MutexGuard<'_, HashMap<RunId, AtWork>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
