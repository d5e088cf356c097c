//! Which device of the inventory this is, and what is known of it now.

use std::collections::BTreeMap;
use std::net::IpAddr;

use model::device::Same;
use model::{Device, DeviceId, DeviceIdentity, Mac, Timestamp, text};

use crate::sql::{Arg, Dialect, on_store};
use crate::tx::Rows;
use crate::{StoreResult, Tx};

/// What was learnt about a device. `None`, and an empty set or text, say nothing: what is known stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceUpsert {
    /// Serials and chassis MACs are all that it has now; addresses are added to those known.
    pub identity: DeviceIdentity,
    /// Where it was reached; becomes its primary address.
    pub address: IpAddr,
    pub port: u16,
    /// Name or slug; made when there is none such. The same for role, platform and vendor.
    pub site: Option<String>,
    pub role: Option<String>,
    /// netmiko's name, `cisco_ios`.
    pub platform: String,
    pub vendor: String,
    pub model: Option<String>,
    pub os_version: Option<String>,
    /// `active` for a new device when left out.
    pub status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upserted {
    pub device: Device,
    pub is_new: bool,
    /// Why it is a device that was known; `None` for a new one.
    pub matched_by: Option<Same>,
}

impl Tx {
    /// Finds the device by serial, chassis MAC, address or name, as [`DeviceIdentity::same_as`] argues, and
    /// updates it; adds it when there is none. Of several matches the strongest counts, then the oldest device.
    pub async fn upsert_device(&mut self, seen: &DeviceUpsert, now: Timestamp) -> StoreResult<Upserted> {
        self.lock_marks(&seen.identity).await?;
        let matched = self.find_same(&seen.identity).await?;
        let seen = &match &matched {
            Some((id, _)) => self.but_what_is_said(*id, seen).await?,
            None => seen.clone(),
        };
        let id = match &matched {
            Some((id, _)) => self.update_seen(*id, seen, now).await?,
            None => self.insert_seen(seen, now).await?,
        };
        self.save_marks(id, seen, matched.is_none()).await?;
        if seen.model.is_some() {
            self.make_device_type(id).await?;
        }
        let device = self.device_by_id(id).await?;
        Ok(Upserted { device, is_new: matched.is_none(), matched_by: matched.map(|(_, same)| same) })
    }

    /// What was seen, without what a person said of the device: that stays.
    async fn but_what_is_said(&mut self, id: DeviceId, seen: &DeviceUpsert) -> StoreResult<DeviceUpsert> {
        let mut seen = seen.clone();
        for (field, ..) in self.owned_fields(id.0).await? {
            match field.as_str() {
                "name" => seen.identity.name.clear(),
                "site" => seen.site = None,
                "role" => seen.role = None,
                "platform" => seen.platform.clear(),
                "manufacturer" => seen.vendor.clear(),
                "model" => seen.model = None,
                "status" => seen.status = None,
                "address" | "port" => {
                    let own = self.device_by_id(id).await?;
                    (seen.address, seen.port) = (own.address, own.port);
                }
                _ => {}
            }
        }
        Ok(seen)
    }

    /// The device of the inventory that this identity is, and why.
    pub async fn find_same(&mut self, identity: &DeviceIdentity) -> StoreResult<Option<(DeviceId, Same)>> {
        let candidates = self.candidates(identity).await?;
        let known = self.identities(&candidates).await?;
        let identity = DeviceIdentity { chassis_macs: macs(identity).collect(), ..identity.clone() };
        let same = known.into_iter().filter_map(|(id, known)| Some((id, identity.same_as(&known)?)));
        Ok(same.min_by_key(|(id, same)| (strength(same), *id)))
    }

    /// What is known of the identity of every device: to tell whom a neighbour's claim speaks of.
    pub async fn device_identities(&mut self) -> StoreResult<BTreeMap<DeviceId, DeviceIdentity>> {
        let ids: Vec<(i64,)> = self.all(self.sql("select id from devices where tenant_id = $1")).await?;
        self.identities(&ids.into_iter().map(|(id,)| DeviceId(id)).collect::<Vec<_>>()).await
    }

    /// PostgreSQL writes side by side: whoever argues about one mark does so alone until the transaction ends.
    async fn lock_marks(&mut self, identity: &DeviceIdentity) -> StoreResult<()> {
        if self.dialect() == Dialect::Sqlite {
            return Ok(());
        }
        let mut marks: Vec<String> = identity.serials.iter().cloned().chain(macs(identity)).collect();
        marks.extend(identity.addresses.iter().map(ToString::to_string));
        marks.push(identity.name.to_lowercase());
        marks.retain(|mark| !mark.is_empty());
        marks.sort();
        for mark in marks {
            let lock = "select pg_advisory_xact_lock(hashtextextended($2, $1))";
            self.execute(self.sql(lock).bind(mark)).await?;
        }
        Ok(())
    }

    /// Devices that share any mark with it.
    async fn candidates(&mut self, identity: &DeviceIdentity) -> StoreResult<Vec<DeviceId>> {
        let mut sql = self.sql("select id from devices where tenant_id = $1 and lower(name) = lower(");
        sql.arg(&identity.name).push(")");
        let addresses: Vec<String> = identity.addresses.iter().map(ToString::to_string).collect();
        let serials: Vec<String> = identity.serials.iter().cloned().collect();
        let macs: Vec<String> = macs(identity).collect();
        let tables = [("device_serials", "serial", serials), ("device_macs", "mac", macs)];
        for (table, column, values) in tables.into_iter().chain([("device_addresses", "address", addresses)]) {
            if !values.is_empty() {
                sql.push(&format!(" union select device_id from {table} where tenant_id = $1 and {column} in "));
                sql.list(values);
            }
        }
        Ok(self.all::<(i64,)>(sql).await?.into_iter().map(|(id,)| DeviceId(id)).collect())
    }

    /// What is known of the identity of each.
    pub async fn identities(&mut self, ids: &[DeviceId]) -> StoreResult<BTreeMap<DeviceId, DeviceIdentity>> {
        let mut known: BTreeMap<DeviceId, DeviceIdentity> = BTreeMap::new();
        if ids.is_empty() {
            return Ok(known);
        }
        // The plus keeps SQLite from reading all devices of the tenant instead of these.
        let mut sql = self.sql("select id, 'name', name from devices where +tenant_id = $1 and id");
        sql.is_one_of(ids.iter().map(|id| id.0));
        for (table, column) in [("device_serials", "serial"), ("device_macs", "mac"), ("device_addresses", "address")] {
            sql.push(&format!(" union all select device_id, '{column}', {column} from {table} where device_id"));
            sql.is_one_of(ids.iter().map(|id| id.0));
        }
        for (id, mark, value) in self.all::<(i64, String, String)>(sql).await? {
            let identity = known.entry(DeviceId(id)).or_default();
            match mark.as_str() {
                "name" => identity.name = value,
                "serial" => drop(identity.serials.insert(value)),
                "mac" => drop(identity.chassis_macs.insert(value)),
                _ => identity.addresses.extend(value.parse::<IpAddr>()),
            }
        }
        Ok(known)
    }

    async fn insert_seen(&mut self, seen: &DeviceUpsert, now: Timestamp) -> StoreResult<DeviceId> {
        const SQL: &str = "
            insert into devices (tenant_id, name, slug, address, port, site_id, role_id, platform_id,
                manufacturer_id, model, os_version, status, first_seen, last_seen, sort_key)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14)
            returning id";
        let slug = self.free_slug(&seen.identity.name).await?;
        let [site, role, platform, vendor] = self.references(seen).await?;
        let sort_key = model::interface::sort_key(&slug);
        let sql = self.sql(SQL).bind(&seen.identity.name).bind(slug).bind(seen.address).bind(seen.port);
        let sql = sql.bind(site).bind(role).bind(platform).bind(vendor);
        let sql = sql.bind(seen.model.as_ref()).bind(seen.os_version.as_ref());
        let sql = sql.bind(seen.status.as_deref().unwrap_or("active")).bind(now).bind(sort_key);
        let (id,): (i64,) = self.one(sql).await?;
        Ok(DeviceId(id))
    }

    async fn update_seen(&mut self, id: DeviceId, seen: &DeviceUpsert, now: Timestamp) -> StoreResult<DeviceId> {
        const SQL: &str = "
            update devices set name = coalesce($3, name), address = $4, port = $5, site_id = coalesce($6, site_id),
                role_id = coalesce($7, role_id), platform_id = coalesce($8, platform_id),
                manufacturer_id = coalesce($9, manufacturer_id), model = coalesce($10, model),
                os_version = coalesce($11, os_version), status = coalesce($12, status),
                last_seen = case when last_seen < $13 then $13 else last_seen end
            where tenant_id = $1 and id = $2";
        let [site, role, platform, vendor] = self.references(seen).await?;
        let name = Some(&seen.identity.name).filter(|name| !name.is_empty());
        let sql = self.sql(SQL).bind(id).bind(name).bind(seen.address).bind(seen.port);
        let sql = sql.bind(site).bind(role).bind(platform).bind(vendor);
        let sql = sql.bind(seen.model.as_ref()).bind(seen.os_version.as_ref()).bind(seen.status.as_ref());
        self.execute(sql.bind(now)).await?;
        Ok(id)
    }

    /// What a known device says of itself now; `None` and no serials say nothing. Serials are all that it has.
    pub async fn describe_device(
        &mut self,
        id: DeviceId,
        model: Option<&str>,
        os_version: Option<&str>,
        serials: Vec<String>,
    ) -> StoreResult<()> {
        const SQL: &str = "update devices set os_version = coalesce($4, os_version), model = case when exists
                (select 1 from device_fields f where f.device_id = devices.id and f.field = 'model')
                then model else coalesce($3, model) end
            where tenant_id = $1 and id = $2";
        self.execute(self.sql(SQL).bind(id).bind(model).bind(os_version)).await?;
        if model.is_some() {
            self.make_device_type(id).await?;
        }
        self.replace_marks(id, "device_serials", "serial", serials).await
    }

    /// Ids of site, role, platform and manufacturer.
    async fn references(&mut self, seen: &DeviceUpsert) -> StoreResult<[Option<i64>; 4]> {
        let site = self.site_named(seen.site.as_deref().unwrap_or_default()).await?;
        let role = self.role_named(seen.role.as_deref().unwrap_or_default()).await?;
        let vendor = self.manufacturer_named(&seen.vendor).await?;
        let platform = self.platform_named(&seen.platform, vendor).await?;
        Ok([site, role, platform, vendor])
    }

    /// A new device has no marks yet that would have to go.
    async fn save_marks(&mut self, id: DeviceId, seen: &DeviceUpsert, is_new: bool) -> StoreResult<()> {
        let identity = &seen.identity;
        let marks = [
            ("device_serials", "serial", identity.serials.iter().cloned().collect::<Vec<_>>()),
            ("device_macs", "mac", macs(identity).collect()),
        ];
        for (table, column, values) in marks {
            if is_new {
                self.add_values(id, table, column, values).await?;
            } else {
                self.replace_marks(id, table, column, values).await?;
            }
        }
        let addresses: Vec<IpAddr> = identity.addresses.iter().copied().collect();
        if !is_new {
            self.reach_at(id, seen.address).await?;
        }
        self.add_addresses(id, seen.address, seen.port, &addresses).await
    }

    /// Where a device is reached, and by which other addresses it is known.
    pub(crate) async fn save_addresses(
        &mut self,
        id: DeviceId,
        primary: IpAddr,
        port: u16,
        others: &[IpAddr],
    ) -> StoreResult<()> {
        self.reach_at(id, primary).await?;
        self.add_addresses(id, primary, port, others).await
    }

    /// Of its addresses this one is the primary one.
    async fn reach_at(&mut self, id: DeviceId, primary: IpAddr) -> StoreResult<()> {
        const SQL: &str = "update device_addresses set is_primary = (address = $3)
            where tenant_id = $1 and device_id = $2 and is_primary <> (address = $3)";
        self.execute(self.sql(SQL).bind(id).bind(primary)).await?;
        Ok(())
    }

    async fn add_addresses(&mut self, id: DeviceId, primary: IpAddr, port: u16, others: &[IpAddr]) -> StoreResult<()> {
        // Whoever was reached there before is not any more.
        const FORMER: &str = "update device_addresses set is_primary = false
            where tenant_id = $1 and address = $3 and device_id <> $2 and is_primary
                and exists (select 1 from devices d where d.id = device_addresses.device_id and d.port = $4)";
        self.execute(self.sql(FORMER).bind(id).bind(primary).bind(port)).await?;
        let addresses = others.iter().filter(|a| **a != primary).chain([&primary]);
        let rows: Vec<_> = addresses.map(|a| vec![(*a).into(), (*a == primary).into()]).collect();
        let columns = &["address", "is_primary"];
        self.add_marks(id, "device_addresses", columns, &rows).await
    }

    pub(crate) async fn replace_marks(
        &mut self,
        id: DeviceId,
        table: &str,
        column: &str,
        values: Vec<String>,
    ) -> StoreResult<()> {
        if values.is_empty() {
            return Ok(());
        }
        let mut gone = self.sql("delete from ");
        gone.push(&format!("{table} where +tenant_id = $1 and device_id = ")).arg(id);
        gone.push(&format!(" and {column} not in ")).list(&values);
        self.execute(gone).await?;
        self.add_values(id, table, column, values).await
    }

    async fn add_values(&mut self, id: DeviceId, table: &str, column: &str, values: Vec<String>) -> StoreResult<()> {
        let rows: Vec<_> = values.into_iter().map(|value| vec![value.into()]).collect();
        self.add_marks(id, table, &[column], &rows).await
    }

    async fn add_marks(&mut self, id: DeviceId, table: &str, columns: &[&str], rows: &[Vec<Arg>]) -> StoreResult<()> {
        let same = &[("tenant_id", self.tenant.into()), ("device_id", id.into())];
        self.insert_rows(Rows { table, same, columns, rows, tail: " on conflict do nothing" }).await?;
        Ok(())
    }

    /// The slug of a name, with `-2`, `-3` … when it is taken.
    pub(crate) async fn free_slug(&mut self, name: &str) -> StoreResult<String> {
        let slug = text::slug(name);
        let lower = slug.to_lowercase();
        // All that start with `slug-`: in the order of bytes `.` is next after `-`.
        const SQL: &str = "select lower(slug) from devices
            where tenant_id = $1 and (lower(slug) = $2 or (lower(slug) > $3 and lower(slug) < $4))";
        let sql = self.sql(SQL).bind(&lower).bind(format!("{lower}-")).bind(format!("{lower}."));
        let taken: Vec<String> = self.all::<(String,)>(sql).await?.into_iter().map(|(s,)| s).collect();
        let numbered = (2..).map(|n: u64| format!("{slug}-{n}"));
        let free = std::iter::once(slug.clone()).chain(numbered).find(|s| !taken.contains(&s.to_lowercase()));
        Ok(free.unwrap_or(slug))
    }
}

on_store! {
    write upsert_device(seen: &DeviceUpsert, now: Timestamp) -> Upserted;
    write describe_device(
        id: DeviceId, model: Option<&str>, os_version: Option<&str>, serials: Vec<String>
    ) -> ();
    read device_identities() -> BTreeMap<DeviceId, DeviceIdentity>;
    read find_same(identity: &DeviceIdentity) -> Option<(DeviceId, Same)>;
}

fn strength(same: &Same) -> u8 {
    match same {
        Same::Serial(_) => 0,
        Same::ChassisMac(_) => 1,
        Same::Address(_) => 2,
        Same::Name(_) => 3,
    }
}

/// Chassis MACs in one spelling; what is no MAC stays as it is.
fn macs(identity: &DeviceIdentity) -> impl Iterator<Item = String> {
    identity.chassis_macs.iter().map(|text| text.parse::<Mac>().map_or_else(|_| text.clone(), |mac| mac.to_string()))
}
