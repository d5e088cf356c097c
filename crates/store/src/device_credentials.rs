//! Which credential works on which device. Credentials go by their names; no secret is here.

use std::net::{IpAddr, SocketAddr};

use model::{DeviceId, Timestamp};
use serde::Deserialize;
use sqlx::FromRow;

use crate::sql::{Sql, on_store, truth, unreadable};
use crate::{StoreResult, Tx};

/// How a credential fared on a device.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct DeviceCredential {
    pub device: DeviceId,
    pub credential: String,
    /// `ssh`, `snmp`, or `enable` for the secret for privileged mode.
    pub kind: String,
    pub last_success_at: Option<Timestamp>,
    pub last_failure_at: Option<Timestamp>,
    /// Since it worked last.
    pub failure_count: u32,
    /// What worked last, of its kind.
    pub is_preferred: bool,
    pub notes: String,
}

impl DeviceCredential {
    /// Whether it worked when it was tried last.
    pub fn works(&self) -> bool {
        self.last_success_at.is_some_and(|at| self.last_failure_at.is_none_or(|failed| failed <= at))
    }
}

/// Columns of [`Tx::select_credentials`].
#[derive(FromRow, Deserialize)]
pub(crate) struct CredentialRow {
    device_id: i64,
    credential: String,
    kind: String,
    last_success_at: Option<i64>,
    last_failure_at: Option<i64>,
    failure_count: i64,
    #[serde(deserialize_with = "truth")]
    is_preferred: bool,
    notes: String,
}

const SELECT: &str = "
    select device_id, credential, kind, last_success_at, last_failure_at, failure_count, is_preferred, notes
    from device_credentials where tenant_id = $1";

const ORDER: &str = " order by device_id, is_preferred desc, coalesce(last_success_at, 0) desc, credential";

impl Tx {
    /// Writes how a log-in went. What is accepted is preferred from now on.
    pub async fn record_credential(
        &mut self,
        device: DeviceId,
        credential: &str,
        kind: &str,
        accepted: bool,
        now: Timestamp,
    ) -> StoreResult<()> {
        const FAILED: &str = "
            insert into device_credentials (tenant_id, device_id, credential, kind, last_failure_at, failure_count)
            values ($1, $2, $3, $4, $5, 1)
            on conflict (device_id, credential) do update set kind = excluded.kind, is_preferred = $6,
                last_failure_at = excluded.last_failure_at, failure_count = device_credentials.failure_count + 1";
        const WORKED: &str = "
            insert into device_credentials (tenant_id, device_id, credential, kind, last_success_at, is_preferred)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (device_id, credential) do update set kind = excluded.kind, is_preferred = $6,
                last_success_at = excluded.last_success_at, failure_count = 0";
        if accepted {
            const OTHERS: &str = "update device_credentials set is_preferred = $4
                where tenant_id = $1 and device_id = $2 and kind = $3 and is_preferred and credential <> $5";
            let sql = self.sql(OTHERS).bind(device).bind(kind).bind(false).bind(credential);
            self.execute(sql).await?;
        }
        let sql = self.sql(if accepted { WORKED } else { FAILED }).bind(device).bind(credential).bind(kind);
        self.execute(sql.bind(now).bind(accepted)).await?;
        Ok(())
    }

    /// Of one device, or of all: what is preferred first, then what worked last.
    pub async fn device_credentials(&mut self, device: Option<DeviceId>) -> StoreResult<Vec<DeviceCredential>> {
        let sql = self.select_credentials(device);
        self.read_credentials(sql).await
    }

    pub(crate) fn select_credentials(&self, device: Option<DeviceId>) -> Sql {
        let mut sql = self.sql(SELECT);
        sql.and("device_id =", device).push(ORDER);
        sql
    }

    /// As [`Tx::device_credentials`], of some devices.
    pub async fn credentials_of_devices(&mut self, devices: &[DeviceId]) -> StoreResult<Vec<DeviceCredential>> {
        let mut sql = self.sql(SELECT);
        sql.push(" and device_id").is_one_of(devices.iter().map(|d| d.0)).push(ORDER);
        self.read_credentials(sql).await
    }

    async fn read_credentials(&mut self, sql: Sql) -> StoreResult<Vec<DeviceCredential>> {
        Ok(self.all::<CredentialRow>(sql).await?.into_iter().map(CredentialRow::into_credential).collect())
    }

    /// Devices on which one credential alone is tried, with its name.
    pub async fn pinned_credentials(&mut self) -> StoreResult<Vec<(DeviceId, String)>> {
        const SQL: &str = "
            select id, pinned_credential from devices where tenant_id = $1 and pinned_credential is not null";
        let rows: Vec<(i64, String)> = self.all(self.sql(SQL)).await?;
        Ok(rows.into_iter().map(|(id, name)| (DeviceId(id), name)).collect())
    }

    /// The same by address, each that a device has or had and where no other is reached now, with its port; where it is
    /// reached comes last.
    pub async fn pins_by_address(&mut self) -> StoreResult<Vec<(SocketAddr, String)>> {
        const SQL: &str = "
            select a.address, d.port, d.pinned_credential from devices d join device_addresses a on a.device_id = d.id
                where d.tenant_id = $1 and d.pinned_credential is not null and a.address <> d.address
                    and not exists (select 1 from devices o
                        where o.tenant_id = $1 and o.address = a.address and o.port = d.port)
            union all select address, port, pinned_credential from devices
                where tenant_id = $1 and pinned_credential is not null";
        let rows: Vec<(String, i64, String)> = self.all(self.sql(SQL)).await?;
        rows.into_iter().map(|(address, port, name)| Ok((place(&address, port)?, name))).collect()
    }

    /// Devices on which this credential is pinned, by slug.
    pub async fn devices_pinned_to(&mut self, credential: &str) -> StoreResult<Vec<(DeviceId, String)>> {
        const SQL: &str = "select id, slug from devices
            where tenant_id = $1 and lower(pinned_credential) = lower($2) order by sort_key, slug";
        let rows: Vec<(i64, String)> = self.all(self.sql(SQL).bind(credential)).await?;
        Ok(rows.into_iter().map(|(id, slug)| (DeviceId(id), slug)).collect())
    }

    /// Addresses, the credentials that worked there when they were tried last, and when that was.
    pub async fn working_credentials(&mut self) -> StoreResult<Vec<(SocketAddr, String, Timestamp)>> {
        const SQL: &str = "
            select d.address, d.port, c.credential, c.last_success_at from device_credentials c join devices d on d.id = c.device_id
            where c.tenant_id = $1 and c.kind in ('ssh', 'enable') and c.last_success_at is not null
                and (c.last_failure_at is null or c.last_failure_at <= c.last_success_at)";
        let rows: Vec<(String, i64, String, i64)> = self.all(self.sql(SQL)).await?;
        let working = |(address, port, credential, at): (String, i64, String, i64)| {
            Ok((place(&address, port)?, credential, Timestamp(at)))
        };
        rows.into_iter().map(working).collect()
    }

    /// The device at an address, when there is one.
    pub async fn device_at(&mut self, addr: SocketAddr) -> StoreResult<Option<DeviceId>> {
        const SQL: &str = "select id from devices where tenant_id = $1 and address = $2 and port = $3 order by id";
        let found = self.all::<(i64,)>(self.sql(SQL).bind(addr.ip()).bind(addr.port())).await?;
        Ok(found.first().map(|(id,)| DeviceId(*id)))
    }

    /// Nothing is known any more of how a credential fares, since its secret is another one, or it is gone.
    pub async fn forget_credential(&mut self, credential: &str) -> StoreResult<()> {
        let sql = self.sql("delete from device_credentials where tenant_id = $1 and credential = $2");
        self.execute(sql.bind(credential)).await?;
        Ok(())
    }
}

on_store! {
    write record_credential(device: DeviceId, credential: &str, kind: &str, accepted: bool, now: Timestamp) -> ();
    read pinned_credentials() -> Vec<(DeviceId, String)>;
    read pins_by_address() -> Vec<(SocketAddr, String)>;
    read devices_pinned_to(credential: &str) -> Vec<(DeviceId, String)>;
    read device_credentials(device: Option<DeviceId>) -> Vec<DeviceCredential>;
    read credentials_of_devices(devices: &[DeviceId]) -> Vec<DeviceCredential>;
    read working_credentials() -> Vec<(SocketAddr, String, Timestamp)>;
    write forget_credential(credential: &str) -> ();
}

fn place(address: &str, port: i64) -> StoreResult<SocketAddr> {
    let ip: IpAddr = address.parse().map_err(|e| unreadable("devices.address", e))?;
    Ok(SocketAddr::new(ip, u16::try_from(port).unwrap_or_default()))
}

impl CredentialRow {
    pub fn into_credential(self) -> DeviceCredential {
        DeviceCredential {
            device: DeviceId(self.device_id),
            credential: self.credential,
            kind: self.kind,
            last_success_at: self.last_success_at.map(Timestamp),
            last_failure_at: self.last_failure_at.map(Timestamp),
            failure_count: u32::try_from(self.failure_count).unwrap_or(u32::MAX),
            is_preferred: self.is_preferred,
            notes: self.notes,
        }
    }
}
