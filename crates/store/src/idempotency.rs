//! Requests that start something, told apart by a key of the caller's: the same key again starts nothing.

use model::Timestamp;

use crate::sql::on_store;
use crate::{StoreResult, Tx};

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// Nobody had it: do what was asked, and say by [`crate::Store::answer_claim`] what came of it.
    Fresh,
    /// It was used before, for what has this fingerprint; the answer is `None` while it is being done.
    Used { fingerprint: String, answer: Option<String> },
}

/// How long a key is remembered: a day.
const KEPT_MS: i64 = 24 * 60 * 60 * 1000;

impl Tx {
    /// Takes a key, once.
    pub async fn claim(&mut self, actor: &str, key: &str, fingerprint: &str, now: Timestamp) -> StoreResult<Claim> {
        let old = self.sql("delete from idempotency_keys where tenant_id = $1 and created_at < $2");
        self.execute(old.bind(now.plus_ms(-KEPT_MS))).await?;
        const SQL: &str = "insert into idempotency_keys (tenant_id, actor, idempotency_key, fingerprint, created_at)
            values ($1, $2, $3, $4, $5) on conflict do nothing";
        let sql = self.sql(SQL).bind(actor).bind(key).bind(fingerprint).bind(now);
        if self.execute(sql).await? == 1 {
            return Ok(Claim::Fresh);
        }
        const USED: &str = "select fingerprint, answer from idempotency_keys
            where tenant_id = $1 and actor = $2 and idempotency_key = $3";
        let (fingerprint, answer) = self.one(self.sql(USED).bind(actor).bind(key)).await?;
        Ok(Claim::Used { fingerprint, answer })
    }

    /// With an answer, the key has it from now on; without one, the key is free again.
    pub async fn answer_claim(&mut self, actor: &str, key: &str, answer: Option<&str>) -> StoreResult<()> {
        let sql = match answer {
            Some(answer) => self
                .sql("update idempotency_keys set answer = $4 where tenant_id = $1 and actor = $2 and idempotency_key = $3")
                .bind(actor)
                .bind(key)
                .bind(answer),
            None => self
                .sql("delete from idempotency_keys where tenant_id = $1 and actor = $2 and idempotency_key = $3")
                .bind(actor)
                .bind(key),
        };
        self.execute(sql).await.map(drop)
    }
}

on_store! {
    write claim(actor: &str, key: &str, fingerprint: &str, now: Timestamp) -> Claim;
    write answer_claim(actor: &str, key: &str, answer: Option<&str>) -> ();
}
