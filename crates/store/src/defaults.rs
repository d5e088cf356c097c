//! What a new installation starts with.

use model::text;

use crate::sql::{Arg, on_store};
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
        let tenant = self.tenant;
        let row = |name: &&str| vec![tenant.into(), (*name).into(), text::slug(name).to_lowercase().into()];
        let rows: Vec<Vec<Arg>> = defaults.manufacturers.iter().map(row).collect();
        let head = "insert into manufacturers (tenant_id, name, slug)";
        let manufacturers = self.insert_rows(head, &rows, " on conflict do nothing").await?;

        let mut rows: Vec<Vec<Arg>> = Vec::new();
        for p in defaults.platforms {
            let vendor = self.manufacturer_named(p.manufacturer).await?;
            rows.push(vec![tenant.into(), p.name.into(), p.slug.into(), vendor.into(), p.netmiko_type.into()]);
        }
        let head = "insert into platforms (tenant_id, name, slug, manufacturer_id, netmiko_type)";
        let platforms = self.insert_rows(head, &rows, " on conflict do nothing").await?;

        let row = |r: &RoleSeed<'_>| vec![tenant.into(), r.name.into(), r.slug.into(), r.color.into()];
        let rows: Vec<Vec<Arg>> = defaults.roles.iter().map(row).collect();
        let head = "insert into device_roles (tenant_id, name, slug, color)";
        let roles = self.insert_rows(head, &rows, " on conflict do nothing").await?;
        Ok(Seeded { manufacturers, platforms, roles })
    }
}

on_store! {
    write seed_defaults(defaults: &Defaults<'_>) -> Seeded;
}
