//! What an installation does by itself as long as a process serves it: schedules run, persons are told, and what is old goes.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Notifier;
use crate::actor::Role;
use crate::worker::Say;
use crate::{Actor, App, AppResult, OpenVault};

/// Between two looks at what happened.
const LOOK: Duration = Duration::from_secs(5);

impl App {
    /// Runs schedules, sends notifications, and lets go of what is old, until it is told to stop. Any number of processes may do it at once: each
    /// schedule has its run once, each notification is sent once.
    ///
    /// `vault` is for channels that need a credential. Without it the key is taken from the keyring of the machine; while it
    /// has none, what needs it waits.
    pub async fn attend(
        &self,
        actor: &Actor,
        vault: Option<Arc<OpenVault>>,
        stop: CancellationToken,
        tell: Say,
    ) -> AppResult<()> {
        let times = self.keep_time(actor, stop.clone(), tell.clone());
        let notices = self.keep_telling(actor, vault, stop.clone(), tell.clone());
        let small = self.keep_small(actor, stop.clone(), tell);
        tokio::try_join!(times, notices, small)?;
        Ok(())
    }

    async fn keep_telling(
        &self,
        actor: &Actor,
        vault: Option<Arc<OpenVault>>,
        stop: CancellationToken,
        tell: Say,
    ) -> AppResult<()> {
        actor.must(Role::Operator, "send notifications")?;
        let (mut notifier, mut is_cut_off) = (Notifier::new(self, actor)?, false);
        while !stop.is_cancelled() {
            match notifier.pass(vault.as_deref()).await {
                Ok(pass) => {
                    is_cut_off = false;
                    if pass.sent + pass.failed > 0 {
                        tell(format!("notifications: {} sent, {} given up", pass.sent, pass.failed));
                    }
                    if pass.stopped > 0 {
                        tell(
                            "notifications: the account of a channel was refused; `velocity notify status` says why"
                                .into(),
                        );
                    }
                }
                Err(error) if !is_cut_off => {
                    is_cut_off = true;
                    tracing::warn!("notifications wait: {}", error.chain());
                    tell(format!("notifications wait: {}", error.chain()));
                }
                Err(_) => {}
            }
            let _ = tokio::time::timeout(LOOK, stop.cancelled()).await;
        }
        Ok(())
    }
}
