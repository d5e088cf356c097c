//! Browsers that are logged in, by the hash of what they hold.

use model::Timestamp;
use sqlx::FromRow;

use crate::sql::on_store;
use crate::{StoreResult, Tx, User};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: i64,
    pub user: i64,
    pub address: String,
    pub agent: String,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
}

#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    pub user: i64,
    /// SHA-256, hex.
    pub token_hash: &'a str,
    pub address: &'a str,
    pub agent: &'a str,
    pub expires_at: Timestamp,
}

#[derive(FromRow, serde::Deserialize)]
struct SessionRow {
    id: i64,
    user_id: i64,
    address: String,
    agent: String,
    created_at: i64,
    last_used_at: i64,
    expires_at: i64,
}

const SELECT: &str = "select id, user_id, address, agent, created_at, last_used_at, expires_at from sessions
    where tenant_id = $1";

impl Tx {
    /// Also forgets those that are over.
    pub async fn add_session(&mut self, new: NewSession<'_>, now: Timestamp) -> StoreResult<i64> {
        let over = self.sql("delete from sessions where tenant_id = $1 and expires_at <= $2").bind(now);
        self.execute(over).await?;
        const SQL: &str = "insert into sessions
            (tenant_id, user_id, token_hash, address, agent, created_at, last_used_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $6, $7) returning id";
        let sql = self.sql(SQL).bind(new.user).bind(new.token_hash).bind(new.address).bind(new.agent);
        let (id,): (i64,) = self.one(sql.bind(now).bind(new.expires_at)).await?;
        Ok(id)
    }

    /// The one with this hash, over or not, and whose it is.
    pub async fn session(&mut self, token_hash: &str) -> StoreResult<Option<(Session, User)>> {
        let sql = self.sql(format!("{SELECT} and token_hash = $2")).bind(token_hash);
        let found = self.opened_by::<SessionRow>(("sessions", 7, sql), token_hash).await?;
        Ok(found.map(|(row, user)| (Session::from(row), user)))
    }

    /// Of one user, the last used first.
    pub async fn sessions_of(&mut self, user: i64) -> StoreResult<Vec<Session>> {
        let sql = self.sql(format!("{SELECT} and user_id = $2 order by last_used_at desc, id")).bind(user);
        Ok(self.all::<SessionRow>(sql).await?.into_iter().map(Session::from).collect())
    }

    pub async fn session_used(&mut self, id: i64, now: Timestamp, expires_at: Timestamp) -> StoreResult<()> {
        const SQL: &str = "update sessions set last_used_at = $3, expires_at = $4 where tenant_id = $1 and id = $2";
        self.execute(self.sql(SQL).bind(id).bind(now).bind(expires_at)).await.map(drop)
    }

    pub async fn end_session(&mut self, id: i64) -> StoreResult<u64> {
        self.execute(self.sql("delete from sessions where tenant_id = $1 and id = $2").bind(id)).await
    }

    /// All of a user, but for this one.
    pub async fn end_sessions(&mut self, user: i64, but: Option<i64>) -> StoreResult<u64> {
        let sql = self.sql("delete from sessions where tenant_id = $1 and user_id = $2 and id <> $3").bind(user);
        self.execute(sql.bind(but.unwrap_or(-1))).await
    }
}

on_store! {
    read session(token_hash: &str) -> Option<(Session, User)>;
    read sessions_of(user: i64) -> Vec<Session>;
    write session_used(id: i64, now: Timestamp, expires_at: Timestamp) -> ();
}

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id,
            user: row.user_id,
            address: row.address,
            agent: row.agent,
            created_at: Timestamp(row.created_at),
            last_used_at: Timestamp(row.last_used_at),
            expires_at: Timestamp(row.expires_at),
        }
    }
}
