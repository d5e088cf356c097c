//! Devices as they are shown, listed and named by a user.

use std::collections::BTreeMap;
use std::net::IpAddr;

use model::{Device, DeviceId, Mac, Timestamp};
use sqlx::FromRow;

use crate::sql::{Sql, contains, on_store};
use crate::{StoreError, StoreResult, Tx};

/// All that are given must hold. Site, role, platform and vendor by name or slug, whatever the case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceFilter {
    pub ids: Option<Vec<DeviceId>>,
    pub site: Option<String>,
    pub role: Option<String>,
    pub platform: Option<String>,
    pub vendor: Option<String>,
    pub status: Option<String>,
    /// A part of the name, whatever the case.
    pub name: Option<String>,
    pub limit: Option<u32>,
}

const SELECT: &str = "
    select d.id, d.name, d.slug, d.address, d.port, s.name as site, r.slug as role, p.slug as platform,
        m.name as vendor, d.model, d.os_version, d.status, d.first_seen, d.last_seen, d.last_captured
    from devices d
        left join sites s on s.id = d.site_id
        left join device_roles r on r.id = d.role_id
        left join platforms p on p.id = d.platform_id
        left join manufacturers m on m.id = d.manufacturer_id
    where d.tenant_id = $1";

#[derive(FromRow)]
struct DeviceRow {
    id: i64,
    name: String,
    slug: String,
    address: String,
    port: i64,
    site: Option<String>,
    role: Option<String>,
    platform: Option<String>,
    vendor: Option<String>,
    model: Option<String>,
    os_version: Option<String>,
    status: String,
    first_seen: i64,
    last_seen: i64,
    last_captured: Option<i64>,
}

impl Tx {
    /// Those that the filter lets through, by slug.
    pub async fn devices(&mut self, filter: &DeviceFilter) -> StoreResult<Vec<Device>> {
        let mut sql = self.sql(SELECT);
        let named = [("s", &filter.site), ("r", &filter.role), ("p", &filter.platform), ("m", &filter.vendor)];
        for (table, name) in named {
            if let Some(name) = name {
                sql.push(&format!(" and (lower({table}.name) = lower(")).arg(name);
                sql.push(&format!(") or {table}.slug = lower(")).arg(name).push("))");
            }
        }
        sql.and("d.status =", filter.status.as_ref());
        if let Some(name) = &filter.name {
            sql.push(" and lower(d.name) like lower(").arg(contains(name)).push(") escape '\\'");
        }
        match &filter.ids {
            Some(ids) if ids.is_empty() => return Ok(Vec::new()),
            Some(ids) => drop(sql.push(" and d.id in ").ids(ids.iter().map(|id| id.0))),
            None => {}
        }
        sql.push(" order by d.slug").limit(filter.limit);
        self.read_devices(sql).await
    }

    /// The one that a user means by its id, slug, name, address or serial number.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and [`StoreError::Ambiguous`] with the slugs when a name, an address or a serial
    /// number fits several.
    pub async fn device(&mut self, reference: &str) -> StoreResult<Device> {
        const BY: &[&str] = &[
            "lower(d.slug) = lower($2)",
            "lower(d.name) = lower($2)",
            "d.id in (select device_id from device_addresses where tenant_id = $1 and address = $2 and is_primary)",
            "d.id in (select device_id from device_addresses where tenant_id = $1 and address = $2)",
            "d.id in (select device_id from device_serials where tenant_id = $1 and serial = $2)",
        ];
        let reference = reference.trim();
        let address = reference.parse::<std::net::IpAddr>().map(|a| a.to_string());
        for by in BY {
            let mut sql = self.sql(SELECT);
            sql.args.push(address.as_deref().unwrap_or(reference).into());
            sql.push(" and ").push(by).push(" order by d.slug");
            let mut found = self.read_devices(sql).await?;
            match found.len() {
                0 => {}
                1 => return Ok(found.remove(0)),
                _ => {
                    let candidates = found.into_iter().map(|d| format!("{} ({})", d.slug, d.address)).collect();
                    return Err(StoreError::Ambiguous { reference: model::text::shown(reference), candidates });
                }
            }
        }
        match reference.parse() {
            Ok(id) => self.device_by_id(DeviceId(id)).await,
            Err(_) => Err(StoreError::not_found("device", reference)),
        }
    }

    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn device_by_id(&mut self, id: DeviceId) -> StoreResult<Device> {
        let mut sql = self.sql(SELECT);
        sql.push(" and d.id = ").arg(id);
        self.read_devices(sql).await?.pop().ok_or_else(|| StoreError::not_found("device", id))
    }

    /// Addresses of a device: the one where it is reached first.
    pub async fn device_addresses(&mut self, id: DeviceId) -> StoreResult<Vec<IpAddr>> {
        const SQL: &str = "select address from device_addresses where tenant_id = $1 and device_id = $2
            order by is_primary desc, address";
        let rows: Vec<(String,)> = self.all(self.sql(SQL).bind(id)).await?;
        let address =
            |(text,): (String,)| text.parse().map_err(|e| crate::sql::unreadable("device_addresses.address", e));
        rows.into_iter().map(address).collect()
    }

    async fn read_devices(&mut self, sql: Sql) -> StoreResult<Vec<Device>> {
        let rows: Vec<DeviceRow> = self.all(sql).await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let mut serials = self.marks("device_serials", "serial", &ids).await?;
        let mut macs = self.marks("device_macs", "mac", &ids).await?;
        let device = |row: DeviceRow| {
            let serials = serials.remove(&row.id).unwrap_or_default();
            let macs = macs.remove(&row.id).unwrap_or_default();
            row.into_device(serials, macs.iter().find_map(|mac| mac.parse().ok()))
        };
        rows.into_iter().map(device).collect()
    }

    /// Values by device. Not by tenant too: SQLite would then read the marks of all devices of the tenant.
    async fn marks(&mut self, table: &str, column: &str, ids: &[i64]) -> StoreResult<BTreeMap<i64, Vec<String>>> {
        let mut by_device: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        if ids.is_empty() {
            return Ok(by_device);
        }
        let mut sql = self.sql("select device_id, ");
        sql.push(&format!("{column} from {table} where device_id in "));
        sql.ids(ids.iter().copied());
        sql.push(&format!(" order by {column}"));
        for (id, value) in self.all::<(i64, String)>(sql).await? {
            by_device.entry(id).or_default().push(value);
        }
        Ok(by_device)
    }
}

on_store! {
    read devices(filter: &DeviceFilter) -> Vec<Device>;
    read device(reference: &str) -> Device;
    read device_by_id(id: DeviceId) -> Device;
    read device_addresses(id: DeviceId) -> Vec<IpAddr>;
}

impl DeviceRow {
    fn into_device(self, serials: Vec<String>, chassis_mac: Option<Mac>) -> StoreResult<Device> {
        Ok(Device {
            id: DeviceId(self.id),
            address: self.address.parse().map_err(|e| crate::sql::unreadable("devices.address", e))?,
            name: self.name,
            slug: self.slug,
            port: u16::try_from(self.port).unwrap_or_default(),
            site: self.site,
            role: self.role,
            platform: self.platform.unwrap_or_default(),
            vendor: self.vendor.unwrap_or_default(),
            model: self.model,
            os_version: self.os_version,
            serials,
            chassis_mac,
            status: self.status,
            first_seen: Timestamp(self.first_seen),
            last_seen: Timestamp(self.last_seen),
            last_captured: self.last_captured.map(Timestamp),
        })
    }
}
