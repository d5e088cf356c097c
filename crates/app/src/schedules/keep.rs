//! Keeping time: looks at all schedules again and again, and puts the runs whose time has come into the queue.
//!
//! Any number of daemons may do it at once: the time itself is the key under which a run is written, in the transaction that
//! makes the run.

use std::time::Duration;

use model::{RunState, Timestamp};
use scheduler::{Priority, look};
use store::{Firing, Next, Schedule, Tx};
use tokio_util::sync::CancellationToken;

use super::{missed_of, terms, timing_of};
use crate::actor::Role;
use crate::worker::Say;
use crate::{Actor, App, AppResult, CapturePlan, JobRunOptions};

/// Between two looks. The clock on the wall is read at each of them, so it may jump.
const LOOK: Duration = Duration::from_secs(2);

impl App {
    /// Until it is told to stop. A database that does not answer is waited for.
    pub async fn keep_time(&self, actor: &Actor, stop: CancellationToken, tell: Say) -> AppResult<()> {
        actor.must(Role::Operator, "run schedules")?;
        let mut is_cut_off = false;
        while !stop.is_cancelled() {
            match self.look_at_schedules().await {
                Ok(said) => {
                    is_cut_off = false;
                    said.into_iter().for_each(|line| tell(line));
                }
                Err(error) if !is_cut_off => {
                    is_cut_off = true;
                    tracing::warn!("schedules wait: {}", error.chain());
                    tell(format!("schedules wait: {}", error.chain()));
                }
                Err(_) => {}
            }
            let _ = tokio::time::timeout(LOOK, stop.cancelled()).await;
        }
        Ok(())
    }

    /// What is to be done about each now. Gives a line for each time that came.
    pub async fn look_at_schedules(&self) -> AppResult<Vec<String>> {
        let mut said = Vec::new();
        for schedule in self.store.schedules().await? {
            match self.look_at(&schedule).await {
                Ok(line) => said.extend(line),
                Err(crate::AppError::Store(error)) if error.may_pass() => return Err(error.into()),
                // The others have their time all the same.
                Err(error) => tracing::error!(schedule = %schedule.id, "{}", error.chain()),
            }
        }
        Ok(said)
    }

    async fn look_at(&self, schedule: &Schedule) -> AppResult<Option<String>> {
        let (now, before) = (self.now(), &schedule.next);
        let (timing, zone) = timing_of(schedule)?;
        // By another zone what is ahead comes at another time; what has come stays.
        let has_moved = before.zone != zone && before.due.is_none_or(|due| due > now);
        let waits = !schedule.paused && schedule.job_enabled;
        let since = if has_moved || !waits { now } else { before.since };
        let waiting = before.due.filter(|_| waits && !has_moved);
        let looked = look(&timing, waiting, since, missed_of(schedule), now);
        // What is over is found out anew only where the clock was set back; then its key keeps it from running again.
        let next = Next { due: looked.next, zone, since };
        if !waits || looked.run.is_none() && looked.missed.is_empty() {
            if (next.due, &next.zone) != (before.due, &before.zone) {
                self.store.wait_for(schedule.id, &next).await?;
            }
            return Ok(None);
        }
        let plan = match looked.run {
            Some(_) => Some(self.plan_of(schedule).await),
            None => None,
        };
        let mut tx = self.store.begin().await?;
        for due in &looked.missed {
            let why = "nobody was there".to_owned();
            tx.fire(schedule.id, &firing(*due, now, "missed", Some(why))).await?;
        }
        let said = match (looked.run, plan) {
            (Some(due), Some(plan)) => self.begin(&mut tx, schedule, due, plan?, now).await?,
            _ => None,
        };
        tx.wait_for(schedule.id, &next).await?;
        tx.commit().await?;
        Ok(said)
    }

    /// The plan of its job, or why there is none.
    async fn plan_of(&self, schedule: &Schedule) -> AppResult<Result<CapturePlan, String>> {
        if let Some(run) = schedule.last.as_ref().and_then(|last| last.run) {
            match self.store.run(run).await {
                Ok(last) if last.state == RunState::Running => {
                    return Ok(Err(format!("execution {run} of it is still running")));
                }
                Ok(_) | Err(store::StoreError::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let job = self.store.job_by_id(schedule.job).await?;
        let options = JobRunOptions::default();
        match self.plan_job(&itself(schedule), Some(job.id), &job.spec, &options).await {
            Ok(plan) => Ok(Ok(plan)),
            Err(crate::AppError::Store(error)) if error.may_pass() => Err(error.into()),
            Err(error) => Ok(Err(error.chain())),
        }
    }

    async fn begin(
        &self,
        tx: &mut Tx,
        schedule: &Schedule,
        due: Timestamp,
        plan: Result<CapturePlan, String>,
        now: Timestamp,
    ) -> AppResult<Option<String>> {
        let begun = firing(due, now, "run", None);
        if !tx.fire(schedule.id, &begun).await? {
            return Ok(None);
        }
        let (id, job) = (schedule.id, &schedule.job_slug);
        let plan = match plan {
            Ok(plan) => plan,
            Err(why) => {
                tx.fired(id, &firing(due, now, "failed", Some(why.clone()))).await?;
                return Ok(Some(format!("schedule {id} ({job}): no execution for {due}: {why}")));
            }
        };
        let run = self.collection_in(tx, &itself(schedule), &plan, &[]).await?;
        tx.share_run(run, &terms(Priority::Background, plan.errand.how.concurrency)).await?;
        tx.fired(id, &Firing { run: Some(run), ..begun }).await?;
        Ok(Some(format!("schedule {id} ({job}): execution {run} of {} devices begins", plan.devices.len())))
    }
}

fn firing(due: Timestamp, at: Timestamp, outcome: &str, message: Option<String>) -> Firing {
    Firing { due, at, outcome: outcome.to_owned(), message, run: None }
}

/// Who starts its runs.
fn itself(schedule: &Schedule) -> Actor {
    Actor::known(format!("schedule {} of {}", schedule.id, schedule.created_by), Role::Operator)
}
