//! Sites, manufacturers, platforms and roles: what devices are sorted by. Made when first named.

use model::{SiteId, text};

use crate::sql::on_store;
use crate::{StoreResult, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    pub id: SiteId,
    pub name: String,
    pub slug: String,
    /// `planned`, `staging`, `active`, `decommissioning` or `retired`.
    pub status: String,
    /// `Europe/Berlin`.
    pub time_zone: Option<String>,
    pub devices: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manufacturer {
    pub name: String,
    pub slug: String,
    pub devices: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPlatform {
    pub name: String,
    /// `cisco_ios`: the name under which [`model::Platforms`] knows it.
    pub slug: String,
    pub manufacturer: Option<String>,
    pub netmiko_type: Option<String>,
    pub devices: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub name: String,
    pub slug: String,
    /// Six hex digits, as in NetBox: `2196f3`.
    pub color: String,
    pub devices: u64,
}

/// The colour of a role that nobody gave one.
pub(crate) const GREY: &str = "9e9e9e";

impl Tx {
    /// By name.
    pub async fn sites(&mut self) -> StoreResult<Vec<Site>> {
        const SQL: &str = "
            select s.id, s.name, s.slug, s.status, s.time_zone, count(d.id)
            from sites s left join devices d on d.site_id = s.id
            where s.tenant_id = $1 group by s.id, s.name, s.slug, s.status, s.time_zone order by s.name";
        type Row = (i64, String, String, String, Option<String>, i64);
        let rows: Vec<Row> = self.all(self.sql(SQL)).await?;
        let site = |(id, name, slug, status, time_zone, devices): Row| Site {
            id: SiteId(id),
            name,
            slug,
            status,
            time_zone,
            devices: devices.unsigned_abs(),
        };
        Ok(rows.into_iter().map(site).collect())
    }

    /// By name.
    pub async fn manufacturers(&mut self) -> StoreResult<Vec<Manufacturer>> {
        const SQL: &str = "
            select m.name, m.slug, count(d.id) from manufacturers m left join devices d on d.manufacturer_id = m.id
            where m.tenant_id = $1 group by m.name, m.slug order by m.name";
        let rows: Vec<(String, String, i64)> = self.all(self.sql(SQL)).await?;
        let of = |(name, slug, devices): (_, _, i64)| Manufacturer { name, slug, devices: devices.unsigned_abs() };
        Ok(rows.into_iter().map(of).collect())
    }

    /// By slug.
    pub async fn platforms(&mut self) -> StoreResult<Vec<StoredPlatform>> {
        const SQL: &str = "
            select p.name, p.slug, m.name, p.netmiko_type, count(d.id)
            from platforms p left join manufacturers m on m.id = p.manufacturer_id
                left join devices d on d.platform_id = p.id
            where p.tenant_id = $1 group by p.name, p.slug, m.name, p.netmiko_type order by p.slug";
        type Row = (String, String, Option<String>, Option<String>, i64);
        let rows: Vec<Row> = self.all(self.sql(SQL)).await?;
        let platform = |(name, slug, manufacturer, netmiko_type, devices): Row| StoredPlatform {
            name,
            slug,
            manufacturer,
            netmiko_type,
            devices: devices.unsigned_abs(),
        };
        Ok(rows.into_iter().map(platform).collect())
    }

    /// By name.
    pub async fn roles(&mut self) -> StoreResult<Vec<Role>> {
        const SQL: &str = "
            select r.name, r.slug, r.color, count(d.id) from device_roles r left join devices d on d.role_id = r.id
            where r.tenant_id = $1 group by r.name, r.slug, r.color order by r.name";
        let rows: Vec<(String, String, String, i64)> = self.all(self.sql(SQL)).await?;
        let role =
            |(name, slug, color, devices): (_, _, _, i64)| Role { name, slug, color, devices: devices.unsigned_abs() };
        Ok(rows.into_iter().map(role).collect())
    }

    pub(crate) async fn site_named(&mut self, name: &str) -> StoreResult<Option<i64>> {
        self.named("sites", "", name, &[]).await
    }

    pub(crate) async fn role_named(&mut self, name: &str) -> StoreResult<Option<i64>> {
        self.named("device_roles", ", color", name, &[GREY.into()]).await
    }

    pub(crate) async fn manufacturer_named(&mut self, name: &str) -> StoreResult<Option<i64>> {
        self.named("manufacturers", "", name, &[]).await
    }

    pub(crate) async fn platform_named(&mut self, name: &str, vendor: Option<i64>) -> StoreResult<Option<i64>> {
        self.named("platforms", ", manufacturer_id", name, &[vendor.into()]).await
    }

    /// The id of the one with this name or slug; made, with the values of the other columns, when there is none.
    /// No name, no id.
    pub(crate) async fn named(
        &mut self,
        table: &'static str,
        columns: &str,
        name: &str,
        values: &[crate::sql::Arg],
    ) -> StoreResult<Option<i64>> {
        if name.trim().is_empty() {
            return Ok(None);
        }
        let key = (table, name.trim().to_lowercase());
        if let Some(id) = self.named.get(&key) {
            return Ok(Some(*id));
        }
        let id = self.named_or_made(table, columns, name, values).await?;
        self.named.insert(key, id);
        Ok(Some(id))
    }

    async fn named_or_made(
        &mut self,
        table: &'static str,
        columns: &str,
        name: &str,
        values: &[crate::sql::Arg],
    ) -> StoreResult<i64> {
        let slug = text::slug(name).to_lowercase();
        let mut known = self.sql("select id from ");
        known.push(table).push(" where tenant_id = $1 and (slug = ").arg(&slug);
        // One that was renamed keeps its slug, and is known by its name too.
        known
            .push(" or lower(name) = lower(")
            .arg(name.trim())
            .push(")) order by (slug = ")
            .arg(&slug)
            .push(") desc limit 1");
        if let Some((id,)) = self.optional::<(i64,)>(known).await? {
            return Ok(id);
        }
        let mut insert = self.sql("insert into ");
        insert.push(&format!("{table} (tenant_id, slug, name{columns}) values ($1, ")).arg(slug);
        insert.push(", ").arg(name.trim());
        for value in values {
            insert.push(", ").arg(value.clone());
        }
        insert.push(") on conflict (tenant_id, slug) do update set slug = excluded.slug returning id");
        let (id,): (i64,) = self.one(insert).await?;
        self.made.push((table, id));
        Ok(id)
    }
}

on_store! {
    read sites() -> Vec<Site>;
    read manufacturers() -> Vec<Manufacturer>;
    read platforms() -> Vec<StoredPlatform>;
    read roles() -> Vec<Role>;
}
