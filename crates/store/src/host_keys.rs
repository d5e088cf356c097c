//! Host keys: remembered on first use, never replaced silently.

use std::net::IpAddr;

use model::Timestamp;
use sqlx::FromRow;

use crate::sql::{on_store, unreadable};
use crate::{StoreResult, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostKey {
    pub address: IpAddr,
    pub port: u16,
    /// `ssh-ed25519`
    pub algorithm: String,
    /// `SHA256:…`
    pub fingerprint: String,
    /// As in an OpenSSH `known_hosts` file: base64 without algorithm and comment.
    pub public_key: String,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
}

/// What became of a key that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remembered {
    New,
    Same,
    /// Another one is pinned and stays so.
    Differs(HostKey),
}

#[derive(FromRow)]
struct HostKeyRow {
    address: String,
    port: i64,
    algorithm: String,
    fingerprint: String,
    public_key: String,
    first_seen: i64,
    last_seen: i64,
}

const SELECT: &str = "select address, port, algorithm, fingerprint, public_key, first_seen, last_seen
    from host_keys where tenant_id = $1";

impl Tx {
    /// All of them, by address.
    pub async fn host_keys(&mut self) -> StoreResult<Vec<HostKey>> {
        let mut sql = self.sql(SELECT);
        sql.push(" order by address, port, algorithm");
        self.all::<HostKeyRow>(sql).await?.into_iter().map(HostKeyRow::into_key).collect()
    }

    /// Pins a key that is the first of its kind at this address and port; of one that is pinned moves `last_seen`.
    /// The times in `key` are what is written.
    pub async fn remember_host_key(&mut self, key: &HostKey) -> StoreResult<Remembered> {
        const SQL: &str = "
            insert into host_keys (tenant_id, address, port, algorithm, fingerprint, public_key, first_seen, last_seen)
            values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing";
        let sql = self.sql(SQL).bind(key.address).bind(key.port).bind(&key.algorithm).bind(&key.fingerprint);
        if self.execute(sql.bind(&key.public_key).bind(key.first_seen).bind(key.last_seen)).await? == 1 {
            return Ok(Remembered::New);
        }
        const SEEN: &str = "
            update host_keys set last_seen = $6
            where tenant_id = $1 and address = $2 and port = $3 and algorithm = $4 and fingerprint = $5";
        let sql = self.sql(SEEN).bind(key.address).bind(key.port).bind(&key.algorithm).bind(&key.fingerprint);
        if self.execute(sql.bind(key.last_seen)).await? == 1 {
            return Ok(Remembered::Same);
        }
        let mut sql = self.sql(SELECT);
        sql.and("address =", Some(key.address)).and("port =", Some(key.port));
        sql.and("algorithm =", Some(&key.algorithm));
        Ok(Remembered::Differs(self.one::<HostKeyRow>(sql).await?.into_key()?))
    }

    /// Unpins the keys of an address, on one port or on all; gives how many there were.
    pub async fn forget_host_keys(&mut self, address: IpAddr, port: Option<u16>) -> StoreResult<u64> {
        let mut sql = self.sql("delete from host_keys where tenant_id = $1");
        sql.and("address =", Some(address)).and("port =", port);
        self.execute(sql).await
    }
}

on_store! {
    read host_keys() -> Vec<HostKey>;
    write remember_host_key(key: &HostKey) -> Remembered;
    write forget_host_keys(address: IpAddr, port: Option<u16>) -> u64;
}

impl HostKeyRow {
    fn into_key(self) -> StoreResult<HostKey> {
        Ok(HostKey {
            address: self.address.parse().map_err(|e| unreadable("host_keys.address", e))?,
            port: u16::try_from(self.port).unwrap_or_default(),
            algorithm: self.algorithm,
            fingerprint: self.fingerprint,
            public_key: self.public_key,
            first_seen: Timestamp(self.first_seen),
            last_seen: Timestamp(self.last_seen),
        })
    }
}
