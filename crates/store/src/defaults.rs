//! What a new installation starts with.

use model::text;

use crate::sql::{Arg, on_store};
use crate::tx::Rows;
use crate::{StoreResult, Tx};

/// Lists to start with.
#[derive(Debug, Clone, Copy)]
pub struct Defaults<'a> {
    pub manufacturers: &'a [&'a str],
    pub platforms: &'a [PlatformSeed<'a>],
    pub roles: &'a [RoleSeed<'a>],
}

#[derive(Debug, Clone, Copy)]
pub struct PlatformSeed<'a> {
    /// `cisco_ios`
    pub slug: &'a str,
    /// `Cisco IOS`
    pub name: &'a str,
    pub manufacturer: &'a str,
    pub netmiko_type: &'a str,
}

#[derive(Debug, Clone, Copy)]
pub struct RoleSeed<'a> {
    pub slug: &'a str,
    pub name: &'a str,
    /// Six hex digits.
    pub color: &'a str,
}

/// How many were not there before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seeded {
    pub manufacturers: u64,
    pub platforms: u64,
    pub roles: u64,
}

impl Tx {
    /// Adds what is missing; what is there, renamed or recoloured, stays as it is.
    pub async fn seed_defaults(&mut self, defaults: &Defaults<'_>) -> StoreResult<Seeded> {
        let row = |name: &&str| vec![(*name).into(), text::slug(name).to_lowercase().into()];
        let rows: Vec<_> = defaults.manufacturers.iter().map(row).collect();
        let manufacturers = self.add_missing("manufacturers", &["name", "slug"], &rows).await?;

        let mut rows = Vec::new();
        for p in defaults.platforms {
            let vendor = self.manufacturer_named(p.manufacturer).await?;
            rows.push(vec![p.name.into(), p.slug.into(), vendor.into(), p.netmiko_type.into()]);
        }
        let columns = &["name", "slug", "manufacturer_id", "netmiko_type"];
        let platforms = self.add_missing("platforms", columns, &rows).await?;

        let row = |r: &RoleSeed<'_>| vec![r.name.into(), r.slug.into(), r.color.into()];
        let rows: Vec<_> = defaults.roles.iter().map(row).collect();
        let roles = self.add_missing("device_roles", &["name", "slug", "color"], &rows).await?;
        Ok(Seeded { manufacturers, platforms, roles })
    }

    async fn add_missing(&mut self, table: &str, columns: &[&str], rows: &[Vec<Arg>]) -> StoreResult<u64> {
        let same = &[("tenant_id", self.tenant.into())];
        self.insert_rows(Rows { table, same, columns, rows, tail: " on conflict do nothing" }).await
    }
}

on_store! {
    write seed_defaults(defaults: &Defaults<'_>) -> Seeded;
}
