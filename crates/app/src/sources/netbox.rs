//! Devices out of NetBox. It is only read.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use connectors::netbox::{Device, Location, Named, NetBox};
use connectors::{AskError, Trust};
use model::object::{DEVICE, DEVICE_STATUSES, LOCATION, MANUFACTURER, ROLE, SITE};
use model::{ObjectKind, Platforms};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;
use store::{NewSourceRecord, Record, RecordFilter, SourceFilter, SourceRecord};

use super::{LeftOut, SyncReport};
use crate::actor::Role;
use crate::import::{Imported, Row, Sheet, System, Word};
use crate::{Actor, App, AppError, AppResult, ImportedRow};

const SYSTEM: &str = "netbox";
const KIND: &str = "device";

/// What is read, and from where.
#[derive(Debug, Clone, Default)]
pub struct NetBoxRequest {
    /// `https://netbox.example.com`, with a path when it does not begin at the root.
    pub url: String,
    /// Certificates of authorities beside those of the machine, PEM.
    pub ca: Option<Vec<u8>>,
    /// The token may travel in clear.
    pub plain_http: bool,
    /// Only devices of these: NetBox's own filters.
    pub filter: Vec<(String, String)>,
    /// Show what would be, write nothing.
    pub dry_run: bool,
}

/// `netbox.yaml`: which NetBox, and what of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetBoxFile {
    #[serde(alias = "netbox_url")]
    pub url: Option<String>,
    /// The token, by its name in the vault.
    pub credential: Option<String>,
    /// Certificates of authorities, PEM.
    pub ca: Option<PathBuf>,
    pub plain_http: bool,
    filter: BTreeMap<String, Several>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Several {
    One(String),
    Many(Vec<String>),
}

/// Its name in the data directory.
const FILE: &str = "netbox.yaml";
/// The credential that is taken when none is named.
const CREDENTIAL: &str = "netbox";

impl NetBoxFile {
    /// What is asked, and the name of the credential; `None` where it names no NetBox.
    ///
    /// # Errors
    /// [`AppError::Read`] of the certificates.
    pub fn request(&self, dry_run: bool) -> AppResult<Option<(NetBoxRequest, String)>> {
        let Some(url) = self.url.clone() else { return Ok(None) };
        let read = |path: &PathBuf| std::fs::read(path).map_err(|source| AppError::Read { path: path.clone(), source });
        let ca = self.ca.as_ref().map(read).transpose()?;
        let (plain_http, filter) = (self.plain_http, self.filter().collect());
        let credential = self.credential.clone().unwrap_or_else(|| CREDENTIAL.to_owned());
        Ok(Some((NetBoxRequest { url, ca, plain_http, filter, dry_run }, credential)))
    }

    /// # Errors
    /// [`AppError::Config`]; a token in it is one, and is not told.
    pub fn read(path: &Path) -> AppResult<NetBoxFile> {
        let text =
            std::fs::read_to_string(path).map_err(|source| AppError::Read { path: path.to_path_buf(), source })?;
        let wrong = |reason: String| AppError::Config { path: path.to_path_buf(), reason };
        if text.to_ascii_lowercase().contains("token") {
            return Err(wrong(
                "a token is kept in the vault: `velocity vault add netbox --token`, and `credential: netbox` here"
                    .into(),
            ));
        }
        serde_saphyr::from_str(&text).map_err(|e| wrong(e.to_string()))
    }

    /// NetBox's own filters; one that is given twice means either value.
    pub fn filter(&self) -> impl Iterator<Item = (String, String)> {
        let values = |several: &Several| match several {
            Several::One(value) => vec![value.clone()],
            Several::Many(values) => values.clone(),
        };
        self.filter
            .iter()
            .flat_map(move |(name, several)| values(several).into_iter().map(|value| (name.clone(), value)))
    }
}

impl App {
    /// What the `netbox.yaml` in the data directory says; only who may write there says where a token is sent.
    ///
    /// # Errors
    /// [`AppError::Usage`] where there is none, and as of [`NetBoxFile::read`].
    pub fn netbox_file(&self) -> AppResult<NetBoxFile> {
        let path = self.home.join(FILE);
        match path.exists() {
            true => NetBoxFile::read(&path),
            false => Err(AppError::Usage(format!(
                "which NetBox? write `url: https://netbox.example.com` into {FILE} in the data directory"
            ))),
        }
    }

    /// Makes devices of those of a NetBox, and keeps up with it: a device that was read before is known by its id there,
    /// whatever it is called now. Nothing is ever deleted.
    ///
    /// # Errors
    /// [`AppError::Asked`] when NetBox did not say all that it was asked; then nothing is written.
    pub async fn sync_netbox(
        &self,
        actor: &Actor,
        token: &SecretString,
        asked: &NetBoxRequest,
    ) -> AppResult<SyncReport> {
        actor.must(Role::Operator, "change the inventory")?;
        let trust = asked.ca.clone().map_or(Trust::Machine, Trust::Also);
        let netbox = NetBox::open(&asked.url, token, trust, asked.plain_http).await.map_err(failed)?;
        let devices = netbox.devices(&asked.filter).await.map_err(failed)?;
        let source = netbox.base();
        let known = SourceFilter { source: Some(source.clone()), kind: Some(KIND.into()), ..SourceFilter::default() };
        let known = self.store.source_records(&known).await?;
        let here = Here::read(self).await?;
        let locations = match devices.iter().any(|d| d.location.is_some()) {
            true => Rooms::of(&netbox.locations().await.map_err(failed)?),
            false => Rooms::default(),
        };
        let reading = Reading::of(&devices, &locations, &known, &here, self.reader.platforms);
        let system = System {
            name: SYSTEM,
            before: before(&known),
            said: self.store.all_owned_fields().await?,
            source: source.clone(),
            kind: KIND,
            complete: asked.filter.is_empty(),
            records: reading.said,
        };
        let word = Word::System(&system);
        let done = self.import_sheets(actor, "sync", reading.sheets, word, asked.dry_run).await?;
        let Imported { report: import, kept, gone } = done;
        let mut left_out = reading.left_out;
        left_out.extend(import.rows.iter().filter_map(wrong));
        let (version, read) = (netbox.version, devices.len());
        Ok(SyncReport { system: SYSTEM, source, version, read, left_out, kept, gone, import })
    }
}

fn failed(error: AskError) -> AppError {
    match error {
        AskError::Usage(text) => AppError::Usage(text),
        other => AppError::Asked(other),
    }
}

/// What was said last of each device: a member of a stack is not the less its record for not being the first.
fn before(known: &[SourceRecord]) -> HashMap<i64, HashMap<String, BTreeSet<String>>> {
    let mut before: HashMap<i64, HashMap<String, BTreeSet<String>>> = HashMap::new();
    for record in known {
        let Some(device) = record.device_id else { continue };
        let fields = before.entry(device.0).or_default();
        for (field, text) in &record.data {
            fields.entry(field.clone()).or_default().extend(text.as_str().map(str::to_owned));
        }
    }
    before
}

fn wrong(row: &ImportedRow) -> Option<LeftOut> {
    let id = row.place.rsplit(' ').next().unwrap_or_default().to_owned();
    Some(LeftOut { id, name: row.name.clone(), why: row.error.clone()? })
}

/// What a row is called: `NetBox 12`.
fn place(id: i64) -> String {
    format!("NetBox {id}")
}

/// Devices of NetBox as rows.
struct Reading {
    /// What is referred to first.
    sheets: Vec<Sheet>,
    /// Records as NetBox says them, with the place of the row that the device of each comes of.
    said: Vec<(String, NewSourceRecord)>,
    left_out: Vec<LeftOut>,
}

impl Reading {
    fn of(devices: &[Device], rooms: &Rooms, known: &[SourceRecord], here: &Here, platforms: &Platforms) -> Reading {
        let linked: HashMap<&str, i64> =
            known.iter().filter_map(|r| Some((r.source_id.as_str(), r.device_id?.0))).collect();
        let chassis = chassis(devices);
        let mut rows = Vec::new();
        let (mut said, mut left_out) = (Vec::new(), Vec::new());
        for device in devices {
            let name = device.name.clone().unwrap_or_default();
            let mut cells = cells(device, rooms, here, platforms);
            let data = cells.iter().map(|(field, text)| (field.clone(), Value::from(text.as_str()))).collect();
            let group = device.virtual_chassis.as_ref().and_then(|c| chassis.get(&c.id));
            let of = group.map_or(device.id, |group| group.master);
            let url = device.display_url.clone().unwrap_or_else(|| device.url.clone());
            let url = Some(url).filter(|url| !url.is_empty());
            let (source_id, name_there) = (device.id.to_string(), name.clone());
            let record = NewSourceRecord { kind: KIND, source_id, name: name_there, url, data, device: None };
            said.push((place(of), record));
            let mut leave_out = |why: String| {
                left_out.push(LeftOut { id: device.id.to_string(), name: name.clone(), why });
            };
            if of != device.id {
                leave_out(format!("is a member of a virtual chassis, whose device is NetBox {of}"));
            } else if name.trim().is_empty() {
                leave_out("has no name in NetBox".to_owned());
            } else {
                if let Some(group) = group {
                    cells.retain(|(field, _)| field != "serial");
                    cells.push(("serial".to_owned(), group.serials.join(" ")));
                }
                let linked = linked.get(device.id.to_string().as_str()).copied();
                rows.push(Row { place: place(device.id), cells, problem: None, linked });
            }
        }
        let mut sheets = referred(devices, rooms, here);
        sheets.push(Sheet { kind: &DEVICE, rows });
        Reading { sheets, said, left_out }
    }
}

/// Devices that are one: NetBox has a record for each member, and there is one to log in to.
struct Chassis {
    master: i64,
    serials: Vec<String>,
}

fn chassis(devices: &[Device]) -> HashMap<i64, Chassis> {
    let mut members: BTreeMap<i64, Vec<&Device>> = BTreeMap::new();
    for device in devices {
        if let Some(chassis) = &device.virtual_chassis {
            members.entry(chassis.id).or_default().push(device);
        }
    }
    let one = |(id, mut members): (i64, Vec<&Device>)| {
        members.sort_by_key(|d| (d.vc_position, d.id));
        let named = members[0].virtual_chassis.as_ref().and_then(|c| c.master.as_ref()).map(|m| m.id);
        // Without a master that is among what was read, the one by which it is reached, or the first.
        let is_read = named.filter(|id| members.iter().any(|d| d.id == *id));
        let reached = || members.iter().find(|d| d.address().is_some()).map_or(members[0].id, |d| d.id);
        let serials =
            members.iter().map(|d| d.serial.trim().replace(char::is_whitespace, "")).filter(|s| !s.is_empty());
        (id, Chassis { master: is_read.unwrap_or_else(reached), serials: serials.collect() })
    };
    members.into_iter().map(one).collect()
}

/// What we call what NetBox refers to: by its slug there, or else by its name.
#[derive(Default)]
struct Here(HashMap<(&'static str, String), String>);

impl Here {
    async fn read(app: &App) -> AppResult<Here> {
        let mut here = HashMap::new();
        for kind in [&SITE, &MANUFACTURER, &ROLE] {
            let records = app.store.records(kind, &RecordFilter::default()).await?;
            let marks = |r: &Record| [r.text("name"), r.slug()].map(|mark| (mark.to_lowercase(), r.slug()));
            // A slug outweighs a name that is the same word.
            let (names, slugs): (Vec<_>, Vec<_>) = records.iter().map(marks).map(|[name, slug]| (name, slug)).unzip();
            here.extend(names.into_iter().chain(slugs).map(|(mark, slug)| ((kind.name, mark), slug)));
        }
        Ok(Here(here))
    }

    fn known(&self, kind: &'static ObjectKind, named: &Named) -> Option<String> {
        let by = |mark: &str| self.0.get(&(kind.name, mark.to_lowercase())).cloned();
        by(&named.slug).or_else(|| by(&named.name))
    }

    /// By what a row may refer to it, whether it is there or is to be made.
    fn slug(&self, kind: &'static ObjectKind, named: Option<&Named>) -> String {
        named.map(|named| self.known(kind, named).unwrap_or_else(|| named.slug.clone())).unwrap_or_default()
    }
}

/// What NetBox says of a device, in our words. What it does not know is left out.
fn cells(device: &Device, rooms: &Rooms, here: &Here, platforms: &Platforms) -> Vec<(String, String)> {
    let platform = device.platform.as_ref().map(|p| p.slug.clone()).unwrap_or_default();
    let platform = platforms.get(&platform).map_or(platform, |known| known.name.clone());
    let site = here.slug(&SITE, device.site.as_ref());
    let location = device.location.as_ref().map(|l| rooms.of_site(&site, l).0);
    let kind = device.device_type.as_ref();
    let manufacturer = here.slug(&MANUFACTURER, kind.and_then(|k| k.manufacturer.as_ref()));
    let status = device.status.as_ref().map(|s| s.value.clone()).filter(|s| DEVICE_STATUSES.contains(&s.as_str()));
    let tags: Vec<&str> = device.tags.iter().map(|t| t.name.as_str()).collect();
    let cells = [
        ("name", device.name.clone().unwrap_or_default()),
        ("address", device.address().unwrap_or_default().to_owned()),
        ("site", site),
        ("location", location.unwrap_or_default()),
        ("role", here.slug(&ROLE, device.role.as_ref())),
        ("platform", platform),
        ("manufacturer", manufacturer),
        ("model", kind.map(|k| k.model.clone()).unwrap_or_default()),
        ("status", status.unwrap_or_default()),
        ("serial", device.serial.trim().replace(char::is_whitespace, "")),
        ("asset_tag", device.asset_tag.clone().unwrap_or_default()),
        ("description", device.description.clone()),
        ("comments", device.comments.clone()),
        ("tags", tags.join(",")),
    ];
    cells.into_iter().filter(|(_, text)| !text.trim().is_empty()).map(|(f, t)| (f.to_owned(), t)).collect()
}

/// Locations by their way from the site. There, a slug is the only one among those that are in the same one; here, the
/// only one of all.
#[derive(Default)]
struct Rooms(HashMap<i64, (String, String)>);

impl Rooms {
    /// Characters of a name, and of a slug.
    const LONGEST: usize = 100;

    fn of(locations: &[Location]) -> Rooms {
        let by_id: HashMap<i64, &Location> = locations.iter().map(|l| (l.id, l)).collect();
        let way = |location: &Location| {
            let mut way = vec![(location.slug.as_str(), location.name.as_str())];
            let mut at = location.parent.as_ref();
            // However wrong the list is, no way is longer than it.
            while let Some(parent) = at.filter(|_| way.len() <= locations.len()) {
                way.push((parent.slug.as_str(), parent.name.as_str()));
                at = by_id.get(&parent.id).and_then(|l| l.parent.as_ref());
            }
            way.reverse();
            let (slugs, names): (Vec<&str>, Vec<&str>) = way.into_iter().unzip();
            let names = names.join(" / ");
            let name = if names.chars().count() > Rooms::LONGEST { location.name.clone() } else { names };
            (slugs.join("-"), name)
        };
        let mut sorted: Vec<&Location> = locations.iter().collect();
        sorted.sort_by_key(|l| l.id);
        let mut taken = BTreeSet::new();
        let room = |location: &Location| {
            let (mut slug, name) = way(location);
            let site = location.site.as_ref().map_or("", |s| s.slug.as_str());
            // `a` in `b-c` and `a-b` in `c`
            if !taken.insert(format!("{site}-{slug}")) {
                slug = format!("{slug}-{}", location.id);
            }
            (location.id, (slug, name))
        };
        Rooms(sorted.into_iter().map(room).collect())
    }

    /// Slug and name of a location in our site.
    fn of_site(&self, site: &str, location: &Named) -> (String, String) {
        let (slug, name) = self.0.get(&location.id).cloned().unwrap_or((location.slug.clone(), location.name.clone()));
        let whole = format!("{site}-{slug}");
        let slug = if whole.len() > Rooms::LONGEST { format!("location-{}", location.id) } else { whole };
        (slug, name)
    }
}

/// Records of a kind, by their cells.
type Referred = (&'static ObjectKind, BTreeSet<Vec<(&'static str, String)>>);

/// Sites, roles and the like that devices refer to and that are not here.
fn referred(devices: &[Device], rooms: &Rooms, here: &Here) -> Vec<Sheet> {
    let mut kinds: [Referred; 4] = [
        (&SITE, BTreeSet::new()),
        (&MANUFACTURER, BTreeSet::new()),
        (&ROLE, BTreeSet::new()),
        (&LOCATION, BTreeSet::new()),
    ];
    for device in devices {
        let manufacturer = device.device_type.as_ref().and_then(|k| k.manufacturer.as_ref());
        let named = [device.site.as_ref(), manufacturer, device.role.as_ref()];
        for ((kind, rows), named) in kinds.iter_mut().zip(named) {
            if let Some(named) = named.filter(|n| !n.slug.is_empty() && here.known(kind, n).is_none()) {
                rows.insert(vec![("slug", named.slug.clone()), ("name", named.name.clone())]);
            }
        }
        if let (Some(location), Some(site)) = (&device.location, &device.site) {
            let site = here.slug(&SITE, Some(site));
            let (slug, name) = rooms.of_site(&site, location);
            kinds[3].1.insert(vec![("slug", slug), ("name", name), ("site", site)]);
        }
    }
    let row = |kind: &ObjectKind, cells: Vec<(&str, String)>| Row {
        place: format!("NetBox {} {}", kind.name, cells[0].1),
        cells: cells.into_iter().map(|(field, text)| (field.to_owned(), text)).collect(),
        ..Row::default()
    };
    let sheet = |(kind, rows): Referred| Sheet { kind, rows: rows.into_iter().map(|cells| row(kind, cells)).collect() };
    kinds.into_iter().map(sheet).collect()
}
