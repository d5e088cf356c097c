//! The inventory as other tools read it: Nornir, Ansible, Prometheus, Oxidized, RANCID, containerlab, ssh, hosts files, NetBox.
//!
//! No secret is in any of them. Names are the slugs of devices, which are safe in each of these formats.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use model::Device;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::csv;
use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult, LinkView};

/// Which tool shall read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InventoryFormat {
    /// `hosts.yaml`, `groups.yaml`, `defaults.yaml` of SimpleInventory.
    Nornir,
    /// What a dynamic inventory script prints.
    Ansible,
    /// What `http_sd` and `file_sd` read.
    Prometheus,
    /// `router.db`, `name:address:model:group`.
    Oxidized,
    /// A topology file.
    Containerlab,
    /// `~/.ssh/config`
    Ssh,
    /// `/etc/hosts`
    Hosts,
    /// CSV for the bulk import of devices.
    Netbox,
    /// `sessions.yaml` of the Velocity family: a folder for each site.
    Sessions,
    /// `router.db` of RANCID, `name;type;state`.
    Rancid,
}

/// A file by its name; a format that has only one is printed as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    pub name: &'static str,
    pub text: String,
}

/// What other tools call a platform; empty where a tool does not know it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Names {
    ansible: String,
    napalm: String,
    oxidized: String,
    containerlab: String,
    rancid: String,
}

static NAMES: LazyLock<Result<BTreeMap<String, Names>, String>> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("../../../../platforms/names.yaml")).map_err(|e| e.to_string())
});

fn names() -> AppResult<&'static BTreeMap<String, Names>> {
    NAMES.as_ref().map_err(|e| AppError::Platform(format!("names.yaml: {e}")))
}

impl App {
    /// Devices by a selection, as files for a tool.
    pub async fn export_inventory(
        &self,
        actor: &Actor,
        selection: &str,
        format: InventoryFormat,
    ) -> AppResult<Vec<ExportFile>> {
        actor.must(Role::Viewer, "see devices")?;
        let mut devices = self.devices(actor, selection).await?;
        if !matches!(format, InventoryFormat::Netbox) {
            devices.retain(Device::is_reached);
        }
        let one = |name, text| vec![ExportFile { name, text }];
        Ok(match format {
            InventoryFormat::Nornir => nornir(&devices)?,
            InventoryFormat::Ansible => one("inventory.json", pretty(&ansible(&devices)?)?),
            InventoryFormat::Prometheus => one("targets.json", pretty(&prometheus(&devices))?),
            InventoryFormat::Oxidized => one("router.db", oxidized(&devices)?),
            InventoryFormat::Containerlab => {
                one("velocity.clab.yml", yaml(&containerlab(&devices, &self.cables(actor).await?)?)?)
            }
            InventoryFormat::Ssh => one("ssh_config", ssh(&devices)),
            InventoryFormat::Hosts => one("hosts", hosts(&devices)),
            InventoryFormat::Netbox => one("devices.csv", netbox(&devices)),
            InventoryFormat::Sessions => one("sessions.yaml", yaml(&sessions(&devices))?),
            InventoryFormat::Rancid => one("router.db", rancid(&devices)?),
        })
    }
}

fn pretty(value: &Value) -> AppResult<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn yaml(value: &Value) -> AppResult<String> {
    serde_saphyr::to_string(value).map_err(|e| AppError::Invalid(format!("cannot write YAML: {e}")))
}

/// Groups of a device: its site, role and platform, where they are known.
fn groups(device: &Device) -> Vec<String> {
    let named = [("site", device.site.as_deref()), ("role", device.role.as_deref())];
    let named = named.into_iter().chain([("platform", Some(device.platform.as_str()).filter(|p| !p.is_empty()))]);
    named
        .filter_map(|(what, name)| name.map(|n| format!("{what}_{}", model::text::slug(n).replace('-', "_"))))
        .collect()
}

fn nornir(devices: &[Device]) -> AppResult<Vec<ExportFile>> {
    let mut hosts = Map::new();
    let mut known = BTreeSet::new();
    for device in devices {
        let groups = groups(device);
        known.extend(groups.iter().cloned());
        let data = json!({
            "site": device.site, "role": device.role, "vendor": device.vendor, "model": device.model,
            "os_version": device.os_version, "serials": device.serials,
        });
        let host = json!({
            "hostname": device.address.to_string(), "port": device.port, "platform": device.platform,
            "groups": groups, "data": data,
        });
        hosts.insert(device.slug.clone(), host);
    }
    let groups: Map<String, Value> = known.into_iter().map(|g| (g, json!({}))).collect();
    Ok(vec![
        ExportFile { name: "hosts.yaml", text: yaml(&hosts.into())? },
        ExportFile { name: "groups.yaml", text: yaml(&groups.into())? },
        ExportFile { name: "defaults.yaml", text: "{}\n".to_owned() },
    ])
}

fn ansible(devices: &[Device]) -> AppResult<Value> {
    let names = names()?;
    let mut vars = Map::new();
    let mut members: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for device in devices {
        let mut host = Map::new();
        host.insert("ansible_host".to_owned(), json!(device.address.to_string()));
        host.insert("ansible_port".to_owned(), json!(device.port));
        if let Some(os) = names.get(&device.platform).map(|n| &n.ansible).filter(|os| !os.is_empty()) {
            host.insert("ansible_network_os".to_owned(), json!(os));
            host.insert("ansible_connection".to_owned(), json!("ansible.netcommon.network_cli"));
        }
        let facts = [("velocity_vendor", json!(device.vendor)), ("velocity_model", json!(device.model))];
        let facts = facts.into_iter().chain([("velocity_os_version", json!(device.os_version))]);
        host.extend(facts.map(|(key, value)| (key.to_owned(), value)));
        vars.insert(device.slug.clone(), host.into());
        for group in groups(device) {
            members.entry(group).or_default().push(&device.slug);
        }
    }
    let mut inventory = Map::new();
    inventory.insert("_meta".to_owned(), json!({ "hostvars": vars }));
    let children: Vec<&String> = members.keys().collect();
    inventory.insert("all".to_owned(), json!({ "children": children }));
    inventory.extend(members.iter().map(|(group, hosts)| (group.clone(), json!({ "hosts": hosts }))));
    Ok(inventory.into())
}

fn prometheus(devices: &[Device]) -> Value {
    let target = |d: &Device| {
        let labels = json!({
            "name": d.slug, "platform": d.platform, "vendor": d.vendor, "status": d.status,
            "site": d.site.clone().unwrap_or_default(), "role": d.role.clone().unwrap_or_default(),
            "model": d.model.clone().unwrap_or_default(), "os_version": d.os_version.clone().unwrap_or_default(),
        });
        // The port of the exporter is for the one who scrapes to say.
        json!({ "targets": [bracketed(d)], "labels": labels })
    };
    devices.iter().map(target).collect()
}

/// An address as a host: IPv6 in brackets.
fn bracketed(device: &Device) -> String {
    if device.address.is_ipv6() { format!("[{}]", device.address) } else { device.address.to_string() }
}

/// With `source: csv`, `delimiter: !ruby/regexp /:/`, and the map `name: 0, ip: 1, model: 2, group: 3`. An IPv6 address
/// has colons of its own, so such a device is left to its name.
fn oxidized(devices: &[Device]) -> AppResult<String> {
    let names = names()?;
    let line = |d: &Device| {
        let model = names.get(&d.platform).map(|n| n.oxidized.as_str()).filter(|m| !m.is_empty());
        let model = model.unwrap_or(&d.platform);
        let group = d.site.as_deref().map(model::text::slug).unwrap_or_default();
        let address = if d.address.is_ipv4() { d.address.to_string() } else { d.slug.clone() };
        format!("{}:{address}:{model}:{group}\n", d.slug)
    };
    Ok(devices.iter().map(line).collect())
}

fn containerlab(devices: &[Device], links: &[LinkView]) -> AppResult<Value> {
    let names = names()?;
    let mut nodes = Map::new();
    for device in devices {
        let kind = names.get(&device.platform).map(|n| n.containerlab.as_str()).filter(|k| !k.is_empty());
        let labels = json!({ "platform": device.platform, "model": device.model, "os-version": device.os_version });
        nodes.insert(device.slug.clone(), json!({ "kind": kind.unwrap_or("linux"), "labels": labels }));
    }
    let is_known = |l: &&LinkView| [&l.local_device, &l.remote_device].iter().all(|d| nodes.contains_key(d.as_str()));
    let ends = |l: &LinkView| json!({ "endpoints": [format!("{}:{}", l.local_device, l.local_port), format!("{}:{}", l.remote_device, l.remote_port)] });
    let links: Vec<Value> = links.iter().filter(is_known).map(ends).collect();
    Ok(json!({ "name": "velocity", "topology": { "nodes": nodes, "links": links } }))
}

fn ssh(devices: &[Device]) -> String {
    let host = |d: &Device| format!("Host {}\n    HostName {}\n    Port {}\n", d.slug, d.address, d.port);
    devices.iter().map(host).collect()
}

fn sessions(devices: &[Device]) -> Value {
    let mut folders: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for device in devices {
        let session = json!({
            "display_name": device.slug, "host": device.address.to_string(), "port": device.port.to_string(),
            "DeviceType": device.platform, "Vendor": device.vendor, "Model": device.model.clone().unwrap_or_default(),
            "SerialNumber": device.serials.first().cloned().unwrap_or_default(),
            "SoftwareVersion": device.os_version.clone().unwrap_or_default(),
        });
        folders.entry(device.site.as_deref().unwrap_or("unsorted")).or_default().push(session);
    }
    let folder = |(site, sessions): (&str, Vec<Value>)| json!({ "folder_name": site, "sessions": sessions });
    folders.into_iter().map(folder).collect()
}

/// The separator of RANCID 3. It dials the name, so the name must resolve.
fn rancid(devices: &[Device]) -> AppResult<String> {
    let names = names()?;
    let line = |d: &Device| {
        let kind = names.get(&d.platform).map(|n| n.rancid.as_str()).filter(|kind| !kind.is_empty());
        let state = if d.status == "active" { "up" } else { "down" };
        Some(format!("{};{};{state}\n", d.slug, kind?))
    };
    Ok(devices.iter().filter_map(line).collect())
}

fn hosts(devices: &[Device]) -> String {
    devices.iter().map(|d| format!("{}\t{}\n", d.address, d.slug)).collect()
}

/// The columns that NetBox reads, see its form for devices.
fn netbox(devices: &[Device]) -> String {
    let header = ["name", "role", "manufacturer", "device_type", "platform", "serial", "status", "site"];
    let row = |d: &Device| {
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let cells = [
            d.name.clone(),
            text(&d.role),
            d.vendor.clone(),
            text(&d.model),
            d.platform.clone(),
            d.serials.first().cloned().unwrap_or_default(),
            d.status.clone(),
            text(&d.site),
        ];
        cells.iter().map(|c| csv(c)).collect::<Vec<_>>().join(",") + "\r\n"
    };
    header.join(",") + "\r\n" + &devices.iter().map(row).collect::<String>()
}

#[cfg(test)]
mod tests {
    use model::{DeviceId, Timestamp};

    use super::*;

    fn device(slug: &str, address: &str, platform: &str) -> Device {
        Device {
            id: DeviceId(1),
            name: slug.to_owned(),
            slug: slug.to_owned(),
            address: address.parse().expect("address"),
            port: 22,
            site: Some("Rome, North".to_owned()),
            role: Some("leaf".to_owned()),
            platform: platform.to_owned(),
            vendor: "Cisco".to_owned(),
            model: Some("=C9300".to_owned()),
            os_version: Some("17.3".to_owned()),
            serials: vec!["S1".to_owned()],
            chassis_mac: None,
            status: "active".to_owned(),
            first_seen: Timestamp(0),
            last_seen: Timestamp(0),
            last_captured: None,
        }
    }

    fn two() -> Vec<Device> {
        vec![device("leaf-1", "192.0.2.1", "cisco_ios"), device("leaf-2", "2001:db8::2", "something_else")]
    }

    #[test]
    fn each_tool_gets_its_own_names() {
        let ansible = ansible(&two()).expect("inventory");
        assert_eq!(ansible["_meta"]["hostvars"]["leaf-1"]["ansible_network_os"], "cisco.ios.ios");
        assert!(ansible["_meta"]["hostvars"]["leaf-2"].get("ansible_network_os").is_none());
        assert_eq!(ansible["site_Rome__North"]["hosts"], json!(["leaf-1", "leaf-2"]));
        let expected = "leaf-1:192.0.2.1:ios:Rome--North\nleaf-2:leaf-2:something_else:Rome--North\n";
        assert_eq!(oxidized(&two()).expect("router.db"), expected);
        assert_eq!(prometheus(&two())[1]["targets"], json!(["[2001:db8::2]"]));
        assert_eq!(rancid(&two()).expect("router.db"), "leaf-1;cisco;up\n", "RANCID does not know the other");
        let sessions = sessions(&two());
        assert_eq!(
            (&sessions[0]["folder_name"], &sessions[0]["sessions"][1]["host"]),
            (&json!("Rome, North"), &json!("2001:db8::2"))
        );
        assert_eq!(hosts(&two()), "192.0.2.1\tleaf-1\n2001:db8::2\tleaf-2\n");
        assert_eq!(ssh(&two()).lines().next(), Some("Host leaf-1"));
    }

    #[test]
    fn nornir_gets_three_files_that_are_yaml() {
        let files = nornir(&two()).expect("files");
        assert_eq!(files.iter().map(|f| f.name).collect::<Vec<_>>(), ["hosts.yaml", "groups.yaml", "defaults.yaml"]);
        let hosts: Value = serde_saphyr::from_str(&files[0].text).expect("YAML");
        assert_eq!((&hosts["leaf-1"]["platform"], &hosts["leaf-1"]["port"]), (&json!("cisco_ios"), &json!(22)));
        assert_eq!(hosts["leaf-2"]["hostname"], "2001:db8::2");
    }

    #[test]
    fn links_between_chosen_devices_are_in_the_lab_file() {
        let link = |a: &str, b: &str| LinkView {
            local_device: a.to_owned(),
            local_port: "Ethernet1".to_owned(),
            remote_device: b.to_owned(),
            remote_port: "Ethernet2".to_owned(),
            protocols: vec!["lldp".to_owned()],
            score: 1.0,
            confirmed: true,
            members: Vec::new(),
            unknown: None,
        };
        let lab = containerlab(&two(), &[link("leaf-1", "leaf-2"), link("leaf-1", "elsewhere")]).expect("lab");
        assert_eq!(lab["topology"]["links"], json!([{ "endpoints": ["leaf-1:Ethernet1", "leaf-2:Ethernet2"] }]));
        assert_eq!(lab["topology"]["nodes"]["leaf-1"]["kind"], "cisco_iol");
    }

    #[test]
    fn a_spreadsheet_runs_no_formula_and_a_comma_is_quoted() {
        let text = netbox(&two());
        assert_eq!(text.lines().nth(1), Some("leaf-1,leaf,Cisco,'=C9300,cisco_ios,S1,active,\"Rome, North\""));
    }

    #[test]
    fn every_platform_of_ours_has_its_names() {
        let names = names().expect("names.yaml");
        for platform in model::Platforms::builtin().all().iter().filter(|p| !p.fingerprint.is_empty()) {
            assert!(names.contains_key(&platform.name), "{}", platform.name);
        }
        assert!(names.values().any(|n| n.napalm == "eos"));
    }
}
