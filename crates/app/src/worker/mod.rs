//! Workers: processes that take devices of shared runs, on this machine or another, until they are told to stop.

mod desk;
mod line;
mod source;
mod turns;

use std::sync::Arc;
use std::time::Duration;

use model::{SiteId, WorkerId};
use store::{NewAudit, NewWorker, StoreError, Wake, Worker};
use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use self::desk::Desk;
pub(crate) use self::line::Line;
use self::source::QueueSource;
pub use self::turns::take_turns;
use crate::actor::Role;
use crate::capture::Work;
use crate::discover::QUEUE;
use crate::{Actor, App, AppError, AppResult, OpenVault};

/// More workers than this on one machine are given names by hand.
const NAMES: usize = 64;

/// More than its lease, a worker that was killed is waited for until its name is free.
const SLACK: Duration = Duration::from_secs(2);

/// Takes what a worker has to say to whoever looks on.
pub type Say = Arc<dyn Fn(String) + Send + Sync>;

#[derive(Debug, Clone)]
pub struct WorkerOptions {
    /// The name of the machine, with a number when there is one already.
    pub name: Option<String>,
    /// Works for these only, by name or slug; for all that no other worker is tied to when there is none.
    pub sites: Vec<String>,
    /// Devices at once.
    pub concurrency: usize,
    /// How long devices under way may take when it is told to stop.
    pub drain: Duration,
}

/// A worker, and whether it is heard of.
#[derive(Debug, Clone, serde::Serialize)]
pub struct WorkerView {
    #[serde(flatten)]
    pub worker: Worker,
    /// `lost` when it was not heard of for as long as a lease lasts.
    pub condition: String,
}

/// What waits for workers.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
pub struct QueueView {
    pub runs: u64,
    /// Devices.
    pub waiting: u64,
    pub running: u64,
}

impl App {
    /// What is shared and not over.
    pub async fn queue(&self, actor: &Actor) -> AppResult<QueueView> {
        actor.must(Role::Viewer, "see the queue")?;
        let (runs, waiting, running) = self.store.queue_size().await?;
        Ok(QueueView { runs, waiting, running })
    }

    /// Works until `drain` is cancelled: then no device is begun, those under way are finished or given back.
    ///
    /// A database that does not answer is waited for.
    pub async fn work(
        &self,
        actor: &Actor,
        vault: Arc<OpenVault>,
        options: &WorkerOptions,
        drain: CancellationToken,
        tell: Say,
    ) -> AppResult<()> {
        actor.must(Role::Operator, "start a worker")?;
        let concurrency = options.concurrency.max(1);
        // One that was killed keeps its name until its lease ran out; whoever starts it again at once waits for that.
        let given_up = Instant::now() + Duration::from_millis(self.lease_ms().unsigned_abs()) + SLACK;
        let (id, name) = loop {
            match self.register(options, concurrency).await {
                Err(AppError::Store(StoreError::Conflict(taken)))
                    if Instant::now() < given_up && !drain.is_cancelled() =>
                {
                    tracing::warn!("{taken}: waiting until it is given up");
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
                Err(AppError::Store(StoreError::Conflict(taken))) => {
                    return Err(AppError::Invalid(format!("{taken}; give it another name with --name")));
                }
                Err(AppError::Store(error)) if error.may_pass() && !drain.is_cancelled() => {
                    tracing::warn!("waiting for the database: {error}");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                registered => break registered?,
            }
        };
        let sites = if options.sites.is_empty() { "any site".to_owned() } else { options.sites.join(", ") };
        tell(format!("worker `{name}` works on {concurrency} devices at once, of {sites}"));
        let cancel = CancellationToken::new();
        let tied = !options.sites.is_empty();
        let tokens = (drain.clone(), cancel.clone());
        let desk = Arc::new(Desk::new(self.clone(), vault, (id, tied, self.lease_ms()), tokens, tell));
        let result = self.work_at(&desk, concurrency, options.drain).await;
        self.clear(&desk, &options.sites).await;
        result
    }

    async fn work_at(&self, desk: &Arc<Desk>, concurrency: usize, patience: Duration) -> AppResult<()> {
        let (sender, events) = mpsc::channel(QUEUE);
        let (emptied, mut empty) = mpsc::unbounded_channel();
        let settled = Arc::new(Notify::new());
        let wake = self.store.listen().await.unwrap_or_else(|_| Wake::none());
        let source = QueueSource { desk: desk.clone(), wake, settled: settled.clone(), looks: 0 };
        tokio::spawn(collect::run(source, concurrency, sender, desk.cancel.clone()));
        let work = Work {
            app: self.clone(),
            pieces: desk.pieces.clone(),
            patience: Duration::MAX,
            cancel: desk.cancel.clone(),
            settled: Some((settled, emptied)),
            line: Some(desk.line.clone()),
        };
        let mut taking = tokio::spawn(Arc::new(work).take(events));
        let ending = tokio::spawn({
            let desk = desk.clone();
            async move {
                while let Some(run) = empty.recv().await {
                    desk.end(run).await;
                }
            }
        });
        let mut beating = tokio::spawn(beat(desk.clone()));
        let tidying = tokio::spawn(tidy(desk.clone()));
        let told = |panic| AppError::Invalid(format!("the worker ended badly: {panic}"));
        let result = tokio::select! {
            taken = &mut taking => taken.map_err(told),
            removed = &mut beating => {
                desk.drain.cancel();
                let name = "it was removed, or another one has its name; give it one with --name";
                removed.map_err(told).and(Err(AppError::Invalid(name.into())))
            }
            () = desk.drain.cancelled() => Ok(()),
        };
        let under_way = desk.pieces.leases().len();
        if under_way > 0 {
            (desk.tell)(format!("stopping: {under_way} devices are under way"));
        }
        if !taking.is_finished() && tokio::time::timeout(patience, &mut taking).await.is_err() {
            desk.cancel.cancel();
            let _ = taking.await;
        }
        beating.abort();
        tidying.abort();
        let _ = ending.await;
        result
    }

    /// What it did not finish waits again at once. A worker of a site stays known, so that nobody else takes that over.
    async fn clear(&self, desk: &Desk, sites: &[String]) {
        let left = desk.pieces.leases();
        let cleared = async {
            desk.put_away(Duration::ZERO).await;
            let given = self.store.give_back(&left).await?;
            match sites.is_empty() {
                true => self.store.remove_worker(desk.id).await?,
                false => drop(self.store.worker_is_there(desk.id, "stopped", desk.now()).await?),
            }
            AppResult::Ok(given)
        };
        match cleared.await {
            Ok(0) => (desk.tell)("stopped".to_owned()),
            Ok(given) => (desk.tell)(format!("stopped: {given} devices are given back")),
            Err(error) => tracing::warn!("what is left waits until its lease runs out: {}", error.chain()),
        }
    }

    async fn register(&self, options: &WorkerOptions, concurrency: usize) -> AppResult<(WorkerId, String)> {
        let host = host_name();
        let sites = self.sites_called(&options.sites).await?;
        let now = self.store.server_time().await?.unwrap_or_else(|| self.clock.now());
        let gone = now.plus_ms(-self.lease_ms());
        let names: Vec<String> = match &options.name {
            Some(name) => vec![name.clone()],
            None => std::iter::once(host.clone()).chain((2..=NAMES).map(|n| format!("{host}-{n}"))).collect(),
        };
        let mut taken = StoreError::Conflict("there is no name for it".to_owned());
        for name in names {
            let concurrency = u32::try_from(concurrency).unwrap_or(u32::MAX);
            let new = NewWorker { name: &name, host: &host, pid: std::process::id(), sites: &sites, concurrency };
            match self.store.register_worker(&new, gone, now).await {
                Ok(id) => return Ok((id, name)),
                Err(error @ StoreError::Conflict(_)) => taken = error,
                Err(error) => return Err(error.into()),
            }
        }
        Err(taken.into())
    }

    async fn sites_called(&self, names: &[String]) -> AppResult<Vec<SiteId>> {
        let sites = self.store.sites().await?;
        let find = |name: &String| {
            let is = |s: &&store::Site| s.slug.eq_ignore_ascii_case(name) || s.name.eq_ignore_ascii_case(name);
            let unknown = || AppError::Usage(format!("there is no site `{}`", model::text::shown(name)));
            sites.iter().find(is).map(|s| s.id).ok_or_else(unknown)
        };
        names.iter().map(find).collect()
    }

    /// Keeps on record which workers are not heard of any more.
    pub(crate) async fn note_lost_workers(&self) -> AppResult<()> {
        let now = self.store.server_time().await?.unwrap_or_else(|| self.clock.now());
        let new = self.store.note_lost_workers(now.plus_ms(-self.lease_ms()), self.clock.now()).await?;
        if new > 0 {
            tracing::warn!("{new} workers are not heard of any more");
        }
        Ok(())
    }

    /// For how long a worker that is not heard of keeps its devices.
    pub(crate) fn lease_ms(&self) -> i64 {
        i64::from(self.config.queue.lease.max(1)) * 1000
    }

    /// By name.
    pub async fn workers(&self, actor: &Actor) -> AppResult<Vec<WorkerView>> {
        actor.must(Role::Viewer, "see workers")?;
        let now = self.store.server_time().await?.unwrap_or_else(|| self.clock.now());
        let view = |worker: Worker| {
            let lost = worker.state != "stopped" && now.ms_since(worker.heartbeat_at) > self.lease_ms();
            let condition = if lost { "lost".to_owned() } else { worker.state.clone() };
            WorkerView { worker, condition }
        };
        Ok(self.store.workers().await?.into_iter().map(view).collect())
    }

    /// Forgets a worker: its sites are anybody's, what it was at waits again. One that is there stops.
    pub async fn remove_worker(&self, actor: &Actor, name: &str, dry_run: bool) -> AppResult<Worker> {
        actor.must(Role::Admin, "remove a worker")?;
        let found = self.store.workers().await?.into_iter().find(|w| w.name == name);
        let unknown = || format!("there is no worker `{}`; `velocity worker list` shows all", model::text::shown(name));
        let worker = found.ok_or_else(|| AppError::Usage(unknown()))?;
        if !dry_run {
            let mut tx = self.store.begin().await?;
            tx.remove_worker(worker.id).await?;
            let detail = serde_json::json!({ "in_flight": worker.in_flight, "sites": worker.sites });
            let object = format!("worker {}", worker.name);
            let entry = NewAudit { actor: &actor.name, action: "worker.remove", object: &object, detail: &detail };
            tx.audit(&entry, self.clock.now()).await?;
            tx.commit().await?;
        }
        Ok(worker)
    }
}

/// Until it was removed.
async fn beat(desk: Arc<Desk>) {
    let every = Duration::from_millis(u64::try_from(desk.lease_ms).unwrap_or(1000) / 4);
    loop {
        // A network that is cut says nothing.
        match tokio::time::timeout(every * 4, desk.beat()).await {
            Ok(Ok(true)) => desk.is_cut_off(None),
            Ok(Ok(false)) => return,
            Ok(Err(error)) => desk.is_cut_off(Some(&error)),
            Err(_) => desk.is_cut_off(Some(&AppError::Invalid("the database does not answer".into()))),
        }
        tokio::time::sleep(every).await;
    }
}

/// Beside its word that it is there, which what others left does not hold up.
async fn tidy(desk: Arc<Desk>) {
    let every = Duration::from_millis(desk.lease_ms.unsigned_abs()) / 4;
    loop {
        if let Ok(Err(error)) = tokio::time::timeout(every * 8, desk.tidy()).await {
            tracing::debug!("what others left is seen to later: {}", error.chain());
        }
        tokio::time::sleep(every).await;
    }
}

fn host_name() -> String {
    let named = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = named.or_else(|| ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|v| std::env::var(v).ok()));
    named.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).unwrap_or_else(|| "worker".to_owned())
}
