//! What a run writes of a device beside what the device said: that it was begun, that it could not be stored.

use discovery::{Candidate, Verdict};
use model::{DeviceOutcome, RunId};

use crate::book::Book;
use crate::discover::add_items;
use crate::recorder::Recorder;
use crate::{App, AppError, AppResult};

impl App {
    /// A device that could not be stored has failed, in the store as well: a retry takes it up, and what it brought
    /// keeps the numbers that the crawl gave.
    pub(crate) async fn not_stored(
        &self,
        recorder: &Recorder,
        key: i64,
        name: &str,
        next: (&[Candidate], &[Verdict]),
        error: &AppError,
        outcome: DeviceOutcome,
    ) -> DeviceOutcome {
        let outcome = recorder.not_stored(name, error, outcome);
        if let Some(run) = recorder.run
            && let Err(error) = self.record_failure(recorder, run, key, next, &outcome).await
        {
            tracing::error!(device = %name, "cannot store that it failed with what it brought: {}", error.chain());
            if let Err(error) = self.record_failure(recorder, run, key, (&[], &[]), &outcome).await {
                tracing::error!(device = %name, "cannot store that it failed: {}", error.chain());
            }
        }
        outcome
    }

    async fn record_failure(
        &self,
        recorder: &Recorder,
        run: RunId,
        key: i64,
        (fresh, verdicts): (&[Candidate], &[Verdict]),
        outcome: &DeviceOutcome,
    ) -> AppResult<()> {
        let now = recorder.now();
        let mut tx = self.store.begin().await?;
        tx.finish_item(run, key, None, outcome, now).await?;
        add_items(&mut tx, run, fresh, verdicts, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// That a device was begun is good to know, and no reason to stop when it cannot be written.
    pub(crate) async fn mark_started(&self, recorder: &Recorder, key: i64, name: &str) {
        if let Some(run) = recorder.run
            && let Err(error) = self.store.start_item(run, key, recorder.now()).await
        {
            tracing::warn!(device = %name, "cannot store that it was begun: {}", AppError::from(error).chain());
        }
    }

    pub(crate) async fn save_left_keys(&self, book: &Book, recorder: &Recorder) {
        if recorder.run.is_some()
            && let Err(error) = book.save_left(&self.store, recorder.now()).await
        {
            let error = error.chain();
            tracing::error!("cannot store host keys: {error}");
            recorder.note(format!("new host keys are not stored: {error}"));
        }
    }
}
