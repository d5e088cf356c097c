//! What a person keeps of the inventory, as data: kinds of records, their fields, and what may be written into each.
//!
//! Names of fields and words are NetBox's, so that its files can be read.

use std::net::IpAddr;

use crate::text;

mod connection;
mod notifying;

pub use connection::{CABLE, INTERFACE, IP_ADDRESS, cable_name};
pub use notifying::{CHANNEL, NOTICE_RULE};

/// A kind of record.
#[derive(Debug)]
pub struct ObjectKind {
    /// `site`, `device type`
    pub name: &'static str,
    /// `sites`, `device-types`: the word for commands.
    pub plural: &'static str,
    pub table: &'static str,
    /// Which column another record shows of it: a name, or a slug that programs use too.
    pub shown_by: &'static str,
    /// The field that says among which others its name is the only one; `None` when there is no other of its name.
    pub within: Option<&'static str>,
    pub fields: &'static [Field],
}

#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub column: &'static str,
    /// Other words for it in files.
    pub also: &'static [&'static str],
    pub kind: FieldKind,
    pub help: &'static str,
}

#[derive(Debug, Clone, Copy)]
pub enum FieldKind {
    /// One line of so many characters at most.
    Text(usize),
    /// Many lines.
    Long,
    Slug,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Six hex digits.
    Color,
    /// Of the IANA database.
    TimeZone,
    /// From, to.
    Decimal(i32, i32),
    Address,
    Port,
    /// Serial numbers, parted by blanks.
    Serials,
    /// What this reads; it gives the one spelling that is stored, or says what would be right.
    Read(fn(&str) -> Result<String, String>),
    /// Another record, by name or slug.
    Ref(&'static ObjectKind),
}

/// Longest text of many lines, in bytes.
const LONGEST: usize = 100_000;

const fn field(name: &'static str, kind: FieldKind, help: &'static str) -> Field {
    Field { name, column: name, also: &[], kind, help }
}

const fn other(name: &'static str, column: &'static str, kind: &'static ObjectKind, help: &'static str) -> Field {
    Field { name, column, also: &[], kind: FieldKind::Ref(kind), help }
}

const NAME: Field = field("name", FieldKind::Text(100), "Name");
const SLUG: Field = field("slug", FieldKind::Slug, "Short name for commands and URLs; made of the name when left out");
const DESCRIPTION: Field = field("description", FieldKind::Text(200), "A line of description");
const COMMENTS: Field = field("comments", FieldKind::Long, "Comments, Markdown");
const COLOR: Field = Field { also: &["colour"], ..field("color", FieldKind::Color, "Colour: six hex digits, 2196f3") };
const SITE_STATUS: FieldKind = FieldKind::Word(&["planned", "staging", "active", "decommissioning", "retired"]);

pub static SITE: ObjectKind = ObjectKind {
    name: "site",
    plural: "sites",
    table: "sites",
    shown_by: "name",
    within: None,
    fields: &[
        NAME,
        SLUG,
        field("status", SITE_STATUS, "planned, staging, active, decommissioning or retired"),
        field("region", FieldKind::Text(100), "Region"),
        field("facility", FieldKind::Text(50), "Data centre or provider: FRA5"),
        field("time_zone", FieldKind::TimeZone, "Time zone: Europe/Berlin"),
        DESCRIPTION,
        field("physical_address", FieldKind::Text(200), "Where it is"),
        field("shipping_address", FieldKind::Text(200), "Where parcels go"),
        field("latitude", FieldKind::Decimal(-90, 90), "Degrees, 50.11"),
        field("longitude", FieldKind::Decimal(-180, 180), "Degrees, 8.68"),
        COMMENTS,
    ],
};

pub static LOCATION: ObjectKind = ObjectKind {
    name: "location",
    plural: "locations",
    table: "locations",
    shown_by: "name",
    within: None,
    fields: &[
        NAME,
        SLUG,
        other("site", "site_id", &SITE, "Site that it is in"),
        field("status", SITE_STATUS, "planned, staging, active, decommissioning or retired"),
        field("facility", FieldKind::Text(50), "Room, floor or cage"),
        DESCRIPTION,
    ],
};

pub static MANUFACTURER: ObjectKind = ObjectKind {
    name: "manufacturer",
    plural: "manufacturers",
    table: "manufacturers",
    shown_by: "name",
    within: None,
    fields: &[NAME, SLUG, DESCRIPTION],
};

pub static DEVICE_TYPE: ObjectKind = ObjectKind {
    name: "device type",
    plural: "device-types",
    table: "device_types",
    shown_by: "name",
    within: None,
    fields: &[
        Field { name: "model", also: &["name"], ..NAME },
        SLUG,
        Field { also: &["vendor"], ..other("manufacturer", "manufacturer_id", &MANUFACTURER, "Who makes it") },
        field("part_number", FieldKind::Text(50), "Part number"),
        field("u_height", FieldKind::Decimal(0, 100), "Height in rack units"),
        DESCRIPTION,
        COMMENTS,
    ],
};

pub static ROLE: ObjectKind = ObjectKind {
    name: "role",
    plural: "roles",
    table: "device_roles",
    shown_by: "slug",
    within: None,
    fields: &[NAME, SLUG, COLOR, DESCRIPTION],
};

pub static PLATFORM: ObjectKind = ObjectKind {
    name: "platform",
    plural: "platforms",
    table: "platforms",
    shown_by: "slug",
    within: None,
    fields: &[
        NAME,
        SLUG,
        Field { also: &["vendor"], ..other("manufacturer", "manufacturer_id", &MANUFACTURER, "Who makes it") },
        Field {
            also: &["netmiko_device_type", "netmiko"],
            ..field("netmiko_type", FieldKind::Text(100), "netmiko's device type: cisco_ios")
        },
        DESCRIPTION,
    ],
};

pub static TAG: ObjectKind = ObjectKind {
    name: "tag",
    plural: "tags",
    table: "tags",
    shown_by: "name",
    within: None,
    fields: &[NAME, SLUG, COLOR, DESCRIPTION],
};

pub const DEVICE_STATUSES: &[&str] =
    &["offline", "active", "planned", "staged", "failed", "inventory", "decommissioning"];

pub static DEVICE: ObjectKind = ObjectKind {
    name: "device",
    plural: "devices",
    table: "devices",
    shown_by: "slug",
    within: None,
    fields: &[
        Field { also: &["hostname", "device", "host"], ..NAME },
        SLUG,
        Field {
            also: &["primary_ip4", "primary_ip", "ip", "ip_address", "mgmt_ip", "management_ip", "primary_ip6"],
            ..field("address", FieldKind::Address, "Where it is reached")
        },
        field("port", FieldKind::Port, "Port of SSH or telnet"),
        Field { also: &["site_name"], ..other("site", "site_id", &SITE, "Site") },
        other("location", "location_id", &LOCATION, "Location in its site"),
        Field { also: &["device_role", "role_name"], ..other("role", "role_id", &ROLE, "Role") },
        Field {
            also: &["device_platform", "os", "netmiko_type"],
            ..other("platform", "platform_id", &PLATFORM, "Platform: cisco_ios")
        },
        Field { also: &["vendor"], ..other("manufacturer", "manufacturer_id", &MANUFACTURER, "Manufacturer") },
        Field {
            also: &["device_type", "type", "hardware"],
            ..field("model", FieldKind::Text(100), "Model: its device type")
        },
        field(
            "status",
            FieldKind::Word(DEVICE_STATUSES),
            "offline, active, planned, staged, failed, inventory or decommissioning",
        ),
        Field {
            also: &["serials", "serial_number"],
            ..field("serial", FieldKind::Serials, "Serial numbers, parted by blanks")
        },
        field("asset_tag", FieldKind::Text(50), "Number on its sticker"),
        field("pinned_credential", FieldKind::Text(100), "Credential of the vault that alone is tried on it"),
        DESCRIPTION,
        COMMENTS,
    ],
};

/// A job has more than fields; see [`crate::job`].
pub static JOB: ObjectKind = ObjectKind {
    name: "job",
    plural: "jobs",
    table: "jobs",
    shown_by: "slug",
    within: None,
    fields: &[NAME, SLUG, DESCRIPTION],
};

/// A schedule is told apart by its number, and has no fields that are written by their names.
pub static SCHEDULE: ObjectKind =
    ObjectKind { name: "schedule", plural: "schedules", table: "schedules", shown_by: "id", within: None, fields: &[] };

/// Kinds of the inventory, what is referred to first.
pub static KINDS: [&ObjectKind; 11] =
    [&TAG, &SITE, &LOCATION, &MANUFACTURER, &DEVICE_TYPE, &ROLE, &PLATFORM, &DEVICE, &INTERFACE, &IP_ADDRESS, &CABLE];

impl ObjectKind {
    /// Columns that say on which device it is, or at which it ends; none for what is on no device.
    pub fn device_columns(&self) -> impl Iterator<Item = &'static str> {
        let is_device = |f: &&Field| matches!(f.kind, FieldKind::Ref(other) if *other == DEVICE);
        self.fields.iter().filter(is_device).map(|f| f.column)
    }

    /// `a site`, `an interface`
    pub fn article(&self) -> &'static str {
        if self.name.starts_with(['a', 'e', 'i', 'I', 'o', 'u']) { "an" } else { "a" }
    }

    /// The slug of one that is given none.
    pub fn slug_of(&self, name: &str, within: Option<&str>) -> String {
        let whole = within.map(|within| format!("{within}-{name}"));
        text::slug(whole.as_deref().unwrap_or(name)).to_lowercase()
    }

    /// By its name or one of its other words.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        let is = |word: &&str| word.eq_ignore_ascii_case(name);
        self.fields.iter().find(|f| is(&f.name)).or_else(|| self.fields.iter().find(|f| f.also.iter().any(is)))
    }
}

/// The same kind.
impl PartialEq for ObjectKind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Field {
    /// What is stored for what a person wrote; `None` to clear it. The error says what would be right.
    pub fn read(&self, written: &str) -> Result<Option<String>, String> {
        let written = written.trim();
        if written.is_empty() {
            return Ok(None);
        }
        let wrong = |what: &str| Err(format!("{}: `{}` is not {what}", self.name, text::shown(written)));
        match self.kind {
            FieldKind::Long if written.len() > LONGEST => Err(format!("{}: longer than {LONGEST} bytes", self.name)),
            FieldKind::Long => Ok(Some(written.to_owned())),
            FieldKind::Text(most) => self.line(written, most),
            FieldKind::Slug if is_slug(written) => Ok(Some(written.to_lowercase())),
            FieldKind::Slug => wrong("letters, digits, `-`, `_` and `.`"),
            FieldKind::Word(words) => {
                let word = written.to_lowercase();
                if words.contains(&&*word) { Ok(Some(word)) } else { wrong(&format!("one of {}", words.join(", "))) }
            }
            FieldKind::Color => {
                let hex = written.trim_start_matches('#').to_lowercase();
                let is_hex = hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit());
                if is_hex { Ok(Some(hex)) } else { wrong("a colour of six hex digits, such as 2196f3") }
            }
            FieldKind::TimeZone => match jiff::tz::TimeZone::get(written) {
                Ok(zone) => Ok(Some(zone.iana_name().unwrap_or(written).to_owned())),
                Err(_) => wrong("a time zone such as Europe/Berlin"),
            },
            FieldKind::Decimal(from, to) => match written.parse::<f64>() {
                Ok(n) if n >= f64::from(from) && n <= f64::from(to) => Ok(Some(written.to_owned())),
                _ => wrong(&format!("a number from {from} to {to}")),
            },
            FieldKind::Address => match written.split('/').next().unwrap_or_default().parse::<IpAddr>() {
                Ok(ip) if ip.is_unspecified() || ip.is_multicast() => wrong("the address of a device"),
                Ok(ip) => Ok(Some(ip.to_string())),
                Err(_) => wrong("an IP address"),
            },
            FieldKind::Port => match written.parse::<u16>() {
                Ok(port) if port > 0 => Ok(Some(port.to_string())),
                _ => wrong("a port from 1 to 65535"),
            },
            FieldKind::Serials => {
                let all: Vec<&str> = written.split_whitespace().collect();
                self.line(&all.join(" "), 500)
            }
            FieldKind::Read(read) => match read(written) {
                Ok(text) => Ok(Some(text)),
                Err(problem) => Err(format!("{}: {problem}", self.name)),
            },
            FieldKind::Ref(_) => self.line(written, 100),
        }
    }

    fn line(&self, written: &str, most: usize) -> Result<Option<String>, String> {
        if written.chars().count() > most {
            return Err(format!("{}: longer than {most} characters", self.name));
        }
        if written.chars().any(char::is_control) {
            return Err(format!("{}: `{}` has control characters", self.name, text::shown(written)));
        }
        Ok(Some(written.to_owned()))
    }
}

fn is_slug(written: &str) -> bool {
    text::slug(written) == written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: &ObjectKind, field: &str, written: &str, stored: Result<Option<&str>, &str>) {
        let field = kind.field(field).expect("a field");
        let stored = stored.map(|v| v.map(str::to_owned)).map_err(str::to_owned);
        assert_eq!(field.read(written), stored, "{written:?}");
    }

    #[test]
    fn what_is_written_is_stored_in_one_spelling_or_refused_with_what_would_be_right() {
        check(&SITE, "status", "Planned", Ok(Some("planned")));
        check(&SITE, "time_zone", "europe/berlin", Ok(Some("Europe/Berlin")));
        check(&SITE, "time_zone", "Mars/Base", Err("time_zone: `Mars/Base` is not a time zone such as Europe/Berlin"));
        check(&ROLE, "colour", "#2196F3", Ok(Some("2196f3")));
        check(&ROLE, "color", "blue", Err("color: `blue` is not a colour of six hex digits, such as 2196f3"));
        check(&DEVICE, "primary_ip4", "10.0.0.1/24", Ok(Some("10.0.0.1")));
        check(&DEVICE, "primary_ip4", "0.0.0.0", Err("address: `0.0.0.0` is not the address of a device"));
        check(&DEVICE, "serial", " S1  S2 ", Ok(Some("S1 S2")));
        check(&DEVICE, "name", "a\u{1b}[2J", Err("name: `a\\u{1b}[2J` has control characters"));
        check(&DEVICE, "description", " ", Ok(None));
        check(&DEVICE, "slug", "../x", Err("slug: `../x` is not letters, digits, `-`, `_` and `.`"));
        check(&SITE, "latitude", "91", Err("latitude: `91` is not a number from -90 to 90"));
    }
}
