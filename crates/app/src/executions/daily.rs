//! Retention by itself: each day at the time that `retention.daily_at` of the configuration says.

use std::time::Duration;

use scheduler::{Recurrence, Timing};
use tokio_util::sync::CancellationToken;

use crate::schedules::here;
use crate::worker::Say;
use crate::{Actor, App, AppError, AppResult};

/// Between two looks at the clock on the wall, which may jump.
const LOOK: Duration = Duration::from_secs(5);

impl App {
    /// Until it is told to stop; at once where nothing is to go by itself. More than one process may do it: the second finds nothing.
    pub(crate) async fn keep_small(&self, actor: &Actor, stop: CancellationToken, tell: Say) -> AppResult<()> {
        let Some(at) = self.config.retention.daily_at else { return Ok(()) };
        // What it says is looked at before it is needed. The rest goes on without it.
        let is_sound = self.retention(None, None, None).and_then(|_| self.may_prune(actor)).and_then(|()| {
            Timing::new(Recurrence::Daily { at }, &here(), 0, 0).map_err(|e| AppError::Usage(e.to_string()))
        });
        let timing = match is_sound {
            Ok(timing) => timing,
            Err(error) => {
                tell(format!("nothing is let go of by itself: {}", error.chain()));
                return Ok(());
            }
        };
        let mut due = timing.next_after(self.now());
        while !stop.is_cancelled() {
            if due.is_some_and(|due| due <= self.now()) {
                match self.prune_daily(actor).await {
                    Ok(said) => tell(said),
                    Err(error) => {
                        tracing::warn!("nothing is let go of: {}", error.chain());
                        tell(format!("nothing is let go of: {}", error.chain()));
                    }
                }
                due = timing.next_after(self.now());
            }
            let _ = tokio::time::timeout(LOOK, stop.cancelled()).await;
        }
        Ok(())
    }

    async fn prune_daily(&self, actor: &Actor) -> AppResult<String> {
        let done = self.prune(actor, self.retention(None, None, None)?, false).await?;
        let (executions, captures) = (done.gone.executions, done.gone.captures);
        Ok(format!("let go of {executions} executions and {captures} captures, {} bytes on disk", done.bytes))
    }
}
