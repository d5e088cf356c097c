//! Tokens of programs, by the hash of what they hold.

use model::Timestamp;
use sqlx::FromRow;

use crate::sql::on_store;
use crate::{StoreResult, Tx, User};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    pub id: i64,
    pub user: i64,
    pub user_name: String,
    pub name: String,
    /// The most that it may do.
    pub role: String,
    pub created_at: Timestamp,
    /// Never, when it is none.
    pub expires_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy)]
pub struct NewToken<'a> {
    pub user: i64,
    pub name: &'a str,
    /// SHA-256, hex.
    pub token_hash: &'a str,
    pub role: &'a str,
    pub expires_at: Option<Timestamp>,
}

#[derive(FromRow, serde::Deserialize)]
struct TokenRow {
    id: i64,
    user_id: i64,
    user_name: String,
    name: String,
    role: String,
    created_at: i64,
    expires_at: Option<i64>,
    last_used_at: Option<i64>,
    revoked_at: Option<i64>,
}

const SELECT: &str = "select t.id, t.user_id, u.name as user_name, t.name, t.role, t.created_at, t.expires_at,
        t.last_used_at, t.revoked_at
    from api_tokens t join users u on u.id = t.user_id where t.tenant_id = $1";

impl Tx {
    /// Of one user or of all, the newest first.
    pub async fn tokens(&mut self, user: Option<i64>) -> StoreResult<Vec<ApiToken>> {
        let mut sql = self.sql(SELECT);
        sql.and("t.user_id =", user).push(" order by t.id desc");
        Ok(self.all::<TokenRow>(sql).await?.into_iter().map(ApiToken::from).collect())
    }

    /// The one with this hash, good or not, and whose it is.
    pub async fn token(&mut self, token_hash: &str) -> StoreResult<Option<(ApiToken, User)>> {
        let sql = self.sql(format!("{SELECT} and t.token_hash = $2")).bind(token_hash);
        let found = self.opened_by::<TokenRow>(("api_tokens", 9, sql), token_hash).await?;
        Ok(found.map(|(row, user)| (ApiToken::from(row), user)))
    }

    pub async fn add_token(&mut self, new: NewToken<'_>, now: Timestamp) -> StoreResult<i64> {
        const SQL: &str = "insert into api_tokens (tenant_id, user_id, name, token_hash, role, created_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7) returning id";
        let sql = self.sql(SQL).bind(new.user).bind(new.name).bind(new.token_hash).bind(new.role);
        let (id,): (i64,) = self.one(sql.bind(now).bind(new.expires_at)).await?;
        Ok(id)
    }

    pub async fn token_used(&mut self, id: i64, now: Timestamp) -> StoreResult<()> {
        const SQL: &str = "update api_tokens set last_used_at = $3 where tenant_id = $1 and id = $2";
        self.execute(self.sql(SQL).bind(id).bind(now)).await.map(drop)
    }

    pub async fn revoke_token(&mut self, id: i64, now: Timestamp) -> StoreResult<u64> {
        const SQL: &str = "update api_tokens set revoked_at = $3
            where tenant_id = $1 and id = $2 and revoked_at is null";
        self.execute(self.sql(SQL).bind(id).bind(now)).await
    }

    /// All of a user that are good.
    pub async fn revoke_tokens(&mut self, user: i64, now: Timestamp) -> StoreResult<u64> {
        const SQL: &str = "update api_tokens set revoked_at = $3
            where tenant_id = $1 and user_id = $2 and revoked_at is null";
        self.execute(self.sql(SQL).bind(user).bind(now)).await
    }
}

on_store! {
    read tokens(user: Option<i64>) -> Vec<ApiToken>;
    read token(token_hash: &str) -> Option<(ApiToken, User)>;
    write token_used(id: i64, now: Timestamp) -> ();
}

impl From<TokenRow> for ApiToken {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.id,
            user: row.user_id,
            user_name: row.user_name,
            name: row.name,
            role: row.role,
            created_at: Timestamp(row.created_at),
            expires_at: row.expires_at.map(Timestamp),
            last_used_at: row.last_used_at.map(Timestamp),
            revoked_at: row.revoked_at.map(Timestamp),
        }
    }
}
