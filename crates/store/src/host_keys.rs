//! Host keys: remembered on first use, never replaced silently; and how well each host encrypts.

use std::net::{IpAddr, SocketAddr};

use model::{KeyOrigin, Timestamp};
use sqlx::FromRow;

use crate::sql::{Sql, on_store, unreadable, word};
use crate::{StoreResult, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostKey {
    pub address: IpAddr,
    pub port: u16,
    /// `ssh-ed25519`
    pub algorithm: String,
    /// `SHA256:…`
    pub fingerprint: String,
    /// As in an OpenSSH `known_hosts` file: algorithm and base64, without a comment.
    pub public_key: String,
    pub origin: KeyOrigin,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
}

/// A key that nobody may show any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokedKey {
    pub fingerprint: String,
    pub algorithm: String,
    pub public_key: String,
    pub revoked_at: Timestamp,
}

/// How sessions with a host are encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostCrypto {
    pub address: IpAddr,
    pub port: u16,
    /// `modern`, `legacy`, `telnet`: the last time, and at best.
    pub suite: String,
    pub best: String,
    pub kex: String,
    /// What the host signed with.
    pub host_key: String,
    pub cipher: String,
    pub mac: String,
    /// Since when it is so.
    pub since: Timestamp,
}

/// What became of a key that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remembered {
    New,
    Same,
    /// Another one is pinned and stays so.
    Differs(HostKey),
}

/// Columns of [`Tx::select_host_keys`].
#[derive(FromRow, serde::Deserialize)]
pub(crate) struct HostKeyRow {
    address: String,
    port: i64,
    algorithm: String,
    fingerprint: String,
    public_key: String,
    origin: String,
    first_seen: i64,
    last_seen: i64,
}

/// Columns of [`Tx::select_host_crypto`].
#[derive(FromRow, serde::Deserialize)]
pub(crate) struct CryptoRow {
    address: String,
    port: i64,
    suite: String,
    best: String,
    kex: String,
    host_key: String,
    cipher: String,
    mac: String,
    since: i64,
}

const SELECT: &str = "select address, port, algorithm, fingerprint, public_key, origin, first_seen, last_seen
    from host_keys where tenant_id = $1";

impl Tx {
    /// All of them, by address.
    pub async fn host_keys(&mut self) -> StoreResult<Vec<HostKey>> {
        let mut sql = self.sql(SELECT);
        sql.push(" order by address, port, algorithm");
        self.all::<HostKeyRow>(sql).await?.into_iter().map(HostKeyRow::into_key).collect()
    }

    /// Those of one address and port.
    pub(crate) fn select_host_keys(&self, addr: SocketAddr) -> Sql {
        let mut sql = self.sql(SELECT);
        sql.push(" and address = ").arg(addr.ip()).push(" and port = ").arg(addr.port()).push(" order by algorithm");
        sql
    }

    /// Who else shows this key than who is here: address, port, and the slug of the device there.
    pub async fn holders_of_key(
        &mut self,
        fingerprint: &str,
        here: SocketAddr,
    ) -> StoreResult<Vec<(SocketAddr, Option<String>)>> {
        const SQL: &str = "
            select k.address, k.port, (select max(d.slug) from devices d
                where d.tenant_id = k.tenant_id and d.address = k.address and d.port = k.port)
            from host_keys k where k.tenant_id = $1 and k.fingerprint = $2 and not (k.address = $3 and k.port = $4)
            order by k.address, k.port";
        let sql = self.sql(SQL).bind(fingerprint).bind(here.ip()).bind(here.port());
        let rows: Vec<(String, i64, Option<String>)> = self.rows(3, sql).await?;
        let holder = |(address, port, slug): (String, i64, Option<String>)| {
            let ip: IpAddr = address.parse().map_err(|e| unreadable("host_keys.address", e))?;
            Ok((SocketAddr::new(ip, u16::try_from(port).unwrap_or_default()), slug))
        };
        rows.into_iter().map(holder).collect()
    }

    /// Pins a key that is the first of its kind at this address and port; of one that is pinned moves `last_seen`.
    /// The times in `key` are what is written.
    pub async fn remember_host_key(&mut self, key: &HostKey) -> StoreResult<Remembered> {
        const SQL: &str = "
            insert into host_keys
                (tenant_id, address, port, algorithm, fingerprint, public_key, first_seen, last_seen, origin)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing";
        let sql = self.sql(SQL).bind(key.address).bind(key.port).bind(&key.algorithm).bind(&key.fingerprint);
        let sql = sql.bind(&key.public_key).bind(key.first_seen).bind(key.last_seen).bind(key.origin.as_str());
        if self.execute(sql).await? == 1 {
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

    /// Unpins the keys of an address, on one port or on all; gives how many there were. What was offered instead, and
    /// how well the host could encrypt, is forgotten with them.
    pub async fn forget_host_keys(&mut self, address: IpAddr, port: Option<u16>) -> StoreResult<u64> {
        const OTHERS: [&str; 2] =
            ["delete from host_key_offers where tenant_id = $1", "delete from host_crypto where tenant_id = $1"];
        for other in OTHERS {
            let mut sql = self.sql(other);
            sql.and("address =", Some(address)).and("port =", port);
            self.execute(sql).await?;
        }
        self.unpin(address, port).await
    }

    async fn unpin(&mut self, address: IpAddr, port: Option<u16>) -> StoreResult<u64> {
        let mut sql = self.sql("delete from host_keys where tenant_id = $1");
        sql.and("address =", Some(address)).and("port =", port);
        self.execute(sql).await
    }

    /// Pins this key in place of all that were known of its address and port.
    pub async fn replace_host_key(&mut self, key: &HostKey) -> StoreResult<()> {
        self.unpin(key.address, Some(key.port)).await?;
        let mut sql = self.sql("delete from host_key_offers where tenant_id = $1");
        sql.and("address =", Some(key.address)).and("port =", Some(key.port));
        self.execute(sql).await?;
        self.remember_host_key(key).await?;
        Ok(())
    }

    /// Keys that were shown in place of pinned ones, the last one first.
    pub async fn offered_host_keys(&mut self) -> StoreResult<Vec<HostKey>> {
        const SQL: &str = "
            select address, port, algorithm, fingerprint, public_key, 'first_use' as origin, first_seen, last_seen
            from host_key_offers where tenant_id = $1 order by last_seen desc, address, port, fingerprint";
        self.rows::<HostKeyRow>(8, self.sql(SQL)).await?.into_iter().map(HostKeyRow::into_key).collect()
    }

    /// Records that a key was shown in place of the pinned one.
    pub async fn offer_host_key(&mut self, key: &HostKey) -> StoreResult<()> {
        const SQL: &str = "
            insert into host_key_offers
                (tenant_id, address, port, algorithm, fingerprint, public_key, first_seen, last_seen)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (tenant_id, address, port, fingerprint) do update set last_seen = excluded.last_seen";
        let sql = self.sql(SQL).bind(key.address).bind(key.port).bind(&key.algorithm).bind(&key.fingerprint);
        self.execute(sql.bind(&key.public_key).bind(key.first_seen).bind(key.last_seen)).await?;
        Ok(())
    }

    pub async fn revoked_host_keys(&mut self) -> StoreResult<Vec<RevokedKey>> {
        const SQL: &str = "select fingerprint, algorithm, public_key, revoked_at from revoked_host_keys
            where tenant_id = $1 order by revoked_at, fingerprint";
        let rows: Vec<(String, String, String, i64)> = self.all(self.sql(SQL)).await?;
        let key = |(fingerprint, algorithm, public_key, at)| RevokedKey {
            fingerprint,
            algorithm,
            public_key,
            revoked_at: Timestamp(at),
        };
        Ok(rows.into_iter().map(key).collect())
    }

    /// Whether it was not revoked before.
    pub async fn revoke_host_key(&mut self, key: &RevokedKey) -> StoreResult<bool> {
        const SQL: &str = "
            insert into revoked_host_keys (tenant_id, fingerprint, algorithm, public_key, revoked_at)
            values ($1, $2, $3, $4, $5) on conflict do nothing";
        let sql = self.sql(SQL).bind(&key.fingerprint).bind(&key.algorithm).bind(&key.public_key);
        Ok(self.execute(sql.bind(key.revoked_at)).await? == 1)
    }

    /// By address.
    pub async fn host_crypto(&mut self) -> StoreResult<Vec<HostCrypto>> {
        const SQL: &str = "select address, port, suite, best, kex, host_key, cipher, mac, since
            from host_crypto where tenant_id = $1 order by address, port";
        self.all::<CryptoRow>(self.sql(SQL)).await?.into_iter().map(CryptoRow::into_crypto).collect()
    }

    /// Of one address and port.
    pub(crate) fn select_host_crypto(&self, addr: SocketAddr) -> Sql {
        const SQL: &str = "select address, port, suite, best, kex, host_key, cipher, mac, since
            from host_crypto where tenant_id = $1 and address = $2 and port = $3";
        self.sql(SQL).bind(addr.ip()).bind(addr.port())
    }

    pub async fn save_host_crypto(&mut self, host: &HostCrypto) -> StoreResult<()> {
        const SQL: &str = "
            insert into host_crypto (tenant_id, address, port, suite, best, kex, host_key, cipher, mac, since)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (tenant_id, address, port) do update set
                suite = excluded.suite, best = excluded.best, kex = excluded.kex, host_key = excluded.host_key,
                cipher = excluded.cipher, mac = excluded.mac, since = excluded.since";
        let sql = self.sql(SQL).bind(host.address).bind(host.port).bind(&host.suite).bind(&host.best);
        let sql = sql.bind(&host.kex).bind(&host.host_key).bind(&host.cipher).bind(&host.mac);
        self.execute(sql.bind(host.since)).await?;
        Ok(())
    }
}

on_store! {
    read host_keys() -> Vec<HostKey>;
    read holders_of_key(fingerprint: &str, here: SocketAddr) -> Vec<(SocketAddr, Option<String>)>;
    write remember_host_key(key: &HostKey) -> Remembered;
    write forget_host_keys(address: IpAddr, port: Option<u16>) -> u64;
    write replace_host_key(key: &HostKey) -> ();
    read offered_host_keys() -> Vec<HostKey>;
    write offer_host_key(key: &HostKey) -> ();
    read revoked_host_keys() -> Vec<RevokedKey>;
    write revoke_host_key(key: &RevokedKey) -> bool;
    read host_crypto() -> Vec<HostCrypto>;
    write save_host_crypto(host: &HostCrypto) -> ();
}

impl HostKeyRow {
    pub fn into_key(self) -> StoreResult<HostKey> {
        Ok(HostKey {
            address: self.address.parse().map_err(|e| unreadable("host_keys.address", e))?,
            port: u16::try_from(self.port).unwrap_or_default(),
            algorithm: self.algorithm,
            fingerprint: self.fingerprint,
            public_key: self.public_key,
            origin: word("host_keys.origin", &self.origin)?,
            first_seen: Timestamp(self.first_seen),
            last_seen: Timestamp(self.last_seen),
        })
    }
}

impl CryptoRow {
    pub fn into_crypto(self) -> StoreResult<HostCrypto> {
        Ok(HostCrypto {
            address: self.address.parse().map_err(|e| unreadable("host_crypto.address", e))?,
            port: u16::try_from(self.port).unwrap_or_default(),
            suite: self.suite,
            best: self.best,
            kex: self.kex,
            host_key: self.host_key,
            cipher: self.cipher,
            mac: self.mac,
            since: Timestamp(self.since),
        })
    }
}
