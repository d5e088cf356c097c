//! Going on with a run that was cancelled or whose process is gone; and again for what failed.

use std::collections::BTreeMap;

use discovery::{AgentLogin, Candidate, Crawl, Via};
use model::job::JobHow;
use model::{Device, DeviceId, DeviceState, FailureClass, RunId, RunKind, SaveRule};
use serde::de::DeserializeOwned;
use store::{DeviceFilter, NewAudit, NewItem, Run, RunItem};
use tokio_util::sync::CancellationToken;
use transport::Login;

use crate::actor::Role;
use crate::capture::{CaptureParams, CaptureRequest, Errand, OfJob, PlannedDevice};
use crate::creds::find::{CredsParams, CredsRequest};
use crate::discover::{DiscoverParams, Ways, candidate, item, restore, restore_known};
use crate::executions::{ItemView, item_view};
use crate::recorder::Recorder;
use crate::snmp::Agents;
use crate::{Actor, App, AppError, AppResult, EventSink, RunReport, Settings};

/// As whom a run goes on.
pub struct AsWhom {
    pub logins: Vec<Login>,
    /// Not used by a run that asks no agents.
    pub agents: Vec<AgentLogin>,
}

/// What of an old run is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// The devices that failed, as a new run.
    Failed,
    /// What it left undone.
    Rest,
}

/// How an old run asked, for whoever goes on with it.
pub struct Before {
    /// The accounts that it was started with.
    pub usernames: Vec<String>,
    /// Those of the vault that its job names; all of them when it names none.
    pub credentials: Vec<String>,
    pub via: Via,
    /// By its job, when it is one of a job, and the config.
    pub settings: Settings,
    /// What is done again; a crawl goes on from there.
    pub items: Vec<ItemView>,
}

impl App {
    /// How a run asked. That there is nothing to do is told before anybody is asked for a secret.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when no device failed; [`StoreError::Conflict`](store::StoreError) when it has ended.
    pub async fn before(&self, actor: &Actor, id: RunId, again: Again) -> AppResult<Before> {
        actor.must(Role::Viewer, "see executions")?;
        let run = self.store.run(id).await?;
        let mut items = self.store.run_items(id, &[]).await?;
        match again {
            Again::Failed => {
                failed_of(id, &items)?;
                items.retain(failed);
            }
            Again::Rest => {
                // Nothing is committed.
                self.store.begin().await?.resume_run(id, self.clock.now()).await?;
                items.retain(|i| matches!(i.state, DeviceState::Pending | DeviceState::Running));
            }
        }
        let items = items.into_iter().map(item_view).collect();
        let names = run.params.get("usernames").and_then(|u| u.as_array());
        let usernames = names.into_iter().flatten().filter_map(|n| n.as_str().map(str::to_owned)).collect();
        let how = run.params.get("errand").and_then(|errand| errand.get("how")).cloned().unwrap_or_default();
        let how: JobHow = serde_json::from_value(how).unwrap_or_default();
        let via = match run.kind {
            RunKind::Discovery => params::<DiscoverParams>(&run)?.snmp.via,
            _ => Via::Ssh,
        };
        let settings = self.job_settings(&how);
        Ok(Before { usernames, credentials: how.credentials, via, settings, items })
    }

    /// Goes on where the run stopped; what is done is not done again.
    pub async fn resume(
        &self,
        actor: &Actor,
        id: RunId,
        as_whom: AsWhom,
        settings: Settings,
        events: EventSink,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        actor.must_somewhere(Role::Operator, "resume an execution")?;
        // Before it counts as running again.
        let run = self.store.run(id).await?;
        match run.kind {
            RunKind::Discovery => actor.must(Role::Operator, "start a discovery")?,
            RunKind::Collection | RunKind::Credentials => {
                let items = self.store.run_items(id, &[]).await?;
                let ids: Vec<DeviceId> = items.iter().filter_map(|i| i.device).collect();
                self.must_visit(actor, &ids, "resume an execution").await?;
            }
        }
        match run.kind {
            RunKind::Discovery => params::<DiscoverParams>(&run).map(drop)?,
            RunKind::Collection => params::<CaptureParams>(&run).map(drop)?,
            RunKind::Credentials => params::<CredsParams>(&run).map(drop)?,
        }
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
        let recorder = Recorder::start(self, events, Some(id), run.kind, total, &cancel);
        recorder.recall(&items);
        match run.kind {
            RunKind::Discovery => self.resume_crawl(&run, &items, as_whom, settings, recorder, cancel).await,
            RunKind::Collection => {
                self.resume_collection(&run, &items, as_whom.logins, settings, recorder, cancel).await
            }
            RunKind::Credentials => {
                let pending = items.iter().filter(|i| i.state == DeviceState::Pending);
                let devices = self.devices_of(pending).await?;
                self.try_credentials(devices, as_whom.logins, (settings, params(&run)?), recorder, cancel).await
            }
        }
    }

    async fn resume_crawl(
        &self,
        run: &Run,
        items: &[RunItem],
        AsWhom { logins, agents }: AsWhom,
        settings: Settings,
        recorder: Recorder,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        let params: DiscoverParams = params(run)?;
        let next_key = items.iter().map(|i| i.seq).max().unwrap_or(0) + 1;
        let mut crawl = Crawl::new(params.rules, next_key);
        self.recall(&mut crawl, items, params.retry_of).await?;
        restore(&mut crawl, items);
        let ways = Ways { logins, snmp: Agents { asked: params.snmp, logins: agents } };
        self.crawl(crawl, ways, settings, recorder, cancel).await
    }

    /// Tells a crawl what a run and those that it is a retry of know.
    async fn recall(&self, crawl: &mut Crawl, items: &[RunItem], mut before: Option<RunId>) -> AppResult<()> {
        self.recall_items(crawl, items).await?;
        while let Some(id) = before {
            self.recall_items(crawl, &self.store.run_items(id, &[]).await?).await?;
            before = params::<DiscoverParams>(&self.store.run(id).await?)?.retry_of;
        }
        Ok(())
    }

    async fn recall_items(&self, crawl: &mut Crawl, items: &[RunItem]) -> AppResult<()> {
        let found: Vec<DeviceId> = items.iter().filter_map(|i| i.device).collect();
        let filter = DeviceFilter { ids: Some(found), ..DeviceFilter::default() };
        restore_known(crawl, items, &self.store.devices(&filter).await?);
        Ok(())
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
        let pending: Vec<&RunItem> = items.iter().filter(|i| i.state == DeviceState::Pending).collect();
        let (errand, devices) = self.plan_items(run, &pending).await?;
        self.collect(devices, errand, logins, settings, recorder, cancel).await
    }

    /// What items of a collection ask of their devices, by their numbers in the run.
    pub(crate) async fn plan_items(
        &self,
        run: &Run,
        items: &[&RunItem],
    ) -> AppResult<(Errand, BTreeMap<i64, PlannedDevice>)> {
        let params: CaptureParams = params(run)?;
        let keys: BTreeMap<DeviceId, i64> = items.iter().filter_map(|i| Some((i.device?, i.seq))).collect();
        let filter = DeviceFilter { ids: Some(keys.keys().copied().collect()), ..DeviceFilter::default() };
        let plan = self.plan(params.types, params.errand, self.store.devices(&filter).await?).await?;
        let devices = plan.devices.into_iter().filter_map(|d| Some((*keys.get(&d.id)?, d))).collect();
        Ok((plan.errand, devices))
    }

    /// A new run for the devices that failed in an old one.
    pub async fn retry(
        &self,
        actor: &Actor,
        id: RunId,
        as_whom: AsWhom,
        settings: Settings,
        events: EventSink,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        actor.must_somewhere(Role::Operator, "retry an execution")?;
        let AsWhom { logins, agents } = as_whom;
        let run = self.store.run(id).await?;
        let items = self.store.run_items(id, &[]).await?;
        let failed = failed_of(id, &items)?;
        match run.kind {
            RunKind::Discovery => {
                actor.must(Role::Operator, "start a discovery")?;
                let candidates = (1..).zip(failed).map(|(key, i)| Candidate { key, parent: None, ..candidate(i) });
                let candidates: Vec<Candidate> = candidates.collect();
                let old: DiscoverParams = params(&run)?;
                let before = old.retry_of;
                let usernames = logins.iter().map(|l| l.username.clone()).collect();
                let params = DiscoverParams { usernames, retry_of: Some(id), ..old };
                let total = candidates.len() as u64;
                let next_key = candidates.last().map_or(1, |c| c.key + 1);
                let mut crawl = Crawl::new(params.rules.clone(), next_key);
                self.recall(&mut crawl, &items, before).await?;
                let items: Vec<NewItem> = candidates.iter().map(item).collect();
                candidates.into_iter().for_each(|c| crawl.restore(c));
                let run = self.start_run(actor, RunKind::Discovery, &params, &OfJob::default(), &items).await?;
                let recorder = Recorder::start(self, events, Some(run), RunKind::Discovery, total, &cancel);
                let ways = Ways { logins, snmp: Agents { asked: params.snmp, logins: agents } };
                self.crawl(crawl, ways, settings, recorder, cancel).await
            }
            RunKind::Credentials => {
                let CredsParams { force, update, .. } = params(&run)?;
                let devices = self.devices_of(failed.into_iter()).await?.into_values().collect();
                let request = CredsRequest { devices, logins, settings, force, update, is_run: true };
                self.find_credentials(actor, request, events, cancel).await
            }
            RunKind::Collection => {
                let params: CaptureParams = params(&run)?;
                let ids = failed.iter().filter_map(|i| i.device).collect();
                let filter = DeviceFilter { ids: Some(ids), ..DeviceFilter::default() };
                let devices = self.store.devices(&filter).await?;
                let mut plan = self.plan(params.types, params.errand, devices).await?;
                plan.of = OfJob { job: run.job, batch: None };
                let save = plan.errand.how.save != SaveRule::None;
                self.capture(actor, CaptureRequest { plan, logins, settings, save }, events, cancel).await
            }
        }
    }
}

impl App {
    /// The devices of items, by the numbers of these.
    async fn devices_of(&self, items: impl Iterator<Item = &RunItem>) -> AppResult<BTreeMap<i64, Device>> {
        let keys: BTreeMap<DeviceId, i64> = items.filter_map(|i| Some((i.device?, i.seq))).collect();
        let filter = DeviceFilter { ids: Some(keys.keys().copied().collect()), ..DeviceFilter::default() };
        let devices = self.store.devices(&filter).await?;
        Ok(devices.into_iter().filter_map(|d| Some((*keys.get(&d.id)?, d))).collect())
    }
}

/// Whether it failed, or nobody was let in to keep an account from being locked.
fn failed(item: &RunItem) -> bool {
    item.state == DeviceState::Failed || item.class == Some(FailureClass::AccountProtected)
}

fn failed_of(id: RunId, items: &[RunItem]) -> AppResult<Vec<&RunItem>> {
    let failed: Vec<&RunItem> = items.iter().filter(|item| failed(item)).collect();
    match failed.is_empty() {
        true => Err(AppError::Invalid(format!("no device failed in execution {id}; there is nothing to retry"))),
        false => Ok(failed),
    }
}

pub(crate) fn params<T: DeserializeOwned>(run: &Run) -> AppResult<T> {
    let unreadable =
        |e| AppError::Invalid(format!("execution {} was started by another version of velocity: {e}", run.id));
    serde_json::from_value(run.params.clone()).map_err(unreadable)
}
