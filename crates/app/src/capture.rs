//! `capture`: chosen capture types from chosen devices.

mod plan;
mod work;

use std::collections::BTreeMap;
use std::sync::Arc;

use collect::Visit;
use model::RunKind;
use serde::{Deserialize, Serialize};
use store::NewItem;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use transport::Login;

use self::plan::item;
use self::work::Work;
use crate::actor::Role;
use crate::discover::QUEUE;
use crate::recorder::Recorder;
use crate::{Actor, App, AppError, AppResult, EventSink, RunReport, Settings};

pub use self::plan::{CapturePlan, PlannedDevice};

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

impl App {
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
}
