//! Notifications: what happened is told to whom it may concern, once, by rules that persons keep.
//!
//! What happened is read from what is on record, so that nothing is lost with a process; what is to be told is kept
//! until it was sent. Any number of processes may look and send.

mod rules;
mod way;
mod words;

use std::collections::BTreeMap;

use model::object::CHANNEL;
use model::{Notice, NoticeKind, Timestamp};
use notify::{Message, SendError, Sender};
use serde::Serialize;
use serde_json::json;
use store::{NewAudit, NewNotification, Notification, Record, RecordFilter, Told};

use self::rules::Rule;
use crate::actor::Role;
use crate::vault::OpenVault;
use crate::{Actor, App, AppError, AppResult};

/// How far a first look goes back, in milliseconds: what happened while nobody looked is told late, not never.
const FIRST_LOOK: i64 = 24 * 3_600_000;
/// How far later looks overlap: what a slow transaction wrote with an earlier time is not overlooked.
const OVERLAP: i64 = 15 * 60_000;
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
}

/// Looks for what happened, and sends what is due.
pub struct Notifier {
    app: App,
    sender: Sender,
    looked: Option<Timestamp>,
}

impl Notifier {
    pub fn new(app: &App, actor: &Actor) -> AppResult<Self> {
        actor.must(Role::Operator, "send notifications")?;
        Ok(Self { app: app.clone(), sender: sender()?, looked: None })
    }

    /// Looks once, and sends what is due. Without a vault, what needs a credential waits.
    pub async fn pass(&mut self, vault: Option<&OpenVault>) -> AppResult<NoticePass> {
        let now = self.app.clock.now();
        let mut pass = NoticePass { new: self.look(now).await?, ..NoticePass::default() };
        self.looked = Some(now);
        for due in by_rule(self.app.store.claim_notifications(now, now.plus_ms(LEASE)).await?) {
            let told = self.tell(&due, vault, now).await?;
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

    /// Keeps what is to be told. Gives how much of it is new.
    async fn look(&self, now: Timestamp) -> AppResult<u64> {
        let store = &self.app.store;
        store.interrupt_stale_runs(now).await?;
        let rules: Vec<Rule> = store.notice_rules().await?.iter().filter_map(|(r, at)| Rule::read(r, *at)).collect();
        let kinds: Vec<NoticeKind> = rules.iter().flat_map(|r| r.kinds.iter().copied()).collect();
        let since = self.looked.map_or(now.plus_ms(-FIRST_LOOK), |at| at.plus_ms(-OVERLAP));
        let notices: Vec<Notice> = store.happened(&kinds, since).await?.iter().map(words::notice).collect();
        let mut new = Vec::new();
        for notice in &notices {
            new.extend(
                rules
                    .iter()
                    .filter_map(|rule| Some(NewNotification { rule: rule.id, notice, due: rule.tells(notice)? })),
            );
        }
        if new.is_empty() { Ok(0) } else { Ok(store.add_notifications(&new).await?) }
    }

    /// Sends what is due by one rule as one message.
    async fn tell(&self, due: &[Notification], vault: Option<&OpenVault>, now: Timestamp) -> AppResult<Told> {
        let Some(first) = due.first() else { return Ok(Told::Sent) };
        let channel = self.app.store.record(&CHANNEL, &first.channel_slug).await?;
        let message = Message { rule: first.rule.clone(), notices: due.iter().map(|n| n.notice.clone()).collect() };
        let why = match way::way(&channel, vault) {
            Ok(way) => match self.sender.send(&way, &message, now).await {
                Ok(()) => return Ok(Told::Sent),
                Err(SendError::Refused(why)) => return Ok(Told::Failed { why }),
                Err(SendError::Later(why)) => why,
            },
            // Whoever repairs the channel or opens the vault wants to have it.
            Err(error) => error.chain(),
        };
        let tries = due.iter().map(|n| n.tries).max().unwrap_or(1);
        if tries >= TRIES {
            return Ok(Told::Failed { why: format!("given up after {tries} tries: {why}") });
        }
        Ok(Told::Later { at: now.plus_ms(wait(tries)), why })
    }
}

/// Milliseconds until the next try, after so many.
fn wait(tries: u32) -> i64 {
    FIRST_WAIT.saturating_mul(1 << tries.saturating_sub(1).min(20)).min(LONGEST_WAIT)
}

fn by_rule(due: Vec<Notification>) -> Vec<Vec<Notification>> {
    let mut rules: BTreeMap<i64, Vec<Notification>> = BTreeMap::new();
    for one in due {
        rules.entry(one.rule_id).or_default().push(one);
    }
    rules.into_values().collect()
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
        sent.map_err(|e| AppError::Invalid(format!("channel {name}: {e}")))
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
