//! The ways into a device that worked.

use model::device::Access;
use model::{DeviceId, Timestamp};

use crate::sql::{Sql, on_store};
use crate::{StoreResult, Tx};

/// An account that was accepted, and the command line behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceAccess {
    pub device: DeviceId,
    pub access: Access,
    pub port: u16,
    pub last_success_at: Timestamp,
}

impl Tx {
    /// Records that an account was accepted.
    pub async fn remember_access(
        &mut self,
        device: DeviceId,
        access: &Access,
        port: u16,
        now: Timestamp,
    ) -> StoreResult<()> {
        const SQL: &str = "
            insert into device_access (tenant_id, device_id, username, platform, port, last_success_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (device_id, username, platform)
                do update set port = excluded.port, last_success_at = excluded.last_success_at";
        let sql = self.sql(SQL).bind(device).bind(&access.username).bind(&access.platform).bind(port).bind(now);
        self.execute(sql).await?;
        Ok(())
    }

    /// Of these devices; what worked last comes first.
    pub async fn accesses_of(&mut self, devices: &[DeviceId]) -> StoreResult<Vec<DeviceAccess>> {
        let mut sql = self.sql(
            "select device_id, username, platform, port, last_success_at from device_access where tenant_id = $1
            and device_id",
        );
        sql.is_one_of(devices.iter().map(|d| d.0)).push(" order by device_id, last_success_at desc, username");
        self.read_accesses(sql).await
    }

    /// Of one device, or of all; what worked last comes first.
    pub async fn accesses(&mut self, device: Option<DeviceId>) -> StoreResult<Vec<DeviceAccess>> {
        let sql = self.select_accesses(device);
        self.read_accesses(sql).await
    }

    pub(crate) fn select_accesses(&self, device: Option<DeviceId>) -> Sql {
        let mut sql = self
            .sql("select device_id, username, platform, port, last_success_at from device_access where tenant_id = $1");
        sql.and("device_id =", device).push(" order by device_id, last_success_at desc, username");
        sql
    }

    async fn read_accesses(&mut self, sql: Sql) -> StoreResult<Vec<DeviceAccess>> {
        Ok(self.all::<AccessRow>(sql).await?.into_iter().map(access).collect())
    }
}

/// Columns of [`Tx::select_accesses`].
pub(crate) type AccessRow = (i64, String, String, i64, i64);

pub(crate) fn access((device, username, platform, port, at): AccessRow) -> DeviceAccess {
    DeviceAccess {
        device: DeviceId(device),
        access: Access { username, platform },
        port: u16::try_from(port).unwrap_or_default(),
        last_success_at: Timestamp(at),
    }
}

on_store! {
    write remember_access(device: DeviceId, access: &Access, port: u16, now: Timestamp) -> ();
    read accesses_of(devices: &[DeviceId]) -> Vec<DeviceAccess>;
    read accesses(device: Option<DeviceId>) -> Vec<DeviceAccess>;
}
