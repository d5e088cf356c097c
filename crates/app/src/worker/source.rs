//! Where the visits of a worker come from: the queue, when there is a place for one.

use std::sync::Arc;
use std::time::Duration;

use collect::{Source, Task};
use store::Wake;
use tokio::sync::Notify;

use super::desk::Desk;
use crate::{AppError, AppResult};

/// How often it looks when nothing happens that it hears of. It looks a bit later each time, and then sooner again, so that
/// workers that began together do not look together.
const POLL_MS: u64 = 800;
const SPREAD_MS: u64 = 400;

/// Between two tries to reach the database, at most.
const MOST_PAUSE: Duration = Duration::from_secs(5);

/// How long an answer of the database may take.
const SILENCE: Duration = Duration::from_secs(40);

pub(super) struct QueueSource {
    pub desk: Arc<Desk>,
    pub wake: Wake,
    /// A device is done: its run may have another.
    pub settled: Arc<Notify>,
    pub looks: u64,
}

impl Source for QueueSource {
    const GATHER: Duration = Duration::from_millis(20);

    async fn next(&mut self, room: usize) -> Vec<Task> {
        let mut pause = Duration::from_millis(100);
        while !self.desk.drain.is_cancelled() {
            match self.take(room).await {
                Ok(tasks) if !tasks.is_empty() => return tasks,
                Ok(_) => {
                    pause = Duration::from_millis(100);
                    self.wait().await;
                }
                Err(error) => {
                    self.desk.is_cut_off(Some(&error));
                    let drain = self.desk.drain.cancelled();
                    let _ = tokio::time::timeout(pause, drain).await;
                    pause = (pause * 2).min(MOST_PAUSE);
                }
            }
        }
        Vec::new()
    }
}

impl QueueSource {
    async fn take(&self, room: usize) -> AppResult<Vec<Task>> {
        // A network that is cut says nothing. What was taken all the same waits again when its lease runs out.
        let taken = tokio::time::timeout(SILENCE, self.desk.take(room)).await;
        let items = taken.map_err(|_| AppError::Invalid("the database does not answer".into()))??;
        self.desk.is_cut_off(None);
        Ok(self.desk.visits(items).await)
    }

    async fn wait(&mut self) {
        self.looks = self.looks.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(self.desk.id.0.unsigned_abs());
        let poll = Duration::from_millis(POLL_MS + (self.looks >> 33) % SPREAD_MS);
        let lost = tokio::select! {
            () = self.desk.drain.cancelled() => false,
            () = tokio::time::sleep(poll) => false,
            () = self.settled.notified() => false,
            hint = self.wake.hint() => hint.is_err(),
        };
        if lost {
            // Until then it looks without hints.
            self.wake = self.desk.app.store.listen().await.unwrap_or_else(|_| Wake::none());
        }
    }
}
