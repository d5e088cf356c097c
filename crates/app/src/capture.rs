//! `capture`: chosen capture types from chosen devices.

mod own;
mod pieces;
mod plan;
pub(crate) mod validation;
mod work;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use model::{RunId, RunKind};
use serde::{Deserialize, Serialize};
use store::{NewItem, Tx};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use transport::Login;

use self::own::OwnSource;
use crate::actor::Role;
use crate::discover::QUEUE;
use crate::recorder::Recorder;
use crate::{Actor, App, AppError, AppResult, EventSink, RunReport, Settings};

pub(crate) use self::pieces::{Piece, Pieces, RunWork};
pub use self::plan::{CapturePlan, PlannedDevice};
pub(crate) use self::plan::{Errand, OfJob, item};
pub(crate) use self::work::Work;

/// How long a database that does not answer is waited for while somebody waits for us.
const PATIENCE: Duration = Duration::from_secs(60);

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
    /// Older ones have none.
    #[serde(default)]
    pub errand: Errand,
}

impl App {
    /// Collects, stores, compares. A device that fails is a result in the report.
    pub async fn capture(
        &self,
        actor: &Actor,
        request: CaptureRequest,
        events: EventSink,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        actor.must_somewhere(Role::Operator, "start a collection")?;
        let CaptureRequest { plan, logins, settings, save } = request;
        if !save {
            self.must_visit(actor, &plan.ids(), "start a collection").await?;
        }
        let usernames: Vec<String> = logins.iter().map(|l| l.username.clone()).collect();
        let run = match save {
            true => Some(self.start_collection(actor, &plan, &usernames).await?),
            false => None,
        };
        let devices: BTreeMap<i64, PlannedDevice> = (1..).zip(plan.devices).collect();
        let total = devices.len() as u64;
        let recorder = Recorder::start(self, events, run, RunKind::Collection, total, &cancel);
        self.collect(devices, plan.errand, logins, settings, recorder, cancel).await
    }

    /// The run of a plan, with an item for each device pending.
    pub(crate) async fn start_collection(
        &self,
        actor: &Actor,
        plan: &CapturePlan,
        usernames: &[String],
    ) -> AppResult<RunId> {
        self.must_visit(actor, &plan.ids(), "start a collection").await?;
        let mut tx = self.store.begin().await?;
        let run = self.collection_in(&mut tx, actor, plan, usernames).await?;
        tx.commit().await?;
        Ok(run)
    }

    /// As [`App::start_collection`], together with what else is written.
    pub(crate) async fn collection_in(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        plan: &CapturePlan,
        usernames: &[String],
    ) -> AppResult<RunId> {
        let params =
            CaptureParams { types: plan.types.clone(), usernames: usernames.to_vec(), errand: plan.errand.clone() };
        let items: Vec<NewItem> = plan.devices.iter().map(item).collect();
        self.start_run_in(tx, actor, RunKind::Collection, &params, &plan.of, &items).await
    }

    /// Visits planned devices, by their numbers in the run.
    pub(crate) async fn collect(
        &self,
        devices: BTreeMap<i64, PlannedDevice>,
        errand: Errand,
        logins: Vec<Login>,
        settings: Settings,
        recorder: Recorder,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        let recorder = Arc::new(recorder);
        match self.collect_all(devices, &errand, logins, settings, recorder.clone(), &cancel).await {
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
        errand: &Errand,
        logins: Vec<Login>,
        settings: Settings,
        recorder: Arc<Recorder>,
        cancel: &CancellationToken,
    ) -> AppResult<()> {
        let at_once = settings.concurrency;
        let of_run = Arc::new(self.run_work(errand, logins, settings, recorder.clone(), cancel.child_token()).await?);
        let (sender, events) = mpsc::channel(QUEUE);
        let stop = cancel.child_token();
        // An error of ours must not leave the collection going.
        let _guard = stop.clone().drop_guard();
        let pieces = Arc::new(Pieces::default());
        let failure = Arc::default();
        let source = OwnSource {
            app: self.clone(),
            of_run: of_run.clone(),
            devices,
            pieces: pieces.clone(),
            cancel: stop.clone(),
            failure: Arc::clone(&failure),
        };
        let stage = tokio::spawn(collect::run(source, at_once, sender, stop));
        let work =
            Work { app: self.clone(), pieces, patience: PATIENCE, cancel: cancel.clone(), settled: None, line: None };
        Arc::new(work).take(events).await;
        self.close_run_work(&of_run).await;
        stage.await.map_err(|panic| AppError::Invalid(format!("the collection ended badly: {panic}")))?;
        let failure = failure.lock().unwrap_or_else(PoisonError::into_inner).take();
        failure.map_or(Ok(()), Err)
    }

    /// What the visits of a run share.
    pub(crate) async fn run_work(
        &self,
        errand: &Errand,
        logins: Vec<Login>,
        settings: Settings,
        recorder: Arc<Recorder>,
        stop: CancellationToken,
    ) -> AppResult<RunWork> {
        let (env, book) = self.environment(settings).await?;
        let logins = logins.into_iter().map(Arc::new).collect();
        let (orders, errand) = (Arc::new(errand.orders()), Arc::new(errand.clone()));
        Ok(RunWork { recorder, book, env, orders, errand, logins, stop })
    }

    pub(crate) async fn close_run_work(&self, of_run: &RunWork) {
        self.save_left_keys(&of_run.book, &of_run.recorder).await;
        self.close_gate(&of_run.env, &of_run.recorder).await;
    }
}
