//! Devices as they are shown, listed and named by a user.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

use model::{Device, DeviceId, Timestamp};
use serde::Deserialize;
use sqlx::FromRow;

use crate::device_terms::{DeviceTerm, push_term};
use crate::facts::trigrams;
use crate::sql::{Dialect, Sql, contains, on_store, unreadable};
use crate::{DeviceOrder, DevicePlace, StoreError, StoreResult, Tx};

/// All that are given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceFilter {
    pub ids: Option<Vec<DeviceId>>,
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
    pub(crate) fn is_by_id(&self) -> bool {
        self.ids.is_some() || self.search.is_some()
    }
}

/// A page is cut before its devices are told whole. Is followed by conditions, an order, a limit, and [`whole`].
const PAGE: &str = "page as materialized (
    select d.id, d.name, d.slug, d.address, d.port, s.name as site, r.slug as role, p.slug as platform,
        m.name as vendor, d.model, d.os_version, d.status, d.first_seen, d.last_seen, d.last_captured";

/// As the credential of a [`DeviceRow`], where it is not asked for.
const NO_CREDENTIAL: &str = "cast(null as text)";

/// Columns of a [`DeviceRow`].
pub(crate) const COLUMNS: usize = 18;

const FROM: &str = "
    from devices d
        left join sites s on s.id = d.site_id
        left join device_roles r on r.id = d.role_id
        left join platforms p on p.id = d.platform_id
        left join manufacturers m on m.id = d.manufacturer_id
    where ";

/// Of the tenant. Where few are known by their ids, `+` keeps SQLite from looking through all of the tenant for them.
pub(crate) fn of_tenant(by_id: bool) -> &'static str {
    if by_id { "+d.tenant_id = $1" } else { "d.tenant_id = $1" }
}

/// The devices of `page`, with serial numbers as JSON and the first chassis MAC; as `credential` this expression.
fn whole(dialect: Dialect, credential: &str) -> String {
    let list = match dialect {
        Dialect::Sqlite => "json_group_array",
        Dialect::Postgres => "json_agg",
    };
    format!(
        ") select d.*,
            (select cast({list}(serial order by serial) as text) from device_serials where device_id = d.id) as serials,
            (select min(mac) from device_macs where device_id = d.id) as mac, {credential} as credential
        from page d"
    )
}

#[derive(FromRow, Deserialize)]
pub(crate) struct DeviceRow {
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
    serials: Option<String>,
    mac: Option<String>,
    pub credential: Option<String>,
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
        let sql = self.select_page(filter, None, NO_CREDENTIAL);
        self.read_devices(sql).await
    }

    /// The devices that the filter lets through, and for which this holds too; as `credential` this expression.
    pub(crate) fn select_page(&self, filter: &DeviceFilter, and: Option<&Sql>, credential: &str) -> Sql {
        let mut sql = self.sql(format!("with {PAGE}{FROM}{}", of_tenant(filter.is_by_id())));
        push_filter(&mut sql, filter);
        if let Some(and) = and {
            sql.push(" and ").embed(and);
        }
        self.end_page(sql, filter, credential)
    }

    /// The same, where it is known that these are few: they are looked up and sorted. SQLite, which does not know how many fit,
    /// would read all devices in order until the page is full.
    pub(crate) fn select_page_of_few(&self, filter: &DeviceFilter, credential: &str) -> Sql {
        let mut sql = self.sql(format!("with {PAGE}{FROM}{}", of_tenant(true)));
        let mut few = self.sql(format!("select d.id from devices d where {}", of_tenant(filter.is_by_id())));
        push_filter(&mut few, filter);
        sql.push(" and d.id").is_one_of_those(&few);
        self.end_page(sql, filter, credential)
    }

    fn end_page(&self, mut sql: Sql, filter: &DeviceFilter, credential: &str) -> Sql {
        if let Some(after) = &filter.after {
            let place = DevicePlace { value: String::new(), slug: after.clone() };
            DeviceOrder::default().push_past(&mut sql, &place);
        }
        if let Some(place) = &filter.past {
            filter.order.push_past(&mut sql, place);
        }
        filter.order.push_order(&mut sql);
        sql.limit(filter.limit).push(&whole(self.dialect(), credential));
        sql
    }

    /// Whose names have this in them, of these or of all. By itself: by the index of parts where there is one, even when a page of all
    /// in their order would be looked through soon, and mostly there is none.
    async fn named_like(&mut self, name: &str, of: Option<&[DeviceId]>) -> StoreResult<Vec<DeviceId>> {
        let mut sql = self.sql("select id from devices where +tenant_id = $1 and ");
        push_parts(&mut sql, "id", name);
        push_like(&mut sql, "name", &contains(name));
        let ids = self.rows::<(i64,)>(1, sql).await?.into_iter().map(|(id,)| DeviceId(id));
        Ok(ids.filter(|id| of.is_none_or(|of| of.contains(id))).collect())
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
        let reference = reference.trim();
        let sql = self.sql(format!(
            "{FITS}, {PAGE}{FROM}{} and d.id in ({FITTING}) order by d.slug{}",
            of_tenant(true),
            whole(self.dialect(), NO_CREDENTIAL)
        ));
        let mut found = self.read_devices(sql.bind(as_stored(reference))).await?;
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

    /// As [`Tx::device`], for a text that is most often none: `None` where it is no device, or several.
    pub async fn device_if_any(&mut self, text: &str) -> StoreResult<Option<Device>> {
        let text = text.trim();
        let sql = self.sql(format!("{FITS} {FITTING}")).bind(as_stored(text));
        let fitting: BTreeSet<(i64,)> = self.rows(1, sql).await?.into_iter().collect();
        let id = match fitting.first() {
            Some((id,)) if fitting.len() == 1 => Some(DeviceId(*id)),
            Some(_) => None,
            None => text.parse().ok().map(DeviceId),
        };
        match id {
            Some(id) => match self.device_by_id(id).await {
                Err(StoreError::NotFound { .. }) => Ok(None),
                found => found.map(Some),
            },
            None => Ok(None),
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
        let rows: Vec<(i64, String)> = self.rows(2, sql).await?;
        Ok(rows.into_iter().map(|(id, slug)| (DeviceId(id), slug)).collect())
    }

    /// Which device each of these slugs, names or addresses means, in lower case; one that fits several is left out.
    pub async fn devices_called(&mut self, references: &[String]) -> StoreResult<BTreeMap<String, (DeviceId, String)>> {
        let references: Vec<String> = references.iter().map(|r| r.to_lowercase()).collect();
        let mut sql = self.sql("");
        for (place, name) in ["lower(slug)", "lower(name)"].into_iter().enumerate() {
            // Without the name SQLite would read the slugs of all devices in an index of something else that has them too.
            sql.push(&format!(
                "select {name}, cast({place} as bigint), id, slug from devices where tenant_id = $1 and name <> '' and {name}"
            ));
            sql.is_one_of_texts(&references).push(" union ");
        }
        sql.push(
            "select a.address, cast(2 as bigint), d.id, d.slug from device_addresses a join devices d on d.id = a.device_id
            where a.tenant_id = $1 and a.address",
        );
        sql.is_one_of_texts(&references);
        let mut found: Vec<(String, i64, i64, String)> = self.rows(4, sql).await?;
        found.sort_unstable();
        let mut called: BTreeMap<String, (i64, Vec<(DeviceId, String)>)> = BTreeMap::new();
        for (reference, rank, id, slug) in found {
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
        let mut sql = self.sql(format!("with {PAGE}{FROM}{}", of_tenant(true)));
        sql.push(" and d.id = ").arg(id).push(&whole(self.dialect(), NO_CREDENTIAL));
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
        self.rows::<DeviceRow>(COLUMNS, sql).await?.into_iter().map(DeviceRow::into_device).collect()
    }
}

on_store! {
    read devices(filter: &DeviceFilter) -> Vec<Device>;
    read device_count() -> u64;
    read device(reference: &str) -> Device;
    read device_if_any(text: &str) -> Option<Device>;
    read slugs() -> HashMap<DeviceId, String>;
    read slugs_of(ids: &[DeviceId]) -> HashMap<DeviceId, String>;
    read devices_called(references: &[String]) -> BTreeMap<String, (DeviceId, String)>;
    read device_by_id(id: DeviceId) -> Device;
    read device_addresses(id: DeviceId) -> Vec<IpAddr>;
}

/// The devices that a reference fits, see [`FITTING`].
const FITS: &str = "
    with fits (place, id) as (
        select 0, id from devices where tenant_id = $1 and lower(slug) = lower($2)
        union all select 1, id from devices where tenant_id = $1 and lower(name) = lower($2)
        union all select case when is_primary then 2 else 3 end, device_id
            from device_addresses where tenant_id = $1 and address = $2
        union all select 4, device_id from device_serials where tenant_id = $1 and serial = $2)";

/// Those that it fits best: what it is likeliest to be comes first.
const FITTING: &str = "select id from fits where place = (select min(place) from fits)";

/// A reference as it is written in the tables.
fn as_stored(reference: &str) -> String {
    match reference.parse::<IpAddr>() {
        Ok(address) => address.to_string(),
        Err(_) => reference.to_owned(),
    }
}

pub(crate) fn address((text,): (String,)) -> StoreResult<IpAddr> {
    text.parse().map_err(|e| unreadable("device_addresses.address", e))
}

pub(crate) fn push_filter(sql: &mut Sql, filter: &DeviceFilter) {
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

/// `<column> in … and `, where an index of parts tells which devices may be called so; on PostgreSQL `like` itself goes by one.
fn push_parts(sql: &mut Sql, column: &str, text: &str) {
    if let Some(parts) = trigrams(text).filter(|_| sql.dialect() == Dialect::Sqlite) {
        sql.push(&format!("{column} in (select rowid from devices_parts(")).arg(parts).push(")) and ");
    }
}

/// Any of the columns by which a person tells devices apart has this in it. Each table is asked by itself, so that it may be by an
/// index.
fn push_search(sql: &mut Sql, text: &str) {
    let pattern = contains(text);
    sql.push(" and d.id in (select id from devices where +tenant_id = $1 and ");
    push_parts(sql, "id", text);
    sql.push("(");
    for (n, column) in ["name", "slug", "model", "os_version"].into_iter().enumerate() {
        sql.push(if n == 0 { "" } else { " or " });
        push_like(sql, column, &pattern);
    }
    sql.push(")");
    // Nothing else stands in an address.
    let may_be_address = text.chars().all(|c| c.is_ascii_hexdigit() || c == '.' || c == ':');
    let marks = [("device_serials", "serial"), ("device_addresses", "address")];
    for (table, column) in &marks[..if may_be_address { 2 } else { 1 }] {
        sql.push(&format!(" union select device_id from {table} where +tenant_id = $1 and "));
        push_parts(sql, "device_id", text);
        push_like(sql, column, &pattern);
    }
    sql.push(")");
}

impl DeviceRow {
    pub fn into_device(self) -> StoreResult<Device> {
        let serials = self.serials.as_deref().map(serde_json::from_str).transpose();
        Ok(Device {
            id: DeviceId(self.id),
            address: self.address.parse().map_err(|e| unreadable("devices.address", e))?,
            name: self.name,
            slug: self.slug,
            port: u16::try_from(self.port).unwrap_or_default(),
            site: self.site,
            role: self.role,
            platform: self.platform.unwrap_or_default(),
            vendor: self.vendor.unwrap_or_default(),
            model: self.model,
            os_version: self.os_version,
            serials: serials.map_err(|e| unreadable("device_serials.serial", e))?.unwrap_or_default(),
            chassis_mac: self.mac.and_then(|mac| mac.parse().ok()),
            status: self.status,
            first_seen: Timestamp(self.first_seen),
            last_seen: Timestamp(self.last_seen),
            last_captured: self.last_captured.map(Timestamp),
        })
    }
}
