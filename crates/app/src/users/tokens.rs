//! Tokens: what programs hold in place of a session.

use model::Timestamp;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::json;
use store::{ApiToken, NewAudit, StoreError};

use super::login::{fresh_secret, hash_of};
use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// A token without what its holder has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TokenView {
    pub id: i64,
    /// Whose it is.
    pub user: String,
    pub name: String,
    /// The most that it lets do; never more than its owner may.
    pub scope: Role,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

#[derive(Debug, Clone)]
pub struct NewToken {
    /// Whose it is to be; only administrators make tokens for others.
    pub user: String,
    pub name: String,
    pub scope: Role,
    /// Never, when it is none.
    pub expires_at: Option<Timestamp>,
}

impl App {
    /// An administrator sees all, everybody else their own.
    pub async fn tokens(&self, actor: &Actor) -> AppResult<Vec<TokenView>> {
        actor.must(Role::Viewer, "see tokens")?;
        let tokens = self.store.tokens(None).await?;
        let is_shown = |t: &ApiToken| actor.role.may(Role::Admin) || t.user_name.eq_ignore_ascii_case(&actor.name);
        Ok(tokens.into_iter().filter(is_shown).map(view).collect())
    }

    /// Gives what the program is to hold, once.
    pub async fn add_token(
        &self,
        actor: &Actor,
        new: &NewToken,
        dry_run: bool,
    ) -> AppResult<(TokenView, Option<SecretString>)> {
        let own = new.user.eq_ignore_ascii_case(&actor.name);
        actor.must(if own { Role::Viewer } else { Role::Admin }, "make tokens for others")?;
        let name = new.name.trim();
        if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
            return Err(AppError::Usage("a token has a name of 1 to 100 characters, such as `prometheus`".into()));
        }
        if new.expires_at.is_some_and(|at| at <= self.now()) {
            return Err(AppError::Usage("the token would be over already; give a time to come".into()));
        }
        let user = self.user_called(&new.user).await?;
        let role: Role = user.role.parse().unwrap_or(Role::Viewer);
        let at_site = |role: &str| role.parse::<Role>().is_ok_and(|role| role.may(new.scope));
        let may = role.may(new.scope) || user.sites.iter().any(|at| at_site(&at.role));
        let within = actor.may_everywhere(new.scope) || actor.must_somewhere(new.scope, "make tokens").is_ok();
        if own && !within || !may {
            let (user, may) = (&user.name, role);
            return Err(AppError::Usage(format!("`{user}` is {may}, so no token of theirs can be {}", new.scope)));
        }
        let (now, secret) = (self.now(), fresh_secret("vt_"));
        let mut tx = self.store.begin().await?;
        let row = store::NewToken {
            user: user.id,
            name,
            token_hash: &hash_of(&secret),
            role: new.scope.as_str(),
            expires_at: new.expires_at,
        };
        let id = tx.add_token(row, now).await?;
        let token = tx.tokens(Some(user.id)).await?.into_iter().find(|t| t.id == id).map(view);
        let token = token.ok_or_else(|| no_token(id))?;
        let detail = json!({ "after": { "name": name, "scope": new.scope, "expires_at": new.expires_at } });
        let object = format!("token {id} of {}", user.name);
        let entry = NewAudit { actor: &actor.name, action: "token.add", object: &object, detail: &detail };
        tx.audit(&entry, now).await?;
        if dry_run {
            return Ok((token, None));
        }
        tx.commit().await?;
        Ok((token, Some(secret)))
    }

    /// From here on it opens nothing.
    pub async fn revoke_token(&self, actor: &Actor, id: i64, dry_run: bool) -> AppResult<TokenView> {
        let token = self.tokens(actor).await?.into_iter().find(|t| t.id == id).ok_or_else(|| no_token(id))?;
        let (now, mut tx) = (self.now(), self.store.begin().await?);
        if tx.revoke_token(id, now).await? == 0 {
            return Ok(token);
        }
        let object = format!("token {id} of {}", token.user);
        let entry = NewAudit { actor: &actor.name, action: "token.revoke", object: &object, detail: &json!({}) };
        tx.audit(&entry, now).await?;
        if !dry_run {
            tx.commit().await?;
        }
        Ok(TokenView { revoked_at: Some(now), ..token })
    }
}

fn view(token: ApiToken) -> TokenView {
    TokenView {
        id: token.id,
        user: token.user_name,
        name: token.name,
        scope: token.role.parse().unwrap_or(Role::Viewer),
        created_at: token.created_at,
        expires_at: token.expires_at,
        last_used_at: token.last_used_at,
        revoked_at: token.revoked_at,
    }
}

fn no_token(id: i64) -> StoreError {
    StoreError::NotFound { what: "token", reference: id.to_string() }
}
