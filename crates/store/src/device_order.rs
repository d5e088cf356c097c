//! In which order devices are listed, and where a page goes on.

use model::{Device, interface};

use crate::sql::{Arg, Sql};

/// By what devices are sorted; those that are equal by it, by name as a person counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DeviceSort {
    #[default]
    Name,
    Site,
    Role,
    Platform,
    Vendor,
    Model,
    Version,
    Status,
    FirstSeen,
    LastSeen,
    LastCaptured,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeviceOrder {
    pub by: DeviceSort,
    pub descending: bool,
}

/// After which device a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevicePlace {
    /// What it is sorted by; empty by name.
    pub value: String,
    pub slug: String,
}

impl DeviceSort {
    /// With the words for them.
    pub const ALL: &[(&'static str, DeviceSort)] = &[
        ("name", DeviceSort::Name),
        ("site", DeviceSort::Site),
        ("role", DeviceSort::Role),
        ("platform", DeviceSort::Platform),
        ("vendor", DeviceSort::Vendor),
        ("model", DeviceSort::Model),
        ("os_version", DeviceSort::Version),
        ("status", DeviceSort::Status),
        ("first_seen", DeviceSort::FirstSeen),
        ("last_seen", DeviceSort::LastSeen),
        ("last_captured", DeviceSort::LastCaptured),
    ];

    /// What is compared; `None` by name alone. In the byte order of its text where it is one.
    fn expression(self) -> Option<&'static str> {
        Some(match self {
            DeviceSort::Name => return None,
            DeviceSort::Site => "lower(coalesce(s.name, ''))",
            DeviceSort::Role => "coalesce(r.slug, '')",
            DeviceSort::Platform => "coalesce(p.slug, '')",
            DeviceSort::Vendor => "lower(coalesce(m.name, ''))",
            DeviceSort::Model => "lower(coalesce(d.model, ''))",
            DeviceSort::Version => "lower(coalesce(d.os_version, ''))",
            DeviceSort::Status => "d.status",
            DeviceSort::FirstSeen => "d.first_seen",
            DeviceSort::LastSeen => "d.last_seen",
            DeviceSort::LastCaptured => "coalesce(d.last_captured, 0)",
        })
    }

    /// What a device has one of, when it is sorted by that: its column, the table, and in it as `x` what is compared.
    pub(crate) fn group(self) -> Option<(&'static str, &'static str, &'static str)> {
        Some(match self {
            DeviceSort::Site => ("site_id", "sites", "lower(coalesce(x.name, ''))"),
            DeviceSort::Role => ("role_id", "device_roles", "coalesce(x.slug, '')"),
            DeviceSort::Platform => ("platform_id", "platforms", "coalesce(x.slug, '')"),
            DeviceSort::Vendor => ("manufacturer_id", "manufacturers", "lower(coalesce(x.name, ''))"),
            _ => return None,
        })
    }

    /// Whether it is compared in small letters; which those are, the database says.
    fn is_folded(self) -> bool {
        matches!(self, DeviceSort::Site | DeviceSort::Vendor | DeviceSort::Model | DeviceSort::Version)
    }

    fn is_time(self) -> bool {
        matches!(self, DeviceSort::FirstSeen | DeviceSort::LastSeen | DeviceSort::LastCaptured)
    }
}

impl DeviceOrder {
    pub fn place_of(self, device: &Device) -> DevicePlace {
        let value = match self.by {
            DeviceSort::Name => String::new(),
            DeviceSort::Site => device.site.clone().unwrap_or_default(),
            DeviceSort::Role => device.role.clone().unwrap_or_default(),
            DeviceSort::Platform => device.platform.clone(),
            DeviceSort::Vendor => device.vendor.clone(),
            DeviceSort::Model => device.model.clone().unwrap_or_default(),
            DeviceSort::Version => device.os_version.clone().unwrap_or_default(),
            DeviceSort::Status => device.status.clone(),
            DeviceSort::FirstSeen => device.first_seen.0.to_string(),
            DeviceSort::LastSeen => device.last_seen.0.to_string(),
            DeviceSort::LastCaptured => device.last_captured.map_or(0, |at| at.0).to_string(),
        };
        DevicePlace { value, slug: device.slug.clone() }
    }

    /// ` and …`: what comes after this place.
    pub(crate) fn push_past(self, sql: &mut Sql, place: &DevicePlace) {
        let key = interface::sort_key(&place.slug);
        if let Some(expression) = self.by.expression() {
            let sign = if self.descending { "<" } else { ">" };
            self.push_value(sql.push(&format!(" and ({expression} {sign} ")), place);
            self.push_value(sql.push(&format!(" or {expression} = ")), place);
        }
        let sign = if self.descending && self.by == DeviceSort::Name { "<" } else { ">" };
        sql.push(&format!(" and (d.sort_key {sign} ")).arg(&key).push(" or (d.sort_key = ").arg(&key);
        sql.push(&format!(" and d.slug {sign} ")).arg(&place.slug).push("))");
        if self.by.expression().is_some() {
            sql.push(")");
        }
    }

    /// What the value of a place is compared as.
    pub(crate) fn push_value(self, sql: &mut Sql, place: &DevicePlace) {
        let value: Arg = match self.by.is_time() {
            true => place.value.parse().unwrap_or(0i64).into(),
            false => place.value.as_str().into(),
        };
        match self.by.is_folded() {
            true => sql.push("lower(").arg(value).push(")"),
            false => sql.arg(value),
        };
    }

    pub(crate) fn push_order(self, sql: &mut Sql) {
        let way = if self.descending { " desc" } else { "" };
        match self.by.expression() {
            Some(expression) => sql.push(&format!(" order by {expression}{way}, d.sort_key, d.slug")),
            None => sql.push(&format!(" order by d.sort_key{way}, d.slug{way}")),
        };
    }
}
