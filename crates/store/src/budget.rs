//! What is known of the failures of accounts. The rules are not here: whoever decides reads a bucket in a transaction,
//! which keeps it from all others, and writes what came of it.

use std::collections::BTreeMap;

use model::{Account, Bucket, LoginTry, Stop, Timestamp};
use sqlx::FromRow;

use crate::sql::on_store;
use crate::{StoreResult, Tx};

#[derive(FromRow)]
struct BucketRow {
    realm: String,
    username: String,
    refused_in_a_row: i64,
    stopped_at: Option<i64>,
    stopped_until: Option<i64>,
}

#[derive(FromRow)]
struct TryRow {
    id: i64,
    realm: String,
    username: String,
    holder: String,
    device: String,
    credential: String,
    canary: bool,
    refused: bool,
    at: i64,
}

const BUCKETS: &str =
    "select realm, username, refused_in_a_row, stopped_at, stopped_until from login_budgets where tenant_id = $1";
const TRIES: &str = "select id, realm, username, holder, device, credential, canary, refused, at from login_tries
    where tenant_id = $1";

/// Microseconds. What is booked for longer ahead was booked by a clock that was wrong.
const LATEST: i64 = 3_600_000_000;

impl Tx {
    /// An account's bucket, which no other transaction gets until this one ends.
    pub async fn lock_bucket(&mut self, account: &Account, now: Timestamp) -> StoreResult<Bucket> {
        const SQL: &str = "
            insert into login_budgets (tenant_id, realm, username, touched_at) values ($1, $2, $3, $4)
            on conflict (tenant_id, realm, username) do update set touched_at = excluded.touched_at
            returning realm, username, refused_in_a_row, stopped_at, stopped_until";
        let row: BucketRow = self.one(self.sql(SQL).bind(&account.realm).bind(&account.username).bind(now)).await?;
        let mut bucket = row.into_bucket();
        let mut sql = self.sql(TRIES);
        sql.and("realm =", Some(&account.realm)).and("username =", Some(&account.username)).push(" order by at, id");
        bucket.tries = self.all::<TryRow>(sql).await?.into_iter().map(TryRow::into_try).collect();
        Ok(bucket)
    }

    /// Writes how often in a row the account was refused, and whether it is left alone.
    pub async fn save_bucket(
        &mut self,
        account: &Account,
        refused_in_a_row: u32,
        stop: Option<Stop>,
    ) -> StoreResult<()> {
        const SQL: &str = "update login_budgets set refused_in_a_row = $4, stopped_at = $5, stopped_until = $6
            where tenant_id = $1 and realm = $2 and username = $3";
        let sql = self.sql(SQL).bind(&account.realm).bind(&account.username).bind(refused_in_a_row);
        let sql = sql.bind(stop.map(|s| s.at)).bind(stop.and_then(|s| s.until));
        self.execute(sql).await?;
        Ok(())
    }

    /// Adds a try; the id in it is not used. Gives the id that it got.
    pub async fn add_try(&mut self, account: &Account, one: &LoginTry) -> StoreResult<i64> {
        const SQL: &str = "
            insert into login_tries (tenant_id, realm, username, holder, device, credential, canary, refused, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id";
        let sql = self.sql(SQL).bind(&account.realm).bind(&account.username).bind(&one.holder).bind(&one.device);
        let sql = sql.bind(&one.credential).bind(one.canary).bind(one.refused).bind(one.at);
        let (id,): (i64,) = self.one(sql).await?;
        Ok(id)
    }

    /// A try that counts for nothing any more.
    pub async fn remove_try(&mut self, id: i64) -> StoreResult<()> {
        self.execute(self.sql("delete from login_tries where tenant_id = $1 and id = $2").bind(id)).await?;
        Ok(())
    }

    /// Tries of an account from before this time count no longer.
    pub async fn sweep_tries(&mut self, account: &Account, before: Timestamp) -> StoreResult<()> {
        const SQL: &str = "delete from login_tries where tenant_id = $1 and realm = $2 and username = $3 and at <= $4";
        self.execute(self.sql(SQL).bind(&account.realm).bind(&account.username).bind(before)).await?;
        Ok(())
    }

    /// Books the next moments of a realm for `n` log-ins, each `every` microseconds after the one before it, whoever booked
    /// that. Gives the first of them, in microseconds since 1970; it is not before `now`.
    pub async fn book_log_ins(&mut self, realm: &str, n: u32, every: i64, now: Timestamp) -> StoreResult<i64> {
        const SQL: &str = "
            insert into login_paces (tenant_id, realm, next_at) values ($1, $2, $3 + $4)
            on conflict (tenant_id, realm) do update set next_at = $4 + case
                when login_paces.next_at between $3 and $5 then login_paces.next_at else $3 end
            returning next_at";
        let (now, length) = (now.0.saturating_mul(1000), every.saturating_mul(i64::from(n)));
        let latest = now.saturating_add(LATEST);
        let (next,): (i64,) = self.one(self.sql(SQL).bind(realm).bind(now).bind(length).bind(latest)).await?;
        Ok(next.saturating_sub(length))
    }

    /// Accounts of other realms that are known by a name, which a device refused, and how often.
    pub async fn refused_elsewhere(&mut self, device: &str, realm: &str) -> StoreResult<Vec<(Account, u32)>> {
        const SQL: &str = "
            select realm, username, count(*) from login_tries
            where tenant_id = $1 and device = $2 and refused and realm <> $3 and realm <> $4 and realm not like $5
            group by realm, username order by realm, username";
        let sql = self.sql(SQL).bind(device).bind(realm).bind(model::account::DEFAULT_REALM);
        let rows: Vec<(String, String, i64)> = self.all(sql.bind(format!("{} %", model::account::LOCAL_REALM))).await?;
        let account = |(realm, username, n)| (Account { realm, username }, u32::try_from(n).unwrap_or(u32::MAX));
        Ok(rows.into_iter().map(account).collect())
    }

    /// What a device refused of an account counts for the account of that name in another realm. Both are locked by
    /// [`Tx::lock_bucket`].
    pub async fn move_refusals(&mut self, account: &Account, device: &str, realm: &str) -> StoreResult<()> {
        const SQL: &str = "update login_tries set realm = $5
            where tenant_id = $1 and realm = $2 and username = $3 and device = $4 and refused";
        let sql = self.sql(SQL).bind(&account.realm).bind(&account.username).bind(device).bind(realm);
        self.execute(sql).await?;
        Ok(())
    }

    /// All accounts of which anything is known.
    pub async fn buckets(&mut self) -> StoreResult<BTreeMap<Account, Bucket>> {
        let rows: Vec<BucketRow> = self.all(self.sql(BUCKETS)).await?;
        let mut buckets: BTreeMap<Account, Bucket> = rows.into_iter().map(|r| (r.account(), r.into_bucket())).collect();
        let mut sql = self.sql(TRIES);
        sql.push(" order by at, id");
        for row in self.all::<TryRow>(sql).await? {
            let account = Account { realm: row.realm.clone(), username: row.username.clone() };
            buckets.entry(account).or_default().tries.push(row.into_try());
        }
        Ok(buckets)
    }

    /// Forgets all failures of an account.
    pub async fn clear_bucket(&mut self, account: &Account) -> StoreResult<()> {
        const SQL: &str = "delete from login_budgets where tenant_id = $1 and realm = $2 and username = $3";
        self.execute(self.sql(SQL).bind(&account.realm).bind(&account.username)).await?;
        Ok(())
    }
}

on_store! {
    write book_log_ins(realm: &str, n: u32, every: i64, now: Timestamp) -> i64;
    read buckets() -> BTreeMap<Account, Bucket>;
    write clear_bucket(account: &Account) -> ();
}

impl BucketRow {
    fn account(&self) -> Account {
        Account { realm: self.realm.clone(), username: self.username.clone() }
    }

    fn into_bucket(self) -> Bucket {
        let until = self.stopped_until.map(Timestamp);
        Bucket {
            refused_in_a_row: u32::try_from(self.refused_in_a_row).unwrap_or(u32::MAX),
            stopped: self.stopped_at.map(|at| Stop { at: Timestamp(at), until }),
            tries: Vec::new(),
        }
    }
}

impl TryRow {
    fn into_try(self) -> LoginTry {
        let Self { id, holder, device, credential, canary, refused, at, .. } = self;
        LoginTry { id, holder, device, credential, canary, refused, at: Timestamp(at) }
    }
}
