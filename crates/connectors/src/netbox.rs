//! NetBox 4.2 and later: what it says of devices. Reads only.

use std::collections::HashSet;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{AskError, AskResult, Trust, Web};

/// The oldest that is read.
const LEAST: (u32, u32) = (4, 2);
/// From this version on, pages go by the ids of their rows: nothing is left out when something changes meanwhile.
const BY_ID: (u32, u32) = (4, 6);
/// Rows of a page.
const PAGE: usize = 500;
/// Of one list.
const MOST_PAGES: usize = 4_000;
/// Bytes of one list: some 150,000 devices. Whoever answers for ever, or with ever more, is not read to the end.
const LARGEST: usize = 256 << 20;
/// What is read of a device; all of it would be seven times as much.
const FIELDS: &str = "id,url,display_url,name,device_type,role,platform,site,location,status,serial,asset_tag,primary_ip4,\
    primary_ip6,virtual_chassis,vc_position,description,comments,tags,last_updated";

/// Filters of devices that NetBox has: one that it does not know it leaves out, and gives all rows.
pub const FILTERS: &[&str] = &[
    "site",
    "site_group",
    "region",
    "location",
    "role",
    "status",
    "tag",
    "tenant",
    "tenant_group",
    "platform",
    "manufacturer",
    "device_type",
    "has_primary_ip",
    "name",
    "q",
];

/// An installation of NetBox.
#[derive(Debug)]
pub struct NetBox {
    web: Web,
    /// `4.7.3`
    pub version: String,
    number: (u32, u32),
    /// Bytes that one list may have.
    largest: usize,
}

/// Another record that is referred to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Named {
    pub id: i64,
    pub name: String,
    pub slug: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct DeviceType {
    pub manufacturer: Option<Named>,
    pub model: String,
}

/// `10.0.10.11/24`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Address {
    pub address: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Choice {
    pub value: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct VirtualChassis {
    pub id: i64,
    pub name: String,
    pub master: Option<Named>,
}

/// A room, or what is in one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Location {
    pub id: i64,
    pub name: String,
    /// The only one among those of its site that are in the same one.
    pub slug: String,
    pub site: Option<Named>,
    /// That it is in.
    pub parent: Option<Named>,
}

/// A device as NetBox has it; an empty text is what it does not know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Device {
    pub id: i64,
    /// For programs.
    pub url: String,
    /// For persons.
    pub display_url: Option<String>,
    pub name: Option<String>,
    pub device_type: Option<DeviceType>,
    pub role: Option<Named>,
    pub platform: Option<Named>,
    pub site: Option<Named>,
    pub location: Option<Named>,
    pub status: Option<Choice>,
    pub serial: String,
    pub asset_tag: Option<String>,
    pub primary_ip4: Option<Address>,
    pub primary_ip6: Option<Address>,
    pub virtual_chassis: Option<VirtualChassis>,
    pub vc_position: Option<i64>,
    pub description: String,
    pub comments: String,
    pub tags: Vec<Named>,
    pub last_updated: Option<String>,
}

impl NetBox {
    /// Asks who is there. The token is one of version 1 or 2, whole as its user got it.
    ///
    /// # Errors
    /// [`AskError::NotThis`] when it is not a NetBox, or too old a one.
    pub async fn open(base: &str, token: &SecretString, trust: Trust, plain: bool) -> AskResult<NetBox> {
        let token = token.expose_secret().trim();
        let word = if token.starts_with("nbt_") { "Bearer" } else { "Token" };
        let web = Web::new(
            base.trim_end_matches('/').trim_end_matches("/api"),
            &format!("{word} {token}").into(),
            trust,
            plain,
        )?;
        let status = web.get("api/status/", &[], "see its status").await.map_err(as_netbox)?;
        let not = |got: String| AskError::NotThis { host: web.base(), expected: "NetBox", got };
        let Some(version) = status.get("netbox-version").and_then(Value::as_str) else {
            return Err(not("its status names no version".to_owned()));
        };
        let number = numbers(version).ok_or_else(|| not(format!("its version is {version:.40}")))?;
        if number < LEAST {
            return Err(not(format!(
                "its version is {version:.40}, and {}.{} is the oldest that is read",
                LEAST.0, LEAST.1
            )));
        }
        Ok(NetBox { version: version.to_owned(), number, web, largest: LARGEST })
    }

    /// Another limit for the bytes of one list.
    #[must_use]
    pub fn with_largest(self, largest: usize) -> NetBox {
        NetBox { largest, ..self }
    }

    /// Its address, by which it is known.
    pub fn base(&self) -> String {
        self.web.base()
    }

    /// All devices, or those of these filters; see [`FILTERS`].
    ///
    /// # Errors
    /// [`AskError::Usage`] for another filter; [`AskError::Broken`] when the list changed while it was read.
    pub async fn devices(&self, filter: &[(String, String)]) -> AskResult<Vec<Device>> {
        if let Some((name, _)) = filter.iter().find(|(name, _)| !FILTERS.contains(&name.as_str())) {
            return Err(AskError::Usage(format!(
                "NetBox has no filter `{name:.60}` that is known here: {}",
                FILTERS.join(", ")
            )));
        }
        let mut query: Vec<(&str, &str)> = vec![("fields", FIELDS)];
        query.extend(filter.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        self.rows("api/dcim/devices/", &query, "see devices").await
    }

    /// All locations. What a device says of its own names not the one that it is in, which tells two rooms "1" apart.
    ///
    /// # Errors
    /// As of [`NetBox::devices`].
    pub async fn locations(&self) -> AskResult<Vec<Location>> {
        self.rows("api/dcim/locations/", &[("fields", "id,name,slug,site,parent")], "see locations").await
    }

    /// All rows of a list.
    async fn rows<T: DeserializeOwned>(&self, path: &str, query: &[(&str, &str)], what: &str) -> AskResult<Vec<T>> {
        let by_id = self.number >= BY_ID;
        let (mut rows, mut ids, mut at, mut count): (Vec<T>, HashSet<i64>, usize, Option<u64>) = Default::default();
        let mut left = self.largest;
        for _ in 0..MOST_PAGES {
            let (place, size) = (at.to_string(), PAGE.to_string());
            let paging =
                if by_id { vec![("start", place.as_str())] } else { vec![("offset", &*place), ("ordering", "id")] };
            let query: Vec<(&str, &str)> =
                query.iter().copied().chain(paging).chain([("limit", size.as_str())]).collect();
            let mut page = self.web.get_within(path, &query, what, &mut left).await.map_err(as_netbox)?;
            count = page.get("count").and_then(Value::as_u64);
            let next = page.get("next").and_then(Value::as_str).map(str::to_owned);
            let Some(Value::Array(results)) = page.get_mut("results").map(Value::take) else {
                return Err(self.broken("a list without results".to_owned()));
            };
            for row in results {
                let id = row
                    .get("id")
                    .and_then(Value::as_i64)
                    .ok_or_else(|| self.broken("a row without an id".to_owned()))?;
                if ids.insert(id) {
                    let unread = |e| self.broken(format!("{path}{id}/: {e}"));
                    rows.push(serde_json::from_value(without_null(row)).map_err(unread)?);
                }
            }
            let Some(next) = next else {
                let all = count.is_none_or(|count| count == rows.len() as u64);
                let why = || {
                    format!(
                        "a list of {} rows, of which {} came: it changed meanwhile; try it again",
                        count.unwrap_or_default(),
                        rows.len()
                    )
                };
                return if all { Ok(rows) } else { Err(self.broken(why())) };
            };
            // Only the place is taken of it: behind a proxy its host may be another one.
            let place = place_of(&next, if by_id { "start" } else { "offset" });
            match place.filter(|place| *place > at) {
                Some(place) => at = place,
                None => return Err(self.broken("a list whose next page is not after this one".to_owned())),
            }
        }
        Err(self.broken(format!("a list of more than {MOST_PAGES} pages, the last count of it {count:?}")))
    }

    fn broken(&self, why: String) -> AskError {
        AskError::Broken { host: self.base(), why }
    }
}

impl Device {
    /// The address by which it is reached, without the length of its prefix; IPv4 first.
    pub fn address(&self) -> Option<&str> {
        let primary = self.primary_ip4.as_ref().or(self.primary_ip6.as_ref())?;
        primary.address.split('/').next().filter(|a| !a.is_empty())
    }
}

/// A null says the same as what is left out.
fn without_null(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            Value::Object(map.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, without_null(v))).collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(without_null).collect()),
        other => other,
    }
}

fn place_of(next: &str, name: &str) -> Option<usize> {
    let query = next.split_once('?')?.1;
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    value.parse().ok()
}

fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split(['.', '-']).map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// Its words where ours know no product.
fn as_netbox(error: AskError) -> AskError {
    match error {
        AskError::NotThis { host, got, .. } => AskError::NotThis { host, expected: "NetBox", got },
        other => other,
    }
}
