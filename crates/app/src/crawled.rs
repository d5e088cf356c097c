//! What a crawl brings, stored: several devices in one transaction, each as a whole or not at all.
//!
//! SQLite has one writer, and a transaction costs more than what one event has to write. So what came while the last
//! transaction was written goes into the next one together; when that fails, each event gets one of its own, and a
//! device that cannot be stored undoes none of its neighbours.

use std::net::SocketAddr;

use collect::{Gate, LogIn};
use discovery::{Candidate, Event, Probe, Verdict};
use futures::future::join_all;
use model::device::Access;
use model::{Device, DeviceId, DeviceOutcome, RunId, Timestamp};
use store::{DeviceFilter, DeviceUpsert, Tx};

use crate::book::Book;
use crate::creds::record_log_ins;
use crate::discover::{add_items, address, label, settle};
use crate::recorder::Recorder;
use crate::saving::{Load, Prepared, Saved};
use crate::{App, AppError, AppResult};

/// Events in one transaction, at most.
pub(crate) const BATCH: usize = 32;

/// An event with all that can be done before it is written.
enum Ready {
    Started(Candidate),
    Found(Box<Found>),
    Failed(Candidate, DeviceOutcome, Vec<LogIn>),
    Unplaced(Vec<Verdict>),
}

struct Found {
    at: Candidate,
    name: String,
    outcome: DeviceOutcome,
    fresh: Vec<Candidate>,
    verdicts: Vec<Verdict>,
    /// Nothing when nothing is to be saved.
    device: AppResult<Option<Stored>>,
}

/// A device as it is going to be stored.
struct Stored {
    addr: SocketAddr,
    seen: DeviceUpsert,
    accesses: Vec<Access>,
    log_ins: Vec<LogIn>,
    /// The credential that its agent took.
    agent: Option<String>,
    captures: Vec<Prepared>,
}

/// What a device came to, to be told when it is lasting.
type Written = Option<(Device, Saved)>;

impl App {
    /// Stores events and tells them, in their order.
    pub(crate) async fn record(&self, events: Vec<Event>, recorder: &Recorder, book: &Book, gate: &Gate) {
        let ready = join_all(events.into_iter().map(|event| self.ready(event, recorder, gate))).await;
        if let Ok(written) = self.write_all(&ready, recorder, book).await {
            for (one, written) in ready.iter().zip(written) {
                self.tell(one, written, recorder);
            }
            return;
        }
        for one in &ready {
            match self.write_all(std::slice::from_ref(one), recorder, book).await {
                Ok(written) => self.tell(one, written.into_iter().next().flatten(), recorder),
                Err(error) => self.not_written(one, &error, recorder).await,
            }
        }
    }

    async fn ready(&self, event: Event, recorder: &Recorder, gate: &Gate) -> Ready {
        match event {
            Event::Started(at) => Ready::Started(at),
            Event::Failed { at, outcome } => {
                let log_ins = at.addr.map(|addr| gate.take_log_ins(addr)).unwrap_or_default();
                Ready::Failed(at, outcome, log_ins)
            }
            Event::Unplaced(verdicts) => Ready::Unplaced(verdicts),
            Event::Found { at, probe, fresh, verdicts } => {
                let (name, outcome) = (probe.identity.name.clone(), probe.outcome.clone());
                let device = match (recorder.run, at.addr) {
                    (Some(_), Some(addr)) => self.prepare_found(addr, *probe, gate).await.map(Some),
                    _ => Ok(None),
                };
                Ready::Found(Box::new(Found { at, name, outcome, fresh, verdicts, device }))
            }
        }
    }

    async fn prepare_found(&self, addr: SocketAddr, probe: Probe, gate: &Gate) -> AppResult<Stored> {
        let log_ins = gate.take_log_ins(addr);
        let seen = self.upsert(&probe, addr);
        let known = self.store.find_same(&seen.identity).await?.map(|(id, _)| id);
        let seen = self.as_its_command_line(seen, &probe, known).await?;
        let Probe { captures, accesses, agent, .. } = probe;
        let captures = self.prepare(known, captures).await?;
        Ok(Stored { addr, seen, accesses, log_ins, agent, captures })
    }

    /// All of them or none.
    async fn write_all(&self, all: &[Ready], recorder: &Recorder, book: &Book) -> AppResult<Vec<Written>> {
        let Some(run) = recorder.run else { return Ok(all.iter().map(|_| None).collect()) };
        let now = recorder.now();
        let mut tx = self.store.begin().await?;
        let mut written = Vec::with_capacity(all.len());
        // An item is begun before anything else is said of it.
        let started = all.iter().filter_map(|one| if let Ready::Started(at) = one { Some(at.key) } else { None });
        tx.start_items(run, &started.collect::<Vec<_>>(), now).await?;
        for one in all {
            written.push(self.write_event(&mut tx, run, one, now).await?);
        }
        let keys = book.save_fresh(&mut tx, now).await?;
        tx.commit().await?;
        book.are_stored(&keys);
        Ok(written)
    }

    async fn write_event(&self, tx: &mut Tx, run: RunId, one: &Ready, now: Timestamp) -> AppResult<Written> {
        match one {
            // With the others, before.
            Ready::Started(_) => {}
            Ready::Failed(at, outcome, log_ins) => {
                // A device that is known keeps what came of the log-ins.
                if let Some(addr) = at.addr.filter(|_| !log_ins.is_empty())
                    && let Some(device) = tx.device_at(addr).await?
                {
                    record_log_ins(tx, log_ins, device, now).await?;
                }
                tx.finish_item(run, at.key, None, outcome, now).await?;
            }
            Ready::Unplaced(verdicts) => add_items(tx, run, &[], verdicts, now).await?,
            Ready::Found(found) => return self.write_found(tx, run, found, now).await,
        }
        Ok(None)
    }

    async fn write_found(&self, tx: &mut Tx, run: RunId, found: &Found, now: Timestamp) -> AppResult<Written> {
        let Found { at, outcome, fresh, verdicts, .. } = found;
        let Some(stored) = found.device.as_ref().map_err(|e| AppError::Invalid(e.chain()))? else { return Ok(None) };
        let device = tx.upsert_device(&stored.seen, now).await?.device;
        for access in &stored.accesses {
            tx.remember_access(device.id, access, stored.addr.port(), now).await?;
        }
        record_log_ins(tx, &stored.log_ins, device.id, now).await?;
        if let Some(credential) = &stored.agent {
            tx.record_credential(device.id, credential, "snmp", true, now).await?;
        }
        let saved = self.save(tx, &device, Some(run), (&stored.captures, Load::Now), now).await?;
        tx.finish_item(run, at.key, Some(device.id), outcome, now).await?;
        add_items(tx, run, fresh, verdicts, now).await?;
        Ok(Some((device, saved)))
    }

    fn tell(&self, one: &Ready, written: Written, recorder: &Recorder) {
        match one {
            Ready::Started(at) => recorder.device_started(&label(at), &address(at).unwrap_or_default()),
            Ready::Failed(at, outcome, _) => recorder.device_done(&label(at), address(at), outcome),
            Ready::Unplaced(verdicts) => {
                recorder.add(verdicts.len());
                settle(recorder, verdicts);
            }
            Ready::Found(found) => {
                if let (Some((device, saved)), Ok(Some(stored))) = (written, &found.device) {
                    recorder.saved(&device.slug, &saved);
                    self.keep_views(&device, &stored.captures, recorder);
                }
                tell_found(found, &found.outcome, recorder);
            }
        }
    }

    /// A device that cannot be stored has failed; the crawl goes on.
    async fn not_written(&self, one: &Ready, error: &AppError, recorder: &Recorder) {
        match one {
            // That a device was begun is good to know, and no reason to stop when it cannot be written.
            Ready::Started(at) => {
                tracing::warn!(device = %label(at), "cannot store that it was begun: {}", error.chain());
                self.tell(one, None, recorder);
            }
            Ready::Failed(at, outcome, _) => {
                let none = (&[][..], &[][..]);
                let outcome = self.not_stored(recorder, at.key, &label(at), none, error, outcome.clone()).await;
                recorder.device_done(&label(at), address(at), &outcome);
            }
            Ready::Unplaced(_) => {
                let error = error.chain();
                tracing::error!("cannot store the neighbours that nobody could place: {error}");
                recorder.note(format!("the neighbours that nobody could place are not stored: {error}"));
                self.tell(one, None, recorder);
            }
            Ready::Found(found) => {
                let Found { at, outcome, fresh, verdicts, .. } = &**found;
                let next = (&fresh[..], &verdicts[..]);
                let outcome = self.not_stored(recorder, at.key, &label(at), next, error, outcome.clone()).await;
                tell_found(found, &outcome, recorder);
            }
        }
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
    async fn as_its_command_line(
        &self,
        seen: DeviceUpsert,
        probe: &Probe,
        known: Option<DeviceId>,
    ) -> AppResult<DeviceUpsert> {
        let by_agent_alone = probe.accesses.is_empty();
        let Some(id) = known.filter(|_| by_agent_alone) else { return Ok(seen) };
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
}

fn tell_found(found: &Found, outcome: &DeviceOutcome, recorder: &Recorder) {
    recorder.add(found.fresh.len() + found.verdicts.len());
    recorder.device_done(&found.name, address(&found.at), outcome);
    settle(recorder, &found.verdicts);
}

#[cfg(test)]
mod tests;
