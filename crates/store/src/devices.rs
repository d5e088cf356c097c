//! Devices as they are shown, listed and named by a user.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use model::{Device, DeviceId, Mac, Timestamp};
use sqlx::FromRow;

use crate::records::glob;
use crate::sql::{Arg, Sql, contains, on_store};
use crate::{DeviceOrder, DevicePlace, StoreError, StoreResult, Tx};

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
    /// A part of the name, whatever the case; of an address, a serial number, the model or the version.
    pub search: Option<String>,
    /// All of these hold too.
    pub terms: Vec<DeviceTerm>,
    /// Only those that come after this slug: the last one of the page before.
    pub after: Option<String>,
    pub order: DeviceOrder,
    /// As `after`, in whichever order they are.
    pub past: Option<DevicePlace>,
    pub limit: Option<u32>,
}

/// Something that holds for a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceTerm {
    pub key: DeviceKey,
    /// `*` and `?` stand for what they do in file names, whatever the case; `a|b` is like one of them. Empty: nothing
    /// is known of it.
    pub pattern: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceKey {
    Site,
    Location,
    Vendor,
    Role,
    Platform,
    Name,
    Status,
    Model,
    Version,
    /// Any of its addresses.
    Address,
    Serial,
    /// Any of its tags.
    Tag,
    /// `ok`, `failed` or `untested`.
    Credential,
}

impl DeviceKey {
    /// Values of which one must be like the pattern, and where they are when there may be many.
    fn values(self) -> (&'static [&'static str], &'static str) {
        match self {
            DeviceKey::Site => (&["s.name", "s.slug"], ""),
            DeviceKey::Location => (&["l.name", "l.slug"], "locations l where l.id = d.location_id"),
            DeviceKey::Vendor => (&["m.name", "m.slug"], ""),
            DeviceKey::Role => (&["r.slug", "r.name"], ""),
            DeviceKey::Platform => (&["p.slug", "p.name"], ""),
            DeviceKey::Name => (&["d.name", "d.slug"], ""),
            DeviceKey::Status => (&["d.status"], ""),
            DeviceKey::Model => (&["d.model"], ""),
            DeviceKey::Version => (&["d.os_version"], ""),
            DeviceKey::Address => (&["a.address"], "device_addresses a where a.device_id = d.id"),
            DeviceKey::Serial => (&["n.serial"], "device_serials n where n.device_id = d.id"),
            DeviceKey::Tag => {
                (&["t.name", "t.slug"], "device_tags g join tags t on t.id = g.tag_id where g.device_id = d.id")
            }
            DeviceKey::Credential => (
                &["case when exists (select 1 from device_credentials c where c.device_id = d.id
                        and c.last_success_at is not null
                        and (c.last_failure_at is null or c.last_failure_at <= c.last_success_at)) then 'ok'
                    when exists (select 1 from device_credentials c where c.device_id = d.id) then 'failed'
                    else 'untested' end"],
                "",
            ),
        }
    }
}

const SELECT: &str = "
    select d.id, d.name, d.slug, d.address, d.port, s.name as site, r.slug as role, p.slug as platform,
        m.name as vendor, d.model, d.os_version, d.status, d.first_seen, d.last_seen, d.last_captured";

const FROM: &str = "
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
    /// Those that the filter lets through, by slug, in the order in which a person counts.
    pub async fn devices(&mut self, filter: &DeviceFilter) -> StoreResult<Vec<Device>> {
        if filter.ids.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let mut sql = self.sql(format!("{SELECT}{FROM}"));
        push_filter(&mut sql, filter);
        if let Some(after) = &filter.after {
            let place = DevicePlace { value: String::new(), slug: after.clone() };
            DeviceOrder::default().push_past(&mut sql, &place);
        }
        if let Some(place) = &filter.past {
            filter.order.push_past(&mut sql, place);
        }
        filter.order.push_order(&mut sql);
        sql.limit(filter.limit);
        self.read_devices(sql).await
    }

    /// How many the filter lets through, wherever a page begins and ends.
    pub async fn count_devices(&mut self, filter: &DeviceFilter) -> StoreResult<u64> {
        if filter.ids.as_ref().is_some_and(Vec::is_empty) {
            return Ok(0);
        }
        let mut sql = self.sql(format!("select count(*){FROM}"));
        push_filter(&mut sql, filter);
        let (count,): (i64,) = self.one(sql).await?;
        Ok(count.unsigned_abs())
    }

    /// How many there are.
    pub async fn device_count(&mut self) -> StoreResult<u64> {
        let (count,): (i64,) = self.one(self.sql("select count(*) from devices where tenant_id = $1")).await?;
        Ok(count.unsigned_abs())
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
            let mut sql = self.sql(format!("{SELECT}{FROM}"));
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

    /// The slug of every device.
    pub async fn slugs(&mut self) -> StoreResult<HashMap<DeviceId, String>> {
        let rows: Vec<(i64, String)> = self.all(self.sql("select id, slug from devices where tenant_id = $1")).await?;
        Ok(rows.into_iter().map(|(id, slug)| (DeviceId(id), slug)).collect())
    }

    /// Which device each of these slugs, names or addresses means, in lower case; one that fits several is left out.
    pub async fn devices_called(&mut self, references: &[String]) -> StoreResult<BTreeMap<String, (DeviceId, String)>> {
        let rows: Vec<[Arg; 1]> = references.iter().map(|r| [r.to_lowercase().into()]).collect();
        let mut sql = self.sql("with called as (select value ->> 0 as reference from ");
        sql.each(&rows).push(
            ")
            select c.reference, cast(0 as bigint), d.id, d.slug from called c cross join devices d
                where d.tenant_id = $1 and lower(d.slug) = c.reference
            union select c.reference, cast(1 as bigint), d.id, d.slug from called c cross join devices d
                where d.tenant_id = $1 and lower(d.name) = c.reference
            union select c.reference, cast(2 as bigint), d.id, d.slug
                from called c cross join device_addresses a cross join devices d
                where a.tenant_id = $1 and a.address = c.reference and d.id = a.device_id
            order by 1, 2, 3",
        );
        let mut called: BTreeMap<String, (i64, Vec<(DeviceId, String)>)> = BTreeMap::new();
        for (reference, rank, id, slug) in self.all::<(String, i64, i64, String)>(sql).await? {
            let (best, devices) = called.entry(reference).or_insert((rank, Vec::new()));
            if *best == rank {
                devices.push((DeviceId(id), slug));
            }
        }
        let one = |(reference, (_, mut devices)): (String, (i64, Vec<_>))| match devices.len() {
            1 => Some((reference, devices.remove(0))),
            _ => None,
        };
        Ok(called.into_iter().filter_map(one).collect())
    }

    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn device_by_id(&mut self, id: DeviceId) -> StoreResult<Device> {
        let mut sql = self.sql(format!("{SELECT}{FROM}"));
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
    read count_devices(filter: &DeviceFilter) -> u64;
    read device_count() -> u64;
    read device(reference: &str) -> Device;
    read slugs() -> HashMap<DeviceId, String>;
    read devices_called(references: &[String]) -> BTreeMap<String, (DeviceId, String)>;
    read device_by_id(id: DeviceId) -> Device;
    read device_addresses(id: DeviceId) -> Vec<IpAddr>;
}

fn push_filter(sql: &mut Sql, filter: &DeviceFilter) {
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
    if let Some(text) = &filter.search {
        push_search(sql, text);
    }
    for term in &filter.terms {
        push_term(sql, term);
    }
    if let Some(ids) = &filter.ids {
        sql.push(" and d.id in ").ids(ids.iter().map(|id| id.0));
    }
}

/// Any of the columns by which a person tells devices apart has this in it.
fn push_search(sql: &mut Sql, text: &str) {
    let pattern = contains(&text.to_lowercase());
    for (n, column) in ["d.name", "d.slug", "d.model", "d.os_version"].into_iter().enumerate() {
        sql.push(if n == 0 { " and (" } else { " or " });
        sql.push(&format!("lower(coalesce({column}, '')) like ")).arg(&pattern).push(" escape '\\'");
    }
    let beside = [("device_addresses", "address"), ("device_serials", "serial")];
    for (table, column) in beside {
        sql.push(&format!(" or exists (select 1 from {table} b where b.device_id = d.id and lower(b.{column}) like "));
        sql.arg(&pattern).push(" escape '\\')");
    }
    sql.push(")");
}

fn push_term(sql: &mut Sql, term: &DeviceTerm) {
    let (values, many) = term.key.values();
    let empty = term.pattern.trim().is_empty();
    if !many.is_empty() {
        sql.push(if empty { " and not exists (select 1 from " } else { " and exists (select 1 from " }).push(many);
    }
    if !empty || many.is_empty() {
        let likes = values.iter().flat_map(|value| term.pattern.split('|').map(move |pattern| (value, pattern)));
        for (n, (value, pattern)) in likes.enumerate() {
            let word = if n == 0 { " and (" } else { " or " };
            sql.push(&format!("{word}lower(coalesce({value}, '')) like lower(")).arg(glob(pattern));
            sql.push(") escape '\\'");
        }
        sql.push(")");
    }
    if !many.is_empty() {
        sql.push(")");
    }
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
