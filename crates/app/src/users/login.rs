//! Logging in: a password for a session, a session or a token for an actor.

use model::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{NewAudit, NewSession, User};

use super::{UserView, password};
use crate::actor::{Role, SiteRole};
use crate::{Actor, App, AppError, AppResult};

/// A session that nobody uses is over after so long, and each one after so many days.
const IDLE_MS: i64 = 12 * 60 * 60 * 1000;
const LONGEST_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// That a session was used is written down once in a minute.
const NOTED_MS: i64 = 60 * 1000;

/// From where somebody logs in.
#[derive(Debug, Clone, Copy)]
pub struct Peer<'a> {
    pub address: &'a str,
    pub agent: &'a str,
}

pub struct LoggedIn {
    /// What the browser holds. It is kept nowhere here.
    pub session: SecretString,
    pub user: UserView,
}

/// Who proved who they are, and by what.
#[derive(Debug, Clone)]
pub struct Who {
    pub user: UserView,
    /// What it was proved by lets do no more than this.
    pub role: Role,
    /// At one site each, beside it.
    pub sites: Vec<SiteRole>,
    /// `None` for a token.
    pub session: Option<i64>,
}

/// A browser that is logged in.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SessionView {
    pub id: i64,
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
    /// The one that asks.
    pub is_this: bool,
}

impl Who {
    /// # Errors
    /// [`AppError::PasswordMustChange`]: until then nothing else is allowed.
    pub fn actor(&self) -> AppResult<Actor> {
        match self.user.must_change && self.session.is_some() {
            true => Err(AppError::PasswordMustChange),
            false => Ok(Actor::known(self.user.name.clone(), self.role).with_sites(self.sites.clone())),
        }
    }
}

impl App {
    /// # Errors
    /// [`AppError::LoginRefused`], whatever the reason.
    pub async fn log_in(&self, name: &str, password: &SecretString, from: Peer<'_>) -> AppResult<LoggedIn> {
        let user = self.store.user(name).await?;
        let fits = password::verify(password, user.as_ref().map(|u| u.password_hash.as_str())).await;
        let Some(user) = user.filter(|u| fits && u.disabled_at.is_none()) else {
            let detail = json!({ "address": from.address });
            let (actor, object) = (model::text::shown(name), "session".to_owned());
            let actor: String = actor.chars().take(64).collect();
            let entry = NewAudit { actor: &actor, action: "login.refused", object: &object, detail: &detail };
            self.store.audit(&entry, self.now()).await?;
            return Err(AppError::LoginRefused);
        };
        self.begin_session(user, from).await
    }

    async fn begin_session(&self, user: User, from: Peer<'_>) -> AppResult<LoggedIn> {
        let (now, session) = (self.now(), fresh_secret("vs_"));
        let agent: String = model::text::shown(from.agent).chars().take(200).collect();
        let new = NewSession {
            user: user.id,
            token_hash: &hash_of(&session),
            address: from.address,
            agent: &agent,
            expires_at: now.plus_ms(IDLE_MS),
        };
        let mut tx = self.store.begin().await?;
        tx.add_session(new, now).await?;
        tx.user_logged_in(user.id, now).await?;
        let detail = json!({ "address": from.address });
        let entry = NewAudit { actor: &user.name, action: "login", object: "session", detail: &detail };
        tx.audit(&entry, now).await?;
        tx.commit().await?;
        Ok(LoggedIn { session, user: UserView::of(user) })
    }

    /// Whose session this is.
    ///
    /// # Errors
    /// [`AppError::NotLoggedIn`] when there is none, it is over, or its user may not log in any more.
    pub async fn who_by_session(&self, session: &str) -> AppResult<Who> {
        let now = self.now();
        let found = self.store.session(&hash_of(&session.to_owned().into())).await?;
        let (found, user) = found.filter(|(s, _)| s.expires_at > now).ok_or(AppError::NotLoggedIn)?;
        let user = active(user)?;
        if now.ms_since(found.last_used_at) >= NOTED_MS {
            let until = now.plus_ms(IDLE_MS).min(found.created_at.plus_ms(LONGEST_MS));
            self.store.session_used(found.id, now, until).await?;
        }
        Ok(Who { role: user.role, sites: user.sites.clone(), user, session: Some(found.id) })
    }

    /// Whose token this is, as far as the token goes.
    ///
    /// # Errors
    /// [`AppError::NotLoggedIn`].
    pub async fn who_by_token(&self, token: &str) -> AppResult<Who> {
        let now = self.now();
        let found = self.store.token(&hash_of(&token.to_owned().into())).await?;
        let is_good = |t: &store::ApiToken| t.revoked_at.is_none() && t.expires_at.is_none_or(|at| at > now);
        let (found, user) = found.filter(|(token, _)| is_good(token)).ok_or(AppError::NotLoggedIn)?;
        let user = active(user)?;
        if found.last_used_at.is_none_or(|at| now.ms_since(at) >= NOTED_MS) {
            self.store.token_used(found.id, now).await?;
        }
        let most: Role = found.role.parse().unwrap_or(Role::Viewer);
        let as_far = |at: &SiteRole| SiteRole { role: at.role.at_most(most), ..at.clone() };
        let sites = user.sites.iter().map(as_far).collect();
        Ok(Who { role: user.role.at_most(most), sites, user, session: None })
    }

    /// Ends a session: what the browser holds is worth nothing from here on.
    pub async fn log_out(&self, who: &Who) -> AppResult<()> {
        let Some(session) = who.session else { return Ok(()) };
        let mut tx = self.store.begin().await?;
        tx.end_session(session).await?;
        let entry = NewAudit { actor: &who.user.name, action: "logout", object: "session", detail: &json!({}) };
        tx.audit(&entry, self.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Sessions of who asks.
    pub async fn own_sessions(&self, who: &Who) -> AppResult<Vec<SessionView>> {
        let (now, sessions) = (self.now(), self.store.sessions_of(who.user.id).await?);
        let view = |s: store::Session| SessionView {
            is_this: Some(s.id) == who.session,
            id: s.id,
            address: s.address,
            agent: s.agent,
            created_at: s.created_at,
            last_used_at: s.last_used_at,
            expires_at: s.expires_at,
        };
        Ok(sessions.into_iter().filter(|s| s.expires_at > now).map(view).collect())
    }

    /// Sets another password for who asks. Other sessions are over.
    pub async fn change_password(&self, who: &Who, old: &SecretString, new: &SecretString) -> AppResult<()> {
        let user = self.store.user_by_id(who.user.id).await?.ok_or(AppError::NotLoggedIn)?;
        if !password::verify(old, Some(&user.password_hash)).await {
            return Err(AppError::LoginRefused);
        }
        password::check(&user.name, new)?;
        if old.expose_secret() == new.expose_secret() {
            return Err(AppError::Usage("the new password is the old one; choose another".into()));
        }
        let hash = password::hash(new).await?;
        let mut tx = self.store.begin().await?;
        tx.set_user_password(user.id, &hash, false).await?;
        let ended = tx.end_sessions(user.id, who.session).await?;
        let detail = json!({ "sessions_ended": ended });
        let object = format!("user {}", user.name);
        let entry = NewAudit { actor: &user.name, action: "user.change_password", object: &object, detail: &detail };
        tx.audit(&entry, self.now()).await?;
        Ok(tx.commit().await?)
    }
}

/// Who may log in.
fn active(user: User) -> AppResult<UserView> {
    Some(user).filter(|u| u.disabled_at.is_none()).map(UserView::of).ok_or(AppError::NotLoggedIn)
}

/// 43 characters that tell 245 bits, behind a prefix that tells people and scanners what it is.
pub(super) fn fresh_secret(prefix: &str) -> SecretString {
    format!("{prefix}{}", password::random_text(43)).into()
}

pub(super) fn hash_of(secret: &SecretString) -> String {
    Sha256::digest(secret.expose_secret().as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}
