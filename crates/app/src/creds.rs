//! `creds`: which credential works where, and what is left of the tries of each account.

pub(crate) mod find;
pub(crate) mod forecast;
mod greeting;

use std::collections::{BTreeMap, BTreeSet};

use collect::LogIn;
use collect::budget::{Count, stop_at};
use model::{Account, Bucket, Device, DeviceId, Timestamp};
use serde::Serialize;
use store::{DeviceCredential, NewAudit, Tx};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// The kind of what is known of secrets for privileged mode.
const ENABLE: &str = "enable";

/// Whether anything is known to let us into a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum CredentialMark {
    Ok,
    Failed,
    Untested,
}

impl CredentialMark {
    /// By what is known of one device.
    pub fn of(known: &[DeviceCredential]) -> Self {
        match known {
            [] => Self::Untested,
            known if known.iter().any(DeviceCredential::works) => Self::Ok,
            _ => Self::Failed,
        }
    }

    /// As a list of devices has it.
    pub fn of_word(word: &str) -> Self {
        [Self::Ok, Self::Failed].into_iter().find(|mark| mark.as_str() == word).unwrap_or(Self::Untested)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed => "failed",
            Self::Untested => "untested",
        }
    }
}

/// Credentials and accounts at a glance.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CredsStatus {
    pub total: usize,
    pub ok: usize,
    pub failed: usize,
    pub untested: usize,
    /// Devices that a credential works on, of 100.
    pub coverage_percent: f64,
    pub credentials: Vec<CredentialUse>,
    pub accounts: Vec<AccountView>,
    pub devices: Vec<DeviceCredentialView>,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CredentialUse {
    pub name: String,
    /// Devices where it worked when it was tried last.
    pub works_on: usize,
    pub preferred_on: usize,
    pub refused_on: usize,
}

/// An account with refusals behind it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct AccountView {
    #[serde(flatten)]
    pub account: Account,
    /// Tries used up in the window, and all that there are.
    pub used: u32,
    pub tries: u32,
    pub under_way: u32,
    /// It is left alone since then.
    pub stopped_at: Option<Timestamp>,
    pub stopped_until: Option<Timestamp>,
    /// Where it was refused, and which credential.
    pub refused: Vec<String>,
}

impl AccountView {
    /// In a word or two.
    pub fn state(&self) -> String {
        match (self.stopped_at, self.stopped_until) {
            (Some(_), Some(until)) => format!("stopped until {until}"),
            (Some(_), None) => "stopped until it is cleared".to_owned(),
            (None, _) if self.used >= self.tries => "no try left".to_owned(),
            _ => "open".to_owned(),
        }
    }
}

/// A device and the credential for it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DeviceCredentialView {
    pub device: String,
    pub status: CredentialMark,
    /// What would be tried first.
    pub credential: Option<String>,
    pub last_success_at: Option<Timestamp>,
    pub last_failure_at: Option<Timestamp>,
    pub failure_count: u32,
}

impl App {
    /// Coverage, each credential, each account with refusals, each device.
    pub async fn creds_status(&self, actor: &Actor) -> AppResult<CredsStatus> {
        actor.must(Role::Viewer, "see credentials")?;
        let devices = self.devices(actor, "all").await?;
        let known = self.device_credentials().await?;
        let marks: Vec<DeviceCredentialView> = devices.iter().map(|d| view(d, of(&known, d.id))).collect();
        let count = |mark| marks.iter().filter(|d| d.status == mark).count();
        let (ok, total) = (count(CredentialMark::Ok), devices.len());
        Ok(CredsStatus {
            total,
            ok,
            failed: count(CredentialMark::Failed),
            untested: count(CredentialMark::Untested),
            coverage_percent: if total == 0 { 0.0 } else { ok as f64 * 100.0 / total as f64 },
            credentials: uses(&self.store.device_credentials(None).await?.iter()),
            accounts: self.accounts().await?,
            devices: marks,
        })
    }

    /// What lets us into devices; what is preferred first.
    pub(crate) async fn device_credentials(&self) -> AppResult<BTreeMap<DeviceId, Vec<DeviceCredential>>> {
        let mut known: BTreeMap<DeviceId, Vec<DeviceCredential>> = BTreeMap::new();
        let all = self.store.device_credentials(None).await?;
        for one in all.into_iter().filter(|one| one.kind != ENABLE) {
            known.entry(one.device).or_default().push(one);
        }
        Ok(known)
    }

    /// Whether anything works on each of the devices of which something is known.
    pub async fn credential_marks(&self, actor: &Actor) -> AppResult<BTreeMap<DeviceId, CredentialMark>> {
        actor.must(Role::Viewer, "see credentials")?;
        let known = self.device_credentials().await?;
        Ok(known.into_iter().map(|(id, known)| (id, CredentialMark::of(&known))).collect())
    }

    async fn accounts(&self) -> AppResult<Vec<AccountView>> {
        let (rules, now) = (self.config.logins.rules(), self.clock.now());
        let view = |(account, bucket): (Account, Bucket)| {
            let rules = rules.of(&account);
            let count = Count::of(&bucket, "", &rules, now);
            let stop = stop_at(&bucket, now);
            let refused = bucket.tries.iter().filter(|t| t.refused && t.at > now.plus_ms(-rules.window_ms));
            AccountView {
                account,
                used: count.used,
                tries: rules.tries,
                under_way: count.under_way,
                stopped_at: stop.map(|s| s.at),
                stopped_until: stop.and_then(|s| s.until),
                refused: refused.map(|t| format!("{} by `{}` at {}", t.device, t.credential, t.at)).collect(),
            }
        };
        let views = self.store.buckets().await?.into_iter().map(view);
        Ok(views.filter(|v| v.used + v.under_way > 0 || v.stopped_at.is_some()).collect())
    }

    /// Forgets the refusals of an account, by its user name or by a credential: the operator has corrected it. Gives
    /// the accounts.
    pub async fn clear_account(&self, actor: &Actor, name: &str, dry_run: bool) -> AppResult<Vec<Account>> {
        actor.must(Role::Operator, "clear the refusals of an account")?;
        let buckets = self.store.buckets().await?;
        let (account, credential) = (collect::enable_account(name), collect::enable_of(name));
        let is_meant = |(a, b): &(&Account, &Bucket)| {
            let of_credential = b.tries.iter().any(|t| t.credential == name || t.credential == credential);
            a.username == name || a.username == account || of_credential
        };
        let found: Vec<Account> = buckets.iter().filter(is_meant).map(|(a, _)| a.clone()).collect();
        if found.is_empty() {
            let name = model::text::shown(name);
            return Err(AppError::Invalid(format!(
                "nothing is counted against `{name}`; `velocity creds status` shows the accounts"
            )));
        }
        if !dry_run {
            let now = self.clock.now();
            let mut tx = self.store.begin().await?;
            for account in &found {
                tx.clear_bucket(account).await?;
                let object = format!("account {account}");
                let detail = serde_json::json!({ "refusals": buckets[account].tries.len() });
                tx.audit(
                    &NewAudit { actor: &actor.name, action: "creds.clear", object: &object, detail: &detail },
                    now,
                )
                .await?;
            }
            tx.commit().await?;
        }
        Ok(found)
    }
}

/// A credential has another secret, or is gone: what was counted against its account and known of it counts no more.
pub(crate) async fn credential_changed(tx: &mut Tx, name: &str, username: &str, realm: &str) -> AppResult<()> {
    let enable = collect::enable_account(username);
    let is_its = |a: &Account| {
        let named = Account::of(Some(realm), username, std::net::IpAddr::from([0, 0, 0, 0]));
        (a.username == username || a.username == enable) && a.realm_name() == named.realm_name()
    };
    let accounts: Vec<Account> = tx.buckets().await?.into_keys().filter(is_its).collect();
    for account in &accounts {
        tx.clear_bucket(account).await?;
    }
    tx.forget_credential(&collect::enable_of(name)).await?;
    Ok(tx.forget_credential(name).await?)
}

/// Writes what came of the log-ins on a device. What let us in first is preferred: it is written last.
pub(crate) async fn record_log_ins(tx: &mut Tx, log_ins: &[LogIn], device: DeviceId, now: Timestamp) -> AppResult<()> {
    for log_in in log_ins.iter().rev() {
        let kind = if collect::is_enable(&log_in.credential) { ENABLE } else { "ssh" };
        tx.record_credential(device, &log_in.credential, kind, log_in.accepted, now).await?;
    }
    Ok(())
}

fn of(known: &BTreeMap<DeviceId, Vec<DeviceCredential>>, id: DeviceId) -> &[DeviceCredential] {
    known.get(&id).map_or(&[], Vec::as_slice)
}

fn view(device: &Device, known: &[DeviceCredential]) -> DeviceCredentialView {
    let best = known.iter().find(|c| c.works());
    DeviceCredentialView {
        device: device.slug.clone(),
        status: CredentialMark::of(known),
        credential: best.map(|c| c.credential.clone()),
        last_success_at: known.iter().filter_map(|c| c.last_success_at).max(),
        last_failure_at: known.iter().filter_map(|c| c.last_failure_at).max(),
        failure_count: best.map_or_else(|| known.iter().map(|c| c.failure_count).sum(), |c| c.failure_count),
    }
}

fn uses<'a>(known: &(impl Iterator<Item = &'a DeviceCredential> + Clone)) -> Vec<CredentialUse> {
    let names: BTreeSet<&str> = known.clone().map(|c| c.credential.as_str()).collect();
    let count = |name: &str, is: &dyn Fn(&DeviceCredential) -> bool| {
        known.clone().filter(|c| c.credential == name && is(c)).count()
    };
    let one = |name: &str| CredentialUse {
        name: name.to_owned(),
        works_on: count(name, &DeviceCredential::works),
        preferred_on: count(name, &|c| c.is_preferred),
        refused_on: count(name, &|c| !c.works()),
    };
    names.into_iter().map(one).collect()
}
