//! Devices as they are shown, listed and named by a user.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use model::{Device, DeviceId, Mac, Timestamp};
use sqlx::FromRow;

use crate::device_terms::{DeviceTerm, push_term};
use crate::sql::{Dialect, Sql, contains, on_store};
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
    /// A part of the name, whatever the case; not for [`Tx::device_page`].
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

impl DeviceFilter {
    /// Whether it is by ids that devices are found.
    fn is_by_id(&self) -> bool {
        self.ids.is_some() || self.search.is_some()
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
    where ";

/// Of the tenant. Where few are known by their ids, `+` keeps SQLite from looking through all of the tenant for them.
fn of_tenant(by_id: bool) -> &'static str {
    if by_id { "+d.tenant_id = $1" } else { "d.tenant_id = $1" }
}

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
        let named;
        let filter = match &filter.name {
            Some(name) => {
                named =
                    DeviceFilter { ids: Some(self.named_like(name, filter.ids.as_deref()).await?), ..filter.clone() };
                &named
            }
            None => filter,
        };
        if filter.ids.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let mut sql = self.sql(format!("{SELECT}{FROM}{}", of_tenant(filter.is_by_id())));
        push_filter(&mut sql, filter);
        self.read_page(sql, filter).await
    }

    async fn read_page(&mut self, mut sql: Sql, filter: &DeviceFilter) -> StoreResult<Vec<Device>> {
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

    /// Whose names have this in them, of these or of all. By itself: by the index of parts where there is one, even when a page of all
    /// in their order would be looked through soon, and mostly there is none.
    async fn named_like(&mut self, name: &str, of: Option<&[DeviceId]>) -> StoreResult<Vec<DeviceId>> {
        let mut sql = self.sql("select id from devices where +tenant_id = $1 and ");
        push_like(&mut sql, "name", &contains(name));
        let ids = self.all::<(i64,)>(sql).await?.into_iter().map(|(id,)| DeviceId(id));
        Ok(ids.filter(|id| of.is_none_or(|of| of.contains(id))).collect())
    }

    /// A page of those that the filter lets through, and how many it lets through, wherever the page begins and ends.
    pub async fn device_page(&mut self, filter: &DeviceFilter) -> StoreResult<(Vec<Device>, u64)> {
        match filter.order.by.group() {
            Some(group) => self.page_by_group(filter, group).await,
            None => Ok((self.devices(filter).await?, self.count_devices(filter).await?)),
        }
    }

    /// In the order of what a device has one of, such as its site: how many each has is counted, and only those are sorted that
    /// are in the groups of which the page is.
    async fn page_by_group(
        &mut self,
        filter: &DeviceFilter,
        (column, table, name): (&'static str, &'static str, &'static str),
    ) -> StoreResult<(Vec<Device>, u64)> {
        if filter.ids.as_ref().is_some_and(Vec::is_empty) {
            return Ok((Vec::new(), 0));
        }
        // In which order names are, and which are past, the database alone knows: by the rules of its language.
        let (way, past) = if filter.order.descending { (" desc", "<") } else { ("", ">") };
        let mut sql = self.sql(format!("select g.id, {name}, g.n, cast("));
        match &filter.past {
            Some(place) => {
                filter.order.push_value(sql.push(&format!("case when {name} {past} ")), place);
                filter.order.push_value(sql.push(&format!(" then 1 when {name} = ")), place);
                sql.push(" then 0 else -1 end");
            }
            None => drop(sql.push("1")),
        }
        sql.push(&format!(" as bigint) from (select d.{column} as id, count(*) as n{FROM}"));
        sql.push(of_tenant(filter.is_by_id()));
        push_filter(&mut sql, filter);
        sql.push(&format!(" group by d.{column}) g left join {table} x on x.id = g.id order by 2{way}"));
        let groups: Vec<(Option<i64>, String, i64, i64)> = self.all(sql).await?;
        let total = groups.iter().map(|(_, _, n, _)| n.unsigned_abs()).sum();
        let (mut ids, mut has_none, mut found) = (Vec::new(), false, 0);
        let mut last: Option<&str> = None;
        for (id, name, n, past) in groups.iter().filter(|(.., past)| *past >= 0) {
            // Two may be called the same.
            if found >= u64::from(filter.limit.unwrap_or(u32::MAX)) && last != Some(name) {
                break;
            }
            // Of the group in which the page before ended nobody knows how many are left.
            found += if *past == 0 { 0 } else { n.unsigned_abs() };
            has_none |= id.is_none();
            ids.extend(*id);
            last = Some(name);
        }
        let mut sql = self.sql(format!("{SELECT}{FROM}{}", of_tenant(filter.is_by_id())));
        push_filter(&mut sql, filter);
        sql.push(&format!(" and (d.{column}")).is_one_of(ids);
        if has_none {
            sql.push(&format!(" or d.{column} is null"));
        }
        sql.push(")");
        Ok((self.read_page(sql, filter).await?, total))
    }

    /// How many the filter lets through, wherever a page begins and ends.
    async fn count_devices(&mut self, filter: &DeviceFilter) -> StoreResult<u64> {
        if filter.ids.as_ref().is_some_and(Vec::is_empty) {
            return Ok(0);
        }
        let mut sql = self.sql(format!("select count(*){FROM}{}", of_tenant(filter.is_by_id())));
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
        // What it fits, the likeliest first.
        const FITS: &str = "
            with fits (place, id) as (
                select 0, id from devices where tenant_id = $1 and lower(slug) = lower($2)
                union all select 1, id from devices where tenant_id = $1 and lower(name) = lower($2)
                union all select case when is_primary then 2 else 3 end, device_id
                    from device_addresses where tenant_id = $1 and address = $2
                union all select 4, device_id from device_serials where tenant_id = $1 and serial = $2)";
        let reference = reference.trim();
        let address = reference.parse::<std::net::IpAddr>().map(|a| a.to_string());
        let sql = self.sql(format!(
            "{FITS}{SELECT}{FROM}{} and d.id in (select id from fits where place = (select min(place) from fits))
            order by d.slug",
            of_tenant(true)
        ));
        let mut found = self.read_devices(sql.bind(address.as_deref().unwrap_or(reference))).await?;
        match found.len() {
            0 => {}
            1 => return Ok(found.remove(0)),
            _ => {
                let candidates = found.into_iter().map(|d| format!("{} ({})", d.slug, d.address)).collect();
                return Err(StoreError::Ambiguous { reference: model::text::shown(reference), candidates });
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

    /// The slugs of these.
    pub async fn slugs_of(&mut self, ids: &[DeviceId]) -> StoreResult<HashMap<DeviceId, String>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = self.sql("select id, slug from devices where +tenant_id = $1 and id");
        sql.is_one_of(ids.iter().map(|id| id.0));
        let rows: Vec<(i64, String)> = self.all(sql).await?;
        Ok(rows.into_iter().map(|(id, slug)| (DeviceId(id), slug)).collect())
    }

    /// Which device each of these slugs, names or addresses means, in lower case; one that fits several is left out.
    pub async fn devices_called(&mut self, references: &[String]) -> StoreResult<BTreeMap<String, (DeviceId, String)>> {
        let references: Vec<String> = references.iter().map(|r| r.to_lowercase()).collect();
        let mut sql = self.sql("");
        for (place, name) in ["lower(slug)", "lower(name)"].into_iter().enumerate() {
            sql.push(&format!(
                "select {name}, cast({place} as bigint), id, slug from devices where tenant_id = $1 and {name}"
            ));
            sql.is_one_of_texts(&references).push(" union ");
        }
        sql.push(
            "select a.address, cast(2 as bigint), d.id, d.slug from device_addresses a join devices d on d.id = a.device_id
            where a.tenant_id = $1 and a.address",
        );
        sql.is_one_of_texts(&references).push(" order by 1, 2, 3");
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
        let mut sql = self.sql(format!("{SELECT}{FROM}{}", of_tenant(true)));
        sql.push(" and d.id = ").arg(id);
        self.read_devices(sql).await?.pop().ok_or_else(|| StoreError::not_found("device", id))
    }

    /// Addresses of a device: the one where it is reached first.
    pub async fn device_addresses(&mut self, id: DeviceId) -> StoreResult<Vec<IpAddr>> {
        let rows: Vec<(String,)> = self.all(self.select_addresses(id)).await?;
        rows.into_iter().map(address).collect()
    }

    pub(crate) fn select_addresses(&self, id: DeviceId) -> Sql {
        const SQL: &str = "select address from device_addresses where tenant_id = $1 and device_id = $2
            order by is_primary desc, address";
        self.sql(SQL).bind(id)
    }

    async fn read_devices(&mut self, sql: Sql) -> StoreResult<Vec<Device>> {
        let rows: Vec<DeviceRow> = self.all(sql).await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let [mut serials, mut macs] = self.marks(&ids).await?;
        let device = |row: DeviceRow| {
            let serials = serials.remove(&row.id).unwrap_or_default();
            let macs = macs.remove(&row.id).unwrap_or_default();
            row.into_device(serials, macs.iter().find_map(|mac| mac.parse().ok()))
        };
        rows.into_iter().map(device).collect()
    }

    /// Serial numbers and chassis MACs by device. Not by tenant too: SQLite would then read the marks of all devices of the tenant.
    async fn marks(&mut self, ids: &[i64]) -> StoreResult<[BTreeMap<i64, Vec<String>>; 2]> {
        let mut marks: [BTreeMap<i64, Vec<String>>; 2] = Default::default();
        if ids.is_empty() {
            return Ok(marks);
        }
        let mut sql = self.bare("select cast(0 as bigint), device_id, serial from device_serials where device_id");
        sql.is_one_of(ids.iter().copied());
        sql.push(" union all select cast(1 as bigint), device_id, mac from device_macs where device_id");
        sql.is_one_of(ids.iter().copied()).push(" order by 1, 3");
        for (which, id, value) in self.all::<(i64, i64, String)>(sql).await? {
            marks[usize::from(which == 1)].entry(id).or_default().push(value);
        }
        Ok(marks)
    }
}

on_store! {
    read devices(filter: &DeviceFilter) -> Vec<Device>;
    read device_page(filter: &DeviceFilter) -> (Vec<Device>, u64);
    read device_count() -> u64;
    read device(reference: &str) -> Device;
    read slugs() -> HashMap<DeviceId, String>;
    read slugs_of(ids: &[DeviceId]) -> HashMap<DeviceId, String>;
    read devices_called(references: &[String]) -> BTreeMap<String, (DeviceId, String)>;
    read device_by_id(id: DeviceId) -> Device;
    read device_addresses(id: DeviceId) -> Vec<IpAddr>;
}

pub(crate) fn address((text,): (String,)) -> StoreResult<IpAddr> {
    text.parse().map_err(|e| crate::sql::unreadable("device_addresses.address", e))
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
    if let Some(text) = &filter.search {
        push_search(sql, text);
    }
    for term in &filter.terms {
        push_term(sql, term);
    }
    if let Some(ids) = &filter.ids {
        sql.push(" and d.id").is_one_of(ids.iter().map(|id| id.0));
    }
}

/// The column is like the pattern, whatever the case. To `like` of SQLite it is all one already, and to make thousands of texts small
/// takes longer than to compare them.
fn push_like(sql: &mut Sql, column: &str, pattern: &str) {
    match (sql.dialect(), column) {
        (Dialect::Sqlite, _) => sql.push(&format!("{column} like ")).arg(pattern),
        // As their index has them.
        (Dialect::Postgres, "model" | "os_version") => {
            sql.push(&format!("lower(coalesce({column}, '')) like lower(")).arg(pattern).push(")")
        }
        (Dialect::Postgres, _) => sql.push(&format!("lower({column}) like lower(")).arg(pattern).push(")"),
    };
    sql.push(" escape '\\'");
}

/// Any of the columns by which a person tells devices apart has this in it. Each table is asked by itself, so that it may be by an
/// index.
fn push_search(sql: &mut Sql, text: &str) {
    let pattern = contains(text);
    sql.push(" and d.id in (select id from devices where +tenant_id = $1 and (");
    for (n, column) in ["name", "slug", "model", "os_version"].into_iter().enumerate() {
        sql.push(if n == 0 { "" } else { " or " });
        push_like(sql, column, &pattern);
    }
    sql.push(")");
    for (table, column) in [("device_addresses", "address"), ("device_serials", "serial")] {
        sql.push(&format!(" union select device_id from {table} where +tenant_id = $1 and "));
        push_like(sql, column, &pattern);
    }
    sql.push(")");
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
