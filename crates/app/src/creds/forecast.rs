//! What a run may cost the accounts that it uses, before it begins.

use std::collections::BTreeSet;
use std::net::IpAddr;

use collect::budget::IN_A_ROW;
use model::Account;
use serde::Serialize;
use transport::Login;

use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// Accounts that are told one by one.
const FEW: usize = 5;

/// What a run may cost an account at most.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Forecast {
    pub credential: String,
    pub account: String,
    /// The AAA group; `default` when none is known.
    pub realm: String,
    /// Tries that are left, of all.
    pub left: u32,
    pub tries: u32,
    pub may_use: u32,
    pub stopped: bool,
}

impl std::fmt::Display for Forecast {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { credential, left, tries, may_use, .. } = self;
        let realm = Some(&self.realm).filter(|r| *r != model::account::DEFAULT_REALM);
        let realm = realm.map_or_else(String::new, |realm| format!(" in realm {realm}"));
        match self.stopped || *left == 0 {
            true => write!(f, "`{credential}`{realm} is left alone: velocity creds status"),
            false => write!(f, "this may use {may_use} of {tries} tries for `{credential}`{realm}, {left} are left"),
        }
    }
}

impl Forecast {
    /// One line for each account that something is to be said of, and one for those that are as good as new.
    pub fn lines(all: &[Forecast]) -> Vec<String> {
        let (spent, fresh): (Vec<_>, Vec<_>) = all.iter().partition(|f| f.stopped || f.left < f.tries);
        let mut lines: Vec<String> = spent.iter().map(ToString::to_string).collect();
        match &fresh[..] {
            few if few.len() <= FEW => lines.extend(few.iter().map(ToString::to_string)),
            many => {
                let realms: BTreeSet<&str> = many.iter().map(|f| f.realm.as_str()).collect();
                let (may_use, tries) = (many[0].may_use, many[0].tries);
                let (n, realms) = (many.len(), realms.into_iter().collect::<Vec<_>>().join(", "));
                lines.push(format!("this may use {may_use} of {tries} tries for each of {n} accounts in {realms}"));
            }
        }
        lines
    }
}

impl App {
    /// What log-ins with these may cost their accounts, where a device does not keep them itself.
    pub async fn forecast(&self, actor: &Actor, logins: &[Login]) -> AppResult<Vec<Forecast>> {
        actor.must(Role::Viewer, "see credentials")?;
        let (rules, known) = (self.config.logins.rules(), self.accounts().await?);
        let forecast = |login: &Login| {
            let nowhere = IpAddr::from([0, 0, 0, 0]);
            let account = Account::of(login.realm.as_deref(), &login.username, nowhere);
            let tries = rules.of(&account).tries;
            let view = known.iter().find(|v| v.account == account);
            let left = tries.saturating_sub(view.map_or(0, |v| v.used));
            let may_use = left.min(IN_A_ROW);
            let stopped = view.is_some_and(|v| v.stopped_at.is_some());
            let (credential, realm) = (login.name.clone(), account.realm_name().to_owned());
            Forecast { credential, account: account.to_string(), realm, left, tries, may_use, stopped }
        };
        let shared = logins.iter().filter(|l| l.realm.as_deref() != Some(model::account::LOCAL_REALM));
        Ok(shared.map(forecast).collect())
    }
}
