//! What happened that somebody may want to be told of, and what was told.

use std::collections::HashMap;

use model::object::NOTICE_RULE;
use model::{ChangeId, DeviceId, Notice, NoticeKind, RunId, RunKind, RunState, Severity, Timestamp};
use serde::Serialize;
use sqlx::FromRow;

use crate::sql::{Arg, Dialect, on_store, unreadable, word};
use crate::tx::Rows;
use crate::{Record, RecordFilter, StoreError, StoreResult, Tx};

/// Something that happened, by what is on record of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// A run that ended, or whose process is gone.
    Run { id: RunId, kind: RunKind, state: RunState, job: Option<String>, devices: u64, failed: u64, at: Timestamp },
    Change {
        id: ChangeId,
        device: String,
        site: Option<String>,
        severity: Severity,
        kind: String,
        summary: String,
        at: Timestamp,
    },
    NewDevice {
        id: DeviceId,
        device: String,
        site: Option<String>,
        address: String,
        platform: Option<String>,
        at: Timestamp,
    },
    /// An account that is left alone until a time, or until somebody says that it may be used again.
    AccountStopped { realm: String, username: String, until: Option<Timestamp>, at: Timestamp },
    /// A worker that was not heard of since `heard`, and the devices that it was at.
    WorkerLost { worker: String, host: String, heard: Timestamp, in_flight: u64, at: Timestamp },
}

/// A thing to be told by a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNotification<'a> {
    pub rule: i64,
    pub notice: &'a Notice,
    pub due: Timestamp,
}

/// A thing that was, or will be, told by a rule.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Notification {
    pub id: i64,
    #[serde(skip)]
    pub rule_id: i64,
    pub rule: String,
    pub channel: String,
    #[serde(skip)]
    pub channel_slug: String,
    /// `waiting`, `sent`, or `failed`: it is not tried again.
    pub state: String,
    pub due_at: Timestamp,
    /// How often it was tried.
    pub tries: u32,
    /// Why the last try did not go well.
    pub error: Option<String>,
    pub sent_at: Option<Timestamp>,
    #[serde(flatten)]
    pub notice: Notice,
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    Sent,
    /// It is tried again then.
    Later {
        at: Timestamp,
        why: String,
    },
    Failed {
        why: String,
    },
}

/// How a channel is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
pub struct ChannelState {
    pub name: String,
    pub kind: String,
    /// `active`, `paused`, or `stopped`: its account was refused, and neither it nor the channel was changed since.
    pub state: String,
    /// Why it is stopped.
    pub why: Option<String>,
    /// Notifications that wait for it.
    pub waiting: i64,
    /// Those that were given up.
    pub failed: i64,
    pub sent: i64,
}

#[derive(FromRow)]
struct NotificationRow {
    id: i64,
    rule_id: i64,
    rule: String,
    channel: String,
    channel_slug: String,
    state: String,
    due_at: i64,
    tries: i64,
    error: Option<String>,
    sent_at: Option<i64>,
    notice: String,
}

/// So many are taken up at once.
const CLAIM: u32 = 1_000;

impl Tx {
    /// What happened since a time, of these kinds, in no order.
    pub async fn happened(&mut self, kinds: &[NoticeKind], since: Timestamp) -> StoreResult<Vec<Happened>> {
        let wants = |of: &[NoticeKind]| kinds.iter().any(|k| of.contains(k));
        let mut all = Vec::new();
        if wants(&[NoticeKind::RunFailed, NoticeKind::RunPartial, NoticeKind::RunSucceeded]) {
            all.extend(self.runs_ended(since).await?);
        }
        if wants(&[NoticeKind::Change]) {
            all.extend(self.changes_seen(since).await?);
        }
        if wants(&[NoticeKind::NewDevice]) {
            all.extend(self.devices_found(since).await?);
        }
        if wants(&[NoticeKind::CredentialRefused]) {
            all.extend(self.accounts_stopped(since).await?);
        }
        if wants(&[NoticeKind::WorkerLost]) {
            all.extend(self.workers_lost(since).await?);
        }
        Ok(all)
    }

    async fn runs_ended(&mut self, since: Timestamp) -> StoreResult<Vec<Happened>> {
        type Row = (i64, String, String, Option<String>, i64, i64, i64);
        const SQL: &str = "
            select r.id, r.kind, r.state, j.slug, coalesce(r.ended_at, r.heartbeat_at),
                (select count(*) from run_devices x where x.run_id = r.id),
                (select count(*) from run_devices x where x.run_id = r.id and x.state = 'failed')
            from runs r left join jobs j on j.id = r.job_id
            where r.tenant_id = $1 and r.state in ('success', 'partial', 'failed', 'interrupted')
                and (r.ended_at >= $2 or r.ended_at is null and r.heartbeat_at >= $2)";
        let rows: Vec<Row> = self.all(self.sql(SQL).bind(since)).await?;
        let run = |(id, kind, state, job, at, devices, failed): Row| {
            Ok(Happened::Run {
                id: RunId(id),
                kind: word("runs.kind", &kind)?,
                state: word("runs.state", &state)?,
                job,
                devices: devices.unsigned_abs(),
                failed: failed.unsigned_abs(),
                at: Timestamp(at),
            })
        };
        rows.into_iter().map(run).collect()
    }

    async fn changes_seen(&mut self, since: Timestamp) -> StoreResult<Vec<Happened>> {
        type Row = (i64, String, Option<String>, String, String, String, i64);
        const SQL: &str = "
            select c.id, d.slug, s.name, c.severity, c.kind, c.summary, c.detected_at
            from changes c join devices d on d.id = c.device_id left join sites s on s.id = d.site_id
            where c.tenant_id = $1 and c.detected_at >= $2";
        let rows: Vec<Row> = self.all(self.sql(SQL).bind(since)).await?;
        let change = |(id, device, site, severity, kind, summary, at): Row| {
            let severity = word("changes.severity", &severity)?;
            Ok(Happened::Change { id: ChangeId(id), device, site, severity, kind, summary, at: Timestamp(at) })
        };
        rows.into_iter().map(change).collect()
    }

    async fn devices_found(&mut self, since: Timestamp) -> StoreResult<Vec<Happened>> {
        type Row = (i64, String, Option<String>, String, Option<String>, i64);
        const SQL: &str = "
            select d.id, d.slug, s.name, d.address, p.name, d.first_seen
            from devices d left join sites s on s.id = d.site_id left join platforms p on p.id = d.platform_id
            where d.tenant_id = $1 and d.first_seen >= $2";
        let rows: Vec<Row> = self.all(self.sql(SQL).bind(since)).await?;
        let found = |(id, device, site, address, platform, at): Row| Happened::NewDevice {
            id: DeviceId(id),
            device,
            site,
            address,
            platform,
            at: Timestamp(at),
        };
        Ok(rows.into_iter().map(found).collect())
    }

    async fn accounts_stopped(&mut self, since: Timestamp) -> StoreResult<Vec<Happened>> {
        const SQL: &str = "select realm, username, stopped_until, stopped_at from login_budgets
            where tenant_id = $1 and stopped_at >= $2";
        let rows: Vec<(String, String, Option<i64>, i64)> = self.all(self.sql(SQL).bind(since)).await?;
        let stopped = |(realm, username, until, at): (_, _, Option<i64>, i64)| Happened::AccountStopped {
            realm,
            username,
            until: until.map(Timestamp),
            at: Timestamp(at),
        };
        Ok(rows.into_iter().map(stopped).collect())
    }

    async fn workers_lost(&mut self, since: Timestamp) -> StoreResult<Vec<Happened>> {
        const SQL: &str = "select worker, host, heartbeat_at, in_flight, seen_at from worker_losses
            where tenant_id = $1 and seen_at >= $2";
        let rows: Vec<(String, String, i64, i64, i64)> = self.all(self.sql(SQL).bind(since)).await?;
        let lost = |(worker, host, heard, in_flight, at): (_, _, i64, i64, i64)| Happened::WorkerLost {
            worker,
            host,
            heard: Timestamp(heard),
            in_flight: in_flight.unsigned_abs(),
            at: Timestamp(at),
        };
        Ok(rows.into_iter().map(lost).collect())
    }

    /// Keeps what is to be told. What is kept already stays as it is. Gives how many are new.
    pub async fn add_notifications(&mut self, new: &[NewNotification<'_>]) -> StoreResult<u64> {
        let mut rows: Vec<Vec<Arg>> = Vec::with_capacity(new.len());
        for one in new {
            let notice = serde_json::to_string(one.notice).map_err(|e| unreadable("notifications.notice", e))?;
            rows.push(vec![
                one.rule.into(),
                one.notice.key.as_str().into(),
                notice.into(),
                one.notice.at.into(),
                one.due.into(),
            ]);
        }
        self.insert_rows(Rows {
            table: "notifications",
            same: &[("tenant_id", self.tenant.into())],
            columns: &["rule_id", "key", "notice", "at", "due_at"],
            rows: &rows,
            tail: " on conflict (rule_id, key) do nothing",
        })
        .await
    }

    /// The rules, each with when it was made or changed.
    pub async fn notice_rules(&mut self) -> StoreResult<Vec<(Record, Timestamp)>> {
        let times: Vec<(i64, Option<i64>)> =
            self.all(self.sql("select id, changed_at from notification_rules where tenant_id = $1")).await?;
        let times: HashMap<i64, i64> = times.into_iter().map(|(id, at)| (id, at.unwrap_or_default())).collect();
        let rules = self.records(&NOTICE_RULE, &RecordFilter::default()).await?;
        let with_time = |rule: Record| {
            let at = times.get(&rule.id).copied().unwrap_or_default();
            (rule, Timestamp(at))
        };
        Ok(rules.into_iter().map(with_time).collect())
    }

    /// Takes up what is due, but by no rule that is paused, nor by a channel that is paused or stopped. Nobody else gets the same before `until`; whoever dies over it leaves it to be taken then.
    pub async fn claim_notifications(&mut self, now: Timestamp, until: Timestamp) -> StoreResult<Vec<Notification>> {
        let alone = if self.dialect() == Dialect::Postgres { " for update skip locked" } else { "" };
        let mut sql = self.sql("with next as materialized (select id from notifications where tenant_id = $1");
        sql.push(" and state = 'waiting'").and("due_at <=", Some(now));
        sql.push(" and rule_id in (select r.id from notification_rules r join notification_channels c on c.id = r.channel_id");
        sql.push(" where r.status = 'active' and c.status = 'active' and not (").push(STOPPED).push("))");
        sql.push(" order by due_at, id").limit(Some(CLAIM));
        sql.push(alone).push(") update notifications set tries = tries + 1, due_at = ").arg(until);
        sql.push(" where tenant_id = $1 and id in (select id from next) returning id");
        let ids: Vec<(i64,)> = self.all(sql).await?;
        let mut sql = self.sql(NOTIFICATIONS);
        sql.push(" and n.id").is_one_of(ids.into_iter().map(|(id,)| id)).push(" order by n.at, n.id");
        self.read_notifications(sql).await
    }

    /// Writes what came of a try.
    pub async fn told(&mut self, ids: &[i64], told: &Told, now: Timestamp) -> StoreResult<()> {
        let mut sql = self.sql("update notifications set");
        match told {
            Told::Sent => sql.push(" state = 'sent', error = null, sent_at = ").arg(now),
            Told::Later { at, why } => sql.push(" due_at = ").arg(*at).push(", error = ").arg(why),
            Told::Failed { why } => sql.push(" state = 'failed', error = ").arg(why),
        };
        sql.push(" where tenant_id = $1 and id").is_one_of(ids.iter().copied());
        self.execute(sql).await?;
        Ok(())
    }

    /// Nothing is sent by this channel until somebody changes it or its credential.
    pub async fn stop_channel(&mut self, id: i64, why: &str, now: Timestamp) -> StoreResult<()> {
        let sql = self
            .sql("update notification_channels set stopped_at = $3, stopped_why = $4 where tenant_id = $1 and id = $2");
        self.execute(sql.bind(id).bind(now).bind(why)).await?;
        Ok(())
    }

    /// What waits for this channel is sent.
    pub async fn free_channel(&mut self, id: i64) -> StoreResult<()> {
        let sql = self.sql(
            "update notification_channels set stopped_at = null, stopped_why = null where tenant_id = $1 and id = $2",
        );
        self.execute(sql.bind(id)).await?;
        Ok(())
    }

    /// How the channels are, by name.
    pub async fn channel_states(&mut self) -> StoreResult<Vec<ChannelState>> {
        let count = |state: &str| {
            format!(
                "(select count(*) from notifications n join notification_rules r on r.id = n.rule_id
                    where r.channel_id = c.id and n.state = '{state}') as {state}"
            )
        };
        let (waiting, failed, sent) = (count("waiting"), count("failed"), count("sent"));
        let sql = format!(
            "select c.name, c.kind, case when c.status = 'active' and {STOPPED} then 'stopped' else c.status end as state,
                case when {STOPPED} then c.stopped_why end as why, {waiting}, {failed}, {sent}
            from notification_channels c where c.tenant_id = $1 order by lower(c.name)"
        );
        self.all(self.sql(sql)).await
    }

    /// Newest first; only those in this state, when one is given.
    pub async fn notifications(&mut self, state: Option<&str>, limit: u32) -> StoreResult<Vec<Notification>> {
        let mut sql = self.sql(NOTIFICATIONS);
        sql.and("n.state =", state).push(" order by n.at desc, n.id desc").limit(Some(limit));
        self.read_notifications(sql).await
    }

    /// Forgets what was told, or given up, and happened before a time, and which workers were lost before it. Gives how many
    /// notifications those were.
    pub async fn forget_notifications(&mut self, before: Timestamp) -> StoreResult<u64> {
        const LOSSES: &str = "delete from worker_losses where tenant_id = $1 and seen_at < $2";
        self.execute(self.sql(LOSSES).bind(before)).await?;
        const SQL: &str = "delete from notifications where tenant_id = $1 and state <> 'waiting' and at < $2";
        self.execute(self.sql(SQL).bind(before)).await
    }

    async fn read_notifications(&mut self, sql: crate::sql::Sql) -> StoreResult<Vec<Notification>> {
        self.all::<NotificationRow>(sql).await?.into_iter().map(NotificationRow::into_notification).collect()
    }
}

/// Neither the channel nor its credential was changed since its account was refused.
const STOPPED: &str = "c.stopped_at is not null and coalesce(c.changed_at, 0) <= c.stopped_at and not exists (
    select 1 from credentials k where k.tenant_id = c.tenant_id and lower(k.name) = lower(c.credential)
        and k.changed_at > c.stopped_at)";
const NOTIFICATIONS: &str = "
    select n.id, n.rule_id, r.name as rule, c.name as channel, c.slug as channel_slug,
        n.state, n.due_at, n.tries, n.error, n.sent_at, n.notice
    from notifications n join notification_rules r on r.id = n.rule_id
        join notification_channels c on c.id = r.channel_id
    where n.tenant_id = $1";

on_store! {
    read happened(kinds: &[NoticeKind], since: Timestamp) -> Vec<Happened>;
    read notice_rules() -> Vec<(Record, Timestamp)>;
    write add_notifications(new: &[NewNotification<'_>]) -> u64;
    write claim_notifications(now: Timestamp, until: Timestamp) -> Vec<Notification>;
    write told(ids: &[i64], told: &Told, now: Timestamp) -> ();
    read notifications(state: Option<&str>, limit: u32) -> Vec<Notification>;
    write stop_channel(id: i64, why: &str, now: Timestamp) -> ();
    write free_channel(id: i64) -> ();
    read channel_states() -> Vec<ChannelState>;
    write forget_notifications(before: Timestamp) -> u64;
}

impl NotificationRow {
    fn into_notification(self) -> Result<Notification, StoreError> {
        Ok(Notification {
            id: self.id,
            rule_id: self.rule_id,
            rule: self.rule,
            channel: self.channel,
            channel_slug: self.channel_slug,
            state: self.state,
            due_at: Timestamp(self.due_at),
            tries: u32::try_from(self.tries).unwrap_or(u32::MAX),
            error: self.error,
            sent_at: self.sent_at.map(Timestamp),
            notice: serde_json::from_str(&self.notice).map_err(|e| unreadable("notifications.notice", e))?,
        })
    }
}
