//! `discover`: the crawl, and every device that it finds in the inventory at once.

use std::net::SocketAddr;
use std::sync::Arc;

use collect::{Environment, Gate};
use discovery::{Candidate, Crawl, Event, Probe, Prober, Rules, Verdict, Via};
use model::{Device, DeviceId, DeviceOutcome, DeviceState, FailureClass, RunId, RunKind};
use serde::{Deserialize, Serialize};
use store::{DeviceFilter, DeviceUpsert, NewAudit, NewItem, NewRun, RunItem};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use transport::Login;

use crate::actor::Role;
use crate::book::Book;
use crate::creds::record_log_ins;
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
                Some(self.start_run(actor, RunKind::Discovery, &params, &items).await?)
            }
        };
        let recorder =
            Recorder::start(&self.store, self.clock.clone(), events, run, RunKind::Discovery, seeds.len() as u64);
        let ways = Ways { logins: request.logins, snmp: request.snmp };
        self.crawl(crawl, ways, request.settings, recorder, cancel).await
    }

    /// A run with its first items, and the audit entry with it.
    pub(crate) async fn start_run(
        &self,
        actor: &Actor,
        kind: RunKind,
        params: &impl Serialize,
        items: &[NewItem],
    ) -> AppResult<model::RunId> {
        let params = serde_json::to_value(params).map_err(|e| AppError::Invalid(e.to_string()))?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let run = tx.create_run(&NewRun { kind, params: &params, actor: &actor.name }, items, now).await?;
        let entry =
            NewAudit { actor: &actor.name, action: "run.start", object: &format!("{kind} {run}"), detail: &params };
        tx.audit(&entry, now).await?;
        tx.commit().await?;
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
        while let Some(event) = events.recv().await {
            self.record(event, recorder, &book, &env.gate).await;
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
        let prober = Prober::new(env, logins, self.reader.clone());
        match snmp.asked.via {
            Via::Ssh => Ok(prober),
            via => Ok(prober.with_agents(snmp.open().await?, via)),
        }
    }

    async fn record(&self, event: Event, recorder: &Recorder, book: &Book, gate: &Gate) {
        match event {
            Event::Started(at) => {
                self.mark_started(recorder, at.key, &label(&at)).await;
                recorder.device_started(&label(&at), &address(&at).unwrap_or_default());
            }
            Event::Failed { at, outcome } => {
                let outcome = self.record_failed(&at, outcome, recorder).await;
                recorder.device_done(&label(&at), address(&at), &outcome);
            }
            Event::Found { at, probe, fresh, verdicts } => {
                recorder.add(fresh.len() + verdicts.len());
                let name = probe.identity.name.clone();
                let outcome = self.record_found(&at, *probe, (&fresh, &verdicts), recorder, (book, gate)).await;
                recorder.device_done(&name, address(&at), &outcome);
                settle(recorder, &verdicts);
            }
            Event::Unplaced(verdicts) => {
                recorder.add(verdicts.len());
                self.record_unplaced(&verdicts, recorder).await;
                settle(recorder, &verdicts);
            }
        }
    }

    async fn record_failed(&self, at: &Candidate, outcome: DeviceOutcome, recorder: &Recorder) -> DeviceOutcome {
        let Some(run) = recorder.run else { return outcome };
        match self.store.finish_item(run, at.key, None, &outcome, recorder.now()).await {
            Ok(()) => outcome,
            Err(error) => self.not_stored(recorder, at.key, &label(at), (&[], &[]), &error.into(), outcome).await,
        }
    }

    async fn record_unplaced(&self, verdicts: &[Verdict], recorder: &Recorder) {
        if let Some(run) = recorder.run
            && let Err(error) = self.store_verdicts(run, verdicts, recorder).await
        {
            let error = error.chain();
            tracing::error!("cannot store the neighbours that nobody could place: {error}");
            recorder.note(format!("the neighbours that nobody could place are not stored: {error}"));
        }
    }

    /// Stores a device with all that it said; a store that fails makes the device fail, not the crawl.
    async fn record_found(
        &self,
        at: &Candidate,
        probe: Probe,
        next: (&[Candidate], &[Verdict]),
        recorder: &Recorder,
        shared: (&Book, &Gate),
    ) -> DeviceOutcome {
        let outcome = probe.outcome.clone();
        match self.store_found(at, probe, next, recorder, shared).await {
            Ok(()) => outcome,
            Err(error) => self.not_stored(recorder, at.key, &label(at), next, &error, outcome).await,
        }
    }

    async fn store_found(
        &self,
        at: &Candidate,
        probe: Probe,
        (fresh, verdicts): (&[Candidate], &[Verdict]),
        recorder: &Recorder,
        (book, gate): (&Book, &Gate),
    ) -> AppResult<()> {
        let (Some(run), Some(addr)) = (recorder.run, at.addr) else { return Ok(()) };
        let seen = self.upsert(&probe, addr);
        let seen = self.as_its_command_line(seen, &probe).await?;
        let known = self.known_as(&seen).await?;
        let Probe { captures, accesses, outcome, .. } = probe;
        let prepared = self.prepare(known, captures).await?;
        let now = recorder.now();
        let mut tx = self.store.begin().await?;
        let device = tx.upsert_device(&seen, now).await?.device;
        for access in &accesses {
            tx.remember_access(device.id, access, addr.port(), now).await?;
        }
        record_log_ins(&mut tx, gate, device.id, addr, now).await?;
        let saved = self.save(&mut tx, &device, Some(run), &prepared, now).await?;
        tx.finish_item(run, at.key, Some(device.id), &outcome, now).await?;
        add_items(&mut tx, run, fresh, verdicts, now).await?;
        let keys = book.save_fresh(&mut tx, now).await?;
        tx.commit().await?;
        book.are_stored(&keys);
        recorder.saved(&device.slug, &saved);
        self.keep_views(&device, &prepared, recorder);
        Ok(())
    }

    fn upsert(&self, probe: &Probe, addr: SocketAddr) -> DeviceUpsert {
        let name = &probe.identity.name;
        let mut identity = probe.identity.clone();
        identity.addresses.insert(addr.ip());
        DeviceUpsert {
            site: self.placing.site(name),
            role: self.placing.role(name),
            identity,
            address: addr.ip(),
            port: addr.port(),
            platform: probe.platform.name.clone(),
            vendor: probe.platform.vendor.clone(),
            model: probe.model.clone(),
            os_version: probe.os_version.clone(),
            status: None,
        }
    }

    /// An agent knows the box, not the command line that it has for another account: what is known to be of that, stays so.
    async fn as_its_command_line(&self, seen: DeviceUpsert, probe: &Probe) -> AppResult<DeviceUpsert> {
        let by_agent_alone = probe.accesses.is_empty();
        let Some((id, _)) = self.store.find_same(&seen.identity).await?.filter(|_| by_agent_alone) else {
            return Ok(seen);
        };
        let filter = DeviceFilter { ids: Some(vec![id]), ..DeviceFilter::default() };
        let Some(known) = self.store.devices(&filter).await?.pop() else { return Ok(seen) };
        let own = self.reader.platforms.get(&known.platform).filter(|p| p.companions.contains(&seen.platform));
        Ok(match own {
            Some(own) => DeviceUpsert {
                platform: own.name.clone(),
                vendor: own.vendor.clone(),
                os_version: known.os_version,
                model: known.model,
                ..seen
            },
            None => seen,
        })
    }

    async fn known_as(&self, seen: &DeviceUpsert) -> AppResult<Option<DeviceId>> {
        Ok(self.store.find_same(&seen.identity).await?.map(|(id, _)| id))
    }

    async fn store_verdicts(&self, run: model::RunId, verdicts: &[Verdict], recorder: &Recorder) -> AppResult<()> {
        let now = recorder.now();
        let mut tx = self.store.begin().await?;
        add_items(&mut tx, run, &[], verdicts, now).await?;
        tx.commit().await?;
        Ok(())
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

fn settle(recorder: &Recorder, verdicts: &[Verdict]) {
    for verdict in verdicts {
        recorder.settle(&label(&verdict.candidate), address(&verdict.candidate), &outcome(verdict));
    }
}

fn outcome(verdict: &Verdict) -> DeviceOutcome {
    let (class, message) = (Some(verdict.class), verdict.reason.clone());
    DeviceOutcome { state: DeviceState::Skipped, class, message, username: None, duration_ms: 0 }
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
fn label(c: &Candidate) -> String {
    c.name.clone().or_else(|| c.addr.map(|a| a.ip().to_string())).unwrap_or_else(|| "unnamed".to_owned())
}

fn address(c: &Candidate) -> Option<String> {
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
            addresses: [device.address].into(),
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
