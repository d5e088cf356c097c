//! Looking on at a run that others work on: the events of it, made of what is on record.

use std::collections::HashMap;
use std::time::Duration;

use model::{DeviceState, RunId, RunState, Timestamp};
use store::RunItem;
use tokio_util::sync::CancellationToken;

use crate::actor::Role;
use crate::events::EventSink;
use crate::recorder::{Recorder, address_of, outcome_of};
use crate::report::RunReport;
use crate::{Actor, App, AppError, AppResult};

/// Between two looks.
const LOOK: Duration = Duration::from_secs(1);

/// How far looks overlap, in milliseconds: each worker writes when a device ended by its own clock.
const OVERLAP: i64 = 60_000;

/// Items that were told: of which attempt, and whether it has its result.
type Seen = HashMap<i64, (u32, bool)>;

impl App {
    /// Tells what becomes of a run, in whichever process it goes on, until it is over or `stop` is cancelled. What happened
    /// before is told first. A database that does not answer is waited for.
    pub async fn watch(
        &self,
        actor: &Actor,
        id: RunId,
        events: EventSink,
        stop: CancellationToken,
    ) -> AppResult<RunReport> {
        actor.must(Role::Viewer, "see executions")?;
        let run = self.store.run(id).await?;
        let recorder = Recorder::for_onlooker(self.clock.clone(), events, &run);
        let (mut seen, mut since) = (Seen::new(), Timestamp(0));
        loop {
            match self.look_on(id, since, &recorder, &mut seen).await {
                Ok((RunState::Running, latest)) if !stop.is_cancelled() => since = latest.plus_ms(-OVERLAP).max(since),
                Ok((state, _)) => return Ok(recorder.looked_on(state)),
                Err(AppError::Store(error)) if error.may_pass() && !stop.is_cancelled() => {}
                Err(error) => return Err(error),
            }
            let _ = tokio::time::timeout(LOOK, stop.cancelled()).await;
        }
    }

    /// Runs on which workers are at work, or that they ended since then, up to so many.
    pub async fn runs_at_work(&self, actor: &Actor, since: Timestamp, limit: u32) -> AppResult<Vec<RunId>> {
        actor.must(Role::Viewer, "see executions")?;
        Ok(self.store.runs_at_work(since, limit).await?)
    }

    async fn look_on(
        &self,
        id: RunId,
        since: Timestamp,
        recorder: &Recorder,
        seen: &mut Seen,
    ) -> AppResult<(RunState, Timestamp)> {
        // Before its items: one that is over then has all its results.
        let run = self.store.run(id).await?;
        recorder.grow(run.counts.total());
        let since = if run.state == RunState::Running { since } else { Timestamp(0) };
        let items = self.store.items_since(id, since).await?;
        let latest = items.iter().filter_map(|item| item.ended_at).max().unwrap_or(since);
        items.iter().for_each(|item| tell(item, recorder, seen));
        Ok((run.state, latest))
    }
}

fn tell(item: &RunItem, recorder: &Recorder, seen: &mut Seen) {
    let before = seen.get(&item.seq).copied();
    if before
        .is_some_and(|(attempt, is_done)| attempt >= item.attempt && (is_done || item.state == DeviceState::Running))
    {
        return;
    }
    let address = address_of(item);
    if before.is_some_and(|(attempt, is_done)| attempt < item.attempt && !is_done) {
        recorder.device_dropped();
    }
    if before.is_none_or(|(attempt, _)| attempt < item.attempt) && item.attempt > 0 {
        recorder.device_started(&item.name, address.as_deref().unwrap_or_default());
    }
    let is_done = item.state != DeviceState::Running;
    if is_done && item.attempt > 0 {
        recorder.device_done(&item.name, address, &outcome_of(item));
    } else if is_done {
        recorder.settle(&item.name, address, &outcome_of(item));
    }
    seen.insert(item.seq, (item.attempt, is_done));
}
