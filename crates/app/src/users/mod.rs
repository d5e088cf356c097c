//! Users of the server: who they are, what they may do, and how they prove it.

mod login;
mod password;
mod tokens;

use model::Timestamp;
use model::object::SITE;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::json;
use store::{NewAudit, NewUser, SiteGrant, StoreError, Tx, User};

use crate::actor::{Role, SiteRole};
use crate::{Actor, App, AppError, AppResult};

pub use login::{LoggedIn, Peer, SessionView, Who};
pub use tokens::{NewToken, TokenView};

/// The user that `init` makes.
pub const FIRST: &str = "admin";

/// A user without the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UserView {
    pub id: i64,
    pub name: String,
    /// At all sites.
    pub role: Role,
    /// At one site each, beside it.
    pub sites: Vec<SiteRole>,
    /// The password is good for nothing but setting another.
    pub must_change: bool,
    pub disabled_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub last_login_at: Option<Timestamp>,
    /// Goes up with each change.
    pub version: i64,
}

/// What is changed of a user.
#[derive(Debug, Clone, Default)]
pub struct UserEdit {
    pub role: Option<Role>,
    /// Sites, by slug or name, with the role at each; all that there are.
    pub sites: Option<Vec<(String, Role)>>,
    pub disabled: Option<bool>,
    /// It is refused when the user has another version.
    pub version: Option<i64>,
}

impl App {
    /// By name.
    pub async fn users(&self, actor: &Actor) -> AppResult<Vec<UserView>> {
        actor.must(Role::Admin, "see users")?;
        Ok(self.store.users().await?.into_iter().map(UserView::of).collect())
    }

    pub async fn user(&self, actor: &Actor, name: &str) -> AppResult<UserView> {
        actor.must(Role::Admin, "see users")?;
        self.user_called(name).await.map(UserView::of)
    }

    /// Whether anybody can log in.
    pub async fn has_users(&self) -> AppResult<bool> {
        Ok(!self.store.users().await?.is_empty())
    }

    /// Adds a user. Without a password one is made up, which is given back, once, and must be changed.
    pub async fn add_user(
        &self,
        actor: &Actor,
        name: &str,
        role: Role,
        password: Option<SecretString>,
        dry_run: bool,
    ) -> AppResult<(UserView, Option<SecretString>)> {
        actor.must(Role::Admin, "add users")?;
        let name = name.trim();
        check_name(name)?;
        let generated = password.is_none().then(password::generate);
        if let Some(password) = &password {
            password::check(name, password)?;
        }
        let secret = password.or(generated.clone()).unwrap_or_default();
        let hash = password::hash(&secret).await?;
        let (now, mut tx) = (self.now(), self.store.begin().await?);
        let new = NewUser { name, role: role.as_str(), password_hash: &hash, must_change: true };
        let id = tx.add_user(new, now).await?;
        let user = UserView::of(by_id(&mut tx, id).await?);
        let detail = json!({ "after": { "role": role } });
        self.end_user_change(tx, actor, "user.add", name, detail, dry_run).await?;
        Ok((user, generated.filter(|_| !dry_run)))
    }

    /// Changes what a user may do, or whether at all. The last administrator stays.
    pub async fn edit_user(&self, actor: &Actor, name: &str, edit: UserEdit, dry_run: bool) -> AppResult<UserView> {
        actor.must(Role::Admin, "change users")?;
        let user = self.user_called(name).await?;
        if let Some(seen) = edit.version.filter(|seen| *seen != user.version) {
            let (name, has) = (&user.name, user.version);
            return Err(StoreError::Stale(format!(
                "user {name} was changed meanwhile: it has version {has} and you saw {seen}; look at it again"
            ))
            .into());
        }
        let (now, mut tx) = (self.now(), self.store.begin().await?);
        if let Some(role) = edit.role {
            tx.set_user_role(user.id, role.as_str()).await?;
        }
        if let Some(sites) = edit.sites {
            let mut roles = Vec::with_capacity(sites.len());
            for (site, role) in sites {
                if ![Role::Operator, Role::Approver].contains(&role) {
                    let text = "at a site somebody is operator or approver; everybody sees all sites";
                    return Err(AppError::Usage(text.into()));
                }
                roles.push((self.store.record(&SITE, &site).await?.slug(), role.to_string()));
            }
            roles.sort();
            roles.dedup_by(|a, b| a.0 == b.0);
            tx.set_site_roles(user.id, &roles).await?;
        }
        if let Some(disabled) = edit.disabled {
            tx.set_user_disabled(user.id, disabled.then_some(now)).await?;
        }
        if edit.disabled == Some(true) {
            tx.end_sessions(user.id, None).await?;
        }
        if tx.count_users(Role::Admin.as_str()).await? == 0 {
            return Err(AppError::Invalid(format!(
                "`{}` is the last administrator; make another one first: velocity user role NAME admin",
                user.name
            )));
        }
        let after = UserView::of(by_id(&mut tx, user.id).await?);
        let side =
            |user: &UserView| json!({ "role": user.role, "sites": user.sites, "disabled": user.disabled_at.is_some() });
        let before = UserView::of(user);
        let detail = json!({ "before": side(&before), "after": side(&after) });
        self.end_user_change(tx, actor, "user.edit", &before.name, detail, dry_run).await?;
        Ok(after)
    }

    /// Gives a user a new password, which must be changed; all that was logged in with the old one is out.
    pub async fn reset_password(
        &self,
        actor: &Actor,
        name: &str,
        password: Option<SecretString>,
        dry_run: bool,
    ) -> AppResult<Option<SecretString>> {
        actor.must(Role::Admin, "reset passwords")?;
        let user = self.user_called(name).await?;
        let generated = password.is_none().then(password::generate);
        if let Some(password) = &password {
            password::check(&user.name, password)?;
        }
        let hash = password::hash(&password.or(generated.clone()).unwrap_or_default()).await?;
        let mut tx = self.store.begin().await?;
        tx.set_user_password(user.id, &hash, true).await?;
        let ended = tx.end_sessions(user.id, None).await?;
        let detail = json!({ "sessions_ended": ended });
        self.end_user_change(tx, actor, "user.reset_password", &user.name, detail, dry_run).await?;
        Ok(generated.filter(|_| !dry_run))
    }

    async fn user_called(&self, name: &str) -> AppResult<User> {
        Ok(self.store.user(name).await?.ok_or_else(|| no_user(name))?)
    }

    async fn end_user_change(
        &self,
        mut tx: Tx,
        actor: &Actor,
        action: &str,
        name: &str,
        detail: serde_json::Value,
        dry_run: bool,
    ) -> AppResult<()> {
        if dry_run {
            return Ok(());
        }
        let entry = NewAudit { actor: &actor.name, action, object: &format!("user {name}"), detail: &detail };
        tx.audit(&entry, self.now()).await?;
        Ok(tx.commit().await?)
    }
}

impl UserView {
    pub(crate) fn of(user: User) -> Self {
        let grant = |g: SiteGrant| Some(SiteRole { role: g.role.parse().ok()?, site: g.site, name: g.name });
        Self {
            id: user.id,
            sites: user.sites.into_iter().filter_map(grant).collect(),
            role: user.role.parse().unwrap_or(Role::Viewer),
            name: user.name,
            must_change: user.must_change,
            disabled_at: user.disabled_at,
            created_at: user.created_at,
            last_login_at: user.last_login_at,
            version: user.version,
        }
    }
}

async fn by_id(tx: &mut Tx, id: i64) -> AppResult<User> {
    Ok(tx.user_by_id(id).await?.ok_or_else(|| no_user(&id.to_string()))?)
}

fn no_user(name: &str) -> StoreError {
    StoreError::NotFound { what: "user", reference: model::text::shown(name) }
}

/// Letters, digits and what stands in mail addresses, so that a name is safe wherever it is shown.
fn check_name(name: &str) -> AppResult<()> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-@+".contains(c);
    match (1..=64).contains(&name.len()) && name.chars().all(is_plain) {
        true => Ok(()),
        false => Err(AppError::Usage("a name has 1 to 64 letters, digits, or signs of `._-@+`".into())),
    }
}
