//! Conditions on devices: what is at a site, of a model, has a tag.

use crate::records::glob;
use crate::sql::{Sql, on_store};
use crate::{StoreResult, Tx};

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

/// Whether anything lets us into the device `d`.
pub(crate) const CREDENTIAL: &str = "case when exists (select 1 from device_credentials c where c.device_id = d.id
        and c.last_success_at is not null
        and (c.last_failure_at is null or c.last_failure_at <= c.last_success_at)) then 'ok'
    when exists (select 1 from device_credentials c where c.device_id = d.id) then 'failed'
    else 'untested' end";

impl DeviceKey {
    /// Where the values are of which one must be like the pattern.
    fn values(self) -> Values {
        match self {
            DeviceKey::Site => Values::Named("site_id", "sites", &["name", "slug"]),
            DeviceKey::Location => Values::Named("location_id", "locations", &["name", "slug"]),
            DeviceKey::Vendor => Values::Named("manufacturer_id", "manufacturers", &["name", "slug"]),
            DeviceKey::Role => Values::Named("role_id", "device_roles", &["slug", "name"]),
            DeviceKey::Platform => Values::Named("platform_id", "platforms", &["slug", "name"]),
            DeviceKey::Name => Values::Own(&["d.name", "d.slug"]),
            DeviceKey::Status => Values::Own(&["d.status"]),
            DeviceKey::Model => Values::Own(&["d.model"]),
            DeviceKey::Version => Values::Own(&["d.os_version"]),
            DeviceKey::Address => Values::Many("device_addresses v", &["v.address"]),
            DeviceKey::Serial => Values::Many("device_serials v", &["v.serial"]),
            DeviceKey::Tag => Values::Many("device_tags v join tags t on t.id = v.tag_id", &["t.name", "t.slug"]),
            DeviceKey::Credential => Values::Own(&[CREDENTIAL]),
        }
    }
}

enum Values {
    /// Expressions of the device.
    Own(&'static [&'static str]),
    /// Columns of what a device has one of: its column, the table.
    Named(&'static str, &'static str, &'static [&'static str]),
    /// Where what a device may have many of is, as `v` with its device; the expressions.
    Many(&'static str, &'static [&'static str]),
}

impl Tx {
    /// By which of these there are devices with such a value.
    pub async fn keys_with(&mut self, keys: &[DeviceKey], pattern: &str) -> StoreResult<Vec<DeviceKey>> {
        let mut sql = self.sql("");
        for (n, key) in keys.iter().enumerate() {
            let union = if n == 0 { "" } else { " union all " };
            sql.push(&format!(
                "{union}select cast({n} as bigint) where exists (select 1 from devices d where d.tenant_id = $1"
            ));
            push_term(&mut sql, &DeviceTerm { key: *key, pattern: pattern.to_owned() });
            sql.push(")");
        }
        let found: Vec<(i64,)> = if keys.is_empty() { Vec::new() } else { self.rows(1, sql).await? };
        let found = found.into_iter().filter_map(|(n,)| keys.get(usize::try_from(n).ok()?).copied());
        Ok(found.collect())
    }
}

on_store! {
    read keys_with(keys: &[DeviceKey], pattern: &str) -> Vec<DeviceKey>;
}

/// The devices `d` are those of which it holds.
pub(crate) fn push_term(sql: &mut Sql, term: &DeviceTerm) {
    let pattern = term.pattern.trim();
    match term.key.values() {
        Values::Own(values) => {
            sql.push(" and ");
            push_likes(sql, values, pattern);
        }
        Values::Named(column, _, _) if pattern.is_empty() => {
            sql.push(&format!(" and d.{column} is null"));
        }
        Values::Named(column, table, values) => {
            sql.push(&format!(" and (d.{column} in (select id from {table} where tenant_id = $1 and "));
            push_likes(sql, values, pattern);
            sql.push(")");
            // What is not known is like anything.
            let is_anything = |pattern: &str| pattern.chars().all(|c| c == '*' || c.is_whitespace());
            if pattern.split('|').any(is_anything) {
                sql.push(&format!(" or d.{column} is null"));
            }
            sql.push(")");
        }
        Values::Many(many, _) if pattern.is_empty() => {
            sql.push(&format!(" and not exists (select 1 from {many} where v.device_id = d.id)"));
        }
        Values::Many(many, values) => {
            sql.push(&format!(" and d.id in (select v.device_id from {many} where "));
            push_likes(sql, values, pattern);
            sql.push(")");
        }
    }
}

/// `(… like … or …)`; what is no pattern is looked up, by an index where there is one.
fn push_likes(sql: &mut Sql, values: &[&str], pattern: &str) {
    let likes = values.iter().flat_map(|value| pattern.split('|').map(move |pattern| (value, pattern)));
    for (n, (value, pattern)) in likes.enumerate() {
        let word = if n == 0 { "(" } else { " or " };
        sql.push(&format!("{word}lower(coalesce({value}, ''))"));
        match pattern.contains(['*', '?']) {
            true => sql.push(" like lower(").arg(glob(pattern)).push(") escape '\\'"),
            false => sql.push(" = lower(").arg(pattern.trim()).push(")"),
        };
    }
    sql.push(")");
}
