//! The pieces of one run, for the process that began it or goes on with it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use collect::{Source, Task};
use model::{DeviceOutcome, DeviceState, FailureClass, RunId};
use store::{RunItem, Taker};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{PATIENCE, Piece, Pieces, PlannedDevice, RunWork};
use crate::{App, AppError, AppResult};

/// Between two tries to reach the database.
const PAUSE: Duration = Duration::from_millis(500);

pub(super) struct OwnSource {
    pub app: App,
    pub of_run: Arc<RunWork>,
    /// By their numbers in the run; in their order when nothing is saved.
    pub devices: BTreeMap<i64, PlannedDevice>,
    pub pieces: Arc<Pieces>,
    pub cancel: CancellationToken,
    /// Why it gave up.
    pub failure: Arc<Mutex<Option<AppError>>>,
}

impl Source for OwnSource {
    async fn next(&mut self, room: usize) -> Vec<Task> {
        let Some(run) = self.of_run.recorder.run else { return self.listed(room) };
        match self.taken(run, room).await {
            Ok(tasks) => tasks,
            Err(error) => {
                *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                self.cancel.cancel();
                Vec::new()
            }
        }
    }
}

impl OwnSource {
    fn listed(&mut self, room: usize) -> Vec<Task> {
        let devices: Vec<PlannedDevice> =
            std::iter::from_fn(|| self.devices.pop_first()).map(|(_, device)| device).take(room).collect();
        let piece = |device| Piece { of_run: self.of_run.clone(), device, lease: None };
        devices.into_iter().map(|device| self.pieces.begin(&self.app, piece(device))).collect()
    }

    async fn taken(&mut self, run: RunId, room: usize) -> AppResult<Vec<Task>> {
        let room = u32::try_from(room).unwrap_or(u32::MAX);
        loop {
            let items = self.take(run, room).await?;
            if items.is_empty() || self.cancel.is_cancelled() {
                return Ok(Vec::new());
            }
            let mut tasks = Vec::with_capacity(items.len());
            for item in items {
                let lease = Some(item.lease());
                match self.devices.remove(&item.seq) {
                    Some(device) => {
                        let piece = Piece { of_run: self.of_run.clone(), device, lease };
                        tasks.push(self.pieces.begin(&self.app, piece));
                    }
                    None => self.app.device_is_gone(&item).await?,
                }
            }
            if !tasks.is_empty() {
                return Ok(tasks);
            }
        }
    }

    async fn take(&self, run: RunId, room: u32) -> AppResult<Vec<RunItem>> {
        let began = Instant::now();
        loop {
            match self.app.store.take_pieces(Taker::Own, &[(run, room)], self.app.clock.now()).await {
                Err(error) if error.may_pass() && began.elapsed() < PATIENCE && !self.cancel.is_cancelled() => {
                    tracing::warn!(%run, "waiting for the database: {error}");
                    tokio::time::sleep(PAUSE).await;
                }
                taken => return Ok(taken?),
            }
        }
    }
}

impl App {
    /// A device that was taken out of the inventory since the run began.
    pub(crate) async fn device_is_gone(&self, item: &RunItem) -> AppResult<()> {
        let outcome = DeviceOutcome {
            state: DeviceState::Skipped,
            class: Some(FailureClass::ExcludedByRule),
            message: "it is not in the inventory any more, or has no address".to_owned(),
            username: None,
            credential: None,
            duration_ms: 0,
        };
        Ok(self.store.finish_piece(item.lease(), None, &outcome, self.clock.now()).await?)
    }
}
