//! Going on with a run that was cancelled or whose process is gone; and again for what failed.

use std::collections::BTreeMap;

use discovery::Crawl;
use model::{DeviceId, DeviceState, RunId, RunKind};
use serde::de::DeserializeOwned;
use store::{DeviceFilter, NewAudit, Run, RunItem};
use tokio_util::sync::CancellationToken;
use transport::Login;

use crate::actor::Role;
use crate::capture::{CaptureParams, CaptureRequest};
use crate::discover::{DiscoverParams, DiscoverRequest, restore};
use crate::recorder::Recorder;
use crate::{Actor, App, AppError, AppResult, EventSink, RunReport, Settings};

impl App {
    /// The accounts that a run was started with.
    pub async fn usernames_of(&self, actor: &Actor, id: RunId) -> AppResult<Vec<String>> {
        actor.must(Role::Viewer, "see executions")?;
        let run = self.store.run(id).await?;
        let names = run.params.get("usernames").and_then(|u| u.as_array());
        Ok(names.into_iter().flatten().filter_map(|n| n.as_str().map(str::to_owned)).collect())
    }

    /// Goes on where the run stopped; what is done is not done again.
    pub async fn resume(
        &self,
        actor: &Actor,
        id: RunId,
        logins: Vec<Login>,
        settings: Settings,
        events: EventSink,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        actor.must(Role::Operator, "resume an execution")?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let run = tx.resume_run(id, now).await?;
        let detail = serde_json::json!({ "remaining": run.counts.pending });
        tx.audit(
            &NewAudit {
                actor: &actor.name,
                action: "run.resume",
                object: &format!("{} {id}", run.kind),
                detail: &detail,
            },
            now,
        )
        .await?;
        tx.commit().await?;
        let items = self.store.run_items(id, &[]).await?;
        let total = items.len() as u64;
        let recorder = Recorder::start(&self.store, self.clock.clone(), events, Some(id), run.kind, total);
        recorder.recall(&items);
        match run.kind {
            RunKind::Discovery => self.resume_crawl(&run, &items, logins, settings, recorder, cancel).await,
            RunKind::Collection => self.resume_collection(&run, &items, logins, settings, recorder, cancel).await,
        }
    }

    async fn resume_crawl(
        &self,
        run: &Run,
        items: &[RunItem],
        logins: Vec<Login>,
        settings: Settings,
        recorder: Recorder,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        let params: DiscoverParams = params(run)?;
        let next_key = items.iter().map(|i| i.seq).max().unwrap_or(0) + 1;
        let mut crawl = Crawl::new(params.rules, next_key);
        let found: Vec<DeviceId> = items.iter().filter_map(|i| i.device).collect();
        let filter = DeviceFilter { ids: Some(found), ..DeviceFilter::default() };
        let devices = self.store.devices(&filter).await?;
        restore(&mut crawl, items, &devices);
        self.crawl(crawl, logins, settings, recorder, cancel).await
    }

    async fn resume_collection(
        &self,
        run: &Run,
        items: &[RunItem],
        logins: Vec<Login>,
        settings: Settings,
        recorder: Recorder,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        let params: CaptureParams = params(run)?;
        let pending = items.iter().filter(|i| i.state == DeviceState::Pending);
        let keys: BTreeMap<DeviceId, i64> = pending.filter_map(|i| Some((i.device?, i.seq))).collect();
        let filter = DeviceFilter { ids: Some(keys.keys().copied().collect()), ..DeviceFilter::default() };
        let plan = self.plan(params.types, self.store.devices(&filter).await?).await?;
        let devices = plan.devices.into_iter().filter_map(|d| Some((*keys.get(&d.id)?, d))).collect();
        self.collect(devices, logins, settings, recorder, cancel).await
    }

    /// A new run for the devices that failed in an old one.
    pub async fn retry(
        &self,
        actor: &Actor,
        id: RunId,
        logins: Vec<Login>,
        settings: Settings,
        events: EventSink,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        actor.must(Role::Operator, "retry an execution")?;
        let run = self.store.run(id).await?;
        let failed = self.store.run_items(id, &[DeviceState::Failed]).await?;
        if failed.is_empty() {
            return Err(AppError::Invalid(format!("no device failed in execution {id}")));
        }
        match run.kind {
            RunKind::Discovery => {
                let params: DiscoverParams = params(&run)?;
                let seeds = failed.iter().filter_map(|i| Some((i.address?, i.port).into())).collect();
                let request = DiscoverRequest { seeds, logins, rules: params.rules, settings, dry_run: false };
                self.discover(actor, request, events, cancel).await
            }
            RunKind::Collection => {
                let params: CaptureParams = params(&run)?;
                let ids = failed.iter().filter_map(|i| i.device).collect();
                let filter = DeviceFilter { ids: Some(ids), ..DeviceFilter::default() };
                let plan = self.plan(params.types, self.store.devices(&filter).await?).await?;
                self.capture(actor, CaptureRequest { plan, logins, settings, save: true }, events, cancel).await
            }
        }
    }
}

fn params<T: DeserializeOwned>(run: &Run) -> AppResult<T> {
    let unreadable =
        |e| AppError::Invalid(format!("execution {} was started by another version of velocity: {e}", run.id));
    serde_json::from_value(run.params.clone()).map_err(unreadable)
}
