//! Notifications: what happened is told to whom it may concern, once, by rules that persons keep.
//!
//! What happened is read from what is on record, so that nothing is lost with a process; what is to be told is kept
//! until it was sent. Any number of processes may look and send.

mod keep;
mod rules;
mod way;
mod words;

use std::collections::BTreeMap;

use futures::StreamExt as _;

use model::object::CHANNEL;
use model::{Notice, NoticeKind, Timestamp};
use notify::{Message, SendError, Sender};
use serde::Serialize;
use serde_json::json;
use store::{ChannelState, NewAudit, NewNotification, Notification, Record, RecordFilter, Told};

use self::rules::Rule;
use crate::actor::Role;
use crate::vault::{OpenVault, VaultKey};
use crate::{Actor, App, AppError, AppResult};

/// How far a first look goes back, in milliseconds: what happened while nobody looked is told late, not never.
const FIRST_LOOK: i64 = 24 * 3_600_000;
/// How far later looks overlap: what a slow transaction wrote with an earlier time is not overlooked.
const OVERLAP: i64 = 60_000;
/// So often a look goes back further, by [`FAR`]: a worker may have waited for the database with a result in its hands.
const FAR_EVERY: i64 = 10 * 60_000;
const FAR: i64 = 60 * 60_000;
/// What was told is kept for so long.
const KEPT: i64 = 90 * 24 * 3_600_000;
/// Messages that are on their way at once: one that does not arrive keeps no other waiting.
const AT_ONCE: usize = 8;
/// Whoever takes up a notification has so long to send it, in milliseconds.
const LEASE: i64 = 5 * 60_000;
/// Waits between tries begin with this, in milliseconds, and double.
const FIRST_WAIT: i64 = 30_000;
const LONGEST_WAIT: i64 = 3_600_000;
/// Then it is given up: after some nine hours.
const TRIES: u32 = 16;

/// What one look came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct NoticePass {
    /// Things that a rule tells, and that nobody had seen.
    pub new: u64,
    /// Messages that arrived; one may tell many things.
    pub sent: u64,
    /// Messages that did not, and are tried again.
    pub later: u64,
    /// Messages that were given up.
    pub failed: u64,
    /// Channels that nothing is sent by any more, since their account was refused.
    pub stopped: u64,
}

/// Looks for what happened, and sends what is due.
pub struct Notifier {
    app: App,
    actor: Actor,
    sender: Sender,
    looked: Option<Timestamp>,
    looked_far: Option<Timestamp>,
}

impl Notifier {
    pub fn new(app: &App, actor: &Actor) -> AppResult<Self> {
        actor.must(Role::Operator, "send notifications")?;
        Ok(Self { app: app.clone(), actor: actor.clone(), sender: sender()?, looked: None, looked_far: None })
    }

    /// Looks once, and sends what is due. What needs a credential takes it from this vault, or from the one that the keyring
    /// of the machine opens; else it waits.
    pub async fn pass(&mut self, vault: Option<&OpenVault>) -> AppResult<NoticePass> {
        let now = self.app.clock.now();
        let mut pass = NoticePass { new: self.look(now).await?, ..NoticePass::default() };
        let due = by_channel(self.app.store.claim_notifications(now, now.plus_ms(LEASE)).await?);
        if due.is_empty() {
            return Ok(pass);
        }
        let own = self.vault(vault).await;
        let (notifier, own) = (&*self, own.as_ref());
        let telling = futures::stream::iter(due).map(|due| async move { notifier.tell_channel(&due, own, now).await });
        let told: Vec<AppResult<NoticePass>> = telling.buffer_unordered(AT_ONCE).collect().await;
        for told in told {
            let NoticePass { sent, later, failed, stopped, .. } = told?;
            pass.sent += sent;
            pass.later += later;
            pass.failed += failed;
            pass.stopped += stopped;
        }
        Ok(pass)
    }

    /// With what was added to it meanwhile.
    async fn vault(&self, held: Option<&OpenVault>) -> Option<OpenVault> {
        let needs = self.app.channel_credentials(&self.actor).await.is_ok_and(|names| !names.is_empty());
        match held.filter(|_| needs) {
            Some(held) => self.app.renewed_vault(held).await.ok(),
            None if needs => self.app.open_vault(&self.actor, VaultKey::Keyring).await.ok(),
            None => None,
        }
    }

    /// Sends what is due by one channel, a message for each rule. After its account was refused nothing more is tried.
    async fn tell_channel(
        &self,
        due: &[Vec<Notification>],
        vault: Option<&OpenVault>,
        now: Timestamp,
    ) -> AppResult<NoticePass> {
        let mut pass = NoticePass::default();
        let mut refused: Option<String> = None;
        for due in due {
            let told = match &refused {
                None => self.tell(due, vault, now).await?,
                Some(why) => Outcome::Stopped { why: why.clone() },
            };
            let told = match told {
                Outcome::Told(told) => told,
                Outcome::Stopped { why } => {
                    if refused.is_none() {
                        self.stop(&due[0].channel_slug, &why, now).await?;
                        pass.stopped += 1;
                    }
                    refused = Some(why.clone());
                    // As soon as somebody has seen to it.
                    Told::Later { at: now, why }
                }
            };
            match told {
                Told::Sent => pass.sent += 1,
                Told::Later { .. } => pass.later += 1,
                Told::Failed { .. } => pass.failed += 1,
            }
            let ids: Vec<i64> = due.iter().map(|n| n.id).collect();
            self.app.store.told(&ids, &told, self.app.clock.now()).await?;
        }
        Ok(pass)
    }

    /// From `now`, when the pass began: who has seen to it since has it go on.
    async fn stop(&self, channel: &str, why: &str, now: Timestamp) -> AppResult<()> {
        let channel = self.app.store.record(&CHANNEL, channel).await?;
        tracing::warn!(channel = %channel.text("name"), "nothing is sent by it any more: {why}");
        Ok(self.app.store.stop_channel(channel.id, why, now).await?)
    }

    /// Keeps what is to be told. Gives how much of it is new.
    async fn look(&mut self, now: Timestamp) -> AppResult<u64> {
        let is_far = self.looked_far.is_none_or(|at| now.ms_since(at) >= FAR_EVERY);
        let since = match self.looked {
            None => now.plus_ms(-FIRST_LOOK),
            Some(at) => at.plus_ms(if is_far { -FAR } else { -OVERLAP }),
        };
        let new = self.look_since(since, now).await?;
        self.looked = Some(now);
        if is_far {
            self.app.store.forget_notifications(now.plus_ms(-KEPT)).await?;
            self.looked_far = Some(now);
        }
        Ok(new)
    }

    async fn look_since(&self, since: Timestamp, now: Timestamp) -> AppResult<u64> {
        let store = &self.app.store;
        let rules = self.rules().await?;
        if rules.is_empty() {
            return Ok(0);
        }
        store.interrupt_stale_runs(now).await?;
        if rules.iter().any(|rule| rule.kinds.contains(&NoticeKind::WorkerLost)) {
            self.app.note_lost_workers().await?;
        }
        let notices = self.noticed(&rules, since).await?;
        let new = new_of(&rules, &notices);
        if new.is_empty() { Ok(0) } else { Ok(store.add_notifications(&new).await?) }
    }

    /// What [`Notifier::pass`] would send now, with what it would find first; nothing is written.
    pub async fn would_send(&self) -> AppResult<Vec<Notification>> {
        let now = self.app.clock.now();
        let rules = self.rules().await?;
        let notices = self.noticed(&rules, now.plus_ms(-FIRST_LOOK)).await?;
        let mut tx = self.app.store.begin().await?;
        let new = new_of(&rules, &notices);
        if !new.is_empty() {
            tx.add_notifications(&new).await?;
        }
        Ok(tx.claim_notifications(now, now).await?)
    }

    async fn rules(&self) -> AppResult<Vec<Rule>> {
        Ok(self.app.store.notice_rules().await?.iter().filter_map(|(r, at)| Rule::read(r, *at)).collect())
    }

    async fn noticed(&self, rules: &[Rule], since: Timestamp) -> AppResult<Vec<Notice>> {
        let kinds: Vec<NoticeKind> = rules.iter().flat_map(|r| r.kinds.iter().copied()).collect();
        Ok(self.app.store.happened(&kinds, since).await?.iter().map(words::notice).collect())
    }

    /// Sends what is due by one rule as one message.
    async fn tell(&self, due: &[Notification], vault: Option<&OpenVault>, now: Timestamp) -> AppResult<Outcome> {
        let Some(first) = due.first() else { return Ok(Outcome::Told(Told::Sent)) };
        let channel = self.app.store.record(&CHANNEL, &first.channel_slug).await?;
        let message = Message { rule: first.rule.clone(), notices: due.iter().map(|n| n.notice.clone()).collect() };
        let why = match way::way(&channel, vault) {
            Ok(way) => match self.sender.send(&way, &message, now).await {
                Ok(()) => return Ok(Outcome::Told(Told::Sent)),
                Err(SendError::Refused(why)) => return Ok(Outcome::Told(Told::Failed { why })),
                Err(SendError::Account(why)) => return Ok(Outcome::Stopped { why }),
                Err(SendError::Later(why)) => why,
            },
            // Whoever repairs the channel or opens the vault wants to have it.
            Err(error) => error.chain(),
        };
        let tries = due.iter().map(|n| n.tries).max().unwrap_or(1);
        Ok(Outcome::Told(match tries >= TRIES {
            true => Told::Failed { why: format!("given up after {tries} tries: {why}") },
            false => Told::Later { at: now.plus_ms(wait(tries)), why },
        }))
    }
}

/// What each rule tells of these.
fn new_of<'n>(rules: &[Rule], notices: &'n [Notice]) -> Vec<NewNotification<'n>> {
    let of = |notice: &'n Notice| {
        let tells = rules.iter().map(move |rule| (rule.id, rule.tells(notice)));
        tells.filter_map(move |(rule, due)| Some(NewNotification { rule, notice, due: due? }))
    };
    notices.iter().flat_map(of).collect()
}

/// What came of a message.
enum Outcome {
    Told(Told),
    /// The account of its channel was refused.
    Stopped {
        why: String,
    },
}

/// Milliseconds until the next try, after so many.
fn wait(tries: u32) -> i64 {
    FIRST_WAIT.saturating_mul(1 << tries.saturating_sub(1).min(20)).min(LONGEST_WAIT)
}

/// Channels, of each its rules, of each what it tells.
fn by_channel(due: Vec<Notification>) -> Vec<Vec<Vec<Notification>>> {
    let mut channels: BTreeMap<String, BTreeMap<i64, Vec<Notification>>> = BTreeMap::new();
    for one in due {
        channels.entry(one.channel_slug.clone()).or_default().entry(one.rule_id).or_default().push(one);
    }
    channels.into_values().map(|rules| rules.into_values().collect()).collect()
}

fn sender() -> AppResult<Sender> {
    Sender::new().map_err(|e| AppError::Invalid(e.to_string()))
}

impl App {
    /// What was told, and what waits: newest first; in one state only, when one is given.
    pub async fn notifications(&self, actor: &Actor, state: Option<&str>, limit: u32) -> AppResult<Vec<Notification>> {
        actor.must(Role::Viewer, "see notifications")?;
        Ok(self.store.notifications(state, limit).await?)
    }

    /// Sends a message that says it is a test.
    ///
    /// # Errors
    /// Says why it did not arrive.
    pub async fn test_channel(&self, actor: &Actor, channel: &str, vault: Option<&OpenVault>) -> AppResult<()> {
        actor.must(Role::Operator, "send notifications")?;
        let channel = self.store.record(&CHANNEL, channel).await?;
        let name = channel.text("name");
        let now = self.clock.now();
        let way = way::way(&channel, vault)?;
        let notice = Notice {
            kind: NoticeKind::RunSucceeded,
            key: format!("test:{}", now.0),
            at: now,
            severity: None,
            title: format!("a test of the channel {}", model::text::shown(&name)),
            text: format!("{} asked for it; nothing happened.", actor.name),
            device: None,
            site: None,
            job: None,
        };
        let sent = sender()?.send(&way, &Message { rule: "test".to_owned(), notices: vec![notice] }, now).await;
        let detail = json!({ "arrived": sent.is_ok() });
        let object = format!("notification channel {name}");
        let entry =
            NewAudit { actor: &actor.name, action: "notification_channel.test", object: &object, detail: &detail };
        self.store.audit(&entry, now).await?;
        match &sent {
            Ok(()) => self.store.free_channel(channel.id).await?,
            Err(SendError::Account(why)) => self.store.stop_channel(channel.id, why, now).await?,
            Err(_) => {}
        }
        sent.map_err(|e| AppError::Invalid(format!("channel {name}: {e}")))
    }

    /// How the channels are, and what waits for each, by name.
    pub async fn channel_states(&self, actor: &Actor) -> AppResult<Vec<ChannelState>> {
        actor.must(Role::Viewer, "see notifications")?;
        Ok(self.store.channel_states().await?)
    }

    /// The names of credentials that channels use: when there is one, whoever sends needs the vault.
    pub async fn channel_credentials(&self, actor: &Actor) -> AppResult<Vec<String>> {
        actor.must(Role::Viewer, "see notifications")?;
        let channels: Vec<Record> = self.store.records(&CHANNEL, &RecordFilter::default()).await?;
        Ok(channels.iter().map(|c| c.text("credential")).filter(|c| !c.is_empty()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_between_tries_double_up_to_an_hour() {
        let waits: Vec<i64> = [1, 2, 3, 7, 8, 9, 40].map(|tries| wait(tries) / 1000).to_vec();
        assert_eq!(waits, [30, 60, 120, 1920, 3600, 3600, 3600]);
        let all: i64 = (1..TRIES).map(wait).sum();
        assert!((8..11).contains(&(all / 3_600_000)), "{all}");
    }
}
