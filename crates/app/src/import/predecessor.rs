//! The inventories of VelocityCMDB (`assets.db`) and VelocityCollector (`dcim.db`), out of their own databases.

use std::collections::HashMap;
use std::path::Path;

use model::object::{DEVICE, MANUFACTURER, PLATFORM, ROLE, SITE};
use model::{ObjectKind, Platforms};
use serde_json::{Map, Value};
use store::predecessor_tables;

use super::sheet::{Row, Sheet};
use crate::export::cell;
use crate::{AppError, AppResult};

/// Their table, our kind, and for each of their columns our field.
type Mapping = (&'static str, &'static ObjectKind, &'static [(&'static str, &'static str)]);

const COLLECTOR: &[Mapping] = &[
    ("dcim_manufacturer", &MANUFACTURER, &[("name", "name"), ("slug", "slug"), ("description", "description")]),
    (
        "dcim_platform",
        &PLATFORM,
        &[
            ("name", "name"),
            ("slug", "slug"),
            ("manufacturer_id>dcim_manufacturer.name", "manufacturer"),
            ("netmiko_device_type", "netmiko_type"),
            ("description", "description"),
        ],
    ),
    (
        "dcim_device_role",
        &ROLE,
        &[("name", "name"), ("slug", "slug"), ("color", "color"), ("description", "description")],
    ),
    (
        "dcim_site",
        &SITE,
        &[
            ("name", "name"),
            ("slug", "slug"),
            ("status", "status"),
            ("description", "description"),
            ("physical_address", "physical_address"),
            ("facility", "facility"),
            ("time_zone", "time_zone"),
        ],
    ),
    (
        "dcim_device",
        &DEVICE,
        &[
            ("name", "name"),
            ("primary_ip4", "address"),
            ("primary_ip6", "address"),
            ("oob_ip", "address"),
            ("ssh_port", "port"),
            ("site_id>dcim_site.name", "site"),
            ("role_id>dcim_device_role.slug", "role"),
            ("platform_id>dcim_platform.netmiko_device_type", "platform"),
            ("platform_id>dcim_platform.slug", "platform"),
            ("status", "status"),
            ("serial_number", "serial"),
            ("asset_tag", "asset_tag"),
            ("description", "description"),
            ("comments", "comments"),
        ],
    ),
];

const CMDB: &[Mapping] = &[
    ("vendors", &MANUFACTURER, &[("name", "name"), ("description", "description")]),
    ("device_roles", &ROLE, &[("name", "name"), ("description", "description")]),
    ("sites", &SITE, &[("name", "name"), ("code", "slug"), ("code", "name"), ("description", "description")]),
    (
        "devices",
        &DEVICE,
        &[
            ("name", "name"),
            ("management_ip", "address"),
            ("ipv4_address", "address"),
            ("site_code", "site"),
            ("vendor_id>vendors.name", "manufacturer"),
            ("device_type_id>device_types.netmiko_driver", "platform"),
            ("role_id>device_roles.name", "role"),
            ("model", "model"),
        ],
    ),
];

type Table = Vec<Map<String, Value>>;

/// What a file of theirs says, what is referred to first.
///
/// # Errors
/// [`AppError::Invalid`] when it has no inventory in it; says what it has.
pub(super) async fn sheets(path: &Path, platforms: &Platforms) -> AppResult<Vec<Sheet>> {
    const TABLES: &[&str] = &[
        "dcim_manufacturer",
        "dcim_platform",
        "dcim_device_role",
        "dcim_site",
        "dcim_device",
        "vendors",
        "device_types",
        "device_roles",
        "sites",
        "devices",
        "device_serials",
        "vault_metadata",
        "jobs",
    ];
    let tables = predecessor_tables(path, TABLES).await?;
    let has = |name: &str| tables.contains_key(name);
    let mapping = match (has("dcim_device"), has("devices") && has("sites")) {
        (true, _) => COLLECTOR,
        (false, true) => CMDB,
        (false, false) if has("vault_metadata") || has("jobs") => {
            return Err(AppError::Invalid(format!(
                "{} holds credentials and jobs, no devices: `velocity vault import` reads its vault, `velocity jobs migrate` \
                 its jobs and their history, and the devices are in dcim.db beside it",
                path.display()
            )));
        }
        (false, false) => {
            return Err(AppError::Invalid(format!(
                "{} is neither an assets.db nor a dcim.db: it has no table of devices",
                path.display()
            )));
        }
    };
    let mut sheets: Vec<Sheet> = mapping.iter().filter_map(|m| Some(sheet(m, tables.get(m.0)?, &tables))).collect();
    for sheet in sheets.iter_mut().filter(|s| *s.kind == PLATFORM) {
        // We know it, by another name: devices get that one.
        let is_known = |(c, text): &(String, String)| {
            ["slug", "netmiko_type"].contains(&c.as_str()) && platforms.get(text).is_some()
        };
        sheet.rows.retain(|row| !row.cells.iter().any(is_known));
    }
    Ok(sheets)
}

fn sheet((table, kind, columns): &Mapping, rows: &Table, tables: &HashMap<String, Table>) -> Sheet {
    // Rows of other tables by their id.
    let mut others: HashMap<&str, HashMap<i64, &Map<String, Value>>> = HashMap::new();
    for other in columns.iter().filter_map(|(theirs, _)| Some(theirs.split_once('>')?.1.split_once('.')?.0)) {
        let rows = tables.get(other).map_or(&[][..], Vec::as_slice);
        others.insert(other, rows.iter().filter_map(|r| Some((r.get("id")?.as_i64()?, r))).collect());
    }
    let value = |row: &Map<String, Value>, theirs: &str| match theirs.split_once('>') {
        None => cell(row.get(theirs)),
        Some((id, at)) => {
            let (other, column) = at.split_once('.').unwrap_or((at, "name"));
            let id = row.get(id).and_then(Value::as_i64);
            let found = id.and_then(|id| others.get(other)?.get(&id).copied());
            found.map(|r| cell(r.get(column))).unwrap_or_default()
        }
    };
    let row = |(n, row): (usize, &Map<String, Value>)| {
        let mut cells: Vec<(String, String)> = Vec::new();
        for (theirs, ours) in *columns {
            let text = value(row, theirs);
            // The first column that says something.
            if !text.trim().is_empty() && cells.iter().all(|(c, _)| c != ours) {
                cells.push(((*ours).to_owned(), text));
            }
        }
        let serials = serials(row, tables).filter(|_| *table == "devices");
        cells.extend(serials.map(|s| ("serial".to_owned(), s)));
        Row {
            place: format!("{table} {}", row.get("id").map_or(n.to_string(), |id| cell(Some(id)))),
            cells,
            ..Row::default()
        }
    };
    Sheet { kind, rows: (1..).zip(rows).map(row).collect() }
}

/// Serial numbers of a device of VelocityCMDB.
fn serials(device: &Map<String, Value>, tables: &HashMap<String, Table>) -> Option<String> {
    let id = device.get("id")?.as_i64()?;
    let of = |row: &&Map<String, Value>| row.get("device_id").and_then(Value::as_i64) == Some(id);
    let serial = |row: &Map<String, Value>| {
        ["serial", "serial_number"].iter().find_map(|c| row.get(*c)?.as_str().map(str::to_owned))
    };
    let all: Vec<String> = tables.get("device_serials")?.iter().filter(of).filter_map(serial).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_device_of_theirs_has_its_site_role_and_platform_by_our_names() {
        let rows =
            |v: Value| v.as_array().expect("rows").iter().filter_map(|r| r.as_object().cloned()).collect::<Table>();
        let tables = HashMap::from([
            ("sites".to_owned(), rows(json!([{ "code": "USA", "name": "USA East" }]))),
            ("vendors".to_owned(), rows(json!([{ "id": 1, "name": "Arista" }]))),
            ("device_types".to_owned(), rows(json!([{ "id": 4, "netmiko_driver": "arista_eos" }]))),
            ("device_serials".to_owned(), rows(json!([{ "device_id": 7, "serial": "JPE1" }]))),
            (
                "devices".to_owned(),
                rows(json!([{
                    "id": 7, "name": "usa-spine-1", "site_code": "USA", "vendor_id": 1, "device_type_id": 4, "role_id": 9,
                    "management_ip": null, "ipv4_address": "10.6.0.1", "model": "DCS-7280"
                }])),
            ),
        ]);
        let devices = CMDB.iter().find(|(table, ..)| *table == "devices").expect("devices");
        let sheet = sheet(devices, &tables["devices"], &tables);
        let cells: Vec<String> = sheet.rows[0].cells.iter().map(|(c, v)| format!("{c}={v}")).collect();
        let told = "name=usa-spine-1 address=10.6.0.1 site=USA manufacturer=Arista platform=arista_eos model=DCS-7280 serial=JPE1";
        assert_eq!((sheet.rows[0].place.as_str(), cells.join(" ").as_str()), ("devices 7", told));
    }
}
