//! `discover`: the crawl, and every device that it finds in the inventory at once.

use std::net::SocketAddr;
use std::sync::Arc;

use collect::Environment;
use discovery::{Candidate, Crawl, Prober, Rules, Verdict, Via};
use model::{Device, DeviceOutcome, DeviceState, FailureClass, RunId, RunKind};
use serde::{Deserialize, Serialize};
use store::{NewAudit, NewItem, NewRun, RunItem};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use transport::Login;

use crate::actor::Role;
use crate::capture::OfJob;
use crate::crawled::BATCH;
use crate::recorder::Recorder;
use crate::snmp::{Agents, AskedAgents};
use crate::{Actor, App, AppError, AppResult, EventSink, RunReport, Settings};

/// Results that wait to be stored; the crawl slows down when the store does.
pub(crate) const QUEUE: usize = 64;

pub struct DiscoverRequest {
    pub seeds: Vec<SocketAddr>,
    /// Tried in this order on every device.
    pub logins: Vec<Login>,
    /// Asked for when it is not by command lines alone.
    pub snmp: Agents,
    pub rules: Rules,
    pub settings: Settings,
    /// Crawl, but save nothing.
    pub dry_run: bool,
}

/// How a crawl asks devices: by which ways, and as whom.
pub(crate) struct Ways {
    pub logins: Vec<Login>,
    pub snmp: Agents,
}

/// What a discovery needs to go on after its process is gone; no secret is in it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DiscoverParams {
    pub seeds: Vec<SocketAddr>,
    pub usernames: Vec<String>,
    pub rules: Rules,
    #[serde(default)]
    pub snmp: AskedAgents,
    /// The run that this one is a retry of: what that one knew is known here.
    #[serde(default)]
    pub retry_of: Option<RunId>,
}

impl App {
    /// Crawls from the seeds and stores what it finds. A device that fails is a result in the report.
    pub async fn discover(
        &self,
        actor: &Actor,
        request: DiscoverRequest,
        events: EventSink,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        actor.must(Role::Operator, "start a discovery")?;
        let mut crawl = Crawl::new(request.rules.clone(), 1);
        let seeds: Vec<Candidate> = request.seeds.iter().filter_map(|seed| crawl.seed(*seed)).collect();
        if seeds.is_empty() {
            return Err(AppError::Usage("no address to begin with".into()));
        }
        let params = DiscoverParams {
            seeds: request.seeds.clone(),
            usernames: request.logins.iter().map(|l| l.username.clone()).collect(),
            rules: request.rules.clone(),
            snmp: request.snmp.asked,
            retry_of: None,
        };
        let run = match request.dry_run {
            true => None,
            false => {
                let items: Vec<NewItem> = seeds.iter().map(item).collect();
                Some(self.start_run(actor, RunKind::Discovery, &params, &OfJob::default(), &items).await?)
            }
        };
        let recorder = Recorder::start(self, events, run, RunKind::Discovery, seeds.len() as u64, &cancel);
        let ways = Ways { logins: request.logins, snmp: request.snmp };
        self.crawl(crawl, ways, request.settings, recorder, cancel).await
    }

    /// A run with its first items, and the audit entry with it.
    pub(crate) async fn start_run(
        &self,
        actor: &Actor,
        kind: RunKind,
        params: &impl Serialize,
        of: &OfJob,
        items: &[NewItem],
    ) -> AppResult<model::RunId> {
        let mut tx = self.store.begin().await?;
        let run = self.start_run_in(&mut tx, actor, kind, params, of, items).await?;
        tx.commit().await?;
        Ok(run)
    }

    /// As [`App::start_run`], together with what else is written.
    pub(crate) async fn start_run_in(
        &self,
        tx: &mut store::Tx,
        actor: &Actor,
        kind: RunKind,
        params: &impl Serialize,
        of: &OfJob,
        items: &[NewItem],
    ) -> AppResult<model::RunId> {
        let params = serde_json::to_value(params).map_err(|e| AppError::Invalid(e.to_string()))?;
        let now = self.clock.now();
        let new = NewRun { kind, params: &params, actor: &actor.name, job: of.job, batch: of.batch.as_deref() };
        let run = tx.create_run(&new, items, now).await?;
        let entry =
            NewAudit { actor: &actor.name, action: "run.start", object: &format!("{kind} {run}"), detail: &params };
        tx.audit(&entry, now).await?;
        Ok(run)
    }

    pub(crate) async fn crawl(
        &self,
        crawl: Crawl,
        ways: Ways,
        settings: Settings,
        recorder: Recorder,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        match self.crawl_all(crawl, ways, settings, &recorder, &cancel).await {
            Ok(()) => recorder.finish(&self.store, cancel.is_cancelled()).await,
            Err(error) => {
                recorder.give_up(&self.store, &error).await;
                Err(error)
            }
        }
    }

    async fn crawl_all(
        &self,
        crawl: Crawl,
        ways: Ways,
        settings: Settings,
        recorder: &Recorder,
        cancel: &CancellationToken,
    ) -> AppResult<()> {
        let (env, book) = self.environment(settings).await?;
        let prober = Arc::new(self.prober(env.clone(), ways).await?);
        let (sender, mut events) = mpsc::channel(QUEUE);
        let stop = cancel.child_token();
        // An error of ours must not leave the crawl going.
        let _guard = stop.clone().drop_guard();
        let stage = tokio::spawn(discovery::run(crawl, prober.clone(), sender, stop));
        let mut batch = Vec::with_capacity(BATCH);
        while events.recv_many(&mut batch, BATCH).await > 0 {
            self.record(std::mem::take(&mut batch), recorder, &book, &env.gate).await;
        }
        self.close_gate(&env, recorder).await;
        self.save_left_keys(&book, recorder).await;
        let refusals = prober.agents().map(discovery::Agents::refusals).unwrap_or_default();
        refusals.into_iter().for_each(|note| recorder.note(note));
        stage.await.map_err(|panic| AppError::Invalid(format!("the crawl ended badly: {panic}")))
    }

    async fn prober(&self, env: Arc<Environment>, ways: Ways) -> AppResult<Prober> {
        let Ways { logins, snmp } = ways;
        let logins = logins.into_iter().map(Arc::new).collect();
        let prober = Prober::new(env, logins, self.reader.now()).placed_by(self.placing.clone());
        match snmp.asked.via {
            Via::Ssh => Ok(prober),
            via => Ok(prober.with_agents(snmp.open().await?, via)),
        }
    }
}

/// Adds what a device brought, in the order of the keys that the crawl gave, which are the numbers in the store.
pub(crate) async fn add_items(
    tx: &mut store::Tx,
    run: model::RunId,
    fresh: &[Candidate],
    verdicts: &[Verdict],
    now: model::Timestamp,
) -> AppResult<()> {
    let mut all: Vec<&Candidate> = fresh.iter().chain(verdicts.iter().map(|v| &v.candidate)).collect();
    all.sort_by_key(|c| c.key);
    if all.is_empty() {
        return Ok(());
    }
    let items: Vec<NewItem> = all.iter().map(|c| item(c)).collect();
    let numbers = tx.add_items(run, &items).await?;
    if numbers != all.iter().map(|c| c.key).collect::<Vec<_>>() {
        return Err(AppError::Invalid(format!("run {run} is written by another process as well")));
    }
    for verdict in verdicts {
        tx.finish_item(run, verdict.candidate.key, None, &outcome(verdict), now).await?;
    }
    Ok(())
}

pub(crate) fn settle(recorder: &Recorder, verdicts: &[Verdict]) {
    for verdict in verdicts {
        recorder.settle(&label(&verdict.candidate), address(&verdict.candidate), &outcome(verdict));
    }
}

fn outcome(verdict: &Verdict) -> DeviceOutcome {
    let (class, message) = (Some(verdict.class), verdict.reason.clone());
    DeviceOutcome { state: DeviceState::Skipped, class, message, username: None, credential: None, duration_ms: 0 }
}

pub(crate) fn item(c: &Candidate) -> NewItem {
    NewItem {
        device: None,
        address: c.addr.map(|a| a.ip()),
        port: c.addr.map_or(22, |a| a.port()),
        name: label(c),
        depth: c.depth,
        parent: c.parent,
    }
}

/// What to call a candidate before it has told its name.
pub(crate) fn label(c: &Candidate) -> String {
    c.name.clone().or_else(|| c.addr.map(|a| a.ip().to_string())).unwrap_or_else(|| "unnamed".to_owned())
}

pub(crate) fn address(c: &Candidate) -> Option<String> {
    c.addr.map(|a| a.to_string())
}

/// Candidates of an interrupted crawl, put back.
pub(crate) fn restore(crawl: &mut Crawl, items: &[RunItem]) {
    for item in items {
        if item.state == DeviceState::Pending {
            crawl.restore(candidate(item));
        }
    }
}

/// What a run was done with, and the devices that it found: neither is visited again.
pub(crate) fn restore_known(crawl: &mut Crawl, items: &[RunItem], devices: &[Device]) {
    // What was too far may turn out to be near.
    let done = |i: &&RunItem| i.state != DeviceState::Pending && i.class != Some(FailureClass::TooDeep);
    items.iter().filter(done).filter_map(|i| i.address).for_each(|ip| crawl.restore_known(ip));
    for device in devices {
        let identity = model::DeviceIdentity {
            serials: device.serials.iter().cloned().collect(),
            chassis_macs: device.chassis_mac.iter().map(ToString::to_string).collect(),
            addresses: Some(device.address).filter(|_| device.is_reached()).into_iter().collect(),
            name: device.name.clone(),
        };
        crawl.restore_found(&device.name, identity);
    }
}

/// The candidate that an item was.
pub(crate) fn candidate(item: &RunItem) -> Candidate {
    let addr = item.address.map(|ip| SocketAddr::new(ip, item.port));
    let name = Some(item.name.clone()).filter(|n| n.parse::<std::net::IpAddr>().is_err());
    Candidate { key: item.seq, addr, name, depth: item.depth, parent: item.parent }
}
